"""What does a trustee carry away from the key ceremony, and how does it refuse a second count?

The file holds the trustee's seed and decryption key under a passphrase, and the list of tallies it
has already opened. The list is bound to the ciphertext (associated data), so an edited list is noticed;
an older copy of the whole file put back is not, which is why the workspace refuses a second tally too.
A digest of everything else tells a damaged file from a wrong passphrase; it guards against accidents only.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.files import SMALL, read_whole, write_durably
from gaoxin_vote.stretching import Stretching
from gaoxin_vote.workflow.setup.passphrase import normalised, require_strength

_VERSION = 1
_SALT_BYTES, _NONCE_BYTES = 16, 12


class ShareReason(Enum):
    """Why a share file is not accepted."""

    NOT_A_SHARE = "not a share file"
    DAMAGED = "damaged"
    WRONG_PASSPHRASE = "wrong passphrase"
    OTHER_CEREMONY = "other ceremony"
    OTHER_TALLY = "other tally already opened"


@dataclass(frozen=True, slots=True)
class TallyUse:
    """One tally that this share has opened: the election and the hash of its EncryptedTally event."""

    election: str
    tally_hash: str


@dataclass(frozen=True, slots=True)
class ShareOwner:
    """The trustee to whom a share file belongs."""

    ceremony: str
    index: int
    """1-based number among the trustees."""
    name: str


@dataclass(frozen=True, slots=True)
class ShareFile:
    """A share file as read; its secret still locked."""

    owner: ShareOwner
    cost: Stretching
    salt: bytes
    nonce: bytes
    ciphertext: bytes
    used: tuple[TallyUse, ...]

    def _bound(self) -> bytes:
        """Everything but the ciphertext and nonce, bound to it as associated data."""
        return canonical_json(self._plain()).encode()

    def _plain(self) -> dict[str, Json]:
        return {
            "version": _VERSION,
            "ceremony": self.owner.ceremony,
            "index": self.owner.index,
            "name": self.owner.name,
            "argon2id": {
                "salt": base64.b64encode(self.salt).decode(),
                "memory_kib": self.cost.memory_kib,
                "iterations": self.cost.iterations,
                "lanes": self.cost.lanes,
            },
            "used": [{"election": use.election, "tally_hash": use.tally_hash} for use in self.used],
        }

    def content(self) -> bytes:
        """The file's bytes."""
        whole = self._plain() | {
            "nonce": base64.b64encode(self.nonce).decode(),
            "ciphertext": base64.b64encode(self.ciphertext).decode(),
        }
        whole |= {"sha256": hashlib.sha256(canonical_json(whole).encode()).hexdigest()}
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class ShareSecret:
    """The trustee's seed (22 Base58 characters) and decryption key x_j. Never logged."""

    seed: str
    decryption_key: Scalar

    def __repr__(self) -> str:
        return "ShareSecret(…)"


def write_new_share(
    path: Path, passphrase: str, cost: Stretching, owner: ShareOwner, secret: ShareSecret
) -> None:
    """Write a new share file durably; an existing file is never overwritten (`Refused`)."""
    require_strength(passphrase)
    share = ShareFile(owner, cost, secrets.token_bytes(_SALT_BYTES), b"", b"", ())
    key = _key(passphrase, share)
    write_durably(path, _locked(share, key, secret).content(), replace=False)


def open_share(path: Path, passphrase: str, cost: Stretching) -> tuple[ShareFile, ShareSecret]:
    """Read and unlock a share file; raises `Refused` when the passphrase or the file is not right."""
    share = read_share(path, cost)
    return share, _unlocked(share, _key(passphrase, share))


def use_share(
    path: Path, passphrase: str, cost: Stretching, *, ceremony: str, use: TallyUse
) -> tuple[int, ShareSecret]:
    """Unlock the share for one tally: the use is on the medium before the secret is returned.

    Returns the trustee's 1-based index and secret. Raises `Refused` for another ceremony's share and
    `EvidenceBroken` when this share has already opened a different tally of the same election.
    """
    share = read_share(path, cost)
    if share.owner.ceremony != ceremony:
        raise Refused(
            ShareReason.OTHER_CEREMONY,
            f"密钥文件{path.name}（{share.owner.name}）不属于这场会议所用的密钥发放。",
        )
    secret = _unlocked(share, _key(passphrase, share))
    for earlier in share.used:
        if earlier.election == use.election and earlier.tally_hash != use.tally_hash:
            raise EvidenceBroken(
                ShareReason.OTHER_TALLY,
                f"{share.owner.name}的密钥已用于本场会议，但当时的汇总密文与现在的不同，不能再用。"
                "请停止开箱，报告总监票人。",
                details=(f"当时：{earlier.tally_hash}", f"本次：{use.tally_hash}"),
            )
    if use not in share.used:
        grown = replace(share, used=(*share.used, use))
        write_durably(path, _locked(grown, _key(passphrase, share), secret).content())
    return share.owner.index, secret


def read_share(path: Path, cost: Stretching) -> ShareFile:
    """Parse a share file without unlocking it; raises `Refused` when it is none of this cost."""
    try:
        whole = json.loads(read_whole(path, SMALL))
        parameters = whole["argon2id"]
        stated = Stretching(parameters["memory_kib"], parameters["iterations"], parameters["lanes"])
        if whole["version"] != _VERSION or stated != cost:
            raise ValueError("unknown version")
        share = ShareFile(
            owner=ShareOwner(str(whole["ceremony"]), int(whole["index"]), str(whole["name"])),
            cost=cost,
            salt=base64.b64decode(parameters["salt"], validate=True),
            nonce=base64.b64decode(whole["nonce"], validate=True),
            ciphertext=base64.b64decode(whole["ciphertext"], validate=True),
            used=tuple(TallyUse(str(use["election"]), str(use["tally_hash"])) for use in whole["used"]),
        )
        given = whole.pop("sha256")
        sound = given == hashlib.sha256(canonical_json(whole).encode()).hexdigest()
        share.content()  # text that cannot be written back is no text of ours
        if sound and (len(share.salt), len(share.nonce)) != (_SALT_BYTES, _NONCE_BYTES):
            raise ValueError("salt or nonce of another length")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused(
            ShareReason.NOT_A_SHARE, f"{path.name}不是开箱密钥文件，或已损坏。请换用正确的文件或备份。"
        ) from error
    if not sound:
        raise Refused(
            ShareReason.DAMAGED, f"密钥文件{path.name}（{share.owner.name}）已损坏，与口令无关。请换用备份。"
        )
    return share


def _key(passphrase: str, share: ShareFile) -> bytes:
    return share.cost.key(normalised(passphrase), share.salt, 32)


def _locked(share: ShareFile, key: bytes, secret: ShareSecret) -> ShareFile:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = canonical_json({"seed": secret.seed, "key": str(int(secret.decryption_key))}).encode()
    return replace(share, nonce=nonce, ciphertext=AESGCM(key).encrypt(nonce, plain, share._bound()))


def _unlocked(share: ShareFile, key: bytes) -> ShareSecret:
    try:
        plain = json.loads(AESGCM(key).decrypt(share.nonce, share.ciphertext, share._bound()))
    except InvalidTag:
        raise Refused(
            ShareReason.WRONG_PASSPHRASE,
            f"{share.owner.name}的口令不对。请重新输入口令；一直不对的，密钥文件可能被人改动过，请换用备份。",
        ) from None
    return ShareSecret(plain["seed"], Scalar.parse(plain["key"]))
