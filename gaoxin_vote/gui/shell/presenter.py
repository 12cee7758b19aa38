"""What does the shell ask of the workspace: create, open, unlock, where does each stage stand?

The workflow is imported when it is first needed, on the worker thread: the first window must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gaoxin_vote.stretching import FULL_COSTS, StretchingCosts

if TYPE_CHECKING:
    from gaoxin_vote.gui.shell.state import NextYearState
    from gaoxin_vote.progress import Progress
    from gaoxin_vote.stages import StageProgress
    from gaoxin_vote.workflow.setup.clock import ClockDoubt
    from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace

SAMPLE_PASSPHRASE = "演示-2017-口令"
"""Of the made-up sample only: it protects nothing."""


@dataclass(frozen=True, slots=True)
class RailState:
    """What the rail shows of the open workspace."""

    office: str
    year: int | None
    years: tuple[int, ...]
    title: str
    stages: tuple[StageProgress, ...]
    """Empty before there is a year."""
    sample: bool
    final: frozenset[int] = frozenset()
    """The years that are finalised."""


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """An open workspace, the file it lies in, and where its stages stand."""

    workspace: OpenWorkspace
    path: Path
    rail: RailState
    clock: ClockDoubt | None = None
    """Why this computer's clock may be wrong."""


class ShellPresenter:
    """Holds the clock and what guessing costs; every call runs on the worker thread."""

    def __init__(self, clock: Callable[[], datetime], costs: StretchingCosts = FULL_COSTS) -> None:
        self._clock = clock
        self._costs = costs

    def warm_up(self) -> None:
        """Import what the first opening will need."""
        import gaoxin_vote.workflow.reports.overview  # noqa: F401

    def create(self, path: Path, passphrase: str, office: str) -> OpenDesk:
        """A new workspace at `path`."""
        from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
        from gaoxin_vote.workflow.setup.workspaces import create_workspace

        made = create_workspace(path, passphrase, office, self._clock, self._costs)
        return self._desk(OpenWorkspace(made), path)

    def open(self, path: Path, passphrase: str) -> OpenDesk:
        """The workspace at `path`, and whether the clock fits it."""
        from gaoxin_vote.workflow.setup.clock import clock_doubt
        from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
        from gaoxin_vote.workflow.setup.workspaces import open_workspace

        opened = OpenWorkspace(open_workspace(path, passphrase, self._clock, self._costs))
        return replace(self._desk(opened, path), clock=opened.call(clock_doubt))

    def sample(self, path: Path, progress: Progress) -> OpenDesk:
        """The finished year 2017, made at `path` at the first call and opened afterwards."""
        from gaoxin_vote.workflow.record.sample import create_sample
        from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace

        if path.exists():
            return self.open(path, SAMPLE_PASSPHRASE)
        path.parent.mkdir(parents=True, exist_ok=True)
        made = create_sample(path, SAMPLE_PASSPHRASE, self._clock, progress, self._costs)
        return self._desk(OpenWorkspace(made), path)

    def unlock(self, workspace: OpenWorkspace, passphrase: str) -> None:
        """Raise `Refused` unless this is the workspace's passphrase."""
        from gaoxin_vote.workflow.setup.workspaces import check_passphrase

        workspace.call(check_passphrase, passphrase)

    def rail(self, workspace: OpenWorkspace, year: int | None) -> RailState:
        """Where the stages of `year` stand; of the latest year when it is None or gone."""
        from gaoxin_vote.workflow.reports.overview import office, year_progress
        from gaoxin_vote.workflow.setup.years import finalised_years, is_sample, years

        known = workspace.call(years)
        sample = workspace.call(is_sample)
        if not known:
            return RailState(workspace.call(office), None, (), "尚未选择考核方案", (), sample)
        chosen = year if year in known else known[-1]
        assert chosen is not None
        stands = workspace.call(year_progress, chosen)
        final = workspace.call(finalised_years)
        return RailState(stands.office, chosen, known, stands.title, stands.stages, sample, final)

    def next_year(self, workspace: OpenWorkspace, year: int | None) -> NextYearState:
        """What `year`, or the one after the newest, would take over. Raises `Refused` where it cannot be."""
        from gaoxin_vote.gui.shell.state import in_words
        from gaoxin_vote.workflow.results.next_year import next_year

        return in_words(workspace.call(next_year, year))

    def begin_next_year(self, workspace: OpenWorkspace, state: NextYearState) -> RailState:
        """Begin the year that was shown; where its stages stand."""
        from gaoxin_vote.workflow.results.next_year import begin_next_year

        return self.rail(workspace, workspace.call(begin_next_year, state.shown))

    def close(self, workspace: OpenWorkspace) -> None:
        """Close the file."""
        workspace.close()

    def _desk(self, workspace: OpenWorkspace, path: Path) -> OpenDesk:
        return OpenDesk(workspace, path, self.rail(workspace, None))
