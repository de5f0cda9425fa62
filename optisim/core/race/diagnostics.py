"""What a trajectory tells: columns derived from it, and what has become of its balls.

Nothing is computed before someone asks for it, and nothing twice: a column grows with its trajectory. What a run
saw is measured by its own gradients, noise included; where a ball rests is judged by the true surface.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.race.simulate import Trajectory
from optisim.core.surfaces import Point, Surface

Flags = npt.NDArray[np.bool_]

HELD = 5  # rows that a ball must stay within the tolerance
LAST = 10  # updates by which rest and oscillation are judged
REST = 1e-3  # of the domain's diagonal, the path of a ball that hardly moves during those updates
FLAT = 1e-3  # of the steepest slope met, the slope of a ball that is at rest
NEAR = 1e-2  # of the domain's diagonal, how far the place is at which a resting ball would end
TURNS = 3  # among those updates, the changes of sign of a ball that keeps turning back
NEWTON = 5  # iterations that show whether such a place is near
SHARP = 1e-6  # what they leave of the slope where the Hessian is regular
CURVED = 1e-5  # of the surface's curvature, the curvature that counts as some


class Outcome(Enum):
    """What has become of a ball; the value is its text, to be translated and filled with `step`."""

    START = N_("at the start")
    RUNNING = N_("running")
    CONVERGED = N_("converged")
    SADDLE = N_("stuck at a saddle")
    SUMMIT = N_("stuck at a maximum")
    LOCAL = N_("at a local minimum")
    PLATEAU = N_("on a plateau")
    OSCILLATING = N_("oscillating")
    DIVERGED = N_("diverged at step {step}")
    FAILED = N_("failed at step {step}")
    END = N_("at the end")


class Diagnostics:
    """What follows from a trajectory on its surface.

    Columns are (T + 1, N) like `Trajectory.loss`, T being the steps known when they are asked for.
    """

    def __init__(self, trajectory: Trajectory, surface: Surface) -> None:
        self.trajectory = trajectory
        self.surface = surface
        self._cache: dict[object, _Growing] = {}
        domain = surface.domain
        self._diagonal = math.hypot(domain.width, domain.height)

    # ── Columns ──────────────────────────────────────────────────────────────────────────────────────────

    def column(self, name: str) -> Array | None:
        """The column `name` of COLUMNS, or None if the surface does not allow it."""
        if name == "loss":
            return self.trajectory.loss
        if name == "distance" and not self.surface.minima:
            return None
        cached = self._cache.setdefault(name, _Growing())
        if cached.rows < len(self.trajectory):
            with np.errstate(all="ignore"):
                cached.append(COLUMNS[name](self, cached.rows, cached.last))
        return cached.values

    def median(self, of: Callable[[Diagnostics], Array | None], balls: slice) -> Array | None:
        """The median over some balls of a column, (T + 1,); of a single ball, its values.

        Args:
            of: gives the column, which grows with its trajectory, or None; always the same function for one column.
            balls: of which.
        """
        column = of(self)
        if column is None or balls.stop - balls.start == 1:
            return None if column is None else column[:, balls.start]
        cached = self._cache.setdefault((of, balls.start, balls.stop), _Growing())
        if cached.rows < len(column):
            cached.append(medians(column[cached.rows :, balls]))
        return cached.values

    @property
    def loss(self) -> Array:
        """The true loss."""
        return self.trajectory.loss

    @property
    def distance(self) -> Array | None:
        """The distance to the nearest known minimum; None if none is known."""
        return self.column("distance")

    @property
    def slope(self) -> Array:
        """The length ‖g‖ of the gradient that the rule saw."""
        return self._grown("slope")

    @property
    def step(self) -> Array:
        """The length ‖Δ‖ of the update about to be made."""
        return self._grown("step")

    @property
    def rate(self) -> Array:
        """The effective learning rate ‖Δ‖ / ‖g‖; NaN where the gradient is 0."""
        return self._grown("rate")

    @property
    def cosine(self) -> Array:
        """The cosine of the angle between update and −g; NaN where one of them is 0."""
        return self._grown("cosine")

    @property
    def best(self) -> Array:
        """The lowest loss so far."""
        return self._grown("best")

    @property
    def path(self) -> Array:
        """The length of the path so far."""
        return self._grown("path")

    @property
    def steepest(self) -> Array:
        """The largest finite ‖g‖ so far."""
        return self._grown("steepest")

    def _grown(self, name: str) -> Array:
        column = self.column(name)
        assert column is not None
        return column

    # ── Verdicts ─────────────────────────────────────────────────────────────────────────────────────────

    def reached(self, row: int, tolerance: float) -> npt.NDArray[np.int64]:
        """Steps to tolerance, (N,): the first row, up to `row`, that lies within it; −1 if none does.

        That is where the loss is at most `tolerance` above the lowest known one. Where no minimum is known, it
        is where ‖g‖ is at most `tolerance`.
        """
        if self.surface.minima:
            within = self.loss[: row + 1] <= self.surface.lowest + tolerance
        else:
            within = self.slope[: row + 1] <= tolerance
        return np.where(within.any(axis=0), within.argmax(axis=0), -1)

    def nearest(self, row: int, tolerance: float) -> list[Point | None]:
        """The known minimum that each ball has reached at `row`: the nearest one, if it has converged there."""
        minima, x = self.surface.minima, self.trajectory.x[row]
        held = self._held(row, tolerance) if minima else np.zeros(len(x), dtype=bool)
        found: list[Point | None] = []
        for place, is_held in zip(x.tolist(), held.tolist(), strict=True):
            nearest = min(minima, key=lambda minimum: math.dist(minimum, place)) if is_held else None
            near = nearest is not None and math.dist(nearest, place) <= 5 * NEAR * self._diagonal
            found.append(nearest if near else None)
        return found

    def outcomes(self, row: int, steps: int, tolerance: float) -> list[Outcome]:
        """What has become of each ball at `row` of a race of `steps` updates, the first of these that holds.

        FAILED, DIVERGED: `advance` stopped it at this row or before, since its optimizer raised an error, or
            since its loss was not finite or its next position out of bounds.
        START: at row 0.
        CONVERGED: the last HELD losses are at most `tolerance` above the lowest known one. Where no minimum is
            known: the last HELD true gradients are at most `tolerance` long, as in the usual stopping test
            (Nocedal and Wright 2006, section 3.1), and a minimum is at hand.
        SADDLE, SUMMIT, LOCAL, PLATEAU: it rests. During the last LAST updates it moved less than REST of the
            domain's diagonal, and the true slope is at most FLAT of the steepest met. Newton's method, started
            there, says where: if it finds a critical point nearby, the eigenvalues of the Hessian tell saddles
            and maxima, and a minimum if it converges as fast as it does where the Hessian is regular (the
            same, theorem 3.5). If the minimum is known not to be a global one, the ball is at a local minimum; one
            that creeps towards a minimum, as in a narrow valley, is still running. A place that is flat without
            any of these is a plateau.
        OSCILLATING: among the last LAST updates, one coordinate changed its sign at least TURNS times, while the
            best loss improved by less than a tenth of how far the losses (their median) lie above it.
        END: the race is over. RUNNING: otherwise.
        """
        row = min(row, len(self.trajectory) - 1)
        stopped = self.trajectory.stopped
        result = np.full(len(stopped), Outcome.RUNNING if row < steps else Outcome.END)
        with np.errstate(all="ignore"):
            if row == 0:
                result[:] = Outcome.START
            if row >= LAST:
                result[self._oscillating(row)] = Outcome.OSCILLATING
            held = self._held(row, tolerance)
            self._judge_resting(row, tolerance, held, result)
            if self.surface.minima:
                result[held] = Outcome.CONVERGED
        result[(stopped >= 0) & (stopped <= row)] = Outcome.DIVERGED
        failure = self.trajectory.failure
        if failure is not None and failure.at <= row:
            result[stopped == failure.at] = Outcome.FAILED
        return list(result)

    def _held(self, row: int, tolerance: float) -> Flags:
        """(N,): whether the last HELD rows are within the tolerance, by loss or else by the true gradient."""
        if row < HELD:
            return np.zeros(len(self.trajectory.stopped), dtype=bool)
        rows = slice(row - HELD + 1, row + 1)
        if self.surface.minima:
            within = self.loss[rows] <= self.surface.lowest + tolerance
        else:
            within = _lengths(self.surface.gradient(self.trajectory.x[rows])) <= tolerance
        return np.asarray(within.all(axis=0))

    def _resting(self, row: int) -> Flags:
        """(N,): whether there is next to no slope, compared to what was met, and next to no movement."""
        if row < LAST:
            return np.zeros(len(self.trajectory.stopped), dtype=bool)
        moved = self.path[row] - self.path[row - LAST]
        still: Flags = np.asarray(moved <= REST * self._diagonal)
        if not still.any():
            return still
        slope = _lengths(self.surface.gradient(self.trajectory.x[row]))
        return np.asarray(still & (slope <= FLAT * self.steepest[row]))

    def _oscillating(self, row: int) -> Flags:
        """(N,): whether balls keep turning back without getting lower."""
        updates = self.trajectory.columns["update"][row - LAST : row]
        turns = (updates[1:] * updates[:-1] < 0).sum(axis=0).max(axis=1)
        before, now = self.best[row - LAST], self.best[row]
        # of an even number of losses, so that those of a ball that jumps to and fro count alike
        above = np.median(self.loss[row - LAST + 1 : row + 1], axis=0) - before
        return np.asarray((turns >= TURNS) & (before - now <= 0.1 * np.maximum(above, 0.0)))

    def _judge_resting(self, row: int, tolerance: float, held: Flags, result: npt.NDArray[np.object_]) -> None:
        """Say of resting balls what it is that they rest on."""
        surface, resting = self.surface, self._resting(row)
        # a low loss says enough, a small gradient does not
        resting = resting & ~held if surface.minima else resting | held
        if not resting.any():
            return
        x, steepest = self.trajectory.x[row][resting], self.steepest[row][resting]
        slope = _lengths(surface.gradient(x))
        place = _newton(surface, x)
        near = _lengths(place - x) <= NEAR * self._diagonal
        left = _lengths(surface.gradient(place))
        regular = (left <= SHARP * slope) | (left <= 1e-10 * steepest)
        low, high = _eigenvalues(surface.hessian(x))
        some = CURVED * surface.curvature
        natures = np.full(len(x), Outcome.PLATEAU)
        natures[near & (low < -some)] = Outcome.SADDLE
        natures[near & (high < -some)] = Outcome.SUMMIT
        minimum = regular & (low > some)
        natures[minimum] = Outcome.RUNNING
        if surface.minima:
            natures[minimum & near & (surface.value(place) > surface.lowest + tolerance)] = Outcome.LOCAL
        else:
            natures[minimum & near & held[resting]] = Outcome.CONVERGED
        judged = np.flatnonzero(resting)
        told = natures != Outcome.RUNNING
        result[judged[told]] = natures[told]


# ── How the columns follow ───────────────────────────────────────────────────────────────────────────────

Rule = Callable[[Diagnostics, int, "Array | None"], Array]
"""Computes the rows of a column from some row on, given its last row before that."""


def _distance(d: Diagnostics, first: int, last: Array | None) -> Array:
    x = d.trajectory.x[first:]
    nearest: Array = np.full(x.shape[:2], np.inf)
    for minimum in d.surface.minima:
        np.minimum(nearest, _lengths(x - minimum), out=nearest)
    return nearest


def _slope(d: Diagnostics, first: int, last: Array | None) -> Array:
    return _lengths(d.trajectory.grad[first:])


def _step(d: Diagnostics, first: int, last: Array | None) -> Array:
    return _lengths(d.trajectory.columns["update"][first:])


def _rate(d: Diagnostics, first: int, last: Array | None) -> Array:
    slope = d.slope[first:]
    return np.asarray(np.where(slope > 0, d.step[first:] / slope, np.nan))


def _cosine(d: Diagnostics, first: int, last: Array | None) -> Array:
    # each is divided by its length first, for the product of both lengths may overflow or vanish
    slope, step = d.slope[first:, :, None], d.step[first:, :, None]
    towards = (d.trajectory.columns["update"][first:] / step) * (d.trajectory.grad[first:] / slope)
    return np.asarray(np.clip(-towards.sum(axis=-1), -1.0, 1.0))


def _best(d: Diagnostics, first: int, last: Array | None) -> Array:
    return _running(np.fmin, d.loss[first:], last)


def _steepest(d: Diagnostics, first: int, last: Array | None) -> Array:
    slope = d.slope[first:]
    return _running(np.fmax, np.where(np.isfinite(slope), slope, 0.0), last)


def _path(d: Diagnostics, first: int, last: Array | None) -> Array:
    # by the places, for a ball that diverged does not make the update that it was about to make
    x = d.trajectory.x[max(first - 1, 0) :]
    moves = _lengths(np.diff(x, axis=0))
    if last is None:
        return np.concatenate((np.zeros((1, x.shape[1])), np.cumsum(moves, axis=0)))
    return last + np.cumsum(moves, axis=0)


COLUMNS: dict[str, Rule] = {
    "loss": lambda d, first, last: d.loss[first:],
    "distance": _distance,
    "slope": _slope,
    "step": _step,
    "rate": _rate,
    "cosine": _cosine,
    "best": _best,
    "path": _path,
    "steepest": _steepest,
}


class _Growing:
    """An array that rows are added to; there is room for more, so that each is copied about once."""

    def __init__(self) -> None:
        self._data: Array = np.empty(0)
        self.rows = 0

    def append(self, new: Array) -> None:
        rows = self.rows + len(new)
        if rows > len(self._data):
            grown = np.empty((max(rows, 2 * self.rows), *new.shape[1:]))
            if self.rows:
                grown[: self.rows] = self._data[: self.rows]
            self._data = grown
        self._data[self.rows : rows] = new
        self.rows = rows

    @property
    def values(self) -> Array:
        return self._data[: self.rows]

    @property
    def last(self) -> Array | None:
        """The last row; None at the beginning."""
        return np.asarray(self._data[self.rows - 1]) if self.rows else None


def medians(values: Array) -> Array:
    """The medians of rows (T, k), of those values that are numbers: (T,), NaN where there are none."""
    values = np.sort(values, axis=1)  # which puts NaN at the end
    count = np.count_nonzero(~np.isnan(values), axis=1)
    row = np.arange(len(values))
    low, high = values[row, np.maximum(count - 1, 0) // 2], values[row, np.minimum(count // 2, len(values.T) - 1)]
    return np.asarray(np.where(low == high, low, low / 2 + high / 2))  # a sum could overflow


def _running(lowest: np.ufunc, new: Array, last: Array | None) -> Array:
    """The running extremum of `new`, continued from `last`."""
    if last is not None:
        new = np.concatenate((last[None], new))
    running: Array = lowest.accumulate(new, axis=0)
    return running if last is None else running[1:]


def _lengths(vectors: Array) -> Array:
    """The lengths of vectors (…, 2)."""
    lengths: Array = np.hypot(vectors[..., 0], vectors[..., 1])
    return lengths


def _eigenvalues(matrices: Array) -> tuple[Array, Array]:
    """The lower and the higher eigenvalue of symmetric matrices (N, 2, 2); NaN if a matrix is not finite."""
    a, b, c = matrices[:, 0, 0], matrices[:, 0, 1], matrices[:, 1, 1]
    middle, spread = (a + c) / 2, np.hypot((a - c) / 2, b)
    return middle - spread, middle + spread


def _newton(surface: Surface, x: Array) -> Array:
    """Where NEWTON iterations for a point without slope lead from x (N, 2); NaN if the Hessian is singular."""
    for _ in range(NEWTON):
        (along_x, along_y), hessian = surface.gradient(x).T, surface.hessian(x)
        a, b, c = hessian[:, 0, 0], hessian[:, 0, 1], hessian[:, 1, 1]
        move = np.stack((c * along_x - b * along_y, a * along_y - b * along_x), axis=1) / (a * c - b * b)[:, None]
        critical = (along_x == 0) & (along_y == 0)
        x = x - np.where(critical[:, None], 0.0, move)
    return x
