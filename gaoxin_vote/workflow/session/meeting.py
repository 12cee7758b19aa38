"""Where and under whom is a session held: how is it noted, and what does the next session take over?"""

from dataclasses import replace
from enum import Enum

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import canonical_json, to_json
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.sheets import SheetStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import HeldSession, held_session, held_sessions
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from gaoxin_vote.workflow.setup.printable import require_printable


class MeetingReason(Enum):
    """Why the minutes of a session cannot be changed by themselves."""

    SHEET_ISSUED = "sheet issued"


def set_meeting(workspace: Workspace, session_id: SessionId, minutes: SessionMinutes) -> SessionState:
    """Note place, chair, scrutineers and tellers; they stand on the result sheet.

    Raises `Refused` once the session is voided or a sheet of it is issued: what was signed is changed by
    issuing the sheet again, in the same act.
    """
    with workspace.transaction():
        held = held_session(workspace, session_id)
        session = held.session
        session.require(Stage.SETUP, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED, Stage.SEALED, Stage.TALLIED)
        if any(key == session.uuid for _, key in SheetStore(workspace).newest(held.year)):
            raise Refused(
                MeetingReason.SHEET_ISSUED,
                f"{session.title}的报表已经签发，会议信息不能单独修改。请在“报表”中选中该表，用“改版”一并更正。",
            )
        note_minutes(workspace, held, minutes)
    return session_state(workspace, session_id)


def note_minutes(workspace: Workspace, held: HeldSession, minutes: SessionMinutes) -> None:
    """Store the minutes and note the act; whether they may still change has been asked.

    Raises `Refused` for a name that cannot be printed.
    """
    require_printable(minutes)
    session = held.session
    whole = replace(minutes, contest=session.contest, group=session.group, number=session.number)
    with workspace.transaction():
        SessionStore(workspace).set_facts(session.id, canonical_json(to_json(whole)))
        voting = session.stage in (Stage.OPEN, Stage.SUSPENDED)
        note_act(workspace, held, Act.NOTE_MEETING, timed=not voting, chair=whole.chair, place=whole.place)


def take_over_minutes(workspace: Workspace, held: HeldSession) -> None:
    """A session that has just been prepared begins with place and people of the one before it in the year.

    The day is not taken over: it is the one thing that a second evening cannot have in common with the first.
    """
    others = held_sessions(workspace, held.year, held.scheme)
    before = [each.minutes for each in others if each.session.id != held.session.id]
    told = next((minutes for minutes in reversed(before) if _tells(minutes)), None)
    if told is not None:
        note_minutes(workspace, held, replace(told, held_on=None))


def _tells(minutes: SessionMinutes) -> bool:
    people = (minutes.chair, minutes.chief_scrutineer, *minutes.scrutineers, *minutes.tellers)
    return bool(minutes.place or any(people))
