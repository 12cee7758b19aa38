"""What can be done with a finished sheet: look at it, print it, save it?"""

from dataclasses import dataclass
from pathlib import Path

from gaoxin_vote.workflow.reports.printing import preview_pages, print_pdf, printers, save_pdf


@dataclass(frozen=True, slots=True)
class PaperState:
    """The pages of a sheet as PNG pictures, and the printers there are."""

    pages: tuple[bytes, ...]
    printers: tuple[str, ...]


def look(pdf: bytes) -> PaperState:
    """The pages of `pdf` and the printers."""
    return PaperState(preview_pages(pdf), printers())


def save(pdf: bytes, path: Path) -> Path:
    """Write `pdf` to the one place named."""
    save_pdf(pdf, path)
    return path


def print_out(pdf: bytes, printer: str) -> str:
    """Print `pdf` and return the printer's name."""
    print_pdf(pdf, printer)
    return printer
