"""What undo calls the changes of a race."""

from __future__ import annotations

import dataclasses

from optisim.core.base.hyperparameters import Tunable
from optisim.core.base.problems import N_
from optisim.core.documents.changes import Change, Part
from optisim.core.race.scenario import Run, Scenario

PARTS = {
    "steps": N_("number of steps"),
    "noise": N_("noise"),
    "seed": N_("seed"),
    "seeds": N_("balls per start"),
    "bookmarks": N_("bookmark"),
    "title": N_("title"),
    "says": N_("sentence"),
}
LOOKS = {
    "color": N_("colour of {name}"),
    "marker": N_("shape of {name}"),
    "visible": N_("show or hide {name}"),
    "ghost": N_("show {name} faint"),
    "label": N_("name of {name}"),
    "schedule": N_("schedule of {name}"),
}


def change_between(before: Scenario, after: Scenario) -> Change:
    """What was changed from one scenario to the next."""
    parts = [f.name for f in dataclasses.fields(Scenario) if getattr(before, f.name) != getattr(after, f.name)]
    match parts:
        case ["runs"]:
            return _runs_changed(before.runs, after.runs)
        case ["starts"]:
            return _starts_changed(before, after)
        case [part] if part in PARTS:
            return Change((part,), PARTS[part])
    if "surface" in parts:
        return _surface_changed(before, after)
    return Change(tuple(parts), N_("several things"))


def _surface_changed(before: Scenario, after: Scenario) -> Change:
    old, new = before.surface, after.surface
    if (old.slug, old.formula) != (new.slug, new.formula):
        return Change(("surface", new.slug), N_("surface"))  # what is typed is one change, what is chosen another
    if old.parameters != new.parameters:
        pairs = zip(old.parameters, new.parameters, strict=False)
        names = [b.name for a, b in pairs if a != b]
        return Change(("parameter", *names), N_("parameter {name}"), (("name", ", ".join(names)),))
    if old.domain != new.domain:
        return Change(("domain",), N_("range shown"))
    return Change(("log",), N_("logarithmic scale"))


def _starts_changed(before: Scenario, after: Scenario) -> Change:
    if len(after.starts) != len(before.starts):
        more = len(after.starts) > len(before.starts)
        return Change(("starts", object()), N_("add a start") if more else N_("remove a start"))
    moved = tuple(i for i, (a, b) in enumerate(zip(before.starts, after.starts, strict=True)) if a != b)
    return Change(("start", moved), N_("move a start"))


def _runs_changed(before: tuple[Run, ...], after: tuple[Run, ...]) -> Change:
    if len(after) > len(before):
        added = next((run for run in reversed(after) if run not in before), after[-1])
        text = N_("branch {name}") if added.past else N_("add {name}")
        return Change(("added", object()), text, (("name", added.name),))
    if len(after) < len(before):
        removed = next((run for run in before if run not in after), before[-1])
        return Change(("removed", object()), N_("remove {name}"), (("name", removed.name),))
    changed = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    if len(changed) != 1:
        return Change(("order", object()), N_("order of the optimizers"))
    (row,) = changed
    return _run_changed(row, before[row], after[row])


def _run_changed(row: int, before: Run, after: Run) -> Change:
    parts = [f.name for f in dataclasses.fields(Run) if getattr(before, f.name) != getattr(after, f.name)]
    name = (("name", before.name),)
    match parts:
        case ["optimizer"]:
            return _values_changed((row, "optimizer"), before.optimizer, after.optimizer, before.name)
        case ["schedule"] if type(before.schedule) is type(after.schedule):
            return _values_changed((row, "schedule"), before.schedule, after.schedule, before.name)
        case [part] if part in LOOKS:
            # a switch is another change each time, what is typed or turned is one
            where: Part = (row, part) if part in ("label", "color") else (row, part, object())
            return Change(where, LOOKS[part], name)
    return Change((row, *parts, object()), N_("change {name}"), name)


def _values_changed(part: Part, before: Tunable, after: Tunable, name: str) -> Change:
    titles = {hyper.name: hyper.title for hyper in type(after).hypers()}
    changed = [n for n, value in after.values.items() if before.values.get(n) != value]
    title = titles[changed[0]] if len(changed) == 1 else N_("values")
    return Change((*part, *changed), N_("{what} of {name}"), (("what", title), ("name", name)))
