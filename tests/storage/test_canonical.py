"""How is a value written so that equal values are equal texts?"""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaoxin_vote.storage.canonical import canonical, require_canonical

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


def test_members_are_sorted_and_chinese_stays() -> None:
    assert canonical({"b": [1, None, True], "a": "得分 9.50"}) == '{"a":"得分 9.50","b":[1,null,true]}'


@settings(max_examples=50, deadline=None)
@given(values)
def test_what_is_written_is_accepted(value: object) -> None:
    require_canonical(canonical(value))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1.5, [1.0], {"a": Decimal("1.5")}, {1: "a"}, b"", {"a": float("nan")}])
def test_what_has_no_exact_word_is_a_mistake(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["1.5", "[1e3]", "NaN", '{"b":1,"a":2}', "[1, 2]", '"\\u4e2d"', '{"a":1,"a":1}', "", "{", "[1]\n"]
)
def test_other_texts_are_a_mistake(text: str) -> None:
    with pytest.raises(ValueError):
        require_canonical(text)
