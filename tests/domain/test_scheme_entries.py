"""A scheme states under each of its keys what the file must say, table by table."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_entries import SchemeBlock, blocks, common_value, stated
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.scheme_keys.contests import RATING
from gaoxin_vote.domain.scheme_keys.grades import QUOTA
from gaoxin_vote.domain.scheme_keys.names import CLAUSES

from .cases import toml_scheme

NOTICE = load_scheme(shipped_scheme_text())
KEYS = {key.name: (section, key) for section in (RATING, QUOTA, CLAUSES) for key in section.keys}


def block(scheme: AssessmentScheme, name: str, code: str = "") -> SchemeBlock:
    (found,) = [one for one in blocks(scheme) if (one.section.name, one.code) == (name, code)]
    return found


def values(scheme: AssessmentScheme, name: str, code: str = "") -> dict[str, object]:
    return {entry.name: entry.value for entry in block(scheme, name, code).entries}


def test_each_contest_and_each_kind_of_event_has_a_block_of_its_own() -> None:
    listed = [(one.code, one.title) for one in blocks(NOTICE) if one.code]
    assert listed[:3] == [("leader", "领导评议"), ("peer", "部门互评"), ("D1", "取消优良资格情形D1")]
    assert len(listed) == len(NOTICE.contests) + len(NOTICE.barring.kinds)


def test_a_name_that_the_scheme_chose_stands_under_itself() -> None:
    names = toml_scheme({"aliases": {"人事局": "组织人事局", "老区": "办公室"}})
    assert values(names, "aliases") == {"人事局": "组织人事局", "老区": "办公室"}


def test_what_most_contests_have_is_common_and_the_others_say_so_themselves() -> None:
    trim = KEYS["trim"][1]
    scheme = toml_scheme({"leader.trim": 2})
    assert common_value(trim, scheme) == 0  # of equally many, the last
    assert values(scheme, "rating")["trim"] == 0
    (own,) = [entry for entry in block(scheme, "contests", "leader").entries if entry.name == "trim"]
    assert (own.value, own.own, own.noticed) == (2, True, False)
    assert "trim" not in values(scheme, "contests", "peer")
    back = block(toml_scheme({"rating.trim": 2, "leader.trim": 0}), "contests", "leader").entries
    assert [entry.noticed for entry in back if entry.name == "trim"] == [False]
    first, last = scheme.contests
    assert common_value(trim, replace(scheme, contests=(first, first, last))) == 2


def test_a_contest_says_only_what_its_raters_can_have() -> None:
    bodies = {"weights", "self_rating", "ballots_per_unit", "ballots"}
    assert bodies & set(values(NOTICE, "contests", "leader")) == {"weights"}
    assert bodies & set(values(NOTICE, "contests", "peer")) == {"self_rating", "ballots_per_unit"}


def test_an_optional_key_stands_only_where_it_says_more_than_its_absence() -> None:
    kinds = [
        {"code": "D1", "text": "甲", "effect": "bar"},
        {"code": "D2", "text": "乙", "effect": "bar", "counts_as": "D1"},
    ]
    scheme = toml_scheme({"barring.kinds": kinds})
    assert set(values(scheme, "barring.kinds", "D1")) == {"code", "text", "effect"}
    assert values(scheme, "barring.kinds", "D2")["counts_as"] == "D1"
    assert "manual" not in values(NOTICE, "quota")
    by_hand = toml_scheme({"quota.mode": "manual", "quota.manual": {}})
    assert values(by_hand, "quota")["manual"] == ()


@pytest.mark.parametrize(("least", "told"), [(0, 0), (60, 0), (61, 61)])
def test_a_least_score_at_the_pass_line_is_told_as_none(least: int, told: int) -> None:
    scheme = toml_scheme({"quota.excellent_min": least})
    assert stated(*KEYS["excellent_min"], scheme) == values(scheme, "quota")["excellent_min"] == told


def test_a_value_is_noticed_unless_it_differs_from_what_the_notice_gives() -> None:
    scheme = toml_scheme({"bonus.cap": 12, "title": "另一个"})
    entries = {entry.name: entry for entry in (*block(scheme, "bonus").entries, *block(scheme, "").entries)}
    assert [entries[name].noticed for name in ("cap", "deadline", "title")] == [False, True, False]
    codes = [entry for entry in block(toml_scheme({}), "contests", "peer").entries if entry.name == "code"]
    assert codes[0].noticed  # the notice has no code to compare with


def test_a_clause_is_stated_as_the_scheme_cites_it() -> None:
    cited = toml_scheme({"clauses.money": "第八条"})
    assert values(cited, "clauses")["money"] == stated(*KEYS["money"], cited) == "第八条"
    assert stated(*KEYS["money"], replace(cited, clauses=())) == ""
    assert stated(*KEYS["excellent_ratio"], cited) == Decimal("0.3")
