"""A file that makes its reader crash, hang or swell costs that reader and nothing else."""

import os
import threading
from collections.abc import Iterator
from enum import Enum

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Cancelled
from gaoxin_vote.reading_process import ReadingFault, ReadingLimits, ReadingProcess, in_process


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
