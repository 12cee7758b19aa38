"""Schemes are read whole, and everything wrong with one is told at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from gaoxin_vote.domain.contest_rules import Raters, WeightGroup
from gaoxin_vote.domain.scheme import AssessmentScheme, SchemeReason
from gaoxin_vote.domain.scheme_file import load_scheme, scheme_from_table, shipped_scheme_text, toml_table
from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.errors import Refused
from tests.contests import leadership, peer

from .cases import toml_scheme

SHIPPED = ("2017", "plain", "weighted", "service")


def refused(patch: dict[str, object]) -> tuple[str, ...]:
    """The lines of the refusal that this change of the scheme of 2017 brings."""
    with pytest.raises(Refused) as caught:
        toml_scheme(patch)
    assert caught.value.reason is SchemeReason.FAULTY
    assert f"有{len(caught.value.details)}处错误" in caught.value.message
    return caught.value.details


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scheme_loads(name: str) -> None:
    assert load_scheme(shipped_scheme_text(name)).title


@pytest.mark.parametrize("name", SHIPPED)
def test_a_comment_stands_beside_every_value(name: str) -> None:
    """What the value does, and where it comes from: a clause of the notice, a default, an ambiguity."""
    values = [line for line in shipped_scheme_text(name).splitlines() if re.match(r'^["\w]+ = ', line)]
    assert len(values) > 70
    for line in values:
        comment = line.partition("  # ")[2]
        assert re.search(r"\S{2,}[；，].*(通知|默认|通用|同2017|本方案|A[0-9]+)|；A[0-9]+", comment), line


def test_the_scheme_of_2017_is_the_notices() -> None:
    scheme = load_scheme(shipped_scheme_text())
    assert leadership(scheme).labels == ("优秀", "良好", "及格", "不及格")
    assert peer(scheme).labels == ("优秀", "良好", "合格", "不合格")
    assert (leadership(scheme).slips, peer(scheme).slips) == (SlipMode.DRAWN, SlipMode.NAMED)
    assert peer(scheme).min_turnout == Fraction(2, 3)
    assert [kind.code for kind in scheme.barring.kinds] == ["D1", "D2", "D3", "D4", "D5", "D6", "F1"]
    assert leadership(scheme).group_names == ("",)


def test_the_others_are_what_they_are_called() -> None:
    plain = load_scheme(shipped_scheme_text("plain"))
    assert plain.quota.by_class is False
    weighted = load_scheme(shipped_scheme_text("weighted"))
    assert leadership(weighted).groups == (
        WeightGroup("主要领导", Decimal("0.5")),
        WeightGroup("其他领导", Decimal("0.5")),
    )
    assert (leadership(weighted).trim, peer(weighted).trim) == (1, 2)


def test_no_toml_is_refused() -> None:
    with pytest.raises(Refused, match="方案文件无法读取"):
        load_scheme("title = ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a]\n[a]", "第2行第3个字符处有一项或一组写了两次"),
        ("a = 优秀", "第1行第5个字符处的值写法不对（文字须加英文引号，数字不加）"),
        ('a = "优秀', "文件末尾处缺少引号"),
        ("a = [1, 2", "文件末尾处缺少括号"),
        ("a = 1 b = 2", "第1行第7个字符处缺少等号、括号或换行"),
        ("= 3", "第1行第1个字符处写法不对"),
    ],
)
def test_what_is_no_toml_is_told_in_chinese_at_its_place(text: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        load_scheme(text)
    assert refused.value.message == f"方案文件无法读取：{told}。"


def test_every_fault_is_told_at_once_with_its_key() -> None:
    lines = refused(
        {
            "score.decimals": 5,
            "rating.abstain": "ignore",
            "rating.min_turnout": "3/2",
            "peer.labels": ["优秀", "良好", "良好", "差"],
            "bonus.deadline": "2018-02-30",
            "bonus.cap": True,
            "ties.order": ["decision", "indicator"],
            "staff.ratio.优秀": "twenty",
        }
    )
    keys = [line.partition("：")[0] for line in lines]
    assert keys == sorted(
        [
            "score.decimals",
            "rating.abstain",
            "rating.min_turnout",
            "contests[2].labels",
            "bonus.deadline",
            "bonus.cap",
            "ties.order",
            "staff.ratio.优秀",
        ]
    )
    words = dict(line.split("：", 1) for line in lines)
    assert "1至4的整数" in words["score.decimals"]
    assert "exclude、count_as_zero之一" in words["rating.abstain"]


def leaves(table: Mapping[str, object], path: str = "") -> list[str]:
    found = []
    for key, value in table.items():
        dotted = f"{path}.{key}" if path else key
        inner = dict(enumerate_tables(dotted, value)) if key == "contests" else {dotted: value}
        for where, item in inner.items():
            found += leaves(item, where) if isinstance(item, Mapping) and item else [where]
    return found


def enumerate_tables(name: str, tables: object) -> Iterator[tuple[str, object]]:
    assert isinstance(tables, list)
    for number, table in enumerate(tables, 1):
        yield f"{name}[{number}]", table


FREE = ("aliases.", "bonus.level_points.", "bonus.city_item_points.")
"""Names that the scheme itself chooses: one fewer is no fault."""
LEAVES = [key for key in leaves(tomllib.loads(shipped_scheme_text())) if not key.startswith(FREE)]


@pytest.mark.parametrize("dotted", LEAVES)
def test_a_missing_key_is_a_fault(dotted: str) -> None:
    table = toml_table(shipped_scheme_text())
    *path, last = dotted.split(".")
    inner: object = table
    for key in path:
        assert isinstance(inner, dict)
        name, _, number = key.partition("[")
        inner = inner[name][int(number.rstrip("]")) - 1] if number else inner[key]
    assert isinstance(inner, dict)
    del inner[last]
    with pytest.raises(Refused) as caught:
        load_table(table)
    assert [line.partition("：")[0] for line in caught.value.details] == [dotted]
    assert "缺少此项" in caught.value.details[0]


def load_table(table: Mapping[str, object]) -> AssessmentScheme:
    return scheme_from_table(table)


@pytest.mark.parametrize(
    "key", ["colour", "score.decimal", "rating.grade_values.差", "peer.weights", "quota.manual.机关部门.fair"]
)
def test_an_unknown_key_is_a_fault(key: str) -> None:
    patch: dict[str, object] = {key: 1}
    if key.startswith("quota.manual"):
        patch |= {"quota.manual.机关部门.excellent": 1, "quota.manual.机关部门.good": 1}
    (line,) = refused(patch)
    assert line.startswith(f"{key.replace('peer', 'contests[2]')}：方案中没有这一项")


def test_a_missing_section_is_one_fault() -> None:
    table = toml_table(shipped_scheme_text())
    del table["bonus"]
    with pytest.raises(Refused) as caught:
        load_table(table)
    assert len(caught.value.details) == 1


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        ({"rating.grade_values.不合格": 70}, "等次越高分值不能越低"),
        ({"leader.weights": {"甲": "0.5", "乙": "0.4"}}, "之和须为1"),
        ({"leader.weights": {"甲": 1}}, "两个以上的组"),
        ({"leader.weights": {"甲": 1, "乙": 0}}, "两个以上的组"),
        ({"leader.weights": {"": "0.5", "乙": "0.5"}}, "组名不能为空"),
        ({"bonus.innovation_min": 4}, "创新加分上限"),
        ({"bonus.innovation_max": "3.005"}, "至多2位小数"),
        ({"quota.excellent_ratio": "0.7"}, "之和不能大于1"),
        ({"quota.good_min": 70}, "不能高于优秀的最低分"),
        ({"peer.slips": "drawn", "rating.abstain": "count_as_zero"}, "须按单位发放"),
        ({"peer.slips": "drawn", "peer.abstain": "count_as_zero"}, "须按单位发放"),
        ({"quota.mode": "manual"}, "缺少此项"),
        ({"bonus.same_matter_categories": ["单项考核"]}, "荣誉、创新、发表"),
        ({"bonus.same_matter_categories": ["荣誉", "荣誉"]}, "不重复"),
        ({"barring.kinds": [{"code": "D1", "text": "x", "effect": "bar"}] * 2}, "不能重复"),
        (
            {"barring.kinds": [{"code": "D1", "text": "x", "effect": "bar", "counts_as": "D1"}]},
            "另一种取消优良资格情形",
        ),
        ({"barring.kinds": [{"code": "D1", "text": "x", "effect": "warn"}]}, "bar、fail之一"),
        ({"barring.kinds": "D1"}, "若干组设置"),
        ({"score": 3}, "一组设置"),
        ({"score.decimals": True}, "整数"),
        ({"score.pass_line": Decimal("NaN")}, "0至100的数"),
        ({"score.pass_line": Decimal("Infinity")}, "0至100的数"),
        ({"title": "  "}, "不能为空"),
        ({"quota.by_class": 1}, "true 或 false"),
    ],
)
def test_values_that_do_not_go_together_are_faults(patch: dict[str, object], words: str) -> None:
    lines = refused(patch)
    assert len(lines) == 1
    assert words in lines[0]


def test_a_drawn_peer_ballot_is_fine_where_nobody_recuses_or_abstention_leaves_the_denominator() -> None:
    zeros = {"peer.slips": "drawn", "rating.abstain": "count_as_zero", "peer.self_rating": "include"}
    assert peer(toml_scheme(dict(zeros))).slip_fault(SlipMode.DRAWN) is None
    assert peer(toml_scheme({"peer.slips": "drawn"})).slip_fault(SlipMode.DRAWN) is None
    strict = toml_scheme({"rating.abstain": "count_as_zero"})
    assert peer(strict).slip_fault(SlipMode.DRAWN) is not None
    assert peer(strict).slip_fault(SlipMode.NAMED) is None
    assert leadership(strict).slip_fault(SlipMode.DRAWN) is None


CODES = {"contests": [dict(one) for one in toml_table(shipped_scheme_text())["contests"]]}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("patch", "fault"),
    [
        ({"contests": []}, "contests：现有0项，应为1至6项"),
        ({"contests": CODES["contests"] * 4}, "contests：现有8项，应为1至6项"),
        ({"peer.code": "leader"}, "contests[2].code：“leader”重复"),
        ({"peer.title": "领导评议"}, "contests[2].title：“领导评议”重复"),
        ({"peer.code": "Peer"}, "contests[2].code：现为“Peer”"),
        ({"peer.code": "p" * 17}, "contests[2].code：现为"),
        ({"peer.code": "indicator"}, "contests[2].code：“indicator”另有含义"),
        ({"peer.code": "rank"}, "contests[2].code：“rank”另有含义"),
        ({"peer.code": "decision"}, "contests[2].code：“decision”另有含义"),
        ({"peer.labels": ["优秀", "良好", "合格", "弃权"]}, "contests[2].labels：“弃权”"),
        ({"peer.raters": "people"}, "contests[2].raters：现为“people”"),
        ({"leader.slips": "named"}, "contests[1].slips：领导评议无须回避"),
        ({"leader.self_rating": "exclude"}, "contests[1].self_rating：方案中没有这一项"),
        ({"peer.ballots": 30}, "contests[2].ballots：方案中没有这一项"),
        ({"peer.code": "crowd"}, "ties.order：现为"),
        ({"ties.order": ["indicator", "crowd_excellent_votes"]}, "ties.order：现为"),
    ],
)
def test_contests_that_cannot_be_are_faults_at_their_key(patch: dict[str, object], fault: str) -> None:
    assert any(line.startswith(fault) for line in refused(patch))


def test_what_a_contest_may_say_depends_on_its_raters() -> None:
    without = {"weights", "self_rating", "ballots_per_unit"}
    one = {key: value for key, value in CODES["contests"][0].items() if key not in without}
    crowd = one | {"code": "crowd", "title": "服务对象评议", "raters": "anonymous", "ballots": 30}
    persons = one | {"code": "people", "title": "代表评议", "raters": "persons", "weights": {}}
    scheme = toml_scheme({"contests": [crowd, persons], "ties.order": ["people", "crowd_excellent_votes"]})
    first, second = scheme.contests
    assert (first.raters, first.ballots, first.recuses) == (Raters.ANONYMOUS, 30, False)
    assert (second.raters, second.ballots, second.ballots_per_unit) == (Raters.PERSONS, 0, 1)
    assert [key.label for key in scheme.ties.order] == ["代表评议得分", "服务对象评议优秀票数"]
    assert any("contests[1].ballots" in line for line in refused({"contests": [crowd | {"ballots": 2}]}))


def test_one_contest_may_differ_from_the_other() -> None:
    scheme = toml_scheme({"peer.trim": 3, "leader.min_turnout": "4/5", "leader.max_excellent": 7})
    assert (leadership(scheme).trim, peer(scheme).trim) == (0, 3)
    assert (leadership(scheme).min_turnout, peer(scheme).min_turnout) == (Fraction(4, 5), Fraction(2, 3))
    assert (leadership(scheme).max_excellent, peer(scheme).max_excellent) == (7, None)
