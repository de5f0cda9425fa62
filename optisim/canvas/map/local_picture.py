"""The local picture on the map: contour lines of the parabola that touches the surface at a ball, and its axes.

Where the dashed lines lie on the map's own, the surface is as good as a parabola, and what theory says of
parabolas holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from optisim.canvas.bulk import draw_lines
from optisim.canvas.cache import paint_sprite
from optisim.canvas.projection import Projection
from optisim.canvas.text.symbols import three_digits
from optisim.canvas.theme import Theme
from optisim.core.base.arrays import Array
from optisim.core.surfaces.curvature import Curvature

RADIUS = 92.0  # pixels that the picture reaches from the ball, in views that are large enough
FEWEST, MOST = 3, 6  # contour lines
RINGS, RAYS = 12, 61  # of the grid that the lines are found on
DASH, GAP = 6.0, 4.0  # pixels
CAPTION = 80.0  # pixels beyond its end that the caption of an axis takes


@dataclass(frozen=True, eq=False)
class LocalPicture:
    """A local picture ready to be painted, in pixels about the ball.

    Attributes:
        radius: of the disc.
        dashes: of contour lines of the model, (n, 4), each x₀ y₀ x₁ y₁.
        axes: for each principal direction its caption, and the end of its line at which that stands, (2,).
    """

    radius: float
    dashes: Array
    axes: tuple[tuple[str, Array], ...]


def picture(local: Curvature, projection: Projection, levels: Array) -> LocalPicture:
    """The picture of `local` in a map with contour lines at `levels`."""
    with np.errstate(all="ignore"):  # heights and lengths may be near the largest number there is
        return _picture(local, projection, levels)


def _picture(local: Curvature, projection: Projection, levels: Array) -> LocalPicture:
    radius = min(RADIUS, 0.3 * min(projection.width, projection.height))
    # pixels → surface, y pointing down on the screen
    scale = np.array([projection.view.width / projection.width, -projection.view.height / projection.height])
    disc = radius * _unit_disc()
    z = local.model(disc * scale)
    if not np.isfinite(z).all():
        return LocalPicture(radius, np.empty((0, 4)), ())
    dashes = _dashed(_contours(disc, z, _chosen(levels, float(z.min()), float(z.max()))))
    centre = projection.to_pixels(local.point)
    ends = [_end(axis / scale, radius, centre, projection) for axis in local.axes]
    curved = local.curvatures.any()  # else every direction is as good as another
    captions = [
        f"{symbol} = {three_digits(c)}" for symbol, c in zip(("λ₁", "λ₂"), local.curvatures.tolist(), strict=True)
    ]
    return LocalPicture(radius, dashes, tuple(zip(captions, ends, strict=True)) if curved else ())


@lru_cache(maxsize=1)
def _unit_disc() -> Array:
    """A polar grid over the disc of radius 1, (RINGS, RAYS, 2): lines found on it end at the rim by themselves."""
    angle = np.linspace(0, 2 * np.pi, RAYS)
    rays = np.stack((np.cos(angle), np.sin(angle)), axis=-1)
    grid: Array = np.linspace(0, 1, RINGS)[:, None, None] * rays
    return grid


def _chosen(levels: Array, low: float, high: float) -> Array:
    """A few heights between `low` and `high`: those of the map, if it has enough of them there."""
    inside = levels[(levels > low) & (levels < high)]
    if len(inside) < FEWEST:
        return np.linspace(low, high, FEWEST + 2)[1:-1]
    return inside[:: -(-len(inside) // MOST)]


def _contours(places: Array, z: Array, levels: Array) -> list[Array]:
    """Contour lines, each (k, 2), of heights `z` (n, m) at `places` (n, m, 2)."""
    import contourpy

    generator = contourpy.contour_generator(
        places[..., 0], places[..., 1], z, line_type=contourpy.LineType.Separate
    )
    return [cast(Array, line) for level in levels.tolist() for line in generator.lines(level)]


def _dashed(lines: list[Array]) -> Array:
    """Dashes along lines, (n, 4), each x₀ y₀ x₁ y₁. All lines at once, which a pen with dashes takes longer for."""
    if not lines:
        return np.empty((0, 4))
    points = np.concatenate(lines)
    ends = np.cumsum([len(line) for line in lines])[:-1]
    steps = np.hypot(*np.diff(points, axis=0).T)
    steps[ends - 1] = 0.0  # from one line to the next
    arc = np.concatenate(([0.0], np.cumsum(steps)))
    starts = np.arange(0.0, arc[-1], DASH + GAP)
    tips = np.minimum(starts + DASH, arc[-1])
    dashes = np.stack([np.interp(at, arc, points[:, axis]) for at in (starts, tips) for axis in (0, 1)], axis=1)
    whole = np.searchsorted(arc[ends], starts, "right") == np.searchsorted(arc[ends], tips, "left")
    kept: Array = dashes[whole]
    return kept


def _end(direction: Array, radius: float, centre: Array, projection: Projection) -> Array:
    """The end of an axis for its caption: the upper one, or the right one, where that is in view."""
    end: Array = direction * (radius / np.hypot(*direction))
    across = abs(end[0]) > abs(end[1])
    if (end[0] < 0) if across else (end[1] > 0):
        end = -end
    reach = (centre + end * (1 + CAPTION / radius))[0] if across else (centre + end * (1 + 24 / radius))[1]
    return -end if not 0 <= reach <= (projection.width if across else projection.height) else end


def paint_local(painter: QPainter, local: LocalPicture, font: QFont, theme: Theme, vector: bool) -> None:
    """Paint a local picture about (0, 0): in a fraction of a millisecond, unless as vectors."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if vector:
        _paint_lens(painter, local.radius, theme)
    else:
        paint_sprite(painter, 0, 0, _paint_lens, local.radius + 1, local.radius, theme)
    painter.setPen(QPen(QColor(theme.accent), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    draw_lines(painter, local.dashes)
    painter.setPen(QPen(QColor(theme.text), 1.0))
    for _, end in local.axes:
        painter.drawLine(QPointF(*-end), QPointF(*end))
    for text, end in local.axes:
        _paint_tag(painter, text, end, font, theme)
    painter.restore()


def _paint_lens(painter: QPainter, radius: float, theme: Theme) -> None:
    """The disc: a little of the ground over the map, and a rim."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    lens, rim = QColor(theme.base), QColor(theme.text)
    lens.setAlphaF(0.25)
    rim.setAlphaF(0.3)
    painter.setBrush(lens)
    painter.setPen(QPen(rim, 1.0))
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _paint_tag(painter: QPainter, text: str, end: Array, font: QFont, theme: Theme) -> None:
    """A caption beyond the end of an axis, on a ground of its own: stroking a rim takes ten times as long."""
    metrics = QFontMetricsF(font)
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
    out = end / np.hypot(*end)
    box.moveCenter(QPointF(*(end + out * (box.width() / 2 + 3, box.height() / 2 + 3))))
    ground = QColor(theme.base)
    ground.setAlphaF(0.75)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
