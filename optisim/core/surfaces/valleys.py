"""Valleys: steep walls and a floor that hardly slopes, often bent."""

from __future__ import annotations

import math

from optisim.core.base.problems import N_
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
        teaches=N_("All find the bent valley at once; following its nearly flat floor to the minimum takes long."),
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
        teaches=N_("Its steep corners force a tiny rate on SGD, which creeps where the adaptive methods stride."),
        source="Beale 1958",
    ),
    Surface(
        "dixon-price",
        "(x - 1)^2 + 2(2y^2 - x)^2",
        Domain(-3.0, 5.0, -2.5, 2.5),
        minima=((1.0, math.sqrt(0.5)), (1.0, -math.sqrt(0.5))),
        start=(4.0, 0.3),
        log=True,
        steps=100,
        name=N_("Dixon–Price"),
        teaches=N_("A bent valley with two equal minima: the sign of y at the start decides which one is found."),
        source="Dixon and Price 1989",
    ),
    Surface(
        "zakharov",
        "x^2 + y^2 + (0.5x + y)^2 + (0.5x + y)^4",
        square(5.0),
        minima=((0.0, 0.0),),
        start=(-4.0, -1.5),
        log=True,
        steps=80,
        name=N_("Zakharov"),
        teaches=N_(
            "The fourth power makes walls so steep that SGD must take a small rate, too small for the floor."
        ),
        source="Jamil and Yang 2013",
    ),
    Surface(
        "leon",
        "(1 - x)^2 + 100(y - x^3)^2",
        square(1.6),
        minima=((1.0, 1.0),),
        start=(-1.1, -1.0),
        log=True,
        steps=300,
        name=N_("Leon"),
        teaches=N_("Like Rosenbrock's valley, with a cubic bend: SGD and momentum hardly move, RMSProp gets far."),
        source="Leon 1966",
    ),
    Surface(
        "mccormick",
        "sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1",
        Domain(-1.5, 4.0, -3.0, 4.0),
        minima=((0.5 - math.pi / 3, -0.5 - math.pi / 3),),
        start=(-1.3, 1.5),
        steps=60,
        name=N_("McCormick"),
        teaches=N_(
            "A groove along the diagonal: all methods drop into it first, then roll along it to the minimum."
        ),
        source="McCormick 1976",
    ),
    Surface(
        "freudenstein-roth",
        "(x - 13 + ((5 - y) y - 2) y)^2 + (x - 29 + ((y + 1) y - 14) y)^2",
        Domain(-5.0, 15.0, -3.0, 6.0),
        minima=((5.0, 4.0),),
        start=(0.5, -2.0),
        log=True,
        steps=200,
        name=N_("Freudenstein–Roth"),
        teaches=N_("The valley leads all balls to a false minimum; the true one lies behind a high ridge."),
        source="Freudenstein and Roth 1963",
    ),
    Surface(
        "winding-valley",
        "x^2/20 + 5(y - sin(x))^2",
        Domain(-8.0, 8.0, -4.0, 4.0),
        minima=((0.0, 0.0),),
        start=(-7.0, 2.0),
        log=True,
        steps=100,
        name=N_("Winding valley"),
        teaches=N_(
            "The valley turns again and again: momentum keeps its speed through the bends and gets farthest."
        ),
        source="made for OptiSim",
    ),
)
