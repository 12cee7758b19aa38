"""Can this computer's clock be right, as far as the workspace knows?"""

from dataclasses import dataclass
from datetime import timedelta

from gaoxin_vote.domain.spoken import spoken_time
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace

_FAR = timedelta(days=366)
"""A workspace is used every year; what lies further ahead is asked about."""


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why the clock may be wrong."""

    behind: bool
    """Whether it stands before the last time in the log: no act is accepted then. Else far ahead of it."""
    words: str


def clock_doubt(workspace: Workspace) -> ClockDoubt | None:
    """What to tell or ask when a workspace is opened; None while the clock fits the log."""
    now, latest = workspace.clock(), AuditLog(workspace).latest()
    if latest is None:
        return None
    both = f"这台电脑的时间是{spoken_time(now)}，审计日志最后一次记录是{spoken_time(latest)}"
    if now.replace(microsecond=0) < latest:
        return ClockDoubt(
            True, f"{both}，在此之后。可以查看，但不能办理任何事项；请先把电脑的日期和时间改正确。"
        )
    if now - latest > _FAR:
        return ClockDoubt(
            False, f"{both}，相差一年以上。办理的事项、签发都按电脑的时间记录，记下后不能改早；请核对。"
        )
    return None


def clock_words(workspace: Workspace) -> str:
    """The date and time of this computer."""
    return spoken_time(workspace.clock())
