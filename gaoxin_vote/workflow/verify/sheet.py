"""Is a certified sheet whole, and does it show the figures that it carries?"""

from dataclasses import dataclass
from typing import Any

from gaoxin_vote.documents.certification import SheetReport, check_sheet
from gaoxin_vote.documents.forms.catalogue import form_printed
from gaoxin_vote.documents.forms.form import Form, Imprint
from gaoxin_vote.documents.likeness import require_same_pages
from gaoxin_vote.documents.signing import with_stamp
from gaoxin_vote.documents.stamp import draw_stamp
from gaoxin_vote.documents.whole_file import SheetFlaw
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_flaw import as_evidence


@dataclass(frozen=True, slots=True)
class VerifiedSheet:
    """A certified sheet that holds: every pixel of its pages follows from its figures."""

    report: SheetReport
    form: Form[Any]
    printed: dict[str, Any]
    """The figures as plain JSON."""
    figures: Any
    """The same as the value that the form prints."""
    imprint: Imprint


def verify_sheet(pdf: bytes) -> VerifiedSheet:
    """Check the signature, then draw the pages anew from the figures and compare them in every pixel.

    Raises `EvidenceBroken` with the first thing that does not hold, `Refused` for a sheet that only a newer
    program can draw.
    """
    report = check_sheet(pdf)
    if report.figures is None:
        raise EvidenceBroken(
            SheetFlaw.BAD_FIGURES, "此PDF有校验签名，但没有附带报表数据，不是本程序签发的报表。"
        )
    form = form_printed(report.figures)
    with as_evidence("单内附带的数据"):
        figures, imprint = form.read(report.figures)
        sheet = form.edition(figures, imprint)
    with as_evidence("校验签名"):
        stamp = draw_stamp(report.signer, report.reason, report.signed_at, report.certificate_fingerprint)
    require_same_pages(pdf, with_stamp(sheet, stamp))
    return VerifiedSheet(report, form, report.figures, figures, imprint)
