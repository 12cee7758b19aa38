"""Is a session put as an election, and its result read back unit by unit?"""

from gaoxin_vote.belenios.trustee import mandatory_key
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.workflow.session.election import build_election, question_text, recusals, unit_counts
from tests.contests import PEER, peer
from tests.domain.cases import toml_scheme

UNITS = (Unit(UnitCode("U01"), "办公室", "机关部门", 20), Unit(UnitCode("U02"), "财政局", "机关部门", 9))
CODES = tuple(unit.code for unit in UNITS)
RULES = peer(toml_scheme({}))


def session(mode: SlipMode = SlipMode.NAMED) -> VotingSession:
    return VotingSession(SessionId(1), "x" * 22, PEER, "", 1, CODES, mode, Stage.TALLIED)


def numbers(returned: int) -> Reconciliation:
    return Reconciliation(2, 2, 2, returned, returned, 0)


def test_each_unit_is_a_question_with_the_labels_of_the_contest() -> None:
    _, key = mandatory_key(name="考核办")
    election = build_election(
        uuid="x" * 14,
        office="考核办",
        title="2017 部门互评",
        rules=RULES,
        units=UNITS,
        trustees=Trustees((key,)),
    )
    assert [asked.question for asked in election.questions] == ["U01 办公室", "U02 财政局"]
    assert all(asked.answers == RULES.labels and asked.blank for asked in election.questions)
    assert election.administrator == election.credential_authority == "考核办"
    assert question_text(UNITS[0]) == "U01 办公室"


def test_every_slip_that_came_back_holds_one_recusal_of_its_own_unit() -> None:
    assert recusals(session(), RULES, numbers(2), CODES) == {"U01": 1, "U02": 1}
    assert recusals(session(), RULES, numbers(2), (CODES[0],) * 2) == {"U01": 2, "U02": 0}


def test_nobody_knows_them_where_a_slip_is_missing_or_was_drawn() -> None:
    assert recusals(session(), RULES, numbers(1), CODES) is None
    assert recusals(session(SlipMode.DRAWN), RULES, numbers(2), CODES) is None


def test_a_result_is_read_in_the_order_of_the_units() -> None:
    first, second = unit_counts(session(), '{"result":[[1,5,0,0,2],[0,0,3,4,1]]}', {CODES[0]: 1, CODES[1]: 0})
    assert (first.unit, first.grades, first.blanks, first.recusals) == ("U01", (5, 0, 0, 2), 1, 1)
    assert (second.unit, second.grades, second.blanks, second.recusals) == ("U02", (0, 3, 4, 1), 0, 0)
    unknown, _ = unit_counts(session(), '{"result":[[1,5,0,0,2],[0,0,3,4,1]]}', None)
    assert unknown.recusals is None
