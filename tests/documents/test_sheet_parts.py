"""Is a signed sheet refused when it holds anything that could change what is seen or done?"""

from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field

from gaoxin_vote.documents.certification import check_sheet
from gaoxin_vote.documents.whole_file import SheetFlaw
from gaoxin_vote.errors import EvidenceBroken
from tests.documents.papers import certified, changed, plain_sheet, resigned

Writer = IncrementalPdfFileWriter
SCRIPT = DictionaryObject(
    {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
)


def put(name: str, value: Any, where: Callable[[Writer], Any] = lambda writer: writer.root) -> Any:
    """A change that sets one entry of a dictionary, the root of the document unless said otherwise."""

    def change(writer: Writer) -> None:
        target = where(writer)
        target[pdf_name(name)] = value
        writer.update_container(target)

    return change


def page(writer: Writer) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def names(writer: Writer) -> Any:
    return writer.root["/Names"]


def attached(writer: Writer) -> Any:
    return writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]


def field(writer: Writer) -> Any:
    """The field for the signature, made beforehand."""
    append_signature_field(writer, SigFieldSpec("Other", on_page=0))
    return writer.root["/AcroForm"]["/Fields"][0]


def form(writer: Writer) -> Any:
    field(writer)
    return writer.root["/AcroForm"]


def another_note(writer: Writer) -> None:
    text = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): ArrayObject(NumberObject(place) for place in (100, 100, 300, 200)),
            pdf_name("/Contents"): pdf_string("优秀 25"),
        }
    )
    put("/Annots", ArrayObject([writer.add_object(text)]), page)(writer)


def two_pages_counted(writer: Writer) -> None:
    put("/Count", NumberObject(2), lambda writer: writer.root["/Pages"])(writer)


def manner(pdf: bytes) -> bytes:
    return resigned(pdf, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)


def test_a_sheet_without_more_parts_is_accepted() -> None:
    check_sheet(manner(changed(plain_sheet(b"{}"), lambda writer: field(writer))))
    check_sheet(certified(plain_sheet(b"{}")))


@pytest.mark.parametrize(
    "change",
    [
        put("/OpenAction", SCRIPT),
        put("/AA", DictionaryObject({pdf_name("/WP"): SCRIPT})),
        put("/OCProperties", DictionaryObject()),
        put("/PageMode", pdf_name("/FullScreen")),
        put("/AF", ArrayObject()),
        put("/JavaScript", DictionaryObject(), names),
        put("/Kids", ArrayObject(), lambda writer: names(writer)["/EmbeddedFiles"]),
        put("/RF", DictionaryObject(), attached),
        put("/Unix", NumberObject(1), lambda writer: attached(writer)["/EF"]),
        put("/AA", DictionaryObject({pdf_name("/O"): SCRIPT}), page),
        put("/UserUnit", NumberObject(2), page),
        put("/Trans", DictionaryObject({pdf_name("/S"): pdf_name("/Fly")}), page),
        put("/XObject", DictionaryObject(), lambda writer: page(writer)["/Resources"]),
        put("/Rotate", NumberObject(90), lambda writer: writer.root["/Pages"]),
        two_pages_counted,
        another_note,
        put("/AA", DictionaryObject({pdf_name("/E"): SCRIPT}), field),
        put("/AP", DictionaryObject({pdf_name("/D"): DictionaryObject()}), field),
        put("/XFA", pdf_string("x"), form),
    ],
)
def test_any_other_part_is_refused(change: Callable[[Writer], object]) -> None:
    with pytest.raises(EvidenceBroken) as broken:
        check_sheet(manner(changed(plain_sheet(b"{}"), change)))
    assert broken.value.reason is SheetFlaw.MORE_PARTS, broken.value.message


def test_a_second_form_field_is_refused() -> None:
    def two(writer: Writer) -> None:
        extra = writer.add_object(DictionaryObject({pdf_name("/FT"): pdf_name("/Tx")}))
        form(writer)["/Fields"].append(extra)
        page(writer)["/Annots"].append(extra)

    with pytest.raises(EvidenceBroken) as broken:
        check_sheet(manner(changed(plain_sheet(b"{}"), two)))
    assert broken.value.reason is SheetFlaw.MORE_PARTS


def test_a_form_field_that_no_page_shows_is_refused() -> None:
    def hidden(writer: Writer) -> None:
        extra = writer.add_object(DictionaryObject({pdf_name("/FT"): pdf_name("/Tx")}))
        form(writer)["/Fields"].append(extra)

    with pytest.raises(EvidenceBroken) as broken:
        check_sheet(manner(changed(plain_sheet(b"{}"), hidden)))
    assert broken.value.reason is SheetFlaw.MORE_PARTS


@pytest.mark.parametrize("name", ["/F", "/UF"])
def test_all_readers_find_the_same_figures(name: str) -> None:
    def other(writer: Writer) -> None:
        content = writer.add_object(StreamObject(stream_data=b'{"a":1}'))
        put(name, content, lambda writer: attached(writer)["/EF"])(writer)

    with pytest.raises(EvidenceBroken) as broken:
        check_sheet(manner(changed(plain_sheet(b"{}"), other)))
    assert broken.value.reason is SheetFlaw.BAD_SIGNATURE
