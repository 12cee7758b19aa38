"""What has been imported for the year besides the ballots?"""

from dataclasses import dataclass

from gaoxin_vote.gui.intake.presenter import IntakePresenter
from gaoxin_vote.workflow.results.intake import kept_table
from gaoxin_vote.workflow.setup.assessment_year import AssessmentYear, read_year
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.register import ENTERED

_KINDS = tuple(kind for kind in ENTERED if not kind.is_roster)
"""The rosters are entered with the setup."""


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of file, and how much of it is kept."""

    title: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class EntriesState:
    """What the page shows."""

    lines: tuple[KindLine, ...]
    chosen: int
    """The place of the line whose rows are shown."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    next_step: str
    blocked: str
    """Why nothing can be imported."""


class EntriesPresenter:
    """The imports of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year

    def state(self, chosen: int) -> EntriesState:
        """What is there; the rows of the kind at the place `chosen`."""
        year = self._workspace.call(read_year, self._year)
        lines = tuple(KindLine(kind.label, len(year.kept(kind)), kind.meaning) for kind in _KINDS)
        table = self._workspace.call(kept_table, self._year, _KINDS[chosen])
        return EntriesState(lines, chosen, table.columns, table.rows, _next(lines), _blocked(year))

    @staticmethod
    def place_of(code: str) -> int | None:
        """Where the kind with this code stands; None for one that is entered elsewhere."""
        return next((place for place, kind in enumerate(_KINDS) if kind.code == code), None)

    def intake(self, chosen: int) -> IntakePresenter:
        """The import of the kind at the place `chosen`."""
        return IntakePresenter(self._workspace, self._year, _KINDS[chosen])


def _blocked(year: AssessmentYear) -> str:
    if year.final:
        return "本年度已定稿，不能修改"
    return "" if year.units else "请先在“方案与单位”导入单位名单"


def _next(lines: tuple[KindLine, ...]) -> str:
    if not lines[0].count:
        return "下一步：导入指标得分（每个单位每项指标一行，或每个单位一行的宽表均可）。"
    return "指标得分已导入。有加减分、取消优良资格情形等材料的继续导入；下一步：到“综合评定”查看结果。"
