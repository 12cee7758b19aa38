"""Are single entries added, changed, removed and moved by hand, as acts, and refused like a file?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.scheme import SchemeReason
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.spreadsheets.problems import ImportReason
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.results.editing import (
    EditingReason,
    add_entry,
    change_entry,
    move_entry,
    read_typed,
    remove_entry,
)
from gaoxin_vote.workflow.results.entering import EnteringReason
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.setup.register import kept
from gaoxin_vote.workflow.setup.roster import leaders, units
from gaoxin_vote.workflow.setup.years import SetupReason, add_year
from tests.contests import LEADERSHIP, leadership

Bare = tuple[Workspace, int, Path]
EVENT = {"event_id": "E1", "unit_code": "U02", "kind": "D3", "decided_on": "2017-09-01"}


@pytest.fixture
def acts(bare: Bare) -> Callable[[], list[tuple[str, dict[str, object]]]]:
    """The acts since the test began: code and content."""
    workspace = bare[0]
    begun = len(AuditLog(workspace).entries())
    return lambda: [(entry.act, json.loads(entry.content)) for entry in AuditLog(workspace).entries()[begun:]]


@pytest.fixture
def no_events(bare: Bare) -> None:
    workspace, year, _ = bare
    for event in kept(workspace, year, EVENTS):
        remove_entry(workspace, year, EVENTS, event.event_id)


@pytest.mark.usefixtures("no_events")
def test_an_entry_is_added_changed_and_removed_with_before_and_after(
    bare: Bare, acts: Callable[[], list[tuple[str, dict[str, object]]]]
) -> None:
    workspace, year, _ = bare
    assert add_entry(workspace, year, EVENTS, [EVENT]) == ()
    assert kept(workspace, year, EVENTS)[0].unit == "U02"
    change_entry(workspace, year, EVENTS, "E1", [EVENT | {"kind": "D4"}])
    assert kept(workspace, year, EVENTS)[0].kind == "D4"
    change_entry(workspace, year, EVENTS, "E1", [EVENT | {"kind": "D4"}])  # the same again: no act
    remove_entry(workspace, year, EVENTS, "E1")
    assert kept(workspace, year, EVENTS) == ()
    added, changed, removed = acts()[-3:]
    assert added[0] == Act.ADD_ENTRY.value and added[1]["kind"] == EVENTS.code
    assert changed == (
        Act.CHANGE_ENTRY.value,
        {"kind": EVENTS.code, "key": "E1", "before": [{"kind": "D3"}], "after": [{"kind": "D4"}]},
    )
    assert removed[0] == Act.REMOVE_ENTRY.value
    assert removed[1]["before"][0]["unit_code"] == "U02"  # type: ignore[index]


@pytest.mark.usefixtures("no_events")
def test_an_entry_is_moved_to_its_place(bare: Bare) -> None:
    workspace, year, _ = bare
    for number in (1, 2, 3):
        add_entry(workspace, year, EVENTS, [EVENT | {"event_id": f"E{number}"}])
    move_entry(workspace, year, EVENTS, "E3", 1)
    assert [event.event_id for event in kept(workspace, year, EVENTS)] == ["E3", "E1", "E2"]
    entry = AuditLog(workspace).entries()[-1]
    assert (entry.act, json.loads(entry.content)["after"]) == (Act.MOVE_ENTRY.value, 1)
    for place in (0, 4):
        with pytest.raises(Refused) as refused:
            move_entry(workspace, year, EVENTS, "E1", place)
        assert refused.value.reason is EditingReason.NO_PLACE


HEADINGS = {"event_id": "编号", "area": "领域", "description": "情况说明", "evidence": "佐证材料"}
"""An entry that would be taken for a row of headings."""


@pytest.mark.usefixtures("no_events")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (EVENT | {"unit_code": "U99"}, "U99"),
        (EVENT | {"kind": "D9"}, "D9"),
        (EVENT | {"decided_on": "去年"}, "去年"),
        (EVENT | {"event_id": ""}, "编号"),
        (EVENT | HEADINGS, "合计、签字或表头"),
    ],
)
def test_what_a_file_would_be_refused_for_is_refused_and_changes_nothing(
    bare: Bare,
    acts: Callable[[], list[tuple[str, dict[str, object]]]],
    typed: dict[str, str],
    words: str,
) -> None:
    workspace, year, _ = bare
    add_entry(workspace, year, EVENTS, [EVENT | {"event_id": "E0"}])
    before, noted = kept(workspace, year, EVENTS), len(acts())
    for act in (
        lambda: add_entry(workspace, year, EVENTS, [typed]),
        lambda: change_entry(workspace, year, EVENTS, "E0", [typed]),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is ImportReason.FAULTY
        assert any(words in detail for detail in refused.value.details), refused.value.details
    assert kept(workspace, year, EVENTS) == before
    assert len(acts()) == noted
    assert read_typed(workspace, year, EVENTS, [typed]).errors


def test_a_column_is_named_once(bare: Bare) -> None:
    workspace, year, _ = bare
    with pytest.raises(Refused) as refused:
        add_entry(workspace, year, EVENTS, [EVENT | {"event_id": "", "unit_code": "U99"}])
    missing, unknown = sorted(refused.value.details, reverse=True)
    assert missing.count("“编号”") == 1 and missing.startswith("“编号”没有填写")
    assert unknown.startswith("“单位代码”：")


@pytest.mark.usefixtures("no_events")
def test_a_key_stands_once_and_must_be_known(bare: Bare) -> None:
    workspace, year, _ = bare
    add_entry(workspace, year, EVENTS, [EVENT])
    with pytest.raises(Refused) as refused:
        add_entry(workspace, year, EVENTS, [EVENT])
    assert refused.value.reason is ImportReason.FAULTY and "重复" in refused.value.details[0]
    for act in (
        lambda: change_entry(workspace, year, EVENTS, "E7", [EVENT]),
        lambda: remove_entry(workspace, year, EVENTS, "E7"),
        lambda: move_entry(workspace, year, EVENTS, "E7", 1),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is EditingReason.UNKNOWN
    with pytest.raises(Refused) as refused:
        add_entry(workspace, year, EVENTS, [EVENT | {"event_id": "E8"}, EVENT | {"event_id": "E9"}])
    assert refused.value.reason is EditingReason.NOT_ONE


def test_rosters_stay_once_a_session_stands_on_them(bare: Bare) -> None:
    workspace, year, _ = bare
    add_entry(workspace, year, LEADERS, [{"code": "L4", "title": "管委会副主任"}])
    assert leaders(workspace, year)[-1].title == "管委会副主任"
    session_id = prepare_session(workspace, year, SessionPlan(LEADERSHIP))
    before = leaders(workspace, year), units(workspace, year)
    for act in (
        lambda: add_entry(workspace, year, LEADERS, [{"code": "L5", "title": "助理"}]),
        lambda: change_entry(workspace, year, LEADERS, "L4", [{"code": "L4", "title": "副主任"}]),
        lambda: remove_entry(workspace, year, LEADERS, "L4"),
        lambda: move_entry(workspace, year, UNITS, "U02", 1),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is SetupReason.IN_USE
    assert (leaders(workspace, year), units(workspace, year)) == before
    void_session(workspace, session_id, "试")
    remove_entry(workspace, year, LEADERS, "L4")


def test_what_a_complete_table_cannot_do_without_stays(bare: Bare) -> None:
    workspace, year, _ = bare
    for unit in units(workspace, year):  # incomplete until the last of them
        typed = {"unit_code": unit.code, "indicator_code": "Z1", "indicator_name": "全部指标"}
        add_entry(workspace, year, SCORES, [typed | {"full_score": "80", "score": "70"}])
    before = kept(workspace, year, SCORES)
    with pytest.raises(Refused) as refused:
        remove_entry(workspace, year, SCORES, SCORES.key(before[0]))
    assert refused.value.reason is ImportReason.FAULTY and "办公室" in refused.value.details[0]
    assert kept(workspace, year, SCORES) == before


def test_history_of_a_year_finalised_here_is_not_typed_otherwise(finished: Workspace) -> None:
    workspace = finished
    year = add_year(workspace, shipped_scheme_text("2017").replace("year = 2017", "year = 2019"))
    add_entry(
        workspace,
        year,
        UNITS,
        [{"code": "U07", "name": "招商合作局", "class": "机关部门", "staff": "9"}],
    )
    typed = {"year": "2017", "unit_code": "U07", "rank": "2", "grade": "良好", "is_last": "否"}
    with pytest.raises(Refused) as refused:
        add_entry(workspace, year, HISTORY, [typed])
    assert refused.value.reason is EnteringReason.HISTORY_DIFFERS
    assert kept(workspace, year, HISTORY) == ()


def test_units_come_first(bare: Bare) -> None:
    workspace = bare[0]
    empty = add_year(workspace, shipped_scheme_text("2017").replace("year = 2017", "year = 2044"))
    with pytest.raises(Refused) as refused:
        add_entry(workspace, empty, EVENTS, [EVENT])
    assert refused.value.reason is EnteringReason.NO_UNITS


def test_a_finalised_year_is_closed(sample_year: SampleRun) -> None:
    workspace = sample_year.workspace
    claim = kept(workspace, 2017, CLAIMS)[0]
    for act in (
        lambda: change_entry(workspace, 2017, CLAIMS, claim.claim_id, [{}]),
        lambda: remove_entry(workspace, 2017, CLAIMS, claim.claim_id),
        lambda: add_entry(workspace, 2017, HISTORY, [{}]),
        lambda: move_entry(workspace, 2017, CLAIMS, claim.claim_id, 2),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is YearReason.FINALISED


def test_a_roster_in_weight_groups_is_entered_one_by_one(bare: Bare) -> None:
    workspace, _, folder = bare
    text = shipped_scheme_text("weighted").replace("year = 2017", "year = 2045")
    year = add_year(workspace, text)
    apply_import(workspace, year, preview_import(workspace, year, UNITS, folder / "units.csv"))
    first, second, *_ = leadership(load_scheme(text)).group_names
    with pytest.raises(Refused) as refused:
        add_entry(workspace, year, LEADERS, [{"code": "L1", "title": "书记", "group": "无此组"}])
    assert refused.value.reason is SchemeReason.ROSTER
    for number in (1, 2, 3):
        add_entry(
            workspace, year, LEADERS, [{"code": f"L{number}", "title": f"职务{number}", "group": first}]
        )
    assert len(leaders(workspace, year)) == 3
    with pytest.raises(Refused) as refused:
        prepare_session(workspace, year, SessionPlan(LEADERSHIP, group=first))
    assert refused.value.reason is SchemeReason.ROSTER
    assert any(second in fault for fault in refused.value.details)
    for number in (4, 5, 6):
        add_entry(
            workspace, year, LEADERS, [{"code": f"L{number}", "title": f"职务{number}", "group": second}]
        )
    with pytest.raises(Refused) as refused:
        remove_entry(workspace, year, LEADERS, "L6")
    assert refused.value.reason is SchemeReason.ROSTER
