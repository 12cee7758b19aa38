"""Is the screen on which the booth will open the delegates', and seen by nobody else?"""

from enum import Enum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIntValidator, QScreen
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gaoxin_vote.gui.booth.screens import only_screen, place_of, screens_apart
from gaoxin_vote.gui.booth.sign_window import DIGITS, SignWindow
from gaoxin_vote.gui.booth.x_server import XServer
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import button, label, row

_AGAIN = 400
"""Milliseconds after which the screens are asked for again."""


class Found(Enum):
    """What the computer knows of its screens."""

    APART = "apart"
    """One beside the desk's, which shows something else."""
    SAME = "same"
    """Several, which show the same."""
    ONE = "one"


_WORDS = {
    Found.APART: "投票屏上现在显示着一个两位数。请看投票屏，把这个数字填在下面。",
    Found.SAME: "几块屏幕显示相同的内容，别人会看到投票人填写的选票，不能打开投票间。"
    "请在系统的显示设置里选“扩展”（不选“复制”），改好后这里自动继续。",
    Found.ONE: "电脑只认出一块屏幕，投票间将占满这块屏幕。签到与领票可在投票间里凭口令打开，不必退出。"
    "面前若有两块屏幕，说明显示的内容相同：请先在系统的显示设置里选“扩展”，或接好第二块屏幕。",
}
_CONFIRM = {
    Found.APART: "其他屏幕和投影上都没有这个数字",
    Found.SAME: "",
    Found.ONE: "只有这一块屏幕，没有别的屏幕或投影显示相同的内容",
}
_NO_OTHER = "电脑没有认出另一块屏幕。请接好屏幕，并在系统的显示设置里选“扩展”；认出后这里自动继续。"


class OpeningDialog(FieldsDialog):
    """The officer types a number that only the delegates' screen shows, and affirms that no other shows it.

    The window system does not tell of every copy of a picture: a cable can be split.
    """

    confirmed = Signal(object)
    """The `QScreen` for the booth."""

    def __init__(self, parent: QWidget, title: str, *, other_screen: bool = False) -> None:
        """`other_screen`: the booth is open already; it may only move to a screen beside the desk's."""
        what, act = ("改用另一块屏幕", "改用这块屏幕") if other_screen else ("打开投票间", "打开投票间")
        super().__init__(parent, f"{what}：{title}", "先确认投票屏。", act)
        self._other_screen = other_screen
        self.sign = SignWindow(theme.current())
        self.found = Found.ONE
        self._screens: list[QScreen] = []
        self._place = 0
        self.told = label("", wrap=True)
        self.number = QLineEdit()
        self.number.setAccessibleName("投票屏上的数字")
        self.number.setMaxLength(DIGITS)
        self.number.setValidator(QIntValidator(0, 99, self.number))
        self.number.setFixedWidth(theme.current().px(120))
        self.number.returnPressed.connect(self.send)
        self.next_screen = button("换一块屏幕", self._next)
        self.alone = QCheckBox()
        self.lines.addWidget(self.told)
        self.lines.addLayout(row(self.number, self.next_screen, 1))
        self.lines.addWidget(self.alone)
        self._first = self.number
        self._server = XServer()
        self._known: tuple[Found, list[QScreen]] | None = None
        # Asked again and again: the window system does not tell of every change.
        self._timer = QTimer(self)
        self._timer.setInterval(_AGAIN)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._look()

    def done(self, result: int) -> None:
        """Qt: the answer is given; the delegates' screen is free again."""
        self._timer.stop()
        self._server.close()
        self.sign.close()
        self.sign.deleteLater()
        super().done(result)

    def send(self) -> None:
        """Open the booth once both are confirmed."""
        if not self.act.isEnabled():
            return
        if self.found is Found.APART and self.number.text() != self.sign.number:
            self.sign.change()
            self.number.clear()
            self.refuse("与投票屏上的数字不一致。投票屏已换了一个数字，请再看一次。", self.number)
            return
        if not self.alone.isChecked():
            self.refuse(f"请先核实并勾选：{self.alone.text()}。", self.alone)
            return
        screen = self._screens[self._place] if self._screens else self._desk_screen
        self.accept()
        self.confirmed.emit(screen)

    @property
    def _desk_screen(self) -> QScreen:
        parent = self.parentWidget()
        return parent.screen() if parent is not None else QGuiApplication.primaryScreen()

    def _next(self) -> None:
        self._place += 1
        self.sign.change()
        self._show()

    def _look(self) -> None:
        """Ask which screens there are now."""
        self._screens = screens_apart(self._desk_screen, self._server)
        self.found = Found.APART if self._screens else Found.ONE if only_screen(self._server) else Found.SAME
        if self._known != (self.found, self._screens):
            self._known = (self.found, self._screens)
            self._show()

    def _show(self) -> None:
        """Show the sign on the screen that may be the delegates', and say what is to be done."""
        stuck = self.found is Found.SAME or (self.found is Found.ONE and self._other_screen)
        apart = self.found is Found.APART
        if apart:
            self._place %= len(self._screens)
            screen = self._screens[self._place]
            self.sign.show_on(screen, place_of(screen, self._server))
        else:
            self.sign.hide()
        self.told.setText(_NO_OTHER if stuck and self.found is Found.ONE else _WORDS[self.found])
        self.number.setVisible(apart)
        self.next_screen.setVisible(len(self._screens) > 1)
        self.alone.setChecked(False)
        self.alone.setText(_CONFIRM[self.found])
        self.alone.setVisible(not stuck)
        self.act.setEnabled(not stuck)
        self.refuse("")
