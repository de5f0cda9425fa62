"""A figure as it will be, in as much room as there is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from optisim.export.figures.formats import image_of
from optisim.export.figures.painter import FigurePainter

EDGE = 12  # pixels around the figure
SQUARE = 8  # pixels of the checks behind what is transparent


class Preview(QWidget):
    """Shows what a FigurePainter paints, or a sentence that says why there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painter: FigurePainter | None = None
        self.sentence = ""
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 240)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)

    def show_painter(self, painter: FigurePainter | None, sentence: str = "") -> None:
        """Show this figure, or this sentence."""
        self.painter, self.sentence = painter, sentence
        self._later.start()

    def refresh(self) -> None:
        """Paint the figure anew."""
        self._image = None
        if self.painter is not None:
            ratio = self.devicePixelRatioF()
            place = self._place()
            self._image = image_of(self.painter, QSize(*(round(side * ratio) for side in place.size().toTuple())))
            self._image.setDevicePixelRatio(ratio)
        self.update()

    def _place(self) -> QRectF:
        """Where the figure is: in the middle, as large as it fits."""
        assert self.painter is not None
        room = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        size = self.painter.figure.size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = max(round(size.width()), 1), max(round(size.height()), 1)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        return QRectF(left, top, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Mid))
        if self._image is None or self.painter is None:
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self.sentence)
            return
        place = self._place()
        if self.painter.figure.transparent:
            _paint_checks(painter, place)
        painter.drawImage(place.topLeft(), self._image)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Shadow), 1.0))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()


def _paint_checks(painter: QPainter, place: QRectF) -> None:
    painter.save()
    painter.setClipRect(place)
    painter.fillRect(place, QColor("#ffffff"))
    for row in range(int(place.height() / SQUARE) + 1):
        for column in range(row % 2, int(place.width() / SQUARE) + 1, 2):
            corner = place.topLeft() + QPointF(column * SQUARE, row * SQUARE)
            painter.fillRect(QRectF(corner.x(), corner.y(), SQUARE, SQUARE), QColor("#d9dce1"))
    painter.restore()
