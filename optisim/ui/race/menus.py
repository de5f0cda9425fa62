"""How the menus of the race lab are arranged: ids of its commands."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from optisim.core.base.problems import N_
from optisim.ui.parts.commands import Submenu
from optisim.ui.parts.lab import Menus
from optisim.ui.race.commands import ARROW_TEXTS, DISPLAY_TEXTS


def race_menus(add_menu: QMenu) -> Menus:
    """The menus; `add_menu` is the one that adds an optimizer."""
    first, *others = (f"race.show.{name}" for name in ARROW_TEXTS)
    return Menus(
        file=("race.load", None, "race.export", "race.film", "race.copy", "race.csv"),
        edit=(
            "race.add_start",
            None,
            add_menu,
            *(f"race.{name}" for name in ("duplicate", "up", "down", "toggle", "faint", "remove")),
        ),
        copy=("race.copy_script", "race.copy_markdown", "race.copy_latex"),
        view=(
            *(f"race.show.{name}" for name in DISPLAY_TEXTS),
            None,
            Submenu(N_("A&rrows"), (first, None, *others)),
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
