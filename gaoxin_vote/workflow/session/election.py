"""How is a voting session put as a Belenios election, and its result read back as counts?

Question *i* is the *i*-th unit of the session, its answers are the contest's labels, best first, and the
blank flag is abstention or recusal.
"""

import json
from dataclasses import dataclass, replace

from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.own_ballots import contradicted, own_ballots
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.domain.tally import Reconciliation, UnitCount, recusals_known
from gaoxin_vote.domain.units import Unit, UnitCode


@dataclass(frozen=True, slots=True)
class HandedSlips:
    """Whose ballots may be in the box."""

    units: tuple[UnitCode, ...]
    """The unit of each delegate whose slip may be there (`ElectoralRoll.handed_units`)."""
    lost: int
    """How many slips were replaced as lost."""


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


def unit_counts(
    session: VotingSession,
    rules: ContestRules,
    numbers: Reconciliation,
    handed: HandedSlips,
    result_text: str,
) -> tuple[UnitCount, ...]:
    """The counts of each unit from the archive's result: per unit (blanks, 优秀, 良好, 合格, 不合格).

    The recusals among the blanks are told only where each ballot's unit is known (`recusals_known`), and no
    row contradicts that.
    """
    rows: list[list[int]] = json.loads(result_text)["result"]
    counts = []
    for unit, row in zip(session.units, rows, strict=True):
        blanks, excellent, good, passed, failed = (int(number) for number in row)
        own = own_ballots(handed.units, unit, numbers.returned) if rules.recuses else 0
        grades = (excellent, good, passed, failed)
        counts.append(UnitCount(unit, grades, blanks, recusals=None, own_ballots=own))
    known = recusals_known(rules, session.slip_mode, numbers, len(handed.units), handed.lost)
    if not known or any(contradicted(count, numbers.returned) for count in counts):
        return tuple(counts)
    return tuple(replace(count, recusals=count.own_ballots) for count in counts)
