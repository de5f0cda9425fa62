"""Tables of what there is to choose from, one for each kind of thing: colour maps, file formats, parts of the map …

A row says all that is to be known of one thing: its name in files, settings and on the command line, its title
for people, where it is offered and what it does. Menus, forms, settings, the command line and its help read the
rows, so that adding a thing is adding its row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from optisim.core.base.problems import Problem

Row = TypeVar("Row")


class Unknown(Problem, KeyError):
    """There is no row of that name. It is a KeyError, too, for a table is a mapping."""

    def __str__(self) -> str:
        return str(self.args[0])  # which a KeyError would put into quotes


class Table(dict[str, Row], Generic[Row]):
    """Name → row, in the order in which they are offered.

    Args:
        rows: what there is at first; each has a `name`.
        unknown: the sentence for a name that is not there, with {name} and {names}.
    """

    def __init__(self, rows: Iterable[Row], unknown: str) -> None:
        super().__init__()
        self._unknown = unknown
        for row in rows:
            self.register(row)

    @staticmethod
    def name_of(row: Any) -> str:
        """What a row is called."""
        name: str = row.name
        return name

    def register(self, row: Row, before: str = "") -> None:
        """Add a row at the end, or before another one.

        Raises:
            ValueError: if there is one of that name.
            Problem: if there is none called `before`.
        """
        name = self.name_of(row)
        if name in self:
            raise ValueError(f"There are two rows called {name!r}.")
        behind = list(self)[list(self).index(self.name_of(self[before])) :] if before else []
        self[name] = row
        for other in behind:
            self[other] = self.pop(other)

    def __missing__(self, name: str) -> Row:
        raise Unknown(self._unknown, name=name, names=", ".join(self))

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the rows by name, to be translated."""
        return {name: row.title for name, row in self.items()}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Choice:
    """A row that is no more than a name and its title, to be translated."""

    name: str
    title: str
