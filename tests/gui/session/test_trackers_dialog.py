"""Does a voter's tracker lead to the ballot in the sealed box, on the screen and on paper?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.belenios.compact import sha256_base64
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.tracker import groups, respelled
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.presenter import SessionPresenter
from gaoxin_vote.gui.session.state import SessionAct, TrackersState
from gaoxin_vote.gui.session.trackers_dialog import TrackersDialog
from tests.documents.papers import page_texts
from tests.gui.office import YEAR, Desk

TRACKERS = tuple(sorted((sha256_base64(str(number)) for number in range(30)), key=respelled))


def test_a_part_of_a_tracker_finds_it(qtbot: QtBot, dressed: None) -> None:
    parent, printed = QWidget(), list[bool]()
    qtbot.addWidget(parent)
    dialog = TrackersDialog(parent, TrackersState("领导评议", TRACKERS), lambda: printed.append(True))
    dialog.open()
    assert [row[1] for row in dialog.trackers.model.rows] == [*TRACKERS]
    assert dialog.trackers.count.text() == "共30张"
    wanted = groups(TRACKERS[7])
    qtbot.keyClicks(dialog.trackers.search, f"{wanted[1].lower()} {wanted[2]}")
    assert dialog.trackers.model.rows == ((" ".join(wanted), TRACKERS[7]),)
    assert dialog.trackers.count.text() == "找到1张，共30张"
    qtbot.keyClicks(dialog.trackers.search, "0")
    assert dialog.trackers.model.rows == ()
    dialog.trackers.search.clear()
    assert len(dialog.trackers.model.rows) == 30
    qtbot.mouseClick(dialog.print, Qt.MouseButton.LeftButton)
    assert printed == [True]


def test_the_card_of_a_sealed_session_has_the_list(
    desk_at: Callable[[str], Desk], qtbot: QtBot, dressed: None
) -> None:
    desk = desk_at("closed")
    page = SessionPage(SessionPresenter(desk.opened, YEAR), desk.worker, lambda *_: None)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    key, card = next(iter(page.cards.items()))
    card.wished.emit(SessionAct.TRACKERS)
    desk.settle()
    (dialog,) = page.findChildren(TrackersDialog)
    assert dialog.isVisible()
    listed = [row[1] for row in dialog.trackers.model.rows]
    assert len(listed) == desk.returned(key)
    assert listed == sorted(listed, key=respelled)
    qtbot.mouseClick(dialog.print, Qt.MouseButton.LeftButton)
    desk.settle()
    (paper,) = (each for each in page.findChildren(PaperDialog) if each.isVisible())
    assert paper.windowTitle() == "领导评议查询码清单"
    whole = "".join(page_texts(paper.pdf))
    assert all(tracker in whole and "".join(groups(tracker)) in whole for tracker in listed)
    paper.close()
    assert SessionAct.TRACKERS.value in [each.text() for each in card.more.menu().actions()]


def test_no_other_stage_offers_it(desk_at: Callable[[str], Desk]) -> None:
    for moment, stages in (("voted", {Stage.OPEN}), ("tallied", {Stage.SEALED, Stage.TALLIED})):
        desk = desk_at(moment)
        presenter = SessionPresenter(desk.opened, YEAR)
        cards = desk.run(presenter.state).cards
        assert {card.stage for card in cards} == stages
        for card in cards:
            offered = SessionAct.TRACKERS in [act.act for act in (*card.acts, *card.menu)]
            assert offered is (card.stage is not Stage.OPEN)
