"""When are the papers of the room ready?"""

from gaoxin_vote.workflow.reports.reading import subject_of, year_facts
from gaoxin_vote.workflow.reports.room_sheets import CEREMONY, OPENING, ROLL
from gaoxin_vote.workflow.session.running import void_session
from tests.contests import PEER
from tests.workflow.conftest import Office
from tests.workflow.sealing import close_and_seal


def test_they_follow_the_meeting(office: Office) -> None:
    workspace, year = office.workspace, office.year
    session_id, live, _ = office.open(PEER)
    (session,) = year_facts(workspace, year).sessions
    subject = subject_of(workspace, year, ROLL.form, session.session.uuid)
    assert ROLL.readiness(subject).words == ""
    assert OPENING.readiness(subject).waiting == "尚未封箱"
    sheet = ROLL.figures(subject)
    assert (sheet.roll.should_attend, sheet.anonymous) == (5, False)
    for code in live:
        office.vote(session_id, code)
    close_and_seal(workspace, session_id)
    subject = subject_of(workspace, year, OPENING.form, session.session.uuid)
    assert OPENING.readiness(subject).words == ""
    opening = OPENING.figures(subject)
    assert (len(opening.tally_hash), opening.returned, len(opening.trustees)) == (64, 5, 3)
    whole = subject_of(workspace, year, CEREMONY.form, str(year))
    assert CEREMONY.readiness(whole).words == ""
    assert CEREMONY.figures(whole).threshold == 2
    void_session(workspace, session_id, "试")
