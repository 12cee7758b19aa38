"""In what do two schemes differ?"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_entries import stated
from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_keys.contests import CONTEST, RATING
from gaoxin_vote.domain.scheme_keys.every import SECTIONS
from gaoxin_vote.domain.scheme_keys.names import ALIAS, ALIASES

_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class SchemeDifference:
    """One key under which two schemes say different things."""

    key: str
    """Dotted, a table of a list by its code: ``contests.peer.full``."""
    label: str
    before: str
    """In the first scheme, in words; — where it has no such thing."""
    after: str


def differences(before: AssessmentScheme, after: AssessmentScheme) -> tuple[SchemeDifference, ...]:
    """Every key that differs, in the order of the file; none where the schemes are equal."""
    return tuple(found for section in SECTIONS for found in _section(section, before, after))


def _section(
    section: Section, before: AssessmentScheme, after: AssessmentScheme
) -> Iterator[SchemeDifference]:
    if section is ALIASES:
        yield from _aliases(before, after)
    elif section.repeated:
        yield from _rows(section, before, after)
    else:
        for key in section.keys:
            if section is RATING and not (_uniform(key, before) and _uniform(key, after)):
                continue
            values = (stated(section, key, before), stated(section, key, after))
            if values[0] != values[1]:
                words = (key.words(value) for value in values)
                yield SchemeDifference(key.key, f"{section.title}：{key.label}", *words)


def _uniform(key: SchemeKey, scheme: AssessmentScheme) -> bool:
    return len({attrgetter(key.attribute)(rules) for rules in scheme.contests}) == 1


def _rows(section: Section, before: AssessmentScheme, after: AssessmentScheme) -> Iterator[SchemeDifference]:
    old, new = _by_code(section, before), _by_code(section, after)
    keys = [key for key in section.keys if key.name != "code"]
    if section is CONTEST:
        keys += [key for key in RATING.keys if not (_uniform(key, before) and _uniform(key, after))]
    for code in (*old, *(code for code in new if code not in old)):
        if code not in old or code not in new:
            there = (_title(row[code]) if code in row else _NOTHING for row in (old, new))
            yield SchemeDifference(f"{section.name}.{code}", section.title, *there)
            continue
        for key in keys:
            values = tuple(attrgetter(key.attribute)(row[code]) for row in (old, new))
            if values[0] != values[1]:
                words = (_words(key, row[code]) for row in (old, new))
                place = f"{section.name}.{code}.{key.name}"
                yield SchemeDifference(place, f"{_title(new[code])}：{key.label}", *words)
    yield from _order(section, tuple(old), tuple(new))


def _by_code(section: Section, scheme: AssessmentScheme) -> dict[str, Any]:
    rows = attrgetter(section.part)(scheme)
    return {row.contest.code if isinstance(row, ContestRules) else row.code: row for row in rows}


def _title(row: Any) -> str:
    return row.contest.title if isinstance(row, ContestRules) else f"{row.code} {row.text}"


def _words(key: SchemeKey, row: Any) -> str:
    told = not isinstance(row, ContestRules) or row.raters in key.raters
    return key.words(attrgetter(key.attribute)(row)) if told else _NOTHING


def _aliases(before: AssessmentScheme, after: AssessmentScheme) -> Iterator[SchemeDifference]:
    old, new = dict(before.aliases), dict(after.aliases)
    for name in (*old, *(name for name in new if name not in old)):
        if old.get(name) != new.get(name):
            words = (names.get(name, _NOTHING) for names in (old, new))
            yield SchemeDifference(f"{ALIASES.name}.{name}", f"{ALIAS.label}：{name}", *words)
    yield from _order(ALIASES, tuple(old), tuple(new))


def _order(section: Section, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[SchemeDifference]:
    """The rows that both have, where they stand in another order."""
    kept = tuple(code for code in old if code in new)
    moved = tuple(code for code in new if code in old)
    if kept != moved:
        yield SchemeDifference(section.name, f"{section.title}的次序", "、".join(kept), "、".join(moved))
