"""A learning rate for each parameter, from the gradients seen so far.

AdaGrad divides by the root of all squared gradients; RMSProp forgets the old ones; Adam adds momentum and
corrects both averages for having begun at 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.formula import Array
from optisim.core.hyperparameters import decay, rate, small, switch
from optisim.core.optimizers.base import Equation, Objective, Optimizer, Step
from optisim.core.problems import N_


@dataclass(slots=True)
class ScaledStep(Step):
    h: Array  # squared gradients, summed or averaged


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """The rate of each parameter fades with what it has moved. Chapter 1.1.4, equations 1.2a and 1.2b."""

    name = "AdaGrad"
    paper = "Duchi, Hazan and Singer 2011"
    lr: float = rate(1.5)
    eps: float = small(1e-7)
    equations = (
        Equation("h", r"h \leftarrow h + \frac{\partial L}{\partial W} \odot \frac{\partial L}{\partial W}"),
        Equation(
            "x", r"W \leftarrow W - \eta \frac{1}{\sqrt{h} + \varepsilon} \odot \frac{\partial L}{\partial W}"
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> ScaledStep:
        loss, grad = objective(x, t)
        h = (last.h if last else 0.0) + grad * grad
        return ScaledStep(t, x, loss, grad, -self.lr * grad / (np.sqrt(h) + self.eps), h)


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """AdaGrad that forgets: h is a moving average, so the steps do not fade to nothing. `torch.optim.RMSprop`."""

    name = "RMSProp"
    paper = "Tieleman and Hinton 2012"
    lr: float = rate(0.3)
    rho: float = decay(0.9, symbol=r"\rho", title=N_("memory of squared gradients"))
    eps: float = small(1e-7)
    equations = (
        Equation(
            "h",
            r"h \leftarrow \rho h + (1 - \rho) \frac{\partial L}{\partial W} \odot \frac{\partial L}{\partial W}",
        ),
        Equation(
            "x", r"W \leftarrow W - \eta \frac{1}{\sqrt{h} + \varepsilon} \odot \frac{\partial L}{\partial W}"
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> ScaledStep:
        loss, grad = objective(x, t)
        h = (self.rho * last.h if last else 0.0) + (1 - self.rho) * (grad * grad)
        return ScaledStep(t, x, loss, grad, -self.lr * grad / (np.sqrt(h) + self.eps), h)


@dataclass(slots=True)
class AdamStep(Step):
    m: Array  # average gradient
    v: Array  # average squared gradient
    m_hat: Array  # m, corrected for its start at 0
    v_hat: Array  # v, corrected likewise


@dataclass(frozen=True)
class Adam(Optimizer):
    """Momentum and AdaGrad fused. Kingma and Ba 2015, algorithm 1; `torch.optim.Adam`.

    The averages begin at 0 and are too small at first; dividing by 1 − βᵗ corrects that. With
    `bias_correction` off they are used as they are.
    """

    name = "Adam"
    paper = "Kingma and Ba 2015"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = decay(0.9, symbol=r"\beta_1", title=N_("memory of gradients"))
    beta2: float = decay(0.999, symbol=r"\beta_2", title=N_("memory of squared gradients"))
    eps: float = small(1e-8)
    bias_correction: bool = switch(True, title=N_("bias correction"))

    @property
    def equations(self) -> tuple[Equation, ...]:  # type: ignore[override]
        g = r"\frac{\partial L}{\partial W}"
        averages = (
            Equation("m", rf"m \leftarrow \beta_1 m + (1 - \beta_1) {g}"),
            Equation("v", rf"v \leftarrow \beta_2 v + (1 - \beta_2) {g} \odot {g}"),
        )
        if not self.bias_correction:
            return (*averages, Equation("x", r"W \leftarrow W - \alpha \frac{m}{\sqrt{v} + \varepsilon}"))
        return (
            *averages,
            Equation("m_hat", r"\hat{m} = \frac{m}{1 - \beta_1^t}"),
            Equation("v_hat", r"\hat{v} = \frac{v}{1 - \beta_2^t}"),
            Equation("x", r"W \leftarrow W - \alpha \frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon}"),
        )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m = (self.beta1 * last.m if last else 0.0) + (1 - self.beta1) * grad
        v = (self.beta2 * last.v if last else 0.0) + (1 - self.beta2) * (grad * grad)
        m_hat, v_hat = m, v
        if self.bias_correction:
            m_hat, v_hat = m / (1 - self.beta1 ** (t + 1)), v / (1 - self.beta2 ** (t + 1))
        update = -self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
        return AdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat)
