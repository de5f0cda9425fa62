"""The window's commands that take pictures away: image and clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from optisim.core.problems import Problem
from optisim.language import explain, tr

if TYPE_CHECKING:
    from optisim.ui.window import MainWindow


def export_figure(window: MainWindow) -> None:
    """Ask for size, format and place, and write what is on the canvas."""
    from optisim.export.figures import save_figure
    from optisim.ui.export_dialog import ExportDialog

    dialog = ExportDialog(window.settings, window)
    if not dialog.exec() or dialog.path is None:
        return
    try:
        save_figure(window.canvas, dialog.path, dialog.size_chosen, dialog.scale.value())
    except Problem as problem:
        _refuse(window, problem)
    else:
        window.statusBar().showMessage(tr("Saved {path}", path=dialog.path), 8000)


def copy_figure(window: MainWindow) -> None:
    """Put what is on the canvas on the clipboard, at twice its size on the screen."""
    from optisim.export.figures import image_of

    try:
        image = image_of(window.canvas, QSize(window.canvas.size()), 2.0)
    except Problem as problem:
        _refuse(window, problem)
        return
    QGuiApplication.clipboard().setImage(image)
    window.statusBar().showMessage(tr("The image is on the clipboard"), 5000)


def _refuse(window: MainWindow, problem: Problem) -> None:
    QMessageBox.warning(window, "OptiSim", explain(problem))
