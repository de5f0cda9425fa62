"""Saddles: flat spots that fall one way and rise another."""

from __future__ import annotations

import math

from optisim.core.base.problems import N_
from optisim.core.surfaces.surface import Domain, Surface, square

SADDLES = (
    Surface(
        "saddle",
        "x^2 - y^2",
        square(2.0),
        start=(-1.6, 0.01),
        steps=60,
        name=N_("Saddle"),
        teaches=N_(
            "There is no floor: SGD shoots off ever faster, the adaptive methods walk down at a steady pace."
        ),
        source="the textbook saddle",
    ),
    Surface(
        "monkey-saddle",
        "x^3 - 3x y^2",
        square(2.0),
        start=(1.6, 0.05),
        steps=30,
        name=N_("Monkey saddle"),
        teaches=N_("Three ways down meet in a spot without slope or curvature: all linger there, then fall."),
        source="Hilbert and Cohn-Vossen 1932",
    ),
    Surface(
        "double-well",
        "(x^2 - 1)^2 + y^2",
        square(2.0),
        minima=((-1.0, 0.0), (1.0, 0.0)),
        start=(0.02, 1.6),
        steps=60,
        name=N_("Double well"),
        teaches=N_("Balls slide along the ridge to the saddle; AdaGrad turns to a well first, momentum last."),
        source="textbook",
    ),
    Surface(
        "shelf",
        "3x^4 + 4x^3 + 6y^2",
        Domain(-1.6, 1.2, -1.2, 1.2),
        minima=((-1.0, 0.0),),
        start=(1.0, 0.9),
        steps=60,
        name=N_("Shelf"),
        teaches=N_("Slope and curvature vanish on the shelf: only momentum carries a ball across and down."),
        source="textbook",
    ),
    Surface(
        "two-layer-net",
        "(x y - 1)^2 + 0.05(x^2 + y^2)",
        square(2.5),
        minima=((-math.sqrt(0.95), -math.sqrt(0.95)), (math.sqrt(0.95), math.sqrt(0.95))),
        start=(-1.9, 1.6),
        steps=80,
        name=N_("Two weights in a row"),
        teaches=N_(
            "Two linear layers with weight decay: balls pass the saddle at zero, and Adam lingers there longest."
        ),
        source="after Saxe et al. 2014",
    ),
    Surface(
        "chessboard",
        "sin(x) sin(y)",
        square(3.5),
        minima=((-math.pi / 2, math.pi / 2), (math.pi / 2, -math.pi / 2)),
        start=(1.5, 1.4),
        steps=60,
        name=N_("Chessboard"),
        teaches=N_("Hills and hollows alternate with saddles at the corners, where Adam hesitates longest."),
        source="textbook",
    ),
    Surface(
        "mexican-hat",
        "(x^2 + y^2 - 1)^2 + 0.2x",
        square(1.6),
        minima=((-1.0241203002150503, 0.0),),
        start=(0.15, 0.05),
        steps=100,
        name=N_("Mexican hat"),
        teaches=N_(
            "From the crown all fall to the wrong side; only then does the gentle brim lead to the minimum."
        ),
        source="the textbook hat, tilted",
    ),
)
