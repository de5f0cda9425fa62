"""The axes of a map in a figure: ticks with their numbers, and the names x and y."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from optisim.canvas.scales import number_text, round_numbers
from optisim.canvas.theme import Theme
from optisim.core.surfaces import Domain

SPACING = 46.0  # pixels between numbers, if there is room for more than two
APART = 8.0  # pixels between numbers of one axis, at the least
TICK = 4.0
GAP = 3.0  # between tick and number, number and name

Ticks = list[tuple[float, str]]  # share of the way from the low end, and text


def ticks(low: float, high: float, length: float, room: float) -> Ticks:
    """Round values on an axis of `length` pixels, each of which needs `room` pixels to itself."""
    wanted = max(int(length / SPACING), 2)
    # two at least, if they fit: more than wanted may be what gives a second one
    for most in (*range(wanted, wanted + 5), *range(wanted - 1, 0, -1)):
        values = round_numbers(low, high, most)
        if 2 <= len(values) <= length / room + 1:
            break
    return [((value - low) / (high - low), number_text(value)) for value in values]


def _across(view: Domain, width: float, metrics: QFontMetricsF) -> Ticks:
    return ticks(view.left, view.right, width, _widest(view.left, view.right, metrics) + APART)


def _up(view: Domain, height: float, metrics: QFontMetricsF) -> Ticks:
    return ticks(view.bottom, view.top, height, metrics.height())


def _widest(low: float, high: float, metrics: QFontMetricsF) -> float:
    """The width of the widest number of an axis, however many it has."""
    texts = (number_text(value) for most in (2, 5, 10) for value in round_numbers(low, high, most))
    return max(map(metrics.horizontalAdvance, texts), default=0.0)


def left_room(view: Domain, font: QFont) -> float:
    """The room for ticks, numbers and name at the left of a map."""
    metrics = QFontMetricsF(font)
    return TICK + GAP + _widest(view.bottom, view.top, metrics) + GAP + metrics.height()


def bottom_room(font: QFont) -> float:
    """The room for ticks, numbers and name below a map."""
    return TICK + GAP + 2 * QFontMetricsF(font).height()


def right_room(view: Domain, font: QFont) -> float:
    """The room for the half of its last number that a map may have beyond its right end."""
    return _widest(view.left, view.right, QFontMetricsF(font)) / 2


def between_room(view: Domain, font: QFont) -> float:
    """The room between two maps side by side, so that the last number of one and the other's first do not touch."""
    return _widest(view.left, view.right, QFontMetricsF(font)) + APART


def paint_axes(
    painter: QPainter, area: QRectF, view: Domain, font: QFont, theme: Theme, left: bool = True, bottom: bool = True
) -> None:
    """The frame of a map in `area`, with ticks; numbers and names at the left and below only if asked for."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setFont(font)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    metrics = QFontMetricsF(font)
    line, ink = QPen(QColor(theme.muted), 1.0), QColor(theme.text)
    painter.setPen(line)
    painter.drawRect(area)
    for share, text in _across(view, area.width(), metrics):
        x = area.left() + share * area.width()
        painter.setPen(line)
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + TICK))
        if bottom:
            painter.setPen(ink)
            width = metrics.horizontalAdvance(text)
            painter.drawText(QPointF(x - width / 2, area.bottom() + TICK + GAP + metrics.ascent()), text)
    widest = 0.0
    for share, text in _up(view, area.height(), metrics):
        y = area.bottom() - share * area.height()
        painter.setPen(line)
        painter.drawLine(QPointF(area.left() - TICK, y), QPointF(area.left(), y))
        if left:
            painter.setPen(ink)
            width = metrics.horizontalAdvance(text)
            widest = max(widest, width)
            painter.drawText(QPointF(area.left() - TICK - GAP - width, y + metrics.capHeight() / 2), text)
    painter.setPen(ink)
    if bottom:
        x = area.center().x() - metrics.horizontalAdvance("x") / 2
        painter.drawText(QPointF(x, area.bottom() + TICK + GAP + metrics.height() + metrics.ascent()), "x")
    if left:
        x = area.left() - TICK - 2 * GAP - widest - metrics.horizontalAdvance("y")
        painter.drawText(QPointF(x, area.center().y() + metrics.xHeight() / 2), "y")
    painter.restore()
