"""Which arrows there are at the balls of a race, at an instant."""

from __future__ import annotations

from collections.abc import Container, Sequence

import numpy as np

from optisim.canvas.map.arrows import ArrowSet
from optisim.core.race.simulate import Trajectory
from optisim.core.rules.rule import quantities

ARROWS = ("gradient", "memory", "rates", "update")  # what there are arrows of
MOST_ARROW_SETS = 50  # balls that have arrows when all of them are asked for


def arrow_sets(
    trajectories: Sequence[Trajectory],
    looked_at: tuple[Trajectory, int],
    t: int,
    shown: Sequence[str],
    every: bool = False,
) -> tuple[ArrowSet, ...]:
    """The arrows to draw; those of the ball that is looked at come last, on top.

    Args:
        trajectories: all of the race.
        looked_at: a run's, and which of its balls.
        t: updates made so far.
        shown: which kinds, of ARROWS.
        every: of all balls of all visible runs, MOST_ARROW_SETS of them.
    """
    balls = [looked_at] if looked_at[0].run.visible else []
    if every:
        visible = [trajectory for trajectory in trajectories if trajectory.run.visible and len(trajectory)]
        others = [(one, ball) for one in visible for ball in range(one.x.shape[1]) if (one, ball) != looked_at]
        balls = others[:MOST_ARROW_SETS] + balls
    made = (arrow_set_of(trajectory, ball, t, shown) for trajectory, ball in balls)
    return tuple(arrow_set for arrow_set in made if arrow_set is not None)


def arrow_set_of(
    trajectory: Trajectory, ball: int, t: int, shown: Sequence[str], known: Container[str] | None = None
) -> ArrowSet | None:
    """The arrows at one ball; None where no step is made.

    Args:
        trajectory, ball: which ball of which run.
        t: updates made so far.
        shown: which kinds, of ARROWS.
        known: the Step fields that are worked so far; None for all.
    """
    t, last = min(t, len(trajectory) - 1), trajectory.state.last
    if last is None or 0 <= int(trajectory.stopped[ball]) < t:
        return None
    columns = trajectory.columns
    every = quantities(trajectory.run.optimizer, type(last))
    drawn = [
        (quantity, columns[quantity.field][t, ball])
        for quantity in every
        if columns[quantity.field].shape[2:] == (2,)  # what is one number for both axes has no direction
        and kind_of(quantity.field, quantity.kind) in shown
        and (known is None or quantity.field in known)
    ]
    finite = [(quantity, value) for quantity, value in drawn if np.isfinite(value).all()]
    return ArrowSet(
        columns["x"][t, ball],
        tuple(quantity for quantity, _ in finite),
        tuple(value for _, value in finite),
        columns["grad"][0, ball],
        tuple(quantity.field for quantity in every),
    )


def kind_of(field: str, kind: str) -> str:
    """Which of ARROWS a quantity belongs to."""
    if field in ("grad", "update"):
        return {"grad": "gradient", "update": "update"}[field]
    return "rates" if kind == "square" else "memory"
