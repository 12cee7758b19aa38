"""Are choices sealed correctly, and without any step that depends on them?"""

import json
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from nacl import bindings as sodium

from gaoxin_vote.belenios.ballot import Ballot, largest_ballot, seal_ballot, tracker, verify_ballot
from gaoxin_vote.belenios.compact import write
from gaoxin_vote.belenios.credential import CredentialReason, public_credential
from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import IDENTITY
from gaoxin_vote.errors import EvidenceBroken, Refused
from tests.belenios.samples import Choices, credentials_of, election_of, mixed_keys, sample

(CREDENTIAL,) = credentials_of(1)


def election(**rules: Any) -> Election:
    """An election with one question of three answers and these rules."""
    return election_of(mixed_keys(), questions=(Question("问", ("甲", "乙", "丙"), **rules),))


def vectors(question: Question) -> list[tuple[int, ...]]:
    """Every vector of choices that a question allows."""
    marks = list(product((0, 1), repeat=len(question.answers)))
    allowed = [mark for mark in marks if question.min <= sum(mark) <= question.max]
    if not question.blank:
        return allowed
    return [(1, *marks[0]), *((0, *mark) for mark in allowed)]


RULES: list[dict[str, Any]] = [
    {},
    {"blank": False},
    {"min": 0, "max": 2},
    {"min": 0, "max": 3, "blank": False},
    {"min": 2, "max": 3},
    {"min": 3, "max": 3, "blank": False},
    {"min": 0, "max": 0},
]


@pytest.mark.parametrize("rules", RULES, ids=str)
def test_every_allowed_choice_is_sealed_into_a_valid_ballot(rules: dict[str, Any]) -> None:
    one = election(**rules)
    for vector in vectors(one.questions[0]):
        text = seal_ballot(one, CREDENTIAL, (vector,))
        verify_ballot(one, text)
        assert len(text.encode()) <= largest_ballot(one)
        assert write(Ballot.parse(one, text)) == text


@pytest.mark.parametrize(
    ("rules", "vector"),
    [
        ({}, (0, 0, 0, 0)),
        ({}, (1, 1, 0, 0)),
        ({}, (0, 1, 1, 0)),
        ({}, (0, 2, 0, 0)),
        ({}, (0, -1, 2, 0)),
        ({}, (0, 1, 0)),
        ({"blank": False}, (0, 1, 0, 0)),
        ({"blank": False}, (0, 0, 0)),
        ({"min": 2, "max": 2}, (0, 1, 0, 0)),
    ],
)
def test_no_other_choice_is_sealed(rules: dict[str, Any], vector: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not allow"):
        seal_ballot(election(**rules), CREDENTIAL, (vector,))


def test_as_many_vectors_as_questions() -> None:
    for choices in ((), ((0, 1, 0, 0), (0, 1, 0, 0))):
        with pytest.raises(ValueError, match="zip"):
            seal_ballot(election(), CREDENTIAL, choices)


def test_malformed_credential_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        seal_ballot(election(), CREDENTIAL[:-1], ((0, 1, 0, 0),))
    assert caught.value.reason is CredentialReason.SHAPE


def test_ballot_names_election_and_credential_and_its_tracker_is_its_digest() -> None:
    one = election()
    text = seal_ballot(one, CREDENTIAL, ((0, 1, 0, 0),))
    value = json.loads(text)
    assert list(value) == ["election_uuid", "election_hash", "credential", "answers", "signature"]
    assert (value["election_uuid"], value["election_hash"]) == (one.uuid, one.fingerprint)
    assert value["credential"] == public_credential(one.uuid, CREDENTIAL)
    assert len(tracker(text)) == 43
    assert tracker(text) != tracker(seal_ballot(one, CREDENTIAL, ((0, 1, 0, 0),)))


def test_same_choice_never_gives_the_same_ciphertexts() -> None:
    one = election()
    texts = [seal_ballot(one, CREDENTIAL, ((0, 1, 0, 0),)) for _ in range(3)]
    points = [cipher["alpha"] for text in texts for cipher in json.loads(text)["answers"][0]["choices"]]
    assert len(set(points)) == 12


def test_ballot_of_another_election_or_with_identity_as_credential_is_refused() -> None:
    text = seal_ballot(election(), CREDENTIAL, ((0, 1, 0, 0),))
    with pytest.raises(EvidenceBroken) as caught:
        verify_ballot(election(blank=False), text)
    assert caught.value.reason is Flaw.OTHER_ELECTION
    value = json.loads(text) | {"credential": str(IDENTITY)}
    with pytest.raises(EvidenceBroken):
        verify_ballot(election(), write(value))


def _sealing_steps(one: Election, choices: Choices, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all libsodium operations, in order, that sealing takes."""
    steps: list[str] = []

    class Recorder:
        def __getattr__(self, name: str) -> Callable[..., Any]:
            steps.append(name)
            operation: Callable[..., Any] = getattr(sodium, name)
            return operation

    with monkeypatch.context() as patched:
        patched.setattr("gaoxin_vote.belenios.group.sodium", Recorder())
        seal_ballot(one, CREDENTIAL, choices)
    return steps


@pytest.mark.parametrize("rules", [{}, {"blank": False}, {"min": 1, "max": 3}], ids=str)
def test_sealing_takes_the_same_steps_whatever_is_chosen(
    rules: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = election(**rules)
    steps = [_sealing_steps(one, (vector,), monkeypatch) for vector in vectors(one.questions[0])]
    assert len(steps[0]) > 50
    assert all(others == steps[0] for others in steps)


def test_sealing_multiplies_only_fixed_bases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prover knows its randomness: nothing but g and y is ever raised to a power."""
    one, bases = election(), set[bytes]()
    real = sodium.crypto_scalarmult_ed25519_noclamp

    def recorded(exponent: bytes, point: bytes) -> bytes:
        bases.add(point)
        return real(exponent, point)

    monkeypatch.setattr(sodium, "crypto_scalarmult_ed25519_noclamp", recorded)
    seal_ballot(one, CREDENTIAL, ((0, 1, 0, 0),))
    assert bases == {one.key.raw}


def test_operations_are_as_many_as_the_document_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/performance.md: four answers with blank, of which one is chosen."""
    names = {
        "base": "crypto_scalarmult_ed25519_base_noclamp",
        "power": "crypto_scalarmult_ed25519_noclamp",
        "multiply": "crypto_core_ed25519_add",
        "divide": "crypto_core_ed25519_sub",
        "member": "crypto_core_ed25519_is_valid_point",
    }
    counts = dict.fromkeys(names, 0)

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(sodium, names[name])

        def operation(*arguments: bytes) -> Any:
            counts[name] += 1
            return real(*arguments)

        return operation

    one = election_of(mixed_keys(), questions=(Question("问", ("甲", "乙", "丙", "丁")),))
    operations = {name: counted(name) for name in names}
    for name, operation in operations.items():
        monkeypatch.setattr(sodium, names[name], operation)
    text = seal_ballot(one, CREDENTIAL, ((0, 0, 1, 0, 0),))
    assert counts == {"base": 26 + 2, "power": 19, "multiply": 12, "divide": 0, "member": 0}
    counts.update(dict.fromkeys(names, 0))
    verify_ballot(one, text)
    assert counts == {"base": 14 + 1, "power": 42 + 1, "multiply": 34 + 1, "divide": 6, "member": 0}


def test_trackers_of_the_sample_differ() -> None:
    assert len({tracker(text) for text in sample().ballots}) == len(sample().ballots)
