"""Pictures that are painted once and shown until what they show changes."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap


def new_pixmap(size: QSizeF, ratio: float) -> QPixmap:
    """A transparent pixmap of `size` device-independent pixels on a screen of `ratio` pixels to each."""
    pixmap = QPixmap(max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


class Kept:
    """A picture and the key it was painted for."""

    def __init__(self) -> None:
        self._key: object = None
        self._pixmap: QPixmap | None = None

    def show(
        self, painter: QPainter, at: QPointF, size: QSizeF, key: object, paint: Callable[[QPainter], None]
    ) -> None:
        """Show the picture at `at`; `paint` it first if `key`, the size or the screen is another one."""
        ratio = painter.device().devicePixelRatioF()
        whole_key = (key, size.width(), size.height(), ratio)
        if self._pixmap is None or self._key != whole_key:
            self._key, self._pixmap = whole_key, new_pixmap(size, ratio)
            inner = QPainter(self._pixmap)
            paint(inner)
            inner.end()
        painter.drawPixmap(at, self._pixmap)


@lru_cache(maxsize=512)
def sprite(paint: Callable[..., None], reach: float, ratio: float, *details: object) -> QPixmap:
    """What `paint(painter, *details)` paints about (0, 0), as a picture that reaches `reach` to each side."""
    side = 2 * math.ceil(reach)
    pixmap = new_pixmap(QSizeF(side, side), ratio)
    painter = QPainter(pixmap)
    painter.translate(side / 2, side / 2)
    paint(painter, *details)
    painter.end()
    return pixmap


def paint_sprite(
    painter: QPainter, x: float, y: float, paint: Callable[..., None], reach: float, *details: object
) -> None:
    """Show that picture about (x, y), which costs a fraction of painting it."""
    picture = sprite(paint, reach, painter.device().devicePixelRatioF(), *details)
    half = picture.deviceIndependentSize().width() / 2
    painter.drawPixmap(QPointF(x - half, y - half), picture)
