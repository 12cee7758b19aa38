"""What does the delegates' screen show, and what keeps it there?"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import GaoxinVoteError
from gaoxin_vote.gui.booth.flow import ADMITTED, WORKING, BoothStep
from gaoxin_vote.gui.booth.key_watch import KeyWatch
from gaoxin_vote.gui.booth.keyboard import KeyboardClaim, grab_keyboard
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.page_maker import AnyPage, MakeStrip, PageMaker, page_key
from gaoxin_vote.gui.booth.placing import BoothPlace
from gaoxin_vote.gui.booth.presenter import BoothPresenter
from gaoxin_vote.gui.booth.state import BoothState, Cover, Sight, is_code
from gaoxin_vote.gui.booth.stay_awake import StayAwake
from gaoxin_vote.gui.booth.switches import Switches
from gaoxin_vote.gui.booth.visit import Work
from gaoxin_vote.gui.kit import bugs
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.progress import Cancelled

_TICK_MS = 200
_AWAKE_TICKS = 30_000 // _TICK_MS
_RAISE_TICKS = 1_000 // _TICK_MS
_CODE_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1, Qt.Key.Key_Home: -16, Qt.Key.Key_End: +16}
_LOOK_KEYS: dict[Qt.Key, Callable[[Look], Look]] = {
    Qt.Key.Key_Plus: Look.larger,
    Qt.Key.Key_Equal: Look.larger,
    Qt.Key.Key_Minus: Look.smaller,
    Qt.Key.Key_H: lambda look: look.with_contrast(not look.high_contrast),
}


class BoothWindow(QWidget):
    """The booth. Shows the presenter's state, brings the voter's acts to it and its work to the worker.

    There is one page at a time, made for its step and destroyed afterwards, so that no widget can keep
    anything of the voter before.
    """

    left = Signal()
    """The officer has left the booth; the window has closed."""
    sight_changed = Signal(object)
    """The `Sight` from now on: whether the delegates' screen still shows the booth to the voter alone."""

    def __init__(
        self,
        presenter: BoothPresenter,
        worker: Worker,
        look: Look | None = None,
        make_strip: MakeStrip | None = None,
    ) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle("高新投票 · 投票间")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._presenter = presenter
        self._worker = worker
        self._first_look = self._look = look or Look()
        self._maker = PageMaker(presenter, self.act, make_strip)
        self._strip = make_strip is not None
        self._place = BoothPlace(self)
        self._place.changed.connect(self._see)
        self._place.counted.connect(self._offer_strip)
        self._page: AnyPage | None = None
        self._switches: Switches | None = None
        self._state: BoothState | None = None
        self._shown: tuple[object, ...] = ()
        self._leaving = False
        self._awake = StayAwake()
        self._keyboard = KeyboardClaim()
        self.keys = KeyWatch(self, is_code, self._ballot_page)
        self.keys.scanned.connect(self._scanned)
        self.keys.touched.connect(self._touched)
        # The system's own dialogs would get a scan.
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def state(self) -> BoothState:
        """What is shown."""
        return self._state or self._presenter.state

    @property
    def page(self) -> AnyPage | None:
        """The page that is shown."""
        return self._page

    @property
    def occupied(self) -> bool:
        """Whether a voter is at it: from the code that is being checked until the ballot is in the box."""
        return self.state.step in ADMITTED | WORKING

    def tell(self, stage: Stage) -> None:
        """The session is at `stage` now."""
        self.act(self._presenter.told, stage)

    def open_on(self, screen: QScreen) -> None:
        """Cover `screen` and begin; or, when it is open already, go on there."""
        self._place.begin(screen)
        self._offer_strip()
        self._awake.start()
        self._timer.start()

    def leave_from_desk(self) -> None:
        """Ask for the passphrase to leave, on the officer's screen where the delegates' is gone."""
        self._keyboard.claim()
        self.act(self._presenter.ask_exit)
        self.raise_()
        self.activateWindow()

    def come_forward(self) -> None:
        """Be in front of everything else, unless the screen for it is gone."""
        if self.isVisible():
            self.raise_()
            self.activateWindow()

    def shut(self) -> None:
        """Close the booth without asking: for the program itself, never for an act on the booth's screen."""
        if self._leaving:
            return
        self._leaving = True
        self._timer.stop()
        self._awake.stop()
        self._place.stop()
        self.keys.stop()
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
        grab_keyboard(self.windowHandle(), False)
        self.close()

    # -- showing ------------------------------------------------------------------------------------------

    def act(self, act: Callable[..., BoothState], *arguments: object) -> None:
        """Do one of the presenter's acts and show what comes of it."""
        self.show_state(act(*arguments))

    def show_state(self, state: BoothState) -> None:
        """Show `state`, on a new page when the step is another, and hand its work to the worker."""
        if self._leaving:
            return
        if state.left:
            self.shut()
            self.left.emit()
            return
        if self._state is not None and state.visit != self._state.visit:
            # The next voter must not even find the size of type of the one before, or where that one was.
            self._look = self._first_look
            self._maker.forget()
        look = BoothLook.on(self.size(), self._look)
        shown = (*page_key(state), look)
        before, self._state = self._state, state
        if shown != self._shown:
            self._shown = shown
            self._turn(state, look)
        elif self._page is not None and state != before:
            self._page.show_state(state)
        if state.sight is Sight.LOST and state.cover is not Cover.PROMPT:
            self._place.leave()
        else:
            self._place.take()
        if (work := self._presenter.take_work()) is not None:
            self._submit(work)

    # -- the screen ---------------------------------------------------------------------------------------

    def _see(self, sight: Sight) -> None:
        self.act(self._presenter.see, sight)
        grab_keyboard(self.windowHandle(), self._wants_all_keys)
        self.sight_changed.emit(sight)

    @property
    def _wants_all_keys(self) -> bool:
        """Whether even the keys of the window manager are the booth's; not those that mend a screen."""
        return self.isActiveWindow() and not self._leaving and self.state.cover is not Cover.SCREEN

    def _offer_strip(self) -> None:
        self.act(self._presenter.offer_strip, self._strip and self._place.only_screen)

    def _turn(self, state: BoothState, look: BoothLook) -> None:
        old_page, old_switches = self._page, self._switches
        page = self._page = self._maker.make(look, state)
        page.setParent(self)
        page.setGeometry(self.rect())
        page.installEventFilter(self)
        page.show()
        self.keys.turn_page()
        if old_switches is None or old_switches.look != look:
            self._switches = Switches(look)
            self._switches.wished.connect(self._dress)
            self._switches.setParent(self)
            self._switches.place(self.width())
            self._switches.show()
        else:
            old_switches.raise_()
        # Whoever presses a switch with the keyboard may want to press it again.
        pressed = old_switches.focused if old_switches is not self._switches and old_switches else ""
        if self._switches is None or not self._switches.take_focus(pressed):
            page.take_focus()
        # Only now: hiding what has the keyboard would send it astray.
        if old_page is not None:
            _destroy(old_page)
        if old_switches is not None and old_switches is not self._switches:
            _destroy(old_switches)

    def _dress(self, look: Look) -> None:
        self._look = look
        self.act(self._presenter.touch)

    def _submit(self, work: Work) -> None:
        def failed(error: BaseException) -> None:
            self.show_state(work.failed(error))
            if not isinstance(error, GaoxinVoteError | Cancelled):
                bugs.record(error)

        self._worker.submit(
            lambda _progress: work.call(),
            lambda outcome: self.show_state(work.done(outcome)),
            failed,
            owner=self,
        )

    def _ballot_page(self) -> QObject | None:
        """The page, unless it is one into which text is typed."""
        step, cover = self.state.step, self.state.cover
        code = cover is Cover.NONE and step in (BoothStep.IDLE, BoothStep.CODE, BoothStep.ADMITTING)
        return None if code or cover in (Cover.PROMPT, Cover.STRIP) else self._page

    def _scanned(self, code: str) -> None:
        self._keyboard.claim()
        self._come_forward()
        self.act(self._presenter.scan, code)

    def _touched(self, booth: bool) -> None:
        if booth:
            self._keyboard.claim()
            self._come_forward()
            if self.state.cover is Cover.STRIP:
                self.act(self._presenter.touch)
        else:
            self._keyboard.leave()
            grab_keyboard(self.windowHandle(), False)

    def _come_forward(self) -> None:
        if not self.isActiveWindow():
            self.come_forward()

    def _tick(self) -> None:
        self.keys.watch_windows()
        self._ticks += 1
        self.act(self._presenter.tick)
        self._place.look()
        if self._ticks % _RAISE_TICKS == 0 and not self._leaving:
            self._stay_on_top()
        if self._ticks % _AWAKE_TICKS == 0:
            self._awake.renew()

    def _stay_on_top(self) -> None:
        if self.state.cover is Cover.SCREEN:
            return  # the officer may be at the settings of the system
        self._place.come_back()
        self.raise_()
        if self._keyboard.due(self.isActiveWindow(), len(QGuiApplication.screens()) == 1):
            self.activateWindow()

    # -- what Qt tells ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys nobody on the page wanted; none of them goes on to the window system."""
        key, state = event.key(), self.state
        event.accept()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Q and control and shift:
            self.act(self._presenter.ask_exit)
        elif key == Qt.Key.Key_D and control and shift:
            self.act(self._presenter.ask_strip)
        elif control and key in _LOOK_KEYS:
            self._dress(_LOOK_KEYS[Qt.Key(key)](self._look))
        elif state.cover is Cover.NONE and state.step in (BoothStep.IDLE, BoothStep.CODE):
            self._code_key(event)
        else:
            self.act(self._presenter.touch)

    def _code_key(self, event: QKeyEvent) -> None:
        # Digits of any origin: number row, number pad, scanner, an input method's full-width ones.
        text = event.text()
        if len(text) == 1 and text.isdecimal():
            self.act(self._presenter.digit, str(int(text)))
        elif event.key() == Qt.Key.Key_Backspace:
            self.act(self._presenter.erase)
        elif event.key() == Qt.Key.Key_Delete:
            self.act(self._presenter.clear)
        elif event.key() in _CODE_STEPS:
            self.act(self._presenter.go_to_digit, self.state.place + _CODE_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.act(self._presenter.enter_code)
        else:
            self.act(self._presenter.touch)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a touch beside everything; it shows that somebody is there."""
        event.accept()
        self.act(self._presenter.touch)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Qt: the Tab key; it shows that somebody is there."""
        self.act(self._presenter.touch)
        return super().focusNextPrevChild(following)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: Alt-F4 and whatever else asks to close; refused unless the officer has left."""
        event.setAccepted(self._leaving)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: while the booth is active it takes even the keys of the window manager."""
        if event.type() == QEvent.Type.ActivationChange:
            grab_keyboard(self.windowHandle(), self._wants_all_keys)
        elif event.type() == QEvent.Type.WindowStateChange and self.isMinimized() and not self._leaving:
            self.showFullScreen()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the look depends on the size of the screen."""
        super().resizeEvent(event)
        if self._page is not None:
            self._page.setGeometry(self.rect())
        if self._switches is not None:
            self._switches.place(self.width())
        self.act(self._presenter.tick)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a page is painted; the first time it has come to be seen."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            if watched is self._page and not self._leaving:
                self._presenter.seen()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the ground on which the pages stand."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._look.colours.ground))
        painter.end()


def _destroy(widget: QWidget) -> None:
    # Not by taking its parent away: Python would destroy it at once, in the midst of its button's click.
    widget.hide()
    widget.deleteLater()
