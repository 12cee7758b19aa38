"""Where does one look up how it is done?"""

from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.parts import button, column, row
from gaoxin_vote.resources import resource


class ManualDialog(QDialog):
    """使用手册: the manual that ships with the program, to read beside the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.text = QTextBrowser()
        self.text.setAccessibleName("使用手册")
        self.text.setOpenLinks(False)
        self.text.setMarkdown((resource("manual") / "manual.md").read_text(encoding="utf-8"))
        self.shut = button("关闭", self.close, "primary")
        outer = column(self.text, row(1, self.shut), spacing=12)
        outer.setContentsMargins(20, 20, 20, 16)
        self.setLayout(outer)
        resize_within(self, 860, 640)
        self.text.setFocus()
