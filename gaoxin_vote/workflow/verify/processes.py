"""How many processes pay for the verification of ballots?"""

import os

_WORTH_A_PROCESS = 2**20
"""Bytes of an archive, a dozen ballots, whose verification takes longer than the start of a process."""
_MOST = 60
"""Windows waits for no more at a time."""


def paying_processes(size: int) -> int:
    """For an archive of `size` bytes: one for each megabyte, as many as there are processors."""
    return min(os.cpu_count() or 1, _MOST, 1 + size // _WORTH_A_PROCESS)
