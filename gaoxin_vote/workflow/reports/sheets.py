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
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.trustee_keys import ceremony_facts
from gaoxin_vote.workflow.reports.tally_figures import tally_figures
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.turnout import session_state, session_units
from gaoxin_vote.workflow.setup.years import is_sample, scheme
from gaoxin_vote.workflow.tally.opening import session_tally, tally_state

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
    store = SessionStore(workspace)
    session = store.session(session_id)
    year = store.year(session_id)
    tally = session_tally(workspace, session_id)
    state = session_state(workspace, session_id)
    opening = tally_state(workspace, session_id)
    facts = ceremony_facts(workspace, year)
    return tally_figures(
        scheme(workspace, year),
        {unit.code: unit for unit in session_units(workspace, session)},
        tally,
        office=workspace.office,
        minutes=state.minutes,
        spoiled=state.spoiled,
        lost=state.lost,
        archive=EvidenceStore(workspace).archive(session_id),
        uuid=store.election(session_id).uuid,
        tally_hash=opening.tally_hash,
        election_fingerprint=hashlib.sha256(store.election(session_id).election.encode()).hexdigest(),
        trustees_fingerprint=facts.trustees_fingerprint if facts else "",
        opened_by=tuple(trustee.name for trustee in opening.trustees if trustee.given),
        sample=is_sample(workspace),
    )


def tally_report_pdf(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> bytes:
    """The certified 计票结果报告单 with its count table. Raises `Refused` before the count."""
    from gaoxin_vote.documents.certification import certify

    progress(0, 2, "生成计票结果报告单")
    report = tally_report(workspace, session_id)
    ceremony = CeremonyStore(workspace).ceremony(report.year)
    progress(1, 2, "签章")
    pdf = certify(
        render(report),
        certificate=ceremony.certificate.encode(),
        key=ceremony.certificate_key.encode(),
        reason="计票结果报告单",
        when=workspace.clock(),
    )
    session = SessionStore(workspace).session(session_id)
    digest = hashlib.sha256(pdf).hexdigest()
    note_act(workspace, session, Act.CERTIFY_TALLY_REPORT, record=report.record_id, sheet=digest)
    progress(2, 2, "签章")
    return pdf


def counts_on_screen(workspace: Workspace, session_id: SessionId) -> CountTable:
    """The counts of a tallied session, a row per unit. Raises `Refused` before the count."""
    report = tally_report(workspace, session_id)
    return count_table(report.rows, report.labels, _ON_SCREEN)


def tally_hash_pdf(workspace: Workspace, session_id: SessionId) -> bytes:
    """The hash that is about to be opened, large, for the trustees to sign before they act."""
    from gaoxin_vote.documents.forms import tally_hash_sheet

    state = tally_state(workspace, session_id)
    year = SessionStore(workspace).year(session_id)
    return tally_hash_sheet.render(
        tally_hash_sheet.TallyHashSheet(
            office=workspace.office,
            title=f"{scheme(workspace, year).title}{state.session.title}",
            tally_hash=state.tally_hash,
            trustees=tuple(trustee.name for trustee in state.trustees),
            returned=session_state(workspace, session_id).returned,
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
    year = SessionStore(workspace).year(session_id)
    return roll_sheet.render(
        roll_sheet.RollSheet(
            office=workspace.office,
            title=f"{scheme(workspace, year).title}{state.session.title}",
            roll=state.roll,
            sample=is_sample(workspace),
        )
    )
