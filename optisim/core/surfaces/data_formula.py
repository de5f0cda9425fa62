"""Losses that are means over examples: a formula for one example, and a table of them.

Such a surface can be descended by mini-batches, as networks are: each update sees the mean over a few examples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.formulas.formula import Compiled, Formula, parse

AT_ONCE = 200_000  # examples times points in one call; more would only fill the memory


@dataclass(frozen=True)
class DataTable:
    """Examples: the names of the columns, as they stand in formulas, and the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)


NO_TABLE = DataTable((), ())


class Mean:
    """A compiled function of (x, y, example), averaged over examples."""

    def __init__(self, each: Compiled, rows: Array) -> None:
        self._each = each
        self._rows = rows

    def __call__(self, points: Array) -> Array:
        """Points (N, 2) → the mean over all examples, (N, number of expressions)."""
        size = max(1, AT_ONCE // len(self._rows))
        parts = [
            self._mean(points[start : start + size], self._rows[:, None]) for start in range(0, len(points), size)
        ]
        return np.concatenate(parts) if parts else self._each(np.empty((0, 2 + self._rows.shape[1])))

    def of(self, points: Array, chosen: npt.NDArray[np.int64]) -> Array:
        """Points (N, 2) → the mean over the examples `chosen` (N, size) for each."""
        return self._mean(points, self._rows[chosen.T])

    def _mean(self, points: Array, rows: Array) -> Array:
        """The mean over rows (examples, N or 1, columns), added up in order: N points at once as one by one."""
        inputs = np.empty((len(rows), len(points), 2 + rows.shape[2]))
        inputs[:, :, :2], inputs[:, :, 2:] = points, rows
        values = self._each(inputs.reshape(-1, inputs.shape[2])).reshape(len(rows), -1)
        # twice, for a single column NumPy would add up in another order
        total: Array = np.add.reduce(np.concatenate((values, values), axis=1) if values.shape[1] == 1 else values)
        return (total[: values.shape[1]] / len(rows)).reshape(len(points), -1)


@dataclass(frozen=True)
class DataFormula:
    """What `Formula` is for a formula in x and y, for the mean of a formula over a table."""

    each: Formula
    table: DataTable

    def __reduce__(self) -> tuple[object, ...]:
        return averaged, (self.each.text, self.each.parameters, self.table)

    @cached_property
    def latex(self) -> str:
        return self._sum + self.each.latex

    @cached_property
    def latex_pieces(self) -> tuple[str, ...]:
        first, *others = self.each.latex_pieces
        return (self._sum + first, *others)

    @property
    def _sum(self) -> str:
        return rf"\frac{{1}}{{{len(self.table)}}} \sum_i "

    @property
    def parameters(self) -> tuple[tuple[str, float], ...]:
        return self.each.parameters

    @cached_property
    def value(self) -> Callable[[Array], Array]:
        """f: points (N, 2) → (N, 1)."""
        return self._mean(self.each.value)

    @cached_property
    def value_and_gradient(self) -> Mean:
        """f and ∇f: points (N, 2) → (N, 3)."""
        return self._mean(self.each.value_and_gradient)

    @cached_property
    def hessian(self) -> Mean:
        """Second derivatives: points (N, 2) → (N, 3)."""
        return self._mean(self.each.hessian)

    def _mean(self, each: Compiled) -> Mean:
        return Mean(each, np.array(self.table.rows))


@lru_cache(maxsize=64)
def averaged(text: str, parameters: tuple[tuple[str, float], ...], table: DataTable) -> DataFormula:
    """The mean of the formula `text` over a table.

    Raises:
        FormulaProblem: if it cannot be read.
    """
    return DataFormula(parse(text, parameters, table.columns), table)
