"""Newton's method, which is told the curvature by the Hessian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import number
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import SLOPE, Equation, Objective, Optimizer
from optisim.core.optimizers.line_search import MOVED, DirectionStep, LineSearch, shortening, sufficient_decrease
from optisim.core.optimizers.shapes import applied, identity, product, ratio

SINGULAR = 1e-14  # the least ratio of the smallest to the largest curvature that can be divided by


@dataclass(slots=True)
class NewtonStep(DirectionStep):
    H: Array  # (N, D, D) the Hessian


@dataclass(frozen=True)
class Newton(Optimizer):
    """The step to the lowest point of the parabola that touches the surface here. Nocedal and Wright 2006, 3.4.

    Where the surface curves downwards the parabola has no such point; |H|, whose eigenvalues are the absolute ones,
    turns the step away from saddles instead (Dauphin et al. 2014). μ shortens steps where the surface is flat, and
    lines are searched by backtracking from the full step.
    """

    name = "Damped Newton"
    character = N_("knows the curvature: a parabola is solved in one step")
    spelling = "newton"
    paper = "Nocedal and Wright 2006; Dauphin et al. 2014"
    family = "classical"
    rate_in = ""
    searches = True
    damping: float = number(0.0, symbol=r"\mu", title=N_("damping"), low=0.0, high=10.0)
    shrink: float = shortening()
    decrease: float = sufficient_decrease()
    equations = (
        Equation("H", r"H = \nabla^2 L(W)", N_("The Hessian says how the surface curves at the ball.")),
        Equation(
            "d",
            r"d = -\left(\left|H\right| + \mu I\right)^{-1} g",
            N_("The direction leads to the lowest point of the parabola that touches the surface here."),
            SLOPE,
        ),
        Equation(
            "a",
            r"\eta \in \left\{1,\ \tau,\ \tau^2,\ \ldots\right\} :\ L(W + \eta d) \le L(W) + c\,\eta\,g \cdot d",
            N_("The rates 1, τ, τ² … are tried until the loss falls by at least this much."),
        ),
        MOVED,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> NewtonStep:
        loss, grad = objective(x, t)
        H = objective.hessian(x)
        d = -_solved(H, self.damping, grad)
        a = LineSearch(objective, t, x, loss, grad, d).armijo(np.ones(len(x)), self.decrease, self.shrink)
        return NewtonStep(t, x, loss, grad, a[:, None] * d, a, d, H)


def _solved(H: Array, damping: float, b: Array) -> Array:
    """(|H| + μ I)⁻¹ b, or b itself where there is no such inverse.

    |H| has the eigenvalues of H without their signs, so it is undone in the directions of the eigenvectors.
    """
    if b.shape[1] == 2:
        return _solved_in_the_plane(_absolute(H) + damping * identity(b), b)
    finite = np.logical_and.reduce(np.isfinite(H), axis=(1, 2), keepdims=True)
    curvatures, vectors = np.linalg.eigh(np.where(finite, H, identity(b)))
    sizes = np.abs(curvatures) + damping
    solvable = finite[:, 0] & (sizes.min(axis=1, keepdims=True) > SINGULAR * sizes.max(axis=1, keepdims=True))
    along = ratio(applied(vectors.swapaxes(1, 2), b), sizes, solvable)
    return np.where(solvable, applied(vectors, along), b)


# ── Two dimensions, in closed form ───────────────────────────────────────────────────────────────────────
# Exact where H is, and far faster for many balls.


def _determinant(a: Array) -> Array:
    determinant: Array = a[:, 0, 0] * a[:, 1, 1] - a[:, 0, 1] * a[:, 1, 0]
    return determinant


def _absolute(H: Array) -> Array:
    """|H|: the symmetric matrices (N, 2, 2) with the absolute values of their eigenvalues.

    It is the root of H², which for 2 × 2 is (H² + |det H| I) / √(tr H² + 2 |det H|).
    """
    det = np.abs(_determinant(H))
    squared = product(H, H)
    scale = np.sqrt(squared[:, 0, 0] + squared[:, 1, 1] + 2 * det)
    root = (squared + det[:, None, None] * np.eye(2)) / np.where(scale > 0, scale, 1.0)[:, None, None]
    upwards = (_determinant(H) > 0) & (H[:, 0, 0] > 0)
    return np.where(upwards[:, None, None], H, root)  # exact where it can be


def _solved_in_the_plane(a: Array, b: Array) -> Array:
    """The solution of a v = b, or b itself where `a` has no inverse."""
    det = _determinant(a)
    solvable = np.abs(det) > SINGULAR * (a * a).sum(axis=(1, 2))
    adjugate = np.stack((a[:, 1, 1], -a[:, 0, 1], -a[:, 1, 0], a[:, 0, 0]), axis=1).reshape(-1, 2, 2)
    return np.where(solvable[:, None], applied(adjugate, b) / np.where(solvable, det, 1.0)[:, None], b)
