"""Does the tool that takes out guards find the one that nobody misses, and is its list of exceptions true?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.__main__ import SOURCES
from tests.mutants.equivalents import Equivalent, read_equivalents, unmatched
from tests.mutants.guards import guards_of, sources

ROOT = Path(__file__).parent.parent.parent
TINY = "tests/mutants/tiny"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the tool runs tests in forks of itself")
def test_a_guard_that_nobody_misses_is_found_and_no_other() -> None:
    command = [sys.executable, "-m", "tests.mutants", f"{TINY}/door.py", "--tests", f"{TINY}/door_cases.py"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    survivors = sorted(line for line in run.stdout.splitlines() if line.startswith("SURVIVES"))
    assert survivors == [
        f"SURVIVES (1 tests reach it and pass without it): {TINY}/door.py:8 enter: raise ValueError('drunk')",
        f"SURVIVES (no test reaches it): {TINY}/door.py:15 leave: raise ValueError('not paid')",
    ]
    assert run.stdout.splitlines()[-1].startswith("4 taken out, 2 survive")
    assert run.returncode == 1


def test_the_list_of_equivalents_fits_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    guards = guards_of(sources(map(Path, SOURCES)))
    assert unmatched(read_equivalents(), guards) == ()
    assert len(guards) > 200


def test_an_equivalent_that_speaks_of_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    guards = guards_of([Path(TINY) / "door.py"])
    right = Equivalent(f"{TINY}/door.py", "enter", "raise ValueError", "for the test")
    gone = Equivalent(f"{TINY}/door.py", "enter", "raise TypeError", "for the test")
    no_reason = Equivalent(f"{TINY}/door.py", "leave", "raise ValueError", "")
    assert unmatched([right, gone, no_reason], guards) == (gone, no_reason)
