"""Reports of sessions, and the tallies that follow."""

from datetime import date

from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.spreadsheets.kinds.sessions import session_tallies
from gaoxin_vote.spreadsheets.problems import Problem
from tests.contests import CONTESTS, LEADERSHIP, PEER, PEER_RULES
from tests.spreadsheets.importers import import_sessions, import_tally
from tests.spreadsheets.kinds.test_indicators import TWO
from tests.spreadsheets.kinds.test_tallies import HEAD, leaders
from tests.spreadsheets.workbooks import csv_file


def test_the_sample(inputs: AssessmentInputs) -> None:
    leadership, peer = inputs.tallies
    assert (leadership.contest, leadership.group, leadership.number) == (LEADERSHIP, "", 1)
    assert (len(leadership.counts), len(peer.counts)) == (25, 25)
    assert peer.reconciliation == Reconciliation(25, 25, 25, 25, 25, 0)
    assert inputs.minutes[0] == SessionMinutes(
        LEADERSHIP,
        held_on=date(2018, 1, 17),
        chief_scrutineer="(总监票人)",
        scrutineers=("(监票人1)", "(监票人2)"),
        tellers=("(计票人1)", "(计票人2)"),
    )


SESSIONS = "session,should_attend,attended,issued,returned,valid_ballots,invalid_ballots,held_on\n"


def test_sessions_joined_to_their_counts() -> None:
    sessions = import_sessions(
        csv_file(SESSIONS + "领导评议,9,9,9,9,9,0,2018-01-17\n互评,2,2,2,2,2,0,\n"), CONTESTS
    )
    counts = leaders(HEAD + "A,9,0,0,0,0,0,9\nB,9,0,0,0,0,0,9\n")
    joined = session_tallies(sessions, (counts,))
    assert [(p.problem, p.value) for p in joined.errors[:1]] == [(Problem.SESSION_MISSING, "部门互评")]
    peers = import_tally(csv_file(HEAD + "A,1,0,0,0,0,0,1\nB,1,0,0,0,0,0,1\n"), TWO, PEER_RULES)
    tallies = session_tallies(sessions, (counts, peers)).require_clean()
    assert [(tally.contest, len(tally.counts)) for tally in tallies] == [
        (LEADERSHIP, 2),
        (PEER, 2),
    ]
    alone = session_tallies(import_sessions(csv_file(SESSIONS), CONTESTS), (counts,))
    assert "有计票统计，却没有计票结果报告" in alone.errors[0].message


def test_faults_of_sessions() -> None:
    rows = "领导评议,9,9,9,9,9,0,\n领导评议,9,9,9,9,9,0,\n座谈,9,9,9,9,9,0,\n互评,九,9,9,9,9,,17日\n"
    result = import_sessions(csv_file(SESSIONS + rows), CONTESTS)
    assert [(p.row, p.problem, p.field) for p in result.errors[:-1]] == [
        (3, Problem.DUPLICATE, "session"),
        (4, Problem.UNKNOWN_WORD, "session"),
        (5, Problem.NOT_NUMBER, "should_attend"),
        (5, Problem.VALUE_MISSING, "invalid_ballots"),
        (5, Problem.NOT_DATE, "held_on"),
    ]
