"""Who came and who was handed a slip: 签到与领票登记表, without any time."""

from dataclasses import dataclass

from gaoxin_vote.documents.forms.form import Form, Scope
from gaoxin_vote.documents.page import TO_FILL, Cell, OfficialSheet, TableRow
from gaoxin_vote.documents.typeface import Face
from gaoxin_vote.domain.roll import Elector, ElectoralRoll

_NAME = "签到与领票登记表"
_WIDTHS = (12, 62, 30, 28, 24)
_HEADS = ("序号", "单位（职务）", "姓名", "签到", "领票")
_NOTED = "√"
_SIGNED = f"注：签到、领票由本人签字；“{_NOTED}”为已在程序中登记。本表与选票分开保管，不登记时间。"
_COUNTED = f"注：不记名评议，不登记姓名，不签字；“{_NOTED}”为已在程序中登记发出。不登记时间。"
_SLIP_HEADS, _SLIP_WIDTHS = ("序号", "票码条", "发出"), (20, 88, 48)


@dataclass(frozen=True, slots=True)
class RollSheet:
    """The roll of one session, to be signed by hand."""

    office: str
    title: str
    """Such as 高新区2017年度目标任务考核领导评议."""
    roll: ElectoralRoll
    sample: bool
    anonymous: bool = False
    """Slips are only counted: nobody writes a name or signs."""


def _draw(sheet: OfficialSheet, listed: RollSheet) -> None:
    roll = listed.roll
    sheet.title(listed.title, _NAME)
    sheet.space(3)
    sheet.line(
        f"应到{roll.should_attend}人　实到{_counted(roll.attended)}人　发出{_counted(roll.issued)}张",
        align="right",
        face=Face.TEXT,
        size=12,
    )
    sheet.space(1)
    heads: tuple[str, ...] = _SLIP_HEADS if listed.anonymous else _HEADS
    widths: tuple[int, ...] = _SLIP_WIDTHS if listed.anonymous else _WIDTHS
    make = _slip_row if listed.anonymous else _row
    head = TableRow(tuple(Cell(text, width, Face.HEAD) for text, width in zip(heads, widths, strict=True)), 9)
    rows = [make(number, elector) for number, elector in enumerate(roll.electors, 1)]
    sheet.table(rows, head=(head,), tail=27)
    sheet.space(0.5)
    sheet.text(_COUNTED if listed.anonymous else _SIGNED, size=9.5)
    sheet.signature_row(("总监票人", "监票人", "发放人"))


def _row(number: int, elector: Elector) -> TableRow:
    texts = (
        str(number),
        elector.label,
        elector.came or TO_FILL,
        _NOTED if elector.attended else TO_FILL,
        _issued(elector),
    )
    return _cells(texts, _WIDTHS)


def _slip_row(number: int, elector: Elector) -> TableRow:
    return _cells((str(number), elector.label, _issued(elector)), _SLIP_WIDTHS)


def _issued(elector: Elector) -> str:
    again = f"（补发{elector.replacements}张）" if elector.replacements else ""
    return f"{_NOTED}{again}" if elector.issued else TO_FILL


def _cells(texts: tuple[str, ...], widths: tuple[int, ...]) -> TableRow:
    return TableRow(
        tuple(
            Cell(text, width, align="left" if index == 1 else "centre")
            for index, (text, width) in enumerate(zip(texts, widths, strict=True))
        ),
        9,
    )


def _counted(number: int) -> str:
    """A number, or room to write it while nothing is noted yet."""
    return str(number) if number else "____"


FORM = Form("F3", _NAME, 1, Scope.SESSION, certified=False, figures=RollSheet, draw=_draw)
