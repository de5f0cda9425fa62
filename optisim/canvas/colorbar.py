"""The colour bar beside the map: which colour stands for which height."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from optisim.canvas.kept import Kept
from optisim.canvas.stage import Stage
from optisim.canvas.terrain import SHADES, format_height, shades

BAR = 14.0  # pixels
TICK = 4.0


class ColorBar(pg.GraphicsWidget):  # type: ignore[misc]
    """A vertical scale of the stage's terrain, as high as the view box it stands beside."""

    def __init__(self, stage: Stage, font: QFont) -> None:
        super().__init__()
        self._stage = stage
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._kept = Kept()
        self.refit()

    def refit(self) -> None:
        """Take the room that the labels need."""
        levels = self._stage.terrain.levels if self._stage.boundingRect().width() > 2 else ()
        widest = max((self._metrics.horizontalAdvance(format_height(v)) for v in levels), default=24.0)
        # rooms grow in steps, so that zooming does not make the map jump to and fro
        width = BAR + TICK + 4 + 10 * np.ceil((widest + 2) / 10)
        if self.isVisible() and width != self.minimumWidth():
            self.setFixedWidth(width)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._stage.vector:
            self._paint_scale(painter)
            return
        key = (self._stage.theme, self._stage.display.colormap, self._stage.terrain.heights.scale)
        # the bar's frame is half a pixel outside
        size = self.size() + QSizeF(1, 1)
        self._kept.show(painter, QPointF(0, 0), size, key, self._paint_scale)

    def _paint_scale(self, painter: QPainter) -> None:
        theme, display = self._stage.theme, self._stage.display
        height = self.size().height()
        scale, levels = self._stage.terrain.heights.scale, self._stage.terrain.levels
        if not scale.high > scale.low:
            return
        table = shades(display.colormap, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        step = height / 128
        for i in range(128):
            painter.setBrush(QColor(*table[round((1 - (i + 0.5) / 128) * (SHADES - 1))].tolist()))
            # strips overlap a little: exact edges show as hairlines in vector viewers
            painter.drawRect(QRectF(0, i * step, BAR, min(step + 0.6, height - i * step)))
        ink = QPen(QColor(theme.muted), 1.0)
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(0, 0, BAR, height))
        painter.setFont(self._font)
        line = self._metrics.height()
        last = np.inf
        for level, shade in zip(levels.tolist(), scale.shade(levels).tolist(), strict=True):
            y = height * (1 - shade)
            if last - y < line or y < line / 2 or y > height - line / 3:
                continue
            last = y
            painter.setPen(ink)
            painter.drawLine(QPointF(BAR, y), QPointF(BAR + TICK, y))
            painter.setPen(QColor(theme.text))
            baseline = y + (self._metrics.ascent() - self._metrics.descent()) / 2
            painter.drawText(QPointF(BAR + TICK + 3, baseline), format_height(level))
