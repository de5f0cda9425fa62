"""Help: keys and mouse, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

import optisim
from optisim.language import tr


def show_keys(parent: QWidget) -> None:
    """A table of keys and mouse gestures."""
    time = (
        (tr("Space"), tr("Play or pause")),
        ("←, →", tr("One step back or forward")),
        ("Shift+←, Shift+→", tr("One line of the update rule back or forward")),
        ("Home, End", tr("First or last step")),
        ("[, ]", tr("Slower or faster")),
        ("Ctrl+M", tr("Set or remove a bookmark at this step")),
        ("Ctrl+←, Ctrl+→", tr("Previous or next bookmark")),
        ("Ctrl+B", tr("Branch the selected optimizer at this step")),
        (tr("Click or drag in a chart"), tr("Go to that step")),
    )
    view = (
        (tr("Click the map"), tr("Move the nearest start there")),
        (tr("Drag a start ring"), tr("Move that start")),
        (tr("Right click"), tr("Add or remove a start, copy or export the image")),
        (tr("Wheel"), tr("Zoom at the mouse; over an axis, that axis alone")),
        (tr("Drag the map"), tr("Move the view")),
        (tr("Double click"), tr("Show the whole domain again")),
        ("Ctrl++, Ctrl+−, Ctrl+0", tr("Zoom in, zoom out, reset the view")),
        ("A, L", tr("Show or hide arrows, the local picture")),
    )
    race = (
        ("Ctrl+D, Delete", tr("Duplicate or remove the selected optimizer")),
        ("Alt+↑, Alt+↓", tr("Move the selected optimizer in the list")),
        ("Ctrl+H", tr("Show or hide the selected optimizer")),
        ("Ctrl+T", tr("Add a start point")),
        ("Ctrl+Z, Ctrl+Shift+Z", tr("Undo or redo a change")),
    )
    files = (
        ("Ctrl+N, Ctrl+O, Ctrl+S", tr("New, open or save a scenario")),
        ("Ctrl+Shift+O", tr("Choose an example")),
        ("Ctrl+E, Ctrl+Shift+C", tr("Export or copy the image")),
        ("Ctrl+Shift+F", tr("Export a film")),
        ("Ctrl+Shift+E", tr("Export the trajectories")),
        ("Ctrl+Shift+L, Ctrl+V", tr("Copy or open a share string")),
        ("Ctrl+C", tr("Copy the table of results")),
    )
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Keyboard and mouse"))
    tables = QHBoxLayout()
    tables.setSpacing(28)
    for groups in (((tr("Time"), time), (tr("Race"), race)), ((tr("Map"), view), (tr("Files"), files))):
        label = QLabel("".join(f"<h4>{escape(title)}</h4>{_table(rows)}" for title, rows in groups))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        tables.addWidget(label)
    buttons = QDialogButtonBox()
    buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 16, 20, 12)
    column.setSpacing(12)
    column.addLayout(tables)
    column.addWidget(buttons)
    dialog.open()


def _table(rows: Iterable[tuple[str, str]]) -> str:
    """Keys and what they do, in two columns."""
    cells = "".join(
        f"<tr><td style='padding: 2px 18px 2px 0'>{escape(keys)}</td>"
        f"<td style='padding: 2px 0'>{escape(what)}</td></tr>"
        for keys, what in rows
    )
    return f"<table>{cells}</table>"


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
