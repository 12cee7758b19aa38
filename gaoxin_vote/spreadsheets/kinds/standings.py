"""What does a file say of earlier years and of what bars a unit this year?"""

from collections.abc import Iterator, Sequence

from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.standing import LastScope
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import (
    InFolder,
    Kind,
    ReadRow,
    WrittenRow,
    each_unit,
    note_odd_days,
    written,
)
from gaoxin_vote.spreadsheets.kinds.decisions import GRADE
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding, Level, Problem
from gaoxin_vote.spreadsheets.row import Row

EVENT_LAYOUT = Layout(
    "events",
    "取消优良资格情形登记表",
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
            words_of=lambda scheme: [barring.code for barring in scheme.barring.kinds],
        ),
        Column("area", "领域", "仅“一票否决”填写，如 安全生产", synonyms=("一票否决领域", "工作领域")),
        Column("description", "情况说明", "事实", synonyms=("情况", "说明", "事由", "描述")),
        Column("evidence", "佐证材料", "文件名称和文号", synonyms=("依据", "佐证材料", "文号", "材料")),
        DECIDED_ON,
    ),
)


def _read_event(row: Row, context: Context) -> BarringEvent | None:
    event_id, unit = row.text("event_id"), row.unit(context.names)
    kind = _kind(row, context.scheme)
    area, description, evidence = row.text("area"), row.text("description"), row.text("evidence")
    decided_on = row.day("decided_on")
    if event_id:
        row.identify("event_id", code_key(event_id), f"编号{event_id}")
    if row.failed or not unit:
        return None
    return BarringEvent(
        event_id=event_id,
        unit=unit.code,
        kind=kind,
        area=area,
        description=description,
        evidence=evidence,
        decided_on=decided_on,
    )


def _kind(row: Row, scheme: AssessmentScheme) -> str:
    """The code of a kind of the scheme, given as its code or in its own words."""
    text = row.text("kind")
    for kind in scheme.barring.kinds:
        if matching(text) in (matching(kind.code), matching(kind.text), matching(kind.code + kind.text)):
            return kind.code
    if text:
        row.unknown_word("kind", [kind.code for kind in scheme.barring.kinds])
    return ""


EVENTS = Kind(
    code="events",
    label="取消优良资格情形",
    meaning="取消优良资格和直接不合格的情形",
    value=BarringEvent,
    layout=EVENT_LAYOUT,
    read=_read_event,
    key=lambda event: event.event_id,
    cells=lambda event, names: written(EVENT_LAYOUT, event, names),
    check=lambda rows, context: note_odd_days(rows, context, "decided_on"),
    inputs="events",
    folder=InFolder.OPTIONAL,
    subject=("unit_code",),
)

HISTORY_LAYOUT = Layout(
    "history",
    "历年考核结果",
    (
        Column(
            "year",
            "年度",
            "如 2016",
            Format.WHOLE,
            required=True,
            synonyms=("年份", "考核年度"),
            least=1000,
            most=9999,
            is_key=True,
        ),
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "rank",
            "名次",
            "综合得分名次",
            Format.WHOLE,
            required=True,
            synonyms=("排名", "位次"),
            least=1,
            decides=True,
            rivals="(?:名次|排名|位次)$",
        ),
        GRADE,
        Column(
            "is_last",
            "是否排名最后",
            "填“是”或“否”，也可填1或0",
            Format.WORD,
            required=True,
            synonyms=("是否末位", "末位", "排名最后", "是否最后"),
            words=("0", "1"),
        ),
    ),
)


def _read_history(row: Row, context: Context) -> HistoryEntry | None:
    year, unit, rank = _year(row), _past_unit(row, context.names), row.whole("rank")
    grade, is_last = row.word("grade", Grade), row.decision("is_last")
    if unit and year:
        row.identify("year+unit_code", f"{year}/{code_key(unit)}", f"{year}年单位{unit}")
    if row.failed or not unit or not grade or is_last is None:
        return None
    return HistoryEntry(year=year, unit=unit, rank=rank, grade=grade, is_last=is_last)


def _last_year(context: Context) -> Iterator[WrittenRow]:
    """A row for each unit, of the year before the scheme's."""
    for row in each_unit(context):
        yield {"year": context.scheme.year - 1, **row}


def _past_unit(row: Row, names: UnitNames) -> UnitCode | None:
    """The code of the unit; one that is no longer on the list is kept, with a warning.

    An unknown code beside a known name is no unit that has gone, but another numbering.
    """
    code, name = row.text("unit_code"), row.text("unit_name")
    found = names.find(code, name)
    if code and found.by_code is None and found.by_name is None:
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


def _check_history(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """History is of years before the scheme's (A39), and says who was last as its ranks do."""
    years: dict[int, list[int]] = {}
    for place, read in enumerate(rows):
        entry = read.value
        if not isinstance(entry, HistoryEntry) or read.failed:
            continue
        years.setdefault(entry.year, []).append(place)
        if entry.year >= context.scheme.year:
            words = f"{entry.year}年不早于考核年度{context.scheme.year}年，这里只填以前年度的结果。"
            yield Finding(Level.ERROR, Problem.NOT_EARLIER, words, "year", read.cells.shown("year"), place)
    for year, places in years.items():
        yield from _note_last(year, places, rows, context)


def _note_last(
    year: int, places: Sequence[int], rows: Sequence[ReadRow], context: Context
) -> Iterator[Finding]:
    """Say where the mark of the last unit and the ranks of a year contradict each other."""
    entries: dict[int, HistoryEntry] = {place: rows[place].value for place in places}
    lowest = max(entry.rank for entry in entries.values())
    marked = [place for place, entry in entries.items() if entry.is_last]
    if not marked and len(entries) >= len(context.names.units):
        ranked = next(place for place, entry in entries.items() if entry.rank == lowest)
        words = f"{year}年没有一个单位标为排名最后，而名次最后的是第{lowest}名，请核对。"
        yield Finding(Level.WARNING, Problem.LAST_DIFFERS, words, "is_last", "", ranked)
    per_class = context.scheme.consequence.last_scope is LastScope.PER_CLASS
    if len(marked) > 1 and not per_class:
        words = f"{year}年有{len(marked)}个单位标为排名最后，请核对。"
        yield Finding(Level.WARNING, Problem.LAST_DIFFERS, words, "is_last", "", marked[-1])
    for place in marked:
        if entries[place].rank != lowest and not per_class:
            words = f"{year}年第{entries[place].rank}名标为排名最后，而名次最后的是第{lowest}名，请核对。"
            yield Finding(Level.WARNING, Problem.LAST_DIFFERS, words, "is_last", "", place)


HISTORY = Kind(
    code="history",
    label="历年考核结果",
    meaning="前两年的名次和等次，用于问责建议",
    value=HistoryEntry,
    layout=HISTORY_LAYOUT,
    read=_read_history,
    key=lambda entry: f"{entry.year}/{entry.unit}",
    cells=lambda entry, names: written(HISTORY_LAYOUT, entry, names, is_last=int(entry.is_last)),
    check=_check_history,
    inputs="history",
    folder=InFolder.OPTIONAL,
    prefilled=_last_year,
)
