"""How are the rows of a year kept and read as values of the domain?

Every row is the canonical JSON of one domain value under its natural key, so that importing the same
thing twice changes nothing and every change can be named.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gaoxin_vote.domain.adjustment import BonusClaim, LateAcceptance
from gaoxin_vote.domain.codec import canonical_json, from_json, to_json
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.decision import Override, Referral, StaffAdjustment, TieDecision
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.supervision import LedgerEntry, SelfAssessment, SiteNote
from gaoxin_vote.domain.units import Leader, Unit
from gaoxin_vote.storage.register import Changes, Register
from gaoxin_vote.storage.workspace import Workspace


class InputKind(Enum):
    """What can be imported; the value is its title on screens."""

    UNITS = "单位名单"
    LEADERS = "领导名单"
    TARGETS = "目标任务与指标"
    INDICATORS = "指标得分"
    CLAIMS = "加减分申报"
    EVENTS = "取消资格情形"
    HISTORY = "历年结果"
    TIE_DECISIONS = "并列裁定"
    OVERRIDES = "等次调整"
    LATE_ACCEPTANCES = "逾期受理"
    STAFF_ADJUSTMENTS = "优秀名额调整"
    REFERRALS = "问责移送"
    LEDGER = "日常督查台账"
    SELF_ASSESSMENTS = "年终自评"
    SITE_NOTES = "听查看记录"


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: type[Any]
    key: Callable[[Any], str]


_ENTRIES: dict[InputKind, _Entry] = {
    InputKind.UNITS: _Entry(Unit, lambda unit: unit.code),
    InputKind.LEADERS: _Entry(Leader, lambda leader: leader.code),
    InputKind.TARGETS: _Entry(Indicator, lambda target: f"{target.unit or '*'}/{target.code}"),
    InputKind.INDICATORS: _Entry(IndicatorScore, lambda score: f"{score.unit}/{score.indicator}"),
    InputKind.CLAIMS: _Entry(BonusClaim, lambda claim: claim.claim_id),
    InputKind.EVENTS: _Entry(BarringEvent, lambda event: event.event_id),
    InputKind.HISTORY: _Entry(HistoryEntry, lambda entry: f"{entry.year}/{entry.unit}"),
    InputKind.TIE_DECISIONS: _Entry(TieDecision, lambda decision: decision.unit),
    InputKind.OVERRIDES: _Entry(Override, lambda override: override.unit),
    InputKind.LATE_ACCEPTANCES: _Entry(LateAcceptance, lambda late: late.claim_id),
    InputKind.STAFF_ADJUSTMENTS: _Entry(StaffAdjustment, lambda staff: staff.unit),
    InputKind.REFERRALS: _Entry(Referral, lambda referral: referral.unit),
    InputKind.LEDGER: _Entry(LedgerEntry, lambda entry: entry.entry_id),
    InputKind.SELF_ASSESSMENTS: _Entry(SelfAssessment, lambda report: report.unit),
    InputKind.SITE_NOTES: _Entry(
        SiteNote, lambda note: f"{note.unit}/{note.indicator}/{note.manner.value}/{note.scorer}"
    ),
}


def natural_key(kind: InputKind, value: Any) -> str:
    """The key under which a value of this kind is kept; equal keys mean the same thing."""
    return _ENTRIES[kind].key(value)


def kept(workspace: Workspace, year: int, kind: InputKind) -> tuple[Any, ...]:
    """All values of a kind, in their order."""
    entry = _ENTRIES[kind]
    rows = Register(workspace).rows(year, kind.name)
    return tuple(from_json(entry.kind, json.loads(content), where=kind.value) for _, content in rows)


def keep(workspace: Workspace, year: int, kind: InputKind, values: tuple[Any, ...]) -> Changes:
    """Make these the values of the kind; the same again change nothing. The caller writes the audit."""
    entry = _ENTRIES[kind]
    rows = [(entry.key(value), canonical_json(to_json(value))) for value in values]
    return Register(workspace).replace(year, kind.name, rows)
