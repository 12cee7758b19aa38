"""Do proofs, counts, scores and sheets of a record package follow from each other?"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.documents.certification import certify, new_certificate
from gaoxin_vote.documents.forms.tally_report import FORM, TallyReport
from gaoxin_vote.documents.whole_file import SheetFlaw
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.workflow.record.package_files import (
    RECORD,
    SESSIONS,
    PackagedSheet,
)
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.reports.reading import subject_of
from gaoxin_vote.workflow.reports.tally_report import tally_figures
from gaoxin_vote.workflow.verify.field_words import FIELD_WORDS
from tests.contests import LEADERSHIP, PEER
from tests.documents.papers import carrying, figures, render
from tests.workflow.packages import Files, Repair, broken, edit_json, packaged, report_sheet

WHEN = datetime(2018, 1, 20, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("proofs_once")


def test_a_ballot_changed_with_all_digests_repaired_breaks_a_proof(
    package: Files, tmp_path: Path, repaired: Repair
) -> None:
    name = packaged(package, LEADERSHIP).archive
    content = package[name]
    place = content.index(b'"response":"', content.index(b'"individual_proofs"')) + 14
    digit = b"1" if content[place : place + 1] != b"1" else b"2"
    files = package | {name: content[:place] + digit + content[place + 1 :]}
    assert "领导评议" in broken(repaired(files), tmp_path).message


def _next_response(proofs: Any) -> None:
    proofs["1"]["response"] = str(int(proofs["1"]["response"]) + 1)


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        (_next_response, Flaw.SHARE_BINDING, "整体证明不成立"),
        (lambda proofs: proofs.pop("1"), Flaw.SHARE_BINDING, "缺少部分解密的整体证明"),
        (lambda proofs: proofs.update({"1": proofs["2"]}), Flaw.SHARE_BINDING, "整体证明不成立"),
        (lambda proofs: proofs.update({"9": proofs["1"]}), PackageFlaw.SHARES, "与到场的密钥保管人不符"),
        (lambda proofs: proofs.update({"x": proofs["1"]}), PackageFlaw.MALFORMED, "archives/"),
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
    error = broken(repaired(edit_json(package, packaged(package, LEADERSHIP).bindings, change)), tmp_path)
    assert error.reason is reason and words in error.message


def test_second_proofs_belong_to_their_session(package: Files, tmp_path: Path, repaired: Repair) -> None:
    other = package[packaged(package, PEER).bindings]
    error = broken(repaired(package | {packaged(package, LEADERSHIP).bindings: other}), tmp_path)
    assert error.reason is Flaw.SHARE_BINDING and error.message.startswith("领导评议")


def test_a_count_that_is_not_the_archives_is_named(package: Files, tmp_path: Path, repaired: Repair) -> None:
    text = package["inputs/peer_tally.csv"].decode("utf-8-sig")
    assert "U07,招商合作局,14,10,0,0" in text
    files = package | {
        "inputs/peer_tally.csv": text.replace("U07,招商合作局,14,10,0,0", "U07,招商合作局,15,9,0,0").encode()
    }
    error = broken(repaired(files), tmp_path)
    assert error.reason is PackageFlaw.COUNTS
    assert "U07" in error.message


def test_a_score_that_does_not_follow_is_named(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def better(record: Any) -> None:
        record["units"][2]["composite"] = "97.66"

    error = broken(repaired(edit_json(package, RECORD, better)), tmp_path)
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
        assert broken(repaired(edit_json(package, RECORD, change)), tmp_path).reason is PackageFlaw.FIGURE


def test_an_input_changed_after_finalising_shows_in_the_figures(
    package: Files, tmp_path: Path, repaired: Repair
) -> None:
    text = package["inputs/indicators.csv"].decode("utf-8-sig")
    assert "37.14" in text
    files = package | {"inputs/indicators.csv": text.replace("37.14", "37.15", 1).encode()}
    error = broken(repaired(files), tmp_path)
    assert error.reason is PackageFlaw.FIGURE and "办公室" in error.message


def _report(sample_year: SampleRun, sheet: PackagedSheet) -> TallyReport:
    return tally_figures(subject_of(sample_year.workspace, 2017, FORM, sheet.key))


def test_a_sheet_that_prints_other_counts_than_it_carries_is_refused(
    package: Files,
    tmp_path: Path,
    repaired: Repair,
    sample_year: SampleRun,
    office_key: tuple[bytes, bytes],
) -> None:
    sheet = report_sheet(package, LEADERSHIP)
    report = _report(sample_year, sheet)
    row = replace(report.rows[0], count=replace(report.rows[0].count, grades=(0, 0, 0, 9)))
    forged = carrying(figures(report), replace(report, rows=(row, *report.rows[1:])))
    pdf = certify(forged, certificate=office_key[0], key=office_key[1], reason="计票结果报告单", when=WHEN)
    error = broken(repaired(package | {sheet.pdf: pdf}), tmp_path)
    assert error.reason is SheetFlaw.PRINTED_OTHERWISE
    assert error.message.startswith("领导评议的计票结果报告单：")


def test_every_field_that_can_differ_has_a_word(package: Files) -> None:
    def names(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(names, value.values()))
        return set().union(*map(names, value)) if isinstance(value, list) else set()

    sheets = (report_sheet(package, PEER).figures, report_sheet(package, LEADERSHIP).figures)
    told = [json.loads(package[name]) for name in (RECORD, *sheets)]
    titled = {"leader", "peer"}  # by the titles of the scheme
    assert {name for name in names(told) if name.isascii()} <= FIELD_WORDS.keys() | titled
    assert not any(word.isascii() for word in FIELD_WORDS.values())


def test_numbers_of_a_session_must_agree_everywhere(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def fewer(sessions: Any) -> None:
        sessions[1]["reconciliation"]["returned"] = 24

    error = broken(repaired(edit_json(package, SESSIONS, fewer)), tmp_path)
    assert error.reason is PackageFlaw.NUMBERS and "选票档案有25张选票，票数核对中收回24张" in error.message


def test_sheets_swapped_or_signed_by_somebody_else_are_refused(
    package: Files, tmp_path: Path, repaired: Repair, sample_year: SampleRun
) -> None:
    listed = report_sheet(package, PEER)
    swapped = package | {listed.pdf: package[report_sheet(package, LEADERSHIP).pdf]}
    assert broken(repaired(swapped), tmp_path).reason is PackageFlaw.SHEET
    certificate, key = new_certificate("冒名", 2017, WHEN)
    sheet = render(_report(sample_year, listed))
    forged = certify(sheet, certificate=certificate, key=key, reason="计票结果报告单", when=WHEN)
    assert broken(repaired(package | {listed.pdf: forged}), tmp_path).reason is PackageFlaw.SHEET


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("office", "别的考核办"),
        ("year", 2016),
        ("title", "别的会议"),
        ("record_id", "2017-P1-x"),
        ("spoiled", 1),
        ("lost", 1),
        ("added", 1),
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
    sheet = report_sheet(package, PEER)
    report = replace(_report(sample_year, sheet), **{field: value})  # type: ignore[arg-type]
    pdf = certify(render(report), certificate=office_key[0], key=office_key[1], reason="x", when=WHEN)
    files = package | {
        sheet.figures: canonical_json(figures(report)).encode(),
        sheet.pdf: pdf,
    }
    error = broken(repaired(files), tmp_path)
    assert error.reason is PackageFlaw.SHEET and FIELD_WORDS[field] in error.message
    only_pdf = package | {sheet.pdf: pdf}
    assert broken(repaired(only_pdf), tmp_path).reason is PackageFlaw.SHEET


def test_an_extra_file_is_named_signed_or_not(package: Files, tmp_path: Path, repaired: Repair) -> None:
    for name in ("notes.txt", "inputs/../../evil.csv", "sheets/综合得分表.pdf", "inputs/./units.csv"):
        extra = package | {name: b"hello"}
        for files in (extra, repaired(extra)):
            assert broken(files, tmp_path).reason is PackageFlaw.UNKNOWN_FILE
