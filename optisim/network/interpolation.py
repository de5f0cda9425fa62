"""A smooth function through the points of a grid: bicubic splines, with the derivatives of the same function."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem

LEAST = 4  # points a side; a cubic needs them
MOST = 1001


class Values(NamedTuple):
    """Value (N,), gradient (N, 2) and Hessian (N, 2, 2) at some points."""

    value: Array
    gradient: Array
    hessian: Array


class Bicubic:
    """The tensor product of two cubic splines ("not-a-knot") through values on a regular grid.

    Value, gradient and Hessian are continuous and belong to one function. Outside of the grid nothing is known: all
    are NaN.

    Attributes:
        x, y: the grid's columns (n,) and rows (m,), rising.
        values: at its points, (m, n).
    """

    def __init__(self, x: npt.ArrayLike, y: npt.ArrayLike, values: npt.ArrayLike) -> None:
        """The spline through `values`.

        Raises:
            Problem: if the grid is not regular, has fewer than 4 points a side, or a value is not finite.
        """
        self.x, self.y = np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
        self.values = np.array(values, dtype=np.float64)
        for axis in (self.x, self.y):
            if axis.ndim != 1 or not LEAST <= len(axis) <= MOST or not _is_regular(axis):
                raise Problem(
                    N_("A grid needs {least} to {most} places a side, rising in equal steps."),
                    least=LEAST,
                    most=MOST,
                )
        if self.values.shape != (len(self.y), len(self.x)):
            raise Problem(
                N_("The grid has {wanted} points, not the shape {shape}."),
                wanted=(len(self.y), len(self.x)),
                shape=self.values.shape,
            )
        bad = np.count_nonzero(~np.isfinite(self.values))
        if bad:
            raise Problem(
                N_("{count} of {all} values on the grid are not finite numbers; take a smaller part of the plane."),
                count=bad,
                all=self.values.size,
            )

    @cached_property
    def _corners(self) -> Array:
        """For every cell, values and slopes at its corners in units of the cell, (m − 1, n − 1, 4, 4).

        The last two axes go by value and slope at the lower end, value and slope at the upper end, of y and of x.
        """
        in_x, in_y = _slopes(len(self.x)), _slopes(len(self.y))
        grids = (self.values, self.values @ in_x.T), (in_y @ self.values, in_y @ self.values @ in_x.T)
        corners = np.empty((len(self.y) - 1, len(self.x) - 1, 4, 4))
        for i in range(4):
            for j in range(4):
                row, column = i // 2, j // 2
                grid = grids[i % 2][j % 2]
                corners[:, :, i, j] = grid[row : len(grid) - 1 + row, column : grid.shape[1] - 1 + column]
        return corners

    def at(self, points: npt.ArrayLike) -> Values:
        """The function and its derivatives at points (N, 2)."""
        points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        cell_x, t = _place(self.x, points[:, 0])
        cell_y, u = _place(self.y, points[:, 1])
        corners = self._corners[cell_y, cell_x]
        x0, x1, x2 = _hermite(t, self.x[1] - self.x[0])
        y0, y1, y2 = _hermite(u, self.y[1] - self.y[0])

        def product(of_y: Array, of_x: Array) -> Array:
            summed: Array = np.einsum("ni,nij,nj->n", of_y, corners, of_x)
            return summed

        xy = product(y1, x1)
        hessian = np.stack((product(y0, x2), xy, xy, product(y2, x0)), axis=1).reshape(-1, 2, 2)
        return Values(product(y0, x0), np.stack((product(y0, x1), product(y1, x0)), axis=1), hessian)


def _is_regular(axis: Array) -> bool:
    steps = np.diff(axis)
    return bool(np.isfinite(axis).all() and steps[0] > 0 and np.allclose(steps, steps[0], rtol=1e-6, atol=0.0))


def _slopes(n: int) -> Array:
    """The matrix that turns values at n places into the spline's slopes there, for places 1 apart.

    Slopes m of a cubic spline satisfy mᵢ₋₁ + 4 mᵢ + mᵢ₊₁ = 3 (fᵢ₊₁ − fᵢ₋₁); at the ends the third derivative goes
    through the second place and the last but one ("not a knot"), m₀ − m₂ = 2 (2 f₁ − f₀ − f₂).
    """
    left, right = np.zeros((n, n)), np.zeros((n, n))
    for i in range(1, n - 1):
        left[i, i - 1 : i + 2] = 1.0, 4.0, 1.0
        right[i, i - 1], right[i, i + 1] = -3.0, 3.0
    left[0, [0, 2]] = left[-1, [-3, -1]] = 1.0, -1.0
    right[0, :3] = right[-1, -3:] = -2.0, 4.0, -2.0
    return np.asarray(np.linalg.solve(left, right), dtype=np.float64)


def _place(axis: Array, along: Array) -> tuple[npt.NDArray[np.int64], Array]:
    """The cell of each coordinate, and where in it, from 0 to 1; NaN outside of the grid."""
    share = (along - axis[0]) / (axis[-1] - axis[0]) * (len(axis) - 1)
    inside = (share >= 0) & (share <= len(axis) - 1)
    cell = np.minimum(np.where(inside, share, 0.0).astype(np.int64), len(axis) - 2)
    return cell, np.where(inside, share - cell, np.nan)


def _hermite(t: Array, step: float) -> tuple[Array, Array, Array]:
    """Hermite's cubics and their first and second derivatives by the coordinate, (N, 4) each."""
    one = np.ones_like(t)
    value = (2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, 3 * t**2 - 2 * t**3, t**3 - t**2)
    first = (6 * t**2 - 6 * t, 3 * t**2 - 4 * t + 1, 6 * t - 6 * t**2, 3 * t**2 - 2 * t)
    second = (12 * t - 6 * one, 6 * t - 4 * one, 6 * one - 12 * t, 6 * t - 2 * one)
    return np.stack(value, axis=1), np.stack(first, axis=1) / step, np.stack(second, axis=1) / step**2
