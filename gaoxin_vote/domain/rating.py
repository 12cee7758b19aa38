"""What score do the marks of a contest give a unit?"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.contest_rules import AbstainMode, ContestRules
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.tally import UnitCount


@dataclass(frozen=True, slots=True)
class GroupRating:
    """The count of one weight group for one unit, and the score it gives."""

    group: str
    weight: Decimal
    """1 where all marks weigh the same."""
    count: UnitCount | None
    """The count of the unit's last session; None when there was none yet."""
    exact: Fraction | None
    """Unrounded score out of the full points; None without a valid mark."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one unit got in one contest."""

    contest: Contest
    groups: tuple[GroupRating, ...]
    exact: Fraction | None
    """Weighted sum of the groups, unrounded; None while a group has no score."""
    score: Decimal | None
    """Rounded half up (R11), as printed."""

    @property
    def grades(self) -> tuple[int, int, int, int]:
        """Marks of each grade, best first, over all groups."""
        excellent, good, passed, failed = (
            sum(group.count.grades[index] for group in self.groups if group.count is not None)
            for index in range(4)
        )
        return excellent, good, passed, failed

    @property
    def blanks(self) -> int:
        """弃权（含回避） over all groups."""
        return sum(group.count.blanks for group in self.groups if group.count is not None)

    @property
    def abstained(self) -> int | None:
        """弃权 over all groups; None where one of them does not know it."""
        known = [group.count.abstained for group in self.groups if group.count is not None]
        return None if None in known else sum(number for number in known if number is not None)

    @property
    def void(self) -> int:
        """废票 over all groups."""
        return sum(group.count.void for group in self.groups if group.count is not None)


def kept_marks(rules: ContestRules, count: UnitCount) -> tuple[tuple[Decimal, int], ...] | None:
    """The marks that make the score: (value in percent, how many), best first, after trimming (R9, A7, A10).

    An abstention that counts as zero is the lowest mark and is trimmed first. None when abstentions
    count but are not known.
    """
    marks = list(zip(rules.values, count.grades, strict=True))
    if rules.abstain is AbstainMode.COUNT_AS_ZERO:
        if count.abstained is None:
            return None
        marks.append((Decimal(0), count.abstained))
    if rules.trim == 0:
        return tuple(marks)
    return tuple(_drop(list(reversed(_drop(list(reversed(marks)), rules.trim))), rules.trim))


def _drop(marks: list[tuple[Decimal, int]], number: int) -> list[tuple[Decimal, int]]:
    kept = []
    for value, times in marks:
        dropped = min(number, times)
        number -= dropped
        kept.append((value, times - dropped))
    return kept


def exact_score(rules: ContestRules, count: UnitCount) -> Fraction | None:
    """Σ(value × marks) ÷ marks ÷ 100 × full points (R8), unrounded; None without a mark that counts (R9)."""
    marks = kept_marks(rules, count)
    number = sum(times for _, times in marks or ())
    if not marks or number == 0:
        return None
    # Exact: a Decimal holds 28 digits, values have at most 4 decimals and counts are numbers of people.
    worth = sum((value * times for value, times in marks), Decimal(0)) * rules.full
    return Fraction(worth) / (number * 100)


def session_score(rules: ContestRules, count: UnitCount, decimals: int) -> Decimal | None:
    """The score of one count, rounded half up; None when the session must be re-held for the unit (R9)."""
    exact = exact_score(rules, count)
    return None if exact is None else round_half_up(exact, decimals)


def rate(rules: ContestRules, counts: dict[str, UnitCount], decimals: int) -> Rating:
    """The rating of one unit from its count in each weight group (name → count)."""
    weights = [(group.name, group.weight) for group in rules.groups] or [("", Decimal(1))]
    groups = []
    for name, weight in weights:
        count = counts.get(name)
        groups.append(GroupRating(name, weight, count, None if count is None else exact_score(rules, count)))
    exact = groups[0].exact
    if rules.groups:
        parts = [Fraction(group.weight) * group.exact for group in groups if group.exact is not None]
        exact = sum(parts, Fraction(0)) if len(parts) == len(groups) else None
    return Rating(
        rules.contest, tuple(groups), exact, None if exact is None else round_half_up(exact, decimals)
    )
