"""Adam and those who change how it moves or forgets. Each changes one thing, and its `character` says which."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import number, rate, small, switch, weight_decay
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import (
    SLOPE,
    SQUARE,
    Equation,
    Objective,
    Optimizer,
    Step,
    average,
    corrected,
    over_root,
)
from optisim.core.optimizers.moments import (
    ADAM_MOVES,
    CORRECTS,
    DIVIDES,
    M_HAT,
    V_HAT,
    AdamStep,
    M,
    V,
    averaged,
    beta1_field,
    beta2_field,
    moments,
    squared,
)


@dataclass(frozen=True)
class Adam(Optimizer):
    """Momentum and AdaGrad fused. Kingma and Ba 2015, algorithm 1; `torch.optim.Adam`.

    The averages begin at 0 and are too small at first; dividing by 1 − βᵗ corrects that. With
    `bias_correction` off they are used as they are.
    """

    name = "Adam"
    character = N_("momentum and a rate for each parameter in one")
    family = "adam"
    paper = "Kingma and Ba 2015"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-8)
    bias_correction: bool = switch(True, title=N_("bias correction"))

    @property
    def equations(self) -> tuple[Equation, ...]:  # type: ignore[override]
        g = r"\frac{\partial L}{\partial W}"
        averages = averaged(g), squared(g)
        if not self.bias_correction:
            return *averages, Equation("x", r"W \leftarrow W - \alpha \frac{m}{\sqrt{v} + \varepsilon}", DIVIDES)
        return *averages, M_HAT, V_HAT, ADAM_MOVES

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m = average(self.beta1, last.m if last else 0.0, grad)
        v = average(self.beta2, last.v if last else 0.0, grad * grad)
        m_hat, v_hat = m, v
        if self.bias_correction:
            m_hat, v_hat = corrected(m, self.beta1, t), corrected(v, self.beta2, t)
        update = over_root(self.lr, m_hat, v_hat, self.eps)
        return AdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat)


@dataclass(frozen=True)
class AdamW(Optimizer):
    """Adam whose weight decay is not scaled by the gradients. Loshchilov and Hutter 2019; `torch.optim.AdamW`."""

    name = "AdamW"
    character = N_("Adam that also pulls the weights towards 0")
    paper = "Loshchilov and Hutter 2019"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-8)
    weight_decay: float = weight_decay(0.01)
    equations = (
        M,
        V,
        M_HAT,
        V_HAT,
        Equation(
            "x",
            r"W \leftarrow W - \alpha\,\left(\frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon} + \lambda W\right)",
            N_("The ball moves as Adam's, and is pulled a little towards 0."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m, v, m_hat, v_hat = moments(self.beta1, self.beta2, t, grad, last)
        update = -self.lr * (m_hat / (np.sqrt(v_hat) + self.eps) + self.weight_decay * x)
        return AdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat)


@dataclass(slots=True)
class AMSGradStep(AdamStep):
    v_max: Array  # the largest v so far


@dataclass(frozen=True)
class AMSGrad(Optimizer):
    """Adam that never forgets the largest v. Reddi, Kale and Kumar 2018; `torch.optim.Adam(amsgrad=True)`.

    The maximum is taken before the correction, as in torch.
    """

    name = "AMSGrad"
    character = N_("Adam that never forgets its largest squared gradient")
    paper = "Reddi, Kale and Kumar 2018"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-8)
    equations = (
        M,
        V,
        Equation(
            "v_max",
            r"v_\max \leftarrow \max\left(v_\max,\ v\right)",
            N_("The largest average so far is kept, so that rates never rise again."),
            SQUARE,
        ),
        M_HAT,
        Equation("v_hat", r"\hat{v} = \frac{v_\max}{1 - \beta_2^t}", CORRECTS, SQUARE),
        ADAM_MOVES,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AMSGradStep:
        loss, grad = objective(x, t)
        m = average(self.beta1, last.m if last else 0.0, grad)
        v = average(self.beta2, last.v if last else 0.0, grad * grad)
        v_max = np.maximum(last.v_max, v) if last else v
        m_hat, v_hat = corrected(m, self.beta1, t), corrected(v_max, self.beta2, t)
        update = over_root(self.lr, m_hat, v_hat, self.eps)
        return AMSGradStep(t, x, loss, grad, update, m, v, m_hat, v_hat, v_max)


@dataclass(slots=True)
class AdaMaxStep(Step):
    m: Array
    u: Array  # exponentially weighted largest gradient
    m_hat: Array


@dataclass(frozen=True)
class AdaMax(Optimizer):
    """Adam with the largest instead of the mean squared gradient. Kingma and Ba 2015, 7.1; `torch.optim.Adamax`."""

    name = "AdaMax"
    character = N_("Adam that divides by the largest recent gradient")
    paper = "Kingma and Ba 2015"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-8)
    equations = (
        M,
        Equation(
            "u",
            r"u \leftarrow \max\left(\beta_2 u,\ \left|g\right| + \varepsilon\right)",
            N_("The largest recent gradient of each axis fades slowly, until a larger one comes."),
        ),
        M_HAT,
        Equation(
            "x",
            r"W \leftarrow W - \alpha \frac{\hat{m}}{u}",
            N_("The ball moves against the average gradient, each axis divided by its largest recent one."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdaMaxStep:
        loss, grad = objective(x, t)
        m = average(self.beta1, last.m if last else 0.0, grad)
        u = np.maximum(self.beta2 * last.u if last else 0.0, np.abs(grad) + self.eps)
        m_hat = corrected(m, self.beta1, t)
        return AdaMaxStep(t, x, loss, grad, -self.lr * m_hat / u, m, u, m_hat)


@dataclass(slots=True)
class NAdamStep(AdamStep):
    mu: Array  # (N,) momentum of this step
    mu_next: Array  # (N,) momentum of the next one
    mu_product: Array  # (N,) product of all momenta so far, this one included


@dataclass(frozen=True)
class NAdam(Optimizer):
    """Adam with Nesterov's look-ahead. Dozat 2016; `torch.optim.NAdam`.

    The momentum warms up: that of update t is μₜ = β₁ (1 − ½ · 0.96^(t ψ)), ψ being `momentum_decay`.
    """

    name = "NAdam"
    character = N_("Adam that feels the slope a step ahead")
    paper = "Dozat 2016"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-8)
    momentum_decay: float = number(0.004, symbol=r"\psi", title=N_("speed of the warm-up"), low=0.0, high=0.1)
    equations = (
        M,
        V,
        Equation(
            "mu",
            r"\mu_t = \beta_1 \left(1 - 0.5 \cdot 0.96^{t \psi}\right)",
            N_("The momentum of this step: it warms up slowly to β₁."),
        ),
        Equation(
            "mu_next",
            r"\mu_{t+1} = \beta_1 \left(1 - 0.5 \cdot 0.96^{(t + 1) \psi}\right)",
            N_("The momentum of the next step, for the look ahead."),
        ),
        Equation(
            "mu_product",
            r"\Pi \leftarrow \Pi \mu_t",
            N_("What of the beginning at 0 is still left in the average."),
            start="1",
        ),
        Equation(
            "m_hat",
            r"\hat{m} = \frac{\mu_{t+1}\,m}{1 - \Pi\,\mu_{t+1}} + \frac{(1 - \mu_t)\,g}{1 - \Pi}",
            N_("The average as it will be at the next step: the newest gradient counts once more."),
            SLOPE,
        ),
        V_HAT,
        ADAM_MOVES,
    )

    def momentum(self, t: int) -> float:
        """μₜ for update t, counted from 1."""
        mu: float = self.beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay))
        return mu

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> NAdamStep:
        loss, grad = objective(x, t)
        m = average(self.beta1, last.m if last else 0.0, grad)
        v = average(self.beta2, last.v if last else 0.0, grad * grad)
        v_hat = corrected(v, self.beta2, t)
        mu, mu_next = self.momentum(t + 1), self.momentum(t + 2)
        # the same for all balls that roll; it falls, and those that have stopped keep what it was
        product = (float(last.mu_product.min()) if last else 1.0) * mu
        m_hat = mu_next / (1 - product * mu_next) * m
        m_hat += (1 - mu) / (1 - product) * grad
        update = over_root(self.lr, m_hat, v_hat, self.eps)
        each = np.ones(len(x))
        return NAdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat, mu * each, mu_next * each, product * each)


@dataclass(slots=True)
class RAdamStep(AdamStep):
    rho: Array  # (N,) length of the average of squared gradients, in steps
    r: Array  # (N,) rectification; 0 while it is not defined


@dataclass(frozen=True)
class RAdam(Optimizer):
    """Adam that waits until it can trust v. Liu et al. 2020, algorithm 2; `torch.optim.RAdam`.

    While the average of squared gradients is shorter than 5 steps, it is momentum with the corrected average;
    then the rectification r, which tends to 1, comes in. As in torch, ε is added to the root of v as it is.
    """

    name = "RAdam"
    character = N_("begins as momentum, and becomes Adam when v can be trusted")
    paper = "Liu et al. 2020"
    family = "adam"
    rate_in = "both"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-8)
    equations = (
        M,
        V,
        M_HAT,
        Equation(
            "",
            r"\rho_\infty = \frac{2}{1 - \beta_2} - 1",
            N_("How many steps the average of squared gradients spans in the end."),
        ),
        Equation(
            "rho",
            r"\rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t}",
            N_("How many steps it spans by now."),
        ),
        Equation(
            "r",
            r"r = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\,\rho_\infty}"
            r"{(\rho_\infty - 4)(\rho_\infty - 2)\,\rho_t}}",
            N_("How far v can be trusted by now: from 0 to 1. Up to 5 steps, not at all."),
            when=r"\rho_t > 5",
        ),
        Equation(
            "x",
            r"W \leftarrow W - \alpha\,\hat{m}",
            N_("As long as v cannot be trusted, the ball moves as with momentum."),
            when=r"\rho_t \le 5",
        ),
        Equation(
            "x",
            r"W \leftarrow W - \alpha\,r \frac{\sqrt{1 - \beta_2^t}\,\hat{m}}{\sqrt{v} + \varepsilon}",
            N_("The ball moves as Adam's, shortened as far as v cannot be trusted."),
            when=r"\rho_t > 5",
        ),
    )

    def length(self, t: int) -> float:
        """ρ for update t, counted from 1: the paper's §4.1."""
        power = self.beta2**t
        return self._longest - 2 * t * power / (1 - power)

    def rectification(self, t: int) -> float:
        """r for update t, counted from 1; 0 while it is not defined: equation 5."""
        length, longest = self.length(t), self._longest
        if length <= 5:
            return 0.0
        return math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))

    @property
    def _longest(self) -> float:
        return 2 / (1 - self.beta2) - 1

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RAdamStep:
        loss, grad = objective(x, t)
        m, v, m_hat, v_hat = moments(self.beta1, self.beta2, t, grad, last)
        r = self.rectification(t + 1)
        root = math.sqrt(1 - self.beta2 ** (t + 1))
        update = -self.lr * r * root * m_hat / (np.sqrt(v) + self.eps) if r else -self.lr * m_hat
        rho, r_each = np.full(len(x), self.length(t + 1)), np.full(len(x), r)
        return RAdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat, rho, r_each)
