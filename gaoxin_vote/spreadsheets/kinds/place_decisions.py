"""Which class comes first for a place that equal remainders leave open (A36), as a file lists it?"""

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import PlaceDecision
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import InFolder, Kind, written
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, REASON, Column, Format, Layout
from gaoxin_vote.spreadsheets.problems import Problem
from gaoxin_vote.spreadsheets.row import Row

_WITH_PLACES = (Grade.EXCELLENT, Grade.GOOD)
"""The grades that have a number of places."""

PLACE_LAYOUT = Layout(
    "place_decisions",
    "名额决定",
    (
        Column(
            "scope", "类别", "单位名单中的类别，如 机关部门", required=True, synonyms=("单位类别", "分类")
        ),
        Column(
            "grade",
            "等次",
            "优秀或良好",
            Format.WORD,
            required=True,
            synonyms=("考核等次", "等级"),
            words=tuple(grade.label for grade in _WITH_PLACES),
        ),
        Column(
            "priority",
            "先后",
            "余数相同的类别中排第几，1最先得到名额",
            Format.WHOLE,
            required=True,
            synonyms=("顺序", "排序", "先后顺序"),
            least=1,
            decides=True,
        ),
        REASON,
        DECIDED_ON,
    ),
)


def _read(row: Row, context: Context) -> PlaceDecision | None:
    scope, grade = _scope(row, context), row.word("grade", Grade)
    if grade and grade not in _WITH_PLACES:
        row.unknown_word("grade", [each.label for each in _WITH_PLACES])
    priority, reason, decided_on = row.whole("priority"), row.text("reason"), row.day("decided_on")
    if scope and grade:
        row.identify("scope+grade", f"{matching(scope)}/{grade.value}", f"{scope}的{grade.label}名额")
    if row.failed or not grade:
        return None
    return PlaceDecision(scope=scope, grade=grade, priority=priority, reason=reason, decided_on=decided_on)


def _scope(row: Row, context: Context) -> str:
    """The class, as the list of units spells it."""
    text = row.text("scope")
    classes = dict.fromkeys(unit.unit_class for unit in context.names.units)
    found = next((each for each in classes if matching(each) == matching(text)), "")
    if text and not found:
        words = "、".join(f"“{each}”" for each in classes)
        row.error(Problem.UNKNOWN_WORD, f"单位名单中没有类别“{text}”，应为{words}之一。", "scope")
    return found


PLACES = Kind(
    code="place_decisions",
    label="名额决定",
    meaning="领导小组对余数相同的名额归哪一类的决定",
    value=PlaceDecision,
    layout=PLACE_LAYOUT,
    read=_read,
    key=lambda decision: f"{decision.scope}/{decision.grade.value}",
    cells=lambda decision, names: written(PLACE_LAYOUT, decision, names),
    inputs="place_decisions",
    folder=InFolder.OPTIONAL,
)
