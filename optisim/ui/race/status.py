"""The status line: what is under the mouse at the left, how far the race is computed at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from optisim.core.surfaces import Point
from optisim.language import tr
from optisim.ui.parts.panel import Throttle
from optisim.ui.race.player import Player
from optisim.ui.race.results_model import steady


class StatusLine(QStatusBar):
    """Follows the player; the canvas tells it where the mouse is."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.setSizeGripEnabled(False)
        self.hint = QLabel()
        self.hint.setContentsMargins(8, 0, 0, 0)
        self.hint.setMinimumWidth(1)  # the window need not be as wide as the hint beside a film's progress
        self.addWidget(self.hint, 1)
        self.progress = QLabel()
        self.progress.setContentsMargins(0, 0, 8, 0)
        self.addPermanentWidget(self.progress)
        self._throttle = Throttle(self.show_progress, self)
        player.moved.connect(self._throttle.ask)
        self.show_progress()

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
        self.progress.setText(text)
        self.hint.setText(tr("Space plays, ← and → step, drag the ring to move the start; F1 lists all keys"))

    def show_point(self, point: Point | None) -> None:
        """Show the coordinates of a surface point, its height and slope; nothing for None."""
        if point is None:
            self.clearMessage()
            return
        surface = self._player.racing.surface
        height = float(surface.value(point))
        slope = surface.gradient(point)
        x, y, f, along_x, along_y = (steady(float(v)) for v in (*point, height, *slope))
        self.showMessage(f"x = {x}    y = {y}    f = {f}    ∇f = ({along_x}, {along_y})")
