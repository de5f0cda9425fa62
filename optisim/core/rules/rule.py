"""Update rules as they are written: LaTeX read as a program, line by line, and worked with the numbers of a step.

A rule's equations are its only description. Read from top to bottom, as a textbook means them, each line assigns:
what stands right of the arrow has the values from before, a symbol has its new value from the next line on. Lines
one below the other with the same target are the cases of one assignment. So the same text can be typeset, filled in
with numbers, and evaluated, for any optimizer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.optimizers import Equation, Objective, Optimizer, Step
from optisim.core.optimizers.base import MOVE, SLOPE, SQUARE
from optisim.core.rules.notation import (
    GRADIENT,
    RELATIONS,
    Leaf,
    Names,
    Node,
    Oracle,
    Reader,
    Relation,
    Unreadable,
    Value,
    canonical,
    evaluate,
    read_relations,
)

# ── Rules ────────────────────────────────────────────────────────────────────────────────────────────────

KNOWN = ("W", "W'", "g", "g'", GRADIENT, "t", "L", "I", "T")


@dataclass(frozen=True)
class RuleLine:
    """One line of a rule.

    Attributes:
        equation: where it comes from.
        symbol: what it computes, as LaTeX; "" for a line that only says what holds.
        sign: what stands between the two sides, r"\\leftarrow", "=" or ":".
        value: the right side, or None where it cannot be read, or is a condition on what is computed.
        holds: after ":", what holds of the symbol.
        when: the case that the line is for; true in every case if empty.
    """

    equation: Equation
    symbol: str
    sign: str
    value: Node | None
    holds: tuple[Relation, ...] = ()
    when: tuple[Relation, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether numbers can be put in on the right side."""
        return self.value is not None or bool(self.holds)


@dataclass(frozen=True)
class Rule:
    """The lines of an update rule.

    Attributes:
        lines: from top to bottom.
        fields: symbol → the Step's field that it stands for.
        hypers: symbol → the hyperparameter that it stands for.
    """

    lines: tuple[RuleLine, ...]
    fields: Mapping[str, str]
    hypers: Mapping[str, str]

    @property
    def groups(self) -> list[list[int]]:
        """The numbers of the lines, the cases of one assignment together."""
        groups: list[list[int]] = []
        for number, line in enumerate(self.lines):
            before = self.lines[number - 1] if number else None
            if before is not None and before.symbol == line.symbol and before.when and line.when:
                groups[-1].append(number)
            else:
                groups.append([number])
        return groups


_SIDES = re.compile(r"(?P<left>.*?)(?P<sign>\\leftarrow|=|:)(?P<right>.*)", re.DOTALL)


@lru_cache(maxsize=512)
def rule_of(optimizer: Optimizer) -> Rule:
    """The rule of an optimizer, read from its equations."""
    hypers = tuple((canonical(hyper.symbol), hyper.name) for hyper in optimizer.hypers() if hyper.symbol)
    return _rule(tuple(Equation(*equation) for equation in optimizer.equations), hypers)


@lru_cache(maxsize=256)
def _rule(equations: tuple[Equation, ...], hypers: tuple[tuple[str, str], ...]) -> Rule:
    sides = [_sides(equation.latex) for equation in equations]
    fields = {"W": "x", "g": "grad", GRADIENT: "grad"}
    for equation, (symbol, _, _) in zip(equations, sides, strict=True):
        if equation.target and symbol:
            fields.setdefault(symbol, equation.target)
    names = {*KNOWN, *fields, *(symbol for symbol, _ in hypers), *(symbol for symbol, _, _ in sides)} - {""}
    lines = tuple(
        _line(equation, *parts, frozenset(names)) for equation, parts in zip(equations, sides, strict=True)
    )
    return Rule(lines, fields, dict(hypers))


def _sides(latex: str) -> tuple[str, str, str]:
    """Symbol, sign and right side of an equation; no symbol if it only says what holds."""
    match = _SIDES.fullmatch(latex)
    if match is None or any(sign in match["left"] for sign in (r"\le ", r"\ge ", "<", ">")):
        return "", "", latex
    symbol = match["left"]
    if match["sign"] == ":":  # first → η : … or η ∈ {…} : …
        symbol = symbol.rpartition(r"\to")[2].partition(r"\in")[0]
    return canonical(symbol), match["sign"], match["right"]


def _line(equation: Equation, symbol: str, sign: str, right: str, names: frozenset[str]) -> RuleLine:
    when: tuple[Relation, ...] = ()
    try:
        when = read_relations(equation.when, names) if equation.when else ()
        if sign in ("", ":"):
            return RuleLine(equation, symbol, sign, None, read_relations(right, names), when)
        reader = Reader(right, names)
        value = reader.sum()
        if reader.next:
            raise Unreadable
    except Unreadable:
        return RuleLine(equation, symbol, sign, None, (), when)
    return RuleLine(equation, symbol, sign, value, (), when)


# ── Working ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class WorkedLine:
    """A line with the numbers of one ball at one step.

    Attributes:
        line: which line.
        before: what the symbols on its right side stand for.
        result: what it computes, None if it computes nothing or the rule says so nowhere.
        applies: whether its case is the one, for x and for y.
        holds: for a line that says what holds, whether it does.
    """

    line: RuleLine
    before: Mapping[str, Value]
    objective: Oracle
    result: Value
    applies: tuple[bool, bool] = (True, True)
    holds: bool = True

    def value_of(self, leaf: Leaf) -> Value:
        """What a symbol, or a question to the objective, stands for."""
        return evaluate(leaf, self.before, self.objective)

    @property
    def computed(self) -> Value:
        """The right side, evaluated. Raises KeyError or Unreadable if that cannot be done."""
        if self.line.value is None:
            raise Unreadable
        return evaluate(self.line.value, self.before, self.objective)


def work(
    optimizer: Optimizer, step: Step, last: Step | None, objective: Objective, ball: int = 0
) -> list[WorkedLine]:
    """The rule's lines with the numbers of one ball.

    Args:
        optimizer: with the learning rate of this step.
        step: the step, for balls of whatever number.
        last: the step before it, None at the beginning.
        objective: what the optimizer saw; asked where a line asks for L or ∇L.
        ball: whose numbers.
    """
    rule = rule_of(optimizer)
    ask = _oracle(objective, step, ball)
    names = _names_before(rule, optimizer, step, last, ask, ball)
    final = {line.symbol: number for number, line in enumerate(rule.lines)}
    done: list[WorkedLine] = []
    with np.errstate(all="ignore"):
        for group in rule.groups:
            before = dict(names)
            for number in group:
                line = rule.lines[number]
                last_word = final[line.symbol] in group
                result = _result(rule, line, step, before, ask, ball, last_word)
                after = before | ({line.symbol: result} if line.symbol and result is not None else {})
                holds = not line.holds or _true(line.holds, after, ask) == (True, True)
                # what holds of a rate is said of the rate that has been found
                seen = after if line.sign == ":" else before
                done.append(WorkedLine(line, seen, ask, result, _true(line.when, before, ask), holds))
                names.update(_assigned(line, result, done[-1].applies, names, last_word))
    return done


def _names_before(rule: Rule, optimizer: Optimizer, step: Step, last: Step | None, ask: Oracle, ball: int) -> Names:
    """What every symbol stands for before the first line; memory begins at 0 unless a line says else."""
    x, grad = step.x[ball], step.grad[ball]
    names: Names = {
        "W": x,
        "W'": last.x[ball] if last is not None else x,
        "g'": last.grad[ball] if last is not None else grad,
        "g": grad,
        GRADIENT: grad,
        "L": float(step.loss[ball]),
        "t": float(step.t + 1),
        "I": np.eye(2),
    }
    names |= {
        symbol: names["W" if field == "x" else "g"]
        for symbol, field in rule.fields.items()
        if field in ("x", "grad")
    }
    names |= {symbol: float(getattr(optimizer, name)) for symbol, name in rule.hypers.items()}
    for line in rule.lines:
        field = line.equation.target
        if not field or field in ("x", "grad") or line.symbol in KNOWN or line.symbol in rule.hypers:
            continue
        if last is not None and hasattr(last, field):
            names[line.symbol] = _of_ball(last, field, ball)
        elif line.equation.start:
            names[line.symbol] = _start(line.equation.start, rule, names, ask)
        elif hasattr(step, field):
            names.setdefault(line.symbol, np.zeros_like(_of_ball(step, field, ball)))
    return names


def _start(latex: str, rule: Rule, names: Names, ask: Oracle) -> Value:
    return evaluate(Reader(latex, {*KNOWN, *rule.hypers}).sum(), names, ask)


def _of_ball(step: Step, field: str, ball: int) -> Value:
    value = getattr(step, field)[ball]
    return float(value) if np.ndim(value) == 0 else value


def _result(
    rule: Rule,
    line: RuleLine,
    step: Step,
    before: Names,
    ask: Oracle,
    ball: int,
    last_word: bool,
) -> Value | None:
    """What a line computes: what the Step says, or, of what it does not say, what the line itself says."""
    field = line.equation.target
    if field == "x" and last_word:
        return step.x[ball] + step.update[ball]
    if field and field != "x" and last_word and hasattr(step, field):
        return _of_ball(step, field, ball)
    try:
        return None if line.value is None else evaluate(line.value, before, ask)
    except (KeyError, Unreadable, ValueError):
        return None


def _assigned(
    line: RuleLine, result: Value | None, applies: tuple[bool, bool], names: Names, last_word: bool
) -> Names:
    """What a symbol stands for from the next line on."""
    if not line.symbol or result is None or not any(applies):
        return {}
    if not last_word and np.shape(result) == (2,) and not all(applies):
        result = np.where(applies, result, names.get(line.symbol, result))
    new = {line.symbol: result}
    if line.symbol in ("g", GRADIENT):
        new |= {"g": result, GRADIENT: result}
    return new


def _true(relations: Sequence[Relation], names: Names, ask: Oracle) -> tuple[bool, bool]:
    """Whether all of them hold, for x and for y."""
    held = np.ones(2, dtype=bool)
    for relation in relations:
        try:
            left, right = evaluate(relation.left, names, ask), evaluate(relation.right, names, ask)
        except (KeyError, Unreadable, ValueError):
            return True, True
        compared = RELATIONS[relation.sign](left, right)
        if np.ndim(compared) == 2:
            compared = compared.all() if relation.sign != r"\ne" else compared.any()
        held &= compared
    return bool(held[0]), bool(held[1])


def _oracle(objective: Objective, step: Step, ball: int) -> Oracle:
    """Asks the objective about a place, as the ball would."""

    def ask(what: str, place: Value) -> Value:
        places = np.array(step.x, dtype=np.float64)
        places[ball] = place
        if what == r"\nabla^2 L":
            return objective.hessian(places)[ball]
        loss, grad = objective(places, step.t)
        return float(loss[ball]) if what == "L" else grad[ball]

    return ask


def step_at(columns: Mapping[str, Array], kind: type[Step], t: int) -> Step:
    """The Step of row t of a trajectory's columns."""
    return kind(t, *(columns[field.name][t] for field in fields(kind) if field.name != "t"))


# ── On the map ───────────────────────────────────────────────────────────────────────────────────────────


class Quantity(NamedTuple):
    """What a Step says of every ball that can be drawn: an arrow, or a size for each axis."""

    field: str
    symbol: str  # LaTeX
    kind: str  # SLOPE, MOVE or SQUARE


def quantities(optimizer: Optimizer, kind: type[Step] = Step) -> tuple[Quantity, ...]:
    """What can be drawn of an optimizer: the gradient first, then in the order of its lines, the update last.

    Args:
        optimizer: whose.
        kind: its Step; the plain one has no more than gradient and update.
    """
    return _quantities(optimizer, tuple(field.name for field in fields(kind)))


@lru_cache(maxsize=512)
def _quantities(optimizer: Optimizer, fields_of_step: tuple[str, ...]) -> tuple[Quantity, ...]:
    rule, known = rule_of(optimizer), set(fields_of_step)
    gradient = next((line.symbol for line in rule.lines if line.equation.target == "grad"), GRADIENT)
    found = {"grad": Quantity("grad", gradient, SLOPE)}
    undeclared = SLOPE if optimizer.family == Optimizer.family else ""  # a user's own method may not say
    for line in rule.lines:
        field, drawn = line.equation.target, line.equation.kind or undeclared
        if drawn in (SLOPE, MOVE, SQUARE) and field in known - {"x", "update"} and field not in found:
            found[field] = Quantity(field, line.symbol, drawn)
    return *found.values(), Quantity("update", r"\Delta W", MOVE)
