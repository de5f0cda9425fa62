"""The window's commands that take pictures away: figure, film and clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox

from optisim.canvas.map.snapshot import Snapshot
from optisim.core.base.problems import Problem
from optisim.core.race.simulate import race_to_end
from optisim.language import explain, tr

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

AT_ONCE = 200_000  # steps of all runs computed while the user waits; charts of longer races show what is known


def export_figure(window: MainWindow) -> None:
    """Ask how the figure is to be, and where, and write it."""
    from optisim.export.figures.formats import save_figure
    from optisim.ui.race.export_dialog import ExportDialog

    dialog = ExportDialog(window, _snapshot(window), _looked_at(window), filmed=False)
    if not dialog.exec() or dialog.path is None:
        return
    try:
        save_figure(dialog.painter(), window.player.racing, dialog.path)
    except Problem as problem:
        _refuse(window, problem)
    else:
        window.statusBar().showMessage(tr("Saved {path}", path=dialog.path), 8000)


def export_film(window: MainWindow) -> None:
    """Ask how the film is to be, and where, and begin to write it."""
    from optisim.core.documents.sharing import to_share
    from optisim.export.figures.formats import reserved_colors
    from optisim.ui.parts.jobs import start_film
    from optisim.ui.race.export_dialog import ExportDialog

    dialog = ExportDialog(window, _snapshot(window), _looked_at(window), filmed=True)
    if not dialog.exec() or dialog.path is None:
        return
    scenario, figure, looked_at = window.player.racing, dialog.figure, _looked_at(window)

    film = dialog.film()

    def painted() -> Callable[[float], QImage]:
        """What paints the film; made in the thread that writes it."""
        from optisim.export.figures.formats import image_of, painter_of

        painter = painter_of(figure, scenario, looked_at=looked_at, watch=_watch)
        painter.film(film.first, film.last)

        def paint(step: float) -> QImage:
            painter.show(step)
            return image_of(painter)

        return paint

    start_film(window, painted, film, dialog.path, reserved_colors(figure, scenario), to_share(scenario))


def copy_figure(window: MainWindow) -> None:
    """Put what is on the canvas on the clipboard, at twice its size on the screen."""
    from optisim.export.figures.figure import Figure
    from optisim.export.figures.formats import image_of
    from optisim.export.figures.painter import FigurePainter

    canvas = window.canvas
    figure = Figure(
        width=2.0 * canvas.width(),
        height=2.0 * canvas.height(),
        dpi=2 * 96.0,
        theme=window.theme.name,
        display=window.display,
        view=canvas.seen,
    )
    try:
        figure.check()
        image = image_of(FigurePainter(figure, _snapshot(window), _looked_at(window)))
    except Problem as problem:
        _refuse(window, problem)
        return
    QGuiApplication.clipboard().setImage(image)
    window.statusBar().showMessage(tr("The image is on the clipboard"), 5000)


def _snapshot(window: MainWindow) -> Snapshot:
    """What is on the canvas, with the whole race if that is known or soon will be."""
    snapshot, player = window.canvas.snapshot, window.player
    scenario = player.racing
    known = all(len(trajectory) > scenario.steps for trajectory in player.trajectories)
    if not known and scenario.steps * len(scenario.runs) <= AT_ONCE:
        return replace(snapshot, trajectories=tuple(race_to_end(scenario)))
    return snapshot


def _looked_at(window: MainWindow) -> tuple[int, int]:
    """The run, by its place in the list, and the ball that are looked at inside a step."""
    trajectories, trajectory = window.player.trajectories, window.inspection.trajectory
    place = next((i for i, one in enumerate(trajectories) if one is trajectory), 0)
    return place, window.inspection.ball


def _watch() -> None:
    """Give up the film whose thread this is, if it is no longer wanted."""
    from optisim.export.films import Cancelled

    if QThread.currentThread().isInterruptionRequested():
        raise Cancelled


def _refuse(window: MainWindow, problem: Problem) -> None:
    QMessageBox.warning(window, "OptiSim", explain(problem))
