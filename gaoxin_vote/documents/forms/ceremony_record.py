"""Who made the year's keys, and by which fingerprints are they known again: 密钥发放记录?"""

from dataclasses import dataclass
from datetime import date

from gaoxin_vote.documents.forms.form import Form, PageHead, Scope
from gaoxin_vote.documents.page import TO_FILL, Cell, OfficialSheet, TableRow
from gaoxin_vote.documents.typeface import Face
from gaoxin_vote.domain.fingerprint import CHECK_DIGITS, check_fingerprint, grouped, two_lines
from gaoxin_vote.domain.spoken import spoken_day

_NAME = "密钥发放记录"
_FIRST = (
    "各密钥保管人的密钥当场生成，各自设定口令，写入各自保管的介质并当场读回。"
    "主办单位、密钥保管人都不能单独开箱。"
)
_AGAIN = (
    "各密钥保管人的密钥当场重新生成，各自设定口令，写入介质并当场读回，都不能单独开箱。"
    "此前已计票的会议沿用原密钥和原记录。"
)


@dataclass(frozen=True, slots=True)
class CeremonyRecord:
    """The public facts of a key ceremony."""

    office: str
    year: int
    title: str
    """Such as 高新区2017年度目标任务考核."""
    held_on: date
    names: tuple[str, ...]
    """The trustees, in the order of their numbers."""
    threshold: int
    ceremony_id: str
    number: int
    """1 for the first of the year; more where keys were made anew."""
    reason: str
    """Why they were; empty for the first."""
    trustees_fingerprint: str
    """SHA-256, 64 hex digits; so the next."""
    certificate_fingerprint: str
    sample: bool


def _draw(sheet: OfficialSheet, record: CeremonyRecord) -> None:
    sheet.title(record.title, _NAME if record.number == 1 else f"{_NAME}（第{record.number}次）")
    sheet.space(5)
    day = record.held_on
    sheet.table(
        (
            _fact("主办单位", record.office),
            _fact("发放日期", spoken_day(day)),
            _fact(
                "开箱条件",
                f"{len(record.names)}名密钥保管人中至少{record.threshold}人到场，与考核办共同使用密钥",
            ),
            *([_reason(record.reason)] if record.number > 1 else []),
        )
    )
    sheet.space(3)
    sheet.text(_FIRST if record.number == 1 else _AGAIN, indent=2, lead=1.6)
    sheet.space(3)
    trustees, _, certificate = map(grouped, _check(record).partition("-"))
    sheet.table(
        (
            _spelled("核对指纹", (f"{trustees} -", certificate), size=15, height=18),
            _spelled("开箱密钥指纹", two_lines(record.trustees_fingerprint), size=10.5),
            _spelled("签名证书指纹", two_lines(record.certificate_fingerprint), size=10.5),
        )
    )
    sheet.space(1)
    sheet.text(
        f"注：核对指纹由开箱密钥指纹、签名证书指纹各取前{CHECK_DIGITS}位以“-”相连而成，页首二维码与之相同。"
        "计票结果报告单、选票档案和考核档案包上的指纹均应与本记录一致。",
        size=10.5,
        lead=1.5,
    )
    sheet.space(3)
    head = (("序号", 14), ("密钥保管人", 56), ("已领取密钥、核对指纹无误（签字）", 86))
    # Up to seven trustees sign on the page of the fingerprints.
    height = {6: 9, 7: 7.6}.get(len(record.names), 10.5)
    rows = [_signing(str(number), name, height) for number, name in enumerate(record.names, 1)]
    rows.append(_signing("", f"{record.office}经办人", height))
    sheet.table(
        rows, head=(TableRow(tuple(Cell(text, width, Face.HEAD) for text, width in head), 9),), tail=16
    )
    sheet.date(step=13)


def _head(record: CeremonyRecord) -> PageHead:
    return PageHead(f"发放编号：{grouped(record.ceremony_id)}", _check(record))


def _check(record: CeremonyRecord) -> str:
    return check_fingerprint(record.trustees_fingerprint, record.certificate_fingerprint)


def _fact(label: str, text: str) -> TableRow:
    return TableRow((Cell(label, 30, Face.HEAD), Cell(text, 126, size=12, align="left")), 9.5)


def _reason(reason: str) -> TableRow:
    """In one line, or in two where it is long."""
    half = len(reason) if len(reason) <= 28 else -(-len(reason) // 2)
    text = "\n".join(filter(None, (reason[:half], reason[half:])))
    return TableRow((Cell("重新发放原因", 30, Face.HEAD), Cell(text, 126, size=12, align="left")), 12)


def _spelled(label: str, lines: tuple[str, str], *, size: float, height: float = 12) -> TableRow:
    """Two lines of eight groups of four digits, for reading aloud."""
    text = "\n".join(lines)
    return TableRow((Cell(label, 30, Face.HEAD), Cell(text, 126, Face.LABEL, size, "left")), height)


def _signing(number: str, name: str, height: float) -> TableRow:
    return TableRow((Cell(number, 14), Cell(name, 56, size=12), Cell(TO_FILL, 86)), height)


FORM = Form(
    "ceremony", _NAME, 1, Scope.CEREMONY, certified=False, figures=CeremonyRecord, draw=_draw, head=_head
)
