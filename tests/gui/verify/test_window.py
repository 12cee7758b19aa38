"""Is what is dropped on the 核验 window verified, told apart, compared and kept?"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.fingerprint import grouped
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.verify.file_page import TrackersCard, VerifiedCard
from gaoxin_vote.gui.verify.presenter import VerifyPresenter
from gaoxin_vote.gui.verify.window import VerifyWindow
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.reading_process import FileReading, ReadingLimits, ReadingProcess, in_process
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify.account import Account, ToldCeremony
from gaoxin_vote.workflow.verify.comparing import Prints
from tests.belenios.corruption import Parts
from tests.belenios.samples import sample
from tests.gui.cut import cut
from tests.gui.office import clock

Open = Callable[[FileReading], VerifyWindow]


@pytest.fixture
def shown(qtbot: QtBot, dressed: None) -> Iterator[Open]:
    """Opens the window over a way to read files."""
    workers: list[Worker] = []

    def show(reading: FileReading) -> VerifyWindow:
        workers.append(Worker())
        window = VerifyWindow(None, workers[-1], VerifyPresenter(reading, clock, lambda: True))
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(window)
        window.show()
        return window

    yield show
    for worker in workers:
        worker.close()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """An archive that holds, one that does not, and a letter."""
    good, broken, letter = tmp_path / "领导评议.bel", tmp_path / "改过.bel", tmp_path / "信.txt"
    good.write_bytes(sample().archive)
    parts = Parts.of(sample())
    parts.result["result"][0][0] += 1
    broken.write_bytes(parts.archive())
    letter.write_text("你好", encoding="utf-8")
    return good, broken, letter


def _drop(window: VerifyWindow, *paths: Path) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, none)
    event.ignore()
    window.dropEvent(event)
    return event.isAccepted()


def _settled(window: VerifyWindow, qtbot: QtBot) -> VerifyWindow:
    qtbot.waitUntil(lambda: not any(file.waiting for file in window.files), timeout=60_000)
    return window


def _texts(window: VerifyWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_several_files_are_told_one_after_another(
    shown: Open, files: tuple[Path, ...], qtbot: QtBot, tmp_path: Path
) -> None:
    window = shown(in_process)
    assert not window.copy.isEnabled() and "把文件拖到这里" in _texts(window)
    assert not _drop(window) and _drop(window, *files)
    assert "正在核验" in window.list.item(0).text() and "等待" in window.list.item(2).text()
    _settled(window, qtbot)
    lines = [window.list.item(place).text().split("\n")[1].strip() for place in range(3)]
    assert lines == ["通过", "未通过", "无法受理"]
    assert window.sum.text() == "共3个文件：通过1个，未通过1个，无法受理1个。"
    assert "✓ 核验通过" in _texts(window) and "文件自身一致" in _texts(window)
    assert window.page.verdict.property("tone") == "done"
    window.list.setCurrentRow(1)
    assert "✕ 核验未通过" in _texts(window) and "第1题应为" in _texts(window)
    assert window.page.verdict.property("tone") == "stop" and not window.page.prints.isVisible()
    window.list.setCurrentRow(2)
    assert "– 无法受理" in _texts(window) and "不认识这种文件" in _texts(window)
    qtbot.mouseClick(window.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "核验报告（高新投票" in copied and "2018年1月20日" in copied
    assert "核验未通过：计票结果：第1题应为" in copied and "无法受理：不认识" in copied
    window._save(tmp_path / "报告.txt")
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)), timeout=10_000)
    assert (tmp_path / "报告.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n") == copied
    assert not cut(window)


def test_a_fingerprint_is_compared_while_it_is_typed(
    shown: Open, files: tuple[Path, ...], qtbot: QtBot
) -> None:
    window = shown(in_process)
    window.verify(files[:1])
    _settled(window, qtbot)
    trustees = window.files[0].account.prints.trustees[0]  # type: ignore[union-attr]
    card = window.page.prints
    assert "请照《密钥发放记录》" in card.answer.text()
    qtbot.keyClicks(card.field, "12ab")
    assert card.answer.text() == "已输入4位，共64位。" and "✓ 核验通过" in _texts(window)
    card.field.clear()
    qtbot.keyClicks(card.field, f"{grouped(trustees[:32]).upper()} - {'0' * 32}")
    assert card.answer.text() == "✓ 相符（开箱密钥）" and card.answer.property("role") == "done"
    assert "文件不带签名证书指纹，未比对" in _texts(window)
    card.field.setText(f"{'0' * 32}-{'0' * 32}")
    assert "✕ 不相符" in card.answer.text() and window.page.verdict.property("tone") == "stop"
    assert "✕ 核验未通过" in _texts(window) and "开箱密钥指纹与密钥发放记录不符" in _texts(window)
    card.field.clear()
    assert "✓ 核验通过" in _texts(window) and window.page.verdict.property("tone") == "done"


def test_the_trackers_of_an_archive_can_be_searched(
    shown: Open, files: tuple[Path, ...], qtbot: QtBot
) -> None:
    window = shown(in_process)
    window.verify(files[:1])
    _settled(window, qtbot)
    tabs = window.page.tabs
    assert [tabs.tabText(place) for place in range(tabs.count())][-1] == "查询码"
    tabs.setCurrentIndex(tabs.count() - 1)
    card = window.page.section
    assert isinstance(card, TrackersCard)
    spelled = card.trackers.model.rows[0][0]
    qtbot.keyClicks(card.trackers.search, spelled.lower()[:9])
    assert [row[0] for row in card.trackers.model.rows] == [
        spelled
    ] and "找到1张" in card.trackers.count.text()


def test_a_package_is_laid_out_session_by_session(shown: Open, sample_year: SampleRun, qtbot: QtBot) -> None:
    window = shown(in_process)
    window.verify((sample_year.package,))
    _settled(window, qtbot)
    tabs = window.page.tabs
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["领导评议", "部门互评", "全年考核"]
    assert "演示数据，不能作为凭据。" in _texts(window)
    assert "不在核验之列：指标得分、加减分" in _texts(window)
    tabs.setCurrentIndex(2)
    card = window.page.section
    assert isinstance(card, VerifiedCard)
    assert "25个单位全部重新计算，与记录一致" in _texts(window)
    assert len(sample_year.record.outcomes) == 25 and "名次" in card.tables[0].accessibleName()
    assert card.tables[0].model().rowCount() == 25
    window.page.prints.field.setText(sample_year.fingerprint)
    assert window.page.prints.answer.text() == "✓ 相符（开箱密钥、签名证书）"


class _Endless:
    """Reads for ever, but tells how far it is; remembers where it ran."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def __call__(
        self,
        name: str,
        function: Callable[..., Any],
        *arguments: object,
        progress: Progress = silent,
        tells: bool = False,
    ) -> Any:
        self.threads.append(threading.current_thread())
        while True:
            progress(1, 9, f"正在读取{name}")
            threading.Event().wait(0.005)


def test_what_takes_long_is_shown_and_can_be_stopped(
    shown: Open, files: tuple[Path, ...], qtbot: QtBot
) -> None:
    reading = _Endless()
    window = shown(reading)
    window.verify(files[:2])
    strip = window.findChild(ProgressStrip)
    assert isinstance(strip, ProgressStrip)
    qtbot.waitUntil(lambda: strip.isVisible() and strip.cancel.isEnabled(), timeout=10_000)
    assert "正在读取领导评议.bel" in _texts(window) and "随时取消" in _texts(window)
    qtbot.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    _settled(window, qtbot)
    assert [file.stopped for file in window.files] == [True, True] and "已取消" in _texts(window)
    assert reading.threads and threading.main_thread() not in reading.threads


def test_who_closes_the_window_meanwhile_is_asked(shown: Open, files: tuple[Path, ...], qtbot: QtBot) -> None:
    window = shown(_Endless())
    window.verify(files[:1])
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    (message,) = window.findChildren(Message)
    assert window.isVisible() and "还没有得出结论" in message.words.message
    stop = next(each for each in message.findChildren(QPushButton) if each.text() == "停止并关闭")
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    _settled(window, qtbot)


def _dies(*_arguments: object, **_named: object) -> None:
    raise SystemExit(1)


def test_a_process_of_its_own_reads_and_what_kills_it_is_not_verified(
    shown: Open, files: tuple[Path, ...], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = ReadingProcess(ReadingLimits(seconds=60), "请重新拷贝。")
    try:
        window = shown(reading)
        window.verify(files[:1])
        _settled(window, qtbot)
        assert window.files[0].account is not None and "✓ 核验通过" in _texts(window)
        monkeypatch.setattr("gaoxin_vote.gui.verify.presenter.account_of_file", _dies)
        window.verify(files[:1])
        _settled(window, qtbot)
        assert "– 无法受理" in _texts(window) and "请重新拷贝。" in _texts(window)
    finally:
        reading.close()


def test_of_two_ceremonies_each_record_is_compared_in_turn(shown: Open, tmp_path: Path, qtbot: QtBot) -> None:
    one, two, certificate = "1a" * 32, "2b" * 32, "c3" * 32
    held = (ToldCeremony(1, "第1次", one), ToldCeremony(2, "第2次", two))
    prints = Prints((one, two), certificate, whole_year=True)
    account = Account(tmp_path, "考核档案包", False, True, (), held, prints)

    def read(*_arguments: object, **_named: object) -> Any:
        return account

    window = shown(read)
    window.verify((tmp_path,))
    _settled(window, qtbot)
    card = window.page.prints
    assert not card.another.isVisible()
    card.field.setText(f"{one[:32]}-{certificate[:32]}")
    assert "第2次密钥发放的指纹尚未比对" in _texts(window) and card.another.isVisible()
    qtbot.mouseClick(card.another, Qt.MouseButton.LeftButton)
    assert card.field.text() == "" and len(window.page.given) == 1
    card.field.setText(f"{two[:32]}-{certificate[:32]}")
    assert "尚未比对" not in _texts(window) and not card.another.isVisible()
    assert window.page.verdict.property("tone") == "done"
    card.field.setText(f"{'0' * 32}-{certificate[:32]}")
    assert window.page.verdict.property("tone") == "stop"


@pytest.mark.parametrize(("sparing", "processes"), [(True, 1), (False, 0)])
def test_an_open_booth_is_left_its_processors(sparing: bool, processes: int) -> None:
    given: list[object] = []

    def read(_name: str, _function: object, *arguments: object, **_named: object) -> Any:
        given.extend(arguments)

    VerifyPresenter(read, clock, lambda: sparing).verify(Path("a.bel"), silent)
    assert given == [Path("a.bel"), processes]


@pytest.mark.parametrize("size", [QSize(1184, 680), QSize(1366, 740)])
def test_everything_can_be_read_in_large_type(
    shown: Open, files: tuple[Path, ...], qtbot: QtBot, qapp: QApplication, size: QSize
) -> None:
    theme.apply(qapp, Look(150))
    window = shown(in_process)
    desk = QWidget()
    desk.resize(size)
    assert (
        VerifyWindow(desk, Worker(desk), VerifyPresenter(in_process, clock, lambda: True)).height()
        <= size.height()
    )
    window.resize(size)
    qtbot.wait(20)
    assert cut(window) == ()
    window.verify(files)
    _settled(window, qtbot)
    for place in range(3):
        window.list.setCurrentRow(place)
        for tab in range(window.page.tabs.count()):
            window.page.tabs.setCurrentIndex(tab)
            qtbot.wait(20)
            assert cut(window) == ()
