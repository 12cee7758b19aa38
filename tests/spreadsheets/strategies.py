"""Values of every kind that an office could have entered, for property tests."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory, LateAcceptance
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Contest, ContestCode, Grade
from gaoxin_vote.domain.contest_rules import Raters
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
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.spelling import visible_text
from gaoxin_vote.domain.supervision import (
    DeclaredCompletion,
    Inspection,
    LedgerEntry,
    SelfAssessment,
    SiteNote,
    SupervisionManner,
)
from gaoxin_vote.domain.tally import Reconciliation, UnitCount
from gaoxin_vote.domain.units import Leader, Rater, Unit, UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kinds.sessions import SessionLine
from gaoxin_vote.spreadsheets.kinds.tallies import TallyLine
from tests.contests import LEADERSHIP, PEER, PEER_RULES

UNITS = tuple(
    Unit(UnitCode(code), name, "机关部门", 9)
    for code, name in (("U01", "=办公室"), ("U02", "组织人事局"), ("003", "高岭办事处"))
)
CODES = tuple(unit.code for unit in UNITS)

DEPUTIES = replace(PEER_RULES, contest=Contest(ContestCode("deputies"), "代表评议"), raters=Raters.PERSONS)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(visible_text).map(str.strip)
"""Any text without white space at its ends: signs of formulas, line breaks, all but what is invisible."""
some_text = text.filter(bool)
person = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="、；;"), max_size=6).map(
    visible_text
)
people = st.lists(person.map(str.strip).filter(bool), max_size=3).map(tuple)
code = st.from_regex(r"[=+@A-Z'-][0-9]{1,3}", fullmatch=True)
unit_code = st.sampled_from(CODES)
day = st.dates()
maybe_day = st.none() | day
points = st.decimals(-100, 100, places=3, allow_nan=False)
count = st.integers(0, 10_000)


def unique(
    strategy: st.SearchStrategy[Any], key: Callable[[Any], object]
) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to three values with different keys."""
    return st.lists(strategy, max_size=3, unique_by=key).map(tuple)


@st.composite
def units(draw: st.DrawFn) -> tuple[Unit, ...]:
    """Units with different codes, names and aliases."""
    names = draw(st.lists(person.map(lambda n: f"甲{n}乙"), min_size=1, max_size=5, unique_by=matching))
    aliases = tuple(name.strip() for name in names[1:3])
    rest = [Unit(UnitCode(f"U{n}"), name, draw(some_text), draw(count)) for n, name in enumerate(names[3:])]
    return (Unit(UnitCode("首"), names[0], draw(some_text), draw(count), aliases), *rest)


claims = unique(
    st.builds(
        BonusClaim,
        code,
        unit_code,
        st.just(ClaimCategory.HONOUR),
        st.sampled_from(["市级", "省级", "国家级"]),
        some_text,
        some_text,
        text,
        maybe_day,
        maybe_day,
        st.none() | points,
        st.none() | st.booleans(),
        st.none() | points,
        text,
        text,
    ),
    lambda claim: claim.claim_id.lower(),
)
CLAIM = BonusClaim("A1", CODES[0], ClaimCategory.INNOVATION, "", "", "事项")
OTHER_CLAIM = BonusClaim("A2", CODES[1], ClaimCategory.INNOVATION, "", "", "事项")
acceptances = unique(
    st.builds(LateAcceptance, st.sampled_from(["A1", "A2"]), some_text, maybe_day), lambda one: one.claim_id
)
events = unique(
    st.builds(
        BarringEvent, code, unit_code, st.sampled_from(["D1", "D2", "F1"]), text, text, text, maybe_day
    ),
    lambda event: event.event_id.lower(),
)
history = unique(
    st.builds(
        HistoryEntry,
        st.integers(1000, 2016),
        unit_code | st.just(UnitCode("旧单位")),
        st.integers(1, 99),
        st.sampled_from(Grade),
        st.booleans(),
    ),
    lambda entry: (entry.year, entry.unit),
)
ties = unique(
    st.builds(TieDecision, unit_code, st.integers(1, 99), some_text, maybe_day), lambda one: one.unit
)
place_decisions = unique(
    st.builds(
        PlaceDecision,
        st.just("机关部门"),
        st.sampled_from([Grade.EXCELLENT, Grade.GOOD]),
        st.integers(1, 99),
        some_text,
        maybe_day,
    ),
    lambda one: (one.scope, one.grade),
)
count_decisions = unique(
    st.builds(
        CountDecision,
        st.sampled_from([ContestCode("leader"), ContestCode("peer")]),
        text,
        st.integers(1, 9),
        unit_code,
        some_text,
        maybe_day,
    ),
    lambda one: (one.contest, one.group, one.number, one.unit),
)
overrides = unique(
    st.builds(Override, unit_code, st.sampled_from(Grade), some_text, maybe_day), lambda one: one.unit
)
staff_adjustments = unique(st.builds(StaffAdjustment, unit_code, count, some_text), lambda one: one.unit)
referrals = unique(st.builds(Referral, unit_code, some_text), lambda one: (one.unit, one.note))
leaders = unique(st.builds(Leader, code, some_text, text), lambda leader: leader.code.lower())
raters = unique(
    st.builds(Rater, st.just(DEPUTIES.contest.code), code, some_text, text), lambda rater: rater.code.lower()
)
"""Persons who rate in `DEPUTIES`."""
ledger = unique(
    st.builds(
        LedgerEntry,
        code,
        unit_code,
        day,
        st.sampled_from(SupervisionManner),
        text,
        some_text,
        text,
        text,
        text,
    ),
    lambda entry: entry.entry_id.lower(),
)
site_notes = unique(
    st.builds(
        SiteNote,
        unit_code,
        some_text,
        st.sampled_from(Inspection),
        some_text,
        text,
        st.none() | unit_code,
        st.booleans(),
        maybe_day,
    ),
    lambda note: (note.unit, note.manner),
)
self_assessments = unique(
    st.builds(
        SelfAssessment,
        unit_code,
        some_text,
        text,
        text,
        text,
        maybe_day,
        unique(
            st.builds(DeclaredCompletion, code, st.booleans(), text, text, text),
            lambda one: one.indicator.lower(),
        ),
    ),
    lambda report: report.unit,
)


@st.composite
def scores(draw: st.DrawFn) -> tuple[IndicatorScore, ...]:
    """A score for each of three indicators of each unit, the same full scores everywhere."""
    fulls = (
        ("Z1", "重点", Decimal("40.5")),
        ("Z2", draw(some_text), Decimal("29.5")),
        ("Z3", "=1+1", Decimal(10)),
    )
    return tuple(
        IndicatorScore(
            unit,
            indicator,
            name,
            full,
            draw(st.decimals(0, full, places=2)),
            draw(text),
            draw(text),
            draw(text),
            draw(st.none() | unit_code),
            draw(people),
        )
        for unit in CODES
        for indicator, name, full in fulls
    )


@st.composite
def targets(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """Two indicators of every unit, and one unit with its own weights for them."""
    own = draw(unit_code)
    return tuple(
        Indicator(unit, indicator, draw(some_text), Decimal(full), draw(text), draw(text))
        for unit, indicator, full in (
            (None, "Z1", 50),
            (None, "Z2", 30),
            (own, "Z1", 42),
            (own, "Z2", 38),
        )
    )


def tallies(contest: Contest) -> st.SearchStrategy[tuple[TallyLine, ...]]:
    """The counts of every unit in a first poll, and of one unit in a repetition."""

    @st.composite
    def build(draw: st.DrawFn) -> tuple[TallyLine, ...]:
        group = draw(st.sampled_from(["", "主要领导"]))
        polls = [(unit, 1) for unit in CODES] + [(draw(unit_code), 2)]
        return tuple(TallyLine(contest, group, number, draw(_count(unit))) for unit, number in polls)

    return build()


@st.composite
def _count(draw: st.DrawFn, unit: UnitCode) -> UnitCount:
    grades = (draw(count), draw(count), draw(count), draw(count))
    blanks = draw(count)
    return UnitCount(unit, grades, blanks, draw(st.none() | st.integers(0, blanks)), draw(count))


@st.composite
def sessions(draw: st.DrawFn) -> tuple[SessionLine, ...]:
    """Reports of up to three sessions."""
    which = draw(
        st.lists(
            st.tuples(st.sampled_from((LEADERSHIP, PEER)), st.sampled_from(["", "甲组"]), st.integers(1, 3)),
            unique=True,
            max_size=3,
        )
    )
    return tuple(
        SessionLine(
            Reconciliation(draw(count), draw(count), draw(count), draw(count), draw(count), draw(count)),
            SessionMinutes(
                contest,
                group,
                number,
                draw(maybe_day),
                draw(text),
                draw(text),
                draw(text),
                draw(people),
                draw(people),
            ),
        )
        for contest, group, number in which
    )
