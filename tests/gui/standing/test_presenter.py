"""Does the table say in short what the unit's page tells in full?"""

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.gui.standing.presenter import StandingPresenter, StandingState
from gaoxin_vote.gui.standing.state import ScoreParts
from tests.domain.cases import case_inputs


class _Workspace:
    """Stands for a workspace that knows one year's results and nothing else."""

    def call(self, step: object, *_values: object) -> object:
        return {"units": ("one",), "assessment": assess(case_inputs()), "is_final": True, "last_year": {}}[
            step.__name__  # type: ignore[attr-defined]
        ]


@pytest.fixture(scope="module")
def state() -> StandingState:
    return StandingPresenter(_Workspace(), 2017).state()  # type: ignore[arg-type]


def test_remarks_are_short(state: StandingState) -> None:
    remarks = {row[1]: row[-1] for row in state.rows}
    assert remarks["规划管理部"] == "取消优秀、良好资格…"
    assert remarks["办公室"] == ""
    assert all(len(remark) < 30 for remark in remarks.values())


def test_the_parts_of_a_bar_are_those_of_the_row(state: StandingState) -> None:
    assert [view.title for view in state.views] == ["按类别", "全部名次"]
    for row, parts in zip(state.rows, state.parts, strict=True):
        assert isinstance(parts, ScoreParts)
        assert [str(part) for part in parts.positive] == list(row[3:6])
        assert str(sum(parts.positive) + parts.adjustment) == row[7]
