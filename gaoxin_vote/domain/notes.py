"""What should the officer know that blocks nothing?"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from gaoxin_vote.domain.adjustment import ClaimCategory, ClaimReason
from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.consequence import LOOK_BACK, Trigger
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.own_ballots import contradiction, contradictions_that_hold
from gaoxin_vote.domain.quota import QuotaMode, ScopeQuota
from gaoxin_vote.domain.record import Note, UnitOutcome
from gaoxin_vote.domain.season import equal_claims, out_of_season
from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.domain.units import UnitCode

_LOOKS_BACK = frozenset({Trigger.LAST_TWICE, Trigger.LAST_THRICE, Trigger.FAILED_TWICE})


def notes(
    inputs: AssessmentInputs,
    outcomes: tuple[UnitOutcome, ...],
    quotas: tuple[ScopeQuota, ...],
    staff_cap: int,
) -> tuple[Note, ...]:
    """Everything that a careful officer would want to be told before the record is signed."""
    names = {unit.code: f"{unit.name}（{unit.code}）" for unit in inputs.units}
    return (
        *_electors(inputs, names),
        *_counts(inputs, names),
        *_dates(inputs, names),
        *_claims(outcomes, names),
        *_scorers(inputs, names),
        *_totals(inputs, quotas),
        *_grades(outcomes, quotas, names),
        *_staff(outcomes, names, staff_cap),
        *_accountability(inputs, outcomes, names),
    )


def _electors(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Note]:
    for leader in inputs.leaders:
        if leader.heads:
            unit = UnitCode(leader.heads)
            words = f"{leader.title}兼任{names.get(unit, unit)}负责人，该单位的互评票应由他人代表填写。"
            yield Note(words, unit)
    if any(rules.max_excellent for rules in inputs.scheme.contests):
        yield Note("每张票优秀数量的限制只在投票时控制，计票结果无法核验。")


def _counts(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Note]:
    """Counts that stand by the leading group's decision (A42)."""
    for tally, count, decision in contradictions_that_hold(inputs):
        if decision is not None:
            row = contradiction(names.get(count.unit, count.unit), count, tally.reconciliation.returned)
            yield Note(f"{tally.title}：{row}；经领导小组决定仍按此计入：{decision.reason}。", count.unit)


def _dates(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Note]:
    """Dates outside the year and its claim season, and claims that are equal (A39)."""
    for claim in inputs.claims:
        for what, day in (("文件日期", claim.issued_on), ("申报日期", claim.declared_on)):
            if (odd := out_of_season(inputs.scheme, day)) is not None:
                words = f"{names.get(claim.unit, claim.unit)}的加减分申报{claim.claim_id}：{what}{odd}。"
                yield Note(words, claim.unit)
    for event in inputs.events:
        if (odd := out_of_season(inputs.scheme, event.decided_on)) is not None:
            words = f"{names.get(event.unit, event.unit)}的情形{event.event_id}：认定日期{odd}。"
            yield Note(words, event.unit)
    for first, second in equal_claims(inputs.claims):
        words = (
            f"{names.get(first.unit, first.unit)}的加减分申报{first.claim_id}与{second.claim_id}"
            "单位、类别、级别、事项、名称和日期都相同，请核对是否重复。"
        )
        yield Note(words, first.unit)


def _totals(inputs: AssessmentInputs, quotas: tuple[ScopeQuota, ...]) -> Iterator[Note]:
    """Fixed totals that were meant for another number of units, too many places (A37), none at all (R22)."""
    rules, units = inputs.scheme.quota, len(inputs.units)
    if rules.mode is QuotaMode.FIXED_TOTAL:
        for grade, ratio, total in (
            (Grade.EXCELLENT, rules.excellent_ratio, rules.excellent_total),
            (Grade.GOOD, rules.good_ratio, rules.good_total),
        ):
            if abs(ratio * units - total) >= 1:
                exact = plain(ratio * units)
                words = f"{grade.label}固定{total}个，而{units}个单位按比例为{exact}个，请核对。"
                yield Note(words)
    for quota in quotas:
        if rules.mode is not QuotaMode.MANUAL and not (quota.excellent.places or quota.good.places):
            words = (
                f"{quota.scope}共{quota.size}个单位，按比例既没有优秀名额，也没有良好名额，"
                "其中的单位最高只能定为合格，请核对。"
            )
            yield Note(words)
        if (places := quota.excellent.places + quota.good.places) > quota.size:
            words = f"{quota.scope}共{quota.size}个单位，优秀、良好名额合计{places}个，多于单位数。"
            yield Note(words)


def _claims(outcomes: tuple[UnitOutcome, ...], names: dict[UnitCode, str]) -> Iterator[Note]:
    for outcome in outcomes:
        code = outcome.unit.code
        matters: dict[str, set[ClaimCategory]] = defaultdict(set)
        for claim_outcome in outcome.adjustment.claims:
            claim = claim_outcome.claim
            if claim.matter_id:
                matters[claim.matter_id].add(claim.category)
            approved = claim.approved_points
            which = f"{names[code]}的加减分申报{claim.claim_id}"
            counted = claim_outcome.reason is ClaimReason.COUNTED
            if counted and approved is not None and approved != claim_outcome.counted:
                words = f"{which}核定{approved}分，按方案计{claim_outcome.counted}分。"
                yield Note(words, code)
            if claim_outcome.reason is ClaimReason.LATE and claim.declared_on is not None:
                words = f"{which}逾期（{spoken_day(claim.declared_on)}申报），不计分。"
                yield Note(words, code)
            if claim_outcome.accepted_late is not None:
                reason = claim_outcome.accepted_late.reason
                words = f"{which}逾期，经领导小组同意计入：{reason}"
                yield Note(words, code)
        for matter, categories in sorted(matters.items()):
            if len(categories) > 1:
                kinds = "、".join(sorted(category.label for category in categories))
                words = f"{names[code]}的事项{matter}同时出现在{kinds}类别中，未合并计算。"
                yield Note(words, code)


def _scorers(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Note]:
    """Scorers whose own unit was assessed by them (A32)."""
    scored = [
        (score.unit, score.indicator, score.scorer, "评分")
        for score in inputs.scores
        if score.scorer and score.scorer_unit == score.unit and score.scorer not in score.recused
    ]
    noted = [
        (note.unit, note.indicator, note.scorer, f"“{note.manner.label}”")
        for note in inputs.site_notes
        if note.scorer and note.scorer_unit == note.unit and not note.recused
    ]
    for unit, indicator, scorer, act in (*scored, *noted):
        words = f"{names.get(unit, unit)}的指标{indicator}由本单位人员{scorer}{act}，未登记回避。"
        yield Note(words, unit)


def _grades(
    outcomes: tuple[UnitOutcome, ...], quotas: tuple[ScopeQuota, ...], names: dict[UnitCode, str]
) -> Iterator[Note]:
    """Grades decided by the leading group, and more of a grade than it has places."""
    awarded: Counter[tuple[str, Grade]] = Counter()
    for outcome in outcomes:
        if outcome.standing is None or outcome.grade is None:
            continue
        awarded[outcome.standing.scope, outcome.grade] += 1
        if outcome.grade is not outcome.standing.grade:
            computed = outcome.standing.grade.label
            name, decided = names[outcome.unit.code], outcome.grade.label
            words = f"{name}由领导小组定为{decided}，计算等次为{computed}。"
            yield Note(words, outcome.unit.code)
    for quota in quotas:
        for grade, share in ((Grade.EXCELLENT, quota.excellent), (Grade.GOOD, quota.good)):
            number = awarded[quota.scope, grade]
            if number > share.places:
                yield Note(f"{quota.scope}的{grade.label}单位{number}个，多于名额{share.places}个。")


def _staff(outcomes: tuple[UnitOutcome, ...], names: dict[UnitCode, str], staff_cap: int) -> Iterator[Note]:
    for outcome in outcomes:
        if outcome.consequence is not None and outcome.staff_places != outcome.consequence.staff_places:
            computed = outcome.consequence.staff_places
            words = f"{names[outcome.unit.code]}的优秀名额由{computed}名调整为{outcome.staff_places}名。"
            yield Note(words, outcome.unit.code)
    total = sum(outcome.staff_places or 0 for outcome in outcomes)
    if total > staff_cap:
        yield Note(f"工作人员优秀名额合计{total}名，超过总数控制{staff_cap}名，请酌情调整。")


def _accountability(
    inputs: AssessmentInputs, outcomes: tuple[UnitOutcome, ...], names: dict[UnitCode, str]
) -> Iterator[Note]:
    """Years without data, and heads who came while the years were running."""
    known = {(entry.year, entry.unit) for entry in inputs.history}
    for year in (inputs.scheme.year - back for back in LOOK_BACK):
        missing = [unit.code for unit in inputs.units if (year, unit.code) not in known]
        if missing:
            who = "、".join(names[code] for code in missing[:5])
            more = f"等{len(missing)}个单位" if len(missing) > 5 else ""
            yield Note(f"{who}{more}缺{year}年度考核结果，暂按未排名最后、未评为不合格计算，请核实。")
    for outcome in outcomes:
        triggers = outcome.consequence.accountability.triggers if outcome.consequence else ()
        if outcome.unit.head_changed and _LOOKS_BACK & set(triggers):
            words = f"{names[outcome.unit.code]}更换过负责人，连续年度的问责按单位计算，请核实是否适用。"
            yield Note(words, outcome.unit.code)
