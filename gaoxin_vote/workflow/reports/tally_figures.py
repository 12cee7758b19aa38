"""Which figures stand on the result sheet of a session, printed or checked?"""

from dataclasses import dataclass

from gaoxin_vote.documents.forms.count_table import TallyRow
from gaoxin_vote.documents.forms.tally_report import TallyReport
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.rating import session_score
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.domain.units import Unit, UnitCode


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What stands on the sheet beside the counts of one tallied session."""

    office: str
    minutes: SessionMinutes
    spoiled: int
    lost: int
    uuid: str
    """Of the election."""
    archive_digest: str
    """SHA-256 of the archive, 64 hex digits, like the other three."""
    tally_hash: str
    election_fingerprint: str
    trustees_fingerprint: str
    opened_by: tuple[str, ...]
    """The trustees who gave their share."""
    sample: bool


def tally_figures(
    scheme: AssessmentScheme, units: dict[UnitCode, Unit], tally: SessionTally, facts: SheetFacts
) -> TallyReport:
    """The figures of 计票结果报告单 for one tallied session."""
    rules = scheme.contest(tally.contest.code)
    return TallyReport(
        record_id=f"{scheme.year}-{tally.contest.code}-{tally.number}-{facts.uuid}",
        office=facts.office,
        year=scheme.year,
        title=f"{scheme.title}{tally.title}",
        minutes=facts.minutes,
        reconciliation=tally.reconciliation,
        spoiled=facts.spoiled,
        lost=facts.lost,
        labels=rules.labels,
        rows=tuple(
            TallyRow(
                number=number,
                code=count.unit,
                name=units[count.unit].name,
                unit_class=units[count.unit].unit_class,
                count=count,
                score=session_score(rules, count, scheme.decimals),
            )
            for number, count in enumerate(tally.counts, 1)
        ),
        archive_digest=facts.archive_digest,
        tally_hash=facts.tally_hash,
        election_fingerprint=facts.election_fingerprint,
        trustees_fingerprint=facts.trustees_fingerprint,
        opened_by=facts.opened_by,
        sample=facts.sample,
    )
