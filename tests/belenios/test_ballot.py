"""Are choices sealed correctly, and without any step that depends on them?"""

import hashlib
import json
import re
import tracemalloc
from base64 import b64encode
from collections.abc import Callable
from itertools import product as combined
from pathlib import Path
from typing import Any

import pytest
from nacl import bindings as sodium

from benchmarks.ballots import SEAL, VERIFY
from gaoxin_vote.belenios.ballot import Ballot, largest_ballot, seal_ballot, tracker, verify_ballot
from gaoxin_vote.belenios.compact import write
from gaoxin_vote.belenios.credential import CredentialReason, public_credential
from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import GENERATOR, IDENTITY, ORDER, ZERO, Point, Scalar, product
from gaoxin_vote.errors import EvidenceBroken, Refused
from tests.belenios.samples import Choices, credentials_of, election_of, mixed_keys, sample

(CREDENTIAL,) = credentials_of(1)


def election(**rules: Any) -> Election:
    """An election with one question of three answers and these rules."""
    return election_of(mixed_keys(), questions=(Question("问", ("甲", "乙", "丙"), **rules),))


def vectors(question: Question) -> list[tuple[int, ...]]:
    """Every vector of choices that a question allows."""
    marks = list(combined((0, 1), repeat=len(question.answers)))
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


def test_ballot_of_another_election_is_refused() -> None:
    text = seal_ballot(election(), CREDENTIAL, ((0, 1, 0, 0),))
    with pytest.raises(EvidenceBroken) as caught:
        verify_ballot(election(blank=False), text)
    assert caught.value.reason is Flaw.OTHER_ELECTION


def test_a_credential_for_which_anybody_can_sign_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identity: all proofs and the signature of a ballot sealed with the secret 0 hold."""
    with monkeypatch.context() as patched:
        patched.setattr("gaoxin_vote.belenios.ballot.secret_exponent", lambda *arguments: ZERO)
        text = seal_ballot(election(), CREDENTIAL, ((0, 1, 0, 0),))
    ballot = Ballot.parse(election(), text)
    assert ballot.credential == IDENTITY and ballot.signature is not None
    assert ballot.signature.proof.holds(f"sig|{ballot.signature.hash}|", (GENERATOR, IDENTITY))
    with pytest.raises(EvidenceBroken) as caught:
        ballot.verify(election())
    assert caught.value.reason is Flaw.BALLOT_SIGNATURE


def _hash(prefix: str, *parts: str) -> int:
    """H of the specification, section 1."""
    return int(hashlib.sha256((prefix + ",".join(parts)).encode()).hexdigest(), 16) % ORDER


def test_without_blank_the_sum_proof_hashes_what_the_specification_says() -> None:
    """BELENIOS 7.1, written down a second time: no election of the reference tool has such a question."""
    one = election(min=1, max=2, blank=False)
    ballot = json.loads(seal_ballot(one, CREDENTIAL, ((1, 0, 1),)))
    (answer,) = ballot["answers"]
    fingerprint = b64encode(hashlib.sha256(one.text.encode()).digest()).decode().rstrip("=")
    cells = [cell[part] for cell in answer["choices"] for part in ("alpha", "beta")]
    alpha, beta = (product(map(Point.parse, cells[part::2])) for part in (0, 1))
    context = f"{fingerprint}|{ballot['credential']}|{','.join(cells)}"
    commitments, challenges = list[str](), 0
    for constant, proof in zip((1, 2), answer["overall_proof"], strict=True):
        challenge, response = Scalar.parse(proof["challenge"]), Scalar.parse(proof["response"])
        shifted = beta / GENERATOR ** Scalar.of(constant)
        commitments.append(str(GENERATOR**response * alpha**challenge))
        commitments.append(str(one.key**response * shifted**challenge))
        challenges += int(challenge)
    assert challenges % ORDER == _hash(f"prove|{context}|{alpha},{beta}|", *commitments)


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


CHECK = "crypto_core_ed25519_is_valid_point"


@pytest.mark.parametrize(
    "rules",
    [{}, {"blank": False}, {"min": 1, "max": 3}, {"min": 0, "max": 2, "blank": False}, {"min": 0, "max": 2}],
    ids=str,
)
def test_sealing_takes_the_same_steps_whatever_is_chosen(
    rules: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All calls of libsodium are the same, in the same order.

    Not covered: the time that each takes (libsodium promises that it does not depend on secrets); what
    Python does between them, such as picking one of two constants or cutting a list at a secret place.
    With blank and min = 0, which the program does not offer, whoever chooses nothing has a simulated
    branch with the exponent 0: libsodium computes it and then refuses, and a check of the base follows.
    """
    one, nothing = election(**rules), rules == {"min": 0, "max": 2}
    taken = {vector: _sealing_steps(one, (vector,), monkeypatch) for vector in vectors(one.questions[0])}
    first = next(iter(taken.values()))
    assert len(first) > 50
    for vector, steps in taken.items():
        assert steps.count(CHECK) == (nothing and not any(vector[1:]))
        assert [step for step in steps if step != CHECK] == [step for step in first if step != CHECK]


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


def _in_document() -> list[list[int]]:
    """The rows of docs/performance.md for a question and for the ballot besides: sealing, then verifying."""
    path = Path(__file__).parent.parent.parent / "docs" / "performance.md"
    rows = re.findall(r"^\| (?:\*\*question\*\*|ballot besides).*", path.read_text(encoding="utf-8"), re.M)
    return [[int(cell.strip(" *") or 0) for cell in row.split("|")[2:-1]] for row in rows]


def test_operations_are_as_many_as_benchmark_and_document_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four answers with blank, of which one is chosen."""
    names = {
        "base": "crypto_scalarmult_ed25519_base_noclamp",
        "power": "crypto_scalarmult_ed25519_noclamp",
        "multiply": "crypto_core_ed25519_add",
        "divide": "crypto_core_ed25519_sub",
        "member": CHECK,
    }
    counts = dict.fromkeys(names, 0)

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(sodium, names[name])

        def operation(*arguments: bytes) -> Any:
            counts[name] += 1
            return real(*arguments)

        return operation

    operations = {name: counted(name) for name in names}
    for name, operation in operations.items():
        monkeypatch.setattr(sodium, names[name], operation)
    question = Question("问", ("甲", "乙", "丙", "丁"))
    for number in (1, 3):
        one = election_of(mixed_keys(), questions=(question,) * number)
        counts.update(dict.fromkeys(names, 0))
        text = seal_ballot(one, CREDENTIAL, ((0, 0, 1, 0, 0),) * number)
        assert counts == {name: each * number + once for name, (each, once) in SEAL.items()}
        counts.update(dict.fromkeys(names, 0))
        verify_ballot(one, text)
        assert counts == {name: each * number + once for name, (each, once) in VERIFY.items()}
    columns = ("base", "power", "multiply", "divide")
    assert SEAL["member"] == VERIFY["member"] == (0, 0)
    assert _in_document() == [
        [table[name][row] for name in columns] for table in (SEAL, VERIFY) for row in (0, 1)
    ]


def test_the_largest_ballot_is_computed_without_making_one() -> None:
    """A question of 100,000 answers fits in an archive; a ballot of it would be 70 MB."""
    one = election_of(mixed_keys(), questions=(Question("问", ("",) * 100_000, 0, 100_000),))
    tracemalloc.start()
    try:
        assert 60e6 < largest_ballot(one) < 80e6
        assert tracemalloc.get_traced_memory()[1] < 50e6
    finally:
        tracemalloc.stop()


def test_trackers_of_the_sample_differ() -> None:
    assert len({tracker(text) for text in sample().ballots}) == len(sample().ballots)
