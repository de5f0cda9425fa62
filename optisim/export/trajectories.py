"""Trajectories as CSV, JSON and NPZ: every quantity of every ball at every step, with its unit, and the scenario.

Units follow from the surface, on which lengths are in [x] and heights in [f]: a slope is in [f]/[x]. What an update
rule keeps for itself may have a unit that only its hyperparameters settle; it is then said to be the rule's own.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

import numpy as np
import numpy.typing as npt

import optisim
from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.base.tables import Table
from optisim.core.documents.kinds import NUMBERS, to_data
from optisim.core.optimizers.base import MOVE, SLOPE, SQUARE
from optisim.core.race.scenario import Run, Scenario
from optisim.core.race.simulate import Trajectory
from optisim.export.files import NO_FORMAT, Format, by_ending, write_safely

FIRST = ("run", "optimizer", "ball", "t")  # columns of CSV
ROWS = 4096  # how many are turned into text at once
LENGTH, HEIGHT, NONE, OWN = "[x]", "[f]", "1", "the rule's own"
UNITS = {SLOPE: "[f]/[x]", MOVE: LENGTH, SQUARE: "([f]/[x])^2", "": OWN}  # of an equation's kind
Tell = Callable[[int, int], object]
COMMON = {
    "run": (NONE, "place in the list and name"),
    "optimizer": (NONE, "method with its hyperparameters and schedule, as on the command line"),
    "ball": (NONE, "which of the run's balls: start by start, of each its seeds"),
    "t": ("updates", "updates made so far"),
    "x": (LENGTH, "position"),
    "loss": (HEIGHT, "true loss at the position"),
    "grad": (UNITS[SLOPE], "gradient that the rule saw, with its noise"),
    "update": (LENGTH, "move about to be made: the position at t + 1 less that at t"),
    "lr": (OWN, "learning rate of the schedule"),
    "seed": (NONE, "what the ball's noise is drawn from"),
}
"""What every rule has, or any may have: unit and meaning."""


# ── Quantities ───────────────────────────────────────────────────────────────────────────────────────────


def quantities(trajectory: Trajectory) -> dict[str, Array]:
    """The columns of a trajectory, with the seeds of noisy runs and the rates of scheduled ones: (T + 1, N, …)."""
    columns = dict(trajectory.columns)
    shape = trajectory.loss.shape
    if trajectory.run.scheduled and trajectory.rates is not None and "lr" not in columns:
        columns["lr"] = np.broadcast_to(trajectory.rates[:, None], shape)
    if (seeds := trajectory.seeds) and "seed" not in columns:
        columns["seed"] = np.broadcast_to(np.array(seeds), shape)
    return columns


def units(trajectory: Trajectory) -> dict[str, str]:
    """The unit of every quantity.

    Those of a rule's own follow from what its equations say that they are. A rule with a matrix divides slopes by
    curvatures on the way, so that there they may be anything.
    """
    columns = quantities(trajectory)
    kinds = {equation.target: equation.kind for equation in trajectory.run.optimizer.equations}
    if any(column.ndim == 4 and name.isupper() for name, column in columns.items()):
        kinds = {name: "" if kind == SLOPE else kind for name, kind in kinds.items()}
    return {name: COMMON[name][0] if name in COMMON else UNITS.get(kinds.get(name, ""), OWN) for name in columns}


def _parts(columns: dict[str, Array]) -> dict[str, str]:
    """The names of the parts, and what each is a part of.

    loss; v_x, v_y; of a memory s1_x, s1_y, s2_x …; of matrices H_xx, H_xy …; of what a user's own rule keeps in any
    other shape, w_1, w_2 …; no name occurs twice.
    """
    parts: dict[str, str] = {}
    for name, column in columns.items():
        for part in _names(name, column.shape[2:]):
            while part in parts or part in FIRST:
                part += "_"
            parts[part] = name
    return parts


def _names(name: str, shape: tuple[int, ...]) -> list[str]:
    """What the parts of a quantity are called, one after the other as they lie in memory."""
    if name == "x":
        return ["x", "y"]
    if not shape:
        return [name]
    if shape == (2,):
        return [f"{name}_{axis}" for axis in "xy"]
    if shape == (2, 2) and name.isupper():
        return [f"{name}_{row}{across}" for row in "xy" for across in "xy"]
    if len(shape) == 2 and shape[1] == 2:
        return [f"{name}{number}_{axis}" for number in range(1, shape[0] + 1) for axis in "xy"]
    return [f"{name}_{number}" for number in range(1, math.prod(shape) + 1)]


def _label(number: int, run: Run) -> str:
    """A run's name with its place in the list, for two runs may have one name."""
    return f"{number} {run.name}"


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────


def csv_header(trajectories: Sequence[Trajectory]) -> list[str]:
    """The columns: run, ball and step, then every quantity of any run, the parts of vectors and matrices apart."""
    names = {name: None for trajectory in trajectories for name in _parts(quantities(trajectory))}
    return [*FIRST, *names]


def csv_comments(scenario: Scenario, trajectories: Sequence[Trajectory]) -> Iterator[str]:
    """The lines above the header: program, scenario, and of every column the unit and the meaning."""
    yield f"# OptiSim {optisim.__version__}: trajectories, a row for every ball at every step"
    yield f"# scenario: {json.dumps(to_data(scenario))}"
    told: dict[str, dict[str, list[str]]] = {}
    for number, trajectory in enumerate(trajectories, start=1):
        own = units(trajectory)
        name = f"{number} {' '.join(trajectory.run.optimizer.name.split())}"
        for part, whole in _parts(quantities(trajectory)).items():
            told.setdefault(part, {}).setdefault(f"{whole} {own[whole]}", []).append(name)
    for part in csv_header(trajectories):
        wholes = {about.split(" ", 1)[0] for about in told.get(part, {part: []})}
        if wholes <= set(COMMON):
            unit, meaning = COMMON[wholes.pop()]
            yield f"# {part}: {unit}, {meaning}"
        else:
            of_runs = (f"{about.split(' ', 1)[1]} in {', '.join(names)}" for about, names in told[part].items())
            yield f"# {part}: {'; '.join(of_runs)}"


def csv_rows(trajectories: Sequence[Trajectory]) -> Iterator[str]:
    """The rows under `csv_header`; what an optimizer does not have stays empty. Floats read back exactly."""
    header = csv_header(trajectories)
    for number, trajectory in enumerate(trajectories, start=1):
        columns = quantities(trajectory)
        places = [header.index(name) - 4 for name in _parts(columns)]
        begin = f"{_cell(_label(number, trajectory.run))},{_cell(trajectory.run.spec)}"
        for ball in range(trajectory.x.shape[1]):
            for first in range(0, len(trajectory), ROWS):
                rows = slice(first, first + ROWS)
                parts = [c[rows, ball].reshape(len(c[rows]), -1).tolist() for c in columns.values()]
                for t, row in enumerate(zip(*parts, strict=True), start=first):
                    line = [""] * (len(header) - 4)
                    values = (value for part in row for value in part)
                    for at, value in zip(places, values, strict=True):
                        line[at] = repr(value)
                    yield ",".join((begin, str(ball + 1), str(t), *line))


def _cell(text: str) -> str:
    """A text as a cell. One with a # is quoted, too: readers that know comments would cut the row there."""
    return '"' + text.replace('"', '""') + '"' if re.search(r'[,"#\r\n]', text) else text


def write_csv(
    scenario: Scenario, trajectories: Sequence[Trajectory], file: TextIO, progress: Tell = lambda done, of: None
) -> None:
    """Write comments, header and rows to an open file, row by row; `progress` is told how many, and of how many."""
    for line in csv_comments(scenario, trajectories):
        file.write(line + "\n")
    file.write(",".join(csv_header(trajectories)) + "\n")
    rows = sum(trajectory.loss.size for trajectory in trajectories)
    for number, line in enumerate(csv_rows(trajectories)):
        if number % ROWS == 0:
            progress(number, rows)
        file.write(line + "\n")


def _save_csv(scenario: Scenario, trajectories: Sequence[Trajectory], path: Path, progress: Tell) -> None:
    with _opened(path) as file:
        write_csv(scenario, trajectories, file, progress)


def _opened(path: Path) -> TextIO:
    """A new text file; what UTF-8 cannot have, as half a letter in a label, is spelled out."""
    return path.open("w", newline="", encoding="utf-8", errors="backslashreplace")


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────


def write_json(
    scenario: Scenario, trajectories: Sequence[Trajectory], file: TextIO, progress: Tell = lambda done, of: None
) -> None:
    """Write an object to an open file, some rows at a time.

    `scenario` in it is the scenario as in a file of its own; `runs` has an object for each run: `columns`, with
    nested lists (T + 1, N, …) by name, and `units`, `stopped` and `seeds` of the balls. JSON knows no number that
    is not finite: null stands for it.
    """
    about = {
        "format": NUMBERS,
        "version": 1,
        "program": f"OptiSim {optisim.__version__}",
        "null": "a number that is not finite",
        "scenario": to_data(scenario),
    }
    file.write(json.dumps(about)[:-1] + ',\n"runs": [')
    rows, written = sum(len(t) * (1 + len(quantities(t))) for t in trajectories), 0
    for number, trajectory in enumerate(trajectories):
        run = {
            "name": trajectory.run.name,
            "optimizer": trajectory.run.spec,
            "seeds": list(trajectory.seeds),
            "stopped": trajectory.stopped.tolist(),
            "failure": str(trajectory.failure) if trajectory.failure else None,
            "units": {"t": COMMON["t"][0], **units(trajectory)},
        }
        file.write(("," if number else "") + "\n" + json.dumps(run)[:-1] + ',\n "columns": {')
        columns: dict[str, npt.NDArray[np.number]] = {"t": np.arange(len(trajectory)), **quantities(trajectory)}
        for place, (name, column) in enumerate(columns.items()):
            file.write(("," if place else "") + f"\n  {json.dumps(name)}: [")
            for first in range(0, len(column), ROWS):
                progress(written, rows)
                file.write((", " if first else "") + _json_rows(column[first : first + ROWS]))
                written += min(ROWS, len(column) - first)
            file.write("]")
        file.write("\n }}")
    file.write("\n]}\n")


def _json_rows(rows: npt.NDArray[np.number]) -> str:
    """Rows as the inside of a JSON list."""
    values: list[object] = rows.tolist()
    if not np.isfinite(rows).all():
        values = np.where(np.isfinite(rows), rows, None).tolist()  # type: ignore[call-overload]
    return json.dumps(values, allow_nan=False)[1:-1]


def _save_json(scenario: Scenario, trajectories: Sequence[Trajectory], path: Path, progress: Tell) -> None:
    with _opened(path) as file:
        write_json(scenario, trajectories, file, progress)


# ── NPZ ──────────────────────────────────────────────────────────────────────────────────────────────────


def _save_npz(scenario: Scenario, trajectories: Sequence[Trajectory], path: Path, progress: Tell) -> None:
    """Arrays `run1_x`, `run1_loss`, …, (T + 1, N, …), and `run1_stopped`, (N,).

    With them `runs` and `optimizers`, texts; `scenario`, and `units` by the arrays' names, JSON as text.
    """
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "program": np.array(f"OptiSim {optisim.__version__}"),
        "scenario": np.array(json.dumps(to_data(scenario))),
        "runs": np.array([trajectory.run.name for trajectory in trajectories], dtype=np.str_),
        "optimizers": np.array([trajectory.run.spec for trajectory in trajectories], dtype=np.str_),
    }
    told: dict[str, str] = {}
    for number, trajectory in enumerate(trajectories, start=1):
        arrays |= {f"run{number}_{name}": column for name, column in quantities(trajectory).items()}
        arrays[f"run{number}_stopped"] = trajectory.stopped
        told |= {f"run{number}_{name}": unit for name, unit in units(trajectory).items()}
        told[f"run{number}_stopped"] = COMMON["t"][0]
    arrays["units"] = np.array(json.dumps(told))
    progress(0, 0)  # NumPy does not tell
    with path.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────


TRAJECTORY_FORMATS: Table[Format[Callable[[Scenario, Sequence[Trajectory], Path, Tell], None]]] = Table(
    (
        Format(".csv", N_("CSV, a table for spreadsheets and everything else"), _save_csv),
        Format(".json", N_("JSON, for programs"), _save_json),
        Format(".npz", N_("NPZ, arrays for NumPy"), _save_npz),
    ),
    unknown=NO_FORMAT,
)
"""`write` makes the file at a path from a scenario and its trajectories, and tells how far it is."""


def save_data(
    scenario: Scenario, trajectories: Sequence[Trajectory], path: Path, progress: Tell = lambda done, of: None
) -> None:
    """Write the trajectories of a scenario to `path`, whose ending chooses the format.

    `progress` is told how much is written, and of how much; what it raises ends the writing, and leaves no file.

    Raises:
        Problem: if the ending is unknown, or the file cannot be written.
    """
    write = by_ending(path, TRAJECTORY_FORMATS).write
    write_safely(path, lambda temporary: write(scenario, trajectories, temporary, progress))
