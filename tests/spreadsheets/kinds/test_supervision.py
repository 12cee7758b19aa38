"""The supervision ledger and the notes of hearing, consulting and seeing."""

from datetime import date

from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.supervision import Inspection, SupervisionManner
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from tests.spreadsheets.importers import import_ledger, import_site_notes
from tests.spreadsheets.workbooks import csv_file


def test_the_sample(inputs: AssessmentInputs) -> None:
    assert [entry.entry_id for entry in inputs.ledger] == ["T1", "T2", "T3", "T4", "T5"]
    assert inputs.ledger[3].indicator == ""
    assert [(note.unit, note.recused) for note in inputs.site_notes if note.recused] == [("U10", True)]


def test_a_ledger(names: UnitNames) -> None:
    head = "编号,单位,督查日期,方式,督查情况\n"
    entry = import_ledger(csv_file(head + "T1,经发局,2017.6.30,定期,正常\n"), names).require_clean()[0]
    assert (entry.unit, entry.held_on, entry.manner) == (
        "U10",
        date(2017, 6, 30),
        SupervisionManner.PERIODIC,
    )
    bad = import_ledger(csv_file(head + "T1,办公室,,偶尔,\nT1,办公室,2017-01-01,不定期,x\n"), names)
    assert [(p.row, p.problem, p.field) for p in bad.errors[:-1]] == [
        (2, Problem.VALUE_MISSING, "held_on"),
        (2, Problem.UNKNOWN_WORD, "manner"),
        (2, Problem.VALUE_MISSING, "finding"),
        (3, Problem.DUPLICATE, "entry_id"),
    ]


def test_site_notes(names: UnitNames) -> None:
    head = "单位,指标,方式,记录,评分人,评分人单位,是否回避,日期\n"
    row = "办公室,Z1,查阅台账,齐全,张三,人事局,,2018-01-11\n"
    note = import_site_notes(csv_file(head + row), names).require_clean()[0]
    assert (note.manner, note.scorer_unit, note.recused) == (Inspection.CONSULT, "U02", False)
    bad = import_site_notes(csv_file(head + row + row + "办公室,Z1,问,x,,无此局,可能,\n"), names)
    assert [(p.row, p.problem, p.field) for p in bad.errors[:-1]] == [
        (3, Problem.DUPLICATE, "unit_code+indicator_code+manner"),
        (4, Problem.UNKNOWN_WORD, "manner"),
        (4, Problem.UNKNOWN_UNIT, "scorer_unit"),
        (4, Problem.UNKNOWN_WORD, "recused"),
    ]
