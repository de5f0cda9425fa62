"""A scenario as a short Python program that makes the same race, bit for bit."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import optisim
from optisim.core.base.hyperparameters import Tunable
from optisim.core.optimizers import Optimizer
from optisim.core.optimizers.wrappers import Wrapper
from optisim.core.race.scenario import Run, Scenario
from optisim.core.race.schedules import Constant, Schedule
from optisim.core.surfaces import SURFACES, USUAL_DOMAIN, Parameter, Surface, own_surface

WIDTH = 100  # of a line, if it can be

_END = """
for trajectory in optisim.simulate(scenario):
    for (x, y), loss in zip(trajectory.x[-1].tolist(), trajectory.loss[-1].tolist()):
        print(f"{trajectory.run.name}: x = {x}, y = {y}, loss = {loss}")
"""


def script_of(scenario: Scenario) -> str:
    """A Python program that races `scenario` and prints where each ball is at the end.

    It has what the positions depend on, and labels, but not colours, nor what is shown or marked. Optimizers of the
    user's own are loaded from where they came from.
    """
    surface = _surface_lines(scenario.surface)
    runs = [_run(run, scenario.noisy) for run in scenario.runs]
    fields = ["surface", f"starts={_tuple(map(repr, scenario.starts))}", f"runs={_tuple(runs)}"]
    fields.append(f"steps={scenario.steps}")
    if scenario.noisy:
        fields += [f"noise={_made(scenario.noise)}", f"seed={scenario.seed}", f"seeds={scenario.seeds}"]
    what = f"{_counted(len(runs))} on {_one_line(scenario.surface.formula)}"
    lines = [
        f"# Written by OptiSim {optisim.__version__}: {what}",
        *(["from dataclasses import replace", ""] if any("replace(" in line for line in surface) else []),
        "import optisim",
        *_loading(scenario.runs),
        "",
        *surface,
        _call("scenario = optisim.Scenario", fields),
    ]
    return "\n".join(lines) + "\n" + _END


def _counted(runs: int) -> str:
    return "1 optimizer" if runs == 1 else f"{runs} optimizers"


# ── Surface ──────────────────────────────────────────────────────────────────────────────────────────────


def _surface_lines(surface: Surface) -> list[str]:
    """The surface as it stands in the catalogue, or of a formula, and what was changed in it."""
    known = SURFACES.get(surface.slug)
    changes = []
    if known is not None and known.formula == surface.formula:
        lines = [f"surface = optisim.surface_named({_quoted(surface.slug)})"]
        if surface.domain != known.domain:
            changes.append(f"domain={_domain(surface)}")
    else:
        known = own_surface(surface.formula, surface.domain)
        domain = f", {_domain(surface)}" if surface.domain != USUAL_DOMAIN else ""
        lines = [f"surface = optisim.own_surface({_quoted(surface.formula)}{domain})"]
    if surface.log != known.log:
        changes.append(f"log={surface.log}")
    if changes:
        lines.append(f"surface = replace(surface, {', '.join(changes)})")
    before = {parameter.name: parameter for parameter in known.parameters}
    changed = (p for p in surface.parameters if repr(p) != repr(before[p.name]))
    return lines + [f"surface = surface.with_parameter({_parameter(parameter)})" for parameter in changed]


def _domain(surface: Surface) -> str:
    return f"optisim.Domain({', '.join(map(repr, surface.domain))})"


def _parameter(parameter: Parameter) -> str:
    usual = Parameter(parameter.name)
    ends = "" if parameter[2:] == usual[2:] else f", {parameter.low!r}, {parameter.high!r}"
    return f"optisim.Parameter({_quoted(parameter.name)}, {parameter.value!r}{ends})"


# ── Runs ─────────────────────────────────────────────────────────────────────────────────────────────────


def _run(run: Run, noisy: bool) -> str:
    fields = _phase(run.optimizer, run.schedule, "schedule=")
    if run.past:
        pasts = ([str(past.until), *_phase(past.optimizer, past.schedule)] for past in run.past)
        fields.append(f"past={_tuple(_call('optisim.Past', past) for past in pasts)}")
    if noisy and run.stream:
        fields.append(f"stream={run.stream}")
    if run.label:
        fields.append(f"label={_quoted(run.label)}")
    return _call("optisim.Run", fields)


def _phase(optimizer: Optimizer, schedule: Schedule, name: str = "") -> list[str]:
    """The arguments for an optimizer and, if it is not the usual one, its schedule."""
    return [_made(optimizer)] if schedule == Constant() else [_made(optimizer), name + _made(schedule)]


def _made(made: Tunable) -> str:
    """The call that makes an optimizer, a schedule or a noise: the learning rate, and what is not as by default."""
    values = made.values
    said = [h.name for h in made.hypers() if h.name == "lr" or repr(values[h.name]) != repr(h.default)]
    return f"{_kind(type(made))}({', '.join(f'{name}={values[name]!r}' for name in said)})"


def _kind(kind: type[Tunable]) -> str:
    """How a program names a class."""
    if getattr(optisim, kind.__name__, None) is kind:
        return f"optisim.{kind.__name__}"
    if issubclass(kind, Wrapper):
        return f"{_kind(kind.__bases__[0])}.over({_kind(kind.inner_kind)})"
    if _importable(kind):
        return f"{kind.__module__}.{kind.__qualname__}"
    return f"optisim.OPTIMIZERS[{_quoted(kind.slug())}]"


def _importable(kind: type[Tunable]) -> bool:
    """Whether the class is of an installed package; a file that was loaded has no place among the modules."""
    module = sys.modules.get(kind.__module__)
    return getattr(module, "__spec__", None) is not None and getattr(module, kind.__qualname__, None) is kind


def _loading(runs: Iterable[Run]) -> list[str]:
    """The lines that bring the user's own optimizers."""
    lines: dict[str, None] = {}
    for run in runs:
        kind: type[Optimizer] = type(run.optimizer)
        while issubclass(kind, Wrapper):
            kind = kind.inner_kind
        if getattr(optisim, kind.__name__, None) is kind:
            continue
        file = getattr(sys.modules.get(kind.__module__), "__file__", None)
        if _importable(kind):
            lines[f"import {kind.__module__}"] = None
        elif file is not None:
            lines[f"\noptisim.load_optimizers({_quoted(str(file))})"] = None
        else:
            lines[f"\n# Load {_quoted(kind.slug())} here: optisim.load_optimizers(the file that defines it)"] = None
    return list(lines)


# ── Python ───────────────────────────────────────────────────────────────────────────────────────────────


def _call(begin: str, parts: Iterable[str]) -> str:
    """A call with its arguments, on a line each where they would not fit into one."""
    parts = list(parts)
    line = f"{begin}({', '.join(parts)})"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    inside = "".join(f"{part},\n" for part in parts)
    return f"{begin}(\n{_indented(inside)})"


def _tuple(parts: Iterable[str]) -> str:
    parts = list(parts)
    if len(parts) < 2:
        return f"({parts[0]},)" if parts else "()"
    return _call("", parts)


def _indented(lines: str) -> str:
    return "".join(f"    {line}" for line in lines.splitlines(keepends=True))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else repr(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
