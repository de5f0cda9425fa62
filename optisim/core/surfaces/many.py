"""Many minima: where a ball ends depends on where and how it starts."""

from __future__ import annotations

from optisim.core.problems import N_
from optisim.core.surfaces.surface import Domain, Surface, square

MANY = (
    Surface(
        "himmelblau",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        square(6.0),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        start=(-0.5, -1.0),
        log=True,
        steps=60,
        name=N_("Himmelblau"),
        source="Himmelblau 1972",
    ),
    Surface(
        "rastrigin",
        "20 + x^2 + y^2 - 10cos(2pi x) - 10cos(2pi y)",
        square(5.12),
        minima=((0.0, 0.0),),
        start=(-3.4, 2.6),
        steps=60,
        name=N_("Rastrigin's egg box"),
        source="Rastrigin 1974",
    ),
    Surface(
        "ackley",
        "20 + e - 20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2)",
        square(5.0),
        minima=((0.0, 0.0),),
        start=(-3.4, 2.6),
        steps=60,
        name=N_("Ackley's funnel"),
        source="Ackley 1987",
    ),
    Surface(
        "styblinski-tang",
        "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2",
        square(5.0),
        minima=((-2.903534027771177, -2.903534027771177),),
        start=(0.3, 4.5),
        steps=60,
        name=N_("Styblinski–Tang"),
        source="Styblinski and Tang 1990",
    ),
    Surface(
        "goldstein-price",
        "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6x y + 3y^2))"
        " (30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
        square(2.0),
        minima=((0.0, -1.0),),
        start=(-1.5, 1.2),
        log=True,
        steps=100,
        name=N_("Goldstein–Price"),
        source="Goldstein and Price 1971",
    ),
    Surface(
        "six-hump-camel",
        "(4 - 2.1x^2 + x^4/3) x^2 + x y + (4y^2 - 4) y^2",
        Domain(-2.0, 2.0, -1.1, 1.1),
        minima=((0.089842013100318, -0.712656403262342), (-0.089842013100318, 0.712656403262342)),
        start=(-1.6, 1.0),
        steps=60,
        name=N_("Six-hump camel"),
        source="Dixon and Szegő 1978",
    ),
    Surface(
        "eggholder",
        "-(y + 47) sin(sqrt(abs(x/2 + y + 47))) - x sin(sqrt(abs(x - y - 47)))",
        square(512.0),
        minima=((512.0, 404.231805123817),),
        start=(-200.0, 150.0),
        steps=60,
        name=N_("Eggholder"),
        source="Whitley 1996",
    ),
)
