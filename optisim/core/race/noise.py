"""Noise on the gradient: none, Gaussian, or that of mini-batches.

What update t of a run meets depends on the seed, on the run's stream of random numbers and on t only, so time can
run both ways and a scenario gives the same bits again. All starts of a run meet the same noise. Random numbers are
those of NumPy's Philox, a generator that is a pure function of a key and a counter (Salmon et al. 2011).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import Catalogue, Tunable, count, number
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import Objective
from optisim.core.surfaces import Surface
from optisim.core.surfaces.data_formula import DataFormula

MAX_SEED = 2**32 - 1
FEW = 16  # balls for which a copy costs more than it gains
BLOCK = 64  # updates for which random numbers are drawn at once
_NORMALS, _ORDER = range(2)  # what a counter is for


def _generator(seed: int, stream: int, place: int, use: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=(seed, stream), counter=(0, 0, place, use)))


# ── Objectives ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Exact:
    """A surface without noise, as an optimizer sees it."""

    surface: Surface
    seeds: tuple[int, ...] = ()  # one for each ball, if there is noise

    def __post_init__(self) -> None:
        object.__setattr__(self, "_both", self.surface.parsed.value_and_gradient)

    def __reduce__(self) -> tuple[object, ...]:
        return _unpickled, (
            type(self),
            {field.name: getattr(self, field.name) for field in dataclasses.fields(self)},
        )

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        both: Array = self._both(x)  # type: ignore[attr-defined]
        grad = both[:, 1:]
        return both[:, 0], grad.copy() if len(x) > FEW else grad  # in one piece, many are computed with faster

    def hessian(self, x: Array) -> Array:
        return self.surface.hessian(x)


def _unpickled(kind: type[Exact], fields: dict[str, object]) -> Exact:
    return kind(**fields)  # type: ignore[arg-type]


@dataclass(frozen=True)
class WithGaussian(Exact):
    """The surface with Gaussian noise on its gradient."""

    stream: int = 0
    noise: Gaussian = dataclasses.field(kw_only=True)

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        loss, grad = Exact.__call__(self, x, t)
        normals = _normals(self.seeds, self.stream, t // BLOCK)[t % BLOCK]
        return loss, grad + self.noise.deviation(t) * normals


@lru_cache(maxsize=32)
def _normals(seeds: tuple[int, ...], stream: int, block: int) -> Array:
    """Standard normal numbers for the updates of a block, (BLOCK, N, 2)."""
    drawn = {
        seed: _generator(seed, stream, block, _NORMALS).standard_normal((BLOCK, 2)) for seed in dict.fromkeys(seeds)
    }
    return np.stack([drawn[seed] for seed in seeds], axis=1)


@dataclass(frozen=True)
class WithBatches(Exact):
    """The surface with the gradient of a mini-batch. The loss is that over all examples."""

    stream: int = 0
    size: int = dataclasses.field(kw_only=True)

    def __call__(self, x: Array, t: int) -> tuple[Array, Array]:
        formula = self.surface.parsed
        assert isinstance(formula, DataFormula)
        loss = formula.value_and_gradient(x)[:, 0]
        return loss, formula.value_and_gradient.of(x, self.chosen(t))[:, 1:]

    def chosen(self, t: int) -> npt.NDArray[np.int64]:
        """The examples of update t, (N, size): each epoch goes through all of them in a new order."""
        examples = len(self.surface.table)
        epoch, place = divmod(t, -(-examples // self.size))
        return _orders(self.seeds, self.stream, epoch, examples)[:, place * self.size :][:, : self.size]


@lru_cache(maxsize=32)
def _orders(seeds: tuple[int, ...], stream: int, epoch: int, examples: int) -> npt.NDArray[np.int64]:
    """An order of the examples for each ball, (N, examples)."""
    drawn = {seed: _generator(seed, stream, epoch, _ORDER).permutation(examples) for seed in dict.fromkeys(seeds)}
    return np.stack([drawn[seed] for seed in seeds])


# ── Kinds of noise ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Noise(Tunable):
    """A kind of noise, which makes the objective that a run sees."""

    needs_data: ClassVar[bool] = False

    def objective(self, surface: Surface, seeds: tuple[int, ...], stream: int) -> Exact:
        """The surface with this noise.

        Args:
            surface: the loss.
            seeds: one for each ball.
            stream: which of the many streams of random numbers, so that two runs meet different noise.
        """
        raise NotImplementedError

    def check(self, surface: Surface) -> None:
        """Make sure that `surface` can have this noise.

        Raises:
            Problem: if it cannot.
        """


@dataclass(frozen=True)
class NoNoise(Noise):
    """The exact gradient."""

    name = N_("None")
    spelling = "none"
    character = N_("the exact gradient")

    def objective(self, surface: Surface, seeds: tuple[int, ...], stream: int) -> Exact:
        return Exact(surface)


@dataclass(frozen=True)
class Gaussian(Noise):
    """Normal noise with deviation σ / (1 + t)^γ on both parts of the gradient. Neelakantan et al. 2015."""

    name = N_("Gaussian")
    character = N_("the gradient plus normal noise, the same spread everywhere")
    sigma: float = number(
        0.5, symbol=r"\sigma", title=N_("standard deviation"), low=1e-3, high=1e3, log=True, least=0.0
    )
    fading: float = number(0.0, symbol=r"\gamma", title=N_("fading with time (power)"), low=0.0, high=2.0)

    def deviation(self, t: int) -> float:
        """The standard deviation at update t."""
        deviation: float = self.sigma / (1 + t) ** self.fading
        return deviation

    def objective(self, surface: Surface, seeds: tuple[int, ...], stream: int) -> Exact:
        return WithGaussian(surface, seeds, stream, noise=self)


@dataclass(frozen=True)
class MiniBatches(Noise):
    """The gradient over a few examples at a time, in an order that is shuffled for every epoch."""

    name = N_("Mini-batches")
    spelling = "batches"
    needs_data = True
    character = N_("the gradient over a few examples, shuffled for every epoch; the map shows the loss over all")
    size: int = count(4, symbol="b", title=N_("examples in a batch"), high=40, most=10_000)

    def check(self, surface: Surface) -> None:
        examples = len(surface.table)
        if not examples:
            raise Problem(N_("Mini-batches need a surface made of data; choose one of the family “From data”."))
        if self.size > examples:
            raise Problem(
                N_("A batch of {size} is larger than the data; there are {most} examples."),
                size=self.size,
                most=examples,
            )

    def objective(self, surface: Surface, seeds: tuple[int, ...], stream: int) -> Exact:
        return WithBatches(surface, seeds, stream, size=self.size)


NOISES: Catalogue[Noise] = Catalogue(
    (NoNoise, Gaussian, MiniBatches),
    unknown=N_("There is no noise “{name}”; choose one of {names}."),
    example="gaussian:sigma=0.5",
)
"""Slug → class, in the order of the menu."""

__all__ = ["MAX_SEED", "NOISES", "Exact", "Gaussian", "MiniBatches", "NoNoise", "Noise", "Objective"]
