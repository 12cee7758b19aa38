"""What must be settled before the inputs can become a final record?"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal

from gaoxin_vote.domain.contest import ContestCode, Grade, session_key, session_title
from gaoxin_vote.domain.contest_rules import LEAST_ELECTORS, AbstainMode, ContestRules
from gaoxin_vote.domain.indicator import IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.own_ballots import contradiction, contradictions_that_hold
from gaoxin_vote.domain.quota import ALL_UNITS, QuotaMode
from gaoxin_vote.domain.rating import Rating
from gaoxin_vote.domain.record import Blocker, BlockerKind, UnitOutcome
from gaoxin_vote.domain.standing import Ranking
from gaoxin_vote.domain.units import UnitCode


def blockers(
    inputs: AssessmentInputs, outcomes: tuple[UnitOutcome, ...], ranking: Ranking
) -> tuple[Blocker, ...]:
    """Everything that keeps this assessment from being finalised, each with a message that names it."""
    names = {unit.code: f"{unit.name}（{unit.code}）" for unit in inputs.units}
    return (
        *_repeated(inputs),
        *_strangers(inputs, names),
        *_sessions(inputs, names),
        *_self_rated(inputs, names),
        *_ratings(inputs, outcomes, names),
        *_indicators(inputs, names),
        *_settled(inputs, outcomes, names),
        *_reasons(inputs, names),
        *_history(inputs, names),
        *_places(inputs),
        *_open_places(inputs, ranking),
        *_ties(ranking, names),
    )


def _repeated(inputs: AssessmentInputs) -> Iterator[Blocker]:
    """The same thing entered twice: it cannot be told which one holds."""
    entries: tuple[tuple[str, str, Iterable[Hashable]], ...] = (
        ("会议", "tallies", (tally.title for tally in inputs.tallies)),
        (
            "计票行",
            "tallies",
            (f"{tally.title} {count.unit}" for tally in inputs.tallies for count in tally.counts),
        ),
        ("指标得分", "scores", (f"{score.unit} {score.indicator}" for score in inputs.scores)),
        ("加减分申报", "claims", (claim.claim_id for claim in inputs.claims)),
        ("逾期受理决定", "late_acceptances", (late.claim_id for late in inputs.late_acceptances)),
        ("取消优良资格情形", "events", (event.event_id for event in inputs.events)),
        ("历年考核结果", "history", (f"{entry.year} {entry.unit}" for entry in inputs.history)),
        ("并列决定", "tie_decisions", (decision.unit for decision in inputs.tie_decisions)),
        (
            "名额决定",
            "place_decisions",
            (f"{each.scope} {each.grade.label}" for each in inputs.place_decisions),
        ),
        (
            "计票决定",
            "count_decisions",
            (f"{each.contest} {each.group} {each.number} {each.unit}" for each in inputs.count_decisions),
        ),
        ("等次决定", "overrides", (override.unit for override in inputs.overrides)),
        ("优秀名额调整", "staff_adjustments", (change.unit for change in inputs.staff_adjustments)),
    )
    for what, field, keys in entries:
        for key, times in Counter(keys).items():
            if times > 1:
                words = f"{what}“{key}”重复{times}次，只能保留一个。"
                yield Blocker(BlockerKind.REPEATED, words, entries=field)


def _strangers(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Blocker]:
    """Entries for a unit that is not on the list. Earlier years may know units that are gone."""
    spoken: tuple[tuple[str, str, Iterable[UnitCode]], ...] = (
        ("计票结果", "tallies", (count.unit for tally in inputs.tallies for count in tally.counts)),
        ("指标得分", "scores", (score.unit for score in inputs.scores)),
        ("加减分申报", "claims", (claim.unit for claim in inputs.claims)),
        ("取消优良资格情形", "events", (event.unit for event in inputs.events)),
        ("并列决定", "tie_decisions", (decision.unit for decision in inputs.tie_decisions)),
        ("计票决定", "count_decisions", (decision.unit for decision in inputs.count_decisions)),
        ("等次决定", "overrides", (override.unit for override in inputs.overrides)),
        ("优秀名额调整", "staff_adjustments", (change.unit for change in inputs.staff_adjustments)),
        ("移送区纪委情况", "referrals", (referral.unit for referral in inputs.referrals)),
        ("目标任务", "targets", (target.unit for target in inputs.targets if target.unit is not None)),
        ("日常督查台账", "ledger", (entry.unit for entry in inputs.ledger)),
        ("自评报告", "self_assessments", (report.unit for report in inputs.self_assessments)),
        ("听查看记录", "site_notes", (note.unit for note in inputs.site_notes)),
    )
    for what, field, units in spoken:
        for unit in sorted(set(units) - names.keys()):
            words = f"{what}中的单位“{unit}”不在单位名单上。"
            yield Blocker(BlockerKind.UNKNOWN_UNIT, words, unit, entries=field)
    claims = {claim.claim_id for claim in inputs.claims}
    for late in inputs.late_acceptances:
        if late.claim_id not in claims:
            words = f"逾期受理决定所指的加减分申报“{late.claim_id}”不存在。"
            yield Blocker(BlockerKind.UNKNOWN_UNIT, words, entries="late_acceptances")


def _sessions(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Blocker]:
    """Sessions whose numbers do not reconcile, and groups whose sums would name the voters."""
    for tally in inputs.tallies:
        rules = inputs.scheme.contest(tally.contest.code)
        poll = tally.contest.code, tally.group
        if tally.group not in rules.group_names:
            words = f"{tally.title}：方案中没有权重组“{tally.group}”。"
            yield Blocker(BlockerKind.NOT_RECONCILED, words, poll=poll)
        for problem in tally.reconciliation.problems(rules):
            yield Blocker(BlockerKind.NOT_RECONCILED, f"{tally.title}票数不符：{problem}。", poll=poll)
        for count in tally.counts:
            if (row := tally.row_problem(rules, count)) is not None:
                words = f"{tally.title}票数不符：{names.get(count.unit, count.unit)}{row}。"
                yield Blocker(BlockerKind.NOT_RECONCILED, words, count.unit, poll=poll)
        voters = tally.reconciliation.should_attend
        if rules.groups and voters < LEAST_ELECTORS:
            words = f"{tally.title}：应到{voters}人，权重组少于{LEAST_ELECTORS}人时汇总票数会反映个人评价。"
            yield Blocker(BlockerKind.GROUP_TOO_SMALL, words, poll=poll)


def _self_rated(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Blocker]:
    """Rows that no honest session can have, until the leading group has decided (A42)."""
    for tally, count, decision in contradictions_that_hold(inputs):
        if decision is None:
            row = contradiction(names.get(count.unit, count.unit), count, tally.reconciliation.returned)
            words = f"{tally.title}：{row}。须由领导小组决定仍按此计入（计票决定），或对该单位重新测评。"
            poll = tally.contest.code, tally.group
            yield Blocker(
                BlockerKind.SELF_RATED, words, count.unit, tally.contest.code, "count_decisions", poll
            )
    counted = {(tally.key, count.unit) for tally in inputs.tallies for count in tally.counts}
    for each in inputs.count_decisions:
        key = session_key(each.contest, each.group, each.number)
        if (key, each.unit) not in counted:
            words = f"计票决定所指的计票结果不存在：{key}中的{names.get(each.unit, each.unit)}。"
            yield Blocker(BlockerKind.SESSION_MISSING, words, entries="count_decisions")


def _ratings(
    inputs: AssessmentInputs, outcomes: tuple[UnitOutcome, ...], names: dict[UnitCode, str]
) -> Iterator[Blocker]:
    """Contests not tallied yet, and units without a mark that counts."""
    held = {(tally.contest.code, tally.group) for tally in inputs.tallies}
    for rules in inputs.scheme.contests:
        for group in rules.group_names:
            if (rules.contest.code, group) not in held:
                words = f"{session_title(rules.contest, group, 1)}尚无计票结果。"
                yield Blocker(BlockerKind.SESSION_MISSING, words, poll=(rules.contest.code, group))
        for outcome in outcomes:
            rating = outcome.rating(rules.contest.code)
            yield from _rating(rules, rating, held, outcome.unit.code, names[outcome.unit.code])


def _rating(
    rules: ContestRules, rating: Rating, held: set[tuple[ContestCode, str]], unit: UnitCode, name: str
) -> Iterator[Blocker]:
    code = rules.contest.code
    for group in rating.groups:
        poll = code, group.group
        where = session_title(rules.contest, group.group, 1)
        if group.count is None:
            if (rules.contest.code, group.group) in held:
                words = f"{name}没有{where}的计票结果。"
                yield Blocker(BlockerKind.SESSION_MISSING, words, unit, code, poll=poll)
        elif rules.abstain is AbstainMode.COUNT_AS_ZERO and group.count.abstained is None:
            words = f"{name}在{where}中的弃权票数无法与回避分开，本方案弃权按0分计入，须重新测评。"
            yield Blocker(BlockerKind.ABSTENTIONS_UNKNOWN, words, unit, code, poll=poll)
        elif group.exact is None:
            words = f"{name}在{where}中没有可计分的有效票，须对该单位重新测评。"
            yield Blocker(BlockerKind.NO_VALID_MARK, words, unit, code, poll=poll)


def _indicators(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Blocker]:
    """Units whose indicator scores are missing, out of bounds, or do not follow the table of targets."""
    scored: dict[UnitCode, list[IndicatorScore]] = defaultdict(list)
    for score in inputs.scores:
        scored[score.unit].append(score)
    common = {target.code: target.full for target in inputs.targets if target.unit is None}
    own: dict[UnitCode, dict[str, Decimal]] = defaultdict(dict)
    for target in inputs.targets:
        if target.unit is not None:
            own[target.unit][target.code] = target.full
    for code, name in names.items():
        for fault in _unit_indicators(scored[code], common | own[code], inputs.scheme.indicator_full):
            yield Blocker(BlockerKind.INDICATORS, f"{name}{fault}。", code, entries="scores")


def _unit_indicators(
    scores: list[IndicatorScore], targets: dict[str, Decimal], full: Decimal
) -> Iterator[str]:
    if not scores:
        yield "没有指标得分"
        return
    for score in scores:
        if not 0 <= score.score <= score.full:
            yield f"指标{score.indicator}得分{score.score}分，应在0至{score.full}分之间"
        if targets and targets.get(score.indicator) != score.full:
            yield f"指标{score.indicator}（{score.full}分）与考核指标表不一致"
    if missing := sorted(targets.keys() - {score.indicator for score in scores}):
        yield f"指标{'、'.join(missing)}没有得分"
    total = sum((score.full for score in scores), Decimal(0))
    if total != full:
        yield f"各指标分值之和为{total}，应为{full}"


def _settled(
    inputs: AssessmentInputs, outcomes: tuple[UnitOutcome, ...], names: dict[UnitCode, str]
) -> Iterator[Blocker]:
    """Claims and events on which something is still to be decided."""
    for outcome in outcomes:
        for claim_outcome in outcome.adjustment.claims:
            if claim_outcome.fault is not None:
                claim = claim_outcome.claim
                words = (
                    f"{names[claim.unit]}的加减分申报{claim.claim_id}“{claim.title}”：{claim_outcome.fault}。"
                )
                yield Blocker(BlockerKind.CLAIM_UNSETTLED, words, claim.unit, entries="claims")
    for event in inputs.events:
        fault = inputs.scheme.barring.fault(event)
        if fault is not None:
            words = f"{names.get(event.unit, event.unit)}的情形{event.event_id}：{fault}。"
            yield Blocker(BlockerKind.EVENT_UNSETTLED, words, event.unit, entries="events")


def _reasons(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Blocker]:
    """Decisions of the leading group or the officer without a reason."""
    claims = {claim.claim_id: claim.unit for claim in inputs.claims}
    decisions: list[tuple[str, str, UnitCode | None, str]] = [
        *(
            (f"等次决定（{names.get(o.unit, o.unit)}）", "overrides", o.unit, o.reason)
            for o in inputs.overrides
        ),
        *(
            (f"并列决定（{names.get(t.unit, t.unit)}）", "tie_decisions", t.unit, t.reason)
            for t in inputs.tie_decisions
        ),
        *(
            (f"名额决定（{p.scope}·{p.grade.label}）", "place_decisions", None, p.reason)
            for p in inputs.place_decisions
        ),
        *(
            (f"计票决定（{names.get(c.unit, c.unit)}）", "count_decisions", c.unit, c.reason)
            for c in inputs.count_decisions
        ),
        *(
            (f"优秀名额调整（{names.get(s.unit, s.unit)}）", "staff_adjustments", s.unit, s.reason)
            for s in inputs.staff_adjustments
        ),
        *(
            (f"逾期受理决定（{late.claim_id}）", "late_acceptances", claims.get(late.claim_id), late.reason)
            for late in inputs.late_acceptances
        ),
    ]
    for what, field, unit, reason in decisions:
        if not reason.strip():
            yield Blocker(BlockerKind.REASON_MISSING, f"{what}没有填写理由。", unit, entries=field)


def _places(inputs: AssessmentInputs) -> Iterator[Blocker]:
    """Classes for which the manual mode gives no places."""
    rules = inputs.scheme.quota
    if rules.mode is QuotaMode.MANUAL:
        scopes = {unit.unit_class for unit in inputs.units} if rules.by_class else {ALL_UNITS}
        for scope in sorted(scopes - {name for name, _ in rules.manual}):
            words = f"方案没有指定类别“{scope}”的优秀、良好名额。"
            yield Blocker(BlockerKind.PLACES_MISSING, words)


def _history(inputs: AssessmentInputs, names: dict[UnitCode, str]) -> Iterator[Blocker]:
    """Rows of history that are not earlier than the year (A39)."""
    for entry in inputs.history:
        if entry.year >= inputs.scheme.year:
            who = names.get(entry.unit, entry.unit)
            words = f"历年考核结果中有{who}{entry.year}年度的结果，只能是{inputs.scheme.year}年以前的。"
            yield Blocker(BlockerKind.HISTORY_NOT_EARLIER, words, entry.unit, entries="history")


def _open_places(inputs: AssessmentInputs, ranking: Ranking) -> Iterator[Blocker]:
    """Places that equal remainders leave open: never given by the order of the units (A36)."""
    for each in ranking.open_places:
        words = (
            f"按比例分配{each.grade.label}名额时，{'、'.join(each.scopes)}的余数相同，"
            f"还有{each.places}个名额须由领导小组决定归哪一类（名额决定须排出全部类别；只留最后一类的，其余须从1起依次排）。"
        )
        yield Blocker(BlockerKind.PLACES_UNDECIDED, words, entries="place_decisions")
    scopes = {unit.unit_class for unit in inputs.units}
    for decision in inputs.place_decisions:
        if decision.scope not in scopes or decision.grade not in (Grade.EXCELLENT, Grade.GOOD):
            what = f"名额决定“{decision.scope}·{decision.grade.label}”"
            words = f"{what}：单位名单中没有这一类别，或这一等次没有名额。"
            yield Blocker(BlockerKind.PLACES_UNDECIDED, words, entries="place_decisions")


def _ties(ranking: Ranking, names: dict[UnitCode, str]) -> Iterator[Blocker]:
    half_decided = {unit for group in ranking.half_decided for unit in group}
    for group in ranking.undecided:
        if half_decided.issuperset(group):
            continue  # told below, with the whole tie
        who = "、".join(names[code] for code in group)
        words = f"{who}各项得分完全相同，等次或排名最后的单位取决于先后，须由领导小组决定名次。"
        yield Blocker(BlockerKind.TIE_UNDECIDED, words, group[0], entries="tie_decisions")
    for group in ranking.half_decided:
        who = "、".join(names[code] for code in group)
        words = f"{who}并列，决定须排出全部单位的先后，且先后不得相同；只留最后一个的，其余须从1起依次排。"
        yield Blocker(BlockerKind.TIE_HALF_DECIDED, words, group[0], entries="tie_decisions")
