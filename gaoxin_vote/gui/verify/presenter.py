"""What does the window ask: does this file hold, and where is the report kept?"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from gaoxin_vote import __version__
from gaoxin_vote.domain.spoken import spoken_time
from gaoxin_vote.gui.verify.state import Given, LookedAt, report
from gaoxin_vote.progress import Progress
from gaoxin_vote.reading_process import FileReading
from gaoxin_vote.workflow.verify.account import Account, account_of_file
from gaoxin_vote.workflow.verify.as_text import write_text


class VerifyPresenter:
    """Needs no workspace. `reading` is how files of other people are read.

    `sparing` says whether the computer is needed for something else, such as an open booth: then only one
    process verifies.
    """

    def __init__(
        self, reading: FileReading, clock: Callable[[], datetime], sparing: Callable[[], bool]
    ) -> None:
        self._reading, self._clock, self._sparing = reading, clock, sparing

    def verify(self, path: Path, progress: Progress) -> Account:
        """What holds in the file or folder at `path`. Raises as `verify_path` and `reading` do."""
        name, processes = path.name or str(path), 1 if self._sparing() else 0
        return self._reading(name, account_of_file, path, processes, progress=progress, tells=True)

    def report(self, files: Sequence[LookedAt], given: Given) -> str:
        """All that was found so far, as text."""
        return report(files, given, f"核验报告（高新投票 {__version__}，{spoken_time(self._clock())}）")

    def save(self, path: Path, text: str) -> None:
        """Keep the report. Raises `Unavailable` where the medium fails."""
        write_text(path, text)
