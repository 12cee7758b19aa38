"""Are all units marked with few keys, paged when there are many, and reviewed?"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.page import HintLine
from gaoxin_vote.gui.booth.unit_row import Choice, NamedRow
from tests.gui.booth.conftest import OpenBooth
from tests.gui.booth.hands import MOUSE, ballot, key, press
from tests.gui.booth.scenes import Scene, peer_admission


def test_arrows_walk_over_rows_columns_and_past_the_own_unit(open_booth: OpenBooth) -> None:
    window = open_booth(Scene(peer_admission(25, own=13)).enter())
    page = ballot(window)
    assert page.current == 0
    key(window, Qt.Key.Key_Down)
    assert page.current == 1
    key(window, Qt.Key.Key_Right)
    assert page.current == 14
    key(window, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert page.current == 0
    key(window, Qt.Key.Key_End)
    assert page.current == 24
    key(window, Qt.Key.Key_Home)
    for _ in range(12):
        key(window, Qt.Key.Key_Return)
    assert page.current == 13, "the own unit is passed over"
    key(window, Qt.Key.Key_Up)
    assert page.current == 11


def test_number_keys_mark_and_change_the_mark(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter())
    for digit, mark in zip("12340", list(Mark)[:5], strict=True):
        QTest.keyClicks(QApplication.focusWidget(), digit)
        assert window.state.rows[0].mark is mark
    row = ballot(window).view.rows[0]
    assert row.accessibleName() == "1 办公室，弃权"
    assert [choice.isChecked() for choice in row.findChildren(Choice)] == [False] * 4 + [True]


def test_the_last_enter_finds_what_is_unmarked(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter().mark(4, 9))
    key(window, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert ballot(window).current == 3
    key(window, Qt.Key.Key_1)
    press(window, "下一个未评（余1）")
    assert ballot(window).current == 8
    key(window, Qt.Key.Key_1, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert QApplication.focusWidget().accessibleName() == "核对选票"


def test_sixty_units_are_paged_in_equal_sizes(open_booth: OpenBooth) -> None:
    window = open_booth(Scene(peer_admission(60, own=13)).enter().mark(3, 44))
    page = ballot(window)
    assert (page.view.pages, page.view.page) == (3, 0)
    seen = []
    for number in range(3):
        assert any(
            label.accessibleName() == f"第{number + 1}页，共3页" for label in page.findChildren(QWidget)
        )
        rows = page.view.rows
        assert len(rows) == 20
        assert len({row.size() for row in rows.values()}) == 1
        seen += list(rows)
        if number < 2:
            press(window, "下一页")
    assert seen == list(range(60))
    press(window, "下一个未评（余2）")
    assert (page.view.page, page.current) == (2, 43)
    press(window, "下一个未评（余2）")
    assert (page.view.page, page.current) == (0, 2)
    press(window, "下一个未评（余2）")
    assert (page.view.page, page.current) == (2, 43)
    key(window, Qt.Key.Key_PageUp)
    assert (page.view.page, page.current) == (1, 20)
    key(window, Qt.Key.Key_Up)
    assert (page.view.page, page.current) == (0, 19)


def test_unmarked_units_are_abstentions_only_on_the_voters_word(open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(6, own=2)).enter().mark(3, 5)
    window = open_booth(scene)
    press(window, "核对选票")
    rows = [row.accessibleName() for row in window.findChildren(NamedRow)]
    assert rows[:2] == ["3 机关党委，未评", "5 机关工会，未评"]
    assert not [button for button in window.findChildren(QAbstractButton) if button.text() == "确认投票"]
    press(window, "返回补评")
    assert ballot(window).current == 2
    press(window, "核对选票")
    press(window, "其余2个弃权")
    rows = [row.accessibleName() for row in window.page.findChildren(NamedRow)]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[2] == "3 机关党委，弃权"
    press(window, "确认投票")
    assert window.state.step is BoothStep.REVIEW, "not at once"


def test_a_row_of_the_review_leads_back_to_its_unit(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter().mark())
    press(window, "核对选票")
    row = next(row for row in window.findChildren(NamedRow) if row.accessibleName().startswith("21 "))
    QTest.mouseClick(row, MOUSE)
    assert ballot(window).current == 20
    assert ballot(window).view.rows[20].hasFocus()


def test_one_excellent_too_many_is_said_on_the_ballot(open_booth: OpenBooth) -> None:
    window = open_booth(Scene(peer_admission(5, own=None, max_excellent=1)).enter())
    key(window, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_1)
    (hint,) = window.findChildren(HintLine)
    assert hint.text.startswith("“优秀”最多1个，已满。")
    assert not any(choice.isChecked() for choice in ballot(window).view.rows[1].findChildren(Choice))
    key(window, Qt.Key.Key_2)
    assert hint.text.startswith("请为每个单位选择一个等次")


def test_a_mark_paints_its_own_row_and_no_other(open_booth: OpenBooth, qtbot: QtBot) -> None:
    window = open_booth(Scene().enter())
    QApplication.processEvents()
    painted: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
            if event.type() == QEvent.Type.Paint:
                painted.append(watched)
            return False

    watch = Watch()
    rows = ballot(window).view.rows
    for row in rows.values():
        row.installEventFilter(watch)
    key(window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: rows[0] in painted)
    assert set(painted) == {rows[0]}


def test_a_finger_that_rolls_off_marks_what_it_pressed(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter())
    choice = ballot(window).view.rows[0].findChildren(Choice)[1]
    QTest.mousePress(choice, MOUSE)
    QTest.mouseMove(choice, choice.rect().bottomRight() + choice.rect().bottomRight())
    QTest.mouseRelease(choice, MOUSE, pos=choice.rect().bottomRight() + choice.rect().bottomRight())
    assert window.state.rows[0].mark is Mark.GOOD
