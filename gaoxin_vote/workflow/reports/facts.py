"""What can be printed of a year, of a session, of a unit?

These values are made from a workspace (`reading`) and from a record package (`verify`) alike, so that one
function gives the figures of a sheet that is issued and of one that is checked. Nothing here reaches storage.
"""

from dataclasses import dataclass
from functools import cached_property

from gaoxin_vote.documents.forms.ceremony_record import CeremonyRecord
from gaoxin_vote.documents.forms.form import Scope
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.roll import ElectoralRoll
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.domain.units import Unit


@dataclass(frozen=True, slots=True)
class CountedFacts:
    """What the count of a session has left behind, beside the numbers of the meeting."""

    tally: SessionTally
    archive_digest: str
    """SHA-256 of the archive, 64 hex digits, like the other three."""
    tally_hash: str
    election_fingerprint: str
    trustees_fingerprint: str
    opened_by: tuple[str, ...]
    """The trustees who gave their share."""


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What is known in the meeting room alone; no package carries it."""

    roll: ElectoralRoll
    returned: int
    """收回."""
    tally_hash: str
    """Of what is going to be opened, 64 hex digits; empty before the close."""
    trustees: tuple[str, ...]
    trackers: tuple[str, ...]
    """Of the ballots in the sealed box, sorted; none before the seal."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One session."""

    session: VotingSession
    minutes: SessionMinutes
    spoiled: int
    lost: int
    added: int
    counted: CountedFacts | None = None
    """None before the count, and where nothing but a list of sheets is asked for."""
    room: RoomFacts | None = None
    """None in a package."""


@dataclass(frozen=True)
class YearFacts:
    """One year."""

    office: str
    sample: bool
    number: int
    """Such as 2017."""
    scheme: AssessmentScheme
    units: tuple[Unit, ...]
    sessions: tuple[SessionFacts, ...]
    """Voided ones are not among them."""
    final: bool
    inputs: AssessmentInputs
    ceremonies: tuple[CeremonyRecord, ...] = ()
    """In the order in which they were held; none before the first, and in a package."""

    @cached_property
    def record(self) -> AssessmentRecord | None:
        """The results as they stand, with what still blocks them; None before there is anything to assess."""
        return assess(self.inputs) if self.units and self.inputs.tallies else None


@dataclass(frozen=True, slots=True)
class Subject:
    """Of what a sheet is: of the year, of one of its sessions, units or key ceremonies."""

    year: YearFacts
    session: SessionFacts | None = None
    unit: Unit | None = None
    ceremony: CeremonyRecord | None = None

    @property
    def key(self) -> str:
        """2017, 2017-2 (second ceremony), U01 or the uuid of the session: what names it within its scope."""
        if self.session is not None:
            return self.session.session.uuid
        if self.ceremony is not None and self.ceremony.number > 1:
            return f"{self.year.number}-{self.ceremony.number}"
        return str(self.year.number) if self.unit is None else str(self.unit.code)

    @property
    def title(self) -> str:
        """Such as 2017年度, 领导评议, 财政局 or 第2次."""
        if self.session is not None:
            return self.session.session.title
        if self.ceremony is not None and self.ceremony.number > 1:
            return f"第{self.ceremony.number}次"
        return f"{self.year.number}年度" if self.unit is None else self.unit.name

    @property
    def held(self) -> SessionFacts:
        """The session, for a form of which there is one for each session."""
        assert self.session is not None
        return self.session


def subjects(year: YearFacts, scope: Scope) -> tuple[Subject, ...]:
    """Everything of which there is a sheet in this scope."""
    if scope is Scope.SESSION:
        return tuple(Subject(year, session=session) for session in year.sessions)
    if scope is Scope.CEREMONY and year.ceremonies:
        return tuple(Subject(year, ceremony=ceremony) for ceremony in year.ceremonies)
    if scope in (Scope.YEAR, Scope.CEREMONY):
        return (Subject(year),)
    return tuple(Subject(year, unit=unit) for unit in year.units)
