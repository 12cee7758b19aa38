"""Does a whole meeting work in real windows, by real keys and clicks, and do its archives verify?"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaoxin_vote.bootstrap import local_time
from gaoxin_vote.cli import main
from gaoxin_vote.documents.forms.tally_report import TallyReport
from tests.gui.real_windows import display_of, run_on

_TOOLS = ("Xvfb", "openbox", "xdotool")
_LONGEST = 540
"""Seconds that the meeting may take on a slow machine."""


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """An X display of its own with a window manager, or a skip that says what is missing."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"a meeting in real windows needs {', '.join(missing)} (make test-tools)")
    with display_of(("Xvfb", "-screen", "0", "1366x768x24"), tmp_path) as name:
        if not name:
            pytest.fail("Xvfb did not start")
        yield name


def test_a_meeting_in_real_windows(display: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = run_on(display, "tests.gui.meeting.room", tmp_path, _LONGEST)
    assert room.returncode == 0, f"{room.stdout}\n{room.stderr}\nlook at {tmp_path}"
    trackers = json.loads((tmp_path / "trackers.json").read_text(encoding="utf-8"))
    assert len(set(trackers)) == 8
    for name, ballots in (("tally-0.bel", 3), ("tally-1.bel", 5)):
        code, told = _verify(tmp_path / name), capsys.readouterr()
        assert code == 0, told.err
        assert f"{ballots}" in told.out
    for name in ("tally-0.pdf", "tally-1.pdf"):
        assert _verify(tmp_path / name) == 0, capsys.readouterr().err
    # Whatever the careless did, each ballot is what its voter meant, and nobody else's.
    meant = json.loads((tmp_path / "meant.json").read_text(encoding="utf-8"))
    assert _counts(tmp_path / "tally-1.pdf") == meant
    # The trackers that the voters saw are those of the ballots in the archives.
    listed = "".join(_trackers(tmp_path / name) for name in ("tally-0.bel", "tally-1.bel"))
    assert all(tracker in listed for tracker in trackers)
    broken = bytearray((tmp_path / "tally-0.bel").read_bytes())
    broken[len(broken) // 2] ^= 1
    (tmp_path / "broken.bel").write_bytes(bytes(broken))
    assert _verify(tmp_path / "broken.bel") == 1


def _verify(path: Path) -> int:
    return main(["verify", str(path)], local_time)


def _counts(sheet: Path) -> dict[str, int]:
    from gaoxin_vote.workflow.verify.sheet import verify_sheet

    report = verify_sheet(sheet.read_bytes()).figures
    assert isinstance(report, TallyReport)
    found = {}
    for row in report.rows:
        assert row.count.recusals == 1
        numbers = (*row.count.grades, row.count.blanks - row.count.recusals)
        found |= {f"{row.code} {key}": number for key, number in zip("12340", numbers, strict=True)}
    return {place: number for place, number in found.items() if number}


def _trackers(archive: Path) -> str:
    from gaoxin_vote.belenios.verification import verify_archive
    from gaoxin_vote.domain.tracker import respelled

    return " ".join(map(respelled, verify_archive(archive).trackers))
