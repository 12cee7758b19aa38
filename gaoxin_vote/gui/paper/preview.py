"""How does a sheet look before it is printed?"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gaoxin_vote.gui.kit.parts import label


class PdfPreview(QScrollArea):
    """The pages below each other, as wide as the window allows."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("预览")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pictures: tuple[QPixmap, ...] = ()
        self._labels: tuple[QLabel, ...] = ()
        self._surface = QWidget()
        self._surface.setProperty("role", "ground")
        self._column = QVBoxLayout(self._surface)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(14)
        self._column.addWidget(label("正在生成预览…", "muted"), 0, Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._surface)

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show these PNG pictures."""
        while (old := self._column.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        pictures = []
        for page in pages:
            picture = QPixmap()
            picture.loadFromData(page)
            pictures.append(picture)
        self._pictures = tuple(pictures)
        self._labels = tuple(QLabel() for _ in pages)
        for number, shown in enumerate(self._labels, start=1):
            shown.setAccessibleName(f"第{number}页，共{len(pages)}页")
            shown.setProperty("role", "paper")
            self._column.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: scale the pages to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        ratio = self.devicePixelRatioF()
        for shown, picture in zip(self._labels, self._pictures, strict=True):
            width = min(self.viewport().width() - 40, round(picture.width() / ratio * 1.2))
            scaled = picture.scaledToWidth(
                max(120, round(width * ratio)), Qt.TransformationMode.SmoothTransformation
            )
            scaled.setDevicePixelRatio(ratio)
            shown.setPixmap(scaled)
