"""Is an election the same after writing and reading, and what is outside is said to be outside?"""

import json
from dataclasses import replace

import pytest

from gaoxin_vote.belenios.compact import sha256_base64, write
from gaoxin_vote.belenios.election import Election, Question, new_uuid, parse_credentials
from gaoxin_vote.belenios.evidence import Flaw, Unsupported
from gaoxin_vote.errors import EvidenceBroken, Refused
from tests.belenios.samples import election_of, mixed_keys, sample


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"administrator": None},
        {"credential_authority": "机构", "language": None},
        {"name": "", "description": "\x00\x7f\u2028"},
        {"uuid": "1" * 40},
    ],
    ids=str,
)
def test_election_is_the_same_after_writing_and_reading(changes: dict[str, object]) -> None:
    election = replace(election_of(mixed_keys()), **changes)  # type: ignore[arg-type]
    assert Election.parse(election.text) == election
    assert Election.parse(election.text).text == election.text


def test_members_stand_in_the_order_of_the_format() -> None:
    value = json.loads(election_of(mixed_keys()).text)
    assert list(value)[:7] == ["version", "description", "name", "group", "public_key", "questions", "uuid"]
    assert list(value["questions"][0]) == ["answers", "blank", "min", "max", "question"]
    assert list(value["questions"][1]) == ["answers", "min", "max", "question"]


def test_fingerprint_is_the_digest_of_the_text() -> None:
    election = election_of(mixed_keys())
    assert election.fingerprint == sha256_base64(election.text)
    assert election.fingerprint != replace(election, name="另一").fingerprint


def test_question_counts_its_ciphertexts() -> None:
    assert Question("问", ("甲", "乙")).width == 3
    assert Question("问", ("甲", "乙"), blank=False).width == 2


def test_identifiers_are_fresh_and_well_formed() -> None:
    uuids = {new_uuid() for _ in range(50)}
    assert len(uuids) == 50
    for uuid in uuids:
        assert len(uuid) == 14
        assert Election.parse(replace(election_of(mixed_keys()), uuid=uuid).text).uuid == uuid


@pytest.mark.parametrize(
    ("member", "value", "reason"),
    [
        ("version", 2, Unsupported.VERSION),
        ("version", "1", Unsupported.VERSION),
        ("group", "RFC-3526-2048", Unsupported.GROUP),
        ("questions", [{"type": "Lists", "value": {}}], Unsupported.QUESTION),
    ],
)
def test_what_is_not_supported_is_said_so(member: str, value: object, reason: Unsupported) -> None:
    text = write(json.loads(election_of(mixed_keys()).text) | {member: value})
    with pytest.raises(Refused, match="不支持核验") as caught:
        Election.parse(text)
    assert caught.value.reason is reason


@pytest.mark.parametrize("text", ["[]", "1", '"text"', '{"version":1,"group":"Ed25519"}'])
def test_what_is_no_election_is_broken(text: str) -> None:
    with pytest.raises(EvidenceBroken):
        Election.parse(text)


def test_an_election_asks_something() -> None:
    with pytest.raises(EvidenceBroken, match="没有题目") as caught:
        Election.parse(election_of(mixed_keys(), questions=()).text)
    assert caught.value.reason is Flaw.LENGTH


def test_a_question_may_speak_of_types() -> None:
    election = election_of(mixed_keys(), questions=(Question('{"type":"Lists"}', ("甲",)),))
    assert Election.parse(election.text) == election


def test_credentials_are_listed_once_and_without_weights() -> None:
    listed = sample().listed
    assert parse_credentials(write(listed)) == listed
    assert parse_credentials("[]") == ()
    with pytest.raises(EvidenceBroken) as caught:
        parse_credentials(write((*listed, listed[0])))
    assert caught.value.reason is Flaw.DUPLICATE_CREDENTIAL
    with pytest.raises(Refused):
        parse_credentials(write((f"{listed[0]},3",)))
