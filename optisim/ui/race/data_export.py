"""The commands that take numbers and texts of a race away: data, tables, scripts, share strings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from optisim.core.base.problems import N_, Problem
from optisim.core.base.progress import Progress
from optisim.core.documents.sharing import from_share, is_share, to_share
from optisim.core.race.scenario import Scenario
from optisim.language import explain, tr
from optisim.ui.parts.file_dialogs import ask_file
from optisim.ui.parts.jobs import Jobs, Where
from optisim.ui.parts.settings import Settings
from optisim.ui.race.player import Player

if TYPE_CHECKING:  # the panel is made after the first frame
    from optisim.ui.race.results_panel import ResultsPanel

FORMATS = {
    ".csv": N_("CSV, a table for spreadsheets and everything else"),
    ".json": N_("JSON, for programs"),
    ".npz": N_("NPZ, arrays for NumPy"),
}
TABLES = {
    ".csv": FORMATS[".csv"],
    ".md": N_("Markdown, for notes"),
    ".tex": N_("LaTeX, for papers"),
}


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
        open_scenario: Callable[[Scenario], object],
        parent: QWidget,
    ) -> None:
        self.table: ResultsPanel | None = None
        self._player = player
        self._settings = settings
        self._jobs = jobs
        self._open_scenario = open_scenario
        self._parent = parent

    # ── Files ────────────────────────────────────────────────────────────────────────────────────────────

    def export_data(self) -> None:
        """Ask for a place and a format, and begin to write the trajectories."""
        from optisim.export import tasks

        path = ask_file(self._parent, self._settings, tr("Export trajectories"), "optisim", FORMATS)
        if path is None:
            return
        self._jobs.start(
            path.name,
            partial(tasks.export_data, tasks.Race.of(self._player.scenario), path),
            done=lambda _: self._jobs.tell(tr("Saved {path}", path=path)),
            where=Where.PROCESS,
            path=path,
        )

    def export_table(self) -> None:
        """Ask for a place and a format, and begin to write the table of results as it stands."""
        from optisim.export.tables import save_table

        if self.table is None:
            return
        rows, name = self.table.cells(), f"optisim-step-{self.table.step}"
        path = ask_file(self._parent, self._settings, tr("Export table"), name, TABLES)
        if path is None:
            return

        def write(progress: Progress) -> None:
            save_table(rows, path)

        self._jobs.start(path.name, write, done=lambda _: self._jobs.tell(tr("Saved {path}", path=path)), path=path)

    # ── Clipboard ────────────────────────────────────────────────────────────────────────────────────────

    def copy_share(self) -> None:
        """Put the scenario on the clipboard as a share string."""
        self._copy(to_share(self._player.scenario), tr("The share string is on the clipboard"))

    def copy_script(self) -> None:
        """Put a Python program that makes the same race on the clipboard."""
        from optisim.export.script import script_of

        self._copy(script_of(self._player.scenario), tr("The Python script is on the clipboard"))

    def copy_results(self, ending: str) -> None:
        """Put the table of results on the clipboard as it stands, in the format of a file with this ending."""
        from optisim.export.tables import TABLE_EXPORTERS

        if self.table is None:
            return
        rows, written = self.table.cells(), TABLE_EXPORTERS[ending]
        said = tr("The results are on the clipboard")
        self._jobs.start(
            tr("Copy of the results"), lambda progress: written(rows), done=lambda text: self._copy(str(text), said)
        )

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._jobs.tell(said, 5000)

    # ── Share strings ────────────────────────────────────────────────────────────────────────────────────

    def open_share(self) -> None:
        """Ask for a share string, and show its scenario."""
        from optisim.ui.shell.share_dialog import ShareDialog

        dialog = ShareDialog(self._parent)
        if dialog.exec() and dialog.scenario is not None:
            self._open_scenario(dialog.scenario)

    def paste_share(self) -> None:
        """Show the scenario of the share string on the clipboard, or say in the status line that there is none."""
        text = QGuiApplication.clipboard().text()
        if not is_share(text):
            self._jobs.tell(tr("There is no share string on the clipboard"), 5000)
            return
        try:
            scenario = from_share(text)
        except Problem as problem:
            self._jobs.tell(explain(problem))
        else:
            self._open_scenario(scenario)
