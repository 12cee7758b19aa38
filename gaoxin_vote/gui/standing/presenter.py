"""How do the units stand, and what keeps the year from being finalised?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gaoxin_vote.domain.record import AssessmentRecord, UnitOutcome
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.standing.state import (
    OpenMatter,
    RankingView,
    ScoreParts,
    ranking_views,
    score_parts,
)
from gaoxin_vote.gui.standing.unit.presenter import UnitPages, read_pages
from gaoxin_vote.workflow.results.assessing import assessment, is_final
from gaoxin_vote.workflow.results.finalising import finalise
from gaoxin_vote.workflow.results.last_year import EarlierStanding, last_year
from gaoxin_vote.workflow.results.settling import open_matters
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.workspaces import check_passphrase
from gaoxin_vote.workflow.setup.years import scheme


@dataclass(frozen=True, slots=True)
class StandingState:
    """What the page shows."""

    rows: tuple[tuple[str, ...], ...]
    """Best first; units without a standing at the end."""
    ratings: tuple[str, ...]
    """The titles of the contests, which have a column each."""
    matters: tuple[OpenMatter, ...]
    """What must be settled first, and where."""
    notes: tuple[str, ...]
    places: str
    final: bool
    blocked: str
    """Why the year cannot be finalised."""
    next_step: str
    compared: tuple[tuple[str, ...], ...] = ()
    """The same rows beside the year before; empty where that one is not here or not finalised."""
    codes: tuple[UnitCode, ...] = ()
    """Of each row, whose it is."""
    parts: tuple[ScoreParts, ...] = ()
    """Of each row, what its composite is made of."""
    views: tuple[RankingView, ...] = ()
    """The orders in which the rows can be shown, the usual one first."""


class StandingPresenter:
    """The results of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> StandingState:
        """How the units stand now."""
        if not self._workspace.call(units, self._year):
            words = "请先在“方案与单位”导入单位名单"
            return StandingState((), self._titles(), (), (), "", False, words, f"下一步：{words}。")
        return self._shown(self._workspace.call(assessment, self._year))

    def pages(self) -> UnitPages:
        """Why each unit got what it got."""
        return read_pages(self._workspace, self._year)

    def _titles(self) -> tuple[str, ...]:
        return tuple(rules.contest.title for rules in self._workspace.call(scheme, self._year).contests)

    def finalise(self, decision: str, passphrase: str) -> StandingState:
        """Freeze the year on the leading group's decision. Raises `Refused` without the passphrase."""
        self._workspace.call(check_passphrase, passphrase)
        return self._shown(self._workspace.call(finalise, self._year, decision))

    def _shown(self, record: AssessmentRecord) -> StandingState:
        final = self._workspace.call(is_final, self._year)
        before = self._workspace.call(last_year, self._year)
        ranked = record.ranked
        rest = tuple(outcome for outcome in record.outcomes if outcome.standing is None)
        count = 0 if final else len(record.blockers)
        blocked = "本年度已定稿" if final else f"尚有{count}项须先解决" if count else ""
        if final:
            words = "本年度已定稿。下一步：到“报表”打印各表，导出考核档案包。"
        elif count:
            words = f"下一步：解决下面{count}项（点右边的按钮直接到那里），结果随之更新。"
        else:
            words = "下一步：报领导小组审定，按审定意见定稿。"
        return StandingState(
            rows=tuple(_row(outcome, record.decimals) for outcome in (*ranked, *rest)),
            ratings=tuple(rules.contest.title for rules in record.contests),
            matters=self._workspace.call(open_matters, self._year, record) if count else (),
            notes=tuple(note.message for note in record.notes),
            places=_places(record),
            final=final,
            blocked=blocked,
            next_step=words,
            compared=tuple(_beside(outcome, record.decimals, before) for outcome in (*ranked, *rest))
            if before
            else (),
            codes=tuple(outcome.unit.code for outcome in (*ranked, *rest)),
            parts=tuple(score_parts(outcome) for outcome in (*ranked, *rest)),
            views=ranking_views(record, (*ranked, *rest)),
        )


def _row(outcome: UnitOutcome, decimals: int) -> tuple[str, ...]:
    return (
        str(outcome.standing.order) if outcome.standing else "—",
        outcome.unit.name,
        outcome.unit.unit_class,
        _shown(outcome.indicator, decimals),
        *(_shown(rating.score, decimals) for rating in outcome.ratings),
        _shown(outcome.adjustment.net, decimals),
        *_stands(outcome, decimals),
        _remark(outcome.grade_reason),
    )


def _remark(reason: str) -> str:
    """What fits into the table; the unit's page tells the rest."""
    short, _, rest = reason.partition("：")
    return f"{short}…" if rest else short


def _beside(
    outcome: UnitOutcome, decimals: int, before: Mapping[UnitCode, EarlierStanding]
) -> tuple[str, ...]:
    """How the unit stands, how it stood in the year before, and how many ranks it went up or down."""
    earlier, standing = before.get(outcome.unit.code), outcome.standing
    told: tuple[str, ...] = ("—",) * 4
    if earlier is not None:
        moved = 0 if standing is None else earlier.rank - standing.rank
        way = "—" if standing is None else f"升{moved}" if moved > 0 else f"降{-moved}" if moved else "持平"
        told = (earlier.composite, str(earlier.rank), earlier.grade, way)
    composite, rank, _, grade = _stands(outcome, decimals)
    return (outcome.unit.name, outcome.unit.unit_class, composite, rank, grade, *told)


def _stands(outcome: UnitOutcome, decimals: int) -> tuple[str, str, str, str]:
    standing = outcome.standing
    return (
        _shown(outcome.composite, decimals),
        str(standing.rank) if standing else "—",
        str(standing.class_rank) if standing else "—",
        outcome.grade.label if outcome.grade else "—",
    )


def _shown(value: Decimal | None, decimals: int) -> str:
    return "—" if value is None else str(round_half_up(value, decimals))


def _places(record: AssessmentRecord) -> str:
    parts = [
        f"{quota.scope}（{quota.size}个）优秀{quota.excellent.places}、良好{quota.good.places}"
        for quota in record.quotas
    ]
    return f"名额：{'；'.join(parts)}" if parts else ""
