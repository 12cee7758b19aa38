"""Which scores does a table hold that has a row for each indicator and a column for each unit?"""

from collections.abc import Iterator
from dataclasses import replace

from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.spreadsheets.cells import text_of
from gaoxin_vote.spreadsheets.layout import Layout, heading_key
from gaoxin_vote.spreadsheets.locating import note_unread_column
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem, Spot
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content, Worksheet
from gaoxin_vote.spreadsheets.table import SEARCHED_ROWS, Heading, Line, find_heading, table_lines

_LEAST_UNITS = 2


def across_lines(
    sheet: Worksheet, layout: Layout, findings: Findings, names: UnitNames
) -> Iterator[Line] | None:
    """One line for each unit and indicator, as a long table would have it; None if the table is none.

    Its heading row names units, beside the columns of the indicators.
    """
    found = _heading(sheet, layout, names)
    if found is None:
        return None
    heading, units = found
    first: dict[UnitCode, int] = {}
    for index, unit in units.items():
        if first.setdefault(unit.code, index) != index:
            words = f"“{unit.name}”有两列，无法判断用哪一列。请删去其中一列。"
            spot = Spot(sheet.name, heading.row, index + 1, "score")
            findings.add(Level.ERROR, Problem.COLUMN_TWICE, words, spot)
    for index, text in heading.others:
        if index not in units:
            note_unread_column(sheet, heading, index, text, layout, findings)
    return _lines(sheet, heading, units, layout, findings)


def _heading(sheet: Worksheet, layout: Layout, names: UnitNames) -> tuple[Heading, dict[int, Unit]] | None:
    def units_of(heading: Heading) -> dict[int, Unit]:
        named = ((index, names.called(text)) for index, text in heading.others)
        return {index: unit for index, unit in named if unit is not None}

    def enough(heading: Heading) -> bool:
        has_indicators = any(field in heading.columns for field in layout.either)
        units = units_of(heading)
        return has_indicators and len(units) >= _LEAST_UNITS and len(units) * 2 >= len(heading.others)

    heading = find_heading(sheet, layout, enough)
    if heading is None or not enough(heading) or heading.row > SEARCHED_ROWS:
        return None
    return heading, units_of(heading)


def _lines(
    sheet: Worksheet, heading: Heading, units: dict[int, Unit], layout: Layout, findings: Findings
) -> Iterator[Line]:
    places = {
        index: replace(
            heading,
            places={**heading.columns, **dict.fromkeys(("score", "unit_code", "unit_name"), index)},
        )
        for index in units
    }
    kept = {
        field: index for field, index in heading.columns.items() if field in (*layout.either, "full_score")
    }
    for line in table_lines(sheet, replace(heading, columns=kept), layout, findings):
        if not any(line.values.get(field, "") != "" for field in layout.either):
            continue
        if heading_key(text_of(next(cell for cell in line.cells if cell != ""))) in ("合计", "总分"):
            continue
        for index, unit in units.items():
            values: dict[str, Content] = {
                **line.values,
                "unit_code": unit.code,
                "unit_name": unit.name,
                "score": line.cells[index] if index < len(line.cells) else "",
            }
            yield Line(sheet, places[index], line.number, line.cells, values)
