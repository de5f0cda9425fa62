"""The stage: one graphics item with three layers, still terrain, growing trails, moving balls.

The first two are pictures that change seldom or by additions, so that a frame costs little more than two
blits. For SVG and PDF the same layers are painted as vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from optisim.canvas.arrows import (
    Bundle,
    KeyLine,
    arrow_at,
    arrows,
    key_lines,
    key_size,
    paint_arrows,
    paint_key,
)
from optisim.canvas.kept import Kept, new_pixmap, paint_sprite
from optisim.canvas.legend import legend_size, legend_text, paint_legend
from optisim.canvas.local_picture import LocalPicture, paint_local, picture
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
from optisim.canvas.terrain import Terrain
from optisim.canvas.theme import LIGHT, Theme
from optisim.canvas.trails import FAINT, Trails, is_fan, paint_trail, trail_color, trail_width
from optisim.core.formula import Array
from optisim.core.local import look
from optisim.core.scenario import Run, Scenario
from optisim.core.simulate import Trajectory
from optisim.core.surfaces import Domain

CROWD = 150  # with more balls than that, which of them cover each other is no longer looked at


@dataclass(frozen=True)
class Display:
    """What the canvas shows and how; kept in the user's settings."""

    heat: bool = True
    contours: bool = True
    labels: bool = True
    trails: bool = True
    legend: bool = True
    minima: bool = True
    starts: bool = True
    colorbar: bool = True
    local: bool = False  # the parabola that touches the surface at the selected run's ball
    colormap: str = "viridis"
    arrows: bool = True
    arrow_gradient: bool = True
    arrow_memory: bool = True
    arrow_rates: bool = True
    arrow_update: bool = True
    arrows_of_all: bool = False


@dataclass(frozen=True)
class Scene:
    """All that the stage paints: a race at an instant."""

    scenario: Scenario
    trajectories: tuple[Trajectory, ...] = ()
    cursor: float = 0.0
    selected: int = -1  # the run that stands out, by its place in the list; −1 for none
    bundles: tuple[Bundle, ...] = ()  # arrows; those of the ball that is looked at come last
    lit: str = ""  # the quantity that is pointed at

    @property
    def shown(self) -> list[Trajectory]:
        """The trajectories that are visible and have begun, from the bottom up.

        The first in the list is on top, but for the selected one; ghosts are below all others.
        """
        order = sorted(range(len(self.trajectories)), key=lambda i: (i == self.selected, -i))
        listed = [self.trajectories[i] for i in order]
        return sorted((t for t in listed if t.run.visible and len(t)), key=lambda t: not t.run.ghost)

    @property
    def chosen(self) -> Trajectory | None:
        """The trajectory of the selected run."""
        return self.trajectories[self.selected] if 0 <= self.selected < len(self.trajectories) else None

    def positions(self, trajectory: Trajectory) -> Array:
        """Where the balls of a run are at the cursor, (N, 2); they glide between steps."""
        last = len(trajectory) - 1
        row = min(int(self.cursor), last)
        share = min(self.cursor, last) - row
        here: Array = trajectory.x[row]
        if not share > 0:
            return here
        there: Array = here + share * (trajectory.x[row + 1] - here)
        return there


class Stage(pg.GraphicsObject):  # type: ignore[misc]
    """Paints a Scene in the pixels of the view box it lies in."""

    def __init__(self, scene: Scene, font: QFont) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)
        self.race = scene
        self.font = font
        self.theme: Theme = LIGHT
        self.display = Display()
        self.vector = False  # paint vectors rather than the kept pictures
        self.lit_start: int | None = None  # the start under the mouse
        self._rect = QRectF()
        self._view = scene.scenario.surface.domain
        self._terrain: Terrain | None = None
        self._still: QPixmap | None = None
        self._trails: Trails | None = None
        self._painted: tuple[object, ...] = ()  # what the trails were painted for
        self._legend = Kept()
        self._key = Kept()
        self._local: tuple[object, LocalPicture] | None = None  # what it was made for, and the picture

    # ── What to paint ────────────────────────────────────────────────────────────────────────────────────

    def show_scene(self, scene: Scene) -> None:
        """Show another instant, race or scenario."""
        if scene.scenario.surface is not self.race.scenario.surface and (
            scene.scenario.surface != self.race.scenario.surface
        ):
            self.forget_terrain()
        self.race = scene
        self.update()

    def show_display(self, display: Display, theme: Theme) -> None:
        """Change what is shown, or light and dark."""
        self.display, self.theme = display, theme
        self.forget_terrain()
        self.update()

    def set_frame(self, rect: QRectF, view: Domain) -> None:
        """Lie in `rect` of the view box and show `view`."""
        if rect != self._rect:
            self.prepareGeometryChange()
        self._rect, self._view = QRectF(rect), view
        self.forget_terrain()
        self.update()

    def forget_terrain(self) -> None:
        """Paint everything anew at the next frame."""
        self._terrain = self._still = self._trails = None

    @property
    def projection(self) -> Projection:
        return Projection(self._view, max(self._rect.width(), 1.0), max(self._rect.height(), 1.0))

    @property
    def terrain(self) -> Terrain:
        """The surface as it is seen now."""
        if self._terrain is None:
            self._terrain = Terrain(self.race.scenario.surface, self.projection)
        return self._terrain

    def boundingRect(self) -> QRectF:
        return self._rect

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._rect.width() < 2 or self._rect.height() < 2:
            return
        painter.save()
        painter.translate(self._rect.topLeft())
        if self.vector:
            self._paint_terrain(painter)
            for trajectory in self.race.shown if self.display.trails else ():
                paint_trail(painter, trajectory, int(self.race.cursor), self.projection, self.theme)
        else:
            self._paint_pictures(painter)
        self._paint_marks(painter)
        self._paint_branches(painter)
        self._paint_local(painter)
        self._paint_balls(painter)
        self._paint_arrows(painter)
        self._paint_legend(painter)
        painter.restore()

    def _paint_pictures(self, painter: QPainter) -> None:
        ratio = painter.device().devicePixelRatioF()
        if self._still is None or self._still.devicePixelRatio() != ratio:
            self._still = new_pixmap(self._rect.size(), ratio)
            self._still.fill(QColor(self.theme.base))
            still = QPainter(self._still)
            self._paint_terrain(still)
            still.end()
            self._trails = None
        shown = self.race.shown if self.display.trails else []
        row = int(self.race.cursor)
        bold = self.race.chosen if len(self.race.trajectories) > 1 else None
        # not id(t): a new trajectory may get an old one's
        wanted = (bold, *((t, t.run.color, t.run.ghost) for t in shown))
        trails = self._trails
        if trails is None or wanted != self._painted or trails.reaches_beyond(shown, row):
            trails = self._trails = Trails(self._still, self.projection, self.theme, bold)
            self._painted = wanted
        trails.extend(shown, row)
        painter.drawPixmap(QPointF(0, 0), trails.ground)
        painter.drawPixmap(QPointF(0, 0), trails.ink)

    def _paint_terrain(self, painter: QPainter) -> None:
        if self.display.heat:
            self.terrain.paint_heat(painter, self.display.colormap, self.theme)
        if self.display.contours:
            self.terrain.paint_contours(painter, self.font, self.theme, self.display.labels, self.display.heat)

    def _paint_marks(self, painter: QPainter) -> None:
        scenario = self.race.scenario
        if self.display.minima and scenario.surface.minima:
            for x, y in self._visible(np.array(scenario.surface.minima)):
                self._paint_mark(painter, x, y, 10, paint_minimum)
        if self.display.starts:
            pixels = self.projection.to_pixels(np.array(scenario.starts))
            for number, (x, y) in enumerate(pixels.tolist()):
                if self._inside(x, y):
                    lit = number == self.lit_start
                    ink = self.theme.accent if lit else self.theme.text
                    self._paint_mark(painter, x, y, 24, paint_start, ink, self.theme.base, lit)
                    if len(pixels) > 1:
                        paint_caption(painter, str(number + 1), x + 18, y - 13, self.font, ink, self.theme.base)

    def _paint_branches(self, painter: QPainter) -> None:
        """A ring on the trail wherever a run has begun to go another way."""
        for trajectory in self.race.shown if self.display.trails else ():
            if is_fan(trajectory):
                continue  # whose trails bear no marks
            painter.setOpacity(FAINT if trajectory.run.ghost else 1.0)
            for past in trajectory.run.past:
                if past.until < min(self.race.cursor, len(trajectory)):
                    for x, y in self._visible(trajectory.x[past.until]):
                        self._paint_mark(painter, x, y, 8, paint_branch, trajectory.run.color, self.theme.base)
        painter.setOpacity(1.0)

    def _paint_local(self, painter: QPainter) -> None:
        chosen = self.race.chosen
        if not self.display.local or chosen not in self.race.shown:
            return
        surface, projection = self.race.scenario.surface, self.projection
        point = self.race.positions(chosen)[0]
        x, y = projection.to_pixels(point).tolist()
        if not self._inside(x, y):
            return

        key = (surface, tuple(point.tolist()), projection)
        if self._local is None or self._local[0] != key:
            self._local = key, picture(look(surface, point), projection, self.terrain.levels)
        painter.save()
        painter.translate(x, y)
        paint_local(painter, self._local[1], self.font, self.theme, self.vector)
        painter.restore()

    def _paint_balls(self, painter: QPainter) -> None:
        row = int(self.race.cursor)
        shown = self.race.shown
        pixels = [self.projection.to_pixels(self.race.positions(t)) for t in shown]
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
        painter.setOpacity(1.0)

    def _paint_mark(
        self, painter: QPainter, x: float, y: float, reach: float, paint: Callable[..., None], *details: object
    ) -> None:
        """What `paint` paints about (0, 0), about (x, y): a kept picture on the screen, vectors in a figure."""
        if not self.vector:
            paint_sprite(painter, x, y, paint, reach, *details)
            return
        painter.save()
        painter.translate(x, y)
        paint(painter, *details)
        painter.restore()

    def _paint_last_segment(self, painter: QPainter, trajectory: Trajectory, row: int, pixels: Array) -> None:
        """From the last whole step to a ball that glides between two steps."""
        if not self.display.trails or row >= len(trajectory) - 1 or self.race.cursor == row:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(trail_color(trajectory)), trail_width(trajectory)))
        before = self.projection.to_pixels(trajectory.x[row])
        limit = 4.0 * (self._rect.width() + self._rect.height())
        for a, b in zip(before, pixels, strict=True):
            if np.abs(a).max() < limit and np.abs(b).max() < limit:
                painter.drawLine(QPointF(*a), QPointF(*b))

    def _paint_outside(self, painter: QPainter, run: Run, x: float, y: float) -> None:
        """A small half-transparent ball at the edge, where a ball has left the view."""
        edge = BALL
        x = min(max(x, edge), self._rect.width() - edge)
        y = min(max(y, edge), self._rect.height() - edge)
        opacity = painter.opacity()
        painter.setOpacity(0.55 * opacity)
        self._paint_mark(painter, x, y, BALL + 3, paint_marker, run.marker, run.color, 0.65 * BALL)
        painter.setOpacity(opacity)

    def _inside(self, x: float, y: float) -> bool:
        return -BALL <= x <= self._rect.width() + BALL and -BALL <= y <= self._rect.height() + BALL

    def _visible(self, points: Array) -> list[list[float]]:
        pixels = self.projection.to_pixels(points).tolist()
        return [[x, y] for x, y in pixels if self._inside(x, y)]

    # ── Arrows ───────────────────────────────────────────────────────────────────────────────────────────

    def _paint_arrows(self, painter: QPainter) -> None:
        bundles = self.race.bundles
        if not bundles or not self.display.arrows:
            return
        lines = key_lines(bundles, self.projection, self.theme)
        if lines:
            self._paint_key(painter, lines)
        paint_arrows(painter, bundles, self.projection, self.theme, self.race.lit, self.vector)

    def _paint_key(self, painter: QPainter, lines: tuple[KeyLine, ...]) -> None:
        box = key_size(lines, self.font)
        place = self._free_corner(box, self._legend_box(), from_below=True)
        if self.vector:
            painter.save()
            painter.translate(place)
            paint_key(painter, lines, self.font, self.theme)
            painter.restore()
            return
        key = (lines, self.theme)
        self._key.show(painter, place, box.size(), key, lambda p: paint_key(p, lines, self.font, self.theme))

    def arrow_at(self, x: float, y: float) -> str:
        """The quantity whose arrow is under a pixel, by its Step field; "" if there is none."""
        if not self.race.bundles or not self.display.arrows:
            return ""
        return arrow_at(arrows(self.race.bundles, self.projection, self.theme), x, y)

    # ── Legend ───────────────────────────────────────────────────────────────────────────────────────────

    def _paint_legend(self, painter: QPainter) -> None:
        runs = tuple(run for run in self.race.scenario.runs if run.visible)
        if not self.display.legend or not runs:
            return
        there = self._legend_box()
        box, place = QRectF(QPointF(0, 0), there.size()), there.topLeft()
        if self.vector:
            painter.translate(place)
            paint_legend(painter, runs, box, self.font, self.theme)
            return
        key = (tuple((run.color, run.marker, run.ghost, legend_text(run)) for run in runs), self.theme)
        self._legend.show(
            painter, place, box.size(), key, lambda inner: paint_legend(inner, runs, box, self.font, self.theme)
        )

    def _legend_box(self) -> QRectF:
        """Where the legend is."""
        runs = [run for run in self.race.scenario.runs if run.visible]
        if not self.display.legend or not runs:
            return QRectF()
        box = legend_size(runs, self.font)
        return box.translated(self._free_corner(box))

    def _free_corner(
        self,
        box: QRectF,
        taken: QRectF = QRectF(),  # noqa: B008
        from_below: bool = False,
    ) -> QPointF:
        """The corner where a box hides the fewest starts and minima, and nothing `taken`.

        Of several such corners it is the first from the top right, or from the bottom right.
        """
        scenario, margin = self.race.scenario, 10.0
        right, bottom = self._rect.width() - box.width() - margin, self._rect.height() - box.height() - margin
        heights = (bottom, margin) if from_below else (margin, bottom)
        corners = [QPointF(x, y) for y in heights for x in (right, margin)]
        points = self.projection.to_pixels(np.array([*scenario.starts, *scenario.surface.minima])).tolist()

        def hidden(corner: QPointF) -> int:
            room = box.translated(corner).adjusted(-margin, -margin, margin, margin)
            return sum(room.contains(x, y) for x, y in points) + 1000 * room.intersects(taken)

        return min(corners, key=hidden)


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
