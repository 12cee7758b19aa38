"""What the sums alone prove: a unit that rated itself, or somebody who voted twice (A42)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.decision import CountDecision
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.own_ballots import contradicted, contradicted_rows, contradiction, own_ballots
from gaoxin_vote.domain.record import BlockerKind
from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.domain.units import UnitCode
from tests.contests import PEER

from .factory import blocked, count, only_blocker, session, valid, with_counts

RATED, OTHERS = UnitCode("A01"), (UnitCode("A02"), UnitCode("A03"))


@dataclass(frozen=True)
class Delegate:
    """What one delegate did, and what the roll says of it."""

    slips: int
    """0: none; 1: one; 2: it was lost, and a spare was given."""
    cast: int
    unticked: bool
    """The officer took the tick back after the voting, rightly or not."""

    def entry(self, unit: UnitCode) -> Elector:
        ticked = self.slips > 0 and not self.unticked
        lost = max(0, self.slips - 1)
        return Elector(unit, unit, True, ticked, lost, unit, taken_back=self.unticked)


def delegates() -> tuple[Delegate, ...]:
    """All that one delegate can do."""
    every = product(range(3), range(3), (False, True))
    return tuple(Delegate(*each) for each in every if each[1] <= each[0] and (each[0] or not each[2]))


def sessions(units: tuple[UnitCode, ...]) -> Iterator[tuple[ElectoralRoll, int, int, bool]]:
    """Every small session: its roll, the ballots returned, how many rate the first unit, and whether its
    own delegate left the own unit out and nobody voted twice.

    Whatever another delegate marks in that row (a grade, nothing, or a recusal that is not the own) it is
    rated or blank.
    """
    for each in product(delegates(), repeat=len(units)):
        roll = ElectoralRoll(tuple(delegate.entry(unit) for delegate, unit in zip(each, units, strict=True)))
        own, returned = each[0].cast, sum(delegate.cast for delegate in each)
        if not 0 < returned <= min(roll.issued, len(roll.handed)):
            continue  # refused at the close (收回多于发出、多于领票)
        for rated, own_rated in product(range(returned - own + 1), range(own + 1)):
            honest = own_rated == 0 and all(delegate.cast < 2 for delegate in each)
            yield roll, returned, rated + own_rated, honest


@pytest.mark.parametrize("units", [(RATED, *OTHERS[:1]), (RATED, *OTHERS)], ids=["two units", "three units"])
def test_what_no_honest_session_explains_is_told_and_nothing_else(units: tuple[UnitCode, ...]) -> None:
    explained: dict[tuple[ElectoralRoll, int, int], bool] = {}
    for roll, returned, rated, honest in sessions(units):
        seen = (roll, returned, rated)
        explained[seen] = explained.get(seen, False) or honest
    told = {seen: told_of(*seen) for seen in explained}
    assert [seen for seen, honest in explained.items() if told[seen] == honest] == []
    assert set(told.values()) == {True, False}


def told_of(roll: ElectoralRoll, returned: int, rated: int) -> bool:
    own = own_ballots(roll.handed_units, RATED, returned)
    row = UnitCount(RATED, (rated, 0, 0, 0), returned - rated, recusals=None, own_ballots=own)
    return contradicted(row, returned)


def test_slips_that_did_not_come_back_may_all_be_the_units_own() -> None:
    handed = (RATED, RATED, *OTHERS)
    assert [own_ballots(handed, RATED, returned) for returned in (4, 3, 2, 1, 5)] == [2, 1, 0, 0, 2]
    assert own_ballots(handed, UnitCode("A09"), 4) == 0


def self_rated(*, number: int = 1) -> AssessmentInputs:
    """A year in which A01 has four marks of four ballots, one of which is its own."""
    row = UnitCount(RATED, (0, 4, 0, 0), 0, recusals=None, own_ballots=1)
    if number == 1:
        return with_counts(valid(), PEER, [row])
    again = session(PEER, 4, [row], number=number)
    return replace(valid(), tallies=(*valid().tallies, again))


def decided(*, number: int = 1, unit: str = RATED, reason: str = "只此一票，不影响等次") -> CountDecision:
    return CountDecision(PEER.code, "", number, UnitCode(unit), reason)


def test_it_blocks_the_year_and_names_unit_session_and_numbers() -> None:
    blocker = only_blocker(self_rated())
    assert (blocker.kind, blocker.unit, blocker.contest) == (BlockerKind.SELF_RATED, RATED, PEER.code)
    for words in ("部门互评", "单位A01（A01）有效4张", "收回的4张中至少有1张", "计票决定", "重新测评"):
        assert words in blocker.message


def test_a_row_that_agrees_blocks_nothing() -> None:
    row = UnitCount(RATED, (0, 3, 0, 0), 1, recusals=None, own_ballots=1)
    assert blocked(with_counts(valid(), PEER, [row])) == []
    assert contradicted_rows(valid().tallies[1]) == ()


def test_the_leading_group_lets_it_stand_and_the_record_says_so() -> None:
    record = assess(replace(self_rated(), count_decisions=(decided(),)))
    assert record.blockers == ()
    (note,) = [note for note in record.notes if note.unit == RATED and "仍按此计入" in note.message]
    assert "领导小组决定仍按此计入：只此一票，不影响等次" in note.message


def test_a_decision_on_another_poll_or_unit_settles_nothing() -> None:
    for other in (decided(number=2), decided(unit="A02")):
        assert BlockerKind.SELF_RATED in dict(blocked(replace(self_rated(), count_decisions=(other,))))
    (first, _) = blocked(replace(self_rated(), count_decisions=(decided(number=2),)))[::-1]
    assert first[0] is BlockerKind.SESSION_MISSING
    assert "peer-2中的单位A01" in first[1]


def test_a_session_held_again_for_the_unit_settles_it() -> None:
    again = session(PEER, 4, [count(RATED, (0, 3, 0, 0))], number=2)
    first = self_rated()
    assert blocked(replace(first, tallies=(*first.tallies, again))) == []
    assert only_blocker(self_rated(number=2)).kind is BlockerKind.SELF_RATED


def test_a_decision_needs_a_reason_and_stands_once() -> None:
    assert blocked(replace(self_rated(), count_decisions=(decided(reason=" "),))) == [
        (BlockerKind.REASON_MISSING, "计票决定（单位A01（A01））没有填写理由。")
    ]
    twice = replace(self_rated(), count_decisions=(decided(), decided()))
    assert BlockerKind.REPEATED in dict(blocked(twice))
    stranger = replace(valid(), count_decisions=(decided(unit="A09"),))
    assert BlockerKind.UNKNOWN_UNIT in dict(blocked(stranger))


def test_the_words_leave_open_what_the_sums_leave_open() -> None:
    row = UnitCount(RATED, (25, 0, 0, 0), 0, recusals=None, own_ballots=1)
    words = contradiction("财政局", row, 25)
    assert words.startswith("财政局有效25张，而收回的25张中至少有1张是本单位的票")
    assert "如领票登记无误" in words
