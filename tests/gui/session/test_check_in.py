"""Does the check-in list say who is present, and is it filled in by mouse and keyboard?"""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.session.check_in import CheckInCard, CheckInColumn, CheckInModel, CheckInTable
from gaoxin_vote.gui.session.state import ElectorLine


def test_check_in_model(qtmodeltester: ModelTester) -> None:
    model = CheckInModel()
    model.show_lines(
        (ElectorLine("U01", "办公室", True, False, 0), ElectorLine("U02", "财政局", True, True, 1))
    )
    qtmodeltester.check(model)
    assert model.cell(1, CheckInColumn.NOTE) == "遗失补发1次"
    assert model.ticked(model.index(0, CheckInColumn.ATTENDED)) is True
    assert model.ticked(model.index(0, CheckInColumn.ISSUED)) is False
    assert model.ticked(model.index(0, CheckInColumn.LABEL)) is None


def test_space_turns_over_the_current_cell(qtbot: QtBot) -> None:
    model = CheckInModel()
    model.show_lines((ElectorLine("U01", "办公室", False, False, 0),))
    table = CheckInTable(model)
    qtbot.addWidget(table)
    turned: list[tuple[object, ...]] = []
    table.turned.connect(lambda *act: turned.append(act))
    table.setCurrentIndex(model.index(0, CheckInColumn.ISSUED))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert turned == []
    table.allowed = True
    qtbot.keyClick(table, Qt.Key.Key_Space)
    table.setCurrentIndex(model.index(0, CheckInColumn.LABEL))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert turned == [("U01", CheckInColumn.ISSUED, True)]


def test_where_nobody_has_a_name_only_slips_are_turned(qtbot: QtBot) -> None:
    card = CheckInCard()
    qtbot.addWidget(card)
    turned: list[tuple[object, ...]] = []
    card.table.turned.connect(lambda *act: turned.append(act))
    lines = (ElectorLine("1", "第1张", False, False, 0),)
    for anonymous in (True, False):
        card.show_roll("服务对象评议", lines, True, anonymous)
        for column in (CheckInColumn.ATTENDED, CheckInColumn.ISSUED):
            card.table.setCurrentIndex(card.model.index(0, column))
            qtbot.keyClick(card.table, Qt.Key.Key_Space)
    assert [column for _, column, _ in turned] == [
        CheckInColumn.ISSUED,
        CheckInColumn.ATTENDED,
        CheckInColumn.ISSUED,
    ]


def test_many_lines_are_in_sight_and_found_by_typing(qtbot: QtBot) -> None:
    card = CheckInCard()
    qtbot.addWidget(card)
    lines = tuple(ElectorLine(f"U{n:02}", f"第{n}局", False, False, 0) for n in range(1, 31))
    card.show_roll("部门互评", lines, True)
    card.resize(900, 800)
    card.show()
    table = card.table
    assert table.viewport().height() >= 25 * table.rowHeight(0)
    qtbot.keyClicks(card.search, "12")
    assert [line.label for n, line in enumerate(lines) if not table.isRowHidden(n)] == ["第12局"]
    qtbot.keyClick(card.search, Qt.Key.Key_Return)
    turned: list[tuple[object, ...]] = []
    table.turned.connect(lambda *act: turned.append(act))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert turned == [("U12", CheckInColumn.ISSUED, True)]


def test_in_the_booth_the_list_fits_any_screen_and_offers_ticks_only(qtbot: QtBot) -> None:
    card = CheckInCard(ticks_only=True)
    qtbot.addWidget(card)
    lines = tuple(ElectorLine(f"U{n:02}", f"第{n}局", False, False, 0) for n in range(1, 31))
    card.show_roll("部门互评", lines, True)
    card.resize(900, 500)
    card.show()
    assert card.minimumSizeHint().height() < 500
    assert card.all.isHidden()
    assert card.more.isHidden()
