"""Message boxes. Their texts are plain: they quote names and files that somebody else wrote."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from optisim.core.base.problems import Problem
from optisim.language import explain

Button = QMessageBox.StandardButton
Icon = QMessageBox.Icon


def warn(parent: QWidget | None, what: Problem | str) -> None:
    """Say what went wrong, and wait until it is read."""
    _run(message_box(parent, Icon.Warning, explain(what) if isinstance(what, Problem) else what, Button.Ok))


def inform(parent: QWidget | None, text: str) -> None:
    """Say something, and wait until it is read."""
    _run(message_box(parent, Icon.Information, text, Button.Ok))


def ask(parent: QWidget | None, text: str, buttons: Button, default: Button) -> Button:
    """Ask a question, and wait for the button that is the answer; Escape is Cancel or No."""
    box = message_box(parent, Icon.Question, text, buttons)
    box.setDefaultButton(default)
    return Button(_run(box))


def message_box(parent: QWidget | None, icon: Icon, text: str, buttons: Button = Button.NoButton) -> QMessageBox:
    """A message box that is not shown yet, for buttons of one's own."""
    box = QMessageBox(icon, "OptiSim", text, buttons, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def _run(box: QMessageBox) -> int:
    try:
        return box.exec()
    finally:
        box.deleteLater()
