"""The scenario as a file: new, open, save, recent files, files dropped on the window, and what is not saved yet."""

from __future__ import annotations

import contextlib
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from optisim.core.base.problems import N_, Problem
from optisim.core.documents.scenario_file import to_json
from optisim.core.optimizers.plugins import load_installed
from optisim.core.race.scenario import Scenario, chapter_scenario
from optisim.export.files import write_safely
from optisim.export.sources import EMBEDDING_ENDINGS, is_file, read_scenario, read_source
from optisim.language import explain, tr
from optisim.ui.parts.file_dialogs import ask_file

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

ENDING = ".optisim.json"
MOST_RECENT = 8


class Document(QObject):
    """Which file a window's scenario is in.

    A scenario without a file is kept from one start to the next anyway; only what a file does not have yet can be
    lost, and is asked about.

    Signals:
        fileChanged(): the scenario was saved or opened, or belongs to no file any more.
    """

    fileChanged = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._player = window.player
        self.path: Path | None = None
        self._saved = self._player.scenario
        self._stored = window.settings.scenario  # when this window opened
        self.recent_menu = QMenu(window)
        self.recent_menu.aboutToShow.connect(self._list_recent)
        self._player.scenarioChanged.connect(self._show_title)
        window.setAcceptDrops(True)
        window.canvas.setAcceptDrops(False)  # else it takes what is meant for the window, and does nothing with it
        window.installEventFilter(self)
        self._resume()

    @property
    def modified(self) -> bool:
        """Whether there is something that the file does not have."""
        return self.path is not None and self.at_risk

    @property
    def at_risk(self) -> bool:
        """Whether there is something that neither a file has nor was there at the start."""
        return self._player.scenario != self._saved

    def keep(self) -> None:
        """Store what the next start goes on with: what the file has, or, without a file, all that there is.

        A window in which nothing was changed leaves what another one has stored.
        """
        settings = self._window.settings
        if self.at_risk or self.path is not None or settings.scenario == self._stored:
            settings.scenario = to_json(self._saved if self.path is not None else self._player.scenario)

    # ── New and open ─────────────────────────────────────────────────────────────────────────────────────

    def new(self) -> None:
        """Begin anew with the chapter's experiment."""
        self.open_scenario(chapter_scenario())

    def open_scenario(self, scenario: Scenario) -> None:
        """Show a scenario that is in no file; what was there can be had back with undo."""
        if self.may_leave():
            self._belong_to(None)
            self._window.history.finish()
            self._show(scenario)

    def open(self) -> None:
        """Ask for a file, and show it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open scenario"),
            self._folder,
            tr(
                "Scenarios ({endings})",
                endings=" ".join([f"*{ENDING}", "*.json", *(f"*{e}" for e in EMBEDDING_ENDINGS)]),
            ),
        )
        if chosen:
            self.open_file(Path(chosen))

    def open_source(self, text: str) -> None:
        """Show the scenario of a file, a share string or an example, as the command line names it.

        Raises:
            Problem: if it cannot be read.
        """
        try:
            scenario = read_source(text)
        except Problem:
            load_installed()  # it may be an optimizer of a package that is missing
            scenario = read_source(text)
        if is_file(text):
            self._take(scenario, Path(text))
        else:
            self.open_scenario(scenario)

    def open_file(self, path: Path) -> None:
        """Show the scenario in a file, or say why not, and change nothing."""
        try:
            scenario = read_scenario(path)
        except Problem as problem:
            QMessageBox.warning(self._window, "OptiSim", explain(problem))
        else:
            self._take(scenario, path)

    def _take(self, scenario: Scenario, path: Path) -> None:
        """Show what was read from a file, which it belongs to from now on, unless that is an image."""
        if path.suffix.lower() in EMBEDDING_ENDINGS:
            self.open_scenario(scenario)
        elif self.may_leave():
            with contextlib.suppress(Problem):
                scenario = read_scenario(path)  # once more, for what was just saved may be this file
            self._show(scenario)
            self._saved = scenario
            self._belong_to(path)
            self._window.history.forget()

    def recover(self, scenario: Scenario, path: Path | None) -> None:
        """Show what was rescued; it belongs to its file again, which does not have all of it."""
        if path is not None:
            try:
                self._saved = read_scenario(path)
            except Problem:  # the file is gone
                path = None
        self._show(scenario)
        self._belong_to(path)
        self._window.history.forget()

    def _show(self, scenario: Scenario) -> None:
        self._player.pause()
        self._player.set_scenario(scenario)
        self._player.to_start()
        self._window.canvas.reset_view()

    # ── Save ─────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> bool:
        """Write the file, or ask for one first. False if nothing was written."""
        return self._write(self.path) if self.path is not None else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file, and write it. False if nothing was written."""
        name = self.path.name if self.path is not None else self._player.scenario.surface.slug or "scenario"
        formats = {ENDING: N_("OptiSim scenario")}
        title = tr("Save scenario")
        path = ask_file(self._window, self._window.settings, title, name.removesuffix(ENDING), formats)
        return path is not None and self._write(path)

    def _write(self, path: Path) -> bool:
        scenario = self._player.scenario
        try:
            write_safely(path, lambda temporary: temporary.write_text(to_json(scenario) + "\n", encoding="utf-8"))
        except Problem as problem:
            QMessageBox.warning(self._window, "OptiSim", explain(problem))
            return False
        self._saved = scenario
        self._belong_to(path)
        self._window.statusBar().showMessage(tr("Saved {path}", path=path), 8000)
        return True

    def may_leave(self) -> bool:
        """Ask about what the file does not have yet. False if the user wants to stay."""
        if not self.modified:
            return True
        buttons = QMessageBox.StandardButton
        assert self.path is not None
        answer = QMessageBox.question(
            self._window,
            "OptiSim",
            tr("“{file}” has changes that are not saved. Save them?", file=self.path.name),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard

    # ── Name ─────────────────────────────────────────────────────────────────────────────────────────────

    def _belong_to(self, path: Path | None) -> None:
        self.path = path
        self._window.settings.document = str(path) if path is not None else ""
        if path is not None:
            listed = [str(path), *(name for name in self._recent if name != str(path))]
            self._window.settings.recent = json.dumps(listed[:MOST_RECENT])
        self._show_title()
        self.fileChanged.emit()

    def _resume(self) -> None:
        """Go on with the file of the last time, if it still has what is shown.

        It has not if something else changed it, or if the program ended before it noted what to go on with.
        """
        name = self._window.settings.document
        with suppress(Problem):
            if name and read_scenario(Path(name)) == self._saved:
                self.path = Path(name)
        if self.path is None:
            self._window.settings.document = ""
        self._show_title()

    def _show_title(self, *_: object) -> None:
        title = tr("{file} – OptiSim", file=f"{self.path.name}[*]") if self.path is not None else "OptiSim"
        self._window.setWindowTitle(title)
        self._window.setWindowModified(self.modified)

    @property
    def _folder(self) -> str:
        return str(self.path.parent) if self.path is not None else self._window.settings.export_folder

    # ── Recent files ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def _recent(self) -> list[str]:
        try:
            names = json.loads(self._window.settings.recent or "[]")
        except ValueError:
            return []
        return [str(name) for name in names] if isinstance(names, list) else []

    def _list_recent(self) -> None:
        self.recent_menu.clear()
        for name in self._recent:
            action = self.recent_menu.addAction(Path(name).name.replace("&", "&&"))
            action.setToolTip(name)
            action.triggered.connect(lambda _, name=name: self.open_file(Path(name)))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(tr("None yet")).setEnabled(False)

    # ── Drag and drop ────────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _file_in(event) is not None:
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            path = _file_in(event)
            if path is not None:
                event.acceptProposedAction()
                self.open_file(path)
                return True
        return False


def _file_in(event: QDropEvent) -> Path | None:
    """The one file that is being dragged."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
