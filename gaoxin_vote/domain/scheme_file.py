"""How is a scheme read from its file, and everything wrong with it told at once?"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from gaoxin_vote.domain.adjustment import BonusRules, CapMode, ClaimCategory
from gaoxin_vote.domain.consequence import AccountabilityMode, ConsequenceRules, StaffRounding
from gaoxin_vote.domain.contest import GRADES, Contest, ContestCode
from gaoxin_vote.domain.contest_rules import (
    LEAST_ELECTORS,
    AbstainMode,
    ContestRules,
    Raters,
    SelfRating,
    VoidScope,
    WeightGroup,
)
from gaoxin_vote.domain.event import BarringKind, BarringRules, Effect
from gaoxin_vote.domain.quota import Places, QuotaMode, QuotaRules, Vacancy
from gaoxin_vote.domain.record import COUNT_KEYS, RECORD_KEYS
from gaoxin_vote.domain.scheme import (
    AssessmentScheme,
    Clause,
    ReviewRules,
    RoundStage,
    SchemeReason,
    SpareRules,
)
from gaoxin_vote.domain.scheme_table import SchemeFault, SchemeTable
from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.domain.standing import DECISION, LastScope, TieRules, order_keys
from gaoxin_vote.errors import Refused
from gaoxin_vote.resources import resource

Word = TypeVar("Word", bound=Enum)
Of4 = TypeVar("Of4")


_GROUPABLE = {
    category.label: category for category in ClaimCategory if category is not ClaimCategory.CITY_ITEM
}
_MOST_CONTESTS = 6
_MOST_BALLOTS = 999
_WEIGHABLE = (Raters.LEADERS, Raters.PERSONS)
_CODE = re.compile("[a-z][a-z0-9_]{0,15}")
_OVERRIDABLE = ("grade_values", "abstain", "void_scope", "trim", "min_turnout", "max_excellent")


@lru_cache(maxsize=16)
def load_scheme(text: str) -> AssessmentScheme:
    """The scheme in this TOML text.

    Raises `Refused` when it is no TOML, or with every fault at once: its key and what is allowed there.
    A key that no scheme has is a fault, so is a missing one.
    """
    return scheme_from_table(toml_table(text))


def toml_table(text: str) -> dict[str, object]:
    """The tables of a TOML text, numbers with a point as Decimal. Raises `Refused` when it is no TOML."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Refused(SchemeReason.FAULTY, f"方案文件不是正确的 TOML：{error}。") from None


def shipped_scheme_text(name: str = "2017") -> str:
    """The text of a scheme that ships with the program: 2017, plain or weighted."""
    return (resource("schemes") / f"{name}.toml").read_text(encoding="utf-8")


def scheme_from_table(table: Mapping[str, object]) -> AssessmentScheme:
    """The scheme of a parsed file. Raises `Refused` with every fault at once."""
    scheme, faults = read_scheme(table)
    if faults:
        raise faulty(faults)
    return scheme


def faulty(faults: tuple[SchemeFault, ...]) -> Refused:
    """The refusal that lists these faults, one a line."""
    lines = tuple(f"{fault.key}：{fault.words}" for fault in faults)
    return Refused(SchemeReason.FAULTY, f"考评方案有{len(lines)}处错误，请修改后再载入。", details=lines)


def read_scheme(table: Mapping[str, object]) -> tuple[AssessmentScheme, tuple[SchemeFault, ...]]:
    """The scheme and its faults; the scheme is worth something only when there are none."""
    top = SchemeTable(table)
    score = top.section("score")
    decimals = score.whole("decimals", 1, 4)
    pass_line = score.number("pass_line", 0, 100, decimals=decimals)
    rating = top.section("rating")
    contests = _contests(top, rating)
    codes = (f"contests[{number}].code" for number in range(1, len(contests) + 1))
    scheme = AssessmentScheme(
        title=top.text("title", empty=False),
        document=top.text("document"),
        year=top.whole("year", 2000, 2999),
        decimals=decimals,
        round_stage=score.word("round_stage", _by_value(RoundStage)),
        indicator_full=score.number("indicator_full", 0, 1000, decimals=decimals),
        pass_line=pass_line,
        contests=contests,
        bonus=_bonus(top.section("bonus"), decimals),
        barring=_barring(top.section("barring")),
        quota=_quota(top.section("quota"), pass_line, decimals),
        ties=_ties(top.section("ties"), contests if top.sound("contests", *codes) else None),
        consequence=_consequence(top.section("staff"), top.section("accountability")),
        spares=_spares(top.section("slips")),
        review=_review(top.section("review")),
        aliases=_aliases(top.section("aliases")),
        clauses=_clauses(top.section("clauses")),
    )
    for section in (score, rating, top):
        section.finish()
    return scheme, tuple(sorted(set(top.faults), key=lambda fault: fault.key))


def _by_value(kind: type[Word]) -> dict[str, Word]:
    return {str(member.value): member for member in kind}


def _contests(top: SchemeTable, rating: SchemeTable) -> tuple[ContestRules, ...]:
    common = _marks(rating, rating)
    sections = top.sections("contests")
    if top.sound("contests") and not 1 <= len(sections) <= _MOST_CONTESTS:
        top.fault("contests", f"现有{len(sections)}项，应为1至{_MOST_CONTESTS}项")
    contests = tuple(_contest(section, rating, common) for section in sections)
    for name, words in (
        ("code", [str(rules.contest.code) for rules in contests]),
        ("title", [rules.contest.title for rules in contests]),
    ):
        for section, word in zip(sections, words, strict=True):
            if words.count(word) > 1 and section.sound(name):
                section.fault(name, f"“{word}”重复，各项测评的 {name} 不能相同")
    return contests


def _contest(table: SchemeTable, rating: SchemeTable, common: ContestRules) -> ContestRules:
    """One contest: what every one has, and what only its raters can have."""
    raters = table.word("raters", _by_value(Raters))
    marks = _marks(table, rating) if any(table.has(key) for key in _OVERRIDABLE) else common
    rules = replace(
        marks,
        contest=Contest(_contest_code(table), table.text("title", empty=False)),
        raters=raters,
        full=table.number("full", 0, 1000),
        labels=_labels(table),
        slips=table.word("slips", _by_value(SlipMode)),
        groups=_groups(table) if table.sound("raters") and raters in _WEIGHABLE else (),
    )
    if not table.sound("raters"):
        table.skip(*table.table)
    elif raters is Raters.UNITS:
        self_rating = table.word("self_rating", _by_value(SelfRating))
        rules = replace(
            rules, self_rating=self_rating, ballots_per_unit=table.whole("ballots_per_unit", 1, 99)
        )
    elif raters is Raters.ANONYMOUS:
        rules = replace(rules, ballots=table.whole("ballots", LEAST_ELECTORS, _MOST_BALLOTS))
    if table.sound("raters", "slips") and (words := rules.slip_fault(rules.slips)):
        table.fault("slips", words)
    table.finish()
    return rules


def _contest_code(table: SchemeTable) -> ContestCode:
    code = table.text("code", empty=False)
    if table.sound("code") and not _CODE.fullmatch(code):
        table.fault("code", f"现为“{code}”，应为小写字母开头的小写字母、数字和下划线，至多16个")
    elif code in RECORD_KEYS or code in {key.code for key in order_keys(())}:
        table.fault("code", f"“{code}”另有含义，请换一个代码")
    return ContestCode(code)


def _labels(table: SchemeTable) -> tuple[str, str, str, str]:
    labels = _four(table.texts("labels", number=len(GRADES)))
    if taken := [label for label in labels if label in COUNT_KEYS]:
        table.fault("labels", f"“{'、'.join(taken)}”在计票表上另有含义，请换一个词")
    return labels


def _marks(own: SchemeTable, common: SchemeTable) -> ContestRules:
    """The rules of marks, each key from the contest's own table if it stands there."""

    def holder(key: str) -> SchemeTable:
        return own if own.has(key) else common

    holds = holder("grade_values")
    values = _four(holds.numbers("grade_values", [grade.label for grade in GRADES], 0, 100))
    if holds.sound("grade_values") and list(values) != sorted(values, reverse=True):
        holds.fault("grade_values", "等次越高分值不能越低：优秀≥良好≥合格≥不合格")
    most = holder("max_excellent").whole("max_excellent", 0, 9999)
    return ContestRules(
        contest=Contest(ContestCode(""), ""),
        raters=Raters.LEADERS,
        full=Decimal(0),
        labels=("", "", "", ""),
        values=values,
        abstain=holder("abstain").word("abstain", _by_value(AbstainMode)),
        void_scope=holder("void_scope").word("void_scope", _by_value(VoidScope)),
        trim=holder("trim").whole("trim", 0, 99),
        min_turnout=holder("min_turnout").fraction("min_turnout", Fraction(0), Fraction(1)),
        max_excellent=most or None,
        slips=SlipMode.DRAWN,
        self_rating=SelfRating.INCLUDE,
        ballots_per_unit=1,
        ballots=0,
        groups=(),
    )


def _four(values: tuple[Of4, ...]) -> tuple[Of4, Of4, Of4, Of4]:
    excellent, good, passed, failed = values
    return excellent, good, passed, failed


def _groups(table: SchemeTable) -> tuple[WeightGroup, ...]:
    weights = table.table_of_numbers("weights", 0, 1)
    if not table.sound("weights"):
        return ()
    if weights and (len(weights) < 2 or min(weight for _, weight in weights) == 0):
        table.fault("weights", "须有两个以上的组，权重都大于0；不分组时留空")
    elif weights and sum(weight for _, weight in weights) != 1:
        table.fault("weights", "各组权重之和须为1")
    if any(not name.strip() for name, _ in weights):
        table.fault("weights", "组名不能为空")
    return tuple(WeightGroup(name, weight) for name, weight in weights)


def _bonus(table: SchemeTable, decimals: int) -> BonusRules:
    rules = BonusRules(
        level_points=table.table_of_numbers("level_points", 0, 100, decimals=decimals),
        city_item_points=table.table_of_numbers("city_item_points", -100, 100, decimals=decimals),
        innovation_min=table.number("innovation_min", 0, 100, decimals=decimals),
        innovation_max=table.number("innovation_max", 0, 100, decimals=decimals),
        innovation_step=table.number("innovation_step", 0, 100, decimals=decimals),
        cap=table.number("cap", 0, 1000, decimals=decimals),
        cap_mode=table.word("cap_mode", _by_value(CapMode)),
        deadline=table.day("deadline"),
        deadline_inclusive=table.flag("deadline_inclusive"),
        season_days=table.whole("season_days", 0, 366),
        same_matter_categories=table.words("same_matter_categories", _GROUPABLE),
    )
    bounds = table.sound("innovation_min", "innovation_max")
    if bounds and rules.innovation_min > rules.innovation_max:
        table.fault("innovation_min", f"不能大于 innovation_max（{rules.innovation_max}）")
    table.finish()
    return rules


def _barring(table: SchemeTable) -> BarringRules:
    kinds = []
    for section in table.sections("kinds"):
        kind = BarringKind(
            code=section.text("code", empty=False),
            text=section.text("text", empty=False),
            effect=section.word("effect", _by_value(Effect)),
            clause=section.text("clause") if section.has("clause") else "",
            counts_as=section.text("counts_as") if section.has("counts_as") else "",
            areas=section.texts("areas") if section.has("areas") else (),
        )
        section.finish()
        kinds.append(kind)
    bars = {kind.code for kind in kinds if kind.effect is Effect.BAR and not kind.counts_as}
    if len({kind.code for kind in kinds}) < len(kinds):
        table.fault("kinds", "code 不能重复")
    for kind in kinds:
        if kind.counts_as and (kind.counts_as not in bars or kind.effect is Effect.FAIL):
            table.fault(
                "kinds", f"{kind.code} 的 counts_as 须是另一种 bar 情形的 code，现为“{kind.counts_as}”"
            )
    rules = BarringRules(
        kinds=tuple(kinds),
        fail_kinds=table.whole("fail_kinds", 1, 99),
        veto_areas_count_separately=table.flag("veto_areas_count_separately"),
    )
    table.finish()
    return rules


def _quota(table: SchemeTable, pass_line: Decimal, decimals: int) -> QuotaRules:
    mode = table.word("mode", _by_value(QuotaMode))
    manual = []
    if mode is QuotaMode.MANUAL or table.has("manual"):
        section = table.section("manual")
        for name in section.table:
            places = section.section(name)
            manual.append((name, Places(places.whole("excellent", 0, 99999), places.whole("good", 0, 99999))))
            places.finish()
    rules = QuotaRules(
        by_class=table.flag("by_class"),
        mode=mode,
        excellent_ratio=table.number("excellent_ratio", 0, 1),
        good_ratio=table.number("good_ratio", 0, 1),
        excellent_total=table.whole("excellent_total", 0, 99999),
        good_total=table.whole("good_total", 0, 99999),
        manual=tuple(manual),
        vacancy=table.word("vacancy", _by_value(Vacancy)),
        excellent_min=max(pass_line, table.number("excellent_min", 0, 1000, decimals=decimals)),
        good_min=max(pass_line, table.number("good_min", 0, 1000, decimals=decimals)),
    )
    if table.sound("excellent_ratio", "good_ratio") and rules.excellent_ratio + rules.good_ratio > 1:
        table.fault("good_ratio", "与 excellent_ratio 之和不能大于1")
    if table.sound("excellent_min", "good_min") and rules.good_min > rules.excellent_min:
        table.fault("good_min", f"不能高于优秀的最低分（{rules.excellent_min}）")
    table.finish()
    return rules


def _ties(table: SchemeTable, contests: tuple[ContestRules, ...] | None) -> TieRules:
    """The rules of equal units; their order stays unread while the codes of the contests are faulty."""
    table.skip("order")
    known = {key.code: key for key in order_keys(contests or ())}
    rules = TieRules(
        order=() if contests is None else table.words("order", known),
        use_decisions=table.flag("use_decisions"),
        equal_grade=table.flag("equal_grade"),
    )
    if DECISION in rules.order[:-1]:
        table.fault("order", "decision 只能排在最后")
    table.finish()
    return rules


def _consequence(staff: SchemeTable, answer: SchemeTable) -> ConsequenceRules:
    rules = ConsequenceRules(
        staff_ratio=_four(staff.numbers("ratio", [grade.label for grade in GRADES], 0, 1)),
        staff_rounding=staff.word("rounding", _by_value(StaffRounding)),
        staff_total_cap=staff.number("total_cap", 0, 1),
        accountability=answer.word("mode", _by_value(AccountabilityMode)),
        last_scope=answer.word("last_scope", _by_value(LastScope)),
    )
    staff.finish()
    answer.finish()
    return rules


def _spares(table: SchemeTable) -> SpareRules:
    rules = SpareRules(table.whole("spare_least", 0, 999), table.number("spare_share", 0, 1))
    table.finish()
    return rules


def _review(table: SchemeTable) -> ReviewRules:
    rules = ReviewRules(table.flag("enabled"), table.whole("days", 0, 365))
    table.finish()
    return rules


def _aliases(table: SchemeTable) -> tuple[tuple[str, str], ...]:
    return tuple((alias, table.text(alias, empty=False)) for alias in table.table)


def _clauses(table: SchemeTable) -> tuple[tuple[Clause, str], ...]:
    clauses = tuple((clause, table.text(clause.value)) for clause in Clause)
    table.finish()
    return clauses
