"""Other names lead to a unit, and every place that the explanation cites has a key."""

from gaoxin_vote.domain.scheme import Clause
from gaoxin_vote.domain.scheme_keys.names import CLAUSES
from tests.domain.cases import toml_scheme
from tests.domain.scheme_faults import faulty_keys


def test_another_name_leads_to_some_unit() -> None:
    assert toml_scheme({"aliases": {"人事局": "组织人事局"}}).aliases == (("人事局", "组织人事局"),)
    assert toml_scheme({"aliases": {}}).aliases == ()
    assert faulty_keys({"aliases.人事局": " "}) == ["aliases.人事局"]


def test_a_clause_may_be_empty_but_not_missing_or_unknown() -> None:
    empty = toml_scheme({"clauses": {clause.value: "" for clause in Clause}})
    assert [empty.clause(clause) for clause in Clause] == [""] * len(Clause)
    assert faulty_keys({"clauses": {}}) == sorted(f"clauses.{clause.value}" for clause in Clause)
    assert faulty_keys({"clauses.other": "一"}) == ["clauses.other"]


def test_the_clause_of_the_notice_is_where_the_key_says_it_comes_from() -> None:
    for key in CLAUSES.keys:
        assert key.origin == f"通知{key.default}"
        assert key.label == f"{Clause(key.name).label}的条款"
