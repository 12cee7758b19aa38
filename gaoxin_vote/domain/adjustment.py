"""Which bonus and deduction claims count, and why?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from gaoxin_vote.domain.units import UnitCode


class ClaimCategory(Enum):
    """Grounds for points added or deducted (notice, part 3 (2) 3)."""

    HONOUR = "荣誉"
    INNOVATION = "创新"
    PUBLICATION = "发表"
    CITY_ITEM = "单项考核"


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
