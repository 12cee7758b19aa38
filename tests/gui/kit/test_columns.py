"""Are names never cut, and are widths and order of a table as somebody left them?"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.tables import Head, RowsModel, Table, when_chosen
from tests.gui.cut import cut

HEADS = (Head("代码"), Head("单位", stretch=True), Head("得分"), Head("说明", stretch=True))
ROWS = (
    ("U2", "国有土地上房屋征收管理办公室", "9.60", "—"),
    ("U10", "财政局", "10.00", "按通知第四条第（三）项，因年度内发生一般事故取消评为优秀、良好等次资格"),
    ("U1", "办公室", "—", "—"),
)
Make = Callable[..., Table]


@pytest.fixture
def make(qtbot: QtBot, dressed: None) -> Make:
    """Makes a table, shown in `width` pixels."""

    def shown(width: int = 700, name: str = "得分表", heads: tuple[Head, ...] = HEADS) -> Table:
        table = Table(RowsModel(heads, ROWS), name, sortable=True)
        qtbot.addWidget(table)
        table.resize(width, 300)
        table.show()
        QApplication.processEvents()
        return table

    return shown


def widths(table: Table) -> list[int]:
    return [table.columnWidth(column) for column in range(table.model().columnCount())]


def names(table: Table) -> list[str]:
    return [table.model().index(row, 0).data() for row in range(table.model().rowCount())]


def heads(table: Table) -> list[object]:
    return [table.model().headerData(column, Qt.Orientation.Horizontal) for column in range(4)]


def drag(table: Table, column: int, pixels: int) -> None:
    """Pull the right edge of a heading with the mouse."""
    header = table.horizontalHeader()
    edge = QPoint(
        header.sectionViewportPosition(column) + header.sectionSize(column) - 1, header.height() // 2
    )
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(pixels // 2, 0))
    QTest.mouseMove(header.viewport(), edge + QPoint(pixels, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(pixels, 0))


def click(table: Table, column: int) -> None:
    """Click on a heading."""
    header = table.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)


@pytest.mark.parametrize("width", [300, 700, 1200])
@pytest.mark.parametrize("scale", [100, 150])
def test_no_name_is_cut(make: Make, qapp: QApplication, width: int, scale: int) -> None:
    table = make(width)
    theme.apply(qapp, Look(scale))
    QApplication.processEvents()
    assert not cut(table)
    assert sum(widths(table)) >= table.viewport().width()


def test_spare_room_goes_to_those_that_stretch(make: Make) -> None:
    table = make(1400)
    code, name, score, words = widths(table)
    assert code + name + score + words == table.viewport().width()
    assert min(name, words) > 3 * max(code, score)


def test_widths_are_remembered_in_any_font_setting(make: Make, qapp: QApplication) -> None:
    first = make()
    drag(first, 0, 80)
    wide = widths(first)[0]
    assert widths(make())[0] == wide
    assert widths(make(name="另一张表"))[0] < wide
    assert widths(make(heads=(*HEADS[:3], Head("备注", stretch=True))))[0] < wide
    theme.apply(qapp, Look(150))
    assert abs(widths(make())[0] - wide * 1.5) <= 1


def test_a_double_click_on_the_handle_forgets_the_width(make: Make) -> None:
    table = make()
    before = widths(table)
    drag(table, 0, 80)
    table.horizontalHeader().sectionHandleDoubleClicked.emit(0)
    assert widths(table) == before == widths(make())


def test_rows_are_sorted_by_size_and_words_and_as_before_at_the_third_click(make: Make) -> None:
    table = make()
    click(table, 2)
    assert names(table) == ["U2", "U10", "U1"] and heads(table)[2] == "得分 ▲"
    click(table, 2)
    assert names(table) == ["U1", "U10", "U2"] and heads(table)[2] == "得分 ▼"
    click(table, 2)
    assert names(table) == ["U2", "U10", "U1"]
    click(table, 0)
    assert names(table) == ["U1", "U2", "U10"]


def test_the_order_is_remembered(make: Make) -> None:
    table = make()
    click(table, 0)
    click(table, 0)
    assert names(make()) == ["U10", "U2", "U1"]
    click(table, 0)
    assert names(make()) == ["U2", "U10", "U1"]


def test_a_sorted_row_is_still_the_row_that_was_given(make: Make) -> None:
    table = make()
    told: list[int] = []
    when_chosen(table, told.append)
    click(table, 0)
    table.selectRow(0)
    assert table.chosen_row == 2 and told == [2]
    table.copy()
    assert QApplication.clipboard().text().splitlines()[1].startswith("U1\t办公室")
