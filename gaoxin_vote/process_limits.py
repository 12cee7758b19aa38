"""How is a process that reads a foreign file held to its limits, whatever the system?"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

_GRACE = 1.0
"""Seconds in which a process that is told to end may do so by itself."""


def limit_this_process(memory: int) -> None:
    """Never more than `memory` bytes (an allocation beyond fails), no picture of the memory after a crash.

    The process leaves the terminal: an interrupt there is for whoever started it, who ends it with
    `end_limited`. Its own children have the same limits. On POSIX by `setrlimit`, on Windows by a job object
    (a system that gives none leaves the memory unlimited).
    """
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _join_a_job(memory)
    else:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGTERM, _leave)
        os.setsid()


def end_limited(process: BaseProcess) -> None:
    """End a limited process and its children; it must not have been waited for yet."""
    number = process.pid
    if sys.platform == "win32" or number is None:
        process.terminate()  # its job ends with it, and its children with the job
    else:
        # Told first, it puts away what the system would keep; its children end at once.
        for sign, grace in ((signal.SIGTERM, _GRACE), (signal.SIGKILL, 0)):
            for kill in (os.killpg, os.kill):
                # As long as it has not left the terminal there is no such group, and there are no children.
                with suppress(ProcessLookupError):
                    kill(number, sign)
                    break
            wait([process.sentinel], grace)
    process.join()


def _leave(*_: object) -> None:
    sys.exit()


@contextmanager
def without_interrupts() -> Iterator[None]:
    """No interrupt of the terminal reaches this thread meanwhile; what is started here never gets one."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    # Python starts this helper of its own with the first process, and then lets interrupts in again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _ACTIVE = 0x100 | 0x400 | 0x2000
    """Memory of each process; no dialog after a crash; all end when the last handle is closed."""

    class _BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _Limits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    def _join_a_job(memory: int) -> None:
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, wintypes.LPCWSTR]
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        kernel.SetInformationJobObject.argtypes = [
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        ]
        limits = _Limits(ProcessMemoryLimit=memory)
        limits.BasicLimitInformation.LimitFlags = _ACTIVE
        # The handle is never closed: the job lasts as long as the process.
        job = kernel.CreateJobObjectW(None, None)
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
