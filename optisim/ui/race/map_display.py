"""What the map of the race shows, and in which colours."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from optisim.canvas.colormaps import COLORMAPS
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

    def shows(self, name: str) -> bool:
        """Whether a part of the map is shown."""
        return self._value.shows(name)

    def show_part(self, name: str, on: bool) -> None:
        """Show a part of the map, or leave it out.

        Raises:
            Problem: if there is no such part.
        """
        self._change(self._value.with_parts(**{name: on}))

    def show_colormap(self, name: str) -> None:
        """Show heights in another colour map.

        Raises:
            Problem: if there is no such colour map.
        """
        self._change(replace(self._value, colormap=COLORMAPS[name].name))

    def _change(self, value: Display) -> None:
        self._value = value
        self._settings.display = value
        self.changed.emit()

    def show_theme(self, theme: Theme) -> None:
        """Paint light or dark."""
        self._theme = theme
        self.changed.emit()
