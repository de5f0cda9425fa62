"""The player: the one live model. It holds the scenario, the trajectories and the cursor, and keeps time.

Panels read it and call it; they never call each other. What has been computed is played back, and only what is
missing is asked of the worker, so stepping back is moving an index.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from optisim.core.base.hyperparameters import Value
from optisim.core.base.problems import Problem
from optisim.core.optimizers import OPTIMIZERS, Optimizer
from optisim.core.race.diagnostics import Diagnostics
from optisim.core.race.scenario import MAX_BOOKMARKS, Scenario
from optisim.core.race.simulate import Trajectory, begin
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.race.worker import Delivery, Order, Worker

FRAME = 16  # milliseconds
STEPS_PER_SECOND = 6.0  # at speed 1×
SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0, 1000.0, float("inf"))
AHEAD = 2000  # steps computed beyond the cursor while there is nothing else to do
HOLD = 0.06  # seconds that the old picture stands while new trajectories catch up with the cursor


class Player(QObject):
    """Plays a scenario.

    Signals:
        scenarioChanged(Scenario): the document changed; its pictures follow with `moved`.
        moved(): the cursor, or what is known of the trajectories, changed.
        selected(int): another run is the selected one, −1 for none.
        playingChanged(bool), speedChanged(float).
    """

    scenarioChanged = Signal(object)
    moved = Signal()
    selected = Signal(int)
    playingChanged = Signal(bool)
    speedChanged = Signal(float)

    def __init__(self, scenario: Scenario, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = DocumentModel(scenario, self)
        self.model.changed.connect(self._on_scenario)
        self._begun = scenario  # the scenario that the trajectories are of
        self._trajectories: tuple[Trajectory, ...] = ()
        self._diagnostics: tuple[Diagnostics, ...] = ()
        self._target = 0.0  # where the cursor is to be; it waits for trajectories that are not there yet
        self._speed = 1.0
        self._selection = -1
        self._last_frame = 0.0
        self._shown_cursor = 0.0
        self._shown_at = 0.0
        self._begun_at = 0.0
        self._worker = Worker(self)
        self._worker.delivered.connect(self._on_delivered)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._on_frame)
        self._begin()

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def scenario(self) -> Scenario:
        return self.model.value

    @property
    def racing(self) -> Scenario:
        """The scenario that the trajectories are of: `scenario`, or what it was a batch of the worker ago."""
        return self._begun

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """The trajectories so far, in the order of the scenario's runs."""
        return self._trajectories

    @property
    def diagnostics(self) -> tuple[Diagnostics, ...]:
        """What follows from each of the trajectories."""
        return self._diagnostics

    @property
    def reach(self) -> int:
        """The last step that all trajectories know."""
        return min((len(t) for t in self._trajectories), default=self.scenario.steps + 1) - 1

    @property
    def cursor(self) -> float:
        """The instant that is shown, in steps; balls glide between whole ones."""
        return max(0.0, min(self._target, float(self.reach)))

    @property
    def shown(self) -> float:
        """The cursor when the picture last followed it: unlike `cursor`, it stays while a change is computed."""
        return self._shown_cursor

    @property
    def step(self) -> int:
        """The whole step that is shown, or will be as soon as it is computed."""
        return int(self._target + 1e-9)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def waiting(self) -> bool:
        """Whether what is to be shown is still being computed."""
        return not self._caught_up

    @property
    def speed(self) -> float:
        return self._speed

    # ── The scenario ─────────────────────────────────────────────────────────────────────────────────────

    def set_scenario(self, scenario: Scenario) -> None:
        """Show another scenario from now on. What is known of runs that did not change stays."""
        self.model.set(scenario)

    @Slot(object)
    def _on_scenario(self, scenario: Scenario) -> None:
        self._target = min(self._target, float(scenario.steps))
        self.scenarioChanged.emit(scenario)
        # While the worker is busy the change waits, for HOLD at the most: if every movement of a slider threw
        # away what the one before had begun, nothing would be seen until the mouse rests.
        if not self._worker.busy:
            self._begin()

    def _begin(self) -> None:
        """Race the scenario, keeping what is known of runs that did not change."""
        known: dict[object, list[Trajectory]] = {}  # a branch has, at first, the cause of the run it came from
        for old in self._trajectories:
            known.setdefault(self._begun.cause(old.run), []).append(old)
        trajectories = []
        for run in self.scenario.runs:
            same = known.get(self.scenario.cause(run))
            if not same:
                trajectories.append(Trajectory(run, begin(self.scenario, run)))
            else:
                old = same.pop(0)
                old.run = run  # its colour or name may have changed
                trajectories.append(old)
        self._trajectories = tuple(trajectories)
        derived = {d.trajectory: d for d in self._diagnostics if d.surface == self.scenario.surface}
        self._diagnostics = tuple(
            derived.get(t) or Diagnostics(t, self.scenario.surface) for t in self._trajectories
        )
        self._begun = self.scenario
        self._begun_at = time.perf_counter()
        if self._caught_up:
            self._show()
        self._ask()

    def renew(self) -> None:
        """Race anew the runs of optimizers that were loaded again: the catalogue has another class for them."""
        runs = tuple(run.with_optimizers(_renewed) for run in self.scenario.runs)
        self.set_scenario(replace(self.scenario, runs=runs))

    @property
    def _caught_up(self) -> bool:
        """Whether all trajectories reach the instant that is to be shown."""
        return self.reach >= min(self._target, self._begun.steps)

    def _show(self) -> None:
        """Let the picture follow, unless it would go back only because new trajectories are still short."""
        now = time.perf_counter()
        if self.cursor >= min(self._target, self._shown_cursor) or now - self._begun_at > HOLD:
            self._shown_cursor, self._shown_at = self.cursor, now
            self.moved.emit()

    @property
    def selection(self) -> int:
        """The run that is edited and stands out on the map, by its place in the list; −1 for none."""
        return self._selection

    def select(self, row: int) -> None:
        """Select a run."""
        if row != self._selection:
            self._selection = row
            self.selected.emit(row)

    # ── Time ─────────────────────────────────────────────────────────────────────────────────────────────

    def play(self) -> None:
        """Play on, or from the start when at the end."""
        if self._target >= self.scenario.steps:
            self._target = 0.0
        if not self.playing:
            self._last_frame = time.perf_counter()
            self._timer.start()
            self.playingChanged.emit(True)

    def pause(self) -> None:
        """Stop where the balls are."""
        if self.playing:
            self._timer.stop()
            self.playingChanged.emit(False)

    def toggle(self) -> None:
        """Play or pause."""
        self.pause() if self.playing else self.play()

    def seek(self, step: float) -> None:
        """Go to an instant, or as far towards it as is known yet."""
        self._target = min(max(float(step), 0.0), float(self.scenario.steps))
        self._show()
        self._ask()

    def step_forward(self) -> None:
        """Pause at the next whole step."""
        self.pause()
        self.seek(int(self._target) + 1)

    def step_back(self) -> None:
        """Pause at the whole step before."""
        self.pause()
        self.seek(-int(-self._target // 1) - 1)  # from between two steps, to the earlier one

    def to_start(self) -> None:
        """Pause at step 0."""
        self.pause()
        self.seek(0)

    def to_end(self) -> None:
        """Pause at the last step."""
        self.pause()
        self.seek(self.scenario.steps)

    def toggle_bookmark(self) -> None:
        """Set a bookmark at this step, or remove the one that is there."""
        if self.step in self.scenario.bookmarks:
            self.set_scenario(self.scenario.without_bookmark(self.step))
        elif len(self.scenario.bookmarks) < MAX_BOOKMARKS:
            self.set_scenario(self.scenario.with_bookmark(self.step))

    def to_next_bookmark(self) -> None:
        """Pause at the next bookmark, or at the end if there is none."""
        later = (step for step in self.scenario.bookmarks if step > self._target)
        self.pause()
        self.seek(next(later, self.scenario.steps))

    def to_previous_bookmark(self) -> None:
        """Pause at the bookmark before, or at the start if there is none."""
        earlier = (step for step in reversed(self.scenario.bookmarks) if step < self._target)
        self.pause()
        self.seek(next(earlier, 0))

    def set_speed(self, speed: float) -> None:
        """Play at `speed` times STEPS_PER_SECOND; infinity plays as fast as steps are computed."""
        self._speed = speed
        self.speedChanged.emit(speed)

    def change_speed(self, by: int) -> None:
        """Go `by` places up or down the list of speeds."""
        nearest = min(range(len(SPEEDS)), key=lambda i: (SPEEDS[i] < self._speed, SPEEDS[i]))
        self.set_speed(SPEEDS[min(max(nearest + by, 0), len(SPEEDS) - 1)])

    @Slot()
    def _on_frame(self) -> None:
        now = time.perf_counter()
        # after a hitch, go on from what is shown rather than leap
        passed, self._last_frame = min(max(now - self._last_frame, 1e-4), 0.1), now
        if not self._caught_up:  # trajectories that were changed have to catch up first
            self._show()
        else:
            steps = passed * self._speed * STEPS_PER_SECOND
            self._target = min(self._target + steps, float(self.reach), float(self.scenario.steps))
            self._show()
            if self._target >= self.scenario.steps:
                self.pause()
        self._ask()

    # ── Computing ────────────────────────────────────────────────────────────────────────────────────────

    def _ask(self) -> None:
        """Ask the worker for what is missing, unless it is at work already."""
        if self._worker.busy:
            return
        # at full speed, everything; otherwise a good deal more than the next second needs
        ahead = int(self._target) + AHEAD if self._speed < float("inf") or not self.playing else self.scenario.steps
        wanted = min(ahead, self.scenario.steps) + 1
        # the shortest first: a batch may not have time for all, and what counts is how far all of them reach
        lagging = sorted((t for t in self._trajectories if len(t) < wanted), key=len)
        orders = [Order(t, t.state, wanted - len(t)) for t in lagging]
        if orders:
            self._worker.request(orders)

    @Slot(object)
    def _on_delivered(self, deliveries: list[Delivery]) -> None:
        for delivery in deliveries:
            delivery.trajectory.append(delivery.state, delivery.columns)
        # else the next frame shows it; but by then another change may have come
        if not self.playing or self._shown_at < self._begun_at:
            self._show()
        waited = time.perf_counter() - self._begun_at
        if self._begun is not self.scenario and (self._caught_up or waited > HOLD):
            self._begin()
        else:
            self._ask()

    def close(self) -> None:
        """Stop playing and end the worker's thread."""
        self._timer.stop()
        self._worker.close()


def _renewed(optimizer: Optimizer) -> Optimizer:
    """What the catalogue now has under an optimizer's name, with the values that this still allows."""
    kind = OPTIMIZERS.kind(optimizer.slug())
    if kind is type(optimizer):
        return optimizer
    kept: dict[str, Value] = {}
    for hyper in kind.hypers():
        if hyper.name in optimizer.values:
            with suppress(Problem):
                kept[hyper.name] = hyper.checked(optimizer.values[hyper.name])
    return kind(**kept)
