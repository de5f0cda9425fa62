"""The scenario: all that defines an experiment. It is the document that is shown, saved and restored.

A race is a pure function of its scenario: the same scenario gives the same bits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import OPTIMIZERS, Optimizer
from optisim.core.race.noise import MAX_SEED, Noise, NoNoise
from optisim.core.race.schedules import SCHEDULES, Constant, Schedule
from optisim.core.surfaces import SURFACES, Domain, Point, Surface, surface_named

MAX_STEPS = 100_000
MAX_STARTS = 100
MAX_RUNS = 50
MAX_SEEDS = 100
MAX_BALLS = 1000  # of one run
MAX_PAST = 20  # changes of one run on the way
MAX_BOOKMARKS = 1000
MAX_TITLE = 100  # letters
MAX_SAYS = 500


class Look(NamedTuple):
    """How a run is told from the others: by colour and by shape."""

    color: str
    marker: str


# Okabe and Ito's colours, which stay apart for colour-blind people, each with a shape of its own. Black and
# the pale yellow come last: one vanishes on a dark ground, the other on a light one.
LOOKS = (
    Look("#E69F00", "circle"),
    Look("#56B4E9", "square"),
    Look("#009E73", "triangle"),
    Look("#CC79A7", "diamond"),
    Look("#D55E00", "pentagon"),
    Look("#0072B2", "triangle-down"),
    Look("#F0E442", "hexagon"),
    Look("#7F7F7F", "star"),
)
MARKERS = tuple(look.marker for look in LOOKS)
# the eight, then each colour with another shape, so that sixty-four runs can be told apart
PAIRS = tuple(
    Look(look.color, MARKERS[(i + k) % len(LOOKS)]) for k in range(len(LOOKS)) for i, look in enumerate(LOOKS)
)


def follows(optimizer: Optimizer, schedule: Schedule) -> bool:
    """Whether the schedule changes the optimizer's learning rate on the way."""
    return schedule != Constant() and optimizer.has_rate()


def _spec(optimizer: Optimizer, schedule: Schedule) -> str:
    return f"{optimizer.spec}@{schedule.spec}" if follows(optimizer, schedule) else optimizer.spec


@dataclass(frozen=True)
class Past:
    """What a run was up to, but not including, update `until`."""

    until: int
    optimizer: Optimizer
    schedule: Schedule = Constant()  # noqa: RUF009 (a frozen value)


@dataclass(frozen=True)
class Run:
    """One optimizer in the race, with its schedule: a line in the list.

    A branch has a past: other hyperparameters, up to the step at which it left the run that it was made from. As
    they are of one class, what the method remembers carries over.

    Raises:
        Problem: when made with a past of another method, out of order or too long.
    """

    optimizer: Optimizer
    color: str = LOOKS[0].color
    marker: str = LOOKS[0].marker
    visible: bool = True
    label: str = ""  # the user's own name for it; "" shows the optimizer's
    schedule: Schedule = Constant()  # noqa: RUF009 (a frozen value)
    stream: int = 0  # which random numbers its noise is made of
    past: tuple[Past, ...] = ()  # the earliest first
    ghost: bool = False  # kept for comparison, and drawn faint

    def __post_init__(self) -> None:
        if not self.past:
            return
        if len(self.past) > MAX_PAST:
            raise Problem(N_("A run can change at most {most} times on the way."), most=MAX_PAST)
        if any(type(past.optimizer) is not type(self.optimizer) for past in self.past):
            raise Problem(N_("A run that changes on the way must stay with one method."))
        untils = [past.until for past in self.past]
        if not all(is_whole(until, 1, MAX_STEPS) for until in untils) or sorted(set(untils)) != untils:
            raise Problem(
                N_("The steps at which a run changes must be whole numbers from 1 to {most} that rise."),
                most=MAX_STEPS,
            )

    @property
    def name(self) -> str:
        """The label or else the method; of a branch with the step from which on it is one, "Adam, t ≥ 12"."""
        name = self.label or self.optimizer.name
        return f"{name}, t ≥ {self.past[-1].until}" if self.past else name

    @property
    def spec(self) -> str:
        """Optimizer and schedule as text, as `read_run` reads it."""
        before = (f"{_spec(past.optimizer, past.schedule)}/{past.until}/" for past in self.past)
        return "".join(before) + _spec(self.optimizer, self.schedule)

    @property
    def phases(self) -> tuple[tuple[Optimizer, Schedule], ...]:
        """Optimizer and schedule of the past, the earliest first, and those of now."""
        return (*((past.optimizer, past.schedule) for past in self.past), (self.optimizer, self.schedule))

    @property
    def scheduled(self) -> bool:
        """Whether the learning rate can change on the way, by a schedule or where the run branches off."""
        return bool(self.past or self.schedule != Constant()) and self.optimizer.has_rate()

    def phase(self, t: int) -> tuple[Optimizer, Schedule]:
        """Optimizer and schedule that update t is made with."""
        for past in self.past:
            if t < past.until:
                return past.optimizer, past.schedule
        return self.optimizer, self.schedule

    def rate(self, t: int, steps: int) -> float:
        """The learning rate of update t. Only if the optimizer has one."""
        optimizer, schedule = self.phase(t)
        lr: float = optimizer.values["lr"]
        return lr * schedule.factor(t, steps) if follows(optimizer, schedule) else lr

    def optimizer_at(self, t: int, steps: int) -> Optimizer:
        """The optimizer of update t, with the learning rate that its schedule then gives it."""
        optimizer, schedule = self.phase(t)
        return optimizer.at_rate(self.rate(t, steps)) if follows(optimizer, schedule) else optimizer

    def branch(self, at: int) -> Run:
        """The run with what it has been up to update `at` for its past, free to change from there on."""
        if at < 1:
            return self
        before = tuple(past for past in self.past if past.until < at)
        optimizer, schedule = self.phase(at)
        return replace(self, past=(*before, Past(at, *self.phase(at - 1))), optimizer=optimizer, schedule=schedule)

    def with_optimizers(self, change: Callable[[Optimizer], Optimizer]) -> Run:
        """The run with each of its optimizers, those of its past too, as `change` makes it."""
        past = tuple(replace(past, optimizer=change(past.optimizer)) for past in self.past)
        return replace(self, optimizer=change(self.optimizer), past=past)


def read_run(text: str) -> Run:
    """The run written as `optimizer:…`, or with a schedule as `optimizer:…@schedule:…`.

    One that changes on the way has such texts with steps between them, as in `sgd:lr=0.9/12/sgd:lr=0.1`.

    Raises:
        Problem: with what is allowed instead.
    """
    *before, last = text.split("/")
    texts, untils = before[::2], [until.strip() for until in before[1::2]]
    if len(texts) != len(untils) or not all(re.fullmatch("[0-9]{1,6}", until) for until in untils):
        raise Problem(
            N_("A run that changes on the way is written with the steps between, such as {example}."),
            example="sgd:lr=0.9/12/sgd:lr=0.1",
        )
    past = (Past(int(until), *_read_phase(text)) for text, until in zip(texts, untils, strict=True))
    optimizer, schedule = _read_phase(last)
    return Run(optimizer, schedule=schedule, past=tuple(past))


def _read_phase(text: str) -> tuple[Optimizer, Schedule]:
    spec, at, schedule = text.partition("@")
    optimizer = OPTIMIZERS.read(spec)
    if not at:
        return optimizer, Constant()
    if not optimizer.has_rate():
        raise Problem(
            N_("{optimizer} has no learning rate that a schedule could change; leave out “@{schedule}”."),
            optimizer=optimizer.name,
            schedule=schedule,
        )
    return optimizer, SCHEDULES.read(schedule)


@dataclass(frozen=True)
class Scenario:
    """All that defines an experiment. Change it with `dataclasses.replace` or the methods.

    Attributes:
        surface, starts, runs: what is descended, from where, by whom.
        steps: number of updates.
        noise: what is added to the gradients.
        seed: what the noise is drawn from.
        seeds: how many balls with seeds of their own leave every start; without noise, one is enough.
        bookmarks: steps to come back to, in order; those beyond the last step are left out.
        title, says: what it is about, and what there is to see; those of examples are translated.
    """

    surface: Surface
    starts: tuple[Point, ...]
    runs: tuple[Run, ...]
    steps: int = 30
    noise: Noise = NoNoise()  # noqa: RUF009 (a frozen value)
    seed: int = 0
    seeds: int = 1
    bookmarks: tuple[int, ...] = ()
    title: str = ""
    says: str = ""

    def __post_init__(self) -> None:
        if len(self.title) > MAX_TITLE or len(self.says) > MAX_SAYS:
            raise Problem(
                N_("A title has at most {title} letters, and what a scenario says {says}."),
                title=MAX_TITLE,
                says=MAX_SAYS,
            )
        if not isinstance(self.steps, int) or not 1 <= self.steps <= MAX_STEPS:
            raise Problem(N_("The number of steps must be a whole number from 1 to {most}."), most=MAX_STEPS)
        if not 1 <= len(self.starts) <= MAX_STARTS:
            raise Problem(N_("A scenario has 1 to {most} start points."), most=MAX_STARTS)
        if len(self.runs) > MAX_RUNS:
            raise Problem(N_("A scenario has at most {most} optimizers."), most=MAX_RUNS)
        for point in self.starts:
            if len(point) != 2 or not all(math.isfinite(c) and abs(c) < 1e12 for c in point):
                raise Problem(N_("A start point needs two finite numbers, such as −7, 2."))
        if not is_whole(self.seed, 0, MAX_SEED):
            raise Problem(N_("The seed must be a whole number from 0 to {most}."), most=MAX_SEED)
        if not is_whole(self.seeds, 1, MAX_SEEDS):
            raise Problem(N_("The number of seeds must be a whole number from 1 to {most}."), most=MAX_SEEDS)
        if len(self.balls) > MAX_BALLS:
            raise Problem(
                N_("{starts} starts with {seeds} seeds each are more than {most} balls; take fewer."),
                starts=len(self.starts),
                seeds=self.seeds,
                most=MAX_BALLS,
            )
        self.noise.check(self.surface)
        if not all(is_whole(step, 0, MAX_STEPS) for step in self.bookmarks):
            raise Problem(N_("A bookmark must be a whole number from 0 to {most}."), most=MAX_STEPS)
        kept = tuple(sorted({step for step in self.bookmarks if step <= self.steps}))
        if len(kept) > MAX_BOOKMARKS:
            raise Problem(N_("A scenario has at most {most} bookmarks."), most=MAX_BOOKMARKS)
        object.__setattr__(self, "bookmarks", kept)

    @property
    def noisy(self) -> bool:
        return self.noise != NoNoise()

    @property
    def balls(self) -> tuple[tuple[Point, int], ...]:
        """Start and seed of every ball of a run: for each start, the seeds one after the other."""
        seeds = self.seeds if self.noisy else 1
        return tuple((start, (self.seed + k) % (MAX_SEED + 1)) for start in self.starts for k in range(seeds))

    def cause(self, run: Run) -> tuple[object, ...]:
        """All that a run's trajectory depends on."""
        s = self.surface
        noise = (self.noise, self.balls, run.stream) if self.noisy else self.starts
        rules = tuple((o, schedule if follows(o, schedule) else None) for o, schedule in run.phases)
        steps = self.steps if any(schedule for _, schedule in rules) else None
        changes = tuple(past.until for past in run.past)
        return s.formula, s.parameters, s.table, s.domain, noise, rules, changes, steps

    # ── Runs ─────────────────────────────────────────────────────────────────────────────────────────────

    def next_look(self) -> Look:
        """The first look that no run has, or the one that the fewest have."""
        used = [(run.color, run.marker) for run in self.runs]
        return min(PAIRS, key=lambda look: used.count((look.color, look.marker)))

    def next_stream(self) -> int:
        """The first stream of random numbers that no run has."""
        used = {run.stream for run in self.runs}
        return next(stream for stream in range(MAX_RUNS + 1) if stream not in used)

    def with_added(self, run: Run | Optimizer) -> Scenario:
        """A scenario with one more run at the end, with a look and random numbers of its own."""
        run = Run(run) if isinstance(run, Optimizer) else run
        return replace(self, runs=(*self.runs, self._apart(run)))

    def _apart(self, run: Run) -> Run:
        return replace(run, **self.next_look()._asdict(), stream=self.next_stream())

    def with_duplicate(self, index: int) -> Scenario:
        """A scenario with run `index` once more, below it, in a colour of its own."""
        copy = self._apart(self.runs[index])
        return replace(self, runs=(*self.runs[: index + 1], copy, *self.runs[index + 1 :]))

    def with_branch(self, index: int, at: int) -> Scenario:
        """A scenario with a branch of run `index` below it, free to change from update `at` on.

        The run itself becomes a ghost. The branch has a colour of its own, but the same noise, or the two could
        not be compared. At 0 there is no past to keep: the branch is a duplicate.
        """
        if at < 1:
            return self.with_duplicate(index)
        run = self.runs[index]
        branch = replace(run.branch(at), **self.next_look()._asdict(), ghost=False)
        return replace(self, runs=(*self.runs[:index], replace(run, ghost=True), branch, *self.runs[index + 1 :]))

    def without(self, index: int) -> Scenario:
        """A scenario without run `index`."""
        return replace(self, runs=self.runs[:index] + self.runs[index + 1 :])

    def with_run(self, index: int, run: Run) -> Scenario:
        """A scenario in which run `index` is `run`."""
        return replace(self, runs=(*self.runs[:index], run, *self.runs[index + 1 :]))

    def with_moved(self, index: int, to: int) -> Scenario:
        """A scenario in which run `index` stands at place `to`."""
        runs = list(self.runs)
        runs.insert(to, runs.pop(index))
        return replace(self, runs=tuple(runs))

    # ── Bookmarks ────────────────────────────────────────────────────────────────────────────────────────

    def with_bookmark(self, step: int) -> Scenario:
        """A scenario with a bookmark at `step`."""
        return replace(self, bookmarks=(*self.bookmarks, step))

    def without_bookmark(self, step: int) -> Scenario:
        """A scenario without the bookmark at `step`."""
        return replace(self, bookmarks=tuple(other for other in self.bookmarks if other != step))

    # ── Surface and starts ───────────────────────────────────────────────────────────────────────────────

    def with_surface(self, surface: Surface) -> Scenario:
        """A scenario on another surface, started where that surface suggests.

        Learning rates and the number of steps that were what the old surface asks for become what the new one
        does; those that were set by hand stay. Noise that the new surface cannot have is left out.
        """
        try:
            self.noise.check(surface)
            noise = self.noise
        except Problem:
            noise = NoNoise()
        return replace(
            self,
            noise=noise,
            surface=surface,
            starts=(surface.start,),
            steps=surface.steps if self.steps == self.surface.steps else self.steps,
            runs=self.with_rates_for(surface).runs,
        )

    def with_formula(self, surface: Surface) -> Scenario:
        """A scenario on `surface`, from where it started before; noise that it cannot have is left out."""
        there = self.with_surface(surface)
        return replace(there, starts=self.starts, steps=self.steps)

    def with_rates_for(self, surface: Surface) -> Scenario:
        """A scenario in which every rate that suits the present surface suits `surface` instead."""

        def follow(optimizer: Optimizer) -> Optimizer:
            untouched = optimizer == suited(optimizer, self.surface)
            return suited(optimizer, surface) if untouched else optimizer

        return replace(self, runs=tuple(run.with_optimizers(follow) for run in self.runs))

    def with_start(self, index: int, point: Point) -> Scenario:
        """A scenario in which start `index` is `point`."""
        x, y = map(float, point)
        return replace(self, starts=(*self.starts[:index], (x, y), *self.starts[index + 1 :]))

    def with_nearest_start(self, point: Point) -> Scenario:
        """A scenario in which the start nearest to `point` has moved there."""
        distances = [self._distance(start, point) for start in self.starts]
        return self.with_start(distances.index(min(distances)), point)

    @property
    def can_take_a_start(self) -> bool:
        """Whether there may be one more start."""
        more = len(self.starts) + 1
        return more <= MAX_STARTS and more * (self.seeds if self.noisy else 1) <= MAX_BALLS

    def with_another_start(self, point: Point | None = None) -> Scenario:
        """A scenario with one more start: `point`, or a place in the domain away from the others."""
        x, y = map(float, point or self._free_place())
        return replace(self, starts=(*self.starts, (x, y)))

    def without_start(self, index: int) -> Scenario:
        """A scenario without start `index`."""
        return replace(self, starts=self.starts[:index] + self.starts[index + 1 :])

    def _free_place(self) -> Point:
        """The place of a 5 × 5 grid in the domain that is farthest from all starts."""
        d = self.surface.domain
        places = [(d.left + d.width * i / 6, d.bottom + d.height * j / 6) for i in range(1, 6) for j in range(1, 6)]
        return max(places, key=lambda place: min(self._distance(place, start) for start in self.starts))

    def _distance(self, a: Point, b: Point) -> float:
        """How far apart two points look when the domain is shown as a square."""
        d = self.surface.domain
        return math.hypot((a[0] - b[0]) / d.width, (a[1] - b[1]) / d.height)


def suited(optimizer: Optimizer, surface: Surface) -> Optimizer:
    """The optimizer with a learning rate that makes headway on `surface`.

    Default rates are made for the bowl. Steps that are proportional to the gradient need a rate that falls with
    the curvature; steps of a length of their own need one that grows with the domain, whichever part of a
    built-in surface is in view. A method that wants to know the lowest loss is told it.
    """
    defaults = {hyper.name: hyper.default for hyper in optimizer.hypers()}
    if "f_min" in defaults:
        optimizer = optimizer.with_value("f_min", surface.lowest)
    if "lr" not in defaults:
        return optimizer
    bowl = SURFACES["bowl"]
    curvature = bowl.curvature / surface.curvature if surface.curvature > 0 else 1.0
    domain = SURFACES[surface.slug].domain if surface.slug in SURFACES else surface.domain
    length = min(domain.width, domain.height) / bowl.domain.height
    ratio = {"curvature": curvature, "length": length, "both": min(curvature, length), "": 1.0}[optimizer.rate_in]
    default = defaults["lr"]
    rate = default if math.isclose(ratio, 1.0, rel_tol=1e-6) else float(f"{default * ratio:.2g}")
    return optimizer.with_value("lr", rate) if 0 < rate < math.inf else optimizer


def is_whole(value: object, low: int, high: int) -> bool:
    """Whether a value is a whole number from `low` to `high`, and no truth value or float."""
    return type(value) is int and low <= value <= high


def make_scenario(surface: Surface, runs: Iterable[Run | Optimizer], **fields: Any) -> Scenario:
    """A scenario in which each run gets the next free look. `fields` are Scenario's own."""
    fields.setdefault("starts", (surface.start,))
    fields.setdefault("steps", surface.steps)
    scenario = Scenario(surface, runs=(), **fields)
    for run in runs:
        scenario = scenario.with_added(run)
    return scenario


CHAPTER_VIEW = Domain(-8.0, 4.0, -3.0, 3.0)
"""Where the chapter's five balls roll; the chapter's own figure, of one ball each, shows ±10."""


def chapter_scenario(surface: Surface | None = None) -> Scenario:
    """The chapter's experiment: five methods on x²/20 + y² from (−7, 2), 30 updates.

    Given another surface, the same methods with rates that suit it.
    """
    from optisim.core.optimizers import SGD, AdaGrad, Adam, Momentum, RMSProp

    methods = (SGD(lr=0.95), Momentum(lr=0.1), AdaGrad(lr=1.5), RMSProp(), Adam(lr=0.3))
    bowl = replace(SURFACES["bowl"], domain=CHAPTER_VIEW)
    scenario = make_scenario(bowl, methods)
    return scenario if surface is None else scenario.with_surface(surface)


__all__ = [
    "LOOKS",
    "MARKERS",
    "OPTIMIZERS",
    "Past",
    "Run",
    "Scenario",
    "chapter_scenario",
    "make_scenario",
    "read_run",
    "surface_named",
]
