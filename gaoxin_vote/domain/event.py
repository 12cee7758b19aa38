"""What bars a unit from the upper grades, or fails it at once?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class BarringEvent:
    """One occurrence 取消优良资格情形 on record (notice, part 4 (4) and (5))."""

    event_id: str
    unit: UnitCode
    kind: str
    """Code of a kind of the scheme: ``D1`` … ``D6``, ``F1``."""
    area: str = ""
    """一票否决 only: the field of work, such as 安全生产."""
    description: str = ""
    evidence: str = ""
    decided_on: date | None = None


class Effect(Labelled):
    """What a kind of event does."""

    BAR = "bar", "取消优秀、良好资格"
    """取消评为优秀、良好资格: at best 合格 (R24)."""
    FAIL = "fail", "直接不合格"
    """不合格 at once, once the leading group has so found (R25)."""


@dataclass(frozen=True, slots=True)
class BarringKind:
    """One kind of event that the scheme knows (A24)."""

    code: str
    text: str
    effect: Effect
    clause: str = ""
    counts_as: str = ""
    """Code of the kind with which it counts as one; empty when it is a kind of its own."""
    areas: tuple[str, ...] = ()
    """一票否决: the fields of work; several may count separately (A25)."""


@dataclass(frozen=True, slots=True)
class BarringRules:
    """Which events bar, and how many kinds fail (notice, part 4 (4) and (5))."""

    kinds: tuple[BarringKind, ...]
    fail_kinds: int
    """From this number of different kinds on, the unit is 不合格 (R25)."""
    veto_areas_count_separately: bool

    def kind(self, code: str) -> BarringKind | None:
        """The kind with this code, or None when the scheme does not know it."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def fault(self, event: BarringEvent) -> str | None:
        """Why this event cannot be used as it stands, in Chinese, or None."""
        kind = self.kind(event.kind)
        if kind is None:
            return f"方案中没有“{event.kind}”这种情形"
        if kind.effect is Effect.FAIL and event.decided_on is None:
            return f"“{kind.text}”尚未经领导小组认定，请填写认定日期"
        return None


@dataclass(frozen=True, slots=True)
class Barring:
    """What the events of one unit do to its grade."""

    kinds: tuple[str, ...]
    """The distinct kinds that bar, in the order of the scheme, such as ``D2``."""
    ceiling: Grade | None
    """The best grade that is left: 合格, 不合格, or None when nothing bars."""
    reasons: tuple[str, ...]
    """Why, in Chinese, for the remarks column."""


def barring(rules: BarringRules, events: Sequence[BarringEvent]) -> Barring:
    """What these events of one unit add up to (R24, R25): distinct kinds are counted, not events.

    An event with a fault (see `BarringRules.fault`) does nothing yet.
    """
    order = {kind.code: index for index, kind in enumerate(rules.kinds)}
    found: set[tuple[int, str]] = set()
    failed = set()
    for event in events:
        kind = rules.kind(event.kind)
        if kind is None or rules.fault(event) is not None:
            continue
        if kind.effect is Effect.FAIL:
            failed.add(kind.text)
            continue
        code = kind.counts_as or kind.code
        separate = rules.veto_areas_count_separately and kind.areas and event.area
        found.add((order[code], f"{code}:{event.area}" if separate else code))
    kinds = tuple(name for _, name in sorted(found))
    reasons = sorted(failed)
    if len(kinds) >= rules.fail_kinds:
        reasons.append(f"具有{rules.fail_kinds}种及以上取消优良资格情形")
    if reasons:
        return Barring(kinds, Grade.FAIL, tuple(reasons))
    if kinds:
        told = "；".join(_in_words(rules, name) for name in kinds)
        return Barring(kinds, Grade.PASS, (f"取消优秀、良好资格：{told}",))
    return Barring((), None, ())


def _in_words(rules: BarringRules, name: str) -> str:
    """A kind by what the scheme says of it, not by its code; with its area where areas count separately."""
    code, _, area = name.partition(":")
    kind = rules.kind(code)
    return (kind.text if kind else code) + (f"（{area}）" if area else "")
