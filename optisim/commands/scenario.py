"""The options that say what is raced: a scenario from somewhere, and what to change in it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from optisim.commands.messages import report
from optisim.commands.reading import numbers, parameter, point, whole
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers.plugins import load_installed, load_optimizers
from optisim.core.race.noise import NOISES
from optisim.core.race.scenario import Scenario, chapter_scenario, make_scenario, read_run
from optisim.core.surfaces import Domain, surface_named
from optisim.export.sources import read_source
from optisim.language import tr


def load(options: argparse.Namespace) -> None:
    """Add the user's own optimizers to the catalogue: those of installed packages, and those asked for."""
    for problem in load_installed():
        report(problem)
    for path in options.plugin or ():
        load_optimizers(path)


def scenario_of(options: argparse.Namespace) -> Scenario:
    """The scenario of the source, or else the chapter's, with what the options change in it."""
    load(options)
    given = _race(options.source) if options.source is not None else None
    if options.surface is not None:
        surface = surface_named(options.surface)
    else:
        surface = (given or chapter_scenario()).surface
    for text in options.param or ():
        surface = surface.with_parameter(parameter(text))
    if options.domain is not None:
        sides = numbers(options.domain, 4, "--domain", "-2,2,-1,3")
        surface = replace(surface, domain=Domain.checked(*sides))
    if options.log or options.linear:
        surface = replace(surface, log=options.log)
    runs = [read_run(text) for text in options.run or ()]
    if given is None:
        scenario = make_scenario(surface, runs) if runs else chapter_scenario(surface)
    else:
        scenario = replace(given, surface=surface) if options.surface is None else given.with_surface(surface)
        if runs:
            scenario = replace(scenario, runs=make_scenario(surface, runs).runs)
    changes: dict[str, Any] = {}
    if options.start:
        changes["starts"] = tuple(point(text) for text in options.start)
    if options.noise is not None:
        changes["noise"] = NOISES.read(options.noise)
    for name in ("steps", "seed", "seeds"):
        if (text := getattr(options, name)) is not None:
            changes[name] = whole(text, f"--{name}")
    return replace(scenario, **changes)


def _race(source: str) -> Scenario:
    """The scenario of a source, which may hold a document of another kind."""
    document = read_source(source)
    if not isinstance(document, Scenario):
        raise Problem(N_("“{source}” holds no race, and only a race can be drawn or simulated."), source=source)
    return document


def source_help() -> str:
    return tr("a scenario: a file, an exported image or film, a share string, or example:NAME")


def add_scenario(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", nargs="?", help=source_help())
    parser.add_argument("--surface", metavar="S", help=tr("a surface of the list, or a formula in x and y (bowl)"))
    parser.add_argument(
        "--run",
        metavar="R",
        action="append",
        help=tr(
            "an optimizer as name:parameter=value,…, with a schedule as …@name:parameter=value,…; may be repeated"
        ),
    )
    parser.add_argument("--param", metavar="A=V", action="append", help=tr("a parameter of the surface's formula"))
    parser.add_argument("--noise", metavar="N", help=tr("noise, as name:parameter=value,… (none)"))
    parser.add_argument("--seed", metavar="K", help=tr("what the noise is drawn from (0)"))
    parser.add_argument("--seeds", metavar="K", help=tr("balls with noise of their own per start (1)"))
    add_plugin(parser)
    parser.add_argument("--start", metavar="X,Y", action="append", help=tr("a start point; may be repeated"))
    parser.add_argument("--steps", metavar="N", help=tr("number of updates"))
    parser.add_argument("--domain", metavar="X0,X1,Y0,Y1", help=tr("the part of the plane to show"))
    heights = parser.add_mutually_exclusive_group()
    heights.add_argument("--log", action="store_true", help=tr("logarithmic heights"))
    heights.add_argument("--linear", action="store_true", help=tr("linear heights"))


def add_plugin(parser: argparse.ArgumentParser) -> None:
    about = tr("a Python file with optimizers of your own, which is run; may be repeated")
    parser.add_argument("--plugin", metavar="FILE", action="append", help=about)
