"""Are an office's own headings read as it says, remembered for the next year, and forgotten again?"""

import json
from pathlib import Path

import pytest

from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.spreadsheets.problems import Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import Workbook, read_pasted
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.intake import FaultyFile, apply_import, preview_import
from gaoxin_vote.workflow.results.own_headings import (
    are_about_headings,
    heading_row,
    own_headings,
    used_headings,
)
from gaoxin_vote.workflow.setup.register import kept
from gaoxin_vote.workflow.setup.years import add_year

OWN = {"牌子": "name", "在编": "staff"}


def _book(*lines: str) -> Workbook:
    return read_pasted("\n".join(line.replace(" ", "\t") for line in lines))


UNIT_BOOK = _book("2017年名单", "代码 牌子 类别 在编 电话", "U06 高岭办事处 街道(办事处) 9 1234")


@pytest.fixture
def year(bare: tuple[Workspace, int, Path], request: pytest.FixtureRequest) -> int:
    number = 2040 + len(request.node.name)
    return add_year(bare[0], shipped_scheme_text("2017").replace("year = 2017", f"year = {number}"))


def test_own_headings_are_read_as_was_said_and_remembered(
    bare: tuple[Workspace, int, Path], year: int
) -> None:
    workspace = bare[0]
    with pytest.raises(FaultyFile) as faulty:
        preview_import(workspace, year, UNITS, UNIT_BOOK)
    assert Problem.TABLE_NOT_FOUND in {problem.problem for problem in faulty.value.problems}
    assert are_about_headings(faulty.value.problems)
    preview = preview_import(workspace, year, UNITS, UNIT_BOOK, headings=OWN)
    assert preview.notes == (
        "按本单位的列名对照读入：“牌子”是“单位名称”。",
        "按本单位的列名对照读入：“在编”是“人数”。",
    )
    assert [problem.value for problem in preview.problems] == ["电话"]
    assert own_headings(workspace, UNITS) == {}  # only what is imported is remembered
    apply_import(workspace, year, preview)
    assert [unit.name for unit in kept(workspace, year, UNITS)] == ["高岭办事处"]
    assert own_headings(workspace, UNITS) == OWN
    assert own_headings(workspace, EVENTS) == {}
    content = json.loads(AuditLog(workspace).entries()[-1].content)
    assert len(content["headings"]) == 2 and content["headings"][0].startswith("“牌子”是“")
    # The next year, nobody needs to say it again.
    later = add_year(workspace, shipped_scheme_text("2017").replace("year = 2017", f"year = {year + 30}"))
    again = preview_import(workspace, later, UNITS, UNIT_BOOK)
    assert dict(again.used) == OWN
    # And it is forgotten once it is said otherwise.
    plain = _book("代码 单位名称 类别 人数", "U07 华岭办事处 街道(办事处) 9")
    apply_import(workspace, later, preview_import(workspace, later, UNITS, plain, headings={}))
    assert own_headings(workspace, UNITS) == {}
    assert "headings" not in json.loads(AuditLog(workspace).entries()[-1].content)


def test_a_wide_table_of_an_office_has_its_own_heading_too(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    rows = [f"{name} 70" for name in ("办公室", "财政局", "统计局", "信访局", "华兴街道")]
    book = _book("考评机构 Z1重点任务(80分)", *rows)
    with pytest.raises(FaultyFile):
        preview_import(workspace, year, SCORES, book)
    preview = preview_import(workspace, year, SCORES, book, headings={"考评机构": "unit_name"})
    assert len(preview.changes.added) == 5


def test_a_column_that_counts_is_never_taken_from_two(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    book = _book("代码 单位名称 类别 人数 在编", "U06 高岭办事处 街道(办事处) 9 8")
    with pytest.raises(FaultyFile) as faulty:
        preview_import(workspace, year, UNITS, book, headings=OWN)
    assert Problem.COLUMN_TWICE in {problem.problem for problem in faulty.value.problems}


def test_the_row_of_headings_is_found_and_says_what_is_known() -> None:
    found = heading_row(UNITS, UNIT_BOOK, "", {"在编": "staff"})
    assert (found.number, found.last) == (2, 3)
    assert [(line.text, line.field, line.is_known) for line in found.lines] == [
        ("代码", "code", True),
        ("牌子", "", False),
        ("类别", "class", True),
        ("在编", "staff", False),
        ("电话", "", False),
    ]
    assert [field for field, _ in found.choices] == list(UNITS.layout.fields)
    assert [line.text for line in heading_row(UNITS, UNIT_BOOK, "", {}, 1).lines] == ["2017年名单"]


def test_only_headings_that_stand_in_the_file_are_used() -> None:
    assert used_headings(UNIT_BOOK, {**OWN, "别的": "class"}) == OWN


def test_nothing_is_remembered_of_an_import_that_was_refused(
    bare: tuple[Workspace, int, Path], year: int
) -> None:
    workspace = bare[0]
    preview = preview_import(workspace, year, UNITS, UNIT_BOOK, headings=OWN)
    apply_import(workspace, year, preview_import(workspace, year, UNITS, UNIT_BOOK, headings=OWN))
    before = own_headings(workspace, UNITS)
    with pytest.raises(Refused):
        apply_import(workspace, year, preview)
    assert own_headings(workspace, UNITS) == before
