"""How many are on the roll, came, and were handed a slip."""

from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.units import UnitCode

ROLL = ElectoralRoll(
    (
        Elector("E1", "办公室", attended=True, issued=True, unit=UnitCode("U01")),
        Elector("E2", "人事局", attended=True, issued=True, replacements=2, unit=UnitCode("U02")),
        Elector("E3", "财政局", attended=True, unit=UnitCode("U03")),
        Elector("E4", "机关党委", unit=UnitCode("U04")),
    )
)


def test_who_should_come_who_came_and_who_was_handed_a_slip_are_three_numbers() -> None:
    assert (ROLL.should_attend, ROLL.attended) == (4, 3)


def test_a_slip_for_a_lost_one_is_a_further_slip() -> None:
    assert ROLL.issued == 4


def test_the_units_are_those_of_delegates_with_a_slip_each_once_a_delegate() -> None:
    assert ROLL.handed_units == ("U01", "U02")
    second = Elector("E5", "办公室", issued=True, unit=UnitCode("U01"))
    assert ElectoralRoll((*ROLL.electors, second)).handed_units == ("U01", "U02", "U01")


def test_a_tick_taken_back_too_late_is_not_issued_but_may_be_in_the_box() -> None:
    late = Elector("E6", "税务局", taken_back=True, unit=UnitCode("U06"))
    roll = ElectoralRoll((*ROLL.electors, late))
    assert (roll.issued, roll.handed_units) == (4, ("U01", "U02", "U06"))


def test_where_no_units_vote_none_was_handed_a_slip() -> None:
    """Nothing is read out of the code of an entry, even when it looks like that of a unit."""
    assert ElectoralRoll((Elector("U01", "主任", attended=True, issued=True),)).handed_units == ()


def test_a_new_entry_has_not_come_and_holds_no_slip() -> None:
    roll = ElectoralRoll((Elector("E1", "办公室", unit=UnitCode("U01")),))
    assert (roll.should_attend, roll.attended, roll.issued, roll.handed_units) == (1, 0, 0, ())
