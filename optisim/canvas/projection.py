"""From surface coordinates to pixels, and lines cut to what a painter can take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.surfaces import Domain, Point

Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Projection:
    """A view of the surface on a rectangle of `width` × `height` pixels, y pointing down."""

    view: Domain
    width: float
    height: float

    def to_pixels(self, points: Array) -> Array:
        """Pixels (…, 2) of surface points (…, 2)."""
        pixels = np.empty_like(points, dtype=np.float64)
        pixels[..., 0] = (points[..., 0] - self.view.left) * (self.width / self.view.width)
        pixels[..., 1] = (self.view.top - points[..., 1]) * (self.height / self.view.height)
        return pixels

    def from_pixel(self, x: float, y: float) -> Point:
        """The surface point under a pixel."""
        return (
            self.view.left + x * self.view.width / self.width,
            self.view.top - y * self.view.height / self.height,
        )


def clip_segments(segments: Array, width: float, height: float, margin: float = 8.0) -> tuple[Array, Numbers]:
    """The parts of line segments that lie in a rectangle (Liang and Barsky 1984, for all segments at once).

    A painter loses precision, time or its way with coordinates of 10⁹ pixels, which a ball on its way out
    easily reaches, and the SVG painter does not clip at all.

    Args:
        segments: (n, 4), each x₀ y₀ x₁ y₁ in pixels.
        width, height: the rectangle from (0, 0).
        margin: how far beyond its sides lines are kept, so that their ends do not show.

    Returns:
        The parts, (m, 4), and the numbers (m,) of the segments they come from.
    """
    x0, y0, x1, y1 = segments.T
    inside = (np.abs(segments - _centre(width, height)) <= _half(width, height, margin)).all(axis=1)
    if inside.all():
        return segments, np.arange(len(segments))
    enter, leave = np.zeros(len(segments)), np.ones(len(segments))
    keep = np.isfinite(segments).all(axis=1)
    with np.errstate(all="ignore"):
        dx, dy = x1 - x0, y1 - y0
        for delta, distance in (
            (-dx, x0 + margin),
            (dx, width + margin - x0),
            (-dy, y0 + margin),
            (dy, height + margin - y0),
        ):
            at = distance / delta
            keep &= ~((delta == 0) & (distance < 0))
            enter = np.where(delta < 0, np.maximum(enter, at), enter)
            leave = np.where(delta > 0, np.minimum(leave, at), leave)
    keep &= enter < leave
    numbers = np.flatnonzero(keep)
    x0, y0, dx, dy, enter, leave = (a[numbers] for a in (x0, y0, dx, dy, enter, leave))
    parts = np.stack((x0 + enter * dx, y0 + enter * dy, x0 + leave * dx, y0 + leave * dy), axis=1)
    # far away, rounding is coarser than the rectangle
    low, high = -margin, np.array([width, height, width, height]) + margin
    return np.clip(parts, low, high), numbers


def _centre(width: float, height: float) -> Array:
    return np.array([width, height, width, height]) / 2


def _half(width: float, height: float, margin: float) -> Array:
    return _centre(width, height) + margin


def thinned(pixels: Array, apart: float = 0.5, begins: npt.NDArray[np.bool_] | None = None) -> Numbers:
    """The numbers of the points of a path (n, 2) that lie in another `apart`-sized cell than the one before.

    Ten thousand steps near a minimum fall on a handful of pixels. The first and the last point always stay. Several
    paths may stand one behind the other; `begins` then marks the first point of each.
    """
    cells = np.round(pixels / apart)
    kept = np.ones(len(pixels), dtype=bool)
    kept[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    kept[-1:] = True
    if begins is not None:
        kept |= begins
        kept[:-1] |= begins[1:]
    return np.flatnonzero(kept)
