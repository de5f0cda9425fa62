"""Looking into networks: histograms and statistics of layers, regions of decision, what Dropout leaves out.

Also the chapter's experiment about initial values, before any training: a signal goes forward through equal layers,
and another one back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.surfaces import Domain
from optisim.network.architecture import Architecture, checked_seed, deviation
from optisim.network.batches import Mask, masks
from optisim.network.data.dataset import Data, Indices
from optisim.network.layers import ACTIVATIONS, Affine
from optisim.network.network import Network
from optisim.network.random import INITIAL, INPUTS, generator
from optisim.network.runs import TrainingRun
from optisim.network.training import Training

BINS = 30  # the chapter's


# ── Histograms ───────────────────────────────────────────────────────────────────────────────────────────


class Histogram(NamedTuple):
    """How often values fall into equal bins from `low` to `high`.

    Attributes:
        counts: (bins,).
        low, high: the ends; a value at the upper end belongs to the last bin.
        below, above: how many values lie outside.
    """

    counts: Indices
    low: float
    high: float
    below: int = 0
    above: int = 0

    @property
    def edges(self) -> Array:
        """The ends of the bins, (bins + 1,)."""
        return np.linspace(self.low, self.high, len(self.counts) + 1)


def histogram(values: Array, low: float = 0.0, high: float = 1.0, bins: int = BINS) -> Histogram:
    """The histogram of all of `values`; those that are not finite count as outside."""
    if not low < high:
        raise Problem(
            N_("A histogram's lower end {low:g} must be below its upper end {high:g}."), low=low, high=high
        )
    flat = np.ravel(values)
    place = np.clip((flat - low) * (bins / (high - low)), -1.0, bins + 1.0)
    place[flat == high] = bins - 1
    place = np.nan_to_num(place, nan=-1.0, copy=False)
    counts = np.bincount((np.floor(place) + 1).astype(np.int64), minlength=bins + 3)
    return Histogram(counts[1 : bins + 1], low, high, int(counts[0]), int(counts[bins + 1 :].sum()))


class Spread(NamedTuple):
    """How the outputs or gradients of a layer are spread.

    Attributes:
        mean, deviation: over all units and examples.
        zero: the share of values that are exactly 0.
        dead: the share of units that are 0 for all examples.
    """

    mean: float
    deviation: float
    zero: float
    dead: float


def spread(values: Array) -> Spread:
    """How values (examples, units) are spread."""
    zero = values == 0
    return Spread(float(values.mean()), float(values.std()), float(zero.mean()), float(zero.all(axis=0).mean()))


# ── Initial values, before any training ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Signal:
    """The chapter's experiment: standard-normal samples go through equal layers without bias.

    Attributes:
        activation, initial: as for `Architecture`.
        samples, units, layers: 1000 of 100 features through 5 layers of 100 units in the chapter.
        seed: what samples and weights are drawn from. Their pattern does not change with `initial`.

    Raises:
        Problem: when made with what is no such experiment.
    """

    activation: str = "sigmoid"
    initial: str | float = 1.0
    samples: int = 1000
    units: int = 100
    layers: int = 5
    seed: int = 0

    def __post_init__(self) -> None:
        checked = Architecture((self.units,) * (self.layers + 1), self.activation, self.initial, seed=self.seed)
        object.__setattr__(self, "initial", checked.initial)
        if not 1 <= self.samples <= 100_000:
            raise Problem(N_("The number of samples must be a whole number from 1 to 100000."))

    @property
    def deviation(self) -> float:
        """The standard deviation of the weights."""
        return deviation(self.initial, self.units)


class Passed(NamedTuple):
    """A signal on its way, for each layer from the first to the last (samples, units).

    Attributes:
        activations: going forward.
        gradients: going back: ∂/∂(activation) where that of the last layer is standard normal.
    """

    activations: list[Array]
    gradients: list[Array]


def passed(signal: Signal) -> Passed:
    """The activations and gradients of a signal in all layers."""
    x, normals, back = _drawn(signal.samples, signal.units, signal.layers, checked_seed(signal.seed))
    affines = [Affine(signal.units, signal.units, bias=False) for _ in normals]
    functions = [ACTIVATIONS[signal.activation]() for _ in normals]
    weights = [signal.deviation * normal for normal in normals]
    unused = np.empty((signal.units, signal.units))
    activations, gradients = [], []
    with np.errstate(all="ignore"):
        for affine, function, W in zip(affines, functions, weights, strict=True):
            affine.bind({"W": W}, {"W": unused})
            x = function.forward(affine.forward(x))
            activations.append(x)
        d = back
        for affine, function in zip(reversed(affines), reversed(functions), strict=True):
            gradients.append(d)
            d = affine.backward(function.backward(d.copy()))
    return Passed(activations, gradients[::-1])


@lru_cache(maxsize=4)
def _drawn(samples: int, units: int, layers: int, seed: int) -> tuple[Array, tuple[Array, ...], Array]:
    """The samples, standard-normal weights, and the gradient at the end."""
    x, back = (generator(seed, INPUTS, place).standard_normal((samples, units)) for place in range(2))
    weights = tuple(generator(seed, INITIAL, k).standard_normal((units, units)) for k in range(1, layers + 1))
    return x, weights, back


# ── While training ───────────────────────────────────────────────────────────────────────────────────────


def dropout_masks(training: Training, t: int) -> list[Mask]:
    """Which units stay at update t, (examples of the batch, units) for every hidden layer; none without Dropout."""
    architecture = training.architecture
    if not architecture.dropout:
        return []
    rows = len(training.batch_rows(t))
    return masks(training.seed, t, architecture.dropout, rows, architecture.hidden)


class Statistics(NamedTuple):
    """What goes into the activations of each hidden layer over time, each (times, layers).

    Attributes:
        times: updates made, (times,).
        mean, deviation: of the affine outputs over the probe, in the mean over the units, before normalization.
        running_mean, running_deviation: Batch Normalization's averages, in the mean over the units; NaN without it.
    """

    times: Indices
    mean: Array
    deviation: Array
    running_mean: Array
    running_deviation: Array


def statistics(run: TrainingRun, times: Sequence[int]) -> Statistics:
    """The statistics of a training's layers at some times that it has come to, in rising order."""
    x = run.training.data.x[run.probe]
    rows = [_layer_statistics(run.network_at(t), x) for t in times]
    table = np.array(rows).reshape(len(rows), -1, 4)
    return Statistics(np.array(times, dtype=np.int64), *np.moveaxis(table, 2, 0))


def _layer_statistics(network: Network, x: Array) -> list[tuple[float, float, float, float]]:
    found = []
    outputs = [x, *network.activations(x)]
    keep = 1.0 - network.architecture.dropout
    for number in range(1, len(outputs)):
        before = outputs[number - 1] * (keep if number > 1 else 1.0)
        z = before @ network.parameters[f"W{number}"] + network.parameters[f"b{number}"]
        mean, variance = (network.averages.get(f"{what}{number}") for what in ("mean", "variance"))
        running = (np.nan, np.nan)
        if mean is not None and variance is not None:
            running = (float(mean.mean()), float(np.sqrt(variance).mean()))
        found.append((float(z.mean()), float(z.std(axis=0).mean()), *running))
    return found


# ── What a network says ──────────────────────────────────────────────────────────────────────────────────


def decision_regions(network: Network, domain: Domain, points: int = 101) -> Array:
    """The probability of each class on a grid over the plane of two features, (points, points, classes)."""
    x, y = np.linspace(domain.left, domain.right, points), np.linspace(domain.bottom, domain.top, points)
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    return network.probabilities(grid.reshape(-1, 2)).reshape(points, points, -1)


def misclassified(network: Network, data: Data, rows: Indices) -> tuple[Indices, npt.NDArray[np.int64]]:
    """Which of some rows of the data are taken for another class, and for which."""
    predicted = network.predict(data.x[rows])
    wrong = predicted != data.y[rows]
    return rows[wrong], predicted[wrong]
