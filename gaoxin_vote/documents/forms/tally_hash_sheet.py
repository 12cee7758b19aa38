"""Which hash is about to be opened, so that everybody present can read it and sign before it is?"""

from dataclasses import dataclass

from gaoxin_vote.documents.forms.form import Form, PageHead, Scope
from gaoxin_vote.documents.page import TO_FILL, Cell, OfficialSheet, TableRow
from gaoxin_vote.documents.typeface import Face
from gaoxin_vote.domain.fingerprint import grouped

_NAME = "开箱前公示单"


@dataclass(frozen=True, slots=True)
class TallyHashSheet:
    """What is announced before a tally is opened."""

    office: str
    title: str
    """Such as 高新区2017年度目标任务考核领导评议."""
    tally_hash: str
    """SHA-256 of the EncryptedTally event, 64 hex digits."""
    trustees: tuple[str, ...]
    returned: int
    """收回."""
    sample: bool


def _draw(sheet: OfficialSheet, announced: TallyHashSheet) -> None:
    """One page for up to six trustees, and more under a short title."""
    sheet.title(announced.title, _NAME)
    sheet.space(4)
    sheet.text(
        f"本场会议投票已经结束，收回选票{announced.returned}张，已汇总为一份密文。下列64位摘要与这份密文一一对应。"
        "开箱只得出汇总票数，不打开单张选票。",
        size=15,
        indent=2,
    )
    sheet.text(
        "请各密钥保管人逐组核对屏幕与本单所示摘要，一致后签字，再使用密钥。",
        size=15,
        indent=2,
    )
    many = len(announced.trustees) > 3
    sheet.space(2 if many else 4)
    groups = grouped(announced.tally_hash).split()
    sheet.table(
        [
            TableRow(
                (
                    Cell(f"第{number + 1}行", 20, Face.HEAD, 12),
                    *(Cell(group, 34, Face.HEAD, 30) for group in groups[number * 4 : number * 4 + 4]),
                ),
                12 if many else 15,
            )
            for number in range(4)
        ]
    )
    sheet.space(2 if many else 5)
    names = (*announced.trustees, f"{announced.office}（经办人）")
    height = 11 if len(names) < 5 else 9 if len(names) < 7 else 7.6
    sheet.table(
        [TableRow((Cell(name, 70, size=13), Cell(TO_FILL, 86)), height) for name in names],
        head=(
            TableRow((Cell("密钥保管人", 70, Face.HEAD, 12), Cell("核对一致（签字）", 86, Face.HEAD, 12)), 9),
        ),
        tail=16,
    )
    sheet.date(step=13)


def _head(announced: TallyHashSheet) -> PageHead:
    return PageHead(qr_text=announced.tally_hash)


FORM = Form(
    "opening", _NAME, 1, Scope.SESSION, certified=False, figures=TallyHashSheet, draw=_draw, head=_head
)
