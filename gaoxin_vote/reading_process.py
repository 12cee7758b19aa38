"""How is a file read that may be made to crash, to hang or to eat the memory of whoever reads it?

In a process of its own: where it dies, runs too long or wants too much, one refusal is all that comes of
it, and the next file is read by a fresh process. One is started ahead, so that no file waits for it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any, Protocol, TypeVar

from gaoxin_vote.errors import Refused
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


class FileReading(Protocol):
    """Calls `function(*arguments)`, which reads the file that people call `name`.

    The function stands in a module, its arguments and its result can be pickled; what it raises comes whole.
    """

    def __call__(
        self, name: str, function: Callable[..., T], *arguments: object, progress: Progress = silent
    ) -> T: ...


def in_process(name: str, function: Callable[..., T], *arguments: object, progress: Progress = silent) -> T:
    """Read here: for files that the program wrote itself, and where nothing else depends on this process."""
    return function(*arguments)


class ReadingProcess:
    """A `FileReading` in a process of its own; one call at a time."""

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def __call__(
        self, name: str, function: Callable[..., T], *arguments: object, progress: Progress = silent
    ) -> T:
        """Raises what the function raises, `Refused` where the reader fails, or as `progress` does."""
        with self._lock:
            connection = self._started()
            try:
                outcome, value = self._answer(connection, name, (function, arguments), progress)
            except (EOFError, OSError):
                self._stop()
                raise _crashed(name) from None
            except BaseException:
                self._stop()
                raise
        if outcome:
            found: T = value
            return found
        if isinstance(value, MemoryError):
            raise Refused(ReadingFault.TOO_LARGE, f"文件“{name}”无法读取：展开后过大。没有导入任何内容。")
        raise value

    def start(self) -> None:
        """Start the process ahead."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the process; the next call would start another."""
        with self._lock:
            self._stop()

    def _answer(
        self, connection: Connection, name: str, call: tuple[object, ...], progress: Progress
    ) -> tuple[bool, Any]:
        connection.send(call)
        end = time.monotonic() + self._limits.seconds
        while not connection.poll(_GLANCE):
            progress(0, 0, f"正在读取{name}")
            if time.monotonic() > end:
                raise Refused(
                    ReadingFault.TOO_SLOW,
                    f"文件“{name}”无法读取：读了{self._limits.seconds:g}秒还没有读完，内容异常或过大。",
                )
        outcome, value = connection.recv()
        return bool(outcome), value

    def _started(self) -> Connection:
        if self._connection is None or self._process is None or not self._process.is_alive():
            self._stop()
            context = get_context("spawn")
            self._connection, there = context.Pipe()
            self._process = context.Process(target=_serve, args=(there, self._limits.memory), daemon=True)
            self._process.start()
            there.close()
        return self._connection

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._connection = self._process = None


def _crashed(name: str) -> Refused:
    return Refused(
        ReadingFault.CRASHED,
        f"文件“{name}”无法读取：内容异常，读取时出错。没有导入任何内容，请用电子表格软件打开，另存后再试。",
    )


def _serve(connection: Connection, memory: int) -> None:
    """Answer calls until the other side is gone."""
    _limit(memory)
    while True:
        try:
            function, arguments = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[bool, object] = True, function(*arguments)
        except Exception as error:  # noqa: BLE001 - it is raised again on the other side
            answer = False, error.with_traceback(None)
        connection.send(answer)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # A reader that is made to crash leaves no picture of its memory behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
