"""Does the program agree with elections that the reference tool made, value by value?"""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.belenios.archive import ArchiveBuilder, EventType, Owned, read_board, read_text
from gaoxin_vote.belenios.ballot import Ballot, largest_ballot, tracker
from gaoxin_vote.belenios.channel import ChannelKeys, SignedMessage, receive
from gaoxin_vote.belenios.compact import parse, sha256_hex, write
from gaoxin_vote.belenios.credential import credential_order, public_credential, secret_exponent
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import GENERATOR, Point, Scalar, hash_to_scalar
from gaoxin_vote.belenios.tally import (
    EncryptedTally,
    check_shares,
    open_tally,
    partial_decryption,
    result_text,
)
from gaoxin_vote.belenios.threshold import (
    MemberInput,
    MemberOutput,
    Polynomial,
    ThresholdKeys,
    decryption_key,
    make_certificate,
    make_output,
    member_input,
    open_certificates,
    threshold_keys,
)
from gaoxin_vote.belenios.trustee import TrusteeKey
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.errors import EvidenceBroken

MODES = ("single", "threshold", "mixed")


def the(folder: Path, pattern: str) -> Path:
    """The one file of `folder` with this pattern."""
    (found,) = folder.glob(pattern)
    return found


def loaded(path: Path) -> Any:
    """The JSON value of a file."""
    return json.loads(path.read_text(encoding="utf-8"))


def records(archive: Path) -> list[tuple[EventType, list[str]]]:
    """Type and texts of each event."""
    with archive.open("rb") as stream:
        board = read_board(stream)
        return [(e.kind, [read_text(stream, record) for record in e.records]) for e in board.events]


@pytest.mark.parametrize("mode", MODES)
def test_archive_holds_and_gives_the_expected_result(reference: Path, mode: str) -> None:
    folder = reference / mode
    report = verify_archive(the(folder, "*.bel"))
    assert [list(row) for row in report.result or ()] == loaded(folder / "expected_result.json")
    votes = loaded(folder / "plain_votes.json")
    assert list(report.trackers) == [vote["tracker"] for vote in votes]
    assert report.counted == len({vote["voter"] for vote in votes})
    assert report.stage is EventType.RESULT
    assert report.decrypted == {"single": (1,), "threshold": (1, 3), "mixed": (1, 2, 4)}[mode]


@pytest.mark.parametrize("mode", MODES)
def test_archive_is_written_again_octet_for_octet(reference: Path, mode: str) -> None:
    archive = the(reference / mode, "*.bel")
    stream = io.BytesIO()
    builder = ArchiveBuilder(stream, verify_archive(archive).timestamp)
    for kind, texts in records(archive):
        if kind is EventType.SETUP:
            builder.setup(texts[0], texts[1], tuple(json.loads(texts[2])))
        elif kind is EventType.BALLOT:
            builder.ballot(*texts)
        elif kind is EventType.END_BALLOTS:
            builder.end_ballots()
        elif kind is EventType.ENCRYPTED_TALLY:
            builder.encrypted_tally(*texts)
        elif kind is EventType.PARTIAL_DECRYPTION:
            builder.partial_decryption(parse(Owned, texts[1]).owner, texts[0])
        else:
            builder.result(*texts)
    assert stream.getvalue() == archive.read_bytes()


@pytest.mark.parametrize("mode", MODES)
def test_every_text_is_written_again_octet_for_octet(reference: Path, mode: str) -> None:
    _, (election, trustees, _, _) = records(the(reference / mode, "*.bel"))[0]
    assert Election.parse(election).text == election
    assert Trustees.parse(trustees).text == trustees
    for kind, texts in records(the(reference / mode, "*.bel")):
        if kind is EventType.BALLOT:
            ballot = Ballot.parse(Election.parse(election), texts[0])
            assert write(ballot) == texts[0]
            assert len(texts[0]) <= largest_ballot(Election.parse(election))


@pytest.mark.parametrize("mode", MODES)
def test_credentials_follow_from_their_texts_and_stand_in_order(reference: Path, mode: str) -> None:
    folder = reference / mode
    uuid = the(folder, "*.bel").stem
    by_voter = {
        line.split(",")[2]: line.split(",")[0] for line in loaded(folder / "public_creds_with_ids.json")
    }
    for voter, credential in loaded(folder / "private_creds.json").items():
        assert public_credential(uuid, credential) == by_voter[voter]
    listed = verify_archive(the(folder, "*.bel")).credentials
    assert list(listed) == sorted(listed, key=credential_order)
    assert list(listed) != sorted(listed)


@pytest.mark.parametrize("mode", MODES)
def test_private_keys_open_the_tally_to_the_same_result(reference: Path, mode: str) -> None:
    folder = reference / mode
    archive = the(folder, "*.bel")
    report = verify_archive(archive)
    secrets = [Scalar.parse(json.loads(path.read_text())) for path in folder.glob("*.privkey")]
    for member in loaded(folder / "manifest.json")["threshold_ids_in_order"] if mode != "single" else ():
        seed = (folder / f"{member}.key").read_text().strip()
        secrets.append(decryption_key(seed, (folder / f"{member}.dkey").read_text().strip()))
    assert [str(GENERATOR**secret) for secret in secrets] == [
        str(member.key.public_key) for member in report.trustees.members
    ]
    (tally_text, sized_text), *_ = (t for k, t in records(archive) if k is EventType.ENCRYPTED_TALLY)

    tally = EncryptedTally.parse(report.election, tally_text, sized_text)
    assert (tally.text, tally.sized_text) == (tally_text, sized_text)
    given = [(o, partial_decryption(report.election, tally_text, x)) for o, x in enumerate(secrets, 1)]
    shares = check_shares(report.election, report.trustees, tally.grid, given)
    assert open_tally(report.trustees, tally, shares) == report.result
    assert result_text(report.result or ()) == records(archive)[-1][1][0]


# ---- known intermediate values


@pytest.fixture
def known(reference: Path) -> Any:
    """The values that the tool's own log gives for the election with one trustee."""
    return loaded(reference / "single" / "kat_intermediate_values.json")


@pytest.fixture
def report(reference: Path) -> ArchiveReport:
    """The election with one trustee."""
    return verify_archive(the(reference / "single", "*.bel"))


def test_known_fingerprint_credential_and_trackers(
    known: Any, report: ArchiveReport, reference: Path
) -> None:
    assert report.election.fingerprint == known["phi"]
    secret = secret_exponent(known["uuid"], known["credential"]["private"])
    assert str(int(secret)) == known["credential"]["secret_exponent"]
    assert public_credential(known["uuid"], known["credential"]["private"]) == known["credential"]["public"]
    (first, *_) = (t for k, t in records(the(reference / "single", "*.bel")) if k is EventType.BALLOT)
    assert tracker(first[0]) == known["ballot"]["tracker"] == report.trackers[0]
    checksums = loaded(reference / "single" / "checksums.json")
    assert sha256_hex(report.election.text) == checksums["election"]
    assert report.board_fingerprint == checksums["final"]


def test_known_hash_to_scalar(known: Any) -> None:
    pok = known["pok"]
    prefix, _, _ = pok["hash_input"].rpartition("|")
    assert str(int(hash_to_scalar(prefix + "|", Point.parse(pok["A"])))) == pok["sha256_mod_q"]


def test_known_commitments_of_every_proof(known: Any, report: ArchiveReport, reference: Path) -> None:
    archive = the(reference / "single", "*.bel")
    (text, *_) = (t[0] for k, t in records(archive) if k is EventType.BALLOT)
    ballot = Ballot.parse(report.election, text)
    answer, y = ballot.answers[0], report.election.key
    key = report.trustees.members[0].key
    assert key.pok.commitments((GENERATOR, key.public_key)) == [Point.parse(known["pok"]["A"])]
    assert ballot.signature is not None
    commitments = ballot.signature.proof.commitments((GENERATOR, ballot.credential))
    assert commitments == [Point.parse(known["ballot"]["signature"]["A"])]

    def pairs(proofs: Any, statements: Any) -> list[str]:
        return [
            str(point)
            for proof, (alpha, beta) in zip(proofs, statements, strict=True)
            for point in proof.commitments((GENERATOR, alpha), (y, beta))
        ]

    flag, total = (
        answer.choices[0],
        answer.choices[1] * answer.choices[2] * answer.choices[3] * answer.choices[4],
    )
    expected = known["answer0"]
    assert str(total) == f"{expected['sum_ciphertext']['alpha']},{expected['sum_ciphertext']['beta']}"
    zero_or_one = [(flag.alpha, flag.beta), (flag.alpha, flag.beta / GENERATOR)]
    individual = expected["individual_proof_0"]
    assert pairs(answer.individual_proofs[0], zero_or_one) == individual["A0,B0,A1,B1"]
    either_zero = [(flag.alpha, flag.beta), (total.alpha, total.beta)]
    assert pairs(answer.blank_proof, either_zero) == expected["blank_proof"]["A0,B0,AS,BS"]
    blank_or_one = [(flag.alpha, flag.beta / GENERATOR), (total.alpha, total.beta / GENERATOR)]
    assert pairs(answer.overall_proof, blank_or_one) == expected["overall_proof"]["A0,B0,A1,B1"]


# ---- the key ceremony


@pytest.fixture
def ceremony(reference: Path) -> dict[str, Any]:
    """The messages of the tool's ceremony of 2 of 3, in the order of the members."""
    folder = reference / "threshold"
    members = loaded(folder / "manifest.json")["threshold_ids_in_order"]

    def text(member: str, ending: str) -> str:
        return (folder / f"{member}.{ending}").read_text(encoding="utf-8").strip()

    lines = (folder / "polynomials.jsons").read_text(encoding="utf-8").splitlines()
    return {
        "seeds": [text(member, "key") for member in members],
        "certs": tuple(parse(SignedMessage, text(member, "cert")) for member in members),
        "polynomials": [parse(Polynomial, line) for line in lines],
        "inputs": [parse(MemberInput, text(member, "vinput")) for member in members],
        "outputs": [parse(MemberOutput, text(member, "voutput")) for member in members],
        "keys": (folder / "threshold.json").read_text(encoding="utf-8").strip(),
    }


def test_ceremony_certificates_are_those_of_the_seeds(ceremony: dict[str, Any]) -> None:
    for index, (seed, cert) in enumerate(zip(ceremony["seeds"], ceremony["certs"], strict=True), 1):
        assert make_certificate(seed, index, 3, 2).message == cert.message
    assert len(open_certificates(ceremony["certs"])) == 3


def test_ceremony_inputs_are_routed_alike(ceremony: dict[str, Any]) -> None:
    for index, received in enumerate(ceremony["inputs"], 1):
        assert member_input(ceremony["polynomials"], index) == received


def test_ceremony_outputs_have_the_same_keys(ceremony: dict[str, Any]) -> None:
    for index, seed in enumerate(ceremony["seeds"], 1):
        output = ceremony["outputs"][index - 1]
        made = make_output(seed, ceremony["certs"], ceremony["inputs"][index - 1], index)
        assert made.public_key.public_key == output.public_key.public_key
        assert decryption_key(seed, made.private_key) == decryption_key(seed, output.private_key)


def test_ceremony_ends_in_the_same_text(ceremony: dict[str, Any]) -> None:
    keys = threshold_keys(ceremony["certs"], ceremony["inputs"][0], ceremony["outputs"])
    assert write(keys) == ceremony["keys"]
    assert parse(ThresholdKeys, ceremony["keys"]) == keys


def test_ceremony_backup_opens_to_the_coefficients(ceremony: dict[str, Any]) -> None:
    for seed, polynomial in zip(ceremony["seeds"], ceremony["polynomials"], strict=True):
        keys = ChannelKeys.from_seed(seed)
        backup = json.loads(receive(keys.verification, keys, polynomial.polynomial))
        shown = [str(GENERATOR ** Scalar.parse(a)) for a in backup["polynomial"]]
        assert json.loads(polynomial.coefexps.message) == {"coefexps": shown}


# ---- the tool's bad archives

NEGATIVES = {
    "01-ballot-proof-tampered": Flaw.BALLOT_SIGNATURE,
    "02-ballot-proof-tampered-resigned": Flaw.INDIVIDUAL_PROOF,
    "06-overvote": Flaw.INDIVIDUAL_PROOF,
    "07-unknown-credential": Flaw.UNKNOWN_CREDENTIAL,
    "09-duplicate-ballot": Flaw.DUPLICATE_BALLOT,
    "11-ballot-other-election": Flaw.OTHER_ELECTION,
    "12-ballot-not-compact": Flaw.NOT_CANONICAL,
    "14-ed25519-torsion": Flaw.NOT_A_MEMBER,
    "20-tally-omits-ballot": Flaw.TALLY,
    "21-tally-wrong-weight": Flaw.TALLY_SIZE,
    "23b-all-ballots-hidden-by-late-ballot": Flaw.EVENT_ORDER,
    "30-pd-proof-tampered": Flaw.SHARE,
    "34-threshold-not-enough": Flaw.QUORUM,
    "40-wrong-result": Flaw.RESULT,
    "50-trustee-pok-tampered": Flaw.TRUSTEE_PROOF,
    "52-threshold-coefexps-sig": Flaw.TRUSTEE_SIGNATURE,
    "60-chain-parent": Flaw.CHAIN,
    "63-tar-repacked": Flaw.TAR,
}


def test_every_shared_archive_behaves_as_its_name_says(shared: Path) -> None:
    folders = sorted(path.parent for path in (shared / "vectors" / "negative").glob("*/*.bel"))
    assert {folder.name for folder in folders} == NEGATIVES.keys() | {"00-control"}
    for folder in folders:
        if folder.name == "00-control":
            assert verify_archive(the(folder, "*.bel")).result is not None
            continue
        with pytest.raises(EvidenceBroken) as caught:
            verify_archive(the(folder, "*.bel"))
        assert caught.value.reason is NEGATIVES[folder.name], folder.name


def test_single_key_file_of_the_tool_is_made_again(reference: Path) -> None:
    folder = reference / "single"
    secret = int(json.loads(the(folder, "*.privkey").read_text()))
    made = TrusteeKey.make(Scalar.of(secret))
    made.verify()
    assert made.public_key == verify_archive(the(folder, "*.bel")).trustees.members[0].key.public_key
