"""Where does one session stand, and what can be done with it?"""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QProgressBar, QPushButton

from gaoxin_vote.domain.session import Stage
from gaoxin_vote.gui.kit.parts import Banner, Card, Figure, button, label, row, set_role
from gaoxin_vote.gui.kit.roles import LabelRole
from gaoxin_vote.gui.session.state import SessionAct, SessionCardState

_ROLE: dict[Stage, LabelRole] = {
    Stage.SETUP: "muted",
    Stage.OPEN: "done",
    Stage.SUSPENDED: "attention",
    Stage.CLOSED: "attention",
    Stage.SEALED: "strong",
    Stage.TALLIED: "done",
}
_WORD = {
    Stage.CLOSED: "已结束 · 待封箱",
    Stage.SEALED: "已封箱 · 待开箱",
    Stage.TALLIED: "✓ 已计票",
    Stage.OPEN: "● 进行中",
    Stage.SUSPENDED: "‖ 暂停",
}
VOTING = (Stage.SETUP, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED)
"""The stages in which it matters who is present."""
_DANGER = (SessionAct.VOID,)


class SessionCard(Card):
    """Figures, the bar of returned slips, the acts of the stage, and a menu with the rarer ones."""

    wished = Signal(object)
    """An `SessionAct`."""

    def __init__(self, state: SessionCardState) -> None:
        super().__init__(state.title)
        self.figures = tuple(Figure(name) for name, _number in state.figures)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._words = label("", "small", wrap=True)
        self._trouble = Banner("attention")
        self.quorum = label("", "attention")
        """Said from check-in on, while too few are present."""
        self._acts = row()
        self.buttons: dict[SessionAct, QPushButton] = {}
        self._menu = QMenu(self)
        self.add(row(*self.figures), self._bar, self.quorum, self._words, self._trouble, 1, self._acts)
        self.show_state(state)

    def show_state(self, state: SessionCardState) -> None:
        """Show `state`."""
        self.word.setText(_WORD.get(state.stage, state.stage.label))
        set_role(self.word, _ROLE.get(state.stage, "muted"))
        for figure, (_name, number) in zip(self.figures, state.figures, strict=True):
            figure.show_number(number)
        self._bar.setRange(0, max(state.issued, 1))
        self._bar.setValue(state.returned)
        self._bar.setAccessibleName(f"{state.title}：发出{state.issued}张，收回{state.returned}张")
        self._words.setText(state.words)
        self.quorum.setText(f"最低到会人数不足：{state.short}" if state.short else "")
        self.quorum.setVisible(bool(state.short) and state.stage in VOTING)
        trouble = "票数核对不一致" if state.problems else ""
        self._trouble.say("attention", trouble, "\n".join(state.problems))
        wanted = tuple(option.act for option in state.acts)
        if wanted != tuple(self.buttons):
            self._make_buttons(wanted)
        for act, piece in self.buttons.items():
            set_role(piece, "primary" if act is state.primary else "")
        self._fill_menu(state)

    def _make_buttons(self, wanted: tuple[SessionAct, ...]) -> None:
        while (old := self._acts.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        self.buttons = {act: button(act.value, partial(self.wished.emit, act)) for act in wanted}
        self.more = button("更多", lambda: None)
        self.more.setMenu(self._menu)
        self._acts.addWidget(self.more)
        self._acts.addStretch(1)
        for made in self.buttons.values():
            made.setAccessibleName(f"{self.title.text()}：{made.text()}")
            self._acts.addWidget(made)

    def _fill_menu(self, state: SessionCardState) -> None:
        self._menu.clear()
        for option in state.menu:
            if option.act in _DANGER:
                self._menu.addSeparator()
            action = self._menu.addAction(option.act.value)
            action.setEnabled(not option.blocked)
            action.triggered.connect(partial(self._wish, option.act))

    def _wish(self, act: SessionAct, _checked: bool = False) -> None:
        self.wished.emit(act)
