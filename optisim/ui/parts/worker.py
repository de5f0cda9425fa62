"""The worker: a QObject in a thread of its own that does what it is ordered to, a little at a time.

It keeps no state. Whoever asks sends orders, which carry their own work; the worker answers with what it managed
within its budget. Pausing is not asking; what is no longer wanted when it arrives is left unread, so nothing stale
can ever be shown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from optisim.ui.parts.garbage import GarbageCollector

BUDGET = 0.006  # seconds a batch may take: short of a frame, so that the window stays smooth
SWITCH_INTERVAL = 0.0001  # seconds; Python's 5 ms would make the window wait for the worker


class Order(Protocol):
    """Some work, in turns."""

    def work(self, deadline: float) -> tuple[Any, Order | None]:
        """Do one turn's work, or what can be done until `deadline` (of `time.perf_counter`).

        Returns:
            What is delivered, None if nothing was done; and the order for what is left, None if nothing is.
        """


class _Runner(QObject):
    """Lives in the thread and does the work."""

    delivered = Signal(object)

    @Slot(object)
    def run(self, orders: Sequence[Order]) -> None:
        self.delivered.emit(list(_deliveries(orders, time.perf_counter() + BUDGET)))


def _deliveries(orders: Sequence[Order], deadline: float) -> Iterator[Any]:
    """Work all orders in turns, so that none gets far ahead, until done or out of time."""
    todo: Sequence[Order] = orders
    while todo:
        left = []
        for order in todo:
            delivery, rest = order.work(deadline)
            if delivery is not None:
                yield delivery
            if rest is not None:
                left.append(rest)
        todo = left if time.perf_counter() < deadline else []


class Worker(QObject):
    """The asker's side of the worker. One batch is under way at a time.

    Signals:
        delivered(list): what came of the last request, a delivery for each turn of an order.
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
        self._ordered.connect(self._runner.run, Qt.ConnectionType.QueuedConnection)
        # a slot of an object that lives in the window's thread: a plain function would run in the worker's
        self._runner.delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def request(self, orders: Sequence[Order]) -> None:
        """Ask for a batch. Only when not `busy`."""
        assert not self.busy
        self.busy = True
        self._ordered.emit(orders)

    @Slot(object)
    def _deliver(self, deliveries: list[Any]) -> None:
        self.busy = False
        self.delivered.emit(deliveries)

    def close(self) -> None:
        """End the thread; it is gone when this returns."""
        self._thread.quit()
        self._thread.wait()
        self._garbage.close()
