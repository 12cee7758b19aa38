"""The keys of what follows from a grade are shares of the staff, and one rule to a key."""

from dataclasses import fields

import pytest

from gaoxin_vote.domain.consequence import ConsequenceRules
from gaoxin_vote.domain.scheme_keys.consequences import ACCOUNTABILITY, STAFF
from tests.domain.cases import toml_scheme
from tests.domain.scheme_faults import bounds_faults


@pytest.mark.parametrize("key", ["staff.ratio.优秀", "staff.ratio.不合格", "staff.total_cap"])
def test_a_share_of_the_staff_lies_between_none_and_all(key: str) -> None:
    assert bounds_faults(key, 0, 1, "0.0001") == [[key], [], [], [key]]


def test_a_better_grade_may_allow_fewer_of_the_staff() -> None:
    shares = {"优秀": 0, "良好": "0.1", "合格": "0.2", "不合格": 1}
    assert [str(share) for share in toml_scheme({"staff.ratio": shares}).consequence.staff_ratio] == [
        *("0", "0.1", "0.2", "1")
    ]


def test_no_consequence_has_a_rule_without_a_key_or_two() -> None:
    told = [key.attribute for section in (STAFF, ACCOUNTABILITY) for key in section.keys]
    assert sorted(told) == sorted(field.name for field in fields(ConsequenceRules))
