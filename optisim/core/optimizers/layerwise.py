"""Methods that measure each layer of a network by itself: its gradient, or its weights.

Where there are no layers, all coordinates of a ball are one; see `optisim.core.optimizers.shapes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import rate, small, weight_decay
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import Equation, Objective, Optimizer, Step
from optisim.core.optimizers.moments import M_HAT, V_HAT, AdamStep, M, V, beta1_field, beta2_field, moments
from optisim.core.optimizers.shapes import each_coordinate, layer_dot, layer_norm, layers_of, ratio


@dataclass(slots=True)
class NovoGradStep(Step):
    m: Array  # average of normalised gradients
    v: Array  # (N,), or (N, layers), average squared norm of the gradient


@dataclass(frozen=True)
class NovoGrad(Optimizer):
    """Normalises the whole gradient by its average length. Ginsburg et al. 2019, algorithm 1; `optax.novograd`.

    Each layer is normalised by itself; (x, y) is one layer, and the direction stays that of the gradient.
    """

    name = "NovoGrad"
    character = N_("one rate for all parameters, from the length of the gradient")
    paper = "Ginsburg et al. 2019"
    family = "adam"
    lr: float = rate(0.3, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field(0.25)
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
        layers = layers_of(objective)
        squared = layer_dot(grad, grad, layers)
        v = self.beta2 * last.v + (1 - self.beta2) * squared if last else squared
        normalised = grad / each_coordinate(np.sqrt(v) + self.eps, layers) + self.weight_decay * x
        m = (self.beta1 * last.m if last else 0.0) + normalised
        return NovoGradStep(t, x, loss, grad, -self.lr * m, m, v)


@dataclass(frozen=True)
class LAMB(Optimizer):
    """Adam's direction with a length that follows the weights'. You et al. 2020, algorithm 2; `optax.lamb`.

    Each layer has a length of its own; (x, y) is one layer. Where W or the direction is 0, the trust ratio is 1.
    """

    name = "LAMB"
    character = N_("steps in proportion to the weights")
    paper = "You et al. 2020"
    family = "adam"
    rate_in = ""
    lr: float = rate(0.05, symbol=r"\alpha")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    eps: float = small(1e-6)
    weight_decay: float = weight_decay(0.0)
    equations = (
        M,
        V,
        M_HAT,
        V_HAT,
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
        m, v, m_hat, v_hat = moments(self.beta1, self.beta2, t, grad, last)
        u = m_hat / (np.sqrt(v_hat) + self.eps) + self.weight_decay * x
        layers = layers_of(objective)
        weight, length = layer_norm(x, layers), layer_norm(u, layers)
        trust = ratio(weight, length, (weight > 0) & (length > 0), otherwise=1.0)
        update = -self.lr * each_coordinate(trust, layers) * u
        return AdamStep(t, x, loss, grad, update, m, v, m_hat, v_hat)
