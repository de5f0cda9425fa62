"""What the map of the race shows, and in which colours."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from optisim.canvas.map.snapshot import Display
from optisim.canvas.theme import LIGHT, Theme
from optisim.ui.parts.settings import Settings


class MapDisplay(QObject):
    """The user's choice of what is shown, which settings remember, and the theme.

    Signals:
        changed(): the map looks different now.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._value = settings.display  # kept, for every frame asks
        self._theme = LIGHT

    @property
    def value(self) -> Display:
        return self._value

    @property
    def theme(self) -> Theme:
        return self._theme

    def show_part(self, name: str, value: object) -> None:
        """Change one field of the Display."""
        self._value = replace(self._value, **{name: value})  # type: ignore[arg-type]
        self._settings.display = self._value
        self.changed.emit()

    def show_theme(self, theme: Theme) -> None:
        """Paint light or dark."""
        self._theme = theme
        self.changed.emit()
