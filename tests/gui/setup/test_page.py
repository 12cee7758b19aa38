"""Does the setup page lead from an empty workspace to corrected lists?"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.quota import Places, QuotaMode
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.setup.page import SetupPage
from gaoxin_vote.gui.setup.presenter import RaterLine, SetupPresenter, rule_words
from gaoxin_vote.gui.setup.rename_dialog import NameDialog
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import years
from tests.contests import PEER
from tests.gui.kit.test_file_drop import drop
from tests.gui.office import UNITS, YEAR, Desk

OpenAt = Callable[[str], Desk]


def _page(desk: Desk, year: int | None, qtbot: QtBot) -> SetupPage:
    page = SetupPage(SetupPresenter(desk.opened, year), desk.worker)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    # As on the desk, where the rail has the keyboard: a table that gets it makes its first row current.
    page.setFocus()
    page.show()
    desk.settle()
    return page


@pytest.mark.parametrize(
    ("scheme", "changes", "places", "cap"),
    [
        ("2017", (), "优秀7个，良好10个，分类确定；60分以上合格", "加减分（各以10分为限）"),
        (
            "service",
            (),
            "优秀30%，良好40%，按比例舍去小数，不分类；60分以上合格",
            "加减分（相抵后以10分为限）",
        ),
        (
            "service",
            ('"floor"', '"round"'),
            "优秀30%，良好40%，按比例四舍五入，不分类；60分以上合格",
            "相抵后",
        ),
    ],
)
def test_the_rules_are_said_as_the_scheme_has_them(
    scheme: str, changes: tuple[str, str], places: str, cap: str
) -> None:
    text = shipped_scheme_text(scheme)
    words = dict(
        rule_words(
            load_scheme(text.replace(f"mode = {changes[0]}", f"mode = {changes[1]}") if changes else text)
        )
    )
    assert words["等次名额"] == places
    assert cap in words["综合得分"]


def test_places_given_by_hand_are_said_for_each_class() -> None:
    rules = load_scheme(shipped_scheme_text("2017"))
    manual = replace(
        rules.quota, mode=QuotaMode.MANUAL, manual=(("机关部门", Places(3, 4)), ("街道", Places(1, 2)))
    )
    words = dict(rule_words(replace(rules, quota=manual)))
    assert words["等次名额"] == "机关部门优秀3个、良好4个，街道优秀1个、良好2个；60分以上合格"
    words = dict(rule_words(replace(rules, quota=replace(manual, manual=()))))
    assert words["等次名额"] == "逐类指定，尚未指定；60分以上合格"


def test_a_year_begins_with_a_scheme(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("empty")
    page = _page(desk, None, qtbot)
    assert page.schemes.isVisible()
    assert "衡高新发〔2017〕189号" in page.schemes.text.toPlainText()
    with qtbot.waitSignal(page.changed, timeout=20_000):
        qtbot.mouseClick(page.schemes.begin, Qt.MouseButton.LeftButton)
    assert desk.run(lambda: years(desk.workspace)) == (YEAR,)


def test_a_faulty_scheme_names_every_fault(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("empty")
    page = _page(desk, None, qtbot)
    path = tmp_path / "方案.toml"
    path.write_text('title = "x"\nyear = 2017\nunknown = 1\n', encoding="utf-8")
    page.begin_year_from(path)
    desk.settle()
    (message,) = page.findChildren(Message)
    assert message.windowTitle() == "需要更正"
    assert any("unknown" in line for line in message.words.details)


def test_units_are_imported_after_a_look(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("lists")
    page = _page(desk, YEAR, qtbot)
    assert page.units.rowCount() == 5
    path = tmp_path / "单位.csv"
    path.write_text(
        UNITS.replace("财政局", "财政金融局") + "U06,高岭办事处,街道（办事处）,33\n", encoding="utf-8"
    )
    qtbot.mouseClick(page.take_units, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(IntakeDialog)
    assert not dialog.act.isEnabled()
    dialog.look_at(path)
    desk.settle()
    assert "新增1项，覆盖1项" in "".join(label.text() for label in dialog.outcome.findChildren(QLabel))
    assert [row[0] for row in dialog.views.changes.rows] == ["被覆盖", "修改", "新增", "", "", "", ""]
    assert not dialog.act.isEnabled()
    dialog.confirm.click()
    assert len(desk.run(lambda: units(desk.workspace, YEAR))) == 5
    with qtbot.waitSignal(page.changed, timeout=20_000):
        qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert page.units.rowCount() == 6
    assert page.units.rows[2][1] == "财政金融局"


def test_a_name_is_corrected(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, YEAR, qtbot)
    assert not page.mend_unit.isEnabled()
    assert "选中一行" in page.mend_unit.toolTip()
    assert "更正名称" in page.status.text()
    page.unit_table.selectRow(0)
    qtbot.mouseClick(page.mend_unit, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(NameDialog)
    dialog.line.setText("管委会办公室")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert page.units.rows[0][1] == "管委会办公室"


def test_once_a_session_is_prepared_names_stay(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    desk.run(lambda: prepare_session(desk.workspace, YEAR, SessionPlan(PEER)))
    page = _page(desk, YEAR, qtbot)
    page.unit_table.selectRow(0)
    qtbot.mouseClick(page.mend_unit, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(NameDialog)
    dialog.line.setText("管委会办公室")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    (message,) = page.findChildren(Message)
    assert "会议" in message.words.message
    assert page.units.rows[0][1] == "办公室"


def test_a_scheme_shows_the_rosters_that_it_needs(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, YEAR, qtbot)
    assert page.leader_table.isVisible()
    assert not page.rater_table.isVisible()
    state = replace(
        desk.run(SetupPresenter(desk.opened, YEAR).state),
        leaders_vote=False,
        persons_vote=True,
        raters=(RaterLine("代表评议", "P1", "甲", ""),),
    )
    page.show_state(state)
    assert not page.leader_table.isVisible()
    assert page.rater_table.isVisible()
    assert page.raters.rows == (("代表评议", "P1", "甲", "—"),)


def test_lists_are_saved_as_workbooks_and_dropped_files_are_looked_at(
    desk_at: OpenAt, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    page = _page(desk, YEAR, qtbot)
    for press, table, name in (
        (page.hand_out_units, page.unit_table, "单位.xlsx"),
        (page.hand_out_leaders, page.leader_table, "领导.xlsx"),
    ):
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
        desk.settle()
        page.findChildren(QFileDialog)[-1].fileSelected.emit(str(tmp_path / name))
        desk.settle()
        assert drop(table.viewport(), tmp_path / name)
        desk.settle()
        dialog = page.findChildren(IntakeDialog)[-1]
        told = "".join(each.text() for each in dialog.outcome.findChildren(QLabel))
        assert name in told and "完全相同" in told
        dialog.reject()
    assert not page.hand_out_raters.isEnabled()
