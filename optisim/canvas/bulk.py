"""Handing a painter many lines or points at once.

`QPainter.drawLines` takes the address of an array of lines; to Python that is an object wrapped about memory of
NumPy's. Such a wrapper is looked up by its address: where an object of another kind once lived and its wrapper is
still known, one gets that instead. (pyqtgraph's PrimitiveArray wraps whatever memory it has just allocated, and
now and then draws a QWidgetItem.) So the memory is taken and wrapped once, and kept for good.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter
from shiboken6 import Shiboken

from optisim.core.base.arrays import Array

CAPACITY = 32768  # rows that are drawn with one call


class _Batch:
    def __init__(self, kind: type, columns: int) -> None:
        self._rows = np.zeros((CAPACITY, columns))
        self._first: Any = Shiboken.wrapInstance(self._rows.ctypes.data, kind)

    def each(self, rows: Array) -> Any:
        """Pairs of (first object, count) that hold `rows`, for one call of the painter each."""
        for at in range(0, len(rows), CAPACITY):
            part = rows[at : at + CAPACITY]
            self._rows[: len(part)] = part
            yield self._first, len(part)


_lines = _Batch(QLineF, 4)
_points = _Batch(QPointF, 2)


def draw_lines(painter: QPainter, segments: Array) -> None:
    """Draw line segments (n, 4), each x₀ y₀ x₁ y₁. In the window's thread only."""
    for first, count in _lines.each(segments):
        painter.drawLines(first, count)


def draw_points(painter: QPainter, points: Array) -> None:
    """Draw points (n, 2). In the window's thread only."""
    for first, count in _points.each(points):
        painter.drawPoints(first, count)
