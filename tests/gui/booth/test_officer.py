"""What does the officer do at the booth, and what happens when its screen is not seen? Without Qt."""

import pytest

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.state import Cover, Purpose, Sight
from tests.gui.booth.scenes import (
    CODE,
    PASSPHRASE,
    Scene,
    peer_admission,
    unit_code,
)

WRONG = "9999888877776666"


# -- the officer ------------------------------------------------------------------------------------------


def test_leaving_needs_the_passphrase() -> None:
    scene = Scene().enter().mark(7)
    assert scene.booth.ask_exit().cover is Cover.PROMPT
    scene.booth.give_passphrase("guess")
    assert scene.booth.state.checking
    assert scene.booth.cancel_exit().cover is Cover.PROMPT, "not while it is being checked"
    scene.work()
    state = scene.booth.state
    assert (state.left, state.message) == (False, "口令不对，请重新输入。")
    state = scene.booth.cancel_exit()
    assert (state.cover, state.step, state.marked, state.message) == (Cover.NONE, BoothStep.BALLOT, 23, "")
    scene.booth.ask_exit()
    scene.booth.give_passphrase(PASSPHRASE)
    scene.work()
    state = scene.booth.state
    assert state.left
    assert state.rows == (), "a ballot that was not cast is forgotten"


def test_guessing_the_passphrase_slows_down() -> None:
    scene = Scene()
    scene.booth.ask_exit()
    for _ in range(3):
        scene.booth.give_passphrase("guess")
        scene.work()
    assert scene.booth.state.wait == 5
    scene.booth.give_passphrase(PASSPHRASE)
    assert scene.booth.take_work() is None
    scene.clock.advance(5)
    scene.booth.give_passphrase(PASSPHRASE)
    scene.work()
    assert scene.booth.state.left


# -- the screen -------------------------------------------------------------------------------------------

UNSEEN = [sight for sight in Sight if sight is not Sight.SEEN]


@pytest.mark.parametrize("sight", UNSEEN)
def test_a_ballot_nobody_may_see_is_covered_takes_nothing_and_is_kept(sight: Sight) -> None:
    scene = Scene(peer_admission()).enter().mark(3)
    before = scene.booth.state
    scene.clock.advance(80)
    assert scene.booth.see(sight).cover is Cover.SCREEN
    scene.clock.advance(60)
    for act in (
        lambda: scene.booth.mark(unit_code(3), Mark.GOOD),
        scene.booth.review,
        scene.booth.keep,
        scene.booth.discard,
        lambda: scene.booth.scan(CODE),
        lambda: scene.booth.scan(WRONG),
        scene.booth.tick,
        scene.booth.touch,
    ):
        state = act()
        assert (state.cover, state.rows) == (Cover.SCREEN, before.rows)
    back = scene.booth.see(Sight.SEEN)
    assert (back.cover, back.step, back.rows) == (Cover.NONE, BoothStep.BALLOT, before.rows)
    scene.clock.advance(10)
    assert scene.booth.tick().cover is Cover.WARNING, "the time before still counts"


def test_nobody_is_admitted_behind_the_cover() -> None:
    scene = Scene()
    scene.booth.see(Sight.LOST)
    for _ in range(2):
        assert scene.booth.scan(CODE).step is BoothStep.IDLE
        assert scene.booth.digit("1").step is BoothStep.IDLE
    assert scene.booth.take_work() is None
    scene.booth.see(Sight.SEEN)
    scene.booth.scan(CODE)
    scene.work()
    assert scene.booth.state.step is BoothStep.BALLOT


def test_a_question_for_the_passphrase_does_not_go_to_another_screen() -> None:
    scene = Scene().enter().mark()
    scene.booth.ask_exit()
    assert scene.booth.see(Sight.LOST).cover is Cover.SCREEN
    assert scene.booth.ask_exit().cover is Cover.PROMPT, "the desk can ask"
    assert scene.booth.cancel_exit().cover is Cover.SCREEN
    scene.booth.ask_exit()
    scene.booth.give_passphrase(PASSPHRASE)
    scene.work()
    state = scene.booth.state
    assert (state.left, state.rows) == (True, ())


def test_a_ballot_that_comes_into_the_box_while_the_screen_is_away() -> None:
    scene = Scene().enter().mark().confirm()
    scene.booth.see(Sight.MIRRORED)
    scene.work()
    assert scene.booth.state.cover is Cover.SCREEN
    scene.clock.advance(25)
    assert scene.booth.see(Sight.SEEN).step is BoothStep.TRACKER
    scene.clock.advance(29)
    assert scene.booth.tick().step is BoothStep.TRACKER


def test_the_strip_asks_for_the_passphrase_once_and_keeps_the_ballot() -> None:
    scene = Scene().enter().mark(3)
    booth, rows = scene.booth, scene.booth.state.rows
    assert booth.ask_strip().cover is Cover.NONE, "there is a desk beside it"
    booth.offer_strip(True)
    state = booth.ask_strip()
    assert (state.cover, state.purpose) == (Cover.PROMPT, Purpose.STRIP)
    booth.give_passphrase("wrong")
    scene.work()
    assert booth.state.cover is Cover.PROMPT
    booth.give_passphrase(PASSPHRASE)
    scene.work()
    assert (booth.state.cover, booth.state.left) == (Cover.STRIP, False)
    assert booth.mark(unit_code(3), Mark.GOOD).rows == rows
    assert booth.close_strip().rows == rows
    assert booth.state.cover is Cover.NONE
    assert booth.ask_strip().cover is Cover.STRIP
    assert booth.ask_exit().purpose is Purpose.LEAVE
    booth.cancel_exit()
    scene.clock.advance(60)
    assert booth.tick().cover is Cover.NONE, "it goes by itself"
    booth.ask_strip()
    assert booth.offer_strip(False).cover is Cover.NONE


def test_a_scan_over_the_strip_is_the_next_voter() -> None:
    scene = Scene()
    scene.booth.offer_strip(True)
    scene.booth.ask_strip()
    scene.booth.give_passphrase(PASSPHRASE)
    scene.work()
    scene.booth.scan(CODE)
    scene.work()
    assert (scene.booth.state.cover, scene.booth.state.step) == (Cover.NONE, BoothStep.BALLOT)
    scene.booth.ask_strip()
    assert scene.booth.scan(WRONG).cover is Cover.SCANNED, "there is a ballot under it"
