"""What the mouse does on the map: starts are placed, dragged, added and removed."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from optisim.canvas.map.map_view import MapView
from optisim.core.race.scenario import Scenario
from optisim.core.surfaces import Point
from optisim.language import tr
from optisim.ui.parts.commands import Commands
from optisim.ui.race.player import Player


class MapInteractor(QObject):
    """Turns the canvas's signals into scenarios for the player."""

    def __init__(self, player: Player, canvas: MapView, commands: Commands) -> None:
        super().__init__(canvas)
        self._player = player
        self._map_view = canvas
        self._commands = commands
        canvas.startPlaced.connect(self.place_start)
        canvas.startDragged.connect(self.drag_start)
        canvas.startsTakenBack.connect(self.take_back_starts)
        canvas.menuRequested.connect(self._open_menu)
        player.scenarioChanged.connect(self.show_scenario)

    def place_start(self, point: Point) -> None:
        """Move the nearest start to `point`."""
        self._player.set_scenario(self._player.scenario.with_nearest_start(self._told_apart(point)))

    def drag_start(self, number: int, point: Point) -> None:
        """Move start `number` to `point`."""
        if number < len(self._player.scenario.starts):
            self._player.set_scenario(self._player.scenario.with_start(number, self._told_apart(point)))

    def take_back_starts(self, starts: tuple[Point, ...]) -> None:
        """Put the starts back to where they were, to the last digit."""
        scenario = self._player.scenario
        if len(starts) == len(scenario.starts):
            self._player.set_scenario(replace(scenario, starts=starts))

    def _told_apart(self, point: Point) -> Point:
        """A point with the digits that a pixel of the map can tell."""
        x, y = (rounded(value, size) for value, size in zip(point, self._map_view.pixel, strict=True))
        return x, y

    def add_start(self) -> None:
        """Add a start away from the others, if there is room for one."""
        if not self._player.scenario.can_take_a_start:
            return
        self._player.set_scenario(self._player.scenario.with_another_start())

    def show_scenario(self, scenario: Scenario) -> None:
        """Offer what this scenario has room for."""
        self._commands.action("race.add_start").setEnabled(scenario.can_take_a_start)

    def _open_menu(self, at: QPoint, point: Point, start: int | None) -> None:
        player, scenario = self._player, self._player.scenario
        menu = QMenu(self._map_view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Move the start here")).triggered.connect(lambda: self.place_start(point))
        another = menu.addAction(tr("Add a start here"))
        another.setEnabled(scenario.can_take_a_start)
        another.triggered.connect(lambda: player.set_scenario(scenario.with_another_start(point)))
        if start is not None and len(scenario.starts) > 1:
            remove = menu.addAction(tr("Remove this start"))
            remove.triggered.connect(lambda: player.set_scenario(scenario.without_start(start)))
        menu.addSeparator()
        for name in ("reset_view", "copy", "export"):
            menu.addAction(self._commands.action(f"race.{name}"))
        menu.popup(at)


def rounded(value: float, grain: float) -> float:
    """`value` in as few decimals as still tell it from what is `grain` away."""
    if not grain > 0:
        return value
    return round(value, -math.floor(math.log10(grain)))
