"""Do the shares become counts that the archive proves, once, and nothing else?"""

from dataclasses import replace
from typing import Any

import pytest

from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.documents.forms.count_table import MARK
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.own_ballots import contradicted_rows
from gaoxin_vote.domain.record import BlockerKind
from gaoxin_vote.domain.session import SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.progress import Cancelled
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.workflow.reports.sheets import counts_on_screen
from gaoxin_vote.workflow.results.assessing import inputs
from gaoxin_vote.workflow.session.casting import admit, cast
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.tally import counting
from gaoxin_vote.workflow.tally.counting import CountReason, archive, count
from gaoxin_vote.workflow.tally.opening import give_officer_key, tally_state
from tests.contests import PEER
from tests.workflow.conftest import PASSPHRASE, Office
from tests.workflow.sealing import close_and_seal
from tests.workflow.tally.closing import closed, give_of


def test_a_cancelled_count_leaves_nothing_behind(office: Office) -> None:
    session_id = closed(office)
    give_officer_key(office.workspace, session_id, PASSPHRASE)
    give_of(office, session_id, 0)
    give_of(office, session_id, 1)
    before = archive(office.workspace, session_id)

    def cancel(done: int, total: int, words: str) -> None:
        if words.startswith("核验"):
            raise Cancelled

    with pytest.raises(Cancelled):
        count(office.workspace, session_id, cancel)
    assert archive(office.workspace, session_id) == before
    assert tally_state(office.workspace, session_id).session.stage is Stage.SEALED
    assert len(count(office.workspace, session_id).counts) == 5
    void_session(office.workspace, session_id, "试投")


def test_drawn_peer_slips_leave_abstention_and_recusal_together(office: Office) -> None:
    session_id, live, _ = office.open(PEER, slip_mode=SlipMode.DRAWN)
    for code, own in zip(live, ("U01", "U02", "U03", "U04", "U05"), strict=True):
        admission = admit(office.workspace, session_id, code)
        marks = ((u.code, Mark.RECUSE if u.code == own else Mark.GOOD) for u in admission.units)
        cast(office.workspace, admission, MarkedBallot(PEER, tuple(marks)))
    close_and_seal(office.workspace, session_id)
    give_officer_key(office.workspace, session_id, PASSPHRASE)
    give_of(office, session_id, 0)
    give_of(office, session_id, 1)
    tally = count(office.workspace, session_id)
    assert {(one.blanks, one.recusals, one.abstained) for one in tally.counts} == {(1, None, None)}
    void_session(office.workspace, session_id, "试投")


def test_a_unit_that_rates_itself_with_a_drawn_slip_is_told_and_blocks(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER, slip_mode=SlipMode.DRAWN)
    for code, own in zip(live, ("U02", "U02", "U03", "U04", "U05"), strict=True):  # the first is of U01
        admission = admit(workspace, session_id, code)
        marks = ((u.code, Mark.RECUSE if u.code == own else Mark.GOOD) for u in admission.units)
        cast(workspace, admission, MarkedBallot(PEER, tuple(marks)))
    close_and_seal(workspace, session_id)
    give_officer_key(workspace, session_id, PASSPHRASE)
    give_of(office, session_id, 0)
    give_of(office, session_id, 1)
    tally = count(workspace, session_id)
    assert [(one.unit, one.valid) for one in contradicted_rows(tally)] == [("U01", 5)]
    blockers = assess(inputs(workspace, office.year)).blockers
    assert [each.unit for each in blockers if each.kind is BlockerKind.SELF_RATED] == ["U01"]
    table = counts_on_screen(workspace, session_id)
    assert [MARK in "".join(row) for row in table.rows] == [True, False, False, False, False]
    assert "有效5张，而收回的5张中至少有1张" in table.remarks[0]
    void_session(workspace, session_id, "试投")


def test_a_unit_is_rated_again_and_its_last_count_holds(office: Office) -> None:
    workspace = office.workspace
    first = closed(office)
    give_officer_key(workspace, first, PASSPHRASE)
    give_of(office, first, 0)
    give_of(office, first, 1)
    count(workspace, first)
    again, live, _ = office.open(PEER, units=(UnitCode("U02"), UnitCode("U05")))
    for code in live:
        office.vote(again, code, Mark.EXCELLENT)
    close_and_seal(workspace, again)
    give_officer_key(workspace, again, PASSPHRASE)
    give_of(office, again, 1)
    give_of(office, again, 2)
    count(workspace, again)
    tallies = inputs(workspace, office.year).tallies
    assert [(tally.number, len(tally.counts)) for tally in tallies] == [
        (tallies[0].number, 5),
        (tallies[0].number + 1, 2),
    ]
    assert [one.grades[0] for one in tallies[1].counts] == [4, 4]
    void_session(workspace, again, "试投")
    void_session(workspace, first, "试投")


def test_a_result_that_the_archive_does_not_prove_is_not_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = office.workspace
    session_id = closed(office)
    give_officer_key(workspace, session_id, PASSPHRASE)
    give_of(office, session_id, 0)
    give_of(office, session_id, 1)
    before = archive(workspace, session_id)

    def otherwise(*args: Any, **options: Any) -> ArchiveReport:
        report = verify_archive(*args, **options)
        assert report.result is not None
        return replace(report, result=report.result[::-1])

    monkeypatch.setattr(counting, "verify_archive", otherwise)
    with pytest.raises(EvidenceBroken) as error:
        count(workspace, session_id)
    assert error.value.reason is CountReason.RESULT_DIFFERS
    assert archive(workspace, session_id) == before
    assert tally_state(workspace, session_id).session.stage is Stage.SEALED
    void_session(workspace, session_id, "试投")


def test_only_shares_whose_proofs_hold_are_used_and_only_they_are_kept(office: Office) -> None:
    """Three came where two are needed: a bad one among them is no obstacle, and no part of the evidence."""
    workspace = office.workspace
    for spoiled, used in ((4, {1, 2, 3}), (2, {1, 3, 4})):
        session_id = closed(office)
        give_officer_key(workspace, session_id, PASSPHRASE)
        for index in range(3):
            give_of(office, session_id, index)
        evidence = EvidenceStore(workspace)
        text, _ = evidence.shares(session_id)[spoiled]
        evidence.keep_decryption(session_id, spoiled, text, "")  # without its second proof
        evidence.keep_decryption(session_id, 99, text, "")  # of nobody
        assert len(count(workspace, session_id).counts) == 5
        assert evidence.shares(session_id).keys() == used
        report = verify_archive(archive(workspace, session_id), bindings=evidence.bindings(session_id))
        assert set(report.decrypted) == used
        void_session(workspace, session_id, "试投")


@pytest.mark.parametrize("spoiled", [1, 2])
def test_a_share_that_does_not_hold_is_given_again(office: Office, spoiled: int) -> None:
    workspace = office.workspace
    session_id = closed(office)
    give_officer_key(workspace, session_id, PASSPHRASE)
    give_of(office, session_id, 0)
    give_of(office, session_id, 1)
    evidence = EvidenceStore(workspace)
    text, binding = evidence.shares(session_id)[spoiled]
    evidence.keep_decryption(session_id, spoiled, text.replace("1", "2"), binding)
    with pytest.raises(Refused, match="的部分解密无效") as error:
        count(workspace, session_id)
    assert error.value.reason is CountReason.SHARE_BROKEN
    state = tally_state(workspace, session_id)
    assert (state.officer_given, state.given) == ((False, 2) if spoiled == 1 else (True, 1))
    if spoiled == 1:
        give_officer_key(workspace, session_id, PASSPHRASE)
    else:
        give_of(office, session_id, 0)
    assert len(count(workspace, session_id).counts) == 5
    void_session(workspace, session_id, "试投")
