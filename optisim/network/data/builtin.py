"""Data that comes with the program: the digits, and points in a plane made by rules."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import Catalogue, Hyper, Tunable, count, number, share
from optisim.core.base.problems import N_
from optisim.core.base.resources import resources
from optisim.network.data.dataset import Data, Indices
from optisim.network.random import MAX_SEED, POINTS, generator


def digits(test: float = 0.2, seed: int = 0) -> Data:
    """1797 handwritten digits of 8 × 8 pixels, scaled to 0 … 1: the UCI set, see resources/data/README.md.

    Args:
        test: the share for testing.
        seed: what that share is drawn with.
    """
    x, y = _digits()
    return Data.split(x, y, test, seed, name="digits", image=(8, 8))


@lru_cache(maxsize=1)
def _digits() -> tuple[Array, Indices]:
    with gzip.open(resources() / "data" / "digits.csv.gz") as file:
        table = np.loadtxt(file, delimiter=",")
    x, y = table[:, :-1] / 16.0, table[:, -1].astype(np.int64)
    x.flags.writeable = y.flags.writeable = False  # all who ask share them
    return x, y


# ── Points in a plane ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class DataSet(Tunable):
    """A data set by rule, which its fields change. A subclass defines `data`."""

    test: float = share(0.2, symbol="", title=N_("share for testing"))
    seed: int = count(0, symbol="", title=N_("seed"), low=0, high=100, most=MAX_SEED)

    @classmethod
    def hypers(cls) -> tuple[Hyper, ...]:
        """The fields, those of the split last."""
        test, seed, *own = super().hypers()
        return (*own, test, seed)

    def data(self) -> Data:
        """The examples; the same fields give the same bits."""
        raise NotImplementedError


@dataclass(frozen=True)
class Digits(DataSet):
    """The 8 × 8 digits."""

    name = N_("Digits, 8 × 8")
    character = N_("1797 handwritten digits of 8 × 8 pixels")

    def data(self) -> Data:
        return digits(self.test, self.seed)


def _points(default: int = 400) -> int:
    made: int = count(default, symbol="n", title=N_("points"), low=20, high=2000, most=20_000)
    return made


def _noise(default: float) -> float:
    made: float = number(default, symbol=r"\sigma", title=N_("noise"), low=0.0, high=0.5, most=10.0)
    return made


@dataclass(frozen=True)
class Planar(DataSet):
    """Points in a plane, about −1 … 1 in both directions."""

    points: int = _points()
    noise: float = _noise(0.05)

    def data(self) -> Data:
        random = generator(self.seed, POINTS)
        x, y = self.shape(random)
        x = x + self.noise * random.standard_normal(x.shape)
        return Data.split(x, y, self.test, self.seed, name=self.slug(), features=("x", "y"))

    def shape(self, random: np.random.Generator) -> tuple[Array, Indices]:
        """The points without their noise, (points, 2), and their classes."""
        raise NotImplementedError

    def _halves(self, parts: int = 2) -> Indices:
        """A class for each point, as many of one as of the other."""
        return np.arange(self.points) % parts


@dataclass(frozen=True)
class Spirals(Planar):
    """Spirals wound around each other."""

    name = N_("Spirals")
    character = N_("spirals wound around each other; only a network with hidden layers can tell them apart")
    arms: int = count(2, symbol="K", title=N_("spirals"), low=2, high=5, most=10)
    turns: float = number(1.0, symbol="", title=N_("turns"), low=0.25, high=3.0, most=10.0)
    noise: float = _noise(0.03)

    def shape(self, random: np.random.Generator) -> tuple[Array, Indices]:
        arm = self._halves(self.arms)
        radius = np.sqrt(random.uniform(0.01, 1.0, self.points))
        angle = 2 * np.pi * (self.turns * radius + arm / self.arms)
        return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1), arm


@dataclass(frozen=True)
class Moons(Planar):
    """Two half circles that reach into each other."""

    name = N_("Moons")
    character = N_("two half circles that reach into each other")
    noise: float = _noise(0.1)

    def shape(self, random: np.random.Generator) -> tuple[Array, Indices]:
        half = self._halves()
        angle = random.uniform(0.0, np.pi, self.points)
        side = 1 - 2 * half
        x = side * np.cos(angle) + half
        y = side * np.sin(angle) + 0.5 * half
        return np.stack(((x - 0.5) / 1.5, (y - 0.25) / 1.5), axis=1), half


@dataclass(frozen=True)
class Circles(Planar):
    """A circle within another."""

    name = N_("Circles")
    character = N_("a circle within another")
    ratio: float = number(0.5, symbol="", title=N_("inner radius"), low=0.1, high=0.9, most=1.0)

    def shape(self, random: np.random.Generator) -> tuple[Array, Indices]:
        inner = self._halves()
        angle = random.uniform(0.0, 2 * np.pi, self.points)
        radius = np.where(inner == 1, self.ratio, 1.0)
        return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1), inner


@dataclass(frozen=True)
class XOR(Planar):
    """Four quadrants, opposite ones alike."""

    name = N_("XOR")
    character = N_("four quadrants, opposite ones alike: no straight line can part them")

    def shape(self, random: np.random.Generator) -> tuple[Array, Indices]:
        side = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)])[np.arange(self.points) % 4]
        x = side * random.uniform(0.05, 1.0, (self.points, 2))
        return x, (side[:, 0] * side[:, 1] < 0).astype(np.int64)


DATA_SETS: Catalogue[DataSet] = Catalogue(
    (Digits, Spirals, Moons, Circles, XOR),
    unknown=N_("There is no data “{name}”; choose one of {names}."),
    example="spirals:turns=1.5",
)
"""Slug → class, in the order of the menu."""
