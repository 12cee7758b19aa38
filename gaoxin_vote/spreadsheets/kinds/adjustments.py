"""Which bonus and deduction claims does a file list, and which late ones were accepted?"""

from collections.abc import Collection

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory, LateAcceptance
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.row import Row

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
            words=("市级", "省级", "国家级", "优秀", "良好", "合格", "不合格"),
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


def _claim_rows(claim: BonusClaim, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return (
        (
            claim.claim_id,
            claim.unit,
            names.name_of(claim.unit),
            claim.category.label,
            claim.level,
            claim.matter_id,
            claim.title,
            claim.issued_by,
            claim.issued_on,
            claim.declared_on,
            claim.requested_points,
            claim.approved,
            claim.approved_points,
            claim.opinion,
            claim.office_opinion,
        ),
    )


CLAIMS: Kind[BonusClaim] = Kind(CLAIM_LAYOUT, lambda claim: claim.claim_id, _claim_rows)


def import_claims(
    file: SpreadsheetFile, names: UnitNames, scheme: AssessmentScheme
) -> ImportResult[BonusClaim]:
    """The claims of a file, in its order. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    claims: list[BonusClaim] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), CLAIM_LAYOUT, findings, names):
        claim_id = row.text("claim_id")
        if claim_id:
            seen.is_new(matching(claim_id), row, "claim_id", f"编号{claim_id}")
        unit = row.unit(names)
        category = row.word("category", ClaimCategory, _CATEGORY_WORDS)
        level, matter_id = _level(row, category, scheme), row.text("matter_id")
        if not matter_id and category in scheme.bonus.same_matter_categories:
            row.error(
                Problem.VALUE_MISSING,
                "“事项编号”没有填写。同一事项多次获奖只计最高级别，每项都要编号，同一事项用同一编号。",
                "matter_id",
            )
        values = (
            row.text("title"),
            row.text("issued_by"),
            row.day("issued_on"),
            row.day("declared_on"),
            row.number_or_none("requested_points"),
            row.decision("approved", _DECISION_WORDS),
            row.number_or_none("approved_points"),
            row.text("opinion"),
            row.text("office_opinion"),
        )
        if not row.failed and unit and category:
            claims.append(BonusClaim(claim_id, unit.code, category, level, matter_id, *values))
    return findings.result(lambda: claims)


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


ACCEPTANCE_LAYOUT = Layout(
    "late_acceptances",
    "逾期申报受理决定",
    (
        CLAIM_ID,
        Column("reason", "理由", "领导小组同意受理的理由", required=True, synonyms=("原因", "受理理由")),
        DECIDED_ON,
    ),
)


def _acceptance_rows(acceptance: LateAcceptance, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return ((acceptance.claim_id, acceptance.reason, acceptance.decided_on),)


ACCEPTANCES: Kind[LateAcceptance] = Kind(
    ACCEPTANCE_LAYOUT, lambda acceptance: acceptance.claim_id, _acceptance_rows
)


def import_acceptances(file: SpreadsheetFile, claims: Collection[BonusClaim]) -> ImportResult[LateAcceptance]:
    """The decisions to count late `claims`. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    known = {matching(claim.claim_id): claim.claim_id for claim in claims}
    acceptances: list[LateAcceptance] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), ACCEPTANCE_LAYOUT, findings):
        text = row.text("claim_id")
        claim_id = known.get(matching(text), "")
        if text and not claim_id:
            row.error(Problem.UNKNOWN_CLAIM, f"加减分申报表中没有编号“{text}”。", "claim_id")
        elif text:
            seen.is_new(claim_id, row, "claim_id", f"编号{text}")
        reason, decided_on = row.text("reason"), row.day("decided_on")
        if not row.failed:
            acceptances.append(LateAcceptance(claim_id, reason, decided_on))
    return findings.result(lambda: acceptances)
