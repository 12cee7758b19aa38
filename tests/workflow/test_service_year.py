"""A year with a third body of raters: 指标70 + 领导评议10 + 部门互评10 + 服务对象评议10, without names.

The counts lie in `tests/data/worked/service`, as tables. What follows from them is computed here by hand
(满意 100, 较满意 80, 一般 60, 不满意 40; each part rounded half up, then summed):

S1  indicators 66.50
    leader   3×100            ÷ 3  = 100      → 10.00
    peer     2×100+1×80       ÷ 3  = 93.333…  →  9.33
    service  20×100+5×80+1×60 ÷ 26 = 94.615…  →  9.46    66.50+10.00+9.33+9.46 = 95.29
S2  indicators 63.00
    leader   1×100+2×80       ÷ 3  = 86.666…  →  8.67
    peer     100+80+60        ÷ 3  = 80       →  8.00
    service  13×100+13×80     ÷ 26 = 90       →  9.00    63.00+8.67+8.00+9.00 = 88.67
S3  indicators 60.25
    leader   2×80+1×60        ÷ 3  = 73.333…  →  7.33
    peer     100+80           ÷ 2  = 90       →  9.00    (one abstention leaves the denominator)
    service  10×100+10×80+4×60+1×40 ÷ 25 = 83.2 → 8.32   60.25+7.33+9.00+8.32 = 84.90
S4  indicators 40.00
    leader   1×60+2×40        ÷ 3  = 46.666…  →  4.67
    peer     80+60+40         ÷ 3  = 60       →  6.00
    service  6×80+10×60+10×40 ÷ 26 = 56.923…  →  5.69    40.00+4.67+6.00+5.69 = 56.36, below 60

Places: 30% of 4 units is 1.2, so 1 优秀; 40% is 1.6, so 1 良好. S1 优秀, S2 良好, S3 合格, S4 不合格.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote import cli
from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.contest import Contest, ContestCode
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.session import SessionId, SlipMode
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.resources import resource
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.units import LEADERS
from gaoxin_vote.spreadsheets.kinds.units import UNITS as UNIT_LIST
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.record.sample import printed_codes
from gaoxin_vote.workflow.reports.sheets import issue_sheet, tally_report_name
from gaoxin_vote.workflow.results.assessing import inputs
from gaoxin_vote.workflow.results.finalising import finalise
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.casting import admit, cast
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import open_session
from gaoxin_vote.workflow.session.slip_adding import Addition, LateElector, add_slips, draw_added_slips
from gaoxin_vote.workflow.session.slip_desk import SlipDeskReason, check_in, issue_slip, note_who_came
from gaoxin_vote.workflow.session.slip_making import make_slips
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.workspaces import create_workspace
from gaoxin_vote.workflow.setup.years import add_year
from gaoxin_vote.workflow.tally.counting import count
from gaoxin_vote.workflow.tally.opening import give_officer_key, give_share
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.recompute import recompute
from tests.contests import LEADERSHIP, PEER
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import PASSPHRASE, TRUSTEES, Clock
from tests.workflow.sealing import close_and_seal

FOLDER = Path(__file__).parent.parent / "data" / "worked" / "service"
SCHEME = resource("schemes") / "service.toml"
SERVICE = Contest(ContestCode("service"), "服务对象评议")
UNITS = tuple(UnitCode(code) for code in ("S1", "S2", "S3", "S4"))
E, G, P, F, A = Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.FAIL, Mark.ABSTAIN

MEETING = SessionMinutes(
    LEADERSHIP,
    held_on=date(2019, 1, 15),
    place="会议室",
    chair="主任",
    chief_scrutineer="甲",
    scrutineers=("乙", "丙"),
    tellers=("丁", "戊"),
)

RESULT = {
    "S1": ("66.50", "10.00", "9.33", "9.46", "28.79", "95.29", 1, "优秀"),
    "S2": ("63.00", "8.67", "8.00", "9.00", "25.67", "88.67", 2, "良好"),
    "S3": ("60.25", "7.33", "9.00", "8.32", "24.65", "84.90", 3, "合格"),
    "S4": ("40.00", "4.67", "6.00", "5.69", "16.36", "56.36", 4, "不合格"),
}
"""指标, 领导评议, 部门互评, 服务对象评议, 内部评估, 综合得分, 名次, 等次: as computed above."""

MARKS: dict[Contest, dict[UnitCode, list[Mark]]] = {
    LEADERSHIP: dict(zip(UNITS, ([E, E, E], [E, G, G], [G, G, P], [P, F, F]), strict=True)),
    PEER: dict(zip(UNITS, ([E, E, G], [E, G, P], [E, G, A], [G, P, F]), strict=True)),
    SERVICE: dict(
        zip(
            UNITS,
            (
                [E] * 20 + [G] * 5 + [P],
                [E] * 13 + [G] * 13,
                [E] * 10 + [G] * 10 + [P] * 4 + [F, A],
                [G] * 6 + [P] * 10 + [F] * 10,
            ),
            strict=True,
        )
    ),
}
"""The same counts, mark by mark."""


def figures(record: AssessmentRecord) -> dict[str, tuple[Any, ...]]:
    units: Any = record.as_json()["units"]
    return {
        unit["code"]: (
            unit["indicator"],
            *(unit[code]["score"] for code in ("leader", "peer", "service")),
            unit["internal"],
            unit["composite"],
            unit["rank"],
            unit["grade"],
        )
        for unit in units
    }


def test_the_tables_give_what_the_hand_computed() -> None:
    record, _ = recompute(FOLDER, SCHEME)
    assert not record.blockers
    assert figures(record) == RESULT
    unit: Any = record.as_json()["units"][2]  # type: ignore[index]
    assert unit["service"] == {
        "满意": 10,
        "较满意": 10,
        "一般": 4,
        "不满意": 1,
        "弃权": 1,
        "废票": 0,
        "valid": 25,
        "score": "8.32",
    }


def test_the_command_shows_a_column_for_each_contest(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["assess", str(FOLDER), "--scheme", str(SCHEME)], Clock())
    shown = capsys.readouterr().out
    assert code == cli.OK
    assert "服务对象评议" in shown.splitlines()[0]
    assert "95.29" in shown


def test_the_tables_of_a_mere_number_of_slips_must_fit_the_scheme(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    session = (tmp_path / "session.csv").read_text("utf-8-sig")

    def told(row: str) -> str:
        (tmp_path / "session.csv").write_text(session.replace("30,26,26,26,26,0", row), "utf-8")
        record, _ = recompute(tmp_path, SCHEME)
        return "\n".join(blocker.message for blocker in record.blockers)

    assert "应到31人，与方案规定的30张不符" in told("31,26,26,26,26,0")
    assert "实到27人，多于发出的26张" in told("30,27,26,26,26,0")
    assert not told("30,26,26,26,26,0")


@dataclass
class Year:
    """A year under the scheme, from its ballots to the package."""

    workspace: Workspace
    year: int
    record: AssessmentRecord
    package: Path
    fingerprint: str
    refused: SlipDeskReason


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    folder = tmp_path_factory.mktemp("service")
    workspace = create_workspace(folder / "w.gxv", PASSPHRASE, "考核办", Clock(), CHEAP_COSTS)
    year = add_year(workspace, shipped_scheme_text("service"))
    for kind in (UNIT_LIST, LEADERS, SCORES):
        path = FOLDER / f"{kind.layout.stem}.csv"
        apply_import(workspace, year, preview_import(workspace, year, kind, path))
    ceremony = begin_ceremony(workspace, year, TRUSTEES, 2)
    shares = tuple(folder / f"share-{index}.json" for index in range(len(TRUSTEES)))
    for index, share in enumerate(shares):
        ceremony.hand_over(index, f"trustee {index} secret", share)
    fingerprint = ceremony.complete().fingerprint
    refused: list[SlipDeskReason] = []
    for contest in (LEADERSHIP, PEER, SERVICE):
        session_id = prepare_session(workspace, year, SessionPlan(contest, spares=0))
        set_meeting(workspace, session_id, replace(MEETING, contest=contest))
        codes = printed_codes(make_slips(workspace, session_id))
        open_session(workspace, session_id)
        if contest == LEADERSHIP:
            late = (LateElector("巡视员"),)
            added = draw_added_slips(workspace, session_id, Addition(2, late, "名单漏列一位，另备两张"))
            add_slips(workspace, added)
        if contest == SERVICE:
            refused.append(_hand_out_and_take_back(workspace, session_id))
        _vote(workspace, session_id, contest, codes)
        close_and_seal(workspace, session_id)
        give_officer_key(workspace, session_id, PASSPHRASE)
        for index in (0, 1):
            give_share(workspace, session_id, shares[index], f"trustee {index} secret")
        count(workspace, session_id)
        issue_sheet(workspace, year, tally_report_name(session_state(workspace, session_id).session))
    record = finalise(workspace, year, "领导小组会议纪要")
    package = write_package(workspace, year, folder / "package.zip")
    yield Year(workspace, year, record, package, fingerprint, *refused)
    workspace.close()


def _hand_out_and_take_back(workspace: Workspace, session_id: SessionId) -> SlipDeskReason:
    """A slip that is handed out makes somebody present, and none when it is taken back."""
    issued = issue_slip(workspace, session_id, "30", True).roll
    assert (issued.should_attend, issued.attended, issued.issued) == (30, 1, 1)
    back = issue_slip(workspace, session_id, "30", False).roll
    assert (back.attended, back.issued) == (0, 0)
    with pytest.raises(Refused, match="不登记签到") as error:
        check_in(workspace, session_id, "1", True)
    with pytest.raises(Refused, match="不登记谁到会"):
        note_who_came(workspace, session_id, "1", "本人")
    assert isinstance(error.value.reason, SlipDeskReason)
    return error.value.reason


def _vote(workspace: Workspace, session_id: SessionId, contest: Contest, codes: tuple[str, ...]) -> None:
    """Hand out as many slips as there are marks for, and cast them."""
    marks = {unit: iter(given) for unit, given in MARKS[contest].items()}
    voters = len(UNITS) if contest == PEER else len(MARKS[contest][UNITS[0]])
    # Who was added late to 领导评议 is last on the roll, and does not come.
    for elector in session_state(workspace, session_id).roll.electors[:voters]:
        issue_slip(workspace, session_id, elector.code, True)
    for code in codes[:voters]:
        admission = admit(workspace, session_id, code)
        own = admission.own_unit
        given = tuple((unit, Mark.RECUSE if unit == own else next(marks[unit])) for unit in UNITS)
        cast(workspace, admission, MarkedBallot(contest, given))


def test_ballots_give_what_the_tables_give(held: Year) -> None:
    assert figures(held.record) == RESULT
    assert [tally.title for tally in inputs(held.workspace, held.year).tallies] == [
        "领导评议",
        "部门互评",
        "服务对象评议",
    ]
    service = inputs(held.workspace, held.year).tallies[2]
    assert [count.grades for count in service.counts] == [
        (20, 5, 1, 0),
        (13, 13, 0, 0),
        (10, 10, 4, 1),
        (0, 6, 10, 10),
    ]
    assert held.refused is SlipDeskReason.NOBODY_NAMED


def test_the_package_verifies_without_the_workspace(held: Year) -> None:
    found = verify_path(held.package, expect=held.fingerprint).found
    assert figures(found.record) == RESULT  # type: ignore[union-attr]
    assert [title for title, _ in found.archives] == ["领导评议", "部门互评", "服务对象评议"]  # type: ignore[union-attr]
    assert [len(archive.credentials) for _, archive in found.archives] == [3 + 1 + 2, 4, 30]  # type: ignore[union-attr]
    assert [sheet.figures.added for _, sheet in found.sheets] == [3, 0, 0]  # type: ignore[union-attr]
    written = json.dumps(held.record.as_json(), ensure_ascii=False)
    assert json.dumps(found.record.as_json(), ensure_ascii=False) == written  # type: ignore[union-attr]


def test_slips_of_people_without_names_are_never_named(held: Year) -> None:
    workspace = held.workspace
    year = add_year(workspace, shipped_scheme_text("service").replace("year = 2018", "year = 2028"))
    units = FOLDER / "units.csv"
    apply_import(workspace, year, preview_import(workspace, year, UNIT_LIST, units))
    with pytest.raises(Refused) as error:
        prepare_session(workspace, year, SessionPlan(SERVICE, slip_mode=SlipMode.NAMED))
    assert error.value.reason is PreparationReason.SLIP_MODE
