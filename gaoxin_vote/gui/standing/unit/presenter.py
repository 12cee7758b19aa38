"""Which unit's page is shown, and which come before and after it?"""

from gaoxin_vote.domain.explaining.derivation import Explainer
from gaoxin_vote.domain.explaining.unit_page import unit_page
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.standing.unit.state import UnitPage
from gaoxin_vote.workflow.results.assessing import explained
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace


class UnitPages:
    """The pages of the units of one record, read once; none of them asks the workspace again."""

    def __init__(self, record: AssessmentRecord, explainer: Explainer) -> None:
        self._explainer = explainer
        self._names = {outcome.unit.code: outcome.unit.name for outcome in record.outcomes}
        self._ranked = len(record.ranked)

    def __contains__(self, code: UnitCode) -> bool:
        """Whether the record has this unit."""
        return code in self._names

    def page(self, code: UnitCode) -> UnitPage:
        """The page of this unit, which must be one of the record's (`KeyError`)."""
        return unit_page(self._explainer.explain(code), self._names, self._ranked)


def read_pages(workspace: OpenWorkspace, year: int) -> UnitPages:
    """The pages of the units of `year`, as it stands now."""
    return UnitPages(*workspace.call(explained, year))
