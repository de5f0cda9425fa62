"""How late the window answers while the worker computes flat out.

A timer is to tick every millisecond on the window's thread; by how much longer it takes is the lateness that a
click or a drag would meet. Frames are the canvas's paint events.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from results import Effort, Row, Target
from windows import RUNS, Paints, process_until, race_of_many, shown_window

from optisim.app import make_application
from optisim.core.race.scenario import MAX_STEPS
from optisim.ui.race.player import Player

TICK = 0.001  # seconds


class Ticks(QObject):
    """Notes when its timer really ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(TICK * 1000))
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        self.times.append(time.perf_counter())


def measure(effort: Effort) -> list[Row]:
    """Lateness in milliseconds, frames and steps a second, all of the best of a few spells."""
    make_application(["optisim"])
    window = shown_window(race_of_many(MAX_STEPS), effort.folder)
    player = window.lab.player
    paints = Paints(window.lab.map_view.viewport())
    process_until(lambda: paints.count > 0, patience=20.0)
    player.clock.set_speed(float("inf"))
    player.play()
    _let_run(500)  # the first steps and paints are not what goes on for minutes

    spells = [_spell(player, paints, effort) for _ in range(effort.times(3))]
    if not player.clock.playing:
        raise AssertionError("the race was over before the measurement was")
    window.close()
    best = min(spells, key=lambda spell: spell.high)
    what = f"{RUNS} runs flat out: "
    return [
        Row(what + "lateness, 99th percentile", best.high, "ms", target=Target(12.0)),
        Row(what + "frames", best.frames, "a second", target=Target(55.0, at_least=True)),
        Row(what + "steps shown of each run", best.shown, "a second"),
        Row(
            what + "steps computed of all runs together",
            best.computed,
            "a second",
            target=Target(45_000.0, at_least=True),
        ),
    ]


@dataclass(frozen=True)
class _Spell:
    """A few seconds of a race: the 99th percentile of lateness in milliseconds, the rest a second."""

    high: float
    frames: float
    shown: float
    computed: float


def _spell(player: Player, paints: Paints, effort: Effort) -> _Spell:
    ticks = Ticks()
    start, frames, shown, computed = time.perf_counter(), paints.count, player.cursor, _computed(player)
    _let_run(effort.times(4000, 500))
    seconds = time.perf_counter() - start
    late = (np.diff(ticks.times) - TICK) * 1e3
    ticks.stop()
    middle, high, most = np.quantile(late, (0.5, 0.99, 1.0)).tolist()
    if effort.verbose:
        print(f"lateness: median {middle:.2f} ms, 99th percentile {high:.2f} ms, most {most:.2f} ms")
    return _Spell(
        high,
        (paints.count - frames) / seconds,
        (player.cursor - shown) / seconds,
        (_computed(player) - computed) / seconds,
    )


def _let_run(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _computed(player: Player) -> int:
    return sum(map(len, player.trajectories))
