"""The map of a race in three layers: still terrain, growing trails, moving balls.

The first two are pictures that change seldom or by additions, so that a frame costs little more than two
blits. For SVG and PDF the same layers are painted as vectors. The pictures are QImages, so that a map can be
painted in any thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from optisim.canvas.cache import CachedPicture, new_picture, paint_sprite, painting, saved
from optisim.canvas.map.arrows import (
    ArrowSet,
    KeyLine,
    Scales,
    arrow_at,
    arrows,
    key_lines,
    key_size,
    lasting_scales,
    paint_arrows,
    paint_key,
    scales_of,
)
from optisim.canvas.map.axes import between_room, bottom_room, left_room, paint_axes, right_room
from optisim.canvas.map.colorbar import bar_width, paint_bar
from optisim.canvas.map.layers import Layers
from optisim.canvas.map.legend import legend_size, legend_text, paint_legend
from optisim.canvas.map.local_picture import LocalPicture, paint_local, picture
from optisim.canvas.map.parts import MAP_PARTS
from optisim.canvas.map.snapshot import Display, Snapshot
from optisim.canvas.map.terrain import NOWHERE, Terrain
from optisim.canvas.map.trails import FAINT, Trails, is_fan, paint_trails, trail_color, trail_width
from optisim.canvas.markers import (
    BALL,
    paint_branch,
    paint_caption,
    paint_cross,
    paint_marker,
    paint_minimum,
    paint_start,
)
from optisim.canvas.projection import Projection
from optisim.canvas.theme import LIGHT, Theme
from optisim.canvas.view import AxesRoom, Picture
from optisim.core.base.arrays import Array
from optisim.core.race.scenario import Run, Scenario
from optisim.core.race.simulate import Trajectory
from optisim.core.surfaces import Domain
from optisim.core.surfaces.curvature import curvature_at

SPREAD = 8.0  # pixels between the points that stand for a legend's box
CROWD = 150  # with more balls than that, which of them cover each other is no longer looked at


class RaceMap(Picture):
    """Paints a race in a rectangle of `size`, seen from above.

    Attributes:
        lit_start: the start under the mouse.
        memory: bytes that pictures of the trails for going back may take.
        complete: whether the last frame showed all of the trails.
        patience: seconds that trails may take in a frame; what takes longer is seen after several of them.
    """

    def __init__(self, snapshot: Snapshot, font: QFont) -> None:
        self.snapshot = snapshot
        self.font = font
        self.theme: Theme = LIGHT
        self.display = Display()
        self.vector = False
        self.opaque = True
        self.emphatic = True
        self.scales: Scales | None = None
        self.keyed = True
        self.avoid: Array = np.empty((0, 2))
        self.marks = 1.0
        self.detail = 1.0
        self.lit_start: int | None = None
        self.memory = 0
        self.patience = np.inf
        self.complete = True
        self.size = QSizeF()
        self._view = snapshot.scenario.surface.domain
        self._layers = Layers(self.projection)
        self._next: Layers | None = None  # that will be shown in their place as soon as all is painted
        self._legend = CachedPicture()
        self._measured: tuple[Scenario, QFont, tuple[object, ...], QRectF] | None = None  # the legend
        self._key = CachedPicture()
        self._local: tuple[object, LocalPicture] | None = None  # what it was made for, and the picture

    # ── What to paint ────────────────────────────────────────────────────────────────────────────────────

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint another instant, race or scenario."""
        if snapshot.scenario.surface is not self.snapshot.scenario.surface and (
            snapshot.scenario.surface != self.snapshot.scenario.surface
        ):
            self.forget_terrain()
        self.snapshot = snapshot

    def show_display(self, display: Display, theme: Theme) -> None:
        """Change what is shown, or light and dark."""
        self.display, self.theme = display, theme
        self.forget_terrain()

    def set_frame(self, size: QSizeF, view: Domain) -> None:
        """Fill `size` with `view`."""
        self.size, self._view = size, view
        self.forget_terrain()

    def move_frame(self, size: QSizeF, view: Domain) -> None:
        """Fill `size` with `view`; the pictures there are stand in, scaled and moved, until `sharpen` is called."""
        self.size, self._view = size, view
        if self._layers.trails is None:
            self.forget_terrain()

    def forget_terrain(self) -> None:
        """Paint everything anew at the next frame."""
        self._layers, self._next = Layers(self.projection), None

    @property
    def sharp(self) -> bool:
        """Whether the last frame showed what it was to show, and nothing stood in for it."""
        return self.complete and self._layers.projection == self.projection

    def sharpen(self, deadline: float = np.inf) -> bool:
        """Paint the pictures that others stand in for.

        Returns:
            Whether that was done before the `deadline` of `time.perf_counter`; if not, call it again.
        """
        still = self._layers.still
        if still is not None and self._layers.projection != self.projection:
            if self._next is None or self._next.projection != self.projection:
                old, self._layers = self._layers, Layers(self.projection)
                self._paint_still(still.devicePixelRatio())
                self._next, self._layers = self._layers, old
                if time.perf_counter() > deadline:
                    return False
            self.complete = self._exchange(deadline)
        elif still is not None:
            self.complete = self._bring_on(deadline)
        return self.complete

    @property
    def projection(self) -> Projection:
        return Projection(self._view, max(self.size.width(), 1.0), max(self.size.height(), 1.0))

    @property
    def terrain(self) -> Terrain:
        """The surface as its pictures show it."""
        if self._layers.terrain is None:
            self._layers.terrain = Terrain(self.snapshot.scenario.surface, self.projection, self.detail)
        return self._layers.terrain

    def share(self, other: Picture) -> None:
        """Use the terrain of a map with the same surface and projection."""
        if isinstance(other, RaceMap):
            self._layers.terrain = other.terrain

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter) -> None:
        """Paint the race in its rectangle, from (0, 0)."""
        if self.size.width() < 2 or self.size.height() < 2:
            return
        with saved(painter):
            if self.vector:
                self._paint_parts(painter, still=True)
                row = int(self.snapshot.cursor)
                paint_trails(painter, self._trailing, row, self.projection, self.theme, self.marks)
            else:
                self._paint_pictures(painter)
            self._paint_parts(painter, still=False)

    def _paint_parts(self, painter: QPainter, still: bool) -> None:
        """Paint those parts of the map that are shown, either what is still or what is above the trails."""
        for part in MAP_PARTS.values():
            if part.paint is not None and part.still is still and self.display.shows(part.name):
                with saved(painter):
                    part.paint(painter, self)

    @property
    def _trailing(self) -> list[Trajectory]:
        """Whose trails are shown, from the bottom up."""
        return self.snapshot.shown if self.display.shows("trails") else []

    def _paint_pictures(self, painter: QPainter) -> None:
        ratio = painter.device().devicePixelRatioF()
        if self._layers.still is not None and self._layers.still.devicePixelRatio() != ratio:
            self.forget_terrain()
        if self._layers.still is None:
            self._paint_still(ratio)
        self.complete = self._bring_on(time.perf_counter() + self.patience)
        if self.opaque and self._layers.projection != self.projection:
            painter.fillRect(QRectF(QPointF(0, 0), self.size), QColor(self.theme.base))
        self._layers.show(painter, self.projection)

    def _bring_on(self, deadline: float) -> bool:
        """Have the pictures show this instant; whether there was time for it."""
        layers = self._layers
        if layers.trails is None or layers.trailing == self._wanted:
            return self._paint_trails(layers, deadline)
        if layers.projection != self.projection:
            return True  # which stands in already
        if self._next is None or self._next.still is not layers.still:
            self._next = Layers(layers.projection, layers.terrain, layers.still)
        return self._exchange(deadline)

    def _exchange(self, deadline: float) -> bool:
        """Show the next pictures in place of others, if there is time to paint them."""
        assert self._next is not None
        if not self._paint_trails(self._next, deadline):
            return False
        self._layers, self._next = self._next, None
        return True

    def _paint_still(self, ratio: float) -> None:
        """Make the picture of what is under the trails."""
        self._layers.still = new_picture(self.size, ratio, QColor(self.theme.base) if self.opaque else None)
        with painting(self._layers.still) as still:
            self._paint_parts(still, still=True)

    @property
    def _bold(self) -> Trajectory | None:
        """Whose trail stands out."""
        return self.snapshot.chosen if self.emphatic and len(self.snapshot.trajectories) > 1 else None

    @property
    def _wanted(self) -> tuple[object, ...]:
        """What the trails are painted for. Not id(t): a new trajectory may get an old one's."""
        return (self._bold, *((t, t.run.color, t.run.ghost) for t in self._trailing))

    def _paint_trails(self, layers: Layers, deadline: float) -> bool:
        """Have the trails of `layers` show this instant; whether there was time for it."""
        assert layers.still is not None
        wanted = self._wanted
        if layers.trails is None or wanted != layers.trailing:
            layers.trails = Trails(layers.still, layers.projection, self.theme, self._bold, self.marks, self.memory)
            layers.trailing = wanted
        return layers.trails.show(self._trailing, int(self.snapshot.cursor), deadline)

    def paint_heat(self, painter: QPainter) -> None:
        """The surface as a heat map."""
        self.terrain.paint_heat(painter, self.display.colormap, self.theme)

    def paint_contours(self, painter: QPainter) -> None:
        """Its contour lines, with labels if those are shown."""
        labels, heat = self.display.shows("labels"), self.display.shows("heat")
        self.terrain.paint_contours(painter, self.font, self.theme, labels, heat, self._avoided_pixels())

    def _avoided_pixels(self) -> Array:
        """Where no label of a contour line should lie, (n, 2): nowhere on the screen, where things move."""
        if not len(self.avoid):
            return NOWHERE
        box = self.legend_box()
        across, up = np.arange(box.left(), box.right(), SPREAD), np.arange(box.top(), box.bottom(), SPREAD)
        inside = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
        return np.concatenate((self.projection.to_pixels(self.avoid), inside))

    def paint_minima(self, painter: QPainter) -> None:
        """A star at each known minimum."""
        if self.snapshot.scenario.surface.minima:
            for x, y in self._visible(np.array(self.snapshot.scenario.surface.minima)):
                self._paint_mark(painter, x, y, 10, paint_minimum)

    def paint_starts(self, painter: QPainter) -> None:
        """The handles of the starts, with their numbers if there are several."""
        pixels = self.projection.to_pixels(np.array(self.snapshot.scenario.starts))
        for number, (x, y) in enumerate(pixels.tolist()):
            if self._inside(x, y):
                lit = number == self.lit_start
                ink = self.theme.accent if lit else self.theme.text
                self._paint_mark(painter, x, y, 28, paint_start, ink, self.theme.base, lit)
                if len(pixels) > 1:
                    paint_caption(painter, str(number + 1), x + 22, y - 16, self.font, ink, self.theme.base)

    def paint_branches(self, painter: QPainter) -> None:
        """A ring on the trail wherever a run has begun to go another way."""
        for trajectory in self.snapshot.shown:
            if not trajectory.run.past or is_fan(trajectory):
                continue  # the trails of fans bear no marks
            painter.setOpacity(FAINT if trajectory.run.ghost else 1.0)
            for past in trajectory.run.past:
                if past.until < min(self.snapshot.cursor, len(trajectory)):
                    for x, y in self._visible(trajectory.x[past.until]):
                        self._paint_mark(painter, x, y, 8, paint_branch, trajectory.run.color, self.theme.base)

    def paint_local(self, painter: QPainter) -> None:
        """The parabola that touches the surface at the selected run's ball."""
        chosen = self.snapshot.chosen
        if chosen is None or chosen not in self.snapshot.shown:
            return
        surface, projection = self.snapshot.scenario.surface, self.projection
        point = self.snapshot.positions(chosen)[0]
        x, y = projection.to_pixels(point).tolist()
        if not self._inside(x, y):
            return

        key = (surface, tuple(point.tolist()), projection)
        if self._local is None or self._local[0] != key:
            self._local = key, picture(curvature_at(surface, point), projection, self.terrain.levels)
        painter.save()
        painter.translate(x, y)
        paint_local(painter, self._local[1], self.font, self.theme, self.vector)
        painter.restore()

    def paint_balls(self, painter: QPainter) -> None:
        """The balls, each with the end of its trail."""
        row = int(self.snapshot.cursor)
        shown = self.snapshot.shown
        pixels = [self.projection.to_pixels(self.snapshot.positions(t)) for t in shown]
        radii = nested_radii(pixels)
        for trajectory, places, sizes in zip(shown, pixels, radii, strict=True):
            run = trajectory.run
            self._paint_last_segment(painter, trajectory, row, places)
            stopped = trajectory.stopped.tolist()
            painter.setOpacity(FAINT if run.ghost else 1.0)
            for ball, (x, y) in enumerate(places.tolist()):
                if not self._inside(x, y):
                    self._paint_outside(painter, run, x, y)
                    continue
                radius = 0.75 * BALL if run.ghost else sizes[ball]
                self._paint_mark(painter, x, y, 1.5 * radius + 3, paint_marker, run.marker, run.color, radius)
                if 0 <= stopped[ball] <= row:
                    self._paint_mark(painter, x, y, 9, paint_cross, 5.0, self.theme.error)

    def _paint_mark(
        self, painter: QPainter, x: float, y: float, reach: float, paint: Callable[..., None], *details: object
    ) -> None:
        """What `paint` paints about (0, 0), about (x, y): a kept picture on the screen, vectors in a figure."""
        if not self.vector and self.marks == 1.0:
            paint_sprite(painter, x, y, paint, reach, *details)
            return
        painter.save()
        painter.translate(x, y)
        painter.scale(self.marks, self.marks)
        paint(painter, *details)
        painter.restore()

    def _paint_last_segment(self, painter: QPainter, trajectory: Trajectory, row: int, pixels: Array) -> None:
        """From the last whole step to a ball that glides between two steps."""
        if not self.display.shows("trails") or row >= len(trajectory) - 1 or self.snapshot.cursor == row:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(trail_color(trajectory)), self.marks * trail_width(trajectory)))
        before = self.projection.to_pixels(trajectory.x[row])
        limit = 4.0 * (self.size.width() + self.size.height())
        for a, b in zip(before, pixels, strict=True):
            if np.abs(a).max() < limit and np.abs(b).max() < limit:
                painter.drawLine(QPointF(*a), QPointF(*b))

    def _paint_outside(self, painter: QPainter, run: Run, x: float, y: float) -> None:
        """A small half-transparent ball at the edge, where a ball has left the view."""
        edge = BALL
        x = min(max(x, edge), self.size.width() - edge)
        y = min(max(y, edge), self.size.height() - edge)
        opacity = painter.opacity()
        painter.setOpacity(0.55 * opacity)
        self._paint_mark(painter, x, y, BALL + 3, paint_marker, run.marker, run.color, 0.65 * BALL)
        painter.setOpacity(opacity)

    def _inside(self, x: float, y: float) -> bool:
        return -BALL <= x <= self.size.width() + BALL and -BALL <= y <= self.size.height() + BALL

    def _visible(self, points: Array) -> list[list[float]]:
        pixels = self.projection.to_pixels(points).tolist()
        return [[x, y] for x, y in pixels if self._inside(x, y)]

    # ── Around the map ───────────────────────────────────────────────────────────────────────────────────

    def axes_room(self, seen: Domain) -> AxesRoom:
        """The room for ticks, numbers and names around the map."""
        font = self.font
        return AxesRoom(left_room(seen, font), right_room(seen, font), bottom_room(font), between_room(seen, font))

    def paint_axes(self, painter: QPainter, area: QRectF, left: bool, bottom: bool) -> None:
        """Paint frame and ticks around the map, which is in `area`."""
        paint_axes(painter, area, self.projection.view, self.font, self.theme, left, bottom)

    def bar_width(self) -> float:
        """The room for the colour bar, for which the terrain has to be known."""
        return bar_width(self.terrain, self.font)

    def paint_bar(self, painter: QPainter, height: float) -> None:
        """Paint the colour bar from (0, 0)."""
        paint_bar(painter, height, self.terrain, self.display.colormap, self.font, self.theme)

    # ── Arrows ───────────────────────────────────────────────────────────────────────────────────────────

    def paint_arrows(self, painter: QPainter) -> None:
        """The arrows, with a key to their scales."""
        arrow_sets = self.snapshot.arrow_sets
        if not arrow_sets:
            return
        scales = self.scales or scales_of(arrow_sets, self.projection)
        lines = key_lines(arrow_sets[-1], self.theme, scales)
        if lines and self.keyed:
            self._paint_key(painter, lines)
        paint_arrows(painter, arrow_sets, self.projection, self.theme, scales, self.snapshot.lit, self.vector)

    def _paint_key(self, painter: QPainter, lines: tuple[KeyLine, ...]) -> None:
        box = key_size(lines, self.font)
        place = self._free_corner(box, self.legend_box(), from_below=True)
        if self.vector:
            painter.save()
            painter.translate(place)
            paint_key(painter, lines, self.font, self.theme)
            painter.restore()
            return
        key = (lines, self.theme)
        self._key.show(painter, place, box.size(), key, lambda p: paint_key(p, lines, self.font, self.theme))

    def lasting_scales(self, arrow_sets: Sequence[ArrowSet]) -> Scales:
        """The scales for arrows that are compared with each other."""
        return lasting_scales(arrow_sets, self.projection)

    def arrow_at(self, x: float, y: float) -> str:
        """The quantity whose arrow is under a pixel, by its Step field; "" if there is none."""
        if not self.snapshot.arrow_sets or not self.display.shows("arrows"):
            return ""
        return arrow_at(arrows(self.snapshot.arrow_sets, self.projection, self.theme, self.scales), x, y)

    # ── Legend ───────────────────────────────────────────────────────────────────────────────────────────

    def paint_legend(self, painter: QPainter) -> None:
        """The names of the runs."""
        runs = tuple(run for run in self.snapshot.scenario.runs if run.visible)
        if not runs:
            return
        there = self.legend_box()
        box, place = QRectF(QPointF(0, 0), there.size()), there.topLeft()
        if self.vector:
            painter.translate(place)
            paint_legend(painter, runs, box, self.font, self.theme)
            return
        self._legend.show(
            painter,
            place,
            box.size(),
            (self._legend_runs()[0], self.theme),
            lambda inner: paint_legend(inner, runs, box, self.font, self.theme),
        )

    def legend_box(self) -> QRectF:
        """Where the legend is."""
        runs = [run for run in self.snapshot.scenario.runs if run.visible]
        if not self.display.shows("legend") or not runs:
            return QRectF()
        box = self._legend_runs()[1]
        return box.translated(self._free_corner(box))

    def _legend_runs(self) -> tuple[tuple[object, ...], QRectF]:
        """What the legend says, and the room that it takes; measured once for a scenario and a font."""
        scenario, font = self.snapshot.scenario, self.font
        if self._measured is None or self._measured[0] is not scenario or self._measured[1] != font:
            runs = [run for run in scenario.runs if run.visible]
            says = tuple((run.color, run.marker, run.ghost, legend_text(run)) for run in runs)
            self._measured = scenario, QFont(font), says, legend_size(runs, font)
        return self._measured[2:]

    def _free_corner(
        self,
        box: QRectF,
        taken: QRectF = QRectF(),  # noqa: B008
        from_below: bool = False,
    ) -> QPointF:
        """The corner where a box hides the fewest starts and minima, and nothing `taken`.

        Of several such corners it is the first from the top right, or from the bottom right.
        """
        scenario, margin = self.snapshot.scenario, 10.0
        right, bottom = self.size.width() - box.width() - margin, self.size.height() - box.height() - margin
        heights = (bottom, margin) if from_below else (margin, bottom)
        corners = [QPointF(x, y) for y in heights for x in (right, margin)]
        points = np.array([*scenario.starts, *scenario.surface.minima, *self.avoid])

        def hidden(corner: QPointF) -> int:
            room = box.translated(corner).adjusted(-margin, -margin, margin, margin)
            return self._count_in(room, points) + 100_000 * room.intersects(taken)

        return min(corners, key=hidden)

    def _count_in(self, box: QRectF, points: Array) -> int:
        """How many points of the plane, (n, 2), lie in a box on the map."""
        x, y = self.projection.to_pixels(points).T
        inside = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
        return int(inside.sum())

    @property
    def legend_hides(self) -> bool:
        """Whether there is no corner where the legend would hide none of the points to `avoid`."""
        box = self.legend_box().adjusted(-4, -4, 4, 4)
        return not self.legend_fits or self._count_in(box, self.avoid) > 0

    @property
    def legend_fits(self) -> bool:
        """Whether the map is large enough for the legend."""
        return QRectF(QPointF(0, 0), self.size).contains(self.legend_box())


def nested_radii(pixels: Sequence[Array]) -> list[list[float]]:
    """A radius for every ball so that those on one spot, as at the start, show as rings inside each other.

    Args:
        pixels: for each run, from the bottom up, where its balls are, (N, 2).
    """
    if not pixels:
        return []
    places = np.concatenate(pixels)
    if len(places) > CROWD:
        return [[BALL] * len(part) for part in pixels]
    order = np.arange(len(places))
    near = (np.abs(places[:, None] - places[None]) < BALL / 2).all(axis=2)
    above = (near & (order[None] > order[:, None])).sum(axis=1)
    radii = BALL + 2.0 * np.minimum(above, 4)  # from the fifth ring on, more would only be noise
    splits = np.cumsum([len(p) for p in pixels])[:-1]
    return [part.tolist() for part in np.split(radii, splits)]
