"""Which units and leaders does a file list?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.units import Leader, Unit, UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import InFolder, Kind, ReadRow, WrittenRow, twin, written
from gaoxin_vote.spreadsheets.layout import Column, Format, Layout, group_words
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding, Level, Problem
from gaoxin_vote.spreadsheets.row import Row, RowCells

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
            decides=True,
            rivals="(?:人数|编制|编制数|人员数)$",
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


def _read_unit(row: Row, context: Context) -> Unit | None:
    code, name = row.text("code"), row.text("name")
    unit_class, staff, aliases = row.text("class"), row.whole("staff"), row.words("aliases")
    if code:
        row.identify("code", code_key(code), f"代码{code}")
    if name:
        row.identify("name", matching(name), f"名称“{name}”")
    if row.failed:
        return None
    unit_class = _spelled_classes(context).get(matching(unit_class), unit_class)
    return Unit(code=UnitCode(code), name=name, unit_class=unit_class, staff=staff, aliases=aliases)


def _spelled_classes(context: Context) -> dict[str, str]:
    """The classes as the scheme or the list of units spells them, by how they are compared."""
    places = (name for name, _ in context.scheme.quota.manual)
    classes = (*places, *(unit.unit_class for unit in context.names.units))
    return {matching(name): name for name in reversed(classes)}


def _one_spelling(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units; a class that is spelled in two ways is that of the first unit."""
    first: dict[str, str] = {}
    return tuple(
        replace(unit, unit_class=first.setdefault(matching(unit.unit_class), unit.unit_class))
        for unit in units
    )


def _note_classes(rows: Sequence[ReadRow]) -> Iterator[Finding]:
    """Say which classes are spelled unlike the same class in another row."""
    places = [place for place, read in enumerate(rows) if isinstance(read.value, Unit)]
    for place, unit in zip(places, _one_spelling(rows[place].value for place in places), strict=True):
        shown = rows[place].cells.shown("class")
        if shown != unit.unit_class:
            words = f"类别“{shown}”按“{unit.unit_class}”计，写法不同而已。"
            yield Finding(Level.WARNING, Problem.SPELLED_OTHERWISE, words, "class", shown, place)


def _check_names(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """No name or alias belongs to two units; a class has one spelling."""
    yield from _note_classes(rows)
    first: dict[str, RowCells] = {}
    for place, read in enumerate(rows):
        unit = read.value
        if read.failed or not isinstance(unit, Unit):
            continue
        others = (("aliases", other) for other in unit.aliases if matching(other) != matching(unit.name))
        for field, name in (("name", unit.name), *others):
            before = first.setdefault(matching(name), read.cells)
            if before is not read.cells:
                yield twin(field, f"“{name}”作为名称或别名", read.cells, before, place)


def _all_units(context: Context) -> Iterator[WrittenRow]:
    return (UNITS.cells(unit, context.names)[0] for unit in context.names.units)


UNITS = Kind(
    code="units",
    label="单位名单",
    meaning="被考评的单位，其他材料都以它为准",
    value=Unit,
    layout=UNIT_LAYOUT,
    read=_read_unit,
    key=lambda unit: unit.code,
    cells=lambda unit, names: written(UNIT_LAYOUT, unit, names, **{"class": unit.unit_class}),
    check=_check_names,
    gather=_one_spelling,
    context=lambda context, units: replace(context, names=UnitNames(units, context.scheme.aliases)),
    inputs="units",
    folder=InFolder.REQUIRED,
    prefilled=_all_units,
    subject=("name",),
    is_roster=True,
)

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
            words_of=group_words,
            extra=True,
            on_form=lambda scheme: bool(group_words(scheme)),
        ),
    ),
)


def _read_leader(row: Row, context: Context) -> Leader | None:
    code, title, group = row.text("code"), row.text("title"), row.text("group")
    if code:
        row.identify("code", code_key(code), f"代码{code}")
    return None if row.failed else Leader(code=code, title=title, group=group)


LEADERS = Kind(
    code="leaders",
    label="班子成员名单",
    meaning="班子成员，在领导评议中评价各单位",
    value=Leader,
    layout=LEADER_LAYOUT,
    read=_read_leader,
    key=lambda leader: leader.code,
    cells=lambda leader, names: written(LEADER_LAYOUT, leader, names),
    inputs="leaders",
    subject=("title",),
    is_roster=True,
)
