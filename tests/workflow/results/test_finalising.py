"""When is a year frozen, and why not yet?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.adjustment import ClaimCategory
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.results import finalising
from gaoxin_vote.workflow.results.assessing import inputs, is_final
from gaoxin_vote.workflow.results.finalising import FinaliseReason, finalise
from gaoxin_vote.workflow.session.running import close_session, void_session
from gaoxin_vote.workflow.session.sealing import seal_session
from tests.contests import PEER
from tests.workflow.conftest import Office, refused


def test_a_decision_is_asked_for_first(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    with refused(workspace, FinaliseReason.NO_DECISION, "文号或会议纪要"):
        finalise(workspace, year, " \n")


def test_what_blocks_is_listed_and_nothing_is_frozen(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    with refused(workspace, FinaliseReason.BLOCKED, "项须先解决"):
        finalise(workspace, year, "会议纪要〔2018〕3号")
    assert not is_final(workspace, year)


def test_not_while_a_session_is_under_way(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    for code in live:
        office.vote(session_id, code)
    for stage, step in (("进行中", close_session), ("已结束", seal_session), ("已封箱", None)):
        with refused(workspace, FinaliseReason.SESSION_RUNNING, f"部门互评会议现为“{stage}”"):
            finalise(workspace, office.year, "会议纪要〔2018〕3号")
        if step is not None:
            step(workspace, session_id)
    void_session(workspace, session_id, "试")


def test_what_was_frozen_is_the_record_and_its_decision_is_noted(sample_year: SampleRun) -> None:
    workspace = sample_year.workspace
    assert is_final(workspace, 2017)
    assert json.loads(YearStore(workspace).record_json(2017)) == json.loads(
        json.dumps(sample_year.record.as_json())
    )
    (entry,) = [entry for entry in AuditLog(workspace).entries() if entry.act == Act.FINALISE.value]
    content = json.loads(entry.content)
    assert content["decision"] and content["grades"]["U01"] == "excellent"


@pytest.mark.parametrize(
    ("odd", "words"),
    [({"claim_id": "A\u200b1"}, "加减分申报：A\u200b1"), ({"level": "世界级"}, "“世界级”应为以下之一")],
)
def test_what_no_package_could_say_again_is_not_frozen(
    bare: tuple[Workspace, int, Path],
    sample_year: SampleRun,
    monkeypatch: pytest.MonkeyPatch,
    odd: dict[str, str],
    words: str,
) -> None:
    workspace, year, _ = bare
    given = inputs(sample_year.workspace, 2017)
    claim = replace(given.claims[0], category=ClaimCategory.HONOUR, approved=False, **odd)  # type: ignore[arg-type]
    given = replace(given, claims=(claim, *given.claims[1:]))
    monkeypatch.setattr(finalising, "inputs_of", lambda *_: given)
    monkeypatch.setattr(finalising, "assess", lambda _: sample_year.record)
    with refused(workspace, FinaliseReason.NOT_READ_BACK, words):
        finalise(workspace, year, "会议纪要〔2018〕3号")
