"""How is the year's election key made, so that neither the officer nor the trustees can open anything alone?

At a ceremony the workspace draws its own mandatory key, *n* trustees draw theirs (Pedersen, *t* of *n*), and
each trustee carries the share away in a file under an own passphrase. One a year is the rule; when shares are
lost another one can be held, which makes new keys and keeps the year's signing certificate.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.threshold import new_seed
from gaoxin_vote.belenios.trustee import mandatory_key
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import read_whole
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ceremony import Ceremony, CeremonyStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import CeremonyFacts, ceremony_facts, require_renewable
from gaoxin_vote.workflow.ceremony.share_file import ShareOwner, ShareSecret, open_share, write_new_share
from gaoxin_vote.workflow.ceremony.threshold_group import hold_key_ceremony
from gaoxin_vote.workflow.setup.printable import require_printable

OWN_KEY_NAME = "考核办（主密钥）"


class CeremonyReason(Enum):
    """Why a ceremony refuses a step."""

    BAD_QUORUM = "bad quorum"
    BAD_NAMES = "bad names"
    INCOMPLETE = "incomplete"
    HANDED_OVER = "handed over"


@dataclass(frozen=True, slots=True)
class ShareReceipt:
    """Proof that a trustee's share was written and read back."""

    name: str
    path: Path
    fingerprint: str
    """SHA-256 of the file, 64 hex digits."""


class KeyCeremony:
    """A ceremony under way: held in memory until every trustee has taken the share."""

    def __init__(
        self, workspace: Workspace, year: int, names: tuple[str, ...], threshold: int, reason: str = ""
    ) -> None:
        again = CeremonyStore(workspace).find(year) is not None
        if again:
            require_renewable(workspace, year, reason)
        _require_quorum(names, threshold)
        require_printable((*names, reason))
        self._reason = reason.strip() if again else ""
        self.trustees = names
        self.threshold = threshold
        self.receipts: tuple[ShareReceipt | None, ...] = (None,) * len(names)
        self._workspace = workspace
        self._year = year
        self._ceremony_id = secrets.token_hex(16)
        self._secrets: tuple[ShareSecret, ...] = ()

    def draw_keys(self, progress: Progress) -> None:
        """Draw every key and run the messages of the threshold key generation (BELENIOS 5.2)."""
        seeds = tuple(new_seed() for _ in self.trustees)
        outcome = hold_key_ceremony(seeds, self.threshold, progress, names=self.trustees)
        self._own_secret, own_key = mandatory_key(name=OWN_KEY_NAME)
        self._public = Trustees((own_key, outcome.keys))
        self._secrets = tuple(
            ShareSecret(seed, key) for seed, key in zip(seeds, outcome.decryption_keys, strict=True)
        )

    def hand_over(self, index: int, passphrase: str, path: Path) -> ShareReceipt:
        """Write the share of trustee `index` (0-based) to `path` and read it back with the passphrase.

        Raises `Refused` for a weak passphrase or an existing file, `Unavailable` when the medium fails.
        """
        if self.receipts[index] is not None:
            raise Refused(CeremonyReason.HANDED_OVER, f"{self.trustees[index]}的密钥文件已经写好。")
        name = self.trustees[index]
        secret = self._secrets[index]
        cost = self._workspace.costs.share
        write_new_share(path, passphrase, cost, ShareOwner(self._ceremony_id, index + 1, name), secret)
        try:
            _, read_back = open_share(path, passphrase, cost)
            if read_back != secret:
                raise AssertionError("the share read back differs from the one written")
            receipt = ShareReceipt(name, path, hashlib.sha256(read_whole(path)).hexdigest())
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
        self.receipts = (*self.receipts[:index], receipt, *self.receipts[index + 1 :])
        return receipt

    def complete(self) -> CeremonyFacts:
        """Store the public key, the workspace's own key and the signing certificate; forget the shares.

        The certificate is that of the year's first ceremony: what was signed before stays the year's. Raises
        `Refused` before every share is taken, and when a session has come to need the keys so far.
        """
        from gaoxin_vote.documents.certification import certificate_fingerprint, new_certificate

        if None in self.receipts or not self._secrets:
            missing = [n for n, r in zip(self.trustees, self.receipts, strict=True) if r is None]
            raise Refused(CeremonyReason.INCOMPLETE, f"尚未领取密钥文件：{'、'.join(missing)}。")
        now, earlier = self._workspace.clock(), CeremonyStore(self._workspace).find(self._year)
        if earlier is None:
            certificate, key = new_certificate(self._workspace.office, self._year, now)
        else:
            certificate, key = earlier.certificate.encode(), earlier.certificate_key.encode()
        facts: dict[str, Json] = {
            "reason": self._reason,
            "held_on": now.date().isoformat(),
            "threshold": self.threshold,
            "names": [*self.trustees],
            "trustees_fingerprint": self._public.fingerprint,
            "certificate_fingerprint": certificate_fingerprint(certificate),
        }
        ceremony = Ceremony(
            ceremony=self._ceremony_id,
            trustees=self._public.text,
            secret_key=str(int(self._own_secret)),
            certificate=certificate.decode(),
            certificate_key=key.decode(),
            facts=canonical_json(facts),
        )
        with self._workspace.transaction():
            if earlier is not None:
                require_renewable(self._workspace, self._year, self._reason)
            CeremonyStore(self._workspace).keep(self._year, ceremony)
            AuditLog(self._workspace).append(
                Act.HOLD_CEREMONY, {"ceremony": self._ceremony_id, **facts}, year=self._year
            )
        self._secrets = ()
        done = ceremony_facts(self._workspace, self._year)
        assert done is not None
        return done

    def abandon(self) -> None:
        """Give up: the share files written so far are worthless and are deleted."""
        for receipt in self.receipts:
            if receipt is not None:
                with suppress(OSError):
                    receipt.path.unlink()
        self.receipts = (None,) * len(self.trustees)
        self._secrets = ()


def begin_ceremony(
    workspace: Workspace,
    year: int,
    names: tuple[str, ...],
    threshold: int,
    progress: Progress = silent,
    *,
    reason: str = "",
) -> KeyCeremony:
    """Start a ceremony with `threshold` of these trustees needed to open a tally.

    Where the year has keys already, `reason` says why they are made anew; raises `Refused` without one, and
    while a session needs the keys so far.
    """
    ceremony = KeyCeremony(workspace, year, names, threshold, reason)
    ceremony.draw_keys(progress)
    return ceremony


def _require_quorum(names: tuple[str, ...], threshold: int) -> None:
    if not 2 <= len(names) <= 20 or not 2 <= threshold <= len(names):
        raise Refused(CeremonyReason.BAD_QUORUM, "密钥保管人应为2至20人，开箱人数应在2人至全体之间。")
    if any(not name.strip() for name in names) or len(set(names)) != len(names):
        raise Refused(CeremonyReason.BAD_NAMES, "每位密钥保管人都要有名称，且不得重名。")
