"""Who is ahead: the loss of each run at the cursor, and what has become of its balls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from optisim.canvas.text.symbols import three_digits
from optisim.core.base.problems import N_
from optisim.core.race.diagnostics import Diagnostics


class Mark(Enum):
    """What a run's row is marked with; the value says what it means, to be translated."""

    NONE = ""
    FIRST = N_("The lowest loss of all at this step")
    LEFT = N_("It has left: its loss grew without bound")
    FAILED = N_("Its optimizer has failed")


@dataclass(frozen=True)
class Standing:
    """A run at an instant.

    Attributes:
        loss: the median loss of its balls, as text; "" if nothing is known yet.
        mark: what it is marked with.
    """

    loss: str = ""
    mark: Mark = Mark.NONE


def standings(runs: Sequence[Diagnostics], step: int) -> list[Standing]:
    """How the runs of a race stand at a step, in the order of the list."""
    found = [_standing(diagnostics, step) for diagnostics in runs]
    running = [
        (loss, place)
        for place, (loss, standing) in enumerate(found)
        if standing.mark is Mark.NONE and math.isfinite(loss) and runs[place].trajectory.run.visible
    ]
    lowest = min(running, default=(0.0, -1))[0]
    ahead = {place for loss, place in running if loss == lowest}
    alone = 0 < len(ahead) < len(running)  # at the start, all have the same
    return [
        Standing(standing.loss, Mark.FIRST) if alone and place in ahead else standing
        for place, (_, standing) in enumerate(found)
    ]


def _standing(diagnostics: Diagnostics, step: int) -> tuple[float, Standing]:
    trajectory = diagnostics.trajectory
    if trajectory.failure is not None:
        return math.nan, Standing("", Mark.FAILED)
    if not len(trajectory):
        return math.nan, Standing()
    row = min(step, len(trajectory) - 1)
    stopped = trajectory.stopped
    if ((stopped >= 0) & (stopped <= row)).all():
        return math.inf, Standing("∞", Mark.LEFT)
    loss = float(np.median(trajectory.loss[row]))
    return loss, Standing(three_digits(loss), Mark.NONE)
