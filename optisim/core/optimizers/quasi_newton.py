"""Quasi-Newton methods: BFGS and L-BFGS learn the curvature from how steps change the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import count
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import SLOPE, Equation, Objective, Optimizer
from optisim.core.optimizers.line_search import (
    MOVED,
    SEEN,
    UPWARDS,
    DirectionStep,
    LineSearch,
    curvature_condition,
    first_rate,
    sufficient_decrease,
    wolfe_equations,
)
from optisim.core.optimizers.shapes import applied, dot, identity, outer, product, ratio

TINY = 1e-200  # below it, products of steps and gradients underflow
CURVED = 1e-10  # the least cosine between a step and the change of the gradient that tells of curvature
SHOWN = 10  # dimensions up to which L-BFGS writes its matrix down


def _curved(s: Array, y: Array) -> Any:
    """Whether the gradient has changed along steps s by y as it does where the surface curves upwards, (N,)."""
    return dot(s, y) > np.maximum(CURVED * np.sqrt(dot(s, s) * dot(y, y)), TINY)


def _downhill(d: Array, grad: Array, lr: float) -> Array:
    """The direction d, or that of the gradient where rounding has turned d uphill."""
    return np.where((dot(d, grad) <= 0)[:, None], d, -lr * grad)


@dataclass(slots=True)
class BFGSStep(DirectionStep):
    H: Array  # (N, D, D) estimate of the inverse Hessian


@dataclass(frozen=True)
class BFGS(Optimizer):
    """Learns the inverse Hessian from the gradients. Nocedal and Wright 2006, algorithm 6.1 and equation 6.20.

    Lines are searched from the full step. H begins as η₀ I, takes its scale from the first step,
    and is left as it is where the surface does not curve upwards.
    """

    name = "BFGS"
    character = N_("learns the curvature on the way and soon takes the right step at once")
    paper = "Broyden; Fletcher; Goldfarb; Shanno 1970"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = first_rate(0.5)
    decrease: float = sufficient_decrease("c_1")
    gentler: float = curvature_condition(0.9)
    equations = (
        *SEEN,
        Equation(
            "",
            r"B = \frac{\mathbf{s} \cdot \mathbf{y}}{\mathbf{y} \cdot \mathbf{y}} I",
            N_("After the first step, H gets its scale from the curvature that was met."),
            when=r"H = \eta_0 I",
        ),
        Equation("", r"B = H", N_("H is what was known of the inverse Hessian."), when=r"H \ne \eta_0 I"),
        Equation(
            "", r"\rho = \frac{1}{\mathbf{s} \cdot \mathbf{y}}", N_("The weight of what the last step has taught.")
        ),
        Equation(
            "H",
            r"H \leftarrow \left(I - \rho \mathbf{s} \mathbf{y}^T\right) B "
            r"\left(I - \rho \mathbf{y} \mathbf{s}^T\right) + \rho \mathbf{s} \mathbf{s}^T",
            N_("H is changed as little as possible so that it turns y into s, as an inverse Hessian does."),
            when=UPWARDS,
            start=r"\eta_0 I",
        ),
        Equation("d", r"d = -H g", N_("The direction leads to the lowest point as far as H knows."), SLOPE),
        *wolfe_equations("1"),
        MOVED,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> BFGSStep:
        loss, grad = objective(x, t)
        H = np.broadcast_to(self.lr * identity(x), (*x.shape, x.shape[1]))
        if last is not None:
            H = self._learnt(last.H, x - last.x, grad - last.grad)
        d = _downhill(-applied(H, grad), grad, self.lr)
        a = LineSearch(objective, t, x, loss, grad, d).wolfe(np.ones(len(x)), self.decrease, self.gentler)
        return BFGSStep(t, x, loss, grad, a[:, None] * d, a, d, np.array(H))

    def _learnt(self, H: Array, s: Array, y: Array) -> Array:
        """H after step s has changed the gradient by y."""
        curved = _curved(s, y)
        eye = identity(s)
        fresh = (self.lr * eye == H).all(axis=(1, 2)) & curved
        scale = ratio(dot(s, y), dot(y, y), fresh, otherwise=1.0)
        H = np.where(fresh[:, None, None], scale[:, None, None] * eye, H)
        rho = ratio(np.ones(len(s)), dot(s, y), curved)[:, None]
        left, right = eye - outer(rho * s, y), eye - outer(rho * y, s)
        learnt = product(product(left, H), right) + outer(rho * s, s)
        return np.where(curved[:, None, None], learnt, H)


@dataclass(slots=True)
class LBFGSStep(DirectionStep):
    s: Array  # (N, memory, D) the last steps, newest last; 0 where nothing was learnt
    y: Array  # (N, memory, D) how each has changed the gradient
    H: Array  # (N, D, D) the inverse Hessian that they stand for; (N, 0, 0) in more than `SHOWN` dimensions


@dataclass(frozen=True)
class LBFGS(Optimizer):
    """BFGS that keeps only the last few steps instead of a matrix. Nocedal and Wright 2006, algorithms 7.4 and 7.5.

    Lines are searched from the full step; without anything learnt, d = −η₀ g.
    """

    name = "L-BFGS"
    character = N_("BFGS that remembers a few steps instead of a matrix")
    paper = "Nocedal 1980; Liu and Nocedal 1989"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = first_rate(0.5)
    memory: int = count(5, symbol="k", title=N_("steps remembered"), high=20, most=100)
    decrease: float = sufficient_decrease("c_1")
    gentler: float = curvature_condition(0.9)
    equations = (
        *SEEN,
        Equation(
            "H",
            r"H = \operatorname{BFGS}\left(\eta_0,\ "
            r"\mathbf{s}_1, \mathbf{y}_1, \ldots, \mathbf{s}_k, \mathbf{y}_k\right)",
            N_("The last k pairs stand for an estimate of the inverse Hessian, which is never written down."),
        ),
        Equation("d", r"d = -H g", N_("The direction leads to the lowest point as far as H knows."), SLOPE),
        *wolfe_equations("1"),
        MOVED,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> LBFGSStep:
        loss, grad = objective(x, t)
        if last is None:
            s = y = np.zeros((len(x), self.memory, x.shape[1]))
        else:
            s, y = self._remembered(last, x - last.x, grad - last.grad)
        d = _downhill(-self._applied_inverse(s, y, grad), grad, self.lr)
        a = LineSearch(objective, t, x, loss, grad, d).wolfe(np.ones(len(x)), self.decrease, self.gentler)
        return LBFGSStep(t, x, loss, grad, a[:, None] * d, a, d, s, y, self._written_out(s, y, x))

    def _remembered(self, last: Any, s: Array, y: Array) -> tuple[Array, Array]:
        """The memory with the newest pair at its end, for those balls that have learnt from it."""
        learnt = _curved(s, y)[:, None, None]
        return (
            np.where(learnt, np.concatenate((last.s[:, 1:], s[:, None]), axis=1), last.s),
            np.where(learnt, np.concatenate((last.y[:, 1:], y[:, None]), axis=1), last.y),
        )

    def _written_out(self, s: Array, y: Array, x: Array) -> Array:
        """H, for those who look at it: the rule itself never needs it."""
        if x.shape[1] > SHOWN:
            return np.empty((len(x), 0, 0))
        columns = [self._applied_inverse(s, y, np.broadcast_to(e, x.shape)) for e in identity(x)]
        return np.stack(columns, axis=2)

    def _applied_inverse(self, s: Array, y: Array, grad: Array) -> Array:
        """H g by the two-loop recursion."""
        known = [dot(s[:, k], y[:, k]) > 0 for k in range(self.memory)]
        rho = [ratio(np.ones(len(grad)), dot(s[:, k], y[:, k]), known[k]) for k in range(self.memory)]
        q, alpha = grad, [np.zeros(len(grad))] * self.memory
        for k in reversed(range(self.memory)):
            alpha[k] = rho[k] * dot(s[:, k], q)
            q = q - alpha[k][:, None] * y[:, k]
        newest_s, newest_y = s[:, -1], y[:, -1]
        q = ratio(dot(newest_s, newest_y), dot(newest_y, newest_y), known[-1], otherwise=self.lr)[:, None] * q
        for k in range(self.memory):
            beta = rho[k] * dot(y[:, k], q)
            q = q + (alpha[k] - beta)[:, None] * s[:, k]
        return q
