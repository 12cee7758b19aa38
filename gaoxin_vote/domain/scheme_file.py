"""How is a scheme read from its file, and everything wrong with it told at once?

What each key may hold stands in the table of keys (`scheme_keys`); here stands what must go together.
"""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gaoxin_vote.domain.adjustment import BonusRules
from gaoxin_vote.domain.consequence import ConsequenceRules
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.contest_rules import ContestRules, Raters
from gaoxin_vote.domain.event import BarringKind, BarringRules, Effect
from gaoxin_vote.domain.quota import QuotaMode, QuotaRules
from gaoxin_vote.domain.scheme import AssessmentScheme, Clause, SchemeReason, SpareRules
from gaoxin_vote.domain.scheme_key import Section
from gaoxin_vote.domain.scheme_keys.adjustments import BARRING, BONUS, KIND
from gaoxin_vote.domain.scheme_keys.consequences import ACCOUNTABILITY, STAFF
from gaoxin_vote.domain.scheme_keys.contests import CONTEST, RATING, SLIPS
from gaoxin_vote.domain.scheme_keys.grades import QUOTA, TIES
from gaoxin_vote.domain.scheme_keys.names import ALIAS, CLAUSES
from gaoxin_vote.domain.scheme_keys.scores import SCORE, TOP
from gaoxin_vote.domain.scheme_table import SchemeFault, SchemeTable
from gaoxin_vote.domain.scheme_values import Order
from gaoxin_vote.domain.standing import TieRules
from gaoxin_vote.errors import Refused
from gaoxin_vote.resources import resource

_MOST_CONTESTS = 6
_TOML_FAULTS = {
    "Cannot": "有一项或一组写了两次",
    "Untermin": "缺少引号",
    "Unclosed": "缺少括号",
    "Invalid value": "的值写法不对（文字须加英文引号，数字不加）",
    "Expected": "缺少等号、括号或换行",
}


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
        raise Refused(SchemeReason.FAULTY, f"方案文件无法读取：{_toml_words(str(error))}。") from None


def _toml_words(said: str) -> str:
    """What the parser says in English, with the place it names."""
    place = re.search(r"\(at line (\d+), column (\d+)\)$", said)
    where = f"第{place[1]}行第{place[2]}个字符处" if place else "文件末尾处"
    known = next((words for sign, words in _TOML_FAULTS.items() if said.startswith(sign)), "写法不对")
    return f"{where}{known}"


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
    return Refused(SchemeReason.FAULTY, f"考核方案有{len(lines)}处错误，请修改后再采用。", details=lines)


def read_scheme(table: Mapping[str, object]) -> tuple[AssessmentScheme, tuple[SchemeFault, ...]]:
    """The scheme and its faults; the scheme is worth something only when there are none."""
    top = SchemeTable(table)
    score = top.section("score")
    top.decimals = score.decimals = score.whole("decimals", 1, 4)
    names, scores = _fields(top, TOP), _fields(score, SCORE)
    contests = _contests(top)
    codes = (f"contests[{number}].code" for number in range(1, len(contests) + 1))
    scheme = AssessmentScheme(
        **names,
        **scores,
        contests=contests,
        bonus=_bonus(top.section("bonus")),
        barring=_barring(top.section("barring")),
        quota=_quota(top.section("quota"), scores),
        ties=_ties(top.section("ties"), contests if top.sound("contests", *codes) else None),
        consequence=_consequence(top.section("staff"), top.section("accountability")),
        spares=SpareRules(**_whole_table(top.section("slips"), SLIPS)),
        aliases=_aliases(top.section("aliases")),
        clauses=_clauses(top.section("clauses")),
    )
    for section in (score, top):
        section.finish()
    return scheme, tuple(sorted(set(top.faults), key=lambda fault: fault.key))


def _fields(
    table: SchemeTable, section: Section, *leave: str, least: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The fields of the section's rules as the table gives them; those of the keys to `leave` are not read.

    No value goes below the field of `least` that its key names.
    """
    fields = {}
    for key in section.keys:
        if key.name in leave:
            continue
        there = key.required or table.has(key.name)
        value = key.value.read(table, key.name) if there else key.absent
        fields[key.attribute] = max(value, least[key.least]) if least and key.least else value
    return fields


def _whole_table(table: SchemeTable, section: Section) -> dict[str, Any]:
    fields = _fields(table, section)
    table.finish()
    return fields


def _contests(top: SchemeTable) -> tuple[ContestRules, ...]:
    rating = top.section("rating")
    common = _fields(rating, RATING)
    sections = top.sections("contests")
    if top.sound("contests") and not 1 <= len(sections) <= _MOST_CONTESTS:
        top.fault("contests", f"现有{len(sections)}项，应为1至{_MOST_CONTESTS}项")
    contests = tuple(_contest(section, common) for section in sections)
    for name, words in (
        ("code", [str(rules.contest.code) for rules in contests]),
        ("title", [rules.contest.title for rules in contests]),
    ):
        for section, word in zip(sections, words, strict=True):
            if words.count(word) > 1 and section.sound(name):
                section.fault(name, f"“{word}”重复，各项测评的 {name} 不能相同")
    rating.finish()
    return contests


def _contest(table: SchemeTable, common: Mapping[str, Any]) -> ContestRules:
    """One contest: what every one has, what only its raters can have, and what it has otherwise than all."""
    own = [key.name for key in RATING.keys if not table.has(key.name)]
    fields = dict(common) | _fields(table, RATING, *own)
    raters = next(key for key in CONTEST.keys if key.name == "raters").value.read(table, "raters")
    for key in CONTEST.keys:
        if key.name != "raters":
            told = raters in key.raters and (table.sound("raters") or key.raters == tuple(Raters))
            fields[key.attribute] = key.value.read(table, key.name) if told else key.absent
    contest = Contest(fields.pop("contest.code"), fields.pop("contest.title"))
    rules = ContestRules(contest=contest, raters=raters, **fields)
    if not table.sound("raters"):
        table.skip(*table.table)
    elif table.sound("slips") and (words := rules.slip_fault(rules.slips)):
        table.fault("slips", words)
    table.finish()
    return rules


def _bonus(table: SchemeTable) -> BonusRules:
    rules = BonusRules(**_fields(table, BONUS))
    bounds = table.sound("innovation_min", "innovation_max")
    if bounds and rules.innovation_min > rules.innovation_max:
        table.fault("innovation_min", f"不能大于创新加分上限（{rules.innovation_max}）")
    table.finish()
    return rules


def _barring(table: SchemeTable) -> BarringRules:
    kinds = tuple(BarringKind(**_whole_table(section, KIND)) for section in table.sections("kinds"))
    bars = {kind.code for kind in kinds if kind.effect is Effect.BAR and not kind.counts_as}
    if len({kind.code for kind in kinds}) < len(kinds):
        table.fault("kinds", "情形代码不能重复")
    for kind in kinds:
        if kind.counts_as and (kind.counts_as not in bars or kind.effect is Effect.FAIL):
            table.fault(
                "kinds",
                f"情形{kind.code}的“与……合算”应填另一种取消优良资格情形的代码，现为“{kind.counts_as}”",
            )
    return BarringRules(kinds=kinds, **_whole_table(table, BARRING))


def _quota(table: SchemeTable, scores: Mapping[str, Any]) -> QuotaRules:
    rules = QuotaRules(**_fields(table, QUOTA, least=scores))
    if rules.mode is QuotaMode.MANUAL and not table.has("manual"):
        table.section("manual")
    if table.sound("excellent_ratio", "good_ratio") and rules.excellent_ratio + rules.good_ratio > 1:
        table.fault("good_ratio", "与优秀比例之和不能大于1")
    if table.sound("excellent_min", "good_min") and rules.good_min > rules.excellent_min:
        table.fault("good_min", f"不能高于优秀的最低分（{rules.excellent_min}）")
    table.finish()
    return rules


def _ties(table: SchemeTable, contests: tuple[ContestRules, ...] | None) -> TieRules:
    """The rules of equal units; their order stays unread while the codes of the contests are faulty."""
    table.skip("order")
    order = () if contests is None else Order(contests).read(table, "order")
    rules = TieRules(order=order, **_fields(table, TIES, "order"))
    table.finish()
    return rules


def _consequence(staff: SchemeTable, answer: SchemeTable) -> ConsequenceRules:
    return ConsequenceRules(**_whole_table(staff, STAFF), **_whole_table(answer, ACCOUNTABILITY))


def _aliases(table: SchemeTable) -> tuple[tuple[str, str], ...]:
    return tuple((alias, ALIAS.value.read(table, alias)) for alias in table.table)


def _clauses(table: SchemeTable) -> tuple[tuple[Clause, str], ...]:
    told = _whole_table(table, CLAUSES)
    return tuple((clause, told[clause.value]) for clause in Clause)
