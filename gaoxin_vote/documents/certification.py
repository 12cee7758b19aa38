"""Who vouches for a sheet or a package, and is it still what was vouched for?

One self-signed ECDSA P-256 certificate per assessment year. Who relies on a signature compares the
certificate's fingerprint with the ceremony record; no issuer stands behind it.
"""

import base64
import binascii
import hashlib
import io
import json
import logging
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from gaoxin_vote.documents.attachment import attached_figures
from gaoxin_vote.documents.sheet_parts import require_nothing_else
from gaoxin_vote.documents.signing import signer_at, stamp_style
from gaoxin_vote.documents.stamp import STAMP_BOX, draw_stamp
from gaoxin_vote.documents.whole_file import SheetFlaw, require_whole_file
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.errors import EvidenceBroken

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_YEARS = 20
_FIELD = "Certification"
_PARSER_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What a PDF parser runs into when somebody signs a file that is no proper PDF."""


class SignatureReason(Enum):
    """Why a detached signature is no evidence."""

    BAD_SIGNATURE = "bad signature"
    BAD_CERTIFICATE = "bad certificate"


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What a certified sheet says of itself, once everything about its signature holds."""

    record_id: str
    """Empty for a sheet that carries no figures."""
    figures_digest: str
    """SHA-256 of the canonical JSON of the figures, recomputed, 64 hex digits; empty without figures."""
    figures: dict[str, Any] | None
    certificate_fingerprint: str
    signer: str
    """签名单位, from the certificate."""
    reason: str
    signed_at: datetime


def new_certificate(office: str, year: int, now: datetime) -> tuple[bytes, bytes]:
    """A new certificate (PEM) and its key (PKCS #8 PEM, not encrypted), good for 20 years from `now`."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{year}年度目标任务考核签名"),
        ]
    )
    start = now.astimezone(UTC).replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + timedelta(days=365 * _YEARS + _YEARS // 4))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return (
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def certificate_der(pem: bytes) -> bytes:
    """The certificate as a .cer file (DER). Raises `EvidenceBroken` if it is none."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return _certificate(pem).public_bytes(Encoding.DER)


def sheet_certificate(pdf: bytes) -> bytes:
    """The certificate with which a sheet is signed, as a .cer file (DER); empty without signature."""
    if b"/ByteRange" not in pdf:
        return b""
    from pyhanko.pdf_utils.reader import PdfFileReader

    _silence()
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    content: bytes = signature.signer_cert.dump()
    return content


def certificate_fingerprint(pem: bytes) -> str:
    """SHA-256 of the certificate's DER form, 64 hex digits. Raises `EvidenceBroken` if it is none."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return hashlib.sha256(_certificate(pem).public_bytes(Encoding.DER)).hexdigest()


def sign_bytes(key: bytes, content: bytes) -> str:
    """A detached signature (ECDSA, SHA-256, DER) in Base64."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    private = load_pem_private_key(key, None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return base64.b64encode(private.sign(content, ec.ECDSA(hashes.SHA256()))).decode()


def check_signature(certificate: bytes, signature: str, content: bytes) -> None:
    """Raise `EvidenceBroken` unless `signature` is what the certificate's key made of `content`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    public = _certificate(certificate).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise EvidenceBroken(SignatureReason.BAD_CERTIFICATE, "签名证书不是本程序使用的类型。")
    try:
        value = base64.b64decode(signature, validate=True)
        if base64.b64encode(value).decode() != signature:
            raise ValueError("Base64 in another spelling")
        public.verify(value, content, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise EvidenceBroken(
            SignatureReason.BAD_SIGNATURE, "校验签名与内容不符：内容或签名已被改动。"
        ) from error


def certify(pdf: bytes, *, certificate: bytes, key: bytes, reason: str, when: datetime) -> bytes:
    """The sheet with a certification signature (PAdES B-B, DocMDP: no changes) and its visible stamp.

    Raises `Refused` when the office or the reason has a character that cannot be printed.
    """
    from asn1crypto import keys, pem, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    _silence()
    local = when.astimezone()
    signing_certificate = x509.Certificate.load(pem.unarmor(certificate)[2])
    signer = signers.SimpleSigner(
        signing_cert=signing_certificate,
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(key)[2]),
        cert_registry=SimpleCertificateStore.from_certs([]),  # type: ignore[no-untyped-call]
    )
    office = _office(signing_certificate)
    metadata = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        name=office,
        reason=reason,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    drawn = draw_stamp(office, reason, local, signing_certificate.sha256.hex())
    pdf_signer = signer_at(local)(
        metadata,
        signer,
        stamp_style=stamp_style(drawn),
        new_field_spec=fields.SigFieldSpec(_FIELD, on_page=0, box=STAMP_BOX),
    )
    output = io.BytesIO()
    pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=output)
    return output.getvalue()


def check_sheet(pdf: bytes) -> SheetReport:
    """What the certified sheet says, once its one signature is intact, valid and covers every byte.

    The figures inside it are read back and their digest is recomputed; whether the pages show them is not
    looked at here. Raises `EvidenceBroken`.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    _silence()
    require_whole_file(pdf)
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        report = _signed_report(reader)
        require_nothing_else(reader.root)
        content = attached_figures(reader.root)
    except (*_PARSER_FAILURES, PdfError) as error:
        raise EvidenceBroken(SheetFlaw.BAD_SIGNATURE, "校验签名或文件结构无法识别，不能作为凭据。") from error
    return report if content is None else _with_figures(report, content)


def _signed_report(reader: Any) -> SheetReport:
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.pdf_embedded import read_certification_data
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        raise EvidenceBroken(SheetFlaw.NOT_SIGNED, "此PDF应当有且只有一个校验签名。")
    signature = signatures[0]
    signed_at = signature.self_reported_timestamp
    if signed_at is None:
        raise EvidenceBroken(SheetFlaw.BAD_SIGNATURE, "校验签名没有写明签名时间。")
    context = ValidationContext(
        trust_roots=[signature.signer_cert], allow_fetching=False, moment=signed_at.astimezone(UTC)
    )
    status = validate_pdf_signature(signature, context)
    if not status.intact or not status.valid or not status.bottom_line:
        raise EvidenceBroken(SheetFlaw.BAD_SIGNATURE, "校验签名无效：文件或签名已被改动。")
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        raise EvidenceBroken(SheetFlaw.NOT_WHOLE, "校验签名没有覆盖整个文件：文件被追加过内容。")
    certified = read_certification_data(reader)
    if certified is None or certified.permission is not MDPPerm.NO_CHANGES or not status.docmdp_ok:
        raise EvidenceBroken(SheetFlaw.NOT_CERTIFIED, "校验签名不是“签后不得改动”的认证签名。")
    return SheetReport(
        record_id="",
        figures_digest="",
        figures=None,
        certificate_fingerprint=signature.signer_cert.sha256.hex(),
        signer=_office(signature.signer_cert),
        reason=str(signature.sig_object.get("/Reason", "")),
        signed_at=signed_at,
    )


def _with_figures(report: SheetReport, content: bytes) -> SheetReport:
    from dataclasses import replace

    try:
        text = content.decode()
        figures = json.loads(text)
    except ValueError as error:
        raise EvidenceBroken(SheetFlaw.BAD_FIGURES, "单内附带的数据无法读取。") from error
    if not isinstance(figures, dict) or canonical_json(figures) != text:
        raise EvidenceBroken(SheetFlaw.BAD_FIGURES, "单内附带的数据格式不规范。")
    return replace(
        report,
        record_id=str(figures.get("record_id", "")),
        figures_digest=hashlib.sha256(content).hexdigest(),
        figures=figures,
    )


def _key_usage() -> Any:
    from cryptography.x509 import KeyUsage

    return KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate(pem: bytes) -> "Certificate":
    from cryptography.x509 import load_pem_x509_certificate

    try:
        return load_pem_x509_certificate(pem)
    except ValueError as error:
        raise EvidenceBroken(SignatureReason.BAD_CERTIFICATE, "签名证书已损坏，无法读取。") from error


def _office(certificate: Any) -> str:
    return str(certificate.subject.native.get("organization_name", ""))


def _silence() -> None:
    """Keep pyHanko from logging that nobody vouches for a self-signed certificate; that is known."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
