"""Charts of quantities against steps, with a cursor.

Axes and curves are pictures that are painted when data, size or theme change; a frame shows them and paints the
cursor on top. Curves longer than the chart is wide are reduced to what they span in each column as wide as the
pen, so that no spike is lost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from optisim.canvas.bulk import draw_lines
from optisim.canvas.cache import CachedPicture, paint_sprite
from optisim.canvas.map.trails import FEW, trail_pen
from optisim.canvas.projection import clip_segments, thinned
from optisim.canvas.scales import Scale, Tick, linear_scale, log_scale, number_text, round_numbers
from optisim.canvas.theme import LIGHT, Theme, mixed
from optisim.core.base.arrays import Array
from optisim.language import tr

WIDTH = 1.7  # of curves, in pixels
BOLD = 1.1  # how much wider the curve of the selected run is
DOT = 3.2  # radius
FAINT = 0.3  # opacity of what lies after the cursor
MARGIN = 8.0
TICK_ROOM = 22.0  # pixels from one tick to the next, at least
SMALL = 0.86  # of the font's size, that of the ticks


@dataclass(frozen=True)
class Curve:
    """One line of a chart.

    Attributes:
        key: what it is a curve of; a curve with the same key is this one, perhaps with more values.
        name: for people.
        color: #rrggbb.
        values: the value at each step so far, (T + 1,); what is not a number leaves a gap.
        bold: stand out.
        ended: there will be no more values, for the balls have stopped.
    """

    key: object
    name: str
    color: str
    values: Array = field(repr=False)
    bold: bool = False
    ended: bool = False

    def at(self, step: int) -> float:
        """The value at a step, or the last one if it is not known yet; NaN beyond the end."""
        if step >= len(self.values) and (self.ended or not len(self.values)):
            return math.nan
        return float(self.values[min(step, len(self.values) - 1)])


@dataclass(frozen=True)
class Plot:
    """What a chart shows.

    Attributes:
        title: the quantity.
        short: its name where the title has no room.
        curves: from the bottom up.
        steps: where the axis of steps ends.
        log: use a logarithmic scale.
        above: is taken away from all values before they are shown.
        limits: the ends of the scale; None fits them to the values.
        message: is shown in place of curves.
    """

    title: str
    short: str = ""
    curves: Sequence[Curve] = ()
    steps: int = 1
    log: bool = False
    above: float = 0.0
    limits: tuple[float, float] | None = None
    message: str = ""


class Envelope:
    """What a growing column of values spans in each of `columns` equal parts of `rows` rows."""

    def __init__(self, rows: int, columns: int) -> None:
        self._edges = -(-np.arange(columns + 1) * rows // columns)  # in whole numbers, rounded up
        self._low, self._high = np.full(columns, np.nan), np.full(columns, np.nan)
        self._known = 0

    def extend(self, values: Array) -> tuple[Array, Array, Array]:
        """Take in the rows that are new; the centre of each part begun, and its least and greatest value, (k,)."""
        edges = self._edges
        if len(values) > self._known:
            first = int(np.searchsorted(edges, self._known, "right")) - 1  # a part begun before is begun again
            last = int(np.searchsorted(edges, len(values) - 1, "right"))
            new, starts = values[edges[first] :], edges[first:last] - edges[first]
            self._low[first:last] = np.fmin.reduceat(new, starts)
            self._high[first:last] = np.fmax.reduceat(new, starts)
            self._known = len(values)
        begun = int(np.searchsorted(edges, self._known - 1, "right"))
        centres = (edges[:begun] + edges[1 : begun + 1] - 1) / 2
        return centres, self._low[:begun], self._high[:begun]


class ChartPicture:
    """One quantity of all runs against the steps, painted on a rectangle of `size`.

    Attributes:
        plot: what is shown.
        now: the step at which the cursor is; it glides between whole ones.
        scale: the scale of the values.
        vector: paint vectors rather than the kept pictures.
        opaque: fill the rectangle with the theme's ground.
        margin: the room at the left of the curves, if more than the numbers there need.
        named: for a reader who cannot ask: write below what the axis is, and leave out the cursor at the end.
    """

    def __init__(self) -> None:
        self.plot = Plot("")
        self.now = 0.0
        self.scale = Scale("linear", 0.0, 1.0)
        self.vector = False
        self.opaque = True
        self.named = False
        self.margin = 0.0
        self.size = QSizeF(1, 1)
        self._theme: Theme = LIGHT
        self._font, self._small = QFont(), QFont()
        self._points: list[tuple[Array, Array]] = []  # of each curve, rows and values
        self._envelopes: dict[object, Envelope] = {}
        self._reduced_for: tuple[int, int] = (0, 0)
        self._version = 0
        self._ground, self._ink = CachedPicture(), CachedPicture()
        self._area = QRectF(0, 0, 1, 1)

    # ── What to show ─────────────────────────────────────────────────────────────────────────────────────

    def show_plot(self, plot: Plot) -> None:
        """Show these curves."""
        self.plot = plot
        self._refit()

    def show_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self._theme = theme
        self._version += 1

    def fit(self, size: QSizeF, font: QFont) -> None:
        """Fill `size`, with texts in `font`."""
        self.size = size
        self._font, self._small = font, scaled(font, SMALL)
        self._refit()

    def area(self) -> QRectF:
        """Where the curves are, on the picture."""
        return QRectF(self._area)

    def x_of(self, step: float) -> float:
        """Where a step is, on the picture."""
        return self._area.left() + step / self.plot.steps * self._area.width()

    def y_of(self, values: Array) -> Array:
        """Where values are, on the picture; those beyond the scale at its edge, on the screen, or beyond it."""
        places = self.scale.places(values - self.plot.above)
        if not self.named:
            places = np.clip(places, 0.0, 1.0)
        return np.asarray(self._area.bottom() - places * self._area.height())

    def step_at(self, x: float) -> int:
        """The step at a place on the picture."""
        share = (x - self._area.left()) / max(self._area.width(), 1.0)
        return round(min(max(share, 0.0), 1.0) * self.plot.steps)

    def _refit(self) -> None:
        """Fit the scale to the values, and the room for its texts to the scale."""
        self._version += 1
        self._reduce()
        plot = self.plot
        values = np.concatenate([values for _, values in self._points] or [np.empty(0)])
        if plot.limits is not None:
            self.scale = Scale("linear", *plot.limits)
        elif plot.log:
            first = np.array([values[0] for _, values in self._points if len(values)])
            self.scale = log_scale(values, first)
        else:
            self.scale = linear_scale(values)
        metrics = QFontMetricsF(self._small)
        top = room_above(self._font)
        bottom = room_below(self._font) if self.named else metrics.height() + 5
        height = max(self.size.height() - top - bottom, 10.0)
        widest = max((metrics.horizontalAdvance(t.text) for t in self._ticks(height)), default=0.0)
        left = max(MARGIN + 8 * math.ceil((widest + 4) / 8), self.margin)  # in steps, so that the axis seldom moves
        self._area = QRectF(left, top, max(self.size.width() - left - MARGIN, 10.0), height)

    def _ticks(self, height: float) -> list[Tick]:
        return self.scale.ticks(max(int(height / TICK_ROOM), 2))

    def _reduce(self) -> None:
        """The points to be drawn of each curve: all, or what they span in each column as wide as the pen."""
        plot = self.plot
        columns = max(round(self.size.width() / WIDTH), 50)
        if self._reduced_for != (plot.steps, columns):
            self._reduced_for = (plot.steps, columns)
            self._envelopes = {}
        if plot.steps + 1 <= 2 * columns:
            self._points = [(np.arange(float(len(c.values))), c.values - plot.above) for c in plot.curves]
            return
        known, self._envelopes, self._points = self._envelopes, {}, []
        for curve in plot.curves:
            envelope = known.get(curve.key) or Envelope(plot.steps + 1, columns)
            self._envelopes[curve.key] = envelope
            centres, low, high = envelope.extend(curve.values)
            spans = np.stack((low, high), axis=1).reshape(-1)
            self._points.append((np.repeat(centres, 2), spans - plot.above))

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────────────

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, hovered: QPointF | None = None) -> None:
        """Paint the chart from (0, 0), and what it reads under the mouse."""
        size, area = self.size, self._area
        self._show(self._ground, painter, self._paint_axes)
        if self.plot.message:
            return
        x = self.x_of(self.now)
        for left, right, opacity in ((area.left(), x, 1.0), (x, area.right(), FAINT)):
            painter.save()
            painter.setOpacity(opacity)
            if self.vector:
                self._paint_curves_between(painter, left, right)
            else:
                edge = QRectF(left, 0, right - left, size.height())
                beyond = 8.0  # so that the ends of curves are not cut
                edge.adjust(-beyond if left == area.left() else 0, 0, beyond if right == area.right() else 0, 0)
                painter.setClipRect(edge, Qt.ClipOperation.IntersectClip)
                self._show(self._ink, painter, self._paint_curves)
            painter.restore()
        if self.now < self.plot.steps or not self.named:
            painter.setPen(QPen(mixed(self._theme.text, self._theme.base, 0.6), 1.0))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        for curve, y in zip(self.plot.curves, self._heads().tolist(), strict=True):
            if math.isfinite(y) and area.top() - 1 <= y <= area.bottom() + 1:
                color = self._color(curve.color)
                self._paint_mark(painter, x, y, color, self._theme.base, curve.bold)
        if hovered is not None:
            self._paint_reading(painter, hovered)

    def _show(self, cache: CachedPicture, painter: QPainter, paint: Callable[[QPainter], None]) -> None:
        """What `paint` paints, as a kept picture on the screen."""
        if self.vector:
            painter.save()
            paint(painter)
            painter.restore()
        else:
            cache.show(painter, QPointF(0, 0), self.size, self._version, paint)

    def _paint_mark(self, painter: QPainter, x: float, y: float, color: str, rim: str, large: bool) -> None:
        """A dot about (x, y)."""
        if not self.vector:
            paint_sprite(painter, x, y, _paint_dot, 2 * DOT, color, rim, large)
            return
        painter.save()
        painter.translate(x, y)
        _paint_dot(painter, color, rim, large)
        painter.restore()

    def _heads(self) -> Array:
        """How high each curve is at the cursor, (curves,)."""
        row = int(self.now)
        share = self.now - row
        here = np.array([curve.at(row) for curve in self.plot.curves])
        if not share > 0:
            return self.y_of(here)
        there = np.array([curve.at(row + 1) for curve in self.plot.curves])
        before, after = self.y_of(here), self.y_of(there)
        return np.asarray(before + share * (after - before))

    def _color(self, color: str) -> str:
        """A run's colour, with more contrast where it would vanish on the ground."""
        apart = abs(_lightness(color) - _lightness(self._theme.base))
        return color if apart > 0.3 else mixed(color, self._theme.text, 0.72).name()

    def _paint_axes(self, painter: QPainter) -> None:
        theme, area, plot = self._theme, self._area, self.plot
        box = QRectF(QPointF(0, 0), self.size)
        if self.opaque:
            painter.fillRect(box, QColor(theme.base))
        metrics = QFontMetricsF(self._font)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.text))
        room = self.size.width() - 2 * MARGIN
        scale = {"log": tr("(log)"), "symmetric": tr("(symmetric log)")}.get(self.scale.kind, "")
        taken = metrics.horizontalAdvance(f" {scale}") if scale and not plot.message else 0.0
        title = plot.title if metrics.horizontalAdvance(plot.title) + taken <= room else plot.short
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room - taken)
        painter.drawText(QPointF(MARGIN, metrics.ascent() + 2), title)
        if plot.message:
            painter.setPen(QColor(theme.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box.adjusted(12, 18, -12, -4), flags, plot.message)
            return
        painter.setPen(QColor(theme.muted))
        painter.drawText(QPointF(MARGIN + metrics.horizontalAdvance(f"{title} "), metrics.ascent() + 2), scale)
        painter.setFont(self._small)
        small = QFontMetricsF(self._small)
        grid, ink = QPen(mixed(theme.border, theme.base, 0.45), 1.0), QColor(theme.muted)
        for place, text in self._ticks(area.height()):
            y = round(area.bottom() - place * area.height()) + 0.5
            painter.setPen(grid)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            left = area.left() - 4 - small.horizontalAdvance(text)
            painter.drawText(QPointF(left, y + small.capHeight() / 2), text)
        for step, text in self._step_ticks(small):
            x = round(self.x_of(step)) + 0.5
            painter.setPen(grid)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(ink)
            advance = small.horizontalAdvance(text)
            left = min(x - advance / 2, self.size.width() - advance - 2)
            painter.drawText(QPointF(left, area.bottom() + small.ascent() + 2), text)
        if self.named:
            left = area.center().x() - small.horizontalAdvance(tr("step")) / 2
            painter.drawText(QPointF(left, area.bottom() + small.height() + small.ascent() + 2), tr("step"))
        painter.setPen(QPen(QColor(theme.border), 1.0))
        left, bottom = round(area.left()) - 0.5, round(area.bottom()) + 0.5
        painter.drawLine(QPointF(left, area.top()), QPointF(left, bottom))
        painter.drawLine(QPointF(left, bottom), QPointF(area.right(), bottom))

    def _step_ticks(self, metrics: QFontMetricsF) -> list[tuple[float, str]]:
        widest = metrics.horizontalAdvance(str(self.plot.steps)) + 22
        most = max(int(self._area.width() / widest), 1)
        whole = [step for step in round_numbers(0, self.plot.steps, most) if step == int(step)]
        return [(step, str(int(step))) for step in whole]

    def _paint_curves(self, painter: QPainter) -> None:
        painter.setClipRect(self._area.adjusted(-1, -BOLD, 1, BOLD), Qt.ClipOperation.IntersectClip)
        self._paint_curves_between(painter, self._area.left() - 8, self._area.right() + 8)

    def _paint_curves_between(self, painter: QPainter, left: float, right: float) -> None:
        """The curves, cut at two places, for not all that is painted on can clip."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        area = self._area
        corner = np.array([left, area.top()] * 2)
        for curve, (rows, values) in zip(self.plot.curves, self._points, strict=True):
            points = np.empty((len(rows), 2))
            points[:, 0] = area.left() + rows * (area.width() / self.plot.steps)
            points[:, 1] = area.top() + (1 - self.scale.places(values)) * area.height()
            points = points[thinned(points)]
            lines = np.concatenate((points[:-1], points[1:]), axis=1)
            lines, _ = clip_segments(lines - corner, right - left, area.height(), margin=0.0)
            if len(lines):
                width = WIDTH + (BOLD if curve.bold else 0.0)
                painter.setPen(trail_pen(self._color(curve.color), width, round_caps=len(lines) <= FEW))
                draw_lines(painter, lines + corner)

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────

    def nearest(self, at: QPointF) -> Curve | None:
        """The curve that is nearest to a place on the picture, at that step."""
        step = self.step_at(at.x())
        heights = self.y_of(np.array([curve.at(step) for curve in self.plot.curves]))
        apart = np.abs(heights - at.y())
        return self.plot.curves[int(np.nanargmin(apart))] if np.isfinite(apart).any() else None

    def reading_at(self, at: QPointF) -> str:
        """Name, step and value of the nearest curve, in as much room as there is; "" if there is none."""
        curve = self.nearest(at)
        if curve is None:
            return ""
        step = self._known(curve, at)
        text = f"{step}:  {reading(curve.at(step) - self.plot.above)}"
        metrics = QFontMetricsF(self._small)
        room = self.size.width() - metrics.horizontalAdvance(text) - 24
        return f"{metrics.elidedText(curve.name, Qt.TextElideMode.ElideRight, max(room, 0.0))}  {text}"

    def _known(self, curve: Curve, at: QPointF) -> int:
        """The step at a place, or the last one that is known of a curve."""
        return min(self.step_at(at.x()), len(curve.values) - 1)

    def _paint_reading(self, painter: QPainter, at: QPointF) -> None:
        """The step under the mouse, and the value there of the nearest curve."""
        curve = self.nearest(at)
        if curve is None:
            return
        step, text = self._known(curve, at), self.reading_at(at)
        x, y = self.x_of(step), float(self.y_of(np.array([curve.at(step)]))[0])
        self._paint_mark(painter, x, y, self._color(curve.color), self._theme.text, True)
        painter.setFont(self._small)
        metrics = QFontMetricsF(self._small)
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
        left = min(max(x - box.width() / 2, 2.0), self.size.width() - box.width() - 2)
        above = y - DOT - 6 - box.height()
        box.moveTo(left, above if above > self._area.top() - 4 else y + DOT + 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(self._theme.border), 1.0))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def room_above(font: QFont) -> float:
    """The room for the title above a chart's curves."""
    return QFontMetricsF(font).height() + 6


def room_below(font: QFont) -> float:
    """The room below a chart's curves for the numbers of the steps and what they are."""
    return 2 * QFontMetricsF(scaled(font, SMALL)).height() + 5


def scaled(font: QFont, share: float) -> QFont:
    """The font, smaller or larger, but never too small to be read."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(round(share * font.pixelSize()), 8))
    else:
        small.setPointSizeF(max(share * font.pointSizeF(), 6.0))
    return small


def reading(value: float) -> str:
    """A value as it is read off, in four digits: 0.01234, −3.2·10⁻¹⁰."""
    return number_text(float(f"{value:.4g}"))


def _lightness(color: str) -> float:
    """How light a colour looks, from 0 to 1."""
    red, green, blue = QColor(color).getRgbF()[:3]  # type: ignore[index]
    return float(0.3 * red + 0.59 * green + 0.11 * blue)


def _paint_dot(painter: QPainter, color: str, rim: str, large: bool) -> None:
    """A dot about (0, 0)."""
    radius = DOT + (0.8 if large else 0.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(rim), 1.2))
    painter.setBrush(QColor(color))
    painter.drawEllipse(QPointF(0, 0), radius, radius)
