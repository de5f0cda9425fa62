"""One recorded Adam step with its gradient, against `torch.optim.Adam` with autograd.

Both walk down Rosenbrock's valley in float64 and keep every position and loss; OptiSim keeps every other symbol
of the formula, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from results import Effort, Row, alternated, faster

from optisim.core.base.arrays import Array
from optisim.core.optimizers import Adam
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import advance, begin
from optisim.core.surfaces import SURFACES

RATE = 0.01
START = SURFACES["rosenbrock"].start


def measure(effort: Effort) -> list[Row]:
    """Microseconds a step, in the best of several walks."""
    steps = effort.times(3000, 200)
    parts: dict[str, Callable[[], float]] = {"optisim": lambda: _timed(_optisim, steps)}
    try:
        import torch
    except ImportError:
        pass
    else:
        torch.set_num_threads(1)
        if not np.allclose(_optisim(200), _torch(200), rtol=1e-9, atol=1e-9):
            raise AssertionError("OptiSim and PyTorch take different paths")
        parts["torch"] = lambda: _timed(_torch, steps)
    found = alternated(parts, effort.times(15), of=min)
    return [
        faster("one Adam step, recorded", found["optisim"], "µs", "torch.optim.Adam", found.get("torch"), 8.0),
    ]


def _timed(walk: Callable[[int], Array], steps: int) -> float:
    start = time.perf_counter()
    walk(steps)
    return (time.perf_counter() - start) / steps * 1e6


def _optisim(steps: int) -> Array:
    scenario = make_scenario(SURFACES["rosenbrock"], [Adam(lr=RATE)])
    _, columns = advance(begin(scenario, scenario.runs[0]), steps)
    return columns["x"][:, 0]


def _torch(steps: int) -> Array:
    import torch

    ball = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([ball], lr=RATE)
    positions, losses = np.empty((steps, 2)), np.empty(steps)
    for t in range(steps):
        optimizer.zero_grad()
        x, y = ball.unbind()
        loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
        loss.backward()
        positions[t] = ball.detach().numpy()
        losses[t] = loss.item()
        optimizer.step()
    return positions
