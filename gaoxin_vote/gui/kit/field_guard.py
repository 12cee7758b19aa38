"""Which numbers does no text field take? A live code of a slip must not be kept, shown or logged anywhere."""

import re
import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolTip, QWidget

from gaoxin_vote.gui.kit.application import application

TAKES_CODES = "takes-codes"
"""The property of the few fields that a code is meant for."""
_GUARDED = "guarded"
_APART = r"[^\S\n\r]{0,3}[-－‐‑‒–—]?[^\S\n\r]{0,3}"
"""Blanks of any kind and a dash; not what stands between years or dates: a comma, a stop, a new line."""
_CODE = re.compile(rf"(?=(\d{{16}}|\d{{4}}(?:{_APART}\d{{4}}){{3}}))")
_TOLD = "这是一张票码条的票码，不能填在这里。"


class FieldGuard(QObject):
    """Takes a slip's code out of any field into which somebody types, pastes or scans it."""

    def __init__(self, parent: QObject, is_code: Callable[[str], bool]) -> None:
        super().__init__(parent)
        self._is_code = is_code
        app = application()
        app.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        # All of the window, not the one with the keyboard alone: what is dropped into a field gives it none.
        window = now.window()
        fields = (window, *window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit))
        for field in fields:
            if isinstance(field, QLineEdit | QPlainTextEdit):
                self._guard(field)

    def _guard(self, field: QLineEdit | QPlainTextEdit) -> None:
        if field.property(_GUARDED) or field.property(TAKES_CODES):
            return
        if isinstance(field, QLineEdit):
            field.setProperty(_GUARDED, True)
            field.textEdited.connect(lambda _text: self._look(field))
        elif not field.isReadOnly():
            field.setProperty(_GUARDED, True)
            field.textChanged.connect(lambda: self._look(field))

    def _look(self, field: QLineEdit | QPlainTextEdit) -> None:
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        kept = without_codes(text, self._is_code)
        if kept != text:
            # Setting the text forgets the history, too: what is undone must not bring the code back.
            field.setText(kept) if isinstance(field, QLineEdit) else field.setPlainText(kept)
            QToolTip.showText(field.mapToGlobal(QPoint(0, field.height())), _TOLD, field)


def without_codes(text: str, is_code: Callable[[str], bool]) -> str:
    """`text` without the codes in it, written as one number or in groups of four, in digits of any width."""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    for found in _CODE.finditer(plain):
        if is_code("".join(sign for sign in found[1] if sign.isdigit())):
            start, end = found.span(1)
            return without_codes(text[:start] + text[end:], is_code)
    return text
