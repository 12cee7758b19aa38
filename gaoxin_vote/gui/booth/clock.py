"""Which clock goes on while the computer sleeps? A ballot that was left must not wake up with it."""

import sys
import time


def steady_seconds() -> float:
    """Seconds of a clock that only goes forward and does not stand still while the computer sleeps."""
    if sys.platform == "win32":
        import ctypes

        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_ulonglong
        return float(ticks()) / 1000
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
