"""The race lab: a map in the middle, the surface, the runs and what is known of them around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from optisim.canvas.map.arrows import ArrowSet
from optisim.canvas.map.map_view import MapView
from optisim.canvas.map.snapshot import Snapshot
from optisim.canvas.theme import Theme
from optisim.core.base.problems import N_, Problem
from optisim.core.documents.race_kind import RACE
from optisim.core.optimizers.plugins import load_installed
from optisim.core.race.scenario import Scenario
from optisim.ui.parts.clock import SPEEDS
from optisim.ui.parts.commands import Command
from optisim.ui.parts.gallery_entry import GalleryEntry
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.lab import Lab, PanelRow, Place, Services
from optisim.ui.parts.panel import Panel
from optisim.ui.parts.settings import Settings
from optisim.ui.race.about_scenario import AboutDialog, AboutStrip
from optisim.ui.race.commands import map_commands, scenario_commands, time_commands
from optisim.ui.race.data_export import DataExports
from optisim.ui.race.export_actions import FigureExports
from optisim.ui.race.header import Header
from optisim.ui.race.inspection import Inspection
from optisim.ui.race.map_display import MapDisplay
from optisim.ui.race.map_interactor import MapInteractor
from optisim.ui.race.map_text import fit_map_text
from optisim.ui.race.menus import race_menus
from optisim.ui.race.player import Player
from optisim.ui.race.plugins import Plugins, load_known
from optisim.ui.race.runs_panel import RunsPanel
from optisim.ui.race.status import RaceStatus
from optisim.ui.race.surface_panel import SurfacePanel
from optisim.ui.race.transport import Transport

TRANSPORT = ("start", "back", "play", "forward", "end")
"""The commands that have a button below the map."""


class RaceLab(Lab):
    """Optimizers as balls on a loss surface."""

    name = "race"
    title = N_("Race")
    icon = "race"
    kind = RACE

    @classmethod
    def prepare(cls, settings: Settings) -> list[Problem]:
        return load_known(settings)

    def __init__(self, scenario: Scenario, services: Services, parent: QObject | None = None) -> None:
        super().__init__(scenario, services, parent)
        settings, commands = services.settings, services.commands
        self._settings, self._commands, self._parent = settings, commands, services.window
        self._themed_panels: list[Panel] = []
        self._bare = False  # without panels, the map has the legend
        self._slow = False  # whether slow motion has begun
        self._arrows_due = False  # they come with the first pause or choice, not before anything has happened
        self.player = Player(scenario, self)
        self.model = self.player.model
        clock = self.player.clock
        clock.set_speed(settings.speed if settings.speed in SPEEDS else 1.0)
        self.display = MapDisplay(settings, self)
        self.inspection = Inspection(self.player)
        self.map_view = MapView(self._snapshot())
        self.map_view.setAcceptDrops(False)  # else it takes what is meant for the window, and does nothing with it
        self.surface_panel = SurfacePanel(self.player)
        self.runs_panel = RunsPanel(self.player, commands)
        self.interactor = MapInteractor(self.player, self.map_view, commands)
        self.plugins = Plugins(self.player, self.runs_panel, settings, services.window)
        self.figure_exports = FigureExports(
            self.player, self.inspection, self.map_view, settings, services.jobs, services.window
        )
        self.data_exports = DataExports(self.player, settings, services.jobs, services.window)
        self.status = RaceStatus(self.player, self)
        commands.add(
            *time_commands(self.player, self.inspection),
            *map_commands(self.map_view, self.display, settings),
            *scenario_commands(self.player, self.runs_panel, self.interactor),
            *self.plugins.commands(),
            *self.figure_exports.commands(),
            *self.data_exports.commands(),
            Command("race.describe", N_("&Title and sentence…"), self._describe),
            Command("race.formula", N_("Type a formula…"), self._type_formula),
        )
        self.transport = Transport(self.player, [commands.action(f"race.{name}") for name in TRANSPORT])
        self.view = QWidget()
        self.about = AboutStrip(self.player, first_start=not settings.greeted, parent=self.view)
        self.about.examplesAsked.connect(lambda: commands.run("window.examples"))
        settings.greeted = True
        self._fill_view()
        self.map_view.set_equal_axes(settings.equal_axes)
        self.header = Header(self.player, commands)
        self.menus = race_menus(self.runs_panel.add_menu)
        self.panels = (
            PanelRow("runs", N_("Optimizers"), Place.SIDE, lambda: self.runs_panel, scrolled=True),
            PanelRow("surface", N_("Surface"), Place.SIDE, lambda: self.surface_panel, scrolled=True),
            PanelRow("charts", N_("Charts"), Place.DRAWER, self._charts, later=True),
            PanelRow("inspector", N_("Inside the step"), Place.DRAWER, self._inspector, later=True),
            PanelRow("results", N_("Results"), Place.DRAWER, self._results, later=True),
            PanelRow("side", N_("Side view"), Place.DRAWER, self._side_view, later=True),
        )
        self._connect()

    def _fill_view(self) -> None:
        column = QVBoxLayout(self.view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.about)
        column.addWidget(self.map_view, 1)
        column.addWidget(self.transport)
        self.view.setFocusProxy(self.map_view)  # else the first button has the focus, and takes Space

    def _connect(self) -> None:
        clock, settings = self.player.clock, self._settings
        self.inspection.changed.connect(self._show)
        self.inspection.lit.connect(self._show)
        self.display.changed.connect(self._show_display)
        self.map_view.pointed.connect(self.inspection.light)
        self.map_view.hovered.connect(self.status.show_point)
        clock.playingChanged.connect(self._show_playing)
        self.player.selected.connect(self._on_chosen)
        clock.speedChanged.connect(lambda speed: setattr(settings, "speed", speed))
        self.runs_panel.add_menu.loadAsked.connect(self.plugins.load_optimizer)
        self.status.told.connect(self.told)
        self.status.hinted.connect(self.hinted)
        self.status.progressed.connect(self.progressed)
        self.plugins.told.connect(self.told)
        self.inspection.changed.connect(self._on_inspected)
        self.plugins.loaded.connect(self.outdated)

    # ── Panels that are made after the first frame ───────────────────────────────────────────────────────

    def _inspector(self) -> Panel:
        from optisim.ui.race.inspector import Inspector

        self.inspector = Inspector(self.player, self.inspection)
        return self._themed(self.inspector)

    def _charts(self) -> Panel:
        from optisim.ui.race.charts_panel import ChartsPanel

        self.charts = ChartsPanel(self.player, self._settings)
        return self._themed(self.charts)

    def _results(self) -> Panel:
        from optisim.ui.race.results_panel import ResultsPanel

        self.results = self.data_exports.table = ResultsPanel(self.player, self._settings)
        self.results.exportAsked.connect(self.data_exports.export_table)
        self.results.copyAsked.connect(self.data_exports.copy_results)
        return self.results

    def _side_view(self) -> Panel:
        from optisim.ui.race.side_view import SideView

        self.side_view = SideView(self.player, self._settings)
        return self._themed(self.side_view)

    def _themed(self, panel: Panel) -> Panel:
        panel.show_theme(self.display.theme)
        self._themed_panels.append(panel)
        return panel

    # ── What is shown ────────────────────────────────────────────────────────────────────────────────────

    def _snapshot(self) -> Snapshot:
        return Snapshot(
            self.player.racing,
            self.player.trajectories,
            self.player.cursor,
            self.player.selection,
            self._arrow_sets(),
            self.inspection.pointed,
        )

    def _arrow_sets(self) -> tuple[ArrowSet, ...]:
        display = self.display.value
        if not self._arrows_due:
            return ()
        return self.inspection.arrow_sets(display.shows("arrows_of_all"), display.arrows_shown)

    def _show(self, *_: object) -> None:
        clock = self.player.clock
        self._arrows_due |= self.inspection.awake and self.player.cursor > 0 and not clock.playing
        self.map_view.show_snapshot(self._snapshot())

    def _show_display(self) -> None:
        display = self.display.value
        self.map_view.show_display(display.with_parts(legend=True) if self._bare else display, self.display.theme)
        self._show()

    def _show_playing(self, playing: bool) -> None:
        set_icon(self._commands.action("race.play"), "pause" if playing else "play")
        self._show()

    # ── What a window asks of a lab ──────────────────────────────────────────────────────────────────────

    def wake(self) -> list[Problem]:
        self.inspection.wake()
        return load_installed()

    def _describe(self) -> None:
        dialog = AboutDialog(self.player.scenario, self._parent)
        if dialog.exec():
            self.player.set_scenario(dialog.scenario)
        dialog.deleteLater()

    def _type_formula(self) -> None:
        self.panelWanted.emit("surface")
        self.surface_panel.formula.setFocus()
        self.surface_panel.formula.selectAll()

    def _on_chosen(self) -> None:
        """A run was chosen: what it is about to do is to be seen."""
        self._arrows_due = self.inspection.awake
        self._show()

    def _on_inspected(self) -> None:
        """Slow motion is to be seen: bring its panel to the front when it begins."""
        slow = self.inspection.phase is not None
        if slow and not self._slow:
            self.panelWanted.emit("inspector")
        self._slow = slow

    def document_shown(self) -> None:
        self._arrows_due = False
        self.about.greet_no_more()
        self.player.clock.pause()
        self.player.to_start()
        self.map_view.reset_view()
        self._show()  # the same race from the same place is no change to anybody else

    def gallery(self, open_document: Callable[[Any], object]) -> Sequence[GalleryEntry]:
        from optisim.ui.race.examples import gallery_entries

        return gallery_entries(open_document)

    @property
    def position(self) -> float:
        return self.player.step

    def go_to(self, position: float) -> None:
        self.player.seek(position)

    def show_theme(self, theme: Theme) -> None:
        self.display.show_theme(theme)
        for panel in self._themed_panels:
            panel.show_theme(theme)

    def retranslate(self) -> None:
        self.status.show_progress()

    def fit_text(self) -> None:
        fit_map_text(self.map_view)
        self._show()

    def set_bare(self, bare: bool) -> None:
        if bare != self._bare:
            self._bare = bare
            self._show_display()

    def go_to_back(self) -> None:
        self.player.clock.pause()

    def close(self) -> None:
        self.player.close()
