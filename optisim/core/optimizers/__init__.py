"""The catalogue of optimizers."""

from __future__ import annotations

from optisim.core.base.hyperparameters import Catalogue
from optisim.core.base.problems import N_
from optisim.core.optimizers.adam import Adam, AdaMax, AdamW, AMSGrad, NAdam, RAdam
from optisim.core.optimizers.adam_variants import AdaBelief, Adan, QHAdam, Yogi
from optisim.core.optimizers.adaptive import AdaDelta, AdaGrad, RMSProp
from optisim.core.optimizers.base import Equation, Objective, Optimizer, Step
from optisim.core.optimizers.conjugate_gradient import ConjugateGradient
from optisim.core.optimizers.layerwise import LAMB, NovoGrad
from optisim.core.optimizers.momentum import QHM, SGD, AggMo, Momentum, Nesterov
from optisim.core.optimizers.newton import Newton
from optisim.core.optimizers.quasi_newton import BFGS, LBFGS
from optisim.core.optimizers.sign import Lion, Rprop, SignSGD
from optisim.core.optimizers.step_sizes import Backtracking, BarzilaiBorwein, PolyakStep
from optisim.core.optimizers.wrappers import SAM, Lookahead

FAMILIES = {
    "momentum": N_("Gradient descent and momentum"),
    "adaptive": N_("Adaptive rates"),
    "adam": N_("Adam and its descendants"),
    "sign": N_("Sign-based"),
    "wrapper": N_("Around another optimizer"),
    "classical": N_("Line search and curvature"),
    "own": N_("Your own"),
}
"""Family → what the menu calls it, to be translated."""


class _Optimizers(Catalogue[Optimizer]):
    """The catalogue, which also knows Lookahead over any of its methods, as `lookahead-adam`."""

    def kind(self, slug: str) -> type[Optimizer]:
        outer, _, inner = slug.strip().lower().partition("-")
        if outer == Lookahead.spelling and inner in self:
            return Lookahead.over(self[inner])
        return super().kind(slug)


OPTIMIZERS: Catalogue[Optimizer] = _Optimizers(
    (
        *(SGD, Momentum, Nesterov, QHM, AggMo),
        *(AdaGrad, RMSProp, AdaDelta),
        *(Adam, AMSGrad, AdamW, AdaMax, NAdam, RAdam, QHAdam, AdaBelief, Yogi, Adan, NovoGrad, LAMB),
        *(SignSGD, Rprop, Lion),
        *(SAM.over(SGD, lr=0.5), SAM.over(Adam)),  # uphill the slope is steeper: a smaller rate
        *(PolyakStep, BarzilaiBorwein, Backtracking, ConjugateGradient, BFGS, LBFGS, Newton),
    ),
    unknown=N_("There is no optimizer “{name}”; choose one of {names}."),
    example="sgd:lr=0.1",
)
"""Slug → class, in the order of the menu. Adding an optimizer is its dataclass and its name here."""

__all__ = [
    "BFGS",
    "LAMB",
    "LBFGS",
    "OPTIMIZERS",
    "QHM",
    "SAM",
    "SGD",
    "AMSGrad",
    "AdaBelief",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Adan",
    "AggMo",
    "Backtracking",
    "BarzilaiBorwein",
    "ConjugateGradient",
    "Equation",
    "Lion",
    "Lookahead",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Newton",
    "NovoGrad",
    "Objective",
    "Optimizer",
    "PolyakStep",
    "QHAdam",
    "RAdam",
    "RMSProp",
    "Rprop",
    "SignSGD",
    "Step",
    "Yogi",
]
