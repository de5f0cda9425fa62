"""The window's commands that take numbers and texts away: data, tables, scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from optisim.core.base.problems import N_, Problem
from optisim.language import explain, tr
from optisim.ui.parts.file_dialogs import ask_file

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

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


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────


def export_data(window: MainWindow) -> None:
    """Ask for a place and a format, and write the trajectories."""
    from optisim.core.race.simulate import race_to_end
    from optisim.export.trajectories import save_data

    path = ask_file(window, window.settings, tr("Export trajectories"), "optisim", FORMATS)
    if path is None:
        return
    scenario = window.player.scenario
    try:
        save_data(scenario, race_to_end(scenario), path)
    except Problem as problem:
        _refuse(window, problem)
    else:
        window.statusBar().showMessage(tr("Saved {path}", path=path), 8000)


def export_table(window: MainWindow) -> None:
    """Ask for a place and a format, and write the table of results as it stands."""
    from optisim.export.tables import save_table

    assert window.panels is not None
    table = window.panels.table
    rows, name = table.cells(), f"optisim-step-{table.step}"
    path = ask_file(window, window.settings, tr("Export table"), name, TABLES)
    if path is None:
        return
    try:
        save_table(rows, path)
    except Problem as problem:
        _refuse(window, problem)
    else:
        window.statusBar().showMessage(tr("Saved {path}", path=path), 8000)


# ── Clipboard ────────────────────────────────────────────────────────────────────────────────────────────


def copy_script(window: MainWindow) -> None:
    """Put a Python program that makes the same race on the clipboard."""
    from optisim.export.script import script_of

    _copy(window, script_of(window.player.scenario), tr("The Python script is on the clipboard"))


def copy_results(window: MainWindow, ending: str) -> None:
    """Put the table of results on the clipboard as it stands, in the format of a file with this ending."""
    from optisim.export.tables import TABLE_EXPORTERS

    if window.panels is not None:  # which it is until the first frame
        text = TABLE_EXPORTERS[ending](window.panels.table.cells())
        _copy(window, text, tr("The results are on the clipboard"))


def _copy(window: MainWindow, text: str, said: str) -> None:
    QGuiApplication.clipboard().setText(text)
    window.statusBar().showMessage(said, 5000)


def _refuse(window: MainWindow, problem: Problem) -> None:
    QMessageBox.warning(window, "OptiSim", explain(problem))
