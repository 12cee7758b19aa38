"""Is everything told that must be settled, and does each button lead to its place?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.standing.matters import MattersBanner
from gaoxin_vote.gui.standing.state import OpenMatter, WayOut
from gaoxin_vote.stages import Destination, YearStage
from tests.gui.cut import cut

SCORES = WayOut("去补录", Destination(YearStage.ENTRIES, "indicators"))
AGAIN = WayOut("重新测评…", Destination(YearStage.SESSION, session=3))
MANY = OpenMatter(
    "指标得分",
    tuple(f"国有土地上房屋征收管理第{n}办公室（U{n:02}）没有指标得分。" for n in range(60)),
    (SCORES,),
)
TWO = OpenMatter(
    "本单位票",
    ("办公室（U01）在领导评议中……",),
    (WayOut("去决定…", Destination(YearStage.ENTRIES, "ties")), AGAIN),
)


@pytest.fixture
def banner(qtbot: QtBot, dressed: None) -> MattersBanner:
    window = QWidget()
    made = MattersBanner()
    made.setParent(window)
    qtbot.addWidget(window)
    window.resize(1100, 600)
    made.resize(1000, 400)
    window.show()
    made.window_kept = window  # type: ignore[attr-defined]
    return made


def test_every_matter_is_told_and_leads_to_its_place(banner: MattersBanner, qtbot: QtBot) -> None:
    banner.say("attention", "须先解决61项", (MANY, TWO))
    text = "\n".join(label.text() for label in banner.findChildren(QLabel) if label.isVisibleTo(banner))
    assert all(message in text for message in (*MANY.messages, *TWO.messages))
    assert "指标得分（60个）" in text
    assert [way.text() for way in banner.ways] == ["去补录", "去决定…", "重新测评…"]
    for way, wanted in zip(banner.ways, (*MANY.ways, *TWO.ways), strict=True):
        with qtbot.waitSignal(banner.destination_wanted) as told:
            qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
        assert told.args == [wanted.destination]


@pytest.mark.parametrize("scale", [100, 150])
def test_a_long_list_scrolls_and_a_short_one_does_not(
    banner: MattersBanner, qapp: QApplication, scale: int
) -> None:
    theme.apply(qapp, Look(scale))
    banner.say("attention", "须先解决60项", (MANY,))
    QApplication.processEvents()
    assert banner.area.verticalScrollBar().maximum() > 500
    assert banner.area.height() <= theme.current().px(170)
    assert cut(banner.window()) == ()
    banner.say("attention", "须先解决1项", (TWO,))
    QApplication.processEvents()
    assert banner.area.verticalScrollBar().maximum() == 0
    assert cut(banner.window()) == ()


def test_the_same_list_is_not_made_anew(banner: MattersBanner) -> None:
    banner.say("attention", "须先解决1项", (TWO,))
    before = banner.ways
    banner.say("attention", "须先解决1项", (TWO,))
    assert banner.ways is before
    banner.say("plain", "", ())
    assert banner.isHidden()
