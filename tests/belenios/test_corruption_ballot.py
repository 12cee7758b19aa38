"""Is every kind of bad ballot noticed by the check that is there for it, though its voter signed it?"""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from gaoxin_vote.belenios.ballot import seal_ballot
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import ORDER, ZERO
from gaoxin_vote.belenios.verification import verify_archive
from tests.belenios.corruption import (
    ONE,
    TORSION,
    Parts,
    at,
    forged,
    put,
    refusal,
    steps,
    swap,
    torsion,
    turned,
)
from tests.belenios.samples import VOTES, other_sample

ALPHA, BETA = "answers.0.choices.1.alpha", "answers.0.choices.1.beta"
SCALAR, PAIR = "answers.0.overall_proof.0.response", "answers.0.individual_proofs.1"


def _with_blank_proof(answer: Any) -> Any:
    """An answer to a question without blank, with a proof of blank."""
    return answer | {"blank_proof": answer["overall_proof"][:2]}


def _forged(vector: tuple[int, ...], lie: str) -> Callable[[Parts], None]:
    """The first answer of the first ballot encrypts `vector`; only the proof named `lie` is false."""
    return lambda parts: forged(parts, vector, lie)


# In the last ballot, signed again by its voter: path, and what is put there.
IN_BALLOT: dict[str, tuple[Flaw, str, Callable[[Any], Any]]] = {
    "point in capitals": (Flaw.MALFORMED, ALPHA, str.upper),
    "point one digit short": (Flaw.MALFORMED, ALPHA, lambda text: text[1:]),
    "point with a blank in it": (Flaw.MALFORMED, ALPHA, lambda text: " " + text[1:]),
    "point as a number": (Flaw.MALFORMED, ALPHA, lambda text: int(text, 16)),
    "alpha off the curve": (Flaw.NOT_A_MEMBER, ALPHA, lambda text: f"{2:064x}"),
    "alpha with torsion": (Flaw.NOT_A_MEMBER, ALPHA, torsion),
    "beta with torsion": (Flaw.NOT_A_MEMBER, BETA, torsion),
    "blank flag with torsion": (Flaw.NOT_A_MEMBER, "answers.0.choices.0.beta", torsion),
    "alpha is the identity": (Flaw.NOT_A_MEMBER, ALPHA, lambda text: ONE),
    "beta is the identity": (Flaw.NOT_A_MEMBER, BETA, lambda text: ONE),
    "identity with sign bit": (Flaw.NOT_A_MEMBER, ALPHA, lambda text: "8" + ONE[1:]),
    "identity as y = p + 1": (Flaw.NOT_A_MEMBER, ALPHA, lambda text: f"{2**255 - 18:064x}"),
    "y = p + 4, on the curve": (Flaw.NOT_A_MEMBER, ALPHA, lambda text: f"{2**255 - 15:064x}"),
    "point of order 8": (Flaw.NOT_A_MEMBER, ALPHA, lambda text: str(TORSION)),
    "scalar with leading zero": (Flaw.NOT_A_SCALAR, SCALAR, lambda text: "0" + text),
    "scalar plus q": (Flaw.NOT_A_SCALAR, SCALAR, lambda text: str(int(text) + ORDER)),
    "scalar equal to q": (Flaw.NOT_A_SCALAR, SCALAR, lambda text: str(ORDER)),
    "scalar with minus sign": (Flaw.NOT_A_SCALAR, SCALAR, lambda text: "-" + text),
    "scalar with plus sign": (Flaw.NOT_A_SCALAR, SCALAR, lambda text: "+" + text),
    "scalar in full-width digits": (Flaw.NOT_A_SCALAR, SCALAR, lambda text: "１" + text[1:]),
    "scalar as a number": (Flaw.NOT_A_SCALAR, SCALAR, int),
    "scalar empty": (Flaw.NOT_A_SCALAR, SCALAR, lambda text: ""),
    "fields of a ciphertext turned": (Flaw.MALFORMED, "answers.0.choices.1", turned),
    "fields of a proof turned": (Flaw.MALFORMED, "answers.0.blank_proof.0", turned),
    "fields of an answer turned": (Flaw.MALFORMED, "answers.0", turned),
    "unknown field in an answer": (Flaw.MALFORMED, "answers.0", lambda answer: answer | {"note": ""}),
    "unknown field in a proof": (Flaw.MALFORMED, PAIR + ".0", lambda proof: proof | {"note": "1"}),
    "null in an answer": (Flaw.MALFORMED, "answers.0.blank_proof", lambda proof: None),
    "proof as an array": (Flaw.MALFORMED, PAIR + ".0", lambda proof: list(proof.values())),
    "branches of a proof turned": (Flaw.INDIVIDUAL_PROOF, PAIR, lambda pair: pair[::-1]),
    "one branch twice": (Flaw.INDIVIDUAL_PROOF, PAIR, lambda pair: [pair[0], pair[0]]),
    "individual proof of one branch": (Flaw.LENGTH, PAIR, lambda pair: pair[:1]),
    "individual proof of three branches": (Flaw.LENGTH, PAIR, lambda pair: [*pair, pair[0]]),
    "overall proof of three branches": (Flaw.LENGTH, "answers.0.overall_proof", lambda p: [*p, p[0]]),
    "blank proof of one branch": (Flaw.LENGTH, "answers.0.blank_proof", lambda proof: proof[:1]),
    "blank proof without blank": (
        Flaw.LENGTH,
        "answers.1",
        _with_blank_proof,
    ),
    "blank proof of nothing without blank": (
        Flaw.LENGTH,
        "answers.1",
        lambda answer: answer | {"blank_proof": []},
    ),
    "an answer too few": (Flaw.LENGTH, "answers", lambda answers: answers[:1]),
    "an answer too many": (Flaw.LENGTH, "answers", lambda answers: [*answers, answers[0]]),
    "answers in the wrong order": (Flaw.LENGTH, "answers", lambda answers: answers[::-1]),
    "a ciphertext too many": (Flaw.LENGTH, "answers.0.choices", lambda choices: [*choices, choices[0]]),
    "sum proof of too narrow a range": (Flaw.LENGTH, "answers.1.overall_proof", lambda proof: proof[:2]),
    "sum proof turned": (Flaw.OVERALL_PROOF, "answers.1.overall_proof", lambda proof: proof[::-1]),
}


@pytest.mark.parametrize("name", IN_BALLOT)
def test_ballot_with(valid: Parts, name: str) -> None:
    flaw, path, new = IN_BALLOT[name]
    parts = valid.copy()
    ballot = parts.ballots[2]
    put(ballot, path, new(at(ballot, steps(path))))
    parts.sign(ballot)
    assert refusal(parts.archive()).reason is flaw


def _ciphertexts_exchanged(parts: Parts) -> None:
    """Two ciphertexts change places together with their own proofs."""
    for part in ("choices", "individual_proofs"):
        swap(parts.ballots[2], f"answers.0.{part}.1", f"answers.0.{part}.2")
    parts.sign(parts.ballots[2])


def _under_another_name(parts: Parts) -> None:
    """A voter signs a copy of somebody else's ballot."""
    parts.ballots[2] = copy.deepcopy(parts.ballots[1]) | {"credential": parts.ballots[0]["credential"]}
    parts.sign(parts.ballots[2])


def _answer_of_another(parts: Parts) -> None:
    """A voter puts somebody else's sealed answer into an own ballot."""
    parts.ballots[2]["answers"][0] = copy.deepcopy(parts.ballots[1]["answers"][0])
    parts.sign(parts.ballots[2])


def _answer_unsigned(parts: Parts) -> None:
    """The box keeper exchanges two valid answers of one voter; the digest is made anew, the signature not."""
    proof = parts.ballots[2]["signature"]["proof"]
    parts.ballots[2]["answers"][0] = copy.deepcopy(parts.ballots[0]["answers"][0])
    parts.sign(parts.ballots[2])
    parts.ballots[2]["signature"]["proof"] = proof


def _signature_of_another_ballot(parts: Parts) -> None:
    parts.ballots[2]["signature"]["proof"] = parts.ballots[0]["signature"]["proof"]


def _whole_signature_of_another_ballot(parts: Parts) -> None:
    parts.ballots[2]["signature"] = parts.ballots[0]["signature"]


def _other_election(parts: Parts) -> None:
    parts.ballots[2] = Parts.of(other_sample()).ballots[2]


def _other_election_renamed(parts: Parts) -> None:
    """The ballot of another election, renamed for this one and signed by the voter."""
    other = Parts.of(other_sample()).ballots[2]
    own = {name: parts.ballots[2][name] for name in ("election_uuid", "election_hash", "credential")}
    parts.ballots[2] = other | own
    parts.sign(parts.ballots[2])


def _same_ballot_twice(parts: Parts) -> None:
    parts.ballots.append(parts.ballots[1])


def _padded_ballot(parts: Parts) -> None:
    parts.ballots[2]["answers"][0]["choices"] *= 40


FORGED_BALLOTS: dict[str, tuple[Flaw, Callable[[Parts], None]]] = {
    "two answers chosen": (Flaw.OVERALL_PROOF, _forged((0, 1, 1), "overall")),
    "nothing chosen": (Flaw.OVERALL_PROOF, _forged((0, 0, 0), "overall")),
    "blank and an answer": (Flaw.BLANK_PROOF, _forged((1, 1, 0), "blank")),
    "two votes for one answer": (
        Flaw.INDIVIDUAL_PROOF,
        _forged((0, 2, -1), "individual"),
    ),
    "a vote taken away": (Flaw.INDIVIDUAL_PROOF, _forged((0, -1, 2), "individual")),
    "blank twice": (Flaw.INDIVIDUAL_PROOF, _forged((2, 0, 0), "individual")),
    "ciphertexts exchanged with their proofs": (Flaw.BLANK_PROOF, _ciphertexts_exchanged),
    "ballot copied under another name": (Flaw.INDIVIDUAL_PROOF, _under_another_name),
    "answer copied from another voter": (Flaw.INDIVIDUAL_PROOF, _answer_of_another),
    "own answer exchanged by the box keeper": (Flaw.BALLOT_SIGNATURE, _answer_unsigned),
    "signature of another ballot": (Flaw.BALLOT_SIGNATURE, _signature_of_another_ballot),
    "hash and signature of another ballot": (Flaw.BALLOT_SIGNATURE, _whole_signature_of_another_ballot),
    "ballot of another election": (Flaw.OTHER_ELECTION, _other_election),
    "ballot of another election renamed": (Flaw.INDIVIDUAL_PROOF, _other_election_renamed),
    "same ballot twice": (Flaw.DUPLICATE_BALLOT, _same_ballot_twice),
    "ballot longer than possible": (Flaw.LENGTH, _padded_ballot),
}


@pytest.mark.parametrize("name", FORGED_BALLOTS)
def test_forged_ballot(valid: Parts, name: str) -> None:
    flaw, change = FORGED_BALLOTS[name]
    parts = valid.copy()
    change(parts)
    assert refusal(parts.archive()).reason is flaw


def test_the_forger_makes_good_ballots_when_nothing_is_a_lie(valid: Parts) -> None:
    for vector in ((0, 1, 0), (0, 0, 1), (1, 0, 0)):
        parts = valid.copy()
        forged(parts, vector, "nothing")
        assert verify_archive(parts.archive()).counted == 2


def test_a_ballot_for_which_anybody_can_sign_is_refused_by_the_list(
    valid: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its credential is the identity, listed with the others; `Ballot.verify` refuses it too."""
    parts = valid.copy()
    with monkeypatch.context() as patched:
        patched.setattr("gaoxin_vote.belenios.ballot.secret_exponent", lambda *arguments: ZERO)
        text = seal_ballot(parts.sample.election, parts.sample.credentials[0], VOTES[0][1])
    parts.credentials.append(ONE)
    parts.ballots.append(json.loads(text))
    error = refusal(parts.archive())
    assert error.reason is Flaw.NOT_A_MEMBER
    assert error.message.startswith("公开凭证名单：第3个公开凭证")


# Text of the last ballot as it stands in the archive.
IN_TEXT: dict[str, tuple[Flaw, Callable[[str], str]]] = {
    "blank after a colon": (Flaw.NOT_CANONICAL, lambda text: text.replace(':"', ': "', 1)),
    "blank between members": (Flaw.NOT_CANONICAL, lambda text: text.replace(",", ", ", 1)),
    "newline at the end": (Flaw.NOT_CANONICAL, lambda text: text + "\n"),
    "member twice": (Flaw.NOT_CANONICAL, lambda text: '{"election_uuid":"x",' + text[1:]),
    "escaped letter": (Flaw.NOT_CANONICAL, lambda text: text.replace("choices", "\\u0063hoices", 1)),
    "byte order mark": (Flaw.MALFORMED, lambda text: "\ufeff" + text),
    "text after the end": (Flaw.MALFORMED, lambda text: text + "{}"),
    "no JSON": (Flaw.MALFORMED, lambda text: text[:-1]),
    "nested too deep": (Flaw.MALFORMED, lambda text: "[" * 2000 + "]" * 2000),
    "an array": (Flaw.MALFORMED, lambda text: "[]"),
    "a number": (Flaw.MALFORMED, lambda text: "1"),
    "not a number": (Flaw.MALFORMED, lambda text: "NaN"),
    "an endless number": (Flaw.MALFORMED, lambda text: "9" * 4400),
    "unknown member": (Flaw.MALFORMED, lambda text: text[:-1] + ',"note":"x"}'),
}


@pytest.mark.parametrize("name", IN_TEXT)
def test_ballot_text_with(valid: Parts, name: str) -> None:
    flaw, change = IN_TEXT[name]
    events = valid.copy().events()
    events[3].records[0] = change(events[3].records[0])
    assert refusal(valid.archive(events)).reason is flaw
