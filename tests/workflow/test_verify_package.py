"""A record package of the sample year, tampered with in every part: the first broken thing is named.

Digests and signature are made right again with the office's own key, so that only the inner check can notice.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.documents import tally_report as sheets
from gaoxin_vote.documents.certification import certify, new_certificate, sign_bytes
from gaoxin_vote.documents.tally_report import figures, render
from gaoxin_vote.documents.whole_file import SheetReason
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.workflow import verify_package
from gaoxin_vote.workflow.field_words import FIELD_WORDS
from gaoxin_vote.workflow.package import write_package
from gaoxin_vote.workflow.package_files import (
    AUDIT,
    CEREMONY,
    CERTIFICATE,
    MANIFEST,
    RECORD,
    SESSIONS,
    SIGNATURE,
    manifest_of,
    zipped,
)
from gaoxin_vote.workflow.package_flaw import PackageFlaw
from gaoxin_vote.workflow.reports import tally_report
from gaoxin_vote.workflow.sample import SampleRun
from gaoxin_vote.workflow.verify import verify_path
from gaoxin_vote.workflow.verify_package import PackageReport
from gaoxin_vote.workflow.verify_reason import VerifyReason

Files = dict[str, bytes]
WHEN = datetime(2018, 1, 20, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def proofs_once() -> Iterator[None]:
    """The proofs of one archive are checked once: what follows from them is tampered with here."""
    known: dict[tuple[bytes, str], ArchiveReport] = {}

    def verify_once(content: bytes, *, bindings: dict[int, str], **options: Any) -> ArchiveReport:
        case = content, json.dumps(bindings)
        if case not in known:
            known[case] = verify_archive(content, bindings=bindings, **options)
        return known[case]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify_package, "verify_archive", verify_once)
        yield


@pytest.fixture(scope="module")
def package(sample_year: SampleRun) -> Files:
    with zipfile.ZipFile(sample_year.package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def office_key(sample_year: SampleRun) -> tuple[bytes, bytes]:
    """The certificate and key with which the office signs."""
    ceremony = CeremonyStore(sample_year.workspace).ceremony(2017)
    return ceremony.certificate.encode(), ceremony.certificate_key.encode()


Repair = Callable[[Files], Files]


@pytest.fixture
def no_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be recomputed before the files are compared with the manifest."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("proofs were checked first")

    monkeypatch.setattr(verify_package, "verify_archive", never)
    monkeypatch.setattr(verify_package, "read_assessment_files", never)


@pytest.fixture
def repaired(office_key: tuple[bytes, bytes]) -> Repair:
    """Makes manifest and signature right again."""

    def repair(files: Files) -> Files:
        facts = json.loads(files[MANIFEST])
        for name in ("kind", "version", "files"):
            facts.pop(name)
        text = manifest_of(files, **facts)
        return files | {MANIFEST: text, SIGNATURE: sign_bytes(office_key[1], text).encode()}

    return repair


def _broken(files: Files, tmp_path: Path) -> EvidenceBroken:
    path = tmp_path / "package.zip"
    path.write_bytes(zipped(files))
    with pytest.raises(EvidenceBroken) as error:
        verify_path(path)
    return error.value


def _edit_json(files: Files, name: str, change: Callable[[Any], object]) -> Files:
    value = json.loads(files[name])
    change(value)
    return files | {name: canonical_json(value).encode()}


def test_the_package_verifies_as_zip_and_as_folder(sample_year: SampleRun, tmp_path: Path) -> None:
    folder = write_package(sample_year.workspace, 2017, tmp_path / "记录包")
    found = verify_path(folder, expect=sample_year.fingerprint).found
    assert isinstance(found, PackageReport)
    assert [title for title, _ in found.archives] == ["领导评议", "部门互评"]
    assert [(title, sheet.printed_checked) for title, sheet in found.sheets] == [
        ("领导评议", True),
        ("部门互评", True),
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
        error = _broken({other: package[other] for other in package if other != name}, tmp_path)
        assert (error.reason, error.message) == (PackageFlaw.INCOMPLETE, f"记录包缺少文件：{name}。")


def test_whatever_file_is_damaged_is_named(package: Files, tmp_path: Path, no_proofs: None) -> None:
    for name in package.keys() - {MANIFEST, SIGNATURE, CERTIFICATE}:
        for damaged in (package[name][:-1], package[name] + b"\n", b"x" + package[name][1:]):
            error = _broken(package | {name: damaged}, tmp_path)
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
        error = _broken(package | changed, tmp_path)
        assert "签" in error.message or SIGNATURE in error.message


def test_a_package_of_another_signer_is_refused(package: Files, tmp_path: Path) -> None:
    certificate, key = new_certificate("高新区考核办", 2017, WHEN)
    facts = json.loads(package[MANIFEST])
    for name in ("kind", "version", "files"):
        facts.pop(name)
    files = package | {CERTIFICATE: certificate}
    text = manifest_of(files, **facts)
    signed = files | {MANIFEST: text, SIGNATURE: sign_bytes(key, text).encode()}
    assert _broken(signed, tmp_path).reason is PackageFlaw.CEREMONY


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
        message = str(_broken(repaired(package | changed), tmp_path))
        assert words in message and "不成立" in message
        assert "请" not in message and "导入" not in message and "修改" not in message, message
    without = {name: content for name, content in package.items() if name != "inputs/units.csv"}
    assert "没有 units.csv" in str(_broken(repaired(without), tmp_path))


def test_a_ballot_changed_with_all_digests_repaired_breaks_a_proof(
    package: Files, tmp_path: Path, repaired: Repair
) -> None:
    name = "archives/leadership-1.bel"
    content = package[name]
    place = content.index(b'"response":"', content.index(b'"individual_proofs"')) + 14
    digit = b"1" if content[place : place + 1] != b"1" else b"2"
    files = package | {name: content[:place] + digit + content[place + 1 :]}
    assert "领导评议" in _broken(repaired(files), tmp_path).message


BINDINGS = "archives/leadership-1.json"


def _next_response(proofs: Any) -> None:
    proofs["1"]["response"] = str(int(proofs["1"]["response"]) + 1)


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        (_next_response, Flaw.SHARE_BINDING, "整体证明不成立"),
        (lambda proofs: proofs.pop("1"), Flaw.SHARE_BINDING, "缺少部分解密的整体证明"),
        (lambda proofs: proofs.update({"1": proofs["2"]}), Flaw.SHARE_BINDING, "整体证明不成立"),
        (lambda proofs: proofs.update({"9": proofs["1"]}), PackageFlaw.SHARES, "与开票的密钥人不符"),
        (lambda proofs: proofs.update({"x": proofs["1"]}), PackageFlaw.MALFORMED, BINDINGS),
    ],
)
def test_every_share_has_its_second_proof(
    package: Files,
    tmp_path: Path,
    repaired: Repair,
    change: Callable[[Any], object],
    reason: Enum,
    words: str,
) -> None:
    error = _broken(repaired(_edit_json(package, BINDINGS, change)), tmp_path)
    assert error.reason is reason and words in error.message


def test_second_proofs_belong_to_their_session(package: Files, tmp_path: Path, repaired: Repair) -> None:
    other = package["archives/peer-1.json"]
    error = _broken(repaired(package | {BINDINGS: other}), tmp_path)
    assert error.reason is Flaw.SHARE_BINDING and error.message.startswith("领导评议")


def test_a_count_that_is_not_the_archives_is_named(package: Files, tmp_path: Path, repaired: Repair) -> None:
    text = package["inputs/peer_tally.csv"].decode("utf-8-sig")
    assert "U07,招商合作局,14,10,0,0" in text
    files = package | {
        "inputs/peer_tally.csv": text.replace("U07,招商合作局,14,10,0,0", "U07,招商合作局,15,9,0,0").encode()
    }
    error = _broken(repaired(files), tmp_path)
    assert error.reason is PackageFlaw.COUNTS
    assert "U07" in error.message


def test_a_score_that_does_not_follow_is_named(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def better(record: Any) -> None:
        record["units"][2]["composite"] = "97.66"

    error = _broken(repaired(_edit_json(package, RECORD, better)), tmp_path)
    assert error.reason is PackageFlaw.FIGURE
    assert error.message == "机关党委（U03）的综合得分：记录为97.66，重新计算为87.66。"


def test_a_grade_and_a_consequence_are_recomputed_too(
    package: Files, tmp_path: Path, repaired: Repair
) -> None:
    for change in (
        lambda record: record["units"][21].update(accountability="无"),
        lambda record: record["units"][0].update(grade="良好"),
        lambda record: record["summary"].update(last="U20"),
    ):
        assert _broken(repaired(_edit_json(package, RECORD, change)), tmp_path).reason is PackageFlaw.FIGURE


def test_an_input_changed_after_finalising_shows_in_the_figures(
    package: Files, tmp_path: Path, repaired: Repair
) -> None:
    text = package["inputs/indicators.csv"].decode("utf-8-sig")
    assert "37.14" in text
    files = package | {"inputs/indicators.csv": text.replace("37.14", "37.15", 1).encode()}
    error = _broken(repaired(files), tmp_path)
    assert error.reason is PackageFlaw.FIGURE and "办公室" in error.message


def test_a_sheet_that_prints_other_counts_than_it_carries_is_refused(
    package: Files,
    tmp_path: Path,
    repaired: Repair,
    sample_year: SampleRun,
    office_key: tuple[bytes, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leadership = SessionStore(sample_year.workspace).sessions(2017)[0]
    report = tally_report(sample_year.workspace, leadership.id)
    told = figures(report)
    row = replace(report.rows[0], count=replace(report.rows[0].count, grades=(0, 0, 0, 9)))
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "figures", lambda report: told)
        forged = render(replace(report, rows=(row, *report.rows[1:])))
    pdf = certify(forged, certificate=office_key[0], key=office_key[1], reason="计票结果报告单", when=WHEN)
    error = _broken(repaired(package | {"sheets/leadership-1.pdf": pdf}), tmp_path)
    assert error.reason is SheetReason.PRINTED_OTHERWISE
    assert error.message.startswith("领导评议的计票结果报告单：")


def test_every_field_that_can_differ_has_a_word(package: Files) -> None:
    def names(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(names, value.values()))
        return set().union(*map(names, value)) if isinstance(value, list) else set()

    told = [json.loads(package[name]) for name in (RECORD, "sheets/peer-1.json", "sheets/leadership-1.json")]
    assert {name for name in names(told) if name.isascii()} <= FIELD_WORDS.keys()
    assert not any(word.isascii() for word in FIELD_WORDS.values())


def test_numbers_of_a_session_must_agree_everywhere(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def fewer(sessions: Any) -> None:
        sessions[1]["reconciliation"]["returned"] = 24

    error = _broken(repaired(_edit_json(package, SESSIONS, fewer)), tmp_path)
    assert error.reason is PackageFlaw.NUMBERS and "选票档案有25张选票，票数核对中收回24张" in error.message


def test_sheets_swapped_or_signed_by_somebody_else_are_refused(
    package: Files, tmp_path: Path, repaired: Repair, sample_year: SampleRun
) -> None:
    swapped = package | {"sheets/peer-1.pdf": package["sheets/leadership-1.pdf"]}
    assert _broken(repaired(swapped), tmp_path).reason is PackageFlaw.SHEET
    certificate, key = new_certificate("冒名", 2017, WHEN)
    peer = SessionStore(sample_year.workspace).sessions(2017)[1]
    sheet = render(tally_report(sample_year.workspace, peer.id))
    forged = certify(sheet, certificate=certificate, key=key, reason="计票结果报告单", when=WHEN)
    assert _broken(repaired(package | {"sheets/peer-1.pdf": forged}), tmp_path).reason is PackageFlaw.SHEET


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("office", "别的考核办"),
        ("year", 2016),
        ("title", "别的会议"),
        ("record_id", "2017-P1-x"),
        ("spoiled", 1),
        ("lost", 1),
        ("tally_hash", "0" * 64),
        ("election_fingerprint", "0" * 64),
        ("trustees_fingerprint", "0" * 64),
        ("archive_digest", "0" * 64),
        ("opened_by", ("某人",)),
        ("sample", False),
        ("labels", ("甲", "乙", "丙", "丁")),
    ],
)
def test_every_figure_of_a_sheet_follows_from_the_package(
    package: Files,
    tmp_path: Path,
    repaired: Repair,
    sample_year: SampleRun,
    office_key: tuple[bytes, bytes],
    field: str,
    value: object,
) -> None:
    peer = SessionStore(sample_year.workspace).sessions(2017)[1]
    report = replace(tally_report(sample_year.workspace, peer.id), **{field: value})  # type: ignore[arg-type]
    pdf = certify(render(report), certificate=office_key[0], key=office_key[1], reason="x", when=WHEN)
    files = package | {
        "sheets/peer-1.json": canonical_json(figures(report)).encode(),
        "sheets/peer-1.pdf": pdf,
    }
    error = _broken(repaired(files), tmp_path)
    assert error.reason is PackageFlaw.SHEET and FIELD_WORDS[field] in error.message
    only_pdf = package | {"sheets/peer-1.pdf": pdf}
    assert _broken(repaired(only_pdf), tmp_path).reason is PackageFlaw.SHEET


def test_an_extra_file_is_named_signed_or_not(package: Files, tmp_path: Path, repaired: Repair) -> None:
    for name in ("notes.txt", "inputs/../../evil.csv", "sheets/综合得分表.pdf", "inputs/./units.csv"):
        extra = package | {name: b"hello"}
        for files in (extra, repaired(extra)):
            assert _broken(files, tmp_path).reason is PackageFlaw.UNKNOWN_FILE


def _chained(files: Files, change: Callable[[list[Any]], object]) -> Files:
    """The audit log changed, its chain and head made right again."""
    import hashlib

    entries = json.loads(files[AUDIT])
    change(entries)
    manifest = json.loads(files[MANIFEST])
    previous = hashlib.sha256(f"audit|{manifest['workspace']}".encode()).hexdigest()
    for number, entry in enumerate(entries, 1):
        entry["number"], entry["previous"] = number, previous
        parts = [number, entry["year"], entry["time"], entry["act"], entry["content"], previous]
        previous = entry["hash"] = hashlib.sha256(canonical_json(parts).encode()).hexdigest()
    manifest["audit_head"] = previous
    return files | {AUDIT: canonical_json(entries).encode(), MANIFEST: canonical_json(manifest).encode()}


def _without(act: str) -> Callable[[list[Any]], object]:
    return lambda entries: entries.__setitem__(slice(None), [e for e in entries if e["act"] != act])


def _reworded(act: str, old: str, new: str) -> Callable[[list[Any]], object]:
    def change(entries: list[Any]) -> None:
        entry = next(entry for entry in entries if entry["act"] == act)
        assert old in entry["content"]
        entry["content"] = entry["content"].replace(old, new)

    return change


def _voided(entries: list[Any]) -> None:
    content = canonical_json({"session": 1, "title": "领导评议", "reason": "x"})
    entries.append({**entries[-1], "act": "作废投票会议", "content": content})


@pytest.mark.parametrize(
    "change",
    [
        _without("密钥仪式"),
        _without("结束投票"),
        _without("计票"),
        _without("定稿"),
        _reworded("密钥仪式", "区纪委", "别的人"),
        _reworded("结束投票", '"returned":9', '"returned":8'),
        _reworded("计票", '"board":"', '"board":"0'),
        _reworded("定稿", '"U01":"优秀"', '"U01":"良好"'),
        _reworded("定稿", "{", "["),
        _voided,
    ],
)
def test_the_acts_tell_the_same_year(
    package: Files, tmp_path: Path, repaired: Repair, change: Callable[[list[Any]], object]
) -> None:
    error = _broken(repaired(_chained(package, change)), tmp_path)
    assert error.reason in (PackageFlaw.AUDIT, PackageFlaw.MALFORMED)


def test_an_audit_entry_taken_out_is_noticed(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def shorten(entries: Any) -> None:
        del entries[3]

    error = _broken(repaired(_edit_json(package, AUDIT, shorten)), tmp_path)
    assert "审计日志第4条" in error.message


def test_an_archive_belongs_to_its_session(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def second(sessions: Any) -> None:
        sessions[0]["number"] = 2
        sessions[0]["minutes"]["number"] = 2

    files = _edit_json(package, SESSIONS, second)
    of_session = ("archives/leadership-{}.bel", "archives/leadership-{}.json")
    for kind in (*of_session, "sheets/leadership-{}.pdf", "sheets/leadership-{}.json"):
        files[kind.format(2)] = files.pop(kind.format(1))
    assert _broken(repaired(files), tmp_path).reason is PackageFlaw.QUESTIONS


@pytest.mark.parametrize(
    "change",
    [
        lambda sessions: sessions.append(sessions[0]),
        lambda sessions: sessions[0].update(stage="已结束"),
        lambda sessions: sessions[0].update(void_reason="x"),
        lambda sessions: sessions[0].update(slip_mode="记名发放"),
        lambda sessions: sessions[1].update(units=sessions[1]["units"][:-1]),
        lambda sessions: sessions[1].update(issued_units=[]),
        lambda sessions: sessions[1].update(slip_mode="抽取"),
        lambda sessions: sessions.pop(),
    ],
)
def test_sessions_do_not_contradict_themselves_or_the_archives(
    package: Files, tmp_path: Path, repaired: Repair, change: Callable[[Any], object]
) -> None:
    assert _broken(repaired(_edit_json(package, SESSIONS, change)), tmp_path)


@pytest.mark.parametrize("name", [CEREMONY, SESSIONS, RECORD, AUDIT, MANIFEST])
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
    assert _broken(files, tmp_path).reason is not PackageFlaw.DIGEST


def test_json_has_one_spelling(package: Files, tmp_path: Path, repaired: Repair) -> None:
    spaced = package[RECORD].replace(b'":"', b'": "', 1)
    assert _broken(repaired(package | {RECORD: spaced}), tmp_path).reason is PackageFlaw.MALFORMED
    twice = package[RECORD].replace(b'{"summary":', b'{"summary":{},"summary":', 1)
    assert _broken(repaired(package | {RECORD: twice}), tmp_path).reason is PackageFlaw.MALFORMED


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"year": 2016}, "清单所载的年度为2016，应为2017。"),
        ({"title": "x"}, "清单所载的名称为x，"),
        ({"office": "x"}, "清单上的单位与选票档案的不一致。"),
        ({"ceremony": "0"}, "密钥仪式"),
        ({"office": []}, "manifest.json格式不符"),
        ({"surprise": 1}, "清单所载的surprise为1，应为（无）。"),
        ({"sample": 1}, "清单所载的是否演示为1，应为是。"),
        ({"sample": False}, "（是否演示）为是，应为否。"),
    ],
)
def test_the_manifest_says_what_the_files_say(
    package: Files, tmp_path: Path, repaired: Repair, facts: dict[str, Any], words: str
) -> None:
    files = repaired(_edit_json(package, MANIFEST, lambda manifest: manifest.update(facts)))
    assert words in _broken(files, tmp_path).message


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
    (tmp_path / "inside.zip").write_bytes(zipped({f"记录包/{name}": package[name] for name in package}))
    for name, words in (("stick", "文件夹"), ("table.xlsx", "压缩包"), ("inside.zip", "压缩包")):
        with pytest.raises(Refused, match=f"这个{words}不是记录包") as error:
            verify_path(tmp_path / name)
        assert error.value.reason is VerifyReason.UNKNOWN


def test_what_was_signed_is_not_changed_afterwards(sample_year: SampleRun) -> None:
    from gaoxin_vote.workflow.session import set_meeting
    from gaoxin_vote.workflow.session_state import sessions

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
