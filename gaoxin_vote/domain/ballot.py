"""What did one voter mark? Knows nothing of who voted."""

from dataclasses import dataclass
from enum import Enum

from gaoxin_vote.domain.contest import GRADES, Contest, Grade
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused


class Mark(Labelled):
    """评价 given to one unit."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASS = "pass", "合格"
    FAIL = "fail", "不合格"
    ABSTAIN = "abstain", "弃权"
    RECUSE = "recuse", "回避"

    @property
    def grade(self) -> Grade | None:
        """The grade given, or None for an abstention or recusal."""
        return None if self in (Mark.ABSTAIN, Mark.RECUSE) else Grade(str(self.value))


class BallotReason(Enum):
    """Why a ballot cannot be cast."""

    UNIT_MISSING = "unit missing"
    UNIT_UNKNOWN = "unit unknown"
    RECUSAL = "recusal"
    TOO_MANY_EXCELLENT = "too many excellent"


@dataclass(frozen=True, slots=True)
class MarkedBallot:
    """The marks of one voter, one for each unit of the session."""

    contest: Contest
    marks: tuple[tuple[UnitCode, Mark], ...]

    def choices(self, units: tuple[UnitCode, ...]) -> tuple[tuple[int, ...], ...]:
        """One vector (blank, 优秀, 良好, 合格, 不合格) per unit in the order of `units`, exactly one entry 1.

        Abstention and recusal are both the blank flag (BELENIOS 7.1; A6). Raises `Refused`
        when a unit is marked twice or not at all, or is not on this ballot.
        """
        marks = dict(self.marks)
        if unknown := [code for code in marks if code not in units]:
            raise Refused(BallotReason.UNIT_UNKNOWN, f"本场会议不评议单位 {'、'.join(unknown)}。")
        if len(marks) != len(self.marks) or (missing := [code for code in units if code not in marks]):
            words = "、".join(missing) if len(marks) == len(self.marks) else "有单位重复"
            raise Refused(BallotReason.UNIT_MISSING, f"每个单位须评且只评一次：{words}。")
        return tuple(_vector(marks[code]) for code in units)


def _vector(mark: Mark) -> tuple[int, ...]:
    answers = (mark.grade is None, *(mark.grade is grade for grade in GRADES))
    return tuple(int(answer) for answer in answers)
