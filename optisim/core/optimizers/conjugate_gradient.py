"""Conjugate gradients: directions that each keep a part of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import SLOPE, Equation, Objective, Optimizer
from optisim.core.optimizers.line_search import (
    MOVED,
    DirectionStep,
    LineSearch,
    curvature_condition,
    first_rate,
    sufficient_decrease,
    wolfe_equations,
)
from optisim.core.optimizers.shapes import dot, ratio


@dataclass(frozen=True)
class ConjugateGradient(Optimizer):
    """Directions that do not undo each other. Polak and Ribière 1969, with β kept ≥ 0 (Gilbert and Nocedal 1992).

    Each line is searched from the rate found before it; a direction that does not descend is replaced by the
    gradient.
    """

    name = "Conjugate gradient"
    character = N_("turns so as not to undo what the last direction has achieved")
    spelling = "cg"
    paper = "Polak and Ribière 1969"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = first_rate(4.0)
    decrease: float = sufficient_decrease("c_1")
    gentler: float = curvature_condition(0.1)
    equations = (
        Equation(
            "",
            r"\beta = \max\left(0,\ \frac{g \cdot (g - g')}{g' \cdot g'}\right)",
            N_("How much of the last direction is worth keeping: none where the slope has turned."),
        ),
        Equation("", r"p = -g + \beta d", N_("Downhill, with that much of the last direction.")),
        Equation("d", r"d \leftarrow p", N_("It leads down, so it is taken."), SLOPE, when=r"g \cdot p < 0"),
        Equation(
            "d",
            r"d \leftarrow -g",
            N_("It would not lead down: straight downhill instead."),
            SLOPE,
            r"g \cdot p \ge 0",
        ),
        *wolfe_equations(r"\eta_0"),
        MOVED,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> DirectionStep:
        loss, grad = objective(x, t)
        d, first = -grad, np.full(len(x), self.lr)
        if last is not None:
            before = dot(last.grad, last.grad)
            beta = ratio(np.maximum(0.0, dot(grad, grad - last.grad)), before, before > 0)
            d = d + beta[:, None] * last.d
            d = np.where((dot(d, grad) < 0)[:, None], d, -grad)
            first = np.where(last.a > 0, last.a, self.lr)
        a = LineSearch(objective, t, x, loss, grad, d).wolfe(first, self.decrease, self.gentler)
        return DirectionStep(t, x, loss, grad, a[:, None] * d, a, d)
