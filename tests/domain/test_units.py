"""What belongs to a unit is found under it."""

from gaoxin_vote.domain.units import UnitCode, by_unit

ONE, TWO = UnitCode("A01"), UnitCode("A02")


def test_entries_stand_under_their_unit_in_the_order_in_which_they_came() -> None:
    assert by_unit([(ONE, "b"), (TWO, "x"), (ONE, "a"), (ONE, "b")]) == {ONE: ["b", "a", "b"], TWO: ["x"]}


def test_what_is_of_every_unit_is_no_units_own() -> None:
    entries = by_unit([(None, "all"), (ONE, "a")])
    assert (entries[None], entries[ONE]) == (["all"], ["a"])


def test_a_unit_without_entries_has_an_empty_list() -> None:
    entries = by_unit([(ONE, "a")])
    assert entries[TWO] == []
    assert by_unit([])[ONE] == []
