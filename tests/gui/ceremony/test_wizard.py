"""Does the wizard take each trustee through passphrase, medium and proof, and ask before giving up?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.fingerprint import spelled_check
from gaoxin_vote.gui.ceremony.page import CeremonyPage
from gaoxin_vote.gui.ceremony.presenter import CeremonyPresenter
from gaoxin_vote.gui.ceremony.wizard import CeremonyWizard
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_facts
from tests.gui.office import YEAR, Desk, clock, trustee_passphrase

OpenAt = Callable[[str], Desk]


def _wizard(desk: Desk, qtbot: QtBot) -> tuple[CeremonyPage, CeremonyWizard]:
    page = CeremonyPage(CeremonyPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    (wizard,) = page.findChildren(CeremonyWizard)
    assert not wizard.next.isEnabled()
    assert str(clock().year) in wizard.quorum.clock.text()
    wizard.quorum.clock.setChecked(True)
    return page, wizard


def _words(widget: QWidget) -> str:
    return "".join(label.text() for label in widget.findChildren(QLabel))


def _type(wizard: CeremonyWizard, number: int, path: Path, qtbot: QtBot) -> None:
    for line in (wizard.turn.passphrase.line, wizard.turn.again.line):
        line.clear()
        qtbot.keyClicks(line, trustee_passphrase(number))
    wizard.turn.place.line.setText(str(path))


def test_the_whole_ceremony(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("lists")
    page, wizard = _wizard(desk, qtbot)
    wizard.quorum.count.setValue(2)
    wizard.quorum.risk.setChecked(True)
    assert wizard.quorum.names == ("考核办", "区纪委")
    assert "永远无法开箱" in _words(wizard.quorum.warning)
    wizard.quorum.risk.setChecked(False)
    assert not wizard.next.isEnabled() and "已知悉风险" in wizard.next.toolTip()
    wizard.quorum.risk.setChecked(True)
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()
    for number in range(2):
        assert not wizard.next.isEnabled()
        _type(wizard, number, tmp_path / f"{number}.gxk", qtbot)
        assert wizard.next.isEnabled()
        qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
        desk.settle()
        assert wizard.turn.passphrase.text == ""
        assert (tmp_path / f"{number}.gxk").exists()
        qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
        desk.settle()
    facts = desk.run(lambda: ceremony_facts(desk.workspace, YEAR))
    assert facts is not None
    shown = "".join(label.text() for label in wizard.record.facts.findChildren(QLabel))
    assert spelled_check(facts.fingerprint) in shown
    qtbot.mouseClick(wizard.record.print, Qt.MouseButton.LeftButton)
    desk.settle()
    (paper,) = wizard.findChildren(PaperDialog)
    paper.save_to(tmp_path / "记录.pdf")
    desk.settle()
    assert (tmp_path / "记录.pdf").read_bytes().startswith(b"%PDF")
    paper.close()
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()
    assert page.facts.isVisible()
    assert not page.why.isVisible()


def test_an_existing_file_is_not_overwritten(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("lists")
    _page, wizard = _wizard(desk, qtbot)
    wizard.quorum.count.setValue(2)
    wizard.quorum.risk.setChecked(True)
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()
    path = tmp_path / "已有.gxk"
    path.write_text("别人的文件", encoding="utf-8")
    _type(wizard, 0, path, qtbot)
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()
    (message,) = wizard.findChildren(Message)
    assert message.windowTitle() == "需要更正"
    assert path.read_text(encoding="utf-8") == "别人的文件"
    assert wizard.next.isEnabled()


def test_esc_asks_and_giving_up_deletes_the_shares(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("lists")
    _page, wizard = _wizard(desk, qtbot)
    wizard.quorum.count.setValue(2)
    wizard.quorum.risk.setChecked(True)
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()
    _type(wizard, 0, tmp_path / "0.gxk", qtbot)
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible()
    (message,) = wizard.findChildren(Message)
    assert "1个密钥文件将被删除" in message.words.message
    act = next(each for each in message.findChildren(QPushButton) if each.text() == "放弃发放")
    with qtbot.waitSignal(wizard.finished, timeout=20_000):
        qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    assert not (tmp_path / "0.gxk").exists()


def test_without_lists_the_ceremony_waits(desk_at: OpenAt, qtbot: QtBot) -> None:
    from gaoxin_vote.workflow.setup.years import add_year, shipped_schemes

    desk = desk_at("empty")
    desk.run(lambda: add_year(desk.workspace, shipped_schemes()[0].text))
    page = CeremonyPage(CeremonyPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    assert not page.begin.isEnabled()
    assert "方案与单位" in page.begin.toolTip()


def test_somebody_may_be_missing_and_nothing_is_warned_of(desk_at: OpenAt, qtbot: QtBot) -> None:
    _page, wizard = _wizard(desk_at("lists"), qtbot)
    assert wizard.quorum.names == ("考核办", "区纪委", "组织人事局")
    assert not wizard.quorum.warning.isVisible() and not wizard.quorum.risk.isVisible()
    assert wizard.next.isEnabled()


def test_what_is_refused_leaves_the_keyboard_in_its_line(
    desk_at: OpenAt, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    _page, wizard = _wizard(desk, qtbot)
    wizard.activateWindow()
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()
    assert wizard.focusWidget() is wizard.turn.passphrase.line
    for line, path in ((wizard.turn.again.line, tmp_path / "已有.gxk"), (wizard.turn.place.line, tmp_path)):
        _type(wizard, 0, path, qtbot)
        if path != tmp_path:
            path.write_text("别人的文件", encoding="utf-8")
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_Return)
        desk.settle()
        (message,) = (each for each in wizard.findChildren(Message) if each.isVisible())
        (button,) = (each for each in message.findChildren(QPushButton) if each.text() == "知道了")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert wizard.focusWidget() is line
    _type(wizard, 0, tmp_path / "0.gxk", qtbot)
    qtbot.keyClick(wizard.turn.again.line, Qt.Key.Key_Return)
    desk.settle()
    assert (tmp_path / "0.gxk").exists()
