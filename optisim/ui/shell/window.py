"""The main window. It only puts things together; what they do is in the things."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from optisim.canvas.map.map_view import MapView
from optisim.canvas.map.snapshot import Snapshot
from optisim.core.base.problems import N_, Problem
from optisim.core.documents.scenario_file import from_json
from optisim.core.optimizers.plugins import load_installed
from optisim.core.race.scenario import Scenario, chapter_scenario
from optisim.language import explain, tr, use_language
from optisim.ui.parts import appearance, icons
from optisim.ui.parts.actions import Actions
from optisim.ui.parts.dock import Dock
from optisim.ui.parts.job_strip import JobStrip
from optisim.ui.parts.jobs import Jobs
from optisim.ui.parts.settings import Settings
from optisim.ui.race.data_export import DataExports
from optisim.ui.race.export_actions import FigureExports
from optisim.ui.race.inspection import Inspection
from optisim.ui.race.map_interactor import MapInteractor
from optisim.ui.race.player import SPEEDS, Player
from optisim.ui.race.plugins import load_known
from optisim.ui.race.runs_panel import RunsPanel
from optisim.ui.race.status import StatusLine
from optisim.ui.race.surface_panel import SurfacePanel
from optisim.ui.race.transport import Transport
from optisim.ui.shell.document import Document
from optisim.ui.shell.history import History
from optisim.ui.shell.menus import fill_menus

if TYPE_CHECKING:
    from optisim.ui.race.lower_panels import LowerPanels
    from optisim.ui.shell.gallery import Pictures
    from optisim.ui.shell.recovery import Recovery


class MainWindow(QMainWindow):
    """Canvas in the middle, surface at the left, runs at the right, table below."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        problems = load_known(settings)
        self.player = Player(self._restored_scenario(), self)
        self.history = History(self.player)
        self.player.set_speed(settings.speed if settings.speed in SPEEDS else 1.0)
        self.theme = appearance.theme_named(settings.theme)
        self.display = settings.display  # kept, for every frame asks
        self.inspection = Inspection(self.player)
        self.canvas = MapView(self._snapshot())
        self.canvas.show_display(self.display, self.theme)
        self.surface_panel = SurfacePanel(self.player)
        self.runs_panel = RunsPanel(self.player)
        self.actions_by_name = Actions(self)
        self.panels: LowerPanels | None = None  # until the first frame has been painted
        self.recovery: Recovery | None = None  # likewise
        self._make_docks()
        self.document = Document(self)
        self.jobs = Jobs(self)
        self.figure_exports = FigureExports(self.player, self.inspection, self.canvas, settings, self.jobs, self)
        self.data_exports = DataExports(self.player, settings, self.jobs, self.document.open_scenario, self)
        self._example_pictures: Pictures = {}
        self.map_interactor = MapInteractor(self.player, self.canvas, self.actions_by_name)
        fill_menus(self)
        self.map_interactor.show_scenario(self.player.scenario)
        transport = [self.actions_by_name[name] for name in ("start", "back", "play", "forward", "end")]
        self.transport = Transport(self.player, transport)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.transport)
        self.setCentralWidget(middle)
        self.status = StatusLine(self.player)
        self.setStatusBar(self.status)
        self.status.insertPermanentWidget(1, JobStrip(self.jobs))  # between the hint and the step
        self.jobs.told.connect(self.status.showMessage)
        self._connect()
        self.resize(1280, 800)
        self._plain_layout = self.saveState()
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
            self.restoreState(settings.layout)
        self.canvas.set_equal_axes(settings.equal_axes)
        self.canvas.setFocus()  # else the first button has it, and takes Space
        self._retranslate()
        self._tell(problems)

    # ── Putting together ─────────────────────────────────────────────────────────────────────────────────

    def _make_docks(self) -> None:
        self.docks: dict[str, tuple[Dock, str]] = {}
        for name, text, area in (
            ("surface", N_("Surface"), Qt.DockWidgetArea.LeftDockWidgetArea),
            ("runs", N_("Optimizers"), Qt.DockWidgetArea.RightDockWidgetArea),
            ("inspector", N_("Inside the step"), Qt.DockWidgetArea.BottomDockWidgetArea),
            ("charts", N_("Charts"), Qt.DockWidgetArea.BottomDockWidgetArea),
            ("table", N_("Results"), Qt.DockWidgetArea.BottomDockWidgetArea),
            ("side", N_("Side view"), Qt.DockWidgetArea.BottomDockWidgetArea),
        ):
            dock = Dock(self)
            dock.setObjectName(name)
            dock.setWidget(QWidget())  # until there is a panel
            before = [other for other, _ in self.docks.values() if self.dockWidgetArea(other) == area]
            self.addDockWidget(area, dock)
            if before and area == Qt.DockWidgetArea.BottomDockWidgetArea:
                self.tabifyDockWidget(before[-1], dock)
            self.docks[name] = (dock, text)
        self.docks["surface"][0].show_panel(self.surface_panel, scrolled=True)
        self.docks["runs"][0].show_panel(self.runs_panel, scrolled=True)
        # formulas and charts need width, the list of runs needs height
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self._make_room()

    def _connect(self) -> None:
        self.inspection.changed.connect(self._on_moved)
        self.inspection.lit.connect(self._on_moved)
        self.canvas.firstPainted.connect(self._after_first_frame)  # what takes a while, and is not needed at once
        self.canvas.pointed.connect(self.inspection.light)
        self.player.playingChanged.connect(self._on_playing)
        self.player.speedChanged.connect(self._on_speed)
        self.canvas.hovered.connect(self.status.show_point)
        self.runs_panel.add_menu.loadAsked.connect(self.actions_by_name["load"].trigger)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)

    # ── Player ───────────────────────────────────────────────────────────────────────────────────────────

    def _snapshot(self) -> Snapshot:
        display = self.display
        return Snapshot(
            self.player.racing,
            self.player.trajectories,
            self.player.cursor,
            self.player.selection,
            self.inspection.arrow_sets(display.arrows_of_all, display.arrows_shown),
            self.inspection.pointed,
        )

    def _on_moved(self, *_: object) -> None:
        self.canvas.show_snapshot(self._snapshot())

    def _on_playing(self, playing: bool) -> None:
        icons.set_icon(self.actions_by_name["play"], "pause" if playing else "play")

    def _on_speed(self, speed: float) -> None:
        self.settings.speed = speed

    # ── What is shown ────────────────────────────────────────────────────────────────────────────────────

    def show_part(self, name: str, value: object) -> None:
        """Change one field of the Display."""
        self.display = replace(self.display, **{name: value})  # type: ignore[arg-type]
        self.settings.display = self.display
        self.canvas.show_display(self.display, self.theme)
        self._on_moved()

    def set_equal_axes(self, equal: bool) -> None:
        """Give both axes the same scale, or each its own."""
        self.settings.equal_axes = equal
        self.canvas.set_equal_axes(equal)

    # ── Window ───────────────────────────────────────────────────────────────────────────────────────────

    def _restored_scenario(self) -> Scenario:
        if not self.settings.scenario:
            return chapter_scenario()
        try:
            return from_json(self.settings.scenario)
        except Problem:
            load_installed()  # it may be an optimizer of a package that is missing
        try:
            return from_json(self.settings.scenario)
        except Problem:  # made by another version, or damaged: begin as at the first start
            return chapter_scenario()

    def _after_first_frame(self) -> None:
        from optisim.ui.race.lower_panels import LowerPanels
        from optisim.ui.shell.recovery import Recovery

        self.panels = LowerPanels(self)
        icons.recolor(self)  # those in menus
        self.inspection.wake()
        self._tell(load_installed())
        self.recovery = Recovery(self)

    def _tell(self, problems: list[Problem]) -> None:
        if problems:
            self.status.showMessage(explain(problems[0]))

    def restore_layout(self) -> None:
        """Put all panels back to where they were at the first start."""
        self.restoreState(self._plain_layout)
        self._make_room()

    def _make_room(self) -> None:
        docks = [dock for dock, _ in self.docks.values()]
        self.resizeDocks(docks[:2], [252, 272], Qt.Orientation.Horizontal)
        self.resizeDocks(docks[2:], [286] * len(docks[2:]), Qt.Orientation.Vertical)
        self.docks["inspector"][0].raise_()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_examples(self) -> None:
        """Let the user choose one of the examples."""
        from optisim.ui.race.examples import gallery_entries
        from optisim.ui.shell.gallery import Gallery

        entries = gallery_entries(self.document.open_scenario)
        Gallery(entries, self._example_pictures, self.theme.name, self.jobs, self).open()

    def set_theme(self, name: str) -> None:
        """Show the window light, dark, or ("") as the system is."""
        self.settings.theme = name
        self.theme = appearance.theme_named(name)
        appearance.apply(self.theme)
        icons.recolor(self)
        self.canvas.show_display(self.display, self.theme)
        if self.panels is not None:
            self.panels.show_theme(self.theme)

    def _on_system_theme(self) -> None:
        if not self.settings.theme:
            self.set_theme("")

    def set_language(self, code: str) -> None:
        """Show the window in another language, at once."""
        self.settings.language = code
        use_language(code)  # panels hear of it by a LanguageChange event

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "transport"):
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.status.show_progress()
        self.actions_by_name.retranslate()
        self.history.retranslate()
        for dock, text in self.docks.values():
            dock.setWindowTitle(tr(text))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.document.may_leave() and self.jobs.may_close(self)):
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.layout = self.saveState()
        self.document.keep()
        if self.recovery is not None:
            self.recovery.close()
        self.player.close()
        self.jobs.close()
        super().closeEvent(event)
