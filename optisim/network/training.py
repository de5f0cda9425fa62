"""Training a network, a few updates at a time.

`Training` says all that a training depends on, `State` where one stands; `Training.advance` is a pure function of
one state to a later one. The same description gives the same bits, whoever else trains meanwhile.
"""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import Optimizer, Step
from optisim.core.race.scenario import MAX_STEPS, Run
from optisim.core.race.simulate import inherited
from optisim.network.architecture import Architecture, checked_seed
from optisim.network.batches import Batches, Given, batches_of
from optisim.network.data.dataset import Data, Indices
from optisim.network.network import ROWS, Network
from optisim.network.objective import BatchObjective, check_trains
from optisim.network.propagation import Propagation

MEASURED = 10_000  # examples of each part by which accuracy is measured, at the most
MEASUREMENTS = 50  # of accuracy in a training that does not say how many


@dataclass(frozen=True, eq=False)
class State:
    """Where a training stands; its arrays are never written again.

    Attributes:
        t: updates made so far.
        x: the parameters, (1, D).
        averages: Batch Normalization's running averages as a vector.
        last: the last step, which is all that the rule remembers.
        diverged: the update at which the loss or the new parameters were not finite, −1 if that has not happened.
            From then on, the parameters stay as they last were, and losses are NaN.
    """

    t: int
    x: Array
    averages: Array
    last: Step | None = None
    diverged: int = -1

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes."""
        step = [] if self.last is None else [getattr(self.last, f.name) for f in dataclasses.fields(self.last)]
        return sum(value.nbytes for value in (self.x, self.averages, *step) if isinstance(value, np.ndarray))


class Records(NamedTuple):
    """What some updates have yielded.

    Attributes:
        loss: of each update's batch before it, (updates,), weight decay's term included.
        measured: after how many updates accuracies were measured, (k,).
        train_accuracy, test_accuracy: over the parts of the data, (k,); NaN where a part is empty.
    """

    loss: Array
    measured: Indices
    train_accuracy: Array
    test_accuracy: Array


@dataclass(frozen=True, eq=False)
class Training:
    """All that a training depends on.

    Attributes:
        architecture: the network.
        data: what it learns from.
        run: the optimizer and its schedule, which may change on the way as in a race.
        batches: examples in a batch; or an array (iterations, size) of rows of data.x, exactly these in this order.
        iterations: updates to be made.
        seed: what batches and Dropout are drawn from.
        measure_every: updates from one measurement of accuracy to the next, the first before any update; the end is
            always measured. 0 measures nothing.
        parameters, averages: what to begin with, as vectors; None for the architecture's own.

    Raises:
        Problem: if these do not fit together, or the method cannot train networks.
    """

    architecture: Architecture
    data: Data
    run: Run
    batches: int | Indices = 128
    iterations: int = 2000
    seed: int = 0
    measure_every: int = 40
    parameters: Array | None = None
    averages: Array | None = None

    def __post_init__(self) -> None:
        sizes = self.architecture.sizes
        if (sizes[0], sizes[-1]) != (self.data.inputs, len(self.data.classes)):
            raise Problem(
                N_(
                    "The network has {inputs} inputs and {outputs} classes, the data {features} and {classes}; "
                    "let the sizes begin and end with those."
                ),
                inputs=sizes[0],
                outputs=sizes[-1],
                features=self.data.inputs,
                classes=len(self.data.classes),
            )
        object.__setattr__(self, "seed", checked_seed(self.seed))
        batches = self.batch_rows
        if isinstance(batches, Given):
            object.__setattr__(self, "iterations", len(batches.rows))
        for value, least in ((self.iterations, 1), (self.measure_every, 0)):
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MAX_STEPS:
                raise Problem(
                    N_("The number of iterations must be a whole number from {least} to {most}."),
                    least=least,
                    most=MAX_STEPS,
                )
        for optimizer, _ in self.run.phases:
            check_trains(optimizer, self.architecture.layout.size)

    @cached_property
    def batch_rows(self) -> Batches:
        """The rows of data.x for every update."""
        return batches_of(self.data, self.batches, self.seed)

    @cached_property
    def start(self) -> State:
        """The state before the first update."""
        first, averages = self.parameters, self.averages
        x = self.architecture.first_parameters() if first is None else np.array(first, dtype=np.float64)
        return State(0, x.reshape(1, -1), self.architecture.first_averages() if averages is None else averages)

    def network_at(self, state: State) -> Network:
        """The network as it is in that state."""
        return Network.of(self.architecture, state.x, state.averages)

    def advance(self, state: State, iterations: int, deadline: float = np.inf) -> tuple[State, Records]:
        """The next updates, as many as asked for, as there is time for, and as there are left.

        Args:
            state: where the training stands; it is left as it was.
            iterations: how many updates to make at the most.
            deadline: `time.perf_counter()` after which no further update is begun.

        Returns:
            The state after those updates, and what they have yielded.

        Raises:
            Problem: if the optimizer itself fails.
        """
        run, t, x, last, diverged = self.run, state.t, state.x, state.last, state.diverged
        objective = BatchObjective(self.architecture, self.data, self.batch_rows, self.seed, state.averages)
        averages = state.averages
        changes, turns = run.scheduled or bool(run.past), {past.until for past in run.past}
        optimizer = run.optimizer
        end = min(t + iterations, self.iterations)
        losses, measure = np.full(max(end - t, 0), np.nan), _Measure(self)
        with np.errstate(all="ignore"):
            while t < end and time.perf_counter() < deadline:
                if self.measure_every and t % self.measure_every == 0:
                    measure(t, x, averages)
                if diverged < 0:
                    if changes:
                        optimizer = run.optimizer_at(t, self.iterations)
                    try:
                        if last is not None and t in turns:
                            last = inherited(last, optimizer.step(t, x, objective, None))
                        step = optimizer.step(t, x, objective, last)
                        new = x + step.update
                    except Exception as error:  # what a user has written may raise anything
                        raise _failure(run.optimizer, t, error) from error
                    losses[t - state.t] = loss = step.loss[0]
                    if np.isfinite(loss) and np.isfinite(np.vdot(new, new)):
                        x, last, averages = new, step, objective.averages
                    else:
                        diverged = t
                t += 1
            if self.measure_every and state.t < t == self.iterations:
                measure(t, x, averages)
        return State(t, x, averages, last, diverged), Records(losses[: t - state.t], *measure.found)


class _Measure:
    """Measures accuracy and collects what it has found."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self._rows: list[tuple[int, float, float]] = []
        self._propagation: Propagation | None = None

    def __call__(self, t: int, x: Array, averages: Array) -> None:
        data = self._training.data
        if self._propagation is None:
            self._propagation = Propagation(self._training.architecture)
        self._propagation.bind(x[0])
        self._propagation.set_averages(averages)
        self._rows.append((t, self._accuracy(data.train), self._accuracy(data.test)))

    def _accuracy(self, rows: Indices) -> float:
        assert self._propagation is not None
        data, rows = self._training.data, rows[:MEASURED]
        right = 0
        for start in range(0, len(rows), ROWS):
            block = rows[start : start + ROWS]
            scores = self._propagation.scores(data.x[block])
            right += int(np.count_nonzero(scores.argmax(axis=1) == data.y[block]))
        return right / len(rows) if len(rows) else np.nan

    @property
    def found(self) -> tuple[Indices, Array, Array]:
        """Numbers of updates, and the accuracies after them."""
        table = np.array(self._rows, dtype=np.float64).reshape(-1, 3)
        return table[:, 0].astype(np.int64), table[:, 1], table[:, 2]


def _failure(optimizer: Optimizer, t: int, error: Exception) -> Problem:
    """What went wrong in an optimizer."""
    what = str(error) if isinstance(error, Problem) else f"{type(error).__name__}: {error}"
    return Problem(N_("{name} failed at step {step}: {what}."), name=optimizer.name, step=t, what=what)
