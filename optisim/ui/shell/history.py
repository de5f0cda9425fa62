"""Undo and redo of every change to the scenario.

A change is a pair of scenarios, for the scenario is all that there is to change. What is dragged or typed without a
pause is one change.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QUndoCommand, QUndoStack

from optisim.core.base.hyperparameters import Tunable
from optisim.core.base.problems import N_
from optisim.core.race.scenario import Run, Scenario
from optisim.language import tr
from optisim.ui.race.player import Player

PAUSE = 1.0  # seconds after which the same kind of change is another one
LIMIT = 500  # changes that are remembered

Kind = tuple[object, ...]  # what of the scenario a change is to


@dataclasses.dataclass(frozen=True)
class Change:
    """What a change is to, and how it is called: a text to be translated, with its values."""

    kind: Kind
    text: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """The text in the language of the window; values that are texts of the program are translated, too."""
        return tr(self.text, **{name: tr(value) for name, value in self.values})


PARTS = {
    "steps": N_("number of steps"),
    "noise": N_("noise"),
    "seed": N_("seed"),
    "seeds": N_("balls per start"),
    "bookmarks": N_("bookmark"),
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
            kind: Kind = (row, part) if part in ("label", "color") else (row, part, object())
            return Change(kind, LOOKS[part], name)
    return Change((row, *parts, object()), N_("change {name}"), name)


def _values_changed(kind: Kind, before: Tunable, after: Tunable, name: str) -> Change:
    titles = {hyper.name: hyper.title for hyper in type(after).hypers()}
    changed = [n for n, value in after.values.items() if before.values.get(n) != value]
    title = titles[changed[0]] if len(changed) == 1 else N_("values")
    return Change((*kind, *changed), N_("{what} of {name}"), (("what", title), ("name", name)))


class _Command(QUndoCommand):
    """A change that can be made and taken back."""

    def __init__(self, change: Change, before: Scenario, after: Scenario, show: Callable[[Scenario], None]) -> None:
        super().__init__()
        self.change, self.before, self.after = change, before, after
        self._show = show
        self.at = time.monotonic()

    def undo(self) -> None:
        self._show(self.before)

    def redo(self) -> None:
        self._show(self.after)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a change of the same kind that follows at once."""
        assert isinstance(other, _Command)
        if other.change.kind != self.change.kind or other.at - self.at > PAUSE:
            return False
        self.after, self.at = other.after, other.at
        self.setObsolete(self.after == self.before)
        return True


class History(QObject):
    """Remembers the changes that a player's scenario undergoes."""

    def __init__(self, player: Player) -> None:
        super().__init__(player)
        self._player = player
        self._now = player.scenario
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(LIMIT)
        self._actions: dict[str, QAction] = {}
        self._stack.indexChanged.connect(self.retranslate)
        player.scenarioChanged.connect(self._on_scenario)

    def _on_scenario(self, scenario: Scenario) -> None:
        before, self._now = self._now, scenario
        if before != scenario:
            self._stack.push(_Command(change_between(before, scenario), before, scenario, self._show))

    def _show(self, scenario: Scenario) -> None:
        self._now = scenario  # so that it is no change of its own
        self._player.set_scenario(scenario)

    def show_in(self, undo: QAction, redo: QAction) -> None:
        """Say in these menu entries what they would do."""
        self._actions = {N_("&Undo"): undo, N_("&Redo"): redo}
        self.retranslate()

    def retranslate(self, *_: object) -> None:
        """Name the changes in the language of the window."""
        for (text, action), what in zip(self._actions.items(), (self.undo_text, self.redo_text), strict=False):
            action.setEnabled(bool(what))
            action.setText(f"{tr(text)}: {what}" if what else tr(text))

    def undo(self) -> None:
        """Take back the last change."""
        self._stack.undo()

    def redo(self) -> None:
        """Make the change that was taken back again."""
        self._stack.redo()

    def finish(self) -> None:
        """Let what comes be a change of its own, however soon it comes."""
        top = self._stack.command(self._stack.index() - 1)
        if isinstance(top, _Command):
            top.at = float("-inf")

    def forget(self) -> None:
        """Begin anew: there is nothing to take back."""
        self._stack.clear()

    @property
    def undo_text(self) -> str:
        """What would be taken back, "" if there is nothing."""
        return self._text(self._stack.index() - 1)

    @property
    def redo_text(self) -> str:
        """What would be made again, "" if there is nothing."""
        return self._text(self._stack.index())

    def _text(self, index: int) -> str:
        command = self._stack.command(index) if 0 <= index < self._stack.count() else None
        return command.change.said if isinstance(command, _Command) else ""
