"""How the menus of the race lab are arranged: ids of its commands."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from optisim.canvas.map.parts import MAP_PARTS
from optisim.canvas.map.parts import MENUS as PART_MENUS
from optisim.core.base.problems import N_
from optisim.ui.parts.commands import Item, Submenu
from optisim.ui.parts.lab import Menus
from optisim.ui.race.data_export import copies_of_results


def race_menus(add_menu: QMenu) -> Menus:
    """The menus; `add_menu` is the one that adds an optimizer."""
    return Menus(
        file=("race.load", None, "race.export", "race.film", "race.copy", "race.csv"),
        edit=(
            "race.describe",
            "race.add_start",
            None,
            add_menu,
            *(f"race.{name}" for name in ("duplicate", "up", "down", "toggle", "faint", "remove")),
        ),
        copy=("race.copy_script", *copies_of_results().values()),
        view=(
            *_parts(""),
            None,
            *(Submenu(title, _parts(name)) for name, title in PART_MENUS.titles.items()),
            "race.colormap",
            None,
            "race.zoom_in",
            "race.zoom_out",
            "race.reset_view",
            "race.equal",
        ),
        own={
            N_("&Run"): (
                *("race.play", "race.forward", "race.back", "race.start", "race.end", None),
                *("race.phase_forward", "race.phase_back", "race.phase_end", None),
                *("race.bookmark", "race.next", "race.previous", None),
                *("race.branch", None),
                *("race.faster", "race.slower"),
            )
        },
    )


def _parts(menu: str) -> tuple[Item, ...]:
    """The parts of the map in a menu; one that is called like the menu comes first, apart from the rest."""
    names = [name for name, part in MAP_PARTS.items() if part.menu == menu]
    first: tuple[Item, ...] = (f"race.show.{menu}", None) if menu in names else ()
    return (*first, *(f"race.show.{name}" for name in names if name != menu))
