"""The player of a race: which instant of which scenario is shown.

Panels read it and call it; they never call each other. What has been computed is played back, and only what is
missing is asked of the race, so stepping back is moving an index.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from optisim.core.base.hyperparameters import Value
from optisim.core.base.problems import Problem
from optisim.core.optimizers import OPTIMIZERS, Optimizer
from optisim.core.race.diagnostics import Diagnostics
from optisim.core.race.scenario import MAX_BOOKMARKS, Scenario
from optisim.core.race.simulate import Trajectory
from optisim.ui.parts.clock import Clock
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.race.race import HOLD, Race

AHEAD = 2000  # steps computed beyond the cursor while there is nothing else to do


class Player(QObject):
    """Plays a scenario: it moves the cursor, and has the race computed that far.

    Signals:
        scenarioChanged(Scenario): the document changed; its pictures follow with `moved`.
        moved(): the cursor, or what is known of the trajectories, changed.
        selected(int): another run is the selected one, −1 for none.
    """

    scenarioChanged = Signal(object)
    moved = Signal()
    selected = Signal(int)

    def __init__(self, scenario: Scenario, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = DocumentModel(scenario, self)
        self.model.changed.connect(self._on_scenario)
        self.clock = Clock(self)
        self.clock.ticked.connect(self._on_ticked)
        self._target = 0.0  # where the cursor is to be; it waits for trajectories that are not there yet
        self._selection = -1
        self._shown_cursor = 0.0
        self._shown_at = 0.0
        self._race = Race(scenario, self)
        self._race.begun.connect(self._on_begun)
        self._race.advanced.connect(self._on_advanced)
        self._ask()

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def scenario(self) -> Scenario:
        return self.model.value

    @property
    def racing(self) -> Scenario:
        """The scenario that the trajectories are of: `scenario`, or what it was a batch of the worker ago."""
        return self._race.scenario

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """The trajectories so far, in the order of the scenario's runs."""
        return self._race.trajectories

    @property
    def diagnostics(self) -> tuple[Diagnostics, ...]:
        """What follows from each of the trajectories."""
        return self._race.diagnostics

    @property
    def reach(self) -> int:
        """The last step that all trajectories know."""
        return self._race.reach

    @property
    def cursor(self) -> float:
        """The instant that is shown, in steps; balls glide between whole ones."""
        return max(0.0, min(self._target, float(self.reach)))

    @property
    def shown(self) -> float:
        """The cursor when the picture last followed it: unlike `cursor`, it stays while a change is computed."""
        return self._shown_cursor

    @property
    def held(self) -> bool:
        """Whether the picture still is that of before a change: what comes of it is not computed so far yet."""
        return self.reach < self._shown_cursor

    @property
    def step(self) -> int:
        """The whole step that is shown, or will be as soon as it is computed."""
        return int(self._target + 1e-9)

    @property
    def waiting(self) -> bool:
        """Whether what is to be shown is still being computed."""
        return not self._caught_up

    @property
    def _caught_up(self) -> bool:
        """Whether all trajectories reach the instant that is to be shown."""
        return self.reach >= min(self._target, self.racing.steps)

    # ── The scenario ─────────────────────────────────────────────────────────────────────────────────────

    def set_scenario(self, scenario: Scenario) -> None:
        """Show another scenario from now on. What is known of runs that did not change stays."""
        self.model.set(scenario)

    @Slot(object)
    def _on_scenario(self, scenario: Scenario) -> None:
        self._target = min(self._target, float(scenario.steps))
        self.scenarioChanged.emit(scenario)
        self._race.set_scenario(scenario)
        self._ask()

    def renew(self) -> None:
        """Race anew the runs of optimizers that were loaded again: the catalogue has another class for them."""
        runs = tuple(run.with_optimizers(_renewed) for run in self.scenario.runs)
        self.set_scenario(replace(self.scenario, runs=runs))

    def _show(self) -> None:
        """Let the picture follow, unless it would go back only because new trajectories are still short."""
        now = time.perf_counter()
        if self.cursor >= min(self._target, self._shown_cursor) or now - self._race.begun_at > HOLD:
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
        self.clock.play()

    def toggle(self) -> None:
        """Play or pause."""
        self.clock.pause() if self.clock.playing else self.play()

    def seek(self, step: float) -> None:
        """Go to an instant, or as far towards it as is known yet."""
        self._target = min(max(float(step), 0.0), float(self.scenario.steps))
        self._show()
        self._ask()

    def step_forward(self) -> None:
        """Pause at the next whole step."""
        self.clock.pause()
        self.seek(int(self._target) + 1)

    def step_back(self) -> None:
        """Pause at the whole step before."""
        self.clock.pause()
        self.seek(-int(-self._target // 1) - 1)  # from between two steps, to the earlier one

    def to_start(self) -> None:
        """Pause at step 0."""
        self.clock.pause()
        self.seek(0)

    def to_end(self) -> None:
        """Pause at the last step."""
        self.clock.pause()
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
        self.clock.pause()
        self.seek(next(later, self.scenario.steps))

    def to_previous_bookmark(self) -> None:
        """Pause at the bookmark before, or at the start if there is none."""
        earlier = (step for step in reversed(self.scenario.bookmarks) if step < self._target)
        self.clock.pause()
        self.seek(next(earlier, 0))

    # ── What comes of it ─────────────────────────────────────────────────────────────────────────────────

    @Slot(float)
    def _on_ticked(self, steps: float) -> None:
        if self._caught_up:  # else trajectories that were changed have to catch up first
            self._target = min(self._target + steps, float(self.reach), float(self.scenario.steps))
            self._show()
            if self._target >= self.scenario.steps:
                self.clock.pause()
        else:
            self._show()
        self._ask()

    @Slot()
    def _on_begun(self) -> None:
        if self._caught_up:
            self._show()

    @Slot()
    def _on_advanced(self) -> None:
        # else the next frame shows it; but by then another change may have come
        if not self.clock.playing or self._shown_at < self._race.begun_at:
            self._show()

    def _ask(self) -> None:
        """Have computed what is missing: at full speed everything, else a good deal more than a second needs."""
        flat_out = self.clock.playing and self.clock.speed == float("inf")
        self._race.need(self._target, float("inf") if flat_out else int(self._target) + AHEAD)

    def close(self) -> None:
        """Stop playing and end the worker's thread."""
        self.clock.pause()
        self._race.close()


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
