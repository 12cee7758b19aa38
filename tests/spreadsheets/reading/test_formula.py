"""No text of a CSV file becomes a formula, and every text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin_vote.spreadsheets.reading.formula import protected, runs, unprotected


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "－1", "'=1"])
def test_what_could_run_gets_an_apostrophe(text: str) -> None:
    assert protected(text) == "'" + text


@pytest.mark.parametrize("text", ["", "办公室", "1-2", "a=b", "（=1）"])
def test_other_texts_stay(text: str) -> None:
    assert protected(text) == text
    assert not runs(text)


@pytest.mark.parametrize("text", ["'办公室", "'", "办公室'"])
def test_an_apostrophe_that_others_wrote_stays(text: str) -> None:
    assert unprotected(text) == text


@given(st.text())
def test_protection_can_be_taken_off(text: str) -> None:
    assert unprotected(protected(text)) == text


@given(st.text())
def test_nothing_that_is_written_can_run(text: str) -> None:
    assert protected(text)[:1] not in tuple("=+-@\t\r\n")
