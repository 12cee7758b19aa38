"""Which sheets can be printed, and with which figures?"""

import hashlib

from gaoxin_vote.documents.forms.count_table import CountColumn, CountTable, count_table
from gaoxin_vote.documents.forms.tally_report import TallyReport, render
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ceremony import CeremonyStore, HeldKeysReason
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.trustee_keys import ceremony_facts
from gaoxin_vote.workflow.reports.tally_figures import SheetFacts, tally_figures
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import HeldSession, held_session
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import is_sample, scheme
from gaoxin_vote.workflow.tally.counting import tally_of
from gaoxin_vote.workflow.tally.opening import tally_state

_ON_SCREEN = (
    CountColumn.NUMBER,
    CountColumn.UNIT,
    CountColumn.UNIT_CLASS,
    CountColumn.GRADES,
    CountColumn.BLANK,
    CountColumn.VALID,
    CountColumn.SCORE,
)


def tally_report(workspace: Workspace, session_id: SessionId) -> TallyReport:
    """The figures of 计票结果报告单. Raises `Refused` before the count."""
    opening, evidence = tally_state(workspace, session_id), EvidenceStore(workspace)
    state, held = opening.state, opening.state.held
    tally = tally_of(state, evidence.results((session_id,)))
    return tally_figures(
        held.scheme,
        {unit.code: unit for unit in units(workspace, held.year)},
        tally,
        SheetFacts(
            office=workspace.office,
            minutes=state.minutes,
            spoiled=state.spoiled,
            lost=state.lost,
            uuid=held.election.uuid,
            archive_digest=hashlib.sha256(evidence.archive(session_id)).hexdigest(),
            tally_hash=opening.tally_hash,
            election_fingerprint=hashlib.sha256(held.election.election.encode()).hexdigest(),
            trustees_fingerprint=hashlib.sha256(held.election.trustees.encode()).hexdigest(),
            opened_by=tuple(trustee.name for trustee in opening.trustees if trustee.given),
            sample=is_sample(workspace),
        ),
    )


def tally_report_pdf(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> bytes:
    """The certified 计票结果报告单 with its count table. Raises `Refused` before the count."""
    progress(0, 2, "生成计票结果报告单")
    report = tally_report(workspace, session_id)
    progress(1, 2, "签章")
    pdf = certified_tally_report(workspace, held_session(workspace, session_id), report)
    progress(2, 2, "签章")
    return pdf


def certified_tally_report(workspace: Workspace, held: HeldSession, report: TallyReport) -> bytes:
    """The sheet of these figures, drawn and signed with the year's certificate; the act is noted."""
    from gaoxin_vote.documents.certification import certify

    ceremony = CeremonyStore(workspace).ceremony(held.year)
    pdf = certify(
        render(report),
        certificate=ceremony.certificate.encode(),
        key=ceremony.certificate_key.encode(),
        reason="计票结果报告单",
        when=workspace.clock(),
    )
    digest = hashlib.sha256(pdf).hexdigest()
    note_act(workspace, held, Act.CERTIFY_TALLY_REPORT, record=report.record_id, sheet=digest)
    return pdf


def counts_on_screen(workspace: Workspace, session_id: SessionId) -> CountTable:
    """The counts of a tallied session, a row per unit. Raises `Refused` before the count."""
    report = tally_report(workspace, session_id)
    return count_table(report.rows, report.labels, _ON_SCREEN)


def tally_hash_pdf(workspace: Workspace, session_id: SessionId) -> bytes:
    """The hash that is about to be opened, large, for the trustees to sign before they act."""
    from gaoxin_vote.documents.forms import tally_hash_sheet

    state = tally_state(workspace, session_id)
    return tally_hash_sheet.render(
        tally_hash_sheet.TallyHashSheet(
            office=workspace.office,
            title=f"{state.state.held.scheme.title}{state.session.title}",
            tally_hash=state.tally_hash,
            trustees=tuple(trustee.name for trustee in state.trustees),
            returned=state.state.returned,
            sample=is_sample(workspace),
        )
    )


def ceremony_record_pdf(workspace: Workspace, year: int) -> bytes:
    """The record of the key ceremony with its fingerprints. Raises `Refused` before the ceremony."""
    from gaoxin_vote.documents.forms import ceremony_record

    facts = ceremony_facts(workspace, year)
    if facts is None:
        raise Refused(HeldKeysReason.NOT_HELD, f"{year}年度尚未举行密钥仪式。")
    return ceremony_record.render(
        ceremony_record.CeremonyRecord(
            office=workspace.office,
            year=year,
            title=scheme(workspace, year).title,
            held_on=facts.held_on,
            names=facts.names,
            threshold=facts.threshold,
            ceremony_id=facts.ceremony_id,
            trustees_fingerprint=facts.trustees_fingerprint,
            certificate_fingerprint=facts.certificate_fingerprint,
            sample=is_sample(workspace),
        )
    )


def roll_sheet_pdf(workspace: Workspace, session_id: SessionId) -> bytes:
    """签到与发票登记表, to be signed by hand; no times."""
    from gaoxin_vote.documents.forms import roll_sheet

    state = session_state(workspace, session_id)
    return roll_sheet.render(
        roll_sheet.RollSheet(
            office=workspace.office,
            title=f"{state.held.scheme.title}{state.session.title}",
            roll=state.roll,
            sample=is_sample(workspace),
        )
    )
