"""Where does one voter stand at the booth, and what happens when nobody moves?

Times are seconds of a clock that only goes forward; the flow is told the time and has none of its own.
"""

import math
from dataclasses import dataclass, replace
from enum import Enum


class BoothStep(Enum):
    """Where the voter stands."""

    IDLE = "idle"
    CODE = "code"
    ADMITTING = "admitting"
    OWN_UNIT = "own unit"
    BALLOT = "ballot"
    REVIEW = "review"
    SEALING = "sealing"
    TRACKER = "tracker"
    TROUBLE = "trouble"
    """The ballot could not be cast; it is still here and casting can be tried again."""
    STOPPED = "stopped"
    """The evidence does not hold: only the officer can leave."""


_NEXT: dict[BoothStep, frozenset[BoothStep]] = {
    BoothStep.IDLE: frozenset({BoothStep.CODE}),
    BoothStep.CODE: frozenset({BoothStep.IDLE, BoothStep.ADMITTING}),
    BoothStep.ADMITTING: frozenset({BoothStep.CODE, BoothStep.OWN_UNIT, BoothStep.BALLOT, BoothStep.STOPPED}),
    BoothStep.OWN_UNIT: frozenset({BoothStep.IDLE, BoothStep.BALLOT}),
    BoothStep.BALLOT: frozenset({BoothStep.IDLE, BoothStep.OWN_UNIT, BoothStep.REVIEW}),
    BoothStep.REVIEW: frozenset({BoothStep.IDLE, BoothStep.BALLOT, BoothStep.SEALING}),
    BoothStep.SEALING: frozenset({BoothStep.TRACKER, BoothStep.TROUBLE, BoothStep.STOPPED}),
    BoothStep.TRACKER: frozenset({BoothStep.IDLE}),
    BoothStep.TROUBLE: frozenset({BoothStep.IDLE, BoothStep.BALLOT, BoothStep.SEALING}),
    BoothStep.STOPPED: frozenset(),
}

WORKING = frozenset({BoothStep.ADMITTING, BoothStep.SEALING})
"""Steps in which the workspace is at work and nobody can do anything."""
ADMITTED = frozenset(
    {BoothStep.OWN_UNIT, BoothStep.BALLOT, BoothStep.REVIEW, BoothStep.SEALING, BoothStep.TROUBLE}
)
"""Steps in which a voter has been admitted and has not yet cast."""


@dataclass(frozen=True, slots=True)
class BoothTimes:
    """How long the booth waits, in seconds."""

    abandoned: float = 90
    """Without input on a ballot until the warning."""
    trouble: float = 300
    """The same while a voter waits for help with a ballot that could not be cast."""
    warning: float = 30
    """From the warning until the ballot is discarded."""
    code: float = 45
    """Without input on a code that is being typed until it is forgotten."""
    tracker: float = 30
    prompt: float = 60
    """Without input until the question for the officer's passphrase, or the check-in strip, goes away."""
    grace: float = 1
    """So long a page must be shown before it accepts anything final: a double tap must not cast a ballot."""
    free_attempts: int = 3
    """Wrong codes before the booth slows down."""
    first_lock: float = 5
    longest_lock: float = 60
    forget: float = 120
    """After this long without a wrong code the count starts anew: the next voter is not to blame."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often somebody was wrong in a row, and when last."""

    count: int = 0
    last: float = 0

    def again(self, now: float, times: BoothTimes) -> "Attempts":
        """One more."""
        return Attempts(1 if self._forgotten(now, times) else self.count + 1, now)

    def wait(self, now: float, times: BoothTimes) -> int:
        """Whole seconds until the next attempt is accepted: 5, 10, 20 … at most 60; 0 when it is now."""
        return math.ceil(max(0.0, self.last + self._lock(times) - now))

    def _lock(self, times: BoothTimes) -> float:
        doublings = self.count - times.free_attempts
        if doublings < 0:
            return 0
        # The longest lock is reached long before the bound, without which the power would overflow one day.
        return min(times.longest_lock, times.first_lock * (1 << min(doublings, 16)))

    def _forgotten(self, now: float, times: BoothTimes) -> bool:
        return now - self.last > self._lock(times) + times.forget


@dataclass(frozen=True, slots=True)
class BoothFlow:
    """Where the booth stands and since when."""

    step: BoothStep = BoothStep.IDLE
    since: float = 0
    """When the step began."""
    touched: float = 0
    """When somebody last touched screen or keys, the time for which the clock stood still taken out."""
    prompt: bool = False
    """The officer's passphrase is being asked for, over whatever step it is."""
    strip: bool = False
    """The officer checks in and issues slips on the booth's own screen, over whatever step it is."""
    prompted: float = 0
    """When somebody last touched the prompt or the strip."""
    away: bool = False
    """The delegates' screen shows nothing, or shows it to others too."""
    still: float = 0
    """When the first of these three began: the clock of the voter's step stands still under them."""
    codes: Attempts = Attempts()
    passphrases: Attempts = Attempts()
    visits: int = 0
    """How often the booth has gone back to its first page, if only in passing: each is another voter."""

    def to(self, step: BoothStep, now: float) -> "BoothFlow":
        """The flow at `step`. Raises `ValueError` where no way leads: none leads back to a cast ballot."""
        if step not in _NEXT[self.step]:
            raise ValueError(f"no way from {self.step} to {step}")
        visits = self.visits + (step is BoothStep.IDLE)
        return replace(self, step=step, since=now, touched=now, visits=visits)

    def touch(self, now: float) -> "BoothFlow":
        """Somebody is there."""
        if self.prompt or self.strip:
            return replace(self, prompted=now)
        return self if self.away else replace(self, touched=now)

    def again(self, now: float) -> "BoothFlow":
        """The step begins anew: another page of it is shown."""
        return replace(self, since=now, touched=now)

    def ask(self, prompt: bool, now: float) -> "BoothFlow":
        """With or without the question for the officer's passphrase; not while the workspace is at work."""
        if self.step in WORKING or prompt == self.prompt:
            return self
        return self._turned(replace(self, prompt=prompt, prompted=now), now)

    def show_strip(self, strip: bool, now: float) -> "BoothFlow":
        """With or without the check-in strip; not while the workspace is at work."""
        if self.step in WORKING or strip == self.strip:
            return self
        return self._turned(replace(self, strip=strip, prompted=now), now)

    def see(self, seen: bool, now: float, times: BoothTimes) -> "BoothFlow":
        """The delegates' screen is seen by the voter, and by nobody else; or it is not."""
        if seen is not self.away:
            return self
        turned = self._turned(replace(self, away=not seen), now)
        if seen and now - self.still >= self._patience(times):
            # So long away, the voter may have left: what is kept is not shown before somebody answers.
            return replace(turned, touched=min(turned.touched, now - self._patience(times)))
        return turned

    def _turned(self, other: "BoothFlow", now: float) -> "BoothFlow":
        """`other`, its clock stopped, or going on from where it stood: none of this revives a ballot."""
        stood, stands = (each.prompt or each.strip or each.away for each in (self, other))
        if stood is stands:
            return other
        if stands:
            return replace(other, still=now)
        # What began meanwhile is counted from its own beginning.
        touched, since = (then + now - max(self.still, then) for then in (self.touched, self.since))
        return replace(other, touched=touched, since=since)

    def wrong_code(self, now: float, times: BoothTimes) -> "BoothFlow":
        """One wrong code more."""
        return replace(self, codes=self.codes.again(now, times))

    def right_code(self) -> "BoothFlow":
        """A code was right: earlier wrong ones are forgiven."""
        return replace(self, codes=Attempts())

    def wrong_passphrase(self, now: float, times: BoothTimes) -> "BoothFlow":
        """One wrong passphrase more."""
        return replace(self, passphrases=self.passphrases.again(now, times), prompted=now)

    def settled(self, now: float, times: BoothTimes) -> bool:
        """Whether the step has been on the screen long enough for an act that cannot be taken back."""
        return now - max(self.since, self._warned(now, times)) >= times.grace

    def warning(self, now: float, times: BoothTimes) -> int | None:
        """Seconds until the abandoned ballot is discarded, or None while there is no warning."""
        if self.prompt or self.strip or self.away or self.step not in ADMITTED - WORKING:
            return None
        quiet = now - self.touched - self._patience(times)
        return None if quiet < 0 else max(0, math.ceil(times.warning - quiet))

    def remaining(self, now: float, times: BoothTimes) -> int:
        """Whole seconds the tracker stays."""
        return max(0, math.ceil(self.since + times.tracker - now))

    def tick(self, now: float, times: BoothTimes) -> "BoothFlow":
        """What the passing of time makes of the flow."""
        if self.prompt or self.strip:
            ends = self.prompted + times.prompt
            # It ended then, not now: whoever comes hours later must not find a ballot that had time left.
            return self if now < ends else self.ask(False, ends).show_strip(False, ends).tick(now, times)
        if self.away:
            return self
        gone = (
            (
                self.step is BoothStep.CODE
                and now - self.touched >= times.code
                and not self.codes.wait(now, times)
            )
            or (self.step is BoothStep.TRACKER and now - self.since >= times.tracker)
            or self.warning(now, times) == 0
        )
        return self.to(BoothStep.IDLE, now) if gone else self

    def wait(self, now: float, times: BoothTimes) -> int:
        """Seconds until what is asked for, the passphrase or a code, is accepted again; 0 otherwise."""
        if self.prompt:
            return self.passphrases.wait(now, times)
        return self.codes.wait(now, times) if self.step is BoothStep.CODE else 0

    def countdown(self, now: float, times: BoothTimes) -> int:
        """Seconds until the tracker, or the abandoned ballot, goes; 0 while neither is so."""
        if self.step is BoothStep.TRACKER:
            return self.remaining(now, times)
        return self.warning(now, times) or 0

    def _warned(self, now: float, times: BoothTimes) -> float:
        """When the warning began that is shown, else the beginning of time."""
        return self.since if self.warning(now, times) is None else self.touched + self._patience(times)

    def _patience(self, times: BoothTimes) -> float:
        own = {BoothStep.TROUBLE: times.trouble, BoothStep.CODE: times.code}
        return own.get(self.step, times.abandoned)
