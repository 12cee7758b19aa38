"""Did a unit rate itself, or somebody vote twice (A42)? What the sums prove, and nothing that they do not."""

from collections.abc import Iterator, Sequence

from gaoxin_vote.domain.decision import CountDecision
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.tally import SessionTally, UnitCount
from gaoxin_vote.domain.units import UnitCode


def own_ballots(handed: Sequence[UnitCode], unit: UnitCode, returned: int) -> int:
    """How many of the ballots returned must be the unit's own, if nobody voted twice.

    `handed` holds the unit of each delegate whose slip may be in the box, one for a lost slip and its spare.
    Of these as many as did not come back may all be the unit's.
    """
    missing = max(0, len(handed) - returned)
    return max(0, handed.count(unit) - missing)


def contradicted(count: UnitCount, returned: int) -> bool:
    """Whether more ballots rate the unit than others than its own delegates can have cast.

    A row of named slips holds too few blanks then; it proves that a slip and its spare both voted, or that
    the roll is wrong. With drawn slips the unit may have rated itself.
    """
    return count.valid > returned - count.own_ballots


def contradicted_rows(tally: SessionTally) -> tuple[UnitCount, ...]:
    """The rows of a session for which nothing that is allowed accounts, in their order."""
    returned = tally.reconciliation.returned
    return tuple(count for count in tally.counts if contradicted(count, returned))


def contradictions_that_hold(
    inputs: AssessmentInputs,
) -> Iterator[tuple[SessionTally, UnitCount, CountDecision | None]]:
    """Such rows of sessions that were not held again for the unit, and what was decided on each."""
    last = {
        (tally.contest.code, tally.group, count.unit): tally.number
        for tally in sorted(inputs.tallies, key=lambda tally: tally.number)
        for count in tally.counts
    }
    decided = {(each.contest, each.group, each.number, each.unit): each for each in inputs.count_decisions}
    for tally in inputs.tallies:
        code, group, number = tally.contest.code, tally.group, tally.number
        for count in contradicted_rows(tally):
            if last[code, group, count.unit] == number:
                yield tally, count, decided.get((code, group, number, count.unit))


def contradiction(name: str, count: UnitCount, returned: int) -> str:
    """What such a row says, in Chinese, for screens, sheets and blockers alike."""
    return (
        f"{name}有效{count.valid}张，而收回的{returned}张中至少有{count.own_ballots}张是本单位的票，不应评本单位。"
        "如领票登记无误，则有人评了本单位，或者有人用遗失的和补发的票码条各投了一次"
    )
