"""The command line: takes out the guards below the paths given in turn, and prints those nobody missed."""

import argparse
import contextlib
import io
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.mutants.equivalents import read_equivalents, unmatched
from tests.mutants.guards import Guard, install, sources
from tests.mutants.running import SHARED, Job, Run, Trace, work_off

SOURCES = ("gaoxin_vote/files.py", "gaoxin_vote/storage", "gaoxin_vote/domain", "gaoxin_vote/workflow")
ELSEWHERE = ("tests/gui", "tests/pictures", "tests/mutants", "tests/belenios")
"""Tests that do not count: of windows, of this, and of the protocol, which knows none of the sources."""
_SHARES = 8
"""Into how many runs the tests are divided at first, so that no processor waits long for the last one."""


@dataclass(slots=True)
class Verdicts:
    """What was found out so far."""

    traces: list[Trace] = field(default_factory=list)
    fixtures: Counter[str] = field(default_factory=Counter)
    held: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By guard: the tests that ran until one failed, which it is, the last."""
    sound: dict[tuple[str, ...], bool] = field(default_factory=dict)
    """Whether tests pass in this order when no guard is off."""
    hung: list[int] = field(default_factory=list)
    missed: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def cost(self, trace: Trace) -> float:
        """Seconds that a test takes alone, at most."""
        return trace.seconds + sum(self.fixtures[name] for name in trace.fixtures)

    def covering(self, number: int) -> tuple[Trace, ...]:
        """The tests that reach a guard, those first whom it refused, the fastest first among them."""
        found = [trace for trace in self.traces if number in trace.reached]
        return tuple(sorted(found, key=lambda trace: (number in trace.passed, self.cost(trace))))


def main() -> int:
    """Returns 0 when a test holds every guard, 1 when not, 2 when that could not be found out."""
    options = _options()
    start = time.monotonic()
    files = sources(options.paths)
    entries = [entry for entry in read_equivalents() if Path(entry.file) in files]
    guards, switch = install(files)
    lost = unmatched(entries, guards)
    if lost:
        print("in the list of equivalents, but in no source:", *lost, sep="\n  ")
        return 2
    wanted = [n for n, guard in enumerate(guards) if not any(entry.means(guard) for entry in entries)]
    modules = _modules(options.tests)
    equivalent = len(guards) - len(wanted)
    print(f"{len(guards)} guards, {equivalent} of them equivalent; {len(modules)} test modules", flush=True)

    verdicts = Verdicts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SHARED).mkdir()
        shares = [modules[n::_SHARES] for n in range(_SHARES)]
        first = [_recording(verdicts, share) for share in shares if share]
        work_off(first, switch, options.jobs, folder, alone=False)
        if verdicts.faults:
            print(*verdicts.faults, sep="\n")
            return 2
        print(f"{len(verdicts.traces)} tests ran in {time.monotonic() - start:.0f} s", flush=True)
        taken = [_without(verdicts, guards, number) for number in wanted]
        work_off([job for job in taken if job], switch, options.jobs, folder, alone=True)
    _report(verdicts, guards, len(wanted), time.monotonic() - start)
    if verdicts.faults:
        return 2
    return 1 if verdicts.missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path(path) for path in SOURCES])
    parser.add_argument("--tests", nargs="+", default=["tests"], help="tests that may hold a guard")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at once")
    return parser.parse_args()


def _modules(tests: list[str]) -> list[str]:
    """Import all tests; returns their modules."""
    collected: list[str] = []

    class Collected:
        def pytest_collection_finish(self, session: pytest.Session) -> None:
            collected.extend(dict.fromkeys(item.nodeid.partition("::")[0] for item in session.items))

    ignored = [f"--ignore={path}" for path in ELSEWHERE if path not in tests]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(
            ["--collect-only", "-n0", "-p", "no:cacheprovider", *ignored, *tests], plugins=[Collected()]
        )
    if code:
        sys.exit(f"the tests cannot be collected:\n{said.getvalue()}")
    return collected


def _recording(verdicts: Verdicts, modules: list[str]) -> Job:
    """Runs modules whole, to see which test reaches what."""

    def done(run: Run) -> None:
        if run.code or run.hung:
            verdicts.faults.append(
                f"without any guard taken out, this failed: {run.failed or modules}\n{run.said}"
            )
        verdicts.traces.extend(run.traces)
        for name, seconds in run.fixtures.items():
            verdicts.fixtures[name] = max(verdicts.fixtures[name], seconds)

    return Job(tuple(modules), 600.0, None, done)


def _without(verdicts: Verdicts, guards: tuple[Guard, ...], number: int) -> Job | None:
    """Runs the tests that reach a guard while it is off; None when there are none."""
    covering = verdicts.covering(number)
    if not covering:
        verdicts.missed[number] = "no test reaches it"
        print(f"SURVIVES ({verdicts.missed[number]}): {guards[number]}", flush=True)
        return None
    tests = tuple(trace.test for trace in covering)
    expected = sum(verdicts.cost(trace) for trace in covering)

    def done(run: Run) -> Job | None:
        if run.hung:
            verdicts.hung.append(number)
        elif run.code == pytest.ExitCode.OK:
            verdicts.missed[number] = f"{len(tests)} tests reach it and pass without it"
            print(f"SURVIVES ({verdicts.missed[number]}): {guards[number]}", flush=True)
        elif run.code == pytest.ExitCode.TESTS_FAILED and run.failed:
            verdicts.held[number] = tuple(trace.test for trace in run.traces)
            return _again(verdicts, verdicts.held[number], expected)
        else:
            verdicts.faults.append(f"pytest gave up ({run.code}) without {guards[number]}\n{run.said}")
        return None

    return Job(tests, expected, number, done)


def _again(verdicts: Verdicts, tests: tuple[str, ...], expected: float) -> Job | None:
    """Runs the tests until the one that failed once more with all guards on; None when that was done."""
    if tests in verdicts.sound:
        return None
    verdicts.sound[tests] = True

    def done(run: Run) -> None:
        verdicts.sound[tests] = run.code == pytest.ExitCode.OK
        if run.code:
            verdicts.faults.append(
                f"fails out of its order, with all guards on: {run.failed or tests}\n{run.said}"
            )

    return Job(tests, expected, None, done)


def _report(verdicts: Verdicts, guards: tuple[Guard, ...], wanted: int, seconds: float) -> None:
    for fault in verdicts.faults:
        print(fault)
    for number in verdicts.hung:
        print(f"held, for the tests do not end without it: {guards[number]}")
    print(f"{wanted} taken out, {len(verdicts.missed)} survive; {seconds / 60:.1f} minutes")


if __name__ == "__main__":
    sys.exit(main())
