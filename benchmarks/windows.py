"""OptiSim's window and canvas under measurement: settings of their own, and every paint counted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # nothing but painting itself is to be measured

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings
from PySide6.QtWidgets import QWidget

from optisim.app import make_window
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import Scenario, make_scenario, suited
from optisim.core.surfaces import SURFACES
from optisim.ui.parts.settings import Settings
from optisim.ui.shell.window import MainWindow

RUNS = 20


class Paints(QObject):
    """Counts the paint events that a widget gets."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False

    def next(self, change: Callable[[], object]) -> float:
        """Make `change` and wait until it is painted; the seconds that took."""
        before, start = self.count, time.perf_counter()
        change()
        process_until(lambda: self.count > before, patience=20.0)
        return time.perf_counter() - start


def process_until(done: Callable[[], bool], patience: float) -> None:
    """Process events until `done`.

    Raises:
        TimeoutError: after `patience` seconds.
    """
    end = time.perf_counter() + patience
    while not done():
        QCoreApplication.processEvents()
        if time.perf_counter() > end:
            raise TimeoutError(f"nothing happened for {patience} seconds")


def race_of_many(steps: int) -> Scenario:
    """Twenty runs, of all methods in turn and at different rates, on Himmelblau's surface."""
    surface = SURFACES["himmelblau"]
    kinds = list(OPTIMIZERS.values())
    optimizers = []
    for number in range(RUNS):
        optimizer = suited(kinds[number % len(kinds)](), surface)
        rate = optimizer.values["lr"] * 0.5 ** (number // len(kinds))
        optimizers.append(optimizer.with_value("lr", rate))
    return make_scenario(surface, optimizers, steps=steps)


def shown_window(scenario: Scenario, folder: Path) -> MainWindow:
    """The real main window with `scenario`, as it is at the first start, with its settings in `folder`.

    A QApplication must exist.
    """
    window = make_window(Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)))
    window.lab.player.set_scenario(scenario)
    window.show()
    return window
