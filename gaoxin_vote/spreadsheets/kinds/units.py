"""Which units and leaders does a file list?"""

from gaoxin_vote.domain.units import Leader, Unit, UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written
from gaoxin_vote.spreadsheets.layout import Column, Format, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.row import Row

UNIT_LAYOUT = Layout(
    "units",
    "被考评单位名单",
    (
        Column(
            "code",
            "单位代码",
            "不重复的代码，如 U01",
            required=True,
            synonyms=("代码", "编码", "单位编码", "单位编号"),
        ),
        Column(
            "name",
            "单位名称",
            "单位全称",
            required=True,
            synonyms=("单位", "名称", "部门", "部门名称", "被考评单位"),
        ),
        Column(
            "class",
            "类别",
            "如 机关部门、街道(办事处)；名额按类别分配",
            required=True,
            synonyms=("单位类别", "分类"),
        ),
        Column(
            "staff",
            "人数",
            "工作人员总数，不含单位负责人",
            Format.WHOLE,
            required=True,
            synonyms=("工作人员人数", "工作人员数", "在编人数", "编制人数", "headcount"),
        ),
        Column(
            "aliases",
            "别名",
            "其他叫法，几个之间用“、”隔开；导入时也认",
            synonyms=("简称", "又名", "alias"),
            extra=True,
        ),
    ),
)


def _unit_rows(unit: Unit, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return ((unit.code, unit.name, unit.unit_class, unit.staff, "、".join(unit.aliases)),)


UNITS: Kind[Unit] = Kind(UNIT_LAYOUT, lambda unit: unit.code, _unit_rows)


def import_units(file: SpreadsheetFile) -> ImportResult[Unit]:
    """The units of a file, in its order. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    units: list[Unit] = []
    codes, names, other_names = Seen(), Seen(), Seen()
    for row in rows_of(read_workbook(file), UNIT_LAYOUT, findings):
        code, name = row.text("code"), row.text("name")
        unit_class, staff = row.text("class"), row.whole("staff")
        others = row.words("aliases")
        new = (not code or codes.is_new(matching(code), row, "code", f"代码{code}")) & (
            not name or names.is_new(matching(name), row, "name", f"名称“{name}”")
        )
        if new and not row.failed:
            _check_aliases(row, name, others, other_names)
        if not row.failed:
            units.append(Unit(UnitCode(code), name, unit_class, staff, others))
    return findings.result(lambda: units)


def _check_aliases(row: Row, name: str, others: tuple[str, ...], seen: Seen) -> None:
    seen.is_new(matching(name), row, "name", f"“{name}”作为名称或别名")
    for other in others:
        if matching(other) != matching(name):
            seen.is_new(matching(other), row, "aliases", f"“{other}”作为名称或别名")


LEADER_LAYOUT = Layout(
    "leaders",
    "班子成员名单",
    (
        Column(
            "code", "代码", "不重复的代码，如 L1", required=True, synonyms=("编号", "编码", "班子成员代码")
        ),
        Column(
            "title", "职务", "如 管委会主任", required=True, synonyms=("姓名", "职务姓名", "班子成员", "name")
        ),
        Column(
            "group",
            "权重组",
            "仅在方案按职务设权重时填写，须与方案中的组名一致",
            synonyms=("组别", "组"),
            extra=True,
        ),
    ),
)


def _leader_rows(leader: Leader, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return ((leader.code, leader.title, leader.group),)


LEADERS: Kind[Leader] = Kind(LEADER_LAYOUT, lambda leader: leader.code, _leader_rows)


def import_leaders(file: SpreadsheetFile) -> ImportResult[Leader]:
    """The members of the leading group of a file, in its order. Raises `Refused` when it cannot be read."""
    findings = Findings(file.name)
    leaders: list[Leader] = []
    codes = Seen()
    for row in rows_of(read_workbook(file), LEADER_LAYOUT, findings):
        code, title, group = row.text("code"), row.text("title"), row.text("group")
        if code:
            codes.is_new(matching(code), row, "code", f"代码{code}")
        if not row.failed:
            leaders.append(Leader(code, title, group))
    return findings.result(lambda: leaders)
