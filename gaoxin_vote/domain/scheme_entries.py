"""Which value does a scheme state under each of its keys?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.quota import QuotaMode
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_key import SchemeKey, Section, Unset
from gaoxin_vote.domain.scheme_keys.contests import CONTEST, RATING
from gaoxin_vote.domain.scheme_keys.every import SECTIONS
from gaoxin_vote.domain.scheme_keys.grades import QUOTA
from gaoxin_vote.domain.scheme_keys.names import ALIAS, ALIASES, CLAUSES


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """One key of a scheme with its value."""

    key: SchemeKey
    name: str
    """As it stands in its table: the key's name, or the one that the scheme chose."""
    value: object
    own: bool = False
    """A key of all contests that this one has otherwise."""

    @property
    def noticed(self) -> bool:
        """Whether the value is that of the notice, or the notice has none to compare with."""
        return not self.own and self.key.default in (Unset.UNSET, self.value)


@dataclass(frozen=True, slots=True)
class SchemeBlock:
    """One table of the scheme file with what stands in it."""

    section: Section
    code: str
    """Of a table in a list; empty elsewhere."""
    title: str
    entries: tuple[SchemeEntry, ...]


def blocks(scheme: AssessmentScheme) -> Iterator[SchemeBlock]:
    """The scheme table by table, in the order of the file, with what must stand in each."""
    for section in SECTIONS:
        if section is CONTEST:
            yield from (_contest(rules, scheme) for rules in scheme.contests)
        elif section is ALIASES:
            entries = (SchemeEntry(ALIAS, name, unit) for name, unit in scheme.aliases)
            yield SchemeBlock(section, "", section.title, tuple(entries))
        elif section.repeated:
            for item in attrgetter(section.part)(scheme):
                entries = (entry for entry in _entries(section, item, scheme) if _stands(entry, item))
                yield SchemeBlock(section, item.code, f"{section.title}{item.code}", tuple(entries))
        else:
            holder = _holder(section, scheme)
            entries = (entry for entry in _entries(section, holder, scheme) if _stands(entry, holder))
            yield SchemeBlock(section, "", section.title, tuple(entries))


def common_value(key: SchemeKey, scheme: AssessmentScheme) -> object:
    """What most contests have under a key of `RATING`; of equally many, what the last of them has."""
    values = Counter(attrgetter(key.attribute)(rules) for rules in reversed(scheme.contests))
    return max(values, key=lambda value: values[value])


def stated(section: Section, key: SchemeKey, scheme: AssessmentScheme) -> object:
    """The value under a key of a section that is no list."""
    if section is RATING:
        return common_value(key, scheme)
    if section is CLAUSES:
        return {clause.value: words for clause, words in scheme.clauses}.get(key.name, "")
    return _value(key, _holder(section, scheme), scheme)


def _entries(section: Section, holder: object, scheme: AssessmentScheme) -> Iterator[SchemeEntry]:
    for key in section.keys:
        value = _value(key, holder, scheme) if section.repeated else stated(section, key, scheme)
        yield SchemeEntry(key, key.name, value)


def _contest(rules: ContestRules, scheme: AssessmentScheme) -> SchemeBlock:
    told = (entry for entry in _entries(CONTEST, rules, scheme) if rules.raters in entry.key.raters)
    own = (
        SchemeEntry(key, key.name, value, own=True)
        for key in RATING.keys
        if (value := _value(key, rules, scheme)) != common_value(key, scheme)
    )
    return SchemeBlock(CONTEST, rules.contest.code, rules.contest.title, (*told, *own))


def _holder(section: Section, scheme: AssessmentScheme) -> object:
    return attrgetter(section.part)(scheme) if section.part else scheme


def _value(key: SchemeKey, holder: object, scheme: AssessmentScheme) -> object:
    value = attrgetter(key.attribute)(holder)
    return Decimal(0) if key.least and value == getattr(scheme, key.least) else value


def _stands(entry: SchemeEntry, holder: object) -> bool:
    """Whether the entry must be written: an optional one need not where it says what its absence says."""
    by_hand = entry.key in QUOTA.keys and getattr(holder, "mode", None) is QuotaMode.MANUAL
    return entry.key.required or entry.value != entry.key.absent or by_hand
