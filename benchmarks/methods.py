"""One step of every optimizer on the bowl: a single recorded ball, and 100,000 balls at once.

The many go in blocks that fit the processor's cache, as one would let them go. Those rules that work coordinate by
coordinate have a target.
"""

from __future__ import annotations

import time

import numpy as np
from results import Effort, Row, Target

from optisim.core.base.arrays import Array
from optisim.core.optimizers import OPTIMIZERS, Optimizer
from optisim.core.race.noise import Exact
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import advance, begin
from optisim.core.surfaces import SURFACES

BALLS = 100_000
BLOCK = 8192
STEPS = 10  # of the many
TARGET = 25.0  # nanoseconds
ELEMENTWISE = {"momentum", "adaptive", "adam", "sign"}  # families
WITH_NORMS = {"lamb", "novograd"}  # of those, what looks at lengths


def measure(effort: Effort) -> list[Row]:
    """Microseconds a step of one ball, nanoseconds a ball and step of many, in the best of several rounds."""
    rows = []
    balls = effort.times(BALLS, BLOCK)
    many = np.random.default_rng(1).uniform(-8.0, 8.0, (balls, 2))
    # once glibc has seen a large piece of memory freed, it keeps what is freed later; before, each step would give
    # its memory back to the system and ask for it again
    large = np.ones(2**21)
    del large
    for slug, kind in OPTIMIZERS.items():
        alone = min(_one(kind(), effort.times(2000, 50)) for _ in range(effort.times(5)))
        together = min(_many(kind(), many) for _ in range(effort.times(7)))
        target = Target(TARGET) if kind.family in ELEMENTWISE and slug not in WITH_NORMS else None
        rows.append(Row(f"{slug}, one ball", alone, "µs"))
        rows.append(Row(f"{slug}, {balls:,} balls, each", together, "ns", target=target))
    return rows


def _one(optimizer: Optimizer, steps: int) -> float:
    scenario = make_scenario(SURFACES["bowl"], [optimizer])
    state = begin(scenario, scenario.runs[0])
    start = time.perf_counter()
    advance(state, steps)
    return (time.perf_counter() - start) / steps * 1e6


def _many(optimizer: Optimizer, balls: Array) -> float:
    objective = Exact(SURFACES["bowl"])
    start = time.perf_counter()
    for first in range(0, len(balls), BLOCK):
        x, last = balls[first : first + BLOCK], None
        for t in range(STEPS):
            last = optimizer.step(t, x, objective, last)
            x = x + last.update
    return (time.perf_counter() - start) / STEPS / len(balls) * 1e9
