"""A learning rate for each parameter, from the gradients seen so far.

AdaGrad divides by the root of all squared gradients; RMSProp forgets the old ones; AdaDelta also takes the length
of its steps from the steps before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import decay, rate, small, switch
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import (
    MOVE,
    SLOPE,
    SQUARE,
    Equation,
    Objective,
    Optimizer,
    Step,
    average,
    over_root,
)


@dataclass(slots=True)
class ScaledStep(Step):
    h: Array  # squared gradients, summed or averaged


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """The rate of each parameter fades with what it has moved. Chapter 1.1.4, equations 1.2a and 1.2b."""

    name = "AdaGrad"
    character = N_("remembers all gradients: where they were large, steps get shorter and shorter")
    family = "adaptive"
    paper = "Duchi, Hazan and Singer 2011"
    lr: float = rate(1.5)
    eps: float = small(1e-7)
    equations = (
        Equation(
            "h",
            r"h \leftarrow h + \frac{\partial L}{\partial W} \odot \frac{\partial L}{\partial W}",
            N_("The square of each part of the gradient is added up; nothing is forgotten."),
            SQUARE,
        ),
        Equation(
            "x",
            r"W \leftarrow W - \eta \frac{1}{\sqrt{h} + \varepsilon} \odot \frac{\partial L}{\partial W}",
            N_("Each part of the gradient is divided by the root of its sum: what moved much now moves less."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> ScaledStep:
        loss, grad = objective(x, t)
        h = (last.h if last else 0.0) + grad * grad
        return ScaledStep(t, x, loss, grad, over_root(self.lr, grad, h, self.eps), h)


@dataclass(slots=True)
class CentredStep(ScaledStep):
    m: Array  # average gradient


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """AdaGrad that forgets: h is a moving average, so the steps do not fade to nothing. `torch.optim.RMSprop`.

    Centred, it divides by the spread of the gradients rather than their size (Graves 2013, equation 38).
    """

    name = "RMSProp"
    character = N_("forgets old gradients, so that its steps do not fade")
    paper = "Tieleman and Hinton 2012; Graves 2013"
    family = "adaptive"
    lr: float = rate(0.3)
    rho: float = decay(0.9, symbol=r"\rho", title=N_("memory of squared gradients"))
    eps: float = small(1e-7)
    centered: bool = switch(False, title=N_("centred: divide by the spread"))

    @property
    def equations(self) -> tuple[Equation, ...]:  # type: ignore[override]
        g = r"\frac{\partial L}{\partial W}"
        h = Equation(
            "h",
            rf"h \leftarrow \rho h + (1 - \rho) {g} \odot {g}",
            N_("The squared gradient is averaged for each axis; old gradients are forgotten."),
            SQUARE,
        )
        if not self.centered:
            return h, Equation(
                "x",
                rf"W \leftarrow W - \eta \frac{{1}}{{\sqrt{{h}} + \varepsilon}} \odot {g}",
                N_("Each part of the gradient is divided by its recent size, so steep axes move less."),
            )
        return (
            h,
            Equation(
                "m",
                rf"m \leftarrow \rho m + (1 - \rho) {g}",
                N_("The average of gradients takes in the newest one and forgets a little of the old."),
                SLOPE,
            ),
            Equation(
                "x",
                rf"W \leftarrow W - \eta \frac{{1}}{{\sqrt{{h - m \odot m}} + \varepsilon}} \odot {g}",
                N_("Each part of the gradient is divided by how much it has varied about its average."),
            ),
        )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> ScaledStep:
        loss, grad = objective(x, t)
        h = average(self.rho, last.h if last else 0.0, grad * grad)
        if not self.centered:
            return ScaledStep(t, x, loss, grad, over_root(self.lr, grad, h, self.eps), h)
        m = average(self.rho, last.m if last else 0.0, grad)
        spread = np.sqrt(np.maximum(h - m * m, 0.0))  # rounding may leave less than nothing
        return CentredStep(t, x, loss, grad, -self.lr * grad / (spread + self.eps), h, m)


@dataclass(slots=True)
class AdaDeltaStep(ScaledStep):
    d: Array  # the step before the learning rate
    s: Array  # average squared d


@dataclass(frozen=True)
class AdaDelta(Optimizer):
    """RMSProp whose rate is the root of its own squared steps. Zeiler 2012, algorithm 1; `torch.optim.Adadelta`."""

    name = "AdaDelta"
    character = N_("takes the length of a step from the steps before; it starts slowly")
    paper = "Zeiler 2012"
    family = "adaptive"
    rate_in = ""  # its steps grow and shrink by themselves
    lr: float = rate(1.0)
    rho: float = decay(0.9, symbol=r"\rho", title=N_("memory of squared gradients and steps"))
    eps: float = small(1e-3, title=N_("size of the first steps, squared"))
    equations = (
        Equation(
            "h",
            r"h \leftarrow \rho h + (1 - \rho)\,g \odot g",
            N_("The squared gradient is averaged for each axis; old gradients are forgotten."),
            SQUARE,
        ),
        Equation(
            "d",
            r"d = -\frac{\sqrt{s + \varepsilon}}{\sqrt{h + \varepsilon}} \odot g",
            N_("The step is as long as the steps before, for a gradient of usual size."),
            MOVE,
        ),
        Equation(
            "s",
            r"s \leftarrow \rho s + (1 - \rho)\,d \odot d",
            N_("The squared step is averaged, for the next step."),
        ),
        Equation("x", r"W \leftarrow W + \eta\,d", N_("The ball moves by the step, times η.")),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdaDeltaStep:
        loss, grad = objective(x, t)
        h = average(self.rho, last.h if last else 0.0, grad * grad)
        before = last.s if last else 0.0
        d = -np.sqrt(before + self.eps) / np.sqrt(h + self.eps) * grad
        s = self.rho * before + (1 - self.rho) * (d * d)
        return AdaDeltaStep(t, x, loss, grad, self.lr * d, h, d, s)
