"""Imports into a real workspace: shown before, whole or not at all, the same file twice changes nothing."""

import json
import re
import shutil
from pathlib import Path

import pytest

from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.record.sample import sample_folder
from gaoxin_vote.workflow.results.entering import EnteringReason
from gaoxin_vote.workflow.results.intake import Fate, ImportMode, IntakeReason, apply_import, preview_import
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.setup.register import kept
from gaoxin_vote.workflow.setup.roster import leaders, rename_leader, rename_unit, units
from gaoxin_vote.workflow.setup.years import SetupReason, add_year, set_scheme
from tests.contests import LEADERSHIP, PEER


@pytest.fixture
def year_2019(bare: tuple[Workspace, int, Path], request: pytest.FixtureRequest) -> tuple[Workspace, int]:
    """A fresh year with the 25 units of the sample."""
    workspace = bare[0]
    text = shipped_scheme_text("2017").replace("year = 2017", f"year = {2030 + len(request.node.name)}")
    year = add_year(workspace, text)
    for kind, name in ((UNITS, "units.csv"), (LEADERS, "leaders.csv")):
        apply_import(workspace, year, preview_import(workspace, year, kind, sample_folder() / name))
    return workspace, year


def test_a_preview_changes_nothing_and_applying_it_twice_changes_nothing_more(
    year_2019: tuple[Workspace, int],
) -> None:
    workspace, year = year_2019
    for kind, name, rows in (
        (SCORES, "indicators.csv", 100),
        (CLAIMS, "bonus_claims.csv", 32),
        (EVENTS, "events.csv", 4),
        (HISTORY, "history.csv", 50),
    ):
        preview = preview_import(workspace, year, kind, sample_folder() / name)
        found = preview.changes
        assert (len(found.added), found.changed, found.removed, len(preview.lines)) == (rows, (), (), rows)
        assert kept(workspace, year, kind) == ()
        apply_import(workspace, year, preview)
        assert len(kept(workspace, year, kind)) == rows
        entries = len(AuditLog(workspace).entries())
        again = preview_import(workspace, year, kind, sample_folder() / name)
        assert not again.changes
        apply_import(workspace, year, again)
        assert len(AuditLog(workspace).entries()) == entries


def test_the_csv_and_the_workbook_of_scores_are_the_same(year_2019: tuple[Workspace, int]) -> None:
    workspace, year = year_2019
    folder = sample_folder()
    apply_import(workspace, year, preview_import(workspace, year, SCORES, folder / "indicators.csv"))
    assert not preview_import(workspace, year, SCORES, folder / "indicators.xlsx").changes


def test_what_a_changed_file_would_do_is_marked(year_2019: tuple[Workspace, int], tmp_path: Path) -> None:
    workspace, year = year_2019
    apply_import(
        workspace,
        year,
        preview_import(workspace, year, CLAIMS, sample_folder() / "bonus_claims.csv"),
    )
    lines = (sample_folder() / "bonus_claims.csv").read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace("国家级双创示范基地", "国家级双创示范基地（更正）")
    del lines[5]
    (tmp_path / "claims.csv").write_text("\n".join(lines), encoding="utf-8")
    preview = preview_import(workspace, year, CLAIMS, tmp_path / "claims.csv", ImportMode.REPLACE)
    found = preview.changes
    assert (len(found.added), len(found.changed), len(found.removed)) == (0, 1, 1)
    fates = [line.fate for line in preview.lines[:4]]
    assert fates == [Fate.REMOVED, Fate.OVERWRITTEN, Fate.CHANGED, Fate.SAME]
    assert "（更正）" in "".join(preview.lines[2].cells) and "（更正）" not in "".join(
        preview.lines[2].before
    )
    assert len(kept(workspace, year, CLAIMS)) == 32


def test_one_more_claim_deletes_none_of_the_others(year_2019: tuple[Workspace, int], tmp_path: Path) -> None:
    workspace, year = year_2019
    whole = sample_folder() / "bonus_claims.csv"
    apply_import(workspace, year, preview_import(workspace, year, CLAIMS, whole))
    head, first, *_ = whole.read_text(encoding="utf-8-sig").splitlines()
    number = first.split(",")[0]
    (tmp_path / "one.csv").write_text(f"{head}\nB99{first[len(number) :]}\n", encoding="utf-8")
    preview = preview_import(workspace, year, CLAIMS, tmp_path / "one.csv")
    assert preview.changes.going == ()
    apply_import(workspace, year, preview)
    assert len(kept(workspace, year, CLAIMS)) == 33


def test_losses_must_be_confirmed(year_2019: tuple[Workspace, int], tmp_path: Path) -> None:
    workspace, year = year_2019
    whole = sample_folder() / "bonus_claims.csv"
    apply_import(workspace, year, preview_import(workspace, year, CLAIMS, whole))
    before = kept(workspace, year, CLAIMS)
    entries = len(AuditLog(workspace).entries())
    head, first, second, *_ = whole.read_text(encoding="utf-8-sig").splitlines()
    number = first.split(",")[0]
    # A file numbered afresh: the first number, but another claim.
    afresh = tmp_path / "afresh.csv"
    afresh.write_text(f"{head}\n{number}{second[len(second.split(',')[0]) :]}\n", encoding="utf-8")
    for mode, lost in ((ImportMode.ADD, 1), (ImportMode.REPLACE, 32)):
        preview = preview_import(workspace, year, CLAIMS, afresh, mode)
        assert len(preview.changes.going) == lost
        assert sum(line.fate.goes for line in preview.lines) == lost
        with pytest.raises(Refused) as error:
            apply_import(workspace, year, preview)
        assert error.value.reason is IntakeReason.NOT_CONFIRMED
        assert len(error.value.details) == lost
        assert kept(workspace, year, CLAIMS) == before
        assert len(AuditLog(workspace).entries()) == entries
    apply_import(workspace, year, preview, confirmed=True)
    assert len(kept(workspace, year, CLAIMS)) == 1
    assert json.loads(AuditLog(workspace).entries()[-1].content)["gone"] == [
        claim.claim_id for claim in preview.changes.going
    ]


def test_a_look_that_is_out_of_date_is_not_taken_over(year_2019: tuple[Workspace, int]) -> None:
    workspace, year = year_2019
    preview = preview_import(workspace, year, EVENTS, sample_folder() / "events.csv")
    apply_import(workspace, year, preview)
    with pytest.raises(Refused) as error:
        apply_import(workspace, year, preview)
    assert error.value.reason is IntakeReason.CHANGED_MEANWHILE


def test_a_file_with_errors_changes_nothing_and_lists_them_all(year_2019: tuple[Workspace, int]) -> None:
    workspace, year = year_2019
    bad = Path(__file__).parent.parent.parent / "data" / "spreadsheets" / "indicators_bad.csv"
    good = sample_folder() / "indicators.csv"
    apply_import(workspace, year, preview_import(workspace, year, SCORES, good))
    before = kept(workspace, year, SCORES)
    with pytest.raises(Refused) as error:
        preview_import(workspace, year, SCORES, bad)
    assert len(error.value.details) >= 9
    assert kept(workspace, year, SCORES) == before


def test_units_come_first_and_are_frozen_once_a_session_stands_on_them(
    bare: tuple[Workspace, int, Path], tmp_path: Path
) -> None:
    workspace, year, folder = bare
    empty = add_year(workspace, shipped_scheme_text("2017").replace("year = 2017", "year = 2020"))
    with pytest.raises(Refused) as error:
        preview_import(workspace, empty, CLAIMS, sample_folder() / "bonus_claims.csv")
    assert error.value.reason is EnteringReason.NO_UNITS
    rename_unit(workspace, year, UnitCode("U03"), "统计调查局")
    assert units(workspace, year)[2].aliases == ("统计局",)
    rename_leader(workspace, year, "L1", "党工委书记（兼）")
    assert leaders(workspace, year)[0].title == "党工委书记（兼）"
    session_id = prepare_session(workspace, year, SessionPlan(LEADERSHIP))
    for act in (
        lambda: rename_unit(workspace, year, UnitCode("U03"), "统计局"),
        lambda: rename_leader(workspace, year, "L1", "书记"),
        lambda: preview_import(workspace, year, UNITS, folder / "units.csv"),
        lambda: set_scheme(workspace, year, shipped_scheme_text("2017")),
    ):
        with pytest.raises(Refused) as error:
            act()
        assert error.value.reason is SetupReason.IN_USE
    void_session(workspace, session_id, "试")
    shutil.copy(folder / "units.csv", tmp_path / "u.csv")
    assert len(preview_import(workspace, year, UNITS, tmp_path / "u.csv").changes.changed) == 1


def test_a_list_is_not_taken_over_once_a_session_has_come_in_between(
    bare: tuple[Workspace, int, Path],
) -> None:
    workspace, year, folder = bare
    shorter = folder / "fewer.csv"
    lines = (folder / "leaders.csv").read_text().splitlines()
    shorter.write_text("\n".join([*lines, "L9,管委会副主任", ""]), encoding="utf-8")
    preview = preview_import(workspace, year, LEADERS, shorter)
    before = leaders(workspace, year)
    session_id = prepare_session(workspace, year, SessionPlan(PEER))
    with pytest.raises(Refused) as error:
        apply_import(workspace, year, preview, confirmed=True)
    assert error.value.reason is SetupReason.IN_USE
    assert leaders(workspace, year) == before
    void_session(workspace, session_id, "试")


def test_the_first_file_of_scores_does_not_lock_its_weights_against_the_right_one(
    year_2019: tuple[Workspace, int], tmp_path: Path
) -> None:
    workspace, year = year_2019
    right = sample_folder() / "indicators.csv"
    first = tmp_path / "first.csv"
    text = right.read_text(encoding="utf-8-sig")
    text = re.sub(r"(,Z3,[^,]*),8,", r"\1,10,", text)
    text = re.sub(r"(,Z4,[^,]*),8,\d+(?:\.\d+)?,", r"\1,6,5.00,", text)
    first.write_text(text, encoding="utf-8")
    apply_import(workspace, year, preview_import(workspace, year, SCORES, first))
    preview = preview_import(workspace, year, SCORES, right)
    assert "Z3由10改为8、Z4由6改为8" in preview.warnings[0] and "先前的得分全部替换" in preview.warnings[0]
    apply_import(workspace, year, preview, confirmed=True)
    assert {(each.indicator, each.full) for each in kept(workspace, year, SCORES)} == {
        ("Z1", 40),
        ("Z2", 24),
        ("Z3", 8),
        ("Z4", 8),
    }
    assert not preview_import(workspace, year, SCORES, right).changes
    broken = tmp_path / "broken.csv"
    broken.write_text(text.replace(",37.14,", ",x,"), encoding="utf-8")
    with pytest.raises(Refused) as error:
        preview_import(workspace, year, SCORES, broken)
    assert "先前导入的得分表中的分值" in "".join(error.value.details)
