"""Is a session put as an election, and its result read back unit by unit?"""

from gaoxin_vote.belenios.trustee import mandatory_key
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.workflow.session.election import HandedSlips, build_election, question_text, unit_counts
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


def known(
    result: str,
    *,
    mode: SlipMode = SlipMode.NAMED,
    units: tuple[UnitCode, ...] = CODES,
    lost: int = 0,
    back: int = 2,
) -> list[tuple[int | None, int | None, int]]:
    """What is told of the recusals, the abstentions and the own ballots of each unit."""
    counts = unit_counts(session(mode), RULES, numbers(back), HandedSlips(units, lost), result)
    return [(count.recusals, count.abstained, count.own_ballots) for count in counts]


ONE_ABSTAINED = '{"result":[[2,0,0,0,0],[1,1,0,0,0]]}'


def test_every_slip_that_came_back_holds_one_recusal_of_its_own_unit() -> None:
    assert known(ONE_ABSTAINED) == [(1, 1, 1), (1, 0, 1)]
    both_of_the_first = known('{"result":[[2,0,0,0,0],[0,2,0,0,0]]}', units=(CODES[0],) * 2)
    assert both_of_the_first == [(2, 0, 2), (0, 0, 0)]


def test_nobody_knows_them_where_a_slip_is_missing_or_was_drawn() -> None:
    one_back = known('{"result":[[1,0,0,0,0],[0,1,0,0,0]]}', back=1)
    assert one_back == [(None, None, 0), (None, None, 0)]
    assert known(ONE_ABSTAINED, mode=SlipMode.DRAWN) == [(None, None, 1), (None, None, 1)]


def test_a_replaced_slip_or_a_tick_taken_back_prints_no_recusal_as_an_abstention() -> None:
    """The first unit's slip and its spare may both be in the box, or that of the unit that was unticked."""
    assert known(ONE_ABSTAINED, lost=1) == [(None, None, 1), (None, None, 1)]
    assert known(ONE_ABSTAINED, units=(*CODES, CODES[0])) == [(None, None, 1), (None, None, 0)]


def test_a_row_that_contradicts_the_roll_leaves_no_recusal_known() -> None:
    assert known('{"result":[[0,2,0,0,0],[2,0,0,0,0]]}') == [(None, None, 1), (None, None, 1)]


def test_a_result_is_read_in_the_order_of_the_units() -> None:
    result = '{"result":[[1,5,0,0,2],[0,0,3,4,1]]}'
    first, second = unit_counts(session(), RULES, numbers(2), HandedSlips((), 0), result)
    assert (first.unit, first.grades, first.blanks, first.own_ballots) == ("U01", (5, 0, 0, 2), 1, 0)
    assert (second.unit, second.grades, second.blanks, second.own_ballots) == ("U02", (0, 3, 4, 1), 0, 0)
