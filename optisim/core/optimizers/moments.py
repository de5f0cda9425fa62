"""The two moving averages of Adam and its descendants, and their correction for having begun at 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import decay
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import SLOPE, SQUARE, Equation, Step, average, corrected


def averaged(g: str = "g") -> Equation:
    return Equation(
        "m",
        rf"m \leftarrow \beta_1 m + (1 - \beta_1)\,{g}",
        N_("The average of gradients takes in the newest one and forgets a little of the old."),
        SLOPE,
    )


def squared(g: str = "g") -> Equation:
    return Equation(
        "v",
        rf"v \leftarrow \beta_2 v + (1 - \beta_2)\,{g} \odot {g}",
        N_("The squared gradient is averaged for each axis; old gradients are forgotten."),
        SQUARE,
    )


CORRECTS = N_("The average began at 0 and is too small at first: dividing corrects that.")
M, V = averaged(), squared()
M_HAT = Equation("m_hat", r"\hat{m} = \frac{m}{1 - \beta_1^t}", CORRECTS, SLOPE)
V_HAT = Equation("v_hat", r"\hat{v} = \frac{v}{1 - \beta_2^t}", CORRECTS, SQUARE)
DIVIDES = N_("The ball moves against the average gradient, each axis divided by its recent size.")
ADAM_MOVES = Equation("x", r"W \leftarrow W - \alpha \frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon}", DIVIDES)


def beta1_field(default: float = 0.9) -> Any:
    return decay(default, symbol=r"\beta_1", title=N_("memory of gradients"))


def beta2_field(default: float = 0.999) -> Any:
    return decay(default, symbol=r"\beta_2", title=N_("memory of squared gradients"))


def moments(beta1: float, beta2: float, t: int, grad: Array, last: Any) -> tuple[Array, Array, Array, Array]:
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
