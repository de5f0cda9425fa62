"""The menus of the main window: what there is to do, with its keys. Doing it is up to the things themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.parts import MAP_PARTS, MENUS
from optisim.canvas.theme import THEMES
from optisim.core.base.problems import N_
from optisim.language import LANGUAGES, system_language
from optisim.ui.parts.actions import Entry
from optisim.ui.race import data_export, plugins
from optisim.ui.race import export_actions as taking_away
from optisim.ui.shell import help

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow


def fill_menus(window: MainWindow) -> None:
    """Make the menu bar of `window`."""
    _file(window)
    _edit(window)
    _view(window)
    _run(window)
    _help(window)


def _file(window: MainWindow) -> None:
    actions = window.actions_by_name
    file = actions.menu(N_("&File"))
    actions.add(
        file,
        Entry("chapter", N_("&New"), window.document.new, "Ctrl+N"),
        Entry("open", N_("&Open…"), window.document.open, "Ctrl+O", "open"),
        Entry("open_share", N_("Open s&hare string…"), lambda: data_export.open_share(window)),
    )
    actions.take(file, window.document.recent_menu, N_("Open &recent"))
    actions.add(file, Entry("examples", N_("E&xamples…"), window.document.open_example, "Ctrl+Shift+O"))
    actions.add(
        file,
        Entry("save", N_("&Save"), window.document.save, "Ctrl+S", "save"),
        Entry("save_as", N_("Save &as…"), window.document.save_as, "Ctrl+Shift+S"),
        None,
        Entry("load", N_("&Load optimizer…"), lambda: plugins.load_optimizer(window)),
        None,
        Entry("export", N_("&Export image…"), lambda: taking_away.export_figure(window), "Ctrl+E", "export-image"),
        Entry("film", N_("Export &film…"), lambda: taking_away.export_film(window), "Ctrl+Shift+F", "film"),
        Entry("copy", N_("&Copy image"), lambda: taking_away.copy_figure(window), "Ctrl+Shift+C", "copy"),
        Entry("csv", N_("Export &trajectories…"), lambda: data_export.export_data(window), "Ctrl+Shift+E", "csv"),
        None,
        Entry("quit", N_("&Quit"), window.close, "Ctrl+Q"),
    )


def _edit(window: MainWindow) -> None:
    actions = window.actions_by_name
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
        Entry("copy_share", N_("&Share string"), lambda: data_export.copy_share(window), "Ctrl+Shift+L"),
        Entry("copy_script", N_("&Python script"), lambda: data_export.copy_script(window)),
        Entry("copy_markdown", N_("Results as &Markdown"), lambda: data_export.copy_results(window, ".md")),
        Entry("copy_latex", N_("Results as &LaTeX"), lambda: data_export.copy_results(window, ".tex")),
    )
    paste = Entry("paste", N_("&Paste share string"), lambda: data_export.paste_share(window), "Ctrl+V")
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
    _parts(window, view, "")
    actions.add(view, None)
    for name, title in MENUS.titles.items():
        _parts(window, actions.menu(title, view), name)
    colormap = actions.menu(N_("Colour &map"), view)
    shown = window.settings.display.colormap
    actions.choice(colormap, COLORMAPS.titles, shown, lambda name: window.show_part("colormap", name))
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
    themes = {"": N_("As the system"), **THEMES.titles}
    actions.choice(appearances, themes, window.settings.theme, window.set_theme)
    languages = actions.menu("&Language · 语言", view)
    actions.choice(
        languages, LANGUAGES, window.settings.language or system_language(), window.set_language, translate=False
    )
    actions.add(view, Entry("full", N_("&Full screen"), window.toggle_full_screen, "F11"))


def _parts(window: MainWindow, menu: QMenu, name: str) -> None:
    """Fill one of the menus of what the map shows."""
    display = window.settings.display
    for part in (part for part in MAP_PARTS.values() if part.menu == name):
        text, show = part.entry or part.title, partial(window.show_part, part.name)
        entry = Entry(part.name, text, show, part.keys, part.icon, checked=display.shows(part.name))
        window.actions_by_name.add(menu, entry)
        if part.name == name:
            menu.addSeparator()


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
