"""The race: the trajectories of a scenario, computed by the worker as far as they are asked for."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from optisim.core.race.diagnostics import Diagnostics
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import Columns, State, Trajectory, advance, begin
from optisim.ui.parts.worker import Worker

TURN = 64  # steps of one run before the next run gets its turn
HOLD = 0.06  # seconds that the old picture stands while new trajectories catch up with what is shown


@dataclass(frozen=True, slots=True)
class Delivery:
    """Steps that were computed for a trajectory."""

    trajectory: Trajectory
    state: State
    columns: Columns


@dataclass(frozen=True, slots=True)
class StepsOrder:
    """Steps to compute: `rows` more of `trajectory`, from `state` on."""

    trajectory: Trajectory
    state: State
    rows: int

    def work(self, deadline: float) -> tuple[Delivery | None, StepsOrder | None]:
        now, columns = advance(self.state, min(self.rows, TURN), deadline)
        done = now.t - self.state.t
        delivery = Delivery(self.trajectory, now, columns) if done else None
        rest = StepsOrder(self.trajectory, now, self.rows - done) if done < self.rows else None
        return delivery, rest


class Race(QObject):
    """Holds the trajectories of a scenario, and lets them grow. It knows no time.

    Signals:
        begun(): the trajectories are of another scenario now.
        advanced(): more steps are known.
    """

    begun = Signal()
    advanced = Signal()

    def __init__(self, scenario: Scenario, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = scenario  # what is to be raced next
        self._scenario = scenario
        self._trajectories: tuple[Trajectory, ...] = ()
        self._diagnostics: tuple[Diagnostics, ...] = ()
        self._needed = 0.0  # the step that is to be shown
        self._ahead = 0.0  # how far to compute when there is nothing else to do
        self._begun_at = 0.0
        self._worker = Worker(self)
        self._worker.delivered.connect(self._on_delivered)
        self._begin()

    @property
    def scenario(self) -> Scenario:
        """The scenario that the trajectories are of: the one that is to be raced, or what it was a batch ago."""
        return self._scenario

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
        return min((len(t) for t in self._trajectories), default=self._wanted.steps + 1) - 1

    @property
    def begun_at(self) -> float:
        """When the trajectories became those of this scenario, by `time.perf_counter`."""
        return self._begun_at

    def set_scenario(self, scenario: Scenario) -> None:
        """Race another scenario from now on. What is known of runs that did not change stays.

        While the worker is busy the change waits, for HOLD at the most: if every movement of a slider threw away
        what the one before had begun, nothing would be seen until the mouse rests.
        """
        self._wanted = scenario
        if not self._worker.busy:
            self._begin()

    def need(self, step: float, ahead: float) -> None:
        """See that `step` is computed, and then as far as `ahead`."""
        self._needed, self._ahead = step, ahead
        self._ask()

    def _begin(self) -> None:
        """Take what is known of runs that did not change, and begin the others."""
        known: dict[object, list[Trajectory]] = {}  # a branch has, at first, the cause of the run it came from
        for old in self._trajectories:
            known.setdefault(self._scenario.cause(old.run), []).append(old)
        trajectories = []
        for run in self._wanted.runs:
            same = known.get(self._wanted.cause(run))
            if not same:
                trajectories.append(Trajectory(run, begin(self._wanted, run)))
            else:
                old = same.pop(0)
                old.run = run  # its colour or name may have changed
                trajectories.append(old)
        self._trajectories = tuple(trajectories)
        derived = {d.trajectory: d for d in self._diagnostics if d.surface == self._wanted.surface}
        self._diagnostics = tuple(
            derived.get(t) or Diagnostics(t, self._wanted.surface) for t in self._trajectories
        )
        self._scenario = self._wanted
        self._begun_at = time.perf_counter()
        self.begun.emit()
        self._ask()

    def _ask(self) -> None:
        """Ask the worker for what is missing, unless it is at work already."""
        if self._worker.busy:
            return
        wanted = int(min(self._ahead, self._wanted.steps)) + 1
        # the shortest first: a batch may not have time for all, and what counts is how far all of them reach
        lagging = sorted((t for t in self._trajectories if len(t) < wanted), key=len)
        if lagging:
            self._worker.request([StepsOrder(t, t.state, wanted - len(t)) for t in lagging])

    @Slot(object)
    def _on_delivered(self, deliveries: list[Delivery]) -> None:
        for delivery in deliveries:
            delivery.trajectory.append(delivery.state, delivery.columns)
        self.advanced.emit()
        caught_up = self.reach >= min(self._needed, self._scenario.steps)
        if self._scenario is not self._wanted and (caught_up or time.perf_counter() - self._begun_at > HOLD):
            self._begin()
        else:
            self._ask()

    def close(self) -> None:
        """End the worker's thread."""
        self._worker.close()
