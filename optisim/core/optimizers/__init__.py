"""The catalogue of optimizers, and reading one from text."""

from __future__ import annotations

from optisim.core.optimizers.adaptive import AdaGrad, Adam, RMSProp
from optisim.core.optimizers.base import Equation, Hyper, Objective, Optimizer, Step
from optisim.core.optimizers.momentum import SGD, Momentum, Nesterov
from optisim.core.problems import N_, Problem

OPTIMIZERS: dict[str, type[Optimizer]] = {
    optimizer.slug(): optimizer for optimizer in (SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam)
}
"""Slug → class, in the order of the menu. Adding an optimizer is its dataclass and its name here."""


def make_optimizer(slug: str, values: dict[str, object]) -> Optimizer:
    """The optimizer `slug` with hyperparameters `values`.

    Raises:
        Problem: if there is no such optimizer or hyperparameter, or a value is out of range.
    """
    kind = OPTIMIZERS.get(slug.strip().lower())
    if kind is None:
        raise Problem(
            N_("There is no optimizer “{name}”; choose one of {names}."), name=slug, names=", ".join(OPTIMIZERS)
        )
    known = [hyper.name for hyper in kind.hypers()]
    for name in values:
        if name not in known:
            raise Problem(
                N_("{optimizer} has no “{name}”; it has {names}."),
                optimizer=kind.name,
                name=name,
                names=", ".join(known),
            )
    return kind(**values)


def parse_optimizer(text: str) -> Optimizer:
    """The optimizer written as `slug` or `slug:name=value,name=value`.

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
                example="sgd:lr=0.1",
            )
        if name in values:
            raise Problem(N_("“{name}” is given twice."), name=name)
        values[name] = value
    return make_optimizer(slug, values)


__all__ = [
    "OPTIMIZERS",
    "SGD",
    "AdaGrad",
    "Adam",
    "Equation",
    "Hyper",
    "Momentum",
    "Nesterov",
    "Objective",
    "Optimizer",
    "RMSProp",
    "Step",
    "make_optimizer",
    "parse_optimizer",
]
