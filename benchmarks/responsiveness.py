"""How long the window stops answering while it exports, copies, and paints previews and the gallery.

A timer is to tick every millisecond in the window's thread; the longest time between two ticks is the longest
that a click might wait. Where other programs keep the machine busy, the row with nothing to do shows it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from lateness import Ticks
from PySide6.QtWidgets import QApplication
from results import Effort, Row, Target
from windows import process_until, shown_window

from optisim.app import make_application
from optisim.core.race.scenario import chapter_scenario
from optisim.export import tasks
from optisim.export.figures.figure import Figure
from optisim.export.tasks import PackedScenario, Shot
from optisim.ui.parts.jobs import Where
from optisim.ui.parts.processes import Work
from optisim.ui.race.export_dialog import ExportDialog
from optisim.ui.shell.gallery import Gallery
from optisim.ui.shell.window import MainWindow

LONGEST = 50.0  # milliseconds, which nobody notices
PATIENCE = 600.0  # seconds


def measure(effort: Effort) -> list[Row]:
    """The longest time without an answer in milliseconds, by what is done meanwhile."""
    make_application(["optisim"])
    steps = effort.times(100_000, 3_000)
    scenario = replace(chapter_scenario(), steps=steps)
    window = shown_window(chapter_scenario(), effort.folder)
    process_until(lambda: window.awake, PATIENCE)
    _watched(window, lambda: None, lambda: window.lab.player.reach == 30)  # what is done at the first time only
    gc.collect()
    gc.freeze()  # as the program does once its window is there

    shot = window.lab.figure_exports.shot(Figure())
    side = effort.times(6000, 600)
    big = replace(shot, figure=Figure(side, side, text=9.0 * side / 800))
    of_race = partial(PackedScenario.of, scenario)

    end = time.perf_counter() + effort.times(5)
    idle = _watched(window, lambda: None, lambda: time.perf_counter() > end)
    rows = [Row("longest wait for an answer: nothing is done", idle, "ms")]
    for ending in (".png", ".pdf"):
        path = effort.folder / f"figure{ending}"
        start = partial(_start, window, lambda path=path: partial(tasks.export_image, big, path))
        rows.append(_row(f"figure of {side} × {side} pixels, {ending[1:].upper()}", window, start))
    rows.append(_row("copy of the image", window, window.lab.figure_exports.copy_image))
    for ending in (".csv", ".json", ".npz"):
        path = effort.folder / f"race{ending}"
        start = partial(_start, window, lambda path=path: partial(tasks.export_data, of_race(), path))
        rows.append(_row(f"5 × {steps} steps as {ending[1:].upper()}", window, start))
    rows += [_gallery(window), _preview(window, shot, effort)]
    window.document.path = None
    window.close()
    return rows


def _start(window: MainWindow, work: Callable[[], Work]) -> None:
    window.jobs.start("benchmark", work(), where=Where.PROCESS)


def _row(what: str, window: MainWindow, start: Callable[[], object]) -> Row:
    gap = _watched(window, start, lambda: not window.jobs.running)
    return Row(f"longest wait for an answer: {what}", gap, "ms", target=Target(LONGEST))


def _gallery(window: MainWindow) -> Row:
    def painted() -> bool:
        (gallery,) = window.findChildren(Gallery)
        return gallery.complete

    gap = _watched(window, window.open_gallery, painted)
    window.findChildren(Gallery)[0].close()
    return Row("longest wait for an answer: gallery", gap, "ms", target=Target(LONGEST))


def _preview(window: MainWindow, shot: Shot, effort: Effort) -> Row:
    """The dialog is open, and one box after the other is ticked as soon as the preview shows the one before."""
    dialog = ExportDialog(shot, window.lab.player.racing, False, window.settings, window.jobs, window)
    dialog.show()
    process_until(lambda: not dialog.preview.busy, PATIENCE)
    boxes = list(dialog.form.parts.values())
    gaps = [
        _watched(window, boxes[number % len(boxes)].click, lambda: not dialog.preview.busy)
        for number in range(effort.times(20, 2))
    ]
    dialog.close()
    return Row("longest wait for an answer: preview", max(gaps), "ms", target=Target(LONGEST))


def _watched(window: MainWindow, start: Callable[[], object], done: Callable[[], bool]) -> float:
    """The longest time between two ticks from when something is started until it is done, in milliseconds."""
    ticks = Ticks()
    process_until(lambda: len(ticks.times) > 1, PATIENCE)
    start()
    process_until(done, PATIENCE)
    QApplication.processEvents()
    ticks.stop()
    return float(np.diff(ticks.times).max()) * 1e3
