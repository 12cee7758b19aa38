"""Where is a passphrase typed?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget


class PassphraseField(QWidget):
    """A line whose characters are hidden until the person presses 显示."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._show = QPushButton("显示")
        self._show.setAccessibleName(f"显示{name}")
        self._show.setCheckable(True)
        self._show.setAutoDefault(False)
        self._show.toggled.connect(self._reveal)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._show)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What has been typed."""
        return self.line.text()

    def take(self) -> str:
        """What has been typed; the line is empty and hidden again afterwards."""
        text = self.line.text()
        self.wipe()
        return text

    def wipe(self) -> None:
        """Empty the line, without a way to undo that."""
        self.line.clear()
        self.line.setModified(False)
        self._show.setChecked(False)

    def _reveal(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.setText("隐藏" if shown else "显示")
