"""Does the booth's clock count sleep?"""

import sys
import time

import pytest

from gaoxin_vote.gui.booth.clock import steady_seconds


@pytest.mark.skipif(sys.platform != "linux", reason="the clock of Linux")
def test_it_is_the_clock_that_counts_sleep() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= steady_seconds() <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_it_goes_forward() -> None:
    assert steady_seconds() <= steady_seconds()
