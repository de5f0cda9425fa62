"""Only the sign of the gradient counts: how steep the slope is does not matter.

signSGD takes steps of one length, Rprop lets each parameter find its own, Lion takes the sign of an average.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import decay, number, rate, weight_decay
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import SLOPE, Equation, Objective, Optimizer, Step


@dataclass(frozen=True)
class SignSGD(Optimizer):
    """Steps of one length along the signs of the gradient. Bernstein et al. 2018, algorithm 1."""

    name = "signSGD"
    character = N_("steps of one length, whatever the slope")
    paper = "Bernstein et al. 2018"
    family = "sign"
    lr: float = rate(0.3)
    equations = (
        Equation(
            "x",
            r"W \leftarrow W - \eta\,\operatorname{sgn} g",
            N_("Each axis moves by η downhill, however steep it is."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> Step:
        loss, grad = objective(x, t)
        return Step(t, x, loss, grad, -self.lr * np.sign(grad))


@dataclass(slots=True)
class RpropStep(Step):
    g: Array  # the gradient, 0 where its sign has just turned
    d: Array  # length of the step


@dataclass(frozen=True)
class Rprop(Optimizer):
    """Each parameter's step grows while the slope keeps its sign and shrinks when it turns. `torch.optim.Rprop`.

    Where the sign turns, no move is made at that step.
    """

    name = "Rprop"
    character = N_("longer steps while the slope keeps its sign, shorter when it turns")
    paper = "Riedmiller and Braun 1993"
    family = "sign"
    searches = True
    lr: float = rate(0.3, symbol="d_0", title=N_("first step"))
    etaminus: float = number(0.5, symbol=r"\eta^-", title=N_("factor after a turn"), low=0.05, high=0.95, most=1.0)
    etaplus: float = number(1.2, symbol=r"\eta^+", title=N_("factor without a turn"), low=1.0, high=3.0, least=1.0)
    step_min: float = number(1e-6, symbol=r"d_\min", title=N_("smallest step"), low=1e-9, high=1e-1, log=True)
    step_max: float = number(50.0, symbol=r"d_\max", title=N_("largest step"), low=1e-1, high=1e3, log=True)
    equations = (
        Equation(
            "d",
            r"d \leftarrow \min\left(\max\left(d_0,\ d_\min\right),\ d_\max\right)",
            N_("The first step of each axis has the length d₀."),
            when="t = 1",
        ),
        Equation(
            "d",
            r"d \leftarrow \min\left(\eta^+ d,\ d_\max\right)",
            N_("The slope of this axis has kept its sign: the step grows."),
            when=r"\bar{g} \odot g > 0",
        ),
        Equation(
            "d",
            r"d \leftarrow \max\left(\eta^- d,\ d_\min\right)",
            N_("The slope of this axis has turned, so a minimum was leapt over: the step shrinks."),
            when=r"\bar{g} \odot g < 0",
        ),
        Equation(
            "g",
            r"\bar{g} \leftarrow g",
            N_("The slope counts as it is."),
            SLOPE,
            when=r"\bar{g} \odot g \ge 0",
        ),
        Equation(
            "g",
            r"\bar{g} \leftarrow 0",
            N_("Where the slope has turned, this axis rests for a step."),
            SLOPE,
            when=r"\bar{g} \odot g < 0",
        ),
        Equation(
            "x",
            r"W \leftarrow W - d \odot \operatorname{sgn} \bar{g}",
            N_("Each axis moves downhill by its own step, however steep it is."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RpropStep:
        loss, grad = objective(x, t)
        if last is None:
            d = np.clip(np.full_like(grad, self.lr), self.step_min, self.step_max)
            turned = np.zeros(grad.shape, dtype=bool)
        else:
            agreement = last.g * grad
            turned = agreement < 0
            scale = np.where(agreement > 0, self.etaplus, np.where(turned, self.etaminus, 1.0))
            d = last.d * scale
            np.clip(d, self.step_min, self.step_max, out=d)
        g = np.where(turned, 0.0, grad)
        return RpropStep(t, x, loss, grad, -np.sign(g) * d, g, d)


@dataclass(slots=True)
class LionStep(Step):
    m: Array  # average gradient
    c: Array  # the average that is looked at, with more of the newest gradient


@dataclass(frozen=True)
class Lion(Optimizer):
    """The sign of an average of gradients, found by program search. Chen et al. 2023, algorithm 2; `optax.lion`."""

    name = "Lion"
    character = N_("steps of one length along the sign of the average gradient")
    paper = "Chen et al. 2023"
    family = "sign"
    lr: float = rate(0.3)
    beta1: float = decay(0.9, symbol=r"\beta_1", title=N_("memory for this step"))
    beta2: float = decay(0.99, symbol=r"\beta_2", title=N_("memory kept"))
    weight_decay: float = weight_decay(0.0)
    equations = (
        Equation(
            "c",
            r"c = \beta_1 m + (1 - \beta_1)\,g",
            N_("For this step, the average is mixed with a good deal of the newest gradient."),
            SLOPE,
        ),
        Equation(
            "m",
            r"m \leftarrow \beta_2 m + (1 - \beta_2)\,g",
            N_("What is remembered takes in less of it."),
            SLOPE,
        ),
        Equation(
            "x",
            r"W \leftarrow W - \eta\,\left(\operatorname{sgn} c + \lambda W\right)",
            N_("Each axis moves by η against the sign of the mixture, and is pulled towards 0."),
        ),
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> LionStep:
        loss, grad = objective(x, t)
        before = last.m if last else np.zeros_like(grad)
        c = self.beta1 * before + (1 - self.beta1) * grad
        m = self.beta2 * before + (1 - self.beta2) * grad
        update = -self.lr * (np.sign(c) + self.weight_decay * x)
        return LionStep(t, x, loss, grad, update, m, c)
