"""What the audit log may say, and in which words."""

import re

import pytest

from gaoxin_vote.domain.acts import Act

CHINESE = re.compile("[\u4e00-\u9fff]+")
NAMES_A_SESSION = ["session", "contest", "contest_title", "group", "number"]


def test_an_act_is_kept_by_its_code_and_shown_by_its_label() -> None:
    assert Act("tally.count") is Act.COUNT
    assert Act.COUNT.label == "计票"
    with pytest.raises(ValueError, match="计票"):
        Act("计票")


def test_no_two_acts_share_a_code_or_a_label() -> None:
    assert len(Act.__members__) == len({act.value for act in Act}) == len({act.label for act in Act})


@pytest.mark.parametrize("act", Act)
def test_an_act_and_all_its_fields_have_chinese_words_that_tell_them_apart(act: Act) -> None:
    assert CHINESE.fullmatch(act.label)
    assert act.fields
    assert all(CHINESE.fullmatch(words) for words in act.fields.values())
    assert len(set(act.fields.values())) == len(act.fields)


@pytest.mark.parametrize(
    "act", [act for act in Act if act.value.startswith(("session.", "tally.", "sheet."))]
)
def test_an_act_on_a_session_first_names_it(act: Act) -> None:
    assert list(act.fields)[: len(NAMES_A_SESSION)] == NAMES_A_SESSION


def test_another_edition_of_a_sheet_says_the_same_and_why() -> None:
    assert Act.REISSUE_SHEET.fields == {**Act.ISSUE_SHEET.fields, "reason": "原因"}
    assert "reason" not in Act.ISSUE_SHEET.fields
