"""How does a folder's `config.json` become a scheme?"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gaoxin_vote.domain.scheme import AssessmentScheme, SchemeReason
from gaoxin_vote.domain.scheme_file import faulty, read_scheme, shipped_scheme_text, toml_table
from gaoxin_vote.domain.scheme_table import SchemeFault
from gaoxin_vote.errors import Refused

CONFIG_KEYS: dict[str, str] = {
    "year": "year",
    "decimals": "score.decimals",
    "round_stage": "score.round_stage",
    "indicator_full": "score.indicator_full",
    "pass_line": "score.pass_line",
    "grade_values": "rating.grade_values",
    "abstain": "rating.abstain",
    "trim_extremes": "rating.trim",
    "min_turnout": "rating.min_turnout",
    "leader_full": "contests.leader.full",
    "leader_grade_labels": "contests.leader.labels",
    "leader_weights": "contests.leader.weights",
    "peer_full": "contests.peer.full",
    "peer_grade_labels": "contests.peer.labels",
    "self_rating": "contests.peer.self_rating",
    "one_ballot_per_unit": "contests.peer.ballots_per_unit",
    "bonus.level_points": "bonus.level_points",
    "bonus.city_item_points": "bonus.city_item_points",
    "bonus.innovation_min": "bonus.innovation_min",
    "bonus.innovation_max": "bonus.innovation_max",
    "bonus.cap": "bonus.cap",
    "bonus.cap_mode": "bonus.cap_mode",
    "bonus.deadline": "bonus.deadline",
    "bonus.deadline_inclusive": "bonus.deadline_inclusive",
    "bonus.same_matter_categories": "bonus.same_matter_categories",
    "fail_kinds": "barring.fail_kinds",
    "veto_areas_count_separately": "barring.veto_areas_count_separately",
    "quota.by_class": "quota.by_class",
    "quota.mode": "quota.mode",
    "quota.excellent_ratio": "quota.excellent_ratio",
    "quota.good_ratio": "quota.good_ratio",
    "quota.excellent_total": "quota.excellent_total",
    "quota.good_total": "quota.good_total",
    "vacancy": "quota.vacancy",
    "tie_break": "ties.order",
    "use_tie_decisions": "ties.use_decisions",
    "staff_ratio": "staff.ratio",
    "staff_rounding": "staff.rounding",
    "staff_total_cap": "staff.total_cap",
    "accountability": "accountability.mode",
    "last_scope": "accountability.last_scope",
}
"""Each key of `config.json` and the one key of the scheme file that says the same, a contest by its code."""

_SECTIONS = frozenset(key.partition(".")[0] for key in CONFIG_KEYS if "." in key)
_FROM_SCHEME = {scheme_key: key for key, scheme_key in CONFIG_KEYS.items()}


def load_config(text: str) -> AssessmentScheme:
    """The scheme that the text of a `config.json` describes; see `scheme_from_config`."""
    try:
        config = json.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise Refused(
            SchemeReason.FAULTY,
            f"config.json 不是正确的 JSON：第{error.lineno}行第{error.colno}个字符处写法不对。",
        ) from None
    if not isinstance(config, dict):
        raise Refused(SchemeReason.FAULTY, "config.json 应为一组设置（JSON 对象）。")
    return scheme_from_config(config)


def scheme_from_config(config: Mapping[str, object]) -> AssessmentScheme:
    """The scheme of 2017 with the values of a `config.json` in place of its own.

    Raises `Refused` with every fault at once, named by the keys of `config.json`.
    """
    table: dict[str, Any] = toml_table(shipped_scheme_text())
    unknown = []
    for key, value in _flat(config):
        target = CONFIG_KEYS.get(key)
        if target is None:
            unknown.append(SchemeFault(key, f"没有这一项；可用的项：{'、'.join(CONFIG_KEYS)}"))
        else:
            _put(table, target, _translated(key, value))
    scheme, faults = read_scheme(table)
    if unknown or faults:
        codes = tuple(str(contest["code"]) for contest in table["contests"])
        raise faulty((*unknown, *(SchemeFault(_named(fault.key, codes), fault.words) for fault in faults)))
    return scheme


def _flat(config: Mapping[str, object]) -> list[tuple[str, object]]:
    """The values under their dotted keys."""
    flat: list[tuple[str, object]] = []
    for key, value in config.items():
        if key in _SECTIONS and isinstance(value, Mapping):
            flat += [(f"{key}.{inner}", item) for inner, item in value.items()]
        else:
            flat.append((key, value))
    return flat


def _translated(key: str, value: object) -> object:
    """The value as the scheme file spells it: two keys of `config.json` have words of their own."""
    if key == "leader_weights" and value == "equal":
        return {}
    if key == "one_ballot_per_unit" and value is True:
        return 1
    return value


def _put(table: dict[str, Any], dotted: str, value: object) -> None:
    *path, last = dotted.split(".")
    for name in path:
        inner = table[name] if isinstance(table, dict) else _contest(table, name)
        table = inner
    table[last] = value


def _contest(tables: list[dict[str, Any]], code: str) -> dict[str, Any]:
    return next(table for table in tables if table["code"] == code)


def _named(scheme_key: str, codes: tuple[str, ...]) -> str:
    """The key of `config.json` for a key of the scheme file, or for one inside it."""
    by_code = re.sub(r"^contests\[(\d+)\]", lambda found: f"contests.{codes[int(found[1]) - 1]}", scheme_key)
    path = by_code.split(".")
    for length in range(len(path), 0, -1):
        if key := _FROM_SCHEME.get(".".join(path[:length])):
            return ".".join((key, *path[length:]))
    return scheme_key
