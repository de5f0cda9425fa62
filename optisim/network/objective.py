"""A network's loss as an optimizer sees it, and which optimizers can do with that."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import Optimizer
from optisim.network.architecture import Architecture
from optisim.network.batches import masks
from optisim.network.data.dataset import Data, Indices
from optisim.network.propagation import Propagation

MAX_MATRIX = 1_000_000  # numbers in a matrix that a rule may remember; each step multiplies such matrices


class NoHessian(Problem):
    """Second derivatives were asked for."""


class BatchObjective:
    """The loss over the batch of an update, and its gradient.

    However often it is asked for one update, the examples and the units that Dropout leaves out stay the same, so a
    line search sees one function. One belongs to one thread at a time.

    Attributes:
        layers: where the arrays of the network stand in x, for methods that measure each by itself.
    """

    def __init__(
        self, architecture: Architecture, data: Data, batches: Callable[[int], Indices], seed: int, averages: Array
    ) -> None:
        """The objective of updates from any one on.

        Args:
            architecture, data: the network and what it learns from.
            batches: the rows of data.x for every update.
            seed: what Dropout is drawn from.
            averages: Batch Normalization's running averages before the first update that is asked for.
        """
        self.layers: tuple[slice, ...] = tuple(architecture.layout.slices.values())
        self._architecture, self._data, self._batches, self._seed = architecture, data, batches, seed
        self._propagation = Propagation(architecture)
        self._averages = averages
        self._t = -1

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        """Loss (1,) and gradient (1, D) at parameters x (1, D) for update t."""
        propagation, begins = self._propagation, t != self._t
        if begins:
            self._begin(t)
        gradient = np.empty_like(x)
        propagation.bind(x[0], gradient[0])
        loss = propagation.loss_and_gradient(self._x, self._y)
        if begins and self._architecture.batch_norm:
            propagation.set_averages(self._averages)
            self._averages = propagation.averages()
        return np.array([loss]), gradient

    def _begin(self, t: int) -> None:
        rows, architecture = self._batches(t), self._architecture
        self._t, self._x, self._y = t, self._data.x[rows], self._data.y[rows]
        if architecture.dropout:
            self._propagation.set_masks(masks(self._seed, t, architecture.dropout, len(rows), architecture.hidden))

    @property
    def averages(self) -> Array:
        """The running averages with the last update's batch taken in, at the place first asked for in it."""
        return self._averages

    def hessian(self, x: Array) -> Array:
        """Not given: a network has too many parameters for it."""
        raise NoHessian(N_("A network gives no second derivatives."))


# ── Which methods can train a network ────────────────────────────────────────────────────────────────────


class _Bowl:
    """½ |x|², which gives no more than a network does."""

    def __init__(self, size: int) -> None:
        self.layers = (slice(0, size),)

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        return 0.5 * np.add.reduce(x * x, axis=1), x

    def hessian(self, x: Array) -> Array:
        raise NoHessian(N_("A network gives no second derivatives."))


def check_trains(optimizer: Optimizer, size: int) -> None:
    """Make sure that a method can train a network with so many parameters. A step on a little bowl shows it.

    Raises:
        Problem: if it needs second derivatives, or remembers a matrix that is too large.
    """
    few, more = 5, 7
    with np.errstate(all="ignore"):
        try:
            steps = [optimizer.step(0, np.ones((1, n)), _Bowl(n), None) for n in (few, more)]
        except NoHessian:
            raise Problem(
                N_("{optimizer} needs second derivatives, which a network does not give; choose another method."),
                optimizer=optimizer.name,
            ) from None
        except Exception:  # of the user's own making: training itself says what is wrong
            return
    for name in (field.name for field in dataclasses.fields(steps[0])):
        remembered = tuple(np.size(getattr(step, name)) for step in steps)
        if remembered == (few * few, more * more) and size * size > MAX_MATRIX:
            raise Problem(
                N_("{optimizer} remembers a matrix of {size} × {size} numbers; take a smaller network or L-BFGS."),
                optimizer=optimizer.name,
                size=size,
            )
