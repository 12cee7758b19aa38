"""Which moments of a voting session are worth a picture?"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.gui.booth.state import KEPT, SIGHT_WORDS, Sight
from gaoxin_vote.gui.session.adding_dialog import AddingDialog
from gaoxin_vote.gui.session.check_in import CheckInColumn
from gaoxin_vote.gui.session.exchange_dialog import LostDialog
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.slips_dialog import SlipsDialog
from gaoxin_vote.gui.session.state import SessionAct
from gaoxin_vote.stages import YearStage
from gaoxin_vote.workflow.record.sample import printed_codes
from tests.pictures.camera import PASSPHRASE, Camera, Officer

_MARKS = (Mark.EXCELLENT, Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.GOOD, Mark.ABSTAIN)


def meeting(officer: Officer, camera: Camera, folder: Path) -> None:
    """From the preparation of both sessions to the sealed box."""
    page = officer.go(YearStage.SESSION)
    assert isinstance(page, SessionPage)
    camera.take("session-before")
    while page.prepare_buttons:
        next(iter(page.prepare_buttons.values())).click()
        officer.wait()
        asked = officer.box()
        if page.prepare_buttons and not page.cards:
            camera.take("session-prepare")
        asked.passphrase.line.setText(PASSPHRASE)  # type: ignore[attr-defined]
        asked.act.click()  # type: ignore[attr-defined]
        officer.wait()
    camera.take("session-prepared")
    leadership, peer = tuple(page.cards)
    codes: dict[SessionId, tuple[str, ...]] = {}
    for key in (leadership, peer):
        page.cards[key].buttons[SessionAct.SLIPS].click()
        officer.wait()
        slips = officer.box()
        assert isinstance(slips, SlipsDialog)
        if key == peer:
            camera.take("session-slips")
        slips.act.click()
        officer.wait()
        paper = officer.box()
        codes[key] = printed_codes(paper.pdf)  # type: ignore[attr-defined]
        if key == peer:
            camera.take("session-slips-paper")
        paper.save_to(folder / f"slips-{key}.pdf")  # type: ignore[attr-defined]
        officer.wait()
        paper.close()
        page.cards[key].buttons[SessionAct.OPEN].click()
        officer.wait()
        if key == peer:
            camera.take("session-open-ask")
        officer.box().accept()  # 开始投票
        officer.wait()
        _hand_out(officer, page, key)
    _votes(officer, leadership, codes[leadership][:9])
    _votes(officer, peer, codes[peer][:14])
    page.refresh()
    officer.wait()
    camera.take("session-open")
    page.cards[peer].buttons[SessionAct.BOOTH].click()
    officer.wait()
    camera.take("session-booth")
    officer.box().reject()
    officer.window.booth_notice.say(SIGHT_WORDS[Sight.LOST][0], KEPT + SIGHT_WORDS[Sight.LOST][1])
    camera.take("session-screen-lost")
    officer.window.booth_notice.say("")
    _boxes(officer, camera, page, peer)
    page.cards[peer].buttons[SessionAct.SUSPEND].click()
    officer.wait()
    page.cards[leadership].buttons[SessionAct.CLOSE].click()
    officer.wait()
    camera.take("session-close")
    officer.box().act.click()  # type: ignore[attr-defined]
    officer.wait()
    camera.take("session-closed")
    page.cards[leadership].buttons[SessionAct.SEAL].click()
    officer.wait()
    camera.take("session-seal")
    officer.box().act.click()  # type: ignore[attr-defined]
    officer.wait()
    camera.take("session-sealed")


def _boxes(officer: Officer, camera: Camera, page: SessionPage, key: SessionId) -> None:
    for act, name in (
        (SessionAct.MEETING, "session-meeting"),
        (SessionAct.SPOILED, "session-spoiled"),
        (SessionAct.LOST, "session-lost"),
        (SessionAct.VOID, "session-void"),
        (SessionAct.CLOSE, "session-close-missing"),
        (SessionAct.ROLL_SHEET, "session-roll-sheet"),
    ):
        page.cards[key].wished.emit(act)
        officer.wait()
        box = officer.box()
        if isinstance(box, LostDialog):
            box.elector.setCurrentIndex(3)
        camera.take(name)
        box.close()
    page.check_in.table.came_wanted.emit(page.check_in.model.lines[2])
    officer.wait()
    camera.take("session-who-came")
    officer.box().close()
    page.check_in.more.click()
    officer.wait()
    adding = officer.box()
    assert isinstance(adding, AddingDialog)
    adding.spares.setValue(3)
    adding.reason.setText("备用票码条将用完，总监票人王某同意")
    camera.take("session-adding")
    adding.close()


def _hand_out(officer: Officer, page: SessionPage, key: SessionId) -> None:
    for place in range(page.tabs.count()):
        if page.tabs.tabData(place) == key:
            page.tabs.setCurrentIndex(place)
    officer.wait()
    for line in page.check_in.model.lines:
        page.check_in.table.turned.emit(line.code, CheckInColumn.ISSUED, True)
        officer.wait()


def _votes(officer: Officer, key: SessionId, codes: tuple[str, ...]) -> None:
    from gaoxin_vote.workflow.session.casting import admit, cast

    opened = officer.window.opened
    assert opened is not None
    workspace = opened.workspace

    def vote(code: str, turn: int) -> None:
        admission = workspace.call(admit, key, code)
        marks = tuple(
            (unit.code, Mark.RECUSE if unit.code == admission.own_unit else _MARKS[(turn * 5 + place) % 6])
            for place, unit in enumerate(admission.units)
        )
        workspace.call(cast, admission, MarkedBallot(admission.contest, marks))

    for turn, code in enumerate(codes):
        officer.window.worker.submit(partial(_ignoring_progress, vote, code, turn))
    officer.wait()


def _ignoring_progress(vote: Callable[[str, int], None], code: str, turn: int, _progress: object) -> None:
    vote(code, turn)
