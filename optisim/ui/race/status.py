"""What the status bar says of the race: what is under the mouse, how far it is computed, what can be done."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from optisim.core.surfaces import Point
from optisim.language import tr
from optisim.ui.parts.panel import Throttle
from optisim.ui.race.player import Player
from optisim.ui.race.results_model import steady


class RaceStatus(QObject):
    """Follows the player; the map tells it where the mouse is.

    Signals:
        told(text, milliseconds), hinted(text), progressed(text): as those of a Lab.
    """

    told = Signal(str, int)
    hinted = Signal(str)
    progressed = Signal(str)

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._throttle = Throttle(self.show_progress, self)
        player.moved.connect(self._throttle.ask)

    def show_progress(self) -> None:
        """Say where the race stands."""
        player = self._player
        step, steps, reach = int(player.cursor), player.racing.steps, max(player.reach, 0)
        if player.waiting:
            text = tr("Computing: {reach} of {steps} steps", reach=reach, steps=steps)
        elif player.clock.playing:
            text = tr("Playing: step {step} of {steps}", step=step, steps=steps)
        else:
            text = tr("Step {step} of {steps}", step=step, steps=steps)
        self.progressed.emit(text)
        self.hinted.emit(tr("Space plays, ← and → step, drag the ring to move the start; F1 lists all keys"))

    def show_point(self, point: Point | None) -> None:
        """Show the coordinates of a surface point, its height and slope; nothing for None."""
        if point is None:
            self.told.emit("", 0)
            return
        surface = self._player.racing.surface
        height = float(surface.value(point))
        slope = surface.gradient(point)
        x, y, f, along_x, along_y = (steady(float(v)) for v in (*point, height, *slope))
        self.told.emit(f"x = {x}    y = {y}    f = {f}    ∇f = ({along_x}, {along_y})", 0)
