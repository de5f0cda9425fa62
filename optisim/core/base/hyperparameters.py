"""Hyperparameters: how the fields of a frozen dataclass are named, bounded, written and shown.

Optimizers, schedules and kinds of noise are all `Tunable`: their forms in the window, and their spelling in files
and on the command line, follow from their fields alone.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Self, TypeVar, cast

from optisim.core.base.problems import N_, Problem
from optisim.core.base.tables import Table

Value = float | bool  # a whole number is a float, too


@dataclass(frozen=True, slots=True)
class Hyper:
    """How a hyperparameter is named, bounded and moved by a slider.

    Attributes:
        name: the dataclass field and the spelling in files and on the command line.
        symbol: LaTeX.
        title: for people, to be translated.
        default: a float, an int for a count, or a bool for a switch.
        scale: "log", "linear", "decay" (logarithmic in 1 − value), "count" (whole numbers) or "switch".
        low, high: the slider's ends.
        least, most: the values that make sense at all; `most` is excluded for a decay.
    """

    name: str
    symbol: str
    title: str
    default: Value
    scale: str
    low: float = 0.0
    high: float = 1.0
    least: float = 0.0
    most: float = math.inf

    def checked(self, value: object) -> Value:
        """`value` as this hyperparameter's type.

        Raises:
            Problem: if it is no number, not finite, outside [least, most], or not whole where that is asked for.
        """
        if self.scale == "switch":
            return self._switch(value)
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            raise Problem(N_("{name} must be a number, not “{value}”."), name=self.name, value=value) from None
        below = number < self.most if self.scale == "decay" else number <= self.most
        good = not isinstance(value, bool) and math.isfinite(number) and self.least <= number and below
        if not good or (self.scale == "count" and not number.is_integer()):
            raise Problem(self._bounds(), name=self.name, least=self.least, most=self.most, value=value)
        return int(number) if self.scale == "count" else number

    def _bounds(self) -> str:
        """The sentence that says what is allowed."""
        if self.scale == "count":
            return N_("{name} must be a whole number from {least:g} to {most:g}, not {value}.")
        if self.scale == "decay":
            return N_("{name} must be at least {least:g} and below {most:g}, not {value}.")
        if math.isinf(self.most):
            return N_("{name} must be a finite number of at least {least:g}, not {value}.")
        return N_("{name} must be between {least:g} and {most:g}, not {value}.")

    def _switch(self, value: object) -> bool:
        words = {"true": True, "on": True, "yes": True, "1": True}
        words |= {"false": False, "off": False, "no": False, "0": False}
        if isinstance(value, bool):
            return value
        try:
            return words[str(value).strip().lower()]
        except KeyError:
            raise Problem(N_("{name} must be true or false, not “{value}”."), name=self.name, value=value) from None


def spelled(value: Value) -> str:
    """The shortest text that reads back as `value`."""
    return str(value).lower() if isinstance(value, bool) else repr(value).removesuffix(".0")


# ── Declaring a field ────────────────────────────────────────────────────────────────────────────────────


def _declared(default: Value, **hyper: Any) -> Any:
    return field(default=default, metadata={"hyper": hyper})


def rate(default: float, *, symbol: str = r"\eta", title: str = N_("learning rate")) -> Any:
    """A learning rate: ≥ 0, moved on a logarithmic scale."""
    return _declared(default, symbol=symbol, title=title, scale="log", low=1e-4, high=10.0)


def decay(default: float, *, symbol: str, title: str) -> Any:
    """A factor in [0, 1) by which something remembered fades at every step."""
    return _declared(default, symbol=symbol, title=title, scale="decay", low=0.0, high=0.9999, most=1.0)


def share(default: float, *, symbol: str, title: str) -> Any:
    """A part of a whole, in [0, 1]."""
    return _declared(default, symbol=symbol, title=title, scale="linear", most=1.0)


def small(default: float, *, symbol: str = r"\varepsilon", title: str = N_("guard against division by 0")) -> Any:
    """A small number that keeps a denominator from 0."""
    low = min(1e-12, default)
    return _declared(default, symbol=symbol, title=title, scale="log", low=low, high=1.0, least=1e-30)


def number(
    default: float,
    *,
    symbol: str,
    title: str,
    low: float,
    high: float,
    least: float = 0.0,
    most: float = math.inf,
    log: bool = False,
) -> Any:
    """Any other number: a slider from `low` to `high`, values from `least` to `most`."""
    scale = "log" if log else "linear"
    return _declared(default, symbol=symbol, title=title, scale=scale, low=low, high=high, least=least, most=most)


def count(default: int, *, symbol: str, title: str, low: int = 1, high: int = 100, most: int = 100_000) -> Any:
    """A whole number of things, from `low` on."""
    return _declared(default, symbol=symbol, title=title, scale="count", low=low, high=high, least=low, most=most)


def switch(default: bool, *, title: str, symbol: str = "") -> Any:
    """Something the method does or does not do."""
    return _declared(default, symbol=symbol, title=title, scale="switch")


def weight_decay(default: float) -> Any:
    """How strongly the weights are pulled towards 0, apart from the gradient."""
    return number(default, symbol=r"\lambda", title=N_("weight decay"), low=0.0, high=0.5)


def _undeclared(name: str, default: object, kind: object) -> dict[str, Any]:
    """What can be told of a field that says no more than its type and default, as a plug-in's may."""
    if type(default) is int and kind in (float, "float"):
        default = float(default)
    told: dict[str, Any] = {"symbol": rf"\mathrm{{{name.replace('_', ' ')}}}", "title": name.replace("_", " ")}
    if isinstance(default, bool):
        return told | {"scale": "switch"}
    if isinstance(default, int):
        return told | {
            "scale": "count",
            "low": min(default, 1),
            "high": max(100, default),
            "least": min(default, 0),
        }
    if isinstance(default, float) and default > 0:
        return told | {"scale": "log", "low": min(1e-4, default), "high": max(10.0, default)}
    if isinstance(default, float):
        bound = max(1.0, 10 * abs(default))
        return told | {"scale": "linear", "low": -bound, "high": bound, "least": -math.inf}
    raise Problem(
        N_("The field “{name}” needs a default that is a number, true or false, to be a hyperparameter."), name=name
    )


# ── Things with hyperparameters ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Tunable:
    """A frozen dataclass whose fields are hyperparameters.

    Raises:
        Problem: when made with a value that is no number or outside its range.
    """

    name: ClassVar[str]  # as the literature spells it
    character: ClassVar[str] = ""  # what is special about it, in one sentence, to be translated
    spelling: ClassVar[str] = ""  # its slug, where that is not the class's name

    def __post_init__(self) -> None:
        for hyper in self.hypers():
            object.__setattr__(self, hyper.name, hyper.checked(getattr(self, hyper.name)))

    @classmethod
    def slug(cls) -> str:
        """The name in files and on the command line."""
        return cls.spelling or cls.__name__.lower()

    @classmethod
    def hypers(cls) -> tuple[Hyper, ...]:
        """The hyperparameters in the order of the dataclass fields."""
        cached: tuple[Hyper, ...] | None = cls.__dict__.get("_hypers")
        if cached is None:
            fields = dataclasses.fields(cls)
            told = ((f, f.metadata.get("hyper") or _undeclared(f.name, f.default, f.type)) for f in fields)
            cached = tuple(Hyper(f.name, default=cast(Value, f.default), **about) for f, about in told)
            cls._hypers = cached  # type: ignore[attr-defined]
        return cached

    @property
    def values(self) -> dict[str, Value]:
        """The hyperparameters by name."""
        return {hyper.name: getattr(self, hyper.name) for hyper in self.hypers()}

    @property
    def spec(self) -> str:
        """This as text, `slug:name=value,…`, with what differs from the defaults."""
        changed = [
            f"{hyper.name}={spelled(getattr(self, hyper.name))}"
            for hyper in self.hypers()
            if getattr(self, hyper.name) != hyper.default
        ]
        return ":".join(filter(None, (self.slug(), ",".join(changed))))

    def with_value(self, name: str, value: object) -> Self:
        """A copy with one hyperparameter changed."""
        return dataclasses.replace(self, **{name: value})


T = TypeVar("T", bound=Tunable)


class Catalogue(Table[type[T]], Generic[T]):
    """A table of classes, which are called by their slugs, and how to make one of them from text.

    Args:
        kinds: the classes.
        unknown: the sentence for a slug that is not there, with {name} and {names}.
        example: a text that can be read, for the sentences about mistakes.
    """

    def __init__(self, kinds: Iterable[type[T]], unknown: str, example: str) -> None:
        super().__init__(kinds, unknown)
        self._example = example

    @staticmethod
    def name_of(row: type[Tunable]) -> str:
        return row.slug()

    def kind(self, slug: str) -> type[T]:
        """The class called `slug`.

        Raises:
            Problem: if there is none.
        """
        found = self.get(slug.strip().lower())
        return found if found is not None else self[slug]  # which says that it is not there, as it was written

    def make(self, slug: str, values: dict[str, object]) -> T:
        """The one called `slug` with hyperparameters `values`.

        Raises:
            Problem: if there is none, it has no such hyperparameter, or a value is out of range.
        """
        kind = self.kind(slug)
        known = [hyper.name for hyper in kind.hypers()]
        for name in values:
            if name not in known:
                if not known:
                    raise Problem(N_("{optimizer} has no “{name}”."), optimizer=kind.name, name=name)
                raise Problem(
                    N_("{optimizer} has no “{name}”; it has {names}."),
                    optimizer=kind.name,
                    name=name,
                    names=", ".join(known),
                )
        return kind(**values)

    def read(self, text: str) -> T:
        """The one written as `slug` or `slug:name=value,name=value`.

        Raises:
            Problem: with what is allowed instead.
        """
        slug, _, rest = text.partition(":")
        values: dict[str, object] = {}
        for part in filter(None, (part.strip() for part in rest.split(","))):
            name, equals, value = (piece.strip() for piece in part.partition("="))
            if not equals or not name or not value:
                raise Problem(
                    N_("“{part}” is not of the form name=value; write, say, {example}."),
                    part=part,
                    example=self._example,
                )
            if name in values:
                raise Problem(N_("“{name}” is given twice."), name=name)
            values[name] = value
        return self.make(slug, values)
