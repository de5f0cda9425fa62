"""What all panels share: texts that follow the language, and a pause before slow text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

TEXT_INTERVAL = 100  # milliseconds; numbers that change faster cannot be read


class Panel(QWidget):
    """A widget whose texts are set in `retranslate`, at the start and whenever the language changes."""

    def retranslate(self) -> None:
        """Set all texts."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Unhurried(QObject):
    """Calls `action` at most ten times a second, however often it is asked to, and once more at the end."""

    def __init__(self, action: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TEXT_INTERVAL)
        self._timer.timeout.connect(action)

    def ask(self) -> None:
        """Call the action soon."""
        if not self._timer.isActive():
            self._timer.start()
