"""Which counts does a count table hold?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gaoxin_vote.domain.contest import GRADES, Contest
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import (
    InFolder,
    Kind,
    ReadRow,
    WrittenRow,
    each_unit,
    note_missing_units,
    values_of,
)
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Format, Layout, group_words
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding, Problem
from gaoxin_vote.spreadsheets.row import Row

GROUP = Column(
    "group",
    "权重组",
    "仅在方案按职务设权重时填写",
    synonyms=("组别", "组"),
    words_of=group_words,
    extra=True,
    on_form=lambda scheme: bool(group_words(scheme)),
)
NUMBER = Column(
    "number",
    "第几次",
    "重新评议的填2、3…；第一次可不填",
    Format.WHOLE,
    synonyms=("次数", "会议次数"),
    extra=True,
    is_key=True,
    on_form=lambda scheme: False,
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
        columns.append(
            Column(
                label, label, "票数", Format.WHOLE, required=True, synonyms=(*synonyms, *both), decides=True
            )
        )
    return tuple(columns)


def tally_stem(contest: Contest) -> str:
    """Name of a contest's count table without its ending, such as ``peer_tally``."""
    return f"{contest.code}_tally"


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
            Column(
                "回避",
                "回避",
                "票数；本单位不评的票不另计时不填",
                Format.WHOLE,
                extra=True,
                on_form=lambda scheme: False,
            ),
            Column(
                "弃权(含回避)",
                "弃权(含回避)",
                "分不开弃权和回避时填写",
                Format.WHOLE,
                synonyms=("空白", "空白票"),
                extra=True,
                on_form=lambda scheme: False,
            ),
            Column("废票", "无效", "票数；没有的填0", Format.WHOLE, synonyms=("废票", "无效票", "废票数")),
            Column(
                "本单位票",
                "本单位票",
                "收回的票中至少有几张是本单位的；不知道的不填",
                Format.WHOLE,
                extra=True,
                on_form=lambda scheme: False,
            ),
            Column("有效", "有效", "四个等次票数之和", Format.WHOLE, synonyms=("有效票", "有效票数")),
        ),
    )


_FIRST_GRADE = 4
"""Index of the first of the four columns of grades."""


def tally_kind(rules: ContestRules) -> Kind[TallyLine]:
    """The count table of a contest, whose columns of grades are called by the contest's labels."""
    contest, layout = rules.contest, _tally_layout(rules)
    grades = layout.fields[_FIRST_GRADE : _FIRST_GRADE + 4]

    def read(row: Row, context: Context) -> TallyLine | None:
        group, number, unit = row.text("group"), session_number(row), row.unit(context.names)
        first, second, third, fourth = (row.whole(grade) for grade in grades)
        blanks, recusals = _blanks(row)
        void, own = _count(row, "废票"), row.whole("本单位票")
        if unit:
            row.identify("unit_code", f"{group}/{number}/{unit.code}", f"单位“{unit.name}”")
        if row.failed or not unit:
            return None
        count = UnitCount(unit.code, (first, second, third, fourth), blanks, recusals, void, own)
        if not row.is_empty("有效") and row.whole("有效") != count.valid:
            row.error(Problem.COUNTS_DIFFER, f"有效票应为四个等次票数之和{count.valid}。", "有效")
        return TallyLine(contest, group, number, count)

    def cells(line: TallyLine, names: UnitNames) -> tuple[WrittenRow, ...]:
        count = line.count
        return (
            {
                "group": line.group,
                "number": None if line.number == 1 else line.number,
                "unit_code": count.unit,
                "unit_name": names.name_of(count.unit),
                **dict(zip(grades, count.grades, strict=True)),
                "弃权": count.abstained,
                "回避": count.recusals or None,
                "弃权(含回避)": count.blanks if count.recusals is None else None,
                "废票": count.void,
                "本单位票": count.own_ballots or None,
                "有效": count.valid,
            },
        )

    return Kind(
        code=layout.stem,
        label=layout.title,
        meaning=f"{contest.title}中各单位得到的票数",
        value=TallyLine,
        layout=layout,
        read=read,
        key=lambda line: f"{line.group}/{line.number}/{line.count.unit}",
        cells=cells,
        check=_check_first_polls,
        folder=InFolder.REQUIRED,
        prefilled=each_unit,
    )


def _check_first_polls(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """A first poll must have every unit; a repetition may be held for some."""
    lines: tuple[TallyLine, ...] = values_of(rows)
    for group in sorted({line.group for line in lines if line.number == 1}):
        found = {line.count.unit for line in lines if (line.group, line.number) == (group, 1)}
        yield from note_missing_units(context.names, found)


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
