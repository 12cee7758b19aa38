"""How many processes should verify an archive at the same time?"""

import os

_WORTH_A_PROCESS = 2**20
"""So many bytes of an archive, about a dozen ballots, take longer to verify than a process takes to start."""
_MOST = 60
"""Windows cannot wait for more than about sixty processes at a time."""


def paying_processes(size: int) -> int:
    """The number of processes that saves time for an archive of `size` bytes: at least one.

    One more for each megabyte, but never more than the computer has processors.
    """
    return min(os.cpu_count() or 1, _MOST, 1 + size // _WORTH_A_PROCESS)
