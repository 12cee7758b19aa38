"""How are the rows of a year kept and read as values of the domain?

Every row is the canonical JSON of one domain value under its natural key, so that importing the same
thing twice changes nothing and every change can be named.
"""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gaoxin_vote.domain.adjustment import BonusClaim, LateAcceptance
from gaoxin_vote.domain.codec import canonical_json, from_json, to_json
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.decision import Override, Referral, StaffAdjustment, TieDecision
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.supervision import LedgerEntry, SelfAssessment, SiteNote
from gaoxin_vote.domain.units import Leader, Rater, Unit
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.adjustments import ACCEPTANCES, CLAIMS
from gaoxin_vote.spreadsheets.kinds.decisions import OVERRIDES, REFERRALS, STAFF_ADJUSTMENTS, TIES
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.supervision import LEDGER, SITE_NOTES
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.register import Changes, Register
from gaoxin_vote.storage.workspace import Workspace


class InputKind(Labelled):
    """What can be imported; the label is its title on screens."""

    UNITS = "units", "单位名单"
    LEADERS = "leaders", "领导名单"
    RATERS = "raters", "评议人名单"
    TARGETS = "targets", "目标任务与指标"
    INDICATORS = "indicators", "指标得分"
    CLAIMS = "claims", "加减分申报"
    EVENTS = "events", "取消资格情形"
    HISTORY = "history", "历年结果"
    TIE_DECISIONS = "tie_decisions", "并列裁定"
    OVERRIDES = "overrides", "等次调整"
    LATE_ACCEPTANCES = "late_acceptances", "逾期受理"
    STAFF_ADJUSTMENTS = "staff_adjustments", "优秀名额调整"
    REFERRALS = "referrals", "问责移送"
    LEDGER = "ledger", "日常督查台账"
    SELF_ASSESSMENTS = "self_assessments", "年终自评"
    SITE_NOTES = "site_notes", "听查看记录"


class OwnEntry(Enum):
    """What the program notes in the register for itself; nobody imports it."""

    CATALOGUE = "catalogue"
    """The indicators of the first indicator file, until targets are imported."""
    SAMPLE = "sample"
    """The mark of sample data."""


@dataclass(frozen=True, slots=True)
class _Entry:
    value: type[Any]
    kind: Kind[Any]


_ENTRIES: dict[InputKind, _Entry] = {
    InputKind.UNITS: _Entry(Unit, UNITS),
    InputKind.LEADERS: _Entry(Leader, LEADERS),
    InputKind.RATERS: _Entry(Rater, RATERS),
    InputKind.TARGETS: _Entry(Indicator, TARGETS),
    InputKind.INDICATORS: _Entry(IndicatorScore, SCORES),
    InputKind.CLAIMS: _Entry(BonusClaim, CLAIMS),
    InputKind.EVENTS: _Entry(BarringEvent, EVENTS),
    InputKind.HISTORY: _Entry(HistoryEntry, HISTORY),
    InputKind.TIE_DECISIONS: _Entry(TieDecision, TIES),
    InputKind.OVERRIDES: _Entry(Override, OVERRIDES),
    InputKind.LATE_ACCEPTANCES: _Entry(LateAcceptance, ACCEPTANCES),
    InputKind.STAFF_ADJUSTMENTS: _Entry(StaffAdjustment, STAFF_ADJUSTMENTS),
    InputKind.REFERRALS: _Entry(Referral, REFERRALS),
    InputKind.LEDGER: _Entry(LedgerEntry, LEDGER),
    InputKind.SELF_ASSESSMENTS: _Entry(SelfAssessment, SELF_ASSESSMENTS),
    InputKind.SITE_NOTES: _Entry(SiteNote, SITE_NOTES),
}


def file_kind(kind: InputKind) -> Kind[Any]:
    """How files of this kind look: columns, keys and rows."""
    return _ENTRIES[kind].kind


def kept(workspace: Workspace, year: int, kind: InputKind) -> tuple[Any, ...]:
    """All values of a kind, in their order."""
    return values_of(kind, Register(workspace).rows(year, kind))


def values_of(kind: InputKind, rows: tuple[tuple[str, str], ...]) -> tuple[Any, ...]:
    """The values of the (key, content) rows of a kind."""
    value = _ENTRIES[kind].value
    return tuple(from_json(value, json.loads(content), where=kind.label) for _, content in rows)


def keep(workspace: Workspace, year: int, kind: InputKind, values: tuple[Any, ...]) -> Changes:
    """Make these the values of the kind; the same again change nothing. The caller writes the audit."""
    entry = _ENTRIES[kind]
    rows = [(entry.kind.key(value), canonical_json(to_json(value))) for value in values]
    return Register(workspace).replace(year, kind, rows)
