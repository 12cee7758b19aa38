"""How does a printed job leave the print service again?

CUPS keeps the file of a job after it was printed, for a day unless it is told otherwise; live slip codes must
not lie there.
"""

import ctypes
import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread

_EVERY, _LONGEST = 1.0, 1800.0
"""Seconds between two looks, and after which a job that still waits is taken back unprinted."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A job of the print service."""

    printer: str
    number: int


def purge_later(job: PrintJob) -> Thread:
    """Purge `job` once it is printed, on a thread of its own; it ends with the program."""
    thread = Thread(target=purge_when_done, args=(job,), name="purge", daemon=True)
    thread.start()
    return thread


def purge_when_done(
    job: PrintJob,
    waiting: Callable[[PrintJob], bool] | None = None,
    purge: Callable[[PrintJob], object] | None = None,
    pause: Callable[[float], object] | None = None,
) -> None:
    """Wait until `job` is printed, or half an hour, then take its file out of the spool."""
    waiting, purge, pause = waiting or _waits, purge or _purge, pause or Event().wait
    waited = 0.0
    while waited < _LONGEST and waiting(job):
        pause(_EVERY)
        waited += _EVERY
    purge(job)


def _waits(job: PrintJob) -> bool:
    """Whether the job is not known to be finished: a job purged in the midst of printing is cut short."""
    command = ["lpstat", "-W", "completed"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    try:
        done = subprocess.run(command, capture_output=True, timeout=30, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return True
    words = done.stdout.decode(errors="replace").splitlines()
    # Numbers are unique in one print service; a Chinese name is shown escaped.
    return not any(line.partition(" ")[0].endswith(f"-{job.number}") for line in words)


def _purge(job: PrintJob) -> None:
    """Cancel with the file, also when the job is complete: `cancel -x` refuses that, the library does not."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL("libcups.so.2")
        cancel = library.cupsCancelJob2
        cancel.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int]
        cancel(None, job.printer.encode(), job.number, 1)
