"""How long does a delegate wait between the confirmation and a ballot that is on the disk?

A real workspace with the 25 units of 2017, the booth's own window and worker; beside it the bare sealing of
the same marks, without database, window or thread.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from gaoxin_vote.belenios.ballot import seal_ballot
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.domain.ballot import MarkedBallot
from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.gui.booth.flow import BoothStep, BoothTimes
from gaoxin_vote.gui.booth.presenter import BoothActs, BoothPresenter
from gaoxin_vote.gui.booth.state import CHOICES
from gaoxin_vote.gui.booth.window import BoothWindow
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.workflow.session.casting import Admission, admit, cast
from tests.contests import PEER
from tests.gui.booth.meeting import Meeting, hold_meeting
from tests.gui.booth.scenes import NAMES

BALLOTS = 9
ALLOWED = 1.0


class Timed:
    """The workflow's functions on the worker thread, with the bare sealing measured after each cast."""

    def __init__(self) -> None:
        self.meeting: Meeting | None = None
        self.bare: list[float] = []
        self.codes: tuple[str, ...] = ()

    def open(self, folder: Path) -> None:
        """Hold the ceremony and open the session."""
        self.meeting = hold_meeting(folder, NAMES)
        self.session_id, self.codes, _ = self.meeting.open(PEER, slip_mode=SlipMode.NAMED, spares=0)

    def admit(self, code: str) -> Admission:
        """The workflow's."""
        return admit(self.meeting.workspace, self.session_id, code)

    def cast(self, admission: Admission, ballot: MarkedBallot) -> str:
        """The workflow's."""
        self.last = admission, ballot
        return cast(self.meeting.workspace, admission, ballot)

    def seal(self) -> None:
        """Seal the marks just cast once more, and nothing else."""
        workspace, (admission, ballot) = self.meeting.workspace, self.last
        election = Election.parse(SessionStore(workspace).election(self.session_id).election)
        choices = ballot.choices(tuple(unit.code for unit in admission.units))
        begun = time.perf_counter()
        seal_ballot(election, admission.credential, choices)
        self.bare.append(time.perf_counter() - begun)

    def close(self) -> None:
        """Close the workspace on its thread."""
        self.meeting.workspace.close()


def measure(folder: Path) -> tuple[list[float], list[float]]:
    """Seconds from the confirmation to the tracker on the screen, and of the bare sealing."""
    app = QApplication.instance() or QApplication([])
    theme.start(app)
    worker, timed = Worker(), Timed()
    on_worker = partial(_wait, app, worker)
    on_worker(partial(timed.open, folder))
    presenter = BoothPresenter(
        "高新区2017年度目标任务考核",
        "部门互评",
        BoothActs(timed.admit, timed.cast, str),
        time.monotonic,
        BoothTimes(grace=0),
    )
    window = BoothWindow(presenter, worker)
    window.resize(QSize(1366, 768))
    window.show()
    waits = []
    for code in timed.codes[:BALLOTS]:
        for digit in code.replace(" ", ""):
            window.act(presenter.digit, digit)
        window.act(presenter.enter_code)
        _reach(app, window, BoothStep.BALLOT)
        for number, row in enumerate(window.state.rows):
            if not row.own:
                window.act(presenter.mark, row.unit.code, CHOICES[number % len(CHOICES)])
        window.act(presenter.review)
        app.processEvents()
        begun = time.perf_counter()
        window.act(presenter.confirm)
        _reach(app, window, BoothStep.TRACKER)
        waits.append(time.perf_counter() - begun)
        on_worker(timed.seal)
        window.act(presenter.dismiss)
    window.shut()
    on_worker(timed.close)
    worker.close()
    return waits, timed.bare


def _wait(app: QApplication, worker: Worker, call: Callable[[], object]) -> None:
    done: list[bool] = []
    worker.submit(lambda _progress: call(), lambda _none: done.append(True), _fail)
    _until(app, lambda: bool(done))


def _fail(error: BaseException) -> None:
    raise error


def _reach(app: QApplication, window: BoothWindow, step: BoothStep) -> None:
    working = window.state.step
    _until(app, lambda: window.state.step is not working)
    if window.state.step is not step:
        raise RuntimeError(f"{window.state.step}: {window.state.message}")


def _until(app: QApplication, reached: Callable[[], bool]) -> None:
    while not reached():
        app.processEvents()
        time.sleep(0.0005)


def main() -> int:
    """Print both and their ratio; 1 when a delegate waits longer than is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        waits, bare = measure(Path(folder))
    print(f"confirm → durable, 25 units   {median(waits) * 1000:6.0f} ms   (slowest {max(waits) * 1000:.0f})")
    print(f"bare sealing                  {median(bare) * 1000:6.0f} ms")
    print(f"ratio                         {median(waits) / median(bare):6.2f}")
    return 0 if median(waits) <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
