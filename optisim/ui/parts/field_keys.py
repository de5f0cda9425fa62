"""Keys in fields that are typed into: what the menus have a shortcut for, and how a field is left.

A line edit takes Ctrl+E, Ctrl+D, Ctrl+K and others for itself, as Emacs does. Here they mean what the menus say;
only what everybody knows of text fields stays theirs: copying, undoing, moving by words. Enter takes what was typed
and leaves the field, Escape leaves it as it was before: then Space plays again.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

LINES = (QLineEdit, QAbstractSpinBox, QAbstractSlider)  # in which Enter means that it is done
FIELDS = (*LINES, QPlainTextEdit, QTextEdit)
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

OWN_KEYS = "own keys"
"""The property of a field that has an event filter of its own for its keys."""

_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldKeys(QObject):
    """Watches the keys in the fields of one window; its dialogs and menus are left alone.

    Signals:
        left(): a field was left by Enter or Escape; the keys are to go to what they usually go to.
    """

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QGuiApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, FIELDS) and now.window() is self._window and not now.property(OWN_KEYS):
            now.installEventFilter(self)  # a filter that is there already is only moved to the front

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._keeps(field, event)
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(field, LINES)
            and not event.modifiers() & _COMMANDING
        ):
            if event.key() in _ENTER:
                QTimer.singleShot(0, self, lambda: self._leave(field))
            elif event.key() == Qt.Key.Key_Escape:
                if isinstance(field, QAbstractSpinBox):
                    _take_back(field)
                self._leave(field)
                return True
        return False

    def _keeps(self, field: QObject, event: QKeyEvent) -> bool:
        """Decide whose a key is before shortcuts are looked at."""
        if event.key() == Qt.Key.Key_Escape and isinstance(field, LINES):
            event.accept()
            return True
        if not event.modifiers() & _COMMANDING or any(event.matches(key) for key in OWN):
            return False
        event.ignore()
        return True

    def _leave(self, field: QObject) -> None:
        if isinstance(field, QWidget) and field.hasFocus():
            self.left.emit()


def _take_back(box: QAbstractSpinBox) -> None:
    """Show the value again that the box has, whatever was typed since."""
    edit = box.findChild(QLineEdit)
    text = getattr(box, "textFromValue", None)
    value = getattr(box, "value", None)
    if edit is not None and text is not None and value is not None:
        edit.setText(f"{box.property('prefix') or ''}{text(value())}{box.property('suffix') or ''}")
