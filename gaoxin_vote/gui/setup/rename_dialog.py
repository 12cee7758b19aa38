"""What is the right name?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.parts import button, column, label, row


class NameDialog(QDialog):
    """One line with the old name in it."""

    def __init__(self, parent: QWidget, heading: str, name: str, then: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(heading)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.current().px(480))
        self.line = QLineEdit(name)
        self.line.setAccessibleName(heading)
        self.line.selectAll()
        self.act = button("更正", self._send, "primary")
        self.act.setDefault(True)
        main = column(
            label(heading, "card-title"),
            label(f"现为：{name}", "muted", wrap=True),
            self.line,
            row(1, button("取消", self.reject), self.act),
            spacing=12,
        )
        main.setContentsMargins(24, 20, 24, 18)
        self.setLayout(main)

    def _send(self) -> None:
        name = self.line.text().strip()
        if name:
            self.accept()
            self._then(name)


def ask_name(parent: QWidget, heading: str, name: str, then: Callable[[str], object]) -> NameDialog:
    """Ask for another `name`; `then` gets it."""
    dialog = NameDialog(parent, heading, name, then)
    dialog.open()
    return dialog
