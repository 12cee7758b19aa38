"""How do the tokens of a look become Qt's stylesheet?"""

from string import Template

from gaoxin_vote.gui.kit.look import Look

_SIZES = (11, 12, 13, 14, 16, 18, 20, 24, 30, 34, 40)
_HEIGHTS = (19, 21, 28, 35, 50)


def stylesheet(look: Look) -> str:
    """The stylesheet of `look`; ``$t13`` in the template is 13 px of type at the normal font setting.

    So is ``$h19`` a height of 19 px: a layout short of room squeezes a piece down to it, not into its type.
    """
    colours = look.colours
    words = {name: getattr(colours, name) for name in colours.__slots__}
    sizes = {f"t{size}": f"{look.px(size)}px" for size in _SIZES}
    heights = {f"h{height}": f"{look.px(height)}px" for height in _HEIGHTS}
    return Template(_SHEET).substitute(
        words,
        **sizes,
        **heights,
        frame=f"{look.frame}px",
        chosen="underline" if look.high_contrast else "none",
    )


_SHEET = """
QWidget { color: $ink; font-size: $t13; }
QMainWindow, QDialog, QWidget[role="page"], QWidget[role="ground"] { background: $ground; }
QFrame[role="card"] { background: $card; border: $frame solid $line; border-radius: 10px; }
QFrame[role="steps"] { background: $card; border: none; border-right: $frame solid $line; }
QLabel[role="step-done"] { border-radius: 12px; background: $green_ground; color: $green; font-weight: 700; }
QLabel[role="step-now"] { border-radius: 12px; background: $blue; color: $on_blue; font-weight: 700; }
QLabel[role="step-later"] { border-radius: 12px; border: 1px solid $field_line; color: $muted; }
QFrame[role="digest"] { background: $tint; border: $frame solid $line; border-radius: 10px; }
QFrame[role="strip"] { background: $card; border-top: $frame solid $line; }
QFrame[role="banner"] { background: $amber_ground; border: $frame solid $amber; border-radius: 8px; }
QFrame[role="banner"][tone="stop"] { background: $red_ground; border-color: $red; }
QFrame[role="banner"][tone="done"] { background: $green_ground; border-color: $green; }
QFrame[role="banner"][tone="plain"] { background: $tint; border-color: $line; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; }
QLabel[role="page-title"] { font-size: $t24; font-weight: 700; }
QLabel[role="card-title"] { font-size: $t16; font-weight: 700; }
QLabel[role="figure"] { font-size: $t30; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: $t12; }
QLabel[role="done"] { color: $green; font-weight: 700; }
QLabel[role="attention"] { color: $amber; font-weight: 700; }
QLabel[role="stop"] { color: $red; font-weight: 700; }
QLabel[role="hash"] { font-size: $t24; font-weight: 700; }

QPushButton {
  background: $card; border: $frame solid $field_line; border-radius: 6px; padding: 7px 16px;
  min-height: $h19; }
QPushButton:hover { background: $tint; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $blue; padding: 6px 15px; }
QPushButton:disabled { color: $disabled_ink; background: $disabled_ground; border-color: $line; }
QPushButton[role="primary"] {
  background: $blue; border-color: $blue; color: $on_blue; font-weight: 700;
  text-decoration: $chosen; }
QPushButton[role="primary"]:hover { background: $blue_dark; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; }
QPushButton[role="primary"]:disabled {
  background: $disabled_ground; border-color: $line; color: $disabled_ink; text-decoration: none; }
QLabel[role="tile-title"] { font-size: $t16; font-weight: 700; }
QLabel[role="tile"] { color: $muted; }
QLabel[role="tile-title-on"] { font-size: $t16; font-weight: 700; color: $on_blue; }
QLabel[role="tile-on"] { color: $on_blue; }
QLabel[role="tile-title"]:disabled, QLabel[role="tile"]:disabled, QLabel[role="tile-title-on"]:disabled,
QLabel[role="tile-on"]:disabled { color: $disabled_ink; }
QPushButton[tile="true"] { min-height: $h50; padding: 0; text-align: left; }
QPushButton[tile="true"]:focus { padding: 0; }
QLabel[role="paper"] { background: #FFFFFF; border: 1px solid $line; }
QPushButton[role="danger"] { border-color: $red; color: $red; }
QPushButton[role="danger"]:hover { background: $red_ground; }
QPushButton[role="danger"]:focus { border: 2px solid $red; }
QPushButton[role="danger"]:disabled { border-color: $line; color: $disabled_ink; }
QPushButton[role="quiet"] {
  background: transparent; border-color: transparent; color: $blue; padding: 5px 8px; }
QPushButton[role="quiet"]:hover { background: $tint; }
QPushButton[role="quiet"]:focus { border: 2px solid $blue; padding: 4px 7px; }
QPushButton[role="quiet"]:disabled {
  color: $disabled_ink; background: transparent; border-color: transparent; }

QLineEdit, QPlainTextEdit, QTextEdit {
  background: $card; border: $frame solid $field_line; border-radius: 6px; padding: 6px 10px;
  min-height: $h21; selection-background-color: $blue; selection-color: $on_blue; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $blue; padding: 5px 9px; }
QLineEdit:disabled, QPlainTextEdit:disabled {
  background: $disabled_ground; color: $disabled_ink; border-color: $line; }
QLineEdit:read-only { background: $ground; }
QCalendarWidget QAbstractItemView:disabled { color: $disabled_ink; }
QSpinBox, QComboBox { min-height: $h35; }
QSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; min-height: 0; }
QComboBox QAbstractItemView {
  background: $card; border: 1px solid $field_line; outline: 0; selection-background-color: $tint;
  selection-color: $ink; }
QComboBox QAbstractItemView::item { min-height: $h28; padding: 2px 8px; }

QTableView { background: $card; border: $frame solid $line; border-radius: 8px; gridline-color: transparent;
  selection-background-color: $tint; selection-color: $ink; outline: 0; }
QTableView::item { padding: 4px 7px; border-bottom: 1px solid $ground; }
QTableView::item:selected { background: $tint; color: $ink; }
QTableView::item:focus { border: 2px solid $blue; padding: 2px 5px; }
QHeaderView { background: $head; border: none; border-top-left-radius: 8px; border-top-right-radius: 8px; }
QHeaderView::section {
  background: $head; color: $ink; border: none; border-bottom: $frame solid $line;
  padding: 9px 10px; font-weight: 700; }
QTableView QHeaderView::up-arrow, QTableView QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QTableCornerButton::section { background: $head; border: none; }

QProgressBar {
  background: $disabled_ground; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
  text-align: center; }
QProgressBar::chunk { background: $green; border-radius: 4px; }

QFrame[role="rail"] { background: $rail; }
QFrame[role="rail"] QLabel { color: $rail_ink; }
QFrame[role="rail"] QLabel[role="rail-name"] { font-size: $t18; font-weight: 700; }
QFrame[role="rail"] QLabel[role="rail-brand"] { font-size: $t34; font-weight: 700; }
QFrame[role="rail"] QLabel[role="rail-fact"] { font-size: $t16; font-weight: 700; }
QFrame[role="rail"] QFrame[role="rule"] { background: $rail_chosen; }
QFrame[role="rail"] QLabel[role="rail-small"] { color: $rail_muted; font-size: $t12; }
QFrame[role="rail"] QPushButton[role="quiet"] { color: $rail_muted; text-align: left; padding: 5px; }
QFrame[role="rail"] QPushButton[role="quiet"]:hover { background: $rail_chosen; color: $rail_ink; }
QFrame[role="rail"] QPushButton[role="quiet"]:focus { border-color: $rail_ink; padding: 4px; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[role="ground"] { background: $ground; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: $field_line; border-radius: 4px; min-height: 32px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: $field_line; border-radius: 4px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabBar { background: transparent; }
QTabBar::tab {
  background: transparent; border: none; border-bottom: 3px solid transparent; padding: 8px 14px;
  color: $muted; }
QTabBar::tab:selected { color: $ink; font-weight: 700; border-bottom-color: $blue; text-decoration: $chosen; }
QTabBar::tab:hover { color: $ink; background: $tint; }
QTabBar::tab:focus { color: $blue; }
QTabWidget::pane { border: none; }

QToolTip { background: $ink; color: $card; border: none; padding: 6px 8px; }
QMenu { background: $card; border: 1px solid $field_line; padding: 4px; }
QMenu::item { padding: 6px 18px; border-radius: 4px; }
QMenu::item:selected { background: $tint; color: $ink; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px 2px; }
"""
