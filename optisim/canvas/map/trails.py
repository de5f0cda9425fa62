"""The trails behind the balls: a picture to which only new segments are added.

The cost of a frame is that of the steps since the last one, however long the trails are. Going back, or another
view, paints them again from the trajectories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from optisim.canvas.bulk import draw_lines, draw_points
from optisim.canvas.cache import new_picture
from optisim.canvas.projection import Numbers, Projection, clip_segments, thinned
from optisim.canvas.theme import Theme
from optisim.core.base.arrays import Array
from optisim.core.race.simulate import Trajectory

WIDTH = 2.0  # pixels
CASING = 4.2  # the light or dark line under the trail
BOLD = 1.6  # how much wider the trail of the selected run is
FAN = 4  # a run of more balls is a fan: thin bare lines, or one would see nothing but their casings
THIN = 1.2  # pixels
FAINT = 0.65  # opacity of what belongs to a ghost
GHOSTLY = 0.75  # how wide its trail is, beside those of others
DOT = 4.4  # diameter of the dot at an iterate
DOT_SPACING = 7.0  # steps shorter than this get no dots: they would merge to a thick line
FEW = 200  # up to here segments get round caps, which look better at sharp turns and cost five times as much


@dataclass(frozen=True, slots=True)
class Strokes:
    """Pieces of trails in pixels, in the order of the runs, and the number of the run that each belongs to."""

    segments: Array  # (n, 4)
    owners: Numbers  # (n,)
    dots: Array  # (m, 2)
    dot_owners: Numbers  # (m,)


def strokes(pieces: Sequence[tuple[Trajectory, int, int]], projection: Projection, margin: float = 8.0) -> Strokes:
    """The visible trails of all balls, for each (trajectory, first row, last row) of `pieces`.

    All runs at once: for one new step of twenty runs, the calls cost more than the numbers. Lines are kept up to
    `margin` pixels beyond the view, so that their ends do not show where the view clips.
    """
    parts = [t.x[first : last + 1].swapaxes(0, 1) for t, first, last in pieces]  # (balls, rows, 2)
    points = projection.to_pixels(np.concatenate([part.reshape(-1, 2) for part in parts]))
    owner = np.repeat(np.arange(len(parts)), [part.shape[0] * part.shape[1] for part in parts])
    begins = np.zeros(len(points), dtype=bool)  # the first point of a ball's path
    at = 0
    for part in parts:
        begins[at : at + part.shape[0] * part.shape[1] : part.shape[1]] = True
        at += part.shape[0] * part.shape[1]

    moves = points[1:] - points[:-1]
    dotted = np.zeros(len(points), dtype=bool)
    dotted[1:] = (np.hypot(moves[:, 0], moves[:, 1]) > DOT_SPACING) & ~begins[1:]
    at_start = np.array([first == 0 for _, first, _ in pieces])
    if at_start.any():
        dotted |= begins & at_start[owner]
    size = (projection.width + DOT, projection.height + DOT)
    dotted[dotted] = ((points[dotted] > -DOT) & (points[dotted] < size)).all(axis=1)
    dots, dot_owners = points[dotted], owner[dotted]

    if len(points) > 2 * len(parts):
        kept = thinned(points, begins=begins)
        points, owner, begins = points[kept], owner[kept], begins[kept]
    joined = ~begins[1:]
    segments, numbers = clip_segments(
        np.concatenate((points[:-1], points[1:]), axis=1)[joined], projection.width, projection.height, margin
    )
    return Strokes(segments, owner[1:][joined][numbers], dots, dot_owners)


def trail_segments(
    trajectory: Trajectory, first: int, last: int, projection: Projection, margin: float = 8.0
) -> tuple[Array, Array]:
    """The segments (n, 4) and dots (m, 2) of one run from row `first` to row `last`."""
    one = strokes([(trajectory, first, last)], projection, margin)
    return one.segments, one.dots


def is_fan(trajectory: Trajectory) -> bool:
    """Whether a run has so many balls that their trails are to be thin."""
    return len(trajectory) > 0 and trajectory.x.shape[1] > FAN


def trail_color(trajectory: Trajectory) -> str:
    """The colour of a run's trails, #rrggbb or #aarrggbb: those of fans and ghosts show what is under them."""
    opacity = FAINT if trajectory.run.ghost else 1.0
    if is_fan(trajectory):
        opacity *= min(max(3.0 / trajectory.x.shape[1], 0.12), 0.6)
    return _translucent(trajectory.run.color, opacity)


def trail_width(trajectory: Trajectory, bold: bool = False) -> float:
    """The width of a run's trails in pixels. Ghosts are never bold."""
    if is_fan(trajectory):
        return THIN
    return GHOSTLY * WIDTH if trajectory.run.ghost else WIDTH + (BOLD if bold else 0.0)


def _translucent(color: str, opacity: float) -> str:
    return color if opacity == 1.0 else f"#{round(255 * opacity):02x}{color[1:]}"


class Trails:
    """The trails of some runs under one projection, up to some step, on top of a still picture."""

    def __init__(
        self,
        still: QImage,
        projection: Projection,
        theme: Theme,
        bold: Trajectory | None = None,
        scale: float = 1.0,
    ) -> None:
        self._projection = projection
        self._theme = theme
        self._bold = bold
        self._scale = scale  # of widths
        self._row: dict[int, int] = {}
        # Casings go under all trails, or each new segment would nick the end of the one before it.
        self.ground = still.copy()
        self.ink = new_picture(still.deviceIndependentSize(), still.devicePixelRatio())

    def reaches_beyond(self, trajectories: Sequence[Trajectory], row: int) -> bool:
        """Whether more is painted than `row` steps of these trajectories."""
        return any(self._row.get(id(t), 0) > min(row, len(t) - 1) for t in trajectories)

    def extend(self, trajectories: Sequence[Trajectory], row: int) -> None:
        """Paint on, up to `row` steps of each trajectory or as far as it is known."""
        pieces = []
        for trajectory in trajectories:
            first, last = self._row.get(id(trajectory), 0), min(row, len(trajectory) - 1)
            if last > first:
                self._row[id(trajectory)] = last
                pieces.append((trajectory, first, last))
        if not pieces:
            return
        new = strokes(pieces, self._projection)
        bold = next((i for i, (trajectory, _, _) in enumerate(pieces) if trajectory is self._bold), -1)
        fans = np.array([is_fan(trajectory) for trajectory, _, _ in pieces])
        ghosts = np.array([trajectory.run.ghost for trajectory, _, _ in pieces])
        cased, faint, plain = ~fans[new.owners], ghosts[new.owners], new.owners != bold
        casing = trail_casing(self._theme).name()
        ground = _painter(self.ground)
        # casings are all of one colour, and so painted with one call, but for those of ghosts and the bold one
        for lines, color, width in (
            (new.segments[cased & faint], _translucent(casing, FAINT), GHOSTLY * CASING),
            (new.segments[cased & ~faint & plain], casing, CASING),
            (new.segments[cased & ~faint & ~plain], casing, CASING + BOLD),
        ):
            self._paint_lines(ground, lines, color, width)
        ground.end()
        ink = _painter(self.ink)
        ends = np.searchsorted(new.owners, np.arange(len(pieces) + 1)).tolist()
        dot_ends = np.searchsorted(new.dot_owners, np.arange(len(pieces) + 1)).tolist()
        for i, (trajectory, _, _) in enumerate(pieces):
            width = trail_width(trajectory, bold=i == bold)
            self._paint_lines(ink, new.segments[ends[i] : ends[i + 1]], trail_color(trajectory), width)
            if not (fans[i] or ghosts[i]):
                self._paint_dots(ink, new.dots[dot_ends[i] : dot_ends[i + 1]], trajectory.run.color)
        ink.end()

    def _paint_lines(self, painter: QPainter, lines: Array, color: str, width: float) -> None:
        if not len(lines):
            return
        painter.setPen(trail_pen(color, self._scale * width, round_caps=len(lines) <= FEW))
        draw_lines(painter, lines)

    def _paint_dots(self, painter: QPainter, dots: Array, color: str) -> None:
        if not len(dots):
            return
        painter.setPen(trail_pen(color, self._scale * DOT, round_caps=True))
        draw_points(painter, dots)


def _painter(picture: QImage) -> QPainter:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    return painter


def paint_trails(
    painter: QPainter,
    trajectories: Sequence[Trajectory],
    row: int,
    projection: Projection,
    theme: Theme,
    scale: float = 1.0,
) -> None:
    """Trails up to `row` as vectors, from the bottom up: whole polylines, cut at the edges of the view.

    As in the pictures, casings lie below all trails.
    """
    casing = trail_casing(theme).name()
    pieces = [(t, *_vectors(t, row, projection)) for t in trajectories]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for trajectory, lines, _ in pieces:
        if not is_fan(trajectory):
            ghost = trajectory.run.ghost
            color, width = (_translucent(casing, FAINT), GHOSTLY * CASING) if ghost else (casing, CASING)
            _paint_polylines(painter, lines, color, scale * width)
    for trajectory, lines, dots in pieces:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _paint_polylines(painter, lines, trail_color(trajectory), scale * trail_width(trajectory))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(trajectory.run.color))
        for x, y in [] if is_fan(trajectory) or trajectory.run.ghost else dots.tolist():
            painter.drawEllipse(QPointF(x, y), scale * DOT / 2, scale * DOT / 2)


def _vectors(trajectory: Trajectory, row: int, projection: Projection) -> tuple[list[Array], Array]:
    """The polylines of a trail up to `row`, and its dots."""
    segments, dots = trail_segments(trajectory, 0, min(row, len(trajectory) - 1), projection, margin=0.0)
    return _joined(segments), dots


def _paint_polylines(painter: QPainter, lines: Sequence[Array], color: str, width: float) -> None:
    painter.setPen(trail_pen(color, width, round_caps=True))
    for line in lines:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))


@lru_cache(maxsize=256)
def trail_pen(color: str, width: float, round_caps: bool) -> QPen:
    """A trail's pen. Flat caps paint long trails five times as fast, and no one sees their corners."""
    cap = Qt.PenCapStyle.RoundCap if round_caps else Qt.PenCapStyle.FlatCap
    join = Qt.PenJoinStyle.RoundJoin if round_caps else Qt.PenJoinStyle.BevelJoin
    return QPen(QColor(color), width, Qt.PenStyle.SolidLine, cap, join)


def trail_casing(theme: Theme) -> QColor:
    """The colour under trails that lifts them off the heat map."""
    return QColor(theme.base)


def _joined(segments: Array) -> list[Array]:
    """Segments (n, 4) as polylines: those that begin where the one before ends go on."""
    if not len(segments):
        return []
    breaks = np.flatnonzero((segments[1:, :2] != segments[:-1, 2:]).any(axis=1)) + 1
    return [np.concatenate((run[:1, :2], run[:, 2:])) for run in np.split(segments, breaks)]
