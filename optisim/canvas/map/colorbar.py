"""The colour bar beside the map: which colour stands for which height."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from optisim.canvas.cache import CachedPicture
from optisim.canvas.map.terrain import SHADES, Terrain, format_height, shades
from optisim.canvas.theme import Theme

if TYPE_CHECKING:
    from optisim.canvas.map.map_item import MapItem

BAR = 14.0  # pixels
TICK = 4.0


class ColorBar(pg.GraphicsWidget):  # type: ignore[misc]
    """A vertical scale of the map's terrain, as high as the view box it stands beside."""

    def __init__(self, map_item: MapItem, font: QFont) -> None:
        super().__init__()
        self._map_item = map_item
        self._font = font
        self._cache = CachedPicture()
        self.refit()

    def refit(self) -> None:
        """Take the room that the labels need."""
        terrain = self._map_item.terrain if self._map_item.boundingRect().width() > 2 else None
        width = bar_width(terrain, self._font)
        if self.isVisible() and width != self.minimumWidth():
            self.setFixedWidth(width)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        key = (
            self._map_item.theme,
            self._map_item.display.colormap,
            self._map_item.terrain.heights.scale,
            self._font.pixelSize(),
        )
        # the bar's frame is half a pixel outside
        size = self.size() + QSizeF(1, 1)
        self._cache.show(painter, QPointF(0, 0), size, key, self._paint_bar)

    def _paint_bar(self, painter: QPainter) -> None:
        map_item = self._map_item
        paint_bar(
            painter, self.size().height(), map_item.terrain, map_item.display.colormap, self._font, map_item.theme
        )


def bar_width(terrain: Terrain | None, font: QFont) -> float:
    """The room that a terrain's colour bar takes with its numbers."""
    metrics = QFontMetricsF(font)
    levels = terrain.levels if terrain is not None else ()
    widest = max((metrics.horizontalAdvance(format_height(v)) for v in levels), default=24.0)
    # rooms grow in steps, so that zooming does not make the map jump to and fro
    return float(BAR + TICK + 4 + 10 * np.ceil((widest + 2) / 10))


def paint_bar(painter: QPainter, height: float, terrain: Terrain, colormap: str, font: QFont, theme: Theme) -> None:
    """The colour bar of a terrain from (0, 0)."""
    scale, levels = terrain.heights.scale, terrain.levels
    if not scale.high > scale.low:
        return
    metrics = QFontMetricsF(font)
    table = shades(colormap, theme)
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
    painter.setFont(font)
    line = metrics.height()
    last = np.inf
    for level, shade in zip(levels.tolist(), scale.shade(levels).tolist(), strict=True):
        y = height * (1 - shade)
        if last - y < line or y < line / 2 or y > height - line / 3:
            continue
        last = y
        painter.setPen(ink)
        painter.drawLine(QPointF(BAR, y), QPointF(BAR + TICK, y))
        painter.setPen(QColor(theme.text))
        baseline = y + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(BAR + TICK + 3, baseline), format_height(level))
