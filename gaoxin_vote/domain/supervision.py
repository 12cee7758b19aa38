"""What did the assessment office see during the year, and what does the unit say of itself?

None of this gives points of its own (R6); it stands in the explanation beside the score it informs.
"""

from dataclasses import dataclass
from datetime import date

from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.units import UnitCode


class SupervisionManner(Labelled):
    """How a supervision came about (notice, part 3 (2) 1)."""

    PERIODIC = "periodic", "定期督查"
    UNANNOUNCED = "unannounced", "不定期督查"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the supervision ledger 日常督查台账."""

    entry_id: str
    unit: UnitCode
    held_on: date
    manner: SupervisionManner
    indicator: str
    """Code of the indicator it belongs to; empty for the unit's work as a whole."""
    finding: str
    """督查情况."""
    progress: str = ""
    """进度."""
    evidence: str = ""
    """佐证材料."""
    inspector: str = ""
    """督查人."""


@dataclass(frozen=True, slots=True)
class DeclaredCompletion:
    """What a unit declares about one indicator in its self-assessment."""

    indicator: str
    completed: bool
    completion: str = ""
    """完成情况 in the unit's words."""
    reason: str = ""
    """未完成原因; wanted where it is not completed."""
    remedy: str = ""
    """整改措施; wanted where it is not completed."""


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """The self-assessment report 自评报告 of one unit: four parts (notice, part 3 (1) 1)."""

    unit: UnitCode
    completion: str
    """任务完成情况."""
    practice: str
    """主要做法."""
    effect: str
    """实际效果与业绩."""
    problems: str
    """存在的问题及改进措施."""
    submitted_on: date | None = None
    declared: tuple[DeclaredCompletion, ...] = ()


class Inspection(Labelled):
    """The three ways of looking at a unit's work (notice, part 3 (1) 1)."""

    HEAR = "hear", "听"
    CONSULT = "consult", "查"
    SEE = "see", "看"


@dataclass(frozen=True, slots=True)
class SiteNote:
    """A note of hearing, consulting or seeing 听·查·看 for one indicator of one unit."""

    unit: UnitCode
    indicator: str
    manner: Inspection
    note: str
    scorer: str = ""
    scorer_unit: UnitCode | None = None
    """The scorer's own unit, where it is itself assessed (A32)."""
    recused: bool = False
    """The scorer stood aside for this unit."""
    noted_on: date | None = None
