"""Classical optimization: rates from the loss itself, and directions from its curvature.

Polyak's and Barzilai and Borwein's rates need no search; backtracking tries shorter and shorter steps until the
loss falls enough; conjugate gradients, BFGS and L-BFGS learn the curvature from gradients; Newton's method is told
it by the Hessian. All work on many balls at once, each as if alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import count, number, rate
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import SLOPE, Equation, Objective, Optimizer, Step

LONGEST = 1000.0  # times the length tried first: how far a search goes where the loss falls for ever
MOST_TRIES = 60  # of a line search; halved so often, a step is below the resolution of float64
TINY = 1e-200  # below it, products of steps and gradients underflow
CURVED = 1e-10  # the least cosine between a step and the change of the gradient that tells of curvature


def _dot(a: Array, b: Array) -> Array:
    """a · b for each ball, (N,). Written out, so that many balls get the same bits as one."""
    product: Array = a[:, 0] * b[:, 0] + a[:, 1] * b[:, 1]
    return product


def _ratio(above: Array, below: Array, where: Any, otherwise: Any = 0.0) -> Array:
    """above / below where that is meant, and `otherwise` elsewhere."""
    return np.where(where, above / np.where(where, below, 1.0), otherwise)


def _first_rate(default: float) -> Any:
    return rate(default, symbol=r"\eta_0", title=N_("first rate tried"))


def _largest_rate(default: float) -> Any:
    return number(default, symbol=r"\eta_\max", title=N_("largest rate"), low=1e-2, high=1e3, log=True)


def _shrink() -> Any:
    return number(0.5, symbol=r"\tau", title=N_("shortening at each try"), low=0.05, high=0.95, most=0.999)


def _decrease(symbol: str = "c") -> Any:
    title = N_("sufficient decrease (Armijo)")
    return number(1e-4, symbol=symbol, title=title, low=1e-6, high=0.9, most=1.0, log=True)


def _gentler(default: float) -> Any:
    title = N_("gentler slope (Wolfe)")
    return number(default, symbol="c_2", title=title, low=0.01, high=0.99, most=1.0)


def backtrack(
    t: int,
    x: Array,
    loss: Array,
    slope: Array,
    d: Array,
    objective: Objective,
    first: Array,
    c: float,
    shrink: float,
) -> Array:
    """Step lengths along directions that lower the loss enough (Armijo 1966).

    Args:
        t, x, loss: the instant, positions (N, 2) and losses (N,).
        slope: ∇f · d, (N,).
        d: directions, (N, 2).
        objective: the loss.
        first: the lengths to be tried first, (N,).
        c: the share of the decrease promised by the slope that is asked for.
        shrink: by what a length that is too long is multiplied.

    Returns:
        Lengths a, (N,), with f(x + a d) ≤ f(x) + c a ∇f·d; 0 where even the shortest one is too long.
    """
    a = first
    for _ in range(MOST_TRIES):
        tried, _unused = objective(x + a[:, None] * d, t)
        too_long = ~(tried <= loss + c * a * slope)  # a loss that is no number is too long as well
        if not too_long.any():
            return a
        a = np.where(too_long, shrink * a, a)
    return np.where(too_long, 0.0, a)


def search(
    t: int,
    x: Array,
    loss: Array,
    slope: Array,
    d: Array,
    objective: Objective,
    first: Array,
    c1: float,
    c2: float,
) -> Array:
    """Step lengths after which the loss is lower and the slope gentler: the strong Wolfe conditions.

    By doubling and bisection (Nocedal and Wright 2006, 3.7). Arguments as for `backtrack`.

    Returns:
        Lengths a, (N,), with f(x + a d) ≤ f(x) + c₁ a ∇f·d and |∇f(x + a d)·d| ≤ c₂ |∇f·d|. Where there is none,
        as at a kink or where the loss falls for ever, only the first holds; 0 where not even that does.
    """
    a, low, high = first, np.zeros(len(x)), np.full(len(x), np.inf)
    for _ in range(MOST_TRIES):
        tried, grad = objective(x + a[:, None] * d, t)
        new_slope = _dot(grad, d)
        too_long = ~(tried <= loss + c1 * a * slope) | (new_slope > -c2 * slope)
        too_short = ~too_long & (new_slope < c2 * slope) & (a < LONGEST * first)
        if not (too_long | too_short).any():
            return a
        high, low = np.where(too_long, a, high), np.where(too_short, a, low)
        bounded = np.isfinite(high)
        next_ = np.where(bounded, (low + np.where(bounded, high, 0.0)) / 2, 2 * low)
        a = np.where(too_long | too_short, next_, a)
    return np.where(too_long | too_short, low, a)


_DOWNHILL = Equation("x", r"W \leftarrow W - \eta g", N_("The ball moves against the gradient, by that rate."))
_SEEN = (
    Equation("", r"\mathbf{s} = W - W'", N_("The last step.")),
    Equation("", r"\mathbf{y} = g - g'", N_("How it has changed the gradient: that tells of the curvature.")),
)
_UPWARDS = r"\mathbf{s} \cdot \mathbf{y} > 10^{-10} \left\|\mathbf{s}\right\| \left\|\mathbf{y}\right\|"


# ── Rates ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class RateStep(Step):
    a: Array  # (N,) learning rate of this step


@dataclass(frozen=True)
class PolyakStep(Optimizer):
    """The rate that would reach the lowest loss at once if the slope stayed as it is. Polyak 1969.

    With a largest rate, and a divisor c for the stochastic case: Loizou et al. 2021, equation 3.
    """

    name = "Polyak step size"
    character = N_("takes its rate from how much higher than the lowest loss it still is")
    spelling = "polyak"
    paper = "Polyak 1969; Loizou et al. 2021"
    family = "classical"
    rate_in = ""
    searches = True
    scaling: float = number(
        2.0, symbol="c", title=N_("divisor of the rate"), low=0.25, high=8.0, least=1e-6, log=True
    )
    f_min: float = number(0.0, symbol="f^*", title=N_("lowest loss"), low=-100.0, high=100.0, least=-1e300)
    max_lr: float = _largest_rate(10.0)
    equations = (
        Equation(
            "a",
            r"\eta = \min\left(\frac{L - f^*}{c \left\|g\right\|^2},\ \eta_\max\right)",
            N_("The rate is such that the step would reach the lowest loss, were the slope to stay as it is."),
            when=r"\left\|g\right\| > 0",
        ),
        _DOWNHILL,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RateStep:
        loss, grad = objective(x, t)
        squared = _dot(grad, grad)
        a = np.minimum(_ratio(loss - self.f_min, self.scaling * squared, squared > 0), self.max_lr)
        return RateStep(t, x, loss, grad, -a[:, None] * grad, a)


@dataclass(frozen=True)
class BarzilaiBorwein(Optimizer):
    """A rate from the last step and the change of the gradient. Barzilai and Borwein 1988, equation 5.

    η = s·s / s·y is the inverse of the mean curvature along the last step s, up to a largest rate. The first step,
    and one after a stretch of negative curvature, has the rate η₀.
    """

    name = "Barzilai–Borwein"
    character = N_("takes its rate from the curvature it has just felt; the loss may rise on the way")
    spelling = "bb"
    paper = "Barzilai and Borwein 1988"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = _first_rate(0.1)
    max_lr: float = _largest_rate(20.0)
    equations = (
        *_SEEN,
        Equation(
            "a",
            r"\eta = \min\left(\frac{\mathbf{s} \cdot \mathbf{s}}{\mathbf{s} \cdot \mathbf{y}},\ \eta_\max\right)",
            N_("The rate is the inverse of the mean curvature along the last step."),
            when=r"\mathbf{s} \cdot \mathbf{y} > 0",
        ),
        Equation(
            "a",
            r"\eta = \min\left(\eta_0,\ \eta_\max\right)",
            N_("Nothing is known of the curvature, or it is not upwards: the rate is the first one."),
            when=r"\mathbf{s} \cdot \mathbf{y} \le 0",
        ),
        _DOWNHILL,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RateStep:
        loss, grad = objective(x, t)
        a = np.full(len(x), min(self.lr, self.max_lr))
        if last is not None:
            s, y = x - last.x, grad - last.grad
            a = np.minimum(_ratio(_dot(s, s), _dot(s, y), _dot(s, y) > 0, otherwise=a), self.max_lr)
        return RateStep(t, x, loss, grad, -a[:, None] * grad, a)


@dataclass(frozen=True)
class Backtracking(Optimizer):
    """Gradient descent that shortens each step until the loss falls enough. Armijo 1966."""

    name = "Backtracking"
    character = N_("tries shorter and shorter steps until the loss falls enough")
    paper = "Armijo 1966"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = _first_rate(4.0)
    shrink: float = _shrink()
    decrease: float = _decrease()
    equations = (
        Equation(
            "a",
            r"\eta \in \left\{\eta_0,\ \tau \eta_0,\ \tau^2 \eta_0,\ \ldots\right\} :\ "
            r"L(W - \eta g) \le L(W) - c\,\eta \left\|g\right\|^2",
            N_("The rates η₀, τη₀, τ²η₀ … are tried until the loss falls by at least this much."),
        ),
        _DOWNHILL,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> RateStep:
        loss, grad = objective(x, t)
        first = np.full(len(x), self.lr)
        a = backtrack(t, x, loss, -_dot(grad, grad), -grad, objective, first, self.decrease, self.shrink)
        return RateStep(t, x, loss, grad, -a[:, None] * grad, a)


# ── Directions from gradients ────────────────────────────────────────────────────────────────────────────


def _search(first: str) -> tuple[Equation, Equation]:
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


_MOVE = Equation("x", r"W \leftarrow W + \eta d", N_("The ball moves along the line, by the rate that was found."))


@dataclass(slots=True)
class DirectionStep(RateStep):
    d: Array  # direction of the search


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
    lr: float = _first_rate(4.0)
    decrease: float = _decrease("c_1")
    gentler: float = _gentler(0.1)
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
        *_search(r"\eta_0"),
        _MOVE,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> DirectionStep:
        loss, grad = objective(x, t)
        d, first = -grad, np.full(len(x), self.lr)
        if last is not None:
            before = _dot(last.grad, last.grad)
            beta = _ratio(np.maximum(0.0, _dot(grad, grad - last.grad)), before, before > 0)
            d = d + beta[:, None] * last.d
            d = np.where((_dot(d, grad) < 0)[:, None], d, -grad)
            first = np.where(last.a > 0, last.a, self.lr)
        a = search(t, x, loss, _dot(grad, d), d, objective, first, self.decrease, self.gentler)
        return DirectionStep(t, x, loss, grad, a[:, None] * d, a, d)


def _product(a: Array, b: Array) -> Array:
    """Matrix products of (N, 2, 2)."""
    product: Array = a[:, :, :1] * b[:, :1, :] + a[:, :, 1:] * b[:, 1:, :]
    return product


def _applied(a: Array, v: Array) -> Array:
    """Matrices (N, 2, 2) times vectors (N, 2)."""
    applied: Array = a[:, :, 0] * v[:, :1] + a[:, :, 1] * v[:, 1:]
    return applied


def _curved(s: Array, y: Array) -> Any:
    """Whether the gradient has changed along steps s by y as it does where the surface curves upwards, (N,)."""
    return _dot(s, y) > np.maximum(CURVED * np.sqrt(_dot(s, s) * _dot(y, y)), TINY)


def _downhill(d: Array, grad: Array, lr: float) -> Array:
    """The direction d, or that of the gradient where rounding has turned d uphill."""
    return np.where((_dot(d, grad) <= 0)[:, None], d, -lr * grad)


@dataclass(slots=True)
class BFGSStep(DirectionStep):
    H: Array  # (N, 2, 2) estimate of the inverse Hessian


@dataclass(frozen=True)
class BFGS(Optimizer):
    """Learns the inverse Hessian from the gradients. Nocedal and Wright 2006, algorithm 6.1 and equation 6.20.

    Lines are searched from the full step. H begins as η₀ I, takes its scale from the first step,
    and is left as it is where the surface does not curve upwards.
    """

    name = "BFGS"
    character = N_("learns the curvature on the way and soon takes the right step at once")
    paper = "Broyden; Fletcher; Goldfarb; Shanno 1970"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = _first_rate(0.5)
    decrease: float = _decrease("c_1")
    gentler: float = _gentler(0.9)
    equations = (
        *_SEEN,
        Equation(
            "",
            r"B = \frac{\mathbf{s} \cdot \mathbf{y}}{\mathbf{y} \cdot \mathbf{y}} I",
            N_("After the first step, H gets its scale from the curvature that was met."),
            when=r"H = \eta_0 I",
        ),
        Equation("", r"B = H", N_("H is what was known of the inverse Hessian."), when=r"H \ne \eta_0 I"),
        Equation(
            "", r"\rho = \frac{1}{\mathbf{s} \cdot \mathbf{y}}", N_("The weight of what the last step has taught.")
        ),
        Equation(
            "H",
            r"H \leftarrow \left(I - \rho \mathbf{s} \mathbf{y}^T\right) B "
            r"\left(I - \rho \mathbf{y} \mathbf{s}^T\right) + \rho \mathbf{s} \mathbf{s}^T",
            N_("H is changed as little as possible so that it turns y into s, as an inverse Hessian does."),
            when=_UPWARDS,
            start=r"\eta_0 I",
        ),
        Equation("d", r"d = -H g", N_("The direction leads to the lowest point as far as H knows."), SLOPE),
        *_search("1"),
        _MOVE,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> BFGSStep:
        loss, grad = objective(x, t)
        H = np.broadcast_to(self.lr * np.eye(2), (len(x), 2, 2))
        if last is not None:
            H = self._learnt(last.H, x - last.x, grad - last.grad)
        d = _downhill(-_applied(H, grad), grad, self.lr)
        slope = _dot(grad, d)
        a = search(t, x, loss, slope, d, objective, np.ones(len(x)), self.decrease, self.gentler)
        return BFGSStep(t, x, loss, grad, a[:, None] * d, a, d, np.array(H))

    def _learnt(self, H: Array, s: Array, y: Array) -> Array:
        """H after step s has changed the gradient by y."""
        curved = _curved(s, y)
        fresh = (self.lr * np.eye(2) == H).all(axis=(1, 2)) & curved
        scale = _ratio(_dot(s, y), _dot(y, y), fresh, otherwise=1.0)
        H = np.where(fresh[:, None, None], scale[:, None, None] * np.eye(2), H)
        rho = _ratio(np.ones(len(s)), _dot(s, y), curved)[:, None, None]
        left = np.eye(2) - rho * s[:, :, None] * y[:, None, :]
        right = np.eye(2) - rho * y[:, :, None] * s[:, None, :]
        learnt = _product(_product(left, H), right) + rho * s[:, :, None] * s[:, None, :]
        return np.where(curved[:, None, None], learnt, H)


@dataclass(slots=True)
class LBFGSStep(DirectionStep):
    s: Array  # (N, memory, 2) the last steps, newest last; 0 where nothing was learnt
    y: Array  # (N, memory, 2) how each has changed the gradient
    H: Array  # (N, 2, 2) the inverse Hessian that they stand for


@dataclass(frozen=True)
class LBFGS(Optimizer):
    """BFGS that keeps only the last few steps instead of a matrix. Nocedal and Wright 2006, algorithms 7.4 and 7.5.

    Lines are searched from the full step; without anything learnt, d = −η₀ g.
    """

    name = "L-BFGS"
    character = N_("BFGS that remembers a few steps instead of a matrix")
    paper = "Nocedal 1980; Liu and Nocedal 1989"
    family = "classical"
    rate_in = "curvature"
    searches = True
    lr: float = _first_rate(0.5)
    memory: int = count(5, symbol="k", title=N_("steps remembered"), high=20, most=100)
    decrease: float = _decrease("c_1")
    gentler: float = _gentler(0.9)
    equations = (
        *_SEEN,
        Equation(
            "H",
            r"H = \operatorname{BFGS}\left(\eta_0,\ "
            r"\mathbf{s}_1, \mathbf{y}_1, \ldots, \mathbf{s}_k, \mathbf{y}_k\right)",
            N_("The last k pairs stand for an estimate of the inverse Hessian, which is never written down."),
        ),
        Equation("d", r"d = -H g", N_("The direction leads to the lowest point as far as H knows."), SLOPE),
        *_search("1"),
        _MOVE,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> LBFGSStep:
        loss, grad = objective(x, t)
        if last is None:
            s = y = np.zeros((len(x), self.memory, 2))
        else:
            s, y = self._remembered(last, x - last.x, grad - last.grad)
        d = _downhill(-self._applied_inverse(s, y, grad), grad, self.lr)
        slope = _dot(grad, d)
        a = search(t, x, loss, slope, d, objective, np.ones(len(x)), self.decrease, self.gentler)
        H = np.stack([self._applied_inverse(s, y, np.broadcast_to(e, grad.shape)) for e in np.eye(2)], axis=2)
        return LBFGSStep(t, x, loss, grad, a[:, None] * d, a, d, s, y, H)

    def _remembered(self, last: Any, s: Array, y: Array) -> tuple[Array, Array]:
        """The memory with the newest pair at its end, for those balls that have learnt from it."""
        learnt = _curved(s, y)[:, None, None]
        return (
            np.where(learnt, np.concatenate((last.s[:, 1:], s[:, None]), axis=1), last.s),
            np.where(learnt, np.concatenate((last.y[:, 1:], y[:, None]), axis=1), last.y),
        )

    def _applied_inverse(self, s: Array, y: Array, grad: Array) -> Array:
        """H g by the two-loop recursion."""
        known = [_dot(s[:, k], y[:, k]) > 0 for k in range(self.memory)]
        rho = [_ratio(np.ones(len(grad)), _dot(s[:, k], y[:, k]), known[k]) for k in range(self.memory)]
        q, alpha = grad, [np.zeros(len(grad))] * self.memory
        for k in reversed(range(self.memory)):
            alpha[k] = rho[k] * _dot(s[:, k], q)
            q = q - alpha[k][:, None] * y[:, k]
        newest_s, newest_y = s[:, -1], y[:, -1]
        q = _ratio(_dot(newest_s, newest_y), _dot(newest_y, newest_y), known[-1], otherwise=self.lr)[:, None] * q
        for k in range(self.memory):
            beta = rho[k] * _dot(y[:, k], q)
            q = q + (alpha[k] - beta)[:, None] * s[:, k]
        return q


# ── Directions from the Hessian ──────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class NewtonStep(DirectionStep):
    H: Array  # (N, 2, 2) the Hessian


@dataclass(frozen=True)
class Newton(Optimizer):
    """The step to the lowest point of the parabola that touches the surface here. Nocedal and Wright 2006, 3.4.

    Where the surface curves downwards the parabola has no such point; |H|, whose eigenvalues are the absolute ones,
    turns the step away from saddles instead (Dauphin et al. 2014). μ shortens steps where the surface is flat, and
    lines are searched by backtracking from the full step.
    """

    name = "Damped Newton"
    character = N_("knows the curvature: a parabola is solved in one step")
    spelling = "newton"
    paper = "Nocedal and Wright 2006; Dauphin et al. 2014"
    family = "classical"
    rate_in = ""
    searches = True
    damping: float = number(0.0, symbol=r"\mu", title=N_("damping"), low=0.0, high=10.0)
    shrink: float = _shrink()
    decrease: float = _decrease()
    equations = (
        Equation("H", r"H = \nabla^2 L(W)", N_("The Hessian says how the surface curves at the ball.")),
        Equation(
            "d",
            r"d = -\left(\left|H\right| + \mu I\right)^{-1} g",
            N_("The direction leads to the lowest point of the parabola that touches the surface here."),
            SLOPE,
        ),
        Equation(
            "a",
            r"\eta \in \left\{1,\ \tau,\ \tau^2,\ \ldots\right\} :\ L(W + \eta d) \le L(W) + c\,\eta\,g \cdot d",
            N_("The rates 1, τ, τ² … are tried until the loss falls by at least this much."),
        ),
        _MOVE,
    )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> NewtonStep:
        loss, grad = objective(x, t)
        H = objective.hessian(x)
        d = -_solved(_absolute(H) + self.damping * np.eye(2), grad)
        slope = _dot(grad, d)
        a = backtrack(t, x, loss, slope, d, objective, np.ones(len(x)), self.decrease, self.shrink)
        return NewtonStep(t, x, loss, grad, a[:, None] * d, a, d, H)


def _determinant(a: Array) -> Array:
    determinant: Array = a[:, 0, 0] * a[:, 1, 1] - a[:, 0, 1] * a[:, 1, 0]
    return determinant


def _absolute(H: Array) -> Array:
    """|H|: the symmetric matrices (N, 2, 2) with the absolute values of their eigenvalues.

    It is the root of H², which for 2 × 2 is (H² + |det H| I) / √(tr H² + 2 |det H|).
    """
    det = np.abs(_determinant(H))
    squared = _product(H, H)
    scale = np.sqrt(squared[:, 0, 0] + squared[:, 1, 1] + 2 * det)
    root = (squared + det[:, None, None] * np.eye(2)) / np.where(scale > 0, scale, 1.0)[:, None, None]
    upwards = (_determinant(H) > 0) & (H[:, 0, 0] > 0)
    return np.where(upwards[:, None, None], H, root)  # exact where it can be


def _solved(a: Array, b: Array) -> Array:
    """The solution of a v = b, or b itself where `a` has no inverse."""
    det = _determinant(a)
    solvable = np.abs(det) > 1e-14 * (a * a).sum(axis=(1, 2))
    adjugate = np.stack((a[:, 1, 1], -a[:, 0, 1], -a[:, 1, 0], a[:, 0, 0]), axis=1).reshape(-1, 2, 2)
    return np.where(solvable[:, None], _applied(adjugate, b) / np.where(solvable, det, 1.0)[:, None], b)
