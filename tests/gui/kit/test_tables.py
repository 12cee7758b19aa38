"""Do tables behave as models must, copy into a spreadsheet, and say how they are filled?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.marks import CellMark
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table

HEADS = (Head("序号", Align.STATE), Head("单位", stretch=True), Head("得分", Align.NUMBER))
ROWS = (("1", "办公室", "9.60"), ("2", "财政局", "-1.50"), ("3", "=HYPERLINK(1)", "8.00"))


def test_rows_model(qtmodeltester: ModelTester) -> None:
    model = RowsModel(HEADS, ROWS)
    qtmodeltester.check(model)
    model.show_rows(ROWS[:2])
    qtmodeltester.check(model)


def test_cells_stand_as_their_heads_say(qapp: object) -> None:
    model = RowsModel(HEADS, ROWS)
    right = model.data(model.index(0, 2), Qt.ItemDataRole.TextAlignmentRole)
    assert right == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def test_the_selection_stays_when_cells_change(qtbot: QtBot) -> None:
    model = RowsModel(HEADS, ROWS)
    table = Table(model, "得分")
    qtbot.addWidget(table)
    table.selectRow(1)
    with qtbot.waitSignal(model.dataChanged):
        model.show_rows((ROWS[0], ("2", "财政局", "7.00"), ROWS[2]))
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    assert model.cell(1, 2) == "7.00"


@pytest.mark.parametrize("chosen", [(), (1,)])
def test_copies_into_a_spreadsheet(qtbot: QtBot, chosen: tuple[int, ...]) -> None:
    table = Table(RowsModel(HEADS, ROWS), "得分")
    qtbot.addWidget(table)
    table.clearSelection()
    for row in chosen:
        table.selectRow(row)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == ["序号", "单位", "得分"]
    if chosen:
        assert lines[1:] == [["2", "财政局", "-1.50"]]
    else:
        assert len(lines) == 4
        assert lines[3][1] == "'=HYPERLINK(1)"
    assert QKeySequence(QKeySequence.StandardKey.Copy).toString() == "Ctrl+C"


def test_an_empty_table_says_how_it_is_filled(qtbot: QtBot, dressed: None) -> None:
    def picture(empty: str) -> bytes:
        table = Table(RowsModel(HEADS), "得分", empty)
        qtbot.addWidget(table)
        table.resize(400, 200)
        return bytes(table.grab().toImage().constBits())

    assert picture("先导入文件") != picture("")


def test_a_marked_cell_has_a_ground_a_sign_and_words(qtbot: QtBot, dressed: None) -> None:
    mark = CellMark("stop", "不是数字")
    model = RowsModel(HEADS)
    model.show_rows(ROWS, HEADS, marks={(1, 2): mark})
    marked, plain = model.index(1, 2), model.index(1, 1)
    assert model.data(marked, Qt.ItemDataRole.ToolTipRole) == "不是数字"
    assert model.data(plain, Qt.ItemDataRole.ToolTipRole) == "财政局"
    assert model.data(marked, Qt.ItemDataRole.DecorationRole) is not None
    assert model.data(plain, Qt.ItemDataRole.DecorationRole) is None
    table = Table(model, "得分")
    qtbot.addWidget(table)
    table.resize(600, 200)
    image = table.viewport().grab().toImage()
    corners = [table.visualRect(index).center() for index in (marked, plain)]
    grounds = [image.pixelColor(corner.x(), corner.y() - 12) for corner in corners]
    assert grounds == [QColor(theme.current().colours.red_ground), QColor(theme.current().colours.card)]
    model.show_rows(ROWS)
    assert model.data(model.index(1, 2), Qt.ItemDataRole.DecorationRole) is None


def test_a_hidden_column_gives_its_room_and_comes_back_as_it_was(qtbot: QtBot, dressed: None) -> None:
    table = Table(RowsModel(HEADS, ROWS), "得分")
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    QApplication.processEvents()
    widths = [table.columnWidth(place) for place in range(3)]
    table.hide_columns("序号")
    assert table.isColumnHidden(0)
    assert table.columnWidth(1) == pytest.approx(widths[0] + widths[1], abs=2)
    again = Table(RowsModel(HEADS, ROWS), "得分")
    qtbot.addWidget(again)
    again.resize(500, 200)
    again.show()
    QApplication.processEvents()
    assert [again.columnWidth(place) for place in range(3)] == widths  # nothing of it is remembered
    table.hide_columns()
    assert [table.columnWidth(place) for place in range(3)] == widths
