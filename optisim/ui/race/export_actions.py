"""The commands that take pictures of a race away: figure, film and clipboard."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from optisim.canvas.map.snapshot import Display
from optisim.canvas.view import View
from optisim.core.base.problems import N_, Problem
from optisim.language import tr
from optisim.ui.parts import messages
from optisim.ui.parts.appearance import theme_named
from optisim.ui.parts.commands import Command
from optisim.ui.parts.jobs import Jobs, Where
from optisim.ui.parts.processes import Work
from optisim.ui.parts.settings import Settings
from optisim.ui.race.inspection import Inspection
from optisim.ui.race.player import Player

if TYPE_CHECKING:
    from optisim.export.figures.figure import Figure
    from optisim.export.tasks import Shot


class FigureExports:
    """Exports and copies what a view shows of a player's race. All of it is done by jobs, in processes."""

    def __init__(
        self, player: Player, inspection: Inspection, view: View, settings: Settings, jobs: Jobs, parent: QWidget
    ) -> None:
        self._player = player
        self._inspection = inspection
        self._view = view
        self._settings = settings
        self._jobs = jobs
        self._parent = parent

    def commands(self) -> Iterator[Command]:
        """What this can do."""
        yield Command("race.export", N_("&Export image…"), self.export_image, "Ctrl+E", "export-image")
        yield Command("race.film", N_("Export &film…"), self.export_film, "Ctrl+Shift+F", "film")
        yield Command("race.copy", N_("&Copy image"), self.copy_image, "Ctrl+Shift+C", "copy")

    def export_image(self) -> None:
        """Ask how the figure is to be, and where, and begin to write it."""
        self._export(filmed=False)

    def export_film(self) -> None:
        """Ask how the film is to be, and where, and begin to write it."""
        self._export(filmed=True)

    def _export(self, filmed: bool) -> None:
        from optisim.export import tasks
        from optisim.ui.race.export_dialog import ExportDialog
        from optisim.ui.race.figure_form import figure_of

        settings = self._settings
        remembered = settings.film_figure if filmed else settings.figure
        figure = figure_of(self._display, self._view.seen, settings.equal_axes, remembered)
        shot = self.shot(figure)
        dialog = ExportDialog(shot, self._player.racing, filmed, settings, self._jobs, self._parent)
        dialog.exec()
        dialog.deleteLater()
        path = dialog.path
        if path is None:
            return
        work: Work
        if filmed:
            work, exclusive = partial(tasks.export_film, dialog.shot(), dialog.film(), path), "film"
        else:
            work, exclusive = partial(tasks.export_image, dialog.shot(), path), ""
        self._jobs.start(
            path.name,
            work,
            done=lambda _: self._jobs.tell(tr("Saved {path}", path=path)),
            where=Where.PROCESS,
            exclusive=exclusive,
            path=path,
        )

    def copy_image(self) -> None:
        """Put what is in view on the clipboard, at twice its size on the screen."""
        from optisim.export.figures.figure import Figure

        figure = Figure(
            width=2.0 * self._view.width(),
            height=2.0 * self._view.height(),
            dpi=2 * 96.0,
            theme=theme_named(self._settings.theme).name,
            display=self._display,
            view=self._view.seen,
        )
        try:
            figure.check()
        except Problem as problem:
            messages.warn(self._parent, problem)
            return
        copy_shot(self.shot(figure), self._jobs)

    @property
    def _display(self) -> Display:
        """What the map shows, and the legend: a picture that is taken away has no list of runs beside it."""
        return self._settings.display.with_parts(legend=True)

    def shot(self, figure: Figure) -> Shot:
        """A figure of what is in view now."""
        from optisim.export.tasks import PackedScenario, Shot

        player, snapshot = self._player, self._view.snapshot
        trajectory = self._inspection.trajectory
        place = next((i for i, one in enumerate(player.trajectories) if one is trajectory), 0)
        slow = self._inspection.phase is not None and snapshot.scenario == player.racing
        return Shot(
            figure,
            PackedScenario.of(player.racing),
            snapshot.cursor,
            (place, self._inspection.ball),
            snapshot.selected,
            snapshot.arrow_sets if slow else None,
            self._view.picture,
        )


def copy_shot(shot: Shot, jobs: Jobs, tell: Callable[[str], object] | None = None) -> None:
    """Begin to put a figure on the clipboard; once it is there, the status bar says so, and `tell` is told."""
    from optisim.export import tasks

    def copied(copy: object) -> None:
        assert isinstance(copy, tasks.Copy)
        data = QMimeData()
        data.setImageData(copy.pixels.image())
        data.setData("image/png", copy.png)
        if copy.svg:
            data.setData("image/svg+xml", copy.svg)
        QGuiApplication.clipboard().setMimeData(data)
        atexit.unregister(_leave_plain_image)  # of the copy before
        atexit.register(_leave_plain_image, data)
        said = tr("The image is on the clipboard")
        jobs.tell(said, 5000)
        if tell is not None:
            tell(said)

    jobs.start(tr("Copy of the image"), partial(tasks.copy_image, shot), done=copied, where=Where.PROCESS)


def _leave_plain_image(data: QMimeData) -> None:
    """Leave the clipboard an object of Qt's own: one made here would be asked after Python has ended, and crash."""
    if isValid(data) and QGuiApplication.instance() is not None:  # else something else has been copied since
        QGuiApplication.clipboard().setImage(data.imageData())
