"""The document of a race, a `Scenario`, as files have it: written sparsely, and those of older versions read.

What a file leaves out is as `_SCENARIO`, `_RUN` and their like say here, as the catalogue has the surface, and the
default of a method, schedule or noise. tests/golden/defaults.json records all of it, for it must not change without
a new version.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from optisim.core.base.hyperparameters import Catalogue, T, Tunable
from optisim.core.base.problems import N_
from optisim.core.documents.fields import Fields, differing
from optisim.core.documents.kinds import Kind
from optisim.core.documents.race_changes import change_between
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.noise import MAX_SEED, NOISES
from optisim.core.race.scenario import MARKERS, PAIRS, Past, Run, Scenario, chapter_scenario, is_whole
from optisim.core.race.schedules import SCHEDULES
from optisim.core.surfaces import SURFACES, USUAL_DOMAIN, Domain, Parameter, Surface, own_surface

VERSION = 4
MOST_NAMES = 6  # of a summary

_SCENARIO = {
    "noise": {"kind": "none"},
    "seed": 0,
    "seeds": 1,
    "steps": 30,
    "bookmarks": [],
    "title": "",
    "says": "",
}
_RUN = {
    "hyperparameters": {},
    "schedule": {"kind": "constant"},
    "visible": True,
    "label": "",
    "past": [],
    "ghost": False,
}
_PAST = {"hyperparameters": {}, "schedule": {"kind": "constant"}}
_TUNABLE: dict[str, Any] = {"hyperparameters": {}}
_SURFACE = {"slug": ""}


def _run_defaults(place: int) -> dict[str, Any]:
    """What a run that is at `place` in the list has unless its file says otherwise."""
    look = PAIRS[place % len(PAIRS)]
    return {**_RUN, "stream": place, "color": look.color, "marker": look.marker}


def _known(slug: str, formula: str) -> Surface | None:
    """The catalogue's surface of that name, if it still has that formula."""
    known = SURFACES.get(slug)
    return known if known is not None and known.formula == formula else None


def _surface_defaults(known: Surface | None) -> dict[str, Any]:
    """What a surface has unless its file says otherwise; for one of the catalogue, what that says."""
    domain, log = (USUAL_DOMAIN, False) if known is None else (known.domain, known.log)
    return {**_SURFACE, "domain": list(domain), "log": log, "parameters": {}}


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────


def _write(scenario: Scenario) -> dict[str, Any]:
    data = {
        "surface": _surface_data(scenario.surface),
        "noise": _tunable_data(scenario.noise),
        "seed": scenario.seed,
        "seeds": scenario.seeds,
        "starts": [list(point) for point in scenario.starts],
        "steps": scenario.steps,
        "runs": [_run_data(run, place) for place, run in enumerate(scenario.runs)],
        "bookmarks": list(scenario.bookmarks),
        "title": scenario.title,
        "says": scenario.says,
    }
    return differing(data, _SCENARIO)


def _surface_data(surface: Surface) -> dict[str, Any]:
    known = _known(surface.slug, surface.formula)
    usual = known.parameters if known is not None else tuple(Parameter(p.name) for p in surface.parameters)
    data = {
        "slug": surface.slug,
        "formula": surface.formula,
        "domain": list(surface.domain),
        "log": surface.log,
        "parameters": {p.name: [p.value, p.low, p.high] for p in surface.parameters if p not in usual},
    }
    return differing(data, _surface_defaults(known))


def _run_data(run: Run, place: int) -> dict[str, Any]:
    data = {
        "optimizer": run.optimizer.slug(),
        "hyperparameters": _values(run.optimizer),
        "schedule": _tunable_data(run.schedule),
        "stream": run.stream,
        "color": run.color,
        "marker": run.marker,
        "visible": run.visible,
        "label": run.label,
        "past": [_past_data(past) for past in run.past],
        "ghost": run.ghost,
    }
    return differing(data, _run_defaults(place))


def _past_data(past: Past) -> dict[str, Any]:
    data = {
        "until": past.until,
        "hyperparameters": _values(past.optimizer),
        "schedule": _tunable_data(past.schedule),
    }
    return differing(data, _PAST)


def _tunable_data(tunable: Tunable) -> dict[str, Any]:
    return differing({"kind": tunable.slug(), "hyperparameters": _values(tunable)}, _TUNABLE)


def _values(tunable: Tunable) -> dict[str, Any]:
    """The hyperparameters that are not at their defaults; all of a plug-in, whose author may change a default."""
    if not _built_in(type(tunable)):
        return tunable.values
    return differing(tunable.values, {hyper.name: hyper.default for hyper in tunable.hypers()})


def _built_in(kind: type[Tunable]) -> bool:
    """Whether a class comes with OptiSim, as must what it is around."""
    inner = getattr(kind, "inner_kind", None)
    return kind.__module__.startswith("optisim.") and (inner is None or _built_in(inner))


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────


def _read(data: dict[str, Any], version: int) -> Scenario:
    if version < 2:
        data = _from_version_1(data)
    if version < 3:
        data = _from_version_2(data)
    fields = Fields(data)
    if version < 4:
        _check_version_3(fields)
    fields = fields.or_else(_SCENARIO)
    starts = fields.listed("starts")
    return Scenario(
        surface=_surface(fields.part("surface")),
        starts=tuple((x, y) for x, y in (starts.numbers(place, 2) for place in starts.data)),
        runs=tuple(_run(part.or_else(_run_defaults(place))) for place, part in enumerate(fields.parts("runs"))),
        steps=fields.get("steps", int),
        noise=_tunable(NOISES, fields.part("noise")),
        seed=fields.get("seed", int),
        seeds=fields.get("seeds", int),
        bookmarks=tuple(fields.get("bookmarks", list)),
        title=fields.get("title", str),
        says=fields.get("says", str),
    )


def _tunable(catalogue: Catalogue[T], fields: Fields) -> T:
    fields = fields.or_else(_TUNABLE)
    return catalogue.make(fields.get("kind", str), fields.get("hyperparameters", dict))


def _surface(fields: Fields) -> Surface:
    fields = fields.or_else(_SURFACE)
    formula = fields.get("formula", str)
    known = _known(fields.get("slug", str), formula)
    fields = fields.or_else(_surface_defaults(known))
    domain = Domain.checked(*fields.numbers("domain", 4))
    surface = known if known is not None else own_surface(formula, domain)
    surface = replace(surface, domain=domain, log=fields.get("log", bool))
    parameters = fields.part("parameters")
    for name in parameters.data:
        surface = surface.with_parameter(Parameter.checked(name, *parameters.numbers(name, 3)))
    return surface


def _run(fields: Fields) -> Run:
    color, marker, stream = fields.get("color", str), fields.get("marker", str), fields.get("stream", int)
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
        raise fields.wrong("color")
    if marker not in MARKERS:
        raise fields.wrong("marker")
    if not is_whole(stream, 0, MAX_SEED):
        raise fields.wrong("stream")
    slug = fields.get("optimizer", str)
    return Run(
        OPTIMIZERS.make(slug, fields.get("hyperparameters", dict)),
        color,
        marker,
        visible=fields.get("visible", bool),
        label=fields.get("label", str)[:80],
        schedule=_tunable(SCHEDULES, fields.part("schedule")),
        stream=stream,
        past=tuple(_past(slug, part.or_else(_PAST)) for part in fields.parts("past")),
        ghost=fields.get("ghost", bool),
    )


def _past(slug: str, fields: Fields) -> Past:
    optimizer = OPTIMIZERS.make(slug, fields.get("hyperparameters", dict))
    return Past(fields.get("until", int), optimizer, _tunable(SCHEDULES, fields.part("schedule")))


# ── Older versions ───────────────────────────────────────────────────────────────────────────────────────


def _from_version_1(data: dict[str, Any]) -> dict[str, Any]:
    """What version 2 says of a scenario from before there were schedules, noise and parameters."""
    constant: dict[str, Any] = {"kind": "constant", "hyperparameters": {}}
    noise: dict[str, Any] = {"kind": "none", "hyperparameters": {}}
    fields = Fields(data)
    surface = {**fields.part("surface").data, "parameters": {}}
    runs = [{**run.data, "schedule": constant, "stream": stream} for stream, run in enumerate(fields.parts("runs"))]
    return {**data, "surface": surface, "runs": runs, "noise": noise, "seed": 0, "seeds": 1}


def _from_version_2(data: dict[str, Any]) -> dict[str, Any]:
    """What version 3 says of a scenario from before there were branches and bookmarks."""
    runs = [{**run.data, "past": [], "ghost": False} for run in Fields(data).parts("runs")]
    return {**data, "runs": runs, "bookmarks": []}


def _check_version_3(fields: Fields) -> None:
    """Make sure that nothing is missing: up to version 3, files said everything, default or not."""
    fields.require("surface", "noise", "seed", "seeds", "starts", "steps", "runs", "bookmarks")
    fields.part("surface").require("slug", "formula", "domain", "log", "parameters")
    phases = [past for run in fields.parts("runs") for past in (run, *run.or_else({"past": []}).parts("past"))]
    for run in fields.parts("runs"):
        run.require("optimizer", "stream", "color", "marker", "visible", "label", "past", "ghost")
    for phase in phases:
        phase.require("hyperparameters", "schedule")
    for tunable in (fields.part("noise"), *(phase.part("schedule") for phase in phases)):
        tunable.require("kind", "hyperparameters")


# ── The kind ─────────────────────────────────────────────────────────────────────────────────────────────


def _describe(scenario: Scenario) -> str:
    """Its title, or else the surface's name or formula."""
    if scenario.title:
        return scenario.title
    return scenario.surface.name if scenario.surface.slug else scenario.surface.formula


def _summary(scenario: Scenario) -> str:
    """The formula, and who races."""
    names = [run.name for run in scenario.runs]
    shown = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    formula = scenario.surface.formula
    formula = formula if len(formula) <= 80 else formula[:80] + "…"
    return f"{formula}: {shown}" if names else formula


RACE: Kind[Scenario] = Kind(
    name="race",
    format="optisim-scenario",
    version=VERSION,
    ending=".optisim.json",
    title=N_("OptiSim scenario"),
    document=Scenario,
    new=chapter_scenario,
    write=_write,
    read=_read,
    change=change_between,
    describe=_describe,
    summary=_summary,
    file_name=lambda scenario: scenario.surface.slug or "scenario",
)
