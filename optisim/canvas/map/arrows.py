"""Arrows at a ball: the gradient, what the method remembers, the update; and the rates of x and y as an ellipse.

Parts of the way are drawn at the map's own scale, so that the update ends where the ball will be, unless they are
too short to be seen. What has the units of the gradient has a scale of its own. Scales are round numbers, written
in the key; a ring marks where the ball will be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from optisim.canvas.cache import paint_sprite
from optisim.canvas.map.legend import paint_frame
from optisim.canvas.projection import Projection
from optisim.canvas.text.fonts import CANVAS_TEXT
from optisim.canvas.text.mathtext import typeset
from optisim.canvas.theme import Theme
from optisim.core.base.arrays import Array
from optisim.core.optimizers.base import MOVE, SLOPE, SQUARE
from optisim.core.rules.rule import Quantity

LONGEST = 150.0  # pixels of the longest arrow of the gradient's kind; it is at least 0.4 of that
SHARE = 0.45  # of the map's shorter side that such an arrow takes at the most
LARGER = 100.0  # times as large as the first gradient's arrow, or as the way itself, at the most
VISIBLE = 30.0  # pixels; if all parts of the way are shorter, they are enlarged
RING = 3.5  # pixels: radius of the mark where the ball will be
NARROW, WIDE = 2.2, 5.5  # pixels: widths of arrows
TIP = 11.0  # pixels of an arrow's head
SHORTEST = 2.5  # pixels; shorter arrows would be all head
NAMED = 34.0  # pixels from which an arrow has its symbol beside it
REACH = 6.0  # pixels from an arrow within which the mouse points at it
ELLIPSE = 46.0  # pixels of the longer half axis at the most; it is at least 0.4 of that
THINNEST = 2.5
TINY = 1e-200  # lengths beyond this or its inverse are drawn as they are, which is to say, not at all
HUGE = 1e100  # no update that large is drawn
FAR = 1e4  # pixels, beyond which a painter loses its way
SYMBOL_SIZE = 14.0

# gradient, then what the method remembers in the order of its lines; the update is in the colour of the text
_LIGHT = ("#c2185b", "#6a1b9a", "#00695c", "#9a4a00", "#1f4fb5", "#5d6d00")
_DARK = ("#ff6fa5", "#c99bff", "#4dd0b8", "#ffb26b", "#8fb4ff", "#d4e157")


@dataclass(frozen=True)
class ArrowSet:
    """The arrows of one ball.

    Attributes:
        at: where the ball is, (2,).
        quantities: what is drawn.
        values: its values, (2,) each.
        first: the ball's first gradient, by which scales are bounded, (2,).
        names: all the quantities' fields, drawn or not, in the order of their colours.
        before: what is still remembered from the step before, in slow motion: quantities and values.
    """

    at: Array
    quantities: tuple[Quantity, ...]
    values: tuple[Array, ...]
    first: Array
    names: tuple[str, ...]
    before: tuple[tuple[Quantity, Array], ...] = ()


@dataclass(frozen=True)
class Scales:
    """By what arrows are multiplied: the gradient's kind, parts of the way, and rates (0: each as it fits)."""

    slope: float
    move: float
    rates: float = 0.0

    def of(self, kind: str) -> float:
        """The scale of arrows of a kind."""
        return self.move if kind == MOVE else self.slope


def scales_of(arrow_sets: Sequence[ArrowSet], projection: Projection) -> Scales:
    """The scales that fit these arrows."""
    return Scales(slope_scale(arrow_sets, projection), move_scale(arrow_sets, projection))


def lasting_scales(arrow_sets: Sequence[ArrowSet], projection: Projection) -> Scales:
    """The scales for arrows that are compared with each other: of several maps, or of all frames of a film."""
    found = scales_of(arrow_sets, projection)
    rates = [rates.scale for rates in map(rates_of, arrow_sets) if rates is not None and rates.scale > 0]
    return Scales(found.slope, found.move, min(rates, default=0.0))


def quantity_color(names: Sequence[str], field: str, theme: Theme) -> str:
    """The colour of a quantity among those of its optimizer, in formulas and on the map."""
    if field == "update" or field not in names:
        return theme.text
    colors = _DARK if QColor(theme.base).lightness() < 128 else _LIGHT
    return colors[names.index(field) % len(colors)]


def slope_scale(arrow_sets: Sequence[ArrowSet], projection: Projection) -> float:
    """By what arrows of the gradient's kind are multiplied: a round number, the same for all of them."""
    longest = min(LONGEST, SHARE * min(projection.width, projection.height))
    now = _longest(_of_kind(arrow_sets, SLOPE), projection)
    at_first = _longest([arrow_set.first for arrow_set in arrow_sets], projection)
    if not TINY < now < 1 / TINY:
        return 1.0
    scale = round_down(longest / now)
    return min(scale, LARGER * round_down(longest / at_first)) if TINY < at_first < 1 / TINY else scale


def move_scale(arrow_sets: Sequence[ArrowSet], projection: Projection) -> float:
    """By what parts of the way are multiplied: 1, or a round number if none of them could be seen."""
    longest = _longest(_of_kind(arrow_sets, MOVE), projection)
    if not TINY < longest < VISIBLE:
        return 1.0
    return min(round_down(2 * VISIBLE / longest), LARGER)


def _of_kind(arrow_sets: Sequence[ArrowSet], kind: str) -> list[Array]:
    return [
        value
        for arrow_set in arrow_sets
        for quantity, value in zip(arrow_set.quantities, arrow_set.values, strict=True)
        if quantity.kind == kind
    ]


def round_down(number: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above a number."""
    power = 10.0 ** math.floor(math.log10(number))
    return max((nice for nice in (1.0, 2.0, 5.0) if nice * power <= number), default=1.0) * power


def _longest(vectors: Sequence[Array], projection: Projection) -> float:
    lengths = [math.hypot(*_in_pixels(vector, projection)) for vector in vectors]
    return max((length for length in lengths if math.isfinite(length)), default=0.0)


def _in_pixels(vector: Array, projection: Projection) -> tuple[float, float]:
    return (
        float(vector[0]) * projection.width / projection.view.width,
        -float(vector[1]) * projection.height / projection.view.height,
    )


@dataclass(frozen=True)
class Arrow:
    """An arrow in pixels."""

    field: str
    symbol: str
    color: str
    tail: tuple[float, float]
    tip: tuple[float, float]
    width: float = NARROW
    old: bool = False  # of the step before

    @property
    def length(self) -> float:
        return math.hypot(self.tip[0] - self.tail[0], self.tip[1] - self.tail[1])

    def distance(self, x: float, y: float) -> float:
        """How far a pixel is from the arrow."""
        ax, ay = self.tail
        dx, dy = self.tip[0] - ax, self.tip[1] - ay
        squared = dx * dx + dy * dy
        along = min(max(((x - ax) * dx + (y - ay) * dy) / squared, 0.0), 1.0) if squared > 0 else 0.0
        return math.hypot(x - ax - along * dx, y - ay - along * dy)


def arrows(
    arrow_sets: Sequence[ArrowSet], projection: Projection, theme: Theme, scales: Scales | None = None
) -> list[Arrow]:
    """The arrows of some balls in pixels, from the bottom up; at scales that fit them if None are given."""
    scales = scales or scales_of(arrow_sets, projection)
    found: list[Arrow] = []
    for arrow_set in arrow_sets:
        x, y = projection.to_pixels(arrow_set.at).tolist()
        now = zip(arrow_set.quantities, arrow_set.values, strict=True)
        for quantity, value, old in (
            *((*pair, True) for pair in arrow_set.before),
            *((*pair, False) for pair in now),
        ):
            if quantity.kind == SQUARE:
                continue
            dx, dy = _in_pixels(value * scales.of(quantity.kind), projection)
            color = quantity_color(arrow_set.names, quantity.field, theme)
            width = _width(quantity)
            arrow = Arrow(quantity.field, quantity.symbol, color, (x, y), (x + dx, y + dy), width, old)
            if SHORTEST <= arrow.length < FAR and abs(x) < FAR and abs(y) < FAR:
                found.append(arrow)
    return found


def _width(quantity: Quantity) -> float:
    """Pixels: the update is often just what the method remembers, and lies as a narrower arrow on the wider one."""
    return WIDE if quantity.kind == MOVE and quantity.field != "update" else NARROW


def arrow_at(drawn: Sequence[Arrow], x: float, y: float) -> str:
    """The quantity whose arrow is under a pixel, or ""."""
    near = [(arrow.distance(x, y), arrow.field) for arrow in reversed(drawn) if arrow.length > TIP]
    distance, field = min(near, default=(math.inf, ""))
    return field if distance <= REACH else ""


# ── Painting ─────────────────────────────────────────────────────────────────────────────────────────────


def paint_arrows(
    painter: QPainter,
    arrow_sets: Sequence[ArrowSet],
    projection: Projection,
    theme: Theme,
    scales: Scales,
    lit: str = "",
    vector: bool = False,
) -> None:
    """The ellipses and arrows of some balls; what is `lit` stands out. A single ball's have their symbols."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for arrow_set in arrow_sets:
        _paint_rates(painter, arrow_set, projection, theme, scales, lit)
    drawn = arrows(arrow_sets, projection, theme, scales)
    for arrow_set in arrow_sets:
        _paint_landing(painter, arrow_set, projection, theme)
    for arrow in sorted(drawn, key=lambda arrow: arrow.field == lit):
        _paint_arrow(painter, arrow, theme, arrow.field == lit, faded=bool(lit) and arrow.field != lit)
    if len(arrow_sets) == 1:
        for arrow in drawn:
            if arrow.length >= NAMED and (not lit or arrow.field == lit) and not arrow.old:
                _paint_symbol(painter, arrow, projection, theme, vector)
    painter.restore()


def _paint_landing(painter: QPainter, arrow_set: ArrowSet, projection: Projection, theme: Theme) -> None:
    """A ring where the ball will be."""
    updates = (v for q, v in zip(arrow_set.quantities, arrow_set.values, strict=True) if q.field == "update")
    for update in updates:
        if not np.abs(update).max() < HUGE:
            continue
        x, y = projection.to_pixels(arrow_set.at + update).tolist()
        if abs(x) < FAR and abs(y) < FAR and update.any():
            for color, width in ((theme.base, 3.6), (theme.text, 1.4)):
                painter.setPen(QPen(QColor(color), width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), RING, RING)


def _paint_arrow(painter: QPainter, arrow: Arrow, theme: Theme, lit: bool, faded: bool) -> None:
    shape = _arrow_shape(arrow, arrow.width + (1.4 if lit else 0.0))
    painter.setOpacity(0.35 if faded or arrow.old else 1.0)
    rim = QColor(theme.base)
    painter.strokePath(shape, QPen(rim, 3.0 if lit else 2.2, j=Qt.PenJoinStyle.RoundJoin))
    painter.fillPath(shape, QColor(arrow.color))
    painter.setOpacity(1.0)


def _arrow_shape(arrow: Arrow, width: float) -> QPainterPath:
    """The outline of an arrow, its head no longer than half of it."""
    length = arrow.length
    (x, y), (tip_x, tip_y) = arrow.tail, arrow.tip
    head = min(TIP + width, 0.6 * length)
    half, wide = width / 2, head * 0.42
    neck = length - 0.85 * head
    outline = QPolygonF(
        [
            QPointF(0, -half),
            QPointF(neck, -half),
            QPointF(length - head, -wide),
            QPointF(length, 0),
            QPointF(length - head, wide),
            QPointF(neck, half),
            QPointF(0, half),
        ]
    )
    path = QPainterPath()
    path.addPolygon(outline)
    path.closeSubpath()
    turn = QTransform().translate(x, y).rotateRadians(math.atan2(tip_y - y, tip_x - x))
    return turn.map(path)


def _paint_symbol(painter: QPainter, arrow: Arrow, projection: Projection, theme: Theme, vector: bool) -> None:
    """The symbol beyond the arrow's tip, or as near to it as there is room."""
    text = typeset(arrow.symbol, SYMBOL_SIZE)
    dx, dy = ((tip - tail) / arrow.length for tip, tail in zip(arrow.tip, arrow.tail, strict=True))
    reach = 5 + abs(dx) * text.box.width() / 2 + abs(dy) * text.box.height() / 2
    half, tall = text.box.width() / 2 + 3, text.box.height() / 2 + 3
    x = min(max(arrow.tip[0] + dx * reach, half), projection.width - half)
    y = min(max(arrow.tip[1] + dy * reach, tall), projection.height - tall)
    if vector:
        painter.save()
        painter.translate(x, y)
        _paint_rimmed(painter, arrow.symbol, arrow.color, theme.base)
        painter.restore()
        return
    reach = max(text.box.width(), text.box.height()) / 2 + 4
    paint_sprite(painter, round(x), round(y), _paint_rimmed, reach, arrow.symbol, arrow.color, theme.base)


def _paint_rimmed(painter: QPainter, symbol: str, color: str, ground: str) -> None:
    """A symbol about (0, 0), with a rim so that it can be read on any ground."""
    text = typeset(symbol, SYMBOL_SIZE)
    path = text.path.translated(-text.box.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.strokePath(path, QPen(QColor(ground), 3.0, j=Qt.PenJoinStyle.RoundJoin))
    painter.fillPath(path, QColor(color))


@dataclass(frozen=True)
class Rates:
    """What the last SQUARE of a ball makes of the learning rate: 1/√ of it for x and for y."""

    field: str
    across: float
    up: float

    @property
    def scale(self) -> float:
        """By what they are multiplied, in shares of ELLIPSE: a round number."""
        longest = max(self.across, self.up)
        return round_down(1 / longest) if TINY < longest < 1 / TINY else 0.0


def rates_of(arrow_set: ArrowSet) -> Rates | None:
    """The rates of a ball, None without a SQUARE that is known."""
    squares = [
        (quantity.field, value)
        for quantity, value in zip(arrow_set.quantities, arrow_set.values, strict=True)
        if quantity.kind == SQUARE
    ]
    if not squares:
        return None
    field, value = squares[-1]
    if not (np.isfinite(value).all() and (value >= 0).all() and (value > 0).any()):
        return None
    with np.errstate(all="ignore"):
        across, up = (1 / np.sqrt(value)).tolist()
    return Rates(field, across if math.isfinite(across) else 0.0, up if math.isfinite(up) else 0.0)


def _paint_rates(
    painter: QPainter, arrow_set: ArrowSet, projection: Projection, theme: Theme, scales: Scales, lit: str
) -> None:
    """An ellipse whose half axes are as the rates of x and y."""
    rates = rates_of(arrow_set)
    if rates is None:
        return
    field, unit = rates.field, ELLIPSE * (scales.rates or rates.scale)
    x, y = projection.to_pixels(arrow_set.at).tolist()
    if not (abs(x) < FAR and abs(y) < FAR):
        return
    color = QColor(quantity_color(arrow_set.names, field, theme))
    box = QRectF(0, 0, 2 * max(unit * rates.across, THINNEST), 2 * max(unit * rates.up, THINNEST))
    box.moveCenter(QPointF(x, y))
    painter.setOpacity(0.35 if lit and lit != field else 1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.base), 4.0))
    painter.drawEllipse(box)
    inside = QColor(color)
    inside.setAlphaF(0.16)
    painter.setBrush(inside)
    painter.setPen(QPen(color, 2.6 if lit == field else 1.6))
    painter.drawEllipse(box)
    painter.setOpacity(1.0)


# ── Key ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class KeyLine:
    """One line of the key: the symbol, its colour, how it is drawn, and at what scale."""

    latex: str
    color: str
    kind: str
    scale: str = ""
    width: float = NARROW


def key_lines(arrow_set: ArrowSet, theme: Theme, scales: Scales) -> tuple[KeyLine, ...]:
    """What the arrows of a ball are called, and at what scale they are drawn."""
    lines = []
    rates = rates_of(arrow_set)
    for quantity in arrow_set.quantities:
        color = quantity_color(arrow_set.names, quantity.field, theme)
        if quantity.kind != SQUARE:
            text = _scale_text(scales.of(quantity.kind))
            lines.append(KeyLine(quantity.symbol, color, quantity.kind, text, _width(quantity)))
        elif rates is not None and rates.field == quantity.field:
            text = _scale_text(scales.rates or rates.scale)
            lines.append(KeyLine(rf"1/\sqrt{{{quantity.symbol}}}", color, SQUARE, text))
    return tuple(lines)


def _scale_text(scale: float) -> str:
    return "" if scale == 1 else f"× {scale:g}"


_LINE = 22.0
_SAMPLE = 30.0


def key_size(lines: Sequence[KeyLine], font: QFont) -> QRectF:
    """The room that the key takes."""
    metrics = QFontMetricsF(font)
    widest = max(
        _symbol_width(line, font) + (8 + metrics.horizontalAdvance(line.scale) if line.scale else 0)
        for line in lines
    )
    tallest = sum(_line_height(line, font) for line in lines)
    return QRectF(0, 0, round(widest + _SAMPLE + 24), round(tallest + 8))


def _symbol_size(font: QFont) -> float:
    return SYMBOL_SIZE * font.pixelSize() / CANVAS_TEXT


def _symbol_width(line: KeyLine, font: QFont) -> float:
    return typeset(line.latex, _symbol_size(font)).box.width()


def _line_height(line: KeyLine, font: QFont) -> float:
    return max(_LINE, typeset(line.latex, _symbol_size(font)).box.height() + 4)


def paint_key(painter: QPainter, lines: Sequence[KeyLine], font: QFont, theme: Theme, framed: bool = True) -> None:
    """The key, from (0, 0), in a frame where it lies on a map."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if framed:
        paint_frame(painter, key_size(lines, font), theme)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    top = 4.0
    for line in lines:
        height = _line_height(line, font)
        middle = top + height / 2
        if line.kind == SQUARE:
            painter.setPen(QPen(QColor(line.color), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(9, middle - 5, _SAMPLE - 6, 10))
        else:
            sample = Arrow("", "", line.color, (8, middle), (8 + _SAMPLE - 4, middle), line.width)
            painter.fillPath(_arrow_shape(sample, line.width), QColor(line.color))
        text = typeset(line.latex, _symbol_size(font))
        x = 8 + _SAMPLE + 4
        painter.fillPath(
            text.path.translated(x - text.box.left(), middle - text.box.center().y()), QColor(line.color)
        )
        if line.scale:
            painter.setPen(QColor(theme.muted))
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(x + text.box.width() + 8, baseline), line.scale)
        top += height
