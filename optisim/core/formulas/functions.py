"""The functions that formulas may call: how SymEngine writes them, and how LaTeX does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Expression = Any  # symengine.Expr, which ships no types and is imported only when a formula is read


@dataclass(frozen=True, slots=True)
class Function:
    """A function formulas may call: how SymEngine writes it, how LaTeX does, and how many values it takes."""

    build: Callable[..., Expression]
    latex: str  # with {0}, {1} for the arguments
    arity: int = 1
    copies: int = 1  # how often each value stands in what SymEngine gets


def _abs(se: Any, u: Expression) -> Expression:
    # SymEngine cannot differentiate abs, sign, min and max; pieces it can. At the kink the slope is 0,
    # the subgradient in the middle, so that a ball that starts there has a finite gradient.
    return se.Piecewise((-u, u < 0), (u, u > 0), (0, True))


def _sign(se: Any, u: Expression) -> Expression:
    return se.Piecewise((-1, u < 0), (1, u > 0), (0, True))


def _max(se: Any, a: Expression, b: Expression) -> Expression:
    return se.Piecewise((a, a > b), (b, True))


def _min(se: Any, a: Expression, b: Expression) -> Expression:
    return se.Piecewise((a, a < b), (b, True))


def root(se: Any, u: Expression, power: Expression) -> Expression:
    # A root has an infinite slope at 0, and sqrt(x² + y²) a slope of 0/0: take the subgradient 0 there too.
    return se.Piecewise((0, se.Eq(u, 0)), (u**power, True))


def _sqrt(se: Any, u: Expression) -> Expression:
    return root(se, u, se.Integer(1) / 2) if u.free_symbols else se.sqrt(u)


def _sigmoid(se: Any, u: Expression) -> Expression:
    # Each piece where its exp cannot overflow: the slope of 1/(1 + e^(-u)) is inf/inf below −709.
    return se.Piecewise((se.exp(u) / (1 + se.exp(u)), u < 0), (1 / (1 + se.exp(-u)), True))


def _plain(name: str, latex: str) -> Function:
    return Function(lambda se, u: getattr(se, name)(u), latex + r"\left({0}\right)")


FUNCTIONS: dict[str, Function] = {
    **{name: _plain(name, rf"\{name}") for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "asin": _plain("asin", r"\arcsin"),
    "acos": _plain("acos", r"\arccos"),
    "atan": _plain("atan", r"\arctan"),
    "exp": Function(lambda se, u: se.exp(u), r"e^{{{0}}}"),
    "log": _plain("log", r"\ln"),
    "ln": _plain("log", r"\ln"),
    "log10": Function(lambda se, u: se.log(u) / se.log(10), r"\log_{{10}}\left({0}\right)"),
    "sqrt": Function(_sqrt, r"\sqrt{{{0}}}", copies=2),
    "abs": Function(_abs, r"\left|{0}\right|", copies=3),
    "sign": Function(_sign, r"\operatorname{{sgn}}\left({0}\right)", copies=2),
    "sigmoid": Function(_sigmoid, r"\sigma\left({0}\right)", copies=3),
    "min": Function(_min, r"\min\left({0},\,{1}\right)", arity=2, copies=2),
    "max": Function(_max, r"\max\left({0},\,{1}\right)", arity=2, copies=2),
}
