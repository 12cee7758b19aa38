"""Does the log show every act, and is a touched log told as broken evidence?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.audit.page import AuditPage
from gaoxin_vote.gui.audit.presenter import AuditPresenter
from gaoxin_vote.gui.kit.prompts import Message
from tests.gui.office import YEAR, Desk

OpenAt = Callable[[str], Desk]


def _page(desk: Desk, qtbot: QtBot) -> AuditPage:
    page = AuditPage(AuditPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    return page


def test_the_log_newest_first(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, qtbot)
    numbers = [int(number) for number, *_ in page.model.rows]
    assert numbers == sorted(numbers, reverse=True)
    acts = [act for _number, _time, act, _words, _digest in page.model.rows]
    assert acts[-1] == "建立工作区"
    assert "导入单位名单" in acts
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    desk.settle()
    shown = "\n".join(label.text() for label in page.outcome.findChildren(QLabel))
    assert f"{len(acts)}条记录前后相扣" in shown


def test_a_touched_log_stops(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, qtbot)

    def touch() -> None:
        with desk.workspace.transaction() as connection:
            rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (trigger,) in rows.all():
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
            connection.exec_driver_sql("UPDATE audit SET act = '别的事' WHERE number = 2")

    desk.run(touch)
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    desk.settle()
    (message,) = page.findChildren(Message)
    assert message.windowTitle() == "停止"
    assert not page.outcome.isVisible()
