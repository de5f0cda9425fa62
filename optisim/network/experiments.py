"""The chapter's experiments with networks, each a small frozen description of trainings that differ in one thing.

The sizes are the book's. With 64 inputs instead of 784 the same numbers tell the same story. The experiment with
initial values before training is `probes.Signal`, the search is `search.Search`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np

from optisim.core.race.scenario import read_run
from optisim.network.architecture import Architecture
from optisim.network.data.dataset import Data
from optisim.network.runs import MEMORY, WATCHED, TrainingRun
from optisim.network.training import MEASUREMENTS, Training

WATCH = 0.1  # seconds between two words on how far trainings have come

COMPARED = ("sgd:lr=0.01", "momentum:lr=0.01", "adagrad:lr=0.01", "rmsprop:lr=0.001,rho=0.99", "adam:lr=0.001")


@dataclass(frozen=True, eq=False)
class Case:
    """One training of an experiment. `label` says what sets it apart, in the spelling of files."""

    label: str
    training: Training


@dataclass(frozen=True)
class Optimizers:
    """The same network, first weights and batches for several optimizers.

    Attributes:
        runs: optimizers with their schedules, as text.
        hidden: units of the hidden layers.
        activation, initial: as for `Architecture`.
        batch: examples in a batch.
        iterations: updates.
        seed: of weights and batches.
    """

    runs: tuple[str, ...] = COMPARED
    hidden: tuple[int, ...] = (100,) * 4
    activation: str = "relu"
    initial: str | float = "he"
    batch: int = 128
    iterations: int = 2000
    seed: int = 0

    def cases(self, data: Data) -> tuple[Case, ...]:
        """A training for each optimizer."""
        network = Architecture(data.sizes(self.hidden), self.activation, self.initial, seed=self.seed)
        every = max(1, self.iterations // MEASUREMENTS)
        return tuple(
            Case(spec, Training(network, data, read_run(spec), self.batch, self.iterations, self.seed, every))
            for spec in self.runs
        )


@dataclass(frozen=True)
class InitialValues:
    """The same network and batches from weights of several standard deviations. Attributes as for `Optimizers`."""

    initials: tuple[str | float, ...] = (0.01, "xavier", "he")
    run: str = "sgd:lr=0.01"
    hidden: tuple[int, ...] = (100,) * 4
    activation: str = "relu"
    batch: int = 128
    iterations: int = 2000
    seed: int = 0

    def cases(self, data: Data) -> tuple[Case, ...]:
        """A training for each standard deviation."""
        sizes, run = data.sizes(self.hidden), read_run(self.run)
        every = max(1, self.iterations // MEASUREMENTS)
        networks = [Architecture(sizes, self.activation, initial, seed=self.seed) for initial in self.initials]
        return tuple(
            Case(f"initial={n.initial}", Training(n, data, run, self.batch, self.iterations, self.seed, every))
            for n in networks
        )


def _spaced(count: int = 16) -> tuple[float, ...]:
    """Standard deviations from 1 to 10⁻⁴."""
    return tuple(float(f"{value:.3g}") for value in np.logspace(0, -4, count))


@dataclass(frozen=True)
class BatchNormalizationGrid:
    """Networks with and without Batch Normalization, from weights of 16 standard deviations.

    Attributes:
        initials: the standard deviations.
        runs: optimizers; with several, learning rates are compared.
        samples: examples to train with.
        epochs: how often all of them are seen.
        others: as for `Optimizers`.
    """

    initials: tuple[float, ...] = _spaced()
    runs: tuple[str, ...] = ("sgd:lr=0.01",)
    hidden: tuple[int, ...] = (100,) * 5
    activation: str = "relu"
    samples: int = 1000
    batch: int = 100
    epochs: int = 20
    seed: int = 0

    def cases(self, data: Data) -> tuple[Case, ...]:
        """For each run and standard deviation, a training with Batch Normalization and one without."""
        data, sizes = data.first(train=self.samples), data.sizes(self.hidden)
        epoch = _updates(self.samples, self.batch)
        return tuple(
            Case(
                f"{spec} initial={initial} batch_norm={str(norm).lower()}",
                Training(
                    Architecture(sizes, self.activation, initial, norm, seed=self.seed),
                    *(data, read_run(spec), self.batch, self.epochs * epoch, self.seed, epoch),
                ),
            )
            for spec in self.runs
            for initial in self.initials
            for norm in (True, False)
        )


@dataclass(frozen=True)
class Regularization:
    """A network that overfits 300 samples, and what weight decay, Dropout and both do about it.

    The book trains with weight decay for 201 epochs and with Dropout for 301; here all go on for 301, and accuracy
    is measured after every epoch.

    Attributes:
        weight_decay, dropout: how strong they are.
        others: as for `BatchNormalizationGrid`.
    """

    weight_decay: float = 0.1
    dropout: float = 0.2
    run: str = "sgd:lr=0.01"
    hidden: tuple[int, ...] = (100,) * 6
    activation: str = "relu"
    initial: str | float = "he"
    samples: int = 300
    batch: int = 100
    epochs: int = 301
    seed: int = 0

    def cases(self, data: Data) -> tuple[Case, ...]:
        """A training with nothing, with weight decay, with Dropout, and with both."""
        data, sizes = data.first(train=self.samples), data.sizes(self.hidden)
        epoch, run = _updates(self.samples, self.batch), read_run(self.run)
        strengths = [(decay, ratio) for ratio in (0.0, self.dropout) for decay in (0.0, self.weight_decay)]
        return tuple(
            Case(
                f"weight_decay={decay} dropout={ratio}",
                Training(
                    Architecture(sizes, self.activation, self.initial, False, ratio, decay, self.seed),
                    *(data, run, self.batch, self.epochs * epoch, self.seed, epoch),
                ),
            )
            for decay, ratio in dict.fromkeys(strengths)
        )


Experiment = Optimizers | InitialValues | BatchNormalizationGrid | Regularization


def _updates(samples: int, batch: int) -> int:
    """The updates of an epoch, at least 1."""
    return max(1, samples // batch)


def train_all(
    cases: Sequence[Case], watch: Callable[[float], object] | None = None, threads: int | None = None
) -> list[TrainingRun]:
    """Train all cases to the end, some at once.

    Args:
        cases: what to train.
        watch: called with the share that is done; what it raises ends all trainings.
        threads: how many trainings at once; as many as there are cores if None.

    Raises:
        Problem: if an optimizer fails.
    """
    runs = [TrainingRun(case.training, memory=MEMORY // len(cases)) for case in cases]
    total = sum(case.training.iterations for case in cases)
    ended = False

    def trained(run: TrainingRun) -> None:
        while not run.finished and not ended:
            run.advance(WATCHED)

    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        futures = [pool.submit(trained, run) for run in runs]
        try:
            waiting: set[Future[None]] = set(futures)
            while waiting:
                if watch is not None:
                    watch(sum(run.state.t for run in runs) / total)
                done, waiting = wait(waiting, timeout=WATCH, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
        finally:
            ended = True
    return runs
