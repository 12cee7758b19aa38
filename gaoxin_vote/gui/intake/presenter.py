"""What would importing a file change?"""

from typing import Any

from gaoxin_vote.gui.intake.state import HeadingRow, Headings, IntakeState, Source, WorksheetState
from gaoxin_vote.gui.intake.state import ImportMode as ImportMode
from gaoxin_vote.gui.kit.marks import CellMark
from gaoxin_vote.progress import Progress
from gaoxin_vote.reading_process import FileReading
from gaoxin_vote.workflow.results.file_worksheets import (
    FileFinding,
    file_findings,
    file_worksheets,
    only_worksheet,
)
from gaoxin_vote.workflow.results.handing_out import HandedOut as HandedOut
from gaoxin_vote.workflow.results.handing_out import empty_form, kept_workbook
from gaoxin_vote.workflow.results.intake import (
    PASTED,
    Fate,
    FaultyFile,
    ImportPreview,
    ImportProblem,
    PreviewLine,
    apply_import,
    open_book,
    preview_import,
    read_pasted,
)
from gaoxin_vote.workflow.results.intake import Workbook as Workbook
from gaoxin_vote.workflow.results.own_headings import (
    are_about_headings,
    heading_row,
    own_headings,
    used_headings,
)
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.register import Kind


class IntakePresenter:
    """Imports of one kind into one year."""

    def __init__(self, workspace: OpenWorkspace, year: int, kind: Kind[Any]) -> None:
        self._workspace, self._year = workspace, year
        self.kind = kind
        self._preview: ImportPreview | None = None
        self._headings: Headings = {}
        """What the office calls columns, as the file was looked at last."""

    @property
    def title(self) -> str:
        """What is imported."""
        return self.kind.label

    def form(self) -> HandedOut:
        """The empty form 模板 of the kind."""
        return self._workspace.call(empty_form, self._year, self.kind)

    def table(self) -> HandedOut:
        """What is kept of the kind, as a workbook. Raises `Refused` where there is nothing."""
        return self._workspace.call(kept_workbook, self._year, self.kind)

    @staticmethod
    def open_book(source: Source, reading: FileReading, progress: Progress) -> Workbook:
        """What stands in the file; asks no workspace, so the booth need not wait for it."""
        if isinstance(source, str):
            return reading(PASTED, read_pasted, source, progress=progress)
        return reading(source.name, open_book, source, progress=progress)

    def heading_row(self, book: Workbook, sheet: str, number: int = 0) -> HeadingRow:
        """The headings of a worksheet, in row `number` or where they seem to be; asks no workspace."""
        return heading_row(self.kind, book, sheet, self._headings, number)

    def look(
        self, mode: ImportMode, book: Workbook, sheet: str = "", said: Headings | None = None
    ) -> IntakeState:
        """What importing the file, or one `sheet` of it, would change; nothing is changed yet.

        `said` is what headings mean, each with its field or none; it goes before what was said earlier, and
        is remembered once the file is imported.
        """
        self._preview = None
        known = self._workspace.call(own_headings, self.kind)
        self._headings = {text: field for text, field in {**known, **(said or {})}.items() if field}
        part = only_worksheet(book, sheet) if sheet else book
        try:
            preview = self._workspace.call(preview_import, self._year, self.kind, part, mode, self._headings)
        except FaultyFile as faulty:
            return self._faulty(book, faulty)
        self._preview = preview
        changes = preview.changes
        overwritten, removed = len(changes.overwritten), len(changes.removed)
        told = _counts(
            ("新增", len(changes.added)), ("修改", len(changes.changed) - overwritten), ("删除", removed)
        )
        told = "，".join(part for part in (told, _counts(("覆盖", overwritten))) if part)
        outcome = f"：{told}。" if told else "，与现有内容完全相同。"
        # What goes comes first, and only it: what takes the place of something else stands below.
        lines = sorted(preview.lines, key=lambda line: not line.fate.goes)
        going = _counts(("删除", removed), ("覆盖", overwritten))
        notes = tuple(FileFinding(note, False, "", None, None) for note in preview.notes)
        return IntakeState(
            file_name=preview.file,
            words=f"读到{preview.read}行{outcome}",
            refused=False,
            changes=bool(changes),
            going=f"确认{going}：列在最前面的这些行，内容导入后不再保留" if going else "",
            findings=(*notes, *file_findings(self.kind, preview.problems)),
            columns=preview.columns,
            rows=tuple(_cells(line) for line in lines),
            marks={
                (row, column + 1): CellMark("plain", f"原为：{before or '（空）'}\n改为：{now or '（空）'}")
                for row, line in enumerate(lines)
                for column, (before, now) in enumerate(zip(line.before, line.cells, strict=False))
                if before != now
            },
            alarming=sum(line.fate.goes for line in lines),
            sheets=self._sheets(book, preview.problems),
            can_match=bool(preview.used) or are_about_headings(preview.problems),
        )

    def _faulty(self, book: Workbook, faulty: FaultyFile) -> IntakeState:
        return IntakeState(
            file_name=book.file,
            words=faulty.message,
            refused=True,
            changes=False,
            going="",
            findings=file_findings(self.kind, faulty.problems),
            columns=(),
            rows=(),
            marks={},
            alarming=0,
            sheets=self._sheets(book, faulty.problems),
            can_match=bool(used_headings(book, self._headings)) or are_about_headings(faulty.problems),
        )

    def _sheets(self, book: Workbook, problems: tuple[ImportProblem, ...]) -> tuple[WorksheetState, ...]:
        reader = self.kind.called(self._headings)
        sheets = self._workspace.call(file_worksheets, self._year, reader, book, problems)
        return tuple(
            WorksheetState(
                sheet.name,
                sheet.fits,
                ("行", *sheet.heads),
                tuple((str(number), *cells) for number, cells in enumerate(sheet.rows, 1)),
                {
                    (row - 1, column): CellMark("stop" if said.is_error else "attention", said.words)
                    for (row, column), said in sheet.faults.items()
                },
            )
            for sheet in sheets
        )

    def apply(self, confirmed: bool) -> None:
        """Import what was looked at; `confirmed` says that what would be lost may go."""
        assert self._preview is not None
        self._workspace.call(apply_import, self._year, self._preview, confirmed)
        self._preview = None


def _cells(line: PreviewLine) -> tuple[str, ...]:
    """What is done with a row, and its cells: of one that changes, the old value beside the new."""
    cells = line.cells
    if line.before:
        pairs = zip(line.before, line.cells, strict=True)
        cells = tuple(
            now if before == now else f"{before or '（空）'} → {now or '（空）'}" for before, now in pairs
        )
    return ("" if line.fate is Fate.SAME else line.fate.label, *cells)


def _counts(*parts: tuple[str, int]) -> str:
    return "，".join(f"{verb}{count}项" for verb, count in parts if count)
