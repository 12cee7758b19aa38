"""F5 计票结果报告单: when is it ready, and which figures stand on it?"""

from gaoxin_vote.documents.forms import tally_report
from gaoxin_vote.documents.forms.count_table import TallyRow
from gaoxin_vote.documents.forms.tally_report import TallyReport
from gaoxin_vote.domain.rating import session_score
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.workflow.reports.facts import Subject
from gaoxin_vote.workflow.reports.report import Readiness, Report

_WHERE = "请在“测评会议”中，打开该场会议的“会议信息…”填写。"


def _readiness(subject: Subject) -> Readiness:
    if subject.held.session.stage is not Stage.TALLIED:
        return Readiness(waiting="尚未计票")
    missing = subject.held.minutes.missing
    return Readiness(lacking=missing, where=_WHERE if missing else "")


def tally_figures(subject: Subject) -> TallyReport:
    """The figures of one tallied session."""
    year, held = subject.year, subject.held
    assert held.counted is not None
    counted, tally, scheme = held.counted, held.counted.tally, year.scheme
    rules = scheme.contest(tally.contest.code)
    units = {unit.code: unit for unit in year.units}
    return TallyReport(
        record_id=f"{scheme.year}-{tally.contest.code}-{tally.number}-{held.session.uuid}",
        office=year.office,
        year=scheme.year,
        title=f"{scheme.title}{tally.title}",
        minutes=held.minutes,
        reconciliation=tally.reconciliation,
        spoiled=held.spoiled,
        lost=held.lost,
        added=held.added,
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
        archive_digest=counted.archive_digest,
        tally_hash=counted.tally_hash,
        election_fingerprint=counted.election_fingerprint,
        trustees_fingerprint=counted.trustees_fingerprint,
        opened_by=counted.opened_by,
        sample=year.sample,
    )


REPORT = Report(tally_report.FORM, "签名，附计票统计表", _readiness, tally_figures, required=True)
