"""Trajectories as CSV: one row for every ball at every step."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO

import numpy as np

from optisim.core.formula import Array
from optisim.core.simulate import Trajectory
from optisim.export.files import write_safely


def csv_header(trajectories: Sequence[Trajectory]) -> list[str]:
    """The columns: run, ball and step, then every quantity of any run, the parts of vectors and matrices apart."""
    names = {name: None for trajectory in trajectories for name in _parts(_quantities(trajectory))}
    return ["run", "optimizer", "ball", "t", *names]


def _quantities(trajectory: Trajectory) -> dict[str, Array]:
    """The columns of a trajectory, with the seeds of noisy runs and the rates of scheduled ones."""
    quantities = dict(trajectory.columns)
    shape = trajectory.loss.shape
    if trajectory.run.scheduled and trajectory.rates is not None:
        quantities["lr"] = np.broadcast_to(trajectory.rates[:, None], shape)
    if seeds := trajectory.seeds:
        quantities["seed"] = np.broadcast_to(np.array(seeds), shape)
    return quantities


def _parts(quantities: dict[str, Array]) -> list[str]:
    """The names of the parts: loss; v_x, v_y; of a memory s1_x, s1_y, s2_x …; of matrices H_xx, H_xy …"""
    names: list[str] = []
    for name, column in quantities.items():
        shape = column.shape[2:]
        if name == "x":
            names += ("x", "y")
        elif name.isupper():
            names += (f"{name}_{row}{across}" for row in "xy" for across in "xy")
        elif len(shape) == 2:
            names += (f"{name}{number}_{axis}" for number in range(1, shape[0] + 1) for axis in "xy")
        elif shape:
            names += (f"{name}_{axis}" for axis in "xy")
        else:
            names.append(name)
    return names


def csv_rows(trajectories: Sequence[Trajectory]) -> Iterator[list[object]]:
    """The rows under `csv_header`; what an optimizer does not have stays empty. Floats read back exactly."""
    header = csv_header(trajectories)
    for number, trajectory in enumerate(trajectories, start=1):
        quantities = _quantities(trajectory)
        places = [header.index(name) for name in _parts(quantities)]
        label = f"{number} {trajectory.run.name}"
        for ball in range(trajectory.x.shape[1]):
            parts = [c[:, ball].reshape(len(trajectory), -1).tolist() for c in quantities.values()]
            for t, row in enumerate(zip(*parts, strict=True)):
                line: list[object] = [""] * len(header)
                line[:4] = [label, trajectory.run.spec, ball + 1, t]
                values = (value for part in row for value in part)
                for at, value in zip(places, values, strict=True):
                    line[at] = repr(value)
                yield line


def write_csv(trajectories: Sequence[Trajectory], file: TextIO) -> None:
    """Write the table to an open file."""
    _write_rows(chain([csv_header(trajectories)], csv_rows(trajectories)), file)


def _write_rows(rows: Iterable[Sequence[object]], file: TextIO) -> None:
    csv.writer(file, lineterminator="\n").writerows(rows)


def save_csv(trajectories: Sequence[Trajectory], path: Path) -> None:
    """Write the table to `path`.

    Raises:
        Problem: if the file cannot be written.
    """
    save_rows(chain([csv_header(trajectories)], csv_rows(trajectories)), path)


def save_rows(rows: Iterable[Sequence[object]], path: Path) -> None:
    """Write rows of cells as CSV to `path`.

    Raises:
        Problem: if the file cannot be written.
    """

    def write(temporary: Path) -> None:
        with temporary.open("w", newline="", encoding="utf-8") as file:
            _write_rows(rows, file)

    write_safely(path, write)
