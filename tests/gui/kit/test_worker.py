"""Does slow work stay off the window's thread, report back, stop when asked, and leave nothing behind?"""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.progress import Cancelled, Progress


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def test_result_comes_back_in_the_window_thread(worker: Worker, qtbot: QtBot) -> None:
    seen: list[tuple[object, object]] = []
    ran: list[object] = []

    def call(_progress: Progress) -> int:
        ran.append(threading.current_thread())
        return 7

    worker.submit(call, lambda value: seen.append((value, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(7, threading.main_thread())]
    assert ran[0] is not threading.main_thread()


def test_everything_runs_on_one_thread_in_order(worker: Worker, qtbot: QtBot) -> None:
    threads: set[object] = set()
    order: list[int] = []

    def call(number: int) -> None:
        threads.add(threading.current_thread())
        order.append(number)

    for number in range(20):
        worker.submit(lambda _progress, number=number: call(number))
    qtbot.waitUntil(lambda: not worker.busy)
    assert len(threads) == 1
    assert order == list(range(20))


def test_an_error_goes_to_on_error_and_its_frames_hold_nothing(worker: Worker, qtbot: QtBot) -> None:
    errors: list[BaseException] = []

    def call(_progress: Progress) -> None:
        passphrase = "geheim-passphrase"
        raise ValueError(len(passphrase))

    worker.submit(call, on_error=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    trace = errors[0].__traceback__
    held: list[object] = []
    while trace is not None:
        held += list(trace.tb_frame.f_locals.values())
        trace = trace.tb_next
    assert isinstance(errors[0], ValueError)
    assert "geheim-passphrase" not in held


def test_cancel_stops_at_the_next_step(worker: Worker, qtbot: QtBot) -> None:
    steps: list[int] = []
    errors: list[BaseException] = []
    begun, cancelled = threading.Event(), threading.Event()

    def call(progress: Progress) -> None:
        for number in range(1000):
            steps.append(number)
            progress(number, 1000, "计票")
            begun.set()
            cancelled.wait(5)

    worker.submit(call, on_error=errors.append)
    assert begun.wait(5)
    worker.cancel()
    cancelled.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)
    assert len(steps) == 2


def test_cancelled_before_it_starts_it_never_runs(worker: Worker, qtbot: QtBot) -> None:
    gate = threading.Event()
    ran: list[int] = []
    errors: list[BaseException] = []
    worker.submit(lambda _progress: gate.wait(5))
    job = worker.submit(lambda _progress: ran.append(1), on_error=errors.append)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert ran == []
    assert isinstance(errors[0], Cancelled)


def test_progress_is_thinned_but_ends_at_the_end(worker: Worker, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []

    def call(progress: Progress) -> None:
        for number in range(5000):
            progress(number + 1, 5000, "核验")

    worker.progressed.connect(lambda *step: told.append(step))
    worker.submit(call)
    qtbot.waitUntil(lambda: not worker.busy)
    assert told[-1] == (5000, 5000, "核验")
    assert len(told) < 500


def test_nothing_is_called_once_the_owner_is_gone(worker: Worker, qtbot: QtBot) -> None:
    called: list[object] = []
    owner = QObject()
    gate = threading.Event()
    worker.submit(lambda _progress: gate.wait(5), called.append, called.append, owner=owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert called == []


def test_event_loop_keeps_ticking_during_long_work(worker: Worker, qtbot: QtBot) -> None:
    ticks: list[int] = []
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: ticks.append(1))
    done: list[int] = []

    def call(progress: Progress) -> int:
        """Work as fast as the machine may be, until the window has had its turns, or for very long."""
        total, number = 0, 0
        while len(ticks) < 3 and number < 20_000:
            total += sum(range(40_000))  # Python work: the two threads share the interpreter
            number += 1
            progress(number, 20_000, "计票")
        return total

    timer.start()
    worker.submit(call, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=60_000)
    timer.stop()
    assert len(ticks) >= 3


class _Emitter(QObject):
    rung = Signal(int)


def test_two_thousand_signals_cost_no_reference_of_none(qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 drops one at every call that returns nothing, until the program dies."""
    emitter, label = _Emitter(), QLabel()
    qtbot.addWidget(label)
    emitter.rung.connect(lambda number: label.setText(str(number)))
    before = sys.getrefcount(None)
    for number in range(2000):
        emitter.rung.emit(number)
    assert label.text() == "1999"
    assert sys.getrefcount(None) > before - 100
