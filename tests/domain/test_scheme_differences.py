"""Two schemes are compared key by key, in words."""

from gaoxin_vote.domain.scheme_differences import SchemeDifference, differences
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text, toml_table

from .cases import toml_scheme

NOTICE = load_scheme(shipped_scheme_text())


def told(patch: dict[str, object]) -> dict[str, tuple[str, str, str]]:
    found = differences(NOTICE, toml_scheme(patch))
    return {one.key: (one.label, one.before, one.after) for one in found}


def test_equal_schemes_do_not_differ() -> None:
    assert differences(NOTICE, toml_scheme({"bonus.cap": "10.0"})) == ()


def test_a_key_is_told_with_both_values_in_words() -> None:
    assert differences(NOTICE, toml_scheme({"bonus.cap": 12, "quota.vacancy": "vacant"})) == (
        SchemeDifference("bonus.cap", "加分与减分：加减分上限", "10分", "12分"),
        SchemeDifference("quota.vacancy", "等次名额：空出的名额", "递补给下一个", "空缺"),
    )


def test_a_key_of_all_contests_is_told_once_and_of_one_at_its_contest() -> None:
    assert told({"rating.trim": 1}) == {"rating.trim": ("各项测评共用：去掉最高最低", "0个", "1个")}
    assert told({"leader.trim": 1}) == {"contests.leader.trim": ("领导评议：去掉最高最低", "0个", "1个")}
    assert told({"peer.max_excellent": 5})["contests.peer.max_excellent"][1:] == ("不限", "5个")


def test_contests_kinds_and_names_that_come_or_go_are_told_whole() -> None:
    table = toml_table(shipped_scheme_text())
    contests, barring = table["contests"], table["barring"]
    assert isinstance(contests, list)
    assert isinstance(barring, dict)
    order = {"ties.order": ["indicator"]}
    gone = told({"contests": contests[:1], **order})
    assert gone["contests.peer"] == ("测评项目", "部门互评", "—")
    assert told({"contests": contests[::-1]})["contests"] == (
        "测评项目的次序",
        "leader、peer",
        "peer、leader",
    )
    assert "barring.kinds.D6" in told({"barring.kinds": [*barring["kinds"][:5], barring["kinds"][6]]})
    names = told({"aliases": {"人事局": "办公室", "新局": "办公室"}})
    assert names["aliases.人事局"] == ("其他名称：人事局", "组织人事局", "办公室")
    assert names["aliases.新局"][1:] == ("—", "办公室")
    assert names["aliases.经发局"][1:] == ("经济发展局", "—")


def test_what_only_one_of_two_bodies_of_raters_has_is_told_as_missing() -> None:
    table = toml_table(shipped_scheme_text())
    contests = table["contests"]
    assert isinstance(contests, list)
    without = {key: value for key, value in contests[0].items() if key != "weights"}
    found = told({"contests": [without | {"raters": "anonymous", "ballots": 30}, contests[1]]})
    assert found["contests.leader.ballots"] == ("领导评议：票数", "—", "30张")
    assert found["contests.leader.raters"] == ("领导评议：由谁评议", "班子成员", "不记名")
