"""What a benchmark yields: rows of one table, each with a target or without."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Effort:
    """How long to measure, and with what.

    Attributes:
        folder: where files may be left.
        smoke: only see that everything runs, as briefly as possible.
        verbose: print what the table has no room for.
    """

    folder: Path
    smoke: bool = False
    verbose: bool = False

    def times(self, full: int, smoke: int = 1) -> int:
        """`full` repetitions, or `smoke` in a smoke run."""
        return smoke if self.smoke else full


@dataclass(frozen=True)
class Target:
    """A bound on a row's value, or on its ratio to the peer."""

    bound: float
    at_least: bool = False
    of_ratio: bool = False

    def met(self, number: float) -> bool:
        return number >= self.bound if self.at_least else number <= self.bound


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: what was measured.
        value: OptiSim's number, in `unit`; None where this system cannot tell.
        peer: whom it is compared with, "" for no one.
        peer_value: the peer's number in the same unit; None if it is not installed.
        ratio: how the two compare; the row's maker says which is divided by which.
        target: what the value or the ratio must be.
    """

    what: str
    value: float | None
    unit: str
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None if there is none, or nothing to judge it by."""
        if self.target is None:
            return None
        number = self.ratio if self.target.of_ratio else self.value
        return None if number is None else self.target.met(number)


def faster(what: str, value: float, unit: str, peer: str, peer_value: float | None, at_least: float) -> Row:
    """A row whose ratio says how many times the peer's time OptiSim's time goes into."""
    ratio = None if peer_value is None else peer_value / value
    return Row(what, value, unit, peer, peer_value, ratio, Target(at_least, at_least=True, of_ratio=True))


def no_slower(what: str, value: float, unit: str, peer: str, peer_value: float | None, at_most: float) -> Row:
    """A row whose ratio says how many of the peer's times OptiSim takes."""
    ratio = None if peer_value is None else value / peer_value
    return Row(what, value, unit, peer, peer_value, ratio, Target(at_most, of_ratio=True))


def alternated(
    parts: dict[str, Callable[[], float]], rounds: int, of: Callable[[list[float]], float] = statistics.median
) -> dict[str, float]:
    """Each part measured in `rounds`, in which the parts take turns: what disturbs one, disturbs all.

    Args:
        parts: name → a function that measures once.
        rounds: how often.
        of: what to make of the rounds. The lowest is what an idle machine takes, and so stays the same beside
            other work; the median suits what varies by itself.
    """
    times: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(rounds):
        for name, part in parts.items():
            times[name].append(part())
    return {name: of(values) for name, values in times.items()}


# ── The table ────────────────────────────────────────────────────────────────────────────────────────────


def table(rows: Sequence[Row]) -> str:
    """The rows as text in columns."""
    lines = [("what", "OptiSim", "peer", "ratio", "target", "met")]
    lines += [_cells(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = tuple("─" * width for width in widths)
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (lines[0], rule, *lines[1:])
    )


def _cells(row: Row) -> tuple[str, str, str, str, str, str]:
    peer = ""
    if row.peer:
        peer = f"{row.peer}: " + ("not installed" if row.peer_value is None else _number(row.peer_value, row.unit))
    target = ""
    if row.target is not None:
        unit = "×" if row.target.of_ratio else row.unit
        target = ("≥ " if row.target.at_least else "≤ ") + _number(row.target.bound, unit)
    return (
        row.what,
        "unknown" if row.value is None else _number(row.value, row.unit),
        peer,
        "" if row.ratio is None else _number(row.ratio, "×"),
        target,
        {True: "yes", False: "NO", None: ""}[row.met],
    )


def _number(value: float, unit: str) -> str:
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return digits + ("" if unit == "×" else " ") + unit
