"""Does a key ceremony at one computer name its members, tell how far it is, and stop when it is told to?"""

import pytest

from gaoxin_vote.belenios.group import GENERATOR
from gaoxin_vote.belenios.threshold import decryption_key
from gaoxin_vote.workflow.ceremony.threshold_group import hold_key_ceremony
from tests.belenios.samples import ceremony_of, seeds_of, unwatched

SEEDS = seeds_of(2, 3)


def test_names_stand_in_the_keys() -> None:
    ceremony = hold_key_ceremony(SEEDS, 2, unwatched, names=("甲", "乙", "丙"))
    assert [key.name for key in ceremony.keys.verification_keys] == ["甲", "乙", "丙"]
    assert [key.name for key in ceremony_of(2, 3).keys.verification_keys] == [None] * 3


def test_each_member_opens_its_own_private_key_with_its_seed() -> None:
    ceremony = ceremony_of(2, 3)
    opened = tuple(map(decryption_key, SEEDS, ceremony.private_keys))
    assert opened == ceremony.decryption_keys
    shown = [key.public_key for key in ceremony.keys.verification_keys]
    assert [GENERATOR**secret for secret in opened] == shown


@pytest.mark.parametrize(("threshold", "names"), [(0, ()), (4, ()), (2, ("甲",))])
def test_impossible_ceremonies_are_a_mistake_of_the_program(threshold: int, names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="threshold or names"):
        hold_key_ceremony(SEEDS, threshold, unwatched, names=names)


def test_progress_reaches_its_end_and_may_cancel() -> None:
    seen: list[tuple[int, int]] = []
    hold_key_ceremony(SEEDS, 2, lambda done, total, words: seen.append((done, total)))
    assert seen == [(step, 6) for step in range(7)]

    class Stop(Exception):
        pass

    def stop(done: int, total: int, words: str) -> None:
        raise Stop

    with pytest.raises(Stop):
        hold_key_ceremony(SEEDS, 2, stop)
