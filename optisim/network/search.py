"""Searching for learning rate and weight decay, at random or on a grid, judged by a validation split.

A trial is a pure function of the search, the data and its number. Trials go to an executor of `concurrent.futures`,
be it processes of this machine or a cluster's. What they find is appended to a file line by line, so that a search
that was interrupted goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import OPTIMIZERS, SGD
from optisim.core.race.scenario import Run
from optisim.network.architecture import Architecture, checked_seed
from optisim.network.data.dataset import Data
from optisim.network.random import TRIALS, generator
from optisim.network.runs import TrainingRun
from optisim.network.training import Training

Range = tuple[float, float]
MAX_TRIALS = 10_000
FORMAT = "optisim-search"
GOOD = 0.1  # of the trials, the best, and no fewer than
FEWEST_GOOD = 3


@dataclass(frozen=True)
class Search:
    """What is searched, and how each trial is trained.

    Attributes:
        lr, weight_decay: from where to where; both are drawn uniformly in their logarithm.
        trials: how many; a grid takes the largest square that is not more.
        grid: at the places of a grid instead of at random.
        method: the optimizer whose learning rate is searched, with its other hyperparameters.
        hidden, activation, initial: the network, as for `Architecture`.
        samples: of the data's training part, in use.
        validation: the share of those that trials are judged by. The test part is never looked at.
        batch, epochs: how a trial is trained.
        seed: of everything drawn. Trial k is the same whatever the number of trials.

    Raises:
        Problem: when made with what is no search.
    """

    lr: Range = (1e-6, 1e-2)
    weight_decay: Range = (1e-8, 1e-4)
    trials: int = 100
    grid: bool = False
    method: str = SGD.slug()
    hidden: tuple[int, ...] = (100,) * 6
    activation: str = "relu"
    initial: str | float = "he"
    samples: int = 500
    validation: float = 0.2
    batch: int = 100
    epochs: int = 50
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("lr", "weight_decay"):
            low, high = map(float, getattr(self, name))
            if not 0 < low <= high < math.inf:
                raise Problem(
                    N_("The range of {name} needs two numbers above 0 that rise, not {low:g} and {high:g}."),
                    name=name,
                    low=low,
                    high=high,
                )
            object.__setattr__(self, name, (low, high))
        if not 1 <= self.trials <= MAX_TRIALS:
            raise Problem(N_("The number of trials must be a whole number from 1 to {most}."), most=MAX_TRIALS)
        if not 0 < self.validation < 1:
            raise Problem(
                N_("The share for validation must be between 0 and 1, not {share}."), share=self.validation
            )
        object.__setattr__(self, "hidden", tuple(self.hidden))
        object.__setattr__(self, "seed", checked_seed(self.seed))

    @property
    def points(self) -> Array:
        """Learning rate and weight decay of every trial, (trials, 2)."""
        low, high = np.log10(np.array([self.lr, self.weight_decay])).T
        if self.grid:
            side = math.isqrt(self.trials)
            share = (np.arange(side) + 0.5) / side
            shares = np.stack(np.meshgrid(share, share), axis=-1).reshape(-1, 2)
        else:
            shares = np.array([generator(self.seed, TRIALS, k).random(2) for k in range(self.trials)])
        points: Array = 10 ** (low + shares * (high - low))
        return points

    def training(self, data: Data, lr: float, weight_decay: float) -> Training:
        """The training of a trial."""
        data = data.first(train=min(self.samples, len(data.train))).validating(self.validation)
        optimizer = OPTIMIZERS.read(self.method).with_value("lr", lr)
        network = Architecture(
            *(data.sizes(self.hidden), self.activation, self.initial), weight_decay=weight_decay, seed=self.seed
        )
        batch = min(self.batch, len(data.train))
        epoch = max(1, len(data.train) // batch)
        return Training(network, data, Run(optimizer), batch, self.epochs * epoch, self.seed, epoch)

    def narrowed(self, lr: Range, weight_decay: Range) -> Search:
        """A search of other ranges, with numbers of its own."""
        return replace(self, lr=lr, weight_decay=weight_decay, seed=self.seed + 1)


@dataclass(frozen=True)
class Trial:
    """What a trial has found.

    Attributes:
        number: which one.
        lr, weight_decay: its hyperparameters.
        accuracy: on the validation examples, at the end; 0 if it failed.
        measured: after how many updates accuracies were measured.
        train, validation: those accuracies.
        failure: why there is no result; "" if there is one.
    """

    number: int
    lr: float
    weight_decay: float
    accuracy: float = 0.0
    measured: tuple[int, ...] = ()
    train: tuple[float, ...] = ()
    validation: tuple[float, ...] = ()
    failure: str = ""


def trial(search: Search, data: Data, number: int) -> Trial:
    """Trial `number`, a pure function; it runs wherever the executor has it run."""
    lr, weight_decay = map(float, search.points[number])
    run = TrainingRun(search.training(data, lr, weight_decay))
    run.advance(run.training.iterations)
    return Trial(
        *(number, lr, weight_decay, float(run.test_accuracy[-1])),
        measured=tuple(run.measured.tolist()),
        train=tuple(run.train_accuracy.tolist()),
        validation=tuple(run.test_accuracy.tolist()),
    )


def search_with(
    executor: Executor,
    search: Search,
    data: Data,
    path: Path | None = None,
    found: Callable[[Trial], object] | None = None,
) -> list[Trial]:
    """All trials of a search, those that are on disk already not made again.

    Args:
        executor: a `concurrent.futures.Executor`, or what behaves like one.
        search, data: what is searched.
        path: the file to go on with and to append to; none if None.
        found: called here for every trial that is done, be it read or new, in the order in which they come; what it
            raises ends the search, and trials that have not begun are taken back.

    Returns:
        The trials by their number. One that failed says why; it is tried again by the next search in that file.

    Raises:
        Problem: if the file belongs to another search, or cannot be written.
    """
    data = data.first(train=min(search.samples, len(data.train)), test=0).compacted()
    log = Log(path, search, data)
    done = {each.number: each for each in log.trials}
    for each in done.values():
        if found is not None:
            found(each)
    points = search.points
    left = [number for number in range(len(points)) if number not in done]
    futures: dict[Future[Trial], int] = {executor.submit(trial, search, data, k): k for k in left}
    try:
        for future in as_completed(futures):
            number = futures[future]
            try:
                each = future.result()
            except Exception as error:  # the others go on
                what = str(error) or type(error).__name__
                lr, weight_decay = map(float, points[number])
                each = Trial(number, lr, weight_decay, failure=what)
            done[number] = each
            log.append(each)
            if found is not None:
                found(each)
    finally:
        for future in futures:
            future.cancel()
    return [done[number] for number in sorted(done)]


# ── On disk ──────────────────────────────────────────────────────────────────────────────────────────────


class Log:
    """A file of trials: a line that says which search they belong to, then a line for each, all JSON.

    Attributes:
        trials: those that were there and had not failed.
    """

    def __init__(self, path: Path | None, search: Search, data: Data) -> None:
        self._path = path
        self._head = json.dumps({"format": FORMAT, "search": asdict(search), "data": fingerprint(data)})
        self.trials: list[Trial] = []
        if path is None:
            return
        try:
            if path.exists():
                self._read(path)
            lines = [self._head, *(json.dumps(asdict(each)) for each in self.trials)]
            part = path.with_name(path.name + ".part")  # what is there is replaced by a whole file only
            part.write_text("\n".join(lines) + "\n", encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise _unwritten(path, error) from None

    def _read(self, path: Path) -> None:
        head, *lines = path.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
        if not head:
            return
        if head != self._head:
            raise Problem(
                N_("“{file}” holds another search, or other data; give another name to begin a new one."),
                file=path.name,
            )
        for line in lines:
            each = _trial_in(line)
            if each is not None and not each.failure:
                self.trials.append(each)

    def append(self, each: Trial) -> None:
        """Write a trial at once.

        Raises:
            Problem: if that fails.
        """
        if self._path is None:
            return
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(each)) + "\n")
        except OSError as error:
            raise _unwritten(self._path, error) from None


def _trial_in(line: str) -> Trial | None:
    """The trial in a line; None where the line was cut short."""
    try:
        told: dict[str, Any] = json.loads(line)
        lists = {name: tuple(told[name]) for name in ("measured", "train", "validation")}
        return Trial(**(told | lists))
    except (ValueError, TypeError, KeyError):
        return None


def _unwritten(path: Path, error: OSError) -> Problem:
    return Problem(N_("“{path}” was not written: {reason}."), path=path, reason=error.strerror or error)


def fingerprint(data: Data) -> str:
    """A text that is the same only for the same examples in the same parts."""
    digest = hashlib.sha256()
    for array in (data.x, data.y, data.train, data.test):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


# ── What was found ───────────────────────────────────────────────────────────────────────────────────────


def best(trials: Sequence[Trial], count: int = 20) -> list[Trial]:
    """The best trials by validation accuracy, the best first; of equals the earlier."""
    return sorted((t for t in trials if not t.failure), key=lambda t: (-t.accuracy, t.number))[:count]


class GoodRange(NamedTuple):
    """Where the good trials lie.

    Attributes:
        low, high: of the hyperparameter.
        share: how much of the searched range that is, in its logarithm; near 1, the hyperparameter does not matter.
    """

    low: float
    high: float
    share: float


def good_ranges(search: Search, trials: Sequence[Trial]) -> dict[str, GoodRange]:
    """For "lr" and "weight_decay", where the best tenth of the trials lie, at least three of them.

    Raises:
        Problem: if no trial has a result.
    """
    succeeded = sum(1 for each in trials if not each.failure)
    good = best(trials, max(FEWEST_GOOD, round(GOOD * succeeded)))
    if not good:
        raise Problem(N_("No trial has a result yet, so there is no good range."))
    found = {}
    for name in ("lr", "weight_decay"):
        values, searched = [getattr(each, name) for each in good], getattr(search, name)
        low, high, whole = min(values), max(values), math.log(searched[1] / searched[0])
        found[name] = GoodRange(low, high, math.log(high / low) / whole if whole else 1.0)
    return found
