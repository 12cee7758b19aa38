"""How does slow work run without holding up the window?

One thread does all work that touches the workspace, one piece after another (another
one waits for files that are read), and one queued signal brings what came of it back to the window's thread::

    job = worker.submit(
        lambda progress: close_session(workspace, session_id, progress=progress),
        on_done=self.show_state,                      # called in the window's thread
        on_error=partial(prompts.show_error, self),   # `Cancelled` comes here too; show_error keeps it silent
        owner=self,                                   # nothing is called once this widget is gone
    )
    job.cancel()                                      # the work stops at its next progress step

Give `call` everything it needs by value, and return frozen values: nothing of Qt crosses over.
"""

import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from gaoxin_vote.progress import Cancelled, Progress, cancellable
from gaoxin_vote.reading_process import FileReading, in_process

T = TypeVar("T")

_PROGRESS_INTERVAL = 0.04
"""Seconds between two progress reports at least: the eye sees no more, the event loop need not either."""


def ignore(*_: object) -> None:
    """Do nothing: the callback where none is given."""


class Job:
    """One piece of submitted work."""

    def __init__(self, always: bool = False) -> None:
        self.cancelled = False
        self._always = always

    def cancel(self) -> None:
        """Stop the work at its next progress step, or before it starts; what is done `always` goes on."""
        self.cancelled = not self._always


class Worker(QObject):
    """The one background thread, seen from the windows' thread: here callbacks and signals arrive."""

    busy_changed = Signal(bool)
    """Whether any work is under way or waiting."""
    progressed = Signal(int, int, str)
    """Steps done, steps in all and words of the work under way."""
    _report = Signal(object)

    def __init__(self, parent: QObject | None = None, reading: FileReading = in_process) -> None:
        super().__init__(parent)
        self.reading = reading
        """How files that people hand in are read."""
        self._apart = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gaoxin-reading")
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gaoxin-work")
        self._jobs: list[Job] = []
        self.closed = False
        """Nothing can be submitted any more."""
        self._report.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or waiting."""
        return bool(self._jobs)

    def submit(
        self,
        call: Callable[[Progress], T],
        on_done: Callable[[T], object] = ignore,
        on_error: Callable[[BaseException], object] = ignore,
        *,
        owner: QObject | None = None,
        always: bool = False,
        apart: bool = False,
    ) -> Job:
        """Run `call(progress)` on the worker thread; exactly one of `on_done` and `on_error` follows here.

        Once `owner` (a widget, usually the page that asks) has been destroyed nothing is called any more.
        `always` marks what must be done even when everything is cancelled, such as closing a file.
        `apart` marks what touches no workspace, such as reading a file: it runs beside everything else.
        """
        job = Job(always)
        last = 0.0

        def tell(done: int, total: int, words: str) -> None:
            nonlocal last
            now = time.monotonic()
            if done >= total or now - last >= _PROGRESS_INTERVAL:
                last = now
                self._report.emit(lambda: self.progressed.emit(done, total, words))

        def run() -> T:
            step = cancellable(tell, lambda: job.cancelled)
            if job.cancelled:
                raise Cancelled
            return call(step)

        def finished(future: "Future[T]") -> None:
            error = future.exception()
            if error is not None:
                # A traceback keeps the local variables of its frames: passphrases, codes, marks.
                traceback.clear_frames(error.__traceback__)
                failed = error
                self._report.emit(lambda: end(lambda: on_error(failed)))
            else:
                self._report.emit(lambda: end(lambda: on_done(future.result())))

        def end(callback: Callable[[], object]) -> None:
            self._jobs.remove(job)
            if not self._jobs:
                self.busy_changed.emit(False)
            if _alive(owner):
                callback()

        self._jobs.append(job)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        (self._apart if apart else self._executor).submit(run).add_done_callback(finished)
        return job

    def cancel(self) -> None:
        """Stop everything under way or waiting at its next progress step."""
        for job in self._jobs:
            job.cancel()

    def close(self) -> None:
        """Cancel, and wait until the thread has ended. Nothing can be submitted afterwards."""
        self.closed = True
        self.cancel()
        self._executor.shutdown(wait=True)
        self._apart.shutdown(wait=True)

    @Slot(object)
    def _deliver(self, report: Callable[[], None]) -> None:
        report()


def _alive(owner: QObject | None) -> bool:
    return owner is None or shiboken6.isValid(owner)
