"""Saddles: flat spots that fall one way and rise another."""

from __future__ import annotations

from optisim.core.problems import N_
from optisim.core.surfaces.surface import Surface, square

SADDLES = (
    Surface(
        "saddle",
        "x^2 - y^2",
        square(2.0),
        start=(-1.6, 0.01),
        steps=60,
        name=N_("Saddle"),
        source="the textbook saddle",
    ),
)
