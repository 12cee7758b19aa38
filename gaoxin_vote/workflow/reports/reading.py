"""What can be printed of a year, as the workspace has it?"""

import hashlib
import io
from dataclasses import dataclass, replace
from typing import Any

from gaoxin_vote.belenios.archive import EventType, read_board
from gaoxin_vote.belenios.compact import digest_base64
from gaoxin_vote.documents.forms.ceremony_record import CeremonyRecord
from gaoxin_vote.documents.forms.form import Form
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sheets import SheetStoreReason
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremonies, ceremony_of
from gaoxin_vote.workflow.reports.facts import (
    CountedFacts,
    RoomFacts,
    SessionFacts,
    Subject,
    YearFacts,
    subjects,
)
from gaoxin_vote.workflow.results.assessing import inputs_of
from gaoxin_vote.workflow.session.held import held_sessions
from gaoxin_vote.workflow.session.turnout import SessionState, states
from gaoxin_vote.workflow.setup.assessment_year import read_year
from gaoxin_vote.workflow.setup.years import is_sample
from gaoxin_vote.workflow.tally.counting import tally_of
from gaoxin_vote.workflow.tally.opening import tally_state_of


@dataclass(frozen=True, slots=True)
class SheetSources:
    """What the sheets of a year are made from, read once for all that an act asks."""

    facts: YearFacts
    states: tuple[SessionState, ...]
    """Where its sessions stand, voided ones too."""

    def subject(self, workspace: Workspace, form: Form[Any], key: str) -> Subject:
        """Of what a sheet is, with all that its figures need. Raises `Refused` for a key the year lacks."""
        for subject in subjects(self.facts, form.scope):
            if subject.key == key:
                return (
                    subject if subject.session is None else self._whole(workspace, subject, subject.session)
                )
        raise Refused(
            SheetStoreReason.NOT_ISSUED, f"{self.facts.number}年度没有这份{form.name}的对象，请刷新后重试。"
        )

    def _whole(self, workspace: Workspace, subject: Subject, session: SessionFacts) -> Subject:
        (state,) = (state for state in self.states if state.session.id == session.session.id)
        made, key = state.held.made, session.session.id
        ceremony = ceremony_of(workspace, self.facts.number, made.trustees) if made else None
        evidence, stage = EvidenceStore(workspace), session.session.stage
        archive = evidence.archive(key) if stage in (Stage.SEALED, Stage.TALLIED) else b""
        counted = _counted(workspace, state, archive) if stage is Stage.TALLIED else None
        room = RoomFacts(
            roll=state.roll,
            returned=state.returned,
            tally_hash=counted.tally_hash if counted else evidence.tally_hash(key) or "",
            trustees=ceremony[1].names if ceremony else (),
            trackers=_trackers(archive) if archive else (),
        )
        return replace(subject, session=replace(session, room=room, counted=counted))


def sheet_sources(workspace: Workspace, year: int) -> SheetSources:
    """The year as it stands, but for what only the figures of a session need."""
    with workspace.reading():
        now = read_year(workspace, year)
        held = states(workspace, held_sessions(workspace, year, now.scheme))
        facts = YearFacts(
            office=workspace.office,
            sample=is_sample(workspace),
            number=year,
            scheme=now.scheme,
            units=now.units,
            sessions=tuple(_session(state) for state in held if state.session.stage is not Stage.VOIDED),
            final=now.final,
            inputs=inputs_of(workspace, now, held),
            ceremonies=_ceremonies(workspace, year, now.scheme),
        )
    return SheetSources(facts, held)


def year_facts(workspace: Workspace, year: int) -> YearFacts:
    """The year as it stands, but for what only the figures of a session need."""
    return sheet_sources(workspace, year).facts


def subject_of(workspace: Workspace, year: int, form: Form[Any], key: str) -> Subject:
    """Of what a sheet is, with all that its figures need. Raises `Refused` for a key that the year lacks."""
    with workspace.reading():
        return sheet_sources(workspace, year).subject(workspace, form, key)


def _session(state: SessionState) -> SessionFacts:
    return SessionFacts(state.session, state.minutes, state.spoiled, state.lost, state.held.added)


def _trackers(archive: bytes) -> tuple[str, ...]:
    """Of every ballot in the archive, in the order of digests. Raises `EvidenceBroken` for a broken one."""
    ballots = read_board(io.BytesIO(archive)).of(EventType.BALLOT)
    return tuple(map(digest_base64, sorted(ballot.records[0].digest for ballot in ballots)))


def _counted(workspace: Workspace, state: SessionState, archive: bytes) -> CountedFacts:
    evidence, held, key = EvidenceStore(workspace), state.held, state.session.id
    opening = tally_state_of(workspace, state)
    return CountedFacts(
        tally=tally_of(state, evidence.results((key,))),
        archive_digest=hashlib.sha256(archive).hexdigest(),
        tally_hash=opening.tally_hash,
        election_fingerprint=hashlib.sha256(held.election.election.encode()).hexdigest(),
        trustees_fingerprint=hashlib.sha256(held.election.trustees.encode()).hexdigest(),
        opened_by=tuple(trustee.name for trustee in opening.trustees if trustee.given),
    )


def _ceremonies(workspace: Workspace, year: int, scheme: AssessmentScheme) -> tuple[CeremonyRecord, ...]:
    return tuple(
        CeremonyRecord(
            office=workspace.office,
            year=year,
            title=scheme.title,
            held_on=facts.held_on,
            names=facts.names,
            threshold=facts.threshold,
            ceremony_id=facts.ceremony_id,
            number=facts.number,
            reason=facts.reason,
            trustees_fingerprint=facts.trustees_fingerprint,
            certificate_fingerprint=facts.certificate_fingerprint,
            sample=is_sample(workspace),
        )
        for facts in ceremonies(workspace, year)
    )
