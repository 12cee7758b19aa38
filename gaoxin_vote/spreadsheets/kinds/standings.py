"""What does a file say of earlier years and of what bars a unit this year?"""

from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written
from gaoxin_vote.spreadsheets.kinds.decisions import GRADE
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Level, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.row import Row

EVENT_LAYOUT = Layout(
    "events",
    "取消资格情形登记表",
    (
        Column("event_id", "编号", "不重复的编号，如 E1", required=True, synonyms=("情形编号", "登记编号")),
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "kind",
            "情形代码",
            "方案中的代码，如 D1至D6、F1",
            Format.WORD,
            required=True,
            synonyms=("情形", "情形类别", "类别", "种类"),
            words=("D1", "D2", "D3", "D4", "D5", "D6", "F1"),
        ),
        Column("area", "领域", "仅“一票否决”填写，如 安全生产", synonyms=("一票否决领域", "工作领域")),
        Column("description", "情况说明", "事实", synonyms=("情况", "说明", "事由", "描述")),
        Column("evidence", "依据材料", "文件名称和文号", synonyms=("依据", "佐证材料", "文号", "材料")),
        DECIDED_ON,
    ),
)


def _event_rows(event: BarringEvent, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return (
        (
            event.event_id,
            event.unit,
            names.name_of(event.unit),
            event.kind,
            event.area,
            event.description,
            event.evidence,
            event.decided_on,
        ),
    )


EVENTS: Kind[BarringEvent] = Kind(EVENT_LAYOUT, lambda event: event.event_id, _event_rows)


def import_events(
    file: SpreadsheetFile, names: UnitNames, scheme: AssessmentScheme
) -> ImportResult[BarringEvent]:
    """The events of a file, in its order. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    events: list[BarringEvent] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), EVENT_LAYOUT, findings, names):
        event_id, unit, kind = row.text("event_id"), row.unit(names), _kind(row, scheme)
        texts = row.text("area"), row.text("description"), row.text("evidence")
        decided_on = row.day("decided_on")
        if event_id:
            seen.is_new(matching(event_id), row, "event_id", f"编号{event_id}")
        if not row.failed and unit:
            events.append(BarringEvent(event_id, unit.code, kind, *texts, decided_on))
    return findings.result(lambda: events)


def _kind(row: Row, scheme: AssessmentScheme) -> str:
    """The code of a kind of the scheme, given as its code or in its own words."""
    text = row.text("kind")
    for kind in scheme.barring.kinds:
        if matching(text) in (matching(kind.code), matching(kind.text), matching(kind.code + kind.text)):
            return kind.code
    if text:
        row.unknown_word("kind", [kind.code for kind in scheme.barring.kinds])
    return ""


HISTORY_LAYOUT = Layout(
    "history",
    "历年考核结果",
    (
        Column("year", "年度", "如 2016", Format.WHOLE, required=True, synonyms=("年份", "考核年度")),
        UNIT_CODE,
        UNIT_NAME,
        Column("rank", "名次", "综合得分名次", Format.WHOLE, required=True, synonyms=("排名", "位次")),
        GRADE,
        Column(
            "is_last",
            "是否末位",
            "1或是为末位，0或否为不是",
            Format.WORD,
            required=True,
            synonyms=("末位", "排名最后", "是否最后"),
            words=("0", "1"),
        ),
    ),
)


def _history_rows(entry: HistoryEntry, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    name = names.name_of(entry.unit)
    return ((entry.year, entry.unit, name, entry.rank, entry.grade.label, int(entry.is_last)),)


HISTORY: Kind[HistoryEntry] = Kind(HISTORY_LAYOUT, lambda entry: f"{entry.year}/{entry.unit}", _history_rows)


def import_history(file: SpreadsheetFile, names: UnitNames) -> ImportResult[HistoryEntry]:
    """The results of earlier years, also of units that are gone. Raises `Refused` for an unreadable file."""
    findings = Findings(file.name)
    entries: list[HistoryEntry] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), HISTORY_LAYOUT, findings, names):
        year, unit, rank = _year(row), _past_unit(row, names), row.whole("rank")
        grade, is_last = row.word("grade", Grade), row.decision("is_last")
        if not rank and not row.failed:
            row.error(Problem.TOO_SMALL, "“名次”从1起编。", "rank")
        if unit and year:
            seen.is_new(f"{year}/{matching(unit)}", row, "year+unit_code", f"{year}年单位{unit}")
        if not row.failed and unit and grade and is_last is not None:
            entries.append(HistoryEntry(year, unit, rank, grade, is_last))
    return findings.result(lambda: entries)


def _past_unit(row: Row, names: UnitNames) -> UnitCode | None:
    """The code of the unit; one that is no longer on the list is kept, with a warning."""
    code = row.text("unit_code")
    if code and names.find(code, "").by_code is None:
        row.note(
            Level.WARNING,
            Problem.UNKNOWN_UNIT,
            f"单位名单中没有代码“{code}”，作为已撤并的单位保留；如果写错了，请改正后重新导入。",
            "unit_code",
        )
        return UnitCode(code)
    unit = row.unit(names)
    return unit.code if unit else None


def _year(row: Row) -> int:
    """The year, also where a cell says 2016年 or 2016年度."""
    text = matching(row.text("year")).removesuffix("度").removesuffix("年")
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    if text:
        row.error(Problem.NOT_DATE, "年度应为四位数字，如 2016。", "year")
    return 0
