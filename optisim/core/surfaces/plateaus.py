"""Plateaus and cliffs: where the slope is almost nothing, and where it is suddenly far too much."""

from __future__ import annotations

import math

from optisim.core.base.problems import N_
from optisim.core.surfaces.surface import Domain, Surface, square

PLATEAUS = (
    Surface(
        "golf-hole",
        "1 - exp(-(x^2 + y^2)/2)",
        square(5.0),
        minima=((0.0, 0.0),),
        start=(-2.9, 2.2),
        steps=100,
        name=N_("Golf hole"),
        teaches=N_(
            "On the green the slope is tiny: SGD and momentum start very late, the adaptive methods at once."
        ),
        source="textbook",
    ),
    Surface(
        "easom",
        "-cos(x) cos(y) exp(-(x - pi)^2 - (y - pi)^2)",
        Domain(-1.0, 7.0, -1.0, 7.0),
        minima=((math.pi, math.pi),),
        start=(1.9, 4.2),
        steps=100,
        name=N_("Easom"),
        teaches=N_("One hole in a vast plain: start a little farther out and no method finds it."),
        source="Easom 1990",
    ),
    Surface(
        "staircase",
        "sigmoid(6x - 12) + sigmoid(6x) + sigmoid(6x + 12) + y^2/10",
        square(4.0),
        start=(3.4, 2.5),
        steps=100,
        name=N_("Staircase"),
        teaches=N_("The treads are almost level: SGD and momentum stay on the top one, Adam walks down all steps."),
        source="made for OptiSim",
    ),
    Surface(
        "neuron",
        "(sigmoid(x + y) - 0.9)^2 + (sigmoid(y - x) - 0.1)^2",
        square(10.0),
        minima=((math.log(9.0), 0.0),),
        start=(-5.0, 3.0),
        steps=200,
        name=N_("Saturated neuron"),
        teaches=N_("A sigmoid far from its middle has hardly any slope: learning waits, then happens all at once."),
        source="textbook",
    ),
    Surface(
        "recurrent-cliff",
        "(tanh(x tanh(x tanh(0.5x + y) + y) + y) - 0.5)^2 + 0.01(x^2 + y^2)",
        Domain(-0.5, 3.5, -2.0, 1.0),
        minima=((0.21596526369760904, 0.43589649777071726),),
        start=(2.5, -1.6),
        steps=100,
        name=N_("Cliff of a recurrent net"),
        teaches=N_("Gradients explode at the cliff: a rate that is safe there leaves SGD standing on the plateau."),
        source="after Pascanu et al. 2013",
    ),
)
