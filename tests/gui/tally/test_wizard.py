"""Does the count go by windows: numbers, digest, officer, trustees, counting, verified result, report?"""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.gui.paper.meeting_dialog import MeetingDialog
from gaoxin_vote.gui.paper.state import SheetAct
from gaoxin_vote.gui.session.presenter import SessionPresenter
from gaoxin_vote.gui.session.state import SessionAct
from gaoxin_vote.gui.tally.flow import TallyStep
from gaoxin_vote.gui.tally.page import TallyPage
from gaoxin_vote.gui.tally.presenter import TallyPresenter
from gaoxin_vote.gui.tally.wizard import TallyWizard
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.session.turnout import session_state, sessions
from gaoxin_vote.workflow.tally.opening import give_share
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.sheet import verify_sheet
from tests.gui.office import PASSPHRASE, YEAR, Desk, Moments, trustee_passphrase

OpenAt = Callable[[str], Desk]


def _page(desk: Desk, qtbot: QtBot) -> TallyPage:
    page = TallyPage(TallyPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.resize(1150, 760)
    page.show()
    desk.settle()
    return page


def _wizard(desk: Desk, page: TallyPage, qtbot: QtBot) -> TallyWizard:
    """The wizard, the minutes to be filled in later."""
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    desk.settle()
    wizard = next(each for each in page.findChildren(TallyWizard) if each.isVisible())
    for question in _questions(wizard):
        _press(question, "以后再填", qtbot)
    return wizard


def _questions(wizard: TallyWizard) -> list[Message]:
    heading = "会议信息没有填全"
    return [
        each for each in wizard.findChildren(Message) if each.isVisible() and each.windowTitle() == heading
    ]


def _press(message: Message, text: str, qtbot: QtBot) -> None:
    (button,) = (each for each in message.findChildren(QPushButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _next(desk: Desk, wizard: TallyWizard, qtbot: QtBot) -> None:
    assert wizard.next.isEnabled(), wizard.reason.text()
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    desk.settle()


def _step(wizard: TallyWizard) -> TallyStep:
    assert wizard.state is not None
    return wizard.state.step


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def _own_share(moments: Moments, number: int, folder: Path) -> Path:
    """A copy of a trustee's share: it remembers what it has opened."""
    return Path(shutil.copy(moments.share(number), folder / f"{number}.gxk"))


def test_the_whole_count(desk_at: OpenAt, qtbot: QtBot, moments: Moments, tmp_path: Path) -> None:
    desk = desk_at("closed")
    page = _page(desk, qtbot)
    assert "应到2人，已到0人" in _texts(page.waiting)
    wizard = _wizard(desk, page, qtbot)
    assert _step(wizard) is TallyStep.NUMBERS
    assert "票数核对一致" in _texts(wizard.numbers)
    assert "管委会三楼会议室" in _texts(wizard.numbers)
    _next(desk, wizard, qtbot)
    assert wizard.state is not None
    digest = wizard.state.digest
    shown = "".join(label.text() for label in wizard.digest.digest.findChildren(QLabel))
    assert shown.lower() == digest
    qtbot.mouseClick(wizard.digest.print, Qt.MouseButton.LeftButton)
    desk.settle()
    sheet = next(each for each in wizard.findChildren(PaperDialog) if each.isVisible())
    sheet.close()
    _next(desk, wizard, qtbot)
    assert not wizard.next.isEnabled()
    qtbot.keyClicks(wizard.officer.passphrase.line, PASSPHRASE)
    _next(desk, wizard, qtbot)
    assert wizard.officer.passphrase.text == ""
    for number in range(2):
        assert f"应到2人，已到{number}人" in wizard.trustees.arrived.text()
        wizard.trustees.share.line.setText(str(_own_share(moments, number, tmp_path)))
        desk.settle()
        assert "的密钥文件，还没有用过" in wizard.trustees.told.text()
        assert "领导评议，3张选票的合计" in _texts(wizard.trustees)
        qtbot.keyClicks(wizard.trustees.passphrase.line, trustee_passphrase(number))
        _next(desk, wizard, qtbot)
        assert wizard.trustees.told.text() == ""
    assert _step(wizard) is TallyStep.COUNT
    ticks: list[int] = []
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    counting = QElapsedTimer()
    counting.start()
    _next(desk, wizard, qtbot)
    timer.stop()
    assert _step(wizard) is TallyStep.RESULT
    # The count shares the interpreter with the window, which must get its turn all the while.
    assert len(ticks) > max(3, counting.elapsed() / timer.interval() / 5), "the window stood still"
    assert wizard.outcome.table.counts.rowCount() == 5
    assert "已独立核验" in _texts(wizard.outcome)
    assert "缺会议日期" in wizard.outcome.sheet.text()
    assert not wizard.outcome.acts.buttons[SheetAct.ISSUE].isEnabled()
    assert wizard.outcome.meeting.isVisible()
    qtbot.mouseClick(wizard.outcome.acts.buttons[SheetAct.DRAFT], Qt.MouseButton.LeftButton)
    desk.settle()
    report = next(each for each in wizard.findChildren(PaperDialog) if each.isVisible())
    assert report.windowTitle() == "领导评议计票结果报告单（草稿）"
    report.close()
    _complete_minutes(desk)
    assert wizard.state is not None
    wizard.go_back()
    desk.settle()
    assert wizard.state.sheet is not None
    wizard.outcome.acts.issue(wizard.state.sheet)
    desk.settle()
    report = next(each for each in wizard.findChildren(PaperDialog) if each.isVisible())
    assert report.windowTitle() == "领导评议计票结果报告单"
    assert verify_sheet(report.pdf).figures.minutes.chief_scrutineer == "李四"
    report.close()
    assert "已签发（第1版）" in wizard.outcome.sheet.text()
    archive = tmp_path / "领导评议.bel"
    wizard.save_archive(archive)
    desk.settle()
    found = verify_path(archive).found
    assert isinstance(found, ArchiveReport)
    assert found.result is not None
    for message in wizard.findChildren(Message):
        message.close()
    wizard.close()
    desk.settle()
    assert page.report.isVisible()
    assert not page.waiting.isVisible()


def test_nobody_is_asked_for_a_passphrase_before_the_box_is_verified(
    desk_at: OpenAt, qtbot: QtBot, moments: Moments, tmp_path: Path
) -> None:
    """The sum is that of the box; the box is not that of the archive any more."""
    desk = desk_at("closed")
    page = _page(desk, qtbot)

    def exchange() -> None:
        peer, leadership = (sessions(desk.workspace, YEAR)[place].session.id for place in (1, 0))
        store = EvidenceStore(desk.workspace)
        store.keep_archive(leadership, store.archive(peer))

    desk.run(exchange)
    wizard = _wizard(desk, page, qtbot)
    message = wizard.findChildren(Message)[-1]
    assert "请停止操作" in message.words.message
    message.close()
    assert wizard.state is None
    assert not wizard.next.isEnabled()
    assert "核验未通过" in wizard.reason.text()
    assert not any(each.isVisible() for each in (wizard.officer, wizard.trustees))


def test_a_share_that_has_opened_this_box_says_so(
    desk_at: OpenAt, qtbot: QtBot, moments: Moments, tmp_path: Path
) -> None:
    desk = desk_at("closed")
    share = _own_share(moments, 1, tmp_path)
    desk.run(lambda: give_share(desk.workspace, _key_now(desk), share, trustee_passphrase(1)))
    wizard = _wizard(desk, _page(desk, qtbot), qtbot)
    wizard.trustees.share.line.setText(str(share))
    desk.settle()
    assert "此前打开过：本场（" in wizard.trustees.told.text()
    wizard.trustees.share.line.setText(str(tmp_path))
    desk.settle()
    assert wizard.trustees.told.text() == ""


def test_the_minutes_are_asked_for_before_the_count(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("closed")
    page = _page(desk, qtbot)
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    desk.settle()
    wizard = next(each for each in page.findChildren(TallyWizard) if each.isVisible())
    (question,) = _questions(wizard)
    assert "还缺：会议日期、总监票人、监票人、计票人。" in question.words.message
    _press(question, "现在填写", qtbot)
    dialog = wizard.findChild(MeetingDialog)
    assert dialog is not None
    fields = dialog.fields
    assert fields.place.text() == "管委会三楼会议室"
    fields.held_on.line.setText("后天")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "“后天”不是日期" in dialog.trouble.text()
    fields.held_on.line.setText("2018 1 17")
    for line, name in ((fields.chief, "李四"), (fields.scrutineers, "王五"), (fields.tellers, "钱七")):
        line.setText(name)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert wizard.state is not None
    assert wizard.state.lacking == ()
    assert "2018年1月17日 星期三" in _texts(wizard.numbers)
    assert wizard.numbers.meeting.text() == "修改会议信息…"
    wizard.close()
    desk.settle()
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    desk.settle()
    again = next(each for each in page.findChildren(TallyWizard) if each.isVisible())
    assert not _questions(again)


def _complete_minutes(desk: Desk) -> None:
    """What the sheet prints of the meeting, entered after the count."""
    minutes = desk.run(lambda: session_state(desk.workspace, _key_now(desk))).minutes
    whole = replace(
        minutes,
        held_on=date(2018, 1, 17),
        chief_scrutineer="李四",
        scrutineers=("王五",),
        tellers=("钱七",),
    )
    desk.run(lambda: set_meeting(desk.workspace, _key_now(desk), whole))


def test_wrong_passphrases_and_files_are_refused_in_place(
    desk_at: OpenAt, qtbot: QtBot, moments: Moments, tmp_path: Path
) -> None:
    desk = desk_at("closed")
    page = _page(desk, qtbot)
    wizard = _wizard(desk, page, qtbot)
    _next(desk, wizard, qtbot)
    _next(desk, wizard, qtbot)
    qtbot.keyClicks(wizard.officer.passphrase.line, "not the passphrase")
    _next(desk, wizard, qtbot)
    message = wizard.findChildren(Message)[-1]
    assert message.windowTitle() == "需要更正"
    message.close()
    assert _step(wizard) is TallyStep.OFFICER
    qtbot.keyClicks(wizard.officer.passphrase.line, PASSPHRASE)
    _next(desk, wizard, qtbot)
    share = _own_share(moments, 0, tmp_path)
    wizard.trustees.share.line.setText(str(share))
    qtbot.keyClicks(wizard.trustees.passphrase.line, "not this one either")
    _next(desk, wizard, qtbot)
    assert wizard.findChildren(Message)[-1].windowTitle() == "需要更正"
    wizard.trustees.share.line.setText(str(tmp_path / "没有这个文件.gxk"))
    qtbot.keyClicks(wizard.trustees.passphrase.line, trustee_passphrase(0))
    _next(desk, wizard, qtbot)
    assert wizard.findChildren(Message)[-1].windowTitle() == "暂时无法完成"
    assert "应到2人，已到0人" in wizard.trustees.arrived.text()


def test_left_in_the_middle_it_goes_on_where_it_was(
    desk_at: OpenAt, qtbot: QtBot, moments: Moments, tmp_path: Path
) -> None:
    desk = desk_at("closed")
    page = _page(desk, qtbot)
    wizard = _wizard(desk, page, qtbot)
    _next(desk, wizard, qtbot)
    _next(desk, wizard, qtbot)
    qtbot.keyClicks(wizard.officer.passphrase.line, PASSPHRASE)
    _next(desk, wizard, qtbot)
    wizard.trustees.share.line.setText(str(_own_share(moments, 1, tmp_path)))
    qtbot.keyClicks(wizard.trustees.passphrase.line, trustee_passphrase(1))
    _next(desk, wizard, qtbot)
    qtbot.mouseClick(wizard.leave, Qt.MouseButton.LeftButton)
    desk.settle()
    assert page.begin.text() == "继续开箱…"
    assert desk.run(lambda: session_state(desk.workspace, _key_now(desk)).session.stage) is Stage.SEALED
    again = _wizard(desk, page, qtbot)
    assert _step(again) is TallyStep.TRUSTEES
    assert "应到2人，已到1人" in again.trustees.arrived.text()
    again.close()


def _key_now(desk: Desk) -> SessionId:
    return sessions(desk.workspace, YEAR)[0].session.id


def test_a_sealed_session_offers_nothing_but_the_count(desk_at: OpenAt) -> None:
    desk = desk_at("closed")
    state = desk.run(lambda: SessionPresenter(desk.opened, YEAR).state())
    assert [tuple(each.act for each in card.acts) for card in state.cards] == [
        (SessionAct.TALLY,),
        (SessionAct.TALLY,),
    ]
    assert not state.may_check_in


def test_a_unit_that_rated_itself_is_told_with_the_counts(desk_at: OpenAt, qtbot: QtBot) -> None:
    """On the page and in the wizard: who, why, and what is to be done before the year is final (A42)."""
    desk = desk_at("closed")

    def counted() -> SessionId:
        peer = sessions(desk.workspace, YEAR)[1]
        rows = [[0, 0, peer.returned, 0, 0], *[[1, 0, peer.returned - 1, 0, 0]] * 4]
        EvidenceStore(desk.workspace).keep_result(peer.session.id, json.dumps({"result": rows}))
        SessionStore(desk.workspace).put(replace(peer.session, stage=Stage.TALLIED))
        return peer.session.id

    key = desk.run(counted)
    page = _page(desk, qtbot)
    assert not page.remarks.isVisible()
    page.tabs.setCurrentIndex(next(n for n in range(page.tabs.count()) if page.tabs.tabData(n) == key))
    wizard = TallyWizard(page, desk.worker, TallyPresenter(desk.opened, YEAR).begin(key))
    wizard.open()
    desk.settle()
    assert _step(wizard) is TallyStep.RESULT
    for banner in (page.remarks, wizard.outcome.remarks):
        assert banner.isVisible()
        assert "须由领导小组决定，或对该单位重新投票" in _texts(banner)
        assert _texts(banner).count("中至少有1张是本单位的票") == 1
    names = [page.table.counts.index(n, 1).data() for n in range(page.table.counts.rowCount())]
    assert [name.startswith("※") for name in names] == [True, False, False, False, False]


def test_a_wrong_passphrase_leaves_the_keyboard_in_its_line(
    desk_at: OpenAt, qtbot: QtBot, moments: Moments, tmp_path: Path
) -> None:
    desk = desk_at("closed")
    wizard = _wizard(desk, _page(desk, qtbot), qtbot)
    wizard.activateWindow()
    for _step_on in range(2):
        _next(desk, wizard, qtbot)
    officer, trustee = wizard.officer.passphrase.line, wizard.trustees.passphrase.line
    assert wizard.focusWidget() is officer
    qtbot.keyClicks(officer, "not these words")
    qtbot.keyClick(officer, Qt.Key.Key_Return)
    desk.settle()
    _put_away(wizard, "口令", qtbot)
    assert wizard.focusWidget() is officer and _step(wizard) is TallyStep.OFFICER
    qtbot.keyClicks(officer, PASSPHRASE)
    qtbot.keyClick(officer, Qt.Key.Key_Return)
    desk.settle()
    assert wizard.focusWidget() is wizard.trustees.share.line
    share = str(_own_share(moments, 0, tmp_path))
    wizard.trustees.share.line.setText(share)
    desk.settle()
    trustee.setFocus()
    qtbot.keyClicks(trustee, "not these words")
    qtbot.keyClick(trustee, Qt.Key.Key_Return)
    desk.settle()
    _put_away(wizard, "口令", qtbot)
    assert wizard.focusWidget() is trustee
    assert wizard.trustees.share.line.text() == share
    qtbot.keyClicks(trustee, trustee_passphrase(0))
    qtbot.keyClick(trustee, Qt.Key.Key_Return)
    desk.settle()
    assert "应到2人，已到1人" in wizard.trustees.arrived.text()


def _put_away(wizard: TallyWizard, words: str, qtbot: QtBot) -> None:
    """Close the message that says so."""
    (message,) = (each for each in wizard.findChildren(Message) if each.isVisible())
    assert words in message.words.message
    _press(message, "知道了", qtbot)
