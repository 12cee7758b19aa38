"""Is any change of a certified sheet noticed, and is an unchanged one accepted?"""

import hashlib
import io
import logging
import re
from datetime import UTC, datetime
from functools import cache

import pytest
from asn1crypto import cms, core
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import KeyUsage, load_pem_x509_certificate
from PIL import Image
from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from gaoxin_vote.documents.canvas import MM
from gaoxin_vote.documents.certification import (
    SignatureReason,
    certificate_fingerprint,
    certify,
    check_sheet,
    check_signature,
    new_certificate,
    sign_bytes,
)
from gaoxin_vote.documents.page import OfficialSheet
from gaoxin_vote.documents.preview import pages
from gaoxin_vote.documents.stamp import STAMP_BOTTOM, STAMP_HEIGHT, STAMP_LEFT, STAMP_WIDTH
from gaoxin_vote.documents.whole_file import SheetFlaw
from gaoxin_vote.errors import EvidenceBroken, Refused
from tests.documents.papers import (
    OFFICE,
    SIGNED_AT,
    figures_digest,
    fonts,
    plain_sheet,
    render,
    resigned,
    signer,
    tally_report,
)

FIGURES = b'{"record_id":"2017-P1","rows":[1,2]}'


@cache
def certified() -> bytes:
    """A small certified sheet with figures."""
    sheet = OfficialSheet("试", figures=FIGURES)
    sheet.title("计票结果报告单")
    return certify(
        sheet.finish(), certificate=signer()[0], key=signer()[1], reason="计票结果", when=SIGNED_AT
    )


def signature_span(pdf: bytes) -> tuple[int, int]:
    """Where the hex digits of the signature value stand."""
    found = re.search(rb"/ByteRange \[0 ([0-9]+) ([0-9]+) ", pdf)
    assert found
    return int(found[1]) + 1, int(found[2]) - 1


def signature_value(pdf: bytes) -> bytes:
    start, end = signature_span(pdf)
    return bytes.fromhex(pdf[start:end].decode())


def with_value(pdf: bytes, value: bytes) -> bytes:
    start, end = signature_span(pdf)
    room = (end - start) // 2
    return pdf[:start] + value.ljust(room, b"\0").hex().upper().encode() + pdf[end:]


def refused(pdf: bytes) -> SheetFlaw:
    with pytest.raises(EvidenceBroken) as broken:
        check_sheet(pdf)
    assert isinstance(broken.value.reason, SheetFlaw)
    assert re.search("[\u4e00-\u9fff]", broken.value.message)
    return broken.value.reason


def test_an_unchanged_sheet_says_what_it_is() -> None:
    report = check_sheet(certified())
    assert report.record_id == "2017-P1"
    assert report.figures == {"record_id": "2017-P1", "rows": [1, 2]}
    assert report.figures_digest == hashlib.sha256(FIGURES).hexdigest()
    assert report.certificate_fingerprint == certificate_fingerprint(signer()[0])
    assert (report.signer, report.reason, report.signed_at) == (OFFICE, "计票结果", SIGNED_AT)


def test_the_report_of_a_session_is_recognised() -> None:
    report = tally_report()
    pdf = certify(
        render(report), certificate=signer()[0], key=signer()[1], reason="计票结果报告单", when=SIGNED_AT
    )
    checked = check_sheet(pdf)
    assert (checked.record_id, checked.figures_digest) == (report.record_id, figures_digest(report))
    assert all(re.match(r"[A-Z]{6}\+NotoS", name) for name in fonts(pdf))


def test_a_sheet_without_figures_is_accepted_as_such() -> None:
    sheet = OfficialSheet("试")
    sheet.title("密钥发放记录")
    pdf = certify(sheet.finish(), certificate=signer()[0], key=signer()[1], reason="记录", when=SIGNED_AT)
    checked = check_sheet(pdf)
    assert (checked.record_id, checked.figures_digest, checked.figures) == ("", "", None)


def test_any_flipped_byte_of_the_file_is_noticed() -> None:
    pdf = certified()
    start, end = signature_span(pdf)
    places = {*range(0, len(pdf), 211), *range(start - 200, start + 60), *range(end - 60, len(pdf), 7)}
    for place in sorted(places):
        for bit in (1, 32):
            changed = bytearray(pdf)
            changed[place] ^= bit
            assert refused(bytes(changed)), place


def test_any_flipped_bit_of_the_signature_is_noticed() -> None:
    pdf = certified()
    value = signature_value(pdf)
    for place in range(0, int.from_bytes(value[2:4], "big") + 4, 3):
        changed = bytearray(value)
        changed[place] ^= 1 << place % 8
        refused(with_value(pdf, bytes(changed)))


def test_the_signature_has_one_spelling() -> None:
    pdf = certified()
    start, end = signature_span(pdf)
    assert refused(pdf[:start] + pdf[start:end].lower() + pdf[end:]) is SheetFlaw.BAD_SIGNATURE
    value = signature_value(pdf)
    assert refused(with_value(pdf, value[:-1] + b"\1")) is SheetFlaw.BAD_SIGNATURE


def test_nothing_can_be_added_inside_the_signature() -> None:
    pdf = certified()
    content = cms.ContentInfo.load(signature_value(pdf))
    content["content"]["signer_infos"][0]["unsigned_attrs"] = [
        {"type": "1.2.3.4", "values": [core.OctetString(b"x")]}
    ]
    assert refused(with_value(pdf, content.dump(force=True))) is SheetFlaw.BAD_SIGNATURE
    content = cms.ContentInfo.load(signature_value(pdf))
    content["content"]["version"] = "v0"
    assert refused(with_value(pdf, content.dump(force=True))) is SheetFlaw.BAD_SIGNATURE


@pytest.mark.parametrize("tail", [b"\n", b"junk", b"\n%%EOF\n", b"\0" * 100])
def test_appended_junk_is_noticed(tail: bytes) -> None:
    assert refused(certified() + tail) is SheetFlaw.NOT_WHOLE


@pytest.mark.parametrize("rest", [1, 100, 2000])
def test_a_truncated_file_is_noticed(rest: int) -> None:
    refused(certified()[:-rest])


def test_junk_before_the_file_is_noticed() -> None:
    assert refused(b"\n" + certified()) is SheetFlaw.NOT_A_PDF


def test_an_incremental_change_is_noticed() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(certified()))
    writer.root["/Lang"] = TextStringObject("en")
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    assert refused(output.getvalue()) is SheetFlaw.NOT_WHOLE


def test_the_other_manner_of_signing_differs_in_what_is_tested_alone() -> None:
    good = resigned(plain_sheet(), certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES)
    assert check_sheet(good).signer == OFFICE


def test_an_approval_signature_is_no_certification() -> None:
    assert refused(resigned(plain_sheet())) is SheetFlaw.NOT_CERTIFIED


def test_a_certification_that_allows_changes_is_refused() -> None:
    loose = resigned(plain_sheet(), certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS)
    assert refused(loose) is SheetFlaw.NOT_CERTIFIED


def test_a_second_signature_is_refused() -> None:
    first = resigned(plain_sheet(), certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS)
    with pytest.raises(EvidenceBroken, match="另有签名"):
        check_sheet(resigned(first, field_name="Second"))


@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"a": 1}', b'{"b":1,"a":2}', b"\xff"])
def test_figures_that_are_not_canonical_are_refused(content: bytes) -> None:
    signed = certify(
        plain_sheet(content), certificate=signer()[0], key=signer()[1], reason="计票结果", when=SIGNED_AT
    )
    assert refused(signed) is SheetFlaw.BAD_FIGURES


def test_another_attachment_is_refused() -> None:
    sheet = plain_sheet(b"{}").replace(b"(figures.json)", b"(figures.jsan)")
    signed = certify(sheet, certificate=signer()[0], key=signer()[1], reason="计票结果", when=SIGNED_AT)
    assert refused(signed) is SheetFlaw.BAD_SIGNATURE


def test_what_is_not_a_signed_pdf_is_refused() -> None:
    assert refused(b"") is SheetFlaw.NOT_A_PDF
    assert refused(b"PK\3\4") is SheetFlaw.NOT_A_PDF
    assert refused(plain_sheet()) is SheetFlaw.NOT_SIGNED


def test_another_office_has_another_fingerprint() -> None:
    certificate, key = new_certificate(OFFICE, 2017, SIGNED_AT)
    forged = certify(plain_sheet(), certificate=certificate, key=key, reason="计票结果", when=SIGNED_AT)
    assert check_sheet(forged).certificate_fingerprint != certificate_fingerprint(signer()[0])


def test_a_sheet_still_holds_when_its_certificate_has_run_out() -> None:
    long_ago = datetime(1999, 5, 1, tzinfo=UTC)
    certificate, key = new_certificate(OFFICE, 1999, long_ago)
    pdf = certify(plain_sheet(), certificate=certificate, key=key, reason="计票结果", when=long_ago)
    assert check_sheet(pdf).signed_at == long_ago


def test_the_library_says_nothing_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("pyhanko")
    logger.setLevel(logging.NOTSET)
    check_sheet(certified())
    logging.getLogger("pyhanko.sign.validation").critical("a traceback of no interest")
    assert [record for record in caplog.records if record.name.startswith("pyhanko")] == []


def test_the_stamp_lies_where_nothing_is_printed() -> None:
    def ink(pdf: bytes) -> int:
        picture = Image.open(io.BytesIO(pages(pdf, dpi=72)[0])).convert("L")
        top = picture.height - STAMP_BOTTOM - STAMP_HEIGHT
        edges = (STAMP_LEFT, top, STAMP_LEFT + STAMP_WIDTH, picture.height - STAMP_BOTTOM)
        box = (int(edges[0]), int(edges[1]), int(edges[2]), int(edges[3]))
        return sum(value < 200 for value in picture.crop(box).tobytes())

    sheet = render(tally_report())
    assert ink(sheet) == 0
    assert ink(certified()) > 500


def test_an_office_that_cannot_be_printed_is_refused() -> None:
    certificate, key = new_certificate("高新区😀考核办", 2017, SIGNED_AT)
    with pytest.raises(Refused):
        certify(plain_sheet(), certificate=certificate, key=key, reason="试", when=SIGNED_AT)


def test_the_certificate_is_for_signatures_and_lasts_twenty_years() -> None:
    certificate = load_pem_x509_certificate(signer()[0])
    assert certificate.issuer == certificate.subject
    certificate.verify_directly_issued_by(certificate)
    usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    assert usage.digital_signature and usage.content_commitment
    assert not (usage.key_cert_sign or usage.key_encipherment or usage.key_agreement)
    assert certificate.not_valid_after_utc.year - certificate.not_valid_before_utc.year == 20
    assert (
        certificate.not_valid_before_utc
        < datetime(2018, 1, 5, 9, tzinfo=UTC)
        < certificate.not_valid_after_utc
    )


def test_the_fingerprint_is_of_the_der_form() -> None:
    der = load_pem_x509_certificate(signer()[0]).public_bytes(Encoding.DER)
    assert certificate_fingerprint(signer()[0]) == hashlib.sha256(der).hexdigest()
    with pytest.raises(EvidenceBroken) as broken:
        certificate_fingerprint(b"-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n")
    assert broken.value.reason is SignatureReason.BAD_CERTIFICATE


def respelled(signature: str) -> str:
    """The same bytes with a bit set that Base64 leaves unused before its padding."""
    import base64

    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = signature.rstrip("=")
    other = body[:-1] + digits[digits.index(body[-1]) + 1] + "=" * (len(signature) - len(body))
    assert base64.b64decode(other, validate=True) == base64.b64decode(signature)
    return other


def test_a_detached_signature_holds_for_its_content_alone() -> None:
    certificate, key = signer()
    signature = next(
        made for made in (sign_bytes(key, b"manifest") for _ in range(200)) if made.endswith("=")
    )
    check_signature(certificate, signature, b"manifest")
    others = new_certificate(OFFICE, 2017, SIGNED_AT)[0]
    flipped = ("B" if signature[20] != "B" else "C").join((signature[:20], signature[21:]))
    for bad_certificate, bad_signature, content in (
        (certificate, signature, b"manifest2"),
        (certificate, flipped, b"manifest"),
        (certificate, signature[:-4], b"manifest"),
        (certificate, f"{signature}\n", b"manifest"),
        (certificate, f" {signature}", b"manifest"),
        (certificate, f"{signature[:40]}\n{signature[40:]}", b"manifest"),
        (certificate, respelled(signature), b"manifest"),
        (certificate, "keine", b"manifest"),
        (certificate, "签名", b"manifest"),
        (others, signature, b"manifest"),
    ):
        with pytest.raises(EvidenceBroken):
            check_signature(bad_certificate, bad_signature, content)


def test_the_signature_stands_in_the_form() -> None:
    assert pdf_name("/DocMDP").encode() in certified()
    assert b"/ETSI.CAdES.detached" in certified()
    assert STAMP_BOTTOM + STAMP_HEIGHT < 28 * MM
