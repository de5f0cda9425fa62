"""The catalogue of surfaces, and finding one by name or formula."""

from __future__ import annotations

from dataclasses import replace

from optisim.core.base.problems import N_, Problem
from optisim.core.formulas.formula import parse
from optisim.core.surfaces.bowls import BOWLS
from optisim.core.surfaces.datasets import DATA
from optisim.core.surfaces.kinks import KINKS
from optisim.core.surfaces.many import MANY
from optisim.core.surfaces.plateaus import PLATEAUS
from optisim.core.surfaces.saddles import SADDLES
from optisim.core.surfaces.surface import USUAL_DOMAIN, Domain, Parameter, Point, Surface
from optisim.core.surfaces.valleys import VALLEYS

FAMILIES = {
    "bowls": (N_("Bowls"), BOWLS),
    "valleys": (N_("Valleys"), VALLEYS),
    "saddles": (N_("Saddles"), SADDLES),
    "many": (N_("Many minima"), MANY),
    "plateaus": (N_("Plateaus and cliffs"), PLATEAUS),
    "kinks": (N_("Kinks"), KINKS),
    "data": (N_("From data"), DATA),
}
"""Family → its name, to be translated, and its surfaces. Adding a surface is one entry in its family's file."""

SURFACES: dict[str, Surface] = {
    surface.slug: replace(surface, family=family)
    for family, (_, surfaces) in FAMILIES.items()
    for surface in surfaces
}
"""Slug → surface, in the order of the menu."""


def surface_named(text: str) -> Surface:
    """The catalogue's surface with the slug `text`, or else a surface of the formula `text`.

    Raises:
        Problem: if it is neither.
    """
    known = SURFACES.get(text.strip().lower())
    if known is not None:
        return known
    if text.strip() and all(letter.isalnum() or letter in "-_" for letter in text.strip()) and len(text) > 2:
        try:  # a lone word is more likely a misspelt name than a formula
            parse(text)
        except Problem:
            raise Problem(
                N_("There is no surface “{name}”; choose one of {names}, or give a formula in x and y."),
                name=text.strip(),
                names=", ".join(SURFACES),
            ) from None
    return own_surface(text)


def own_surface(formula: str, domain: Domain = USUAL_DOMAIN) -> Surface:
    """A surface of the user's own formula, with a start near a corner of `domain`; its parameters are all 1.

    Raises:
        FormulaProblem: if the formula cannot be read.
    """
    parameters = tuple(Parameter(name) for name, _ in parse(formula).parameters)
    start = (domain.left + 0.1 * domain.width, domain.bottom + 0.8 * domain.height)
    return Surface("", formula.strip(), domain, start=start, name=N_("Custom formula"), parameters=parameters)


__all__ = [
    "FAMILIES",
    "SURFACES",
    "USUAL_DOMAIN",
    "Domain",
    "Parameter",
    "Point",
    "Surface",
    "own_surface",
    "surface_named",
]
