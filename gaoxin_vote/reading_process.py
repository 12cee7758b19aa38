"""How is a file read that may be made to crash, to hang or to eat the memory of whoever reads it?

In a process of its own: where it dies, runs too long or wants too much, one refusal is all that comes of
it, and the next file is read by a fresh process. One is started ahead, so that no file waits for it.
"""

import atexit
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any, Protocol, TypeVar

from gaoxin_vote.errors import Refused
from gaoxin_vote.process_limits import end_limited, limit_this_process, without_interrupts
from gaoxin_vote.progress import Progress, silent

T = TypeVar("T")

_GLANCE = 0.05
"""Seconds between two looks at whether the person cancelled."""


class ReadingFault(Enum):
    """Why a reader gave nothing."""

    CRASHED = "crashed"
    TOO_SLOW = "too slow"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What reading one file may cost."""

    memory: int = 2 * 2**30
    """Bytes of address space of the process (where the system can limit it)."""
    seconds: float = 120
    """How long there may be neither an answer nor a word of progress."""


class FileReading(Protocol):
    """Calls `function(*arguments)`, which reads the file that people call `name`.

    The function stands in a module, its arguments and its result can be pickled; what it raises comes whole.
    One that `tells` takes its `progress` as a keyword.
    """

    def __call__(
        self,
        name: str,
        function: Callable[..., T],
        *arguments: object,
        progress: Progress = silent,
        tells: bool = False,
    ) -> T: ...


def in_process(
    name: str,
    function: Callable[..., T],
    *arguments: object,
    progress: Progress = silent,
    tells: bool = False,
) -> T:
    """Read here: for files that the program wrote itself, and where nothing else depends on this process."""
    return function(*arguments, progress=progress) if tells else function(*arguments)


class ReadingProcess:
    """A `FileReading` in a process of its own; one call at a time.

    `advice` is what people are told to do with a file that cannot be read, in Chinese.
    """

    def __init__(
        self,
        limits: ReadingLimits | None = None,
        advice: str = "没有导入任何内容，请用 Excel 或 WPS 打开，另存后再试。",
    ) -> None:
        self._limits, self._advice = limits or ReadingLimits(), advice
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def __call__(
        self,
        name: str,
        function: Callable[..., T],
        *arguments: object,
        progress: Progress = silent,
        tells: bool = False,
    ) -> T:
        """Raises what the function raises, `Refused` where the reader fails, or as `progress` does."""
        with self._lock:
            connection = self._started()
            try:
                connection.send((function, arguments, tells))
                outcome, value = self._answer(connection, name, progress)
            except (EOFError, OSError):
                self._stop()
                raise self._refused(name, ReadingFault.CRASHED, "内容异常，读取时出错") from None
            except BaseException:
                self._stop()
                raise
        if outcome is _Said.RESULT:
            found: T = value
            return found
        if isinstance(value, MemoryError):
            raise self._refused(name, ReadingFault.TOO_LARGE, "展开后过大")
        raise value

    def start(self) -> None:
        """Start the process ahead."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the process; the next call would start another."""
        with self._lock:
            self._stop()

    def _answer(self, connection: Connection, name: str, progress: Progress) -> tuple["_Said", Any]:
        step: tuple[int, int, str] = (0, 0, f"正在读取{name}")
        limit = self._limits.seconds
        end = time.monotonic() + limit
        while True:
            if connection.poll(_GLANCE):
                said, value = connection.recv()
                if said is not _Said.PROGRESS:
                    return said, value
                step, end = value, time.monotonic() + limit
            progress(*step)
            if time.monotonic() > end:
                words = f"读了{limit:g}秒还没有读完，内容异常或过大"
                raise self._refused(name, ReadingFault.TOO_SLOW, words)

    def _refused(self, name: str, fault: ReadingFault, why: str) -> Refused:
        return Refused(fault, f"文件“{name}”无法读取：{why}。{self._advice}")

    def _started(self) -> Connection:
        # Not `is_alive`: that would take note of its end, and its children could not be named any more.
        if self._connection is None or self._process is None or wait([self._process.sentinel], 0):
            self._stop()
            context = get_context("spawn")
            self._connection, there = context.Pipe()
            # No daemon, for it may have children; so nobody but this ends it when the program does.
            self._process = context.Process(target=_serve, args=(there, self._limits.memory))
            atexit.register(self.close)
            with without_interrupts():
                self._process.start()
            there.close()
        return self._connection

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            end_limited(self._process)
        atexit.unregister(self.close)
        self._connection = self._process = None


class _Said(Enum):
    """What the process says of a call."""

    PROGRESS = "progress"
    RESULT = "result"
    ERROR = "error"


def _serve(connection: Connection, memory: int) -> None:
    """Answer calls until the other side is gone."""
    limit_this_process(memory)
    with suppress(EOFError, OSError):
        while True:
            function, arguments, tells = connection.recv()
            telling = {"progress": _teller(connection)} if tells else {}
            try:
                answer: tuple[_Said, object] = _Said.RESULT, function(*arguments, **telling)
            except Exception as error:  # noqa: BLE001 - it is raised again on the other side
                answer = _Said.ERROR, error.with_traceback(None)
            connection.send(answer)


def _teller(connection: Connection) -> Progress:
    def tell(done: int, total: int, words: str) -> None:
        connection.send((_Said.PROGRESS, (done, total, words)))

    return tell
