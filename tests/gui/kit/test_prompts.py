"""Are the three families of failure told apart, is a bug one plain box, and does the log keep secrets out?"""

from enum import Enum

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Refused, Unavailable
from gaoxin_vote.gui.kit import bugs, prompts
from gaoxin_vote.gui.kit.prompts import Message, MessageKind
from gaoxin_vote.progress import Cancelled


class _Reason(Enum):
    TEST = "test"


@pytest.fixture
def parent(qtbot: QtBot, dressed: None) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def _texts(message: Message) -> str:
    return "\n".join(label.text() for label in message.findChildren(QLabel))


def _buttons(message: Message) -> list[str]:
    return [button.text() for button in message.findChildren(QPushButton)]


@pytest.mark.parametrize(
    ("error", "heading", "words"),
    [
        (Refused(_Reason.TEST, "口令不正确。"), "需要更正", "口令不正确。"),
        (Unavailable(_Reason.TEST, "磁盘已满。"), "暂时无法完成", "数据没有变动"),
        (EvidenceBroken(_Reason.TEST, "第3张选票的证明不成立。"), "停止", "不能继续"),
        (ZeroDivisionError("x"), "程序出错", "投票和已保存的内容不受影响"),
    ],
)
def test_each_family_has_its_own_message(parent: QWidget, error: Exception, heading: str, words: str) -> None:
    message = prompts.show_error(parent, error)
    assert message is not None
    assert message.windowTitle() == heading
    assert heading in _texts(message)
    assert words in _texts(message)
    assert message.isModal()


def test_cancelled_is_silent(parent: QWidget) -> None:
    assert prompts.show_error(parent, Cancelled()) is None
    assert parent.findChildren(Message) == []


def test_broken_evidence_offers_no_way_past(parent: QWidget) -> None:
    message = prompts.show_error(parent, EvidenceBroken(_Reason.TEST, "摘要不符。"))
    assert message is not None
    assert _buttons(message) == ["知道了"]


def test_details_are_shown_and_can_be_copied(parent: QWidget, qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    faults = tuple(f"第{number}行：人数应为整数" for number in range(1, 30))
    message = prompts.show_error(parent, Refused(_Reason.TEST, "文件有29处错误。", details=faults))
    assert message is not None
    copy = next(button for button in message.findChildren(QPushButton) if button.text() == "复制")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "第29行：人数应为整数" in QGuiApplication.clipboard().text()


def test_what_people_typed_is_never_rich_text(parent: QWidget) -> None:
    message = prompts.show_error(parent, Refused(_Reason.TEST, "单位<b>办公室</b>重复。"))
    assert message is not None
    shown = next(label for label in message.findChildren(QLabel) if "办公室" in label.text())
    assert shown.textFormat() is Qt.TextFormat.PlainText


def test_the_log_says_where_but_repeats_no_secret(parent: QWidget) -> None:
    def seal(code: str) -> None:
        raise ValueError(f"bad code {code}")

    try:
        seal("1234567890123452")
    except ValueError as error:
        words = prompts.wording(error)
    assert words is not None
    assert words.kind is MessageKind.BUG
    log = bugs.log_path().read_text()
    assert "ValueError" in log
    assert "test_prompts.py" in log
    assert "seal" in log
    assert "1234567890123452" not in log
    assert "bad code" not in log


def test_the_log_does_not_grow_without_end(parent: QWidget) -> None:
    for _ in range(3):
        bugs.record(KeyError("x"))
    path = bugs.log_path()
    path.write_bytes(b"x" * 500_000)
    bugs.record(KeyError("x"))
    assert path.stat().st_size < 250_000


def test_ask_does_nothing_unless_the_act_is_chosen(parent: QWidget, qtbot: QtBot) -> None:
    done: list[int] = []
    message = prompts.ask(parent, "作废？", "不能撤销。", "作废", lambda: done.append(1), danger=True)
    qtbot.keyClick(message, Qt.Key.Key_Escape)
    assert done == []
    message = prompts.ask(parent, "作废？", "不能撤销。", "作废", lambda: done.append(1), danger=True)
    qtbot.keyClick(message, Qt.Key.Key_Return)
    assert done == []
    message = prompts.ask(parent, "作废？", "不能撤销。", "作废", lambda: done.append(1), danger=True)
    act = next(button for button in message.findChildren(QPushButton) if button.text() == "作废")
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    assert done == [1]


def test_return_does_what_is_harmless(parent: QWidget, qtbot: QtBot) -> None:
    done: list[int] = []
    message = prompts.ask(parent, "保存？", "写入文件。", "保存", lambda: done.append(1))
    qtbot.keyClick(message, Qt.Key.Key_Return)
    assert done == [1]


def test_every_family_is_known(parent: QWidget) -> None:
    for family in GaoxinVoteError.__subclasses__():
        words = prompts.wording(family(_Reason.TEST, "x"))
        assert words is not None
        assert words.kind is not MessageKind.BUG
