"""What commands tell: what went wrong, on standard error, in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from optisim.core.base.problems import Problem
from optisim.core.race.simulate import Trajectory
from optisim.language import explain

BAD_INPUT = 2


def report(problem: Problem) -> int:
    """Say what was wrong; returns the exit code."""
    print("optisim:", *explain(problem).split(), file=sys.stderr)  # one line, whatever was typed
    return BAD_INPUT


def reported(trajectories: Sequence[Trajectory]) -> int:
    """The exit code, after saying which of the user's own optimizers failed; the others are in the output."""
    failures = [trajectory.failure for trajectory in trajectories if trajectory.failure]
    return max((report(failure) for failure in failures), default=0)
