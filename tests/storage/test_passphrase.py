"""Which key does a passphrase give?"""

import pytest

from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.stretching import FULL_COSTS
from tests.stretching import CHEAP_COSTS

CHEAP = CHEAP_COSTS.workspace


def test_a_passphrase_always_gives_the_same_key() -> None:
    """Files made before must open for ever."""
    key = derive_key("高新区 2017", bytes(range(16)), FULL_COSTS.workspace)
    assert key.hex() == "a3448f570b896e5f493e20d280451183c6b83826b69094f7e4f3f30cbafdb1e3"


def test_full_width_typing_gives_the_same_key() -> None:
    assert derive_key("ＡＢｃ１２３　口令", bytes(16), CHEAP) == derive_key("ABc123 口令", bytes(16), CHEAP)


@pytest.mark.parametrize("other", [("口令", bytes(15) + b"1"), ("口今", bytes(16)), ("", bytes(16))])
def test_another_passphrase_or_salt_gives_another_key(other: tuple[str, bytes]) -> None:
    assert derive_key(*other, CHEAP) != derive_key("口令", bytes(16), CHEAP)
