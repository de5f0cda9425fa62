"""What every optimizer shares: its step, its equations, and what it says of itself.

An optimizer is a frozen dataclass of hyperparameters with one pure method, `step`. What it remembers lives in
the Step that it returns, never in itself: time can therefore run both ways, and the same object can serve
many balls and threads at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol, Self

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import Tunable


@dataclass(slots=True)
class Step:
    """N balls in D dimensions at one instant. Arrays are float64, (N, D) unless said, and never written again.

    Not declared frozen: that would cost 1.5 µs of the 10 µs that one step takes.
    """

    t: int  # updates made so far
    x: Array  # positions
    loss: Array  # (N,) true loss at x
    grad: Array  # the gradient the rule saw
    update: Array  # the move about to be made: x[t+1] = x[t] + update


class Objective(Protocol):
    """The loss as an optimizer sees it.

    One whose coordinates come in layers says so by an attribute `layers`; see `optisim.core.optimizers.shapes`.
    """

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        """Loss (N,) and gradient (N, D) at positions x (N, D) for update t."""
        ...

    def hessian(self, x: Array) -> Array:
        """Second derivatives (N, D, D) at positions x (N, D)."""
        ...


class Equation(NamedTuple):
    """One line of an update rule. `optisim.core.rules.rule` reads the lines from top to bottom, like a program.

    Attributes:
        target: the Step's field that it computes, "x" for the new position, "" for what the Step does not keep.
        latex: symbol, `\\leftarrow` or `=`, and what is computed; or, after `:`, what holds of the symbol.
        says: what happens in this line, in one sentence, to be translated.
        kind: what it looks like on the map, SLOPE, MOVE or SQUARE; "" for what cannot be drawn.
        when: the case that the line is for. Lines with the same symbol below each other are cases of one.
        start: what is remembered at the beginning, where that is not 0.
    """

    target: str
    latex: str
    says: str = ""
    kind: str = ""
    when: str = ""
    start: str = ""


SLOPE = "slope"  # an arrow in the units of the gradient
MOVE = "move"  # an arrow on the map: a part of the way
SQUARE = "square"  # a size for each axis, squared: the larger it is, the smaller the axis's rate


@dataclass(frozen=True)
class Optimizer(Tunable):
    """An update rule and its hyperparameters.

    A subclass is a frozen dataclass that sets the class attributes below and defines `step`.
    """

    paper: ClassVar[str]
    family: ClassVar[str] = "own"  # a key of `optisim.core.optimizers.FAMILIES`
    rate_in: ClassVar[str] = "length"
    # what a good rate goes with: "length" of the domain, for methods whose steps do not depend on the size of
    # the gradient; "curvature" (inversely), for those whose steps are proportional to it; "both", the smaller of
    # the two, for those that are now one, now the other; "" for those that find their scale themselves
    searches: ClassVar[bool] = False  # finds its own rate, so that a schedule would have nothing to say
    equations: ClassVar[tuple[Equation, ...]] = ()
    limit_formula: ClassVar[str] = ""  # what `limit` computes, as plain text; "" if there is none

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> Step:
        """The step at time t for balls at x (N, D).

        Args:
            t: updates made so far.
            x: positions, (N, D).
            objective: the loss and its derivatives.
            last: the step at time t − 1, or None at the beginning, when all that is remembered is 0.
        """
        raise NotImplementedError

    def limit(self, curvature: float) -> float | None:
        """The learning rate up to which the method converges on quadratics that curve by at most `curvature`.

        On an axis of curvature λ a linear method multiplies position and velocity by one and the same matrix at
        every step. It converges where the eigenvalues of that iteration matrix are less than 1 in size, which
        Jury's criterion tells: for z² − τz + δ, with trace τ and determinant δ, where |τ| − 1 < δ < 1. In every
        such method here the first eigenvalue to leave is the one at −1, where 1 + τ + δ = 0: the ball swings
        higher with every step.

        Args:
            curvature: λ, the largest eigenvalue of the Hessian.

        Returns:
            The limit; None where λ ≤ 0, or if the method has no such limit.
        """
        return None

    @classmethod
    def has_rate(cls) -> bool:
        """Whether a schedule can change its learning rate."""
        return not cls.searches and any(hyper.name == "lr" for hyper in cls.hypers())

    def at_rate(self, lr: float) -> Self:
        """A copy with another learning rate, without the checks: a schedule asks for one at every step."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__, lr=lr)
        return copy


def average(beta: float, last: Array | float, new: Array) -> Array:
    """β · last + (1 − β) · new: an average that forgets. In place, which counts for many balls."""
    share = (1 - beta) * new
    share += beta * last
    return share


def corrected(average: Array, beta: float, t: int) -> Array:
    """average / (1 − βᵗ⁺¹): an average that began at 0, as if it had not. A product is faster than a quotient."""
    return average * (1 / (1 - beta ** (t + 1)))


def over_root(lr: float, m: Array, v: Array, eps: float) -> Array:
    """−η m / (√v + ε)."""
    below = np.sqrt(v)
    below += eps
    move = -lr * m
    move /= below
    return move
