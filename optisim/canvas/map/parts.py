"""What can be shown on the map: what each part is called, where it is offered, and what paints it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optisim.core.base.problems import N_
from optisim.core.base.tables import Choice, Table

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from optisim.canvas.map.race_map import RaceMap

Paint = Callable[["QPainter", "RaceMap"], None]
"""Paints a part on the map's rectangle, from (0, 0), in pixels of the map's projection."""


@dataclass(frozen=True)
class MapPart:
    """Something that can be shown on the map or left out: a row of MAP_PARTS.

    Attributes:
        name: in settings and on the command line.
        title: in menus and forms, to be translated.
        shown: the window shows it unless told otherwise.
        in_figures: figures have it unless told otherwise; None if it is not offered for them, and they have it as
            the window does.
        paint: what paints it; None for what another part paints, or what is beside the map.
        still: it is part of the ground below the trails, painted when view, surface or display change. What is
            not still is above the trails, and painted at every frame.
        needs: the part without which there is nothing of it to be seen.
        menu: the menu that it is in, one of MENUS; "" for View itself.
        entry: its text in the menu, if that is not its title.
        keys: its shortcut.
        icon: in the menu.
    """

    name: str
    title: str
    shown: bool = True
    in_figures: bool | None = True
    paint: Paint | None = None
    still: bool = False
    needs: str = ""
    menu: str = ""
    entry: str = ""
    keys: str = ""
    icon: str = ""


MENUS = Table((Choice("arrows", N_("A&rrows")),), unknown=N_("There is no menu “{name}”; choose one of {names}."))
"""The menus of parts inside View; one that is called like a part begins with it."""

MAP_PARTS = Table(
    (
        MapPart("heat", N_("Heat map"), paint=lambda painter, m: m.paint_heat(painter), still=True),
        MapPart("contours", N_("Contour lines"), paint=lambda painter, m: m.paint_contours(painter), still=True),
        MapPart("labels", N_("Contour labels"), needs="contours"),
        MapPart("colorbar", N_("Colour bar"), needs="heat"),
        MapPart("trails", N_("Trails"), paint=lambda painter, m: m.paint_branches(painter)),
        MapPart("minima", N_("Minima"), paint=lambda painter, m: m.paint_minima(painter)),
        MapPart(
            "local",
            N_("Local picture"),
            shown=False,
            in_figures=False,
            paint=lambda painter, m: m.paint_local(painter),
            entry=N_("L&ocal picture"),
            keys="L",
        ),
        MapPart("balls", N_("Balls"), paint=lambda painter, m: m.paint_balls(painter)),
        MapPart("starts", N_("Start points"), in_figures=False, paint=lambda painter, m: m.paint_starts(painter)),
        MapPart(
            "arrows",
            N_("Arrows"),
            in_figures=False,
            paint=lambda painter, m: m.paint_arrows(painter),
            menu="arrows",
            entry=N_("Show &arrows"),
            keys="A",
            icon="arrows",
        ),
        MapPart("arrow_gradient", N_("Gradient"), in_figures=None, needs="arrows", menu="arrows"),
        MapPart("arrow_memory", N_("What the method remembers"), in_figures=None, needs="arrows", menu="arrows"),
        MapPart("arrow_rates", N_("Rates of x and y"), in_figures=None, needs="arrows", menu="arrows"),
        MapPart("arrow_update", N_("Update"), in_figures=None, needs="arrows", menu="arrows"),
        MapPart(
            "arrows_of_all", N_("Of all optimizers"), shown=False, in_figures=None, needs="arrows", menu="arrows"
        ),
        MapPart("legend", N_("Legend"), shown=False, paint=lambda painter, m: m.paint_legend(painter)),
    ),
    unknown=N_("The map has no part “{name}”; choose one of {names}."),
)
"""In the order in which they are painted and offered."""
