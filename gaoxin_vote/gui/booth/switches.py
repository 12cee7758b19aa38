"""How does the voter change the size of type and the contrast?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gaoxin_vote.gui.booth.controls import BoothButton
from gaoxin_vote.gui.booth.look import BoothLook


class Switches(QWidget):
    """Three buttons at the top right of every page. A scanner's Enter does not press them."""

    wished = Signal(object)
    """The look that is wished."""

    def __init__(self, look: BoothLook) -> None:
        super().__init__()
        self.look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        now = look.look
        self._buttons: list[BoothButton] = []
        for text, name, wish in (
            ("A−", "缩小字号", now.smaller()),
            ("A＋", "放大字号", now.larger()),
            ("高对比度", "高对比度显示", now.with_contrast(not now.high_contrast)),
        ):
            button = BoothButton(look, text, size=15, height=40, enter=False)
            button.setAccessibleName(name)
            # A click leaves the keyboard where it is: the voter goes on with the number keys.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setEnabled(wish != now)
            button.clicked.connect(lambda _checked=False, wish=wish: self.wished.emit(wish))
            row.addWidget(button)
            self._buttons.append(button)
        self._buttons[2].setCheckable(True)
        self._buttons[2].setChecked(now.high_contrast)

    @property
    def focused(self) -> str:
        """The button that has the keyboard, empty for none."""
        return next((button.text() for button in self._buttons if button.hasFocus()), "")

    def take_focus(self, text: str) -> bool:
        """Give the keyboard to the button of this text; False where there is none or it cannot be pressed."""
        for button in self._buttons:
            if button.text() == text and button.isEnabled():
                button.setFocus()
                return True
        return False

    def place(self, width: int) -> None:
        """Stand at the top right of a window of this width."""
        self.adjustSize()
        self.move(width - self.width() - self.look.px(24), self.look.px(14))
        self.raise_()
