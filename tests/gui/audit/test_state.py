"""Which entries of the log fit what somebody looks for?"""

from datetime import date

import pytest

from gaoxin_vote.gui.audit.state import AuditLine, AuditState, Wanted, cells, count_words, whole

FIRST = AuditLine(1, None, "2018-01-17 09:00:00", date(2018, 1, 17), "新建工作区", "单位：高新区", "", "aa")
SECOND = AuditLine(
    2, 2017, "", date(2018, 1, 17), "开始投票", "会议：领导评议；票位：12", "会议编号：Xy", "bb"
)
THIRD = AuditLine(3, 2017, "2018-01-19 09:00:00", date(2018, 1, 19), "结束投票", "会议：领导评议", "", "cc")
STATE = AuditState((THIRD, SECOND, FIRST))


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), [3, 2, 1]),
        (Wanted("领导评议"), [3, 2]),
        (Wanted(" １２　领导 "), [2]),
        (Wanted("xY"), [2]),
        (Wanted("CC"), [3]),
        (Wanted("01-19"), [3]),
        (Wanted("领导 高新区"), []),
        (Wanted(act="开始投票"), [2]),
        (Wanted("结束", act="开始投票"), []),
        (Wanted(first=date(2018, 1, 18)), [3]),
        (Wanted(last=date(2018, 1, 18)), [2, 1]),
        (Wanted(first=date(2018, 1, 17), last=date(2018, 1, 17)), [2, 1]),
        (Wanted(first=date(2018, 1, 20), last=date(2018, 1, 1)), []),
    ],
)
def test_what_is_wanted_is_shown_and_nothing_else(wanted: Wanted, numbers: list[int]) -> None:
    assert [line.number for line in STATE.shown(wanted)] == numbers


def test_an_entry_of_no_known_day_is_in_no_span() -> None:
    undated = AuditState((AuditLine(1, None, "", None, "甲", "", "", ""),))
    assert undated.shown(Wanted(last=date(2018, 1, 1))) == () and len(undated.shown(Wanted())) == 1


def test_numbers_and_digests_are_shown_to_those_who_ask() -> None:
    assert cells(SECOND, traces=False) == ("2", "不记时间", "开始投票", "会议：领导评议；票位：12")
    assert cells(SECOND, traces=True)[4:] == ("会议编号：Xy", "bb")
    assert whole(SECOND, traces=False) == ("第2条　不记时间　开始投票", "会议：领导评议\n票位：12")
    assert whole(SECOND, traces=True)[1].endswith("会议编号：Xy\n校验码：bb")
    assert STATE.acts == ("新建工作区", "开始投票", "结束投票")
    assert (count_words(3, 3), count_words(1, 3)) == ("共3条", "找到1条，共3条")
