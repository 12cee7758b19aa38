"""Which page belongs to which state, and which act to which of its buttons?"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.booth.ballot_page import BallotPage
from gaoxin_vote.gui.booth.code_page import CodePage
from gaoxin_vote.gui.booth.controls import ButtonKind
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.idle_page import IdlePage
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.message_page import MessagePage, Sign
from gaoxin_vote.gui.booth.own_unit_page import OwnUnitPage
from gaoxin_vote.gui.booth.presenter import BoothPresenter
from gaoxin_vote.gui.booth.prompt_page import PromptPage
from gaoxin_vote.gui.booth.review_page import ReviewPage
from gaoxin_vote.gui.booth.state import KEPT, SIGHT_WORDS, BoothState, Cover
from gaoxin_vote.gui.booth.strip_page import StripPage

AnyPage = IdlePage | CodePage | OwnUnitPage | BallotPage | ReviewPage | MessagePage | PromptPage | StripPage
DoAct = Callable[..., None]
"""Does one of the presenter's acts with its arguments and shows what comes of it."""
MakeStrip = Callable[[Callable[[], object]], QWidget]
"""Makes what the officer checks in with; it calls what it is given whenever somebody uses it."""


def page_key(state: BoothState) -> tuple[object, ...]:
    """States of the same key are shown by the same page."""
    step = BoothStep.CODE if state.step is BoothStep.ADMITTING else state.step
    # The review is made anew when the unmarked units have become abstentions: rows change their places.
    again = state.cover is Cover.NONE and step is BoothStep.REVIEW and not state.unmarked
    return (state.cover, step, again, state.sight, state.purpose)


class PageMaker:
    """Makes pages; remembers, for one voter, to which row of the ballot to come back."""

    def __init__(self, presenter: BoothPresenter, act: DoAct, make_strip: MakeStrip | None = None) -> None:
        self._presenter = presenter
        self._act = act
        self._make_strip = make_strip
        self._ballot: BallotPage | None = None
        self._place = 0
        self._missing = False

    def forget(self) -> None:
        """The voter has gone."""
        self._ballot, self._place, self._missing = None, 0, False

    def make(self, look: BoothLook, state: BoothState) -> AnyPage:
        """The page for `state`."""
        if self._ballot is not None:
            self._place, self._ballot = self._ballot.current, None
        if state.cover is Cover.PROMPT:
            return self._prompt(look, state)
        if state.cover is Cover.SCREEN:
            return self._screen(look, state)
        if state.cover is Cover.STRIP and self._make_strip is not None:
            return self._strip(look, state, self._make_strip)
        if state.cover is not Cover.NONE:
            covers = {
                Cover.WARNING: self._warning,
                Cover.SCANNED: self._scanned,
                Cover.DISCARD: self._discarding,
            }
            page = covers[state.cover](look)
            page.show_state(state)
            return page
        makers: dict[BoothStep, Callable[[BoothLook, BoothState], AnyPage]] = {
            BoothStep.IDLE: self._idle,
            BoothStep.CODE: self._code,
            BoothStep.ADMITTING: self._code,
            BoothStep.OWN_UNIT: self._own_unit,
            BoothStep.BALLOT: self._ballot_page,
            BoothStep.REVIEW: self._review,
            BoothStep.SEALING: self._sealing,
            BoothStep.TRACKER: self._tracker,
            BoothStep.TROUBLE: self._trouble,
            BoothStep.STOPPED: self._stopped,
        }
        return makers[state.step](look, state)

    def _idle(self, look: BoothLook, state: BoothState) -> AnyPage:
        page, booth, act = IdlePage(look, state), self._presenter, self._act
        page.begun.connect(lambda: act(booth.begin))
        page.left.connect(lambda: act(booth.ask_exit))
        page.strip_wanted.connect(lambda: act(booth.ask_strip))
        return page

    def _code(self, look: BoothLook, state: BoothState) -> AnyPage:
        page, booth, act = CodePage(look, state), self._presenter, self._act
        page.typed.connect(lambda digit: act(booth.digit, digit))
        page.erased.connect(lambda: act(booth.erase))
        page.cleared.connect(lambda: act(booth.clear))
        page.placed.connect(lambda place: act(booth.go_to_digit, place))
        page.entered.connect(lambda: act(booth.enter_code))
        page.returned.connect(lambda: act(booth.leave_code))
        return page

    def _own_unit(self, look: BoothLook, state: BoothState) -> AnyPage:
        page, booth, act = OwnUnitPage(look, state), self._presenter, self._act
        page.named.connect(lambda code: act(booth.name_own, code))
        page.accepted.connect(lambda: act(booth.accept_own))
        page.discarded.connect(lambda: act(booth.ask_discard))
        page.stirred.connect(lambda: act(booth.touch))
        return page

    def _ballot_page(self, look: BoothLook, state: BoothState) -> AnyPage:
        page = BallotPage(look, state, self._place, missing=self._missing)
        self._ballot = page
        booth, act = self._presenter, self._act
        page.marked.connect(lambda code, mark: act(booth.mark, code, mark))
        page.reviewed.connect(lambda: act(booth.review))
        page.discarded.connect(lambda: act(booth.ask_discard))
        page.own_changed.connect(lambda: act(booth.rename_own))
        page.stirred.connect(lambda: act(booth.touch))
        return page

    def _review(self, look: BoothLook, state: BoothState) -> AnyPage:
        page, booth, act = ReviewPage(look, state), self._presenter, self._act
        page.confirmed.connect(lambda: act(booth.confirm))
        page.rest_abstained.connect(lambda: act(booth.abstain_rest))
        page.discarded.connect(lambda: act(booth.ask_discard))

        def back(place: int) -> None:
            self._place, self._missing = place, bool(state.unmarked)
            act(booth.back)

        page.returned.connect(back)
        return page

    def _sealing(self, look: BoothLook, _state: BoothState) -> AnyPage:
        return MessagePage(look, Sign.LOCK, "正在加密并封存选票……", ("请稍候，不要离开。",))

    def _tracker(self, look: BoothLook, state: BoothState) -> AnyPage:
        line = "如需日后核对，请抄下查询码，封箱后可在“查询码清单”中查到。查询码不反映您的评价。"
        page = MessagePage(look, Sign.DONE, "选票已封存入箱", (line,))
        page.show_tracker(state.tracker)
        page.notice()
        page.add_button("完成", ButtonKind.PRIMARY, lambda: self._act(self._presenter.dismiss), counted=True)
        page.show_state(state)
        return page

    def _trouble(self, look: BoothLook, state: BoothState) -> AnyPage:
        booth, act = self._presenter, self._act
        lines = (state.message, *state.details, "您的评价还在，可以再试一次；同一张票码条只会计入一张选票。")
        page = MessagePage(look, Sign.ATTENTION, "投票没有完成", lines)
        page.add_button("放弃本次填写", ButtonKind.PLAIN, lambda: act(booth.ask_discard))
        page.add_button("返回修改", ButtonKind.PLAIN, lambda: act(booth.back))
        page.add_button("再试一次", ButtonKind.PRIMARY, lambda: act(booth.confirm), careful=True)
        return page

    def _stopped(self, look: BoothLook, state: BoothState) -> AnyPage:
        lines = (state.message, *state.details, "请停止操作，立即告知工作人员。")
        page = MessagePage(look, Sign.STOP, "投票已停止", lines)
        page.add_button("工作人员处理", ButtonKind.PLAIN, lambda: self._act(self._presenter.ask_exit))
        return page

    def _warning(self, look: BoothLook) -> MessagePage:
        booth, act = self._presenter, self._act
        line = "长时间没有操作，即将清除本次填写。票码条仍然有效，可以重新投票。"
        page = MessagePage(look, Sign.COUNTDOWN, "是否继续投票？", (line,))
        page.keep_calm()
        page.add_button("现在清除", ButtonKind.DANGER, lambda: act(booth.discard))
        page.add_button("继续填写", ButtonKind.PRIMARY, lambda: act(booth.keep))
        return page

    def _scanned(self, look: BoothLook) -> MessagePage:
        booth, act = self._presenter, self._act
        lines = (
            "这里还有一张没有投出的选票，已经盖住。正在填写的，请选“继续填写”。",
            "前一位已经离开的，请选“清除，由下一位投票”；前一位的票码条仍然有效。",
        )
        page = MessagePage(look, Sign.ATTENTION, "又扫描了一张票码条", lines)
        page.keep_calm()
        page.add_button("清除，由下一位投票", ButtonKind.DANGER, lambda: act(booth.make_way))
        page.add_button("继续填写", ButtonKind.PRIMARY, lambda: act(booth.keep))
        return page

    def _discarding(self, look: BoothLook) -> MessagePage:
        booth, act = self._presenter, self._act
        line = "已经填写的评价将全部清除；票码条仍然有效，可以重新投票。"
        page = MessagePage(look, Sign.ATTENTION, "放弃本次填写？", (line,))
        page.add_button("清除并退出", ButtonKind.DANGER, lambda: act(booth.discard))
        page.add_button("返回", ButtonKind.PRIMARY, lambda: act(booth.keep))
        return page

    def _screen(self, look: BoothLook, state: BoothState) -> MessagePage:
        heading, words = SIGHT_WORDS[state.sight]
        page = MessagePage(look, Sign.ATTENTION, heading, (KEPT, words))
        page.keep_calm()
        page.add_button("工作人员退出", ButtonKind.PLAIN, lambda: self._act(self._presenter.ask_exit))
        return page

    def _strip(self, look: BoothLook, state: BoothState, make_strip: MakeStrip) -> StripPage:
        booth, act = self._presenter, self._act
        page = StripPage(look, state, make_strip(lambda: act(booth.touch)))
        page.closed.connect(lambda: act(booth.close_strip))
        return page

    def _prompt(self, look: BoothLook, state: BoothState) -> AnyPage:
        page, booth, act = PromptPage(look, state), self._presenter, self._act
        page.given.connect(lambda passphrase: act(booth.give_passphrase, passphrase))
        page.cancelled.connect(lambda: act(booth.cancel_exit))
        page.stirred.connect(lambda: act(booth.touch))
        return page
