"""A training as it goes on: what it has yielded so far, and any state that it has been in."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Sized
from functools import cached_property

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import Optimizer
from optisim.core.race.scenario import Run, read_run
from optisim.network.data.dataset import Data, Indices
from optisim.network.network import Network
from optisim.network.training import MEASUREMENTS, Records, State, Training

PROBED = 1000  # examples whose activations and gradients are looked at
MEMORY = 100_000_000  # bytes of states that are kept to go back to
WATCHED = 32  # updates between two looks at whether a training is still wanted


class TrainingRun:
    """A training so far. Times are numbers of updates made.

    States are kept at intervals, which double when they would take too much memory; `state_at` computes what lies
    between again, to the same bits.

    Attributes:
        training: what is trained.
        state: where it stands.
        loss: of each update's batch before it, (t,), weight decay's term included; NaN after it diverged.
        measured: when accuracies were measured, (k,).
        train_accuracy, test_accuracy: over the parts of the data, (k,).
    """

    def __init__(self, training: Training, interval: int = 32, memory: int = MEMORY) -> None:
        """A training before its first update.

        Args:
            training: what is trained.
            interval: updates between two states that are kept, at first.
            memory: bytes that they may take. Two of them are kept in any case.
        """
        self.training = training
        self._memory = memory
        self.state = training.start
        self._loss = np.empty(training.iterations)
        self.measured: Indices = np.empty(0, np.int64)
        self.train_accuracy, self.test_accuracy = np.empty(0), np.empty(0)
        self._interval = interval
        self._checkpoints: dict[int, State] = {0: training.start}  # at multiples of the interval
        self._near: dict[int, State] = {}  # of the stretch that was computed again last

    # ── Forward ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def finished(self) -> bool:
        return self.state.t >= self.training.iterations

    @property
    def until_checkpoint(self) -> int:
        """Updates up to the next state that is to be kept. Let no batch of updates be longer."""
        return self._interval - self.state.t % self._interval

    @property
    def checkpoint_bytes(self) -> int:
        """The memory that the states kept to go back to take."""
        return sum(state.nbytes for state in self._checkpoints.values())

    def advance(self, iterations: int, deadline: float = np.inf) -> None:
        """Make up to so many updates, as long as there is time before `deadline`."""
        goal = min(self.state.t + iterations, self.training.iterations)
        while self.state.t < goal and time.perf_counter() < deadline:
            rows = min(goal - self.state.t, self.until_checkpoint)
            self.append(*self.training.advance(self.state, rows, deadline))

    def append(self, state: State, records: Records) -> None:
        """Add what `Training.advance` has returned for `self.state`."""
        self._loss[state.t - len(records.loss) : state.t] = records.loss
        self.measured = np.concatenate((self.measured, records.measured))
        self.train_accuracy = np.concatenate((self.train_accuracy, records.train_accuracy))
        self.test_accuracy = np.concatenate((self.test_accuracy, records.test_accuracy))
        self.state = state
        if state.t % self._interval == 0:
            self._checkpoints[state.t] = state
            while self.checkpoint_bytes > self._memory and len(self._checkpoints) > 2:
                self._interval *= 2
                self._checkpoints = {
                    t: checkpoint for t, checkpoint in self._checkpoints.items() if t % self._interval == 0
                }

    @property
    def loss(self) -> Array:
        return self._loss[: self.state.t]

    @property
    def diverged(self) -> int | None:
        """The update at which loss or parameters were no longer finite, or None."""
        return None if self.state.diverged < 0 else self.state.diverged

    # ── Back ─────────────────────────────────────────────────────────────────────────────────────────────

    def state_at(self, t: int) -> State:
        """The state after t updates, computed again from the nearest one before it that was kept.

        Some states on the way are kept for the next questions, so that going back step by step takes little more
        than going forward.

        Raises:
            Problem: if the training has not come to it.
        """
        if not 0 <= t <= self.state.t:
            raise Problem(
                N_("The training has come to iteration {last}; {t} is not there yet."), last=self.state.t, t=t
            )
        if t == self.state.t:
            return self.state
        if t not in self._near:
            self._near = self._states_up_to(t)
        return self._near[t]

    def _states_up_to(self, t: int) -> dict[int, State]:
        """States on the way to t: a few from the last kept one on, all of the last few."""
        before = max(checkpoint for checkpoint in self._checkpoints if checkpoint <= t)
        found = {before: self._checkpoints[before]}
        found |= {near: state for near, state in self._near.items() if before < near <= t}
        state = found[max(found)]
        stretch = math.isqrt(self._interval)
        while state.t < t:
            rows = 1 if state.t >= t - stretch else min(stretch, t - stretch - state.t)
            state, _ = self._unmeasured.advance(state, rows)
            found[state.t] = state
        return found

    @cached_property
    def _unmeasured(self) -> Training:
        return dataclasses.replace(self.training, measure_every=0)

    # ── Looking at it ────────────────────────────────────────────────────────────────────────────────────

    def network_at(self, t: int | None = None) -> Network:
        """The network after t updates, or as it is now."""
        return self.training.network_at(self.state if t is None else self.state_at(t))

    @property
    def network(self) -> Network:
        """The network as it is now."""
        return self.network_at()

    @property
    def parameters(self) -> dict[str, Array]:
        """The parameters as they are now, by name."""
        return self.network.parameters

    @property
    def probe(self) -> Indices:
        """The rows of data.x that activations and gradients are shown for: the first 1000 to train with."""
        return self.training.data.train[:PROBED]

    def activations(self, k: int, t: int | None = None) -> Array:
        """The output of hidden layer k = 1 … for the probe, (examples, units), outside of training.

        Args:
            k: which layer: that of W1, b1 is 1.
            t: after how many updates; as it is now if None.

        Raises:
            Problem: if there is no such layer.
        """
        return self.network_at(t).activations(self.training.data.x[self.probe])[self._layer(k)]

    def gradients(self, k: int, t: int | None = None) -> Array:
        """∂loss/∂(output of hidden layer k) for the probe, (examples, units); arguments as for `activations`.

        This is what vanishes or explodes on its way back. The gradients of the parameters themselves are
        `run.network.gradients(x, y)`.
        """
        x, y = self.training.data.x[self.probe], self.training.data.y[self.probe]
        return self.network_at(t).activation_gradients(x, y)[self._layer(k)]

    def _layer(self, k: int) -> int:
        hidden = len(self.training.architecture.hidden)
        if not 1 <= k <= hidden:
            raise Problem(N_("The network has the hidden layers 1 to {most}, not {k}."), most=hidden, k=k)
        return k - 1


# ── To the end ───────────────────────────────────────────────────────────────────────────────────────────


def train(
    net: Network,
    data: Data,
    run: Run | Optimizer | str,
    batches: int | npt.NDArray[np.integer] = 128,
    iterations: int | None = None,
    seed: int = 0,
    measure_every: int | None = None,
    watch: Callable[[TrainingRun], object] | None = None,
) -> TrainingRun:
    """Train a network to the end. It is not changed: what has become of it is `.network` of what is returned.

    Args:
        net: the network, with the parameters to begin with.
        data: what it learns from; accuracies are over its parts `data.train` and `data.test`.
        run: a text such as "adam:lr=0.001@cosine:warmup=5", an optimizer, or a run.
        batches: examples in a batch, drawn from `data.train` in an order that is shuffled for every epoch; or an
            array (iterations, size) of rows of data.x: exactly these examples, in this order.
        iterations: updates; 2000 if None, or as many as there are batches.
        seed: what batches and Dropout are drawn from.
        measure_every: updates between two measurements of accuracy, 0 for none; 50 of them in all if None.
        watch: called from time to time; what it raises ends the training.

    Raises:
        ValueError: a `Problem` that says which argument is wrong and what is allowed.
    """
    training = training_of(net, data, run, batches, iterations, seed, measure_every)
    trained = TrainingRun(training)
    while not trained.finished:
        if watch is not None:
            watch(trained)
        trained.advance(WATCHED)
    return trained


def training_of(
    net: Network,
    data: Data,
    run: Run | Optimizer | str,
    batches: int | npt.NDArray[np.integer] = 128,
    iterations: int | None = None,
    seed: int = 0,
    measure_every: int | None = None,
) -> Training:
    """The training that `train` makes of its arguments."""
    if isinstance(run, str):
        run = read_run(run)
    elif isinstance(run, Optimizer):
        run = Run(run)
    given = len(batches) if isinstance(batches, Sized) else None
    if given is not None and iterations not in (None, given):
        raise Problem(
            N_("There are batches for {given} iterations, not for {iterations}; leave out their number."),
            given=given,
            iterations=iterations,
        )
    iterations = given or (2000 if iterations is None else iterations)
    if measure_every is None:
        measure_every = max(1, iterations // MEASUREMENTS)
    averages = net.architecture.averages_layout.vector(net.averages)
    return Training(
        *(net.architecture, data, run, batches, iterations, seed, measure_every),  # type: ignore[arg-type]
        parameters=net.vector,
        averages=averages,
    )
