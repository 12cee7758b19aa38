"""Does the booth go only where it may, and does it know when nobody is there any more?"""

import pytest

from gaoxin_vote.gui.booth.flow import ADMITTED, Attempts, BoothFlow, BoothStep, BoothTimes

TIMES = BoothTimes()


def at(*steps: BoothStep, now: float = 0) -> BoothFlow:
    """A flow that has gone this way."""
    flow = BoothFlow()
    for step in steps:
        flow = flow.to(step, now)
    return flow


BALLOT = (BoothStep.CODE, BoothStep.ADMITTING, BoothStep.BALLOT)
CAST = (*BALLOT, BoothStep.REVIEW, BoothStep.SEALING, BoothStep.TRACKER)


def test_the_whole_way() -> None:
    assert at(*CAST, BoothStep.IDLE).step is BoothStep.IDLE
    assert (
        at(BoothStep.CODE, BoothStep.ADMITTING, BoothStep.OWN_UNIT, BoothStep.BALLOT, BoothStep.OWN_UNIT).step
        is BoothStep.OWN_UNIT
    )


@pytest.mark.parametrize("step", [step for step in BoothStep if step is not BoothStep.IDLE])
def test_no_way_leads_back_to_a_cast_ballot(step: BoothStep) -> None:
    with pytest.raises(ValueError, match="no way"):
        at(*CAST).to(step, 0)


@pytest.mark.parametrize("step", list(BoothStep))
def test_nothing_follows_broken_evidence(step: BoothStep) -> None:
    stopped = at(*BALLOT, BoothStep.REVIEW, BoothStep.SEALING, BoothStep.STOPPED)
    with pytest.raises(ValueError, match="no way"):
        stopped.to(step, 0)
    assert stopped.tick(1_000_000, TIMES).step is BoothStep.STOPPED


def test_sealing_is_not_abandoned() -> None:
    sealing = at(*BALLOT, BoothStep.REVIEW, BoothStep.SEALING)
    assert sealing.tick(1_000_000, TIMES) == sealing
    assert sealing.warning(1_000_000, TIMES) is None


@pytest.mark.parametrize(
    "way", [(BoothStep.OWN_UNIT,), (BoothStep.BALLOT,), (BoothStep.BALLOT, BoothStep.REVIEW)]
)
def test_an_abandoned_ballot_is_discarded_after_a_warning(way: tuple[BoothStep, ...]) -> None:
    flow = at(BoothStep.CODE, BoothStep.ADMITTING, *way)
    assert flow.step in ADMITTED
    assert flow.warning(89.9, TIMES) is None
    assert flow.warning(90, TIMES) == 30
    assert flow.warning(110.5, TIMES) == 10
    assert flow.tick(119.9, TIMES) == flow
    assert flow.tick(120, TIMES).step is BoothStep.IDLE


def test_a_touch_ends_the_warning() -> None:
    flow = at(*BALLOT).touch(100)
    assert flow.warning(100, TIMES) is None
    assert flow.tick(219.9, TIMES).step is BoothStep.BALLOT
    assert flow.tick(220, TIMES).step is BoothStep.IDLE


def test_a_voter_who_waits_for_help_has_more_time() -> None:
    trouble = at(*BALLOT, BoothStep.REVIEW, BoothStep.SEALING, BoothStep.TROUBLE)
    assert trouble.warning(299, TIMES) is None
    assert trouble.warning(300, TIMES) == 30
    assert trouble.tick(330, TIMES).step is BoothStep.IDLE


def test_a_code_that_nobody_finishes_is_forgotten() -> None:
    assert at(BoothStep.CODE).tick(44, TIMES).step is BoothStep.CODE
    assert at(BoothStep.CODE).tick(45, TIMES).step is BoothStep.IDLE


def test_the_tracker_goes_after_thirty_seconds_even_when_touched() -> None:
    tracker = at(*CAST).touch(25)
    assert tracker.remaining(10.2, TIMES) == 20
    assert tracker.tick(29.9, TIMES).step is BoothStep.TRACKER
    assert tracker.tick(30, TIMES).step is BoothStep.IDLE


def test_the_question_for_the_passphrase_hides_the_warning_and_goes_by_itself() -> None:
    asked = at(*BALLOT).ask(True, 85)
    assert asked.warning(140, TIMES) is None
    assert asked.tick(144.9, TIMES).prompt
    back = asked.tick(145, TIMES)
    assert (back.prompt, back.step) == (False, BoothStep.BALLOT)
    assert back.warning(149.9, TIMES) is None, "the clock stood still under the question"
    assert back.warning(150, TIMES) == 30, "and goes on where it stood"


def test_a_question_that_went_by_itself_ended_in_its_time_not_when_somebody_looks() -> None:
    asked = at(*BALLOT).ask(True, 85)
    late = asked.tick(50_000, TIMES)
    assert (late.prompt, late.step) == (False, BoothStep.IDLE)
    assert asked.tick(150, TIMES).warning(150, TIMES) == 30
    assert asked.tick(180, TIMES).step is BoothStep.IDLE


def test_while_the_screen_is_away_the_clock_of_the_voter_stands_still() -> None:
    away = at(*BALLOT).touch(10).see(False, 50, TIMES)
    assert away.tick(900, TIMES).step is BoothStep.BALLOT
    back = away.touch(60).see(True, 110, TIMES)
    assert back.touched == 70, "40 seconds had gone by before, and do so now"
    tracker = at(*CAST).see(False, 20, TIMES).see(True, 60, TIMES)
    assert tracker.remaining(60, TIMES) == 10


def test_after_long_away_the_ballot_is_kept_but_asked_about() -> None:
    back = at(*BALLOT).touch(10).see(False, 50, TIMES).see(True, 500, TIMES)
    assert back.warning(500, TIMES) == 30
    assert back.touch(501).warning(501, TIMES) is None
    assert back.tick(530, TIMES).step is BoothStep.IDLE


def test_what_was_sealed_while_the_screen_was_away_is_shown_its_full_time() -> None:
    sealing = at(*BALLOT, BoothStep.REVIEW, BoothStep.SEALING).see(False, 1, TIMES)
    back = sealing.to(BoothStep.TRACKER, 40).see(True, 50, TIMES)
    assert back.remaining(50, TIMES) == 30


def test_the_strip_goes_by_itself_and_the_voter_has_lost_no_time() -> None:
    strip = at(*BALLOT).show_strip(True, 80).touch(100)
    assert strip.warning(159, TIMES) is None
    assert strip.tick(159.9, TIMES).strip
    gone = strip.tick(160, TIMES)
    assert (gone.strip, gone.step, gone.touched) == (False, BoothStep.BALLOT, 80)
    assert gone.warning(169, TIMES) is None
    assert gone.warning(170, TIMES) == 30


def test_no_passphrase_is_asked_for_while_a_ballot_is_being_sealed() -> None:
    assert not at(*BALLOT, BoothStep.REVIEW, BoothStep.SEALING).ask(True, 0).prompt


def test_repeated_wrong_codes_slow_down() -> None:
    attempts, waits, now = Attempts(), [], 0.0
    for _ in range(9):
        attempts = attempts.again(now, TIMES)
        waits.append(attempts.wait(now, TIMES))
        now += waits[-1]
        assert attempts.wait(now, TIMES) == 0
    assert waits == [0, 0, 5, 10, 20, 40, 60, 60, 60]


def test_wrong_codes_of_long_ago_are_forgotten() -> None:
    third = Attempts(2, 0).again(10, TIMES)
    assert third.wait(10, TIMES) == 5
    assert third.again(10 + 5 + 120, TIMES).wait(135, TIMES) == 10
    assert third.again(10 + 5 + 121, TIMES).wait(136, TIMES) == 0


def test_a_right_code_forgives_the_wrong_ones() -> None:
    flow = at(BoothStep.CODE).wrong_code(0, TIMES).wrong_code(0, TIMES).right_code()
    assert flow.wrong_code(0, TIMES).codes.wait(0, TIMES) == 0
