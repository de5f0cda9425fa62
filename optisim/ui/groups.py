"""The balls of a race in groups: those of one run that leave one start. A group has a row and a curve."""

from __future__ import annotations

from dataclasses import dataclass

from optisim.core.diagnostics import Diagnostics
from optisim.core.scenario import Run
from optisim.ui.player import Player


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


def groups(player: Player) -> list[Group]:
    """All groups of the race that have begun, run by run."""
    racing = player.racing
    fan = len(racing.balls) // len(racing.starts)
    found = []
    for place, diagnostics in enumerate(player.diagnostics):
        if not len(diagnostics.trajectory):
            continue
        for start in range(len(racing.starts)):
            name = diagnostics.trajectory.run.name
            name = f"{name} · {start + 1}" if len(racing.starts) > 1 else name
            name = f"{name} ×{fan}" if fan > 1 else name
            found.append(Group(place, start, diagnostics, slice(start * fan, (start + 1) * fan), name))
    return found
