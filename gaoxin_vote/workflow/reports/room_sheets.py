"""The papers of the ceremony and of the meeting room: when are they ready, and what stands on them?"""

from gaoxin_vote.documents.forms import ceremony_record, roll_sheet, tally_hash_sheet, tracker_list
from gaoxin_vote.documents.forms.ceremony_record import CeremonyRecord
from gaoxin_vote.documents.forms.roll_sheet import RollSheet
from gaoxin_vote.documents.forms.tally_hash_sheet import TallyHashSheet
from gaoxin_vote.documents.forms.tracker_list import TrackerList
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.workflow.reports.facts import RoomFacts, Subject
from gaoxin_vote.workflow.reports.report import Readiness, Report


def _ceremony_ready(subject: Subject) -> Readiness:
    return Readiness(waiting="" if subject.ceremony else "尚未发放密钥")


def _ceremony(subject: Subject) -> CeremonyRecord:
    assert subject.ceremony is not None
    return subject.ceremony


def _roll_ready(subject: Subject) -> Readiness:
    return Readiness()


def _roll(subject: Subject) -> RollSheet:
    rules = subject.year.scheme.contest(subject.held.session.contest.code)
    return RollSheet(
        office=subject.year.office,
        title=_title(subject),
        roll=_room(subject).roll,
        sample=subject.year.sample,
        anonymous=rules.raters is Raters.ANONYMOUS,
    )


def _sealed(subject: Subject) -> Readiness:
    sealed = subject.held.session.stage in (Stage.SEALED, Stage.TALLIED)
    return Readiness(waiting="" if sealed else "尚未封箱")


def _opening(subject: Subject) -> TallyHashSheet:
    room = _room(subject)
    return TallyHashSheet(
        office=subject.year.office,
        title=_title(subject),
        tally_hash=room.tally_hash,
        trustees=room.trustees,
        returned=room.returned,
        sample=subject.year.sample,
    )


def _trackers(subject: Subject) -> TrackerList:
    room = _room(subject)
    return TrackerList(_title(subject), room.trackers, room.tally_hash, subject.year.sample)


def _title(subject: Subject) -> str:
    return f"{subject.year.scheme.title}{subject.held.session.title}"


def _room(subject: Subject) -> RoomFacts:
    assert subject.held.room is not None
    return subject.held.room


CEREMONY = Report(ceremony_record.FORM, "密钥发放的指纹，核验时用", _ceremony_ready, _ceremony)
ROLL = Report(roll_sheet.FORM, "手签用，不记时间", _roll_ready, _roll)
OPENING = Report(tally_hash_sheet.FORM, "开箱前由密钥保管人签字", _sealed, _opening)
TRACKERS = Report(tracker_list.FORM, "投票人凭查询码查找本人的选票", _sealed, _trackers)
"""Not before the seal: two lists with a resumed session between them would tell which ballots came late."""
