"""Methods around another method: they change what it sees, or where it goes from time to time.

`SAM.over(Adam)` and `Lookahead.over(Adam)` are optimizers of their own, with the hyperparameters of the inner one
and one or two more. Their Step is the inner one's, with a field more. These classes are made when they are asked
for, and no module has them: what is pickled of them is how they are made.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import count, number, share
from optisim.core.base.problems import N_
from optisim.core.optimizers.base import MOVE, SLOPE, Equation, Objective, Optimizer, Step
from optisim.core.optimizers.shapes import Layers, layers_of, norm, ratio


@dataclass(frozen=True)
class Wrapper(Optimizer):
    """An optimizer around another one. `over` makes the class for a kind of inner optimizer."""

    family = "wrapper"
    own: ClassVar[tuple[tuple[str, type, Any], ...]]  # hyperparameters beyond the inner one's: name, type, field
    inner_kind: ClassVar[type[Optimizer]]

    @classmethod
    def over(cls, inner: type[Optimizer], **defaults: float) -> type[Self]:
        """This method around `inner`, always the same class; `defaults` replace those of its hyperparameters."""
        if (cls, inner) not in _MADE:
            _MADE[cls, inner] = cls._made_over(inner, defaults)
        made: type[Self] = _MADE[cls, inner]
        return made

    @classmethod
    def _made_over(cls, inner: type[Optimizer], defaults: dict[str, float]) -> type[Self]:
        fields = [(f.name, f.type, _copied(f, defaults.get(f.name))) for f in dataclasses.fields(inner)]
        return dataclasses.make_dataclass(
            f"{cls.__name__}{inner.__name__}",
            [*fields, *((name, kind, _copied(field)) for name, kind, field in cls.own)],
            bases=(cls,),
            frozen=True,
            namespace={
                "__doc__": cls.__doc__,
                "__module__": cls.__module__,
                "name": f"{cls.name} ({inner.name})",
                "spelling": f"{cls.spelling}-{inner.slug()}",
                "rate_in": inner.rate_in,
                "searches": inner.searches,
                "inner_kind": inner,
            },
        )

    @cached_property
    def inner(self) -> Optimizer:
        """The inner optimizer with the values that this one has."""
        return self.inner_kind(**{hyper.name: getattr(self, hyper.name) for hyper in self.inner_kind.hypers()})

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (_nested(type(self)), self.values)

    def at_rate(self, lr: float) -> Self:
        copy = super().at_rate(lr)
        copy.__dict__["inner"] = self.inner.at_rate(lr)
        return copy


_MADE: dict[tuple[type[Wrapper], type[Optimizer]], Any] = {}


def _nested(kind: type[Optimizer]) -> tuple[type[Optimizer], ...]:
    """The methods that a class is made of, from the outermost to the one that all are around."""
    if not issubclass(kind, Wrapper):
        return (kind,)
    return (kind.__mro__[1], *_nested(kind.inner_kind))


def _unpickled(kinds: tuple[Any, ...], values: dict[str, Any]) -> Optimizer:
    """The optimizer with these values, unchecked as in `at_rate`."""
    *outer, kind = kinds
    for wrapper in reversed(outer):
        kind = wrapper.over(kind)
    optimizer: Optimizer = object.__new__(kind)
    optimizer.__dict__.update(values)
    return optimizer


def _copied(field: Any, default: float | None = None) -> Any:
    """A dataclass field like this one, for another class, perhaps with another default."""
    return dataclasses.field(default=field.default if default is None else default, metadata=field.metadata)


@cache
def _with_field(kind: Any, name: str) -> Any:
    """The kind of Step with one field more."""
    return dataclasses.make_dataclass(
        kind.__name__,
        [(name, Array)],
        bases=(kind,),
        slots=True,
        namespace={"__module__": kind.__module__, "__reduce__": _reduced, "made_of": (kind, name)},
    )


def _reduced(step: Any) -> tuple[Any, ...]:
    """How a Step with a field more is pickled: as what it was made of."""
    kind, names = type(step), []
    while "made_of" in vars(kind):
        kind, name = kind.made_of
        names.append(name)
    return _unpickled_step, (kind, names[::-1], [getattr(step, field.name) for field in dataclasses.fields(step)])


def _unpickled_step(kind: Any, names: list[str], values: list[Any]) -> Step:
    for name in names:
        kind = _with_field(kind, name)
    step: Step = kind(*values)
    return step


def _extended(step: Step, name: str, value: Array) -> Any:
    """A copy of `step` that also has the field `name`."""
    kind: Any = type(step)
    values = [getattr(step, field.name) for field in dataclasses.fields(step)]
    return _with_field(kind, name)(*values, value)


# ── SAM ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Uphill:
    """The objective with the gradient taken a little uphill."""

    objective: Objective
    radius: float

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        loss, grad = self.objective(x, t)
        return loss, self.objective(x + uphill(grad, self.radius), t)[1]

    def hessian(self, x: Array) -> Array:
        return self.objective.hessian(x)

    @property
    def layers(self) -> Layers:
        return layers_of(self.objective)


def uphill(grad: Array, radius: float) -> Array:
    """The step of length `radius` along the gradient; none where there is no slope."""
    length = norm(grad)[:, None]
    return ratio(radius * grad, length, length > 0)


@dataclass(frozen=True)
class SAM(Wrapper):
    """Takes the gradient where the loss is worst nearby, to find flat minima. Foret et al. 2021, algorithm 1."""

    if TYPE_CHECKING:
        radius: float
    name = "SAM"
    character = N_("takes the gradient a little uphill, and so avoids sharp minima")
    spelling = "sam"
    paper = "Foret et al. 2021"
    own = (
        (
            "radius",
            float,
            number(0.05, symbol=r"\rho", title=N_("size of the neighbourhood"), low=1e-3, high=5.0, log=True),
        ),
    )

    @property
    def equations(self) -> tuple[Equation, ...]:  # type: ignore[override]
        return (
            Equation(
                "e",
                r"e = \rho \frac{\nabla L(W)}{\left\|\nabla L(W)\right\|}",
                N_("Uphill, at the distance ρ, the loss is worst nearby."),
                MOVE,
            ),
            Equation(
                "grad", r"g = \nabla L(W + e)", N_("The gradient is taken there, not where the ball is."), SLOPE
            ),
            *self.inner.equations,
        )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> Step:
        step = self.inner.step(t, x, _Uphill(objective, self.radius), last)
        extended: Step = _extended(step, "e", uphill(objective(x, t)[1], self.radius))
        return extended


# ── Lookahead ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Lookahead(Wrapper):
    """Every few steps the ball goes back part of the way to where it was. Zhang et al. 2019; `optax.lookahead`.

    The inner method explores with fast weights; the slow weights follow by a share of the way. What the inner
    method remembers is kept.
    """

    if TYPE_CHECKING:
        sync_period: int
        slow_step_size: float
    name = "Lookahead"
    character = N_("explores with another method and follows by a part of the way")
    spelling = "lookahead"
    paper = "Zhang et al. 2019"
    own = (
        ("sync_period", int, count(5, symbol="k", title=N_("steps before going back"), high=50)),
        ("slow_step_size", float, share(0.5, symbol=r"\sigma", title=N_("share of the way kept"))),
    )

    @property
    def equations(self) -> tuple[Equation, ...]:  # type: ignore[override]
        return (
            *self.inner.equations,
            Equation(
                "slow",
                r"W_s \leftarrow W_s + \sigma\,(W - W_s)",
                N_("Every k steps, the slow weights follow by a part of the way."),
                when=r"t \bmod k = 0",
                start="W",
            ),
            Equation(
                "x",
                r"W \leftarrow W_s",
                N_("Every k steps, the ball goes back to the slow weights."),
                when=r"t \bmod k = 0",
            ),
        )

    def step(self, t: int, x: Array, objective: Objective, last: Any) -> Step:
        step = self.inner.step(t, x, objective, last)
        slow = last.slow if last else x
        if (t + 1) % self.sync_period == 0:
            slow = slow + self.slow_step_size * (x + step.update - slow)
            step = dataclasses.replace(step, update=slow - x)
        extended: Step = _extended(step, "slow", slow)
        return extended
