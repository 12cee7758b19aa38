"""What does the booth show at this moment?"""

from dataclasses import dataclass, field
from enum import Enum

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.booth.draft import BallotRow
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.workflow.session import slip_code

CODE_DIGITS = slip_code.CODE_DIGITS


def is_code(digits: str) -> bool:
    """Whether these 16 digits can stand on a slip: the check digit is right."""
    return len(digits) == CODE_DIGITS and slip_code.check_digit(digits[:-1]) == digits[-1]


CHOICES: tuple[Mark, ...] = (Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.FAIL, Mark.ABSTAIN)
"""What a row offers, in the order of its buttons and of the keys 1 to 4 and 0."""


_CLOSED = {
    Stage.SETUP: "投票尚未开始，请稍候",
    Stage.SUSPENDED: "投票已暂停，请稍候",
    Stage.CLOSED: "本场投票已结束",
    Stage.SEALED: "本场投票已结束",
    Stage.TALLIED: "本场投票已结束",
    Stage.VOIDED: "本场会议已作废",
}


class Sight(Enum):
    """Who sees what the booth shows."""

    SEEN = "seen"
    """The voter, on the delegates' screen, and nobody else as far as the computer knows."""
    LOST = "lost"
    """Nobody: the screen is gone."""
    ONLY = "only"
    """Perhaps others: of several screens the computer knows only one now, as when they show the same."""
    MIRRORED = "mirrored"
    """Others: a second screen shows the same."""
    ASLEEP = "asleep"
    """Nobody: the screen is dark."""


SIGHT_WORDS: dict[Sight, tuple[str, str]] = {
    Sight.LOST: ("投票屏已断开", "请检查投票屏的电源和连线；接回后自动恢复。"),
    Sight.ONLY: (
        "电脑只认出一块屏幕",
        "几块屏幕可能正显示相同的内容。请检查连线，并在系统的显示设置里选“扩展”，恢复后自动继续。",
    ),
    Sight.MIRRORED: (
        "投票屏与另一块屏幕显示相同的内容",
        "请在系统的显示设置里选“扩展”，不要选“复制”，恢复后自动继续。",
    ),
    Sight.ASLEEP: ("投票屏已休眠", "动一下鼠标或按任意键唤醒屏幕，随后自动恢复。"),
}
"""What is said of it, to the officer and on the cover: a heading and what to do."""
KEPT = "投票间已盖住，没有投出的选票保留。"
"""Said with each of them."""


class Purpose(Enum):
    """What the officer's passphrase is asked for."""

    LEAVE = "leave"
    STRIP = "strip"


class Cover(Enum):
    """What lies over the step, hiding it."""

    NONE = "none"
    WARNING = "warning"
    """Nobody has moved for long: continue, or the ballot is discarded."""
    SCANNED = "scanned"
    """Another slip was scanned over a ballot: continue, or make way for the next voter?"""
    DISCARD = "discard"
    """Discard what was filled in?"""
    PROMPT = "prompt"
    """The officer's passphrase is asked for."""
    STRIP = "strip"
    """The officer checks in and issues slips here, where there is no other screen."""
    SCREEN = "screen"
    """The delegates' screen shows nothing, or shows it to others too."""


@dataclass(frozen=True, slots=True)
class BoothState:
    """Everything the window needs to draw the booth; of the slip only the digits while they are typed."""

    step: BoothStep
    occasion: str
    """Such as 高新区2017年度目标任务考核."""
    title: str
    """Such as 部门互评."""
    cover: Cover = Cover.NONE
    code: str = field(default="", repr=False)
    place: int = 0
    """Where the next digit goes."""
    message: str = ""
    """One sentence for the person in front of the screen."""
    details: tuple[str, ...] = ()
    wait: int = 0
    """Seconds until a code, or the passphrase under the prompt, is accepted again."""
    countdown: int = 0
    """Seconds until the abandoned ballot is discarded or the tracker goes."""
    whole_countdown: int = 0
    """From how many seconds the warning counts."""
    rows: tuple[BallotRow, ...] = field(default=(), repr=False)
    labels: tuple[str, ...] = ()
    """The words of this contest for the four grades, best first."""
    max_excellent: int | None = None
    choose_own: bool = False
    """The voter names the own unit."""
    own_may_be_absent: bool = True
    """The ballot does not list every unit, so the own one may not be on it."""
    own: UnitCode | None = field(default=None, repr=False)
    own_named: bool = False
    """The voter has named the own unit or said that it is not on this ballot."""
    tracker: tuple[str, ...] = field(default=(), repr=False)
    checking: bool = False
    """The passphrase is being checked."""
    left: bool = False
    """The officer has left the booth."""
    stage: Stage = Stage.OPEN
    """Of the session; nobody is admitted unless it is open."""
    visit: int = 0
    """Another number, another voter."""
    sight: Sight = Sight.SEEN
    strip_offered: bool = False
    """There is no other screen on which the officer could check in and issue slips."""
    purpose: Purpose = Purpose.LEAVE
    """Of the prompt."""

    @property
    def closed(self) -> str:
        """Why nobody can vote now, in Chinese; empty while the session is open."""
        return _CLOSED.get(self.stage, "")

    @property
    def to_mark(self) -> int:
        """How many units are to be rated."""
        return sum(not row.own for row in self.rows)

    @property
    def marked(self) -> int:
        """How many of them have a mark."""
        return sum(not row.own and row.mark is not None for row in self.rows)

    @property
    def unmarked(self) -> tuple[BallotRow, ...]:
        """The rows without a mark, in the order of the ballot."""
        return tuple(row for row in self.rows if row.mark is None)

    @property
    def review(self) -> tuple[BallotRow, ...]:
        """The rows as the review shows them: those without a mark first, then in the order of the ballot."""
        return self.unmarked + tuple(row for row in self.rows if row.mark is not None)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How often each choice was made, in words of this contest."""
        marks = [row.mark for row in self.rows]
        return tuple((self.word(mark), marks.count(mark)) for mark in CHOICES)

    def word(self, mark: Mark) -> str:
        """The word of this contest for `mark`."""
        places = {choice: place for place, choice in enumerate(CHOICES[:4])}
        return self.labels[places[mark]] if mark in places else mark.label
