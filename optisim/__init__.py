"""OptiSim: a laboratory in which optimizers race over a loss surface.

```python
import optisim

result = optisim.simulate("x^2/20 + y^2", ["sgd:lr=0.95", optisim.Momentum(lr=0.1)], start=(-7, 2), steps=30)
result["sgd"].x       # (31, 1, 2) positions
result[1].columns     # every quantity of Momentum's steps by name: x, loss, grad, update, v
```
"""

from optisim.core.base.hyperparameters import count, decay, number, rate, share, small, switch, weight_decay
from optisim.core.base.problems import Problem
from optisim.core.documents.kinds import register
from optisim.core.documents.race_kind import RACE
from optisim.core.documents.sharing import from_share, to_share
from optisim.core.formulas.formula import Formula
from optisim.core.optimizers import *  # noqa: F403
from optisim.core.optimizers import __all__ as _optimizers
from optisim.core.optimizers.plugins import load_optimizers
from optisim.core.race.noise import NOISES, Gaussian, MiniBatches, NoNoise
from optisim.core.race.scenario import Past, Run, Scenario, chapter_scenario, read_run
from optisim.core.race.schedules import (
    SCHEDULES,
    Constant,
    Cosine,
    Cyclic,
    Exponential,
    InverseTime,
    LinearWarmUp,
    OneCycle,
    Polynomial,
    StepDecay,
    WarmRestarts,
)
from optisim.core.race.simulate import Result, Trajectory, simulate
from optisim.core.surfaces import SURFACES, Domain, Parameter, Surface, own_surface, surface_named

register(RACE)

__version__ = "0.1.0"

__all__ = [
    *_optimizers,
    "NOISES",
    "SCHEDULES",
    "SURFACES",
    "Constant",
    "Cosine",
    "Cyclic",
    "Domain",
    "Exponential",
    "Formula",
    "Gaussian",
    "InverseTime",
    "LinearWarmUp",
    "MiniBatches",
    "NoNoise",
    "OneCycle",
    "Parameter",
    "Past",
    "Polynomial",
    "Problem",
    "Result",
    "Run",
    "Scenario",
    "StepDecay",
    "Surface",
    "Trajectory",
    "WarmRestarts",
    "chapter_scenario",
    "count",
    "decay",
    "from_share",
    "load_optimizers",
    "number",
    "own_surface",
    "rate",
    "read_run",
    "share",
    "simulate",
    "small",
    "surface_named",
    "switch",
    "to_share",
    "weight_decay",
]
