"""Does each thing that blocks lead to where it is settled?"""

import dataclasses
import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.blockers import blockers
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import Blocker, BlockerKind
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.kind_list import ENTERED
from gaoxin_vote.stages import Destination, DestinationAct, YearStage
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.assessing import assessment
from gaoxin_vote.workflow.results.settling import WayOut, open_matters, ways_out
from tests.contests import LEADERSHIP, PEER
from tests.domain.factory import small_year

POLL = LEADERSHIP.code, ""


def held(stage: Stage, number: int = 1, units: tuple[str, ...] = ("A01", "A02")) -> VotingSession:
    codes = tuple(map(UnitCode, units))
    return VotingSession(
        SessionId(number), f"uuid{number}", LEADERSHIP, "", number, codes, SlipMode.DRAWN, stage
    )


def nobody(unit: str = "A01") -> Blocker:
    return Blocker(BlockerKind.NO_VALID_MARK, "没有有效票。", UnitCode(unit), LEADERSHIP.code, poll=POLL)


@pytest.mark.parametrize(
    ("sessions", "words", "destination"),
    [
        ((), "去筹备会议", Destination(YearStage.SESSION)),
        ((held(Stage.VOIDED),), "去筹备会议", Destination(YearStage.SESSION)),
        ((held(Stage.OPEN),), "去测评会议", Destination(YearStage.SESSION, session=1)),
        ((held(Stage.SETUP),), "去测评会议", Destination(YearStage.SESSION, session=1)),
        ((held(Stage.SEALED),), "去开箱", Destination(YearStage.TALLY, session=1)),
        (
            (held(Stage.TALLIED),),
            "重新测评…",
            Destination(YearStage.SESSION, session=1, act=DestinationAct.REHOLD),
        ),
        (
            (held(Stage.TALLIED), held(Stage.TALLIED, 2)),
            "重新测评…",
            Destination(YearStage.SESSION, session=2, act=DestinationAct.REHOLD),
        ),
        (
            (held(Stage.TALLIED), held(Stage.TALLIED, 2, ("A02",))),
            "重新测评…",
            Destination(YearStage.SESSION, session=1, act=DestinationAct.REHOLD),
        ),
        ((held(Stage.TALLIED), held(Stage.SEALED, 2)), "去开箱", Destination(YearStage.TALLY, session=2)),
        (
            (held(Stage.TALLIED), held(Stage.SEALED, 2, ("A02",))),
            "重新测评…",
            Destination(YearStage.SESSION, session=1, act=DestinationAct.REHOLD),
        ),
        ((replace(held(Stage.TALLIED), contest=PEER),), "去筹备会议", Destination(YearStage.SESSION)),
        ((replace(held(Stage.TALLIED), group="主要领导"),), "去筹备会议", Destination(YearStage.SESSION)),
    ],
)
def test_a_unit_without_a_valid_mark_is_rated_again(
    sessions: tuple[VotingSession, ...], words: str, destination: Destination
) -> None:
    assert ways_out(nobody(), sessions) == (WayOut(words, destination),)


def test_a_session_that_does_not_reconcile_is_shown() -> None:
    blocker = Blocker(BlockerKind.NOT_RECONCILED, "票数不符。", poll=POLL)
    (way,) = ways_out(blocker, (held(Stage.TALLIED),))
    assert way == WayOut("去看会议", Destination(YearStage.SESSION, session=1))


def test_a_unit_that_rated_itself_has_two_ways() -> None:
    blocker = Blocker(BlockerKind.SELF_RATED, "……", UnitCode("A01"), LEADERSHIP.code, "count_decisions", POLL)
    decide, again = ways_out(blocker, (held(Stage.TALLIED),))
    assert decide == WayOut(
        "去决定…", Destination(YearStage.ENTRIES, "count_decisions", act=DestinationAct.IMPORT)
    )
    assert again.destination.act is DestinationAct.REHOLD


@pytest.mark.parametrize(
    ("kind", "entries", "words", "code", "act"),
    [
        (BlockerKind.INDICATORS, "scores", "去补录", "indicators", DestinationAct.LOOK),
        (BlockerKind.CLAIM_UNSETTLED, "claims", "去审核", "claims", DestinationAct.LOOK),
        (BlockerKind.EVENT_UNSETTLED, "events", "去认定", "events", DestinationAct.LOOK),
        (BlockerKind.TIE_UNDECIDED, "tie_decisions", "去决定…", "tie_decisions", DestinationAct.IMPORT),
        (BlockerKind.TIE_HALF_DECIDED, "tie_decisions", "去决定…", "tie_decisions", DestinationAct.IMPORT),
        (
            BlockerKind.PLACES_UNDECIDED,
            "place_decisions",
            "去决定…",
            "place_decisions",
            DestinationAct.IMPORT,
        ),
        (BlockerKind.REASON_MISSING, "overrides", "去填写", "overrides", DestinationAct.LOOK),
        (BlockerKind.HISTORY_NOT_EARLIER, "history", "去更正", "history", DestinationAct.LOOK),
        (BlockerKind.REPEATED, "staff_adjustments", "去更正", "staff_adjustments", DestinationAct.LOOK),
    ],
)
def test_what_was_entered_is_mended_at_its_kind(
    kind: BlockerKind, entries: str, words: str, code: str, act: DestinationAct
) -> None:
    blocker = Blocker(kind, "……", entries=entries)
    assert ways_out(blocker, ()) == (WayOut(words, Destination(YearStage.ENTRIES, code, act=act)),)
    assert code in {kind.code for kind in ENTERED}


def test_what_the_scheme_or_a_count_says_is_looked_at_there() -> None:
    assert ways_out(Blocker(BlockerKind.PLACES_MISSING, "……"), ())[0].destination == Destination(
        YearStage.SETUP
    )
    repeated = Blocker(BlockerKind.REPEATED, "……", entries="tallies")
    assert ways_out(repeated, ())[0].destination == Destination(YearStage.TALLY)


def test_every_kind_of_blocker_has_a_heading_and_a_way(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    every = tuple(Blocker(kind, kind.value) for kind in BlockerKind)
    matters = open_matters(workspace, year, replace(assess(small_year(["70"])), blockers=every))
    assert {message for matter in matters for message in matter.messages} == {k.value for k in BlockerKind}
    assert all(matter.heading and matter.ways for matter in matters)


def test_what_is_settled_at_one_place_stands_together(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    record = assessment(workspace, year)
    matters = open_matters(workspace, year, record)
    assert [(matter.heading, len(matter.messages)) for matter in matters] == [
        ("计票结果", 2),
        ("指标得分", 5),
    ]
    assert sum(len(matter.messages) for matter in matters) == len(record.blockers)
    assert matters[1].ways[0].words == "去补录"
    assert open_matters(workspace, year, replace(record, blockers=())) == ()


def test_what_the_domain_calls_entries_is_a_kind_or_a_tally() -> None:
    known = {kind.inputs for kind in ENTERED} | {"tallies"}
    fields = {field.name for field in dataclasses.fields(AssessmentInputs)}
    assert known <= fields
    text = Path(inspect.getsourcefile(blockers) or "").read_text("utf-8")
    named = set(re.findall(r'entries="(\w+)"', text)) | set(
        re.findall(r'\(?"[^"]*[^\x00-\x7f]", "(\w+)", ', text)
    )
    assert len(named) > 8
    assert named <= known
