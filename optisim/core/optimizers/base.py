"""What every optimizer shares: its step, its hyperparameters, and how it is written as text.

An optimizer is a frozen dataclass of hyperparameters with one pure method, `step`. What it remembers lives in
the Step that it returns, never in itself: time can therefore run both ways, and the same object can serve
many balls and threads at once.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Protocol, Self, cast

from optisim.core.formula import Array
from optisim.core.problems import N_, Problem


@dataclass(slots=True)
class Step:
    """N balls at one instant. Arrays are float64, (N, 2) unless said, and never written again.

    Not declared frozen: that would cost 1.5 µs of the 10 µs that one step takes.
    """

    t: int  # updates made so far
    x: Array  # positions
    loss: Array  # (N,) true loss at x
    grad: Array  # the gradient the rule saw
    update: Array  # the move about to be made: x[t+1] = x[t] + update


class Objective(Protocol):
    """The loss as an optimizer sees it."""

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        """Loss (N,) and gradient (N, 2) at positions x (N, 2) for update t."""
        ...

    def hessian(self, x: Array) -> Array:
        """Second derivatives (N, 2, 2) at positions x (N, 2)."""
        ...


class Equation(NamedTuple):
    """One line of an update rule: the Step's field that it computes, and how it is written."""

    target: str
    latex: str


# ── Hyperparameters ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Hyper:
    """How a hyperparameter is named, bounded and moved by a slider.

    Attributes:
        name: the dataclass field and the spelling in files and on the command line.
        symbol: LaTeX.
        title: for people, to be translated.
        default: a float, or a bool for a switch.
        scale: "log", "linear", "decay" (logarithmic in 1 − value) or "switch".
        low, high: the slider's ends.
        least, most: the values that make sense at all; `most` is excluded for a decay.
    """

    name: str
    symbol: str
    title: str
    default: float | bool
    scale: str
    low: float = 0.0
    high: float = 1.0
    least: float = 0.0
    most: float = math.inf

    def checked(self, value: object) -> float | bool:
        """`value` as this hyperparameter's type.

        Raises:
            Problem: if it is no number, not finite, or outside [least, most].
        """
        if self.scale == "switch":
            return self._switch(value)
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            raise Problem(N_("{name} must be a number, not “{value}”."), name=self.name, value=value) from None
        below = number < self.most if self.scale == "decay" else number <= self.most
        if isinstance(value, bool) or not (math.isfinite(number) and self.least <= number and below):
            if self.scale == "decay":
                raise Problem(
                    N_("{name} must be at least {least:g} and below {most:g}, not {value}."),
                    name=self.name,
                    least=self.least,
                    most=self.most,
                    value=value,
                )
            if math.isinf(self.most):
                raise Problem(
                    N_("{name} must be a finite number of at least {least:g}, not {value}."),
                    name=self.name,
                    least=self.least,
                    value=value,
                )
            raise Problem(
                N_("{name} must be between {least:g} and {most:g}, not {value}."),
                name=self.name,
                least=self.least,
                most=self.most,
                value=value,
            )
        return number

    def _switch(self, value: object) -> bool:
        words = {"true": True, "on": True, "yes": True, "1": True}
        words |= {"false": False, "off": False, "no": False, "0": False}
        if isinstance(value, bool):
            return value
        try:
            return words[str(value).strip().lower()]
        except KeyError:
            raise Problem(N_("{name} must be true or false, not “{value}”."), name=self.name, value=value) from None


def _declared(default: float | bool, **hyper: Any) -> Any:
    return field(default=default, metadata={"hyper": hyper})


def rate(default: float, *, symbol: str = r"\eta", title: str = N_("learning rate")) -> Any:
    """A learning rate: ≥ 0, moved on a logarithmic scale."""
    return _declared(default, symbol=symbol, title=title, scale="log", low=1e-4, high=10.0)


def decay(default: float, *, symbol: str, title: str) -> Any:
    """A factor in [0, 1) by which something remembered fades at every step."""
    return _declared(default, symbol=symbol, title=title, scale="decay", low=0.0, high=0.9999, most=1.0)


def small(default: float, *, symbol: str = r"\varepsilon", title: str = N_("guard against division by 0")) -> Any:
    """A small number that keeps a denominator from 0."""
    return _declared(default, symbol=symbol, title=title, scale="log", low=1e-12, high=1.0, least=1e-30)


def switch(default: bool, *, title: str, symbol: str = "") -> Any:
    """Something the method does or does not do."""
    return _declared(default, symbol=symbol, title=title, scale="switch")


# ── Optimizer ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Optimizer:
    """An update rule and its hyperparameters.

    A subclass is a frozen dataclass that sets the class attributes below and defines `step`.

    Raises:
        Problem: when made with a hyperparameter that is no number or outside its range.
    """

    name: ClassVar[str]  # as the literature spells it; not translated
    paper: ClassVar[str]
    rate_in: ClassVar[str] = "length"
    # what a good rate goes with: "length" of the domain, for methods whose steps do not depend on the size of
    # the gradient, or "curvature" (inversely), for those whose steps are proportional to it
    equations: ClassVar[tuple[Equation, ...]] = ()

    def __post_init__(self) -> None:
        for hyper in self.hypers():
            object.__setattr__(self, hyper.name, hyper.checked(getattr(self, hyper.name)))

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> Step:
        """The step at time t for balls at x (N, 2).

        Args:
            t: updates made so far.
            x: positions, (N, 2).
            objective: the loss and its derivatives.
            last: the step at time t − 1, or None at the beginning, when all that is remembered is 0.
        """
        raise NotImplementedError

    @classmethod
    def slug(cls) -> str:
        """The name in files and on the command line."""
        return cls.__name__.lower()

    @classmethod
    def hypers(cls) -> tuple[Hyper, ...]:
        """The hyperparameters in the order of the dataclass fields."""
        cached: tuple[Hyper, ...] | None = cls.__dict__.get("_hypers")
        if cached is None:
            cached = tuple(
                Hyper(f.name, default=cast(float | bool, f.default), **f.metadata["hyper"])
                for f in dataclasses.fields(cls)
                if "hyper" in f.metadata
            )
            cls._hypers = cached  # type: ignore[attr-defined]
        return cached

    @property
    def values(self) -> dict[str, float | bool]:
        """The hyperparameters by name."""
        return {hyper.name: getattr(self, hyper.name) for hyper in self.hypers()}

    @property
    def spec(self) -> str:
        """This optimizer as text, `slug:name=value,…`, with what differs from the defaults."""
        changed = [
            f"{hyper.name}={_spelled(getattr(self, hyper.name))}"
            for hyper in self.hypers()
            if getattr(self, hyper.name) != hyper.default
        ]
        return ":".join(filter(None, (self.slug(), ",".join(changed))))

    def with_value(self, name: str, value: object) -> Self:
        """A copy with one hyperparameter changed."""
        return dataclasses.replace(self, **{name: value})


def _spelled(value: float | bool) -> str:
    """The shortest text that reads back as `value`."""
    return str(value).lower() if isinstance(value, bool) else repr(value).removesuffix(".0")
