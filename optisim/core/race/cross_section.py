"""Lines over a surface, along which it is seen from the side: where they go, and how a ball moves along them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.race.simulate import Trajectory
from optisim.core.surfaces import Surface

SECTIONS = {
    "update": N_("Along the update"),
    "gradient": N_("Straight downhill"),
    "x": N_("Along x"),
    "y": N_("Along y"),
}
"""Where a line through a ball may lead → what it is called, to be translated."""


FARTHEST = 1e18  # no ball that rolls on gets there: it is beyond `BOUND` times the largest domain


@dataclass(frozen=True, eq=False)
class SectionLine:
    """A line in the plane of x and y.

    Attributes:
        origin: a point of it, (2,).
        direction: a unit vector, (2,).
        at: what the distances along it are at the origin.
    """

    origin: Array
    direction: Array
    at: float

    def points(self, distances: Array) -> Array:
        """The points (n, 2) at distances (n,)."""
        points: Array = self.origin + (distances - self.at)[:, None] * self.direction
        return points

    def distance(self, point: Array) -> float:
        """The distance along the line at which a point (2,) is seen from the side."""
        return self.at + float((point - self.origin) @ self.direction)


class UnrolledPath:
    """The path of a ball rolled out along one line: seen so, it rolls to and fro without ever leaping.

    Each step's direction is turned by less than a right angle against the one before it, or else counts backwards:
    a ball that swings across a valley comes back along the line on which it went. A ball at rest keeps its
    direction.
    """

    def __init__(self, trajectory: Trajectory, ball: int = 0) -> None:
        self.trajectory, self.ball = trajectory, ball
        x = trajectory.x[:, ball]
        end = landing_of(trajectory, len(x) - 1, ball)
        moves = np.diff(x, axis=0, append=end[None])
        lengths = np.hypot(*moves.T)
        moving = np.flatnonzero(lengths > 0)
        if len(moving):
            latest = np.searchsorted(moving, np.arange(len(x)), "right") - 1
            source = moving[np.maximum(latest, 0)]  # the last step before that moved, or the first one that will
            directions = moves[source] / lengths[source, None]
        else:
            directions = np.tile((1.0, 0.0), (len(x), 1))
        turns = np.where((directions[1:] * directions[:-1]).sum(axis=1) < 0, -1.0, 1.0)
        first = -1.0 if directions[0, 0] < 0 else 1.0  # the first step leads to the right
        forward = first * np.concatenate(([1.0], np.cumprod(turns)))
        self._directions = directions * forward[:, None]
        self._distances = np.concatenate(([0.0], np.cumsum(forward * lengths)))

    def reaches(self, trajectory: Trajectory, ball: int, row: int) -> bool:
        """Whether this is the path of that ball, as far as step `row`."""
        return trajectory is self.trajectory and ball == self.ball and row < len(self._directions)

    def line(self, row: int) -> SectionLine:
        """The line of step `row`: the distance on it is what the ball has rolled, forwards less backwards."""
        origin = self.trajectory.x[row, self.ball]
        return SectionLine(origin, self._directions[row], float(self._distances[row]))


def landing_of(trajectory: Trajectory, row: int, ball: int = 0) -> Array:
    """Where a ball will be after step `row`, (2,); where it is, if it stops there because it has diverged."""
    if row + 1 < len(trajectory):
        there: Array = trajectory.x[row + 1, ball]
        return there
    here: Array = trajectory.x[row, ball]
    with np.errstate(all="ignore"):
        there = here + trajectory.columns["update"][row, ball]
    return there if np.abs(there).max() < FARTHEST else here


def downhill(surface: Surface, point: Array, trajectory: Trajectory, row: int, ball: int = 0) -> SectionLine:
    """The line down the slope at `point`, with distances from there; where there is no slope, as it was before."""
    with np.errstate(all="ignore"):
        slope = surface.gradient(point)
    if not (np.isfinite(slope).all() and slope.any()):
        seen = trajectory.grad[: row + 1, ball]
        sloping = np.flatnonzero(np.isfinite(seen).all(axis=1) & seen.any(axis=1))
        slope = seen[sloping[-1]] if len(sloping) else np.array([-1.0, 0.0])
    return SectionLine(point, -slope / np.hypot(*slope), 0.0)


def along_axis(axis: int, point: Array) -> SectionLine:
    """The line through `point` along x (0) or y (1), with the coordinate as distance."""
    return SectionLine(point, np.eye(2)[axis], float(point[axis]))
