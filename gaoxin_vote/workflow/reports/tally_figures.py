"""Which figures stand on the result sheet of a session, printed or checked?"""

import hashlib

from gaoxin_vote.documents.forms.count_table import TallyRow
from gaoxin_vote.documents.forms.tally_report import TallyReport
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.rating import session_score
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.domain.units import Unit, UnitCode

_LETTER = {Contest.LEADERSHIP: "L", Contest.PEER: "P"}


def tally_figures(
    scheme: AssessmentScheme,
    units: dict[UnitCode, Unit],
    tally: SessionTally,
    *,
    office: str,
    minutes: SessionMinutes,
    spoiled: int,
    lost: int,
    archive: bytes,
    uuid: str,
    tally_hash: str,
    election_fingerprint: str,
    trustees_fingerprint: str,
    opened_by: tuple[str, ...],
    sample: bool,
) -> TallyReport:
    """The figures of 计票结果报告单 for one tallied session."""
    rules = scheme.contest(tally.contest)
    return TallyReport(
        record_id=f"{scheme.year}-{_LETTER[tally.contest]}{tally.number}-{uuid}",
        office=office,
        year=scheme.year,
        title=f"{scheme.title}{tally.title}",
        minutes=minutes,
        reconciliation=tally.reconciliation,
        spoiled=spoiled,
        lost=lost,
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
        archive_digest=hashlib.sha256(archive).hexdigest(),
        tally_hash=tally_hash,
        election_fingerprint=election_fingerprint,
        trustees_fingerprint=trustees_fingerprint,
        opened_by=opened_by,
        sample=sample,
    )
