"""What does a verification say to a machine? (docs/files.md describes every member)"""

from pathlib import Path
from typing import TYPE_CHECKING

from gaoxin_vote.belenios.compact import sha256_hex
from gaoxin_vote.belenios.verification import ArchiveReport
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.domain.tracker import respelled
from gaoxin_vote.errors import GaoxinVoteError
from gaoxin_vote.workflow.verify.any_file import Verification
from gaoxin_vote.workflow.verify.checks import checks

if TYPE_CHECKING:
    from gaoxin_vote.workflow.verify.package_ceremonies import CeremonyReport
    from gaoxin_vote.workflow.verify.sheet import VerifiedSheet


def success(verification: Verification) -> dict[str, Json]:
    """What holds. An archive without a result yet has ``result: null``."""
    found = verification.found
    head: dict[str, Json] = {
        "path": str(verification.path),
        "ok": True,
        "exit": 0,
        "compared": [*verification.comparison.compared],
        "trustees_fingerprint": verification.trustees_fingerprint or None,
        "certificate_fingerprint": verification.prints.certificate or None,
        "digest": verification.digest or None,
    }
    if isinstance(found, ArchiveReport):
        return head | {"kind": "archive", **_archive(found)}
    from gaoxin_vote.workflow.verify.package import PackageReport

    if isinstance(found, PackageReport):
        archives: list[Json] = [{"session": title, **_archive(report)} for title, report in found.archives]
        sheets: list[Json] = [{"subject": title, **_sheet(sheet)} for title, sheet in found.sheets]
        return head | {
            "kind": "package",
            "sample": found.sample,
            "office": found.office,
            "year": found.year,
            "ceremonies": [
                _ceremony(ceremony, verification.comparison.matched) for ceremony in found.ceremonies
            ],
            "archives": archives,
            "summary": found.record.as_json()["summary"],
            "sheets": sheets,
            "files": found.files,
            "audit_entries": found.audit_entries,
            "doubts": [*found.doubts],
            "unchecked": [*found.unchecked],
        }
    report = found.report
    return head | {
        "kind": "sheet",
        "sample": bool(found.printed["sample"]),
        **_sheet(found),
        "signer": report.signer,
        "signed_at": report.signed_at.isoformat(),
    }


def _ceremony(ceremony: "CeremonyReport", matched: tuple[str, ...]) -> Json:
    facts = ceremony.facts
    return {
        "number": ceremony.number,
        "held_on": facts.held_on.isoformat(),
        "reason": facts.reason,
        "names": [*facts.names],
        "threshold": facts.threshold,
        "trustees_fingerprint": facts.trustees_fingerprint,
        "sessions": [*ceremony.sessions],
        "compared": facts.trustees_fingerprint in matched,
    }


def _sheet(sheet: "VerifiedSheet") -> dict[str, Json]:
    return {
        "form": sheet.form.code,
        "version": sheet.form.version,
        "edition": sheet.imprint.edition,
        "record_id": sheet.report.record_id,
        "figures_digest": sheet.report.figures_digest,
    }


def failure(path: Path, code: int, error: GaoxinVoteError) -> dict[str, Json]:
    """Why nothing is said of the file at `path`."""
    return {
        "path": str(path),
        "ok": False,
        "exit": code,
        "error": type(error).__name__,
        "reason": error.reason.name,
        "message": error.message,
        "details": [*error.details],
    }


def _archive(report: ArchiveReport) -> dict[str, Json]:
    result: Json = None if report.result is None else [[*row] for row in report.result]
    counted: dict[str, Json] = {check.name: check.count for check in checks(report)}
    invalid: list[Json] = [{"owner": owner, "reason": why} for owner, why in report.invalid_shares]
    questions: list[Json] = [
        {"question": asked.question, "blank": asked.blank, "answers": [*asked.answers]}
        for asked in report.election.questions
    ]
    return {
        "uuid": report.election.uuid,
        "name": report.election.name,
        "complete": report.result is not None,
        "stage": report.stage.value,
        "timestamp": report.timestamp,
        "questions": questions,
        "election_fingerprint": sha256_hex(report.election.text),
        "board_fingerprint": report.board_fingerprint,
        "tally_fingerprint": report.tally_fingerprint,
        "credentials": len(report.credentials),
        "ballots": report.ballots,
        "counted": report.counted,
        "trackers": [*report.trackers],
        "trackers_respelled": [*map(respelled, report.trackers)],
        "decrypted": [*report.decrypted],
        "invalid_shares": invalid,
        "checks": counted,
        "result": result,
    }
