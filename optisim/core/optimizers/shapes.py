"""What rules need of a ball's coordinates as a whole: products, lengths, matrices, layers.

A rule works on N balls in D dimensions at once, (N, D), and every ball comes out bit for bit as if it were alone.
What is computed element by element does so by itself; a sum over coordinates does only if its order is fixed.
NumPy's own orders depend on how many balls there are and how they lie in memory, so rules add up through this
module alone. Fewer than `FEW` coordinates are added from the first to the last; more of them pairwise (Higham
1993), which is faster and rounds less.

Coordinates may come in layers, as the weights of a network do: an objective may have an attribute

    layers: tuple[slice, ...]

whose slices, each `slice(start, stop)`, part the D coordinates from the first to the last without gaps.
`layers_of` reads it; without it, or if it is empty, a ball is one layer. What is measured for each layer is (N,)
for a ball that is one layer and (N, layers) else; `each_coordinate` gives it to every coordinate of its layer.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array

FEW = 8  # coordinates from which on NumPy adds pairwise along what lies side by side in memory
Layers = tuple[slice, ...]


def dot(a: Array, b: Array) -> Array:
    """a · b along the last axis: (…, D) and (…, D) → (…)."""
    if a.shape[-1] >= FEW:
        total: Array = np.add.reduce(np.multiply(a, b, order="C"), axis=-1)
        return total
    total = a[..., 0] * b[..., 0]
    for k in range(1, a.shape[-1]):
        total += a[..., k] * b[..., k]
    return total


def norm(a: Array) -> Array:
    """‖a‖ along the last axis: (…, D) → (…)."""
    length: Array = np.sqrt(dot(a, a))
    return length


def applied(matrices: Array, vectors: Array) -> Array:
    """Matrices (N, D, D) times vectors (N, D): (N, D)."""
    return dot(matrices, vectors[:, None, :])


def product(a: Array, b: Array) -> Array:
    """Matrix products of (N, D, D)."""
    total: Array = a[:, :, :1] * b[:, :1, :]
    for k in range(1, a.shape[2]):
        total += a[:, :, k : k + 1] * b[:, k : k + 1, :]
    return total


def outer(a: Array, b: Array) -> Array:
    """a bᵀ: vectors (N, D) and (N, D) → matrices (N, D, D)."""
    matrices: Array = a[:, :, None] * b[:, None, :]
    return matrices


def identity(x: Array) -> Array:
    """The matrix I for positions x (N, D): (D, D)."""
    return np.eye(x.shape[1])


def ratio(above: Array, below: Array, where: npt.NDArray[np.bool_], otherwise: Array | float = 0.0) -> Array:
    """above / below where that is meant, and `otherwise` elsewhere."""
    return np.where(where, above / np.where(where, below, 1.0), otherwise)


# ── Layers ───────────────────────────────────────────────────────────────────────────────────────────────


def layers_of(objective: object) -> Layers:
    """The layers of an objective's coordinates; none if a ball is one layer."""
    layers: Layers = getattr(objective, "layers", ())
    return layers


def layer_dot(a: Array, b: Array, layers: Layers) -> Array:
    """a · b of each layer: (N, D) and (N, D) → (N,) without layers, (N, layers) with them."""
    if not layers:
        return dot(a, b)
    return np.stack([dot(a[:, layer], b[:, layer]) for layer in layers], axis=1)


def layer_norm(a: Array, layers: Layers) -> Array:
    """‖a‖ of each layer: (N, D) → (N,) without layers, (N, layers) with them."""
    lengths: Array = np.sqrt(layer_dot(a, a, layers))
    return lengths


def each_coordinate(values: Array, layers: Layers) -> Array:
    """What is known of each layer, (N,) or (N, layers), for each coordinate: (N, 1) or (N, D)."""
    if not layers:
        return values[:, None]
    return np.repeat(values, [layer.stop - layer.start for layer in layers], axis=1)
