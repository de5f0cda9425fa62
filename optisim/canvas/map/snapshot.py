"""What is painted, and which parts of it: a race at an instant, and the user's choice of what to show."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.arrow_sets import ARROWS
from optisim.canvas.map.arrows import ArrowSet
from optisim.canvas.map.parts import MAP_PARTS
from optisim.core.base.arrays import Array
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import Trajectory

USUAL_COLORMAP, *_ = COLORMAPS


@dataclass(frozen=True)
class Display:
    """What the canvas shows and how; kept in the user's settings.

    Attributes:
        shown: names of MAP_PARTS; those that it does not have are nothing.
        colormap: a name of COLORMAPS.
    """

    shown: frozenset[str] = field(
        default_factory=lambda: frozenset(name for name, part in MAP_PARTS.items() if part.shown)
    )
    colormap: str = USUAL_COLORMAP

    def shows(self, name: str) -> bool:
        """Whether a part of the map is shown.

        Raises:
            Problem: if there is no such part.
        """
        return MAP_PARTS[name].name in self.shown

    def with_parts(self, **parts: bool) -> Self:
        """This with some parts shown (True) or left out (False).

        Raises:
            Problem: if there is no such part.
        """
        shown = {MAP_PARTS[name].name for name, on in parts.items() if on}
        hidden = {MAP_PARTS[name].name for name, on in parts.items() if not on}
        return replace(self, shown=self.shown - hidden | shown)

    @property
    def arrows_shown(self) -> list[str]:
        """The kinds of arrows that are shown, of ARROWS."""
        return [kind for kind in ARROWS if self.shows(f"arrow_{kind}")] if self.shows("arrows") else []


@dataclass(frozen=True)
class Snapshot:
    """All that the map paints: a race at an instant."""

    scenario: Scenario
    trajectories: tuple[Trajectory, ...] = ()
    cursor: float = 0.0
    selected: int = -1  # the run that stands out, by its place in the list; −1 for none
    arrow_sets: tuple[ArrowSet, ...] = ()  # arrows; those of the ball that is looked at come last
    lit: str = ""  # the quantity that is pointed at

    @property
    def shown(self) -> list[Trajectory]:
        """The trajectories that are visible and have begun, from the bottom up.

        The first in the list is on top, but for the selected one; ghosts are below all others.
        """
        order = sorted(range(len(self.trajectories)), key=lambda i: (i == self.selected, -i))
        listed = [self.trajectories[i] for i in order]
        return sorted((t for t in listed if t.run.visible and len(t)), key=lambda t: not t.run.ghost)

    @property
    def chosen(self) -> Trajectory | None:
        """The trajectory of the selected run."""
        return self.trajectories[self.selected] if 0 <= self.selected < len(self.trajectories) else None

    def positions(self, trajectory: Trajectory) -> Array:
        """Where the balls of a run are at the cursor, (N, 2); they glide between steps."""
        last = len(trajectory) - 1
        row = min(int(self.cursor), last)
        share = min(self.cursor, last) - row
        here: Array = trajectory.x[row]
        if not share > 0:
            return here
        there: Array = here + share * (trajectory.x[row + 1] - here)
        return there
