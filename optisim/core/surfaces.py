"""Loss surfaces: one formula is the whole definition, everything else follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optisim.core.formula import Array, Formula, parse
from optisim.core.problems import N_, Problem

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


USUAL_DOMAIN = Domain(-5.0, 5.0, -5.0, 5.0)


@dataclass(frozen=True)
class Surface:
    """A loss f(x, y) over a rectangle.

    Attributes:
        slug: its name in files and on the command line; "" for a formula of the user's own.
        formula: f as text, see `optisim.core.formula`.
        domain: what is shown at first.
        minima: all global minima that are known.
        start: a place from which the optimizers have something to show.
        log: show heights on a logarithmic scale.
        steps: how many updates show what the surface teaches.
        name: for people, to be translated.
        source: where it comes from.
    """

    slug: str
    formula: str
    domain: Domain = USUAL_DOMAIN
    minima: tuple[Point, ...] = ()
    start: Point = (-4.0, 3.0)
    log: bool = False
    steps: int = 100
    name: str = ""
    source: str = ""

    @property
    def parsed(self) -> Formula:
        return parse(self.formula)

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
    def curvature(self) -> float:
        """The largest curvature met on the way down from the start, which limits a stable learning rate.

        It is the largest absolute eigenvalue of the Hessian on a grid, over the points not higher than the
        start; 0 if there is none. The Hessian is taken from differences of ∇f, which is good enough for a
        suggestion: compiling the exact one of a long formula takes seconds.
        """
        d, n = self.domain, 41
        shift = 0.1234567 / n  # keeps the grid off kinks, which like round coordinates
        share = np.linspace(shift, 1 - 1 / n + shift, n)
        x, y = np.meshgrid(d.left + d.width * share, d.bottom + d.height * share)
        grid = np.stack((x, y), axis=-1).reshape(-1, 2)
        points = grid[self.value(grid) <= self.value([self.start])]
        hessian = np.empty((len(points), 2, 2))
        for axis, size in enumerate((d.width, d.height)):
            h = np.zeros(2)
            h[axis] = 1e-6 * size
            with np.errstate(all="ignore"):
                hessian[:, axis] = (self.gradient(points + h) - self.gradient(points - h)) / (2e-6 * size)
        hessian = hessian[np.isfinite(hessian).all(axis=(1, 2))]
        return float(np.abs(np.linalg.eigvalsh(hessian)).max(initial=0.0))


def surface_named(text: str) -> Surface:
    """The catalogue's surface with the slug `text`, or else a surface of the formula `text`.

    Raises:
        Problem: if it is neither.
    """
    known = SURFACES.get(text.strip().lower())
    if known is not None:
        return known
    if text.strip() and all(letter.isalnum() or letter in "-_" for letter in text.strip()) and len(text) > 2:
        try:  # a lone word is more likely a misspelt name than a formula
            parse(text)
        except Problem:
            raise Problem(
                N_("There is no surface “{name}”; choose one of {names}, or give a formula in x and y."),
                name=text.strip(),
                names=", ".join(SURFACES),
            ) from None
    return own_surface(text)


def own_surface(formula: str, domain: Domain = USUAL_DOMAIN) -> Surface:
    """A surface of the user's own formula, with a start near a corner of `domain`.

    Raises:
        FormulaProblem: if the formula cannot be read.
    """
    parse(formula)
    start = (domain.left + 0.1 * domain.width, domain.bottom + 0.8 * domain.height)
    return Surface("", formula.strip(), domain, start=start, name=N_("Custom formula"))


def _square(side: float) -> Domain:
    return Domain(-side, side, -side, side)


_ALL = (
    Surface(
        "bowl",
        "x^2/20 + y^2",
        _square(10.0),
        minima=((0.0, 0.0),),
        start=(-7.0, 2.0),
        log=True,
        steps=30,
        name=N_("Stretched bowl"),
        source="the chapter, 1.1.2",
    ),
    Surface(
        "rosenbrock",
        "(1 - x)^2 + 100(y - x^2)^2",
        Domain(-2.0, 2.0, -1.0, 3.0),
        minima=((1.0, 1.0),),
        start=(-1.2, 1.0),
        log=True,
        steps=300,
        name=N_("Rosenbrock's valley"),
        source="Rosenbrock 1960",
    ),
    Surface(
        "himmelblau",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        _square(6.0),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        start=(-0.5, -1.0),
        log=True,
        steps=60,
        name=N_("Himmelblau"),
        source="Himmelblau 1972",
    ),
    Surface(
        "beale",
        "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
        _square(4.5),
        minima=((3.0, 0.5),),
        start=(1.0, 1.5),
        log=True,
        steps=200,
        name=N_("Beale"),
        source="Beale 1958",
    ),
    Surface(
        "booth",
        "(x + 2y - 7)^2 + (2x + y - 5)^2",
        _square(10.0),
        minima=((1.0, 3.0),),
        start=(-7.0, -5.0),
        log=True,
        steps=60,
        name=N_("Booth"),
        source="Jamil and Yang 2013, no. 17",
    ),
    Surface(
        "saddle",
        "x^2 - y^2",
        _square(2.0),
        start=(-1.6, 0.01),
        steps=60,
        name=N_("Saddle"),
        source="the textbook saddle",
    ),
    Surface(
        "rastrigin",
        "20 + x^2 + y^2 - 10cos(2pi x) - 10cos(2pi y)",
        _square(5.12),
        minima=((0.0, 0.0),),
        start=(-3.4, 2.6),
        steps=60,
        name=N_("Rastrigin's egg box"),
        source="Rastrigin 1974",
    ),
    Surface(
        "ackley",
        "20 + e - 20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2)",
        _square(5.0),
        minima=((0.0, 0.0),),
        start=(-3.4, 2.6),
        steps=60,
        name=N_("Ackley's funnel"),
        source="Ackley 1987",
    ),
    Surface(
        "styblinski-tang",
        "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2",
        _square(5.0),
        minima=((-2.903534027771177, -2.903534027771177),),
        start=(0.3, 4.5),
        steps=60,
        name=N_("Styblinski–Tang"),
        source="Styblinski and Tang 1990",
    ),
    Surface(
        "goldstein-price",
        "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6x y + 3y^2))"
        " (30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
        _square(2.0),
        minima=((0.0, -1.0),),
        start=(-1.5, 1.2),
        log=True,
        steps=100,
        name=N_("Goldstein–Price"),
        source="Goldstein and Price 1971",
    ),
    Surface(
        "six-hump-camel",
        "(4 - 2.1x^2 + x^4/3) x^2 + x y + (4y^2 - 4) y^2",
        Domain(-2.0, 2.0, -1.1, 1.1),
        minima=((0.089842013100318, -0.712656403262342), (-0.089842013100318, 0.712656403262342)),
        start=(-1.6, 1.0),
        steps=60,
        name=N_("Six-hump camel"),
        source="Dixon and Szegő 1978",
    ),
    Surface(
        "eggholder",
        "-(y + 47) sin(sqrt(abs(x/2 + y + 47))) - x sin(sqrt(abs(x - y - 47)))",
        _square(512.0),
        minima=((512.0, 404.231805123817),),
        start=(-200.0, 150.0),
        steps=60,
        name=N_("Eggholder"),
        source="Whitley 1996",
    ),
)

SURFACES: dict[str, Surface] = {surface.slug: surface for surface in _ALL}
"""Slug → surface, in the order of the menu. Adding a surface is one entry above."""
