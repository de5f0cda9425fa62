"""The still layer: the surface as a heat map with labelled contour lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.projection import Projection
from optisim.canvas.scales import power_text
from optisim.canvas.theme import Theme
from optisim.core.base.arrays import Array
from optisim.core.surfaces import Surface
from optisim.core.surfaces.contours import Heights, heights

SHADES = 255  # steps of the colour map; one more index is kept for "not defined"
GRID = 640  # grid points along the longer side of the heat map; finer does not show on a screen
LABEL_GAP = 3.0  # pixels between a contour line and its label


NOWHERE = np.empty((0, 2))


@lru_cache(maxsize=16)
def shades(colormap: str, theme: Theme) -> npt.NDArray[np.uint8]:
    """The colour map mixed with the theme's ground, (SHADES, 3): trails must stand out from it."""
    table = COLORMAPS[colormap].shades(SHADES)
    base = QColor(theme.base)
    ground = np.array([base.red(), base.green(), base.blue()])
    mixed: npt.NDArray[np.uint8] = np.round(theme.heat * table + (1 - theme.heat) * ground).astype(np.uint8)
    return mixed


@dataclass(frozen=True)
class Label:
    """A contour label: its text, centre in pixels and angle in degrees."""

    text: str
    x: float
    y: float
    angle: float


@dataclass
class Terrain:
    """A surface seen through a projection, ready to be painted any number of times.

    Contour lines and labels are in pixels of the projection.
    """

    surface: Surface
    projection: Projection
    detail: float = 1.0  # grid points to each that a screen needs
    heights: Heights = field(init=False)
    levels: Array = field(init=False)
    _lines: list[tuple[float, Array]] = field(init=False)
    _heat: dict[tuple[str, Theme], QImage] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        p = self.projection
        fine = min(GRID / max(p.width, p.height), 1.0) * self.detail
        # odd numbers, so that contour lines, which use every second point, reach all edges
        nx, ny = (max(2 * int(side * fine / 2) + 1, 17) for side in (p.width, p.height))
        self.heights = heights(self.surface, p.view, nx, ny)
        self.levels = self.heights.scale.levels()
        self._lines = [
            (float(level), p.to_pixels(line))
            for level, lines in zip(self.levels, self.heights.lines(self.levels, every=2), strict=True)
            for line in lines
        ]

    def paint_heat(self, painter: QPainter, colormap: str, theme: Theme) -> None:
        """The heat map over the whole rectangle; transparent where f is not defined."""
        image = self.heat(colormap, theme)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        p = self.projection
        # the whole image, for of a part of it documents keep a copy, and another one each time
        painter.drawImage(QRectF(0, 0, p.width, p.height), image)

    def heat(self, colormap: str, theme: Theme) -> QImage:
        """The heat map; always the same image, so that a document of several maps has it once."""
        if (colormap, theme) not in self._heat:
            self._heat = {(colormap, theme): heat_image(self.heights, colormap, theme)}
        return self._heat[colormap, theme]

    def paint_contours(
        self,
        painter: QPainter,
        font: QFont,
        theme: Theme,
        labelled: bool,
        heat: bool,
        avoid: Array = NOWHERE,
    ) -> None:
        """The contour lines, each open where its label stands.

        Args:
            painter, font, theme: with what.
            labelled: write the heights.
            heat: they lie on the heat map.
            avoid: pixels, (n, 2), that no label should lie on.
        """
        ink = QColor(theme.text)
        ink.setAlphaF(0.42 if heat else 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        metrics = QFontMetricsF(font)
        labels: list[Label] = []
        painter.setPen(QPen(ink, 1.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
        for level, line in self._lines:
            gaps = _place_labels(level, line, labels, self.projection, metrics, avoid) if labelled else []
            for part in _without(line, gaps):
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in part.tolist()]))
        ink.setAlphaF(0.85)
        painter.setPen(ink)
        painter.setFont(font)
        for label in labels:
            painter.save()
            painter.translate(label.x, label.y)
            painter.rotate(label.angle)
            width = metrics.horizontalAdvance(label.text)
            painter.drawText(QPointF(-width / 2, (metrics.ascent() - metrics.descent()) / 2), label.text)
            painter.restore()


def heat_image(heights: Heights, colormap: str, theme: Theme) -> QImage:
    """The heights as an image, top row first; a pixel has the mean of the four grid points at its corners."""
    z = heights.z[::-1]
    with np.errstate(all="ignore"):
        shade = heights.scale.shade(0.25 * (z[1:, 1:] + z[1:, :-1] + z[:-1, 1:] + z[:-1, :-1]))
    index = np.where(np.isnan(shade), SHADES, np.nan_to_num(shade) * (SHADES - 1) + 0.5).astype(np.uint8)
    table = np.zeros((256, 4), dtype=np.uint8)  # B G R A, as QImage keeps ARGB32 in memory
    table[:SHADES, :3] = shades(colormap, theme)[:, ::-1]
    table[:SHADES, 3] = 255
    pixels = np.ascontiguousarray(table[index])
    rows, columns = index.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
    return image.copy()  # its own memory: `pixels` goes away


# ── Labels ───────────────────────────────────────────────────────────────────────────────────────────────


def _place_labels(
    level: float, line: Array, placed: list[Label], projection: Projection, metrics: QFontMetricsF, avoid: Array
) -> list[tuple[float, float]]:
    """Add a label for `line` to `placed` where it is straight and free; return the arc it covers, if any."""
    text = format_height(level)
    width = metrics.horizontalAdvance(text) + 2 * LABEL_GAP
    height = metrics.height()
    steps = np.hypot(*np.diff(line, axis=0).T)
    arc = np.concatenate(([0.0], np.cumsum(steps)))
    total = float(arc[-1])
    if total < 3.5 * width:
        return []
    centres = np.linspace(width, total - width, 48)
    ends = [
        np.stack([np.interp(centres + side * width / 2, arc, line[:, axis]) for axis in (0, 1)], axis=1)
        for side in (-1, 1)
    ]
    middle = (ends[0] + ends[1]) / 2
    chord = ends[1] - ends[0]
    bend = 1 - np.hypot(*chord.T) / width  # 0 where the line is straight under the label
    margin = width / 2 + 4
    free = (bend < 0.06) & (middle[:, 0] > margin) & (middle[:, 0] < projection.width - margin)
    free &= (middle[:, 1] > margin) & (middle[:, 1] < projection.height - margin)
    for label in placed:
        free &= np.hypot(middle[:, 0] - label.x, middle[:, 1] - label.y) > 1.2 * width + height
    if len(avoid):
        apart = np.hypot(*(middle[:, None] - avoid[None]).transpose(2, 0, 1)).min(axis=1)
        free &= apart > width / 2
    if not free.any():
        return []
    # straight and near the middle of the line, so that labels do not crowd where lines leave the view
    best = int(np.argmin(np.where(free, bend + 0.02 * np.abs(centres / total - 0.5), np.inf)))
    angle = float(np.degrees(np.arctan2(chord[best, 1], chord[best, 0])))
    angle = (angle + 90) % 180 - 90  # readable from below
    placed.append(Label(text, float(middle[best, 0]), float(middle[best, 1]), angle))
    return [(float(centres[best] - width / 2), float(centres[best] + width / 2))]


def _without(line: Array, gaps: list[tuple[float, float]]) -> list[Array]:
    """The line with some stretches of its arc length cut out."""
    if not gaps:
        return [line]
    arc = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))

    def point(at: float) -> Array:
        return np.array([[np.interp(at, arc, line[:, 0]), np.interp(at, arc, line[:, 1])]])

    ((start, end),) = gaps
    return [
        np.concatenate((line[arc < start], point(start))),
        np.concatenate((point(end), line[arc > end])),
    ]


def format_height(value: float) -> str:
    """A height in few digits, with a true minus sign: 0.2, −50, 2.5·10⁵."""
    if value == 0:
        return "0"  # −0, too
    if 1e-3 <= abs(value) < 1e5:
        return f"{value:.6g}".replace("-", "−")
    mantissa, exponent = f"{value:.5e}".split("e")
    factor, power = f"{float(mantissa):g}".replace("-", "−"), power_text(int(exponent))
    return {"1": power, "−1": f"−{power}"}.get(factor, f"{factor}·{power}")
