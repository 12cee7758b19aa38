"""Is every act on a session refused in every stage but its own, with nothing changed?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, SessionReason, SlipMode, Stage
from gaoxin_vote.workflow.session.casting import Admission, admit, cast
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    close_session,
    open_session,
    reopen_session,
    resume_session,
    suspend_session,
    void_session,
)
from gaoxin_vote.workflow.session.sealing import seal_session
from gaoxin_vote.workflow.session.slip_adding import AddedSlips, Addition, add_slips, draw_added_slips
from gaoxin_vote.workflow.session.slip_desk import check_in, issue_slip, replace_lost, replace_spoiled
from gaoxin_vote.workflow.session.slip_making import make_slips, set_slips
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.tally.counting import count, session_tally
from gaoxin_vote.workflow.tally.opening import give_officer_key, give_share, tally_state
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import PASSPHRASE, Office, refused, same_mark

CREDENTIAL = "00" * 32
PREPARED = {Stage.SETUP}
VOTING = {Stage.OPEN, Stage.SUSPENDED}
HANDING_OUT = PREPARED | VOTING | {Stage.CLOSED}


@dataclass(frozen=True)
class At:
    """A session with what the acts on it need."""

    office: Office
    session_id: SessionId
    elector: str
    live: str
    spare: str
    admission: Admission

    @property
    def stage(self) -> Stage:
        return session_state(self.office.workspace, self.session_id).session.stage

    @property
    def share(self) -> Path:
        return self.office.shares[2]

    def acts(self) -> tuple[tuple[set[Stage], Callable[[], object]], ...]:
        """Every act with the stages in which it is right."""
        workspace, session = self.office.workspace, self.session_id
        minutes = SessionMinutes(self.admission.contest)
        ballot = same_mark(self.admission, Mark.RECUSE)  # a wrong one: the stage is told first
        return (
            (PREPARED, lambda: set_slips(workspace, session, slip_mode=SlipMode.DRAWN, spares=1)),
            (PREPARED, lambda: make_slips(workspace, session)),
            (PREPARED, lambda: open_session(workspace, session)),
            (HANDING_OUT, lambda: check_in(workspace, session, self.elector, True)),
            (HANDING_OUT, lambda: issue_slip(workspace, session, self.elector, True)),
            (VOTING, lambda: replace_spoiled(workspace, session, self.live, self.spare)),
            (VOTING, lambda: replace_lost(workspace, session, self.elector, "同意补发", self.spare)),
            (VOTING, lambda: draw_added_slips(workspace, session, Addition(1, (), "不够"))),
            (
                VOTING,
                lambda: add_slips(workspace, AddedSlips(session, (), 1, "不够", b"", ((CREDENTIAL, b""),))),
            ),
            ({Stage.OPEN}, lambda: admit(workspace, session, self.live)),
            ({Stage.OPEN}, lambda: cast(workspace, self.admission, ballot)),
            ({Stage.OPEN}, lambda: suspend_session(workspace, session)),
            ({Stage.SUSPENDED}, lambda: resume_session(workspace, session)),
            (VOTING, lambda: close_session(workspace, session, "提前结束")),
            ({Stage.CLOSED}, lambda: reopen_session(workspace, session)),
            ({Stage.CLOSED}, lambda: seal_session(workspace, session)),
            ({Stage.SEALED, Stage.TALLIED}, lambda: tally_state(workspace, session)),
            ({Stage.SEALED}, lambda: give_officer_key(workspace, session, PASSPHRASE)),
            ({Stage.SEALED}, lambda: give_share(workspace, session, self.share, "trustee 2 secret")),
            ({Stage.SEALED}, lambda: count(workspace, session)),
            ({Stage.TALLIED}, lambda: session_tally(workspace, session)),
            (set(Stage) - {Stage.VOIDED}, lambda: set_meeting(workspace, session, minutes)),
            (set(Stage) - {Stage.VOIDED}, lambda: void_session(workspace, session, "重开")),
        )

    def everything_else_is_refused(self, stage: Stage) -> None:
        """Try every act for which this is not the stage."""
        assert self.stage is stage
        share = self.share.read_bytes()
        for stages, act in self.acts():
            if stage not in stages:
                with refused(self.office.workspace, SessionReason.WRONG_STAGE):
                    act()
        assert self.share.read_bytes() == share


def test_an_act_is_refused_in_every_stage_but_its_own(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    session = At(office, session_id, "U02", live[1], spares[0], admit(workspace, session_id, live[1]))
    prepared_id = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    codes = office.codes(prepared_id)
    waiting = replace(session.admission, session_id=prepared_id)
    At(office, prepared_id, "L1", codes[0], codes[-1], waiting).everything_else_is_refused(Stage.SETUP)

    session.everything_else_is_refused(Stage.OPEN)
    suspend_session(workspace, session_id)
    session.everything_else_is_refused(Stage.SUSPENDED)
    resume_session(workspace, session_id)
    for code in live:
        office.vote(session_id, code)
    close_session(workspace, session_id)
    session.everything_else_is_refused(Stage.CLOSED)
    seal_session(workspace, session_id)
    session.everything_else_is_refused(Stage.SEALED)
    give_officer_key(workspace, session_id, PASSPHRASE)
    for index in (0, 1):
        give_share(workspace, session_id, office.shares[index], f"trustee {index} secret")
    count(workspace, session_id)
    session.everything_else_is_refused(Stage.TALLIED)
    void_session(workspace, session_id, "重开")
    session.everything_else_is_refused(Stage.VOIDED)
