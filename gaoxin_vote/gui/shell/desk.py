"""What surrounds the page that is shown: rail, progress, and the watermark of the sample."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import column, row
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.shell.presenter import RailState
from gaoxin_vote.gui.shell.rail import Rail
from gaoxin_vote.stages import YearStage


class Desk(QWidget):
    """Rail, pages and progress."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.rail = Rail()
        self.strip = ProgressStrip(worker)
        self._pages: dict[YearStage, Page] = {}
        self._stack = QStackedWidget()
        self.watermark = Watermark(self._stack)
        layout = row(self.rail, column(self._stack, self.strip, spacing=0), spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def shown(self) -> YearStage | None:
        """The stage that is shown, if any is."""
        now = self._stack.currentWidget()
        return next((stage for stage, page in self._pages.items() if page is now), None)

    @property
    def shown_page(self) -> Page | None:
        """The page that is shown, if any is."""
        return self._pages[stage] if (stage := self.shown) else None

    @property
    def acting(self) -> bool:
        """Whether an act of any page is under way."""
        return any(page.acting for page in self._pages.values())

    def begin(self, state: RailState) -> None:
        """Start over for a workspace and year: no page is kept."""
        self.end()
        self.rail.show_state(state)
        self.watermark.setVisible(state.sample)

    def end(self) -> None:
        """Let go of every page."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}

    def page(self, stage: YearStage) -> Page | None:
        """The page of `stage`, if there is one already."""
        return self._pages.get(stage)

    def show_page(self, stage: YearStage, page: Page) -> None:
        """Show `page` as the page of `stage`."""
        if stage not in self._pages:
            self._pages[stage] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.rail.choose(stage)
        self.watermark.raise_()


class Watermark(QWidget):
    """演示 across the pages of the made-up sample; lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAccessibleName("演示数据")
        parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay as large as the pages."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(QRect(0, 0, watched.width(), watched.height()))
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the word, slanted, so faint that all else can be read."""
        painter = QPainter(self)
        font = QFont(self.font())
        font.setPixelSize(theme.current().px(64))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(154, 91, 0, 20))
        for top in range(160, self.height() + 200, 260):
            for left in range(80, self.width() + 200, 420):
                painter.save()
                painter.translate(left, top)
                painter.rotate(-24)
                painter.drawText(0, 0, "演示")
                painter.restore()
        painter.end()
