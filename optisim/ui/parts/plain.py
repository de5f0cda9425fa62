"""Texts that are shown as they are, whatever stands in them.

Qt takes a text that looks like HTML for HTML, and shows its pictures and links. Names of runs, files, plug-ins and
what a formula or an exception says are somebody else's, so no label and no tool tip may guess.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import QLabel, QWidget


class Label(QLabel):
    """A label whose text is plain."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(text: str) -> str:
    """A tool tip that shows `text` as it is; tool tips themselves cannot be told that a text is plain."""
    return Gui.convertFromPlainText(text) if Gui.mightBeRichText(text) else text
