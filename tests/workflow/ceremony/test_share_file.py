import base64
import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.files import FileReason
from gaoxin_vote.stretching import FULL_COSTS, Stretching
from gaoxin_vote.workflow.ceremony.share_file import (
    ShareOwner,
    ShareReason,
    ShareSecret,
    TallyUse,
    open_share,
    read_share,
    use_share,
    write_new_share,
)
from tests.stretching import CHEAP_COSTS

SECRET = ShareSecret("aXbYcZ1234567890abcdef", Scalar.of(12345678901234567890))
PASSPHRASE = "the trustee's words"
OWNER = ShareOwner("c1", 2, "区纪委")
CHEAP = CHEAP_COSTS.share


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("share") / "share.json"
    write_new_share(path, PASSPHRASE, CHEAP, OWNER, SECRET)
    return path.read_bytes()


@pytest.fixture
def share(original: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "share.json"
    path.write_bytes(original)
    return path


def test_what_was_written_is_read_back_with_the_passphrase_alone(share: Path) -> None:
    found, secret = open_share(share, PASSPHRASE, CHEAP)
    assert (found.owner, found.used, secret) == (OWNER, (), SECRET)
    text = share.read_text()
    assert SECRET.seed not in text and str(int(SECRET.decryption_key)) not in text
    with pytest.raises(Refused) as error:
        open_share(share, PASSPHRASE + "!", CHEAP)
    assert error.value.reason is ShareReason.WRONG_PASSPHRASE


def test_an_existing_file_is_never_overwritten(share: Path) -> None:
    before = share.read_bytes()
    with pytest.raises(Refused):
        write_new_share(share, PASSPHRASE, CHEAP, ShareOwner("c2", 1, "x"), SECRET)
    assert share.read_bytes() == before


def test_a_share_opens_one_tally_of_an_election_and_no_other(share: Path) -> None:
    first = TallyUse("election", "a" * 64)
    assert use_share(share, PASSPHRASE, CHEAP, ceremony="c1", use=first) == (2, SECRET)
    assert read_share(share, CHEAP).used == (first,)
    assert use_share(share, PASSPHRASE, CHEAP, ceremony="c1", use=first) == (2, SECRET)
    other_election = TallyUse("another", "b" * 64)
    use_share(share, PASSPHRASE, CHEAP, ceremony="c1", use=other_election)
    with pytest.raises(EvidenceBroken) as error:
        use_share(share, PASSPHRASE, CHEAP, ceremony="c1", use=TallyUse("election", "b" * 64))
    assert error.value.reason is ShareReason.OTHER_TALLY
    assert read_share(share, CHEAP).used == (first, other_election)


def test_the_list_of_uses_cannot_be_edited(share: Path) -> None:
    use_share(share, PASSPHRASE, CHEAP, ceremony="c1", use=TallyUse("election", "a" * 64))
    whole = json.loads(share.read_text())
    whole["used"] = []
    share.write_text(json.dumps(_resealed(whole), ensure_ascii=False))
    with pytest.raises(Refused) as error:
        open_share(share, PASSPHRASE, CHEAP)
    assert error.value.reason is ShareReason.WRONG_PASSPHRASE


def test_another_ceremonys_share_and_other_files_are_refused(share: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused) as error:
        use_share(share, PASSPHRASE, CHEAP, ceremony="c2", use=TallyUse("e", "a" * 64))
    assert error.value.reason is ShareReason.OTHER_CEREMONY
    for content in (
        "",
        "{}",
        "[1]",
        '{"version":1}',
        share.read_text().replace('"version": 1', '"version": 2'),
    ):
        (tmp_path / "other").write_text(content)
        with pytest.raises(Refused) as error:
            read_share(tmp_path / "other", CHEAP)
        assert error.value.reason is ShareReason.NOT_A_SHARE


def test_a_medium_that_cannot_be_written_gives_no_secret(
    share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable):
        use_share(share, PASSPHRASE, CHEAP, ceremony="c1", use=TallyUse("election", "a" * 64))
    assert read_share(share, CHEAP).used == ()
    assert [path.name for path in share.parent.iterdir()] == ["share.json"]
    assert stat.S_ISREG(share.stat().st_mode)


def test_a_weak_passphrase_is_refused(tmp_path: Path) -> None:
    for weak in ("short", "aaaaaaaaaaaa"):
        with pytest.raises(Refused):
            write_new_share(tmp_path / "s", weak, CHEAP, OWNER, SECRET)
    assert not (tmp_path / "s").exists()


def test_a_file_of_the_program_states_its_full_cost_and_opens_at_that_alone(
    tmp_path: Path, original: bytes
) -> None:
    path = tmp_path / "share.json"
    write_new_share(path, PASSPHRASE, FULL_COSTS.share, OWNER, SECRET)
    stated = json.loads(path.read_text())["argon2id"]
    assert (stated["memory_kib"], stated["iterations"], stated["lanes"]) == (262144, 3, 4)
    assert open_share(path, PASSPHRASE, FULL_COSTS.share)[1] == SECRET
    (tmp_path / "cheap").write_bytes(original)
    for file, cost in (
        (path, CHEAP),
        (tmp_path / "cheap", FULL_COSTS.share),
        (path, Stretching(262144, 2, 4)),
        (path, Stretching(262144, 3, 1)),
    ):
        with pytest.raises(Refused) as error:
            open_share(file, PASSPHRASE, cost)
        assert error.value.reason is ShareReason.NOT_A_SHARE


def test_a_damaged_file_is_told_from_a_wrong_passphrase(share: Path) -> None:
    whole = json.loads(share.read_text())
    for part, change in (
        ("ciphertext", base64.b64encode(bytes(8) + base64.b64decode(whole["ciphertext"])[8:]).decode()),
        ("name", "区纪监"),
    ):
        share.write_text(json.dumps(whole | {part: change}, ensure_ascii=False))
        with pytest.raises(Refused, match="已损坏，与口令无关") as error:
            open_share(share, PASSPHRASE, CHEAP)
        assert error.value.reason is ShareReason.DAMAGED
        share.write_text(json.dumps(_resealed(whole | {part: change}), ensure_ascii=False))
        with pytest.raises(Refused, match="口令不对") as error:  # somebody made the digest right again
            open_share(share, PASSPHRASE, CHEAP)
        assert error.value.reason is ShareReason.WRONG_PASSPHRASE


def _resealed(whole: dict[str, Any]) -> dict[str, Any]:
    """The file with the digest that belongs to what it says now."""
    plain = {name: value for name, value in whole.items() if name != "sha256"}
    return plain | {"sha256": hashlib.sha256(canonical_json(plain).encode()).hexdigest()}


@pytest.mark.parametrize(("part", "size"), [("salt", 15), ("salt", 17), ("nonce", 11)])
def test_salt_and_nonce_have_their_length(share: Path, part: str, size: int) -> None:
    whole = json.loads(share.read_text())
    (whole["argon2id"] if part == "salt" else whole)[part] = base64.b64encode(bytes(size)).decode()
    share.write_text(json.dumps(_resealed(whole), ensure_ascii=False))
    with pytest.raises(Refused) as error:
        read_share(share, CHEAP)
    assert error.value.reason is ShareReason.NOT_A_SHARE


def test_a_share_has_at_most_a_megabyte(share: Path) -> None:
    share.write_bytes(share.read_bytes().ljust(2**20))
    assert read_share(share, CHEAP).owner == OWNER
    share.write_bytes(share.read_bytes() + b" ")
    with pytest.raises(Refused) as refused:
        read_share(share, CHEAP)
    assert refused.value.reason is FileReason.TOO_LARGE
