"""Examples to learn from, and which of them are for training."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.network.random import SPLIT, generator

Indices = npt.NDArray[np.int64]
MAX_CLASSES = 1000


@dataclass(frozen=True, eq=False)
class Data:
    """Examples, their classes, and which are for training and which for testing.

    Attributes:
        x: examples, (examples, features) float64.
        y: the class of each, (examples,) whole numbers from 0.
        train, test: rows of x, in the order in which `first` takes them.
        name: for people.
        classes: what the classes are called.
        features: what the columns of x are called; empty for the pixels of an image.
        image: height and width, if each example is one; (0, 0) otherwise.

    Raises:
        Problem: when made with what cannot be learnt from.
    """

    x: Array
    y: Indices
    train: Indices
    test: Indices
    name: str = ""
    classes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    image: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        x, y = np.asarray(self.x, dtype=np.float64), np.asarray(self.y)
        if x.ndim != 2 or y.shape != x.shape[:1] or not x.size:
            raise Problem(
                N_("Data needs a table of examples and one class for each, not the shapes {x} and {y}."),
                x=x.shape,
                y=y.shape,
            )
        if not np.isfinite(x).all():
            raise Problem(N_("The features of all examples must be finite numbers."))
        if y.dtype.kind not in "iu" or y.min() < 0 or y.max() >= MAX_CLASSES:
            raise Problem(N_("The classes must be whole numbers from 0 to {most}."), most=MAX_CLASSES - 1)
        object.__setattr__(self, "x", x)
        object.__setattr__(self, "y", y.astype(np.int64))
        for part in ("train", "test"):
            object.__setattr__(self, part, np.asarray(getattr(self, part), dtype=np.int64))
        if not len(self.train):
            raise Problem(N_("There are no examples to train with; take more of them, or fewer for testing."))
        if not self.classes:
            object.__setattr__(self, "classes", tuple(map(str, range(int(self.y.max()) + 1))))

    @classmethod
    def split(cls, x: Array, y: npt.ArrayLike, test: float = 0.2, seed: int = 0, **about: object) -> Data:
        """Data of which a share, drawn with a seed, is for testing.

        Args:
            x, y: examples and classes.
            test: the share for testing, from 0 to below 1; the number is rounded up.
            seed: what is shuffled with.
            about: name, classes, features, image.

        Raises:
            Problem: if the share is none, or nothing remains to train with.
        """
        if not 0 <= test < 1:
            raise Problem(N_("The share for testing must be at least 0 and below 1, not {share}."), share=test)
        order = generator(seed, SPLIT).permutation(len(x))
        tested = math.ceil(test * len(x) - 1e-9)
        labels = np.asarray(y)
        return cls(x, labels, order[tested:], order[:tested], **about)  # type: ignore[arg-type]

    @property
    def inputs(self) -> int:
        """The number of features."""
        return int(self.x.shape[1])

    def first(self, train: int | None = None, test: int | None = None) -> Data:
        """The same data with only the first so many rows of each part in use; None for all.

        Raises:
            Problem: if there are fewer.
        """
        for count, rows in ((train, self.train), (test, self.test)):
            if count is not None and not 0 <= count <= len(rows):
                raise Problem(N_("{count} examples are asked for; there are {most}."), count=count, most=len(rows))
        return replace(self, train=self.train[:train], test=self.test[:test])

    def validating(self, share: float) -> Data:
        """Data whose training part is split again: its first examples are for validation in place of a test.

        What the data's own test part holds is not looked at: choosing by it would spoil it.
        """
        held = math.ceil(share * len(self.train) - 1e-9)
        return replace(self, train=self.train[held:], test=self.train[:held])

    def compacted(self) -> Data:
        """Data of the rows in use alone, which is less to send to another process."""
        used, places = np.unique(np.concatenate((self.train, self.test)), return_inverse=True)
        train, test = np.split(places, [len(self.train)])
        return replace(self, x=self.x[used], y=self.y[used], train=train, test=test)

    def standardized(self) -> Data:
        """Every feature with mean 0 and standard deviation 1 over the training part; constant ones become 0."""
        mean = self.x[self.train].mean(axis=0)
        deviation = self.x[self.train].std(axis=0)
        constant = deviation <= 1e-12 * np.maximum(np.abs(mean), 1.0)
        return replace(self, x=(self.x - mean) / np.where(constant, np.inf, deviation))

    def sizes(self, hidden: Sequence[int]) -> tuple[int, ...]:
        """The sizes of a network for this data with such hidden layers."""
        return (self.inputs, *hidden, len(self.classes))
