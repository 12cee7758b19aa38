"""Has every stage of the year its page?"""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from gaoxin_vote.bootstrap import BoothDoor, make_page
from gaoxin_vote.gui.shell.presenter import OpenDesk, RailState
from gaoxin_vote.stages import YearStage
from tests.gui.office import YEAR, Desk


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
