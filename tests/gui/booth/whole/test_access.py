"""Can everybody see and reach everything: size, contrast, keyboard, names?"""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.idle_page import IdlePage
from gaoxin_vote.gui.booth.unit_row import Choice, UnitRow
from gaoxin_vote.gui.kit.look import SCALES, Look
from tests.gui.booth.conftest import OpenBooth
from tests.gui.booth.hands import ballot, key, press, reach
from tests.gui.booth.scenes import (
    STEPS,
    Scene,
    booth_pictures,
    leadership_admission,
    peer_admission,
)


def test_size_and_contrast_are_switched_on_the_booth_and_forgotten_with_the_voter(
    open_booth: OpenBooth,
) -> None:
    scene = Scene(leadership_admission()).enter()
    window = open_booth(scene)
    key(window, Qt.Key.Key_Down, Qt.Key.Key_3)
    press(window, "放大字号")
    press(window, "高对比度显示")
    assert window._look == Look(115, high_contrast=True)
    assert window.state.rows[1].mark is Mark.PASS
    assert ballot(window).current == 1
    press(window, "缩小字号")
    assert window._look == Look(100, high_contrast=True)
    window.act(scene.booth.ask_discard)
    QApplication.processEvents()
    scene.clock.advance(1)
    press(window, "清除并退出")
    assert isinstance(window.page, IdlePage)
    assert window._look == Look()


def test_whoever_scans_next_finds_neither_size_nor_place_of_the_voter_before(
    qtbot: QtBot, open_booth: OpenBooth
) -> None:
    """The booth then goes past its first page without showing it."""
    scene = Scene(leadership_admission()).enter()
    window = open_booth(scene)
    key(window, Qt.Key.Key_Down, Qt.Key.Key_Down)
    press(window, "放大字号")
    assert (window._look, ballot(window).current) == (Look(115), 2)
    scene.desk.good.add("3" * 16)
    window.act(scene.booth.scan, "3" * 16)
    QApplication.processEvents()
    scene.clock.advance(1)
    press(window, "清除，由下一位投票")
    qtbot.waitUntil(lambda: len(scene.desk.seen) == 2)
    reach(qtbot, window, BoothStep.BALLOT)
    assert (window._look, ballot(window).current) == (Look(), 0)


def test_the_switches_work_from_the_keyboard(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter())
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Plus, control)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_H, control)
    assert window._look == Look(115, high_contrast=True)
    for _ in range(60):
        if QApplication.focusWidget().accessibleName() == "放大字号":
            break
        key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert window._look.scale == 150
    assert QApplication.focusWidget() is not None


@pytest.mark.parametrize(("size", "least"), [(QSize(1366, 768), 34), (QSize(1920, 1080), 48)])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("high", [False, True])
def test_rows_are_high_enough_to_be_touched(
    open_booth: OpenBooth, size: QSize, least: int, scale: int, high: bool
) -> None:
    window = open_booth(Scene(peer_admission(26)).enter(), size, Look(scale, high_contrast=high))
    page = ballot(window)
    for row in page.view.rows.values():
        assert row.height() >= least
        assert row.geometry().bottom() < page.view.height()
        for choice in row.findChildren(Choice):
            assert choice.width() >= least
            assert choice.fontMetrics() is not None
    if scale == 100:
        assert page.view.pages == 1, "all units at once"
    footer = [button for button in page.findChildren(QAbstractButton) if button.parent() is page]
    assert all(
        button.geometry().right() < page.width() and button.geometry().left() >= 0 for button in footer
    )


def test_what_is_chosen_does_not_depend_on_colour(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter(), look=Look(high_contrast=True))
    choice = ballot(window).view.rows[0].findChildren(Choice)[0]

    def ink() -> float:
        image = choice.grab().toImage()
        dark = [
            image.pixelColor(x, y).lightness() < 128
            for x in range(image.width())
            for y in range(image.height())
        ]
        return sum(dark) / len(dark)

    assert ink() < 0.4
    key(window, Qt.Key.Key_1)
    assert ink() > 0.7, "inverted: black, with white words"


@pytest.mark.parametrize("name", list(STEPS))
def test_every_control_says_what_it_is(open_booth: OpenBooth, name: str) -> None:
    walk, look = STEPS[name]
    window = open_booth(walk(), look=look)
    controls = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | UnitRow)
        or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert controls
    for widget in controls:
        assert widget.accessibleName().strip(), type(widget).__name__


def test_there_is_a_picture_of_every_step(dressed: None) -> None:
    pictures = dict(booth_pictures(QSize(1366, 768), ["idle", "ballot-contrast", "tracker"]))
    assert list(pictures) == [
        "01-idle",
        "10-ballot-contrast",
        "20-tracker",
        "26-idle-contrast",
        "33-idle-one-screen",
    ]
    for picture in pictures.values():
        assert picture.size() == QSize(1366, 768)
        image = picture.toImage()
        colours = {QColor(image.pixel(x, y)).name() for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 1
