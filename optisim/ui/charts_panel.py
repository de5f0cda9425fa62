"""The charts: loss, distance, rate and more of all runs against the steps, side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from optisim.canvas.charts import Chart, Curve, Plot
from optisim.canvas.theme import Theme
from optisim.core.problems import N_
from optisim.language import tr
from optisim.ui.groups import Group, groups
from optisim.ui.panel import Panel, Unhurried, focus_by_tab
from optisim.ui.player import Player
from optisim.ui.settings import Settings

LOW = 90  # pixels
NARROW = 120  # pixels; a chart is not made narrower as long as there can be another row
DEFAULT = ["loss", "distance", "rate"]
CROWD = 200  # with more groups than that, the starts of a run share one curve


@dataclass(frozen=True)
class Quantity:
    """What a chart can show: its name on the button, its title, and what it is, all to be translated."""

    short: str
    title: str
    tip: str
    log: bool = True
    limits: tuple[float, float] | None = None


QUANTITIES = {
    "loss": Quantity(N_("Loss"), N_("Loss"), N_("The loss, above the lowest one if that is known")),
    "distance": Quantity(
        N_("Distance"), N_("Distance to minimum"), N_("The distance to the nearest known minimum")
    ),
    "slope": Quantity("‖∇f‖", N_("Gradient ‖∇f‖"), N_("The length of the gradient that the optimizer saw")),
    "step": Quantity(N_("Step length"), N_("Step length ‖Δ‖"), N_("The length of the update about to be made")),
    "rate": Quantity(
        N_("Rate"),
        N_("Effective rate ‖Δ‖ / ‖∇f‖"),
        N_("How long the update is compared to the gradient: the learning rate in effect"),
    ),
    "cosine": Quantity(
        N_("Direction"),
        N_("Cosine to steepest descent"),
        N_("The cosine of the angle between update and −∇f: 1 is straight downhill, below 0 is uphill"),
        log=False,
        limits=(-1.1, 1.1),
    ),
}


class ChartsPanel(Panel):
    """A chart of each chosen quantity; a click or drag in one goes to that step. `tools` chooses the quantities."""

    def __init__(self, player: Player, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._settings = settings
        self.charts = {name: Chart(self) for name in QUANTITIES}
        self.buttons = {name: QToolButton() for name in QUANTITIES}
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        shown = [name for name in settings.charts.split() if name in QUANTITIES] or DEFAULT
        for name, button in self.buttons.items():
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setChecked(name in shown)
            button.toggled.connect(self._on_chosen)
            focus_by_tab(button)
            row.addWidget(button)
        row.addStretch(1)
        self.setMinimumSize(NARROW, LOW)
        for chart in self.charts.values():
            chart.sought.connect(self._on_sought)
        self._unhurried = Unhurried(self.refresh, self)
        self._drawn: tuple[object, ...] = ()  # what the charts were painted for
        player.moved.connect(self._on_moved)
        player.selected.connect(self._unhurried.ask)
        self._arrange()
        self.retranslate()

    @property
    def chosen(self) -> list[str]:
        """The quantities that are shown."""
        return [name for name, button in self.buttons.items() if button.isChecked()]

    def show_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        for chart in self.charts.values():
            chart.show_theme(theme)

    def retranslate(self) -> None:
        for name, button in self.buttons.items():
            button.setText(tr(QUANTITIES[name].short))
            button.setToolTip(tr(QUANTITIES[name].tip))
        self._drawn = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the player's data again, if there are others."""
        player = self._player
        known = tuple((d, len(d.trajectory), d.trajectory.run) for d in player.diagnostics)
        wanted = (known, player.racing, player.selection, *self.chosen)
        if not self.seen or wanted == self._drawn:
            return
        self._drawn = wanted
        shown = self._shown_groups()
        for name in self.chosen:
            self.charts[name].show_plot(self._plot(name, shown))
            self.charts[name].show_cursor(player.cursor)

    def _shown_groups(self) -> list[Group]:
        """The groups of visible runs from the bottom up: the first in the list on top, but for the selected one."""
        found = [group for group in groups(self._player) if group.run.visible]
        if len(found) > CROWD:
            found = [
                replace(group, balls=slice(0, group.diagnostics.trajectory.x.shape[1]), name=group.run.name)
                for group in found
                if group.start == 0
            ]
        selected = self._player.selection
        return sorted(found, key=lambda group: (group.place == selected, -group.place, -group.start))

    def _plot(self, name: str, shown: list[Group]) -> Plot:
        quantity, surface = QUANTITIES[name], self._player.racing.surface
        plot = Plot(
            tr(quantity.title),
            tr(quantity.short),
            steps=self._player.racing.steps,
            log=quantity.log,
            limits=quantity.limits,
        )
        if name == "distance" and not surface.minima:
            return replace(plot, message=tr("No minimum of this surface is known"))
        if name == "loss" and surface.minima:
            plot = replace(plot, title=tr("Loss above the lowest"), above=surface.lowest)
        elif name == "loss":
            plot = replace(plot, log=False)
        bold = self._player.selection if len(self._player.diagnostics) > 1 else -1
        curves = []
        for group in shown:
            values = group.diagnostics.median(name, group.balls)
            if values is not None:
                stopped = group.diagnostics.trajectory.stopped[group.balls]
                ended = bool((stopped >= 0).all())
                known = values[: stopped.max() + 1] if ended else values
                key = (group.diagnostics, group.balls.start, group.balls.stop)
                curves.append(Curve(key, group.name, group.run.color, known, group.place == bold, ended))
        return replace(plot, curves=curves)

    # ── Layout ───────────────────────────────────────────────────────────────────────────────────────────

    def _arrange(self) -> None:
        """Put the charts side by side, in as many rows as they need.

        Not by a layout: that would have to be made anew while the panel is resized.
        """
        chosen = self.chosen
        rows = math.ceil(len(chosen) / max(self.width() // NARROW, 1))
        across = math.ceil(len(chosen) / rows)
        for name, chart in self.charts.items():
            chart.setVisible(name in chosen)
        for number, name in enumerate(chosen):
            row, column = divmod(number, across)
            left, right = (round(edge * self.width() / across) for edge in (column, column + 1))
            top, bottom = (round(edge * self.height() / rows) for edge in (row, row + 1))
            self.charts[name].setGeometry(left, top, right - left, bottom - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ── What happens ─────────────────────────────────────────────────────────────────────────────────────

    def catch_up(self) -> None:
        self._on_moved()
        self.refresh()

    def _on_moved(self) -> None:
        if not self.seen:
            return
        for name in self.chosen:
            self.charts[name].show_cursor(self._player.cursor)
        self._unhurried.ask()

    def _on_sought(self, step: int) -> None:
        self._player.pause()
        self._player.seek(step)

    def _on_chosen(self) -> None:
        if not self.chosen:  # at least one; the last one cannot be taken away
            button = self.sender()
            if isinstance(button, QToolButton):
                with QSignalBlocker(button):
                    button.setChecked(True)
            return
        self._settings.charts = " ".join(self.chosen)
        self._arrange()
        self.refresh()
