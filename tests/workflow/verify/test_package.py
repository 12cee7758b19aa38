"""A record package of the sample year, tampered with in every part: the first broken thing is named.

Digests and signature are made right again with the office's own key, so that only the inner check can notice.
"""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.documents.certification import certificate_fingerprint, new_certificate, sign_bytes
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.record.package_files import (
    AUDIT,
    CEREMONIES,
    CERTIFICATE,
    CERTIFICATE_FILE,
    MANIFEST,
    RECORD,
    SESSIONS,
    SIGNATURE,
    manifest_of,
    zipped,
)
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, PackageReason
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.package import PackageReport
from gaoxin_vote.workflow.verify.reason import VerifyReason
from tests.workflow.packages import Files, Repair, broken, edit_json

WHEN = datetime(2018, 1, 20, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("proofs_once")


def test_the_package_verifies_as_zip_and_as_folder(sample_year: SampleRun, tmp_path: Path) -> None:
    folder = write_package(sample_year.workspace, 2017, tmp_path / "考核档案包")
    found = verify_path(folder, expect=sample_year.fingerprint).found
    assert isinstance(found, PackageReport)
    assert [title for title, _ in found.archives] == ["领导评议", "部门互评"]
    assert [(title, sheet.form.code, sheet.imprint.edition) for title, sheet in found.sheets] == [
        ("领导评议", "F5", 1),
        ("部门互评", "F5", 1),
    ]
    assert found.sample
    assert len(found.unchecked) == 1 and "录入" in found.unchecked[0]
    with pytest.raises(Refused):
        write_package(sample_year.workspace, 2017, folder)


def test_no_secret_is_in_the_package(package: Files) -> None:
    names = set(package)
    assert not any("slip" in name or "share" in name for name in names)
    whole = b"".join(package.values())
    assert b"PRIVATE KEY" not in whole


def test_whatever_file_is_missing_is_named(package: Files, tmp_path: Path, no_proofs: None) -> None:
    for name in package.keys() - {MANIFEST}:
        error = broken({other: package[other] for other in package if other != name}, tmp_path)
        assert (error.reason, error.message) == (PackageFlaw.INCOMPLETE, f"考核档案包缺少文件：{name}。")


def test_whatever_file_is_damaged_is_named(package: Files, tmp_path: Path, no_proofs: None) -> None:
    for name in package.keys() - {MANIFEST, SIGNATURE, CERTIFICATE}:
        for damaged in (package[name][:-1], package[name] + b"\n", b"x" + package[name][1:]):
            error = broken(package | {name: damaged}, tmp_path)
            assert (error.reason, error.message) == (
                PackageFlaw.DIGEST,
                f"文件与清单不符，已被改动：{name}。",
            )


def test_manifest_signature_and_certificate_belong_together(
    package: Files, tmp_path: Path, no_proofs: None
) -> None:
    signature = package[SIGNATURE]
    flipped = signature[:20] + (b"B" if signature[20:21] == b"A" else b"A") + signature[21:]
    for changed in (
        {MANIFEST: package[MANIFEST].replace(b'"year":2017', b'"year":2016')},
        {SIGNATURE: flipped},
        {SIGNATURE: signature + b"\n"},
        {SIGNATURE: b" " + signature},
        {SIGNATURE: b"\xff"},
        {CERTIFICATE: new_certificate("冒名", 2017, WHEN)[0]},
        {CERTIFICATE: package[CERTIFICATE][:-40]},
    ):
        error = broken(package | changed, tmp_path)
        assert "签" in error.message or SIGNATURE in error.message


def test_a_package_of_another_signer_is_refused(package: Files, tmp_path: Path) -> None:
    certificate, key = new_certificate("高新区考核办", 2017, WHEN)
    facts = json.loads(package[MANIFEST])
    for name in ("kind", "version", "files"):
        facts.pop(name)
    files = package | {CERTIFICATE: certificate}
    text = manifest_of(files, **facts)
    signed = files | {MANIFEST: text, SIGNATURE: sign_bytes(key, text).encode()}
    assert broken(signed, tmp_path).reason is PackageFlaw.CEREMONY


def test_the_certificate_beside_the_sheets_is_that_of_the_package(package: Files, tmp_path: Path) -> None:
    certificate, key = new_certificate("高新区考核办", 2017, WHEN)
    facts = json.loads(package[MANIFEST])
    for name in ("kind", "version", "files"):
        facts.pop(name)
    (ceremony,) = json.loads(package[CEREMONIES])
    ceremony["certificate_fingerprint"] = certificate_fingerprint(certificate)
    files = package | {CERTIFICATE: certificate, CEREMONIES: canonical_json([ceremony]).encode()}
    text = manifest_of(files, **facts)
    signed = files | {MANIFEST: text, SIGNATURE: sign_bytes(key, text).encode()}
    error = broken(signed, tmp_path)
    assert error.reason is PackageFlaw.CEREMONY
    assert CERTIFICATE_FILE in error.message


def test_what_a_reader_of_tables_refuses_is_evidence(
    package: Files, tmp_path: Path, repaired: Repair
) -> None:
    peer = package["inputs/peer_tally.csv"]
    for changed, words in (
        ({"inputs/peer_tally.csv": peer.replace(b"U07,", b"U99,")}, "peer_tally.csv 第8行"),
        ({"inputs/indicators.csv": b"PK\x03\x04"}, "indicators.csv"),
        ({"inputs/units.csv": b"\0"}, "units.csv"),
        ({"scheme.toml": package["scheme.toml"] + b"\nsurprise = 1\n"}, "scheme.toml"),
    ):
        message = str(broken(repaired(package | changed), tmp_path))
        assert words in message and "不成立" in message
        assert "请" not in message and "导入" not in message and "修改" not in message, message
    without = {name: content for name, content in package.items() if name != "inputs/units.csv"}
    assert "没有 units.csv" in str(broken(repaired(without), tmp_path))


@pytest.mark.parametrize("name", [CEREMONIES, SESSIONS, RECORD, AUDIT, MANIFEST])
@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"a":1.5}', b"1"])
def test_damaged_json_is_told_and_never_a_crash(
    package: Files,
    tmp_path: Path,
    repaired: Repair,
    office_key: tuple[bytes, bytes],
    name: str,
    content: bytes,
) -> None:
    files = package | {name: content}
    if name == MANIFEST:
        files[SIGNATURE] = sign_bytes(office_key[1], content).encode()
    else:
        files = repaired(files)
    assert broken(files, tmp_path).reason is not PackageFlaw.DIGEST


def test_json_has_one_spelling(package: Files, tmp_path: Path, repaired: Repair) -> None:
    spaced = package[RECORD].replace(b'":"', b'": "', 1)
    assert broken(repaired(package | {RECORD: spaced}), tmp_path).reason is PackageFlaw.MALFORMED
    twice = package[RECORD].replace(b'{"summary":', b'{"summary":{},"summary":', 1)
    assert broken(repaired(package | {RECORD: twice}), tmp_path).reason is PackageFlaw.MALFORMED


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"year": 2016}, "清单所载的年度为2016，应为2017。"),
        ({"title": "x"}, "清单所载的名称为x，"),
        ({"office": "x"}, "清单上的单位与选票档案的不一致。"),
        ({"office": []}, "manifest.json格式不符"),
        ({"surprise": 1}, "清单所载的surprise为1，应为（无）。"),
        ({"sample": 1}, "清单所载的是否演示为1，应为是。"),
        ({"sample": False}, "（是否演示）为是，应为否。"),
    ],
)
def test_the_manifest_says_what_the_files_say(
    package: Files, tmp_path: Path, repaired: Repair, facts: dict[str, Any], words: str
) -> None:
    files = repaired(edit_json(package, MANIFEST, lambda manifest: manifest.update(facts)))
    assert words in broken(files, tmp_path).message


def test_a_zip_that_was_not_written_by_us_is_refused(sample_year: SampleRun, tmp_path: Path) -> None:
    content = sample_year.package.read_bytes()
    for number, damaged in enumerate(
        (
            content + b"junk",
            content[:-30],
            content[: len(content) // 2],
            content[:5000] + b"x" + content[5001:],
        )
    ):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(damaged)
        with pytest.raises(EvidenceBroken):
            verify_path(path)


def test_a_package_that_was_zipped_again_is_told_so(package: Files, tmp_path: Path) -> None:
    path = tmp_path / "again.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(name, content)
    with pytest.raises(EvidenceBroken, match="可能重新压缩过"):
        verify_path(path)


@pytest.mark.parametrize("to_folder", [False, True])
def test_a_folder_with_a_link_is_refused(sample_year: SampleRun, tmp_path: Path, to_folder: bool) -> None:
    folder = write_package(sample_year.workspace, 2017, tmp_path / "package")
    (folder / "inputs" / "extra").symlink_to(folder / ("archives" if to_folder else MANIFEST))
    with pytest.raises(EvidenceBroken, match=r"链接.*extra"):
        verify_path(folder)


def test_what_is_no_package_is_refused_without_looking_around(
    package: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("looked around")

    monkeypatch.setattr(Path, "rglob", never)
    (tmp_path / "stick").mkdir()
    (tmp_path / "table.xlsx").write_bytes(zipped({"xl/workbook.xml": b""}))
    (tmp_path / "inside.zip").write_bytes(zipped({f"考核档案包/{name}": package[name] for name in package}))
    for name, words in (("stick", "文件夹"), ("table.xlsx", "压缩包"), ("inside.zip", "压缩包")):
        with pytest.raises(Refused, match=f"这个{words}不是考核档案包") as error:
            verify_path(tmp_path / name)
        assert error.value.reason is PackageReason.UNKNOWN


def test_what_was_signed_is_not_changed_afterwards(sample_year: SampleRun) -> None:
    from gaoxin_vote.workflow.session.meeting import set_meeting
    from gaoxin_vote.workflow.session.turnout import sessions

    first = sessions(sample_year.workspace, 2017)[0]
    assert first.session.stage is Stage.TALLIED
    with pytest.raises(Refused):
        set_meeting(sample_year.workspace, first.session.id, replace(first.minutes, chair="别人"))


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
