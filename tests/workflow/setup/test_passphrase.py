"""Which passphrases are accepted?"""

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.workflow.setup.passphrase import SHORTEST, PassphraseReason, normalised, require_strength


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("abcdefg", PassphraseReason.TOO_SHORT),
        ("", PassphraseReason.TOO_SHORT),
        ("abcabcabc", PassphraseReason.TOO_SIMPLE),
    ],
)
def test_short_and_simple_ones_are_refused(passphrase: str, reason: PassphraseReason) -> None:
    with pytest.raises(Refused) as error:
        require_strength(passphrase)
    assert error.value.reason is reason


def test_eight_characters_of_which_four_differ_are_enough() -> None:
    assert SHORTEST == 8
    require_strength("abcdabcd")
    require_strength("一二三四五六七八")


def test_wide_typing_locks_nobody_out() -> None:
    assert normalised("ａｂｃ１２３") == normalised("abc123") == b"abc123"
