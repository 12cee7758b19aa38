"""Has each JSON value exactly one text, and each object exactly its members?"""

from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin_vote.belenios.compact import (
    convert,
    digest_base64,
    parse,
    parse_only,
    read,
    sha256_base64,
    sha256_hex,
    write,
)
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import GENERATOR, Point, Scalar
from gaoxin_vote.errors import EvidenceBroken


@dataclass(frozen=True, slots=True)
class Inner:
    number: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    kind: Literal["outer"]
    point: Point
    scalar: Scalar
    flag: bool
    inner: tuple[Inner, ...]


VALUE = Outer("outer", GENERATOR, Scalar.of(7), True, (Inner(1), Inner(0, "名")))
TEXT = f'{{"kind":"outer","point":"{GENERATOR}","scalar":"7","flag":true,"inner":[{{"number":1}},' + (
    '{"number":0,"name":"名"}]}'
)


def test_an_object_is_written_and_read_member_by_member() -> None:
    assert write(VALUE) == TEXT
    assert parse(Outer, TEXT) == VALUE


def test_an_absent_flag_is_false_and_not_written() -> None:
    text = TEXT.replace(',"flag":true', "")
    assert not parse(Outer, text).flag
    assert write(parse(Outer, text)) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"kind":"outer",', ""),
        ('"kind":"outer"', '"kind":"inner"'),
        ('"flag":true', '"flag":false'),
        ('"flag":true', '"flag":1'),
        ('"flag":true', '"flag":null'),
        ('"number":1', '"number":-1'),
        ('"number":1', '"number":1.0'),
        ('"number":1', '"number":true'),
        ('"number":1', '"number":"1"'),
        ('"number":1', '"number":1,"name":null'),
        ('"number":1', '"number":1,"other":2'),
        ('"number":0,"name":"名"', '"name":"名","number":0'),
        ('{"number":1}', "[1]"),
        ('"name":"名"', '"name":1'),
        ("[{", "{"),
    ],
)
def test_anything_else_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(EvidenceBroken) as caught:
        parse(Outer, TEXT.replace(old, new, 1))
    assert caught.value.reason is Flaw.MALFORMED


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ('{"a": 1}', Flaw.NOT_CANONICAL),
        ('{"a":1}\n', Flaw.NOT_CANONICAL),
        ('{"a":1,"a":1}', Flaw.NOT_CANONICAL),
        ('"\\u0041"', Flaw.NOT_CANONICAL),
        ('"\\/"', Flaw.NOT_CANONICAL),
        ('"\x7f"', Flaw.NOT_CANONICAL),
        ('"\\u007F"', Flaw.NOT_CANONICAL),
        ('"\\ud800"', Flaw.NOT_CANONICAL),
        ("1e3", Flaw.NOT_CANONICAL),
        ("-0", Flaw.NOT_CANONICAL),
        ("", Flaw.MALFORMED),
        ("{", Flaw.MALFORMED),
        ("01", Flaw.MALFORMED),
        ("'a'", Flaw.MALFORMED),
        ("[" * 100_000, Flaw.MALFORMED),
        ("1" * 10_000, Flaw.MALFORMED),
    ],
)
def test_other_writings_of_a_value_are_refused(text: str, flaw: Flaw) -> None:
    with pytest.raises(EvidenceBroken) as caught:
        read(text)
    assert caught.value.reason is flaw


def test_control_characters_are_escaped_as_the_reference_tool_does() -> None:
    assert write('"\\/\b\f\n\r\t\x00\x1f\x7f中') == '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f中"'
    assert read(write("\x7f")) == "\x7f"


def test_only_member() -> None:
    assert parse_only("secret", Scalar, '{"secret":"7"}') == Scalar.of(7)
    for text in ('{"secret":"7","more":1}', '{"other":"7"}', '["7"]', '"7"'):
        with pytest.raises(EvidenceBroken):
            parse_only("secret", Scalar, text)


def test_texts_of_digests() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_hex("") == empty
    assert sha256_base64("") == digest_base64(empty) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('ab\x7f"', max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(json_values)
def test_whatever_is_written_is_read_again(value: object) -> None:
    assert read(write(value)) == value


def test_tuples_of_tuples() -> None:
    assert convert(tuple[tuple[int, ...], ...], [[1, 2], []]) == ((1, 2), ())
