"""Are trustees numbered, combined and described as the format demands?"""

import pytest

from gaoxin_vote.belenios.compact import sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import GENERATOR, Scalar
from gaoxin_vote.belenios.trustee import TrusteeKey, mandatory_key
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.samples import ceremony_of, mixed_keys, single_keys


def test_trustees_are_the_same_after_writing_and_reading() -> None:
    for keys in (single_keys(), mixed_keys(), mixed_keys(3, 3)):
        assert Trustees.parse(keys.trustees.text) == keys.trustees
        assert keys.trustees.fingerprint == sha256_hex(keys.trustees.text)


def test_numbers_run_over_all_items() -> None:
    (secret, single), group = mandatory_key(name="末位"), ceremony_of(2, 3).keys
    trustees = Trustees((group, single))
    assert [(one.owner, one.item, one.index) for one in trustees.members] == [
        (1, 0, 1),
        (2, 0, 2),
        (3, 0, 3),
        (4, 1, 1),
    ]
    assert trustees.names == (None, None, None, "末位")
    assert trustees.members[3].key.public_key == GENERATOR**secret
    assert Trustees.parse(trustees.text) == trustees


def test_election_key_is_the_product_of_the_items() -> None:
    (single, group) = mixed_keys().trustees.items
    assert mixed_keys().trustees.public_key == str(single.public_key * group.public_key)


def test_proof_of_knowledge_belongs_to_the_key() -> None:
    first, second = (TrusteeKey.make(Scalar.of(secret)) for secret in (5, 6))
    first.verify()
    with pytest.raises(EvidenceBroken) as caught:
        TrusteeKey(second.pok, first.public_key).verify()
    assert caught.value.reason is Flaw.TRUSTEE_PROOF


@pytest.mark.parametrize(
    "text", ["[]", "{}", "[[]]", '[["Single"]]', '[["Single",{}]]', '[["Pedersen",{}]]', "[1]"]
)
def test_what_are_no_trustees_is_broken(text: str) -> None:
    with pytest.raises(EvidenceBroken):
        Trustees.parse(text)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_members_of_a_group_of_which_one_suffices_hold_the_same_key(size: int) -> None:
    keys = mixed_keys(1, size)
    assert Trustees.parse(keys.trustees.text) == keys.trustees
    assert len({member.key.public_key for member in keys.trustees.members[1:]}) == 1


def test_the_same_key_in_two_items_is_refused() -> None:
    (single,) = single_keys().trustees.items
    two, one = ceremony_of(2, 3), ceremony_of(1, 2)
    for items in (
        [["Single", single], ["Single", single]],
        [["Pedersen", two.keys], ["Pedersen", two.keys]],
        [["Pedersen", one.keys], ["Pedersen", one.keys]],
        [["Pedersen", two.keys], ["Single", TrusteeKey.make(two.decryption_keys[2])]],
        [["Single", TrusteeKey.make(one.decryption_keys[1])], ["Pedersen", one.keys]],
    ):
        with pytest.raises(EvidenceBroken) as caught:
            Trustees.parse(write(items))
        assert caught.value.reason is Flaw.TRUSTEE_KEYS
