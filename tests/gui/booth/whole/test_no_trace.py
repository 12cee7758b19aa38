"""Does anything of a voter stay for the next one to find?"""

import gc

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.ballot import MarkedBallot
from gaoxin_vote.domain.tracker import respelled
from gaoxin_vote.gui.booth.draft import BallotDraft, BallotRow
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.state import Cover
from gaoxin_vote.gui.booth.window import BoothWindow
from tests.gui.booth.conftest import OpenBooth
from tests.gui.booth.hands import MOUSE, cast_all, key, press, reach, type_code
from tests.gui.booth.scenes import (
    TRACKER,
    Scene,
    peer_admission,
)


def said(window: BoothWindow) -> list[tuple[str, str]]:
    """Everything any widget of the window holds in words, visible or not."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        text = getattr(widget, "text", "")
        words = (text() if callable(text) else text, widget.accessibleName(), widget.accessibleDescription())
        found.append((type(widget).__name__, " ".join((*words, widget.toolTip(), widget.statusTip()))))
    return sorted(found)


def living() -> int:
    """How many ballots, drafts and rows have not been forgotten."""
    gc.collect()
    return sum(isinstance(thing, MarkedBallot | BallotDraft | BallotRow) for thing in gc.get_objects())


@pytest.mark.parametrize("casting", [True, False])
def test_no_widget_keeps_anything_of_the_voter_before(
    qtbot: QtBot, open_booth: OpenBooth, casting: bool
) -> None:
    fresh = said(open_booth(Scene(peer_admission(drawn=True))))
    before = living()
    scene = Scene(peer_admission(drawn=True))
    window = open_booth(scene)
    type_code(window)
    reach(qtbot, window, BoothStep.OWN_UNIT)
    key(window, Qt.Key.Key_Return, Qt.Key.Key_Return)
    for _ in range(24):
        key(window, Qt.Key.Key_1, Qt.Key.Key_Return)
    press(window, "放大字号")
    if casting:
        cast_all(window, scene)
        reach(qtbot, window, BoothStep.TRACKER)
        assert respelled(TRACKER)[:4] in " ".join(words for _, words in said(window)).replace(" ", "")
        scene.clock.advance(1)
        press(window, "完成")
        scene.desk.box.clear()
    else:
        press(window, "放弃本次填写")
        scene.clock.advance(1)
        press(window, "清除并退出")
    assert said(window) == fresh
    assert living() <= before
    assert window.grab().toImage() == open_booth(Scene(peer_admission(drawn=True))).grab().toImage()


def test_a_touch_beside_everything_does_not_answer_the_warning(open_booth: OpenBooth) -> None:
    scene = Scene().enter()
    window = open_booth(scene)
    scene.clock.advance(95)
    window.act(scene.booth.tick)
    assert window.state.cover is Cover.WARNING
    QApplication.processEvents()
    scene.clock.advance(1)
    QTest.mouseClick(window.page, MOUSE, pos=QPoint(20, 700))
    assert window.state.cover is Cover.WARNING
    press(window, "继续填写")
    assert window.state.cover is Cover.NONE
