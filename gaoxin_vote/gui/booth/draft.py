"""What has the voter marked so far, how is it forgotten, and who admits the voter and takes it?"""

from collections.abc import Callable
from dataclasses import dataclass

from gaoxin_vote.domain.ballot import BallotReason, Mark, MarkedBallot
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.workflow.session.casting import Admission, BallotUnit

_UNMARKED = 0
_BYTE: dict[Mark, int] = {mark: byte for byte, mark in enumerate(Mark, start=1)}
_MARK: dict[int, Mark] = {byte: mark for mark, byte in _BYTE.items()}


@dataclass(frozen=True, slots=True)
class BallotRow:
    """One unit of the ballot with its mark, or None while it has none."""

    unit: BallotUnit
    mark: Mark | None

    @property
    def own(self) -> bool:
        """Whether this is the voter's own unit, which is not rated."""
        return self.mark is Mark.RECUSE


class BallotDraft:
    """The marks of the voter in the booth: one byte for each unit, overwritten when they are forgotten.

    Python may keep copies of what was shown or cast until their memory is used again; this is the only place
    that holds the marks on purpose.
    """

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self._places = {unit.code: place for place, unit in enumerate(admission.units)}
        self._marks = bytearray(len(admission.units))
        if admission.own_unit is not None and admission.own_unit in self._places:
            self.recuse(admission.own_unit)

    def recuse(self, own: UnitCode | None) -> None:
        """Name the own unit, instead of one named before; None when it is not on this ballot."""
        for place, byte in enumerate(self._marks):
            if byte == _BYTE[Mark.RECUSE]:
                self._marks[place] = _UNMARKED
        if own is not None:
            self._marks[self._places[own]] = _BYTE[Mark.RECUSE]

    def mark(self, code: UnitCode, mark: Mark) -> None:
        """Mark one unit. Raises `Refused` for the own unit, and for one 优秀 too many."""
        place = self._places[code]
        name = self.admission.units[place].name
        if self._marks[place] == _BYTE[Mark.RECUSE] or mark is Mark.RECUSE:
            raise Refused(BallotReason.RECUSAL, f"{name}是本单位，回避，不用评。")
        most = self.admission.max_excellent
        others = self._marks.count(_BYTE[Mark.EXCELLENT]) - (self._marks[place] == _BYTE[Mark.EXCELLENT])
        if mark is Mark.EXCELLENT and most is not None and others >= most:
            best = self.admission.labels[0]
            raise Refused(
                BallotReason.TOO_MANY_EXCELLENT,
                f"“{best}”最多{most}个，已满。请先改动一个“{best}”，再评{name}。",
            )
        self._marks[place] = _BYTE[mark]

    def abstain_rest(self) -> None:
        """Make every unmarked unit an abstention."""
        for place, byte in enumerate(self._marks):
            if byte == _UNMARKED:
                self._marks[place] = _BYTE[Mark.ABSTAIN]

    def rows(self) -> tuple[BallotRow, ...]:
        """Every unit in the order of the ballot."""
        return tuple(
            BallotRow(unit, _MARK.get(byte))
            for unit, byte in zip(self.admission.units, self._marks, strict=True)
        )

    @property
    def unmarked(self) -> int:
        """How many units have no mark yet."""
        return self._marks.count(_UNMARKED)

    @property
    def to_mark(self) -> int:
        """How many units the voter rates: all but the own one."""
        return len(self._marks) - self._marks.count(_BYTE[Mark.RECUSE])

    def ballot(self) -> MarkedBallot:
        """The ballot to be cast. Raises `ValueError` while a unit has no mark: nothing is assumed."""
        if self.unmarked:
            raise ValueError("a unit has no mark")
        units = zip(self.admission.units, self._marks, strict=True)
        return MarkedBallot(self.admission.contest, tuple((unit.code, _MARK[byte]) for unit, byte in units))

    def wipe(self) -> None:
        """Overwrite the marks; the draft is of no more use."""
        for place in range(len(self._marks)):
            self._marks[place] = _UNMARKED


@dataclass(frozen=True, slots=True)
class BoothActs:
    """What the booth asks of the workflow, bound to the workspace and the session."""

    admit: Callable[[str], Admission]
    cast: Callable[[Admission, MarkedBallot], str]
    check_passphrase: Callable[[str], object]
