"""Does a record package hold: signature, digests, proofs → counts → scores → grades, sheets and acts?"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gaoxin_vote.belenios.compact import sha256_hex
from gaoxin_vote.belenios.evidence import found_at
from gaoxin_vote.belenios.tally import result_text
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.audit import AuditEntry, backward_times
from gaoxin_vote.domain.codec import Json, canonical_json, from_json
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.spoken import spoken_time
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.progress import Progress
from gaoxin_vote.spreadsheets.folder import read_assessment_files
from gaoxin_vote.workflow.record.package_files import (
    AUDIT,
    RECORD,
    SCHEME,
    SESSIONS,
    Files,
    PackagedSession,
    content_of,
    input_files,
    json_of,
    packaged_sheets,
    read_package,
    require_known_files,
)
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, as_evidence
from gaoxin_vote.workflow.reports.facts import CountedFacts, SessionFacts, YearFacts
from gaoxin_vote.workflow.session.election import HandedSlips, question_text, unit_counts
from gaoxin_vote.workflow.verify.acts import verify_acts
from gaoxin_vote.workflow.verify.differences import Difference, json_differences
from gaoxin_vote.workflow.verify.manifest import check_facts, signed_manifest
from gaoxin_vote.workflow.verify.package_ceremonies import (
    CeremonyReport,
    check_ceremonies,
    packaged_ceremonies,
)
from gaoxin_vote.workflow.verify.package_sheets import check_listed, check_sheets
from gaoxin_vote.workflow.verify.processes import paying_processes
from gaoxin_vote.workflow.verify.sheet import VerifiedSheet


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What a package says in which everything holds."""

    office: str
    year: int
    title: str
    ceremonies: tuple[CeremonyReport, ...]
    """In the order in which they were held, with the sessions counted under the keys of each."""
    certificate_fingerprint: str
    archives: tuple[tuple[str, ArchiveReport], ...]
    """Title of the session and what its archive says."""
    record: AssessmentRecord
    sheets: tuple[tuple[str, VerifiedSheet], ...]
    """Title of the session, the year or the unit, and its certified sheet."""
    files: int
    audit_entries: int
    sample: bool
    """Whether it was made for demonstration."""
    doubts: tuple[str, ...]
    """What breaks nothing and should be asked about: times that cannot be right, in Chinese."""
    unchecked: tuple[str, ...]
    """What no package can prove, in Chinese."""


@dataclass(frozen=True, slots=True)
class _CountedSession:
    """A tallied session, its archive, and the counts that follow from both."""

    packaged: PackagedSession
    report: ArchiveReport
    tally: SessionTally


def verify_package(path: Path, progress: Progress, processes: int = 1) -> PackageReport:
    """Recompute everything in the package at `path` (folder or zip).

    Raises `EvidenceBroken` naming the first thing that does not hold, `Refused` for a package with a sheet
    that only a newer program can draw.
    """
    files = read_package(path)
    manifest = signed_manifest(files)
    listed = packaged_sheets(manifest)
    held = packaged_ceremonies(files)
    with as_evidence(SESSIONS):
        sessions = tuple(
            from_json(PackagedSession, value, where=SESSIONS) for value in json_of(files, SESSIONS)
        )
    with as_evidence(SCHEME):
        scheme = load_scheme(content_of(files, SCHEME).decode())
    tallied = tuple(session for session in sessions if session.stage is Stage.TALLIED)
    require_known_files(files, tallied, listed, scheme)
    check_listed(files, listed)
    inputs = _inputs(files, scheme)
    _check_stages(sessions, inputs.scheme)
    counted = tuple(_counted(files, session, inputs, progress, processes) for session in tallied)
    archives = tuple((session.packaged.title, session.report) for session in counted)
    ceremonies, fingerprint = check_ceremonies(files, held, archives)
    _check_tallies(counted, inputs)
    record = _check_record(files, inputs)
    check_facts(
        files, manifest, inputs.scheme, {session.report.election.administrator for session in counted}
    )
    sheets = check_sheets(files, listed, _facts(manifest, inputs, counted, files), fingerprint)
    reports = {session.packaged.uuid: session.report for session in counted}
    entries = verify_acts(files, manifest, sessions, reports, record)
    with as_evidence(AUDIT):
        doubts = (*_doubtful_entries(entries), *_doubtful_sheets(entries, sheets))
    return PackageReport(
        office=str(manifest["office"]),
        year=inputs.scheme.year,
        title=inputs.scheme.title,
        ceremonies=ceremonies,
        certificate_fingerprint=fingerprint,
        archives=archives,
        record=record,
        sheets=sheets,
        files=len(files),
        audit_entries=len(entries),
        sample=manifest["sample"],
        doubts=doubts,
        unchecked=_unchecked(inputs),
    )


def _doubtful_entries(entries: tuple[AuditEntry, ...]) -> Iterator[str]:
    for entry in backward_times(entries):
        yield f"审计日志第{entry.number}条的时间（{entry.time}）早于前面的记录，当时电脑的时间可能不对"


def _doubtful_sheets(
    entries: tuple[AuditEntry, ...], sheets: tuple[tuple[str, VerifiedSheet], ...]
) -> Iterator[str]:
    """Sheets signed before the ceremony that made their certificate, which begins a day earlier."""
    held = [datetime.fromisoformat(e.time) for e in entries if e.act == Act.HOLD_CEREMONY.value and e.time]
    for title, sheet in sheets:
        if held and sheet.report.signed_at < min(held):
            moment = spoken_time(sheet.report.signed_at)
            yield f"{title}的{sheet.form.name}的签名时间（{moment}）早于密钥发放，签名时电脑的时间可能不对"


def _inputs(files: Files, scheme: AssessmentScheme) -> AssessmentInputs:
    with as_evidence("考核数据"):
        tables = {stem: files[path] for path, stem in input_files(scheme).items() if path in files}
        return read_assessment_files(tables, scheme).inputs


def _check_stages(sessions: tuple[PackagedSession, ...], scheme: AssessmentScheme) -> None:
    uuids = [session.uuid for session in sessions]
    known = {rules.contest: rules for rules in scheme.contests}
    for session in sessions:
        ended = session.stage is Stage.VOIDED if session.void_reason else session.stage is Stage.TALLIED
        rules = known.get(session.contest)
        possible = rules is not None and not rules.slip_fault(session.slip_mode)
        if not ended or not possible or uuids.count(session.uuid) != 1:
            raise EvidenceBroken(PackageFlaw.SESSIONS, f"{session.title}的会议情况自相矛盾。")


def _counted(
    files: Files, session: PackagedSession, inputs: AssessmentInputs, progress: Progress, processes: int
) -> _CountedSession:
    content = content_of(files, session.archive)
    with as_evidence(session.bindings):
        proofs: dict[str, Json] = json_of(files, session.bindings)
        bindings = {int(owner): canonical_json(proof) for owner, proof in proofs.items()}
    processes = processes or paying_processes(len(content))
    with found_at(f"{session.title}的选票档案"):
        report = verify_archive(content, progress=progress, processes=processes, bindings=bindings)
    if sorted(proofs) != sorted(map(str, report.decrypted)):
        raise EvidenceBroken(PackageFlaw.SHARES, f"{session.title}的整体解密证明与到场的密钥保管人不符。")
    rules = inputs.scheme.contest(session.contest.code)
    known = {unit.code: unit for unit in inputs.units}
    asked = [(question.question, question.answers) for question in report.election.questions]
    put = [(question_text(known[code]), rules.labels) for code in session.units if code in known]
    named = (session.uuid, f"{inputs.scheme.title} {session.title}")
    if asked != put or (report.election.uuid, report.election.name) != named:
        raise EvidenceBroken(
            PackageFlaw.QUESTIONS,
            f"{session.title}的选票档案属于另一场会议，或所列单位、等次与考核档案包不一致。",
        )
    if report.counted != report.ballots:
        raise EvidenceBroken(
            PackageFlaw.NUMBERS,
            f"{session.title}：选票档案有{report.ballots}张选票，只计入{report.counted}张；本程序的会议每张票码条只投一次。",
        )
    if report.result is None or report.ballots != session.reconciliation.returned:
        raise EvidenceBroken(
            PackageFlaw.NUMBERS,
            f"{session.title}：选票档案有{report.ballots}张选票，票数核对中收回{session.reconciliation.returned}张。",
        )
    least = rules.least_ballots + session.lost
    if report.ballots < least:
        doubled = f"（其中遗失补发{session.lost}张）" if session.lost else ""
        raise EvidenceBroken(
            PackageFlaw.NUMBERS,
            f"{session.title}：选票档案只有{report.ballots}张选票，少于{least}张{doubled}时汇总票数会反映个人评价，不应计票。",
        )
    handed = HandedSlips(session.handed_units, session.lost)
    result = result_text(report.result)
    counts = unit_counts(session.session, rules, session.reconciliation, handed, result)
    return _CountedSession(
        session,
        report,
        SessionTally(session.contest, session.group, session.number, session.reconciliation, counts),
    )


def _check_tallies(counted: tuple[_CountedSession, ...], inputs: AssessmentInputs) -> None:
    """The counts that the scores rest on are those of the archives, session by session, unit by unit."""
    given = {tally.key: tally for tally in inputs.tallies}
    for session in counted:
        if session.tally.key not in given:
            raise EvidenceBroken(PackageFlaw.COUNTS, f"考核数据中没有{session.tally.title}的计票结果。")
        _require_same(given.pop(session.tally.key), session.tally)
    if given:
        titles = "、".join(tally.title for tally in given.values())
        raise EvidenceBroken(PackageFlaw.COUNTS, f"{titles}的计票结果没有选票档案。")


def _require_same(given: SessionTally, counted: SessionTally) -> None:
    if given.reconciliation != counted.reconciliation:
        raise EvidenceBroken(
            PackageFlaw.NUMBERS, f"{counted.title}的票数（应到、实到、发出、收回）前后不一致。"
        )
    by_unit = {count.unit: count for count in given.counts}
    for count in counted.counts:
        if by_unit.get(count.unit) != count:
            raise EvidenceBroken(
                PackageFlaw.COUNTS, f"{counted.title}中单位{count.unit}的票数与选票档案解出的不一致。"
            )
    if len(by_unit) != len(counted.counts):
        raise EvidenceBroken(PackageFlaw.COUNTS, f"{counted.title}的计票表多出了单位。")


def _check_record(files: Files, inputs: AssessmentInputs) -> AssessmentRecord:
    """Every score, rank, grade and consequence, computed anew from the inputs."""
    record = assess(inputs)
    if record.blockers:
        raise EvidenceBroken(
            PackageFlaw.FIGURE, f"考核档案包的考核数据不能定稿：{record.blockers[0].message}"
        )
    given = json_of(files, RECORD)
    computed: dict[str, Json] = json.loads(canonical_json(record.as_json()))
    for found in json_differences(given, computed):
        raise EvidenceBroken(
            PackageFlaw.FIGURE,
            f"{_figure(found, computed, inputs.scheme)}：记录为{found.given}，重新计算为{found.computed}。",
        )
    return record


def _figure(found: Difference, computed: dict[str, Any], scheme: AssessmentScheme) -> str:
    titles = {str(rules.contest.code): rules.contest.title for rules in scheme.contests}
    if len(found.place) > 2 and found.place[0] == "units":
        unit = computed["units"][found.place[1]]
        return f"{unit['name']}（{unit['code']}）的{found.where(start=2, titles=titles)}"
    return f"考核记录的{found.where(titles=titles)}"


def _facts(
    manifest: dict[str, Any],
    inputs: AssessmentInputs,
    counted: tuple[_CountedSession, ...],
    files: Files,
) -> YearFacts:
    """What the sheets print, as it follows from the package."""
    return YearFacts(
        office=str(manifest["office"]),
        sample=manifest["sample"],
        number=inputs.scheme.year,
        scheme=inputs.scheme,
        units=inputs.units,
        sessions=tuple(_session_facts(session, files) for session in counted),
        final=True,
        inputs=inputs,
    )


def _session_facts(session: _CountedSession, files: Files) -> SessionFacts:
    names, report = session.report.trustees.names, session.report
    return SessionFacts(
        session=session.packaged.session,
        minutes=session.packaged.minutes,
        spoiled=session.packaged.spoiled,
        lost=session.packaged.lost,
        added=session.packaged.added,
        counted=CountedFacts(
            tally=session.tally,
            archive_digest=hashlib.sha256(files[session.packaged.archive]).hexdigest(),
            tally_hash=report.tally_fingerprint or "",
            election_fingerprint=sha256_hex(report.election.text),
            trustees_fingerprint=report.trustees.fingerprint,
            opened_by=tuple(names[owner - 1] or "" for owner in report.decrypted if owner > 1),
        ),
    )


_ENTERED = (
    "指标得分、加减分、取消优良资格情形和应到、实到、发出票数由考核办录入，"
    "本程序不能证明其真实，只据此重新计算。"
)


def _unchecked(inputs: AssessmentInputs) -> tuple[str, ...]:
    places = (
        f"{rules.contest.title}每票最多评{rules.max_excellent}个{rules.labels[0]}：由投票间控制，密文计票后无法核验"
        for rules in inputs.scheme.contests
        if rules.max_excellent is not None
    )
    return (_ENTERED, *places)
