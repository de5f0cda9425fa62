"""Figures laid out and painted.

Everything is in units of a twelfth of the text's size, so that lines, balls and gaps suit the text, whatever the
size of the paper. A figure is painted without a window, in any thread.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from optisim.canvas.charts.charts import ChartPicture, room_above, room_below, scaled
from optisim.canvas.charts.quantities import plot_of, shown_groups
from optisim.canvas.map.arrow_sets import arrow_sets
from optisim.canvas.map.arrows import ArrowSet, KeyLine, key_lines, key_size, paint_key
from optisim.canvas.map.legend import legend_size, legend_text, paint_legend
from optisim.canvas.map.race_map import RaceMap
from optisim.canvas.map.snapshot import Snapshot
from optisim.canvas.markers import paint_marker
from optisim.canvas.text.fonts import canvas_font
from optisim.canvas.theme import THEMES
from optisim.canvas.view import AxesRoom, Picture, PictureFactory
from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.race.diagnostics import Diagnostics
from optisim.core.race.scenario import Run
from optisim.core.race.simulate import Trajectory
from optisim.core.surfaces import Domain
from optisim.export.figures.caption import caption_of
from optisim.export.figures.figure import Figure

MARGIN = 8.0
GAP = 10.0
MAP_SHAPE, CHART_SHAPE = 1.4, 1.6  # width to height that one of several is to have
CHART_SHARE = 0.36  # of the width or height that charts take
WIDE = 640.0  # on a narrower map balls are smaller, or they would hide what they do
SMALLEST_MARKS = 0.6
LEAST_MAP, LEAST_CHART = QSizeF(64, 44), QSizeF(90, 66)
STRIP_EDGE = 3.0  # what a legend's line in the strip needs less than one in a box, above and below
DETAIL = 2.0  # print shows corners of contour lines that screens do not
SEEN = 400  # points of a run that legends are kept away from
NO_AXES = AxesRoom(0.0, 0.0, 0.0, GAP)
MEASURED = 200  # instants of a film by which the scales of its arrows are chosen


@dataclass
class _Cell:
    """A picture in the figure: where it is, and what is written above it."""

    map: Picture
    area: QRectF
    run: Trajectory | None  # the only one in it
    left: bool  # numbers stand at its left
    bottom: bool  # and below


@dataclass(frozen=True)
class _Item:
    """Something in the strip below the maps: how large it is, and what paints it from (0, 0)."""

    size: QSizeF
    paint: Callable[[QPainter], None]


class FigurePainter:
    """Paints a race as a Figure says, at any instant.

    Args:
        figure: must be checked.
        snapshot: what is shown, to the end; its `arrow_sets` are the arrows at its cursor.
        looked_at: the run, by its place, and the ball that has arrows.
        picture: what makes the pictures of the race.

    Raises:
        Problem: if there is no room for all that the figure is to have.
    """

    def __init__(
        self,
        figure: Figure,
        snapshot: Snapshot,
        looked_at: tuple[int, int] = (0, 0),
        picture: PictureFactory = RaceMap,
    ) -> None:
        self.figure = figure
        self._picture = picture
        self._snapshot = snapshot
        self._looked_at = looked_at
        self._theme = THEMES[figure.theme]
        self._font = canvas_font()
        self._small = scaled(self._font, 0.9)
        self._heading = scaled(self._font, 1.25)
        self._heading.setWeight(QFont.Weight.DemiBold)
        self._name = QFont(self._font)
        self._name.setWeight(QFont.Weight.DemiBold)
        self._caption = caption_of(snapshot.scenario) if figure.caption else ""
        self._view = figure.view or snapshot.scenario.surface.domain
        self._filmed = False
        self._cells: list[_Cell] = []
        self._charts: list[tuple[ChartPicture, QRectF]] = []
        self._strip: list[tuple[QPointF, _Item]] = []
        self._bar = QRectF()
        self._lay_out()

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """Those of all runs, to the end."""
        return self._snapshot.trajectories

    @property
    def cells(self) -> Sequence[_Cell]:
        """The maps and where each is, row by row."""
        return self._cells

    @property
    def charts(self) -> Sequence[tuple[ChartPicture, QRectF]]:
        """The charts and where each is, row by row."""
        return self._charts

    @property
    def strip(self) -> Sequence[tuple[QPointF, _Item]]:
        """What stands below the maps, such as the runs' names, and the upper left corner of each."""
        return self._strip

    # ── Layout ───────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        room = QRectF(QPointF(0, 0), self.figure.size).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if self.figure.title:
            self._title_box = self._text_box(room, self.figure.title, self._heading)
            room.setTop(self._title_box.bottom() + GAP / 2)
        if self._caption:
            self._caption_box = self._text_box(room, self._caption, self._small)
            self._caption_box.moveBottom(room.bottom())
            room.setBottom(max(self._caption_box.top() - GAP / 2, room.top()))
        self._lay_out_pictures(QRectF(room))
        items = [*self._legend_items(), *self._key_items()]
        if items:
            self._strip, height = _flow(items, room)
            try:
                self._lay_out_pictures(room.adjusted(0, 0, 0, -height - GAP / 2))
            except Problem:
                if self.figure.panels or self.figure.legend != "auto":
                    raise
                self._strip = []  # better a legend that hides something than no figure, if there is room for it
                self._lay_out_pictures(QRectF(room))
                if not self._cells[0].map.legend_fits:
                    raise

    def _text_box(self, room: QRectF, text: str, font: QFont) -> QRectF:
        box = QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return QRectF(room.left(), room.top(), room.width(), min(box.height() + 1, room.height() / 2))

    def _lay_out_pictures(self, room: QRectF) -> None:
        charts = QRectF(room)
        if self.figure.charts and self.figure.beside:
            room.setWidth((1 - CHART_SHARE) * room.width() - GAP / 2)
            charts.setLeft(room.right() + GAP)
        elif self.figure.charts:
            room.setHeight((1 - CHART_SHARE) * room.height() - GAP / 2)
            charts.setTop(room.bottom() + GAP / 2)
        self._lay_out_maps(room)
        if self.figure.charts and self.figure.beside and self.figure.axes:  # frames end where the maps' do
            charts.setBottom(self._cells[-1].area.bottom() + room_below(self._font))
        self._lay_out_charts(charts)

    def _lay_out_charts(self, room: QRectF) -> None:
        scenario, names = self._snapshot.scenario, self.figure.charts
        self._charts = []
        if not names:
            return
        runs = [Diagnostics(trajectory, scenario.surface) for trajectory in self._snapshot.trajectories]
        shown = shown_groups(scenario, runs)
        columns = _columns(len(names), room.size(), CHART_SHAPE)
        size = QSizeF(room.width() / columns, room.height() / math.ceil(len(names) / columns))
        if not _holds(size, LEAST_CHART):
            raise Problem(N_("There is no room for so many charts; take fewer, a larger figure, or smaller text."))
        for number, name in enumerate(names):
            row, column = divmod(number, columns)
            corner = room.topLeft() + QPointF(column * size.width(), row * size.height())
            chart = ChartPicture()
            chart.opaque, chart.named = not self.figure.transparent, True
            chart.show_theme(self._theme)
            chart.fit(size, self._font)
            chart.show_plot(plot_of(name, shown, scenario))
            self._charts.append((chart, QRectF(corner, size)))
        for column in range(columns):  # one step below the other
            below_each_other = [chart for chart, _ in self._charts[column::columns]]
            margin = max((chart.area().left() for chart in below_each_other), default=0.0)
            for chart in below_each_other:
                chart.margin = margin
                chart.fit(size, self._font)

    def _lay_out_maps(self, room: QRectF) -> None:
        """The maps in rows; numbers at the left and below only where no other map is."""
        figure, font = self.figure, self._font
        snapshots = self._snapshots()
        above = 0.0
        if figure.panels or (figure.charts and figure.beside):  # frames begin where those of charts do
            above = room_above(font)
        axes = NO_AXES
        if figure.axes:
            axes = self._picture(self._snapshot, font).axes_room(self._view)
        bar = self._bar_width(room) if figure.display.shows("colorbar") and figure.display.shows("heat") else 0.0
        inner = room.adjusted(axes.left, 0, -(bar or axes.right), -axes.bottom)

        def size_with(columns: int) -> QSizeF:
            rows = math.ceil(len(snapshots) / columns)
            width = (inner.width() - (columns - 1) * axes.between) / columns
            return QSizeF(width, (inner.height() - (rows - 1) * GAP) / rows - above)

        columns = _most_room(len(snapshots), size_with, MAP_SHAPE)
        size = size_with(columns)
        if not _holds(size, LEAST_MAP):
            raise Problem(
                N_("There is no room for the map; take a larger figure, smaller text, or fewer things beside it.")
                if len(snapshots) == 1
                else N_(
                    "There is no room for so many maps; take a larger figure, smaller text, or leave out charts."
                )
            )
        self._cells = []
        for number, (snapshot, trajectory) in enumerate(snapshots):
            row, column = divmod(number, columns)
            corner = QPointF(
                inner.left() + column * (size.width() + axes.between),
                inner.top() + above + row * (size.height() + above + GAP),
            )
            race_map = self._map(snapshot, size)
            if self._cells:
                race_map.share(self._cells[0].map)
            last_row = number + columns >= len(snapshots)
            self._cells.append(_Cell(race_map, QRectF(corner, size), trajectory, column == 0, last_row))
        if bar:
            top, bottom = self._cells[0].area.top(), self._cells[-1].area.bottom()
            self._bar = QRectF(room.right() - bar + GAP, top, bar - GAP, bottom - top)
        self._fit_scales()

    def _map(self, snapshot: Snapshot, size: QSizeF) -> Picture:
        figure = self.figure
        race_map = self._picture(snapshot, self._font)
        race_map.opaque, race_map.emphatic = not figure.transparent, False
        race_map.keyed = not figure.panels
        legend = figure.display.shows("legend") and not figure.panels and not self._strip
        race_map.show_display(figure.display.with_parts(legend=legend), self._theme)
        race_map.marks = min(max(size.width() / WIDE, SMALLEST_MARKS), 1.0)
        race_map.detail = DETAIL
        race_map.avoid = _points(snapshot.trajectories, snapshot.scenario.surface.minima)
        race_map.set_frame(size, _widened(self._view, size) if figure.equal else self._view)
        return race_map

    def _bar_width(self, room: QRectF) -> float:
        """The room for the colour bar, for which heights have to be known."""
        return GAP + self._map(self._snapshot, room.size()).bar_width()

    def _snapshots(self) -> list[tuple[Snapshot, Trajectory | None]]:
        """What each map shows, and the only run in it."""
        # nothing is selected in a figure, but for the run that the local picture is about
        snapshot = self._snapshot if self.figure.display.shows("local") else replace(self._snapshot, selected=-1)
        visible = [trajectory for trajectory in snapshot.trajectories if trajectory.run.visible]
        if not self.figure.panels or not visible:
            return [(snapshot, None)]
        snapshots: list[tuple[Snapshot, Trajectory | None]] = []
        for trajectory in visible:
            alone = replace(snapshot.scenario, runs=(trajectory.run,))
            chosen = 0 if self.figure.display.shows("local") else -1
            arrows = self._arrow_sets((trajectory,), trajectory, snapshot.cursor)
            snapshots.append((Snapshot(alone, (trajectory,), snapshot.cursor, chosen, arrows), trajectory))
        return snapshots

    # ── The strip below ──────────────────────────────────────────────────────────────────────────────────

    def _legend_items(self) -> list[_Item]:
        """The runs' names, if they are to stand below the map."""
        figure = self.figure
        runs = [run for run in self._snapshot.scenario.runs if run.visible]
        if figure.panels or not figure.display.shows("legend") or not runs or figure.legend == "inside":
            return []
        if figure.legend == "auto" and not self._cells[0].map.legend_hides:
            return []
        return [self._legend_item(run) for run in runs]

    def _legend_item(self, run: Run) -> _Item:
        box = legend_size([run], self._font)

        def paint(painter: QPainter) -> None:
            painter.translate(0, -STRIP_EDGE)
            paint_legend(painter, [run], box, self._font, self._theme, framed=False)

        return _Item(QSizeF(box.width(), box.height() - 2 * STRIP_EDGE), paint)

    def _key_items(self) -> list[_Item]:
        """The arrows' names and scales, if the maps have no room for them."""
        if not self.figure.panels:
            return []
        found = {
            line: None
            for cell in self._cells
            if cell.map.snapshot.arrow_sets and cell.map.scales is not None
            for line in key_lines(cell.map.snapshot.arrow_sets[-1], self._theme, cell.map.scales)
        }
        return [self._key_item(line) for line in found]

    def _key_item(self, line: KeyLine) -> _Item:
        size = key_size([line], self._font).size()
        return _Item(size, lambda painter: paint_key(painter, [line], self._font, self._theme, framed=False))

    # ── Time ─────────────────────────────────────────────────────────────────────────────────────────────

    def show(self, cursor: float) -> None:
        """Move to another instant, in steps; the balls glide between whole ones."""
        self._snapshot = replace(self._snapshot, cursor=cursor)
        for cell in self._cells:
            chosen, snapshot = cell.run or self._chosen(), cell.map.snapshot
            arrows = self._arrow_sets(snapshot.trajectories, chosen, cursor) if chosen is not None else ()
            cell.map.show_snapshot(replace(snapshot, cursor=cursor, arrow_sets=arrows))
        self._fit_scales()

    def film(self, first: float, last: float) -> None:
        """Keep the scales of arrows from one instant to the other, so that longer ones always mean more."""
        steps = np.unique(np.linspace(first, last, MEASURED).astype(int)).tolist()
        every = [arrow_set for cell in self._cells for step in steps for arrow_set in self._arrows_in(cell, step)]
        self._filmed = True
        self._scale(every)

    def _fit_scales(self) -> None:
        """Let the arrows of several maps have the same scales."""
        if self.figure.panels and not self._filmed:
            self._scale([arrow_set for cell in self._cells for arrow_set in cell.map.snapshot.arrow_sets])

    def _scale(self, every: Sequence[ArrowSet]) -> None:
        if every:
            scales = self._cells[0].map.lasting_scales(every)
            for cell in self._cells:
                cell.map.scales = scales

    def _arrows_in(self, cell: _Cell, step: int) -> tuple[ArrowSet, ...]:
        chosen = cell.run or self._chosen()
        return self._arrow_sets(cell.map.snapshot.trajectories, chosen, step) if chosen is not None else ()

    def _chosen(self) -> Trajectory | None:
        """The run that has arrows."""
        place, trajectories = self._looked_at[0], self._snapshot.trajectories
        return trajectories[place] if 0 <= place < len(trajectories) else next(iter(trajectories), None)

    def _arrow_sets(
        self, trajectories: Sequence[Trajectory], chosen: Trajectory, cursor: float
    ) -> tuple[ArrowSet, ...]:
        shown, ball = self.figure.display.arrows_shown, min(self._looked_at[1], chosen.x.shape[1] - 1)
        if not shown:
            return ()
        return arrow_sets(
            trajectories, (chosen, ball), int(cursor), shown, self.figure.display.shows("arrows_of_all")
        )

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, vector: bool = False) -> None:
        """Paint the figure in units, from (0, 0)."""
        if not self.figure.transparent:
            painter.fillRect(QRectF(QPointF(0, 0), self.figure.size), QColor(self._theme.base))
        for cell in self._cells:
            self._paint_cell(painter, cell, vector)
        if not self._bar.isNull():
            with _moved(painter, self._bar.topLeft()):
                self._cells[0].map.paint_bar(painter, self._bar.height())
        for chart, box in self._charts:
            chart.vector, chart.now = vector, self._snapshot.cursor
            with _moved(painter, box.topLeft()):
                chart.paint(painter)
        for corner, item in self._strip:
            with _moved(painter, corner):
                item.paint(painter)
        self._paint_texts(painter)

    def _paint_cell(self, painter: QPainter, cell: _Cell, vector: bool) -> None:
        with _moved(painter, cell.area.topLeft()):
            painter.setClipRect(QRectF(QPointF(0, 0), cell.area.size()))
            cell.map.vector = vector
            cell.map.paint(painter)
        if self.figure.axes:
            cell.map.paint_axes(painter, cell.area, cell.left, cell.bottom)
        if cell.run is not None:
            self._paint_name(painter, cell.area, cell.run.run)

    def _paint_name(self, painter: QPainter, area: QRectF, run: Run) -> None:
        """The name of the only run of a map above it, with its ball; its rate, too, if there is room."""
        metrics, room = QFontMetricsF(self._name), area.width() - 16
        text = legend_text(run)
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(run.name, Qt.TextElideMode.ElideRight, room)
        middle = area.top() - 5 - metrics.height() / 2
        with _moved(painter, QPointF(area.left() + 6, middle)):
            paint_marker(painter, run.marker, run.color, 4.6)
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


class _moved:
    """Lets a painter paint from another corner, and as before afterwards."""

    def __init__(self, painter: QPainter, corner: QPointF) -> None:
        self._painter, self._corner = painter, corner

    def __enter__(self) -> None:
        self._painter.save()
        self._painter.translate(self._corner)

    def __exit__(self, *_: object) -> None:
        self._painter.restore()


def _columns(count: int, room: QSizeF, shape: float) -> int:
    """In how many columns things of that shape become largest in a room."""
    return _most_room(
        count, lambda columns: QSizeF(room.width() / columns, room.height() / math.ceil(count / columns)), shape
    )


def _most_room(count: int, size_with: Callable[[int], QSizeF], shape: float) -> int:
    """With how many columns the largest thing of that shape fits each cell; of equals, the fewest empty cells."""

    def room(columns: int) -> tuple[float, int]:
        size = size_with(columns)
        return round(min(size.width() / shape, size.height()), 3), -(-count % columns)

    return max(range(1, max(count, 1) + 1), key=room)


def _holds(size: QSizeF, least: QSizeF) -> bool:
    return size.width() >= least.width() and size.height() >= least.height()


def _flow(items: Iterable[_Item], room: QRectF) -> tuple[list[tuple[QPointF, _Item]], float]:
    """Items side by side in as many rows as they need at the bottom of a room, and the height of all rows."""
    rows: list[list[_Item]] = [[]]
    for item in items:
        if rows[-1] and sum(one.size.width() for one in (*rows[-1], item)) > room.width():
            rows.append([])
        rows[-1].append(item)
    heights = [max(item.size.height() for item in row) for row in rows]
    placed, top = [], room.bottom() - sum(heights)
    for row, height in zip(rows, heights, strict=True):
        left = room.center().x() - sum(item.size.width() for item in row) / 2
        for item in row:
            placed.append((QPointF(left, top + (height - item.size.height()) / 2), item))
            left += item.size.width()
        top += height
    return placed, sum(heights)


def _points(trajectories: Sequence[Trajectory], minima: Sequence[tuple[float, float]]) -> Array:
    """Places of the visible runs and of minima, (n, 2), that nothing should hide."""
    found = [np.array(minima).reshape(-1, 2)]
    for trajectory in trajectories:
        if trajectory.run.visible and len(trajectory):
            places = trajectory.x.reshape(-1, 2)
            found += [places[:: max(len(places) // SEEN, 1)], trajectory.x[-1]]
    points = np.concatenate(found)
    return np.asarray(points[np.isfinite(points).all(axis=1)])


def _widened(view: Domain, size: QSizeF) -> Domain:
    """`view`, with more of the plane at two sides, so that both axes have the same scale on `size`."""
    scale = max(view.width / size.width(), view.height / size.height())
    x, y = (view.left + view.right) / 2, (view.bottom + view.top) / 2
    half_width, half_height = scale * size.width() / 2, scale * size.height() / 2
    return Domain(x - half_width, x + half_width, y - half_height, y + half_height)
