"""Has every stage of the year its page, and does the whole program keep codes out of its fields?"""

import shutil
import sys
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from pytestqt.qtbot import QtBot

from gaoxin_vote import bootstrap
from gaoxin_vote.bootstrap import BoothDoor, VerifyDoor, make_page, make_window
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.shell.presenter import OpenDesk, RailState
from gaoxin_vote.reading_process import ReadingProcess
from gaoxin_vote.stages import YearStage
from tests.belenios.samples import sample
from tests.gui.office import PASSPHRASE, YEAR, Desk, Moments, clock
from tests.stretching import CHEAP_COSTS


@pytest.mark.parametrize("year", [YEAR, None])
def test_every_stage_has_its_page(desk_at: Callable[[str], Desk], qtbot: QtBot, year: int | None) -> None:
    desk = desk_at("empty")
    years = (year,) if year else ()
    opened = OpenDesk(desk.opened, desk.path, RailState("考核办", year, years, "", (), sample=False))
    shown = {}
    for stage in YearStage:
        page = make_page(desk.worker, BoothDoor(desk.worker), stage, opened)
        qtbot.addWidget(page)
        shown[stage] = page.title.text()
    only = dict.fromkeys(YearStage, YearStage.SETUP.title) | {YearStage.AUDIT: YearStage.AUDIT.title}
    assert shown == ({stage: stage.title for stage in YearStage} if year else only)


def test_no_field_of_the_desk_takes_a_live_code(
    moments: Moments, tmp_path: Path, qtbot: QtBot, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(moments.slips, tmp_path / "w.gxv"))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window takes it: put back afterwards
    window = make_window(clock, costs=CHEAP_COSTS)
    qtbot.addWidget(window)
    try:
        window.show()
        qtbot.waitExposed(window)
        window.open_workspace(path, PASSPHRASE)
        qtbot.waitUntil(lambda: window.opened is not None and not window.worker.busy, timeout=60_000)
        window.show_stage(YearStage.SESSION)
        qtbot.waitUntil(lambda: not window.worker.busy, timeout=60_000)
        page = window.desk.page(YearStage.SESSION)
        assert isinstance(page, SessionPage)
        field = page.check_in.search
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        for codes in moments.codes.values():
            qtbot.keyClicks(field, f"U{codes[0].replace(' ', '')}x")
            assert field.text() == "Ux"
            field.clear()
        qtbot.keyClicks(field, "12")
        assert field.text() == "12"
    finally:
        window.close()
        qtbot.waitUntil(lambda: not window.worker.busy, timeout=60_000)
        window.worker.close()


class Ahead(ReadingProcess):
    """Says whether it was started."""

    started = False

    def start(self) -> None:
        """Note it."""
        self.started = True


def test_the_process_that_reads_files_is_started_ahead(
    qtbot: QtBot, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reading = Ahead()
    window = make_window(clock, costs=CHEAP_COSTS, reading=reading)
    qtbot.addWidget(window)
    try:
        assert window.worker.reading is reading
        qtbot.waitUntil(lambda: reading.started, timeout=20_000)
    finally:
        window.close()
        window.worker.close()


def test_a_window_that_was_closed_at_once_starts_nothing(
    qtbot: QtBot, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = make_window(clock, costs=CHEAP_COSTS)
    qtbot.addWidget(window)
    window.worker.close()
    with qtbot.captureExceptions() as raised:
        qtbot.wait(round(bootstrap._SETTLE * 1.5))
    assert raised == []


def test_the_application_reads_files_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made = MagicMock()
    made.exec.return_value = 0
    monkeypatch.setattr(bootstrap, "make_application", lambda arguments: made)
    window = MagicMock()
    monkeypatch.setattr(bootstrap, "make_window", window)
    assert bootstrap.run_gui(None) == 0
    reading = window.call_args.kwargs["reading"]
    assert isinstance(reading, ReadingProcess)
    verifying = window.call_args.kwargs["verifying"]
    assert isinstance(verifying, ReadingProcess) and verifying is not reading
    assert [call.args[0] for call in made.aboutToQuit.connect.mock_calls] == [reading.close, verifying.close]


def test_files_are_verified_beside_the_desk_in_a_process_that_goes_with_the_window(
    tmp_path: Path, qtbot: QtBot, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    archive = tmp_path / "a.bel"
    archive.write_bytes(sample().archive)
    window = make_window(clock, costs=CHEAP_COSTS)
    qtbot.addWidget(window)
    reading = ReadingProcess()
    door = VerifyDoor(window, reading, clock, lambda: True)
    try:
        door.open()
        shown = door.window
        assert shown is not None
        shown.verify((archive,))
        door.open()
        assert door.window is shown and door.worker is not None and door.worker is not window.worker
        qtbot.waitUntil(lambda: not shown.files[0].waiting, timeout=60_000)
        assert shown.files[0].account is not None
        (child,) = active_children()
        shown.reject()
        qtbot.waitUntil(lambda: door.window is None and not child.is_alive(), timeout=60_000)
    finally:
        door.close()
        reading.close()
        window.close()
        qtbot.waitUntil(lambda: not window.worker.busy, timeout=60_000)
        window.worker.close()
