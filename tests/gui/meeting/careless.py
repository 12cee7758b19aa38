"""People as they are: they walk away, scan twice, hold the wrong slip, press twice, and scan out of turn."""

from collections import Counter
from collections.abc import Callable

from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.state import Cover
from gaoxin_vote.gui.booth.window import BoothWindow
from tests.gui.meeting.hands import keys, pause, press, press_twice, scan, until

_KEYS = "12340"
"""The keys of the four grades, best first, and of an abstention."""
_AFTER_A_SCAN = 0.25


class CarelessPeople:
    """Voters 0 to 4 of one session, each with the slip of that number; what they mean to vote is noted."""

    def __init__(
        self, booth: BoothWindow, slips: tuple[str, ...], grace: float, settle: Callable[[], None]
    ) -> None:
        self._booth, self._slips, self._grace, self._settle = booth, slips, grace, settle
        self.meant: Counter[tuple[str, str]] = Counter()
        """How often a unit was meant to have the mark of a key."""
        self.trackers: list[str] = []

    def vote(self, used_elsewhere: str) -> None:
        """All of them, with every slip of the hand there is; a slip of another session is tried first."""
        self._scan(used_elsewhere)
        self._until(BoothStep.CODE)
        self._told("那场会议已经结束，不能再使用")
        self._walk_away_at_the_review(0, 1)
        self._scan_again_and_again(1)
        self._confirm()
        self._walk_on_at_the_tracker(2, 3)
        for _ in range(3):
            self._scan(self._slips[1])
            self._until(BoothStep.CODE)
            self._told("已经投过票")
        assert not self._booth.state.wait, "a used slip is no guess"
        for voter in (3, 0, 4):
            self._scan(self._slips[voter])
            self._until(BoothStep.BALLOT)
            self._mark(voter)
            self._confirm_twice() if voter == 4 else self._confirm()
            self._dismiss()

    def _walk_away_at_the_review(self, first: int, second: int) -> None:
        """The first fills in a ballot and goes; the second scans, makes way, and finds an empty ballot."""
        self._scan(self._slips[first])
        self._until(BoothStep.BALLOT)
        self._mark(first, meant=False)
        self._scan(self._slips[second])
        until(lambda: self._booth.state.cover is Cover.SCANNED, "question to the next voter")
        assert self._booth.state.step is BoothStep.REVIEW
        pause(self._grace)
        press(self._booth, "清除，由下一位投票")
        self._until(BoothStep.BALLOT)
        until(lambda: self._booth.state.cover is Cover.NONE, "the ballot of the next voter")
        assert self._booth.state.marked == 0, "marks of the voter before"

    def _scan_again_and_again(self, voter: int) -> None:
        """The own slip, three times; then the ballot is filled in as usual."""
        for _ in range(3):
            self._scan(self._slips[voter])
            self._told("票码条已读入，不必再扫")
            assert (self._booth.state.step, self._booth.state.marked) == (BoothStep.BALLOT, 0)
        self._mark(voter)

    def _walk_on_at_the_tracker(self, voter: int, next_one: int) -> None:
        """The scan of `voter` dismisses the tracker before; another slip comes too early, and has to wait."""
        pause(self._grace)
        self._scan(self._slips[voter])
        self._until(BoothStep.BALLOT)
        self._scan(self._slips[next_one])
        until(lambda: self._booth.state.cover is Cover.SCANNED, "question to whoever stands there")
        pause(self._grace)
        press(self._booth, "继续填写")
        until(lambda: self._booth.state.cover is Cover.NONE, "the own ballot again")
        self._mark(voter)
        self._confirm()
        self._dismiss()

    def _mark(self, voter: int, *, meant: bool = True) -> None:
        """Mark by keys, unit after unit, and go to the review."""
        booth = self._booth
        rows = [row for row in booth.state.rows if not row.own]
        for place, row in enumerate(rows):
            key = _KEYS[(place + voter) % len(_KEYS)]
            if meant:
                self.meant[row.unit.code, key] += 1
            keys(key, "Return")
            until(lambda marked=place + 1: booth.state.marked == marked, "mark")
        keys("Return")
        self._until(BoothStep.REVIEW)

    def _confirm(self) -> None:
        pause(self._grace)
        keys("ctrl+Return")
        self._cast()

    def _confirm_twice(self) -> None:
        pause(self._grace)
        press_twice(self._booth, "确认投票")
        self._cast()

    def _cast(self) -> None:
        self._until(BoothStep.TRACKER)
        self.trackers.append("".join(self._booth.state.tracker))

    def _dismiss(self) -> None:
        pause(self._grace)
        keys("Return")
        self._until(BoothStep.IDLE)

    def _scan(self, slip: str) -> None:
        scan(slip)
        pause(_AFTER_A_SCAN)  # the hand that holds the scanner cannot press a key at once
        self._settle()

    def _until(self, step: BoothStep) -> None:
        until(lambda: self._booth.state.step is step, step.name)

    def _told(self, words: str) -> None:
        until(lambda: words in self._booth.state.message, words)
