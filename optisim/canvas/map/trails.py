"""The trails behind the balls: a picture to which only new segments are added.

The cost of a frame is that of the steps since the last one, however long the trails are. In the window, pictures of
how it was before are kept at intervals, so that going back costs little more. Another view paints the trails again
from the trajectories.
"""

from __future__ import annotations

import time
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
CHUNK = 256  # rows that are painted at once where pictures are kept: those are of whole chunks
APART = 4000  # segments from one kept picture to the next: some milliseconds of painting


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


@dataclass(frozen=True, slots=True)
class _Kept:
    """Trails as they were up to `row`. Pictures of QImage share their memory until one of them is painted on."""

    row: int
    rows: dict[int, int]
    painted: int
    ground: QImage
    ink: QImage


class Trails:
    """The trails of some runs under one projection, up to some step, on top of a still picture.

    Args:
        still: what is under them.
        projection: from the surface to its pixels.
        theme: light or dark.
        bold: the trajectory that stands out.
        scale: of widths.
        memory: bytes that pictures for going back may take; 0 keeps none.
    """

    def __init__(
        self,
        still: QImage,
        projection: Projection,
        theme: Theme,
        bold: Trajectory | None = None,
        scale: float = 1.0,
        memory: int = 0,
    ) -> None:
        self._projection = projection
        self._theme = theme
        self._bold = bold
        self._scale = scale
        self._row: dict[int, int] = {}
        self._at = 0  # the row up to which all is painted
        self._painted = 0  # segments so far
        # Casings go under all trails, or each new segment would nick the end of the one before it.
        self.ground = QImage(still)  # shared until it is painted on
        self.ink = new_picture(still.deviceIndependentSize(), still.devicePixelRatio())
        self._most = memory // (still.sizeInBytes() + self.ink.sizeInBytes())  # pictures to keep
        self._apart = APART
        self._kept = [self._now()]  # in the order of their rows
        self._recent = self._kept[0]  # from the last whole chunk, for a step back

    @property
    def kept(self) -> int:
        """Bytes that the pictures for going back take."""
        later = [one for one in (*self._kept[1:], self._recent) if one.row > 0]
        return len({one.row for one in later}) * (self.ground.sizeInBytes() + self.ink.sizeInBytes())

    def reaches_beyond(self, trajectories: Sequence[Trajectory], row: int) -> bool:
        """Whether more is painted than `row` steps of these trajectories."""
        return _beyond(self._row, trajectories, row)

    def show(self, trajectories: Sequence[Trajectory], row: int, deadline: float = np.inf) -> bool:
        """Paint `row` steps of each trajectory, or as many as are known, from the nearest picture there is.

        Returns:
            Whether that was done before the `deadline` of `time.perf_counter`; if not, call it again.
        """
        back = self.reaches_beyond(trajectories, row)
        near = [kept for kept in (*self._kept, self._recent) if not _beyond(kept.rows, trajectories, row)]
        best = max(near, key=lambda kept: kept.row)
        if back or best.row > self._at:
            self._row, self._at, self._painted = dict(best.rows), best.row, best.painted
            self.ground, self.ink = QImage(best.ground), QImage(best.ink)
        return self.extend(trajectories, row, deadline)

    def extend(self, trajectories: Sequence[Trajectory], row: int, deadline: float = np.inf) -> bool:
        """Paint on, up to `row` steps of each trajectory or as far as it is known; see `show`."""
        row = min(row, max(map(len, trajectories), default=1) - 1)
        while self._most and self._at < row:
            border = (self._at // CHUNK + 1) * CHUNK
            self._at = min(row, border)
            self._paint(trajectories, self._at)
            if self._at == border:
                self._keep()
            if self._at < row and time.perf_counter() > deadline:
                return False
        self._paint(trajectories, row)  # what was not yet known when the others were painted
        self._at = max(self._at, row)
        return True

    def _now(self) -> _Kept:
        return _Kept(self._at, dict(self._row), self._painted, QImage(self.ground), QImage(self.ink))

    def _keep(self) -> None:
        """Keep the pictures as they are, if the last that are kept are far enough behind."""
        self._recent = self._now()
        if self._at <= self._kept[-1].row or self._painted - self._kept[-1].painted < self._apart:
            return
        self._kept.append(self._recent)
        while len(self._kept) > max(self._most, 2):
            self._apart *= 2
            kept = self._kept[:1]
            kept += [one for one in self._kept[1:] if one.painted - kept[-1].painted >= self._apart]
            self._kept = kept

    def _paint(self, trajectories: Sequence[Trajectory], row: int) -> None:
        """Add what is missing of the trails up to `row`."""
        pieces = []
        for trajectory in trajectories:
            first, last = self._row.get(id(trajectory), 0), min(row, len(trajectory) - 1)
            if last > first:
                self._row[id(trajectory)] = last
                pieces.append((trajectory, first, last))
        if not pieces:
            return
        new = strokes(pieces, self._projection)
        self._painted += len(new.segments)
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


def _beyond(rows: dict[int, int], trajectories: Sequence[Trajectory], row: int) -> bool:
    return any(rows.get(id(t), 0) > min(row, len(t) - 1) for t in trajectories)


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
