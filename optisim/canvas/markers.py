"""Balls: each run has a shape as well as a colour, so that it can be told apart without colour."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF, QRadialGradient, QTransform

BALL = 6.5  # radius in pixels


def _regular(corners: int, turn: float, inner: float = 1.0) -> QPolygonF:
    """A regular polygon of radius 1, or a star when `inner` < 1; `turn` in degrees, 0 points up."""
    count = corners if inner == 1.0 else 2 * corners
    points = []
    for i in range(count):
        angle = math.radians(turn - 90 + 360 * i / count)
        radius = inner if inner != 1.0 and i % 2 else 1.0
        points.append(QPointF(radius * math.cos(angle), radius * math.sin(angle)))
    return QPolygonF([*points, points[0]])


# corners, turn in degrees, inner radius of a star, and how much larger to be of about a circle's area
_SHAPES = {
    "square": (4, 45, 1.0, 1.22),
    "triangle": (3, 0, 1.0, 1.38),
    "triangle-down": (3, 180, 1.0, 1.38),
    "diamond": (4, 0, 1.0, 1.28),
    "pentagon": (5, 0, 1.0, 1.15),
    "hexagon": (6, 0, 1.0, 1.12),
    "star": (5, 0, 0.48, 1.45),
}


@lru_cache(maxsize=32)
def shape(marker: str) -> QPainterPath:
    """The outline of `marker` about (0, 0), of about the area of a circle of radius 1."""
    path = QPainterPath()
    if marker in _SHAPES:
        corners, turn, inner, scale = _SHAPES[marker]
        path.addPolygon(QTransform.fromScale(scale, scale).map(_regular(corners, turn, inner)))
    else:
        path.addEllipse(QRectF(-1, -1, 2, 2))
    return path


def paint_marker(painter: QPainter, marker: str, color: str, radius: float = BALL) -> None:
    """A glossy ball of the run's shape about (0, 0), with a light rim so that it shows on any ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.scale(radius, radius)
    fill = QColor(color)
    gloss = QRadialGradient(QPointF(-0.35, -0.45), 1.7)
    gloss.setColorAt(0.0, fill.lighter(150))
    gloss.setColorAt(0.35, fill)
    gloss.setColorAt(1.0, fill.darker(150))
    path = shape(marker)
    for pen, brush in (
        (QPen(QColor(0, 0, 0, 150), 4.2 / radius), Qt.BrushStyle.NoBrush),
        (QPen(QColor("white"), 2.6 / radius), Qt.BrushStyle.NoBrush),
        (QPen(Qt.PenStyle.NoPen), gloss),
    ):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(path)
    painter.restore()


def paint_caption(painter: QPainter, text: str, x: float, y: float, font: QFont, ink: str, ground: str) -> None:
    """A short text with a rim, its baseline beginning at (x, y)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    path = QPainterPath()
    path.addText(QPointF(x, y), font, text)
    painter.strokePath(path, QPen(QColor(ground), 3.0, j=Qt.PenJoinStyle.RoundJoin))
    painter.fillPath(path, QColor(ink))
    painter.restore()


def paint_cross(painter: QPainter, size: float, color: str) -> None:
    """The mark over a ball that diverged, about (0, 0)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for ink, width in ((QColor("white"), 5.0), (QColor(color), 2.5)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(-size, -size), QPointF(size, size))
        painter.drawLine(QPointF(-size, size), QPointF(size, -size))
    painter.restore()


def paint_branch(painter: QPainter, color: str, ground: str, radius: float = 4.2) -> None:
    """A small ring about (0, 0), rimmed with `ground`, where a run begins to go another way."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(QColor("white"))  # on any ground, as the rims of the balls
    for ink, width in ((ground, 5.0), (color, 2.2)):
        painter.setPen(QPen(QColor(ink), width))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
    painter.restore()


def paint_minimum(painter: QPainter, size: float = 7.0) -> None:
    """A four-pointed star at a known minimum, about (0, 0)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(20, 20, 24), 1.2 / size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(QColor("white"))
    painter.scale(size, size)
    painter.drawPolygon(_regular(4, 0, inner=0.36))
    painter.restore()


def paint_start(painter: QPainter, ink: str, ground: str, lit: bool) -> None:
    """The handle of a start about (0, 0): a ring with hairs in `ink`, rimmed with `ground`; larger when `lit`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    rim = QColor(ground)
    rim.setAlphaF(0.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = 21.0 if lit else 19.0  # outside of all balls that leave from there
    for color, width in ((rim, 4.0), (QColor(ink), 1.6)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(
                QPointF(dx * (radius - 3), dy * (radius - 3)), QPointF(dx * (radius + 3), dy * (radius + 3))
            )
    painter.restore()
