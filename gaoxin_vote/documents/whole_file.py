"""Does a signature cover the file to the last byte?

Asked before any PDF parser sees the file: whatever lies outside the signature value must be hashed by
it, and the value itself must have only one spelling. Then a flipped byte anywhere breaks something here.
"""

import hashlib
import re
from enum import Enum
from typing import Any

from gaoxin_vote.errors import EvidenceBroken


class SheetFlaw(Enum):
    """Why a sheet is no evidence."""

    NOT_A_PDF = "not a PDF"
    NOT_SIGNED = "not signed"
    NOT_WHOLE = "not the whole file"
    CHANGED = "changed"
    BAD_SIGNATURE = "bad signature"
    NOT_CERTIFIED = "not certified"
    BAD_FIGURES = "bad figures"
    MORE_PARTS = "more parts"
    PRINTED_OTHERWISE = "printed otherwise"


_BYTE_RANGE = re.compile(rb"/ByteRange ?\[ ?([0-9]{1,10}) +([0-9]{1,10}) +([0-9]{1,10}) +([0-9]{1,10}) *\]")


def require_whole_file(pdf: bytes) -> None:
    """Raise `EvidenceBroken` unless the one signature hashes every byte outside its own value."""
    if not pdf.startswith(b"%PDF-"):
        raise EvidenceBroken(SheetFlaw.NOT_A_PDF, "这不是PDF文件，或文件开头已损坏。")
    ranges = _BYTE_RANGE.findall(pdf)
    if not ranges:
        raise EvidenceBroken(SheetFlaw.NOT_SIGNED, "此PDF没有校验签名，不能作为凭据。")
    if len(ranges) > 1:
        raise EvidenceBroken(SheetFlaw.NOT_WHOLE, "此PDF签名之后又有改动或另有签名，不能作为凭据。")
    start, first, second, rest = map(int, ranges[0])
    if start != 0 or not 0 < first < second or second + rest != len(pdf):
        raise EvidenceBroken(SheetFlaw.NOT_WHOLE, "校验签名没有覆盖整个文件：文件被截短或追加过内容。")
    message_digest, signed = _signature_value(pdf[first:second])
    if hashlib.sha256(pdf[:first] + pdf[second:]).digest() != message_digest:
        raise EvidenceBroken(SheetFlaw.CHANGED, "文件内容与签名时不一致，已被改动。")
    if not signed:
        raise EvidenceBroken(SheetFlaw.BAD_SIGNATURE, "校验签名的编码不规范，不能作为凭据。")


def _signature_value(text: bytes) -> tuple[bytes, bool]:
    """The digest that the signature speaks of, and whether its value is spelled in the one way it can be."""
    # pyHanko extends asn1crypto's tables when it is imported; a table used before that stays incomplete.
    import pyhanko.sign.ades.asn1_util  # noqa: F401
    from asn1crypto import cms

    broken = EvidenceBroken(SheetFlaw.BAD_SIGNATURE, "校验签名已损坏，无法读取。")
    if not re.fullmatch(rb"<(?:[0-9A-F]{2})+>", text):
        raise broken
    value = bytes.fromhex(text[1:-1].decode())
    try:
        signed_data = cms.ContentInfo.load(value)["content"]
        (signer,) = signed_data["signer_infos"]
        (digest,) = (
            attribute["values"][0].native
            for attribute in signer["signed_attrs"]
            if attribute["type"].native == "message_digest"
        )
        spelled = _spelled(signed_data, signer)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise broken from error
    return digest, value == spelled.ljust(len(value), b"\0")


def _spelled(signed_data: Any, signer: Any) -> bytes:
    """The one CMS text (RFC 5652) of this certificate, these signed attributes and this signature.

    What may vary without breaking the signature is written anew: nothing else can be put in.
    """
    from asn1crypto import cms

    (certificate,) = (choice.chosen for choice in signed_data["certificates"])
    digest_algorithm = cms.DigestAlgorithm({"algorithm": "sha256"})
    signer_info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber(
                    {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                ),
            ),
            "digest_algorithm": digest_algorithm,
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": cms.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": signer["signature"],
        }
    )
    rebuilt = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest_algorithm],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer_info],
        }
    )
    text: bytes = cms.ContentInfo({"content_type": "signed_data", "content": rebuilt}).dump()
    return text
