"""Is a session's place noted where it belongs, and taken over by the next session?"""

from datetime import date

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.session.turnout import session_state
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office


def test_what_is_noted_of_a_meeting_belongs_to_its_session(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    told = SessionMinutes(LEADERSHIP, "别的组", 7, place="一号会议室", chair="张三")
    minutes = set_meeting(workspace, session_id, told).minutes
    assert (minutes.contest, minutes.group, minutes.number) == (PEER, "", minutes.number)
    assert (minutes.place, minutes.chair) == ("一号会议室", "张三")
    assert session_state(workspace, session_id).minutes == minutes
    void_session(workspace, session_id, "试投")


def test_place_and_people_are_taken_over_by_the_next_session_but_not_the_day(office: Office) -> None:
    workspace = office.workspace
    first = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    told = SessionMinutes(
        LEADERSHIP,
        held_on=date(2018, 1, 16),
        place="三楼会议室",
        chair="张三",
        chief_scrutineer="李四",
        scrutineers=("王五", "赵六"),
        tellers=("钱七",),
    )
    set_meeting(workspace, first, told)
    second = prepare_session(workspace, office.year, SessionPlan(PEER))
    taken = session_state(workspace, second).minutes
    assert (taken.contest, taken.held_on, taken.missing) == (PEER, None, ("会议日期",))
    assert (taken.place, taken.chair, taken.chief_scrutineer) == ("三楼会议室", "张三", "李四")
    assert (taken.scrutineers, taken.tellers) == (("王五", "赵六"), ("钱七",))
    # A session of which nothing is noted is no source, and what is changed later stays changed.
    set_meeting(workspace, second, SessionMinutes(PEER))
    void_session(workspace, second, "试投")
    third = prepare_session(workspace, office.year, SessionPlan(PEER))
    assert session_state(workspace, third).minutes.place == "三楼会议室"
    for session_id in (first, third):
        void_session(workspace, session_id, "试投")
