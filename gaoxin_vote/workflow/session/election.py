"""How is a voting session put as a Belenios election, and its result read back as counts?

Question *i* is the *i*-th unit of the session, its answers are the contest's labels, best first, and the
blank flag is abstention or recusal.
"""

import json

from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.domain.tally import Reconciliation, UnitCount, recusals_known
from gaoxin_vote.domain.units import Unit, UnitCode


def build_election(
    *, uuid: str, office: str, title: str, rules: ContestRules, units: tuple[Unit, ...], trustees: Trustees
) -> Election:
    """The election of a session over `units` (official order) under the key of `trustees`."""
    return Election(
        uuid=uuid,
        name=title,
        description=f"{office}：{title}",
        public_key=trustees.public_key,
        questions=tuple(Question(question_text(unit), rules.labels) for unit in units),
        administrator=office,
        credential_authority=office,
        language=("zh", "ltr"),
    )


def question_text(unit: Unit) -> str:
    """Code and name, such as ``U01 办公室``."""
    return f"{unit.code} {unit.name}"


def recusals(
    session: VotingSession, rules: ContestRules, numbers: Reconciliation, issued: tuple[UnitCode, ...]
) -> dict[UnitCode, int] | None:
    """How many recusals each unit's blanks hold, or None where nobody can know (`recusals_known`).

    `issued` are the units of the electors who were handed a slip: where all came back, each holds one
    recusal of its own unit.
    """
    if not recusals_known(rules, session.slip_mode, numbers):
        return None
    return {unit: issued.count(unit) if rules.recuses else 0 for unit in session.units}


def unit_counts(
    session: VotingSession, result_text: str, known_recusals: dict[UnitCode, int] | None
) -> tuple[UnitCount, ...]:
    """The counts of each unit from the archive's result: per unit (blanks, 优秀, 良好, 合格, 不合格)."""
    rows: list[list[int]] = json.loads(result_text)["result"]
    counts = []
    for unit, row in zip(session.units, rows, strict=True):
        blanks, excellent, good, passed, failed = (int(number) for number in row)
        counts.append(
            UnitCount(
                unit=unit,
                grades=(excellent, good, passed, failed),
                blanks=blanks,
                recusals=None if known_recusals is None else known_recusals[unit],
            )
        )
    return tuple(counts)
