"""Which key does a passphrase give?"""

import pytest

from gaoxin_vote.storage import passphrase

REAL_COST = (passphrase.MEMORY_KIB, passphrase.ITERATIONS, passphrase.LANES)


@pytest.fixture
def real_cost(cheap_passphrases: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "MEMORY_KIB", REAL_COST[0])
    monkeypatch.setattr(passphrase, "ITERATIONS", REAL_COST[1])


def test_the_cost_is_that_of_the_file_format() -> None:
    assert REAL_COST == (256 * 1024, 3, 4)


def test_a_passphrase_always_gives_the_same_key(real_cost: None) -> None:
    """Files made before must open for ever."""
    key = passphrase.derive_key("高新区 2017", bytes(range(16)))
    assert key.hex() == "a3448f570b896e5f493e20d280451183c6b83826b69094f7e4f3f30cbafdb1e3"


def test_full_width_typing_gives_the_same_key() -> None:
    assert passphrase.derive_key("ＡＢｃ１２３　口令", bytes(16)) == passphrase.derive_key(
        "ABc123 口令", bytes(16)
    )


@pytest.mark.parametrize("other", [("口令", bytes(15) + b"1"), ("口今", bytes(16)), ("", bytes(16))])
def test_another_passphrase_or_salt_gives_another_key(other: tuple[str, bytes]) -> None:
    assert passphrase.derive_key(*other) != passphrase.derive_key("口令", bytes(16))
