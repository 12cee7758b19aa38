"""What a finished year says, for every unit and as a whole."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import ContestCode, Grade
from gaoxin_vote.domain.decision import Override
from gaoxin_vote.domain.record import COUNT_KEYS, RECORD_KEYS, AssessmentRecord
from gaoxin_vote.domain.units import UnitCode
from tests.contests import LEADERSHIP, PEER

from .cases import toml_scheme
from .factory import count, manual, printed, session, small_year, valid, with_counts

NOBODY = count("A02", (0, 0, 0, 0), abstained=3)


def year() -> AssessmentRecord:
    """The second unit has no valid mark, so it has no standing; the fourth is better than the third."""
    return assess(with_counts(small_year(["55", "65", "60", "70"]), PEER, [NOBODY]))


def test_the_ranked_are_those_with_a_standing_best_first() -> None:
    assert [outcome.unit.code for outcome in year().outcomes] == ["A01", "A02", "A03", "A04"]
    assert [outcome.unit.code for outcome in year().ranked] == ["A04", "A03", "A01"]


def test_what_cannot_be_told_yet_is_none() -> None:
    record = year()
    assert record.grade_codes["A02"] is None
    assert record.grade_codes["A04"] in ("excellent", "good", "pass")
    unit = printed(with_counts(valid(), PEER, [NOBODY]))["units"][1]
    told = ("composite", "internal", "rank", "order", "class_rank", "class_order", "grade", "accountability")
    assert {unit[name] for name in told} == {None}
    assert unit["indicator"] == "65.00"
    assert unit["accountability_triggers"] == []


def test_a_rating_is_found_by_its_contest() -> None:
    outcome = year().outcomes[0]
    assert outcome.rating(PEER.code).contest == PEER
    assert outcome.rating(LEADERSHIP.code).contest == LEADERSHIP
    with pytest.raises(KeyError):
        outcome.rating(ContestCode("public"))


def test_scores_are_printed_with_all_their_decimals() -> None:
    record = year()
    assert record.score_text(Decimal("9.125")) == "9.13"
    assert record.score_text(Decimal(70)) == "70.00"
    assert replace(record, decimals=0).score_text(Decimal("9.5")) == "10"
    assert record.score_text(None) is None


def test_the_keys_of_a_unit_and_of_its_ratings_are_the_known_ones() -> None:
    """A contest may have no code that is a key, a grade no label that is one."""
    unit = printed(valid())["units"][0]
    assert unit.keys() == RECORD_KEYS | {LEADERSHIP.code, PEER.code}
    assert unit["leader"].keys() - COUNT_KEYS == {"优秀", "良好", "及格", "不及格"}


def test_abstentions_that_are_not_known_are_printed_with_the_recusals() -> None:
    row = replace(count("A01", (0, 2, 0, 0), abstained=2, void=1), recusals=None)
    peer = printed(with_counts(valid(), PEER, [row]))["units"][0]["peer"]
    assert "弃权" not in peer
    assert (peer["弃权（含回避）"], peer["废票"], peer["valid"], peer["score"]) == (2, 1, 2, "8.00")
    peer = printed(valid())["units"][0]["peer"]
    assert "弃权（含回避）" not in peer and peer["弃权"] == 0


def test_groups_are_printed_each_by_itself_where_there_are_several() -> None:
    scheme = toml_scheme({"leader.weights": {"甲": "0.6", "乙": "0.4"}})
    base = small_year(["70", "60"], scheme=scheme)
    first = session(LEADERSHIP, 5, [count("A01", (5, 0, 0, 0)), count("A02", (0, 5, 0, 0))], group="甲")
    inputs = replace(base, tallies=(first, *base.tallies[1:]))
    rating = printed(inputs)["units"][0]["leader"]
    assert rating["score"] is None
    assert [(row["group"], row["weight"], row["优秀"], row["score"]) for row in rating["groups"]] == [
        ("甲", "0.6", 5, "10.00"),
        ("乙", "0.4", 0, None),
    ]
    assert "groups" not in printed(valid())["units"][0]["leader"]


@pytest.mark.parametrize(("scope", "last"), [("all_units", "A04"), ("per_class", {"甲": "A02", "乙": "A04"})])
def test_the_last_is_one_of_all_or_one_of_each_class(scope: str, last: object) -> None:
    scheme = toml_scheme(
        {
            "accountability.last_scope": scope,
            **manual(甲=(1, 0), 乙=(1, 0)),
        }
    )
    inputs = small_year(["70", "60", "65", "55"], scheme=scheme, classes=("甲", "甲", "乙", "乙"))
    assert printed(inputs)["summary"]["last"] == last


def test_more_staff_than_the_limit_is_said_never_trimmed() -> None:
    record = assess(small_year(["70", "65", "60", "55"], scheme=toml_scheme(manual(机关部门=(4, 0)))))
    summary = record.as_json()["summary"]
    assert isinstance(summary, dict)
    over = record.staff_sum - record.staff_cap
    assert over == 4
    assert (summary["staff_quota_sum"], summary["staff_cap"], summary["staff_over"]) == (16, 12, over)
    fewer = replace(record, outcomes=record.outcomes[:2]).as_json()["summary"]
    assert isinstance(fewer, dict) and fewer["staff_over"] == 0
    unknown = replace(record.outcomes[0], staff_places=None)
    assert replace(record, outcomes=(unknown, *record.outcomes[1:])).staff_sum == 12


def test_the_summary_counts_what_was_awarded_beside_what_there_was() -> None:
    scheme = toml_scheme(manual(机关部门=(1, 2)))
    lowered = Override(UnitCode("A01"), Grade.PASS, "会议决定")
    inputs = replace(small_year(["70", "65", "60", "55"], scheme=scheme), overrides=(lowered,))
    summary = printed(inputs)["summary"]
    assert summary["quota"] == {"机关部门": {"excellent": 1, "good": 2}}
    assert summary["awarded"] == {"机关部门": {"excellent": 0, "good": 2}}
    assert summary["grade_counts"] == {"优秀": 0, "良好": 2, "合格": 2, "不合格": 0}
    assert summary["order"] == ["A01", "A02", "A03", "A04"]
