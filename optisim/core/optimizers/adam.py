"""Adam and its descendants. Each descendant changes one thing, and its `character` says which.

What they share, the two moving averages and their correction for having begun at 0, is `_moments`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import decay, number, rate, share, small, switch, weight_decay
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


def _averaged(g: str = "g") -> Equation:
    return Equation(
        "m",
        rf"m \leftarrow \beta_1 m + (1 - \beta_1)\,{g}",
        N_("The average of gradients takes in the newest one and forgets a little of the old."),
        SLOPE,
    )


def _squared(g: str = "g") -> Equation:
    return Equation(
        "v",
        rf"v \leftarrow \beta_2 v + (1 - \beta_2)\,{g} \odot {g}",
        N_("The squared gradient is averaged for each axis; old gradients are forgotten."),
        SQUARE,
    )


_CORRECTS = N_("The average began at 0 and is too small at first: dividing corrects that.")
_M, _V = _averaged(), _squared()
_M_HAT = Equation("m_hat", r"\hat{m} = \frac{m}{1 - \beta_1^t}", _CORRECTS, SLOPE)
_V_HAT = Equation("v_hat", r"\hat{v} = \frac{v}{1 - \beta_2^t}", _CORRECTS, SQUARE)
_DIVIDES = N_("The ball moves against the average gradient, each axis divided by its recent size.")
_X = Equation("x", r"W \leftarrow W - \alpha \frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon}", _DIVIDES)


def _beta1(default: float = 0.9) -> Any:
    return decay(default, symbol=r"\beta_1", title=N_("memory of gradients"))


def _beta2(default: float = 0.999) -> Any:
    return decay(default, symbol=r"\beta_2", title=N_("memory of squared gradients"))


def _moments(beta1: float, beta2: float, t: int, grad: Array, last: Any) -> tuple[Array, Array, Array, Array]:
    """m, v and their corrected values: equations 1 to 4 of algorithm 1 in Kingma and Ba 2015."""
    m = average(beta1, last.m if last else 0.0, grad)
    v = average(beta2, last.v if last else 0.0, grad * grad)
    return m, v, corrected(m, beta1, t), corrected(v, beta2, t)


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
    character = N_("momentum and a rate for each parameter in one")
    family = "adam"
    paper = "Kingma and Ba 2015"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-8)
    bias_correction: bool = switch(True, title=N_("bias correction"))

    @property
    def equations(self) -> tuple[Equation, ...]:  # type: ignore[override]
        g = r"\frac{\partial L}{\partial W}"
        averages = _averaged(g), _squared(g)
        if not self.bias_correction:
            return *averages, Equation("x", r"W \leftarrow W - \alpha \frac{m}{\sqrt{v} + \varepsilon}", _DIVIDES)
        return *averages, _M_HAT, _V_HAT, _X

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
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-8)
    weight_decay: float = weight_decay(0.01)
    equations = (
        _M,
        _V,
        _M_HAT,
        _V_HAT,
        Equation(
            "x",
            r"W \leftarrow W - \alpha\,\left(\frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon} + \lambda W\right)",
            N_("The ball moves as Adam's, and is pulled a little towards 0."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m, v, m_hat, v_hat = _moments(self.beta1, self.beta2, t, grad, last)
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
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-8)
    equations = (
        _M,
        _V,
        Equation(
            "v_max",
            r"v_\max \leftarrow \max\left(v_\max,\ v\right)",
            N_("The largest average so far is kept, so that rates never rise again."),
            SQUARE,
        ),
        _M_HAT,
        Equation("v_hat", r"\hat{v} = \frac{v_\max}{1 - \beta_2^t}", _CORRECTS, SQUARE),
        _X,
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
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-8)
    equations = (
        _M,
        Equation(
            "u",
            r"u \leftarrow \max\left(\beta_2 u,\ \left|g\right| + \varepsilon\right)",
            N_("The largest recent gradient of each axis fades slowly, until a larger one comes."),
        ),
        _M_HAT,
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
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-8)
    momentum_decay: float = number(0.004, symbol=r"\psi", title=N_("speed of the warm-up"), low=0.0, high=0.1)
    equations = (
        _M,
        _V,
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
        _V_HAT,
        _X,
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
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-8)
    equations = (
        _M,
        _V,
        _M_HAT,
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
        m, v, m_hat, v_hat = _moments(self.beta1, self.beta2, t, grad, last)
        r = self.rectification(t + 1)
        root = math.sqrt(1 - self.beta2 ** (t + 1))
        update = -self.lr * r * root * m_hat / (np.sqrt(v) + self.eps) if r else -self.lr * m_hat
        rho, r_each = np.full(len(x), self.length(t + 1)), np.full(len(x), r)
        return RAdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat, rho, r_each)


@dataclass(frozen=True)
class QHAdam(Optimizer):
    """Adam with a share of the plain gradient above and below the line. Ma and Yarats 2019, equation 4."""

    name = "QHAdam"
    character = N_("mixes the newest gradient into both averages of Adam")
    paper = "Ma and Yarats 2019"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = _beta1()
    beta2: float = _beta2()
    nu1: float = share(0.7, symbol=r"\nu_1", title=N_("share of the average gradient"))
    nu2: float = share(1.0, symbol=r"\nu_2", title=N_("share of the average squared gradient"))
    eps: float = small(1e-8)
    equations = (
        _M,
        _V,
        _M_HAT,
        _V_HAT,
        Equation(
            "x",
            r"W \leftarrow W - \alpha \frac{(1 - \nu_1)\,g + \nu_1 \hat{m}}"
            r"{\sqrt{(1 - \nu_2)\,g \odot g + \nu_2 \hat{v}} + \varepsilon}",
            N_("The ball moves as Adam's, with a share of the newest gradient in both averages."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m, v, m_hat, v_hat = _moments(self.beta1, self.beta2, t, grad, last)
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
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-16)
    equations = (
        _M,
        Equation(
            "v",
            r"s \leftarrow \beta_2 s + (1 - \beta_2)\,(g - m) \odot (g - m) + \varepsilon",
            N_("How far gradients are from their average is averaged, squared, for each axis."),
            SQUARE,
        ),
        _M_HAT,
        Equation("v_hat", r"\hat{s} = \frac{s}{1 - \beta_2^t}", _CORRECTS, SQUARE),
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
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-3)
    equations = (
        _M._replace(start="10^{-6}"),
        Equation(
            "v",
            r"v \leftarrow v - (1 - \beta_2)\,\operatorname{sgn}(v - g \odot g) \odot g \odot g",
            N_("v moves towards the squared gradient, by a small share of it: it cannot shrink suddenly."),
            SQUARE,
            start="10^{-6}",
        ),
        _M_HAT,
        _V_HAT,
        _X,
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
    beta1: float = _beta1(0.98)
    beta2: float = decay(0.92, symbol=r"\beta_2", title=N_("memory of differences of gradients"))
    beta3: float = decay(0.99, symbol=r"\beta_3", title=N_("memory of squared gradients"))
    eps: float = small(1e-8)
    weight_decay: float = weight_decay(0.0)
    equations = (
        _M,
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
        _M_HAT,
        Equation("d_hat", r"\hat{d} = \frac{d}{1 - \beta_2^t}", _CORRECTS, SLOPE),
        Equation("n_hat", r"\hat{n} = \frac{n}{1 - \beta_3^t}", _CORRECTS, SQUARE),
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


@dataclass(slots=True)
class NovoGradStep(Step):
    m: Array  # average of normalised gradients
    v: Array  # (N,) average squared norm of the gradient


@dataclass(frozen=True)
class NovoGrad(Optimizer):
    """Normalises the whole gradient by its average length. Ginsburg et al. 2019, algorithm 1; `optax.novograd`.

    (x, y) is one layer: the direction stays that of the gradient.
    """

    name = "NovoGrad"
    character = N_("one rate for all parameters, from the length of the gradient")
    paper = "Ginsburg et al. 2019"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = _beta1()
    beta2: float = _beta2(0.25)
    eps: float = small(1e-6)
    weight_decay: float = weight_decay(0.0)
    equations = (
        Equation(
            "v",
            r"v \leftarrow \left\|g\right\|^2",
            N_("The squared length of the gradient, for a start."),
            when="t = 1",
        ),
        Equation(
            "v",
            r"v \leftarrow \beta_2 v + (1 - \beta_2)\,\left\|g\right\|^2",
            N_("The squared length of the whole gradient is averaged: one number for both axes."),
            when="t > 1",
        ),
        Equation(
            "m",
            r"m \leftarrow \beta_1 m + \frac{g}{\sqrt{v} + \varepsilon} + \lambda W",
            N_("The gradient, divided by its usual length, pushes the velocity; its direction stays as it is."),
        ),
        Equation("x", r"W \leftarrow W - \alpha m", N_("The ball moves against it, by the share α.")),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> NovoGradStep:
        loss, grad = objective(x, t)
        squared = grad[:, 0] * grad[:, 0] + grad[:, 1] * grad[:, 1]
        v = self.beta2 * last.v + (1 - self.beta2) * squared if last else squared
        normalised = grad / (np.sqrt(v) + self.eps)[:, None] + self.weight_decay * x
        m = (self.beta1 * last.m if last else 0.0) + normalised
        return NovoGradStep(t, x, loss, grad, -self.lr * m, m, v)


@dataclass(frozen=True)
class LAMB(Optimizer):
    """Adam's direction with a length that follows the weights'. You et al. 2020, algorithm 2; `optax.lamb`.

    (x, y) is one layer. Where W or the direction is 0, the trust ratio is 1.
    """

    name = "LAMB"
    character = N_("steps in proportion to the weights")
    paper = "You et al. 2020"
    family = "adam"
    rate_in = ""
    lr: float = rate(0.05, symbol=r"\alpha")
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = small(1e-6)
    weight_decay: float = weight_decay(0.0)
    equations = (
        _M,
        _V,
        _M_HAT,
        _V_HAT,
        Equation(
            "",
            r"u = \frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon} + \lambda W",
            N_("The direction is Adam's, with a pull towards 0."),
        ),
        Equation(
            "x",
            r"W \leftarrow W - \alpha \frac{\left\|W\right\|}{\left\|u\right\|} u",
            N_("The step is as long as the share α of the weights' own length."),
            when=r"\left\|W\right\| \left\|u\right\| > 0",
        ),
        Equation(
            "x",
            r"W \leftarrow W - \alpha u",
            N_("Without any length of the weights, the step is that of the direction."),
            when=r"\left\|W\right\| \left\|u\right\| = 0",
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> AdamStep:
        loss, grad = objective(x, t)
        m, v, m_hat, v_hat = _moments(self.beta1, self.beta2, t, grad, last)
        u = m_hat / (np.sqrt(v_hat) + self.eps) + self.weight_decay * x
        weight, length = (np.sqrt(a[:, 0] * a[:, 0] + a[:, 1] * a[:, 1]) for a in (x, u))
        defined = (weight > 0) & (length > 0)
        trust = np.where(defined, weight / np.where(defined, length, 1.0), 1.0)
        return AdamStep(t, x, loss, grad, -self.lr * trust[:, None] * u, m, v, m_hat, v_hat)
