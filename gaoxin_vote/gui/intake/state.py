"""What is shown of a file that is looked at?"""

from dataclasses import dataclass
from pathlib import Path

from gaoxin_vote.gui.kit.marks import Marks
from gaoxin_vote.workflow.results.file_worksheets import FileFinding as FileFinding
from gaoxin_vote.workflow.results.intake import ImportMode as ImportMode
from gaoxin_vote.workflow.results.own_headings import HeadingRow as HeadingRow
from gaoxin_vote.workflow.results.own_headings import Headings as Headings

Source = Path | str
"""Where a table comes from: a file, or the text of a block that was pasted."""

MODE_WORDS = {
    ImportMode.ADD: "新增和更新：文件中没有的内容保留不动",
    ImportMode.REPLACE: "全部替换：文件中没有的内容删除",
}
"""The ways to import, as they are offered; the first one to begin with."""


@dataclass(frozen=True, slots=True)
class WorksheetState:
    """One sheet of the file, cell by cell."""

    name: str
    fits: bool
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The number of each row, and its cells."""
    marks: Marks


@dataclass(frozen=True, slots=True)
class IntakeState:
    """The preview of one file."""

    file_name: str
    words: str
    """What would change, in a sentence; or why nothing can be imported."""
    refused: bool
    """Whether the file has errors."""
    changes: bool
    going: str
    """What has to be confirmed because it would be lost; empty where nothing would."""
    findings: tuple[FileFinding, ...]
    """Everything to be said of it, the gravest first."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: Marks
    """The cells that change."""
    alarming: int
    """How many of the first rows show what would be lost."""
    sheets: tuple[WorksheetState, ...]
    can_match: bool
    """Whether the office may have to say what its headings mean, or has said so."""

    @property
    def fitting(self) -> tuple[str, ...]:
        """The sheets that hold a table of the kind."""
        return tuple(sheet.name for sheet in self.sheets if sheet.fits)
