"""Does the booth do what the voter, the clock and the workspace ask of it, and nothing else? Without Qt."""

import gc
import subprocess
import sys

import pytest

from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.tracker import groups
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.gui.booth.draft import BallotDraft, BallotRow
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.state import Cover
from gaoxin_vote.workflow.session.slip_code import SlipReason
from tests.gui.booth.scenes import (
    CODE,
    PASSPHRASE,
    TRACKER,
    Scene,
    leadership_admission,
    peer_admission,
    unit_code,
)

WRONG = "9999888877776666"


def test_without_qt() -> None:
    modules = "flow", "draft", "state", "ballot_layout", "presenter"
    imports = "; ".join(f"import gaoxin_vote.gui.booth.{module}" for module in modules)
    found = f"{imports}; import sys; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", found], check=False).returncode == 0


def test_while_the_session_is_not_open_the_first_page_says_so_and_takes_nothing() -> None:
    scene = Scene(leadership_admission(3))
    booth = scene.booth
    for stage in Stage:
        state = booth.told(stage)
        assert bool(state.closed) is (stage is not Stage.OPEN)
    booth.told(Stage.SUSPENDED)
    for act in (booth.begin, lambda: booth.digit("1")):
        state = act()
        assert (state.step, state.code, state.closed) == (BoothStep.IDLE, "", "投票已暂停，请稍候")
    booth.told(Stage.OPEN)
    assert booth.begin().step is BoothStep.CODE


# -- the whole way ----------------------------------------------------------------------------------------


def test_a_delegate_with_a_named_slip() -> None:
    scene = Scene(peer_admission(25, own=13)).enter()
    state = scene.booth.state
    assert (state.step, state.title, state.to_mark, state.marked) == (BoothStep.BALLOT, "部门互评", 24, 0)
    scene.mark()
    assert scene.booth.state.marked == 24
    scene.cast()
    state = scene.booth.state
    assert state.step is BoothStep.TRACKER
    assert state.tracker == groups(TRACKER) == ("K7F7", "WMXA", "TAX3", "WT4P")
    (ballot,) = scene.desk.box
    assert dict(ballot.marks)[unit_code(13)] is Mark.RECUSE
    assert len(ballot.marks) == 25
    scene.clock.advance(1)
    assert scene.booth.dismiss().step is BoothStep.IDLE


def test_a_delegate_with_a_drawn_slip_names_the_own_unit() -> None:
    scene = Scene(peer_admission(5, drawn=True)).enter()
    booth = scene.booth
    assert booth.state.step is BoothStep.OWN_UNIT
    assert booth.accept_own().step is BoothStep.OWN_UNIT, "nothing has been named yet"
    booth.name_own(unit_code(2))
    booth.name_own(unit_code(4))
    assert booth.accept_own().step is BoothStep.BALLOT
    assert [row.own for row in booth.state.rows] == [False, False, False, True, False]
    assert booth.rename_own().step is BoothStep.OWN_UNIT
    assert booth.state.own == unit_code(4)
    booth.name_own(None)
    assert booth.accept_own().to_mark == 5


def test_the_own_unit_cannot_be_missing_where_every_unit_is_rated() -> None:
    scene = Scene(peer_admission(5, drawn=True, every_unit=True)).enter()
    assert not scene.booth.state.own_may_be_absent
    assert not scene.booth.name_own(None).own_named


def test_a_leader_reads_the_words_of_the_leadership_rating() -> None:
    state = Scene(leadership_admission(5)).enter().booth.state
    assert state.step is BoothStep.BALLOT
    assert [state.word(mark) for mark in Mark] == ["优秀", "良好", "及格", "不及格", "弃权", "回避"]
    assert state.to_mark == 5


def test_a_named_slip_cannot_change_its_own_unit() -> None:
    scene = Scene(peer_admission(5, own=3)).enter()
    assert scene.booth.rename_own().step is BoothStep.BALLOT


# -- the code ---------------------------------------------------------------------------------------------


def test_the_code_digit_by_digit() -> None:
    scene = Scene()
    assert scene.booth.digit("1").step is BoothStep.CODE
    scene.type("23")
    assert scene.booth.erase().code == "12"
    assert scene.booth.enter_code().message == "票码是16位数字，还差14位。"
    assert scene.booth.take_work() is None
    assert scene.booth.clear().code == ""
    scene.type(CODE + "77")
    assert scene.booth.state.code == CODE, "more than sixteen digits are not taken"
    assert scene.booth.leave_code().step is BoothStep.IDLE
    assert scene.booth.state.code == ""


@pytest.mark.parametrize("reason", list(SlipReason))
def test_each_refusal_is_said_in_its_own_words(reason: SlipReason) -> None:
    scene = Scene()
    scene.desk.refusal = Refused(reason, f"原因：{reason.value}。")
    state = scene.enter().booth.state
    assert (state.step, state.message) == (BoothStep.CODE, f"原因：{reason.value}。")
    kept = CODE if reason is SlipReason.MISTYPED else ""
    assert state.code == kept, "only a mistyped code stays to be mended"


def test_a_mistyped_code_can_be_mended_or_scanned_again() -> None:
    scene = Scene()
    scene.desk.refusal = Refused(SlipReason.MISTYPED, "票码有误。")
    assert scene.enter().booth.erase().code == CODE[:-1]
    scene.booth.digit("7")
    assert scene.booth.state.code == CODE[:-1] + "7"
    scene.booth.enter_code()
    scene.work()
    scene.type(CODE)
    assert scene.booth.state.code == CODE


def test_one_wrong_digit_is_mended_without_typing_all_again() -> None:
    scene = Scene()
    scene.desk.refusal = Refused(SlipReason.MISTYPED, "票码有误。")
    wrong = CODE[:4] + "9" + CODE[5:]
    scene.enter(wrong)
    assert scene.booth.go_to_digit(4).place == 4
    state = scene.booth.digit(CODE[4])
    assert (state.code, state.place) == (CODE, 5)
    scene.booth.erase()
    assert scene.booth.state.code == CODE[:4] + CODE[5:]
    assert scene.booth.digit(CODE[4]).code == CODE, "room is made where one is missing"
    assert scene.booth.go_to_digit(99).place == 16
    assert scene.booth.digit("7").code == CODE
    scene.desk.refusal = None
    scene.booth.enter_code()
    scene.work()
    assert scene.booth.state.step is BoothStep.BALLOT


def test_repeated_wrong_codes_slow_down_and_the_next_voter_is_not_to_blame() -> None:
    scene = Scene()
    for _ in range(2):
        assert scene.enter(WRONG).booth.state.wait == 0
    assert scene.enter(WRONG).booth.state.wait == 5
    assert scene.booth.digit("1").code == "", "nothing is typed while waiting"
    scene.clock.advance(5)
    assert scene.booth.tick().wait == 0
    assert scene.enter(WRONG).booth.state.wait == 10
    scene.clock.advance(10)
    assert scene.enter().booth.state.step is BoothStep.BALLOT
    scene.mark().cast()
    scene.clock.advance(1)
    scene.booth.dismiss()
    assert scene.enter(WRONG).booth.state.wait == 0


@pytest.mark.parametrize("reason", list(SlipReason))
def test_only_numbers_that_are_no_slip_count_towards_the_lock(reason: SlipReason) -> None:
    scene = Scene()
    scene.desk.refusal = Refused(reason, "不能使用。")
    for _ in range(3):
        scene.enter()
        scene.booth.clear()
    guessed = reason in (SlipReason.UNKNOWN, SlipReason.MISTYPED)
    assert bool(scene.booth.state.wait) is guessed


def test_a_slip_of_ours_neither_adds_to_the_lock_nor_forgives() -> None:
    scene = Scene()
    for _ in range(2):
        scene.enter(WRONG)
    scene.desk.refusal = Refused(SlipReason.USED, "此票码已经投过票。")
    assert scene.enter().booth.state.wait == 0
    scene.desk.refusal = None
    assert scene.enter(WRONG).booth.state.wait == 5


def test_a_suspended_session_is_no_wrong_code() -> None:
    scene = Scene()
    scene.desk.refusal = Refused(Cover.NONE, "部门互评会议现为“暂停”。")
    for _ in range(5):
        scene.enter()
    assert scene.booth.state.wait == 0
    assert scene.booth.state.message == "部门互评会议现为“暂停”。请联系工作人员。"


def test_a_code_is_kept_when_the_workspace_is_unavailable() -> None:
    scene = Scene()
    scene.desk.refusal = Unavailable(Cover.NONE, "磁盘不可用。")
    state = scene.enter().booth.state
    assert (state.step, state.code) == (BoothStep.CODE, CODE)
    scene.desk.refusal = None
    scene.booth.enter_code()
    scene.work()
    assert scene.booth.state.step is BoothStep.BALLOT


def test_a_code_nobody_finishes_is_forgotten() -> None:
    scene = Scene().type(CODE[:7])
    scene.clock.advance(45)
    state = scene.booth.tick()
    assert (state.step, state.code) == (BoothStep.IDLE, "")


# -- marking and reviewing --------------------------------------------------------------------------------


def test_one_excellent_too_many_is_refused_in_a_clear_sentence() -> None:
    scene = Scene(peer_admission(5, own=None, max_excellent=1)).enter()
    scene.booth.mark(unit_code(1), Mark.EXCELLENT)
    state = scene.booth.mark(unit_code(2), Mark.EXCELLENT)
    assert state.message.startswith("“优秀”最多1个，已满。")
    assert state.rows[1].mark is None
    assert scene.booth.mark(unit_code(2), Mark.GOOD).message == ""


def test_the_review_puts_unmarked_rows_first_and_keeps_the_order() -> None:
    scene = Scene(peer_admission(6, own=2)).enter().mark(3, 5)
    state = scene.booth.review()
    assert [row.unit.number for row in state.review] == [3, 5, 1, 2, 4, 6]
    scene.clock.advance(1)
    assert scene.booth.confirm().step is BoothStep.REVIEW, "an unmarked unit is never an abstention by itself"
    state = scene.booth.abstain_rest()
    assert [row.unit.number for row in state.review] == [1, 2, 3, 4, 5, 6]
    assert [state.rows[place].mark for place in (2, 4)] == [Mark.ABSTAIN] * 2
    assert scene.booth.confirm().step is BoothStep.REVIEW, "a new page"
    scene.clock.advance(1)
    assert scene.booth.confirm().step is BoothStep.SEALING


def test_marks_can_be_changed_until_they_are_confirmed() -> None:
    scene = Scene(peer_admission(3, own=1)).enter().mark()
    scene.booth.review()
    assert scene.booth.back().step is BoothStep.BALLOT
    scene.booth.mark(unit_code(2), Mark.FAIL)
    scene.cast()
    assert dict(scene.desk.box[0].marks)[unit_code(2)] is Mark.FAIL


def test_a_double_tap_does_not_cast() -> None:
    scene = Scene().enter().mark()
    scene.booth.review()
    assert scene.booth.confirm().step is BoothStep.REVIEW
    scene.clock.advance(0.9)
    assert scene.booth.confirm().step is BoothStep.REVIEW
    scene.clock.advance(0.2)
    assert scene.booth.confirm().step is BoothStep.SEALING
    assert scene.booth.confirm().step is BoothStep.SEALING
    scene.work()
    assert scene.booth.take_work() is None
    assert len(scene.desk.box) == 1


def test_counts_speak_the_words_of_the_contest() -> None:
    scene = Scene(leadership_admission(3)).enter()
    scene.booth.mark(unit_code(1), Mark.PASS)
    scene.booth.mark(unit_code(2), Mark.PASS)
    counts = scene.booth.mark(unit_code(3), Mark.ABSTAIN).counts
    assert counts == (("优秀", 0), ("良好", 0), ("及格", 2), ("不及格", 0), ("弃权", 1))


# -- when it goes wrong -----------------------------------------------------------------------------------


def test_the_ballot_survives_an_unavailable_disk() -> None:
    scene = Scene().enter().mark()
    marks = [row.mark for row in scene.booth.state.rows]
    scene.desk.refusal = Unavailable(Cover.NONE, "磁盘已满，选票没有保存。")
    state = scene.cast().booth.state
    assert (state.step, state.message) == (BoothStep.TROUBLE, "磁盘已满，选票没有保存。请联系工作人员。")
    assert [row.mark for row in state.rows] == marks
    scene.desk.refusal = None
    scene.clock.advance(1)
    assert scene.booth.confirm().step is BoothStep.SEALING
    scene.work()
    assert scene.booth.state.step is BoothStep.TRACKER
    assert [mark for _, mark in scene.desk.box[0].marks] == marks


def test_the_own_slip_read_again_does_not_hide_what_went_wrong() -> None:
    scene = Scene().enter().mark()
    scene.desk.refusal = Unavailable(Cover.NONE, "磁盘已满，选票没有保存。")
    trouble = scene.cast().booth.state.message
    state = scene.booth.scan(CODE)
    assert (state.step, state.cover, state.message) == (BoothStep.TROUBLE, Cover.NONE, trouble)


@pytest.mark.parametrize("error", [Refused(Cover.NONE, "会议已暂停。"), RuntimeError("a bug")])
def test_a_refused_cast_or_a_bug_keeps_the_ballot_too(error: Exception) -> None:
    scene = Scene().enter().mark()
    scene.desk.refusal = error
    state = scene.cast().booth.state
    assert state.step is BoothStep.TROUBLE
    assert "请联系工作人员" in state.message
    assert "bug" not in state.message
    assert scene.booth.back().step is BoothStep.BALLOT
    assert scene.booth.state.marked == 24


@pytest.mark.parametrize("casting", [True, False])
def test_broken_evidence_stops_the_booth(casting: bool) -> None:
    scene = Scene()
    if casting:
        scene.enter().mark()
    scene.desk.refusal = EvidenceBroken(Cover.NONE, "票箱校验未通过。")
    state = (scene.cast() if casting else scene.enter()).booth.state
    assert (state.step, state.message, state.rows) == (BoothStep.STOPPED, "票箱校验未通过。", ())
    scene.clock.advance(10_000)
    for act in (scene.booth.tick, scene.booth.back, scene.booth.confirm, scene.booth.begin):
        assert act().step is BoothStep.STOPPED
    scene.booth.ask_exit()
    scene.booth.give_passphrase(PASSPHRASE)
    scene.work()
    assert scene.booth.state.left


def test_acts_that_do_not_fit_the_step_change_nothing() -> None:
    scene = Scene()
    booth = scene.booth
    before = booth.state
    for act in (
        *(booth.erase, booth.clear, booth.enter_code, booth.leave_code, booth.accept_own, booth.rename_own),
        *(booth.review, booth.abstain_rest, booth.back, booth.ask_discard, booth.keep, booth.discard),
        *(booth.confirm, booth.dismiss, booth.cancel_exit, booth.touch, booth.tick),
    ):
        assert act() == before
    assert booth.mark(unit_code(1), Mark.GOOD) == before
    assert booth.give_passphrase(PASSPHRASE) == before
    assert booth.take_work() is None


# -- nothing stays ----------------------------------------------------------------------------------------


def living(*kinds: type) -> int:
    """How many objects of these kinds have not been forgotten."""
    gc.collect()
    return sum(isinstance(thing, kinds) for thing in gc.get_objects())


@pytest.mark.parametrize("casting", [True, False])
def test_nothing_of_a_voter_stays_in_memory(casting: bool) -> None:
    before = living(MarkedBallot, BallotDraft, BallotRow)
    scene = Scene().enter().mark()
    marks = scene.booth._visit.draft._marks
    assert any(marks)
    if casting:
        scene.cast()
        scene.desk.box.clear()
    else:
        scene.booth.ask_discard()
        scene.clock.advance(1)
        scene.booth.discard()
    assert not any(marks), "overwritten, not only dropped"
    assert living(MarkedBallot, BallotDraft, BallotRow) == before
    secret = repr(vars(scene.booth))
    assert CODE not in secret
    assert "EXCELLENT" not in secret


def test_what_is_shown_and_done_does_not_name_its_secrets() -> None:
    scene = Scene().enter().mark()
    said = repr(scene.booth.state)
    scene.confirm()
    said += repr(scene.booth.take_work())
    for secret in (CODE, "EXCELLENT", "办公室"):
        assert secret not in said
