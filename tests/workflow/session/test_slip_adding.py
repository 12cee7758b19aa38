"""Do more slips come into an open session without touching those there, and only once they are out?"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from gaoxin_vote.belenios.credential import credential_order
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.documents.preview import text
from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.roll import ElectoralRoll
from gaoxin_vote.domain.session import SessionId, SessionReason, SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.workflow.record.sample import printed_codes
from gaoxin_vote.workflow.session import slip_adding
from gaoxin_vote.workflow.session.casting import admit
from gaoxin_vote.workflow.session.held import HeldSession, held_session
from gaoxin_vote.workflow.session.preparation import PreparationReason
from gaoxin_vote.workflow.session.running import close_session, resume_session, suspend_session, void_session
from gaoxin_vote.workflow.session.slip_adding import (
    AddedSlips,
    Addition,
    LateElector,
    SlipAddingReason,
    add_slips,
    draw_added_slips,
    free_places,
)
from gaoxin_vote.workflow.session.slip_code import SlipReason
from gaoxin_vote.workflow.session.slip_desk import issue_slip, replace_spoiled
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.tally.counting import archive
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office, refusal, refused
from tests.workflow.sealing import close_and_seal

REASON = "到会人数多于预计，总监票人同意"


@pytest.fixture
def peer(office: Office) -> Iterator[tuple[SessionId, tuple[str, ...], tuple[str, ...]]]:
    """部门互评 is open, named, everybody has a slip."""
    session_id, live, spares = office.open(PEER)
    yield session_id, live, spares
    if session_state(office.workspace, session_id).session.stage is not Stage.VOIDED:
        void_session(office.workspace, session_id, "试投")


@pytest.fixture
def leadership(office: Office) -> Iterator[tuple[SessionId, tuple[str, ...]]]:
    """领导评议 is open."""
    session_id, live, _ = office.open(LEADERSHIP)
    yield session_id, live
    void_session(office.workspace, session_id, "试投")


def _without_last(office: Office, session_id: SessionId) -> None:
    """The last delegate was not on the roll when the session was prepared."""
    roll = RollStore(office.workspace)
    roll.put(session_id, ElectoralRoll(roll.roll(session_id).electors[:-1]))


def test_nothing_counts_before_the_slips_are_out(
    office: Office, peer: tuple[SessionId, tuple[str, ...], tuple[str, ...]]
) -> None:
    workspace, (session_id, _, _) = office.workspace, peer
    _without_last(office, session_id)
    before, log = session_state(workspace, session_id), AuditLog(workspace).head()
    late = (LateElector(" 王五 ", UnitCode("U05")),)
    added = draw_added_slips(workspace, session_id, Addition(2, late, f" {REASON} "))
    assert (session_state(workspace, session_id), AuditLog(workspace).head()) == (before, log)
    codes = printed_codes(added.pdf)
    assert len(codes) == 3
    with pytest.raises(Refused) as error:
        admit(workspace, session_id, codes[0])
    assert refusal(error) is SlipReason.UNKNOWN
    state = add_slips(workspace, added)
    assert (state.held.added, state.held.spares) == (3, before.held.spares + 2)
    assert (state.roll.should_attend, state.unused) == (5, before.unused + 3)
    newcomer = state.roll.electors[-1]
    assert (newcomer.label, newcomer.unit, newcomer.came) == ("华兴街道", "U05", "王五")
    assert not newcomer.issued and not newcomer.attended
    entry = AuditLog(workspace).entries()[-1]
    told = json.loads(entry.content)
    assert (entry.act, entry.time) == ("session.add_slips", "")
    assert (told["slips"], told["spares"], told["electors"]) == (1, 2, ["华兴街道"])
    assert told["reason"] == REASON
    # The same again, as when they are printed and saved, changes nothing.
    head = AuditLog(workspace).head()
    assert add_slips(workspace, added) == state and AuditLog(workspace).head() == head


def test_added_slips_are_like_the_first_ones(
    office: Office, peer: tuple[SessionId, tuple[str, ...], tuple[str, ...]]
) -> None:
    """A named slip recuses its unit, a spare is dead until it is given out; the paper has only the new."""
    workspace, (session_id, live, spares) = office.workspace, peer
    _without_last(office, session_id)
    late = (LateElector("", UnitCode("U05")),)
    added = draw_added_slips(workspace, session_id, Addition(1, late, REASON))
    add_slips(workspace, added)
    new, spare = printed_codes(added.pdf)
    assert "华兴街道" in text(added.pdf) and "备用" in text(added.pdf)
    assert not {new, spare} & {*live, *spares}
    assert "部门互评" in text(added.pdf)
    assert admit(workspace, session_id, new).own_unit == "U05"
    with pytest.raises(Refused) as error:
        admit(workspace, session_id, spare)
    assert refusal(error) is SlipReason.SPARE_NOT_ISSUED
    replace_spoiled(workspace, session_id, live[0], spare)
    assert admit(workspace, session_id, spare).own_unit == "U01"
    assert admit(workspace, session_id, live[1]).own_unit == "U02"  # the first ones are what they were


def test_no_ballot_tells_that_its_slip_was_added(
    office: Office, peer: tuple[SessionId, tuple[str, ...], tuple[str, ...]]
) -> None:
    """Credentials and ballots of the archive stand in the order of the election's list, as by lot."""
    workspace, (session_id, live, _) = office.workspace, peer
    _without_last(office, session_id)
    for code in live[:2]:
        office.vote(session_id, code)
    suspend_session(workspace, session_id)
    late = (LateElector("", UnitCode("U05")),)
    added = draw_added_slips(workspace, session_id, Addition(2, late, REASON))
    add_slips(workspace, added)
    box = BallotBox(workspace, session_id)
    new = [credential for credential, _ in added.slots]
    assert list(box.credentials()[-3:]) == new == sorted(new, key=credential_order)
    resume_session(workspace, session_id)
    for code in (*live[2:4], printed_codes(added.pdf)[0]):
        office.vote(session_id, code)
    issue_slip(workspace, session_id, "+5", True)
    close_and_seal(workspace, session_id)
    report = verify_archive(archive(workspace, session_id))
    listed = sorted(report.credentials, key=credential_order)
    assert list(report.credentials) == listed == list(box.credentials())
    assert set(new) < set(listed) and len(listed) == 8 + 3
    signed = [json.loads(ballot)["credential"] for ballot in box.ballots()]
    assert signed == [credential for credential in listed if credential in signed] and len(signed) == 5
    assert report.ballots == report.counted == 5
    sealed = json.loads(AuditLog(workspace).entries()[-1].content)
    assert (sealed["added"], sealed["issued"], sealed["returned"]) == (3, 5, 5)


def test_slips_added_after_the_close_are_worthless(
    office: Office, peer: tuple[SessionId, tuple[str, ...], tuple[str, ...]]
) -> None:
    workspace, (session_id, live, _) = office.workspace, peer
    added = draw_added_slips(workspace, session_id, Addition(1, (), REASON))
    for code in live:
        office.vote(session_id, code, Mark.GOOD)
    close_session(workspace, session_id)
    with refused(workspace, SessionReason.WRONG_STAGE, "现为“已结束”.*追加票码条因此无效，请收回销毁"):
        add_slips(workspace, added)


def test_of_two_drawings_that_lie_side_by_side_one_counts(
    office: Office, peer: tuple[SessionId, tuple[str, ...], tuple[str, ...]]
) -> None:
    """The second was held against a roll that is not so any more; spares change no roll."""
    workspace, (session_id, _, _) = office.workspace, peer
    _without_last(office, session_id)
    late = (LateElector("", UnitCode("U05")),)
    one, two = (draw_added_slips(workspace, session_id, Addition(0, late, REASON)) for _ in range(2))
    spare = draw_added_slips(workspace, session_id, Addition(1, (), REASON))
    add_slips(workspace, one)
    with refused(workspace, SlipAddingReason.ROLL_CHANGED, "重新追加"):
        add_slips(workspace, two)
    assert add_slips(workspace, spare).held.added == 2


@pytest.mark.parametrize(
    ("addition", "reason"),
    [
        (Addition(0, (), REASON), SlipAddingReason.NOTHING),
        (Addition(1, (), " "), SlipAddingReason.REASON_MISSING),
        (Addition(-1, (LateElector("甲"),), REASON), PreparationReason.BAD_SPARES),
        (Addition(501, (), REASON), PreparationReason.BAD_SPARES),
        (Addition(0, (LateElector("甲"),) * 101, REASON), SlipAddingReason.TOO_MANY),
        (Addition(0, (LateElector(" "),), REASON), SlipAddingReason.NAME_MISSING),
        (Addition(0, (LateElector("党工委 书记"),), REASON), SlipAddingReason.ON_THE_ROLL),
        (Addition(0, (LateElector("甲"), LateElector("甲")), REASON), SlipAddingReason.ON_THE_ROLL),
        (Addition(0, (LateElector("甲", UnitCode("U01")),), REASON), SlipAddingReason.NO_UNITS),
    ],
)
def test_what_cannot_be_added_to_leaders_is_told(
    office: Office,
    leadership: tuple[SessionId, tuple[str, ...]],
    addition: Addition,
    reason: SlipAddingReason,
) -> None:
    with refused(office.workspace, reason):
        draw_added_slips(office.workspace, leadership[0], addition)


def test_a_name_that_cannot_be_printed_is_told(
    office: Office, leadership: tuple[SessionId, tuple[str, ...]]
) -> None:
    with pytest.raises(Refused, match="字"):
        late = (LateElector("\U0001f600"),)
        draw_added_slips(office.workspace, leadership[0], Addition(0, late, REASON))


def test_a_unit_has_no_more_votes_than_the_scheme_gives_it(
    office: Office, peer: tuple[SessionId, tuple[str, ...], tuple[str, ...]]
) -> None:
    workspace, (session_id, _, _) = office.workspace, peer
    for late, reason in (
        ((LateElector("王五", UnitCode("U05")),), SlipAddingReason.UNIT_FULL),
        ((LateElector("王五", UnitCode("U99")),), SlipAddingReason.NO_UNITS),
        ((LateElector("王五"),), SlipAddingReason.NO_UNITS),
    ):
        with refused(workspace, reason):
            draw_added_slips(workspace, session_id, Addition(0, late, REASON))
    _without_last(office, session_id)
    twice = (LateElector("王五", UnitCode("U05")), LateElector("赵六", UnitCode("U05")))
    with refused(workspace, SlipAddingReason.UNIT_FULL):
        draw_added_slips(workspace, session_id, Addition(0, twice, REASON))


def test_which_units_have_a_place_left(
    office: Office, peer: tuple[SessionId, tuple[str, ...], tuple[str, ...]]
) -> None:
    workspace, (session_id, _, _) = office.workspace, peer
    everybody = units(workspace, office.year)

    def free() -> list[str]:
        state = session_state(workspace, session_id)
        return [unit.code for unit in free_places(state.held, state.roll, everybody)]

    assert free() == []
    _without_last(office, session_id)
    assert free() == ["U05"]


def _ruled(**changes: object) -> Callable[[HeldSession], HeldSession]:
    """The same session under other rules of its contest."""

    def change(held: HeldSession) -> HeldSession:
        other = replace(held.rules, **changes)  # type: ignore[arg-type]
        contests = tuple(other if rules == held.rules else rules for rules in held.scheme.contests)
        return replace(held, scheme=replace(held.scheme, contests=contests))

    return change


@pytest.mark.parametrize(
    ("rules", "contest", "late", "labels"),
    [
        (
            {"ballots_per_unit": 3},
            PEER,
            (LateElector("", UnitCode("U05")),) * 2,
            ["华兴街道（第2票）", "华兴街道（第3票）"],
        ),
        ({"raters": Raters.PERSONS}, LEADERSHIP, (LateElector("李代表"),), ["李代表"]),
    ],
)
def test_further_bodies_of_raters(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    rules: dict[str, object],
    contest: object,
    late: tuple[LateElector, ...],
    labels: list[str],
) -> None:
    workspace = office.workspace
    session_id, _, _ = office.open(contest)  # type: ignore[arg-type]
    changed = _ruled(**rules)(held_session(workspace, session_id))
    monkeypatch.setattr(slip_adding, "held_session", lambda *_: changed)
    added = draw_added_slips(workspace, session_id, Addition(0, late, REASON))
    assert [elector.label for elector in added.electors] == labels
    assert len({elector.code for elector in added.electors}) == len(labels)
    void_session(workspace, session_id, "试投")


def test_a_mere_number_of_slips_is_the_schemes(
    office: Office, leadership: tuple[SessionId, tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, (session_id, _) = office.workspace, leadership
    changed = _ruled(raters=Raters.ANONYMOUS, ballots=3)(held_session(workspace, session_id))
    monkeypatch.setattr(slip_adding, "held_session", lambda *_: changed)
    with refused(workspace, SlipAddingReason.FIXED_NUMBER):
        draw_added_slips(workspace, session_id, Addition(0, (LateElector("甲"),), REASON))
    added = draw_added_slips(workspace, session_id, Addition(2, (), REASON))
    assert isinstance(added, AddedSlips) and len(printed_codes(added.pdf)) == 2
    assert held_session(workspace, session_id).session.slip_mode is SlipMode.DRAWN
    # What must not be kept nor shown anywhere is not in its words either.
    assert printed_codes(added.pdf)[0] not in repr(added) and added.slots[0][0] not in repr(added)
