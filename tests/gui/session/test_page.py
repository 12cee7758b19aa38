"""Do the hours in the meeting room go by windows, from slips to the close, and never a result?"""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.gui.paper.meeting_dialog import MeetingDialog
from gaoxin_vote.gui.session.check_in import CheckInColumn
from gaoxin_vote.gui.session.closing_dialog import ClosingDialog, SealDialog, VoidDialog, VoidTalliedDialog
from gaoxin_vote.gui.session.exchange_dialog import LostDialog, SpoiledDialog
from gaoxin_vote.gui.session.rehold_dialog import ReholdDialog
from gaoxin_vote.gui.session.slips_dialog import SlipsDialog
from gaoxin_vote.gui.session.state import ReholdState, SessionAct
from gaoxin_vote.gui.session.who_came import WhoCameDialog
from gaoxin_vote.stages import YearStage
from gaoxin_vote.workflow.record.sample import printed_codes
from tests.contests import PEER
from tests.gui.office import PASSPHRASE, Moments, vote
from tests.gui.session.room import OpenAt
from tests.gui.session.room import Room as _Room
from tests.gui.session.room import button_of as _button
from tests.gui.session.room import texts_of as _texts


def test_prepare_print_open(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    room = _Room(desk_at("ceremony"), qtbot)
    assert set(room.page.offers) == {"领导评议", "部门互评"}
    qtbot.mouseClick(room.page.prepare_buttons["领导评议"], Qt.MouseButton.LeftButton)
    room.desk.settle()
    asked = room.dialog(AffirmDialog)
    assert "被评议单位5个，投票人3人" in _texts(asked)
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    assert "请输入工作区口令" in asked.trouble.text()
    asked.passphrase.line.setText("wrong words entirely")
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    assert not asked.isEnabled(), "it is being asked"
    room.desk.settle()
    assert room.keys == []
    assert "口令不正确" in asked.trouble.text()
    assert asked.passphrase.line.hasFocus()
    asked.passphrase.line.setText(PASSPHRASE)
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    (key,) = room.keys
    card = room.page.cards[key]
    assert not card.buttons[SessionAct.OPEN].isEnabled()
    assert card.buttons[SessionAct.OPEN].toolTip() == "请先打印票码条"
    assert "开始投票" in room.page.status.text()
    assert card.buttons[SessionAct.SLIPS].property("role") == "primary"
    room.press(key, SessionAct.SLIPS)
    slips = room.dialog(SlipsDialog)
    slips.spares.setValue(1)
    assert "共印4张" in _texts(slips)
    qtbot.mouseClick(slips.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    paper = room.dialog(PaperDialog)
    assert len(printed_codes(paper.pdf)) == 4
    paper.close()  # neither printed nor saved
    assert paper.isVisible()
    assert not card.buttons[SessionAct.OPEN].isEnabled()
    qtbot.mouseClick(_button(room.dialog(Message), "返回"), Qt.MouseButton.LeftButton)
    paper.save_to(tmp_path / "slips.pdf")
    room.desk.settle()
    paper.close()
    assert not paper.isVisible()
    assert card.buttons[SessionAct.OPEN].property("role") == "primary"
    room.open(key)
    assert room.state(key).session.stage is Stage.OPEN
    assert SessionAct.BOOTH in room.page.cards[key].buttons


def test_check_in_by_click_and_by_keyboard(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    leadership, peer = room.keys
    room.turn(0, CheckInColumn.ATTENDED)
    room.turn(1, CheckInColumn.ISSUED)
    roll = room.state(leadership).roll
    assert (roll.attended, roll.issued) == (2, 1)
    table = room.page.check_in.table
    table.setCurrentIndex(table.model().index(1, CheckInColumn.ISSUED))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    room.desk.settle()
    assert room.state(leadership).roll.issued == 0
    room.page.tabs.setCurrentIndex(1)
    room.desk.settle()
    assert room.page.check_in.model.rowCount() == 5
    room.turn(4, CheckInColumn.ISSUED)
    assert room.state(peer).roll.issued == 1
    assert "不记录时间" in _texts(room.page.check_in)


def test_fast_keys_in_the_check_in_list_are_not_dropped(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    leadership, _peer = room.keys
    table = room.page.check_in.table
    for row, times in ((0, 1), (1, 3), (2, 2)):
        table.setCurrentIndex(table.model().index(row, CheckInColumn.ISSUED))
        for _ in range(times):
            qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not room.page.acting)
    room.desk.settle()
    assert [line.issued for line in room.page.check_in.model.lines] == [True, True, False]
    assert room.state(leadership).roll.issued == 2
    assert not table.wished


def test_turnout_is_live_and_no_result_is_shown(desk_at: OpenAt, qtbot: QtBot, moments: Moments) -> None:
    room = _Room(desk_at("slips"), qtbot)
    key, _peer = room.keys
    room.open(key)
    for row in range(3):
        room.turn(row, CheckInColumn.ISSUED)
    assert not room.page.cards[key].buttons[SessionAct.CLOSE].isEnabled()
    room.desk.run(lambda: vote(room.desk.workspace, key, moments.codes[key][0], 0))
    qtbot.waitUntil(lambda: "收回 1" in room.page.cards[key].figures[3].accessibleName(), timeout=10_000)
    shown = _texts(room.page)
    assert not any(grade in shown for grade in ("优秀", "良好", "不及格"))
    assert "还有2张未收回" in room.page.next_step.text()
    room.press(key, SessionAct.SUSPEND)
    assert room.state(key).session.stage is Stage.SUSPENDED
    room.press(key, SessionAct.RESUME)
    assert room.state(key).session.stage is Stage.OPEN
    room.press(key, SessionAct.BOOTH)
    assert room.booths == [(key, "领导评议")]


def test_close_needs_a_reason_for_missing_slips(desk_at: OpenAt, qtbot: QtBot, moments: Moments) -> None:
    room = _Room(desk_at("slips"), qtbot)
    _leaders, key = room.keys
    room.open(key)
    room.page.tabs.setCurrentIndex(1)
    room.desk.settle()
    for row in range(5):
        room.turn(row, CheckInColumn.ISSUED)
    for code in moments.codes[key][:4]:
        room.desk.run(lambda code=code: vote(room.desk.workspace, key, code, 0))
    room.page.refresh()
    room.desk.settle()
    room.press(key, SessionAct.CLOSE)
    dialog = room.dialog(ClosingDialog)
    assert "还有1张没有收回" in _texts(dialog)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "请写明原因" in dialog.trouble.text()
    dialog.reason.setText("一位代表因公离会，票码条已封存")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.state(key).session.stage is Stage.CLOSED
    room.press(key, SessionAct.REOPEN)
    assert room.state(key).session.stage is Stage.OPEN
    room.press(key, SessionAct.CLOSE)
    dialog = room.dialog(ClosingDialog)
    dialog.reason.setText("票码条已封存")
    dialog.send()
    room.desk.settle()
    room.press(key, SessionAct.SEAL)
    seal = room.dialog(SealDialog)
    assert seal.reason.text() == "票码条已封存"
    qtbot.mouseClick(seal.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.state(key).session.stage is Stage.SEALED
    wanted: list[object] = []
    room.page.stage_wanted.connect(wanted.append)
    room.press(key, SessionAct.TALLY)
    assert wanted == [YearStage.TALLY]


def test_a_voter_at_the_booth_is_waited_for(desk_at: OpenAt, qtbot: QtBot, moments: Moments) -> None:
    room = _Room(desk_at("slips"), qtbot)
    key, _peer = room.keys
    room.open(key)
    for row in range(3):
        room.turn(row, CheckInColumn.ISSUED)
    for code in moments.codes[key][:3]:
        room.desk.run(lambda code=code: vote(room.desk.workspace, key, code, 0))
    room.page.refresh()
    room.desk.settle()
    assert room.stages[key] is Stage.OPEN
    room.at_the_booth.add(key)
    for act in (SessionAct.CLOSE, SessionAct.VOID):
        room.wish(key, act)
        message = room.dialog(Message)
        assert "正在投票" in message.words.message
        message.close()
        assert not any(each.isVisible() for each in room.page.findChildren(FieldsDialog))
    room.at_the_booth.clear()
    for act, kind in ((SessionAct.CLOSE, ClosingDialog), (SessionAct.VOID, VoidDialog)):
        room.wish(key, act)
        dialog = room.dialog(kind)
        dialog.reason.setText("试")
        room.at_the_booth.add(key)  # comes while the question stands there
        dialog.send()
        room.desk.settle()
        assert room.state(key).session.stage is Stage.OPEN
        room.dialog(Message).close()
        room.at_the_booth.clear()
    room.wish(key, SessionAct.VOID)
    dialog = room.dialog(VoidDialog)
    dialog.reason.setText("试")
    dialog.send()
    room.desk.settle()
    assert room.stages[key] is Stage.VOIDED


def test_spoiled_and_lost_slips(desk_at: OpenAt, qtbot: QtBot, moments: Moments) -> None:
    room = _Room(desk_at("slips"), qtbot)
    key, _peer = room.keys
    codes = moments.codes[key]
    room.open(key)
    room.turn(0, CheckInColumn.ISSUED)
    room.wish(key, SessionAct.SPOILED)
    spoiled = room.dialog(SpoiledDialog)
    qtbot.keyClicks(spoiled.code, codes[0].replace(" ", ""))
    assert spoiled.code.text() == codes[0]
    qtbot.mouseClick(spoiled.act, Qt.MouseButton.LeftButton)
    assert "备用票码条" in spoiled.trouble.text()
    qtbot.keyClicks(spoiled.spare, codes[3])
    qtbot.mouseClick(spoiled.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.state(key).spoiled == 1
    assert "作废换发1张" in _texts(room.page.cards[key])
    room.wish(key, SessionAct.LOST)
    lost = room.dialog(LostDialog)
    assert lost.elector.count() == 1
    lost.spare.setText(codes[4])
    qtbot.mouseClick(lost.act, Qt.MouseButton.LeftButton)
    assert "总监票人" in lost.trouble.text()
    lost.decision.setText("同意补发一张")
    qtbot.mouseClick(lost.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.state(key).lost == 1
    assert room.page.check_in.model.cell(0, CheckInColumn.NOTE) == "遗失补发1次"


def test_a_wrong_code_is_refused_in_its_own_words(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    key, _peer = room.keys
    room.open(key)
    room.wish(key, SessionAct.SPOILED)
    spoiled = room.dialog(SpoiledDialog)
    spoiled.code.setText("1111 1111 1111 1111")
    spoiled.spare.setText("2222 2222 2222 2222")
    qtbot.mouseClick(spoiled.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert "票码" in room.dialog(Message).words.message


def test_place_and_people(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    key, _peer = room.keys
    room.wish(key, SessionAct.MEETING)
    dialog = room.dialog(MeetingDialog)
    dialog.fields.place.setText("管委会三楼会议室")
    dialog.fields.scrutineers.setText("李四，王五 赵六")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    minutes = room.state(key).minutes
    assert minutes.place == "管委会三楼会议室"
    assert minutes.scrutineers == ("李四", "王五", "赵六")


def test_void_asks_for_a_reason_once(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    key, peer = room.keys
    room.wish(key, SessionAct.VOID)
    dialog = room.dialog(VoidDialog)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    dialog.reason.setText("投影故障")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.keys == [peer]
    assert "投影故障" in _texts(room.page)
    assert "领导评议" in room.page.offers


def test_slips_that_never_left_the_program_open_nothing(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    key, _peer = room.keys
    room.press(key, SessionAct.SLIPS)
    room.dialog(SlipsDialog).send()
    room.desk.settle()
    paper = room.dialog(PaperDialog)
    paper.reject()
    qtbot.mouseClick(_button(room.dialog(Message), "仍然关闭"), Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert not any(each.isVisible() for each in room.page.findChildren(PaperDialog))
    card = room.page.cards[key]
    assert not card.buttons[SessionAct.OPEN].isEnabled()
    assert "须重新生成" in _texts(card)


def test_everybody_present_and_who_came(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    _leaders, key = room.keys
    room.page.tabs.setCurrentIndex(1)
    room.desk.settle()
    qtbot.mouseClick(room.page.check_in.all, Qt.MouseButton.LeftButton)
    room.answer("全部签到")
    assert room.state(key).roll.attended == 5
    assert room.page.check_in.all.isHidden()
    room.turn(1, CheckInColumn.NOTE)
    dialog = room.dialog(WhoCameDialog)
    dialog.name.setText("张三")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert "到会身份" in dialog.trouble.text()
    dialog.part.setCurrentText("受委托人")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.page.check_in.model.cell(1, CheckInColumn.NOTE) == "受委托人 张三"
    room.turn(1, CheckInColumn.NOTE)
    assert (room.dialog(WhoCameDialog).name.text()) == "张三"


def test_a_tallied_session_is_held_again_for_some_units(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("tallied"), qtbot)
    key = next(key for key in room.keys if room.state(key).session.stage is Stage.TALLIED)
    title = room.state(key).session.title
    room.wish(key, SessionAct.REHOLD)
    dialog = room.dialog(ReholdDialog)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert "请勾选" in dialog.trouble.text()
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.passphrase.line.setText(PASSPHRASE)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    again = room.state(room.keys[-1]).session
    assert (again.title, again.units) == (f"{title}（第2次）", ("U02",))
    room.wish(key, SessionAct.VOID)
    void = room.dialog(VoidTalliedDialog)
    assert "收回" in _texts(void)
    void.passphrase.line.setText("wrong words entirely")
    qtbot.mouseClick(void.act, Qt.MouseButton.LeftButton)
    assert "作废原因" in void.trouble.text()
    void.reason.setText("试投")
    void.send()
    room.desk.settle()
    assert "口令不正确" in void.trouble.text()
    assert void.reason.text() == "试投", "nothing typed is lost"
    assert room.state(key).session.stage is Stage.TALLIED
    void.passphrase.line.setText(PASSPHRASE)
    void.send()
    room.desk.settle()
    assert room.state(key).session.stage is Stage.VOIDED


def test_units_that_the_results_lack_are_ticked(qtbot: QtBot, desk_at: OpenAt) -> None:
    page = _Room(desk_at("ceremony"), qtbot).page
    units = ((UnitCode("U01"), "办公室", False), (UnitCode("U02"), "财政局", True))
    state = ReholdState(SessionId(1), PEER, "", "部门互评", units)
    assert ReholdDialog(page, state, lambda *_: None).units == ("U02",)


def test_the_quorum_is_in_sight_and_asked_for(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    _leaders, key = room.keys
    room.page.tabs.setCurrentIndex(1)
    room.desk.settle()
    for row in range(3):
        room.turn(row, CheckInColumn.ATTENDED)
    assert "实到3，须4" in room.page.cards[key].quorum.text()
    room.press(key, SessionAct.OPEN)
    asked = room.dialog(Message)
    assert "实到3，应到5，最低须到4" in asked.words.message
    room.answer("返回")
    assert room.state(key).session.stage is Stage.SETUP
    room.turn(3, CheckInColumn.ATTENDED)
    assert not room.page.cards[key].quorum.isVisible()
    room.press(key, SessionAct.OPEN)
    assert "实到4，应到5" in room.dialog(Message).words.message
    room.answer("开始投票")
    assert room.state(key).session.stage is Stage.OPEN
    room.turn(3, CheckInColumn.ATTENDED)  # somebody leaves
    assert "实到3，须4" in room.dialog(Message).words.message
    room.answer("返回")
    assert room.state(key).roll.attended == 4
    room.turn(3, CheckInColumn.ATTENDED)
    room.answer("取消签到")
    assert room.state(key).roll.attended == 3


def test_a_close_that_is_refused_offers_a_way(desk_at: OpenAt, qtbot: QtBot, moments: Moments) -> None:
    room = _Room(desk_at("slips"), qtbot)
    _leaders, key = room.keys
    room.open(key)
    room.page.tabs.setCurrentIndex(1)
    room.desk.settle()
    for row in range(3):
        room.turn(row, CheckInColumn.ISSUED)
    for code in moments.codes[key][:4]:
        room.desk.run(lambda code=code: vote(room.desk.workspace, key, code, 0))
    room.page.tabs.setCurrentIndex(0)
    room.page.refresh()
    room.desk.settle()
    room.press(key, SessionAct.CLOSE)
    dialog = room.dialog(ClosingDialog)
    assert "可能漏登“签到”" in _texts(dialog)
    assert not dialog.reason.isVisible()
    qtbot.mouseClick(dialog.mend, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.page.tabs.tabData(room.page.tabs.currentIndex()) == key
    room.press(key, SessionAct.CLOSE)
    qtbot.mouseClick(room.dialog(ClosingDialog).void, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert room.dialog(VoidDialog).isVisible()


def test_roll_sheet(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = _Room(desk_at("slips"), qtbot)
    room.wish(room.keys[1], SessionAct.ROLL_SHEET)
    assert room.dialog(PaperDialog).windowTitle() == "部门互评签到与领票登记表"
    room.desk.settle()
