"""The length of the step from the loss itself, along the gradient.

Polyak's and Barzilai and Borwein's rates need no search; backtracking tries shorter and shorter steps until the
loss falls enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import number
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import Equation, Objective, Optimizer
from optisim.core.optimizers.line_search import (
    DOWNHILL,
    SEEN,
    LineSearch,
    RateStep,
    first_rate,
    largest_rate,
    shortening,
    sufficient_decrease,
)
from optisim.core.optimizers.shapes import dot, ratio


@dataclass(frozen=True)
class PolyakStep(Optimizer):
    """The rate that would reach the lowest loss at once if the slope stayed as it is. Polyak 1969.

    With a largest rate, and a divisor c for the stochastic case: Loizou et al. 2021, equation 3.
    """

    name = "Polyak step size"
    character = N_("takes its rate from how much higher than the lowest loss it still is")
    spelling = "polyak"
    paper = "Polyak 1969; Loizou et al. 2021"
    family = "classical"
    rate_in = ""
    searches = True
    scaling: float = number(
        2.0, symbol="c", title=N_("divisor of the rate"), low=0.25, high=8.0, least=1e-6, log=True
    )
    f_min: float = number(0.0, symbol="f^*", title=N_("lowest loss"), low=-100.0, high=100.0, least=-1e300)
    max_lr: float = largest_rate(10.0)
    equations = (
        Equation(
            "a",
            r"\eta = \min\left(\frac{L - f^*}{c \left\|g\right\|^2},\ \eta_\max\right)",
            N_("The rate is such that the step would reach the lowest loss, were the slope to stay as it is."),
            when=r"\left\|g\right\| > 0",
        ),
        DOWNHILL,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RateStep:
        loss, grad = objective(x, t)
        squared = dot(grad, grad)
        a = np.minimum(ratio(loss - self.f_min, self.scaling * squared, squared > 0), self.max_lr)
        return RateStep(t, x, loss, grad, -a[:, None] * grad, a)


@dataclass(frozen=True)
class BarzilaiBorwein(Optimizer):
    """A rate from the last step and the change of the gradient. Barzilai and Borwein 1988, equation 5.

    η = s·s / s·y is the inverse of the mean curvature along the last step s, up to a largest rate. The first step,
    and one after a stretch of negative curvature, has the rate η₀.
    """

    name = "Barzilai–Borwein"
    character = N_("takes its rate from the curvature it has just felt; the loss may rise on the way")
    spelling = "bb"
    paper = "Barzilai and Borwein 1988"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = first_rate(0.1)
    max_lr: float = largest_rate(20.0)
    equations = (
        *SEEN,
        Equation(
            "a",
            r"\eta = \min\left(\frac{\mathbf{s} \cdot \mathbf{s}}{\mathbf{s} \cdot \mathbf{y}},\ \eta_\max\right)",
            N_("The rate is the inverse of the mean curvature along the last step."),
            when=r"\mathbf{s} \cdot \mathbf{y} > 0",
        ),
        Equation(
            "a",
            r"\eta = \min\left(\eta_0,\ \eta_\max\right)",
            N_("Nothing is known of the curvature, or it is not upwards: the rate is the first one."),
            when=r"\mathbf{s} \cdot \mathbf{y} \le 0",
        ),
        DOWNHILL,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RateStep:
        loss, grad = objective(x, t)
        a = np.full(len(x), min(self.lr, self.max_lr))
        if last is not None:
            s, y = x - last.x, grad - last.grad
            a = np.minimum(ratio(dot(s, s), dot(s, y), dot(s, y) > 0, otherwise=a), self.max_lr)
        return RateStep(t, x, loss, grad, -a[:, None] * grad, a)


@dataclass(frozen=True)
class Backtracking(Optimizer):
    """Gradient descent that shortens each step until the loss falls enough. Armijo 1966."""

    name = "Backtracking"
    character = N_("tries shorter and shorter steps until the loss falls enough")
    paper = "Armijo 1966"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = first_rate(4.0)
    shrink: float = shortening()
    decrease: float = sufficient_decrease()
    equations = (
        Equation(
            "a",
            r"\eta \in \left\{\eta_0,\ \tau \eta_0,\ \tau^2 \eta_0,\ \ldots\right\} :\ "
            r"L(W - \eta g) \le L(W) - c\,\eta \left\|g\right\|^2",
            N_("The rates η₀, τη₀, τ²η₀ … are tried until the loss falls by at least this much."),
        ),
        DOWNHILL,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RateStep:
        loss, grad = objective(x, t)
        first = np.full(len(x), self.lr)
        a = LineSearch(objective, t, x, loss, grad, -grad).armijo(first, self.decrease, self.shrink)
        return RateStep(t, x, loss, grad, -a[:, None] * grad, a)
