"""A surface seen over a rectangle: heights on a grid, their shades, and contour lines at round levels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.surfaces import Domain, Surface

HIGHEST = 1e300  # beyond, differences of heights overflow
NOISE = 1e-13  # heights that differ by less than this share of themselves are the same
LOWEST_SHARE = 0.01  # a logarithmic scale resolves heights down to where this share of the view lies lower


@dataclass(frozen=True)
class HeightScale:
    """How heights become shades from 0 to 1.

    A logarithmic scale counts from 0, or from about the lowest height where that is negative, since loss
    functions are drawn for how far they are from their minimum. `guard` is the height above that up to which it is
    still nearly linear.
    """

    low: float
    high: float
    log: bool
    guard: float = 1.0

    @property
    def _floor(self) -> float:
        return log_floor(self.low, self.high)

    def _warped(self, z: Array | float) -> Array:
        z = np.asarray(z, dtype=np.float64)
        return np.log1p(np.maximum(z - self._floor, 0.0) / self.guard) if self.log else z

    def place(self, z: Array | float) -> Array:
        """Where heights lie: 0 at the lowest, 1 at the highest, and beyond outside; NaN stays NaN."""
        low, high = self._warped(self.low), self._warped(self.high)
        if not high > low:
            return np.asarray(z, dtype=np.float64) * 0.0 + 0.5
        place: Array = (self._warped(z) - low) / (high - low)
        return place

    def shade(self, z: Array | float) -> Array:
        """0 at the lowest height, 1 at the highest; NaN stays NaN."""
        shade: Array = np.clip(self.place(z), 0.0, 1.0)
        return shade

    def levels(self, most: int = 14) -> Array:
        """At most `most` round heights strictly between low and high."""
        if not self.high > self.low:
            return np.empty(0)
        levels = self._log_levels(most) if self.log else np.empty(0)
        # zoomed in, a view may lie between two round numbers of a logarithmic scale
        return levels if len(levels) >= 4 else self._linear_levels(most)

    def _linear_levels(self, most: int) -> Array:
        rough = (self.high - self.low) / (most + 1)
        decade = 10.0 ** math.floor(math.log10(rough))
        for nice in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0):
            step = nice * decade
            levels = np.arange(np.ceil(self.low / step), np.floor(self.high / step) + 1) * step
            levels = levels[(levels > self.low) & (levels < self.high)]
            if len(levels) <= most:
                break
        return levels

    def _log_levels(self, most: int) -> Array:
        decades = np.arange(np.floor(np.log10(self.guard)), np.ceil(np.log10(self.high - self._floor)) + 1)
        for nice in ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
            levels = self._floor + np.array([n * 10.0**decade for decade in decades for n in nice])
            levels = levels[(levels > max(self.low, self._floor + self.guard / 2)) & (levels < self.high)]
            if len(levels) <= most:
                break
        return levels


def log_floor(low: float, high: float) -> float:
    """The height that a logarithmic scale counts from: 0, or a round number just below a negative `low`."""
    if low >= 0 or not high > low:
        return min(low, 0.0)
    unit = 10.0 ** (math.floor(math.log10(high - low)) - 2)
    return math.floor(low / unit) * unit


@dataclass(frozen=True)
class Heights:
    """f on a grid: x (nx,), y (ny,), z (ny, nx) with NaN where f is not a finite number."""

    x: Array
    y: Array
    z: Array
    scale: HeightScale

    @property
    def any_defined(self) -> bool:
        return bool(np.isfinite(self.z).any())

    def lines(self, levels: Array, every: int = 1) -> list[list[Array]]:
        """For each level its contour lines, each (n, 2) in x and y. Uses every `every`-th grid point."""
        import contourpy

        z = np.ma.masked_invalid(self.z[::every, ::every])
        generator = contourpy.contour_generator(
            self.x[::every], self.y[::every], z, line_type=contourpy.LineType.Separate
        )
        return [cast(list[Array], generator.lines(level)) for level in levels]


def heights(surface: Surface, view: Domain, nx: int, ny: int) -> Heights:
    """The surface over `view` on an nx × ny grid, with a scale from its lowest to its highest height there."""
    x = np.linspace(view.left, view.right, nx)
    y = np.linspace(view.bottom, view.top, ny)
    points = np.empty((ny, nx, 2))
    points[..., 0] = x
    points[..., 1] = y[:, None]
    z = surface.value(points)
    finite = np.abs(z) < HIGHEST
    z[~finite] = np.nan
    if not finite.any():
        return Heights(x, y, z, HeightScale(0.0, 0.0, surface.log))
    low, high = float(z[finite].min()), float(z[finite].max())
    if high - low <= NOISE * max(abs(low), abs(high), 1 / HIGHEST):
        high = low
    floor = log_floor(low, high)
    guard = float(np.quantile(z[finite][::7], LOWEST_SHARE)) - floor
    return Heights(x, y, z, HeightScale(low, high, surface.log, max(guard, 1e-9 * (high - floor)) or 1.0))
