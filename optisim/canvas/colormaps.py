"""The colour maps in which heights are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg

from optisim.core.base.problems import N_
from optisim.core.base.tables import Table


@dataclass(frozen=True)
class ColorMap:
    """Colours from the lowest height to the highest: a row of COLORMAPS.

    Attributes:
        name: in settings and on the command line.
        title: in menus and forms, to be translated.
        colors: pyqtgraph's name of the map; or its colours as #RRGGBB, evenly spaced.
    """

    name: str
    title: str
    colors: str | tuple[str, ...]

    def shades(self, count: int) -> npt.NDArray[np.uint8]:
        """So many colours of the map, evenly spaced: (count, 3)."""
        known = isinstance(self.colors, str)
        colormap = pg.colormap.get(self.colors) if known else pg.ColorMap(None, list(self.colors))
        shades: npt.NDArray[np.uint8] = colormap.getLookupTable(nPts=count, mode="byte")[:, :3]
        return shades


COLORMAPS = Table(
    (
        ColorMap("viridis", N_("Viridis"), "viridis"),
        ColorMap("cividis", N_("Cividis"), "cividis"),
        ColorMap("magma", N_("Magma"), "magma"),
        ColorMap("grey", N_("Grey"), "CET-L1"),
    ),
    unknown=N_("There is no colour map “{name}”; choose one of {names}."),
)
"""The first is the one that is shown unless another one is chosen."""
