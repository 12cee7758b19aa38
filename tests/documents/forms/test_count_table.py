"""Is 计票统计表 the same table on paper and on a screen?"""

from dataclasses import replace
from decimal import Decimal

from gaoxin_vote.documents.forms.count_table import (
    BLANKS,
    MARK,
    PRINTED,
    CountColumn,
    TallyRow,
    count_sums,
    count_table,
)
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.domain.units import UnitCode

LABELS = ("优秀", "良好", "及格", "不及格")
FIRST, SECOND = UnitCode("U01"), UnitCode("U02")
KNOWN = TallyRow(1, FIRST, "党政办", "机关部门", UnitCount(FIRST, (5, 2, 1, 0), 2, 1), Decimal("87.5"))
UNMARKED = TallyRow(2, SECOND, "纪工委", "机关部门", UnitCount(SECOND, (0, 0, 0, 0), 9, 0, 1), None)


def test_the_printed_columns() -> None:
    table = count_table((KNOWN, UNMARKED), LABELS, 25)
    assert table.heads == ("序号", "单位", *LABELS, "弃权", "无效", "有效", "得分")
    assert table.rows == (
        ("1", "党政办", "5", "2", "1", "0", "1", "0", "8", "87.50"),
        ("2", "纪工委", "0", "0", "0", "0", "9", "1", "0", "—"),
    )
    assert count_sums((KNOWN, UNMARKED)) == (
        *("", "合　　计"),
        *("5", "2", "1", "0", "10", "1", "8"),
        "",
    )


def test_where_abstentions_are_unknown_blanks_are_counted_together() -> None:
    unknown = replace(KNOWN, count=replace(KNOWN.count, recusals=None))
    table = count_table((unknown, UNMARKED), LABELS, 25)
    assert table.heads[6] == BLANKS
    assert [row[6] for row in table.rows] == ["2", "9"]
    assert count_sums((unknown, UNMARKED))[6] == "11"


def test_other_columns_in_their_order() -> None:
    chosen = (CountColumn.UNIT, CountColumn.UNIT_CLASS, CountColumn.SCORE)
    table = count_table((KNOWN,), LABELS, 25, chosen)
    assert table.heads == ("单位", "类别", "得分")
    assert table.rows == (("党政办", "机关部门", "87.50"),)
    assert CountColumn.UNIT_CLASS not in PRINTED


def test_a_row_that_no_honest_session_has_is_marked_and_told() -> None:
    rated = replace(KNOWN, count=UnitCount(FIRST, (9, 0, 0, 0), 0, None, own_ballots=1))
    table = count_table((rated, UNMARKED), LABELS, 9)
    assert [row[1] for row in table.rows] == [f"{MARK}党政办", "纪工委"]
    (remark,) = table.remarks
    assert remark.startswith(f"{MARK}党政办有效9张，而收回的9张中至少有1张是本单位的票")
    assert count_table((rated,), LABELS, 10).remarks == ()
