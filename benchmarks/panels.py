"""A frame of the whole window with inspector, arrows, charts and results on, and with local picture and side view.

Five runs of a thousand steps; the panels that share the drawer stand side by side here, so that all of them paint.
"Stepping" refreshes all numbers at every frame, which is the most there can be; while it plays, numbers follow ten
times a second. Given are medians over the frames.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLayout, QWidget
from results import Effort, Row, Target
from windows import Paints, process_until, shown_window

from optisim.app import make_application
from optisim.core.race.scenario import chapter_scenario
from optisim.ui.shell.window import MainWindow

STEPS = 1000
WIDTH, HEIGHT = 1600, 1000
ADAM = 4  # the chapter's fifth method has the most equations


def measure(effort: Effort) -> list[Row]:
    """Milliseconds a frame while stepping and while playing, and for the inspector alone."""
    make_application(["optisim"])
    window = shown_window(replace(chapter_scenario(), steps=STEPS), effort.folder)
    window.resize(WIDTH, HEIGHT)
    process_until(lambda: window.awake, patience=20.0)  # some panels are made after the first frame
    panels = _side_by_side(window)
    window.lab.player.select(ADAM)
    process_until(lambda: window.lab.player.reach >= STEPS, patience=20.0)
    process_until(lambda: window.lab.inspection.awake and window.lab.inspector.view.ready, patience=20.0)
    _settle(0.5)
    frames = effort.times(400, 10)
    stepping = [_step(window, STEPS - frames / 2 + frame / 2) for frame in range(frames)]
    view = window.lab.inspector.view
    repaints = [_timed(view.repaint) for _ in range(effort.times(200, 5))]
    playing = _playing(window, effort.times(300, 5))
    panels.addWidget(window.lab.side_view)
    window.lab.display.show_part("local", True)
    _settle(0.3)
    with_all = _playing(window, effort.times(300, 5))
    window.close()
    what = f"5 runs of {STEPS:,} steps, inspector, arrows, charts and results: "
    return [
        Row(what + "a frame, all numbers anew", statistics.median(stepping), "ms", target=Target(8.0)),
        Row(what + "a frame while playing", statistics.median(playing), "ms", target=Target(8.0)),
        Row("the same with local picture and side view, while playing", statistics.median(with_all), "ms"),
        Row("the inspector's equations, one repaint", statistics.median(repaints), "ms", target=Target(1.0)),
    ]


def _side_by_side(window: MainWindow) -> QLayout:
    """Show all panels of the drawer at once but the side view, in a row below; returns the row's layout."""
    window.workspace.hide_panel("side")
    row = QWidget()
    layout = QHBoxLayout(row)
    lab = window.lab
    panels = (lab.charts, lab.inspector, lab.results)
    for panel in panels:
        layout.addWidget(panel)
    dock = QDockWidget()
    dock.setWidget(row)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    _settle(0.3)
    hidden = [type(panel).__name__ for panel in panels if panel.visibleRegion().isEmpty()]
    assert not hidden, f"not to be seen: {hidden}"
    return layout


def _settle(seconds: float) -> None:
    end = time.perf_counter() + seconds
    process_until(lambda: time.perf_counter() > end, patience=seconds + 20.0)


def _step(window: MainWindow, cursor: float) -> float:
    """Milliseconds to go to another instant, until all is painted."""

    def go() -> None:
        window.lab.player.seek(cursor)
        QCoreApplication.processEvents()

    return _timed(go)


def _playing(window: MainWindow, frames: int) -> list[float]:
    """Milliseconds that the window's thread is at work for each painted frame while the race plays."""
    paints = Paints(window.lab.map_view.viewport())
    window.lab.player.to_start()
    window.lab.player.clock.set_speed(10.0)
    window.lab.player.play()
    found: list[float] = []
    while len(found) < frames and window.lab.player.clock.playing:
        before = paints.count
        took = _timed(QCoreApplication.processEvents)
        if paints.count > before:
            found.append(took)
    window.lab.player.clock.pause()
    return found


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3
