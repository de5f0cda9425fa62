"""The trails behind the balls: a picture to which only new segments are added.

The cost of a frame is that of the steps since the last one, however long the trails are. Going back, or another
view, paints them again from the trajectories.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from optisim.canvas.projection import Projection, clip_segments, thinned
from optisim.canvas.theme import Theme
from optisim.core.formula import Array
from optisim.core.simulate import Trajectory

WIDTH = 2.0  # pixels
CASING = 4.2  # the light or dark line under the trail
BOLD = 1.6  # how much wider the trail of the selected run is
DOT = 4.4  # diameter of the dot at an iterate
DOT_SPACING = 7.0  # steps shorter than this get no dots: they would merge to a thick line
FEW = 2000  # up to here segments get round caps, which look better at sharp turns and cost five times as much

_PrimitiveArray = pg.Qt.internals.PrimitiveArray


def trail_segments(
    trajectory: Trajectory, first: int, last: int, projection: Projection, margin: float = 8.0
) -> tuple[Array, Array]:
    """The visible trail of all balls from row `first` to row `last`.

    Lines are kept up to `margin` pixels beyond the view, so that their ends do not show where the view clips.

    Returns:
        Line segments (n, 4) and dots (m, 2), in pixels.
    """
    pixels = projection.to_pixels(trajectory.x[first : last + 1])
    segments, dots = [], []
    for ball in range(pixels.shape[1]):
        path = pixels[:, ball]
        length = np.hypot(*np.diff(path, axis=0).T)
        apart = path[1:][length > DOT_SPACING]
        dots.append(path[:1] if first == 0 else path[:0])
        dots.append(apart)
        path = path[thinned(path)]
        segments.append(np.hstack((path[:-1], path[1:])))
    parts, _ = clip_segments(np.concatenate(segments), projection.width, projection.height, margin)
    points = np.concatenate(dots)
    inside = ((points > -DOT) & (points < (projection.width + DOT, projection.height + DOT))).all(axis=1)
    return parts, points[inside]


class Trails:
    """The trails of some runs under one projection, up to some step, on top of a still picture."""

    def __init__(
        self, still: QPixmap, projection: Projection, theme: Theme, bold: Trajectory | None = None
    ) -> None:
        self._projection = projection
        self._theme = theme
        self._bold = bold
        self._segments = _PrimitiveArray(QLineF, 4)
        self._dots = _PrimitiveArray(QPointF, 2)
        self._row: dict[int, int] = {}
        # Casings go under all trails, or each new segment would nick the end of the one before it.
        self.ground = still.copy()
        self.ink = QPixmap(still.size())
        self.ink.setDevicePixelRatio(still.devicePixelRatio())
        self.ink.fill(Qt.GlobalColor.transparent)

    def reaches_beyond(self, trajectories: Sequence[Trajectory], row: int) -> bool:
        """Whether more is painted than `row` steps of these trajectories."""
        return any(self._row.get(id(t), 0) > min(row, len(t) - 1) for t in trajectories)

    def extend(self, trajectories: Sequence[Trajectory], row: int) -> None:
        """Paint on, up to `row` steps of each trajectory or as far as it is known."""
        ground = ink = None
        for trajectory in trajectories:
            first, last = self._row.get(id(trajectory), 0), min(row, len(trajectory) - 1)
            if last <= first:
                continue
            self._row[id(trajectory)] = last
            segments, dots = trail_segments(trajectory, first, last, self._projection)
            if ground is None or ink is None:
                ground, ink = QPainter(self.ground), QPainter(self.ink)
                for painter in (ground, ink):
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            few = len(segments) <= FEW
            more = BOLD if trajectory is self._bold else 0.0
            color = QColor(trajectory.run.color)
            self._paint_lines(ground, segments, trail_casing(self._theme), CASING + more, few)
            self._paint_lines(ink, segments, color, WIDTH + more, few)
            self._paint_dots(ink, dots, color)
        if ground is not None and ink is not None:
            ground.end()
            ink.end()

    def _paint_lines(self, painter: QPainter, lines: Array, color: QColor, width: float, few: bool) -> None:
        if not len(lines):
            return
        painter.setPen(trail_pen(color, width, round_caps=few))
        self._segments.resize(len(lines))
        self._segments.ndarray()[:] = lines
        painter.drawLines(*self._segments.drawargs())

    def _paint_dots(self, painter: QPainter, dots: Array, color: QColor) -> None:
        if not len(dots):
            return
        painter.setPen(QPen(color, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        self._dots.resize(len(dots))
        self._dots.ndarray()[:] = dots
        painter.drawPoints(*self._dots.drawargs())


def paint_trail(painter: QPainter, trajectory: Trajectory, row: int, projection: Projection, theme: Theme) -> None:
    """The trail up to `row` as vectors: whole polylines, cut at the edges of the view."""
    segments, dots = trail_segments(trajectory, 0, min(row, len(trajectory) - 1), projection, margin=0.0)
    lines = list(_joined(segments))
    color = QColor(trajectory.run.color)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((trail_casing(theme), CASING), (color, WIDTH)):
        painter.setPen(trail_pen(ink, width, round_caps=True))
        for line in lines:
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x, y in dots.tolist():
        painter.drawEllipse(QPointF(x, y), DOT / 2, DOT / 2)


def trail_pen(color: QColor, width: float, round_caps: bool) -> QPen:
    """A trail's pen. Flat caps paint long trails five times as fast, and no one sees their corners."""
    cap = Qt.PenCapStyle.RoundCap if round_caps else Qt.PenCapStyle.FlatCap
    join = Qt.PenJoinStyle.RoundJoin if round_caps else Qt.PenJoinStyle.BevelJoin
    return QPen(color, width, Qt.PenStyle.SolidLine, cap, join)


def trail_casing(theme: Theme) -> QColor:
    """The colour under trails that lifts them off the heat map."""
    return QColor(theme.base)


def _joined(segments: Array) -> list[Array]:
    """Segments (n, 4) as polylines: those that begin where the one before ends go on."""
    if not len(segments):
        return []
    breaks = np.flatnonzero((segments[1:, :2] != segments[:-1, 2:]).any(axis=1)) + 1
    return [np.concatenate((run[:1, :2], run[:, 2:])) for run in np.split(segments, breaks)]
