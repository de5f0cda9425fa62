"""The document of a lab while it is open: one frozen value, and a signal when another one takes its place."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

D = TypeVar("D")


class DocumentModel(QObject, Generic[D]):
    """Holds a document. Who wants to change it sets another value; who shows it listens.

    Signals:
        changed(object): there is another value.
    """

    changed = Signal(object)

    def __init__(self, value: D, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = value

    @property
    def value(self) -> D:
        return self._value

    def set(self, value: D) -> None:
        """Let another document take the place of this one; nothing happens if it is the same."""
        if value != self._value:
            self._value = value
            self.changed.emit(value)
