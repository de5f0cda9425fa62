"""The panels below the map: inspector, charts, results, side view.

They are made after the first frame, which need not wait for them; until then their docks stand empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from optisim.canvas.theme import Theme
from optisim.ui.race.charts_panel import ChartsPanel
from optisim.ui.race.inspector import Inspector
from optisim.ui.race.results_panel import ResultsPanel
from optisim.ui.race.side_view import SideView

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow


class LowerPanels:
    """Makes the panels and puts them into the docks of a window."""

    def __init__(self, window: MainWindow) -> None:
        self.inspector = Inspector(window.player, window.inspection)
        self.charts = ChartsPanel(window.player, window.settings)
        self.table = ResultsPanel(window.player, window.settings)
        self.side_view = SideView(window.player, window.settings)
        window.data_exports.table = self.table
        self.table.exportAsked.connect(window.data_exports.export_table)
        self.table.copyAsked.connect(window.data_exports.copy_results)
        self.show_theme(window.theme)
        for name, panel in (
            ("inspector", self.inspector),
            ("charts", self.charts),
            ("table", self.table),
            ("side", self.side_view),
        ):
            window.docks[name][0].show_panel(panel, panel.tools)

    def show_theme(self, theme: Theme) -> None:
        """Show all of them light or dark."""
        for panel in (self.inspector, self.charts, self.side_view):
            panel.show_theme(theme)
