"""Pictures as numbers."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from optisim.canvas.map.map_item import MapItem
from optisim.canvas.map.snapshot import Display
from optisim.canvas.text.fonts import canvas_font
from optisim.canvas.theme import LIGHT

WITH_LEGEND = Display().with_parts(legend=True)
"""What a window shows, and the legend that it has in its list of runs."""


def rgb(image):
    """The picture as (height, width, 3) whole numbers from 0 to 255."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 2::-1].astype(int)


def rgb_of_file(path):
    image = QImage(str(path))
    assert not image.isNull(), f"{path.name} cannot be read as a picture"
    return rgb(image)


def rgb_of_color(color):
    return np.array(QColor(color).getRgb()[:3])


def count(picture, color, within=0):
    """How many pixels have this colour, or one that differs from it in no channel by more than `within`."""
    return int((np.abs(picture - rgb_of_color(color)) <= within).all(axis=-1).sum())


def colors(picture):
    """How many different colours there are."""
    return len(np.unique(picture @ np.array([1 << 16, 1 << 8, 1])))


def difference(one, other):
    """By how much each pixel differs in its channel that differs most."""
    assert one.shape == other.shape
    return np.abs(one - other).max(axis=-1)


def map_item_of(snapshot, width=500, height=400, view=None):
    """A map that shows `snapshot` on a rectangle of its own."""
    map_item = MapItem(snapshot, canvas_font())
    map_item.show_display(WITH_LEGEND, LIGHT)
    map_item.set_frame(QRectF(0, 0, width, height), view or snapshot.scenario.surface.domain)
    return map_item


def painted(map_item):
    """What the map paints on the screen."""
    size = map_item.boundingRect().size().toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(map_item.theme.base))
    painter = QPainter(image)
    map_item.paint(painter, None)
    painter.end()
    return rgb(image)
