"""The source of an update rule beside what its lines compute: one step made again, and watched."""

from __future__ import annotations

import contextlib
import inspect
import sys
import textwrap
from dataclasses import dataclass, fields
from types import FrameType
from typing import Any

import numpy as np

from optisim.core.optimizers import Objective, Optimizer, Step

Values = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """The source of one method.

    Attributes:
        title: the class and the method.
        lines: its text, without the indentation that all lines share.
        values: for each line, what it has given a new value: name → number, (2,) or (2, 2), of one ball.
    """

    title: str
    lines: tuple[str, ...]
    values: tuple[Values, ...]


def trace(optimizer: Optimizer, step: Step, last: Step | None, objective: Objective, ball: int = 0) -> list[Source]:
    """Make a step again and watch it, in the optimizer's own `step` and in those it calls.

    Args:
        optimizer: with the learning rate of the step.
        step, last: the step and the one before it, for all balls; None at the beginning.
        objective: what the optimizer saw.
        ball: whose values are told.

    Raises:
        OSError: if the source is not at hand.
    """
    watch = _Watch(ball, len(step.x))
    before = sys.gettrace()
    sys.settrace(watch.called)
    try:
        # a method that fails is watched until it does
        with np.errstate(all="ignore"), contextlib.suppress(Exception):
            optimizer.step(step.t, step.x, objective, last)
    finally:
        sys.settrace(before)
    return [_source(code, found) for code, found in watch.found.items()]


class _Watch:
    """Notes what each line of the methods called `step` has changed."""

    def __init__(self, ball: int, balls: int) -> None:
        self._ball, self._balls = ball, balls
        self.found: dict[tuple[str, Any], dict[int, Values]] = {}
        self._lines: dict[int, int] = {}  # the line that each frame is in
        self._known: dict[int, Values] = {}

    def called(self, frame: FrameType, event: str, _: Any) -> Any:
        self_ = frame.f_locals.get("self")
        if frame.f_code.co_name != "step" or not isinstance(self_, Optimizer):
            return None
        found = self.found.setdefault((type(self_).__name__, type(self_).step), {})
        found[frame.f_code.co_firstlineno] = self._given(self_, frame.f_locals.get("last"))
        self._known[id(frame)] = self._seen(frame)
        return self._stepped

    def _given(self, optimizer: Optimizer, last: Step | None) -> Values:
        """What the method begins with: its hyperparameters, and what it remembers."""
        given: Values = {f"self.{name}": value for name, value in optimizer.values.items()}
        for field in fields(last) if last is not None else ():
            if field.name not in ("t", "x", "loss", "grad", "update"):
                given[f"last.{field.name}"] = np.array(getattr(last, field.name)[self._ball])
        return given

    def _stepped(self, frame: FrameType, event: str, _: Any) -> Any:
        owner = type(frame.f_locals["self"])
        at, seen = self._lines.get(id(frame)), self._seen(frame)
        if at is not None:
            known = self._known[id(frame)]
            new = {name: value for name, value in seen.items() if name not in known or _differ(known[name], value)}
            self.found[owner.__name__, owner.step].setdefault(at, {}).update(new)
        self._lines[id(frame)], self._known[id(frame)] = frame.f_lineno, seen
        return self._stepped

    def _seen(self, frame: FrameType) -> Values:
        """The numbers among the local names, of the one ball."""
        seen: Values = {}
        for name, value in frame.f_locals.items():
            if isinstance(value, bool | int | float | np.number) and name != "t":
                seen[name] = value
            elif isinstance(value, np.ndarray) and value.shape[:1] == (self._balls,) and value.ndim <= 3:
                seen[name] = np.array(value[self._ball])
        return seen


def _differ(a: Any, b: Any) -> bool:
    return not np.array_equal(a, b, equal_nan=np.asarray(a).dtype.kind == "f")


def _source(of: tuple[str, Any], found: dict[int, Values]) -> Source:
    name, method = of
    lines, first = inspect.getsourcelines(method)
    text = textwrap.dedent("".join(lines)).splitlines()
    return Source(f"{name}.step", tuple(text), tuple(found.get(first + i, {}) for i in range(len(text))))
