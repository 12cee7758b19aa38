"""How are the parts of a composite told with their formulas?"""

from decimal import Decimal
from fractions import Fraction

from gaoxin_vote.domain.adjustment import Adjustment, CapMode, ClaimOutcome, ClaimReason
from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.contest_rules import AbstainMode, ContestRules
from gaoxin_vote.domain.explaining.explanation import AdjustmentPart, ClaimStory, GroupStory, RatingPart
from gaoxin_vote.domain.rating import GroupRating, Rating, kept_marks
from gaoxin_vote.domain.record import UnitOutcome
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.scheme import AssessmentScheme, Clause, RoundStage
from gaoxin_vote.domain.spoken import spoken_day

_SHOWN = 4
"""Decimals of an unrounded figure in a formula."""


def percent(ratio: Decimal) -> str:
    """0.3 → 30%."""
    return f"{plain(ratio * 100)}%"


def rating_part(scheme: AssessmentScheme, rules: ContestRules, rating: Rating) -> RatingPart:
    """One contest: the counts of each group and how they make the score."""
    return RatingPart(
        contest=rules.contest,
        groups=tuple(_group(rules, group) for group in rating.groups if group.count is not None),
        formula=_rating_formula(scheme, rules, rating),
        score=rating.score,
        full=rules.full,
        clause=scheme.clause(Clause.RATING),
    )


def _group(rules: ContestRules, group: GroupRating) -> GroupStory:
    count = group.count
    assert count is not None
    return GroupStory(
        group=group.group,
        weight=group.weight,
        counts=tuple(zip(rules.labels, count.grades, strict=True)),
        abstained=count.abstained,
        blanks=count.blanks,
        void=count.void,
        valid=count.valid,
        formula=_group_formula(rules, group),
    )


def _group_formula(rules: ContestRules, group: GroupRating) -> str:
    assert group.count is not None
    marks = kept_marks(rules, group.count)
    if marks is None:
        return "弃权票数无法与回避分开，不能按0分计入"
    if group.exact is None:
        return "没有可计分的有效票"
    sums = "＋".join(f"{plain(value)}×{times}" for value, times in marks)
    number = sum(times for _, times in marks)
    trimmed = f"，已去掉{rules.trim}个最高、{rules.trim}个最低评价" if rules.trim else ""
    zeros = "，弃权按0分计入" if rules.abstain is AbstainMode.COUNT_AS_ZERO else ""
    return f"（{sums}）÷{number}÷100×{plain(rules.full)}＝{_shown(group.exact)}{trimmed}{zeros}"


def _rating_formula(scheme: AssessmentScheme, rules: ContestRules, rating: Rating) -> str:
    if rating.exact is None:
        return "尚不能计算"
    sums = "＋".join(
        f"{_shown(group.exact)}×{plain(group.weight)}" for group in rating.groups if group.exact is not None
    )
    exact = f"{sums}＝{_shown(rating.exact)}" if rules.groups else _shown(rating.exact)
    if scheme.round_stage is RoundStage.COMPONENT:
        return f"{exact}，四舍五入为{rating.score}"
    return f"{exact}，以此合计，表上四舍五入为{rating.score}"


def adjustment_part(scheme: AssessmentScheme, adjustment: Adjustment) -> AdjustmentPart:
    """The claims and how the cap makes the net."""
    cap = plain(scheme.bonus.cap)
    plus, minus, net = (
        round_half_up(part, scheme.decimals) for part in (adjustment.plus, adjustment.minus, adjustment.net)
    )
    if scheme.bonus.cap_mode is CapMode.SEPARATE:
        formula = f"加分{plus}、减分{minus}，各以{cap}分为限后相抵，计{net}"
    else:
        formula = f"加分{plus}与减分{minus}相抵后以±{cap}分为限，计{net}"
    return AdjustmentPart(
        claims=tuple(
            ClaimStory(
                outcome.claim,
                round_half_up(outcome.counted, scheme.decimals),
                outcome.reason,
                _claim_words(scheme, outcome),
            )
            for outcome in adjustment.claims
        ),
        plus=plus,
        minus=minus,
        net=net,
        formula=formula,
        clause=scheme.clause(Clause.BONUS),
    )


def _claim_words(scheme: AssessmentScheme, outcome: ClaimOutcome) -> str:
    claim, rules = outcome.claim, scheme.bonus
    if outcome.reason is ClaimReason.UNSETTLED:
        return f"不计入：{outcome.fault}"
    if outcome.reason is ClaimReason.REJECTED:
        return f"不计入：领导小组审核未通过{f'（{claim.opinion}）' if claim.opinion else ''}"
    if outcome.reason is ClaimReason.LATE and claim.declared_on is not None:
        bound = "含当日" if rules.deadline_inclusive else "不含当日"
        return (
            f"不计入：{spoken_day(claim.declared_on)}申报，晚于截止日{spoken_day(rules.deadline)}（{bound}）"
        )
    if outcome.reason is ClaimReason.SAME_MATTER:
        return f"不计入：同一事项{claim.matter_id}在{claim.category.label}中只计最高级别一次"
    level = f"·{claim.level}" if claim.level else ""
    late = outcome.accepted_late
    accepted = f"；逾期申报，经领导小组同意：{late.reason}" if late else ""
    return f"计入：{claim.category.label}{level}，{plain(outcome.counted)}分{accepted}"


def composite_formula(scheme: AssessmentScheme, outcome: UnitOutcome) -> str:
    """How the parts make the composite: 指标评估＋领导评议＋部门互评＋加（减）分."""
    if outcome.composite is None or outcome.indicator is None:
        return "尚不能计算"
    net = round_half_up(outcome.adjustment.net, scheme.decimals)
    bonus = f"（{net}）" if net < 0 else f"{net}"
    if scheme.round_stage is RoundStage.COMPONENT:
        scores = [str(rating.score) for rating in outcome.ratings]
        return f"{'＋'.join((str(outcome.indicator), *scores, bonus))}＝{outcome.composite}"
    scores = [_shown(rating.exact) for rating in outcome.ratings if rating.exact is not None]
    return f"{'＋'.join((str(outcome.indicator), *scores, bonus))}，合计后四舍五入为{outcome.composite}"


def _shown(exact: Fraction) -> str:
    return plain(round_half_up(exact, _SHOWN))
