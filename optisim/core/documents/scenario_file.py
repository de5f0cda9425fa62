"""Scenarios as JSON: written, read back, and those of older versions brought up to date."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from optisim.core.base.hyperparameters import Catalogue, T, Tunable
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.noise import MAX_SEED, NOISES
from optisim.core.race.scenario import MARKERS, Past, Run, Scenario, is_whole
from optisim.core.race.schedules import SCHEDULES
from optisim.core.surfaces import SURFACES, Domain, Parameter, Surface, own_surface

FORMAT = "optisim-scenario"
VERSION = 3
MAX_FILE = 1_000_000  # characters
_DAMAGED = N_("This OptiSim scenario is damaged: a part is missing or not what it should be.")


def to_json(scenario: Scenario) -> str:
    """The scenario as JSON text, one value a line."""
    return json.dumps(to_data(scenario), indent=1)


def to_data(scenario: Scenario) -> dict[str, Any]:
    """The scenario as what JSON has: dictionaries, lists, texts, numbers and truth values."""
    surface = scenario.surface
    return {
        "format": FORMAT,
        "version": VERSION,
        "surface": {
            "slug": surface.slug,
            "formula": surface.formula,
            "domain": list(surface.domain),
            "log": surface.log,
            "parameters": {p.name: [p.value, p.low, p.high] for p in surface.parameters},
        },
        "noise": _kind(scenario.noise),
        "seed": scenario.seed,
        "seeds": scenario.seeds,
        "starts": [list(point) for point in scenario.starts],
        "steps": scenario.steps,
        "runs": [
            {
                "optimizer": run.optimizer.slug(),
                "hyperparameters": run.optimizer.values,
                "schedule": _kind(run.schedule),
                "stream": run.stream,
                "color": run.color,
                "marker": run.marker,
                "visible": run.visible,
                "label": run.label,
                "past": [
                    {
                        "until": past.until,
                        "hyperparameters": past.optimizer.values,
                        "schedule": _kind(past.schedule),
                    }
                    for past in run.past
                ],
                "ghost": run.ghost,
            }
            for run in scenario.runs
        ],
        "bookmarks": list(scenario.bookmarks),
    }


def _kind(made: Tunable) -> dict[str, Any]:
    return {"kind": made.slug(), "hyperparameters": made.values}


def from_json(text: str) -> Scenario:
    """The scenario in JSON `text`.

    Raises:
        Problem: if the text is not a scenario of a version that this program reads.
    """
    if len(text) > MAX_FILE:
        raise Problem(N_("This scenario is too large to be one of OptiSim's."))
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise KeyError
        version = _part(data, "version", int)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Problem(N_("This is not an OptiSim scenario.")) from None
    if version > VERSION:
        raise Problem(N_("This scenario was made by a newer OptiSim; update to open it."))
    if version < 2:
        data = _from_version_1(data)
    if version < 3:
        data = _from_version_2(data)
    try:
        return Scenario(
            surface=_surface(_part(data, "surface", dict)),
            starts=tuple((_number(x), _number(y)) for x, y in _part(data, "starts", list)),
            runs=tuple(map(_run, _part(data, "runs", list))),
            steps=_part(data, "steps", int),
            noise=_made(NOISES, _part(data, "noise", dict)),
            seed=_part(data, "seed", int),
            seeds=_part(data, "seeds", int),
            bookmarks=tuple(_part(data, "bookmarks", list)),
        )
    except Problem:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise Problem(_DAMAGED) from None


def _part(data: dict[str, Any], name: str, kind: type) -> Any:
    """`data[name]`, which must be of the `kind` that `to_json` writes: no text or true for a number."""
    value = data[name]
    if type(value) is not kind:
        raise TypeError
    return value


def _from_version_1(data: dict[str, Any]) -> dict[str, Any]:
    """What version 2 says of a scenario from before there were schedules, noise and parameters."""
    constant: dict[str, Any] = {"kind": "constant", "hyperparameters": {}}
    try:
        surface = {**data["surface"], "parameters": {}}
        runs = [{**run, "schedule": constant, "stream": stream} for stream, run in enumerate(data["runs"])]
    except (KeyError, TypeError):
        raise Problem(_DAMAGED) from None
    noise: dict[str, Any] = {"kind": "none", "hyperparameters": {}}
    return {**data, "surface": surface, "runs": runs, "noise": noise, "seed": 0, "seeds": 1}


def _from_version_2(data: dict[str, Any]) -> dict[str, Any]:
    """What version 3 says of a scenario from before there were branches and bookmarks."""
    try:
        runs = [{**run, "past": [], "ghost": False} for run in data["runs"]]
    except (KeyError, TypeError):
        raise Problem(_DAMAGED) from None
    return {**data, "runs": runs, "bookmarks": []}


def _made(catalogue: Catalogue[T], data: dict[str, Any]) -> T:
    return catalogue.make(_part(data, "kind", str), _part(data, "hyperparameters", dict))


def _number(value: object) -> float:
    if type(value) not in (int, float):
        raise TypeError
    return float(value)  # type: ignore[arg-type]


def _surface(data: dict[str, Any]) -> Surface:
    formula = _part(data, "formula", str)
    domain = Domain.checked(*map(_number, _part(data, "domain", list)))
    known = SURFACES.get(_part(data, "slug", str))
    surface = known if known is not None and known.formula == formula else own_surface(formula, domain)
    surface = replace(surface, domain=domain, log=_part(data, "log", bool))
    for name, numbers in _part(data, "parameters", dict).items():
        value, low, high = map(_number, numbers)
        surface = surface.with_parameter(Parameter.checked(name, value, low, high))
    return surface


def _run(data: dict[str, Any]) -> Run:
    color, marker = _part(data, "color", str), _part(data, "marker", str)
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color) or marker not in MARKERS:
        raise ValueError
    slug = _part(data, "optimizer", str)
    stream = _part(data, "stream", int)
    if not is_whole(stream, 0, MAX_SEED):
        raise ValueError
    return Run(
        OPTIMIZERS.make(slug, _part(data, "hyperparameters", dict)),
        color,
        marker,
        visible=_part(data, "visible", bool),
        label=_part(data, "label", str)[:80],
        schedule=_made(SCHEDULES, _part(data, "schedule", dict)),
        stream=stream,
        past=tuple(_past(slug, part) for part in _part(data, "past", list)),
        ghost=_part(data, "ghost", bool),
    )


def _past(slug: str, data: dict[str, Any]) -> Past:
    optimizer = OPTIMIZERS.make(slug, _part(data, "hyperparameters", dict))
    return Past(_part(data, "until", int), optimizer, _made(SCHEDULES, _part(data, "schedule", dict)))
