"""Which counts does a count table hold?"""

from dataclasses import dataclass

from gaoxin_vote.domain.contest import GRADES, Contest
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written, note_missing_units
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.row import Row

GROUP = Column("group", "权重组", "仅在方案按职务设权重时填写", synonyms=("组别", "组"), extra=True)
NUMBER = Column(
    "number",
    "第几次",
    "重新评议的填2、3…；第一次可不填",
    Format.WHOLE,
    synonyms=("次数", "会议次数"),
    extra=True,
)


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One row of a count table: the counts of one unit in one session."""

    contest: Contest
    group: str
    number: int
    count: UnitCount


_OTHER_WORDS: tuple[tuple[str, ...], ...] = ((), (), ("及格",), ("不及格",))
"""What else tables call a grade, beside its label and its own name (A1)."""


def _grades(labels: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns of the grades under a scheme's labels; another grade's label is never a synonym."""
    columns = []
    for label, grade, more in zip(labels, GRADES, _OTHER_WORDS, strict=True):
        others = sorted({grade.label, *more} - set(labels))
        words = (label, *others)
        synonyms = (*others, *(f"{word}{votes}" for word in words for votes in ("票", "票数")))
        both = [pair for other in others for pair in (f"{label}({other})", f"{other}({label})")]
        columns.append(Column(label, label, "票数", Format.WHOLE, required=True, synonyms=(*synonyms, *both)))
    return tuple(columns)


def tally_stem(contest: Contest) -> str:
    """Name of a contest's count table without its ending, such as ``peer_tally``."""
    return f"{contest.code}_tally"


def tally_kind(rules: ContestRules) -> Kind[TallyLine]:
    """The count table of a contest, whose columns of grades are called by the contest's labels."""
    return Kind(_tally_layout(rules), _tally_key, _tally_rows)


def _tally_layout(rules: ContestRules) -> Layout:
    return Layout(
        tally_stem(rules.contest),
        f"{rules.contest.title}计票统计表",
        (
            GROUP,
            NUMBER,
            UNIT_CODE,
            UNIT_NAME,
            *_grades(rules.labels),
            Column("弃权", "弃权", "票数；没有的填0", Format.WHOLE, synonyms=("弃权票", "弃权票数")),
            Column("回避", "回避", "票数；本单位不评的票不另计时不填", Format.WHOLE, extra=True),
            Column(
                "弃权(含回避)",
                "弃权(含回避)",
                "分不开弃权和回避时填写",
                Format.WHOLE,
                synonyms=("空白", "空白票"),
                extra=True,
            ),
            Column("废票", "废票", "票数；没有的填0", Format.WHOLE, synonyms=("无效", "无效票", "废票数")),
            Column("有效", "有效", "四个等次票数之和", Format.WHOLE, synonyms=("有效票", "有效票数")),
        ),
    )


_FIRST_GRADE = 4
"""Index of the first of the four columns of grades."""


def _tally_rows(line: TallyLine, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    count = line.count
    number = None if line.number == 1 else line.number
    recusals = count.recusals or None
    blanks = count.blanks if count.recusals is None else None
    return (
        (
            line.group,
            number,
            count.unit,
            names.name_of(count.unit),
            *count.grades,
            count.abstained,
            recusals,
            blanks,
            count.void,
            count.valid,
        ),
    )


def _tally_key(line: TallyLine) -> str:
    return f"{line.group}/{line.number}/{line.count.unit}"


def import_tally(file: SpreadsheetFile, names: UnitNames, rules: ContestRules) -> ImportResult[TallyLine]:
    """The counts of the units in the sessions of one contest.

    A first poll must have every unit; a repetition may be held for some. Raises `Refused` when the file
    cannot be read at all.
    """
    findings = Findings(file.name)
    lines: list[TallyLine] = []
    seen = Seen()
    layout = _tally_layout(rules)
    for row in rows_of(read_workbook(file), layout, findings, names):
        group, number, unit = row.text("group"), session_number(row), row.unit(names)
        first, second, third, fourth = (
            row.whole(column.field) for column in layout.columns[_FIRST_GRADE : _FIRST_GRADE + 4]
        )
        blanks, recusals = _blanks(row)
        void = _count(row, "废票")
        if unit:
            key = f"{group}/{number}/{unit.code}"
            seen.is_new(key, row, "unit_code", f"单位“{unit.name}”")
        if row.failed or not unit:
            continue
        count = UnitCount(unit.code, (first, second, third, fourth), blanks, recusals, void)
        if not row.is_empty("有效") and row.whole("有效") != count.valid:
            row.error(Problem.COUNTS_DIFFER, f"有效票应为四个等次票数之和{count.valid}。", "有效")
        else:
            lines.append(TallyLine(rules.contest, group, number, count))
    polls = {(line.group, line.number) for line in lines}
    for group in sorted({group for group, number in polls if number == 1}):
        found = {line.count.unit for line in lines if (line.group, line.number) == (group, 1)}
        note_missing_units(names, found, findings)
    return findings.result(lambda: lines)


def _count(row: Row, field: str) -> int:
    """A count that is 0 where the table has no such column, but never where the cell is empty."""
    if row.has(field) and row.is_empty(field):
        row.error(Problem.VALUE_MISSING, f"“{field}”没有填写，没有的填0。", field)
    return row.whole(field)


def _blanks(row: Row) -> tuple[int, int | None]:
    """The blanks and how many of them are recusals; None where the table gives them together only."""
    if not row.is_empty("弃权(含回避)"):
        together = row.whole("弃权(含回避)")
        return together, None if row.is_empty("回避") else row.whole("回避")
    recusals = row.whole("回避")
    return _count(row, "弃权") + recusals, recusals


def session_number(row: Row) -> int:
    """Which poll of its contest a session is: the first, where the cell is empty."""
    return row.whole("number", 1) or 1
