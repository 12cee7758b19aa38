"""The table of keys says all that is known of a key, and everything follows from it."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import gaoxin_vote
from gaoxin_vote.domain.config import CONFIG_KEYS
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_differences import differences
from gaoxin_vote.domain.scheme_entries import blocks
from gaoxin_vote.domain.scheme_file import load_scheme, scheme_from_table, shipped_scheme_text, toml_table
from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_keys.contests import CONTEST
from gaoxin_vote.domain.scheme_keys.every import KEYS, SECTIONS
from gaoxin_vote.domain.scheme_keys.names import ALIASES, CLAUSES
from gaoxin_vote.domain.scheme_values import (
    ClassPlaces,
    Code,
    Day,
    Flag,
    Labels,
    Limit,
    Named,
    Number,
    Order,
    Part,
    PerGrade,
    Text,
    Texts,
    Value,
    Weights,
    Whole,
    Word,
)
from gaoxin_vote.domain.scheme_writer import scheme_text
from gaoxin_vote.errors import Refused
from tests.domain.scheme_files import RULES, SCHEMES, rules_with_keys, shipped_anew

ANEW = "run `make schemes`"
BY_KEY = {key.key: (section, key) for section in SECTIONS for key in section.keys}


def test_every_key_stands_once_in_the_section_of_its_name() -> None:
    assert len(BY_KEY) == len(KEYS) > 70
    for section, key in BY_KEY.values():
        assert key.key.rpartition(".")[0] == section.key


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.key)
def test_a_key_is_told_to_the_officer(key: SchemeKey) -> None:
    assert 2 <= len(key.label) <= 16
    assert key.help.endswith("。")
    assert key.value.allowed
    assert re.fullmatch(r"|(A\d+)(、A\d+)*", key.ambiguity)
    assert key.origin.startswith("通知")


def test_the_defaults_are_what_the_scheme_of_2017_says() -> None:
    scheme = load_scheme(shipped_scheme_text())
    other = [entry.key.key for block in blocks(scheme) for entry in block.entries if not entry.noticed]
    assert other == []


def test_each_key_of_the_config_is_a_key_of_the_table() -> None:
    targets = {re.sub(r"^contests\.\w+\.", "contests.*.", key) for key in CONFIG_KEYS.values()}
    assert targets - set(BY_KEY) == set()


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_shipped_scheme_is_as_the_writer_writes_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert scheme_text(load_scheme(text)) == text, ANEW
    assert shipped_anew(text) == text


def test_the_documentation_lists_every_key_as_the_table_has_it() -> None:
    text = RULES.read_text("utf-8")
    assert rules_with_keys(text) == text, ANEW


def test_each_ambiguity_names_its_keys() -> None:
    rows = {
        number: row
        for row in RULES.read_text("utf-8").splitlines()
        if row.startswith("| A")
        for number in re.findall(r"A\d+", row.split("|")[1])
    }
    for key in KEYS:
        for number in re.findall(r"A\d+", key.ambiguity):
            assert f"`{key.key}`" in rows[number], number
    for row in rows.values():
        assert set(re.findall(r"`([^`]+)`", row.split("|")[3])) <= set(BY_KEY), row


def test_a_key_that_a_shipped_scheme_lacks_is_written_with_its_default() -> None:
    text = shipped_scheme_text()
    lacking = re.sub(r"(?m)^(season_days|self_rating|trim) = .*\n", "", text)
    assert lacking != text
    assert shipped_anew(lacking) == text


def attributes_read() -> set[str]:
    """Every attribute that the package reads outside the reading, writing and comparing of schemes."""
    package = Path(gaoxin_vote.__file__).parent
    return {
        node.attr
        for path in package.rglob("*.py")
        if not path.relative_to(package).as_posix().startswith("domain/scheme_")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }


def test_every_key_is_read_by_some_rule() -> None:
    read = attributes_read()
    lists = {ALIASES: "aliases", CLAUSES: "clause"}
    unread = {
        key.key
        for section, key in BY_KEY.values()
        if lists.get(section, key.attribute.rpartition(".")[2]) not in read
    }
    assert unread == set()
    assert "innovation_step" not in read


def base() -> dict[str, Any]:
    """The scheme of 2017 with a contest of each body of raters, and nothing that names a contest."""
    table: dict[str, Any] = toml_table(shipped_scheme_text())
    named = {"labels": ["好", "较好", "一般", "较差"], "slips": "drawn", "full": 5}
    persons = named | {"code": "people", "title": "代表评议", "raters": "persons", "weights": {}}
    crowd = named | {"code": "crowd", "title": "服务对象评议", "raters": "anonymous", "ballots": 30}
    table["contests"] += [persons, crowd]
    table["ties"]["order"] = ["indicator"]
    table["quota"]["excellent_min"] = 80
    table["barring"]["kinds"][1] |= {"counts_as": "D1"}
    return table


def others(value: Value) -> Iterator[object]:
    """Values of the kind as a file may have them; at least one differs from what stands there."""
    match value:
        case Code():
            yield "another"
        case Text():
            yield from ("另一个", "四（四）甲", "D1", "D3", "")
        case Texts(number=4):
            yield ["好", "较好", "一般", "较差"]
            yield ["甲等", "乙等", "丙等", "丁等"]
        case Texts():
            yield ["另一个"]
        case Flag():
            yield from (True, False)
        case Whole(low=low, high=high):
            yield from (low, low + 1, high)
        case Limit():
            yield 7
        case Number(low=low, high=high):
            yield from (Decimal(low), Decimal("0.5"), Decimal(70), Decimal(high))
        case Part():
            yield "4/5"
        case Day():
            yield date(2018, 2, 1)
        case Word(words_of=words):
            yield from (word.value for word in words)
        case Labels(members=members):
            yield [members[0].label]
        case Order():
            yield ["internal", "decision"]
        case PerGrade():
            yield dict(zip(("优秀", "良好", "合格", "不合格"), (1, 1, 1, 0), strict=True))
        case Named():
            yield {"市级": 5}
        case Weights():
            yield {"甲": "0.5", "乙": "0.5"}
        case ClassPlaces():
            yield {"机关部门": {"excellent": 1, "good": 2}}
        case _:
            raise AssertionError(value)


def places(section: Section, table: dict[str, Any], key: SchemeKey) -> Iterator[dict[str, Any]]:
    """The tables in which the key may stand."""
    inner: Any = table
    for name in section.name.split(".") if section.name else ():
        inner = inner[name]
    for one in inner if isinstance(inner, list) else [inner]:
        if section is not CONTEST or one["raters"] in [rater.value for rater in key.raters]:
            yield one


def changed(section: Section, key: SchemeKey) -> AssessmentScheme:
    """The base with another value under the key: the first that is allowed and changes the scheme."""
    plain = scheme_from_table(base())
    for value in others(key.value):
        for number in range(len(list(places(section, base(), key)))):
            table = base()
            name = "人事局" if section is ALIASES else key.name
            list(places(section, table, key))[number][name] = value
            try:
                scheme = scheme_from_table(table)
            except Refused:
                continue
            if scheme != plain:
                return scheme
    raise AssertionError(f"no value of {key.key} changes the scheme")


@pytest.mark.parametrize("dotted", BY_KEY)
def test_another_value_changes_the_scheme_is_told_and_survives_writing(dotted: str) -> None:
    section, key = BY_KEY[dotted]
    scheme = changed(section, key)
    assert scheme_from_table(toml_table(scheme_text(scheme))) == scheme
    found = differences(scheme_from_table(base()), scheme)
    assert found
    if key.name != "code":
        assert any(key.label in one.label for one in found)
        assert all(one.before != one.after for one in found)
