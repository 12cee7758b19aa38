"""What the minutes of a session still lack."""

from dataclasses import replace
from datetime import date

import pytest

from gaoxin_vote.domain.codec import from_json, to_json
from gaoxin_vote.domain.minutes import SessionMinutes
from tests.contests import PEER

FULL = SessionMinutes(
    PEER,
    held_on=date(2018, 1, 15),
    place="三楼会议室",
    chair="张三",
    chief_scrutineer="李四",
    scrutineers=("王五",),
    tellers=("赵六", "钱七"),
)


def test_new_minutes_lack_everything_in_the_order_of_the_sheet() -> None:
    new = SessionMinutes(PEER)
    assert new.missing == ("会议日期", "地点", "主持人", "总监票人", "监票人", "计票人")
    assert (new.group, new.number) == ("", 1)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"held_on": None}, "会议日期"),
        ({"place": ""}, "地点"),
        ({"chair": ""}, "主持人"),
        ({"chief_scrutineer": ""}, "总监票人"),
        ({"scrutineers": ()}, "监票人"),
        ({"tellers": ()}, "计票人"),
    ],
)
def test_each_thing_that_is_not_filled_in_is_named(field: dict[str, object], words: str) -> None:
    assert replace(FULL, **field).missing == (words,)  # type: ignore[arg-type]


def test_full_minutes_lack_nothing_and_are_read_back() -> None:
    assert FULL.missing == ()
    assert from_json(SessionMinutes, to_json(FULL)) == FULL
