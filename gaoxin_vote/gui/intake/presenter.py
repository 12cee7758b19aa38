"""What would importing a file change?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gaoxin_vote.progress import Progress
from gaoxin_vote.reading_process import FileReading
from gaoxin_vote.workflow.results.handing_out import HandedOut as HandedOut
from gaoxin_vote.workflow.results.handing_out import empty_form, kept_workbook
from gaoxin_vote.workflow.results.intake import (
    Fate,
    ImportPreview,
    apply_import,
    open_book,
    preview_import,
)
from gaoxin_vote.workflow.results.intake import ImportMode as ImportMode
from gaoxin_vote.workflow.results.intake import Workbook as Workbook
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.register import Kind

MODE_WORDS = {
    ImportMode.ADD: "新增和更新：文件中没有的内容保留不动",
    ImportMode.REPLACE: "全部替换：文件中没有的内容删除",
}
"""The ways to import, as they are offered; the first one to begin with."""


@dataclass(frozen=True, slots=True)
class IntakeState:
    """The preview of one file."""

    file_name: str
    words: str
    """What would change, in a sentence."""
    changes: bool
    going: str
    """What has to be confirmed because it would be lost; empty where nothing would."""
    warnings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alarming: int
    """How many of the first rows show what would be lost."""


class IntakePresenter:
    """Imports of one kind into one year."""

    def __init__(self, workspace: OpenWorkspace, year: int, kind: Kind[Any]) -> None:
        self._workspace, self._year = workspace, year
        self.kind = kind
        self._preview: ImportPreview | None = None

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
    def open_book(path: Path, reading: FileReading, progress: Progress) -> Workbook:
        """What stands in the file; asks no workspace, so the booth need not wait for it."""
        return reading(path.name, open_book, path, progress=progress)

    def look(self, path: Path, mode: ImportMode, book: Workbook) -> IntakeState:
        """What importing `path` would change; nothing is changed yet."""
        self._preview = None
        preview = self._workspace.call(preview_import, self._year, self.kind, path, mode, book)
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
        return IntakeState(
            file_name=path.name,
            words=f"读到{preview.read}行{outcome}",
            changes=bool(changes),
            going=f"确认{going}：红色各行的内容导入后不再保留" if going else "",
            warnings=preview.warnings,
            columns=preview.columns,
            rows=tuple(("" if line.fate is Fate.SAME else line.fate.label, *line.cells) for line in lines),
            alarming=sum(line.fate.goes for line in lines),
        )

    def apply(self, confirmed: bool) -> None:
        """Import what was looked at; `confirmed` says that what would be lost may go."""
        assert self._preview is not None
        self._workspace.call(apply_import, self._year, self._preview, confirmed)
        self._preview = None


def _counts(*parts: tuple[str, int]) -> str:
    return "，".join(f"{verb}{count}项" for verb, count in parts if count)
