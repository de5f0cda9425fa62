"""How the menu bar is arranged: the window's own commands, and between them those of the lab in front."""

from __future__ import annotations

from PySide6.QtWidgets import QMenuBar

from optisim.core.base.problems import N_
from optisim.ui.parts.commands import Commands, Item, Submenu
from optisim.ui.parts.lab import Lab
from optisim.ui.shell.opening import Opening


def fill_menus(bar: QMenuBar, commands: Commands, lab: Lab, opening: Opening) -> None:
    """Make the menus anew, for the lab that is in front."""
    for action in bar.actions():
        menu = action.menu()
        bar.removeAction(action)
        if menu is not None:
            menu.deleteLater()
    for text, items in _menus(lab, opening, several="window.lab" in commands).items():
        menu = commands.menu(text)
        commands.fill(menu, items)
        bar.addMenu(menu)


def _menus(lab: Lab, opening: Opening, several: bool) -> dict[str, tuple[Item, ...]]:
    own = lab.menus
    panels = tuple(f"{lab.name}.panel.{row.name}" for row in lab.panels)
    return {
        N_("&File"): (
            *("window.new", "window.open", "window.open_share", opening.recent_menu, "window.examples"),
            *("window.save", "window.save_as", None),
            *own.file,
            *(None, "window.quit"),
        ),
        N_("&Edit"): (
            *("window.undo", "window.redo", None),
            Submenu(N_("Copy &as"), ("window.copy_share", *own.copy)),
            *("window.paste", None),
            *own.edit,
            *(None, "window.palette"),
        ),
        N_("&View"): (
            *own.view,
            None,
            *(("window.lab",) if several else ()),
            Submenu(N_("&Panels"), (*panels, None, "window.drawer", "window.panels", "window.layout")),
            *("window.text_size", "window.larger_text", "window.smaller_text"),
            *("window.theme", "window.language", "window.full"),
        ),
        **{text: tuple(items) for text, items in (own.own or {}).items()},
        N_("&Help"): ("window.keys", "window.about"),
    }
