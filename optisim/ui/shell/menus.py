"""The menus of the main window: what there is to do, with its keys. Doing it is up to the things themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optisim.canvas.map.terrain import COLORMAPS
from optisim.core.base.problems import N_
from optisim.language import LANGUAGES, system_language
from optisim.ui.parts.actions import Entry
from optisim.ui.race import plugins
from optisim.ui.shell import help

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

DISPLAY_TEXTS = {
    "heat": N_("Heat map"),
    "contours": N_("Contour lines"),
    "labels": N_("Contour labels"),
    "colorbar": N_("Colour bar"),
    "trails": N_("Trails"),
    "balls": N_("Balls"),
    "minima": N_("Minima"),
    "starts": N_("Start points"),
    "legend": N_("Legend"),
}
ARROW_TEXTS = {
    "arrow_gradient": N_("Gradient"),
    "arrow_memory": N_("What the method remembers"),
    "arrow_rates": N_("Rates of x and y"),
    "arrow_update": N_("Update"),
    "arrows_of_all": N_("Of all optimizers"),
}
COLORMAP_TEXTS = {"viridis": N_("Viridis"), "cividis": N_("Cividis"), "magma": N_("Magma"), "grey": N_("Grey")}
THEME_TEXTS = {"": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}


def fill_menus(window: MainWindow) -> None:
    """Make the menu bar of `window`."""
    _file(window)
    _edit(window)
    _view(window)
    _run(window)
    _help(window)


def _file(window: MainWindow) -> None:
    actions, figures, data = window.actions_by_name, window.figure_exports, window.data_exports
    file = actions.menu(N_("&File"))
    actions.add(
        file,
        Entry("chapter", N_("&New"), window.document.new, "Ctrl+N"),
        Entry("open", N_("&Open…"), window.document.open, "Ctrl+O", "open"),
        Entry("open_share", N_("Open s&hare string…"), data.open_share),
    )
    actions.take(file, window.document.recent_menu, N_("Open &recent"))
    actions.add(file, Entry("examples", N_("E&xamples…"), window.show_examples, "Ctrl+Shift+O"))
    actions.add(
        file,
        Entry("save", N_("&Save"), window.document.save, "Ctrl+S", "save"),
        Entry("save_as", N_("Save &as…"), window.document.save_as, "Ctrl+Shift+S"),
        None,
        Entry("load", N_("&Load optimizer…"), lambda: plugins.load_optimizer(window)),
        None,
        Entry("export", N_("&Export image…"), figures.export_image, "Ctrl+E", "export-image"),
        Entry("film", N_("Export &film…"), figures.export_film, "Ctrl+Shift+F", "film"),
        Entry("copy", N_("&Copy image"), figures.copy_image, "Ctrl+Shift+C", "copy"),
        Entry("csv", N_("Export &trajectories…"), data.export_data, "Ctrl+Shift+E", "csv"),
        None,
        Entry("quit", N_("&Quit"), window.close, "Ctrl+Q"),
    )


def _edit(window: MainWindow) -> None:
    actions, data = window.actions_by_name, window.data_exports
    edit = actions.menu(N_("&Edit"))
    actions.add(
        edit,
        Entry("undo", N_("&Undo"), window.history.undo, "Ctrl+Z", "undo"),
        Entry("redo", N_("&Redo"), window.history.redo, "Ctrl+Shift+Z|Ctrl+Y", "redo"),
        None,
    )
    window.history.show_in(actions["undo"], actions["redo"])
    copy_as = actions.menu(N_("Copy &as"), edit)
    actions.add(
        copy_as,
        Entry("copy_share", N_("&Share string"), data.copy_share, "Ctrl+Shift+L"),
        Entry("copy_script", N_("&Python script"), data.copy_script),
        Entry("copy_markdown", N_("Results as &Markdown"), lambda: data.copy_results(".md")),
        Entry("copy_latex", N_("Results as &LaTeX"), lambda: data.copy_results(".tex")),
    )
    paste = Entry("paste", N_("&Paste share string"), data.paste_share, "Ctrl+V")
    actions.add(edit, paste, None)
    actions.add(
        edit, Entry("add_start", N_("Add a &start"), window.map_interactor.add_start, "Ctrl+T", "start-point")
    )
    edit.addSeparator()
    edit.addMenu(window.runs_panel.add_menu)
    of_run = window.runs_panel.actions_of_run
    edit.addActions([action for name, action in of_run.items() if name != "branch"])  # which is in the menu of time


def _view(window: MainWindow) -> None:
    actions, canvas = window.actions_by_name, window.canvas
    view = actions.menu(N_("&View"))
    display = window.settings.display
    actions.add(
        view,
        *(
            Entry(name, text, lambda on, name=name: window.show_part(name, on), checked=getattr(display, name))
            for name, text in DISPLAY_TEXTS.items()
        ),
        Entry("local", N_("L&ocal picture"), lambda on: window.show_part("local", on), "L", checked=display.local),
        None,
    )
    arrows = actions.menu(N_("A&rrows"), view)
    actions.add(
        arrows,
        Entry(
            "arrows",
            N_("Show &arrows"),
            lambda on: window.show_part("arrows", on),
            "A",
            "arrows",
            checked=display.arrows,
        ),
        None,
        *(
            Entry(name, text, lambda on, name=name: window.show_part(name, on), checked=getattr(display, name))
            for name, text in ARROW_TEXTS.items()
        ),
    )
    colormap = actions.menu(N_("Colour &map"), view)
    texts = {name: COLORMAP_TEXTS[name] for name in COLORMAPS}
    actions.choice(colormap, texts, display.colormap, lambda name: window.show_part("colormap", name))
    actions.add(
        view,
        None,
        Entry("zoom_in", N_("Zoom &in"), lambda: canvas.zoom(1.4), "Ctrl++|Ctrl+="),
        Entry("zoom_out", N_("Zoom &out"), lambda: canvas.zoom(1 / 1.4), "Ctrl+-"),
        Entry("reset_view", N_("&Reset view"), canvas.reset_view, "Ctrl+0", "reset-view"),
        Entry("equal", N_("E&qual axes"), window.set_equal_axes, checked=window.settings.equal_axes),
        None,
    )
    panels = actions.menu(N_("&Panels"), view)
    for dock, _ in window.docks.values():
        panels.addAction(dock.toggleViewAction())
    actions.add(panels, None, Entry("layout", N_("Restore &layout"), window.restore_layout))
    appearances = actions.menu(N_("&Appearance"), view)
    actions.choice(appearances, THEME_TEXTS, window.settings.theme, window.set_theme)
    languages = actions.menu("&Language · 语言", view)
    actions.choice(
        languages, LANGUAGES, window.settings.language or system_language(), window.set_language, translate=False
    )
    actions.add(view, Entry("full", N_("&Full screen"), window.toggle_full_screen, "F11"))


def _run(window: MainWindow) -> None:
    actions, player = window.actions_by_name, window.player
    run = actions.menu(N_("&Run"))
    actions.add(
        run,
        Entry("play", N_("&Play"), player.toggle, "Space", "play"),
        Entry("forward", N_("Step &forward"), player.step_forward, "Right", "step-forward"),
        Entry("back", N_("Step &back"), player.step_back, "Left", "step-back"),
        Entry("start", N_("To the &start"), player.to_start, "Home", "to-start"),
        Entry("end", N_("To the &end"), player.to_end, "End", "to-end"),
        None,
        Entry("phase_forward", N_("Slow motion: &on"), window.inspection.forward, "Shift+Right", "phase-forward"),
        Entry("phase_back", N_("Slow motion: bac&k"), window.inspection.back, "Shift+Left", "phase-back"),
        Entry("phase_end", N_("&Leave slow motion"), window.inspection.leave, "Esc"),
        None,
        Entry("bookmark", N_("Set or remove a book&mark"), player.toggle_bookmark, "Ctrl+M", "bookmark"),
        Entry("next", N_("&Next bookmark"), player.to_next_bookmark, "Ctrl+Right", "bookmark-next"),
        Entry("previous", N_("Pre&vious bookmark"), player.to_previous_bookmark, "Ctrl+Left", "bookmark-previous"),
        None,
    )
    run.addAction(window.runs_panel.actions_of_run["branch"])
    actions.add(
        run,
        None,
        Entry("faster", N_("F&aster"), lambda: player.change_speed(+1), "]"),
        Entry("slower", N_("S&lower"), lambda: player.change_speed(-1), "["),
    )


def _help(window: MainWindow) -> None:
    actions = window.actions_by_name
    help_menu = actions.menu(N_("&Help"))
    actions.add(
        help_menu,
        Entry("keys", N_("&Keyboard and mouse"), lambda: help.show_keys(window), "F1", "keyboard"),
        Entry("about", N_("&About OptiSim"), lambda: help.show_about(window), "", "info"),
    )
