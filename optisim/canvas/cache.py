"""Pictures that are painted once and shown until what they show changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from optisim.core.base.problems import N_, Problem


@contextmanager
def saved(painter: QPainter) -> Iterator[None]:
    """Give a painter back as it was, whatever happens: those who paint next would have to bear it."""
    painter.save()
    try:
        yield
    finally:
        painter.restore()


@contextmanager
def painting(picture: QImage) -> Iterator[QPainter]:
    """A painter on a picture, which is let go of whatever happens: Qt crashes if a picture goes before that."""
    painter = QPainter(picture)
    try:
        yield painter
    finally:
        painter.end()


def new_picture(size: QSizeF, ratio: float, ground: QColor | None = None) -> QImage:
    """A picture of `size` device-independent pixels on a screen of `ratio` pixels to each.

    Without a ground it is transparent. Images, not pixmaps, since those belong to the window's thread, and
    films are painted in another one.

    Raises:
        Problem: if there is not enough memory for it.
    """
    form = QImage.Format.Format_ARGB32_Premultiplied if ground is None else QImage.Format.Format_RGB32
    picture = QImage(max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1), form)
    if picture.isNull():
        raise Problem(N_("There is not enough memory for this image; choose a smaller one."))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent if ground is None else ground)
    return picture


class CachedPicture:
    """A picture and the key it was painted for."""

    def __init__(self) -> None:
        self._key: object = None
        self._picture: QImage | None = None

    def show(
        self, painter: QPainter, at: QPointF, size: QSizeF, key: object, paint: Callable[[QPainter], None]
    ) -> None:
        """Show the picture at `at`; `paint` it first if `key`, the size or the screen is another one."""
        ratio = painter.device().devicePixelRatioF()
        whole_key = (key, size.width(), size.height(), ratio)
        if self._picture is None or self._key != whole_key:
            picture = new_picture(size, ratio)
            with painting(picture) as inner:
                paint(inner)
            self._key, self._picture = whole_key, picture
        painter.drawImage(at, self._picture)


@lru_cache(maxsize=512)
def sprite(paint: Callable[..., None], reach: float, ratio: float, *details: object) -> QImage:
    """What `paint(painter, *details)` paints about (0, 0), as a picture that reaches `reach` to each side."""
    side = 2 * math.ceil(reach)
    image = new_picture(QSizeF(side, side), ratio)
    with painting(image) as painter:
        painter.translate(side / 2, side / 2)
        paint(painter, *details)
    return image


def paint_sprite(
    painter: QPainter, x: float, y: float, paint: Callable[..., None], reach: float, *details: object
) -> None:
    """Show that picture about (x, y), which costs a fraction of painting it."""
    picture = sprite(paint, reach, painter.device().devicePixelRatioF(), *details)
    half = picture.deviceIndependentSize().width() / 2
    painter.drawImage(QPointF(x - half, y - half), picture)
