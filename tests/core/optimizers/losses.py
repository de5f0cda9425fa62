"""Losses in any number of dimensions, as optimizers see them; N balls at once get the same bits as one by one."""

from dataclasses import dataclass

import numpy as np

from optisim.core.optimizers.shapes import applied, dot


@dataclass(frozen=True)
class Quadratic:
    """(x − c)ᵀ A (x − c) / 2."""

    A: np.ndarray
    c: np.ndarray
    layers: tuple[slice, ...] = ()

    def __call__(self, x, t):
        grad = applied(self.A[None], x - self.c)
        return dot(grad, x - self.c) / 2, grad

    def hessian(self, x):
        return np.repeat(self.A[None], len(x), axis=0)


def quadratic(curvatures, seed=0, layers=()):
    """One with these curvatures along axes that point anywhere, around a minimum that lies anywhere."""
    rng = np.random.default_rng(seed)
    axes, _ = np.linalg.qr(rng.normal(size=(len(curvatures), len(curvatures))))
    return Quadratic(axes @ np.diag(curvatures) @ axes.T, rng.normal(size=len(curvatures)), layers)


@dataclass(frozen=True)
class Chain:
    """`chain` of tests/golden/make.py, with its derivatives by hand."""

    curvatures: np.ndarray
    layers: tuple[slice, ...] = ()

    def __call__(self, x, t):
        between = np.diff(x, axis=1)
        pull = np.pad(between, ((0, 0), (1, 1)))
        loss = (
            dot(self.curvatures * x, x) / 2 + dot(between, between) / 100 + dot((x - 1) ** 2, (x - 1) ** 2) / 1000
        )
        return loss, self.curvatures * x - np.diff(pull, axis=1) / 50 + (x - 1) ** 3 / 250

    def hessian(self, x):
        size = x.shape[1]
        neighbours = 2 * np.eye(size) - np.eye(size, k=1) - np.eye(size, k=-1)
        neighbours[0, 0] = neighbours[-1, -1] = 1
        return np.diag(self.curvatures) + neighbours / 50 + np.eye(size) * (3 * (x - 1) ** 2 / 250)[:, None, :]


FIFTY = Chain(np.geomspace(0.01, 0.2, 50))
FAR = 2 * np.cos(np.arange(50.0))
LAYERS = (slice(0, 20), slice(20, 45), slice(45, 50))


def walk(optimizer, objective, x, steps):
    """The Steps of so many updates."""
    found, last = [], None
    for t in range(steps):
        last = optimizer.step(t, x, objective, last)
        found.append(last)
        x = x + last.update
    return found


def positions(optimizer, objective, x, steps):
    """Where it is after each of so many updates, the start first: (steps + 1, N, D)."""
    found = walk(optimizer, objective, np.atleast_2d(np.array(x, dtype=float)), steps)
    return np.array([step.x for step in found] + [found[-1].x + found[-1].update])
