"""Can one read unit after unit, in two columns or one, and take what is shown along?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.explaining.derivation import Explainer
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.standing.unit.dialog import UnitDialog
from gaoxin_vote.gui.standing.unit.presenter import UnitPages
from tests.domain.cases import case_inputs
from tests.gui.cut import cut

ORDER = tuple(UnitCode(code) for code in ("U08", "U13", "U16"))


@pytest.fixture(scope="module")
def pages() -> UnitPages:
    inputs = case_inputs()
    record = assess(inputs)
    return UnitPages(record, Explainer(inputs, record))


@pytest.fixture
def window(qtbot: QtBot, dressed: None) -> QWidget:
    made = QWidget()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.show()
    return made


def opened(window: QWidget, pages: UnitPages) -> UnitDialog:
    dialog = UnitDialog(window, pages.page, ORDER, ORDER[1])
    dialog.open()
    QApplication.processEvents()
    return dialog


def test_one_goes_from_unit_to_unit(qtbot: QtBot, window: QWidget, pages: UnitPages) -> None:
    dialog = opened(window, pages)
    assert (dialog.name.text(), dialog.counter.text()) == ("教育文化体育局", "2 / 3")
    with qtbot.waitSignal(dialog.shown_unit) as told:
        qtbot.mouseClick(dialog.after, Qt.MouseButton.LeftButton)
    assert told.args == ["U16"]
    assert dialog.name.text() == pages.page(UnitCode("U16")).name
    assert not dialog.after.isEnabled()
    assert dialog.after.toolTip() == "已是最后一个"
    dialog.go(1)
    assert dialog.counter.text() == "3 / 3"
    for _step in range(2):
        qtbot.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.counter.text() == "1 / 3"
    assert not dialog.before.isEnabled()
    assert dialog.windowTitle() == "规划管理部：考核结果"


def test_everything_shown_is_copied(qtbot: QtBot, window: QWidget, pages: UnitPages) -> None:
    dialog = opened(window, pages)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("教育文化体育局\n")
    assert "综合得分\t92.48\t72.92＋9.56＋9.00＋1.00＝92.48\t三（二）4" in text
    assert dialog.copied.text() == "✓ 已复制"
    dialog.go(1)
    assert dialog.copied.text() == ""


@pytest.mark.parametrize(("scale", "width", "columns"), [(100, 1366, 2), (150, 1366, 1), (150, 1184, 1)])
def test_all_of_it_can_be_read(
    qapp: QApplication, window: QWidget, pages: UnitPages, scale: int, width: int, columns: int
) -> None:
    theme.apply(qapp, Look(scale))
    window.resize(width, 768)
    dialog = opened(window, pages)
    dialog.go(-1)
    for _unit in ORDER:
        QApplication.processEvents()
        assert cut(dialog) == ()
        shown = {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
        for each in dialog.shown.sections:
            assert {cell for row in each.rows for cell in row} <= shown
        left = {card.mapTo(dialog, card.rect().topLeft()).x() for card in dialog.sections}
        assert len(left) == columns
        dialog.go(1)


def test_a_narrow_window_has_one_column(window: QWidget, pages: UnitPages) -> None:
    dialog = opened(window, pages)
    dialog.resize(700, 600)
    QApplication.processEvents()
    assert len({card.mapTo(dialog, card.rect().topLeft()).x() for card in dialog.sections}) == 1
    assert len(dialog.sections) == len(dialog.shown.sections)
