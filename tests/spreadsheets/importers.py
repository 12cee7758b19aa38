"""Files of each kind, read against just what the kind needs."""

from collections.abc import Collection
from dataclasses import replace

from gaoxin_vote.domain.adjustment import BonusClaim, LateAcceptance
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.decision import (
    CountDecision,
    Override,
    PlaceDecision,
    Referral,
    StaffAdjustment,
    TieDecision,
)
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.supervision import LedgerEntry, SelfAssessment, SiteNote
from gaoxin_vote.domain.units import Leader, Rater, Unit
from gaoxin_vote.spreadsheets.catalogue import Catalogue
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kinds.adjustments import ACCEPTANCES, CLAIMS
from gaoxin_vote.spreadsheets.kinds.count_decisions import COUNTS
from gaoxin_vote.spreadsheets.kinds.decisions import OVERRIDES, REFERRALS, STAFF_ADJUSTMENTS, TIES
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.place_decisions import PLACES
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS, SessionLine
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.supervision import LEDGER, SITE_NOTES
from gaoxin_vote.spreadsheets.kinds.tallies import TallyLine, tally_kind
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import ImportResult
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile

SCHEME = load_scheme(shipped_scheme_text())


def import_units(file: SpreadsheetFile) -> ImportResult[Unit]:
    return read_file(UNITS, file, Context(SCHEME))


def import_leaders(file: SpreadsheetFile) -> ImportResult[Leader]:
    return read_file(LEADERS, file, Context(SCHEME))


def import_targets(
    file: SpreadsheetFile, names: UnitNames, scheme: AssessmentScheme
) -> ImportResult[Indicator]:
    return read_file(TARGETS, file, Context(scheme, names))


def import_scores(
    file: SpreadsheetFile,
    names: UnitNames,
    scheme: AssessmentScheme,
    catalogue: tuple[Indicator, ...] = (),
) -> ImportResult[IndicatorScore]:
    return read_file(SCORES, file, Context(scheme, names, Catalogue(catalogue)))


def import_claims(
    file: SpreadsheetFile, names: UnitNames, scheme: AssessmentScheme
) -> ImportResult[BonusClaim]:
    return read_file(CLAIMS, file, Context(scheme, names))


def import_acceptances(file: SpreadsheetFile, claims: Collection[BonusClaim]) -> ImportResult[LateAcceptance]:
    return read_file(ACCEPTANCES, file, Context(SCHEME, claims=tuple(claims)))


def import_events(
    file: SpreadsheetFile, names: UnitNames, scheme: AssessmentScheme
) -> ImportResult[BarringEvent]:
    return read_file(EVENTS, file, Context(scheme, names))


def import_history(file: SpreadsheetFile, names: UnitNames) -> ImportResult[HistoryEntry]:
    return read_file(HISTORY, file, Context(SCHEME, names))


def import_tie_decisions(file: SpreadsheetFile, names: UnitNames) -> ImportResult[TieDecision]:
    return read_file(TIES, file, Context(SCHEME, names))


def import_place_decisions(file: SpreadsheetFile, names: UnitNames) -> ImportResult[PlaceDecision]:
    return read_file(PLACES, file, Context(SCHEME, names))


def import_count_decisions(file: SpreadsheetFile, names: UnitNames) -> ImportResult[CountDecision]:
    return read_file(COUNTS, file, Context(SCHEME, names))


def import_overrides(file: SpreadsheetFile, names: UnitNames) -> ImportResult[Override]:
    return read_file(OVERRIDES, file, Context(SCHEME, names))


def import_staff_adjustments(file: SpreadsheetFile, names: UnitNames) -> ImportResult[StaffAdjustment]:
    return read_file(STAFF_ADJUSTMENTS, file, Context(SCHEME, names))


def import_referrals(file: SpreadsheetFile, names: UnitNames) -> ImportResult[Referral]:
    return read_file(REFERRALS, file, Context(SCHEME, names))


def import_ledger(file: SpreadsheetFile, names: UnitNames) -> ImportResult[LedgerEntry]:
    return read_file(LEDGER, file, Context(SCHEME, names))


def import_self_assessments(file: SpreadsheetFile, names: UnitNames) -> ImportResult[SelfAssessment]:
    return read_file(SELF_ASSESSMENTS, file, Context(SCHEME, names))


def import_site_notes(file: SpreadsheetFile, names: UnitNames) -> ImportResult[SiteNote]:
    return read_file(SITE_NOTES, file, Context(SCHEME, names))


def import_sessions(file: SpreadsheetFile, contests: tuple[ContestRules, ...]) -> ImportResult[SessionLine]:
    return read_file(SESSIONS, file, Context(replace(SCHEME, contests=contests)))


def import_raters(file: SpreadsheetFile, contests: tuple[ContestRules, ...]) -> ImportResult[Rater]:
    return read_file(RATERS, file, Context(replace(SCHEME, contests=contests)))


def import_tally(file: SpreadsheetFile, names: UnitNames, rules: ContestRules) -> ImportResult[TallyLine]:
    return read_file(tally_kind(rules), file, Context(SCHEME, names))
