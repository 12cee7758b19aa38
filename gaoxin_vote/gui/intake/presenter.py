"""What would importing a file change?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gaoxin_vote.workflow.results.intake import ImportPreview, apply_import, preview_import
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.register import Kind


@dataclass(frozen=True, slots=True)
class IntakeState:
    """The preview of one file."""

    file_name: str
    words: str
    """What would change, in a sentence."""
    changes: bool
    warnings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


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

    def look(self, path: Path) -> IntakeState:
        """What importing `path` would change; nothing is changed yet."""
        self._preview = None
        preview = self._workspace.call(preview_import, self._year, self.kind, path)
        self._preview = preview
        parts = (("新增", preview.added), ("修改", preview.changed), ("删除", preview.removed))
        told = "，".join(f"{verb}{count}项" for verb, count in parts if count)
        words = (
            f"读到{len(preview.rows)}行：{told}。"
            if told
            else f"读到{len(preview.rows)}行，与现有内容完全相同。"
        )
        return IntakeState(path.name, words, bool(told), preview.warnings, preview.columns, preview.rows)

    def apply(self) -> None:
        """Import what was looked at."""
        assert self._preview is not None
        self._workspace.call(apply_import, self._year, self._preview)
        self._preview = None
