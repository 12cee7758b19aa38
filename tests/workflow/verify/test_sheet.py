"""Does a certified sheet hold only if its pages show the figures and the signature that it carries?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import ArrayObject, FloatObject, NumberObject, pdf_name

from gaoxin_vote.documents import certification
from gaoxin_vote.documents.forms.catalogue import EARLIER, FORMS, FormReason
from gaoxin_vote.documents.forms.form import Imprint
from gaoxin_vote.documents.forms.tally_report import FORM, TallyReport
from gaoxin_vote.documents.page import OfficialSheet
from gaoxin_vote.documents.stamp import STAMP_BOX, draw_stamp
from gaoxin_vote.documents.whole_file import SheetFlaw
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.verify import sheet as module
from gaoxin_vote.workflow.verify.sheet import verify_sheet
from tests.documents.papers import (
    carrying,
    certified,
    changed,
    figures,
    plain_sheet,
    render,
    resigned,
    tally_report,
    tally_row,
)

GOLDEN = Path(__file__).parent.parent.parent / "data" / "sheets" / "tally-report-1.pdf"
"""`certified(render(tally_report(sample=True)))` as version 1 of the form was printed."""


def broken(pdf: bytes) -> object:
    with pytest.raises(EvidenceBroken) as error:
        verify_sheet(pdf)
    return error.value.reason


@pytest.mark.parametrize(
    "report",
    [
        tally_report(),
        tally_report(90, sample=True),
        tally_report(rows=tuple(tally_row(number, 25, recusals=None) for number in range(1, 26))),
        tally_report(rows=tuple(replace(row, score=None) for row in tally_report(3).rows)),
    ],
)
def test_a_sheet_that_prints_its_figures_holds(report: TallyReport) -> None:
    found = verify_sheet(certified(render(report)))
    assert (found.form, found.figures, found.imprint) == (FORM, report, Imprint(1))
    assert found.report.record_id == report.record_id


def test_a_sheet_of_version_1_still_holds() -> None:
    """Whoever changes how a sheet looks breaks this: then raise `VERSION` and print a new golden sheet."""
    assert verify_sheet(GOLDEN.read_bytes()).form is FORM


def other_count(report: TallyReport) -> TallyReport:
    row = report.rows[-1]
    few = replace(row, count=replace(row.count, grades=(row.count.grades[0] - 1, *row.count.grades[1:])))
    return replace(report, rows=(*report.rows[:-1], few))


@pytest.mark.parametrize(
    "change",
    [
        other_count,
        lambda report: replace(report, spoiled=2),
        lambda report: replace(report, archive_digest=report.archive_digest[:-1] + "0"),
        lambda report: replace(report, minutes=replace(report.minutes, chair="张四")),
        lambda report: replace(report, record_id=report.record_id + "x"),
        lambda report: replace(report, sample=True),
        lambda report: replace(report, rows=report.rows[:-1]),
        lambda report: tally_report(90),
    ],
)
def test_a_page_that_prints_something_else_is_refused(
    change: Callable[[TallyReport], TallyReport],
) -> None:
    report = tally_report()
    assert verify_sheet(certified(carrying(figures(report), report)))
    forged = certified(carrying(figures(report), change(report)))
    assert broken(forged) is SheetFlaw.PRINTED_OTHERWISE


def test_the_code_in_the_corner_is_that_of_the_figures() -> None:
    report = tally_report()
    pdf = certified(carrying(figures(report), report, "0" * 64))
    assert broken(pdf) is SheetFlaw.PRINTED_OTHERWISE


def test_the_edition_on_the_page_is_that_of_the_figures() -> None:
    report = tally_report()
    pdf = certified(carrying(FORM.as_json(report, Imprint(2)), report))
    assert broken(pdf) is SheetFlaw.PRINTED_OTHERWISE
    second = verify_sheet(certified(FORM.edition(report, Imprint(2))))
    assert second.imprint.edition == 2


def first_page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def twice(writer: Any) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].append(pages["/Kids"].raw_get(1))
    pages[pdf_name("/Count")] = NumberObject(3)
    writer.update_container(pages)


def cut(writer: Any) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][1]
    pages[pdf_name("/Count")] = NumberObject(1)
    writer.update_container(pages)


def turned(writer: Any) -> None:
    first_page(writer)[pdf_name("/Rotate")] = NumberObject(180)
    writer.update_container(first_page(writer))


def enormous(writer: Any) -> None:
    """Such a page drawn would need gigabytes."""
    first_page(writer)[pdf_name("/MediaBox")] = ArrayObject(
        FloatObject(edge) for edge in (0, 0, 14400, 14400)
    )
    writer.update_container(first_page(writer))


@pytest.mark.parametrize(
    ("change", "words"),
    [(twice, "共3页"), (cut, "共1页"), (turned, "第1页不一致"), (enormous, "第1页的大小")],
)
def test_another_number_size_or_side_of_pages_is_refused(change: Callable[[Any], None], words: str) -> None:
    with pytest.raises(EvidenceBroken, match=words):
        verify_sheet(certified(changed(render(tally_report()), change)))


@pytest.mark.parametrize("position", [0, 1, 2, 3])
def test_a_stamp_that_says_something_else_is_refused(position: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ("别的单位", "别的事由", datetime(2018, 1, 17, 7, 5, tzinfo=UTC), "f" * 64)

    def forged(*right: Any) -> bytes:
        said: list[Any] = list(right)
        said[position] = told[position]
        return draw_stamp(*said)

    monkeypatch.setattr(certification, "draw_stamp", forged)
    assert broken(certified(render(tally_report()))) is SheetFlaw.PRINTED_OTHERWISE


def test_a_stamp_that_covers_something_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    left, bottom, right, top = STAMP_BOX
    for up in (1, 100):
        box = (left, bottom + up, right, top + up)
        monkeypatch.setattr(certification, "STAMP_BOX", box)
        assert broken(certified(render(tally_report()))) is SheetFlaw.PRINTED_OTHERWISE


def test_a_signature_that_shows_no_stamp_is_refused() -> None:
    from pyhanko.sign.fields import MDPPerm

    sheet = resigned(render(tally_report()), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    assert broken(sheet) is SheetFlaw.PRINTED_OTHERWISE


@pytest.mark.parametrize(
    "told",
    [
        {"version": 2},
        {"version": 0},
        {"version": "1"},
        {"form": "F99"},
        {"form": "F3"},
        {"form": None},
        {"version": None},
        {"version": 2, "program": "0.0.9"},
        {"version": 2, "program": "99"},
        {"version": 2, "program": "99.0.x"},
        {"version": 2, "program": 99},
        {"version": 2, "program": None},
    ],
)
def test_a_form_or_version_that_no_program_ever_had_is_broken(told: dict[str, Json]) -> None:
    report = tally_report()
    assert broken(certified(carrying(figures(report) | told, report))) is FormReason.UNKNOWN


@pytest.mark.parametrize(
    ("told", "program"),
    [({"version": 2}, "0.2.0"), ({"form": "F99"}, "1.0.0"), ({"version": 7}, "0.1.10")],
)
def test_a_sheet_of_a_newer_program_is_not_supported(told: dict[str, Json], program: str) -> None:
    report = tally_report()
    pdf = certified(carrying(figures(report) | told | {"program": program}, report))
    with pytest.raises(Refused, match=f"请用高新投票{program}或以后的版本核验") as error:
        verify_sheet(pdf)
    assert error.value.reason is FormReason.NEWER


def test_a_drawing_that_a_newer_program_left_as_it_was_holds() -> None:
    assert verify_sheet(certified(FORM.edition(tally_report(), Imprint(1, "99.0.0"))))


def test_every_form_and_drawing_is_there_once() -> None:
    """What a release has shipped is never taken out: a golden sheet of each keeps it drawable."""
    drawn = [(form.code, form.version) for form in (*FORMS, *EARLIER) if form.certified]
    assert len(set(drawn)) == len(drawn)
    golden = {verify_sheet(path.read_bytes()).form for path in GOLDEN.parent.glob("*.pdf")}
    assert {(form.code, form.version) for form in golden} == set(drawn)


def test_a_sheet_without_figures_is_broken() -> None:
    assert broken(certified(plain_sheet())) is SheetFlaw.BAD_FIGURES


@pytest.mark.parametrize(
    "told",
    [
        {"edition": True},
        {"edition": None},
        {"record_id": "x" * 5000},
        {"rows": None},
        {"rows": []},
        {"title": ""},
        {"title": "\U0001f600"},
        {"labels": ["优秀"]},
        {"year": "2017"},
        {"surprise": 1},
        {"reconciliation": {}},
    ],
)
def test_figures_that_no_sheet_has_are_refused_and_never_a_crash(told: dict[str, Json]) -> None:
    sheet = OfficialSheet("试", figures=canonical_json(figures(tally_report()) | told).encode())
    assert broken(certified(sheet.finish())) in (PackageFlaw.MALFORMED, SheetFlaw.PRINTED_OTHERWISE)


@pytest.mark.parametrize("told", [{"version": True}, {"form": []}])
def test_a_strange_form_is_never_a_crash(told: dict[str, Json]) -> None:
    sheet = OfficialSheet("试", figures=canonical_json(figures(tally_report()) | told).encode())
    assert broken(certified(sheet.finish())) is FormReason.UNKNOWN


def test_pages_that_cannot_be_drawn_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "with_stamp", lambda sheet, stamp: b"no PDF")
    assert broken(certified(render(tally_report()))) is SheetFlaw.PRINTED_OTHERWISE
