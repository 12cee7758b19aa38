"""How do the tests of the domain read the cases, without the importers?"""

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory
from gaoxin_vote.domain.config import load_config
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Contest, Grade
from gaoxin_vote.domain.decision import TieDecision
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import scheme_from_table, shipped_scheme_text, toml_table
from gaoxin_vote.domain.tally import Reconciliation, SessionTally, UnitCount
from gaoxin_vote.domain.units import Leader, Unit, UnitCode
from tests.contests import LEADERSHIP, PEER

CASES = Path(__file__).resolve().parent.parent / "data" / "cases"
CASE = CASES / "2017"


def vectors(name: str) -> list[dict[str, Any]]:
    """The small checks of one rule."""
    checks: list[dict[str, Any]] = json.loads((CASES / "unit_vectors.json").read_text("utf-8"))[name]
    return checks


def expected() -> dict[str, Any]:
    """What the case of 2017 must give."""
    answer: dict[str, Any] = json.loads((CASE / "expected.json").read_text("utf-8"))
    return answer


def case_inputs(history: str = "history") -> AssessmentInputs:
    """The case of 2017 as it stands in its files."""
    numbers = {row["session"]: row for row in _rows("session")}
    return AssessmentInputs(
        scheme=config_scheme({}),
        units=tuple(
            Unit(UnitCode(row["code"]), row["name"], row["class"], int(row["staff"]))
            for row in _rows("units")
        ),
        leaders=tuple(Leader(row["code"], row["title"]) for row in _rows("leaders")),
        tallies=tuple(
            _tally(contest, numbers[contest.title], labels)
            for contest, labels in (
                (LEADERSHIP, ("优秀", "良好", "及格", "不及格")),
                (PEER, ("优秀", "良好", "合格", "不合格")),
            )
        ),
        scores=tuple(
            IndicatorScore(
                unit=UnitCode(row["unit_code"]),
                indicator=row["indicator_code"],
                name=row["indicator_name"],
                full=Decimal(row["full_score"]),
                score=Decimal(row["score"]),
                basis=row["basis"],
            )
            for row in _rows("indicators")
        ),
        claims=tuple(claim(row) for row in _rows("bonus_claims")),
        events=tuple(
            BarringEvent(
                event_id=row["event_id"],
                unit=UnitCode(row["unit_code"]),
                kind=row["kind"],
                area=row["area"],
                description=row["description"],
                evidence=row["evidence"],
                decided_on=_day(row["decided_on"]),
            )
            for row in _rows("events")
        ),
        history=tuple(
            HistoryEntry(
                int(row["year"]),
                UnitCode(row["unit_code"]),
                int(row["rank"]),
                Grade.by_label()[row["grade"]],
                row["is_last"] == "1",
            )
            for row in _rows(history)
        ),
        tie_decisions=tuple(
            TieDecision(UnitCode(row["unit_code"]), int(row["priority"]), row["reason"])
            for row in _rows("tie_decisions")
        ),
    )


def config_scheme(patch: dict[str, object]) -> AssessmentScheme:
    """The scheme of the case's `config.json` with some dotted keys changed."""
    config = json.loads((CASE / "config.json").read_text("utf-8"))
    for dotted, value in patch.items():
        *path, last = dotted.split(".")
        table = config
        for key in path:
            table = table[key]
        table[last] = value
    return load_config(json.dumps(config))


def toml_scheme(patch: dict[str, object], name: str = "2017") -> AssessmentScheme:
    """A shipped scheme with some dotted keys changed, those of a contest under its code."""
    table: dict[str, Any] = toml_table(shipped_scheme_text(name))
    for dotted, value in patch.items():
        *path, last = dotted.split(".")
        inner: dict[str, Any] = table
        for key in path:
            contest = [contest for contest in table["contests"] if contest["code"] == key]
            inner = contest[0] if contest and inner is table else inner.setdefault(key, {})
        inner[last] = value
    return scheme_from_table(table)


def patched(patch: dict[str, object]) -> AssessmentInputs:
    """The case of 2017 under a changed `config.json`."""
    return replace(case_inputs(), scheme=config_scheme(patch))


def claim(row: dict[str, str]) -> BonusClaim:
    """A claim from a row of `bonus_claims.csv`, or from the fewer fields of a unit vector."""
    return BonusClaim(
        claim_id=row["claim_id"],
        unit=UnitCode(row.get("unit_code", "U01")),
        category=ClaimCategory.by_label()[row["category"]],
        level=row["level"],
        matter_id=row["matter_id"],
        title=row.get("title", ""),
        declared_on=_day(row["declared_on"]),
        approved={"是": True, "否": False, "": None}[row["approved"]],
        approved_points=Decimal(row["approved_points"]) if row["approved_points"] else None,
        opinion=row.get("opinion", ""),
    )


def _tally(contest: Contest, row: dict[str, str], labels: tuple[str, ...]) -> SessionTally:
    names = ("should_attend", "attended", "issued", "returned", "valid_ballots", "invalid_ballots")
    counts = []
    for count in _rows("leader_tally" if contest == LEADERSHIP else "peer_tally"):
        excellent, good, passed, failed = (int(count[label]) for label in labels)
        unit = UnitCode(count["unit_code"])
        grades = (excellent, good, passed, failed)
        counts.append(UnitCount(unit, grades, int(count["弃权"]), recusals=0, void=int(count["废票"])))
    reconciliation = Reconciliation(*(int(row[name]) for name in names))
    return SessionTally(contest, "", 1, reconciliation, tuple(counts))


def _rows(name: str) -> list[dict[str, str]]:
    with (CASE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
