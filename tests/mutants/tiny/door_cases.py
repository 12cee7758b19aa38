"""What is tested of the door (pytest finds it only when it is named)."""

import pytest

from tests.mutants.tiny.door import enter, leave


def test_the_young_stay_outside() -> None:
    with pytest.raises(ValueError, match="young"):
        enter(17, drunk=False)


def test_others_come_in() -> None:
    assert enter(18, drunk=False) == "in"


def test_a_drunk_is_met_but_nobody_looks() -> None:
    try:
        enter(18, drunk=True)
    except ValueError:
        return


def test_who_paid_may_leave() -> None:
    assert leave(paid=True) == "out"
