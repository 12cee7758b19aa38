"""Is a trustee's share file usable, and whose is it? Asked before a meeting, while lost keys can be replaced.

Nothing is decrypted but the share itself, in memory; the file is not written to.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.group import GENERATOR
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import CeremonyFacts, ceremony_facts, facts_of
from gaoxin_vote.workflow.ceremony.share_file import (
    ShareFile,
    ShareOwner,
    ShareReason,
    ShareSecret,
    open_share,
    read_share,
)


class ShareCheckReason(Enum):
    """Why a share that can be unlocked is no evidence of a usable key."""

    OTHER_KEY = "other key"


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """A share file that is usable."""

    name: str
    """Of the trustee."""
    index: int
    """1-based number among the trustees."""
    ceremony: CeremonyFacts
    opened: int
    """How many tallies it has opened so far."""


@dataclass(frozen=True, slots=True)
class CheckedTrustee:
    """When the share file of a trustee was last found usable."""

    name: str
    checked: bool
    """Since the ceremony."""
    day: date | None
    """None where it never was, and while votes were being cast, when no time is noted."""


def check_share(workspace: Workspace, year: int, path: Path, passphrase: str) -> ShareCheck:
    """Unlock the share file and hold its key against the newest ceremony of the year; the act is noted.

    Raises `Refused` for a file that is no share, is damaged, or is another ceremony's (before the passphrase
    is looked at), and for a wrong passphrase; `EvidenceBroken` when the key is not the trustee's.
    """
    ceremony = CeremonyStore(workspace).ceremony(year)
    cost = workspace.costs.share
    require_ceremony(workspace, path, read_share(path, cost), ceremony.ceremony)
    share, secret = open_share(path, passphrase, cost)
    _require_own_key(Trustees.parse(ceremony.trustees), share, secret)
    facts = ceremony_facts(workspace, year)
    assert facts is not None
    with workspace.transaction():
        AuditLog(workspace).append(
            Act.CHECK_SHARE,
            {"ceremony": ceremony.ceremony, "trustee": share.owner.name},
            year=year,
            timed=not _voting(workspace),
        )
    return ShareCheck(share.owner.name, share.owner.index, facts, len(share.used))


def checked_trustees(workspace: Workspace, year: int) -> tuple[CheckedTrustee, ...]:
    """When each trustee's share was last found usable, for the newest ceremony; empty before the first."""
    facts = ceremony_facts(workspace, year)
    if facts is None:
        return ()
    found: dict[str, date | None] = {}
    for entry in AuditLog(workspace).entries(year):
        content = json.loads(entry.content) if entry.act == Act.CHECK_SHARE.value else {}
        if content.get("ceremony") == facts.ceremony_id:
            day = datetime.fromisoformat(entry.time).date() if entry.time else None
            found[content["trustee"]] = day or found.get(content["trustee"])
    return tuple(CheckedTrustee(name, name in found, found.get(name)) for name in facts.names)


def require_ceremony(workspace: Workspace, path: Path, share: ShareFile, wanted: str) -> None:
    """Raise `Refused`, saying whose the share is, unless it is of the ceremony with the id `wanted`."""
    owner = share.owner
    if owner.ceremony == wanted:
        return
    held = CeremonyStore(workspace).of_all_years()
    known = {each.ceremony: (year, facts_of(each, number)) for year, number, each in held}
    right = f"{known[wanted][0]}年度{known[wanted][1].title}"
    words = f"密钥文件{path.name}（{owner.name}）{_origin(owner, known)}，现在要用的是{right}的密钥文件。"
    raise Refused(ShareReason.OTHER_CEREMONY, f"{words}请换用那次发放时领取的文件。")


def _origin(owner: ShareOwner, known: dict[str, tuple[int, CeremonyFacts]]) -> str:
    if owner.ceremony not in known:
        return "不属于本工作区的任何一次密钥发放（可能是别的工作区的，或者那次发放没有完成）"
    year, facts = known[owner.ceremony]
    return f"是{year}年度{facts.title}的"


def _require_own_key(trustees: Trustees, share: ShareFile, secret: ShareSecret) -> None:
    """The key in the file is that of the trustee whose name is on it."""
    group = trustees.items[-1].verification_keys
    owner = share.owner
    own = group[owner.index - 1] if 1 <= owner.index <= len(group) else None
    if own is None or (own.name, own.public_key) != (owner.name, GENERATOR**secret.decryption_key):
        raise EvidenceBroken(
            ShareCheckReason.OTHER_KEY,
            f"{owner.name}的密钥文件里的密钥与发放时所定的不符，不能用来开箱。请换用备份。",
        )


def _voting(workspace: Workspace) -> bool:
    """Whether votes are being cast: then no act carries a time."""
    kept = SessionStore(workspace).kept_of_all_years()
    return any(each.session.stage in (Stage.OPEN, Stage.SUSPENDED) for each in kept)
