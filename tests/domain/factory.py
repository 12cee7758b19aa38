"""A small year that is valid by default; a test overrides what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Contest, Grade
from gaoxin_vote.domain.decision import TieDecision
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import Blocker, BlockerKind
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.tally import Reconciliation, SessionTally, UnitCount
from gaoxin_vote.domain.units import Unit, UnitCode
from tests.contests import LEADERSHIP, PEER

from .cases import toml_scheme

LEADERS = 9


def small_year(
    indicators: Sequence[str],
    *,
    scheme: AssessmentScheme | None = None,
    classes: Sequence[str] = (),
    leaders: dict[int, tuple[int, int, int, int]] | None = None,
    peers: dict[int, tuple[int, int, int, int]] | None = None,
    bars: Sequence[tuple[int, str]] = (),
    staff: int = 20,
) -> AssessmentInputs:
    """One unit (A1, A2, …) per indicator total; everybody marks 良好 unless said otherwise.

    With 8.00 points of each contest a unit's composite is its indicator total + 16. Numbers in `leaders`,
    `peers` and `bars` are indexes into `indicators`.
    """
    codes = [UnitCode(f"A{index:02}") for index in range(1, len(indicators) + 1)]
    groups = list(classes) or ["机关部门"] * len(codes)
    others = len(codes) - 1
    leader_rows = dict.fromkeys(range(len(codes)), (0, LEADERS, 0, 0)) | (leaders or {})
    peer_rows = dict.fromkeys(range(len(codes)), (0, others, 0, 0)) | (peers or {})
    return AssessmentInputs(
        scheme=scheme or toml_scheme({}),
        units=tuple(
            Unit(code, f"单位{code}", group, staff) for code, group in zip(codes, groups, strict=True)
        ),
        tallies=(
            session(LEADERSHIP, LEADERS, [count(codes[i], row) for i, row in leader_rows.items()]),
            session(PEER, len(codes), [count(codes[i], row) for i, row in peer_rows.items()]),
        ),
        scores=tuple(
            IndicatorScore(code, "Z1", "全部指标", Decimal(80), Decimal(total))
            for code, total in zip(codes, indicators, strict=True)
        ),
        events=tuple(event(codes[index], kind, number) for number, (index, kind) in enumerate(bars)),
        history=tuple(
            HistoryEntry(year, code, 1, Grade.GOOD, False) for year in (2015, 2016) for code in codes
        ),
    )


def session(
    contest: Contest, voters: int, counts: Sequence[UnitCount], *, group: str = "", number: int = 1
) -> SessionTally:
    """A session in which everybody came and returned a valid ballot."""
    numbers = Reconciliation(voters, voters, voters, voters, voters, 0)
    return SessionTally(contest, group, number, numbers, tuple(counts))


def count(unit: str, grades: tuple[int, int, int, int], *, abstained: int = 0, void: int = 0) -> UnitCount:
    """A row of a printed table: the unit's own ballot is not in it."""
    return UnitCount(UnitCode(unit), grades, abstained, recusals=0, void=void)


def event(unit: str, kind: str, number: int = 0, *, decided: bool = True) -> BarringEvent:
    """An event, written D2 or D2:安全生产."""
    code, _, area = kind.partition(":")
    day = date(2018, 1, 16) if decided else None
    return BarringEvent(f"E{number}", UnitCode(unit), code, area, decided_on=day)


def honour(
    unit: str, level: str, matter: str = "", *, claim_id: str = "B1", declared: str = "2018-01-05"
) -> BonusClaim:
    """An approved honour."""
    day = date.fromisoformat(declared) if declared else None
    return BonusClaim(
        claim_id,
        UnitCode(unit),
        ClaimCategory.HONOUR,
        level,
        matter,
        "荣誉",
        declared_on=day,
        approved=True,
    )


def valid() -> AssessmentInputs:
    """Four units, nothing wrong."""
    return small_year(["70", "65", "60", "55"])


def manual(**places: tuple[int, int]) -> dict[str, object]:
    """The patch of a scheme that gives each class so many places of 优秀 and of 良好."""
    given = {name: {"excellent": best, "good": next_best} for name, (best, next_best) in places.items()}
    return {"quota.mode": "manual", "quota.manual": given}


def decide(*order: str) -> tuple[TieDecision, ...]:
    """The leading group's order of these units."""
    return tuple(TieDecision(UnitCode(unit), place, "会议决定") for place, unit in enumerate(order, start=1))


def with_counts(inputs: AssessmentInputs, contest: Contest, rows: list[UnitCount]) -> AssessmentInputs:
    """The year with some rows of a contest replaced."""
    new = {row.unit: row for row in rows}
    tallies = tuple(
        replace(tally, counts=tuple(new.get(row.unit, row) for row in tally.counts))
        if tally.contest == contest
        else tally
        for tally in inputs.tallies
    )
    return replace(inputs, tallies=tallies)


def with_numbers(inputs: AssessmentInputs, contest: Contest, numbers: Reconciliation) -> AssessmentInputs:
    """The year with other numbers of a contest."""
    tallies = tuple(
        replace(tally, reconciliation=numbers) if tally.contest == contest else tally
        for tally in inputs.tallies
    )
    return replace(inputs, tallies=tallies)


def under(inputs: AssessmentInputs, **patch: object) -> AssessmentInputs:
    """The same year under a scheme with some keys changed; ``__`` stands for the dot."""
    return replace(
        inputs, scheme=toml_scheme({key.replace("__", "."): value for key, value in patch.items()})
    )


def blocked(inputs: AssessmentInputs) -> list[tuple[BlockerKind, str]]:
    """What blocks the year."""
    return [(blocker.kind, blocker.message) for blocker in assess(inputs).blockers]


def printed(inputs: AssessmentInputs) -> Any:
    """The JSON of the year's record."""
    return assess(inputs).as_json()


def only_blocker(inputs: AssessmentInputs) -> Blocker:
    """The one thing that blocks the year."""
    blockers = assess(inputs).blockers
    assert len(blockers) == 1, blockers
    return blockers[0]
