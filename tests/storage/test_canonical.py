"""Is a text the one spelling of its JSON value?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.storage.canonical import require_canonical

words = st.text(st.characters(exclude_categories=["Cs"]))
values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner) | st.dictionaries(words, inner),
)


@settings(max_examples=50, deadline=None)
@given(values)
def test_what_is_written_is_accepted(value: Json) -> None:
    require_canonical(canonical_json(value))


@pytest.mark.parametrize(
    "text", ["1.5", "[1e3]", "NaN", '{"b":1,"a":2}', "[1, 2]", '"\\u4e2d"', '{"a":1,"a":1}', "", "{", "[1]\n"]
)
def test_other_texts_are_a_mistake(text: str) -> None:
    with pytest.raises(ValueError):
        require_canonical(text)


@pytest.mark.parametrize("text", ["1.5", "NaN"])
def test_a_number_that_is_not_exact_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=f"{text} is no exact number"):
        require_canonical(text)
