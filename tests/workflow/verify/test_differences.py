"""Are differences told in words, whatever differs?"""

from typing import Any

import pytest

from gaoxin_vote.workflow.verify.differences import json_differences


def told(given: Any, computed: Any) -> list[tuple[str, str, str]]:
    return [(found.where(), found.given, found.computed) for found in json_differences(given, computed)]


def test_equal_values_do_not_differ() -> None:
    assert told({"a": [1, "x", None]}, {"a": [1, "x", None]}) == []


@pytest.mark.parametrize(
    ("given", "computed", "difference"),
    [
        ({"composite": "1.00"}, {"composite": "2.00"}, ("综合得分", "1.00", "2.00")),
        ({"composite": None}, {"composite": "2.00"}, ("综合得分", "（无）", "2.00")),
        ({}, {"composite": "2.00"}, ("综合得分", "（无）", "2.00")),
        ({"surprise": True}, {}, ("surprise", "是", "（无）")),
        ({"x" * 99: 1}, {}, ("x" * 60 + "…", "1", "（无）")),
        ({"last": "y" * 99}, {"last": "U01"}, ("是否排名最后", "y" * 60 + "…", "U01")),
        ({"bonus": {"a": 1, "b": 2}}, {"bonus": "x"}, ("加减分", "（2项内容）", "x")),
        ({"order": ["U01", "U02"]}, {"order": ["U01"]}, ("定等顺序", "U01、U02", "U01")),
        ({"order": ["U02", "U01"]}, {"order": ["U02", "U03"]}, ("定等顺序第2项", "U01", "U03")),
        ({"staff": True}, {"staff": 1}, ("人数", "是", "1")),
        ({"staff": "1"}, {"staff": 1}, ("人数", "1（写法不同）", "1")),
        (
            {"bonus": {"claims": [{"counted": "1"}, {"counted": "2"}]}},
            {"bonus": {"claims": [{"counted": "1"}, {"counted": "3"}]}},
            ("加减分·申报事项第2项·计入分", "2", "3"),
        ),
        (["a"], "a", ("", "a（写法不同）", "a")),
    ],
)
def test_a_difference_is_told_in_words(given: Any, computed: Any, difference: tuple[str, str, str]) -> None:
    assert told(given, computed) == [difference]


def test_all_differences_come_in_the_order_of_the_computed_value() -> None:
    found = json_differences({"grade": 1, "rank": 1, "extra": 1}, {"rank": 2, "grade": 2})
    assert [one.place for one in found] == [("rank",), ("grade",), ("extra",)]
