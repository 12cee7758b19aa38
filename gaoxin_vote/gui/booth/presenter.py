"""What does the booth do when the voter, the clock or the workspace moves?"""

import hmac
import secrets
from collections.abc import Callable
from functools import partial

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.tracker import groups
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Refused, Unavailable
from gaoxin_vote.gui.booth.code_entry import CodeEntry
from gaoxin_vote.gui.booth.draft import BallotDraft, BoothActs
from gaoxin_vote.gui.booth.flow import ADMITTED, WORKING, BoothFlow, BoothStep, BoothTimes
from gaoxin_vote.gui.booth.state import BoothState, Cover, Purpose, Sight
from gaoxin_vote.gui.booth.visit import Visit, Work, ask_staff
from gaoxin_vote.workflow.session.casting import Admission
from gaoxin_vote.workflow.session.slip_code import NO_SLIPS, SlipReason


class BoothPresenter:
    """The voter's acts as methods, each of which returns the state to show.

    An act that does not fit the step (the second of a double click, say) changes nothing. After every act
    the window asks `take_work()`. The `acts` run on the worker thread and nowhere else.
    """

    def __init__(
        self,
        occasion: str,
        title: str,
        acts: BoothActs,
        clock: Callable[[], float],
        times: BoothTimes | None = None,
    ) -> None:
        self._occasion = occasion
        self._title = title
        self._acts = acts
        self._clock = clock
        self._times = times or BoothTimes()
        now = clock()
        self._flow = BoothFlow(since=now, touched=now)
        self._visit = Visit()
        self._work: Work | None = None
        self._left = False
        self._stage = Stage.OPEN
        self._checking = False
        self._prompt_message = ""
        self._salt = secrets.token_bytes(32)
        self._seen = 0.0
        self._sight = Sight.SEEN
        self._strip_offered = False
        self._strip_open = False
        """The passphrase was given for the strip; it is asked for once."""
        self._purpose = Purpose.LEAVE

    @property
    def state(self) -> BoothState:
        """What to show now."""
        now = self._clock()
        draft = self._visit.draft
        admission = draft.admission if draft else None
        return BoothState(
            step=self._flow.step,
            occasion=self._occasion,
            title=admission.title if admission else self._title,
            cover=self._cover(now),
            code=self._visit.code.digits,
            place=self._visit.code.place,
            message=self._prompt_message if self._flow.prompt else self._visit.message,
            details=self._visit.details,
            wait=self._flow.wait(now, self._times),
            countdown=self._flow.countdown(now, self._times),
            whole_countdown=round(self._times.warning),
            rows=draft.rows() if draft else (),
            labels=admission.labels if admission else (),
            max_excellent=admission.max_excellent if admission else None,
            choose_own=admission.choose_own if admission else False,
            own_may_be_absent=admission.own_may_be_absent if admission else False,
            own=self._visit.own,
            own_named=self._visit.own_named,
            tracker=self._visit.tracker,
            checking=self._checking,
            left=self._left,
            stage=self._stage,
            visit=self._flow.visits,
            sight=self._sight,
            strip_offered=self._strip_offered,
            purpose=self._purpose,
        )

    def take_work(self) -> Work | None:
        """What the worker thread is to do now, once."""
        work, self._work = self._work, None
        return work

    def tick(self) -> BoothState:
        """Time has passed."""
        self._expire()
        return self.state

    def touch(self) -> BoothState:
        """Somebody touched the screen or a key: the ballot is not abandoned, unless that is being asked."""
        self._expire()
        if self._cover(self._clock()) is not Cover.WARNING:
            self._flow = self._flow.touch(self._clock())
        return self.state

    def seen(self) -> BoothState:
        """The page has appeared on the screen: from now on it is shown."""
        self._seen = self._clock()
        return self.state

    def _expire(self) -> None:
        """Before anything else: what has been abandoned is gone, even if nobody looked at the clock."""
        if not self._checking:
            flow = self._flow.tick(self._clock(), self._times)
            if flow.step is not self._flow.step:
                self._forget()
            self._flow = flow

    # The scanner

    def scan(self, code: str) -> BoothState:
        """A slip's code was scanned: the next voter is there, or this one scans the own slip again."""
        self._expire()
        cover, step = self._cover(self._clock()), self._flow.step
        if cover is Cover.STRIP:
            # The next voter is there: the officer makes way.
            self.close_strip()
            cover = self._cover(self._clock())
        if step in (BoothStep.IDLE, BoothStep.CODE) and cover is Cover.NONE:
            return self._read(code)
        if cover in (Cover.PROMPT, Cover.SCREEN) or step in WORKING or step is BoothStep.STOPPED:
            return self.state
        own = hmac.compare_digest(self._mark_of(code), self._visit.slip)
        if cover is Cover.WARNING or (step is BoothStep.TRACKER and not own):
            return self._make_way(code)
        if own:
            if step is not BoothStep.TROUBLE:  # what went wrong, and whom to ask, stays in sight
                self._visit.message = "票码条已读入，不必再扫。"
            return self.touch() if cover is Cover.NONE else self.state
        if cover is not Cover.SCANNED:
            self._visit.asked = self._clock()
        self._visit.next_code = code
        return self.state

    def make_way(self) -> BoothState:
        """Discard the ballot for the next voter, whose slip has been scanned."""
        if self._answers(Cover.SCANNED):
            return self._make_way(self._visit.next_code)
        return self.state

    def _make_way(self, code: str) -> BoothState:
        self._go(BoothStep.IDLE)
        self._forget()
        return self._read(code)

    def _read(self, code: str) -> BoothState:
        self.begin()
        if self._at(BoothStep.CODE) and not self._locked:
            self._visit.code = CodeEntry(code)
        return self.enter_code()

    def _mark_of(self, code: str) -> bytes:
        return hmac.digest(self._salt, code.encode(), "sha256")

    def told(self, stage: Stage) -> BoothState:
        """The desk has opened, suspended or ended the session."""
        self._stage = stage
        return self.state

    # The code

    def begin(self) -> BoothState:
        """Go from the first screen to the code."""
        if self._at(BoothStep.IDLE) and self._stage is Stage.OPEN:
            self._go(BoothStep.CODE)
        return self.state

    def digit(self, digit: str) -> BoothState:
        """One digit, from key, screen or scanner."""
        self.begin()
        if self._at(BoothStep.CODE) and not self._locked and self._visit.code.take(digit):
            self._visit.message = ""
        return self.touch()

    def erase(self) -> BoothState:
        """Take the last digit back; after a mistyped code the digits stay to be mended."""
        if self._at(BoothStep.CODE):
            self._visit.code.erase()
            self._visit.message = ""
        return self.touch()

    def clear(self) -> BoothState:
        """Take all digits back."""
        if self._at(BoothStep.CODE):
            self._visit.code, self._visit.message = CodeEntry(), ""
        return self.touch()

    def go_to_digit(self, place: int) -> BoothState:
        """Go to one digit, to mend it without typing all of them again."""
        if self._at(BoothStep.CODE) and not self._locked:
            self._visit.code.go_to(place)
        return self.touch()

    def leave_code(self) -> BoothState:
        """Go back to the first screen."""
        if self._at(BoothStep.CODE):
            self._go(BoothStep.IDLE)
            self._forget()
        return self.state

    def enter_code(self) -> BoothState:
        """Have the code checked."""
        if not self._at(BoothStep.CODE) or self._locked:
            return self.state
        missing = self._visit.code.missing
        if missing:
            self._visit.message = f"票码是16位数字，还差{missing}位。"
            return self.touch()
        self._visit.message = ""
        self._go(BoothStep.ADMITTING)
        call = partial(self._acts.admit, self._visit.code.digits)
        self._work = Work(call, self._admitted, self._not_admitted)
        return self.state

    def _admitted(self, admission: Admission) -> BoothState:
        slip = self._mark_of(self._visit.code.digits)
        self._forget()
        self._visit.draft, self._visit.slip = BallotDraft(admission), slip
        self._flow = self._flow.right_code()
        self._go(BoothStep.OWN_UNIT if admission.choose_own else BoothStep.BALLOT)
        return self.state

    def _not_admitted(self, error: BaseException) -> BoothState:
        if isinstance(error, EvidenceBroken):
            return self._stop(error)
        code = self._visit.code.digits
        self._go(BoothStep.CODE)
        self._forget()
        if isinstance(error, Refused) and isinstance(error.reason, SlipReason):
            if error.reason in NO_SLIPS:
                self._flow = self._flow.wrong_code(self._clock(), self._times)
            self._visit.message = error.message
            keep = error.reason is SlipReason.MISTYPED
        else:
            self._visit.message = ask_staff(error, "程序出错，票码没有使用，仍可投票。")
            keep = isinstance(error, Unavailable)
        if keep:
            self._visit.code = CodeEntry(code, stale=True)
        return self.state

    # The own unit

    def name_own(self, code: UnitCode | None) -> BoothState:
        """Name the own unit, or None when it is not on this ballot."""
        draft = self._visit.draft
        allowed = draft is not None and (code is not None or draft.admission.own_may_be_absent)
        if self._at(BoothStep.OWN_UNIT) and allowed:
            self._visit.own, self._visit.own_named = code, True
        return self.touch()

    def accept_own(self) -> BoothState:
        """Go on to the ballot with the own unit named."""
        if self._visit.draft and self._at(BoothStep.OWN_UNIT) and self._visit.own_named:
            self._visit.draft.recuse(self._visit.own)
            self._go(BoothStep.BALLOT)
        return self.state

    def rename_own(self) -> BoothState:
        """Go back from the ballot and name another own unit."""
        if self._visit.draft and self._at(BoothStep.BALLOT) and self._visit.draft.admission.choose_own:
            self._visit.message = ""
            self._go(BoothStep.OWN_UNIT)
        return self.state

    # The ballot

    def mark(self, code: UnitCode, mark: Mark) -> BoothState:
        """Mark one unit."""
        if self._visit.draft and self._at(BoothStep.BALLOT):
            self._visit.message = ""
            try:
                self._visit.draft.mark(code, mark)
            except Refused as refusal:
                self._visit.message = refusal.message
        return self.touch()

    def review(self) -> BoothState:
        """Look at all marks before casting."""
        if self._at(BoothStep.BALLOT):
            self._visit.message = ""
            self._go(BoothStep.REVIEW)
        return self.state

    def abstain_rest(self) -> BoothState:
        """Abstain for every unit without a mark, on the voter's explicit wish."""
        if self._visit.draft and self._at(BoothStep.REVIEW):
            self._visit.draft.abstain_rest()
            self._flow = self._flow.again(self._clock())
        return self.touch()

    def back(self) -> BoothState:
        """Go back to the ballot and change marks."""
        if self._at(BoothStep.REVIEW, BoothStep.TROUBLE):
            self._visit.message, self._visit.details = "", ()
            self._go(BoothStep.BALLOT)
        return self.state

    def ask_discard(self) -> BoothState:
        """Ask whether to discard what was filled in."""
        if self._at(BoothStep.OWN_UNIT, BoothStep.BALLOT, BoothStep.REVIEW, BoothStep.TROUBLE):
            self._visit.discarding, self._visit.asked = True, self._clock()
        return self.touch()

    def keep(self) -> BoothState:
        """Go on with the ballot: the answer to the questions and to the warning."""
        self._expire()
        if self._answers(Cover.WARNING, Cover.SCANNED, Cover.DISCARD):
            self._visit.discarding, self._visit.next_code = False, ""
            self._flow = self._flow.touch(self._clock())
        return self.state

    def discard(self) -> BoothState:
        """Forget the ballot; the slip stays valid."""
        if self._flow.step in ADMITTED - WORKING and self._answers(Cover.WARNING, Cover.DISCARD):
            self._go(BoothStep.IDLE)
            self._forget()
        return self.state

    def confirm(self) -> BoothState:
        """Cast the ballot, from the review or once more after trouble. There is no way back from here."""
        now = self._clock()
        if (
            self._visit.draft
            and self._at(BoothStep.REVIEW, BoothStep.TROUBLE)
            and not self._visit.draft.unmarked
            and self._settled(now)
        ):
            self._visit.message, self._visit.details = "", ()
            self._go(BoothStep.SEALING)
            call = partial(self._acts.cast, self._visit.draft.admission, self._visit.draft.ballot())
            self._work = Work(call, self._sealed, self._not_sealed)
        return self.state

    def _sealed(self, tracker: str) -> BoothState:
        self._go(BoothStep.TRACKER)
        slip = self._visit.slip
        self._forget()
        self._visit.slip = slip
        self._visit.tracker = groups(tracker)
        return self.state

    def _not_sealed(self, error: BaseException) -> BoothState:
        if isinstance(error, EvidenceBroken):
            return self._stop(error)
        self._go(BoothStep.TROUBLE)
        self._visit.message = ask_staff(error, "程序出错。")
        self._visit.details = error.details if isinstance(error, GaoxinVoteError) else ()
        return self.state

    def dismiss(self) -> BoothState:
        """Leave the tracker."""
        if self._at(BoothStep.TRACKER) and self._settled(self._clock()):
            self._go(BoothStep.IDLE)
            self._forget()
        return self.state

    # The screen

    def see(self, sight: Sight) -> BoothState:
        """Who sees the booth from now on; unless it is the voter alone, everything is covered and kept."""
        self._expire()
        self._sight, now = sight, self._clock()
        if sight is not Sight.SEEN and not self._checking:
            # A line for the passphrase must not move to another screen, nor stay there unattended.
            self._flow = self._flow.ask(False, now).show_strip(False, now)
        self._flow = self._flow.see(sight is Sight.SEEN, now, self._times)
        self._expire()
        return self.state

    def offer_strip(self, offered: bool) -> BoothState:
        """Whether the officer has no other screen to check in and issue slips on."""
        self._strip_offered = offered
        if not offered:
            self.close_strip()
        return self.state

    # The officer

    def ask_exit(self) -> BoothState:
        """Ask for the officer's passphrase."""
        return self._ask(Purpose.LEAVE)

    def ask_strip(self) -> BoothState:
        """Open the strip for check-in; the first time the officer's passphrase is asked for."""
        if not self._strip_offered or self._cover(self._clock()) in (Cover.PROMPT, Cover.SCREEN):
            return self.state
        if not self._strip_open:
            return self._ask(Purpose.STRIP)
        self._expire()
        self._flow = self._flow.show_strip(True, self._clock())
        return self.state

    def close_strip(self) -> BoothState:
        """Go back to the voter."""
        self._flow = self._flow.show_strip(False, self._clock())
        return self.state

    def _ask(self, purpose: Purpose) -> BoothState:
        self._expire()
        if not self._checking:
            self._prompt_message, self._purpose = "", purpose
            self._flow = self._flow.ask(True, self._clock())
        return self.state

    def cancel_exit(self) -> BoothState:
        """Go back to the voter."""
        if not self._checking:
            self._flow = self._flow.ask(False, self._clock())
        return self.state

    def give_passphrase(self, passphrase: str) -> BoothState:
        """Have the officer's passphrase checked."""
        if self._flow.prompt and not self._checking and not self._flow.wait(self._clock(), self._times):
            self._checking, self._prompt_message = True, ""
            call = partial(self._acts.check_passphrase, passphrase)
            self._work = Work(call, self._passphrase_right, self._passphrase_wrong)
        return self.touch()

    def _passphrase_right(self, _: object) -> BoothState:
        self._checking = False
        if self._purpose is Purpose.STRIP:
            self._strip_open = True
            self.cancel_exit()
            return self.ask_strip()
        self._left = True
        self._forget()
        return self.state

    def _passphrase_wrong(self, error: BaseException) -> BoothState:
        self._checking = False
        if isinstance(error, Refused):
            self._flow = self._flow.wrong_passphrase(self._clock(), self._times)
        self._prompt_message = (
            error.message if isinstance(error, GaoxinVoteError) else "程序出错，请再试一次。"
        )
        return self.state

    # Inside

    def _forget(self) -> None:
        """Wipe everything of the voter."""
        if self._visit.draft is not None:
            self._visit.draft.wipe()
        self._visit = Visit()

    def _stop(self, error: EvidenceBroken) -> BoothState:
        self._go(BoothStep.STOPPED)
        self._forget()
        self._visit.message, self._visit.details = error.message, error.details
        return self.state

    def _go(self, step: BoothStep) -> None:
        self._flow = self._flow.to(step, self._clock())

    def _settled(self, now: float) -> bool:
        """Whether what is shown has been shown for long enough."""
        shown = max(self._seen, self._visit.asked)
        return now - shown >= self._times.grace and self._flow.settled(now, self._times)

    def _answers(self, *covers: Cover) -> bool:
        now = self._clock()
        return self._cover(now) in covers and self._settled(now)

    def _at(self, *steps: BoothStep) -> bool:
        self._expire()
        return self._flow.step in steps and self._cover(self._clock()) is Cover.NONE

    @property
    def _locked(self) -> bool:
        return self._flow.codes.wait(self._clock(), self._times) > 0

    def _cover(self, now: float) -> Cover:
        if self._flow.prompt:
            return Cover.PROMPT
        if self._flow.away:
            return Cover.SCREEN
        if self._flow.strip:
            return Cover.STRIP
        if self._flow.warning(now, self._times) is not None:
            return Cover.WARNING
        if self._visit.next_code:
            return Cover.SCANNED
        return Cover.DISCARD if self._visit.discarding else Cover.NONE
