"""Does a record package hold: proofs → counts → scores → grades → digests and signature?"""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Any

from gaoxin_vote.belenios.tally import result_text
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.documents.certification import (
    certificate_fingerprint,
    check_sheet,
    check_signature,
)
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import Json, canonical_json, from_json
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme_file import load_scheme
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.domain.units import Unit
from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError
from gaoxin_vote.spreadsheets.folder import read_assessment_folder
from gaoxin_vote.storage.audit import AuditEntry, verify_chain
from gaoxin_vote.workflow.election import question_text, recusals, unit_counts
from gaoxin_vote.workflow.files import read_whole
from gaoxin_vote.workflow.package import (
    AUDIT,
    CEREMONY,
    CERTIFICATE,
    INPUTS,
    KIND,
    MANIFEST,
    RECORD,
    SCHEME,
    SESSIONS,
    SHEETS,
    SIGNATURE,
    VERSION,
    PackagedSession,
)
from gaoxin_vote.workflow.progress import Progress

_LARGEST = 512 * 2**20
"""Bytes of all files of a package together; a year of 25 units has about 5 MB."""


class PackageFlaw(Enum):
    """What is broken in a package."""

    INCOMPLETE = "incomplete"
    MALFORMED = "malformed"
    DIGEST = "digest"
    SIGNATURE = "signature"
    TRUSTEES = "trustees"
    QUESTIONS = "questions"
    NUMBERS = "numbers"
    COUNTS = "counts"
    FIGURE = "figure"
    SHEET = "sheet"
    AUDIT = "audit"
    CEREMONY = "ceremony"


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


def verify_package(path: Path, progress: Progress, processes: int = 1) -> PackageReport:
    """Recompute everything in the package at `path` (folder or zip).

    Raises `EvidenceBroken` naming the first thing that does not hold.
    """
    files = _read_folder(path) if path.is_dir() else _read_zip(path)
    manifest = _manifest(files)
    with _described("记录包内容"):
        sessions = tuple(
            from_json(PackagedSession, one, where=SESSIONS) for one in json.loads(_file(files, SESSIONS))
        )
        inputs = _inputs(files)
    archives = _archives(files, sessions, inputs, progress, processes)
    trustees = {report.trustees_fingerprint for _, report in archives}
    ceremony = json.loads(_file(files, CEREMONY))
    if trustees - {ceremony["trustees_fingerprint"]}:
        raise EvidenceBroken(PackageFlaw.TRUSTEES, "各场投票的监票密钥与密钥仪式的不一致。")
    _check_tallies(sessions, archives, inputs)
    record = _check_record(files, inputs)
    _check_digests(files, manifest)
    certificate = _file(files, CERTIFICATE)
    with _described("记录包签名"):
        check_signature(certificate, _file(files, SIGNATURE).decode().strip(), _file(files, MANIFEST))
    fingerprint = certificate_fingerprint(certificate)
    if fingerprint != ceremony["certificate_fingerprint"]:
        raise EvidenceBroken(PackageFlaw.CEREMONY, "签章证书与密钥仪式的不一致。")
    sheets = _check_sheets(files, sessions, archives, fingerprint)
    entries = _check_audit(files, manifest)
    return PackageReport(
        office=str(manifest["office"]),
        year=inputs.scheme.year,
        title=inputs.scheme.title,
        trustees_fingerprint=str(ceremony["trustees_fingerprint"]),
        certificate_fingerprint=fingerprint,
        archives=archives,
        record=record,
        sheets=sheets,
        files=len(files),
        audit_entries=entries,
        unchecked=_unchecked(inputs),
    )


def _read_folder(path: Path) -> dict[str, bytes]:
    found = sorted(file for file in path.rglob("*") if file.is_file())
    if sum(file.stat().st_size for file in found) > _LARGEST:
        raise EvidenceBroken(PackageFlaw.MALFORMED, "文件夹过大，不像是记录包。")
    return {file.relative_to(path).as_posix(): read_whole(file) for file in found}


def _read_zip(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(read_whole(path))) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if sum(entry.file_size for entry in entries) > _LARGEST or len(set(names)) != len(names):
                raise EvidenceBroken(PackageFlaw.MALFORMED, "压缩包过大，或其中有重名文件。")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise EvidenceBroken(PackageFlaw.MALFORMED, "压缩包已损坏，无法读取。") from error


def _file(files: dict[str, bytes], name: str) -> bytes:
    if name not in files:
        raise EvidenceBroken(PackageFlaw.INCOMPLETE, f"记录包缺少文件：{name}。")
    return files[name]


def _manifest(files: dict[str, bytes]) -> dict[str, Any]:
    with _described(MANIFEST):
        manifest: dict[str, Any] = json.loads(_file(files, MANIFEST))
        if manifest["kind"] != KIND or manifest["version"] != VERSION:
            raise EvidenceBroken(PackageFlaw.MALFORMED, "不是本程序的记录包，或由更新版本的程序生成。")
        return manifest


@contextmanager
def _described(what: str) -> Iterator[None]:
    """Whatever a file of the package cannot be read for is evidence that breaks, with the file named."""
    try:
        yield
    except EvidenceBroken:
        raise
    except GaoxinVoteError as error:
        raise EvidenceBroken(
            PackageFlaw.MALFORMED, f"{what}无法读取：{error.message}", details=error.details
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvidenceBroken(PackageFlaw.MALFORMED, f"{what}格式不符，可能已被改动。") from error


def _inputs(files: dict[str, bytes]) -> AssessmentInputs:
    scheme = load_scheme(_file(files, SCHEME).decode())
    with tempfile.TemporaryDirectory(prefix="gaoxin-vote-") as folder:
        for name, content in files.items():
            inside = PurePosixPath(name)
            if len(inside.parts) == 2 and inside.parts[0] == INPUTS:
                (Path(folder) / inside.name).write_bytes(content)
        return read_assessment_folder(Path(folder), scheme, complete=True).inputs


def _archives(
    files: dict[str, bytes],
    sessions: tuple[PackagedSession, ...],
    inputs: AssessmentInputs,
    progress: Progress,
    processes: int,
) -> tuple[tuple[str, ArchiveReport], ...]:
    units = {unit.code: unit for unit in inputs.units}
    reports = []
    for one in sessions:
        if one.stage is not Stage.TALLIED:
            continue
        title = one.session().title
        try:
            report = verify_archive(_file(files, one.archive), progress=progress, processes=processes)
        except EvidenceBroken as error:
            raise EvidenceBroken(
                error.reason, f"{title}的选票档案：{error.message}", details=error.details
            ) from error
        _check_questions(
            title, report, tuple(units[code] for code in one.units if code in units), one, inputs
        )
        reports.append((title, report))
    return tuple(reports)


def _check_questions(
    title: str,
    report: ArchiveReport,
    units: tuple[Unit, ...],
    one: PackagedSession,
    inputs: AssessmentInputs,
) -> None:
    labels = inputs.scheme.contest(one.contest).labels
    asked = [(question.question, question.answers) for question in report.election.questions]
    if asked != [(question_text(unit), labels) for unit in units] or len(units) != len(one.units):
        raise EvidenceBroken(PackageFlaw.QUESTIONS, f"{title}的选票档案所列单位或等次与记录包不一致。")
    if report.result is None or report.ballots != one.reconciliation.returned:
        raise EvidenceBroken(
            PackageFlaw.NUMBERS,
            f"{title}：选票档案有{report.ballots}张选票，票数核对中收回{one.reconciliation.returned}张。",
        )


def _check_tallies(
    sessions: tuple[PackagedSession, ...],
    archives: tuple[tuple[str, ArchiveReport], ...],
    inputs: AssessmentInputs,
) -> None:
    """The counts that the scores rest on are those of the archives, session by session, unit by unit."""
    reports = dict(archives)
    counted: list[SessionTally] = []
    for one in sessions:
        session = one.session()
        if session.title not in reports or one.stage is not Stage.TALLIED:
            continue
        rules = inputs.scheme.contest(one.contest)
        known = recusals(session, rules, one.reconciliation, one.issued_units)
        result = reports[session.title].result
        assert result is not None  # checked with the questions
        counts = unit_counts(session, result_text(result), known)
        counted.append(SessionTally(one.contest, one.group, one.number, one.reconciliation, counts))
    given = {tally.title: tally for tally in inputs.tallies}
    for tally in counted:
        if tally.title not in given:
            raise EvidenceBroken(PackageFlaw.COUNTS, f"考核数据中没有{tally.title}的计票结果。")
        _require_same(given.pop(tally.title), tally)
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


def _check_record(files: dict[str, bytes], inputs: AssessmentInputs) -> dict[str, Json]:
    """Every score, rank, grade and consequence, computed anew from the inputs."""
    record = assess(inputs)
    if record.blockers:
        raise EvidenceBroken(PackageFlaw.FIGURE, f"记录包的考核数据不能定稿：{record.blockers[0].message}")
    with _described(RECORD):
        given = json.loads(_file(files, RECORD))
    computed: dict[str, Json] = json.loads(canonical_json(record.as_json()))
    names = {unit.code: unit.name for unit in inputs.units}
    for where, said, right in _differences(given, computed, ()):
        raise EvidenceBroken(
            PackageFlaw.FIGURE, f"{_figure(where, computed, names)}：记录为{said}，重新计算为{right}。"
        )
    return computed


Path_ = tuple[str | int, ...]


def _differences(given: Any, computed: Any, where: Path_) -> Iterator[tuple[Path_, str, str]]:
    """Every place where two JSON values differ, in the order of the computed one."""
    if isinstance(computed, dict) and isinstance(given, dict):
        for name in (*computed, *(name for name in given if name not in computed)):
            yield from _differences(given.get(name), computed.get(name), (*where, name))
    elif isinstance(computed, list) and isinstance(given, list) and len(computed) == len(given):
        for index, (said, right) in enumerate(zip(given, computed, strict=True)):
            yield from _differences(said, right, (*where, index))
    elif given != computed or type(given) is not type(computed):
        yield where, str(given), str(computed)


def _figure(where: Path_, computed: dict[str, Any], names: dict[Any, str]) -> str:
    if where and where[0] == "units" and len(where) > 1:
        unit = computed["units"][where[1]]
        return f"{unit['name']}（{unit['code']}）的 {'.'.join(str(part) for part in where[2:])}"
    return f"汇总的 {'.'.join(str(part) for part in where[1:])}"


def _check_digests(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    with _described(MANIFEST):
        listed = {entry["path"]: (entry["bytes"], entry["sha256"]) for entry in manifest["files"]}
    present = {name: (len(c), hashlib.sha256(c).hexdigest()) for name, c in files.items()}
    for name in sorted({MANIFEST, SIGNATURE} | listed.keys() | present.keys()):
        if name in (MANIFEST, SIGNATURE):
            continue
        if name not in listed:
            raise EvidenceBroken(PackageFlaw.DIGEST, f"记录包中多出了清单以外的文件：{name}。")
        if listed[name] != present.get(name):
            raise EvidenceBroken(PackageFlaw.DIGEST, f"文件与清单中的摘要不符，已被改动：{name}。")


def _check_sheets(
    files: dict[str, bytes],
    sessions: tuple[PackagedSession, ...],
    archives: tuple[tuple[str, ArchiveReport], ...],
    fingerprint: str,
) -> int:
    reports = dict(archives)
    checked = 0
    for one in sessions:
        title = one.session().title
        if title not in reports or one.stage is not Stage.TALLIED:
            continue
        stem = PurePosixPath(one.archive).stem
        pdf, figures = _file(files, f"{SHEETS}/{stem}.pdf"), _file(files, f"{SHEETS}/{stem}.json")
        with _described(f"{title}的计票结果报告单"):
            sheet = check_sheet(pdf)
        if sheet.certificate_fingerprint != fingerprint:
            raise EvidenceBroken(PackageFlaw.SHEET, f"{title}的计票结果报告单不是用本年度的证书签章的。")
        if sheet.figures_digest != hashlib.sha256(figures).hexdigest():
            raise EvidenceBroken(PackageFlaw.SHEET, f"{title}的计票结果报告单与其数据文件不一致。")
        _check_figures(
            title, json.loads(figures), reports[title], hashlib.sha256(files[one.archive]).hexdigest()
        )
        checked += 1
    return checked


def _check_figures(title: str, figures: dict[str, Any], report: ArchiveReport, digest: str) -> None:
    """The figures printed on a sheet are those of the archive it names."""
    from gaoxin_vote.documents.tally_report import printed_counts

    with _described(f"{title}的报告单数据"):
        printed = printed_counts(figures)
        named = figures["archive_digest"]
    if report.result is None or printed != report.result or named != digest:
        raise EvidenceBroken(PackageFlaw.SHEET, f"{title}的计票结果报告单所印票数与选票档案不一致。")


def _check_audit(files: dict[str, bytes], manifest: dict[str, Any]) -> int:
    with _described(AUDIT):
        entries = tuple(from_json(AuditEntry, one, where=AUDIT) for one in json.loads(_file(files, AUDIT)))
        verify_chain(entries, str(manifest["workspace"]))
    if not entries or entries[-1].hash != manifest["audit_head"]:
        raise EvidenceBroken(PackageFlaw.AUDIT, "审计日志的末条与清单所载的不一致。")
    return len(entries)


def _unchecked(inputs: AssessmentInputs) -> tuple[str, ...]:
    rules = [inputs.scheme.leadership, inputs.scheme.peer]
    return tuple(
        f"{one.contest.value}每票最多评{one.max_excellent}个{one.labels[0]}：由投票间控制，密文计票后无法核验"
        for one in rules
        if one.max_excellent is not None
    )
