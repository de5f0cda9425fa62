"""The rows of the table of results: for every run and start, what has become of its balls by a step."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.race.diagnostics import Diagnostics, Outcome, medians
from optisim.core.race.groups import Group, groups
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import Trajectory
from optisim.core.surfaces import Point
from optisim.language import tr

# the columns: their heads and what they are, to be translated; all but three are numbers
HEADS = (
    (N_("Optimizer"), ""),
    (N_("Status"), N_("What has become of the ball by this step")),
    (N_("Loss"), N_("The true loss, without noise")),
    (N_("Best loss"), N_("The lowest loss so far")),
    (N_("Steps"), N_("The first step within the tolerance")),
    ("‖∇f‖", N_("The length of the gradient that the optimizer saw")),
    ("x", ""),
    ("y", ""),
    (N_("Path"), N_("The length of the path so far")),
    (N_("Minimum"), N_("The known minimum that it has converged to")),
)
NAME, STATUS, STEPS, MINIMUM = 0, 1, 4, 9
TEXTS = (NAME, STATUS, MINIMUM)
OF_MANY = {Outcome.DIVERGED: N_("diverged"), Outcome.FAILED: N_("failed")}  # at steps that may differ
TOLERANCE = 1e-3


@dataclass(frozen=True)
class ResultRow:
    """A row of the table: the texts of its three columns of text by column, and all numbers, NaN for texts."""

    group: Group
    texts: dict[int, str]
    numbers: Sequence[float]
    tip: str = ""

    def cell(self, column: int) -> str:
        """What stands in a cell, with numbers to the last digit, for files and other programs."""
        if column in TEXTS:
            return self.texts[column]
        value = self.numbers[column]
        if not math.isfinite(value):
            return ""
        return f"{value:g}" if column == STEPS else repr(value)


def results(scenario: Scenario, runs: Sequence[Diagnostics], step: int, tolerance: float) -> list[ResultRow]:
    """The rows of a race at a step; of a fan of balls, the medians.

    Args:
        scenario: what is raced.
        runs: the diagnostics of its runs, as far as they have come.
        step: the instant.
        tolerance: how far above the lowest loss is converged.
    """
    rows: list[ResultRow] = []
    for diagnostics, of_run in groupby(groups(scenario, runs), attrgetter("diagnostics")):
        rows += _rows_of(diagnostics, of_run, scenario.steps, step, tolerance)
    return rows


def results_at_end(scenario: Scenario, trajectories: Sequence[Trajectory]) -> list[ResultRow]:
    """The rows of a whole race after its last step."""
    runs = [Diagnostics(trajectory, scenario.surface) for trajectory in trajectories]
    return results(scenario, runs, scenario.steps, TOLERANCE)


def cells(rows: Iterable[ResultRow]) -> list[list[str]]:
    """The heads and the rows as texts, with numbers to the last digit."""
    return [[tr(head) for head, _ in HEADS], *([row.cell(column) for column in range(len(HEADS))] for row in rows)]


def numbers_of(diagnostics: Diagnostics, step: int, tolerance: float) -> Array:
    """The numbers of all balls of a run, (columns, N); a tolerance that was not reached, infinity."""
    x = diagnostics.trajectory.x[step]
    numbers = np.full((len(HEADS), len(x)), np.nan)
    reached = diagnostics.reached(step, tolerance)
    numbers[2:9] = (
        diagnostics.loss[step],
        diagnostics.best[step],
        np.where(reached >= 0, reached, np.inf),
        diagnostics.slope[step],
        *x.T,
        diagnostics.path[step],
    )
    return numbers


def _rows_of(
    diagnostics: Diagnostics, of_run: Iterable[Group], steps: int, step: int, tolerance: float
) -> list[ResultRow]:
    """The rows of one run."""
    step = min(step, len(diagnostics.trajectory) - 1)
    outcomes = diagnostics.outcomes(step, steps, tolerance)
    minima = diagnostics.nearest(step, tolerance)
    numbers, stopped = numbers_of(diagnostics, step, tolerance), diagnostics.trajectory.stopped.tolist()
    rows = []
    for group in of_run:
        status = Counter(map(_status, outcomes[group.balls], stopped[group.balls]))
        if len(status) > 1:
            status = Counter(tr(OF_MANY.get(outcome, outcome.value)) for outcome in outcomes[group.balls])
        texts = {
            NAME: group.name,
            STATUS: _most(status, group.count),
            MINIMUM: _most(Counter(map(_place, minima[group.balls])), group.count),
        }
        values = numbers[:, group.balls]
        middle = values[:, 0] if group.count == 1 else medians(values)
        tip = "\n".join(f"{count} × {text}" for text, count in status.most_common()) if len(status) > 1 else ""
        rows.append(ResultRow(group, texts, middle.tolist(), tip))
    return rows


def _status(outcome: Outcome, stop: int) -> str:
    return tr(outcome.value, step=stop)


def _place(minimum: Point | None) -> str:
    """A minimum as (−1, 0.5)."""
    if minimum is None:
        return "–"
    return "({}, {})".format(*(f"{value + 0.0:.4g}".replace("-", "−") for value in minimum))


def _most(texts: Counter[str], total: int) -> str:
    """What holds of most balls of a group."""
    text, count = texts.most_common(1)[0]
    return text if count == total else tr("{count} of {total}: {what}", count=count, total=total, what=text)
