"""When does a ballot that was left go, and does nothing give it more time? Without Qt."""

from collections.abc import Callable

import pytest

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.presenter import BoothPresenter
from gaoxin_vote.gui.booth.state import BoothState, Cover
from tests.gui.booth.scenes import (
    CODE,
    Scene,
    unit_code,
)

WRONG = "9999888877776666"


def test_discarding_is_asked_once() -> None:
    scene = Scene().enter().mark(7)
    assert scene.booth.discard().step is BoothStep.BALLOT, "not without the question"
    assert scene.booth.ask_discard().cover is Cover.DISCARD
    assert scene.booth.mark(unit_code(7), Mark.GOOD).unmarked, "nothing is marked under the question"
    assert scene.booth.keep().cover is Cover.DISCARD, "not at once"
    scene.clock.advance(1)
    assert scene.booth.keep().cover is Cover.NONE
    scene.booth.ask_discard()
    scene.clock.advance(1)
    state = scene.booth.discard()
    assert (state.step, state.rows) == (BoothStep.IDLE, ())
    assert scene.enter().booth.state.marked == 0, "the slip is still good and nothing of before is there"


def test_an_abandoned_ballot_is_discarded_after_the_warning() -> None:
    scene = Scene().enter().mark(7)
    scene.clock.advance(90)
    state = scene.booth.tick()
    assert (state.cover, state.countdown, state.whole_countdown) == (Cover.WARNING, 30, 30)
    scene.clock.advance(29)
    assert scene.booth.mark(unit_code(7), Mark.GOOD).cover is Cover.WARNING, "only the button keeps"
    assert scene.booth.keep().cover is Cover.NONE
    assert scene.booth.state.unmarked, "the warning marks nothing"
    scene.clock.advance(119)
    assert scene.booth.tick().cover is Cover.WARNING
    scene.clock.advance(1)
    state = scene.booth.tick()
    assert (state.step, state.rows, state.title) == (BoothStep.IDLE, (), "部门互评")
    assert not scene.desk.box


_TOUCHES: dict[str, Callable[[BoothPresenter], BoothState]] = {
    "a touch": lambda booth: booth.touch(),
    "a mark": lambda booth: booth.mark(unit_code(7), Mark.GOOD),
    "the review": lambda booth: booth.review(),
    "the question": lambda booth: booth.ask_discard(),
    "keeping": lambda booth: booth.keep(),
    "a digit": lambda booth: booth.digit("1"),
    "the officer": lambda booth: booth.ask_exit(),
}


@pytest.mark.parametrize("touch", _TOUCHES)
@pytest.mark.parametrize("asked", [False, True])
def test_a_touch_after_the_computer_slept_revives_no_ballot(touch: str, asked: bool) -> None:
    """While it slept nobody looked at the clock: first goes what was abandoned; the touch is for the next."""
    scene = Scene().enter().mark(7)
    if asked:
        scene.booth.ask_exit()
    scene.clock.advance(50_000)
    state = _TOUCHES[touch](scene.booth)
    assert (state.rows, state.marked) == ((), 0)
    assert state.step is (BoothStep.CODE if touch == "a digit" else BoothStep.IDLE)
    assert scene.booth.cancel_exit().step is state.step
    assert not scene.desk.box


def test_confirming_after_the_computer_slept_casts_nothing() -> None:
    scene = Scene().enter().mark()
    scene.booth.review()
    scene.clock.advance(50_000)
    assert scene.booth.confirm().step is BoothStep.IDLE
    assert scene.booth.take_work() is None


@pytest.mark.parametrize("asked", [False, True])
def test_a_scan_after_the_computer_slept_is_the_next_voters(asked: bool) -> None:
    scene = Scene().enter().mark(7)
    if asked:
        scene.booth.ask_exit()
    scene.clock.advance(50_000)
    assert scene.booth.scan(WRONG).step is BoothStep.ADMITTING
    scene.work()
    assert (scene.booth.state.cover, scene.desk.seen) == (Cover.NONE, [CODE, WRONG])


def test_the_officers_question_gives_an_abandoned_ballot_no_more_time() -> None:
    scene = Scene().enter().mark(7)
    scene.clock.advance(85)
    scene.booth.ask_exit()
    scene.clock.advance(50)
    assert scene.booth.cancel_exit().cover is Cover.NONE
    scene.clock.advance(4.9)
    assert scene.booth.tick().cover is Cover.NONE
    scene.clock.advance(0.1)
    assert scene.booth.tick().cover is Cover.WARNING, "90 seconds without the question"
    scene.booth.ask_exit()
    scene.clock.advance(59)
    scene.booth.cancel_exit()
    scene.clock.advance(30)
    assert scene.booth.tick().step is BoothStep.IDLE


def test_the_officers_question_that_goes_by_itself_gives_no_more_time_either() -> None:
    scene = Scene().enter().mark(7)
    for _ in range(2):
        scene.clock.advance(45)
        scene.booth.ask_exit()
        scene.clock.advance(60)
        assert scene.booth.tick().cover is (Cover.NONE if _ == 0 else Cover.WARNING)


def test_nothing_is_confirmed_that_the_screen_has_not_shown_for_a_second() -> None:
    """The program was busy: the review is there, but its page was painted only now."""
    scene = Scene().enter().mark()
    scene.booth.review()
    scene.clock.advance(5)
    scene.booth.seen()
    assert scene.booth.confirm().step is BoothStep.REVIEW
    scene.clock.advance(0.9)
    assert scene.booth.confirm().step is BoothStep.REVIEW
    scene.clock.advance(0.1)
    assert scene.booth.confirm().step is BoothStep.SEALING
