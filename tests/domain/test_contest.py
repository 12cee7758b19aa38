"""How contests and their sessions are named, and what the grades are called."""

from itertools import product

from gaoxin_vote.domain.codec import from_json, to_json
from gaoxin_vote.domain.contest import GRADES, Contest, ContestCode, Grade, session_key, session_title
from tests.contests import LEADERSHIP, PEER


def test_a_title_names_the_group_and_from_the_second_time_on_the_number() -> None:
    assert session_title(LEADERSHIP, "", 1) == "领导评议"
    assert session_title(LEADERSHIP, "主要领导", 1) == "领导评议·主要领导"
    assert session_title(PEER, "", 2) == "部门互评（第2次）"
    assert session_title(PEER, "甲", 3) == "部门互评·甲（第3次）"


def test_a_key_always_has_its_number() -> None:
    assert session_key(LEADERSHIP.code, "", 1) == "leader-1"
    assert session_key(LEADERSHIP.code, "甲", 2) == "leader-甲-2"


def test_no_two_sessions_share_a_key() -> None:
    """Whatever the groups are called."""
    named = list(product(("leader", "leader_1", "peer"), ("", "1", "1-1", "-", "甲"), (1, 2, 11)))
    assert len({session_key(ContestCode(code), group, number) for code, group, number in named}) == len(named)


def test_grades_best_first() -> None:
    assert GRADES == (Grade.EXCELLENT, Grade.GOOD, Grade.PASS, Grade.FAIL)


def test_a_grade_is_kept_by_its_code_and_read_by_its_label() -> None:
    assert to_json(Grade.FAIL) == "fail"
    assert from_json(Grade, "pass") is Grade.PASS
    assert Grade.by_label()["不合格"] is Grade.FAIL
    assert "及格" not in Grade.by_label()


def test_contests_are_told_apart_by_code_and_title() -> None:
    assert from_json(Contest, to_json(PEER)) == PEER
    assert Contest(PEER.code, "互评") != PEER
    assert Contest(ContestCode("peers"), PEER.title) != PEER
