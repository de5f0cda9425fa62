"""The surface about one point: its slope, its curvatures, and the parabola that touches it there.

How a method moves is decided by this local picture: the gradient says where downhill is, the eigenvalues of the
Hessian how sharply the slope changes along its two principal directions, and with that how long a step may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.surfaces import Point, Surface

LEVEL = 1e-7  # the share of what is around it from which a curvature counts; differences are no finer

PLACES = {
    (+1, +1): N_("bowl"),
    (+1, 0): N_("trough"),
    (+1, -1): N_("saddle"),
    (0, 0): N_("flat"),
    (0, -1): N_("ridge"),
    (-1, -1): N_("dome"),
}
"""Signs of λ₁ ≥ λ₂ → kind of place, to be translated."""


@dataclass(frozen=True, eq=False)
class Curvature:
    """A surface to second order about a point.

    Attributes:
        point: (2,), where.
        value: f there.
        gradient: ∇f there, (2,), without noise.
        hessian: second derivatives there, (2, 2).
        curvatures: the Hessian's eigenvalues λ₁ ≥ λ₂, (2,); NaN where it is not defined.
        axes: their unit eigenvectors in surface coordinates, (2, 2), one in each row.
    """

    point: Array
    value: float
    gradient: Array
    hessian: Array
    curvatures: Array
    axes: Array

    @property
    def defined(self) -> bool:
        """Whether value, gradient and Hessian are finite numbers."""
        return bool(np.isfinite(self.curvatures[0]))

    @property
    def steepest(self) -> float:
        """λ₁, the largest curvature; NaN where it is not defined."""
        return float(self.curvatures[0])

    @cached_property
    def place(self) -> str:
        """The kind of place, a value of `PLACES`; "" where the Hessian is not defined."""
        if not self.defined:
            return ""
        first, second = np.sign(self.curvatures).tolist()
        return PLACES[first, second]

    @property
    def condition(self) -> float:
        """The condition number: the larger absolute curvature over the smaller; ∞ if that is 0."""
        if not self.defined:
            return float("nan")
        larger, smaller = sorted(np.abs(self.curvatures).tolist(), reverse=True)
        return larger / smaller if smaller > 0 else float("inf")

    def model(self, d: npt.ArrayLike) -> Array:
        """q(d) = f + g·d + ½ d·H d, the quadratic model, at displacements d of shape (…, 2): shape (…)."""
        d = np.asarray(d, dtype=np.float64)
        with np.errstate(all="ignore"):
            model: Array = self.value + d @ self.gradient + 0.5 * ((d @ self.hessian) * d).sum(axis=-1)
        return model

    @cached_property
    def lowest(self) -> Point | None:
        """Where the model is lowest; None unless it is a bowl."""
        if self.place != "bowl":
            return None
        with np.errstate(all="ignore"):
            x, y = (self.point - np.linalg.solve(self.hessian, self.gradient)).tolist()
        return x, y


def curvature_at(surface: Surface, point: npt.ArrayLike) -> Curvature:
    """The local picture of `surface` at `point` (2,)."""
    point = np.array(point, dtype=np.float64)
    with np.errstate(all="ignore"):
        value, gradient = float(surface.value(point)), surface.gradient(point)
        hessian = surface.differenced_hessian(point)
        if not (np.isfinite(value) and np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            return Curvature(point, value, gradient, hessian, np.full(2, np.nan), np.eye(2))
        eigenvalues, eigenvectors = np.linalg.eigh(hessian)
        slope_over_domain = np.hypot(*gradient) / min(surface.domain.width, surface.domain.height)
        level = LEVEL * max(np.abs(eigenvalues).max(), slope_over_domain)
        curvatures = np.where(np.abs(eigenvalues) > level, eigenvalues, 0.0)
    return Curvature(point, value, gradient, hessian, curvatures[::-1], eigenvectors.T[::-1])


def effective_rates(update: Array, gradient: Array) -> Array:
    """−update / gradient along each axis: the rate with which plain gradient descent would make the same move.

    Negative where the ball moves uphill.

    Args:
        update, gradient: of one shape.

    Returns:
        The same shape; NaN where the gradient is 0.
    """
    with np.errstate(all="ignore"):
        rates: Array = np.where(gradient == 0, np.nan, -update / gradient)
        return rates
