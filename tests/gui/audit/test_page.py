"""Does the log show every act, and is a touched log told as broken evidence?"""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
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
    acts = [act for _number, _time, act, _words in page.model.rows]
    assert acts[-1] == "新建工作区"
    assert "导入单位名单" in acts
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    desk.settle()
    shown = "\n".join(label.text() for label in page.outcome.findChildren(QLabel))
    assert f"{len(acts)}条记录完整" in shown


def test_entries_are_found_by_words_act_and_day_and_read_whole(desk_at: OpenAt, qtbot: QtBot) -> None:
    page = _page(desk_at("ceremony"), qtbot)
    whole = len(page.model.rows)
    qtbot.keyClicks(page.search, "leaders.CSV")
    page.search.setText(f"{page.search.text()} 新增")
    assert [row[2] for row in page.model.rows] == ["导入班子成员名单"]
    assert page.count.text() == f"找到1条，共{whole}条"
    page.search.setText("没有这样的事")
    assert page.model.rows == () and not any(export.isEnabled() for export in page.exports)
    page.search.clear()
    assert len(page.model.rows) == whole and page.count.text() == f"共{whole}条"
    page.act.setCurrentIndex(page.act.findData("密钥发放"))
    assert [row[2] for row in page.model.rows] == ["密钥发放"]
    page.first.line.setText("2018 1 21")
    assert page.model.rows == ()
    page.first.line.setText("2018 1 20")
    page.last.line.setText("2018 1 20")
    assert len(page.model.rows) == 1
    page.table.selectRow(0)
    told = "\n".join(label.text() for label in page.entry.findChildren(QLabel))
    assert "密钥发放" in told and "开箱人数：2" in told and "指纹" not in told
    page.traces.setChecked(True)
    page.table.selectRow(0)
    told = "\n".join(label.text() for label in page.entry.findChildren(QLabel))
    assert "签名证书指纹：" in told and "校验码：" in told and len(page.model.rows[0]) == 6
    page.refresh()
    qtbot.waitUntil(lambda: not page.worker.busy)
    assert [row[2] for row in page.model.rows] == ["密钥发放"]


@pytest.mark.parametrize("number", [0, 1])
def test_what_was_found_can_be_saved(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path, number: int) -> None:
    desk = desk_at("lists")
    page = _page(desk, qtbot)
    page.search.setText("导入")
    qtbot.mouseClick(page.exports[number], Qt.MouseButton.LeftButton)
    desk.settle()
    (dialog,) = page.findChildren(QFileDialog)
    suffix = (".xlsx", ".csv")[number]
    path = tmp_path / f"日志{suffix}"
    assert Path(dialog.selectedFiles()[0]).name == f"审计日志{suffix}"
    dialog.fileSelected.emit(str(path))
    desk.settle()
    dialog.close()
    if number:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        assert lines[0] == "序号,时间,事项,内容" and len(lines) == 3
    else:
        rows = [*openpyxl.load_workbook(path).active.iter_rows(values_only=True)]
        assert rows[1] == ("序号", "时间", "事项", "内容") and [row[2] for row in rows[2:]] == [
            "导入班子成员名单",
            "导入单位名单",
        ]


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
