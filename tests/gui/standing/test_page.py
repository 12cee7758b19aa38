"""Is the standing shown with what blocks it, and is finalising asked about?"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.standing import presenter as standing
from gaoxin_vote.gui.standing.page import DecisionDialog, StandingPage
from gaoxin_vote.gui.standing.presenter import StandingPresenter, StandingState
from gaoxin_vote.gui.standing.state import RankingView
from gaoxin_vote.gui.standing.unit.dialog import UnitDialog
from gaoxin_vote.stages import Destination, YearStage
from gaoxin_vote.workflow.results.last_year import EarlierStanding
from tests.gui.office import PASSPHRASE, YEAR, Desk

OpenAt = Callable[[str], Desk]


def _page(desk: Desk, qtbot: QtBot) -> StandingPage:
    """The page as it stands first."""
    page = StandingPage(StandingPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    return page


def test_the_standing_names_what_blocks_it(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, qtbot)
    assert page.model.rowCount() == 5
    headings = [head.text for head in page.model.heads]
    assert headings[4:6] == ["领导评议", "部门互评"]
    assert page.model.cell(0, headings.index("综合得分")) == "—"
    assert not page.finalise.isEnabled()
    assert "项须先解决" in page.finalise.toolTip()
    shown = "\n".join(label.text() for label in page.trouble.findChildren(QLabel))
    assert "领导评议" in shown


def test_a_blocker_leads_to_its_place(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("tallied")
    page = _page(desk, qtbot)
    told = [label.text() for label in page.trouble.findChildren(QLabel)]
    assert "须先解决6项" in told
    assert sum(text.count("没有指标得分") for text in told) == 5
    ways = {way.text(): way for way in page.trouble.ways}
    assert set(ways) == {"去开箱", "去补录"}
    for words, destination in (
        ("去开箱", Destination(YearStage.TALLY, session=2)),
        ("去补录", Destination(YearStage.ENTRIES, "indicators")),
    ):
        with qtbot.waitSignal(page.destination_wanted) as wanted:
            qtbot.mouseClick(ways[words], Qt.MouseButton.LeftButton)
        assert wanted.args == [destination]


def test_finalising_asks_for_the_decision(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, qtbot)
    row = ("1", "办公室", "机关部门", "75.50", "9.00", "9.00", "0.00", "93.50", "1", "1", "优秀", "")
    page.show_state(
        StandingState((row,), ("领导评议", "部门互评"), (), ("Σ 不超限",), "", False, "", "下一步：定稿")
    )
    assert page.finalise.isEnabled()
    qtbot.mouseClick(page.finalise, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(DecisionDialog)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "文号" in dialog.trouble.text()
    dialog.decision.setText("会议纪要〔2018〕3号")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "口令" in dialog.trouble.text()
    assert "共1个单位" in "\n".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.passphrase.line.setText(PASSPHRASE)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    # The workspace itself still has everything missing: the workflow refuses, the page says so.
    from gaoxin_vote.gui.kit.prompts import Message

    (message,) = page.findChildren(Message)
    assert message.windowTitle() == "需要更正"
    assert message.words.details
    assert not page.finalise.isEnabled()


@pytest.mark.parametrize("way", ["key", "double click", "button"])
def test_a_unit_opens_and_is_chosen_when_one_goes_on(desk_at: OpenAt, qtbot: QtBot, way: str) -> None:
    desk = desk_at("tallied")
    page = StandingPage(StandingPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    desk.settle()
    name = [head.text for head in page.model.heads].index("单位")
    page.table.selectRow(1)
    page.table.setFocus()
    middle = page.table.visualRect(page.table.model().index(1, name)).center()
    if way == "key":
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    elif way == "double click":
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    else:
        qtbot.mouseClick(page.open_unit, Qt.MouseButton.LeftButton)
    desk.settle()
    (dialog,) = page.findChildren(UnitDialog)
    assert dialog.name.text() == page.model.cell(1, name)
    assert any(card.section.title == "领导评议票数" for card in dialog.sections)
    dialog.go(1)
    assert page.table.chosen_row == 2


def test_units_follow_each_other_as_the_table_is_sorted(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, qtbot)
    name = [head.text for head in page.model.heads].index("单位")
    page.table.horizontalHeader().setSortIndicator(name, Qt.SortOrder.DescendingOrder)
    shown = [page.table.model().index(place, name).data() for place in range(5)]
    page.table.selectRow(0)
    qtbot.mouseClick(page.open_unit, Qt.MouseButton.LeftButton)
    desk.settle()
    (dialog,) = page.findChildren(UnitDialog)
    seen = [dialog.name.text()]
    while dialog.after.isEnabled():
        dialog.go(1)
        seen.append(dialog.name.text())
    assert seen == shown
    assert page.table.currentIndex().row() == 4


def test_the_order_can_be_switched_and_searched(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("tallied")
    page = StandingPage(StandingPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    desk.settle()
    headings = [head.text for head in page.model.heads]
    name, unit_class = headings.index("单位"), headings.index("类别")
    assert list(page.views) == ["按类别", "全部名次"]
    assert page.views["按类别"].isChecked()
    assert page.table.isColumnHidden(unit_class) and page.table.isColumnHidden(0)
    assert not page.table.isColumnHidden(name)
    assert page.table.above(0).startswith("机关部门　4个单位")
    assert page.table.above(4).startswith("街道（办事处）　1个单位")
    page.table.choose_row(4)
    qtbot.mouseClick(page.views["全部名次"], Qt.MouseButton.LeftButton)
    assert page.views["全部名次"].isChecked() and not page.views["按类别"].isChecked()
    assert not any(page.table.isColumnHidden(place) for place in range(len(headings)))
    assert page.table.above(0) == ""
    assert page.model.cell(page.table.chosen_row, name) == "华兴街道"
    page.refresh()
    desk.settle()
    assert page.views["全部名次"].isChecked()
    page.search.insert("财政")
    assert [page.model.cell(row, name) for row in page.table.rows_in_view] == ["财政局"]
    qtbot.mouseClick(page.open_unit, Qt.MouseButton.LeftButton)
    desk.settle()
    (dialog,) = page.findChildren(UnitDialog)
    assert (dialog.name.text(), dialog.counter.text()) == ("财政局", "1 / 1")


def test_the_chosen_unit_stays_chosen_in_the_other_order(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = _page(desk, qtbot)
    names = ("甲", "乙", "丙")
    rows = tuple(
        (str(n), name, "类", *["9.00"] * 6, "1", "优秀", "") for n, name in enumerate(names, start=1)
    )
    by_class = RankingView("按类别", (0, 2, 1), (0, 0, 1), ((0, "机关"), (2, "街道")), ())
    overall = RankingView("全部名次", (0, 1, 2), (), (), ())
    codes = tuple(map(UnitCode, ("U1", "U2", "U3")))
    page.show_state(
        StandingState(
            rows, ("领导评议", "部门互评"), (), (), "", False, "", "", codes=codes, views=(by_class, overall)
        )
    )
    assert [page.model.cell(row, 1) for row in range(3)] == ["甲", "丙", "乙"]
    page.table.choose_row(1)
    page.show_in_order("全部名次")
    assert page.model.cell(page.table.chosen_row, 1) == "丙"
    assert page.table.chosen_row == 2


def test_finalising_needs_the_passphrase(desk_at: OpenAt) -> None:
    desk = desk_at("lists")
    presenter = StandingPresenter(desk.opened, YEAR)
    for passphrase, words in (("wrong words entirely", "口令不正确"), (PASSPHRASE, "须先解决")):
        with pytest.raises(Refused, match=words):
            desk.run(lambda passphrase=passphrase: presenter.finalise("会议纪要", passphrase))


def test_beside_the_year_before_each_unit_says_how_many_ranks_it_moved(
    desk_at: OpenAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_at("final")
    state = desk.run(StandingPresenter(desk.opened, YEAR).state)
    assert state.compared == ()
    ranks = {row[1]: int(row[-4]) for row in state.rows}
    codes = dict(zip(ranks, state.codes, strict=True))
    best, second, *_, last = ranks
    before = {
        codes[best]: EarlierStanding("88.00", ranks[best], 1, "优秀"),
        codes[second]: EarlierStanding("77.00", ranks[second] + 3, 4, "合格"),
        codes[last]: EarlierStanding("66.00", ranks[last] - 2, 2, "良好"),
    }
    monkeypatch.setattr(standing, "last_year", lambda *_: before)
    rows = {row[0]: row for row in desk.run(StandingPresenter(desk.opened, YEAR).state).compared}
    assert rows[best][-4:] == ("88.00", str(ranks[best]), "优秀", "持平")
    assert rows[second][-4:] == ("77.00", str(ranks[second] + 3), "合格", "升3")
    assert rows[last][-4:] == ("66.00", str(ranks[last] - 2), "良好", "降2")
    assert [row[-4:] for name, row in rows.items() if name not in (best, second, last)] == [("—",) * 4] * 2
