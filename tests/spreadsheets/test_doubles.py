"""The same thing twice is an error at its place, in rows and in columns, in every kind."""

from dataclasses import replace
from typing import Any

import pytest

from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.exporting import write_csv
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kind_list import ENTERED, context_after
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile


def texts(kind: Kind[Any], inputs: AssessmentInputs) -> tuple[list[str], Context]:
    """The lines of a file with what the sample year has of the kind, and what it is read against."""
    context = context_after(Context(inputs.scheme), lambda other: getattr(inputs, other.inputs))
    content = write_csv(kind, getattr(inputs, kind.inputs), UnitNames(inputs.units, inputs.scheme.aliases))
    return content.decode("utf-8-sig").split("\r\n")[:-1], context


@pytest.mark.parametrize("kind", ENTERED, ids=[kind.code for kind in ENTERED])
def test_twice_is_an_error_at_its_place(kind: Kind[Any], inputs: AssessmentInputs) -> None:
    if not getattr(inputs, kind.inputs):
        pytest.skip("the sample year has none")
    lines, context = texts(kind, inputs)

    def errors(lines: list[str]) -> list[tuple[Problem, int | None]]:
        file = SpreadsheetFile("表.csv", "\n".join(lines).encode())
        return [(each.problem, each.row) for each in read_file(kind, file, context).errors[:-1]]

    assert errors(lines) == []
    assert (Problem.DUPLICATE, len(lines) + 1) in errors([*lines, lines[-1]])
    field = lines[0].partition(",")[0]
    doubled = [f"{lines[0]},{field}", *(f"{line},x" for line in lines[1:])]
    assert (Problem.COLUMN_TWICE, 1) in errors(doubled)


def test_two_values_of_one_key_are_never_taken_over(inputs: AssessmentInputs) -> None:
    kind = replace(EVENTS, key=lambda event: event.unit)
    lines, context = texts(EVENTS, inputs)
    result = read_file(kind, SpreadsheetFile("表.csv", "\n".join(lines).encode()), context)
    assert [each.problem for each in result.errors[:-1]] == [Problem.DUPLICATE]
    assert result.values == ()
