"""The learning rate beyond which a run is unstable where its ball is, and what to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from optisim.canvas.map.snapshot import Snapshot
from optisim.canvas.text.symbols import three_digits
from optisim.core.base.arrays import Array
from optisim.core.optimizers import Optimizer
from optisim.core.surfaces.curvature import curvature_at
from optisim.language import tr
from optisim.ui.race.player import Player


@dataclass(frozen=True)
class Limit:
    """How large a learning rate may be on a bowl that curves as the surface does at a run's ball.

    Attributes:
        optimizer: the run's, with the learning rate of the present update.
        curvature: λ, the largest curvature at the ball.
        rate: the limit of that learning rate.
        share: what share of the run's own learning rate the schedule gives to the present update.
    """

    optimizer: Optimizer
    curvature: float
    rate: float
    share: float = 1.0

    @property
    def mark(self) -> float | None:
        """The run's learning rate at which the present update's is at the limit; None if that is always 0."""
        return self.rate / self.share if self.share > 0 else None

    @property
    def present(self) -> float:
        """The learning rate of the present update."""
        return self.optimizer.values["lr"]

    @property
    def exceeded(self) -> bool:
        """Whether the present update's rate is above the limit."""
        return self.present > self.rate

    def explained(self) -> str:
        """The limit in words, where it comes from and what happens beyond it, as rich text that wraps."""
        text = tr(
            "At the ball the surface curves by at most λ = {curvature}: on a bowl like that, {name} is stable "
            "below {formula} = {limit}. Beyond it the ball swings higher with every step.",
            curvature=three_digits(self.curvature),
            name=self.optimizer.name,
            formula=self.optimizer.limit_formula,
            limit=three_digits(self.rate),
        )
        if self.mark is not None and self.share != 1:
            text += " " + tr(
                "At this step the schedule gives {share} % of the rate, so the mark stands at {mark}.",
                share=three_digits(100 * self.share),
                mark=three_digits(self.mark),
            )
        return f"<p>{escape(text)}</p>"


def limit_of(player: Player, row: int) -> Limit | None:
    """The limit of the run of trajectory `row` where its first ball is; None if there is none.

    The run is the trajectory's own: the scenario may have other ones until the worker has taken it up.
    """
    trajectories = player.trajectories
    if not 0 <= row < len(trajectories) or not len(trajectories[row]):
        return None
    run, step, steps = trajectories[row].run, int(player.cursor), player.racing.steps
    optimizer = run.optimizer_at(step, steps)
    if not optimizer.limit_formula:
        return None
    curvature = curvature_at(player.racing.surface, position(player, row)).steepest
    try:
        rate = optimizer.limit(curvature)
    except Exception:  # what a user has written may raise anything; the race itself is not concerned
        return None
    share = run.schedule.factor(step, steps) if run.scheduled else 1.0
    return None if rate is None or not rate > 0 else Limit(optimizer, curvature, rate, share)


def position(player: Player, row: int) -> Array:
    """Where the first ball of run `row` is at the cursor, (2,)."""
    snapshot = Snapshot(player.racing, player.trajectories, player.cursor)
    first: Array = snapshot.positions(player.trajectories[row])[0]
    return first
