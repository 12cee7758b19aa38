"""What does the result of a session look like on paper: 计票结果报告单 and 计票统计表?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gaoxin_vote.documents.canvas import MM
from gaoxin_vote.documents.forms.count_table import (
    BLANKS,
    MARK,
    CountTable,
    TallyRow,
    abstentions_known,
    count_sums,
    count_table,
)
from gaoxin_vote.documents.forms.form import Form, Scope
from gaoxin_vote.documents.page import WIDTH, Cell, OfficialSheet, TableRow
from gaoxin_vote.documents.typeface import Face, Font, text_width
from gaoxin_vote.domain.contest import session_title
from gaoxin_vote.domain.fingerprint import two_lines
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.domain.tally import Reconciliation

_NAME = "计票结果报告单"
_ANNEX = "计票统计表"
_WIDTHS = (10, 51, 11, 11, 11, 13, 17, 10, 10, 12)
_NUMBERS, _UNIT = 9.0, 26
"""Points of the longest numbers, millimetres of the units' names at least."""
_REMARK = f"{MARK}有效票多于应有：如领票登记无误，则有人评了本单位，或用遗失的和补发的票码条各投了一次。"
"""In one line, in the place of the note: a table of 25 units stays on one page."""
_SIGNERS = ("总监票人", "监票人", "计票人")


@dataclass(frozen=True, slots=True)
class TallyReport:
    """Everything that the report of one session prints."""

    record_id: str
    office: str
    year: int
    title: str
    """Such as 高新区2017年度目标任务考核领导评议."""
    minutes: SessionMinutes
    reconciliation: Reconciliation
    spoiled: int
    """Spoiled slips exchanged for a spare."""
    lost: int
    """Lost slips replaced on the chief scrutineer's decision."""
    added: int
    """Slips added while the session was open."""
    labels: tuple[str, str, str, str]
    rows: tuple[TallyRow, ...]
    archive_digest: str
    """SHA-256 of the ballot archive, 64 hex digits; so the three that follow."""
    tally_hash: str
    election_fingerprint: str
    trustees_fingerprint: str
    opened_by: tuple[str, ...]
    sample: bool


def _draw(sheet: OfficialSheet, report: TallyReport) -> None:
    _draw_report(sheet, report)
    sheet.new_page()
    _draw_table(sheet, report)


def _counted(report: TallyReport) -> CountTable:
    return count_table(report.rows, report.labels, report.reconciliation.returned)


def _table(report: TallyReport) -> tuple[tuple[str, ...], ...]:
    counted = _counted(report)
    return (counted.heads, *counted.rows)


def _remarks(report: TallyReport) -> tuple[str, ...]:
    return _counted(report).remarks


def _draw_report(sheet: OfficialSheet, report: TallyReport) -> None:
    minutes, numbers = report.minutes, report.reconciliation
    sheet.title(*_title_lines(report, _NAME))
    sheet.space(6)
    sheet.table(
        (
            _pair("会议名称", report.title),
            _pairs("时间", _day(minutes), "地点", minutes.place),
            _pairs("主持人", minutes.chair, "总监票人", minutes.chief_scrutineer),
            _pairs("监票人", "、".join(minutes.scrutineers), "计票人", "、".join(minutes.tellers)),
            _even(
                "应到（人）",
                "实到（人）",
                "发出（张）",
                "收回（张）",
                "有效（张）",
                "无效（张）",
                face=Face.HEAD,
            ),
            _even(
                *map(
                    str,
                    (
                        numbers.should_attend,
                        numbers.attended,
                        numbers.issued,
                        numbers.returned,
                        numbers.valid,
                        numbers.invalid,
                    ),
                ),
                size=14,
            ),
            _slips(("作废换发", report.spoiled), ("遗失补发", report.lost), ("追加票码条", report.added)),
        )
    )
    sheet.space(4)
    sheet.text(_verdict(numbers), size=16, indent=2)
    marked = len(_remarks(report))
    which = f"（标{MARK}的{marked}个单位由领导小组决定）" if marked else ""
    sheet.text(f"附件：{_ANNEX}{which}", size=16, indent=2)
    sheet.space(4)
    sheet.table(
        (
            _digest("到场密钥保管人", "、".join(report.opened_by), spell=False),
            _digest("选票档案摘要", report.archive_digest),
            _digest("汇总密文摘要", report.tally_hash),
            _digest("选举文件摘要", report.election_fingerprint),
            _digest("开箱密钥指纹", report.trustees_fingerprint),
        ),
        tail=46,
    )
    sheet.signatures(_SIGNERS, step=11)


def _draw_table(sheet: OfficialSheet, report: TallyReport) -> None:
    numbers = report.reconciliation
    sheet.text("附件", face=Face.HEAD, size=16)
    sheet.title(f"{report.title}{_ANNEX}", size=18)
    sheet.space(1.5)
    sheet.line(
        f"收回{numbers.returned}张　有效{numbers.valid}张　无效{numbers.invalid}张",
        align="right",
        face=Face.TEXT,
        size=10.5,
    )
    table = _counted(report)
    sums = count_sums(report.rows)
    widths = _widths((*table.rows, sums))
    head = TableRow(tuple(_head(text, width) for text, width in zip(table.heads, widths, strict=True)), 9)
    rows: list[TableRow] = []
    unit_class = ""
    for row, cells in zip(report.rows, table.rows, strict=True):
        if row.unit_class != unit_class:
            unit_class = row.unit_class
            rows.append(TableRow((Cell(unit_class, WIDTH / MM, Face.HEAD, 10.5, "left"),), 5.8, heads=True))
        rows.append(_table_row(cells, widths))
    rows.append(_table_row(sums, widths))
    sheet.table(rows, head=(head,), tail=25.5)
    sheet.space(0.5)
    if note := _REMARK if table.remarks else _check_note(report):
        sheet.text(note, size=9)
    sheet.signature_row(_SIGNERS)


def _widths(rows: Sequence[tuple[str, ...]]) -> tuple[float, ...]:
    """The columns in millimetres: as wide as their longest number; the unit gives what they take."""
    font = Font(Face.TEXT, _NUMBERS, tabular=True)
    longest = [max(text_width(text, font) for text in column) / MM for column in zip(*rows, strict=True)]
    wide = [max(base, need + 3) for base, need in zip(_WIDTHS[2:], longest[2:], strict=True)]
    unit = max(_UNIT, sum(_WIDTHS[1:]) - sum(wide))
    fitting = (sum(_WIDTHS[1:]) - unit) / sum(wide)
    return (_WIDTHS[0], unit, *(width * fitting for width in wide))


def _head(text: str, width: float) -> Cell:
    align: Literal["centre", "spread"] = "spread" if text == "单位" else "centre"
    if text == BLANKS:
        return Cell(text.replace("（", "\n（"), width, Face.HEAD, 8, align)
    return Cell(text, width, Face.HEAD, 10.5, align)


def _check_note(report: TallyReport) -> str:
    """How the rows add up, where they all do so in the same way."""
    numbers, known = report.reconciliation, abstentions_known(report.rows)
    if any(row.count.total != numbers.returned for row in report.rows):
        return ""
    if known and any(row.count.recusals for row in report.rows):
        return f"注：每行有效、弃权、无效之和等于收回的{numbers.returned}张减去本单位回避的票数。"
    blank = "弃权" if known else BLANKS
    return f"注：每行有效、{blank}、无效之和等于收回的{numbers.returned}张。"


def _title_lines(report: TallyReport, form: str) -> tuple[str, str]:
    """The title broken by sense: the assessment, then the session and the form."""
    minutes = report.minutes
    session = session_title(minutes.contest, minutes.group, minutes.number)
    if report.title.endswith(session) and report.title != session:
        return report.title.removesuffix(session).rstrip(), session + form
    return report.title, form


def _table_row(texts: tuple[str, ...], widths: tuple[float, ...]) -> TableRow:
    return TableRow(
        tuple(
            Cell(text, width, align="left" if index == 1 else "centre", size=10.5)
            for index, (text, width) in enumerate(zip(texts, widths, strict=True))
        ),
        5.8,
    )


def _verdict(numbers: Reconciliation) -> str:
    if numbers.returned > numbers.issued:
        return "收回票数多于发出票数，本次测评无效。"
    compared = "等于" if numbers.returned == numbers.issued else "少于"
    return f"收回票数{compared}发出票数，本次测评有效。"


def _day(minutes: SessionMinutes) -> str:
    day = minutes.held_on
    return "" if day is None else spoken_day(day)


def _label(text: str) -> Cell:
    return Cell(text, 26, Face.HEAD, 11.5, "spread" if len(text) < 4 else "centre")


def _pair(label: str, text: str) -> TableRow:
    return TableRow((_label(label), Cell(text, 130, align="left", size=12)), 9)


def _pairs(label: str, text: str, label2: str, text2: str) -> TableRow:
    return TableRow(
        (
            _label(label),
            Cell(text, 52, align="left", size=12),
            _label(label2),
            Cell(text2, 52, align="left", size=12),
        ),
        9,
    )


def _slips(*numbers: tuple[str, int]) -> TableRow:
    """So many slips of each kind."""
    cells = ((_label(kind), Cell(f"{number}张", 26, align="left", size=12)) for kind, number in numbers)
    return TableRow(tuple(cell for pair in cells for cell in pair), 9)


def _even(*texts: str, face: Face = Face.TEXT, size: float = 11) -> TableRow:
    return TableRow(tuple(Cell(text, WIDTH / MM / len(texts), face, size) for text in texts), 9)


def _digest(label: str, text: str, *, spell: bool = True) -> TableRow:
    label_cell = Cell(label, 30, Face.HEAD, 10.5)
    if not spell or not text:
        return TableRow((label_cell, Cell(text, 126, size=12, align="left")), 9)
    return TableRow((label_cell, Cell("\n".join(two_lines(text)), 126, Face.LABEL, 9.5, "left")), 10.8)


FORM = Form(
    "F5",
    _NAME,
    1,
    Scope.SESSION,
    certified=True,
    figures=TallyReport,
    draw=_draw,
    table=_table,
    remarks=_remarks,
)
