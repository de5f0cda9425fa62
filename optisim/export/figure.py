"""A figure: how large it is, what it shows, and how its parts are laid out.

Everything is laid out and painted in units of a twelfth of the text's size, so that lines, balls and gaps suit the
text, whatever the size of the paper. A figure is painted without a window, in any thread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from optisim.canvas.arrows import Bundle
from optisim.canvas.axes import bottom_room, left_room, paint_axes
from optisim.canvas.bundles import bundles
from optisim.canvas.charts import ChartPicture, scaled
from optisim.canvas.colorbar import bar_width, paint_bar
from optisim.canvas.fonts import canvas_font
from optisim.canvas.legend import legend_text
from optisim.canvas.markers import paint_marker
from optisim.canvas.quantities import plot_of, shown_groups
from optisim.canvas.race_map import RaceMap
from optisim.canvas.scene import Display, Scene
from optisim.canvas.theme import THEMES
from optisim.core.diagnostics import Diagnostics
from optisim.core.problems import N_, Problem
from optisim.core.simulate import Trajectory
from optisim.core.surfaces import Domain
from optisim.export.caption import caption_of

LARGEST = 16384  # pixels a side, beyond which images fail to allocate or to open elsewhere
PARTS = {
    "heat": N_("Heat map"),
    "colorbar": N_("Colour bar"),
    "contours": N_("Contour lines"),
    "labels": N_("Contour labels"),
    "trails": N_("Trails"),
    "balls": N_("Balls"),
    "minima": N_("Minima"),
    "starts": N_("Start points"),
    "arrows": N_("Arrows"),
    "local": N_("Local picture"),
    "legend": N_("Legend"),
}
"""Parts of the map that a figure may have, fields of Display → text, to be translated."""

LEAST = (140.0, 110.0)  # units: below that, axes and legend leave nothing of the map
POINTS = 72.0  # to the inch
UNITS = {"mm": 25.4, "in": 1.0, "px": math.nan}  # how many to the inch; of pixels, as many as the resolution says
FONT_UNITS = 12.0  # the size of the text in units
MARGIN = 8.0
GAP = 10.0
SHAPE = 1.4  # width to height that the map of one of several runs is to have
WIDE = 640.0  # units: on a narrower map balls are smaller, or they would hide what they do
SMALLEST_MARKS = 0.6
CHART_SHARE = 0.36  # of the width or height that charts take


@dataclass(frozen=True)
class Figure:
    """How a race is to be shown in a figure.

    Attributes:
        width, height: the size, in `unit`s.
        unit: "mm", "in" or "px".
        dpi: pixels to the inch, of images; with "px" also what says how large the text is.
        text: size of the text in points.
        theme: "light" or "dark".
        transparent: without a ground.
        display: the parts of the map.
        axes: ticks and numbers around the map.
        title: above everything; "" for none.
        caption: the experiment in words below, with all hyperparameters.
        panels: a map of each run by itself, rather than one of all.
        charts: quantities to chart, keys of QUANTITIES.
        beside: charts stand beside the map rather than below.
        view: the part of the plane that is seen; None for the surface's domain.
        equal: x and y have the same scale; more of the plane is seen if need be.
    """

    width: float = 1280.0
    height: float = 800.0
    unit: str = "px"
    dpi: float = 96.0
    text: float = 9.0
    theme: str = "light"
    transparent: bool = False
    display: Display = field(default_factory=lambda: Display(starts=False, arrows=False))
    axes: bool = True
    title: str = ""
    caption: bool = False
    panels: bool = False
    charts: tuple[str, ...] = ()
    beside: bool = True
    view: Domain | None = None
    equal: bool = False

    @property
    def inches(self) -> QSizeF:
        """The size on paper."""
        per_inch = self.dpi if self.unit == "px" else UNITS[self.unit]
        return QSizeF(self.width / per_inch, self.height / per_inch)

    @property
    def pixels(self) -> QSize:
        """The size of an image."""
        if self.unit == "px":
            return QSize(round(self.width), round(self.height))
        return QSize(round(self.inches.width() * self.dpi), round(self.inches.height() * self.dpi))

    @property
    def units_per_inch(self) -> float:
        return POINTS * FONT_UNITS / self.text

    @property
    def size(self) -> QSizeF:
        """The size in units."""
        return self.inches * self.units_per_inch

    def check(self) -> None:
        """See that the figure can be made.

        Raises:
            Problem: if a number is out of range, or the figure too small for its text.
        """
        if not 10 <= self.dpi <= 4800:
            raise Problem(N_("The resolution must be a number from 10 to 4800 dots to the inch."))
        if not 2 <= self.text <= 200:
            raise Problem(N_("The size of the text must be a number from 2 to 200 points."))
        if not all(0 < side < 1e6 for side in (self.width, self.height)):
            raise Problem(N_("Width and height must be positive numbers."))
        if self.unit not in UNITS:
            raise Problem(N_("A size is in {units}."), units=", ".join(UNITS))
        pixels = self.pixels
        if max(pixels.width(), pixels.height()) > LARGEST:
            raise Problem(
                N_("{width} × {height} pixels are too many; a side can have {most} at the most."),
                width=pixels.width(),
                height=pixels.height(),
                most=LARGEST,
            )
        if self.size.width() < LEAST[0] or self.size.height() < LEAST[1]:
            raise Problem(N_("The figure is too small for its text; make it larger, or the text smaller."))


@dataclass(frozen=True)
class Preset:
    """A size that is often wanted; the title is to be translated."""

    title: str
    width: float
    height: float
    unit: str
    dpi: float
    text: float

    def apply(self, figure: Figure) -> Figure:
        """The figure in this size."""
        size = {name: getattr(self, name) for name in ("width", "height", "unit", "dpi", "text")}
        return replace(figure, **size)

    def fits(self, figure: Figure) -> bool:
        """Whether the figure has this size."""
        return self.apply(figure) == figure


PRESETS = {
    "screen": Preset(N_("Screen, 1280 × 800"), 1280.0, 800.0, "px", 96.0, 9.0),
    "column": Preset(N_("One column, 88 mm"), 88.0, 66.0, "mm", 600.0, 7.0),
    "page": Preset(N_("Two columns, 180 mm"), 180.0, 110.0, "mm", 600.0, 8.0),
    "slide": Preset(N_("Slide 16:9, 1920 × 1080"), 1920.0, 1080.0, "px", 144.0, 18.0),
    "square": Preset(N_("Square, 1080 × 1080"), 1080.0, 1080.0, "px", 96.0, 14.0),
}


@dataclass
class _Cell:
    """A map in the figure: where it is, and what is written above it."""

    map: RaceMap
    area: QRectF
    run: Trajectory | None  # the only one in it
    left: bool  # numbers stand at its left
    bottom: bool  # and below


class FigurePainter:
    """Paints a race as a Figure says, at any instant.

    Args:
        figure: must be checked.
        race: what is shown, to the end; its `bundles` are the arrows at its cursor.
        looked_at: the run, by its place, and the ball that has arrows.
    """

    def __init__(self, figure: Figure, race: Scene, looked_at: tuple[int, int] = (0, 0)) -> None:
        self.figure = figure
        self._race = race
        self._looked_at = looked_at
        self._theme = THEMES[figure.theme]
        self._font = canvas_font()
        self._small = scaled(self._font, 0.9)
        self._heading = scaled(self._font, 1.25)
        self._heading.setWeight(QFont.Weight.DemiBold)
        self._name = QFont(self._font)
        self._name.setWeight(QFont.Weight.DemiBold)
        self._cells: list[_Cell] = []
        self._charts: list[tuple[ChartPicture, QRectF]] = []
        self._bar = QRectF()
        self._caption = caption_of(race.scenario) if figure.caption else ""
        self._lay_out()

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """Those of all runs, to the end."""
        return self._race.trajectories

    # ── Layout ───────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        size = self.figure.size
        room = QRectF(QPointF(0, 0), size).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._title_box = QRectF(room.topLeft(), QSizeF(room.width(), 0.0))
        if self.figure.title:
            self._title_box = self._text_box(room, self.figure.title, self._heading)
            room.setTop(self._title_box.bottom() + GAP / 2)
        if self._caption:
            box = self._text_box(room, self._caption, self._small)
            box.moveBottom(room.bottom())
            self._caption_box = box
            room.setBottom(max(box.top() - GAP / 2, room.top()))
        if self.figure.charts:
            room, beside = self._split(room)
            self._lay_out_charts(beside)
        self._lay_out_maps(room)

    def _text_box(self, room: QRectF, text: str, font: QFont) -> QRectF:
        box = QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return QRectF(room.left(), room.top(), room.width(), min(box.height() + 1, room.height() / 2))

    def _split(self, room: QRectF) -> tuple[QRectF, QRectF]:
        """The room of the maps, and that of the charts."""
        maps, charts = QRectF(room), QRectF(room)
        if self.figure.beside:
            maps.setWidth((1 - CHART_SHARE) * room.width() - GAP / 2)
            charts.setLeft(maps.right() + GAP)
        else:
            maps.setHeight((1 - CHART_SHARE) * room.height() - GAP / 2)
            charts.setTop(maps.bottom() + GAP / 2)
        return maps, charts

    def _lay_out_charts(self, room: QRectF) -> None:
        scenario = self._race.scenario
        runs = [Diagnostics(trajectory, scenario.surface) for trajectory in self._race.trajectories]
        shown = shown_groups(scenario, runs)
        names = self.figure.charts
        for number, name in enumerate(names):
            box = QRectF(room)
            if self.figure.beside:
                box.setHeight(room.height() / len(names))
                box.translate(0, number * box.height())
            else:
                box.setWidth(room.width() / len(names))
                box.translate(number * box.width(), 0)
            chart = ChartPicture()
            chart.opaque, chart.named = not self.figure.transparent, True
            chart.show_theme(self._theme)
            chart.fit(box.size(), self._font)
            chart.show_plot(plot_of(name, shown, scenario))
            self._charts.append((chart, box))

    def _lay_out_maps(self, room: QRectF) -> None:
        """The maps in rows; numbers at the left and below only where no other map is."""
        scenes = self._scenes()
        columns = _columns(len(scenes), room)
        rows = math.ceil(len(scenes) / columns)
        figure = self.figure
        named = QFontMetricsF(self._name).height() + 4 if figure.panels else 0.0
        below = bottom_room(self._font) if figure.axes else 0.0
        view = figure.view or self._race.scenario.surface.domain
        beside = left_room(view, room.height() / rows, self._font) if figure.axes else 0.0
        bar = self._bar_width(view, room) if figure.display.colorbar and figure.display.heat else 0.0
        width = (room.width() - beside - bar - (columns - 1) * GAP) / columns
        height = (room.height() - below - rows * named - (rows - 1) * GAP) / rows
        first: RaceMap | None = None
        for number, (scene, trajectory) in enumerate(scenes):
            row, column = divmod(number, columns)
            left = room.left() + beside + column * (width + GAP)
            top = room.top() + named + row * (height + named + GAP)
            area = QRectF(left, top, max(width, 1.0), max(height, 1.0))
            race_map = self._map(scene, area, view)
            if first is None:
                first = race_map
            else:
                race_map.share_terrain(first)
            last_row = number + columns >= len(scenes)
            self._cells.append(_Cell(race_map, area, trajectory, column == 0, last_row))
        if bar:
            self._bar = QRectF(room.right() - bar + GAP, room.top() + named, bar - GAP, max(height, 1.0))

    def _map(self, scene: Scene, area: QRectF, view: Domain) -> RaceMap:
        race_map = RaceMap(scene, self._font)
        display = self.figure.display
        race_map.opaque, race_map.emphatic = not self.figure.transparent, False
        race_map.show_display(replace(display, legend=display.legend and not self.figure.panels), self._theme)
        race_map.marks = min(max(area.width() / WIDE, SMALLEST_MARKS), 1.0)
        race_map.set_frame(area.size(), _widened(view, area.size()) if self.figure.equal else view)
        return race_map

    def _bar_width(self, view: Domain, room: QRectF) -> float:
        """The room for the colour bar, for which the terrain has to be known."""
        probe = self._map(self._race, room, view)
        return GAP + bar_width(probe.terrain, self._font)

    def _scenes(self) -> list[tuple[Scene, Trajectory | None]]:
        """What each map shows, and the only run in it."""
        # nothing is selected in a figure, but for the run that the local picture is about
        race = self._race if self.figure.display.local else replace(self._race, selected=-1)
        visible = [trajectory for trajectory in race.trajectories if trajectory.run.visible]
        if not self.figure.panels or not visible:
            return [(race, None)]
        scenes: list[tuple[Scene, Trajectory | None]] = []
        for trajectory in visible:
            alone = replace(race.scenario, runs=(trajectory.run,))
            chosen = 0 if self.figure.display.local else -1
            scene = Scene(alone, (trajectory,), race.cursor, chosen, self._bundles((trajectory,), trajectory))
            scenes.append((scene, trajectory))
        return scenes

    # ── Time ─────────────────────────────────────────────────────────────────────────────────────────────

    def show(self, cursor: float) -> None:
        """Move to another instant, in steps; the balls glide between whole ones."""
        self._race = replace(self._race, cursor=cursor)
        for cell in self._cells:
            chosen = cell.run or self._chosen()
            trajectories = cell.map.race.trajectories
            arrows = self._bundles(trajectories, chosen) if chosen is not None else ()
            cell.map.show_scene(replace(cell.map.race, cursor=cursor, bundles=arrows))

    def _chosen(self) -> Trajectory | None:
        """The run that has arrows."""
        place, trajectories = self._looked_at[0], self._race.trajectories
        return trajectories[place] if 0 <= place < len(trajectories) else next(iter(trajectories), None)

    def _bundles(self, trajectories: Sequence[Trajectory], chosen: Trajectory) -> tuple[Bundle, ...]:
        display = self.figure.display
        ball = min(self._looked_at[1], chosen.x.shape[1] - 1)
        shown = display.arrows_shown
        if not shown:
            return ()
        return bundles(trajectories, (chosen, ball), int(self._race.cursor), shown, display.arrows_of_all)

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, vector: bool = False) -> None:
        """Paint the figure in units, from (0, 0)."""
        if not self.figure.transparent:
            painter.fillRect(QRectF(QPointF(0, 0), self.figure.size), QColor(self._theme.base))
        for cell in self._cells:
            self._paint_cell(painter, cell, vector)
        if not self._bar.isNull():
            painter.save()
            painter.translate(self._bar.topLeft())
            terrain, colormap = self._cells[0].map.terrain, self.figure.display.colormap
            paint_bar(painter, self._bar.height(), terrain, colormap, self._font, self._theme)
            painter.restore()
        for chart, box in self._charts:
            painter.save()
            painter.translate(box.topLeft())
            chart.vector, chart.now = vector, self._race.cursor
            chart.paint(painter)
            painter.restore()
        self._paint_texts(painter)

    def _paint_cell(self, painter: QPainter, cell: _Cell, vector: bool) -> None:
        painter.save()
        painter.setClipRect(cell.area)
        painter.translate(cell.area.topLeft())
        cell.map.vector = vector
        cell.map.paint(painter)
        painter.restore()
        if self.figure.axes:
            view = cell.map.projection.view
            paint_axes(painter, cell.area, view, self._font, self._theme, cell.left, cell.bottom)
        if cell.run is not None and self.figure.panels:
            self._paint_name(painter, cell.area, cell.run)

    def _paint_name(self, painter: QPainter, area: QRectF, trajectory: Trajectory) -> None:
        """The name of the only run of a map above it, with its ball."""
        metrics = QFontMetricsF(self._name)
        text = metrics.elidedText(legend_text(trajectory.run), Qt.TextElideMode.ElideRight, area.width() - 18)
        middle = area.top() - 4 - metrics.height() / 2
        painter.save()
        painter.translate(area.left() + 6, middle)
        paint_marker(painter, trajectory.run.marker, trajectory.run.color, 4.6)
        painter.restore()
        painter.setFont(self._name)
        painter.setPen(QColor(self._theme.text))
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(area.left() + 16, baseline), text)

    def _paint_texts(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.text))
        if self.figure.title:
            painter.setFont(self._heading)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
            painter.drawText(self._title_box, flags, self.figure.title)
        if self._caption:
            painter.setFont(self._small)
            painter.drawText(self._caption_box, Qt.TextFlag.TextWordWrap, self._caption)


def _columns(count: int, room: QRectF) -> int:
    """In how many columns maps come nearest to SHAPE."""

    def unlike(columns: int) -> float:
        rows = math.ceil(count / columns)
        shape = (room.width() / columns) / (room.height() / rows)
        empty = rows * columns - count
        return abs(math.log(shape / SHAPE)) + 0.15 * empty / count

    return min(range(1, max(count, 1) + 1), key=unlike)


def _widened(view: Domain, size: QSizeF) -> Domain:
    """`view`, with more of the plane at two sides, so that both axes have the same scale on `size`."""
    scale = max(view.width / size.width(), view.height / size.height())
    x, y = (view.left + view.right) / 2, (view.bottom + view.top) / 2
    half_width, half_height = scale * size.width() / 2, scale * size.height() / 2
    return Domain(x - half_width, x + half_width, y - half_height, y + half_height)
