"""Is a certified sheet whole, and does it show the figures that it carries?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gaoxin_vote.documents.certification import SheetReport, check_sheet
from gaoxin_vote.documents.forms import tally_report
from gaoxin_vote.documents.likeness import require_same_pages
from gaoxin_vote.documents.signing import with_stamp
from gaoxin_vote.documents.stamp import draw_stamp
from gaoxin_vote.workflow.record.package_flaw import as_evidence

_FORMS: dict[tuple[object, object], Callable[[dict[str, Any]], bytes]] = {
    (tally_report.FORM, tally_report.VERSION): tally_report.redraw,
}
"""How the sheets of a form and version are drawn from their figures."""


@dataclass(frozen=True, slots=True)
class VerifiedSheet:
    """A certified sheet that holds."""

    report: SheetReport
    printed_checked: bool
    """Whether the pages were compared with the figures and the signature. False for a form or a version
    of it that this program does not print, and for a sheet without figures."""


def verify_sheet(pdf: bytes) -> VerifiedSheet:
    """Check the signature, then draw the pages anew from the figures and compare them in every pixel.

    Raises `EvidenceBroken` with the first thing that does not hold.
    """
    report = check_sheet(pdf)
    printed = report.figures or {}
    with as_evidence("单内附带的数据"):
        redraw = _FORMS.get((printed.get("form"), printed.get("version")))
        if redraw is None:
            return VerifiedSheet(report, False)
        sheet = redraw(printed)
    with as_evidence("电子签章"):
        stamp = draw_stamp(report.signer, report.reason, report.signed_at, report.certificate_fingerprint)
    require_same_pages(pdf, with_stamp(sheet, stamp))
    return VerifiedSheet(report, True)
