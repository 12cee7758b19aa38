"""Is every single thing that can be wrong with setup and tally noticed, each by its own check?"""

from collections.abc import Callable
from typing import Any

import pytest

from gaoxin_vote.belenios.compact import write
from gaoxin_vote.belenios.evidence import Flaw, Unsupported
from gaoxin_vote.belenios.group import ORDER
from gaoxin_vote.belenios.verification import verify_archive
from tests.belenios.corruption import (
    ONE,
    Parts,
    another,
    at,
    changed,
    containers,
    leaves,
    put,
    refusal,
    repaired,
    reshaped,
    steps,
    swap,
    torsion,
    turned,
)
from tests.belenios.samples import other_sample, sample


def test_the_generator_puts_a_valid_archive_together_octet_for_octet(valid: Parts) -> None:
    assert valid.archive() == sample().archive


# ---- every field of every structure

BALLOT_FLAWS = {
    "election_uuid": Flaw.OTHER_ELECTION,
    "election_hash": Flaw.OTHER_ELECTION,
    "credential": Flaw.UNKNOWN_CREDENTIAL,
    "choices": Flaw.INDIVIDUAL_PROOF,
    "individual_proofs": Flaw.INDIVIDUAL_PROOF,
    "blank_proof": Flaw.BLANK_PROOF,
    "overall_proof": Flaw.OVERALL_PROOF,
    "hash": Flaw.BALLOT_SIGNATURE,
    "proof": Flaw.BALLOT_SIGNATURE,
}


@pytest.mark.parametrize("number", [0, 2])
def test_every_field_of_a_ballot_is_checked_even_if_the_ballot_does_not_count(
    valid: Parts, number: int
) -> None:
    paths = list(leaves(valid.ballots[number]))
    for path in paths:
        parts = valid.copy()
        changed(parts.ballots[number], path)
        if path[0] != "signature":
            parts.sign(parts.ballots[number])
        expected = next(BALLOT_FLAWS[str(step)] for step in path if step in BALLOT_FLAWS)
        error = refusal(parts.archive())
        assert error.reason is expected, path
        assert error.message.startswith(f"第{number + 1}张选票"), path
    assert len(paths) >= 50


def test_every_field_of_the_trustees_is_checked(valid: Parts) -> None:
    fingerprint = verify_archive(valid.archive()).trustees.fingerprint
    for path in leaves(valid.trustees):
        parts = valid.copy()
        changed(parts.trustees, path)
        if path[-1] == "name":
            # Nothing signs a name; only the fingerprint of the ceremony record tells.
            assert verify_archive(parts.archive()).trustees.fingerprint != fingerprint
        else:
            error = refusal(parts.archive())
            assert error.message.startswith("开箱密钥") or error.reason is Flaw.ELECTION_KEY, path


def test_every_field_of_the_partial_decryptions_is_checked(valid: Parts) -> None:
    for place, (owner, share) in enumerate(valid.shares[:2]):
        for path in leaves(share):
            parts = valid.copy()
            changed(parts.shares[place][1], path)
            error = refusal(parts.archive())
            # One share of the group of 2 of 3 may be bad, but then too few are left for the result.
            assert error.reason is (Flaw.SHARE if owner == 1 else Flaw.QUORUM), path


def test_every_field_of_election_credentials_tally_and_result_is_checked(valid: Parts) -> None:
    for name in ("election", "credentials", "tally", "sized", "result"):
        for path in leaves(getattr(valid, name)):
            if path == ("encrypted_tally",):
                continue
            parts = valid.copy()
            changed(getattr(parts, name), path)
            refusal(repaired(parts))


@pytest.mark.parametrize("how", ["drop", "add", "turn"])
@pytest.mark.parametrize("name", ["election", "trustees", "ballots", "tally", "result"])
def test_no_structure_may_lose_gain_or_reorder_a_part(valid: Parts, name: str, how: str) -> None:
    whole = valid.ballots[2] if name == "ballots" else getattr(valid, name)
    for path in containers(whole):
        parts = valid.copy()
        target = parts.ballots[2] if name == "ballots" else getattr(parts, name)
        reshaped(target, path, how)
        if write(target) == write(whole) or (name, path, how) == ("trustees", (0, 1), "drop"):
            # Nothing to turn, or the name of a trustee, which nothing signs.
            continue
        if name == "ballots" and path[:1] != ("signature",) and set(target) == set(whole):
            parts.sign(target)
        refusal(repaired(parts) if "signature" in parts.ballots[2] else parts.archive())


@pytest.mark.long
@pytest.mark.parametrize("how", ["drop", "add", "turn"])
def test_no_partial_decryption_may_lose_gain_or_reorder_a_part(valid: Parts, how: str) -> None:
    for place, (_, share) in enumerate(valid.shares):
        for path in containers(share):
            parts = valid.copy()
            reshaped(parts.shares[place][1], path, how)
            refusal(parts.archive())


# ---- one kind after the other


# Parts of the setup, each repaired all around (ballots renamed and signed again).
IN_SETUP: dict[str, tuple[Flaw | Unsupported, str, str, Callable[[Any], Any]]] = {
    "format version": (Unsupported.VERSION, "election", "version", lambda version: 2),
    "format version as a flag": (Flaw.MALFORMED, "election", "version", lambda version: True),
    "another group": (Unsupported.GROUP, "election", "group", lambda group: "BELENIOS-2048"),
    "another kind of question": (
        Unsupported.QUESTION,
        "election",
        "questions.0",
        lambda question: {"type": "NonHomomorphic", "value": {"answers": [], "question": ""}},
    ),
    "no question": (Flaw.LENGTH, "election", "questions", lambda questions: []),
    "question of impossible range": (Flaw.MALFORMED, "election", "questions.0.min", lambda least: 2),
    "question of too wide a range": (Flaw.MALFORMED, "election", "questions.1.max", lambda most: 3),
    "question without answers": (
        Flaw.MALFORMED,
        "election",
        "questions.1",
        lambda question: question | {"answers": [], "max": 0},
    ),
    "range below zero": (Flaw.MALFORMED, "election", "questions.1.min", lambda least: -1),
    "blank is false": (Flaw.MALFORMED, "election", "questions.0.blank", lambda blank: False),
    "range as a broken number": (Flaw.MALFORMED, "election", "questions.0.max", lambda most: 1.0),
    "range as a flag": (Flaw.MALFORMED, "election", "questions.0.max", lambda most: True),
    "identifier too short": (Flaw.MALFORMED, "election", "uuid", lambda uuid: uuid[1:]),
    "identifier not Base58": (Flaw.MALFORMED, "election", "uuid", lambda uuid: "0" + uuid[1:]),
    "members of the election turned": (Flaw.MALFORMED, "election", "", turned),
    "administrator is null": (Flaw.MALFORMED, "election", "administrator", lambda name: None),
    "language without direction": (Flaw.LENGTH, "election", "language", lambda language: ["zh"]),
    "language of nothing": (Flaw.LENGTH, "election", "language", lambda language: []),
    "election key of somebody else": (Flaw.ELECTION_KEY, "election", "public_key", another),
    "election key with torsion": (Flaw.NOT_A_MEMBER, "election", "public_key", torsion),
    "election key is the identity": (Flaw.NOT_A_MEMBER, "election", "public_key", lambda key: ONE),
    "credential twice": (Flaw.DUPLICATE_CREDENTIAL, "credentials", "", lambda listed: [*listed, listed[0]]),
    "credential with torsion": (Flaw.NOT_A_MEMBER, "credentials", "0", torsion),
    "credential is the identity": (Flaw.NOT_A_MEMBER, "credentials", "0", lambda entry: ONE),
    "credential in capitals": (Flaw.MALFORMED, "credentials", "0", str.upper),
    "credential with a weight": (Unsupported.WEIGHTS, "credentials", "0", lambda entry: entry + ",2"),
    "credential with weight one": (Unsupported.WEIGHTS, "credentials", "0", lambda entry: entry + ",1"),
    "credential left out": (Flaw.UNKNOWN_CREDENTIAL, "credentials", "", lambda listed: listed[1:]),
    "unknown kind of trustee": (Flaw.MALFORMED, "trustees", "0.0", lambda kind: "Shamir"),
    "kind of trustee in an array": (Flaw.MALFORMED, "trustees", "0.0", lambda kind: ["Single"]),
    "single trustee as a group": (Flaw.MALFORMED, "trustees", "0.0", lambda kind: "Pedersen"),
    "no trustees": (Flaw.LENGTH, "trustees", "", lambda items: []),
    "group left out": (Flaw.ELECTION_KEY, "trustees", "", lambda items: items[:1]),
    "trustee twice": (Flaw.TRUSTEE_KEYS, "trustees", "", lambda items: [items[0], *items]),
    "trustee key with torsion": (Flaw.NOT_A_MEMBER, "trustees", "0.1.public_key", torsion),
    "trustee key is the identity": (Flaw.NOT_A_MEMBER, "trustees", "0.1.public_key", lambda key: ONE),
    "signature of a single trustee": (
        Flaw.MALFORMED,
        "trustees",
        "0.1",
        lambda key: {"pok": key["pok"], "public_key": key["public_key"], "signature": key["pok"]},
    ),
    "threshold above the coefficients": (Flaw.TRUSTEE_KEYS, "trustees", "1.1.threshold", lambda t: 3),
    "threshold zero": (Flaw.TRUSTEE_KEYS, "trustees", "1.1.threshold", lambda t: 0),
    "certificates turned": (Flaw.TRUSTEE_KEYS, "trustees", "1.1.certs", lambda certs: certs[::-1]),
    "coefficients turned": (Flaw.TRUSTEE_SIGNATURE, "trustees", "1.1.coefexps", lambda shown: shown[::-1]),
    "signatures turned": (Flaw.TRUSTEE_SIGNATURE, "trustees", "1.1.signatures", lambda s: s[::-1]),
    "members turned": (Flaw.TRUSTEE_KEYS, "trustees", "1.1.verification_keys", lambda keys: keys[::-1]),
    "member left out": (Flaw.LENGTH, "trustees", "1.1.verification_keys", lambda keys: keys[:2]),
    "member without signature": (
        Flaw.TRUSTEE_SIGNATURE,
        "trustees",
        "1.1.verification_keys.1",
        lambda key: {name: part for name, part in key.items() if name != "signature"},
    ),
    "member with another's signature": (
        Flaw.TRUSTEE_SIGNATURE,
        "trustees",
        "1.1.verification_keys.1.signature",
        lambda signature: Parts.of(sample()).trustees[1][1]["verification_keys"][0]["signature"],
    ),
    "signatures missing": (Flaw.LENGTH, "trustees", "1.1.signatures", lambda signatures: signatures[:2]),
    "no certificates": (Flaw.TRUSTEE_KEYS, "trustees", "1.1.certs", lambda certs: []),
}


@pytest.mark.parametrize("name", IN_SETUP)
def test_setup_with(valid: Parts, name: str) -> None:
    reason, part, path, new = IN_SETUP[name]
    parts = valid.copy()
    if path:
        put(getattr(parts, part), path, new(at(getattr(parts, part), steps(path))))
    else:
        setattr(parts, part, new(getattr(parts, part)))
    assert refusal(repaired(parts)).reason is reason


# Tally, partial decryptions and result.
IN_TALLY: dict[str, tuple[Flaw, Callable[[Parts], Any]]] = {
    "ballots counted, one too few": (Flaw.TALLY_SIZE, lambda parts: put(parts.sized, "num_tallied", 1)),
    "weight": (Flaw.TALLY_SIZE, lambda parts: put(parts.sized, "total_weight", 3)),
    "weight as a text": (Flaw.TALLY_SIZE, lambda parts: put(parts.sized, "total_weight", "2")),
    "rows turned": (Flaw.TALLY, lambda parts: parts.tally.reverse()),
    "places turned": (Flaw.TALLY, lambda parts: parts.tally[0].reverse()),
    "tally of another election": (
        Flaw.TALLY,
        lambda parts: setattr(parts, "tally", Parts.of(other_sample()).tally),
    ),
    "mandatory share under another number": (Flaw.QUORUM, lambda parts: put(parts.shares, "0.0", 3)),
    "share under number 0": (Flaw.SHARE_OWNER, lambda parts: put(parts.shares, "0.0", 0)),
    "share under number 5 of 4": (Flaw.SHARE_OWNER, lambda parts: put(parts.shares, "2.0", 5)),
    "share under a flag": (Flaw.MALFORMED, lambda parts: put(parts.shares, "0.0", True)),
    "two shares of one trustee": (Flaw.SHARE_OWNER, lambda parts: parts.shares.append(parts.shares[1])),
    "mandatory share missing": (Flaw.QUORUM, lambda parts: parts.shares.pop(0)),
    "group below its threshold": (Flaw.QUORUM, lambda parts: parts.shares.pop()),
    "shares of two members exchanged": (Flaw.SHARE, lambda parts: swap(parts.shares, "1.1", "2.1")),
    "share of another election": (
        Flaw.SHARE,
        lambda parts: put(parts.shares, "0.1", Parts.of(other_sample()).shares[0][1]),
    ),
    "factors of a share turned": (Flaw.LENGTH, lambda p: p.shares[0][1]["decryption_factors"].reverse()),
    "row of a share turned": (Flaw.SHARE, lambda p: p.shares[0][1]["decryption_factors"][0].reverse()),
    "place of a share missing": (Flaw.LENGTH, lambda p: p.shares[0][1]["decryption_proofs"][1].pop()),
    "factor with torsion": (
        Flaw.NOT_A_MEMBER,
        lambda parts: put(
            parts.shares,
            "0.1.decryption_factors.0.0",
            torsion(parts.shares[0][1]["decryption_factors"][0][0]),
        ),
    ),
    "factor is the identity": (
        Flaw.SHARE,
        lambda parts: put(parts.shares, "0.1.decryption_factors.0.0", ONE),
    ),
    "one vote moved": (Flaw.RESULT, lambda parts: setattr(parts, "result", {"result": [[1, 1, 0], [0, 1]]})),
    "one vote too many": (Flaw.RESULT, lambda parts: put(parts.result, "result.0.0", 2)),
    "count plus q": (Flaw.RESULT, lambda parts: put(parts.result, "result.0.0", 1 + ORDER)),
    "count minus q": (Flaw.MALFORMED, lambda parts: put(parts.result, "result.0.0", 1 - ORDER)),
    "count as a text": (Flaw.MALFORMED, lambda parts: put(parts.result, "result.0.0", "1")),
    "row of the result missing": (Flaw.LENGTH, lambda parts: parts.result["result"].pop()),
    "rows of the result turned": (Flaw.RESULT, lambda parts: parts.result["result"].reverse()),
    "unknown member in the result": (Flaw.MALFORMED, lambda parts: parts.result.update(note=1)),
}


@pytest.mark.parametrize("name", IN_TALLY)
def test_tally_with(valid: Parts, name: str) -> None:
    flaw, change = IN_TALLY[name]
    parts = valid.copy()
    change(parts)
    assert refusal(parts.archive()).reason is flaw
