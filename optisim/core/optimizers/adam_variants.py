"""Descendants of Adam that measure something else: a mixture, a surprise, a sign, a difference of gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import decay, rate, share, small, weight_decay
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
    M_HAT,
    V_HAT,
    AdamStep,
    M,
    V,
    beta1_field,
    beta2_field,
    moments,
)


@dataclass(frozen=True)
class QHAdam(Optimizer):
    """Adam with a share of the plain gradient above and below the line. Ma and Yarats 2019, equation 4."""

    name = "QHAdam"
    character = N_("mixes the newest gradient into both averages of Adam")
    paper = "Ma and Yarats 2019"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    nu1: float = share(0.7, symbol=r"\nu_1", title=N_("share of the average gradient"))
    nu2: float = share(1.0, symbol=r"\nu_2", title=N_("share of the average squared gradient"))
    eps: float = small(1e-8)
    equations = (
        M,
        V,
        M_HAT,
        V_HAT,
        Equation(
            "x",
            r"W \leftarrow W - \alpha \frac{(1 - \nu_1)\,g + \nu_1 \hat{m}}"
            r"{\sqrt{(1 - \nu_2)\,g \odot g + \nu_2 \hat{v}} + \varepsilon}",
            N_("The ball moves as Adam's, with a share of the newest gradient in both averages."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m, v, m_hat, v_hat = moments(self.beta1, self.beta2, t, grad, last)
        above, below = average(self.nu1, m_hat, grad), average(self.nu2, v_hat, grad * grad)
        return AdamStep(t, x, loss, grad, over_root(self.lr, above, below, self.eps), m, v, m_hat, v_hat)


@dataclass(frozen=True)
class AdaBelief(Optimizer):
    """Divides by how far gradients are from what was expected. Zhuang et al. 2020; `optax.adabelief`.

    ε is added in the average and below the line, as in optax.
    """

    name = "AdaBelief"
    character = N_("large steps where gradients are as expected, small ones where they surprise")
    paper = "Zhuang et al. 2020"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-16)
    equations = (
        M,
        Equation(
            "v",
            r"s \leftarrow \beta_2 s + (1 - \beta_2)\,(g - m) \odot (g - m) + \varepsilon",
            N_("How far gradients are from their average is averaged, squared, for each axis."),
            SQUARE,
        ),
        M_HAT,
        Equation("v_hat", r"\hat{s} = \frac{s}{1 - \beta_2^t}", CORRECTS, SQUARE),
        Equation(
            "x",
            r"W \leftarrow W - \alpha \frac{\hat{m}}{\sqrt{\hat{s}} + \varepsilon}",
            N_("The ball moves far where gradients are as expected, and little where they surprise."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m = average(self.beta1, last.m if last else 0.0, grad)
        surprise = grad - m
        s = average(self.beta2, last.v if last else 0.0, surprise * surprise) + self.eps
        m_hat, s_hat = corrected(m, self.beta1, t), corrected(s, self.beta2, t)
        update = over_root(self.lr, m_hat, s_hat, self.eps)
        return AdamStep(t, x, loss, grad, update, m, s, m_hat, s_hat)


@dataclass(frozen=True)
class Yogi(Optimizer):
    """Adam whose v moves by steps of the squared gradient's own size. Zaheer et al. 2018; `optax.yogi`.

    Both averages begin at 10⁻⁶, as in optax.
    """

    name = "Yogi"
    character = N_("Adam whose v cannot shrink suddenly")
    paper = "Zaheer et al. 2018"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-3)
    equations = (
        M._replace(start="10^{-6}"),
        Equation(
            "v",
            r"v \leftarrow v - (1 - \beta_2)\,\operatorname{sgn}(v - g \odot g) \odot g \odot g",
            N_("v moves towards the squared gradient, by a small share of it: it cannot shrink suddenly."),
            SQUARE,
            start="10^{-6}",
        ),
        M_HAT,
        V_HAT,
        ADAM_MOVES,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        before_m, before_v = (last.m, last.v) if last else (1e-6, np.full_like(grad, 1e-6))
        squared = grad * grad
        m = self.beta1 * before_m + (1 - self.beta1) * grad
        v = before_v - (1 - self.beta2) * np.sign(before_v - squared) * squared
        m_hat, v_hat = corrected(m, self.beta1, t), corrected(v, self.beta2, t)
        update = over_root(self.lr, m_hat, v_hat, self.eps)
        return AdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat)


@dataclass(slots=True)
class AdanStep(Step):
    m: Array  # average gradient
    d: Array  # average difference of gradients
    n: Array  # average square of the look-ahead gradient
    m_hat: Array  # the same, corrected for having begun at 0
    d_hat: Array
    n_hat: Array


@dataclass(frozen=True)
class Adan(Optimizer):
    """Nesterov's look-ahead from differences of gradients. Xie et al. 2022, algorithm 1.

    Each β is the share that is kept, as everywhere here; the paper has 1 − β for it. `optax.adan` 0.2.8 weighs the
    differences by 1 − β₂ where the paper has β₂, and so goes another way.
    """

    name = "Adan"
    character = N_("looks ahead by how the gradient has just changed")
    paper = "Xie et al. 2022"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field(0.98)
    beta2: float = decay(0.92, symbol=r"\beta_2", title=N_("memory of differences of gradients"))
    beta3: float = decay(0.99, symbol=r"\beta_3", title=N_("memory of squared gradients"))
    eps: float = small(1e-8)
    weight_decay: float = weight_decay(0.0)
    equations = (
        M,
        Equation(
            "d",
            r"d \leftarrow \beta_2 d + (1 - \beta_2)\,(g - g')",
            N_("How the gradient has just changed is averaged."),
            SLOPE,
        ),
        Equation(
            "n",
            r"n \leftarrow \beta_3 n + (1 - \beta_3)\,\left(g + \beta_2\,(g - g')\right)^2",
            N_("The square of the gradient to be expected next is averaged for each axis."),
            SQUARE,
        ),
        M_HAT,
        Equation("d_hat", r"\hat{d} = \frac{d}{1 - \beta_2^t}", CORRECTS, SLOPE),
        Equation("n_hat", r"\hat{n} = \frac{n}{1 - \beta_3^t}", CORRECTS, SQUARE),
        Equation(
            "x",
            r"W \leftarrow \frac{1}{1 + \alpha \lambda}\left("
            r"W - \alpha \frac{\hat{m} + \beta_2\,\hat{d}}{\sqrt{\hat{n}} + \varepsilon}\right)",
            N_("The ball moves against the gradient to be expected, each axis divided by its recent size."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdanStep:
        loss, grad = objective(x, t)
        change = grad - last.grad if last else np.zeros_like(grad)
        ahead = self.beta2 * change
        ahead += grad
        m = average(self.beta1, last.m if last else 0.0, grad)
        d = average(self.beta2, last.d if last else 0.0, change)
        n = average(self.beta3, last.n if last else 0.0, ahead * ahead)
        m_hat, d_hat, n_hat = (
            corrected(average, beta, t) for average, beta in ((m, self.beta1), (d, self.beta2), (n, self.beta3))
        )
        above = self.beta2 * d_hat
        above += m_hat
        update = over_root(self.lr, above, n_hat, self.eps)
        if self.weight_decay:
            update = (update - self.lr * self.weight_decay * x) / (1 + self.lr * self.weight_decay)
        return AdanStep(t, x, loss, grad, update, m, d, n, m_hat, d_hat, n_hat)
