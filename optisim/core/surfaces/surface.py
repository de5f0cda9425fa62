"""A loss surface: one formula is the whole definition, everything else follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.formulas.formula import Formula, parse
from optisim.core.formulas.syntax import VARIABLES, is_parameter
from optisim.core.surfaces.data_formula import NO_TABLE, DataFormula, DataTable, averaged

Point = tuple[float, float]


class Domain(NamedTuple):
    """The rectangle of x and y that is shown, in the surface's own units."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @classmethod
    def checked(cls, left: float, right: float, bottom: float, top: float) -> Domain:
        """A domain with finite, increasing sides.

        Raises:
            Problem: if a side is not finite, is empty, or is too thin or too wide for float64 to divide.
        """
        for low, high in ((left, right), (bottom, top)):
            if not (math.isfinite(low) and math.isfinite(high)):
                raise Problem(N_("The domain needs four finite numbers: x from, x to, y from, y to."))
            if not low < high:
                raise Problem(
                    N_("The domain's lower end {low:g} must be below its upper end {high:g}."), low=low, high=high
                )
            if not 1e-9 * max(abs(low), abs(high), 1e-3) < high - low < 1e12:
                raise Problem(
                    N_("The domain from {low:g} to {high:g} is too thin or too wide to draw."), low=low, high=high
                )
        return cls(float(left), float(right), float(bottom), float(top))


class Parameter(NamedTuple):
    """A named number in a formula, and the range of its slider."""

    name: str
    value: float = 1.0
    low: float = 0.0
    high: float = 10.0

    @classmethod
    def checked(cls, name: str, value: float, low: float, high: float) -> Parameter:
        """A parameter with a name that formulas know, a finite value and an increasing range.

        Raises:
            Problem: otherwise.
        """
        if name in VARIABLES:
            raise Problem(N_("“{name}” is a variable of the surface, so it cannot be a parameter."), name=name)
        if not is_parameter(name):
            raise Problem(N_("“{name}” cannot be a parameter; use a letter such as a or k."), name=name)
        if not all(math.isfinite(number) and abs(number) <= FAR for number in (value, low, high)):
            raise Problem(N_("The parameter {name} needs finite numbers."), name=name)
        if not low < high:
            raise Problem(
                N_("The range of {name} must begin below its end, not at {low:g} and {high:g}."),
                name=name,
                low=low,
                high=high,
            )
        return cls(name, float(value), float(low), float(high))


FAR = 1e9  # no parameter is larger
USUAL_DOMAIN = Domain(-5.0, 5.0, -5.0, 5.0)


@dataclass(frozen=True)
class Surface:
    """A loss f(x, y) over a rectangle.

    Attributes:
        slug: its name in files and on the command line; "" for a formula of the user's own.
        formula: f as text, see `optisim.core.formulas.formula`.
        domain: what is shown at first.
        parameters: the named numbers in the formula.
        table: if it has rows, f is the mean of the formula over them, their columns being known to it.
        minima: all global minima that are known.
        start: a place from which the optimizers have something to show.
        log: show heights on a logarithmic scale.
        steps: how many updates show what the surface teaches.
        name: for people, to be translated.
        teaches: one sentence on what there is to see, to be translated.
        source: where it comes from.
        family: a key of `optisim.core.surfaces.FAMILIES`; "" for a formula of the user's own.
    """

    slug: str
    formula: str
    domain: Domain = USUAL_DOMAIN
    minima: tuple[Point, ...] = ()
    start: Point = (-4.0, 3.0)
    log: bool = False
    steps: int = 100
    name: str = ""
    teaches: str = ""
    source: str = ""
    family: str = ""
    parameters: tuple[Parameter, ...] = ()
    table: DataTable = NO_TABLE

    def __getstate__(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in fields(self)}  # not what follows from them

    @property
    def parsed(self) -> Formula | DataFormula:
        values = tuple((parameter.name, parameter.value) for parameter in self.parameters)
        return averaged(self.formula, values, self.table) if self.table else parse(self.formula, values)

    def with_parameter(self, parameter: Parameter) -> Surface:
        """The surface with another value, or range, of one of its parameters.

        Raises:
            FormulaProblem: if the formula makes no sense with that value.
        """
        if parameter.name not in {old.name for old in self.parameters}:
            raise Problem(N_("The formula has no parameter “{name}”."), name=parameter.name)
        parameters = tuple(parameter if old.name == parameter.name else old for old in self.parameters)
        changed = replace(self, parameters=parameters)
        _ = changed.parsed  # refuses what divides by zero
        return changed

    @property
    def latex(self) -> str:
        return self.parsed.latex

    def value(self, points: npt.ArrayLike) -> Array:
        """f at points of shape (…, 2): shape (…)."""
        points = np.asarray(points, dtype=np.float64)
        return self.parsed.value(points.reshape(-1, 2)).reshape(points.shape[:-1])

    def gradient(self, points: npt.ArrayLike) -> Array:
        """∇f at points of shape (…, 2): shape (…, 2)."""
        points = np.asarray(points, dtype=np.float64)
        return self.parsed.value_and_gradient(points.reshape(-1, 2))[:, 1:].reshape(points.shape)

    def hessian(self, points: npt.ArrayLike) -> Array:
        """The matrix of second derivatives at points of shape (…, 2): shape (…, 2, 2)."""
        points = np.asarray(points, dtype=np.float64)
        columns = self.parsed.hessian(points.reshape(-1, 2))
        return columns[:, [0, 1, 1, 2]].reshape(*points.shape, 2)

    @cached_property
    def lowest(self) -> float:
        """The value at the known minima, or else the lowest one of a grid over the domain; 0 if there is none."""
        if self.minima:
            return float(self.value(self.minima[0]))
        values = self.value(self._grid)
        return float(values[np.isfinite(values)].min(initial=math.inf)) if np.isfinite(values).any() else 0.0

    @cached_property
    def _grid(self) -> Array:
        """A grid over the domain, (1681, 2), shifted off kinks, which like round coordinates."""
        d, n = self.domain, 41
        shift = 0.1234567 / n
        share = np.linspace(shift, 1 - 1 / n + shift, n)
        x, y = np.meshgrid(d.left + d.width * share, d.bottom + d.height * share)
        return np.stack((x, y), axis=-1).reshape(-1, 2)

    @cached_property
    def curvature(self) -> float:
        """The largest curvature met on the way down from the start, which limits a stable learning rate.

        Of a mean over examples, it is that of any single example, for a mini-batch may be just that one.
        It is the largest absolute eigenvalue of the Hessian on a grid, over the points not higher than the
        start; 0 if there is none.
        """
        points = self._grid[self.value(self._grid) <= self.value([self.start])]
        parsed = self.parsed
        if isinstance(parsed, DataFormula):
            examples = [parsed.hessian.of(points, np.full((len(points), 1), i)) for i in range(len(self.table))]
            return _largest_eigenvalue(np.concatenate(examples)[:, [0, 1, 1, 2]].reshape(-1, 2, 2))
        return _largest_eigenvalue(self.differenced_hessian(points))

    def differenced_hessian(self, points: npt.ArrayLike) -> Array:
        """The Hessian from central differences of ∇f, at points of shape (…, 2): shape (…, 2, 2).

        Good to about nine digits, and there at once: compiling the exact one of a long formula takes seconds.
        """
        points = np.asarray(points, dtype=np.float64)
        d = self.domain
        h = np.maximum(np.abs(points), (d.width, d.height)) * 1e-6  # (…, 2), one for each axis
        steps = h[..., None, :] * np.eye(2)  # (…, axis, 2)
        with np.errstate(all="ignore"):
            change = self.gradient(points[..., None, :] + steps) - self.gradient(points[..., None, :] - steps)
            hessian: Array = change / (2 * h[..., None])
            return (hessian + np.swapaxes(hessian, -1, -2)) / 2


def _largest_eigenvalue(matrices: Array) -> float:
    """The largest absolute eigenvalue of those matrices (N, 2, 2) that are finite; 0 if none is."""
    finite = matrices[np.isfinite(matrices).all(axis=(1, 2))]
    return float(np.abs(np.linalg.eigvalsh(finite)).max(initial=0.0))


def square(side: float) -> Domain:
    """The domain from −side to side in both directions."""
    return Domain(-side, side, -side, side)
