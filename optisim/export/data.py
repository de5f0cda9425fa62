"""Trajectories as CSV: one row for every ball at every step."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from optisim.core.simulate import Trajectory
from optisim.export.files import write_safely


def csv_header(trajectories: Sequence[Trajectory]) -> list[str]:
    """The columns: run, ball and step, then every quantity of any optimizer, vectors as two columns."""
    names: dict[str, int] = {}
    for trajectory in trajectories:
        for name, column in trajectory.columns.items():
            names.setdefault(name, column.ndim)
    return ["run", "optimizer", "ball", "t", *_spread(names)]


def _spread(names: dict[str, int]) -> Iterator[str]:
    for name, dimensions in names.items():
        if name == "x":
            yield from ("x", "y")
        elif dimensions == 3:
            yield from (f"{name}_x", f"{name}_y")
        else:
            yield name


def csv_rows(trajectories: Sequence[Trajectory]) -> Iterator[list[object]]:
    """The rows under `csv_header`; what an optimizer does not have stays empty. Floats read back exactly."""
    header = csv_header(trajectories)
    for number, trajectory in enumerate(trajectories, start=1):
        columns = trajectory.columns
        place = {name: header.index(name) for name in _spread({n: c.ndim for n, c in columns.items()})}
        places = list(place.values())
        balls = trajectory.x.shape[1]
        label = f"{number} {trajectory.run.name}"
        for ball in range(balls):
            parts = [c[:, ball].reshape(len(trajectory), -1).tolist() for c in columns.values()]
            for t, row in enumerate(zip(*parts, strict=True)):
                line: list[object] = [""] * len(header)
                line[:4] = [label, trajectory.run.optimizer.spec, ball + 1, t]
                values = (value for part in row for value in part)
                for at, value in zip(places, values, strict=True):
                    line[at] = repr(value)
                yield line


def write_csv(trajectories: Sequence[Trajectory], file: TextIO) -> None:
    """Write the table to an open file."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(csv_header(trajectories))
    writer.writerows(csv_rows(trajectories))


def save_csv(trajectories: Sequence[Trajectory], path: Path) -> None:
    """Write the table to `path`.

    Raises:
        Problem: if the file cannot be written.
    """

    def write(temporary: Path) -> None:
        with temporary.open("w", newline="", encoding="utf-8") as file:
            write_csv(trajectories, file)

    write_safely(path, write)
