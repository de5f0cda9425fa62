"""Help: keys and mouse, and what this program is."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QVBoxLayout, QWidget

import optisim
from optisim.language import tr


def show_keys(parent: QWidget) -> None:
    """A table of keys and mouse gestures."""
    rows = (
        (tr("Space"), tr("Play or pause")),
        ("←, →", tr("One step back or forward")),
        ("Home, End", tr("First or last step")),
        ("[, ]", tr("Slower or faster")),
        ("Ctrl+M", tr("Set or remove a bookmark at this step")),
        ("Ctrl+←, Ctrl+→", tr("Previous or next bookmark")),
        ("Ctrl+B", tr("Branch the selected optimizer at this step")),
        (tr("Click the map"), tr("Move the nearest start there")),
        (tr("Drag a start ring"), tr("Move that start")),
        (tr("Right click"), tr("Add or remove a start, copy or export the image")),
        (tr("Wheel"), tr("Zoom at the mouse; over an axis, that axis alone")),
        (tr("Drag the map"), tr("Move the view")),
        (tr("Double click"), tr("Show the whole domain again")),
        ("Ctrl++, Ctrl+−, Ctrl+0", tr("Zoom in, zoom out, reset the view")),
        ("L", tr("Show or hide the local picture at the selected ball")),
        ("Ctrl+N, Ctrl+O, Ctrl+S", tr("New, open or save a scenario")),
        ("Ctrl+Shift+O", tr("Choose an example")),
        ("Ctrl+Z, Ctrl+Shift+Z", tr("Undo or redo a change")),
        ("Ctrl+D, Delete", tr("Duplicate or remove the selected optimizer")),
        ("Alt+↑, Alt+↓", tr("Move the selected optimizer in the list")),
        ("Ctrl+E, Ctrl+Shift+C", tr("Export or copy the image")),
        ("Ctrl+Alt+E", tr("Export a film")),
        ("Ctrl+Alt+C, Ctrl+V", tr("Copy or open a share string")),
        (tr("Click or drag in a chart"), tr("Go to that step")),
        ("Ctrl+C", tr("Copy the table of results")),
    )
    cells = "".join(
        f"<tr><td style='padding: 3px 28px 3px 0'>{escape(keys)}</td>"
        f"<td style='padding: 3px 0'>{escape(what)}</td></tr>"
        for keys, what in rows
    )
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Keyboard and mouse"))
    label = QLabel(f"<table>{cells}</table>")
    label.setTextFormat(Qt.TextFormat.RichText)
    buttons = QDialogButtonBox()
    buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 16, 20, 12)
    column.setSpacing(12)
    column.addWidget(label)
    column.addWidget(buttons)
    dialog.open()


def show_about(parent: QWidget) -> None:
    """Name, version and purpose."""
    text = tr("A laboratory in which optimizers race over a loss surface.")
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("About OptiSim"))
    box.setIconPixmap(parent.windowIcon().pixmap(64, 64))
    box.setText(f"<b>OptiSim {optisim.__version__}</b>")
    box.setInformativeText(text)
    box.addButton(tr("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
