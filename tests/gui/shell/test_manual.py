"""The manual opens from the window, complete and without a link that leads out."""

from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.shell.manual import ManualDialog
from gaoxin_vote.gui.shell.rail import Rail
from gaoxin_vote.gui.shell.start_page import Home


def test_the_manual_tells_every_part_of_the_year(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ManualDialog(parent)
    text = dialog.text.toPlainText()
    for word in ("密钥发放", "测评会议", "开箱计票", "定稿", "核验", "票码条污损"):
        assert word in text
    assert "](" not in text and "**" not in text
    dialog.shut.click()
    assert not dialog.isVisible()


def test_it_is_offered_where_one_begins_and_where_one_works(qtbot: QtBot) -> None:
    rail, home = Rail(), Home()
    for widget in (rail, home):
        qtbot.addWidget(widget)
    with qtbot.waitSignal(rail.manual_wanted):
        rail.manual.click()
    assert "手册" in home.manual.text()
