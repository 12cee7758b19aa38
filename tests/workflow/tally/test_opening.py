"""The tally on a real workspace: nobody alone, nothing twice, only what the close has fixed."""

import shutil
from pathlib import Path

import pytest

from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_facts
from gaoxin_vote.workflow.ceremony.share_file import ShareReason, TallyUse, read_share, use_share
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.results.assessing import inputs
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.tally.counting import CountReason, archive, count, session_tally
from gaoxin_vote.workflow.tally.opening import give_officer_key, give_share, tally_state
from gaoxin_vote.workflow.tally.sealed import SealedReason
from tests.contests import LEADERSHIP
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import PASSPHRASE, TRUSTEES, Office
from tests.workflow.tally.closing import closed, give_of


def test_officer_and_two_trustees_count_and_nobody_less(office: Office) -> None:
    workspace = office.workspace
    session_id = closed(office)
    with pytest.raises(Refused):
        give_officer_key(workspace, session_id, "not the passphrase")
    give_of(office, session_id, 0)
    give_of(office, session_id, 2)
    state = tally_state(workspace, session_id)
    assert (state.given, state.officer_given, state.ready) == (2, False, False)
    with pytest.raises(Refused) as error:
        count(workspace, session_id)
    assert error.value.reason is CountReason.NOT_READY
    give_of(office, session_id, 0)  # again, which changes nothing
    assert tally_state(workspace, session_id).given == 2
    assert give_officer_key(workspace, session_id, PASSPHRASE).ready
    first = count(workspace, session_id).counts[0]
    assert tally_state(workspace, session_id).session.stage is Stage.TALLIED
    # U01 recused itself (its mark was 优秀); the other four marked it 良好 良好 弃权 不合格.
    assert (first.grades, first.blanks, first.recusals, first.abstained) == ((0, 2, 0, 1), 2, 1, 1)
    report = verify_archive(archive(workspace, session_id))
    assert report.result is not None
    assert report.tally_fingerprint == state.tally_hash
    assert report.decrypted == (1, 2, 4)
    assert read_share(office.shares[0], CHEAP_COSTS.share).used[-1].tally_hash == state.tally_hash
    assert inputs(workspace, office.year).tallies == (session_tally(workspace, session_id),)
    void_session(workspace, session_id, "试投")
    assert inputs(workspace, office.year).tallies == ()


def test_a_share_file_refuses_a_second_tally_of_the_same_election(office: Office, tmp_path: Path) -> None:
    session_id = closed(office)
    share = tmp_path / "share.json"
    shutil.copy(office.shares[1], share)
    uuid = verify_archive(archive(office.workspace, session_id)).election.uuid
    facts = ceremony_facts(office.workspace, office.year)
    assert facts is not None
    use = TallyUse(uuid, "0" * 64)
    use_share(share, "trustee 1 secret", CHEAP_COSTS.share, ceremony=facts.ceremony_id, use=use)
    with pytest.raises(EvidenceBroken) as error:
        give_share(office.workspace, session_id, share, "trustee 1 secret")
    assert error.value.reason is ShareReason.OTHER_TALLY
    assert tally_state(office.workspace, session_id).given == 0
    void_session(office.workspace, session_id, "试投")


def test_the_workspace_refuses_a_tally_that_the_seal_did_not_fix(office: Office) -> None:
    session_id = closed(office)
    other = closed(office, LEADERSHIP)
    evidence = EvidenceStore(office.workspace)
    with pytest.raises(EvidenceBroken):
        evidence.fix_tally(session_id, "0" * 64)
    evidence.keep_archive(session_id, archive(office.workspace, other))
    with pytest.raises(EvidenceBroken) as error:
        give_officer_key(office.workspace, session_id, PASSPHRASE)
    assert error.value.reason is SealedReason.TALLY_CHANGED
    void_session(office.workspace, session_id, "试投")
    void_session(office.workspace, other, "试投")


def test_a_share_of_another_ceremony_is_refused(office: Office, tmp_path: Path) -> None:
    from gaoxin_vote.domain.scheme_file import shipped_scheme_text
    from gaoxin_vote.workflow.setup.years import add_year

    session_id = closed(office)
    other_year = add_year(office.workspace, shipped_scheme_text("2017").replace("year = 2017", "year = 2018"))
    ceremony = begin_ceremony(office.workspace, other_year, TRUSTEES, 2)
    ceremony.hand_over(0, "trustee 0 secret", tmp_path / "other.json")
    with pytest.raises(Refused) as error:
        give_share(office.workspace, session_id, tmp_path / "other.json", "trustee 0 secret")
    assert error.value.reason is ShareReason.OTHER_CEREMONY
    ceremony.abandon()
    assert not (tmp_path / "other.json").exists()
    assert ceremony_facts(office.workspace, other_year) is None
    void_session(office.workspace, session_id, "试投")


def test_no_key_is_given_while_the_numbers_do_not_agree(office: Office) -> None:
    workspace = office.workspace
    session_id = closed(office)
    roll = RollStore(workspace)
    for elector in ("U03", "U04", "U05"):  # the slip desk would refuse: the box is sealed
        roll.set_issued(session_id, elector, False)
        roll.set_attended(session_id, elector, False)
    assert tally_state(workspace, session_id).problems
    for give in (
        lambda: give_officer_key(workspace, session_id, PASSPHRASE),
        lambda: give_of(office, session_id, 0),
    ):
        with pytest.raises(Refused) as error:
            give()
        assert error.value.reason is SealedReason.NOT_RECONCILED and error.value.details
    assert EvidenceStore(workspace).decryptions(session_id) == ()
    void_session(workspace, session_id, "试投")
