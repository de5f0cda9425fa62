"""Which examples each update sees, and which units Dropout leaves out then: pure functions of a seed and of t."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from optisim.core.base.problems import N_, Problem
from optisim.network.data.dataset import Data, Indices
from optisim.network.random import DROPOUT, ORDER, generator


@dataclass(frozen=True)
class Shuffled:
    """Batches of one size, from the training examples in an order that is shuffled for every epoch.

    The batches follow each other through the epochs without a gap, so that all are full: the one that ends an epoch
    may have examples of the next.

    Raises:
        Problem: if a batch is larger than the data.
    """

    rows: Indices  # of the data, to be trained with
    size: int
    seed: int
    _orders: dict[int, Indices] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.size <= len(self.rows):
            raise Problem(
                N_("A batch has 1 to {most} examples, as many as there are to train with, not {size}."),
                most=len(self.rows),
                size=self.size,
            )

    def __call__(self, t: int) -> Indices:
        """The rows of update t, (size,)."""
        epoch, start = divmod(t * self.size, len(self.rows))
        first = self._order(epoch)[start : start + self.size]
        if len(first) == self.size:
            return first
        return np.concatenate((first, self._order(epoch + 1)[: self.size - len(first)]))

    def _order(self, epoch: int) -> Indices:
        """The rows in the order of an epoch; the last few orders are kept."""
        order = self._orders.get(epoch)
        if order is None:
            order = self.rows[generator(self.seed, ORDER, epoch).permutation(len(self.rows))]
            if len(self._orders) > 2:
                self._orders.clear()
            self._orders[epoch] = order
        return order


@dataclass(frozen=True, eq=False)
class Given:
    """Batches that are given one by one: row t of `rows`, (updates, size), are the examples of update t."""

    rows: Indices

    def __call__(self, t: int) -> Indices:
        row: Indices = self.rows[t]
        return row


Batches = Shuffled | Given


def batches_of(data: Data, batches: object, seed: int) -> Batches:
    """Batches of a size, or those that an array of whole numbers says.

    Args:
        data: where the examples are.
        batches: a size; or an array (updates, size) of rows of data.x.
        seed: what the shuffling is drawn from.

    Raises:
        Problem: if it is neither, or a row is not there.
    """
    try:
        array = np.asarray(batches)
    except ValueError:
        array = np.empty(0, dtype=object)
    if array.dtype.kind in "iu" and array.ndim == 0:
        return Shuffled(data.train, int(array), seed)
    if array.dtype.kind not in "iu" or array.ndim != 2 or not array.size:
        raise Problem(
            N_("Batches are a number of examples, or an array of whole numbers (updates, size) that names them.")
        )
    if array.min() < 0 or array.max() >= len(data.x):
        raise Problem(
            N_("Batches name rows of the data from 0 to {most}, not {row}."),
            most=len(data.x) - 1,
            row=int(array.min() if array.min() < 0 else array.max()),
        )
    return Given(array.astype(np.int64))


Mask = npt.NDArray[np.bool_]


def masks(seed: int, t: int, ratio: float, rows: int, hidden: tuple[int, ...]) -> list[Mask]:
    """Which units stay at update t, (rows, units) for every hidden layer; each does with probability 1 − ratio."""
    random = generator(seed, DROPOUT, t)
    return [random.random((rows, units), dtype=np.float32) >= np.float32(ratio) for units in hidden]
