"""When are the papers of the room ready?"""

from gaoxin_vote.domain.tracker import groups, respelled
from gaoxin_vote.workflow.reports.reading import subject_of, year_facts
from gaoxin_vote.workflow.reports.room_sheets import CEREMONY, OPENING, ROLL, TRACKERS
from gaoxin_vote.workflow.session.running import close_session, void_session
from gaoxin_vote.workflow.session.sealing import seal_session
from tests.contests import PEER
from tests.documents.papers import page_texts
from tests.workflow.conftest import Office


def test_they_follow_the_meeting(office: Office) -> None:
    workspace, year = office.workspace, office.year
    session_id, live, _ = office.open(PEER)
    (session,) = year_facts(workspace, year).sessions
    subject = subject_of(workspace, year, ROLL.form, session.session.uuid)
    assert ROLL.readiness(subject).words == ""
    assert OPENING.readiness(subject).waiting == TRACKERS.readiness(subject).waiting == "尚未封箱"
    sheet = ROLL.figures(subject)
    assert (sheet.roll.should_attend, sheet.anonymous) == (5, False)
    seen = [office.vote(session_id, code) for code in live]
    close_session(workspace, session_id)
    subject = subject_of(workspace, year, TRACKERS.form, session.session.uuid)
    assert TRACKERS.readiness(subject).waiting == "尚未封箱", (
        "votes may still come: two lists would tell which"
    )
    seal_session(workspace, session_id)
    subject = subject_of(workspace, year, OPENING.form, session.session.uuid)
    assert OPENING.readiness(subject).words == ""
    opening = OPENING.figures(subject)
    assert (len(opening.tally_hash), opening.returned, len(opening.trustees)) == (64, 5, 3)
    listed = TRACKERS.figures(subject)
    assert [*listed.trackers] == sorted(seen, key=respelled), "in an order that tells nothing of time"
    assert (listed.tally_hash, listed.title) == (opening.tally_hash, opening.title)
    paper = "".join(page_texts(TRACKERS.form.paper(listed)))
    assert all("".join(groups(tracker)) in paper and tracker in paper for tracker in seen)
    whole = subject_of(workspace, year, CEREMONY.form, str(year))
    assert CEREMONY.readiness(whole).words == ""
    assert CEREMONY.figures(whole).threshold == 2
    void_session(workspace, session_id, "试")
