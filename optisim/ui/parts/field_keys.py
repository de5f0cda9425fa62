"""The shortcuts of the menus in fields that are typed into.

A line edit takes Ctrl+E, Ctrl+D, Ctrl+K and others for itself, as Emacs does. Here they mean what the menus say;
only what everybody knows of text fields stays theirs: copying, undoing, moving by words.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

FIELDS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
_Key = QKeySequence.StandardKey
OWN = (
    _Key.Copy,
    _Key.Cut,
    _Key.Paste,
    _Key.SelectAll,
    _Key.Undo,
    _Key.Redo,
    _Key.DeleteStartOfWord,
    _Key.DeleteEndOfWord,
    _Key.MoveToPreviousWord,
    _Key.MoveToNextWord,
    _Key.SelectPreviousWord,
    _Key.SelectNextWord,
    _Key.MoveToStartOfDocument,
    _Key.MoveToEndOfDocument,
    _Key.SelectStartOfDocument,
    _Key.SelectEndOfDocument,
)
"""What stays a field's own."""

_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class FieldKeys(QObject):
    """Lets fields leave to the menus what the menus have a shortcut for. One is enough for a program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, FIELDS):
            now.installEventFilter(self)  # a filter that is there already is only moved to the front

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.modifiers() & _COMMANDING or any(event.matches(key) for key in OWN):
            return False
        event.ignore()
        return True
