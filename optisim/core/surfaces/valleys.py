"""Valleys: steep walls and a floor that hardly slopes, often bent."""

from __future__ import annotations

from optisim.core.problems import N_
from optisim.core.surfaces.surface import Domain, Surface, square

VALLEYS = (
    Surface(
        "rosenbrock",
        "(1 - x)^2 + 100(y - x^2)^2",
        Domain(-2.0, 2.0, -1.0, 3.0),
        minima=((1.0, 1.0),),
        start=(-1.2, 1.0),
        log=True,
        steps=300,
        name=N_("Rosenbrock's valley"),
        source="Rosenbrock 1960",
    ),
    Surface(
        "beale",
        "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
        square(4.5),
        minima=((3.0, 0.5),),
        start=(1.0, 1.5),
        log=True,
        steps=200,
        name=N_("Beale"),
        source="Beale 1958",
    ),
)
