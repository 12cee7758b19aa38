"""Does a record package hold: proofs → counts → scores → grades → digests, signature, sheets and acts?"""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gaoxin_vote.belenios.compact import sha256_hex
from gaoxin_vote.belenios.tally import result_text
from gaoxin_vote.belenios.threshold import ThresholdKeys
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.documents.certification import certificate_fingerprint, check_sheet, check_signature
from gaoxin_vote.documents.tally_report import figures
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import Json, canonical_json, from_json
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme_file import load_scheme
from gaoxin_vote.domain.session import SlipMode, Stage
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.spreadsheets.folder import read_assessment_folder
from gaoxin_vote.workflow.election import question_text, recusals, unit_counts
from gaoxin_vote.workflow.package_files import (
    CEREMONY,
    CERTIFICATE,
    INPUT_FILES,
    MANIFEST,
    RECORD,
    SCHEME,
    SESSIONS,
    SIGNATURE,
    Files,
    PackagedSession,
    content_of,
    json_of,
    manifest_of,
    read_package,
    require_known_files,
)
from gaoxin_vote.workflow.package_flaw import PackageFlaw, described
from gaoxin_vote.workflow.progress import Progress
from gaoxin_vote.workflow.tally_figures import tally_figures
from gaoxin_vote.workflow.verify_acts import verify_acts


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What a package says in which everything holds."""

    office: str
    year: int
    title: str
    trustees_fingerprint: str
    certificate_fingerprint: str
    archives: tuple[tuple[str, ArchiveReport], ...]
    """Title of the session and what its archive says."""
    record: dict[str, Json]
    sheets: int
    files: int
    audit_entries: int
    unchecked: tuple[str, ...]
    """Rules that no package can prove, in Chinese."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A tallied session, its archive, and the counts that follow from both."""

    session: PackagedSession
    report: ArchiveReport
    tally: SessionTally


def verify_package(path: Path, progress: Progress, processes: int = 1) -> PackageReport:
    """Recompute everything in the package at `path` (folder or zip).

    Raises `EvidenceBroken` naming the first thing that does not hold.
    """
    files = read_package(path)
    manifest = json_of(files, MANIFEST)
    ceremony = json_of(files, CEREMONY)
    values = json_of(files, SESSIONS)
    with described("记录包内容"):
        sessions = tuple(from_json(PackagedSession, one, where=SESSIONS) for one in values)
        inputs = _inputs(files)
    _check_stages(sessions)
    counted = tuple(
        _counted(files, one, inputs, progress, processes) for one in sessions if one.stage is Stage.TALLIED
    )
    with described(CEREMONY):
        _check_ceremony(ceremony, counted, inputs)
    _check_tallies(counted, inputs)
    record = _check_record(files, inputs)
    tallied = tuple(one.session for one in counted)
    require_known_files(files, tallied)
    with described(MANIFEST):
        office = _check_manifest(files, manifest, counted, inputs)
    certificate = content_of(files, CERTIFICATE)
    with described("记录包签名"):
        check_signature(certificate, content_of(files, SIGNATURE).decode().strip(), files[MANIFEST])
        fingerprint = certificate_fingerprint(certificate)
    if fingerprint != ceremony["certificate_fingerprint"]:
        raise EvidenceBroken(PackageFlaw.CEREMONY, "签章证书与密钥仪式的不一致。")
    for one in counted:
        _check_sheet(files, one, inputs, ceremony, manifest, fingerprint)
    archives = tuple((one.session.title, one.report) for one in counted)
    entries = verify_acts(files, manifest, sessions, dict(archives), ceremony, record)
    return PackageReport(
        office=office,
        year=inputs.scheme.year,
        title=inputs.scheme.title,
        trustees_fingerprint=str(ceremony["trustees_fingerprint"]),
        certificate_fingerprint=fingerprint,
        archives=archives,
        record=record,
        sheets=len(counted),
        files=len(files),
        audit_entries=entries,
        unchecked=_unchecked(inputs),
    )


def _inputs(files: Files) -> AssessmentInputs:
    scheme = load_scheme(content_of(files, SCHEME).decode())
    with tempfile.TemporaryDirectory(prefix="gaoxin-vote-") as folder:
        for name in INPUT_FILES & files.keys():
            (Path(folder) / PurePosixPath(name).name).write_bytes(files[name])
        return read_assessment_folder(Path(folder), scheme, complete=True).inputs


def _check_stages(sessions: tuple[PackagedSession, ...]) -> None:
    titles = [one.title for one in sessions]
    for one in sessions:
        ended = one.stage is Stage.VOIDED if one.void_reason else one.stage is Stage.TALLIED
        named_leaders = one.contest is Contest.LEADERSHIP and one.slip_mode is SlipMode.NAMED
        if not ended or named_leaders or titles.count(one.title) != 1:
            raise EvidenceBroken(PackageFlaw.SESSIONS, f"{one.title}的会议情况自相矛盾。")


def _counted(
    files: Files, one: PackagedSession, inputs: AssessmentInputs, progress: Progress, processes: int
) -> _Counted:
    try:
        report = verify_archive(content_of(files, one.archive), progress=progress, processes=processes)
    except EvidenceBroken as error:
        words = f"{one.title}的选票档案：{error.message}"
        raise EvidenceBroken(error.reason, words, details=error.details) from error
    rules = inputs.scheme.contest(one.contest)
    known = {unit.code: unit for unit in inputs.units}
    asked = [(question.question, question.answers) for question in report.election.questions]
    put = [(question_text(known[code]), rules.labels) for code in one.units if code in known]
    if asked != put or report.election.name != f"{inputs.scheme.title} {one.title}":
        raise EvidenceBroken(
            PackageFlaw.QUESTIONS, f"{one.title}的选票档案属于另一场会议，或所列单位、等次与记录包不一致。"
        )
    if report.result is None or report.ballots != one.reconciliation.returned:
        raise EvidenceBroken(
            PackageFlaw.NUMBERS,
            f"{one.title}：选票档案有{report.ballots}张选票，票数核对中收回{one.reconciliation.returned}张。",
        )
    holding = recusals(one.session, rules, one.reconciliation, one.issued_units)
    counts = unit_counts(one.session, result_text(report.result), holding)
    return _Counted(one, report, SessionTally(one.contest, one.group, one.number, one.reconciliation, counts))


def _check_ceremony(
    ceremony: dict[str, Any], counted: tuple[_Counted, ...], inputs: AssessmentInputs
) -> None:
    """One ceremony made the keys of every session of the year."""
    if len({one.report.election.uuid for one in counted}) != len(counted):
        raise EvidenceBroken(PackageFlaw.SESSIONS, "两场会议用了同一份选票档案。")
    for one in counted:
        trustees = one.report.trustees
        group = trustees.items[-1]
        told = (ceremony["trustees_fingerprint"], tuple(ceremony["names"]), ceremony["threshold"])
        if (
            not isinstance(group, ThresholdKeys)
            or len(trustees.items) != 2
            or told != (one.report.trustees.fingerprint, trustees.names[1:], group.threshold)
        ):
            raise EvidenceBroken(PackageFlaw.TRUSTEES, f"{one.session.title}的监票密钥与密钥仪式的不一致。")


def _check_tallies(counted: tuple[_Counted, ...], inputs: AssessmentInputs) -> None:
    """The counts that the scores rest on are those of the archives, session by session, unit by unit."""
    given = {tally.title: tally for tally in inputs.tallies}
    for one in counted:
        if one.tally.title not in given:
            raise EvidenceBroken(PackageFlaw.COUNTS, f"考核数据中没有{one.tally.title}的计票结果。")
        _require_same(given.pop(one.tally.title), one.tally)
    if given:
        raise EvidenceBroken(PackageFlaw.COUNTS, f"{'、'.join(given)}的计票结果没有选票档案。")


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


def _check_record(files: Files, inputs: AssessmentInputs) -> dict[str, Json]:
    """Every score, rank, grade and consequence, computed anew from the inputs."""
    record = assess(inputs)
    if record.blockers:
        raise EvidenceBroken(PackageFlaw.FIGURE, f"记录包的考核数据不能定稿：{record.blockers[0].message}")
    given = json_of(files, RECORD)
    computed: dict[str, Json] = json.loads(canonical_json(record.as_json()))
    for where, said, right in _differences(given, computed, ()):
        raise EvidenceBroken(
            PackageFlaw.FIGURE, f"{_figure(where, computed)}：记录为{said}，重新计算为{right}。"
        )
    return computed


Place = tuple[str | int, ...]
_ABSENT = "（无）"


def _differences(given: Any, computed: Any, where: Place) -> Iterator[tuple[Place, str, str]]:
    """Every place where two JSON values differ, in the order of the computed one."""
    if isinstance(computed, dict) and isinstance(given, dict):
        for name in (*computed, *(name for name in given if name not in computed)):
            if name not in given or name not in computed:
                yield (*where, name), str(given.get(name, _ABSENT)), str(computed.get(name, _ABSENT))
            else:
                yield from _differences(given[name], computed[name], (*where, name))
    elif isinstance(computed, list) and isinstance(given, list) and len(computed) == len(given):
        for index, (said, right) in enumerate(zip(given, computed, strict=True)):
            yield from _differences(said, right, (*where, index))
    elif given != computed or type(given) is not type(computed):
        yield where, str(given), str(computed)


def _figure(where: Place, computed: dict[str, Any]) -> str:
    if len(where) > 1 and where[0] == "units":
        unit = computed["units"][where[1]]
        return f"{unit['name']}（{unit['code']}）的 {'.'.join(str(part) for part in where[2:])}"
    return f"汇总的 {'.'.join(str(part) for part in where[1:])}"


def _check_manifest(
    files: Files, manifest: dict[str, Any], counted: tuple[_Counted, ...], inputs: AssessmentInputs
) -> str:
    """The manifest lists exactly these files and says of the year what they say; returns the office."""
    office = {one.report.election.administrator for one in counted}
    facts: dict[str, Json] = {
        "office": manifest["office"],
        "workspace": manifest["workspace"],
        "year": inputs.scheme.year,
        "title": inputs.scheme.title,
        "ceremony": manifest["ceremony"],
        "audit_head": manifest["audit_head"],
        "sample": bool(manifest["sample"]),
    }
    right = json.loads(manifest_of(files, **facts))
    if office - {manifest["office"]}:
        raise EvidenceBroken(PackageFlaw.DIGEST, "清单上的单位与选票档案的不一致。")
    listed = {entry["path"]: entry for entry in manifest["files"]}
    for entry in right["files"]:
        if listed.get(entry["path"]) != entry:
            raise EvidenceBroken(PackageFlaw.DIGEST, f"文件与清单不符，已被改动：{entry['path']}。")
    if manifest != right:
        raise EvidenceBroken(PackageFlaw.DIGEST, "清单与记录包的内容不一致。")
    return str(manifest["office"])


def _check_sheet(
    files: Files,
    one: _Counted,
    inputs: AssessmentInputs,
    ceremony: dict[str, Any],
    manifest: dict[str, Any],
    fingerprint: str,
) -> None:
    """The sheet is certified with the year's certificate and prints what follows from the archive."""
    title = one.session.title
    names = one.report.trustees.names
    printed = tally_figures(
        inputs.scheme,
        {unit.code: unit for unit in inputs.units},
        one.tally,
        office=str(manifest["office"]),
        minutes=one.session.minutes,
        spoiled=one.session.spoiled,
        lost=one.session.lost,
        archive=files[one.session.archive],
        uuid=one.report.election.uuid,
        tally_hash=one.report.tally_fingerprint or "",
        election_fingerprint=sha256_hex(one.report.election.text),
        trustees_fingerprint=one.report.trustees.fingerprint,
        opened_by=tuple(names[owner - 1] or "" for owner in one.report.decrypted if owner > 1),
        sample=manifest["sample"],
    )
    expected = json.loads(canonical_json(figures(printed)))
    for where, said, right in _differences(json_of(files, one.session.figures), expected, ()):
        place = ".".join(str(part) for part in where)
        raise EvidenceBroken(
            PackageFlaw.SHEET, f"{title}的计票结果报告单数据 {place} 为{said}，应为{right}。"
        )
    pdf = content_of(files, one.session.sheet)
    with described(f"{title}的计票结果报告单"):
        sheet = check_sheet(pdf)
    if sheet.certificate_fingerprint != fingerprint:
        raise EvidenceBroken(PackageFlaw.SHEET, f"{title}的计票结果报告单不是用本年度的证书签章的。")
    if sheet.figures != expected or sheet.record_id != printed.record_id:
        raise EvidenceBroken(PackageFlaw.SHEET, f"{title}的计票结果报告单所印数据与选票档案不一致。")


def _unchecked(inputs: AssessmentInputs) -> tuple[str, ...]:
    rules = [inputs.scheme.leadership, inputs.scheme.peer]
    return tuple(
        f"{one.contest.value}每票最多评{one.max_excellent}个{one.labels[0]}：由投票间控制，密文计票后无法核验"
        for one in rules
        if one.max_excellent is not None
    )
