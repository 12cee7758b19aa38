"""Is what takes long made once, however many processes ask for it, and whatever happens to one of them?"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import made_once

_ROOT = Path(__file__).resolve().parents[1]
_ASK = """
import sys
from pathlib import Path
from tests.once import made_once

def make(path):
    with Path(sys.argv[2]).open("a") as log:
        log.write("made\\n")
    {then}
    path.mkdir()
    (path / "whole").touch()

print((made_once(Path(sys.argv[1]), make) / "whole").exists())
"""
_GOES_ON = "pass"
_WAITS_TO_BE_KILLED = "path.mkdir(); print('half', flush=True); sys.stdin.read()"


def _process(then: str, *arguments: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _ASK.format(then=then), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
    )


def test_of_many_processes_one_makes_it_and_all_find_it(tmp_path: Path) -> None:
    target, log = tmp_path / "made", tmp_path / "log"
    processes = [_process(_GOES_ON, target, log) for _ in range(3)]
    assert [process.communicate()[0] for process in processes] == ["True\n"] * 3
    assert log.read_text() == "made\n"


def test_what_a_killed_process_had_begun_is_made_anew_by_one_that_waited(tmp_path: Path) -> None:
    target, log = tmp_path / "made", tmp_path / "log"
    killed = _process(_WAITS_TO_BE_KILLED, target, log)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "half\n"
    assert not target.exists()
    waiting = _process(_GOES_ON, target, log)
    killed.kill()
    killed.communicate()
    assert waiting.communicate()[0] == "True\n"
    assert log.read_text() == "made\n" * 2


def test_what_failed_is_not_there_and_may_be_tried_again(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise OSError("the medium is gone")

    with pytest.raises(OSError, match="gone"):
        made_once(tmp_path / "made", fail)
    assert not (tmp_path / "made").exists()
    assert made_once(tmp_path / "made", lambda path: path.write_text("whole")).read_text() == "whole"
