"""Which key ceremonies has a year had, what was fixed at each, and may another one be held?

Keys are made anew when too many share files or passphrases are lost. What was counted under the earlier keys
stands and keeps them; what is prepared from then on gets the newest.
"""

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum

from gaoxin_vote.domain.fingerprint import check_fingerprint
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.ceremony import Ceremony, CeremonyStore, HeldKeysReason
from gaoxin_vote.storage.sessions import KeptSession
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore


class RenewalReason(Enum):
    """Why keys are not made anew."""

    REASON_MISSING = "reason missing"


@dataclass(frozen=True, slots=True)
class CeremonyFacts:
    """What everybody may know of a ceremony, as printed on its record."""

    ceremony_id: str
    number: int
    """1 for the first of the year; the newest one made the keys of what is prepared now."""
    reason: str
    """Why keys were made anew; empty for the first."""
    held_on: date
    threshold: int
    names: tuple[str, ...]
    trustees_fingerprint: str
    """SHA-256 of the public trustees text, 64 hex digits."""
    certificate_fingerprint: str
    """SHA-256 of the signing certificate (DER), 64 hex digits; the same at every ceremony of the year."""

    @property
    def fingerprint(self) -> str:
        """核对指纹, which `verify --expect` takes."""
        return check_fingerprint(self.trustees_fingerprint, self.certificate_fingerprint)

    @property
    def title(self) -> str:
        """Such as 第2次密钥发放（2018年1月20日）."""
        return f"第{self.number}次密钥发放（{spoken_day(self.held_on)}）"


def ceremony_facts(workspace: Workspace, year: int) -> CeremonyFacts | None:
    """The public facts of the newest ceremony of the year, or None when none was held."""
    held = ceremonies(workspace, year)
    return held[-1] if held else None


def ceremonies(workspace: Workspace, year: int) -> tuple[CeremonyFacts, ...]:
    """The same of every ceremony of the year, in the order in which they were held."""
    kept = CeremonyStore(workspace).ceremonies(year)
    return tuple(facts_of(ceremony, number) for number, ceremony in enumerate(kept, 1))


def ceremony_of(workspace: Workspace, year: int, trustees: str) -> tuple[Ceremony, CeremonyFacts] | None:
    """The ceremony that made these `trustees`, as stored with a session; None where none of the year did."""
    for number, ceremony in enumerate(CeremonyStore(workspace).ceremonies(year), 1):
        if ceremony.trustees == trustees:
            return ceremony, facts_of(ceremony, number)
    return None


def facts_of(ceremony: Ceremony, number: int) -> CeremonyFacts:
    """What is public of a ceremony, the `number`-th of its year."""
    facts = json.loads(ceremony.facts)
    return CeremonyFacts(
        ceremony_id=ceremony.ceremony,
        number=number,
        reason=facts["reason"],
        held_on=date.fromisoformat(facts["held_on"]),
        threshold=facts["threshold"],
        names=tuple(facts["names"]),
        trustees_fingerprint=facts["trustees_fingerprint"],
        certificate_fingerprint=facts["certificate_fingerprint"],
    )


def renewal_obstacles(workspace: Workspace, year: int) -> tuple[str, ...]:
    """Which sessions still need the keys so far, in Chinese, each with the way out; empty where none does.

    A session that is prepared without slips is bound to no keys; its slips will be made under the new ones.
    """
    return tuple(map(_obstacle, CeremonyStore(workspace).using(year)))


def require_keys_free(workspace: Workspace, year: int) -> None:
    """Raise `Refused` while a session needs the keys so far (a line for each), and in a finalised year."""
    YearStore(workspace).require_draft(year)
    if obstacles := renewal_obstacles(workspace, year):
        raise Refused(
            HeldKeysReason.IN_USE,
            "还有测评会议要用现在的密钥，不能重新发放密钥。",
            details=obstacles,
        )


def require_renewable(workspace: Workspace, year: int, reason: str) -> None:
    """Raise `Refused` unless the keys of the year may be made anew: not without a reason either."""
    require_keys_free(workspace, year)
    if not reason.strip():
        raise Refused(RenewalReason.REASON_MISSING, "重新发放密钥必须写明原因。")


def _obstacle(kept: KeptSession) -> str:
    session = kept.session
    if session.stage is Stage.SETUP:
        return (
            f"{session.title}已用现在的密钥生成票码条：请先作废这场会议，重新发放密钥后重新筹备、打印票码条。"
        )
    way = "请先开箱计票" if session.stage is Stage.SEALED else "请先投完、封箱并开箱计票"
    return f"{session.title}{session.stage.label}，尚未计票：{way}；密钥已不够开箱的，只能作废后重新投票。"
