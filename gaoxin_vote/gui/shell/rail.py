"""Which stage are we at, and what is missing where?"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QFrame, QSizePolicy

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.icons import pixmap
from gaoxin_vote.gui.kit.parts import button, column, label, row, set_tip
from gaoxin_vote.gui.shell.presenter import RailState
from gaoxin_vote.stages import StageProgress, StageStatus, YearStage

_LOCKED = "等待前面的步骤"
_ALWAYS = (YearStage.SETUP, YearStage.AUDIT)
"""Stages that have something to show before there is a year."""
WIDTH = 216


class StageButton(QAbstractButton):
    """One row of the rail: number, title, sign, and where the stage stands below."""

    def __init__(self, stage: YearStage) -> None:
        super().__init__()
        self.stage = stage
        self._progress = StageProgress(stage, StageStatus.EMPTY, "")
        self._locked = True
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(f"{stage.number} {stage.title}")

    def show_progress(self, progress: StageProgress, blocked: str = "") -> None:
        """Show where the stage stands; `blocked` says why it cannot be gone to."""
        self._progress, self._locked = progress, bool(blocked)
        sign = _LOCKED if blocked else "需要补充" if self._lacking else progress.status.value
        self.setAccessibleName(
            "，".join(filter(None, (f"{self.stage.number} {self.stage.title}", sign, progress.words)))
        )
        self.setAccessibleDescription("；".join(progress.missing))
        lacking = "\n".join(("尚缺：", *progress.missing)) if progress.missing else progress.words
        set_tip(self, blocked or lacking)  # also where there is no room for the words
        self.setEnabled(not blocked)
        self.updateGeometry()
        self.update()

    @property
    def _lacking(self) -> bool:
        """Whether the stage has been begun and something is missing."""
        return bool(self._progress.missing) and self._progress.status is StageStatus.PARTIAL

    def sizeHint(self) -> QSize:
        """Qt: two lines where the stage has words, else one."""
        return QSize(WIDTH - 28, theme.current().px(54 if self._progress.words else 38))

    def minimumSizeHint(self) -> QSize:
        """Qt: the title at least; on a low screen the words are left to the tooltip."""
        return QSize(WIDTH - 28, theme.current().px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: return chooses as space does; the arrows are the group's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw the row."""
        look, painter = theme.current(), QPainter(self)
        colours = look.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.rail_chosen))
            painter.setOpacity(1.0 if self.isChecked() else 0.5)
            painter.drawRoundedRect(box, 8, 8)
            painter.setOpacity(1.0)
        if self.hasFocus() or (self.isChecked() and look.high_contrast):
            painter.setPen(QColor(colours.rail_ink))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)
        margin = look.px(10)
        title = QFont(self.font())
        title.setPixelSize(look.px(15))
        title.setBold(self.isChecked())
        painter.setFont(title)
        painter.setPen(QColor(colours.rail_ink if self.isEnabled() else colours.rail_muted))
        height = QFontMetrics(title).height()
        small = QFont(self.font())
        small.setPixelSize(look.px(12))
        metrics = QFontMetrics(small)
        both = height + look.px(1) + metrics.height()
        told = bool(self._progress.words) and both <= self.height()
        top = (self.height() - (both if told else height)) // 2
        painter.drawText(
            margin, top, self.width() - 2 * margin, height, 0, f"{self.stage.number}  {self.stage.title}"
        )
        self._paint_sign(painter, margin, top, height)
        if told:
            painter.setFont(small)
            painter.setPen(QColor(colours.rail_muted))
            room = self.width() - 2 * margin
            words = metrics.elidedText(self._progress.words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(margin, top + height + look.px(1), room, metrics.height(), 0, words)
        painter.end()

    def _paint_sign(self, painter: QPainter, margin: int, top: int, height: int) -> None:
        look = theme.current()
        status = self._progress.status
        drawing = (
            "lock"
            if self._locked
            else "attention"
            if self._lacking
            else {StageStatus.DONE: "check", StageStatus.PARTIAL: "current"}.get(status, "")
        )
        size = look.px(15)
        begun = status is not StageStatus.EMPTY and not self._locked
        colour = look.colours.rail_ink if begun else look.colours.rail_muted
        if drawing:
            picture = pixmap(drawing, colour, size, self.devicePixelRatioF())
            painter.drawPixmap(self.width() - margin - size, top + (height - size) // 2, picture)


class Rail(QFrame):
    """The column at the left: where we are in the year, the year itself, lock, font setting, close."""

    stage_chosen = Signal(object)
    """A `YearStage`."""
    year_chosen = Signal(int)
    next_year_wanted = Signal()
    lock_wanted = Signal()
    close_wanted = Signal()
    larger_wanted = Signal()
    smaller_wanted = Signal()
    contrast_wanted = Signal()
    manual_wanted = Signal()
    verify_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName("工作阶段")
        self._office = label("高新投票", "rail-name")
        self._title = label("", "rail-small", wrap=True)
        self.years = QComboBox()
        self.years.setAccessibleName("考核年度")
        self.years.activated.connect(lambda place: self.year_chosen.emit(self.years.itemData(place)))
        set_tip(self.years, "换到另一个年度，各页面随之改变")
        self.next_year = button("新建年度…", self.next_year_wanted.emit, "quiet")
        set_tip(self.next_year, "接续上一个年度的方案、名单和结果（Ctrl+N）")
        self._group = QButtonGroup(self)
        self.stages = {stage: StageButton(stage) for stage in YearStage}
        stages = column(*self.stages.values(), spacing=4)
        for stage, piece in self.stages.items():
            self._group.addButton(piece)
            piece.clicked.connect(lambda _checked=False, stage=stage: self.stage_chosen.emit(stage))
        self.smaller = button("A−", self.smaller_wanted.emit, "quiet")
        self.larger = button("A+", self.larger_wanted.emit, "quiet")
        self.contrast = button("高对比度", self.contrast_wanted.emit, "quiet")
        views = ((self.smaller, "缩小文字"), (self.larger, "放大文字"), (self.contrast, "高对比度显示"))
        for view, name in views:
            view.setAccessibleName(name)
            set_tip(view, name)
        self.lock = button("锁定", self.lock_wanted.emit, "quiet")
        self.close_workspace = button("关闭工作区", self.close_wanted.emit, "quiet")
        self.manual = button("手册", self.manual_wanted.emit, "quiet")
        self.manual.setAccessibleName("使用手册")
        set_tip(self.manual, "使用手册（F1）")
        self.verify = button("核验", self.verify_wanted.emit, "quiet")
        set_tip(self.verify, "核验考核档案包、报表或选票档案（Ctrl+K）")
        self.idle = label("", "rail-small")
        foot = column(
            row(self.smaller, self.larger, self.contrast, self.verify, 1, spacing=0),
            row(self.lock, self.manual, self.close_workspace, 1, spacing=2),
            self.idle,
            spacing=4,
        )
        year = row(self.years, self.next_year, spacing=4)
        year.setStretch(0, 1)
        inner = column(self._office, self._title, year, spacing=4)
        inner.addSpacing(6)
        inner.addLayout(stages)
        inner.addStretch(1)
        inner.addLayout(foot)
        inner.setContentsMargins(14, 14, 14, 10)
        self.setLayout(inner)
        self.fit()

    def fit(self) -> None:
        """Take the width of the present font setting."""
        self.setFixedWidth(theme.current().px(WIDTH))

    def show_state(self, state: RailState) -> None:
        """Show where every stage stands."""
        self._title.setText(state.title)
        set_tip(self._office, state.office)
        known = {progress.stage: progress for progress in state.stages}
        for stage, piece in self.stages.items():
            blocked = "" if state.year is not None or stage in _ALWAYS else "请先选择考核方案"
            piece.show_progress(known.get(stage, StageProgress(stage, StageStatus.EMPTY, "")), blocked)
        self._show_years(state)

    def _show_years(self, state: RailState) -> None:
        texts = [f"{year}年度{' ✓' if year in state.final else ''}" for year in state.years]
        if texts != [self.years.itemText(place) for place in range(self.years.count())]:
            # Only then: the list may hang open while it is asked again where the stages stand.
            self.years.clear()
            for year, text in zip(state.years, texts, strict=True):
                told = "已定稿，只能查看" if year in state.final else "未定稿"
                self.years.addItem(text, year)
                self.years.setItemData(self.years.count() - 1, told, Qt.ItemDataRole.ToolTipRole)
        self.years.setCurrentIndex(self.years.findData(state.year))
        self.years.setVisible(bool(state.years))
        self.next_year.setVisible(bool(state.years))

    def choose(self, stage: YearStage) -> None:
        """Mark `stage` as the one that is shown."""
        self.stages[stage].setChecked(True)
