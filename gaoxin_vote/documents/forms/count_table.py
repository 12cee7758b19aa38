"""What stands in 计票统计表, a row for each unit, on paper, on the screen and in the words of `verify`?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from gaoxin_vote.documents.page import NOTHING
from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.own_ballots import contradicted, contradiction
from gaoxin_vote.domain.tally import UnitCount

BLANKS = "弃权（含回避）"
"""Heads the blank marks where nobody can tell an abstention from a recusal."""

MARK = "※"
"""Stands before a unit that rated itself or was rated by somebody twice (A42)."""


@dataclass(frozen=True, slots=True)
class TallyRow:
    """What one unit got."""

    number: int
    """序号."""
    code: str
    name: str
    unit_class: str
    count: UnitCount
    score: Decimal | None
    """None without a valid mark."""


class CountColumn(Enum):
    """What can stand in a column; `GRADES` are four columns, headed by the labels of the scheme."""

    NUMBER = "序号"
    UNIT = "单位"
    UNIT_CLASS = "类别"
    GRADES = "等次"
    BLANK = "弃权"
    VOID = "无效"
    VALID = "有效"
    SCORE = "得分"


PRINTED = (
    CountColumn.NUMBER,
    CountColumn.UNIT,
    CountColumn.GRADES,
    CountColumn.BLANK,
    CountColumn.VOID,
    CountColumn.VALID,
    CountColumn.SCORE,
)
"""The columns on paper, where the class heads the rows of its units."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """The table as texts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()
    """A sentence on each row that bears the `MARK`."""


def count_table(
    rows: Sequence[TallyRow],
    labels: tuple[str, str, str, str],
    returned: int,
    columns: Sequence[CountColumn] = PRINTED,
) -> CountTable:
    """The table of these rows of `returned` ballots; `labels` are what the four grades are called."""
    known = abstentions_known(rows)
    scores = (row.score for row in rows if row.score is not None)
    places = max((2, *(len(plain(score).partition(".")[2]) for score in scores)))
    heads = {
        CountColumn.GRADES: labels,
        CountColumn.BLANK: (CountColumn.BLANK.value if known else BLANKS,),
    }
    cells = [_cells(row, returned, known, places) for row in rows]
    return CountTable(
        tuple(head for column in columns for head in heads.get(column, (column.value,))),
        tuple(tuple(text for column in columns for text in row[column]) for row in cells),
        tuple(
            f"{MARK}{contradiction(row.name, row.count, returned)}。"
            for row in rows
            if contradicted(row.count, returned)
        ),
    )


def count_sums(rows: Sequence[TallyRow]) -> tuple[str, ...]:
    """The last row on paper: what all units got together."""
    counts, known = [row.count for row in rows], abstentions_known(rows)
    grades = (sum(count.grades[index] for count in counts) for index in range(4))
    blanks = sum((count.abstained or 0) if known else count.blanks for count in counts)
    numbers = (*grades, blanks, sum(count.void for count in counts), sum(count.valid for count in counts))
    return ("", "合　　计", *map(str, numbers), "")


def abstentions_known(rows: Sequence[TallyRow]) -> bool:
    """Whether the abstentions of every unit can be told from the recusals."""
    return all(row.count.abstained is not None for row in rows)


def _cells(row: TallyRow, returned: int, known: bool, places: int) -> dict[CountColumn, tuple[str, ...]]:
    count = row.count
    return {
        CountColumn.NUMBER: (str(row.number),),
        CountColumn.UNIT: (MARK * contradicted(count, returned) + row.name,),
        CountColumn.UNIT_CLASS: (row.unit_class,),
        CountColumn.GRADES: tuple(map(str, count.grades)),
        CountColumn.BLANK: (str(count.abstained if known else count.blanks),),
        CountColumn.VOID: (str(count.void),),
        CountColumn.VALID: (str(count.valid),),
        CountColumn.SCORE: (NOTHING if row.score is None else f"{row.score:.{places}f}",),
    }
