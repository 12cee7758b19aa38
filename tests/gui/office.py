"""A made-up office for tests of windows: 5 units, 3 leaders, workspaces at several moments of the year.

Each moment is made once, through the workflow, and copied for every test: what costs time (Argon2id) is
paid once, even where several processes test at the same time. A workspace belongs to the worker thread that
opened it, so `Desk` runs everything there.
"""

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES as SCORE_LIST
from gaoxin_vote.spreadsheets.kinds.units import LEADERS as LEADER_LIST
from gaoxin_vote.spreadsheets.kinds.units import UNITS as UNIT_LIST
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.record.sample import printed_codes
from gaoxin_vote.workflow.results.finalising import finalise
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session import meeting, running, sealing, slip_desk, slip_making
from gaoxin_vote.workflow.session.casting import admit, cast
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.turnout import session_state, sessions
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.workspaces import create_workspace, open_workspace
from gaoxin_vote.workflow.setup.years import add_year, shipped_schemes
from gaoxin_vote.workflow.tally import counting
from gaoxin_vote.workflow.tally import opening as tally
from tests.contests import LEADERSHIP, PEER
from tests.once import made_once
from tests.stretching import CHEAP_COSTS

T = TypeVar("T")

YEAR = 2017
PASSPHRASE = "officer-2017-words"
TRUSTEES = ("区纪委", "组织人事局")
UNITS = """代码,单位,类别,人数
U01,办公室,机关部门,28
U02,组织人事局,机关部门,19
U03,财政局,机关部门,21
U04,国有土地上房屋征收管理办公室,机关部门,9
U05,华兴街道,街道（办事处）,40
"""
SCORES = """代码,指标代码,指标名称,分值,得分
U01,I1,重点工作,80,78
U02,I1,重点工作,80,75
U03,I1,重点工作,80,71
U04,I1,重点工作,80,66
U05,I1,重点工作,80,60
"""
LEADERS = "代码,职务\nL1,党工委书记\nL2,管委会主任\nL3,管委会副主任\n"
_MARKS = (Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.FAIL, Mark.ABSTAIN)


def clock() -> datetime:
    """The same moment always."""
    return datetime(2018, 1, 20, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def trustee_passphrase(number: int) -> str:
    """The passphrase of the trustee of this number, from 0."""
    return f"trustee-{number}-words"


class Moments:
    """Workspace files at several moments of the year in a folder, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def codes(self) -> dict[SessionId, tuple[str, ...]]:
        """The codes on the slips of each session, from `slips` on."""
        kept = json.loads((self.folder / "codes.json").read_text(encoding="utf-8"))
        return {SessionId(int(key)): tuple(codes) for key, codes in kept.items()}

    @cached_property
    def empty(self) -> Path:
        """A workspace without a year."""
        return self._made(
            "empty",
            lambda path: create_workspace(path, PASSPHRASE, "高新区考核办", clock, CHEAP_COSTS).close(),
        )

    @cached_property
    def lists(self) -> Path:
        """Scheme, units and leaders."""
        return self._next("lists", self.empty, self._take_lists)

    @cached_property
    def ceremony(self) -> Path:
        """The key ceremony has been held, 2 of 2."""
        return self._next("ceremony", self.lists, self._hold_ceremony)

    @cached_property
    def slips(self) -> Path:
        """Both sessions prepared, their slips printed."""
        return self._next("slips", self.ceremony, self._make_slips)

    @cached_property
    def voted(self) -> Path:
        """Both sessions open, everybody has voted."""
        return self._next("voted", self.slips, self._vote)

    @cached_property
    def closed(self) -> Path:
        """Both sessions closed and sealed."""
        return self._next("closed", self.voted, self._close)

    @cached_property
    def tallied(self) -> Path:
        """The leadership rating tallied."""
        return self._next("tallied", self.closed, self._tally)

    @cached_property
    def final(self) -> Path:
        """Both ratings tallied, scores imported, the year finalised."""
        return self._next("final", self.tallied, self._finalise)

    def share(self, number: int) -> Path:
        """The share file of the trustee of this number, from 0."""
        return self.folder / f"share-{number}.gxk"

    def _made(self, name: str, make: Callable[[Path], object]) -> Path:
        return made_once(self.folder / f"{name}.gxv", make)

    def _next(self, name: str, before: Path, act: Callable[[Workspace], object]) -> Path:
        def make(path: Path) -> None:
            shutil.copy(before, path)
            workspace = open_workspace(path, PASSPHRASE, clock, CHEAP_COSTS)
            try:
                act(workspace)
            finally:
                workspace.close()

        return self._made(name, make)

    def _take_lists(self, workspace: Workspace) -> None:
        add_year(workspace, shipped_schemes()[0].text)
        for kind, text in ((UNIT_LIST, UNITS), (LEADER_LIST, LEADERS)):
            path = self.folder / f"{kind.code}.csv"
            path.write_text(text, encoding="utf-8")
            apply_import(workspace, YEAR, preview_import(workspace, YEAR, kind, path))

    def _hold_ceremony(self, workspace: Workspace) -> None:
        ceremony = begin_ceremony(workspace, YEAR, TRUSTEES, 2)
        for number in range(len(TRUSTEES)):
            ceremony.hand_over(number, trustee_passphrase(number), self.share(number))
        ceremony.complete()

    def _make_slips(self, workspace: Workspace) -> None:
        codes: dict[SessionId, tuple[str, ...]] = {}
        for contest in (LEADERSHIP, PEER):
            made = prepare_session(workspace, YEAR, SessionPlan(contest, spares=2))
            codes[made] = printed_codes(slip_making.make_slips(workspace, made))
            slip_making.note_slips_out(workspace, made)
        (self.folder / "codes.json").write_text(json.dumps(codes), encoding="utf-8")

    def _vote(self, workspace: Workspace) -> None:
        for state in sessions(workspace, YEAR):
            key = state.session.id
            running.open_session(workspace, key)
            for elector in state.roll.electors:
                slip_desk.issue_slip(workspace, key, elector.code, True)
            for turn, code in enumerate(self.codes[key][: len(state.roll.electors)]):
                vote(workspace, key, code, turn)

    def _close(self, workspace: Workspace) -> None:
        for state in sessions(workspace, YEAR):
            minutes = SessionMinutes(state.session.contest, place="管委会三楼会议室", chair="张三")
            meeting.set_meeting(workspace, state.session.id, minutes)
            running.close_session(workspace, state.session.id)
            sealing.seal_session(workspace, state.session.id)

    def _finalise(self, workspace: Workspace) -> None:
        self._tally(workspace, 1)
        path = self.folder / "scores.csv"
        path.write_text(SCORES, encoding="utf-8")
        apply_import(workspace, YEAR, preview_import(workspace, YEAR, SCORE_LIST, path))
        finalise(workspace, YEAR, "领导小组会议纪要〔2018〕3号")

    def _tally(self, workspace: Workspace, place: int = 0) -> None:
        key = sessions(workspace, YEAR)[place].session.id
        tally.give_officer_key(workspace, key, PASSPHRASE)
        for number in range(len(TRUSTEES)):
            # A share file notes what it has opened: that of the other moments stays as it was handed over.
            share = Path(shutil.copy(self.share(number), self.folder / f"tallied-{place}-{number}.gxk"))
            tally.give_share(workspace, key, share, trustee_passphrase(number))
        counting.count(workspace, key)


def vote(workspace: Workspace, key: SessionId, code: str, turn: int) -> str:
    """Cast a ballot whose marks depend on `turn` alone; the tracker."""
    admission = admit(workspace, key, code)
    marks = tuple(
        (unit.code, Mark.RECUSE if unit.code == admission.own_unit else _MARKS[(place + turn) % 5])
        for place, unit in enumerate(admission.units)
    )
    return cast(workspace, admission, MarkedBallot(admission.contest, marks))


class Desk:
    """An open workspace on its worker thread."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.worker = Worker()
        self.path = path
        self._qtbot = qtbot
        self.workspace = self.run(lambda: open_workspace(path, PASSPHRASE, clock, CHEAP_COSTS))
        self.opened = OpenWorkspace(self.workspace)
        """The same, as windows hold it."""

    def run(self, call: Callable[[], T]) -> T:
        """Do `call` on the worker thread and wait for what it returns; errors are raised here."""
        done: list[T] = []
        errors: list[BaseException] = []
        self.worker.submit(lambda _progress: call(), done.append, errors.append)
        self._qtbot.waitUntil(lambda: bool(done or errors), timeout=60_000)
        if errors:
            raise errors[0]
        return done[0]

    def settle(self, timeout: int = 60_000) -> None:
        """Wait until nothing is under way."""
        self._qtbot.waitUntil(lambda: not self.worker.busy, timeout=timeout)

    def returned(self, key: SessionId) -> int:
        """How many ballots lie in the box."""
        return self.run(lambda: session_state(self.workspace, key).returned)

    def close(self) -> None:
        """Close the workspace and end the thread."""
        self.run(self.workspace.close)
        self.worker.close()
