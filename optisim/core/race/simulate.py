"""Running a scenario: begin, advance, simulate.

`advance` is pure: from a run's last step it computes the next ones into fresh arrays. The window's worker calls
it for a few milliseconds at a time, `simulate` until the end; both get the same bits. It knows neither how many
coordinates a ball has nor what the loss is of: a State may be made by hand for any objective.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import Objective, Optimizer, Step
from optisim.core.race.noise import NOISES, Noise, NoNoise
from optisim.core.race.scenario import Run, Scenario, make_scenario, read_run
from optisim.core.surfaces import Point, Surface, surface_named

BOUND = 1e6  # a ball this many domain sizes from the origin has diverged
ALL, LAST = 1, 0  # what is recorded: every step, or only the last one; any other k, every k-th
INTERVAL = 0.05  # seconds after which a long simulation tells how far it is
CHUNK = 16  # steps between two looks at the clock


@dataclass(slots=True)
class State:
    """Where a run stands between two batches: what `advance` needs to go on."""

    run: Run
    objective: Objective
    steps: int  # updates of the whole run, which schedules go by
    x: Array  # (N, D) positions of the next step
    bound: float = np.inf  # a ball with a coordinate this far from 0 has diverged
    t: int = 0
    last: Step | None = None
    stopped: npt.NDArray[np.int64] = dataclasses.field(default_factory=lambda: np.empty(0, np.int64))
    # (N,) the step at which a ball diverged, −1 while it rolls
    failure: Failure | None = None

    def __post_init__(self) -> None:
        if len(self.stopped) != len(self.x):
            self.stopped = np.full(len(self.x), -1, dtype=np.int64)


Columns = dict[str, Array]


class Failure(Problem):
    """An optimizer, written by a user, that did not work; `at` is the step at which it failed."""

    def __init__(self, at: int, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.at = at


def begin(scenario: Scenario, run: Run) -> State:
    """The state before the first step of `run`, with a ball for every start and seed of the scenario."""
    starts, seeds = zip(*scenario.balls, strict=True)
    x = np.array(starts, dtype=np.float64)
    objective = scenario.noise.objective(scenario.surface, seeds, run.stream)
    domain = scenario.surface.domain
    bound = BOUND * max(domain.width, domain.height, *map(abs, domain))
    return State(run, objective, scenario.steps, x, bound)


def advance(state: State, rows: int, deadline: float = np.inf, record: int = ALL) -> tuple[State, Columns]:
    """The next `rows` steps, or as many as there is time for.

    Args:
        state: where the run stands; it is left as it was.
        rows: how many steps to compute at the most.
        deadline: `time.perf_counter()` after which no further chunk of steps is begun.
        record: k for a row of every step whose t is divisible by k, `ALL` of them for 1; `LAST` for one row, of the
            last step computed. The steps themselves are the same bits whatever is recorded.

    Returns:
        The state after those steps, and every field of the steps as an array with one row a step recorded.

    A ball stops where it is when its loss or its next position is not finite, or that position is beyond the
    state's bound; its rows repeat from then on with no move, and the other balls go on. If the optimizer itself
    fails, all balls of the run stop, and the state says why.

    Where a run changes, the batch ends: with other hyperparameters the rule may remember more, or less.
    """
    run, objective, x, t, last = state.run, state.objective, state.x, state.t, state.last
    optimizer, failure = run.optimizer, state.failure
    changes = run.scheduled or bool(run.past)
    turns = {past.until for past in run.past}
    stopped = state.stopped.copy()
    some_stopped = bool((stopped >= 0).any())
    bound = state.bound
    columns: Columns = {}
    done = recorded = 0
    with np.errstate(all="ignore"):
        while done < rows and (done % CHUNK or time.perf_counter() < deadline):
            if done and t in turns:
                break
            try:
                if failure is not None:
                    step = _at_rest(t, x, objective, last)
                else:
                    if changes:
                        optimizer = run.optimizer_at(t, state.steps)
                    if last is not None and t in turns:
                        last = inherited(last, optimizer.step(t, x, objective, None))
                    step = optimizer.step(t, x, objective, last)
                if last is not None and some_stopped:
                    step = _held(step, last, (stopped >= 0) & (stopped < t))
                if not columns:
                    columns = _columns_for(step, x.shape, _recorded(t, rows, record))
                    fields = attrgetter(*columns)
                    shapes = [column.shape[1:] for column in columns.values()]
                values = fields(step)
                if [getattr(value, "shape", None) for value in values] != shapes:
                    _columns_for(step, x.shape, 0, columns)  # which says what is wrong
                if kept := record > 0 and t % record == 0:
                    for column, value in zip(columns.values(), values, strict=True):
                        column[recorded] = value
                new = x + step.update
            except Exception as error:  # what a user has written may raise anything
                if failure is not None:
                    raise
                failure = _failure(run.optimizer, t, error)
                if not done:
                    columns = {}
                stopped[stopped < 0] = t
                some_stopped = True
                continue
            # one sum tests all balls at once; a NaN or an infinite loss fails it, too
            if some_stopped or not np.vdot(new, new) + 0.0 * np.add.reduce(step.loss) < bound * bound:
                inside = (np.abs(new) < bound).all(axis=1) & np.isfinite(step.loss)
                stopped[(stopped < 0) & ~inside] = t
                some_stopped = bool((stopped >= 0).any())
                new = np.where((stopped < 0)[:, None], new, x)
            x, last = new, step
            t += 1
            done += 1
            recorded += kept
    if record == LAST and done:
        recorded = 1
        for name, column in columns.items():
            column[0] = getattr(last, name)
    columns = {name: column[:recorded] for name, column in columns.items()}
    return dataclasses.replace(state, x=x, t=t, last=last, stopped=stopped, failure=failure), columns


def _recorded(t: int, rows: int, record: int) -> int:
    """How many of the steps from t on there will be a row for, of `rows` steps at the most."""
    return (t + rows - 1) // record - (t - 1) // record if record else 1


def _columns_for(step: Step, shape: tuple[int, ...], rows: int, like: Columns | None = None) -> Columns:
    """Room for `rows` steps like this one.

    Args:
        step: the first of them.
        shape: (N, D), that of positions.
        rows: how many there will be.
        like: the columns of steps before, whose shapes it must have.

    Raises:
        Problem: if a field of the step is not what it has to be for so many balls.
    """
    if not isinstance(step, Step):
        raise Problem(N_("the step is not a Step"))
    columns = {}
    balls = shape[0]
    wanted: dict[str, tuple[int, ...]] = {"x": shape, "loss": (balls,), "grad": shape, "update": shape}
    wanted |= {name: column.shape[1:] for name, column in (like or {}).items()}
    for field in dataclasses.fields(step):
        if field.name == "t":
            continue
        found = np.shape(getattr(step, field.name))
        if not isinstance(getattr(step, field.name), np.ndarray):
            raise Problem(N_("“{field}” is not an array"), field=field.name)
        if found[:1] != (balls,) or wanted.get(field.name, found) != found:
            raise Problem(
                N_("“{field}” has the shape {shape}, not {wanted}"),
                field=field.name,
                shape=found,
                wanted=wanted.get(field.name, f"({balls}, …)"),
            )
        columns[field.name] = np.empty((rows, *found))
    return columns


def inherited(last: Step, first: Step) -> Step:
    """`last` as a rule with other hyperparameters would have remembered it.

    Args:
        last: the step before, by the old rule.
        first: a step of the new rule that remembers nothing, which shows what there is to be remembered.
    """
    remembered = {}
    for name in (field.name for field in dataclasses.fields(first) if field.name != "t"):
        new = np.zeros_like(getattr(first, name))
        remembered[name] = _resized(getattr(last, name, new), new.shape)
    return dataclasses.replace(first, t=last.t, **remembered)


def _resized(old: Array, shape: tuple[int, ...]) -> Array:
    """`old` in another shape. Memories have the newest last: the front is cut off, or filled with 0."""
    if old.shape == shape:
        return old
    new = np.zeros(shape)
    sides = list(zip(old.shape, shape, strict=True))
    kept = tuple(slice(max(before - now, 0), None) for before, now in sides)
    place = tuple(slice(max(now - before, 0), None) for before, now in sides)
    new[place] = old[kept]
    return new


def _alike(first: Columns, second: Columns) -> tuple[Columns, Columns]:
    """Both with every column of either, in the larger of the two shapes; what one of them lacks is 0."""
    shapes: dict[str, tuple[int, ...]] = {}
    for columns in (first, second):
        for name, column in columns.items():
            shape = column.shape[1:]
            shapes[name] = tuple(map(max, shapes.get(name, shape), shape))

    def filled(columns: Columns) -> Columns:
        rows = len(columns["x"])
        return {
            name: _resized(columns[name], (rows, *shape)) if name in columns else np.zeros((rows, *shape))
            for name, shape in shapes.items()
        }

    return filled(first), filled(second)


def _at_rest(t: int, x: Array, objective: Objective, last: Step | None) -> Step:
    """The step of balls that move no more: what was known last, or just where they are."""
    loss, grad = objective(x, t)
    if last is None:
        return Step(t, x, loss, grad, np.zeros_like(x))
    return dataclasses.replace(last, t=t, x=x, loss=loss, grad=grad, update=np.zeros_like(x))


def _failure(optimizer: Optimizer, t: int, error: Exception) -> Failure:
    """What went wrong in an optimizer, and where."""
    import traceback

    what = str(error) or type(error).__name__
    if not isinstance(error, Problem):
        what = f"{type(error).__name__}: {what}"
    where = next(
        (frame for frame in reversed(traceback.extract_tb(error.__traceback__)) if not _ours(frame.filename)), None
    )
    name = optimizer.name
    if where is None:
        return Failure(t, N_("{name} failed at step {step}: {what}."), name=name, step=t, what=what)
    return Failure(
        t,
        N_("{name} failed at step {step} in line {line} of {file}: {what}."),
        name=name,
        step=t,
        line=where.lineno,
        file=Path(where.filename).name,
        what=what,
    )


def _ours(filename: str) -> bool:
    """Whether a file belongs to OptiSim or to a library rather than to the user."""
    return "site-packages" in filename or Path(filename).is_relative_to(Path(__file__).parents[2])


def _held(step: Step, last: Step, stopped: npt.NDArray[np.bool_]) -> Step:
    """`step`, in which the stopped balls have what `last` says of them, and no move."""
    held = {field.name: getattr(step, field.name).copy() for field in dataclasses.fields(step) if field.name != "t"}
    for name, values in held.items():
        values[stopped] = getattr(last, name)[stopped]
    held["update"][stopped] = 0.0
    return dataclasses.replace(step, **held)


class Trajectory:
    """All steps of one run so far, as columns; or those of them that `record` chooses, see `advance`.

    `columns` has every field of the optimizer's Step by name; arrays are (T + 1, N, D), losses (T + 1, N), with
    row t for the balls after t updates; where not all is recorded, `times` says after how many. `stopped` is (N,):
    the step at which a ball diverged, −1 if it did not.
    """

    def __init__(self, run: Run, state: State, record: int = ALL) -> None:
        self.run = run
        self.state = state
        self.record = record
        self._begin = state.t
        self._data: Columns = {}
        self._rows = 0

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_data": self.columns}  # without the room for more

    def __len__(self) -> int:
        return self._rows

    def append(self, state: State, columns: Columns) -> None:
        """Add what `advance` returned."""
        rows = len(next(iter(columns.values()), ()))
        self.state = state
        if not rows:
            return
        if self.record == LAST:
            self._data, self._rows = columns, 0
        elif not self._data:
            self._data = columns
        else:
            self._data, columns = _alike(self._data, columns)
            room = len(self._data["x"])
            if self._rows + rows > room:
                grown = max(self._rows + rows, 2 * room)
                self._data = {name: _grown(old, self._rows, grown) for name, old in self._data.items()}
            for name, new in columns.items():
                self._data[name][self._rows : self._rows + rows] = new
        self._rows += rows

    @property
    def times(self) -> npt.NDArray[np.int64]:
        """How many updates had been made at each row."""
        if self.record == LAST:
            return np.arange(self.state.t - self._rows, self.state.t)
        first = -(-self._begin // self.record)
        return self.record * np.arange(first, first + self._rows)

    @property
    def columns(self) -> Columns:
        return {name: column[: self._rows] for name, column in self._data.items()}

    @property
    def x(self) -> Array:
        """Positions, (T + 1, N, D)."""
        return self._data["x"][: self._rows]

    @property
    def loss(self) -> Array:
        """Losses, (T + 1, N)."""
        return self._data["loss"][: self._rows]

    @property
    def grad(self) -> Array:
        """The gradients the rule saw, (T + 1, N, D)."""
        return self._data["grad"][: self._rows]

    @property
    def stopped(self) -> npt.NDArray[np.int64]:
        return self.state.stopped

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seed of each ball's noise; none without noise."""
        seeds: tuple[int, ...] = getattr(self.state.objective, "seeds", ())
        return seeds

    @property
    def failure(self) -> Failure | None:
        """What went wrong in the optimizer itself, if something did."""
        return self.state.failure

    @property
    def rates(self) -> Array | None:
        """The learning rate of each row by the schedule, or None if the optimizer has none."""
        if not self.run.optimizer.has_rate():
            return None
        return np.array([self.run.rate(t, self.state.steps) for t in self.times.tolist()])


def _grown(old: Array, used: int, rows: int) -> Array:
    new = np.empty((rows, *old.shape[1:]))
    new[:used] = old[:used]
    return new


def race_to_end(
    scenario: Scenario, progress: Callable[[int, int], object] | None = None, record: int = ALL
) -> list[Trajectory]:
    """The whole trajectories of all runs of `scenario`, or of them what `record` chooses, see `advance`.

    `progress` is told several times a second how many steps of all runs are done, and of how many; what it raises
    ends the simulation.
    """
    rows = scenario.steps + 1
    trajectories = []
    for number, run in enumerate(scenario.runs):
        trajectory = Trajectory(run, begin(scenario, run), record)
        while trajectory.state.t < rows:
            deadline = np.inf
            if progress is not None:
                progress(number * rows + trajectory.state.t, len(scenario.runs) * rows)
                deadline = time.perf_counter() + INTERVAL
            trajectory.append(*advance(trajectory.state, rows - trajectory.state.t, deadline, record))
        trajectories.append(trajectory)
    return trajectories


class Result(Sequence[Trajectory]):
    """The trajectories of a simulation, by number or by name: `result[0]`, `result["sgd"]`."""

    def __init__(self, scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
        self.scenario = scenario
        self._trajectories = list(trajectories)

    def __len__(self) -> int:
        return len(self._trajectories)

    def __iter__(self) -> Iterator[Trajectory]:
        return iter(self._trajectories)

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        if not isinstance(key, str):
            return self._trajectories[key]
        found = [t for t in self if key in (t.run.name, t.run.optimizer.slug(), t.run.optimizer.spec, t.run.spec)]
        if len(found) != 1:
            specs = ", ".join(t.run.spec for t in self)
            raise KeyError(f"{len(found)} runs are called “{key}”; use a number or one of {specs}.")
        return found[0]


@overload
def simulate(scenario: Scenario, /) -> Result: ...


@overload
def simulate(
    surface: Surface | str,
    runs: Iterable[Optimizer | Run | str] | Optimizer | Run | str,
    start: Point | Sequence[Point] | None = None,
    steps: int | None = None,
    noise: Noise | str | None = None,
    seed: int | None = None,
    seeds: int | None = None,
) -> Result: ...


def simulate(
    surface: Scenario | Surface | str,
    runs: Iterable[Optimizer | Run | str] | Optimizer | Run | str | None = None,
    start: Point | Sequence[Point] | None = None,
    steps: int | None = None,
    noise: Noise | str | None = None,
    seed: int | None = None,
    seeds: int | None = None,
) -> Result:
    """Race optimizers over a surface, or as a scenario says.

    Args:
        surface: a Surface, a slug of the catalogue, or a formula in x and y; or a Scenario, which says it all.
        runs: optimizers, runs, or texts such as "sgd:lr=0.95" or "adam@cosine:warmup=5".
        start: one point (x, y), or several for several balls a run; the surface's own start if None.
        steps: how many updates; 30 if None.
        noise: on the gradients, or a text such as "gaussian:sigma=0.5" or "batches:size=4"; none if None.
        seed: what the noise is drawn from; 0 if None.
        seeds: how many balls leave every start, each with a seed of its own from `seed` on; 1 if None.

    Raises:
        ValueError: a `Problem` that says which argument is wrong and what is allowed.
    """
    if isinstance(surface, Scenario):
        if any(given is not None for given in (runs, start, steps, noise, seed, seeds)):
            raise Problem(N_("A scenario says everything itself; change it with dataclasses.replace."))
        return Result(surface, race_to_end(surface))
    if isinstance(surface, str):
        surface = surface_named(surface)
    if isinstance(runs, str | Optimizer | Run):
        runs = [runs]
    made = [_run(run) for run in runs or ()]
    if not made:
        raise Problem(N_("There is nothing to run; name at least one optimizer."))
    steps = 30 if steps is None else steps
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer):
        raise Problem(N_("The number of steps must be a whole number."))
    if isinstance(noise, str):
        noise = NOISES.read(noise)
    points = _points(surface.start if start is None else start)
    scenario = make_scenario(
        surface,
        made,
        starts=points,
        steps=int(steps),
        noise=noise or NoNoise(),
        seed=0 if seed is None else seed,
        seeds=1 if seeds is None else seeds,
    )
    return Result(scenario, race_to_end(scenario))


def _run(run: Optimizer | Run | str) -> Run:
    if isinstance(run, str):
        return read_run(run)
    if not isinstance(run, Optimizer | Run):
        raise Problem(N_("A run is an optimizer or a text such as {example}."), example="sgd:lr=0.1")
    return Run(run) if isinstance(run, Optimizer) else run


def _points(start: object) -> tuple[Point, ...]:
    try:
        array = np.atleast_2d(np.asarray(start, dtype=np.float64))
    except (TypeError, ValueError, OverflowError):
        array = np.empty(0)
    if array.ndim != 2 or array.shape[1] != 2:
        raise Problem(N_("A start is a point (x, y) or a list of points."))
    return tuple((float(x), float(y)) for x, y in array)
