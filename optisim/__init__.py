"""OptiSim: a laboratory in which optimizers race over a loss surface.

```python
import optisim

result = optisim.simulate("x^2/20 + y^2", ["sgd:lr=0.95", optisim.Momentum(lr=0.1)], start=(-7, 2), steps=30)
result["sgd"].x       # (31, 1, 2) positions
result[1].columns     # every quantity of Momentum's steps by name: x, loss, grad, update, v
```
"""

from optisim.core.formula import Formula
from optisim.core.optimizers import (
    OPTIMIZERS,
    SGD,
    AdaGrad,
    Adam,
    Momentum,
    Nesterov,
    Optimizer,
    RMSProp,
    Step,
)
from optisim.core.problems import Problem
from optisim.core.scenario import Run, Scenario, chapter_scenario
from optisim.core.simulate import Result, Trajectory, simulate
from optisim.core.surfaces import SURFACES, Domain, Surface, surface_named

__version__ = "0.1.0"

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "SURFACES",
    "AdaGrad",
    "Adam",
    "Domain",
    "Formula",
    "Momentum",
    "Nesterov",
    "Optimizer",
    "Problem",
    "RMSProp",
    "Result",
    "Run",
    "Scenario",
    "Step",
    "Surface",
    "Trajectory",
    "chapter_scenario",
    "simulate",
    "surface_named",
]
