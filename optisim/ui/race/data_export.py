"""The commands that take numbers and texts of a race away: data, tables, scripts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from optisim.core.base.problems import N_
from optisim.core.base.progress import Progress
from optisim.export.tables import TABLE_FORMATS, save_table
from optisim.language import tr
from optisim.ui.parts.commands import Command
from optisim.ui.parts.file_dialogs import ask_file
from optisim.ui.parts.jobs import Jobs, Where
from optisim.ui.parts.settings import Settings
from optisim.ui.race.player import Player

if TYPE_CHECKING:  # the panel is made after the first frame
    from optisim.ui.race.results_panel import ResultsPanel


def copies_of_results() -> dict[str, str]:
    """The commands that put the table of results on the clipboard, by the ending of files of that format."""
    formats = TABLE_FORMATS.items()
    return {ending: f"race.copy_{ending.removeprefix('.')}" for ending, form in formats if form.results}


class DataExports:
    """Exports and copies the numbers of a player's race.

    Attributes:
        table: the panel whose results are taken; None until there is one.
    """

    def __init__(
        self,
        player: Player,
        settings: Settings,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        self.table: ResultsPanel | None = None
        self._player = player
        self._settings = settings
        self._jobs = jobs
        self._parent = parent

    def commands(self) -> Iterator[Command]:
        """What this can do."""
        yield Command("race.csv", N_("Export &trajectories…"), self.export_data, "Ctrl+Shift+E", "csv")
        yield Command("race.copy_script", N_("&Python script"), self.copy_script)
        for ending, id_ in copies_of_results().items():
            yield Command(id_, TABLE_FORMATS[ending].results, partial(self.copy_results, ending))

    # ── Files ────────────────────────────────────────────────────────────────────────────────────────────

    def export_data(self) -> None:
        """Ask for a place and a format, and begin to write the trajectories."""
        from optisim.export import tasks
        from optisim.export.trajectories import TRAJECTORY_FORMATS

        formats = TRAJECTORY_FORMATS.titles
        path = ask_file(self._parent, self._settings, tr("Export trajectories"), "optisim", formats)
        if path is None:
            return
        self._jobs.start(
            path.name,
            partial(tasks.export_data, tasks.PackedScenario.of(self._player.scenario), path),
            done=lambda _: self._jobs.tell(tr("Saved {path}", path=path)),
            where=Where.PROCESS,
            path=path,
        )

    def export_table(self) -> None:
        """Ask for a place and a format, and begin to write the table of results as it stands."""
        if self.table is None:
            return
        rows, name = self.table.cells(), f"optisim-step-{self.table.step}"
        path = ask_file(self._parent, self._settings, tr("Export table"), name, TABLE_FORMATS.titles)
        if path is None:
            return

        def write(progress: Progress) -> None:
            save_table(rows, path)

        self._jobs.start(path.name, write, done=lambda _: self._jobs.tell(tr("Saved {path}", path=path)), path=path)

    # ── Clipboard ────────────────────────────────────────────────────────────────────────────────────────

    def copy_script(self) -> None:
        """Put a Python program that makes the same race on the clipboard."""
        from optisim.export.script import script_of

        self._copy(script_of(self._player.scenario), tr("The Python script is on the clipboard"))

    def copy_results(self, ending: str) -> None:
        """Put the table of results on the clipboard as it stands, in the format of a file with this ending."""
        if self.table is None:
            return
        rows, written = self.table.cells(), TABLE_FORMATS[ending].write
        said = tr("The results are on the clipboard")
        self._jobs.start(
            tr("Copy of the results"), lambda progress: written(rows), done=lambda text: self._copy(str(text), said)
        )

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._jobs.tell(said, 5000)
