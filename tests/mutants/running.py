"""How are tests run with a guard switched off? In a process that has everything imported already.

The first runs, of all tests with all guards on, leave in their shared folder (`tests.once`) what takes long
to make; every later run gets a copy of it, so that none sees what a run without a guard has made.
"""

import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.mutants.guards import Switch

_AGAIN = 10
"""A run may take this many times what its tests took before."""
_AT_LEAST = 60.0
"""Seconds that any run may take: the machine may be busy."""
SHARED = "shared"
"""The folder beside those of the runs, see `tests.once.shared_folder`."""
_SAID = 3000
_OPTIONS = ("-n0", "-p", "no:cacheprovider", "-s", "-x", "--tb=short", "--hypothesis-seed=0")


@dataclass(frozen=True, slots=True)
class Trace:
    """What one test did."""

    test: str
    failed: bool
    seconds: float
    reached: frozenset[int]
    passed: frozenset[int]
    fixtures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a child process says in the end."""

    code: int
    traces: tuple[Trace, ...] = ()
    fixtures: dict[str, float] = field(default_factory=dict)
    """Seconds that shared fixtures took."""
    hung: bool = False
    said: str = ""
    """The end of what it printed."""

    @property
    def failed(self) -> str | None:
        """The test that failed."""
        return next((trace.test for trace in self.traces if trace.failed), None)


@dataclass(slots=True, eq=False)
class _Watch:
    """A plugin of pytest that notes which test reached what."""

    switch: Switch
    traces: list[Trace] = field(default_factory=list)
    fixtures: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _failed: bool = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.switch.forget()
        self._failed = False
        start = time.perf_counter()
        try:
            return (yield)
        finally:
            reached, passed = frozenset(self.switch.reached), frozenset(self.switch.passed)
            names = tuple(getattr(item, "fixturenames", ()))
            took = time.perf_counter() - start
            self.traces.append(Trace(item.nodeid, self._failed, took, reached, passed, names))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed |= report.failed

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        start = time.perf_counter()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self.fixtures[fixturedef.argname] += time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Job:
    """Tests to run in a process of their own."""

    tests: tuple[str, ...]
    seconds: float
    """What they are expected to take."""
    off: int | None
    done: Callable[[Run], "Job | None"]
    """Is told the end; what it returns is run next."""


@dataclass(frozen=True, slots=True)
class _Child:
    job: Job
    process: BaseProcess
    pipe: Connection
    deadline: float
    folder: Path


def work_off(jobs: Sequence[Job], switch: Switch, at_once: int, folder: Path, *, alone: bool) -> None:
    """Run all jobs, some at once. Each ends with its whole process group.

    Runs that are not `alone` have a shared folder in common; those that are get a copy of it each.
    """
    waiting = list(reversed(jobs))
    running: list[_Child] = []
    number = 0
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                number += 1
                own = folder if not alone else folder / f"run-{number}"
                if alone:
                    shutil.copytree(folder / SHARED, own / SHARED)
                running.append(_start(waiting.pop(), switch, own / f"popen-{number}"))
            soonest = min(child.deadline for child in running)
            wait([child.pipe for child in running], max(0.0, soonest - time.monotonic()))
            for child in tuple(running):
                run = _end(child)
                if run is not None:
                    running.remove(child)
                    if alone:
                        shutil.rmtree(child.folder.parent, ignore_errors=True)
                    further = child.job.done(run)
                    if further is not None:
                        waiting.append(further)
    finally:
        for child in running:
            _kill(child)


def _start(job: Job, switch: Switch, folder: Path) -> _Child:
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_run, args=(job, switch, folder, there))
    process.start()
    there.close()
    return _Child(job, process, here, time.monotonic() + _AT_LEAST + _AGAIN * job.seconds, folder)


def _end(child: _Child) -> Run | None:
    """What became of the child; None while it runs."""
    if child.pipe.poll():
        try:
            run = child.pipe.recv()
        except EOFError:  # it died
            run = Run(code=-1)
    elif time.monotonic() < child.deadline:
        return None
    else:
        run = Run(code=-1, hung=True)
    _kill(child)
    log = child.folder.with_suffix(".log")
    return replace(run, said=log.read_text(errors="replace")[-_SAID:] if log.exists() else "")


def _kill(child: _Child) -> None:
    try:
        os.killpg(child.process.ident or 0, signal.SIGKILL)
    except ProcessLookupError:  # it has no group yet, or no member any more
        child.process.kill()
    child.process.join()
    child.pipe.close()


def _run(job: Job, switch: Switch, folder: Path, pipe: Connection) -> None:
    os.setsid()
    said = os.open(folder.with_suffix(".log"), os.O_RDWR | os.O_CREAT)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(folder.parent / "hypothesis")
    switch.off = job.off
    watch = _Watch(switch)
    code = pytest.main([*_OPTIONS, f"--basetemp={folder}", *job.tests], plugins=[watch])
    sys.stdout.flush()
    pipe.send(Run(int(code), tuple(watch.traces), dict(watch.fixtures)))
