"""`optisim list`: what there is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

from optisim.commands.reading import one_of
from optisim.commands.scenario import add_plugin, load
from optisim.core.base.hyperparameters import Catalogue, T
from optisim.core.optimizers import OPTIMIZERS, Lookahead
from optisim.core.race.noise import NOISES
from optisim.core.race.schedules import SCHEDULES
from optisim.core.surfaces import SURFACES
from optisim.language import tr


def add(commands: Any) -> None:
    """Put the command into the parser's list."""
    listing = commands.add_parser(
        "list",
        help=tr("list what there is"),
        description=tr("List the surfaces, optimizers, schedules, kinds of noise or examples."),
    )
    listing.add_argument("what", metavar="|".join(LISTS), help=tr("what to list"))
    add_plugin(listing)
    listing.add_argument("--json", action="store_true", help=tr("as JSON, with everything that is known"))
    listing.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    load(options)
    what = one_of(options.what, tuple(LISTS), "list")
    entries, lines = LISTS[what]()
    print(json.dumps(entries, indent=1) if options.json else "\n".join(lines))
    return 0


Listing = tuple[list[dict[str, object]], list[str]]


def _surfaces() -> Listing:
    entries: list[dict[str, object]] = [
        {
            "slug": s.slug,
            "family": s.family,
            "name": s.name,
            "formula": s.formula,
            "parameters": {p.name: p.value for p in s.parameters},
            "domain": list(s.domain),
            "minima": [list(point) for point in s.minima],
            "start": list(s.start),
            "steps": s.steps,
            "teaches": s.teaches,
            "source": s.source,
        }
        for s in SURFACES.values()
    ]
    width = 2 + max(map(len, SURFACES))
    return entries, [f"{s.slug:<{width}}{s.formula}" for s in SURFACES.values()]


def _optimizers() -> Listing:
    entries: list[dict[str, object]] = [
        {
            "slug": slug,
            "family": kind.family,
            "name": kind.name,
            "character": kind.character,
            "hyperparameters": {hyper.name: hyper.default for hyper in kind.hypers()},
            "equations": [equation.latex for equation in kind().equations],
            "paper": kind.paper,
        }
        for slug, kind in OPTIMIZERS.items()
    ]
    around = ", ".join(f"{name}={_shown(field.default)}" for name, _, field in Lookahead.own)
    return entries, [*_kinds(OPTIMIZERS), f"{Lookahead.spelling + '-…':<14}{Lookahead.name:<20}{around}"]


def _kinds(catalogue: Catalogue[T]) -> list[str]:
    """A line for every class of a catalogue: slug, name, hyperparameters and their defaults."""
    return [
        f"{slug:<14}{kind.name:<20}" + ", ".join(f"{h.name}={_shown(h.default)}" for h in kind.hypers())
        for slug, kind in catalogue.items()
    ]


def _tunables(catalogue: Catalogue[T]) -> Listing:
    entries: list[dict[str, object]] = [
        {
            "slug": slug,
            "name": kind.name,
            "character": kind.character,
            "hyperparameters": {hyper.name: hyper.default for hyper in kind.hypers()},
        }
        for slug, kind in catalogue.items()
    ]
    return entries, _kinds(catalogue)


def _examples() -> Listing:
    from optisim.core.documents.examples import EXAMPLES

    entries: list[dict[str, object]] = [
        {"name": name, "title": example.title, "says": example.says} for name, example in EXAMPLES.items()
    ]
    width = 2 + max(map(len, EXAMPLES))
    return entries, [f"{name:<{width}}{tr(example.title)}" for name, example in EXAMPLES.items()]


LISTS: dict[str, Callable[[], Listing]] = {
    "surfaces": _surfaces,
    "optimizers": _optimizers,
    "schedules": lambda: _tunables(SCHEDULES),
    "noises": lambda: _tunables(NOISES),
    "examples": _examples,
}


def _shown(value: float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"
