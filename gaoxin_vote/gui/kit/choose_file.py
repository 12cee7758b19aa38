"""Which file or folder does the person mean?

The answers come back through a callable; nothing blocks meanwhile.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from gaoxin_vote.gui.kit.parts import button

Chosen = Callable[[Path], object]


def documents() -> Path:
    """The person's documents folder: where looking for a file begins."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def to_open(parent: QWidget, heading: str, kinds: str, then: Chosen) -> QFileDialog:
    """Ask for a file that exists; `kinds` as in ``工作区 (*.gxv)``."""
    dialog = _dialog(parent, heading, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def to_open_several(
    parent: QWidget, heading: str, kinds: str, then: Callable[[tuple[Path, ...]], object]
) -> QFileDialog:
    """Ask for files that exist, one or more."""
    dialog = _dialog(parent, heading, kinds, lambda _path: None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then(tuple(map(Path, paths))))
    dialog.open()
    return dialog


def to_save(parent: QWidget, heading: str, kinds: str, name: str, then: Chosen) -> QFileDialog:
    """Ask for the one place a file is written to; a file that is there already is asked about."""
    dialog = _dialog(parent, heading, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def folder(parent: QWidget, heading: str, then: Chosen) -> QFileDialog:
    """Ask for a folder."""
    dialog = _dialog(parent, heading, "", then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, heading: str, kinds: str, then: Chosen) -> QFileDialog:
    dialog = QFileDialog(parent, heading, str(documents()), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    return dialog


class PathField(QWidget):
    """A line that holds a path, with a button that looks for one."""

    def __init__(
        self, name: str, heading: str, kinds: str, *, new_file: str = "", pick_folder: bool = False
    ) -> None:
        super().__init__()
        self._heading, self._kinds, self._new_file, self._folder = heading, kinds, new_file, pick_folder
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.browse = button("浏览…", self._browse)
        self.browse.setAccessibleName(f"浏览：{name}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.browse)
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path | None:
        """What the line holds, or None when it is empty."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def show_path(self, path: Path | None) -> None:
        """Put `path` into the line."""
        self.line.setText(str(path) if path else "")

    def suggest(self, name: str) -> None:
        """The file name that is offered from now on."""
        self._new_file = name

    def _browse(self) -> None:
        if self._folder:
            folder(self.window(), self._heading, self.show_path)
        elif self._new_file:
            to_save(self.window(), self._heading, self._kinds, self._new_file, self.show_path)
        else:
            to_open(self.window(), self._heading, self._kinds, self.show_path)
