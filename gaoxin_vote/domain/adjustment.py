"""Which bonus and deduction claims count, and why?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.units import UnitCode


class ClaimCategory(Labelled):
    """Grounds for points added or deducted (notice, part 3 (2) 3)."""

    HONOUR = "honour", "荣誉"
    INNOVATION = "innovation", "创新"
    PUBLICATION = "publication", "发表"
    CITY_ITEM = "city_item", "单项考核"


@dataclass(frozen=True, slots=True)
class BonusClaim:
    """One claim 加(减)分申报, with the decision on it."""

    claim_id: str
    unit: UnitCode
    category: ClaimCategory
    level: str
    """市级, 省级, 国家级; 优秀 … 不合格 for a city item; empty for an innovation."""
    matter_id: str
    """同一事项: claims of one matter carry the same id (R19)."""
    title: str
    issued_by: str = ""
    issued_on: date | None = None
    declared_on: date | None = None
    """The day it reached the assessment office; None for what the office entered itself."""
    requested_points: Decimal | None = None
    approved: bool | None = None
    """The leading group's decision; None while it is not settled."""
    approved_points: Decimal | None = None
    """核定分值: decides the points of an innovation only, the others follow the scheme."""
    opinion: str = ""
    """领导小组审核意见."""
    office_opinion: str = ""
    """考核办初审意见 (A21)."""


@dataclass(frozen=True, slots=True)
class LateAcceptance:
    """The leading group's decision to count a late claim all the same (A23)."""

    claim_id: str
    reason: str
    decided_on: date | None = None


class CapMode(Labelled):
    """How the limit of points added or deducted is applied (A19)."""

    SEPARATE = "separate", "加分、减分各以上限为限再相抵"
    """To the additions and to the deductions, which are then netted (R17)."""
    NET = "net", "相抵后以上限为限"
    """To the sum of both."""


@dataclass(frozen=True, slots=True)
class BonusRules:
    """The rules of points added and deducted (notice, part 3 (2) 3)."""

    level_points: tuple[tuple[str, Decimal], ...]
    """Points of each level of an honour or publication (R13, R15)."""
    city_item_points: tuple[tuple[str, Decimal], ...]
    """Points of each result of a city item (R16)."""
    innovation_min: Decimal
    innovation_max: Decimal
    """Any value between the two is allowed (R14)."""
    cap: Decimal
    cap_mode: CapMode
    deadline: date
    deadline_inclusive: bool
    """Whether the day itself is in time (R18, A23)."""
    season_days: int
    """Days after the deadline until which what is entered for the year may be dated (A39)."""
    same_matter_categories: tuple[ClaimCategory, ...]
    """Categories within which one matter counts once, at its highest level (R19, A20)."""

    def in_time(self, declared_on: date) -> bool:
        """Whether a claim that arrived on this day is in time."""
        return declared_on < self.deadline or (self.deadline_inclusive and declared_on == self.deadline)

    def points(self, claim: BonusClaim) -> Decimal | None:
        """What the claim is worth if it counts; None where that cannot be told."""
        if claim.category is ClaimCategory.INNOVATION:
            return claim.approved_points
        table = self.city_item_points if claim.category is ClaimCategory.CITY_ITEM else self.level_points
        return dict(table).get(claim.level)

    def fault(self, claim: BonusClaim, decimals: int) -> str | None:
        """Why this claim cannot be settled as it stands, in Chinese, or None.

        A rejected claim needs nothing more; a positive one that counts needs the day it arrived (R18).
        """
        if claim.approved is None:
            return "尚未审定"
        points = self.points(claim)
        if not claim.approved:
            return None
        if claim.category is ClaimCategory.INNOVATION:
            if points is None:
                return "创新加分尚未填写核定分值"
            if not self.innovation_min <= points <= self.innovation_max:
                return f"创新加分核定{points}分，须在{self.innovation_min}至{self.innovation_max}分之间"
            if points != round(points, decimals):
                return f"创新加分核定{points}，小数位多于{decimals}位"
        if points is None:
            return f"{claim.category.label}没有“{claim.level}”这一级别"
        if points > 0 and claim.declared_on is None:
            return "加分事项没有申报日期，无法判断是否逾期"
        return None


class ClaimReason(Enum):
    """Why a claim counts or not."""

    COUNTED = "计入"
    SAME_MATTER = "同一事项取最高级别"
    LATE = "逾期申报"
    REJECTED = "领导小组审核未通过"
    UNSETTLED = "尚未审定"


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """What became of one claim."""

    claim: BonusClaim
    counted: Decimal
    reason: ClaimReason
    accepted_late: LateAcceptance | None = None
    """The decision by which a late claim counts all the same."""
    fault: str | None = None
    """What is missing before it can be settled."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """加(减)分 of one unit."""

    claims: tuple[ClaimOutcome, ...]
    plus: Decimal
    """Sum of the additions before the cap."""
    minus: Decimal
    """Sum of the deductions before the cap; not positive."""
    net: Decimal
    """What enters the composite."""


def adjust(
    rules: BonusRules,
    claims: Sequence[BonusClaim],
    accepted: Mapping[str, LateAcceptance] = MappingProxyType({}),
    *,
    decimals: int = 2,
) -> Adjustment:
    """The adjustment of one unit from its claims, in the order of the file (R13–R19).

    `accepted` are the decisions to count a late claim, by claim id. A late, rejected or unsettled claim
    counts 0 and does not stand in the way of a lower one in time.
    """
    outcomes = [_alone(rules, claim, accepted.get(claim.claim_id), decimals) for claim in claims]
    best: dict[tuple[ClaimCategory, str], int] = {}
    for index, outcome in enumerate(outcomes):
        matter = _matter(rules, outcome)
        if matter is None:
            continue
        rival = best.setdefault(matter, index)
        if rival != index:
            beaten = rival if outcome.counted > outcomes[rival].counted else index
            best[matter] = index if beaten == rival else rival
            outcomes[beaten] = ClaimOutcome(
                outcomes[beaten].claim, Decimal(0), ClaimReason.SAME_MATTER, outcomes[beaten].accepted_late
            )
    plus = sum((outcome.counted for outcome in outcomes if outcome.counted > 0), Decimal(0))
    minus = sum((outcome.counted for outcome in outcomes if outcome.counted < 0), Decimal(0))
    return Adjustment(tuple(outcomes), plus, minus, _capped(rules, plus, minus))


def _alone(
    rules: BonusRules, claim: BonusClaim, acceptance: LateAcceptance | None, decimals: int
) -> ClaimOutcome:
    nothing = Decimal(0)
    fault = rules.fault(claim, decimals)
    if fault is not None:
        return ClaimOutcome(claim, nothing, ClaimReason.UNSETTLED, fault=fault)
    if not claim.approved:
        return ClaimOutcome(claim, nothing, ClaimReason.REJECTED)
    points = rules.points(claim) or nothing
    late = points > 0 and claim.declared_on is not None and not rules.in_time(claim.declared_on)
    if late and acceptance is None:
        return ClaimOutcome(claim, nothing, ClaimReason.LATE)
    return ClaimOutcome(claim, points, ClaimReason.COUNTED, acceptance if late else None)


def _matter(rules: BonusRules, outcome: ClaimOutcome) -> tuple[ClaimCategory, str] | None:
    """The matter 同一事项 of which only the best claim counts; None for a claim that counts by itself."""
    claim = outcome.claim
    competes = (
        outcome.reason is ClaimReason.COUNTED
        and claim.matter_id
        and claim.category in rules.same_matter_categories
    )
    return (claim.category, code_key(claim.matter_id)) if competes else None


def _capped(rules: BonusRules, plus: Decimal, minus: Decimal) -> Decimal:
    if rules.cap_mode is CapMode.SEPARATE:
        return min(plus, rules.cap) + max(minus, -rules.cap)
    return max(min(plus + minus, rules.cap), -rules.cap)
