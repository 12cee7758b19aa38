"""How is a look put on every window: fonts, palette, stylesheet?

`start(app)` once, then `apply(app, look)` whenever the font setting or contrast changes. Widgets ask for
their look by a property, never by a stylesheet of their own::

    button.setProperty("role", "primary")      # primary, danger, quiet
    label.setProperty("role", "page-title")    # page-title, card-title, figure, strong, muted, small, …
    frame.setProperty("role", "card")          # card, rail, strip, banner (tone: attention, stop, done)

A widget that paints itself takes `current().colours` and `current().px(34)`; one whose property changes
while it is shown calls `restyle(widget)`.
"""

from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.stylesheet import stylesheet
from gaoxin_vote.resources import resource

_look = Look()


def current() -> Look:
    """The look applied last."""
    return _look


@cache
def family() -> str:
    """The family of the bundled interface font, loaded at the first call (needs an application)."""
    return _loaded("NotoSansSC*.ttf", "Noto Sans SC")


@cache
def families() -> tuple[str, ...]:
    """The interface font and, for rare Chinese characters that it lacks, the supplement."""
    return family(), _loaded("KaiSupplement.ttf", "Kai Supplement")


def _loaded(pattern: str, name: str) -> str:
    """The family of the bundled fonts of this pattern; `name` where they cannot be loaded."""
    found: list[str] = []
    for path in sorted(resource("fonts").glob(pattern)):
        number = QFontDatabase.addApplicationFont(str(path))
        found += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return found[0] if found else name


def start(app: QApplication, look: Look | None = None) -> None:
    """Load the fonts and dress `app`."""
    app.setStyle("Fusion")
    apply(app, look or Look())


def apply(app: QApplication, look: Look) -> None:
    """Dress `app` in `look`; open windows follow at once."""
    global _look
    _look = look
    font = QFont(families())
    font.setPixelSize(look.px(13))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(palette(look))
    app.setStyleSheet(stylesheet(look))


def restyle(widget: QWidget) -> None:
    """Dress `widget` again after one of its properties has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def palette(look: Look) -> QPalette:
    """What Fusion itself draws (check boxes, scroll bars, carets) in the colours of `look`."""
    c, role = look.colours, QPalette.ColorRole
    made = QPalette()
    for which, colour in (
        (role.Window, c.ground),
        (role.WindowText, c.ink),
        (role.Base, c.card),
        (role.AlternateBase, c.ground),
        (role.Text, c.ink),
        (role.Button, c.card),
        (role.ButtonText, c.ink),
        (role.Highlight, c.blue),
        (role.HighlightedText, c.on_blue),
        (role.Accent, c.blue),
        (role.Link, c.blue),
        (role.ToolTipBase, c.ink),
        (role.ToolTipText, c.card),
        (role.PlaceholderText, c.muted),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.disabled_ink))
    return made
