"""Does an act on a session say which session it was, and when only where it may?"""

import json

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import held_session
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from tests.contests import PEER
from tests.workflow.conftest import Office


def test_its_uuid_names_the_session_and_the_rest_gives_its_title(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    held = held_session(workspace, session_id)
    note_act(workspace, held, Act.SUSPEND_SESSION)
    note_act(workspace, held, Act.NOTE_MEETING, timed=False, chair="甲", place="乙")
    with_time, without = AuditLog(workspace).entries()[-2:]
    assert with_time.time and not without.time
    assert with_time.year == without.year == office.year
    assert json.loads(without.content) == {
        "session": held.session.uuid,
        "contest": "peer",
        "contest_title": "部门互评",
        "group": "",
        "number": held.session.number,
        "chair": "甲",
        "place": "乙",
    }
    void_session(workspace, session_id, "试")
