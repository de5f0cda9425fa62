"""The charts: loss, distance, rate and more of all runs against the steps, side by side."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from optisim.canvas.charts.chart_view import Chart
from optisim.canvas.charts.quantities import CHART_QUANTITIES, plot_of, shown_groups
from optisim.canvas.theme import Theme
from optisim.language import tr
from optisim.ui.parts.panel import Panel, Throttle, focus_by_tab
from optisim.ui.parts.plain import plain_tip
from optisim.ui.parts.settings import Settings
from optisim.ui.race.player import Player

LOW = 90  # pixels
NARROW = 120  # pixels; a chart is not made narrower as long as there can be another row


class ChartsPanel(Panel):
    """A chart of each chosen quantity; a click or drag in one goes to that step. `tools` chooses the quantities."""

    def __init__(self, player: Player, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._settings = settings
        self.charts = {name: Chart(self) for name in CHART_QUANTITIES}
        self.buttons = {name: QToolButton() for name in CHART_QUANTITIES}
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        usual = [name for name, quantity in CHART_QUANTITIES.items() if quantity.shown]
        shown = [name for name in settings.charts.split() if name in CHART_QUANTITIES] or usual
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
        self._throttle = Throttle(self.refresh, self)
        self._drawn: tuple[object, ...] = ()  # what the charts were painted for
        player.moved.connect(self._on_moved)
        player.selected.connect(self._throttle.ask)
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
            button.setText(tr(CHART_QUANTITIES[name].short))
            button.setToolTip(plain_tip(tr(CHART_QUANTITIES[name].tip)))
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
        shown = shown_groups(player.racing, player.diagnostics, player.selection)
        for name in self.chosen:
            self.charts[name].show_plot(plot_of(name, shown, player.racing, player.selection))
            self.charts[name].show_cursor(player.cursor)

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

    def wanted_height(self) -> int:
        return 170

    def catch_up(self) -> None:
        self._on_moved()
        self.refresh()

    def _on_moved(self) -> None:
        if not self.seen:
            return
        for name in self.chosen:
            self.charts[name].show_cursor(self._player.cursor)
        self._throttle.ask()

    def _on_sought(self, step: int) -> None:
        self._player.clock.pause()
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
