"""The worker: a QObject in a thread of its own that computes steps when it is asked to.

It keeps no state. The player sends the states of its trajectories, the worker answers with the steps it managed
within its budget. Pausing is not asking; a trajectory that was thrown away meanwhile just gets its answer
unread, so nothing stale can ever be shown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from optisim.core.race.simulate import Columns, State, Trajectory, advance
from optisim.ui.parts.garbage import GarbageCollector

BUDGET = 0.006  # seconds a batch may take: short of a frame, so that the window stays smooth
ROUND = 64  # steps of one run before the next run gets its turn
SWITCH_INTERVAL = 0.0001  # seconds; Python's 5 ms would make the window wait for the worker


@dataclass(frozen=True, slots=True)
class Order:
    """Steps to compute: `rows` more of `trajectory`, from `state` on."""

    trajectory: Trajectory
    state: State
    rows: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Steps that were computed for a trajectory."""

    trajectory: Trajectory
    state: State
    columns: Columns


class _Runner(QObject):
    """Lives in the thread and does the work."""

    delivered = Signal(object)

    @Slot(object)
    def work(self, orders: list[Order]) -> None:
        self.delivered.emit(list(_deliveries(orders, time.perf_counter() + BUDGET)))


def _deliveries(orders: list[Order], deadline: float) -> Iterator[Delivery]:
    """Advance all orders in turns, so that no run gets far ahead, until done or out of time."""
    todo = [(order.trajectory, order.state, order.rows) for order in orders]
    while todo:
        left = []
        for trajectory, state, rows in todo:
            now, columns = advance(state, min(rows, ROUND), deadline)
            done = now.t - state.t
            if done:
                yield Delivery(trajectory, now, columns)
            if done < rows:
                left.append((trajectory, now, rows - done))
        todo = left if time.perf_counter() < deadline else []


class Worker(QObject):
    """The player's side of the worker. One batch is under way at a time.

    Signals:
        delivered(list of Delivery): what came of the last request.
    """

    delivered = Signal(object)
    _ordered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_INTERVAL)
        self.busy = False
        self._garbage = GarbageCollector(self)
        self._thread = QThread(self)
        self._thread.setObjectName("optisim-worker")
        self._runner = _Runner()
        self._runner.moveToThread(self._thread)
        self._ordered.connect(self._runner.work, Qt.ConnectionType.QueuedConnection)
        # a slot of an object that lives in the window's thread: a plain function would run in the worker's
        self._runner.delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def request(self, orders: list[Order]) -> None:
        """Ask for a batch. Only when not `busy`."""
        assert not self.busy
        self.busy = True
        self._ordered.emit(orders)

    @Slot(object)
    def _deliver(self, deliveries: list[Delivery]) -> None:
        self.busy = False
        self.delivered.emit(deliveries)

    def close(self) -> None:
        """End the thread; it is gone when this returns."""
        self._thread.quit()
        self._thread.wait()
        self._garbage.close()
