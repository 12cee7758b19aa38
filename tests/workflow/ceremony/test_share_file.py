import json
import os
import stat
from pathlib import Path

import pytest

from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.workflow.ceremony.share_file import (
    ShareReason,
    ShareSecret,
    TallyUse,
    open_share,
    read_share,
    use_share,
    write_new_share,
)

SECRET = ShareSecret("aXbYcZ1234567890abcdef", Scalar.of(12345678901234567890))
PASSPHRASE = "the trustee's words"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("share") / "share.json"
    write_new_share(path, PASSPHRASE, ceremony="c1", index=2, name="区纪委", secret=SECRET)
    return path.read_bytes()


@pytest.fixture
def share(original: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "share.json"
    path.write_bytes(original)
    return path


def test_what_was_written_is_read_back_with_the_passphrase_alone(share: Path) -> None:
    found, secret = open_share(share, PASSPHRASE)
    assert (found.name, found.index, found.used, secret) == ("区纪委", 2, (), SECRET)
    text = share.read_text()
    assert SECRET.seed not in text and str(int(SECRET.decryption_key)) not in text
    with pytest.raises(Refused) as error:
        open_share(share, PASSPHRASE + "!")
    assert error.value.reason is ShareReason.WRONG_PASSPHRASE


def test_an_existing_file_is_never_overwritten(share: Path) -> None:
    before = share.read_bytes()
    with pytest.raises(Refused):
        write_new_share(share, PASSPHRASE, ceremony="c2", index=1, name="x", secret=SECRET)
    assert share.read_bytes() == before


def test_a_share_opens_one_tally_of_an_election_and_no_other(share: Path) -> None:
    first = TallyUse("election", "a" * 64)
    assert use_share(share, PASSPHRASE, ceremony="c1", use=first) == (2, SECRET)
    assert read_share(share).used == (first,)
    assert use_share(share, PASSPHRASE, ceremony="c1", use=first) == (2, SECRET)
    other_election = TallyUse("another", "b" * 64)
    use_share(share, PASSPHRASE, ceremony="c1", use=other_election)
    with pytest.raises(EvidenceBroken) as error:
        use_share(share, PASSPHRASE, ceremony="c1", use=TallyUse("election", "b" * 64))
    assert error.value.reason is ShareReason.OTHER_TALLY
    assert read_share(share).used == (first, other_election)


def test_the_list_of_uses_cannot_be_edited(share: Path) -> None:
    use_share(share, PASSPHRASE, ceremony="c1", use=TallyUse("election", "a" * 64))
    whole = json.loads(share.read_text())
    whole["used"] = []
    share.write_text(json.dumps(whole, ensure_ascii=False))
    with pytest.raises(Refused):
        open_share(share, PASSPHRASE)


def test_another_ceremonys_share_and_other_files_are_refused(share: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused) as error:
        use_share(share, PASSPHRASE, ceremony="c2", use=TallyUse("e", "a" * 64))
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
            read_share(tmp_path / "other")
        assert error.value.reason is ShareReason.NOT_A_SHARE


def test_a_medium_that_cannot_be_written_gives_no_secret(
    share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable):
        use_share(share, PASSPHRASE, ceremony="c1", use=TallyUse("election", "a" * 64))
    assert read_share(share).used == ()
    assert [path.name for path in share.parent.iterdir()] == ["share.json"]
    assert stat.S_ISREG(share.stat().st_mode)


def test_a_weak_passphrase_is_refused(tmp_path: Path) -> None:
    for weak in ("short", "aaaaaaaaaaaa"):
        with pytest.raises(Refused):
            write_new_share(tmp_path / "s", weak, ceremony="c", index=1, name="x", secret=SECRET)
    assert not (tmp_path / "s").exists()
