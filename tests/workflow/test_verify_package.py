"""A record package of the sample year, tampered with in every part: the first broken thing is named."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.documents.certification import certificate_fingerprint, new_certificate, sign_bytes
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.package import MANIFEST, RECORD, SESSIONS, SIGNATURE, write_package, zipped
from gaoxin_vote.workflow.sample import SampleRun
from gaoxin_vote.workflow.verify import VerifyReason, verify_path
from gaoxin_vote.workflow.verify_package import PackageFlaw, PackageReport

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def package(sample_year: SampleRun) -> Files:
    with zipfile.ZipFile(sample_year.package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _broken(files: Files, tmp_path: Path) -> EvidenceBroken:
    path = tmp_path / "package.zip"
    path.write_bytes(zipped(files))
    with pytest.raises(EvidenceBroken) as error:
        verify_path(path)
    return error.value


def _repaired(files: Files) -> Files:
    """The same with a fresh certificate, all digests and the signature made right again."""
    certificate, key = new_certificate("冒名", 2017, datetime(2018, 1, 1, tzinfo=UTC))
    ceremony = json.loads(files["ceremony.json"])
    ceremony["certificate_fingerprint"] = certificate_fingerprint(certificate)
    files = files | {"certificate.pem": certificate, "ceremony.json": canonical_json(ceremony).encode()}
    manifest = json.loads(files[MANIFEST])
    manifest["files"] = [
        {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
        if name not in (MANIFEST, SIGNATURE)
    ]
    text = canonical_json(manifest).encode()
    return files | {MANIFEST: text, SIGNATURE: sign_bytes(key, text).encode()}


def _edit_json(files: Files, name: str, change: Callable[[Any], object]) -> Files:
    value = json.loads(files[name])
    change(value)
    return files | {name: canonical_json(value).encode()}


def test_the_package_verifies_as_zip_and_as_folder(sample_year: SampleRun, tmp_path: Path) -> None:
    folder = write_package(sample_year.workspace, 2017, tmp_path / "记录包")
    found = verify_path(folder, expect=sample_year.fingerprint).found
    assert isinstance(found, PackageReport)
    assert (len(found.archives), found.sheets, found.unchecked) == (2, 2, ())
    with pytest.raises(Refused):
        write_package(sample_year.workspace, 2017, folder)


def test_no_secret_is_in_the_package(package: Files) -> None:
    names = set(package)
    assert not any("slip" in name or "share" in name for name in names)
    whole = b"".join(package.values())
    assert b"PRIVATE KEY" not in whole


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("archives/peer-1.bel", Flaw.TAR),
        ("inputs/units.csv", PackageFlaw.MALFORMED),
        ("sheets/peer-1.pdf", PackageFlaw.INCOMPLETE),
        (RECORD, PackageFlaw.INCOMPLETE),
        (SESSIONS, PackageFlaw.INCOMPLETE),
        ("certificate.pem", PackageFlaw.INCOMPLETE),
        ("audit.json", PackageFlaw.INCOMPLETE),
        (MANIFEST, PackageFlaw.INCOMPLETE),
        (SIGNATURE, PackageFlaw.INCOMPLETE),
    ],
)
def test_a_missing_or_damaged_file_is_named(package: Files, tmp_path: Path, name: str, flaw: object) -> None:
    if name.endswith(".bel"):
        files = package | {name: b"x" + package[name][1:]}
    else:
        files = {other: content for other, content in package.items() if other != name}
    assert _broken(files, tmp_path).reason in (flaw, PackageFlaw.DIGEST)


def test_a_ballot_changed_with_all_digests_repaired_breaks_a_proof(package: Files, tmp_path: Path) -> None:
    name = "archives/leadership-1.bel"
    content = package[name]
    place = content.index(b'"response":"', content.index(b'"individual_proofs"')) + 14
    digit = b"1" if content[place : place + 1] != b"1" else b"2"
    files = package | {name: content[:place] + digit + content[place + 1 :]}
    assert "领导评议" in _broken(_repaired(files), tmp_path).message


def test_a_count_that_is_not_the_archives_is_named(package: Files, tmp_path: Path) -> None:
    text = package["inputs/peer_tally.csv"].decode("utf-8-sig")
    assert "U07,招商合作局,14,10,0,0" in text
    files = package | {
        "inputs/peer_tally.csv": text.replace("U07,招商合作局,14,10,0,0", "U07,招商合作局,15,9,0,0").encode()
    }
    error = _broken(_repaired(files), tmp_path)
    assert error.reason is PackageFlaw.COUNTS
    assert "U07" in error.message


def test_a_score_that_does_not_follow_is_named(package: Files, tmp_path: Path) -> None:
    def better(record: Any) -> None:
        record["units"][2]["composite"] = "97.66"

    error = _broken(_repaired(_edit_json(package, RECORD, better)), tmp_path)
    assert error.reason is PackageFlaw.FIGURE
    assert "机关党委" in error.message and "composite" in error.message and "87.66" in error.message


def test_a_grade_and_a_consequence_are_recomputed_too(package: Files, tmp_path: Path) -> None:
    for change in (
        lambda record: record["units"][21].update(accountability="无"),
        lambda record: record["units"][0].update(grade="良好"),
        lambda record: record["summary"].update(last="U20"),
    ):
        assert _broken(_repaired(_edit_json(package, RECORD, change)), tmp_path).reason is PackageFlaw.FIGURE


def test_an_input_changed_after_finalising_shows_in_the_figures(package: Files, tmp_path: Path) -> None:
    text = package["inputs/indicators.csv"].decode("utf-8-sig")
    assert "37.14" in text
    files = package | {"inputs/indicators.csv": text.replace("37.14", "37.15", 1).encode()}
    error = _broken(_repaired(files), tmp_path)
    assert error.reason is PackageFlaw.FIGURE and "办公室" in error.message


def test_numbers_of_a_session_must_agree_everywhere(package: Files, tmp_path: Path) -> None:
    def fewer(sessions: Any) -> None:
        sessions[1]["reconciliation"]["returned"] = 24

    assert _broken(_repaired(_edit_json(package, SESSIONS, fewer)), tmp_path).reason is PackageFlaw.NUMBERS


def test_sheets_swapped_or_signed_by_somebody_else_are_refused(package: Files, tmp_path: Path) -> None:
    swapped = package | {"sheets/peer-1.pdf": package["sheets/leadership-1.pdf"]}
    # The certificate is replaced too, so the old sheets are not signed with the new one.
    assert _broken(_repaired(swapped), tmp_path).reason is PackageFlaw.SHEET
    assert _broken(_repaired(package), tmp_path).reason is PackageFlaw.SHEET


def test_an_extra_file_and_a_wrong_digest_are_named(package: Files, tmp_path: Path) -> None:
    assert _broken(package | {"notes.txt": b"hello"}, tmp_path).reason is PackageFlaw.DIGEST
    error = _broken(package | {"scheme.toml": package["scheme.toml"] + b"\n"}, tmp_path)
    assert error.reason is PackageFlaw.DIGEST and "scheme.toml" in error.message
    assert _broken(package | {SIGNATURE: package[SIGNATURE][:-8] + b"AAAAAAA="}, tmp_path)


def test_an_audit_entry_taken_out_is_noticed(package: Files, tmp_path: Path) -> None:
    def shorten(entries: Any) -> None:
        del entries[3]

    error = _broken(_edit_json(package, "audit.json", shorten), tmp_path)
    assert error.reason is PackageFlaw.DIGEST


def test_fingerprints_of_another_ceremony_are_refused(sample_year: SampleRun) -> None:
    trustees, _, certificate = sample_year.fingerprint.partition("-")
    other = "0" * 32
    for path, expect, reason in (
        (sample_year.package, f"{other}-{certificate}", VerifyReason.OTHER_TRUSTEES),
        (sample_year.archives[0], f"{other}-{certificate}", VerifyReason.OTHER_TRUSTEES),
        (sample_year.package, f"{trustees}-{other}", VerifyReason.OTHER_CERTIFICATE),
        (sample_year.sheets[1], f"{trustees}-{other}", VerifyReason.OTHER_CERTIFICATE),
    ):
        with pytest.raises(EvidenceBroken) as error:
            verify_path(path, expect=expect)
        assert error.value.reason is reason
    with pytest.raises(Refused):
        verify_path(sample_year.package, expect="abc")
