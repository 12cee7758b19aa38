"""Does a signature cover the file to the last byte?

Asked before any PDF parser sees the file: whatever lies outside the signature value must be hashed by
it, and the value itself must have only one spelling. Then a flipped byte anywhere breaks something here.
"""

import hashlib
import re
from enum import Enum

from gaoxin_vote.errors import EvidenceBroken


class SheetReason(Enum):
    """Why a sheet is no evidence."""

    NOT_A_PDF = "not a PDF"
    NOT_SIGNED = "not signed"
    NOT_WHOLE = "not the whole file"
    CHANGED = "changed"
    BAD_SIGNATURE = "bad signature"
    NOT_CERTIFIED = "not certified"
    BAD_FIGURES = "bad figures"


_BYTE_RANGE = re.compile(rb"/ByteRange ?\[ ?([0-9]{1,10}) +([0-9]{1,10}) +([0-9]{1,10}) +([0-9]{1,10}) *\]")


def require_whole_file(pdf: bytes) -> None:
    """Raise `EvidenceBroken` unless the one signature hashes every byte outside its own value."""
    if not pdf.startswith(b"%PDF-"):
        raise EvidenceBroken(SheetReason.NOT_A_PDF, "这不是PDF文件，或文件开头已损坏。")
    ranges = _BYTE_RANGE.findall(pdf)
    if not ranges:
        raise EvidenceBroken(SheetReason.NOT_SIGNED, "此PDF没有电子签名，不能作为凭据。")
    if len(ranges) > 1:
        raise EvidenceBroken(SheetReason.NOT_WHOLE, "此PDF签名之后又有改动或另有签名，不能作为凭据。")
    start, first, second, rest = map(int, ranges[0])
    if start != 0 or not 0 < first < second or second + rest != len(pdf):
        raise EvidenceBroken(SheetReason.NOT_WHOLE, "电子签名没有覆盖整个文件：文件被截短或追加过内容。")
    message_digest, signed = _signature_value(pdf[first:second])
    if hashlib.sha256(pdf[:first] + pdf[second:]).digest() != message_digest:
        raise EvidenceBroken(SheetReason.CHANGED, "文件内容与签名时不一致，已被改动。")
    if not signed:
        raise EvidenceBroken(SheetReason.BAD_SIGNATURE, "电子签名的编码不规范，不能作为凭据。")


def _signature_value(text: bytes) -> tuple[bytes, bool]:
    """The digest that the signature speaks of, and whether its value is spelled in the one way it can be."""
    from asn1crypto import cms  # type: ignore[import-untyped]

    broken = EvidenceBroken(SheetReason.BAD_SIGNATURE, "电子签名已损坏，无法读取。")
    if not re.fullmatch(rb"<(?:[0-9A-F]{2})+>", text):
        raise broken
    value = bytes.fromhex(text[1:-1].decode())
    try:
        content = cms.ContentInfo.load(value)
        encoded = content.dump()
        signed_data = content["content"]
        (signer,) = signed_data["signer_infos"]
        (algorithm,) = signed_data["digest_algorithms"]
        (_,) = signed_data["certificates"]
        plain = signed_data["version"].native == "v1" and not (
            signed_data["crls"] or signer["unsigned_attrs"]
        )
        (digest,) = (
            attribute["values"][0].native
            for attribute in signer["signed_attrs"]
            if attribute["type"].native == "message_digest"
        )
        canonical = (
            content.dump(force=True) == encoded
            and algorithm.dump() == signer["digest_algorithm"].dump()
            and plain
        )
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise broken from error
    return digest, canonical and value == encoded.ljust(len(value), b"\0")
