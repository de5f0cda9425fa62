"""The axes of a map in a figure: ticks with their numbers, and the names x and y."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from optisim.canvas.scales import number_text, round_numbers
from optisim.canvas.theme import Theme
from optisim.core.surfaces import Domain

SPACING = 46.0  # pixels between numbers, at the least
TICK = 4.0
GAP = 3.0  # between tick and number, number and name


def ticks(low: float, high: float, length: float, room: float = SPACING) -> list[tuple[float, str]]:
    """Round values, at least `room` pixels apart on an axis of `length` pixels: share of the way, text."""
    values = round_numbers(low, high, max(int(length / room), 1))
    return [((value - low) / (high - low), number_text(value)) for value in values]


def left_room(view: Domain, height: float, font: QFont) -> float:
    """The room for ticks, numbers and name at the left of a map of that height."""
    metrics = QFontMetricsF(font)
    widest = max((metrics.horizontalAdvance(text) for _, text in ticks(view.bottom, view.top, height)), default=0.0)
    return TICK + GAP + widest + GAP + metrics.height()


def bottom_room(font: QFont) -> float:
    """The room for ticks, numbers and name below a map."""
    return TICK + GAP + 2 * QFontMetricsF(font).height()


def paint_axes(
    painter: QPainter, area: QRectF, view: Domain, font: QFont, theme: Theme, left: bool = True, bottom: bool = True
) -> None:
    """The frame of a map in `area`, with ticks; numbers and names at the left and below only if asked for.

    Without numbers at the left there is another map, whose last number takes the room of this one's first.
    """
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
        width = metrics.horizontalAdvance(text)
        if bottom and (left or x - width / 2 > area.left()):
            painter.setPen(ink)
            painter.drawText(QPointF(x - width / 2, area.bottom() + TICK + GAP + metrics.ascent()), text)
    widest = 0.0
    for share, text in ticks(view.bottom, view.top, area.height()):
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


def _across(view: Domain, width: float, metrics: QFontMetricsF) -> list[tuple[float, str]]:
    """The ticks of x, so far apart that their numbers do not touch."""
    room = SPACING
    while True:
        found = ticks(view.left, view.right, width, room)
        widest = max((metrics.horizontalAdvance(text) for _, text in found), default=0.0) + 8
        apart = (found[1][0] - found[0][0]) * width if len(found) > 1 else widest
        if apart >= widest:
            return found
        room = 1.5 * room
