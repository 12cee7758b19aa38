"""What can be done with a sheet: have a draft, issue it, issue it again; look at it, print it, save it?"""

from dataclasses import dataclass
from pathlib import Path

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.paper.state import SheetAct, SheetState, sheet_state
from gaoxin_vote.progress import Progress
from gaoxin_vote.workflow.reports import sheets
from gaoxin_vote.workflow.reports.printing import preview_pages, print_pdf, printers, save_pdf
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class PaperState:
    """The pages of a sheet as PNG pictures, and the printers there are."""

    pages: tuple[bytes, ...]
    printers: tuple[str, ...]


class SheetsPresenter:
    """The sheets of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year

    def states(self) -> tuple[SheetState, ...]:
        """Every sheet that the year can have."""
        return tuple(map(sheet_state, self._workspace.call(sheets.sheet_lines, self._year)))

    def state(self, name: sheets.SheetName) -> SheetState:
        """Where one sheet stands."""
        return sheet_state(self._workspace.call(sheets.sheet_line, self._year, name))

    def pdf(self, sheet: SheetState, act: SheetAct) -> bytes:
        """A draft or the paper: of what was issued, the bytes that were issued."""
        if act is SheetAct.PAPER and sheet.edition:
            return self._workspace.call(sheets.issued_pdf, self._year, sheet.name)
        return self._workspace.call(sheets.paper, self._year, sheet.name)

    def issue(self, sheet: SheetState, progress: Progress) -> bytes:
        """Issue it; its bytes."""
        self._workspace.call(sheets.issue_sheet, self._year, sheet.name, progress)
        return self._workspace.call(sheets.issued_pdf, self._year, sheet.name)

    def reissue(
        self, sheet: SheetState, reason: str, minutes: SessionMinutes | None, progress: Progress
    ) -> bytes:
        """Issue it again; its bytes."""
        self._workspace.call(sheets.reissue_sheet, self._year, sheet.name, reason, minutes, progress)
        return self._workspace.call(sheets.issued_pdf, self._year, sheet.name)


def look(pdf: bytes) -> PaperState:
    """The pages of `pdf` and the printers."""
    return PaperState(preview_pages(pdf), printers())


def save(pdf: bytes, path: Path) -> Path:
    """Write `pdf` to the one place named."""
    save_pdf(pdf, path)
    return path


def print_out(pdf: bytes, printer: str, secret: bool = False) -> str:
    """Print `pdf` and return the printer's name; a `secret` one does not stay with the print service."""
    print_pdf(pdf, printer, secret=secret)
    return printer
