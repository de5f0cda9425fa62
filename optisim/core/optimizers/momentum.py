"""Plain gradient descent and the ball with inertia.

SGD takes a fixed fraction of the gradient. Momentum lets the gradient act as a force on a rolling ball, and
Nesterov's form feels the slope a step ahead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optisim.core.formula import Array
from optisim.core.hyperparameters import decay, rate
from optisim.core.optimizers.base import Equation, Objective, Optimizer, Step
from optisim.core.problems import N_


@dataclass(frozen=True)
class SGD(Optimizer):
    """A fixed fraction of the gradient, downhill. Chapter 1.1.1; `torch.optim.SGD`."""

    name = "SGD"
    paper = "Robbins and Monro 1951"
    rate_in = "curvature"
    lr: float = rate(0.95)
    equations = (Equation("x", r"W \leftarrow W - \eta \frac{\partial L}{\partial W}"),)

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> Step:
        loss, grad = objective(x, t)
        return Step(t, x, loss, grad, -self.lr * grad)


@dataclass(slots=True)
class MomentumStep(Step):
    v: Array  # velocity


@dataclass(frozen=True)
class Momentum(Optimizer):
    """A ball with inertia on the slope. Polyak 1964; chapter 1.1.3, equations 1.1a and 1.1b.

    The velocity holds the learning rate inside, as in the chapter; with a constant rate the positions are
    those of `torch.optim.SGD(momentum=…)`.
    """

    name = "Momentum"
    paper = "Polyak 1964"
    rate_in = "curvature"
    lr: float = rate(0.1)
    momentum: float = decay(0.9, symbol=r"\alpha", title=N_("share of velocity kept"))
    equations = (
        Equation("v", r"v \leftarrow \alpha v - \eta \frac{\partial L}{\partial W}"),
        Equation("x", r"W \leftarrow W + v"),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> MomentumStep:
        loss, grad = objective(x, t)
        v = (self.momentum * last.v if last else 0.0) - self.lr * grad
        return MomentumStep(t, x, loss, grad, v, v)


@dataclass(frozen=True)
class Nesterov(Optimizer):
    """Momentum that looks ahead: the move adds the velocity the ball will have. `torch.optim.SGD(nesterov=True)`.

    Sutskever et al. 2013, equation 7 in the variables of the look-ahead point.
    """

    name = "Nesterov"
    paper = "Nesterov 1983; Sutskever et al. 2013"
    rate_in = "curvature"
    lr: float = rate(0.1)
    momentum: float = decay(0.9, symbol=r"\alpha", title=N_("share of velocity kept"))
    equations = (
        Equation("v", r"v \leftarrow \alpha v - \eta \frac{\partial L}{\partial W}"),
        Equation("x", r"W \leftarrow W + \alpha v - \eta \frac{\partial L}{\partial W}"),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> MomentumStep:
        loss, grad = objective(x, t)
        push = self.lr * grad
        v = (self.momentum * last.v if last else 0.0) - push
        return MomentumStep(t, x, loss, grad, self.momentum * v - push, v)
