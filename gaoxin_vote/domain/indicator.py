"""What was a unit to achieve, and what did it get for it out of the 80 points?"""

from dataclasses import dataclass
from decimal import Decimal

from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the table of targets 年度目标任务考核指标 (annex of the notice)."""

    unit: UnitCode | None
    """The unit whose table it is; None for an indicator of every unit."""
    code: str
    """Such as ``Z1``, unique within the table of a unit."""
    name: str
    full: Decimal
    """分值: the weights of a unit's indicators sum to the full indicator score."""
    target: str = ""
    """目标任务: what is to be achieved."""
    criterion: str = ""
    """评分标准."""


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """指标得分: what one unit got for one indicator (R6)."""

    unit: UnitCode
    indicator: str
    """Code of the indicator."""
    name: str
    full: Decimal
    score: Decimal
    basis: str = ""
    """扣分原因/依据."""
    completion: str = ""
    """完成情况, as the scorer found it."""
    scorer: str = ""
    """评分人."""
    scorer_unit: UnitCode | None = None
    """The scorer's own unit, where it is itself assessed (A32)."""
    recused: tuple[str, ...] = ()
    """Members of the assessment office who stood aside because their own unit is assessed (A32)."""
