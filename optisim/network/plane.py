"""The loss of a network on a plane through its parameters, and the paths of trainings seen on it.

The directions are two random ones, normalized filter by filter (Li et al. 2018, section 4), or the first two
principal directions of the paths themselves. A path leaves the plane that it is shown on: how much of its variance
the plane holds, and what the loss is on it and on the plane, is told beside the picture.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.surfaces import Domain
from optisim.network.architecture import Architecture
from optisim.network.data.dataset import Data, Indices
from optisim.network.interpolation import Bicubic
from optisim.network.propagation import Propagation
from optisim.network.random import DIRECTIONS, generator
from optisim.network.training import Training

EXAMPLES = 400  # over which a plane's loss is taken if nothing else is said
WIDEST = 1000.0  # how far from its origin a plane of random directions goes, in lengths of the weights
MARGIN = 0.25  # of the paths' width, left around them


# ── Paths ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Path:
    """The way of a training through the space of its parameters.

    Attributes:
        times: updates made, (P,).
        positions: the parameters then, (P, D).
    """

    times: Indices
    positions: Array


def path_of(training: Training, every: int, watch: Callable[[float], object] | None = None) -> Path:
    """The parameters of a training after every so many updates, the first and the last included.

    It is made once more, which gives the same bits. `watch` is called with the share that is done; what it raises
    ends it. A path takes 8 D bytes for each position.
    """
    state, found = training.start, [training.start]
    while state.t < training.iterations:
        if watch is not None:
            watch(state.t / training.iterations)
        state, _ = training.advance(state, every)
        if state.diverged >= 0:
            break
        found.append(state)
    return Path(np.array([state.t for state in found]), np.concatenate([state.x for state in found]))


# ── Planes ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Plane:
    """Two directions from an origin in the space of the parameters: origin + a u + b v. All are (D,)."""

    origin: Array
    u: Array
    v: Array

    def at(self, points: Array) -> Array:
        """The parameters at points (N, 2) of the plane, (N, D)."""
        return self.origin + points @ np.stack((self.u, self.v))

    @cached_property
    def _inverse(self) -> Array:
        """Turns inner products with u and v into coordinates, (2, 2)."""
        basis = np.stack((self.u, self.v))
        return np.asarray(np.linalg.inv(basis @ basis.T), dtype=np.float64)

    def project(self, positions: Array) -> Array:
        """The points of the plane that are nearest to positions (P, D): (P, 2)."""
        products: Array = (positions - self.origin) @ np.stack((self.u, self.v), axis=1)
        return products @ self._inverse

    def share_of_variance(self, positions: Array) -> float:
        """How much of the variance of positions (P, D) lies in the plane, from 0 to 1; 1 if they do not vary."""
        varied = positions - positions.mean(axis=0)
        total = float(np.vdot(varied, varied))
        points = self.project(self.origin + varied)
        held = points @ np.stack((self.u, self.v))
        return float(np.vdot(held, held)) / total if total > 0 else 1.0


def random_plane(architecture: Architecture, vector: Array, seed: int = 0) -> Plane:
    """Two random directions from parameters (D,), each filter of which is as long as that of the network.

    A filter is what leads into one unit, a column of W. Biases, γ and β stay as they are. So 1 in the plane is a
    change as large as the weights themselves, whatever their scale.

    Raises:
        Problem: if a filter is 0 or not finite, so that there is nothing to measure by.
    """
    vector = np.asarray(vector, dtype=np.float64).ravel()
    directions = []
    for number in range(2):
        direction = np.zeros_like(vector)
        arrays = architecture.layout.arrays(direction)
        for index, (name, weights) in enumerate(architecture.layout.arrays(vector).items()):
            if not name.startswith("W"):
                continue
            lengths = np.linalg.norm(weights, axis=0)
            _check_filters(lengths, name)
            drawn = generator(seed, DIRECTIONS, 1000 * number + index).standard_normal(weights.shape)
            arrays[name][:] = drawn * (lengths / np.linalg.norm(drawn, axis=0))
        directions.append(direction)
    return Plane(vector, *directions)


def _check_filters(lengths: Array, name: str) -> None:
    if not np.isfinite(lengths).all():
        raise Problem(
            N_("The weights {name} are not finite numbers, so there is no plane through them."), name=name
        )
    zero = np.flatnonzero(lengths == 0)
    if zero.size:
        raise Problem(
            N_(
                "All weights of {name} into unit {unit} are 0, so no direction can be normalized by them; train "
                "the network, or take the directions of its path."
            ),
            name=name,
            unit=int(zero[0]) + 1,
        )


def path_plane(paths: Sequence[Path]) -> Plane:
    """The plane of the first two principal directions of all positions of some paths, through their mean.

    Raises:
        Problem: if the paths are not finite, or vary in fewer than two directions.
    """
    positions = np.concatenate([path.positions for path in paths]) if paths else np.empty((0, 1))
    if not np.isfinite(positions).all():
        raise Problem(N_("A path has numbers that are not finite; let it end before it diverges."))
    origin = positions.mean(axis=0) if len(positions) else np.zeros(1)
    varied = positions - origin
    # a path has far fewer positions than parameters: the small matrix of their products has the same directions
    values, vectors = np.linalg.eigh(varied @ varied.T)
    if len(values) < 3 or not values[-2] > 1e-12 * values[-1]:
        raise Problem(N_("The paths vary in fewer than two directions; let them make more updates."))
    u, v = (_signed(varied.T @ vectors[:, -k]) for k in (1, 2))
    return Plane(origin, u, v)


def _signed(direction: Array) -> Array:
    """The direction with length 1, its largest part positive: of the two signs, always the same one."""
    direction = direction / np.linalg.norm(direction)
    return direction if direction[np.argmax(np.abs(direction))] > 0 else -direction


# ── Losses ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Probe:
    """A network's loss as a function of its parameters alone: over fixed examples, taken as one batch.

    Batch Normalization goes by these examples, Dropout leaves out nothing, weight decay's term is included.
    """

    architecture: Architecture
    data: Data
    examples: int = EXAMPLES  # the first ones to train with

    @cached_property
    def rows(self) -> Indices:
        """The examples' rows in data.x."""
        return self.data.train[: self.examples]

    def losses(self, positions: Array) -> Array:
        """The loss at parameters (P, D), (P,)."""
        propagation = Propagation(self.architecture)
        x, y = self.data.x[self.rows], self.data.y[self.rows]
        found = np.empty(len(positions))
        with np.errstate(all="ignore"):
            for i, position in enumerate(positions):
                propagation.bind(position)
                found[i] = propagation.loss(x, y, training=True)
        return found


@dataclass(frozen=True, eq=False)
class PlaneLoss:
    """The loss on a plane, sampled on a grid.

    Attributes:
        plane: where it lies.
        probe: whose loss.
        domain: the part of the plane that the grid covers.
        surface: the smooth function through the grid's values.
    """

    plane: Plane
    probe: Probe
    domain: Domain
    surface: Bicubic


@dataclass(frozen=True, eq=False)
class PathOnPlane:
    """A path as it is seen on a plane.

    Attributes:
        times: updates made, (P,).
        points: on the plane, (P, 2).
        loss: at the true positions, (P,).
        loss_on_plane: at the points, (P,).
        share_of_variance: how much of the path's variance the plane holds.
    """

    times: Indices
    points: Array
    loss: Array
    loss_on_plane: Array
    share_of_variance: float


def domain_around(points: Array, margin: float = MARGIN) -> Domain:
    """The rectangle around points (P, 2) with a margin, a share of its larger side."""
    low, high = points.min(axis=0), points.max(axis=0)
    side = float((high - low).max())
    left, bottom = low - margin * side
    right, top = high + margin * side
    return Domain.checked(left, right, bottom, top)


def sample(
    plane: Plane,
    probe: Probe,
    domain: Domain,
    points: int = 51,
    paths: Sequence[Path] = (),
    watch: Callable[[float], object] | None = None,
) -> PlaneLoss:
    """The loss on a grid over a part of a plane.

    Args:
        plane: where.
        probe: whose loss.
        domain: which part, in the plane's coordinates.
        points: the grid's, a side.
        paths: what is to be seen on it.
        watch: called with the share that is done; what it raises ends it.

    Raises:
        Problem: if the part is far too wide for the paths, or a loss is not finite.
    """
    x, y = np.linspace(domain.left, domain.right, points), np.linspace(domain.bottom, domain.top, points)
    _check_width(plane, domain, points, paths)
    losses = np.empty((points, points))

    def row(i: int) -> int:
        losses[i] = probe.losses(plane.at(np.stack((x, np.full(points, y[i])), axis=1)))
        return i

    # each row is computed by itself, so the bits do not depend on the number of threads
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            for done, _ in enumerate(pool.map(row, range(points)), start=1):
                if watch is not None:
                    watch(done / points)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    bad = np.count_nonzero(~np.isfinite(losses))
    if bad:
        raise Problem(
            N_("The loss is not finite at {count} of {all} points of the plane; take a smaller part of it."),
            count=bad,
            all=losses.size,
        )
    return PlaneLoss(plane, probe, domain, Bicubic(x, y, losses))


def _check_width(plane: Plane, domain: Domain, points: int, paths: Sequence[Path]) -> None:
    cell = min(domain.width, domain.height) / (points - 1)
    seen = [plane.project(path.positions) for path in paths]
    if seen and max(float(np.ptp(each, axis=0).max()) for each in seen) < cell:
        raise Problem(
            N_("The plane is far too wide: every path fits between two points of its grid; take a smaller part.")
        )
    reach = max(map(abs, domain)) * max(float(np.linalg.norm(plane.u)), float(np.linalg.norm(plane.v)))
    if not seen and reach > WIDEST * float(np.linalg.norm(plane.origin)):
        raise Problem(
            N_("The plane is far too wide: at its edge weights are {ratio:.0f} times theirs; take a smaller part."),
            ratio=reach / max(float(np.linalg.norm(plane.origin)), 1e-300),
        )


def on_plane(path: Path, plane: Plane, probe: Probe) -> PathOnPlane:
    """A path projected on a plane, with the losses where it is and where it is seen."""
    points = plane.project(path.positions)
    return PathOnPlane(
        path.times,
        points,
        probe.losses(path.positions),
        probe.losses(plane.at(points)),
        plane.share_of_variance(path.positions),
    )
