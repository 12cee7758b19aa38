"""How did the units stand in the year before, to be shown beside this one?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearState, YearStore


@dataclass(frozen=True, slots=True)
class EarlierStanding:
    """How one unit stood, as its frozen record says."""

    composite: str
    """With all its decimals."""
    rank: int
    class_rank: int
    grade: str
    """Its label."""


def last_year(workspace: Workspace, year: int) -> Mapping[UnitCode, EarlierStanding]:
    """How the units stood in the calendar year before `year`; empty where it is not here or not finalised."""
    with workspace.reading():
        store = YearStore(workspace)
        if year - 1 not in store.years() or store.state(year - 1) is not YearState.FINALISED:
            return {}
        record = json.loads(store.record_json(year - 1))
    return {
        UnitCode(unit["code"]): EarlierStanding(
            unit["composite"], unit["rank"], unit["class_rank"], unit["grade"]
        )
        for unit in record["units"]
    }
