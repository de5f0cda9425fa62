"""Searching along a line for a place where the loss is low enough, and what all methods that do so share.

`LineSearch` is the loss along one line for each ball, φ(a) = f(x + a d). It knows two ways to choose a: Armijo's,
which only asks that the loss falls enough, and that of the strong Wolfe conditions, which also asks that the slope
is gentler there (Nocedal and Wright 2006, 3.1). All balls are searched for at once, each as if alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import number, rate
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import Equation, Objective, Step
from optisim.core.optimizers.shapes import dot

LONGEST = 1000.0  # times the length tried first: how far a search goes where the loss falls for ever
MOST_TRIES = 60  # of a line search; halved so often, a step is below the resolution of float64


@dataclass(frozen=True, slots=True)
class LineSearch:
    """The loss along a line for each ball, φ(a) = f(x + a d).

    Attributes:
        objective, t: the loss and the instant.
        x, loss, grad: positions (N, D), with their losses (N,) and gradients (N, D).
        d: directions, (N, D).
    """

    objective: Objective
    t: int
    x: Array
    loss: Array
    grad: Array
    d: Array

    def armijo(self, first: Array, c: float, shrink: float) -> Array:
        """Step lengths that lower the loss enough, by backtracking (Armijo 1966).

        Args:
            first: the lengths to be tried first, (N,).
            c: the share of the decrease promised by the slope that is asked for.
            shrink: by what a length that is too long is multiplied.

        Returns:
            Lengths a, (N,), with f(x + a d) ≤ f(x) + c a ∇f·d; 0 where even the shortest one is too long.
        """
        a, slope = first, dot(self.grad, self.d)
        for _ in range(MOST_TRIES):
            tried, _unused = self.objective(self.x + a[:, None] * self.d, self.t)
            too_long = ~(tried <= self.loss + c * a * slope)  # a loss that is no number is too long as well
            if not too_long.any():
                return a
            a = np.where(too_long, shrink * a, a)
        return np.where(too_long, 0.0, a)

    def wolfe(self, first: Array, c1: float, c2: float) -> Array:
        """Step lengths after which the loss is lower and the slope gentler: the strong Wolfe conditions.

        By doubling and bisection (Nocedal and Wright 2006, 3.7). `first` as for `armijo`.

        Returns:
            Lengths a, (N,), with f(x + a d) ≤ f(x) + c₁ a ∇f·d and |∇f(x + a d)·d| ≤ c₂ |∇f·d|. Where there is
            none, as at a kink or where the loss falls for ever, only the first holds; 0 where not even that does.
        """
        slope = dot(self.grad, self.d)
        a, low, high = first, np.zeros(len(self.x)), np.full(len(self.x), np.inf)
        for _ in range(MOST_TRIES):
            tried, grad = self.objective(self.x + a[:, None] * self.d, self.t)
            new_slope = dot(grad, self.d)
            too_long = ~(tried <= self.loss + c1 * a * slope) | (new_slope > -c2 * slope)
            too_short = ~too_long & (new_slope < c2 * slope) & (a < LONGEST * first)
            if not (too_long | too_short).any():
                return a
            high, low = np.where(too_long, a, high), np.where(too_short, a, low)
            bounded = np.isfinite(high)
            next_ = np.where(bounded, (low + np.where(bounded, high, 0.0)) / 2, 2 * low)
            a = np.where(too_long | too_short, next_, a)
        return np.where(too_long | too_short, low, a)


# ── Hyperparameters ──────────────────────────────────────────────────────────────────────────────────────


def first_rate(default: float) -> Any:
    return rate(default, symbol=r"\eta_0", title=N_("first rate tried"))


def largest_rate(default: float) -> Any:
    return number(default, symbol=r"\eta_\max", title=N_("largest rate"), low=1e-2, high=1e3, log=True)


def shortening() -> Any:
    return number(0.5, symbol=r"\tau", title=N_("shortening at each try"), low=0.05, high=0.95, most=0.999)


def sufficient_decrease(symbol: str = "c") -> Any:
    title = N_("sufficient decrease (Armijo)")
    return number(1e-4, symbol=symbol, title=title, low=1e-6, high=0.9, most=1.0, log=True)


def curvature_condition(default: float) -> Any:
    title = N_("gentler slope (Wolfe)")
    return number(default, symbol="c_2", title=title, low=0.01, high=0.99, most=1.0)


# ── Steps and equations ──────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class RateStep(Step):
    a: Array  # (N,) learning rate of this step


@dataclass(slots=True)
class DirectionStep(RateStep):
    d: Array  # direction of the search


DOWNHILL = Equation("x", r"W \leftarrow W - \eta g", N_("The ball moves against the gradient, by that rate."))
SEEN = (
    Equation("", r"\mathbf{s} = W - W'", N_("The last step.")),
    Equation("", r"\mathbf{y} = g - g'", N_("How it has changed the gradient: that tells of the curvature.")),
)
UPWARDS = r"\mathbf{s} \cdot \mathbf{y} > 10^{-10} \left\|\mathbf{s}\right\| \left\|\mathbf{y}\right\|"


def wolfe_equations(first: str) -> tuple[Equation, Equation]:
    """The strong Wolfe conditions on a rate that is searched for from the one tried first."""
    return (
        Equation(
            "a",
            rf"{first} \to \eta :\ L(W + \eta d) \le L(W) + c_1\,\eta\,g \cdot d",
            N_("Along this line a rate is searched for: the loss has to fall enough …"),
        ),
        Equation(
            "",
            r"\left|\nabla L(W + \eta d) \cdot d\right| \le c_2 \left|g \cdot d\right|",
            N_("… and the slope along the line has to be gentler there."),
        ),
    )


MOVED = Equation("x", r"W \leftarrow W + \eta d", N_("The ball moves along the line, by the rate that was found."))
