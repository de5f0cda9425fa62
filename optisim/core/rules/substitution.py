"""The lines of an update rule with the numbers of a step put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from optisim.core.rules.notation import (
    Evaluation,
    Leaf,
    Node,
    Power,
    Symbol,
    Unreadable,
    Value,
    evaluate,
    leaves,
    parts_of,
    written,
)
from optisim.core.rules.rule import RuleLine, WorkedLine


@dataclass(frozen=True)
class Slot:
    """A place for a number.

    Attributes:
        leaf: the number of the symbol or question on the line, as `leaves` counts; −1 for the result.
        part: which part of it: () for a number, or for the part of a vector that the column is for; (0,) or (1,)
            for x or y; (row, column) of a matrix.
        first: whether it begins its side, where a negative number needs no brackets.
    """

    leaf: int
    part: tuple[int, ...]
    first: bool = False


@dataclass(frozen=True)
class Numbers:
    """A line with places for numbers.

    Attributes:
        latex: the line from its equals sign on; `place` has written each place.
        slots: the places, from left to right.
        by_axis: whether x and y each have a line of numbers; else one stands for both.
    """

    latex: str
    slots: tuple[Slot, ...]
    by_axis: bool


def numbers_of(worked: WorkedLine, place: Callable[[int, Slot, Leaf | None], str]) -> Numbers | None:
    """The line with its numbers put in, or None where there is nothing to put in.

    Parts of vectors stand in their own columns; inside lengths, dot products and products with matrices, vectors
    stand whole. What would need a matrix of products shows its result alone.

    Args:
        worked: the line and its numbers.
        place: the LaTeX of a place, by its number from 0 on, the slot, and the symbol it is for.
    """
    line = worked.line
    slots: list[Slot] = []
    terms = [line.value] if line.value is not None else [t for r in line.holds for t in (r.left, r.right)]
    in_matrices = any(np.ndim(worked.value_of(leaf)) == 2 for term in terms for leaf in leaves(term))
    by_axis = not line.holds and np.ndim(worked.result) == 1 and not in_matrices

    def put(slot: Slot, leaf: Leaf | None) -> str:
        slots.append(slot)
        return place(len(slots) - 1, slot, leaf)

    def value(number: int, of: Value, whole: bool, leaf: Leaf | None, first: bool) -> str:
        shape = np.shape(of)
        if shape == (2, 2):
            rows = (" & ".join(put(Slot(number, (i, j), True), leaf) for j in (0, 1)) for i in (0, 1))
            return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"
        if shape == (2,) and whole:
            parts = [put(Slot(number, (i,), True), leaf) for i in (0, 1)]
            if in_matrices:
                return rf"\begin{{pmatrix}}{parts[0]} \\ {parts[1]}\end{{pmatrix}}"
            return rf"\left({parts[0]},\ {parts[1]}\right)"
        return put(Slot(number, (), first), leaf)

    counted = iter(range(1000))

    def with_numbers(term: Node) -> str:
        whole = _whole(term, worked) if by_axis else {id(leaf) for leaf in leaves(term)}
        opening = next(leaves(term), None)

        def leaf(node: Leaf) -> str:
            number = next(counted)
            return value(number, worked.value_of(node), id(node) in whole, node, node is opening)

        return written(term, leaf, numbers=True)

    try:
        if line.holds:
            result = value(-1, worked.result, True, None, True) + r" :\ " if worked.result is not None else ""
            parts = [f"{with_numbers(r.left)} {r.sign} {with_numbers(r.right)}" for r in line.holds]
            mark = r"\quad \checkmark" if worked.holds else r"\quad \times"
            return Numbers(result + r",\quad ".join(parts) + mark, tuple(slots), by_axis=False)
        if worked.result is None:
            return None
        shown = ""
        if line.value is not None and not isinstance(line.value, Leaf) and not _multiplies_out(line.value):
            shown = "{}= " + with_numbers(line.value)
        return Numbers(
            f"{shown} {{}}= {value(-1, worked.result, not by_axis, None, True)}".strip(), tuple(slots), by_axis
        )
    except (KeyError, Unreadable):
        slots.clear()
        if worked.result is None:
            return None
        by_axis = np.ndim(worked.result) == 1
        return Numbers("{}= " + value(-1, worked.result, not by_axis, None, True), tuple(slots), by_axis)


def _whole(term: Node, worked: WorkedLine) -> set[int]:
    """The vectors of a term, by identity, that stand inside something that makes one number of them."""
    found: set[int] = set()

    def look(node: Node) -> None:
        if isinstance(node, Symbol | Evaluation):
            return
        if np.ndim(evaluate(node, worked.before, worked.objective)) == 0:
            found.update(id(leaf) for leaf in leaves(node) if np.ndim(worked.value_of(leaf)) == 1)
            return
        for part in parts_of(node):
            look(part)

    look(term)
    return found


def _multiplies_out(node: Node) -> bool:
    """Whether a term has columns times rows, whose numbers would fill a page."""
    if isinstance(node, Power) and node.exponent == Symbol("T"):
        return True
    return (
        any(_multiplies_out(part) for part in parts_of(node))
        if not isinstance(node, Symbol | Evaluation)
        else False
    )


def number_in(worked: WorkedLine, slot: Slot, axis: int) -> float:
    """The number that stands in a place, in the column of `axis`."""
    value: Value = worked.result if slot.leaf < 0 else worked.value_of(_leaves_of(worked.line)[slot.leaf])
    if slot.part:
        return float(value[slot.part]) + 0.0  # no negative zero
    return float(value[axis] if np.ndim(value) == 1 else value) + 0.0


@lru_cache(maxsize=1024)
def _leaves_of(line: RuleLine) -> tuple[Leaf, ...]:
    terms = [line.value] if line.value is not None else [t for r in line.holds for t in (r.left, r.right)]
    return tuple(leaf for term in terms for leaf in leaves(term))
