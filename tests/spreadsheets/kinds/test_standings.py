"""Earlier years and barring events."""

from datetime import date
from pathlib import Path

from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from tests.spreadsheets.importers import import_events, import_history
from tests.spreadsheets.workbooks import csv_file


def test_the_sample(inputs: AssessmentInputs) -> None:
    assert inputs.events[1] == BarringEvent(
        "E2",
        UnitCode("U16"),
        "D2",
        "安全生产",
        "安全生产工作被“一票否决”",
        "市安委会文件",
        date(2018, 1, 12),
    )
    assert len(inputs.history) == 50
    assert [entry.unit for entry in inputs.history if entry.is_last] == ["U25", "U22"]


def test_the_history_variants(shared: Path, names: UnitNames) -> None:
    for name in ("history_alt1_no_prior.csv", "history_alt2_last_three_years.csv"):
        file = SpreadsheetFile.at(shared / "cases" / "2017" / name)
        assert len(import_history(file, names).require_clean()) == 50


def test_a_unit_that_is_gone_keeps_its_history(names: UnitNames) -> None:
    head = "年度,单位代码,单位名称,名次,等次,末位\n"
    text = f"{head}2016年度,U26,撤并的局,25,合格,是\n2016年,U01,办公室,1,优秀,否\n"
    result = import_history(csv_file(text), names)
    assert result.require_clean() == (
        HistoryEntry(2016, UnitCode("U26"), 25, Grade.PASS, True),
        HistoryEntry(2016, UnitCode("U01"), 1, Grade.EXCELLENT, False),
    )
    assert [(p.row, p.problem) for p in result.warnings] == [(2, Problem.UNKNOWN_UNIT)]


def test_faults_of_history(names: UnitNames) -> None:
    text = (
        "year,unit_code,unit_name,rank,grade,is_last\n16,U01,,1,优秀,0\n2016,,无此局,1,优秀,0\n"
        "2016,U01,,0,优秀,0\n2016,U02,,1,优,0\n2016,U03,,1,优秀,\n2016,U03,,2,优秀,0\n"
    )
    assert [(p.row, p.problem) for p in import_history(csv_file(text), names).errors[:-1]] == [
        (2, Problem.NOT_DATE),
        (3, Problem.UNKNOWN_UNIT),
        (4, Problem.TOO_SMALL),
        (5, Problem.UNKNOWN_WORD),
        (6, Problem.VALUE_MISSING),
        (7, Problem.DUPLICATE),
    ]


def test_history_is_of_earlier_years(names: UnitNames) -> None:
    head = "year,unit_code,rank,grade,is_last\n"
    result = import_history(
        csv_file(f"{head}2016,U01,1,优秀,0\n2017,U02,1,优秀,0\n2018,U03,1,优秀,0\n"), names
    )
    assert [(p.row, p.problem, p.field, p.value) for p in result.errors[:-1]] == [
        (3, Problem.NOT_EARLIER, "year", "2017"),
        (4, Problem.NOT_EARLIER, "year", "2018"),
    ]


def test_an_event_outside_the_year_is_pointed_out(names: UnitNames, scheme: AssessmentScheme) -> None:
    text = "编号,单位,情形,认定日期\nE1,办公室,D5,2016-12-31\nE2,办公室,D5,2018-01-16\nE3,办公室,D5,\n"
    result = import_events(csv_file(text), names, scheme)
    assert len(result.require_clean()) == 3
    assert [(p.row, p.problem, p.field) for p in result.warnings] == [
        (2, Problem.OUT_OF_SEASON, "decided_on")
    ]


def test_kinds_by_code_or_by_text(names: UnitNames, scheme: AssessmentScheme) -> None:
    kind = scheme.barring.kinds[4]
    text = f"编号,单位,情形,认定日期\nE1,办公室,d5,2018-01-16\nE2,办公室,{kind.text},\nE3,办公室,D9,\n"
    result = import_events(csv_file(text), names, scheme)
    assert [(p.row, p.problem) for p in result.errors[:-1]] == [(4, Problem.UNKNOWN_WORD)]
    assert "“D6”" in result.errors[0].message
    good = import_events(csv_file(text.split("E3")[0]), names, scheme).require_clean()
    assert [event.kind for event in good] == ["D5", kind.code]


def test_an_unknown_code_beside_a_known_name_is_no_unit_that_is_gone(names: UnitNames) -> None:
    head = "year,unit_code,unit_name,rank,grade,is_last\n"
    result = import_history(csv_file(f"{head}2016,7,招商合作局,1,优秀,0\n"), names)
    assert [each.problem for each in result.errors[:-1]] == [Problem.UNKNOWN_UNIT]
    assert "代码是U07" in result.errors[0].message
    gone = import_history(csv_file(f"{head}2016,X7,旧局,1,优秀,0\n"), names)
    assert len(gone.require_clean()) == 1 and gone.warnings


def test_the_last_of_a_year_and_its_ranks_agree(names: UnitNames) -> None:
    head = "year,unit_code,unit_name,rank,grade,is_last\n"

    def told(last: set[int]) -> list[Problem]:
        rows = [
            f"2016,{unit.code},,{rank},合格,{int(rank in last)}\n" for rank, unit in enumerate(names.units, 1)
        ]
        return [each.problem for each in import_history(csv_file(head + "".join(rows)), names).warnings]

    number = len(names.units)
    assert told({number}) == []
    assert told(set()) == [Problem.LAST_DIFFERS]
    assert told({3}) == [Problem.LAST_DIFFERS]
    assert told({number, 3}) == [Problem.LAST_DIFFERS] * 2
