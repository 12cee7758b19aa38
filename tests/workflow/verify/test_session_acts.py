"""Does the log tell of a session's preparation, seal, opening and end what the package says of it?"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import AUDIT, PackagedSession, json_of
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.verify.session_acts import Told, check_session_acts
from tests.contests import PEER
from tests.workflow.packages import Files, packaged

ADDED = {"slips": 1, "spares": 2, "electors": ["甲"], "reason": "刚到"}


@pytest.fixture(scope="module")
def session(package: Files) -> PackagedSession:
    return packaged(package, PEER)


@pytest.fixture(scope="module")
def report(
    package: Files, session: PackagedSession, verify_once: Callable[..., ArchiveReport]
) -> ArchiveReport:
    proofs = json_of(package, session.bindings)
    bindings = {int(owner): json.dumps(proof, separators=(",", ":")) for owner, proof in proofs.items()}
    return verify_once(package[session.archive], bindings=bindings)


@pytest.fixture
def told(package: Files, session: PackagedSession) -> Told:
    acts = [(entry["act"], json.loads(entry["content"])) for entry in json.loads(package[AUDIT])]
    return [(act, content) for act, content in acts if content.get("session") == session.uuid]


def _flaw(told: Told, session: PackagedSession, report: ArchiveReport | None) -> str:
    with pytest.raises(EvidenceBroken) as error:
        check_session_acts(told, session, report)
    assert error.value.reason is PackageFlaw.AUDIT
    return error.value.message


def _first(told: Told, act: Act) -> dict[str, Any]:
    content: dict[str, Any] = next(content for name, content in told if name == act.value)
    return content


def _without(told: Told, act: Act) -> Told:
    return [(name, content) for name, content in told if name != act.value]


def test_what_was_done_is_what_the_log_tells(
    told: Told, session: PackagedSession, report: ArchiveReport
) -> None:
    check_session_acts(told, session, report)


def test_the_units_are_those_of_the_preparation(
    told: Told, session: PackagedSession, report: ArchiveReport
) -> None:
    assert "筹备" in _flaw(told, replace(session, units=session.units[:-1]), report)
    assert "筹备" in _flaw(_without(told, Act.PREPARE_SESSION), session, report)


def test_a_voided_session_was_voided_for_its_reason(told: Told, session: PackagedSession) -> None:
    voided = replace(session, stage=Stage.VOIDED, void_reason="断电")
    told = [*told, (Act.VOID_SESSION.value, {"reason": "断电"})]
    check_session_acts(told, voided, None)
    assert "作废的原因" in _flaw(told, replace(voided, void_reason="人数不足"), None)


def test_what_was_added_to_a_voided_session_stands_in_the_log(told: Told, session: PackagedSession) -> None:
    voided = replace(session, stage=Stage.VOIDED, void_reason="断电", added=3)
    told = [*told, (Act.ADD_SLIPS.value, ADDED), (Act.VOID_SESSION.value, {"reason": "断电"})]
    check_session_acts(told, voided, None)
    assert "追加" in _flaw(told, replace(voided, added=0), None)


@pytest.mark.parametrize("counted", [True, False], ids=["counted", "voided"])
def test_nobody_opened_another_sum(
    told: Told, session: PackagedSession, report: ArchiveReport, counted: bool
) -> None:
    """Two sums of one box that differ by a ballot tell that ballot, though only one of them was counted."""
    share = _first(told, Act.GIVE_SHARE)
    told = [*told, (Act.GIVE_SHARE.value, share | {"encrypted_tally": "0" * 64})]
    if not counted:
        told = [*told, (Act.VOID_SESSION.value, {"reason": "断电"})]
        session = replace(session, stage=Stage.VOIDED, void_reason="断电")
    assert "汇总密文" in _flaw(told, session, report if counted else None)


def test_nobody_opened_what_was_not_sealed(
    told: Told, session: PackagedSession, report: ArchiveReport
) -> None:
    share = (Act.GIVE_SHARE.value, _first(told, Act.GIVE_SHARE))
    assert "汇总密文" in _flaw([share, *told], session, report)


def test_who_opened_the_box_is_who_the_archive_names(
    told: Told, session: PackagedSession, report: ArchiveReport
) -> None:
    assert "到场的密钥保管人" in _flaw(_without(told, Act.GIVE_SHARE), session, report)
    late = [*told, (Act.GIVE_SHARE.value, _first(told, Act.GIVE_SHARE))]
    assert "到场的密钥保管人" in _flaw(late, session, report)
    _first(told, Act.COUNT)["trustees"] = ["别的人"]
    assert "到场的密钥保管人" in _flaw(told, session, report)


def test_the_slips_were_handed_out_as_the_package_says(
    told: Told, session: PackagedSession, report: ArchiveReport
) -> None:
    _first(told, Act.PRINT_SLIPS)["mode"] = "drawn"
    assert "发放方式" in _flaw(told, session, report)


def test_what_did_not_come_back_and_what_was_lost_is_explained(
    told: Told, session: PackagedSession, report: ArchiveReport
) -> None:
    sealed, numbers = _first(told, Act.SEAL_SESSION), session.reconciliation
    fewer: Reconciliation = replace(numbers, issued=numbers.issued + 1)
    assert "原因" in _flaw(told, replace(session, reconciliation=fewer), report)
    sealed["reason"] = "一名代表中途离场"
    check_session_acts(told, replace(session, reconciliation=fewer), report)
    assert "补发的决定" in _flaw(told, replace(session, lost=1), report)
    sealed["decisions"] = [""]
    assert "补发的决定" in _flaw(told, replace(session, lost=1), report)
    sealed["decisions"] = ["同意补发"]
    check_session_acts(told, replace(session, lost=1), report)
