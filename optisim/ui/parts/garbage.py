"""Garbage collection in the window's thread only.

Python collects cycles in whatever thread happens to allocate. In the worker's, that would destroy widgets and
other Qt objects outside the thread they live in, and Qt would crash; seldom, and far from the cause.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 200  # milliseconds between two looks


class GarbageCollector(QObject):
    """Turns automatic collection off while it lives, and collects from a timer of the thread it lives in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        # as Python decides itself: the older a generation, the more seldom
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(2 if all(due) else 1 if due[1] else 0)

    def close(self) -> None:
        """Leave collection to Python again."""
        self._timer.stop()
        gc.enable()
