"""What has been imported for the year besides the ballots?"""

from dataclasses import dataclass

from gaoxin_vote.gui.intake.presenter import InputKind, IntakePresenter
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.workflow.results.assessing import is_final
from gaoxin_vote.workflow.setup.register import file_kind, kept
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.workspaces import Workspace

_MEANING = {
    InputKind.INDICATORS: "各单位每项指标的得分，合计80分；必须导入",
    InputKind.CLAIMS: "荣誉、创新、发表、单项考核的加分和减分",
    InputKind.EVENTS: "取消评优资格和直接不合格的情形",
    InputKind.HISTORY: "前两年的名次和等次，用于问责建议",
    InputKind.TARGETS: "各单位的指标与分值（通知附件）",
    InputKind.LATE_ACCEPTANCES: "领导小组同意受理的逾期加分",
    InputKind.TIE_DECISIONS: "领导小组对完全并列的裁定",
    InputKind.OVERRIDES: "领导小组调整的等次和理由",
    InputKind.STAFF_ADJUSTMENTS: "工作人员优秀名额的调整",
    InputKind.REFERRALS: "移送区纪委的事项",
    InputKind.LEDGER: "日常督查的发现和整改",
    InputKind.SELF_ASSESSMENTS: "年终自评四部分",
    InputKind.SITE_NOTES: "听、查、看的记录和评分人",
}


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One kind of file."""

    kind: InputKind
    title: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class IntakePageState:
    """What the page shows."""

    lines: tuple[IntakeLine, ...]
    chosen: InputKind
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    next_step: str
    blocked: str
    """Why nothing can be imported."""


class IntakePagePresenter:
    """The imports of one year."""

    def __init__(self, workspace: Workspace, year: int) -> None:
        self._workspace, self._year = workspace, year
        self._chosen = InputKind.INDICATORS

    def state(self, chosen: InputKind | None = None) -> IntakePageState:
        """What is there; the rows of `chosen`."""
        self._chosen = chosen or self._chosen
        lines = tuple(
            IntakeLine(kind, kind.value, len(kept(self._workspace, self._year, kind)), words)
            for kind, words in _MEANING.items()
        )
        form = file_kind(self._chosen)
        bodies = units(self._workspace, self._year)
        names = UnitNames(bodies)
        rows = tuple(
            tuple(_shown(cell) for cell in cells)
            for value in kept(self._workspace, self._year, self._chosen)
            for cells in form.rows(value, names)
        )
        columns = tuple(column.heading for column in form.layout.columns)
        return IntakePageState(lines, self._chosen, columns, rows, _next(lines), self._blocked(bool(bodies)))

    def intake(self, kind: InputKind) -> IntakePresenter:
        """The import of one kind."""
        return IntakePresenter(self._workspace, self._year, kind)

    def _blocked(self, any_units: bool) -> str:
        if is_final(self._workspace, self._year):
            return "本年度已定稿，不能再改"
        return "" if any_units else "请先在“方案与单位”导入单位名单"


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(cell)


def _next(lines: tuple[IntakeLine, ...]) -> str:
    if not lines[0].count:
        return "下一步：导入指标得分（每个单位每项指标一行，或每个单位一行的宽表均可）。"
    return "指标得分已导入。有加减分、取消资格情形等材料的继续导入；下一步：到“综合考评”查看结果。"
