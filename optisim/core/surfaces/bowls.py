"""Bowls: one minimum, slopes all around. What differs is how stretched they are."""

from __future__ import annotations

from optisim.core.problems import N_
from optisim.core.surfaces.surface import Surface, square

BOWLS = (
    Surface(
        "bowl",
        "x^2/20 + y^2",
        square(10.0),
        minima=((0.0, 0.0),),
        start=(-7.0, 2.0),
        log=True,
        steps=30,
        name=N_("Stretched bowl"),
        source="the chapter, 1.1.2",
    ),
    Surface(
        "booth",
        "(x + 2y - 7)^2 + (2x + y - 5)^2",
        square(10.0),
        minima=((1.0, 3.0),),
        start=(-7.0, -5.0),
        log=True,
        steps=60,
        name=N_("Booth"),
        source="Jamil and Yang 2013, no. 17",
    ),
)
