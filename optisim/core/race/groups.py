"""The balls of a race in groups: those of one run that leave one start. A group has a row and a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optisim.core.race.diagnostics import Diagnostics
from optisim.core.race.scenario import Run, Scenario


@dataclass(frozen=True)
class Group:
    """The balls of the run at place `place` of the list that leave start `start`."""

    place: int
    start: int
    diagnostics: Diagnostics
    balls: slice
    name: str

    @property
    def run(self) -> Run:
        return self.diagnostics.trajectory.run

    @property
    def count(self) -> int:
        """How many balls there are; more than one is a fan of seeds."""
        return int(self.balls.stop - self.balls.start)


def groups(scenario: Scenario, runs: Sequence[Diagnostics]) -> list[Group]:
    """All groups of a race that have begun, run by run."""
    fan = len(scenario.balls) // len(scenario.starts)
    found = []
    for place, diagnostics in enumerate(runs):
        if not len(diagnostics.trajectory):
            continue
        for start in range(len(scenario.starts)):
            name = diagnostics.trajectory.run.name
            name = f"{name} · {start + 1}" if len(scenario.starts) > 1 else name
            name = f"{name} ×{fan}" if fan > 1 else name
            found.append(Group(place, start, diagnostics, slice(start * fan, (start + 1) * fan), name))
    return found
