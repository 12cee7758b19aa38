"""Which bonus and deduction claims does a file list, and which late ones were accepted?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory, LateAcceptance
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.season import equal_claims
from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import InFolder, Kind, ReadRow, note_odd_days, values_of, written
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.problems import Finding, Level, Problem
from gaoxin_vote.spreadsheets.row import Row


def _levels(scheme: AssessmentScheme) -> tuple[str, ...]:
    """The levels that the scheme has points for."""
    points = (*scheme.bonus.level_points, *scheme.bonus.city_item_points)
    return tuple(dict.fromkeys(level for level, _ in points))


CLAIM_ID = Column(
    "claim_id", "编号", "不重复的编号，如 A01", required=True, synonyms=("申报编号", "加减分编号", "claimid")
)
CLAIM_LAYOUT = Layout(
    "bonus_claims",
    "加减分申报表",
    (
        CLAIM_ID,
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "category",
            "类别",
            "荣誉、创新、发表、单项考核之一",
            Format.WORD,
            required=True,
            synonyms=("申报类别", "加分类别", "加减分类别"),
            words=tuple(category.label for category in ClaimCategory),
        ),
        Column(
            "level",
            "级别",
            "荣誉和发表填市级、省级、国家级；单项考核填考核结果；创新不填",
            Format.WORD,
            synonyms=("等级", "级别或结果", "考核结果"),
            words_of=_levels,
        ),
        Column(
            "matter_id", "事项编号", "同一事项用同一编号；荣誉和发表必填", synonyms=("同一事项", "事项号")
        ),
        Column(
            "title", "申报事项", "事项名称", required=True, synonyms=("事项", "事项名称", "申报内容", "内容")
        ),
        Column(
            "issued_by",
            "授予单位",
            "授予、刊发或考核的单位",
            synonyms=("刊发单位", "授予(刊发)单位", "发文单位"),
        ),
        Column(
            "issued_on",
            "授予日期",
            "如 2017-06-21",
            Format.DATE,
            synonyms=("授予时间", "时间", "刊发日期", "授予(刊发)时间"),
        ),
        Column(
            "declared_on",
            "申报日期",
            "送达考核办的日期；考核办直接登记的不填",
            Format.DATE,
            synonyms=("申报时间", "收件日期", "送达日期"),
        ),
        Column("requested_points", "申报分值", "分", Format.NUMBER, synonyms=("申报", "申报分")),
        Column(
            "approved",
            "是否通过",
            "领导小组审定：是或否；未审定不填",
            Format.WORD,
            synonyms=("审定结果", "是否认定", "审核结果"),
            words=("是", "否"),
        ),
        Column(
            "approved_points",
            "核定分值",
            "分；创新按此计分",
            Format.NUMBER,
            synonyms=("核定", "核定分", "审定分值"),
            decides=True,
            rivals="(?:核定|审定|认定|最终|终审|复核|核准|实得|计入).{0,4}分值?$",
        ),
        Column("opinion", "审核意见", "领导小组审核意见", synonyms=("领导小组审核意见", "意见", "备注")),
        Column(
            "office_opinion",
            "初审意见",
            "考核办初审意见",
            synonyms=("考核办初审意见", "考核办意见"),
            extra=True,
        ),
    ),
)
_CATEGORY_WORDS = {
    "表彰": ClaimCategory.HONOUR,
    "荣誉表彰": ClaimCategory.HONOUR,
    "重大创新": ClaimCategory.INNOVATION,
    "刊发": ClaimCategory.PUBLICATION,
    "单项工作考核": ClaimCategory.CITY_ITEM,
    "市级单项工作考核": ClaimCategory.CITY_ITEM,
}
_DECISION_WORDS = {
    "通过": True,
    "同意": True,
    "认定": True,
    "不通过": False,
    "不同意": False,
    "不予认定": False,
}


def _read_claim(row: Row, context: Context) -> BonusClaim | None:
    scheme = context.scheme
    claim_id, unit = row.text("claim_id"), row.unit(context.names)
    if claim_id:
        row.identify("claim_id", code_key(claim_id), f"编号{claim_id}")
    category = row.word("category", ClaimCategory, _CATEGORY_WORDS)
    level, matter_id = _level(row, category, scheme), row.text("matter_id")
    if not matter_id and category in scheme.bonus.same_matter_categories:
        row.error(
            Problem.VALUE_MISSING,
            "“事项编号”没有填写。同一事项多次获奖只计最高级别，每项都要编号，同一事项用同一编号。",
            "matter_id",
        )
    title, issued_by, issued_on = row.text("title"), row.text("issued_by"), row.day("issued_on")
    declared_on, requested = row.day("declared_on"), row.number_or_none("requested_points")
    approved, points = row.decision("approved", _DECISION_WORDS), row.number_or_none("approved_points")
    opinion, office_opinion = row.text("opinion"), row.text("office_opinion")
    if row.failed or not unit or not category:
        return None
    return BonusClaim(
        claim_id=claim_id,
        unit=unit.code,
        category=category,
        level=level,
        matter_id=matter_id,
        title=title,
        issued_by=issued_by,
        issued_on=issued_on,
        declared_on=declared_on,
        requested_points=requested,
        approved=approved,
        approved_points=points,
        opinion=opinion,
        office_opinion=office_opinion,
    )


def _level(row: Row, category: ClaimCategory | None, scheme: AssessmentScheme) -> str:
    """The level in the scheme's own words; an innovation has none."""
    text = row.text("level")
    if category is None or category is ClaimCategory.INNOVATION:
        return text
    points = (
        scheme.bonus.city_item_points if category is ClaimCategory.CITY_ITEM else scheme.bonus.level_points
    )
    for level, _ in points:
        if matching(level) == matching(text):
            return level
    row.unknown_word("level", [level for level, _ in points])
    return ""


def _check_claims(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """Days outside the year and its season, and claims that look like one entered twice (A39)."""
    yield from note_odd_days(rows, context, "issued_on", "declared_on")
    places = {row.value.claim_id: place for place, row in enumerate(rows) if row.value is not None}
    for first, second in equal_claims(values_of(rows)):
        place = places[second.claim_id]
        words = (
            f"与{rows[places[first.claim_id]].cells.place}的{first.claim_id}"
            "单位、类别、级别、事项、名称和日期都相同，请核对是否重复。"
        )
        yield Finding(Level.WARNING, Problem.EQUAL_CLAIMS, words, "claim_id", second.claim_id, place)
    yield from _note_matters(rows, context)


def _note_matters(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """Matters spelled in two ways are one; the same title under two matters may be one."""
    spelled: dict[tuple[str, str], str] = {}
    titled: dict[tuple[str, ClaimCategory, str], BonusClaim] = {}
    for place, read in enumerate(rows):
        claim = read.value
        if not isinstance(claim, BonusClaim) or not claim.matter_id or read.failed:
            continue
        key = code_key(claim.matter_id)
        first = spelled.setdefault((claim.unit, key), claim.matter_id)
        if first != claim.matter_id:
            words = f"事项编号“{claim.matter_id}”与“{first}”按同一事项计，写法不同而已。"
            yield Finding(
                Level.WARNING, Problem.SPELLED_OTHERWISE, words, "matter_id", claim.matter_id, place
            )
        other = titled.setdefault((claim.unit, claim.category, matching(claim.title)), claim)
        competes = claim.category in context.scheme.bonus.same_matter_categories
        if competes and code_key(other.matter_id) != key:
            codes = f"“{claim.matter_id}”和“{other.matter_id}”"
            words = f"与{other.claim_id}的申报事项相同，事项编号却是{codes}，请核对。"
            yield Finding(Level.WARNING, Problem.EQUAL_CLAIMS, words, "matter_id", claim.matter_id, place)


CLAIMS = Kind(
    code="claims",
    label="加减分申报",
    meaning="荣誉、创新、发表、单项考核的加分和减分",
    value=BonusClaim,
    layout=CLAIM_LAYOUT,
    read=_read_claim,
    key=lambda claim: claim.claim_id,
    cells=lambda claim, names: written(CLAIM_LAYOUT, claim, names),
    check=_check_claims,
    context=lambda context, claims: replace(context, claims=claims),
    inputs="claims",
    folder=InFolder.OPTIONAL,
    subject=("unit_code", "title"),
)

ACCEPTANCE_LAYOUT = Layout(
    "late_acceptances",
    "逾期受理决定",
    (
        CLAIM_ID,
        Column("reason", "理由", "领导小组同意受理的理由", required=True, synonyms=("原因", "受理理由")),
        DECIDED_ON,
    ),
)


def _read_acceptance(row: Row, context: Context) -> LateAcceptance | None:
    known = {code_key(claim.claim_id): claim.claim_id for claim in context.claims}
    text = row.text("claim_id")
    claim_id = known.get(code_key(text), "")
    if text and not claim_id:
        row.error(Problem.UNKNOWN_CLAIM, f"加减分申报表中没有编号“{text}”。", "claim_id")
    elif text:
        row.identify("claim_id", claim_id, f"编号{text}")
    reason, decided_on = row.text("reason"), row.day("decided_on")
    return None if row.failed else LateAcceptance(claim_id=claim_id, reason=reason, decided_on=decided_on)


ACCEPTANCES = Kind(
    code="late_acceptances",
    label="逾期受理",
    meaning="领导小组同意受理的逾期加分",
    value=LateAcceptance,
    layout=ACCEPTANCE_LAYOUT,
    read=_read_acceptance,
    key=lambda acceptance: acceptance.claim_id,
    cells=lambda acceptance, names: written(ACCEPTANCE_LAYOUT, acceptance, names),
    inputs="late_acceptances",
)
