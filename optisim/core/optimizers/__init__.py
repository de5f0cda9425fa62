"""The catalogue of optimizers."""

from __future__ import annotations

from optisim.core.hyperparameters import Catalogue
from optisim.core.optimizers.adaptive import AdaGrad, Adam, RMSProp
from optisim.core.optimizers.base import Equation, Objective, Optimizer, Step
from optisim.core.optimizers.momentum import SGD, Momentum, Nesterov
from optisim.core.problems import N_

OPTIMIZERS: Catalogue[Optimizer] = Catalogue(
    (SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam),
    unknown=N_("There is no optimizer “{name}”; choose one of {names}."),
    example="sgd:lr=0.1",
)
"""Slug → class, in the order of the menu. Adding an optimizer is its dataclass and its name here."""

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "AdaGrad",
    "Adam",
    "Equation",
    "Momentum",
    "Nesterov",
    "Objective",
    "Optimizer",
    "RMSProp",
    "Step",
]
