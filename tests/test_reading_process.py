"""A file that makes its reader crash, hang or swell costs that reader and nothing else."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from enum import Enum
from multiprocessing import get_context
from pathlib import Path

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Cancelled, Progress, silent
from gaoxin_vote.reading_process import ReadingFault, ReadingLimits, ReadingProcess, _Said, in_process


class Why(Enum):
    """A reason of our own."""

    BAD = "bad"


def refuse() -> None:
    """Refuse as a reader does."""
    raise Refused(Why.BAD, "读不懂", details=("第1行", "第2行"))


def hang() -> None:
    """Never end."""
    threading.Event().wait()


def swell() -> int:
    """Want more than the limit."""
    return len(bytearray(8 * 2**30))


def tell(progress: Progress) -> str:
    """Say how far the work is."""
    progress(2, 2, "核验选票")
    return "done"


def bear() -> int:
    """Start a child that never ends; its id."""
    return subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"]).pid


def has_ended(number: int) -> bool:
    """Whether there is no such process, or only what is left of one."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def await_end(number: int) -> None:
    """Fail unless the process ends soon."""
    end = time.monotonic() + 20
    while not has_ended(number):
        assert time.monotonic() < end
        os.sched_yield()


@pytest.fixture(scope="module")
def reading() -> Iterator[ReadingProcess]:
    """One process for all."""
    reading = ReadingProcess(ReadingLimits(seconds=30))
    yield reading
    reading.close()


def test_one_process_reads_many_files(reading: ReadingProcess) -> None:
    reading.start()
    first = reading("a.xlsx", os.getpid)
    assert first != os.getpid()
    assert reading("b.xlsx", os.getpid) == first
    assert in_process("c.xlsx", os.getpid) == os.getpid()


def test_a_refusal_comes_whole_and_the_process_stays(reading: ReadingProcess) -> None:
    before = reading("a.xlsx", os.getpid)
    with pytest.raises(Refused) as refused:
        reading("a.xlsx", refuse)
    assert (refused.value.reason, refused.value.details) == (Why.BAD, ("第1行", "第2行"))
    assert reading("a.xlsx", os.getpid) == before


@pytest.mark.skipif(os.name != "posix", reason="the limit of memory is that of POSIX")
def test_what_swells_is_refused(reading: ReadingProcess) -> None:
    with pytest.raises(Refused, match=r"“a\.xlsx”无法读取：展开后过大") as refused:
        reading("a.xlsx", swell)
    assert refused.value.reason is ReadingFault.TOO_LARGE


def test_a_crash_is_one_refusal_and_the_next_file_is_read(reading: ReadingProcess) -> None:
    before = reading("a.xlsx", os.getpid)
    with pytest.raises(Refused, match=r"“a\.xlsx”无法读取：内容异常") as refused:
        reading("a.xlsx", os.abort)
    assert refused.value.reason is ReadingFault.CRASHED
    assert reading("b.xlsx", os.getpid) not in (before, os.getpid())


def test_what_never_ends_is_cancelled(reading: ReadingProcess) -> None:
    def cancel(done: int, total: int, words: str) -> None:
        assert words == "正在读取a.xlsx"
        raise Cancelled

    with pytest.raises(Cancelled):
        reading("a.xlsx", hang, progress=cancel)
    assert reading("b.xlsx", os.getpid) != os.getpid()


def test_what_never_ends_is_refused_in_time() -> None:
    reading = ReadingProcess(ReadingLimits(seconds=0.1))
    with pytest.raises(Refused, match="还没有读完") as refused:
        reading("a.xlsx", hang)
    assert refused.value.reason is ReadingFault.TOO_SLOW
    reading.close()


def test_what_the_reader_tells_arrives_here(reading: ReadingProcess) -> None:
    steps = []

    def note(done: int, total: int, words: str) -> None:
        steps.append((done, total, words))

    assert reading("a.bel", tell, progress=note, tells=True) == "done"
    assert (2, 2, "核验选票") in steps
    steps.clear()
    assert in_process("a.bel", tell, progress=note, tells=True) == "done"
    assert steps == [(2, 2, "核验选票")]


def test_who_tells_how_far_it_is_is_not_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = get_context("spawn").Pipe()
    for step in range(9):
        there.send((_Said.PROGRESS, (step, 9, "核验选票")))
    there.send((_Said.RESULT, 5))
    seconds = iter(range(0, 1000, 10))
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    answer = ReadingProcess(ReadingLimits(seconds=25))._answer(here, "a.bel", silent)
    assert answer == (_Said.RESULT, 5)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_its_children_end_with_it() -> None:
    reading = ReadingProcess()
    child = reading("a.bel", bear)
    assert not has_ended(child)
    reading.close()
    await_end(child)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
@pytest.mark.parametrize("moment", ["while it starts", "while it reads"])
def test_an_interrupt_in_the_terminal_leaves_no_trace_of_it(moment: str) -> None:
    script = f"""
import os, signal, time
from gaoxin_vote.reading_process import ReadingProcess
reading = ReadingProcess()
try:
    reading.start()
    if {moment == "while it reads"}:
        reading("a.xlsx", os.getpid)
    print(reading._process.pid, flush=True)
    reading("a.xlsx", time.sleep, 600)
except KeyboardInterrupt:
    print("stopped")
"""
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            child = int(process.stdout.readline())
            blocked = re.search(r"SigBlk:\s*(\w+)", Path(f"/proc/{child}/status").read_text())
            assert blocked and int(blocked[1], 16) & 1 << signal.SIGINT - 1
        finally:
            os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate()
    assert (said, complained, process.returncode) == ("stopped\n", "", 0)
    await_end(child)


def test_a_program_that_ends_ends_its_reader() -> None:
    script = """
from gaoxin_vote.reading_process import ReadingProcess
import os
reading = ReadingProcess()
print(reading("a.xlsx", os.getpid))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
