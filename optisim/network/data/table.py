"""A table of the user's own: a CSV file with a target column; all others are features."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from optisim.core.base.problems import N_, Problem
from optisim.network.data.dataset import MAX_CLASSES, Data

MAX_BYTES = 200_000_000
MAX_FEATURES = 10_000
DELIMITERS = ",;\t"


def read_table(
    path: str | Path, target: str = "", *, standardize: bool = True, test: float = 0.2, seed: int = 0
) -> Data:
    """The data in a CSV file whose first line names the columns.

    Args:
        path: the file, UTF-8, its columns parted by commas, semicolons or tabs.
        target: the column that holds the classes; the last one if empty. What stands in it may be any text.
        standardize: give every feature mean 0 and standard deviation 1 over the training part.
        test, seed: as for `Data.split`.

    Raises:
        Problem: one sentence with the line and the column where something is wrong.
    """
    path = Path(path)
    names, rows = _read(path)
    column = _column(names, target, path)
    features = [i for i in range(len(names)) if i != column]
    values = [[_number(row[i], line, names[i], path) for i in features] for line, row in rows]
    labels = [_label(row[column], line, names[column], path) for line, row in rows]
    classes = _classes(labels, names[column], path)
    place = {name: number for number, name in enumerate(classes)}
    data = Data.split(
        np.array(values),
        np.array([place[label] for label in labels]),
        test,
        seed,
        name=path.name,
        classes=classes,
        features=tuple(names[i] for i in features),
    )
    return data.standardized() if standardize else data


def columns(path: str | Path) -> tuple[str, ...]:
    """The names of a file's columns, among which a user may choose the target.

    Raises:
        Problem: if there are none to read.
    """
    path = Path(path)
    return tuple(_header(_lines(path), path)[0])


Rows = list[tuple[int, list[str]]]


def _read(path: Path) -> tuple[list[str], Rows]:
    lines = _lines(path)
    names, reader = _header(lines, path)
    rows: Rows = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(names):
                raise Problem(
                    N_("“{file}”, line {line}: there are {count} columns here; the first line names {wanted}."),
                    file=path.name,
                    line=reader.line_num,
                    count=len(row),
                    wanted=len(names),
                )
            rows.append((reader.line_num, row))
    except csv.Error as error:
        raise Problem(
            N_("“{file}”, line {line}, cannot be read as a table: {reason}."),
            file=path.name,
            line=reader.line_num,
            reason=error,
        ) from None
    if not rows:
        raise Problem(N_("“{file}” has no rows below its first line."), file=path.name)
    return names, rows


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Problem(
                N_("“{file}” is larger than {most} MB; take a part of it."),
                file=path.name,
                most=MAX_BYTES // 1_000_000,
            )
        return path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise Problem(
            N_("“{file}” is not a text in UTF-8; save the table as CSV in UTF-8."), file=path.name
        ) from None
    except OSError as error:
        raise unreadable(error, path) from None


def unreadable(error: OSError, path: Path) -> Problem:
    """Why a file could not be read, as a sentence."""
    return Problem(N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error)


def _header(lines: Sequence[str], path: Path) -> tuple[list[str], Any]:
    """The names of the columns, and the `csv.reader` that stands after them."""
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(_without_nul(lines), delimiter=delimiter)
    names = next((row for row in reader if any(cell.strip() for cell in row)), [])
    names = [name.strip() for name in names]
    if not 2 <= len(names) <= MAX_FEATURES:
        raise Problem(
            N_("The first line of “{file}” must name 2 to {most} columns, with commas between them."),
            file=path.name,
            most=MAX_FEATURES,
        )
    for name in names:
        if not name or names.count(name) > 1:
            raise Problem(
                N_("The first line of “{file}” must give every column a name of its own, not “{name}”."),
                file=path.name,
                name=name,
            )
    return names, reader


def _without_nul(lines: Sequence[str]) -> Iterator[str]:
    return (line.replace("\0", "�") for line in lines)


def _column(names: Sequence[str], target: str, path: Path) -> int:
    if not target:
        return len(names) - 1
    if target not in names:
        raise Problem(
            N_("“{file}” has no column “{name}”; it has {names}."),
            file=path.name,
            name=target,
            names=", ".join(names[:20]) + (" …" if len(names) > 20 else ""),
        )
    return names.index(target)


def _number(cell: str, line: int, column: str, path: Path) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Problem(
            N_("“{file}”, line {line}, column “{column}”: “{value}” is not a finite number."),
            file=path.name,
            line=line,
            column=column,
            value=cell.strip()[:40],
        )
    return number


def _label(cell: str, line: int, column: str, path: Path) -> str:
    label = cell.strip()
    if not label:
        raise Problem(
            N_("“{file}”, line {line}, column “{column}”: the class is missing."),
            file=path.name,
            line=line,
            column=column,
        )
    return label


def _classes(labels: Sequence[str], column: str, path: Path) -> tuple[str, ...]:
    """The classes in order: numbers by their value, else by the alphabet."""
    found = set(labels)
    if not 2 <= len(found) <= MAX_CLASSES:
        raise Problem(
            N_("Column “{column}” of “{file}” has {count} different values; a target has 2 to {most} classes."),
            column=column,
            file=path.name,
            count=len(found),
            most=MAX_CLASSES,
        )
    try:
        return tuple(sorted(found, key=float))
    except ValueError:
        return tuple(sorted(found))
