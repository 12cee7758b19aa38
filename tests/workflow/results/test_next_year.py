"""Does a year begin where the one before it ended: scheme, lists and results, whole or not at all?"""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.units import Rater
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.folder import assessment_files, read_assessment_files
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason
from gaoxin_vote.workflow.reports.audit_log import entries
from gaoxin_vote.workflow.results import next_year as next_year_module
from gaoxin_vote.workflow.results.assessing import inputs
from gaoxin_vote.workflow.results.next_year import NextYearReason, begin_next_year, next_year
from gaoxin_vote.workflow.setup.printable import require_printable
from gaoxin_vote.workflow.setup.register import RATERS, UNITS, keep, kept
from gaoxin_vote.workflow.setup.roster import leaders, raters, rename_unit, units
from gaoxin_vote.workflow.setup.years import add_year, scheme, years
from tests.workflow.conftest import another_year, refused

Bare = tuple[Workspace, int, Path]
LEADERS = "code,title\nL1,党工委书记\nL2,管委会主任\nL3,纪工委书记\n"


def test_everything_of_a_finished_year_goes_on(finished: Workspace) -> None:
    earlier: tuple[HistoryEntry, ...] = kept(finished, 2017, HISTORY)
    assert {entry.year for entry in earlier} == {2015, 2016}
    told = {entry for entry in inputs(finished, 2017).history if entry.year == 2016}
    shown = next_year(finished)
    assert (shown.year, shown.source, shown.final) == (2018, 2017, True)
    assert begin_next_year(finished, shown) == 2018
    assert years(finished) == (2017, 2018)
    assert units(finished, 2018) == units(finished, 2017) and len(shown.units) == 25
    assert leaders(finished, 2018) == leaders(finished, 2017) and shown.leaders
    rules = scheme(finished, 2018)
    assert (rules.year, rules.title) == (2018, "高新区2018年度目标任务考核")
    assert replace(rules, year=2017, title="", bonus=None) == replace(  # type: ignore[arg-type]
        scheme(finished, 2017), title="", bonus=None
    )
    history: tuple[HistoryEntry, ...] = kept(finished, 2018, HISTORY)
    assert {entry.year for entry in history} == {2016, 2017}
    assert {entry for entry in history if entry.year == 2016} == told
    assert len([entry for entry in history if entry.year == 2017]) == 25
    given = inputs(finished, 2018)
    assert given.history == history
    tables = assessment_files(given, UnitNames(given.units, rules.aliases))
    assert read_assessment_files(tables, rules).inputs.history == history, "a package would say the same"


def test_it_is_one_act_that_says_what_was_taken_over(finished: Workspace) -> None:
    before = len(AuditLog(finished).entries())
    begin_next_year(finished, next_year(finished))
    (entry,) = AuditLog(finished).entries()[before:]
    assert (entry.act, entry.year) == (Act.CONTINUE_YEAR.value, 2018)
    assert json.loads(entry.content) == {
        "scheme": "高新区2018年度目标任务考核",
        "source": 2017,
        "units": 25,
        "leaders": len(leaders(finished, 2017)),
        "raters": 0,
        "history": 50,
        "years": [2016, 2017],
    }
    told = "接续年度：2017；单位：25；班子成员：9；历年考核结果：50；结果所属年度：2016、2017"
    assert {*told.split("；")} <= {*entries(finished)[-1].words.split("；")}


def test_a_year_that_is_not_final_hands_on_its_lists_only(bare: Bare) -> None:
    workspace, year, _ = bare
    told = HistoryEntry(2016, units(workspace, year)[0].code, 1, Grade.EXCELLENT, False)
    keep(workspace, year, HISTORY, (told,))
    shown = next_year(workspace)
    assert (shown.final, shown.history) == (False, ())
    begin_next_year(workspace, shown)
    assert units(workspace, 2018) == units(workspace, year)
    assert kept(workspace, 2018, HISTORY) == ()
    assert json.loads(AuditLog(workspace).entries()[-1].content)["history"] == 0


def test_own_rosters_go_on_too(bare: Bare) -> None:
    workspace, _, _ = bare
    text = shipped_scheme_text("service").replace("year = 2018", "year = 2050")
    text = re.sub(
        "(?m)^ballots = .*$", "weights = {}", text.replace('raters = "anonymous"', 'raters = "persons"')
    )
    year = another_year(bare, text, LEADERS)
    contest = scheme(workspace, year).contests[-1].contest
    everybody = tuple(Rater(contest.code, f"P{number}", f"张{number}") for number in range(1, 5))
    keep(workspace, year, RATERS, everybody)
    begin_next_year(workspace, next_year(workspace))
    assert raters(workspace, 2051) == everybody


def test_what_may_no_longer_fit_is_told(bare: Bare) -> None:
    workspace, year, _ = bare
    add_year(workspace, shipped_scheme_text("2017").replace("year = 2017", "year = 2030"))
    body = units(workspace, year)
    keep(workspace, 2030, UNITS, (replace(body[0], head_changed=True), *body[1:]))
    assert next_year(workspace, 2040).doubts == (
        "依据文件仍为“衡高新发〔2017〕189号”；本年度另有通知的，请更正。",
        "办公室仍标为更换过负责人，请按本年度的情况核对。",
        "工作区中没有2039年度的考核，从2030年度接续；2039年度的结果请另行导入历年考核结果。",
    )


def test_no_year_is_begun_twice_nor_out_of_nothing(bare: Bare) -> None:
    workspace, year, _ = bare
    with refused(workspace, YearReason.EXISTS, "已有2017年度"):
        next_year(workspace, year)
    with refused(workspace, YearReason.UNKNOWN, "没有更早的年度"):
        next_year(workspace, 2010)
    with refused(workspace, NextYearReason.NO_YEAR, "2000至2999"):
        next_year(workspace, 3000)


def test_what_was_shown_is_begun_and_nothing_else(bare: Bare) -> None:
    workspace, _, _ = bare
    shown = next_year(workspace, 2061)
    rename_unit(workspace, shown.source, shown.units[0].code, "管委会办公室")
    with refused(workspace, NextYearReason.CHANGED_MEANWHILE, f"{shown.source}年度有了改动"):
        begin_next_year(workspace, shown)
    begin_next_year(workspace, next_year(workspace, 2061))
    with refused(workspace, YearReason.EXISTS):
        begin_next_year(workspace, shown)


def test_all_or_nothing(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, _, _ = bare
    shown = next_year(workspace, 2071)

    def full(*_: object) -> None:
        raise Refused(NextYearReason.NO_YEAR, "盘满")

    monkeypatch.setattr(next_year_module, "years_of", full)
    with refused(workspace, NextYearReason.NO_YEAR, "盘满"):
        begin_next_year(workspace, shown)
    assert 2071 not in years(workspace)


def test_a_title_that_cannot_be_printed_is_refused(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, _, _ = bare
    asked: list[object] = []
    monkeypatch.setattr(next_year_module, "require_printable", lambda *given: asked.extend(given))
    shown = next_year(workspace, 2081)
    begin_next_year(workspace, shown)
    assert asked == [shown.scheme.scheme]
    require_printable(*asked)
