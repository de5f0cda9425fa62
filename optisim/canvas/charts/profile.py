"""The surface from the side: its height along a line, with a ball on the slope."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen, QPolygonF

from optisim.canvas.bulk import draw_lines
from optisim.canvas.cache import paint_sprite
from optisim.canvas.map.terrain import format_height
from optisim.canvas.markers import BALL, paint_marker
from optisim.canvas.theme import Theme
from optisim.core.base.arrays import Array
from optisim.core.race.cross_section import SectionLine
from optisim.core.surfaces import Surface
from optisim.core.surfaces.contours import HIGHEST, NOISE, HeightScale, log_floor
from optisim.core.surfaces.curvature import Curvature

SAMPLES = 151  # points of the profile
WIDTHS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)  # of windows, times a power of ten
WIDE, TOO_WIDE = 3.0, 16.0  # times the step: how wide a new window is, and one that is given up
SMALLEST = 1e-290  # differences of heights below that cannot be divided
FILLED = 0.1  # the least part of its picture that a profile is to fill
TICK_SPACING = 56.0  # pixels between labelled distances, at the least
DASH = 5.0  # pixels, of the parabola and between
TANGENT = 58.0  # pixels of the tangent to either side of the ball
LEFT, BOTTOM, TOP, RIGHT = 50.0, 19.0, 8.0, 10.0  # pixels around the picture

Window = tuple[float, float]


# ── What is seen ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Profile:
    """A surface cut along a line.

    Attributes:
        line: along which.
        local: the surface about the ball.
        landing, landing_height: where the ball will be after the step, (2,), and how high that is.
        window: the distances that are seen.
        scale: the heights that are seen.
        distances, heights: of the profile, (SAMPLES,); NaN where the surface is not defined.
    """

    line: SectionLine
    local: Curvature
    landing: Array
    landing_height: float
    window: Window
    scale: HeightScale
    distances: Array
    heights: Array

    @property
    def ball(self) -> float:
        """The distance at which the ball is."""
        return self.line.distance(self.local.point)

    @property
    def slope(self) -> float:
        """The derivative of the height along the line at the ball."""
        return float(self.local.gradient @ self.line.direction)

    def model(self, distances: Array) -> Array:
        """The quadratic model along the line."""
        with np.errstate(all="ignore"):
            return self.local.model(self.line.points(distances) - self.local.point)


def profile(
    surface: Surface,
    line: SectionLine,
    local: Curvature,
    landing: Array,
    step: float,
    before: Profile | None = None,
    whole: Window | None = None,
) -> Profile:
    """The profile of `surface` along `line`, seen through much the same window as `before`.

    Args:
        surface, line, local, landing: what is seen.
        step: how long the step is, of which a gliding ball has a part behind it.
        before: the profile that was shown before, if any, whose window is kept as long as it serves.
        whole: distances that are to be seen in any case; otherwise the window follows the length of the step.
    """
    ball, goal = line.distance(local.point), line.distance(landing)
    low, high = sorted((ball, goal))
    if whole and whole[0] <= low and high <= whole[1]:
        window = whole
    else:
        least = min(surface.domain.width, surface.domain.height) / 40
        window = calm_window(before.window if before else None, low, high, max(step, high - low), least)
    distances = np.linspace(*window, SAMPLES)
    with np.errstate(all="ignore"):
        z = surface.value(line.points(distances))
        landing_height = float(surface.value(landing))
    z[~(np.abs(z) < HIGHEST)] = np.nan
    previous = before.scale if before and before.window == window else None
    scale = calm_scale(previous, np.append(z, (local.value, landing_height)), surface.log)
    return Profile(line, local, landing, landing_height, window, scale, distances, z)


def calm_window(before: Window | None, low: float, high: float, step: float, least: float) -> Window:
    """A window in which `low` to `high` can be seen: the one before, unless it is too narrow or much too wide.

    A new one is `WIDE` times as wide as a step is long, at least `least`, and rounded up.
    """
    if before is not None:
        width = before[1] - before[0]
        margin = 0.06 * width
        seen = before[0] + margin <= low and high <= before[1] - margin
        if seen and (width <= max(TOO_WIDE * step, 2 * least) or step == 0):
            return before
    width = rounded_up(max(WIDE * step, least), WIDTHS)
    middle = round((low + high) / 2 / (width / 8)) * (width / 8)
    return middle - width / 2, middle + width / 2


def calm_scale(before: HeightScale | None, heights: Array, log: bool) -> HeightScale:
    """A scale for `heights`, some of them NaN: the one before, unless they leave it or fill too little of it."""
    finite = heights[np.abs(heights) < HIGHEST]
    if not len(finite):
        return before or HeightScale(0.0, 1.0, False)
    low, high = float(finite.min()), float(finite.max())
    if high - low <= max(NOISE * abs(high), SMALLEST):  # a plain, seen half-way up
        low, high = low - max(abs(high), 1.0) / 2, high + max(abs(high), 1.0) / 2
    span = high - low
    if before is not None and before.log == log and before.low <= low and high <= before.high:
        filled = before.place(high) - before.place(low)
        if filled >= FILLED:
            return before
    unit = rounded_up(span / 12, (1.0, 2.0, 5.0, 10.0))
    above = (0.5 if log else 0.1) * span  # room for a ball that stands at the highest place
    bottom, top = math.floor(low / unit) * unit, math.ceil((high + above) / unit) * unit
    floor = log_floor(low, high)
    guard = max(float(np.sort(finite)[len(finite) // 10]) - floor, 1e-6 * (high - floor)) or 1.0
    return HeightScale(min(bottom, low), max(top, high), log, guard)


def rounded_up(value: float, steps: tuple[float, ...]) -> float:
    """The first of the `steps`, times a power of ten, that is not below a positive `value`."""
    decade = 10.0 ** math.floor(math.log10(value))
    return next((step * decade for step in steps if step * decade >= value * (1 - 1e-9)), 10.0 * decade)


# ── Painting ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ProfileStyle:
    """How a profile is painted: the ball's marker and colour, colours, font, and what the distances are."""

    marker: str
    color: str
    theme: Theme
    font: QFont
    title: str


class _Frame:
    """From distances and heights to pixels."""

    def __init__(self, shown: Profile, room: QRectF) -> None:
        self.box = room.adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        self._left, right = shown.window
        self._per_unit = self.box.width() / (right - self._left)
        self._scale = shown.scale

    def x(self, distance: float) -> float:
        return self.box.left() + (distance - self._left) * self._per_unit

    def y(self, heights: Array | float) -> Array:
        """Heights in pixels, kept near the picture: painters lose their way far outside."""
        with np.errstate(all="ignore"):
            places = np.nan_to_num(self._scale.place(heights), nan=-1.0)  # a parabola may be ∞ − ∞ high
        pixels: Array = self.box.bottom() - np.clip(places, -1.0, 2.0) * self.box.height()
        return pixels

    def pixels(self, distances: Array, heights: Array) -> Array:
        """Points of a curve in pixels, (n, 2)."""
        xs = self.box.left() + (distances - self._left) * self._per_unit
        return np.stack((xs, self.y(heights)), axis=1)


def paint_axes(painter: QPainter, shown: Profile, room: QRectF, look: ProfileStyle) -> None:
    """Paint the ground of a profile, which changes only with its window: axes, ticks and grid."""
    frame = _Frame(shown, room)
    box, theme = frame.box, look.theme
    painter.fillRect(room, QColor(theme.base))
    painter.setFont(look.font)
    metrics = QFontMetricsF(look.font)
    line, ink = QColor(theme.border), QColor(theme.text)
    line.setAlphaF(0.6)
    baseline = (metrics.ascent() - metrics.descent()) / 2
    last = math.inf
    for level in shown.scale.levels(most=7).tolist():
        y = float(frame.y(level))
        if last - y < metrics.height() or not box.top() + 3 < y < box.bottom() - 2:
            continue
        last = y
        painter.setPen(line)
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(ink)
        text = format_height(level)
        painter.drawText(QPointF(box.left() - metrics.horizontalAdvance(text) - 6, y + baseline), text)
    for distance, text in _ticks(shown.window, box.width()):
        x = frame.x(distance)
        painter.setPen(line)
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom() + 4))
        painter.setPen(ink)
        painter.drawText(
            QPointF(x - metrics.horizontalAdvance(text) / 2, box.bottom() + 4 + metrics.ascent()), text
        )
    painter.setPen(QColor(theme.muted))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.drawLine(box.topLeft(), box.bottomLeft())


def paint_profile(painter: QPainter, shown: Profile, room: QRectF, look: ProfileStyle) -> None:
    """Paint a profile on its axes: the hill, what theory says of it at the ball, and the ball."""
    frame = _Frame(shown, room)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setClipRect(frame.box)
    _paint_hill(painter, shown, frame, look.theme)
    if shown.local.defined:
        _paint_theory(painter, shown, frame, look.theme)
        _paint_ball(painter, shown, frame, look)
    painter.setFont(look.font)
    painter.setPen(QColor(look.theme.muted))
    painter.drawText(frame.box.adjusted(8, 2, -8, -2), Qt.AlignmentFlag.AlignRight, look.title)
    painter.restore()


def _ticks(window: Window, width: float) -> list[tuple[float, str]]:
    """Round distances within the window, and how they are written."""
    low, high = window
    step = rounded_up((high - low) * TICK_SPACING / max(width, 1.0), (1.0, 2.0, 5.0, 10.0))
    places = np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return [(place, f"{place + 0.0:.{digits}f}".replace("-", "−")) for place in places.tolist()]


def _paint_hill(painter: QPainter, shown: Profile, frame: _Frame, theme: Theme) -> None:
    """The surface in section, in as many pieces as it is defined in."""
    fill = QLinearGradient(frame.box.topLeft(), frame.box.bottomLeft())
    for at, alpha in ((0.0, 0.36), (1.0, 0.1)):
        tone = QColor(theme.accent)
        tone.setAlphaF(alpha)
        fill.setColorAt(at, tone)
    defined = np.isfinite(shown.heights)
    ends = np.flatnonzero(np.diff(defined.astype(np.int8))) + 1
    for part in np.split(np.arange(len(defined)), ends):
        if not defined[part[0]]:
            continue
        curve = frame.pixels(shown.distances[part], shown.heights[part])
        bottom = frame.box.bottom() + 2
        corners = [(curve[-1, 0], bottom), (curve[0, 0], bottom)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in (*curve.tolist(), *corners)]))
        _draw_curve(painter, curve, QPen(QColor(theme.text), 1.6))


def _draw_curve(painter: QPainter, curve: Array, pen: QPen, every: int = 1) -> None:
    """Draw a curve (n, 2), or one in so many of its pieces; as lines, for a path takes ten times as long."""
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    draw_lines(painter, np.concatenate((curve[:-1], curve[1:]), axis=1)[::every])


def _paint_theory(painter: QPainter, shown: Profile, frame: _Frame, theme: Theme) -> None:
    """The tangent at the ball, and the parabola that touches the surface there."""
    parabola = frame.pixels(shown.distances, shown.model(shown.distances))
    _draw_curve(painter, _evenly(parabola, DASH), QPen(QColor(theme.accent), 1.8), every=2)
    here, beside = (QPointF(x, y) for x, y in frame.pixels(*_tangent(shown)).tolist())
    painter.save()
    _aim(painter, here, beside)
    painter.setPen(QPen(QColor(theme.error), 1.4))
    painter.drawLine(QPointF(-TANGENT, 0), QPointF(TANGENT, 0))
    painter.restore()


def _evenly(curve: Array, apart: float) -> Array:
    """Points on a curve (n, 2) at even distances along it."""
    arc = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))))
    places = np.arange(0.0, arc[-1], apart)
    return np.stack([np.interp(places, arc, curve[:, axis]) for axis in (0, 1)], axis=1)


def _tangent(shown: Profile) -> tuple[Array, Array]:
    """Distances and heights of the ball and of a point of the tangent close beside it."""
    apart = np.array([0.0, 1e-3 * (shown.window[1] - shown.window[0])])
    return shown.ball + apart, shown.local.value + shown.slope * apart


def _paint_ball(painter: QPainter, shown: Profile, frame: _Frame, look: ProfileStyle) -> None:
    """The ball on the slope, an arrow to where the step leads, and there its shade."""
    here = QPointF(frame.x(shown.ball), float(frame.y(shown.local.value)) - BALL)
    goal = shown.line.distance(shown.landing)
    if math.isfinite(shown.landing_height) and math.isfinite(goal):
        there = QPointF(frame.x(goal), float(frame.y(shown.landing_height)) - BALL)
        _paint_arrow(painter, here, there, look.theme)
        painter.setOpacity(0.45)
        paint_sprite(
            painter,
            there.x(),
            there.y(),
            paint_marker,
            BALL + 3,
            look.marker,
            look.color,
            0.8 * BALL,
        )
        painter.setOpacity(1.0)
    paint_sprite(painter, here.x(), here.y(), paint_marker, 1.5 * BALL + 3, look.marker, look.color, BALL)


def _paint_arrow(painter: QPainter, start: QPointF, end: QPointF, theme: Theme) -> None:
    """An arrow between two balls, from rim to rim; none where they touch."""
    length = math.hypot(end.x() - start.x(), end.y() - start.y())
    if not 3.5 * BALL < length < 1e5:
        return
    painter.save()
    _aim(painter, start, end)
    tip, ink = length - BALL - 2, QColor(theme.text)
    painter.setPen(QPen(ink, 1.8))
    painter.drawLine(QPointF(BALL + 2, 0), QPointF(tip - 5, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(tip, 0), QPointF(tip - 8, 4), QPointF(tip - 8, -4)]))
    painter.restore()


def _aim(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Put the painter's origin at `start`, its x axis pointing at `end`."""
    painter.translate(start)
    painter.rotate(math.degrees(math.atan2(end.y() - start.y(), end.x() - start.x())))
