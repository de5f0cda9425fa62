"""The clock of a lab: while it plays, it says with each frame how far time has moved on."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

FRAME = 16  # milliseconds
STEPS_PER_SECOND = 6.0  # at speed 1×
SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0, 1000.0, float("inf"))
HITCH = 0.1  # seconds; after a longer frame, time goes on from what is shown rather than leap


class Clock(QObject):
    """Plays and pauses, at a speed. It knows nothing of what is played.

    Signals:
        ticked(float): a frame has passed, in which so many steps are to be played.
        playingChanged(bool), speedChanged(float).
    """

    ticked = Signal(float)
    playingChanged = Signal(bool)
    speedChanged = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speed = 1.0
        self._last_frame = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._on_frame)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def speed(self) -> float:
        return self._speed

    def play(self) -> None:
        """Let time pass."""
        if not self.playing:
            self._last_frame = time.perf_counter()
            self._timer.start()
            self.playingChanged.emit(True)

    def pause(self) -> None:
        """Let time stand still."""
        if self.playing:
            self._timer.stop()
            self.playingChanged.emit(False)

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
        passed, self._last_frame = min(max(now - self._last_frame, 1e-4), HITCH), now
        self.ticked.emit(passed * self._speed * STEPS_PER_SECOND)
