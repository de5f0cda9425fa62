"""Plain gradient descent and the ball with inertia.

SGD takes a fixed fraction of the gradient. Momentum lets the gradient act as a force on a rolling ball, Nesterov's
form feels the slope a step ahead, QHM weighs velocity against plain gradient, AggMo lets several velocities vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import decay, rate, share
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import MOVE, SLOPE, Equation, Objective, Optimizer, Step, average


@dataclass(frozen=True)
class SGD(Optimizer):
    """A fixed fraction of the gradient, downhill. Chapter 1.1.1; `torch.optim.SGD`."""

    name = "SGD"
    character = N_("the same fraction of the gradient at every step")
    family = "momentum"
    paper = "Robbins and Monro 1951"
    rate_in = "curvature"
    lr: float = rate(0.95)
    equations = (
        Equation(
            "x",
            r"W \leftarrow W - \eta \frac{\partial L}{\partial W}",
            N_("The ball moves against the gradient, by the share η of it."),
        ),
    )
    limit_formula = "2/λ"

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> Step:
        loss, grad = objective(x, t)
        return Step(t, x, loss, grad, -self.lr * grad)

    def limit(self, curvature: float) -> float | None:
        """2/λ: W is multiplied by 1 − ηλ. Nesterov 2004, section 1.2.3."""
        return 2 / curvature if curvature > 0 else None


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
    character = N_("a ball with inertia: it keeps rolling, and overshoots")
    family = "momentum"
    paper = "Polyak 1964"
    rate_in = "curvature"
    lr: float = rate(0.1)
    momentum: float = decay(0.9, symbol=r"\alpha", title=N_("share of velocity kept"))
    equations = (
        Equation(
            "v",
            r"v \leftarrow \alpha v - \eta \frac{\partial L}{\partial W}",
            N_("The velocity keeps the share α of what it was, and the slope pushes it downhill."),
            MOVE,
        ),
        Equation("x", r"W \leftarrow W + v", N_("The ball moves by its velocity.")),
    )
    limit_formula = "2(1+α)/λ"

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> MomentumStep:
        loss, grad = objective(x, t)
        v = (self.momentum * last.v if last else 0.0) - self.lr * grad
        return MomentumStep(t, x, loss, grad, v, v)

    def limit(self, curvature: float) -> float | None:
        """2(1 + α)/λ, from τ = 1 + α − ηλ and δ = α. Polyak 1964."""
        return 2 * (1 + self.momentum) / curvature if curvature > 0 else None


@dataclass(frozen=True)
class Nesterov(Optimizer):
    """Momentum that looks ahead: the move adds the velocity the ball will have. `torch.optim.SGD(nesterov=True)`.

    Sutskever et al. 2013, equation 7 in the variables of the look-ahead point.
    """

    name = "Nesterov"
    character = N_("momentum that feels the slope a step ahead")
    family = "momentum"
    paper = "Nesterov 1983; Sutskever et al. 2013"
    rate_in = "curvature"
    lr: float = rate(0.1)
    momentum: float = decay(0.9, symbol=r"\alpha", title=N_("share of velocity kept"))
    equations = (
        Equation(
            "v",
            r"v \leftarrow \alpha v - \eta \frac{\partial L}{\partial W}",
            N_("The velocity keeps the share α of what it was, and the slope pushes it downhill."),
            MOVE,
        ),
        Equation(
            "x",
            r"W \leftarrow W + \alpha v - \eta \frac{\partial L}{\partial W}",
            N_("The ball moves by the velocity it will have at the next step, so it sees turns sooner."),
        ),
    )
    limit_formula = "2(1+α)/((1+2α)λ)"

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> MomentumStep:
        loss, grad = objective(x, t)
        push = self.lr * grad
        v = (self.momentum * last.v if last else 0.0) - push
        return MomentumStep(t, x, loss, grad, self.momentum * v - push, v)

    def limit(self, curvature: float) -> float | None:
        """2(1 + α)/((1 + 2α)λ), from τ = (1 + α)(1 − ηλ) and δ = α(1 − ηλ).

        It is lower than Momentum's: the push is felt twice, at once and in the velocity.
        """
        alpha = self.momentum
        return 2 * (1 + alpha) / (1 + 2 * alpha) / curvature if curvature > 0 else None


@dataclass(frozen=True)
class QHM(Optimizer):
    """A share of plain gradient descent mixed into momentum. Ma and Yarats 2019, equation 3.

    The velocity is an average of gradients, so that ν = 1 is Momentum with the learning rate η (1 − β).
    """

    name = "QHM"
    character = N_("mixes the plain gradient into the velocity, which damps the overshooting")
    paper = "Ma and Yarats 2019"
    family = "momentum"
    rate_in = "curvature"
    lr: float = rate(0.9)
    momentum: float = decay(0.9, symbol=r"\beta", title=N_("memory of gradients"))
    nu: float = share(0.7, symbol=r"\nu", title=N_("share of the average gradient"))
    equations = (
        Equation(
            "v",
            r"v \leftarrow \beta v + (1 - \beta)\,g",
            N_("The average of gradients takes in the newest one and forgets a little of the old."),
            SLOPE,
        ),
        Equation(
            "x",
            r"W \leftarrow W - \eta\,\left((1 - \nu)\,g + \nu v\right)",
            N_("The ball moves against a mixture of the plain gradient and the average."),
        ),
    )
    limit_formula = "2(1+β)/((1+β−2νβ)λ)"

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> MomentumStep:
        loss, grad = objective(x, t)
        v = average(self.momentum, last.v if last else 0.0, grad)
        return MomentumStep(t, x, loss, grad, -self.lr * ((1 - self.nu) * grad + self.nu * v), v)

    def limit(self, curvature: float) -> float | None:
        """2(1 + β)/((1 + β − 2νβ)λ), from τ = 1 + β − (1 − νβ)ηλ and δ = β − β(1 − ν)ηλ.

        Jury's criterion also asks for δ > −1, that is η < (1 + 1/β)/((1 − ν)λ), which is never the smaller of the
        two as long as β < 1.
        """
        beta = self.momentum
        return 2 * (1 + beta) / (1 + beta - 2 * self.nu * beta) / curvature if curvature > 0 else None


@dataclass(slots=True)
class AggMoStep(Step):
    v1: Array  # the velocity with the shortest memory
    v2: Array
    v3: Array  # the one with the longest


@dataclass(frozen=True)
class AggMo(Optimizer):
    """The mean of three velocities: the short-lived ones damp the long-lived. Lucas et al. 2019, equation 4."""

    name = "AggMo"
    character = N_("averages velocities of short and long memory")
    paper = "Lucas et al. 2019"
    family = "momentum"
    rate_in = "curvature"
    lr: float = rate(0.1)
    beta1: float = decay(0.0, symbol=r"\beta_1", title=N_("memory of the first velocity"))
    beta2: float = decay(0.9, symbol=r"\beta_2", title=N_("memory of the second velocity"))
    beta3: float = decay(0.99, symbol=r"\beta_3", title=N_("memory of the third velocity"))
    equations = (
        Equation(
            "v1",
            r"v_1 \leftarrow \beta_1 v_1 - g",
            N_("The first velocity forgets fast: it follows the slope."),
            SLOPE,
        ),
        Equation("v2", r"v_2 \leftarrow \beta_2 v_2 - g", N_("The second velocity remembers longer."), SLOPE),
        Equation(
            "v3", r"v_3 \leftarrow \beta_3 v_3 - g", N_("The third velocity remembers longest and rolls on."), SLOPE
        ),
        Equation(
            "x",
            r"W \leftarrow W + \frac{\eta}{3}\,\left(v_1 + v_2 + v_3\right)",
            N_("The ball moves by the mean of the three, times η."),
        ),
    )
    limit_formula = "6/((1/(1+β₁)+1/(1+β₂)+1/(1+β₃))λ)"

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AggMoStep:
        loss, grad = objective(x, t)
        v1 = (self.beta1 * last.v1 if last else 0.0) - grad
        v2 = (self.beta2 * last.v2 if last else 0.0) - grad
        v3 = (self.beta3 * last.v3 if last else 0.0) - grad
        return AggMoStep(t, x, loss, grad, self.lr / 3 * (v1 + v2 + v3), v1, v2, v3)

    def limit(self, curvature: float) -> float | None:
        """6/(Σ 1/(1 + βᵢ) λ).

        z is an eigenvalue of the iteration matrix where 3/(ηλ) = Σ z/((z − βᵢ)(1 − z)). On the unit circle every
        term of the sum has an imaginary part of the sign of Im z, so that an eigenvalue can cross it only at −1,
        where the sum is Σ 1/(2(1 + βᵢ)).
        """
        total = sum(1 / (1 + beta) for beta in (self.beta1, self.beta2, self.beta3))
        return 6 / total / curvature if curvature > 0 else None
