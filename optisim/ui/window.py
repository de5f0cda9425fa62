"""The main window. It only puts things together; what they do is in the things."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QScrollArea, QVBoxLayout, QWidget

from optisim.canvas.canvas import Canvas
from optisim.canvas.stage import Scene
from optisim.canvas.terrain import COLORMAPS
from optisim.core.problems import N_, Problem
from optisim.core.scenario import Scenario, chapter_scenario, from_json, to_json
from optisim.core.surfaces import Point
from optisim.language import LANGUAGES, system_language, tr, use_language
from optisim.ui import appearance, help, icons, taking_away
from optisim.ui.actions import Actions, Entry
from optisim.ui.dock import Dock
from optisim.ui.player import SPEEDS, Player
from optisim.ui.race_table import RaceTable
from optisim.ui.runs_panel import RunsPanel
from optisim.ui.settings import Settings
from optisim.ui.status import StatusLine
from optisim.ui.surface_panel import SurfacePanel
from optisim.ui.transport import Transport

DISPLAY_TEXTS = {
    "heat": N_("Heat map"),
    "contours": N_("Contour lines"),
    "labels": N_("Contour labels"),
    "colorbar": N_("Colour bar"),
    "trails": N_("Trails"),
    "minima": N_("Minima"),
    "starts": N_("Start points"),
    "legend": N_("Legend"),
}
COLORMAP_TEXTS = {"viridis": N_("Viridis"), "cividis": N_("Cividis"), "magma": N_("Magma"), "grey": N_("Grey")}
THEME_TEXTS = {"": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}


class MainWindow(QMainWindow):
    """Canvas in the middle, surface at the left, runs at the right, table below."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.setWindowTitle("OptiSim")
        self.player = Player(self._restored_scenario(), self)
        self.player.set_speed(settings.speed if settings.speed in SPEEDS else 1.0)
        self.theme = appearance.theme_named(settings.theme)
        self.canvas = Canvas(self._scene())
        self.canvas.show_display(settings.display, self.theme)
        self.surface_panel = SurfacePanel(self.player)
        self.runs_panel = RunsPanel(self.player)
        self.table = RaceTable(self.player)
        self.actions_by_name = Actions(self)
        self._make_docks()
        self._make_menus()
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
        self._connect()
        self.resize(1280, 800)
        self._plain_layout = self.saveState()
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
            self.restoreState(settings.layout)
        self.canvas.set_equal_axes(settings.equal_axes)
        self.canvas.setFocus()  # else the first button has it, and takes Space
        self._retranslate()

    # ── Putting together ─────────────────────────────────────────────────────────────────────────────────

    def _make_docks(self) -> None:
        self._docks: dict[str, tuple[QDockWidget, str]] = {}
        for name, text, panel, area, scrolled in (
            ("surface", N_("Surface"), self.surface_panel, Qt.DockWidgetArea.LeftDockWidgetArea, True),
            ("runs", N_("Optimizers"), self.runs_panel, Qt.DockWidgetArea.RightDockWidgetArea, True),
            ("table", N_("Values at this step"), self.table, Qt.DockWidgetArea.BottomDockWidgetArea, False),
        ):
            dock = Dock(self)
            dock.setObjectName(name)
            if scrolled:
                area_widget = QScrollArea()
                area_widget.setWidgetResizable(True)
                area_widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
                area_widget.setWidget(panel)
                dock.setWidget(area_widget)
            else:
                dock.setWidget(panel)
            self.addDockWidget(area, dock)
            self._docks[name] = (dock, text)
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            self.setCorner(corner, area)
        self._make_room()

    def _make_menus(self) -> None:
        player, actions, canvas = self.player, self.actions_by_name, self.canvas
        file = actions.menu(N_("&File"))
        actions.add(
            file,
            Entry("chapter", N_("The chapter's &experiment"), self._show_chapter, "Ctrl+N", "undo"),
            None,
            Entry(
                "export", N_("&Export image…"), lambda: taking_away.export_figure(self), "Ctrl+E", "export-image"
            ),
            Entry("copy", N_("&Copy image"), lambda: taking_away.copy_figure(self), "Ctrl+Shift+C", "copy"),
            Entry("csv", N_("Export &trajectories…"), lambda: taking_away.export_data(self), "Ctrl+Shift+E", "csv"),
            None,
            Entry("quit", N_("&Quit"), self.close, "Ctrl+Q"),
        )
        edit = actions.menu(N_("&Edit"))
        actions.add(edit, Entry("add_start", N_("Add a &start"), self._add_start, "Ctrl+T", "start-point"))
        edit.addSeparator()
        edit.addMenu(self.runs_panel.add_menu)
        edit.addActions(list(self.runs_panel.actions_of_run.values()))
        view = actions.menu(N_("&View"))
        display = self.settings.display
        actions.add(
            view,
            *(
                Entry(name, text, lambda on, name=name: self._show_part(name, on), checked=getattr(display, name))
                for name, text in DISPLAY_TEXTS.items()
            ),
            None,
        )
        colormap = actions.menu(N_("Colour &map"), view)
        texts = {name: COLORMAP_TEXTS[name] for name in COLORMAPS}
        actions.choice(colormap, texts, display.colormap, lambda name: self._show_part("colormap", name))
        actions.add(
            view,
            None,
            Entry("zoom_in", N_("Zoom &in"), lambda: canvas.zoom(1.4), "Ctrl++|Ctrl+="),
            Entry("zoom_out", N_("Zoom &out"), lambda: canvas.zoom(1 / 1.4), "Ctrl+-"),
            Entry("reset_view", N_("&Reset view"), canvas.reset_view, "Ctrl+0", "reset-view"),
            Entry("equal", N_("E&qual axes"), self._set_equal_axes, checked=self.settings.equal_axes),
            None,
        )
        self._panels_menu = actions.menu(N_("&Panels"), view)
        for dock, _ in self._docks.values():
            self._panels_menu.addAction(dock.toggleViewAction())
        actions.add(self._panels_menu, None, Entry("layout", N_("Restore &layout"), self._restore_layout))
        appearances = actions.menu(N_("&Appearance"), view)
        actions.choice(appearances, THEME_TEXTS, self.settings.theme, self.set_theme)
        languages = actions.menu("&Language · 语言", view)
        actions.choice(languages, LANGUAGES, self._language(), self.set_language, translate=False)
        actions.add(view, Entry("full", N_("&Full screen"), self._toggle_full_screen, "F11"))
        run = actions.menu(N_("&Run"))
        actions.add(
            run,
            Entry("play", N_("&Play"), player.toggle, "Space", "play"),
            Entry("forward", N_("Step &forward"), player.step_forward, "Right", "step-forward"),
            Entry("back", N_("Step &back"), player.step_back, "Left", "step-back"),
            Entry("start", N_("To the &start"), player.to_start, "Home", "to-start"),
            Entry("end", N_("To the &end"), player.to_end, "End", "to-end"),
            None,
            Entry("faster", N_("F&aster"), lambda: player.change_speed(+1), "]"),
            Entry("slower", N_("S&lower"), lambda: player.change_speed(-1), "["),
        )
        help_menu = actions.menu(N_("&Help"))
        actions.add(
            help_menu,
            Entry("keys", N_("&Keyboard and mouse"), lambda: help.show_keys(self), "F1", "keyboard"),
            Entry("about", N_("&About OptiSim"), lambda: help.show_about(self), "", "info"),
        )

    def _connect(self) -> None:
        self.player.moved.connect(self._on_moved)
        self.player.selected.connect(self._on_moved)
        self.player.playingChanged.connect(self._on_playing)
        self.player.speedChanged.connect(self._on_speed)
        self.canvas.startPlaced.connect(self._on_start_placed)
        self.canvas.startDragged.connect(self._on_start_dragged)
        self.canvas.hovered.connect(self.status.show_point)
        self.canvas.menuRequested.connect(self._open_canvas_menu)
        appearance.on_system_change(self, self._on_system_theme)

    # ── Player ───────────────────────────────────────────────────────────────────────────────────────────

    def _scene(self) -> Scene:
        return Scene(self.player.racing, self.player.trajectories, self.player.cursor, self.player.selection)

    def _on_moved(self, *_: object) -> None:
        self.canvas.show_scene(self._scene())

    def _on_playing(self, playing: bool) -> None:
        icons.set_icon(self.actions_by_name["play"], "pause" if playing else "play")

    def _on_speed(self, speed: float) -> None:
        self.settings.speed = speed

    # ── Canvas ───────────────────────────────────────────────────────────────────────────────────────────

    def _on_start_placed(self, point: Point) -> None:
        self.player.set_scenario(self.player.scenario.with_nearest_start(point))

    def _on_start_dragged(self, number: int, point: Point) -> None:
        if number < len(self.player.scenario.starts):
            self.player.set_scenario(self.player.scenario.with_start(number, point))

    def _open_canvas_menu(self, at: QPoint, point: Point, start: int | None) -> None:
        scenario = self.player.scenario
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = menu.addAction(tr("Move the start here"))
        place.triggered.connect(lambda: self._on_start_placed(point))
        another = menu.addAction(tr("Add a start here"))
        another.triggered.connect(lambda: self.player.set_scenario(scenario.with_another_start(point)))
        if start is not None and len(scenario.starts) > 1:
            remove = menu.addAction(tr("Remove this start"))
            remove.triggered.connect(lambda: self.player.set_scenario(scenario.without_start(start)))
        menu.addSeparator()
        for name in ("reset_view", "copy", "export"):
            menu.addAction(self.actions_by_name[name])
        menu.popup(at)

    def _add_start(self) -> None:
        self.player.set_scenario(self.player.scenario.with_another_start())

    def _show_part(self, name: str, value: object) -> None:
        display = replace(self.settings.display, **{name: value})  # type: ignore[arg-type]
        self.settings.display = display
        self.canvas.show_display(display, self.theme)

    def _set_equal_axes(self, equal: bool) -> None:
        self.settings.equal_axes = equal
        self.canvas.set_equal_axes(equal)

    # ── Window ───────────────────────────────────────────────────────────────────────────────────────────

    def _show_chapter(self) -> None:
        self.player.pause()
        self.player.set_scenario(chapter_scenario())
        self.player.to_start()
        self.canvas.reset_view()

    def _restored_scenario(self) -> Scenario:
        try:
            return from_json(self.settings.scenario) if self.settings.scenario else chapter_scenario()
        except Problem:  # made by another version, or damaged: begin as at the first start
            return chapter_scenario()

    def _restore_layout(self) -> None:
        self.restoreState(self._plain_layout)
        self._make_room()

    def _make_room(self) -> None:
        docks = [dock for dock, _ in self._docks.values()]
        self.resizeDocks(docks[:2], [236, 272], Qt.Orientation.Horizontal)
        self.resizeDocks(docks[2:], [182], Qt.Orientation.Vertical)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def set_theme(self, name: str) -> None:
        """Show the window light, dark, or ("") as the system is."""
        self.settings.theme = name
        self.theme = appearance.theme_named(name)
        appearance.apply(self.theme)
        icons.recolor(self)
        self.canvas.show_display(self.settings.display, self.theme)

    def _on_system_theme(self) -> None:
        if not self.settings.theme:
            self.set_theme("")

    def _language(self) -> str:
        return self.settings.language or system_language()

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
        for dock, text in self._docks.values():
            dock.setWindowTitle(tr(text))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.settings.layout = self.saveState()
        self.settings.scenario = to_json(self.player.scenario)
        self.player.close()
        super().closeEvent(event)
