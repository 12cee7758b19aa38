"""Which entries does a year have, and what did a change change?"""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.register import Changes, Register
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason, YearStore

from .conftest import YEAR

UNITS = (("U02", '{"name":"经发局"}'), ("U01", '{"name":"办公室"}'), ("U03", '{"name":"财政局"}'))


class Kind(StrEnum):
    """Two kinds of entries."""

    UNITS = "units"
    LEADERS = "leaders"


@pytest.fixture
def register(workspace: Workspace) -> Register:
    made = Register(workspace)
    made.replace(YEAR, Kind.UNITS, UNITS)
    return made


def test_rows_keep_their_order(register: Register) -> None:
    assert register.rows(YEAR, Kind.UNITS) == UNITS


def test_kinds_and_years_do_not_touch_each_other(register: Register, workspace: Workspace) -> None:
    YearStore(workspace).add(2018, "")
    register.replace(YEAR, Kind.LEADERS, [("U01", "1")])
    register.replace(2018, Kind.UNITS, [("U01", "2")])
    register.remove(2018, Kind.UNITS, "U01")
    assert register.rows(YEAR, Kind.UNITS) == UNITS
    assert register.rows(YEAR, Kind.LEADERS) == (("U01", "1"),)
    assert register.rows(2018, Kind.UNITS) == ()


def test_replacing_tells_what_changed(register: Register) -> None:
    rows = [("U04", "4"), ("U03", '{"name":"财政局"}'), ("U02", '{"name":"经济发展局"}')]
    assert register.replace(YEAR, Kind.UNITS, rows) == Changes(("U04",), ("U02",), ("U01",), reordered=True)
    assert register.rows(YEAR, Kind.UNITS) == tuple(rows)


def test_the_same_again_changes_nothing(register: Register) -> None:
    changes = register.replace(YEAR, Kind.UNITS, iter(UNITS))
    assert changes == Changes()
    assert not changes


def test_another_order_is_a_change(register: Register) -> None:
    changes = register.replace(YEAR, Kind.UNITS, UNITS[::-1])
    assert changes == Changes(reordered=True)
    assert changes
    assert register.rows(YEAR, Kind.UNITS) == UNITS[::-1]


def test_put_changes_in_place_or_adds_at_the_end(register: Register) -> None:
    assert register.put(YEAR, Kind.UNITS, "U01", "1") == Changes(changed=("U01",))
    assert register.put(YEAR, Kind.UNITS, "U09", "9") == Changes(added=("U09",))
    assert register.put(YEAR, Kind.UNITS, "U09", "9") == Changes()
    assert [key for key, _ in register.rows(YEAR, Kind.UNITS)] == ["U02", "U01", "U03", "U09"]
    assert register.content(YEAR, Kind.UNITS, "U01") == "1"
    assert register.put(YEAR, Kind.LEADERS, "L1", "1") == Changes(added=("L1",))


def test_remove(register: Register) -> None:
    assert register.remove(YEAR, Kind.UNITS, "U01") == Changes(removed=("U01",))
    assert register.remove(YEAR, Kind.UNITS, "U01") == Changes()
    assert register.content(YEAR, Kind.UNITS, "U01") is None


def test_put_after_remove_goes_to_the_end(register: Register) -> None:
    register.remove(YEAR, Kind.UNITS, "U02")
    register.put(YEAR, Kind.UNITS, "U02", "2")
    assert [key for key, _ in register.rows(YEAR, Kind.UNITS)] == ["U01", "U03", "U02"]


@pytest.mark.parametrize(
    "rows", [[("a", "1"), ("a", "1")], [("a", "1.5")], [("a", '{"b": 1}')], [("a", "1"), ("b", "")]]
)
def test_a_mistake_changes_nothing(register: Register, rows: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError):
        register.replace(YEAR, Kind.UNITS, rows)
    with pytest.raises(ValueError):
        register.put(YEAR, Kind.UNITS, "a", "1.5")
    assert register.rows(YEAR, Kind.UNITS) == UNITS


def test_a_finalised_or_unknown_year_does_not_change(register: Register, workspace: Workspace) -> None:
    YearStore(workspace).finalise(YEAR, "{}")
    for year, reason in ((YEAR, YearReason.FINALISED), (1999, YearReason.UNKNOWN)):
        acts: list[Callable[[], object]] = [
            partial(register.replace, year, Kind.UNITS, []),
            partial(register.put, year, Kind.UNITS, "U01", "1"),
            partial(register.remove, year, Kind.UNITS, "U01"),
        ]
        for act in acts:
            with pytest.raises(Refused) as caught:
                act()
            assert caught.value.reason is reason
    assert register.rows(YEAR, Kind.UNITS) == UNITS


entries = st.dictionaries(st.text("abc", min_size=1, max_size=2), st.integers(0, 2).map(str), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(before=entries, after=entries)
def test_the_changes_lead_from_the_one_to_the_other(
    register: Register, before: dict[str, str], after: dict[str, str]
) -> None:
    register.replace(YEAR, Kind.UNITS, before.items())
    changes = register.replace(YEAR, Kind.UNITS, after.items())
    assert register.rows(YEAR, Kind.UNITS) == tuple(after.items())
    assert set(changes.added) == after.keys() - before.keys()
    assert set(changes.removed) == before.keys() - after.keys()
    assert set(changes.changed) == {key for key in after.keys() & before.keys() if after[key] != before[key]}
    assert bool(changes) == (list(before.items()) != list(after.items()))
