"""Which workspace is opened or made?"""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gaoxin_vote import __version__
from gaoxin_vote.gui.kit import choose_file, theme
from gaoxin_vote.gui.kit.icons import Icon, IconName
from gaoxin_vote.gui.kit.parts import (
    allow,
    button,
    column,
    filled,
    label,
    row,
    rule,
    scrolling,
    set_role,
    set_tip,
)
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.shell.start_cards import KIND, CreateCard, OpenCard


class StartPage(QWidget):
    """At the left what this program is; at the right open, create, or one of the workspaces opened lately."""

    open_wanted = Signal(object, str)
    """Path and passphrase."""
    create_wanted = Signal(object, str, str)
    """Path, passphrase and the office's name."""
    sample_wanted = Signal()
    verify_wanted = Signal()
    manual_wanted = Signal()

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.home = Home()
        self.opening = OpenCard()
        self.creating = CreateCard()
        self._stack = QStackedWidget()
        for form in (self.home, self.opening, self.creating):
            self._stack.addWidget(form)
        self.home.new_tile.clicked.connect(self.ask_new)
        self.home.open_tile.clicked.connect(self._look_for_file)
        self.home.sample_tile.clicked.connect(self.sample_wanted)
        self.home.verify_tile.clicked.connect(self.verify_wanted)
        self.home.manual.clicked.connect(self.manual_wanted)
        self.home.path_chosen.connect(self.ask_passphrase)
        for form in (self.opening, self.creating):
            form.back.clicked.connect(self.show_home)
        self.opening.sent.connect(self.open_wanted)
        self.creating.sent.connect(self.create_wanted)
        middle = row(1, self._stack, 1)
        middle.setStretch(1, 100)
        right = column(1, middle, 1)
        right.setContentsMargins(28, 28, 28, 28)
        self.strip = ProgressStrip(worker)
        self._brand = _brand()
        outer = row(self._brand, column(scrolling(filled(right)), self.strip, spacing=0), spacing=0)
        outer.setStretch(0, 2)
        outer.setStretch(1, 5)
        self.setLayout(outer)
        self.fit()

    def fit(self) -> None:
        """Take the widths of the present font setting, or what room there is."""
        self._stack.setMaximumWidth(theme.current().px(560))
        self._brand.setMaximumWidth(theme.current().px(400))

    def show_home(self) -> None:
        """The ways in."""
        self._stack.setCurrentWidget(self.home)
        (self.home.entries or [self.home.new_tile])[0].setFocus()

    def ask_passphrase(self, path: Path) -> None:
        """Ask for the passphrase of the workspace at `path`."""
        self.opening.ask(path)
        self._stack.setCurrentWidget(self.opening)
        self.opening.passphrase.setFocus()

    def ask_new(self) -> None:
        """Ask for what a new workspace needs."""
        self.creating.ask()
        self._stack.setCurrentWidget(self.creating)
        self.creating.office.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Take no further wish while one is under way."""
        self._stack.setEnabled(not busy)

    def _look_for_file(self) -> None:
        choose_file.to_open(self, "打开工作区", KIND, self.ask_passphrase)


class Tile(QPushButton):
    """One way in: a drawing, its name, what it is for."""

    def __init__(self, drawing: IconName, title: str, words: str) -> None:
        super().__init__()
        self.setProperty("tile", "true")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self._icon = Icon(drawing, size=26)
        self._title, self._words = label(title), label(words)
        for piece in (self._title, self._words):
            piece.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner = row(self._icon, column(self._title, self._words, spacing=2), 1, spacing=16)
        inner.setContentsMargins(18, 8, 18, 8)
        self.setLayout(inner)
        self.set_primary(False)

    def sizeHint(self) -> QSize:
        """Qt: as high as the words, which a button does not ask for by itself."""
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Qt: the same."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def set_primary(self, primary: bool) -> None:
        """Whether this is the way most people want now."""
        set_role(self, "primary" if primary else "")
        self._icon.set_colour("on_blue" if primary else "blue")
        set_role(self._title, "tile-title-on" if primary else "tile-title")
        set_role(self._words, "tile-on" if primary else "tile")


class RecentButton(QPushButton):
    """A workspace opened lately; where there is no room its folder is shortened, the tooltip has it whole."""

    def __init__(self, path: Path) -> None:
        self._whole = f"{path.stem}　　{path.parent}"
        super().__init__()
        self.setProperty("role", "quiet")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setStyleSheet("text-align: left;")
        self.setAccessibleName(f"打开 {path}")
        set_tip(self, str(path))
        self._shorten()

    def minimumSizeHint(self) -> QSize:
        """Qt: as high as a line; any width will do."""
        return QSize(theme.current().px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is another width."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        room = self.width() - theme.current().px(28)
        words = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(words.replace("&", "&&"))


class Home(QWidget):
    """The ways in."""

    path_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.open_tile = Tile("folder", "打开工作区", "选择本单位已有的工作区文件（.gxv）。")
        self.new_tile = Tile("setup", "新建工作区", "第一次使用，或为另一个单位另立一份。")
        self.sample_tile = Tile("report", "打开演示数据", "2017年度完整样例，均为编造数据；可随意操作。")
        self.verify_tile = Tile("search", "核验", "核验考核档案包、已签发的报表或选票档案，不需要口令。")
        self.manual = button("使用手册（F1）", lambda: None, "quiet")
        self.entries: list[QPushButton] = []
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_title = label("最近使用", "strong")
        self.setLayout(
            column(
                label("从哪里开始？", "page-title"),
                label("一个工作区就是一个加密文件，可存放多个年度。", "muted"),
                self.open_tile,
                self.new_tile,
                self.sample_tile,
                self.verify_tile,
                row(self.manual, 1),
                self._recent_title,
                self._recent,
                1,
                spacing=12,
            )
        )

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """List the workspaces opened lately; those that are gone cannot be chosen."""
        while (old := self._recent.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        self._recent_title.setVisible(bool(paths))
        self.open_tile.set_primary(bool(paths))
        self.new_tile.set_primary(not paths)
        self.entries = []
        for path in paths[:4]:
            entry = RecentButton(path)
            entry.clicked.connect(lambda *_, path=path: self.path_chosen.emit(path))
            if not path.exists():
                allow(entry, f"文件不在此处：{path}。U盘是否已插好？")
            self._recent.addWidget(entry)
            self.entries.append(entry)


def _brand() -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "rail")
    facts = (
        ("无记名", "选票逐张加密、封存，任何人都打不开单张选票。"),
        ("多人开箱", "考核办与密钥保管人一起，才能打开汇总票数。"),
        ("可核验", "选票档案在任何一台电脑上都可以核验。"),
        ("离线", "不联网，不上传，资料只在这个文件里。"),
    )
    pieces: list[QVBoxLayout] = [
        column(label(name, "rail-fact"), label(words, "rail-small", wrap=True), spacing=3)
        for name, words in facts
    ]
    inner = column(
        label("高新投票", "rail-brand"),
        label("年度目标任务考核 · 投票、计票、综合评定", "rail-small", wrap=True),
        rule(),
        *pieces,
        1,
        label(f"版本 {__version__}", "rail-small"),
        spacing=12,
    )
    inner.setContentsMargins(32, 36, 32, 20)
    frame.setLayout(inner)
    return frame
