"""Scales of charts: where a value lies between the bottom and the top, and which values are marked.

Three kinds: linear, logarithmic, and symmetric, which is logarithmic towards both sides and linear about 0, for
values of both signs that differ by orders of magnitude.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optisim.core.base.arrays import Array

HUGE = 1e250  # values beyond it are taken for infinite, so that there is room for the ends of a scale
DECADES = 10  # of a logarithmic scale at the most: one run near its minimum is not to press the others together
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Tick(NamedTuple):
    """A marked value: where it lies, 0 at the bottom and 1 at the top, and what is written there."""

    place: float
    text: str


@dataclass(frozen=True)
class Scale:
    """A scale from `low` to `high`, both in units of `_bent`: the values themselves, or their logarithms.

    Attributes:
        kind: "linear", "log" or "symmetric".
        unit: on a symmetric scale, where the linear part ends.
    """

    kind: str
    low: float
    high: float
    unit: float = 1.0

    def places(self, values: Array) -> Array:
        """Where values lie, 0 at the bottom and 1 at the top; NaN stays. What has no logarithm lies far below."""
        with np.errstate(all="ignore"):
            places: Array = (self._bent(values) - self.low) / (self.high - self.low)
        return places

    def _bent(self, values: Array) -> Array:
        if self.kind == "log":
            return np.asarray(np.log10(np.where(values <= 0, 1e-323, values)))
        if self.kind == "symmetric":
            return np.asarray(np.sign(values) * np.log10(1 + np.abs(values) / self.unit))
        return values

    def ticks(self, most: int) -> list[Tick]:
        """At most about `most` round values, from below."""
        if self.kind == "linear":
            return [Tick(self._share(v), number_text(v)) for v in round_numbers(self.low, self.high, most)]
        if self.kind == "symmetric":
            return self._symmetric_ticks(most)
        if self.high - self.low < 3:
            return [Tick(self._share(math.log10(v)), number_text(v)) for v in self._within_decades(most)]
        stride = max(math.ceil((self.high - self.low) / most), 1)
        first = math.ceil((self.low - 1e-9) / stride) * stride
        exponents = range(first, math.floor(self.high + 1e-9) + 1, stride)
        return [Tick(self._share(exponent), power_text(exponent)) for exponent in exponents]

    def _within_decades(self, most: int) -> list[float]:
        """Round values of a logarithmic scale of few decades: as many of each decade as there is room for."""
        low, high = 10**self.low, 10**self.high
        for factors in ((1, 2, 5), (1, 3), (1,)):
            decades = range(math.floor(self.low), math.floor(self.high) + 1)
            values = [float(f"{factor}e{decade}") for decade in decades for factor in factors]
            values = [value for value in values if low <= value <= high]
            if len(values) <= most + 1:
                break
        return values if len(values) > 1 else round_numbers(low, high, most)

    def _symmetric_ticks(self, most: int) -> list[Tick]:
        first = math.floor(math.log10(self.unit)) + 1
        last = math.floor(math.log10(self.unit) + max(self.high, -self.low) + 1e-9)
        sides = (self.low < 0) + (self.high > 0)
        stride = max(math.ceil((last - first + 1) * sides / max(most - 1, 1)), 1)
        exponents = range(last, first - 1, -stride)
        below = [(-(10.0**e), "−" + power_text(e)) for e in exponents]
        above = [(10.0**e, power_text(e)) for e in reversed(exponents)]
        marked = [(self.places(np.array(value)), text) for value, text in (*below, (0.0, "0"), *above)]
        return [Tick(float(place), text) for place, text in marked if -1e-9 <= place <= 1 + 1e-9]

    def _share(self, bent: float) -> float:
        return (bent - self.low) / (self.high - self.low)


def log_scale(values: Array, first: Array) -> Scale:
    """A logarithmic scale for `values`.

    It ends DECADES below the top, and a little above a thousand times the highest of the `first` values of the
    curves: one that flies away leaves at the top rather than press all others to the bottom.
    """
    positive = values[(values > 0) & (values < HUGE)]
    if not len(positive):
        return Scale("log", -1.0, 1.0)
    high = math.log10(positive.max())
    begin = first[(first > 0) & (first < HUGE)]
    if len(begin):
        high = min(high, math.log10(begin.max()) + 3)
    low = max(math.log10(positive.min()), high - DECADES)
    if high - low < 1e-3:
        return Scale("log", low - 0.5, low + 0.5)
    edge = 0.04 * (high - low)
    return Scale("log", low - edge, high + edge)


def linear_scale(values: Array) -> Scale:
    """A linear scale for `values`, or a symmetric one if most of them would lie on one line of pixels."""
    finite = values[np.abs(values) < HUGE]
    if not len(finite):
        return Scale("linear", 0.0, 1.0)
    low, high = float(finite.min()), float(finite.max())
    usual, extreme = float(np.median(np.abs(finite))), max(-low, high)
    if extreme > 1e3 * usual > 0:
        unit = 10.0 ** math.floor(max(math.log10(usual), math.log10(extreme) - DECADES))
        symmetric = Scale("symmetric", 0.0, 1.0, unit)
        bottom, top = (float(v) for v in symmetric._bent(np.array([min(low, 0.0), max(high, 0.0)])))
        edge = 0.04 * (top - bottom)
        return Scale("symmetric", bottom - edge, top + edge, unit)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        edge = 0.5 * max(abs(low), abs(high)) or 1.0
    else:
        edge = 0.05 * (high - low)
    return Scale("linear", low - edge, high + edge)


def round_numbers(low: float, high: float, most: int) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, at most about `most`."""
    rough = (high - low) / max(most, 1)
    if not (rough > 0 and math.isfinite(rough)):
        return []
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((m * power for m in (1, 2, 5) if m * power >= rough * (1 - 1e-9)), 10 * power)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [float(f"{k * step:.12g}") for k in range(first, min(last, first + 50) + 1)]


def number_text(value: float) -> str:
    """A round number in few signs: 0.05, −20, 3·10⁶."""
    if value == 0:
        return "0"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if 1e-3 <= abs(value) < 1e5:
        return f"{value:.6g}".replace("-", "−")
    mantissa, exponent = f"{value:.4e}".split("e")
    power = power_text(int(exponent))
    factor = f"{float(mantissa):g}".replace("-", "−")
    return {"1": power, "−1": f"−{power}"}.get(factor, f"{factor}·{power}")


def power_text(exponent: int) -> str:
    """A power of ten: 10⁻³."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS)
