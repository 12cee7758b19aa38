"""What does the program remember of this computer? Nothing of any workspace's content."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from gaoxin_vote.gui.kit.look import SCALES, Look

_RECENT = 6


class Settings:
    """Font setting, contrast, minutes until the lock, workspaces opened lately, columns of tables."""

    def __init__(self) -> None:
        self._kept = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "gaoxin-vote", "gaoxin-vote"
        )

    @property
    def look(self) -> Look:
        """The font setting and contrast chosen last."""
        scale = self._number("look/scale", 100)
        return Look(scale if scale in SCALES else 100, bool(self._number("look/contrast", 0)))

    def keep_look(self, look: Look) -> None:
        """Remember `look`."""
        self._kept.setValue("look/scale", look.scale)
        self._kept.setValue("look/contrast", int(look.high_contrast))

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or mouse event until the desk locks itself."""
        return min(120, max(1, self._number("lock/minutes", 15)))

    @property
    def geometry(self) -> QByteArray:
        """Where and how large the window stood when the program ended; empty before that."""
        kept = self._kept.value("window/geometry", QByteArray())
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window stands."""
        self._kept.setValue("window/geometry", geometry)

    def widths(self, table: str) -> tuple[int, ...]:
        """The widths of a table's columns at the normal font setting, 0 where nobody has set one."""
        kept = str(self._kept.value(f"tables/{table}-widths", ""))
        return tuple(min(int(part), 4000) for part in kept.split() if part.isdecimal())

    def keep_widths(self, table: str, widths: tuple[int, ...]) -> None:
        """Remember how wide the columns of a table were drawn."""
        self._kept.setValue(f"tables/{table}-widths", " ".join(map(str, widths)))

    def order(self, table: str) -> tuple[int, bool]:
        """By which column a table was sorted last, -1 for none, and whether downwards."""
        return self._number(f"tables/{table}-order", -1), bool(self._number(f"tables/{table}-down", 0))

    def keep_order(self, table: str, column: int, descending: bool) -> None:
        """Remember how a table was sorted."""
        self._kept.setValue(f"tables/{table}-order", column)
        self._kept.setValue(f"tables/{table}-down", int(descending))

    @property
    def recent(self) -> tuple[Path, ...]:
        """Workspace files opened lately, the last one first; they may be gone."""
        paths = self._kept.value("recent/paths", [])
        kept = paths if isinstance(paths, list) else [paths]
        return tuple(Path(str(path)) for path in kept if path)

    def keep_recent(self, path: Path) -> None:
        """Put `path` in front."""
        paths = [path.absolute(), *(known for known in self.recent if known != path.absolute())]
        self._kept.setValue("recent/paths", [str(known) for known in paths[:_RECENT]])

    def _number(self, key: str, default: int) -> int:
        try:
            return int(str(self._kept.value(key, default)))
        except ValueError:
            return default
