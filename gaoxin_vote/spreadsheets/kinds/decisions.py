"""Which decisions of the leading group does a file list?"""

from dataclasses import replace

from gaoxin_vote.domain.contest import GRADES, Grade
from gaoxin_vote.domain.decision import Override, Referral, StaffAdjustment, TieDecision
from gaoxin_vote.domain.units import Unit
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import InFolder, Kind, written
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, REASON, UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.row import Row

GRADE = Column(
    "grade",
    "等次",
    "优秀、良好、合格、不合格之一",
    Format.WORD,
    required=True,
    synonyms=("考核等次", "审定等次", "等级"),
    words=tuple(grade.label for grade in GRADES),
    decides=True,
    rivals="(?:等次|等级)$",
)


def _own_unit(row: Row, context: Context) -> Unit | None:
    """The unit of a row, which no other row may speak of."""
    unit = row.unit(context.names)
    if unit:
        row.identify("unit_code", unit.code, f"单位“{unit.name}”")
    return unit


TIE_LAYOUT = Layout(
    "tie_decisions",
    "并列决定",
    (
        UNIT_CODE,
        replace(UNIT_NAME, extra=True),
        Column(
            "priority",
            "先后",
            "各项完全相同的单位中排第几，1在最前",
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


def _read_tie(row: Row, context: Context) -> TieDecision | None:
    unit, priority = _own_unit(row, context), row.whole("priority")
    reason, decided_on = row.text("reason"), row.day("decided_on")
    if row.failed or not unit:
        return None
    return TieDecision(unit=unit.code, priority=priority, reason=reason, decided_on=decided_on)


TIES = Kind(
    code="tie_decisions",
    label="并列决定",
    meaning="领导小组对完全并列的决定",
    value=TieDecision,
    layout=TIE_LAYOUT,
    read=_read_tie,
    key=lambda decision: decision.unit,
    # The usual file has no column of names.
    cells=lambda decision, names: written(TIE_LAYOUT, decision, names, unit_name=""),
    inputs="tie_decisions",
    folder=InFolder.OPTIONAL,
)

OVERRIDE_LAYOUT = Layout("overrides", "等次决定", (UNIT_CODE, UNIT_NAME, GRADE, REASON, DECIDED_ON))


def _read_override(row: Row, context: Context) -> Override | None:
    unit, grade = _own_unit(row, context), row.word("grade", Grade)
    reason, decided_on = row.text("reason"), row.day("decided_on")
    if row.failed or not unit or not grade:
        return None
    return Override(unit=unit.code, grade=grade, reason=reason, decided_on=decided_on)


OVERRIDES = Kind(
    code="overrides",
    label="等次决定",
    meaning="领导小组调整的等次和理由",
    value=Override,
    layout=OVERRIDE_LAYOUT,
    read=_read_override,
    key=lambda override: override.unit,
    cells=lambda override, names: written(OVERRIDE_LAYOUT, override, names),
    inputs="overrides",
)

STAFF_LAYOUT = Layout(
    "staff_adjustments",
    "优秀名额调整",
    (
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "places",
            "名额",
            "调整后的优秀名额",
            Format.WHOLE,
            required=True,
            synonyms=("优秀名额", "调整后名额"),
            decides=True,
            rivals="名额$",
        ),
        REASON,
    ),
)


def _read_staff(row: Row, context: Context) -> StaffAdjustment | None:
    unit, places, reason = _own_unit(row, context), row.whole("places"), row.text("reason")
    if row.failed or not unit:
        return None
    return StaffAdjustment(unit=unit.code, places=places, reason=reason)


STAFF_ADJUSTMENTS = Kind(
    code="staff_adjustments",
    label="优秀名额调整",
    meaning="工作人员优秀名额的调整",
    value=StaffAdjustment,
    layout=STAFF_LAYOUT,
    read=_read_staff,
    key=lambda adjustment: adjustment.unit,
    cells=lambda adjustment, names: written(STAFF_LAYOUT, adjustment, names),
    inputs="staff_adjustments",
)

REFERRAL_LAYOUT = Layout(
    "referrals",
    "移送区纪委情况",
    (
        UNIT_CODE,
        UNIT_NAME,
        Column("note", "说明", "移送的事由", required=True, synonyms=("事由", "情况", "备注")),
    ),
)


def _read_referral(row: Row, context: Context) -> Referral | None:
    unit, note = row.unit(context.names), row.text("note")
    if unit and note:
        row.identify("unit_code+note", f"{unit.code}/{note}", f"{unit.name}的这条移送")
    return None if row.failed or not unit else Referral(unit=unit.code, note=note)


REFERRALS = Kind(
    code="referrals",
    label="移送区纪委情况",
    meaning="移送区纪委的事项",
    value=Referral,
    layout=REFERRAL_LAYOUT,
    read=_read_referral,
    key=lambda referral: f"{referral.unit}/{referral.note}",
    cells=lambda referral, names: written(REFERRAL_LAYOUT, referral, names),
    inputs="referrals",
)
