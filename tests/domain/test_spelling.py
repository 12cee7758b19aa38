"""Names and codes are the same however they are typed."""

import pytest

from gaoxin_vote.domain.spelling import code_key, matching, visible_text


@pytest.mark.parametrize(
    "other",
    [
        "街道（办事处）",
        "街道 (办事处)",
        "街道(办事处)\u200b",
        "\u202a街道(办事处)\u202c",
        "街\u00ad道(办事处)　",
    ],
)
def test_width_blanks_and_invisible_signs_tell_nothing_apart(other: str) -> None:
    assert matching(other) == matching("街道(办事处)")


def test_other_words_stay_apart() -> None:
    assert matching("街道") != matching("街巷")
    assert matching("Straße") == matching("STRASSE")


@pytest.mark.parametrize("other", ["K1", "Ｋ1", "k1", "K 1", "K1\u200b", "\u200eK1", "K1\ufe0f"])
def test_codes_are_compared_like_names(other: str) -> None:
    assert code_key(other) == "k1"


def test_a_number_is_the_same_code_without_its_zeros() -> None:
    assert code_key("007") == code_key("7") == code_key("０７") != code_key("70")
    assert code_key("000") == code_key("0") == "0"
    assert code_key("U07") != code_key("U7")


def test_what_cannot_be_seen_goes_and_all_else_stays() -> None:
    assert visible_text("\u202a37.14\u202c") == "37.14"
    assert visible_text("甲\n乙\t丙 丁") == "甲\n乙\t丙 丁"
    assert visible_text("a\x01b\x7f") == "ab"
    assert visible_text("\u3164") == ""
