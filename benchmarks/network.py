"""Training the chapter's network, 64–100×4–10 with batches of 128, against PyTorch and the book's style.

PyTorch runs eagerly on the CPU, in float64 as OptiSim does and on one core, from the same weights and batches. The
companion's style is a dictionary of arrays, an object a layer that makes new arrays, and a loop over the parameters
for each line of the update. All three keep every loss, and must agree on them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import pairwise
from multiprocessing import get_context

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as main.py does; read when NumPy is imported

import numpy as np
from results import Effort, Row, Target, alternated, faster

from optisim.core.base.arrays import Array
from optisim.core.race.scenario import read_run
from optisim.core.surfaces import Domain
from optisim.network import Network, Training, digits
from optisim.network.plane import Probe, random_plane, sample
from optisim.network.probes import Signal, histogram, passed
from optisim.network.runs import training_of
from optisim.network.search import Search, search_with

HIDDEN = (100, 100, 100, 100)
METHODS = {"sgd:lr=0.01": "SGD", "momentum:lr=0.01": "Momentum", "adam:lr=0.001": "Adam"}
TORCH, COMPANION = 1.5, 1.2  # times as fast as they


def measure(effort: Effort) -> list[Row]:
    """Microseconds an iteration, in the best of several rounds."""
    data = digits()
    net = Network(data.sizes(HIDDEN), seed=1)
    steps = effort.times(200, 10)
    rows = []
    for spec, name in METHODS.items():
        training = training_of(net, data, read_run(spec), 128, steps, measure_every=0)
        batches = [training.batch_rows(t) for t in range(steps)]
        walks: dict[str, Callable[[], Array]] = {
            "optisim": lambda training=training: training.advance(training.start, steps)[1].loss,
            "companion": lambda training=training, batches=batches, name=name: _companion(training, batches, name),
        }
        try:
            import torch
        except ImportError:
            pass
        else:
            torch.set_num_threads(1)
            walks["torch"] = lambda training=training, batches=batches, name=name: _torch(training, batches, name)
        ours = walks["optisim"]()
        for peer, walk in walks.items():
            # the companion folds Adam's bias correction into the rate, and adds a constant to the logarithm
            close = 1e-2 if peer == "companion" else 1e-8
            if not np.allclose(ours[:20], walk()[:20], rtol=close):
                raise AssertionError(f"OptiSim and {peer} see different losses with {name}")
        parts = {peer: lambda walk=walk: _timed(walk, steps) for peer, walk in walks.items()}
        found = alternated(parts, effort.times(15), of=min)
        what = f"one iteration of 64–100×4–10, {name}"
        rows.append(faster(what, found["optisim"], "µs", "torch, float64", found.get("torch"), TORCH))
        rows.append(faster(what, found["optisim"], "µs", "layers in a dict", found["companion"], COMPANION))
    rows.append(_histograms(effort))
    rows.append(_plane(net, effort))
    rows.append(_search(effort))
    return rows


def _timed(walk: Callable[[], Array], steps: int) -> float:
    start = time.perf_counter()
    walk()
    return (time.perf_counter() - start) / steps * 1e6


# ── What the window and the search wait for ──────────────────────────────────────────────────────────────


def _histograms(effort: Effort) -> Row:
    """The experiment with initial values: 1000 × 100 through 5 layers and back, and ten histograms."""

    def once() -> float:
        start = time.perf_counter()
        activations, gradients = passed(Signal("tanh", 0.5))
        for values in (*activations, *gradients):
            histogram(values, -1.0, 1.0)
        return (time.perf_counter() - start) * 1e3

    found = min(once() for _ in range(effort.times(30)))
    return Row("initial values, 1000 × 100 × 5, histograms", found, "ms", target=Target(50.0))


def _plane(net: Network, effort: Effort) -> Row:
    """The loss over 400 digits on a grid of 51 × 51."""
    probe, plane = Probe(net.architecture, digits()), random_plane(net.architecture, net.vector)

    def once() -> float:
        start = time.perf_counter()
        sample(plane, probe, Domain(-1.0, 1.0, -1.0, 1.0), 51 if not effort.smoke else 5)
        return time.perf_counter() - start

    found = min(once() for _ in range(effort.times(3)))
    return Row("the loss of 64–100×4–10 on a plane, 51 × 51", found, "s", target=Target(2.0))


def _search(effort: Effort) -> Row:
    """Seconds a trial, with a process for each of two cores and with one."""
    search, data = Search(trials=effort.times(24, 2), epochs=effort.times(50, 1)), digits()
    context = get_context("spawn")
    with ProcessPoolExecutor(2, context) as two, ProcessPoolExecutor(1, context) as one:
        pools = {"two": two, "one": one}
        for pool in pools.values():  # processes begin, and import
            search_with(pool, replace(search, trials=2, epochs=1), data)

        def once(pool: ProcessPoolExecutor) -> float:
            start = time.perf_counter()
            search_with(pool, search, data)
            return (time.perf_counter() - start) / search.trials

        parts = {name: lambda pool=pool: once(pool) for name, pool in pools.items()}
        found = alternated(parts, effort.times(3), of=min)
    return faster("one trial of the search, two cores", found["two"], "s", "one core", found["one"], 1.7)


# ── PyTorch ──────────────────────────────────────────────────────────────────────────────────────────────


def _torch(training: Training, batches: list[Array], name: str) -> Array:
    import torch

    arrays = training.architecture.layout.arrays(training.start.x[0])
    sizes, layers = training.architecture.sizes, []
    for number, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        layers += [torch.nn.Linear(inputs, outputs, dtype=torch.float64), torch.nn.ReLU()]
        layers[-2].weight.data = torch.from_numpy(arrays[f"W{number}"].T.copy())
        layers[-2].bias.data = torch.from_numpy(arrays[f"b{number}"].copy())
    net = torch.nn.Sequential(*layers[:-1])
    optimizer = {
        "SGD": lambda p: torch.optim.SGD(p, lr=0.01),
        "Momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
        "Adam": lambda p: torch.optim.Adam(p, lr=0.001),
    }[name](net.parameters())
    x, y = torch.from_numpy(training.data.x.copy()), torch.from_numpy(training.data.y.copy())
    cross_entropy = torch.nn.CrossEntropyLoss()
    losses = np.empty(len(batches))
    for t, rows in enumerate(batches):
        batch = torch.from_numpy(rows)
        optimizer.zero_grad()
        loss = cross_entropy(net(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses[t] = loss.item()
    return losses


# ── The companion's style ────────────────────────────────────────────────────────────────────────────────


class _Affine:
    def __init__(self, params: dict[str, Array], number: int) -> None:
        self.params, self.number = params, number

    def forward(self, x: Array) -> Array:
        self.x = x
        return np.dot(x, self.params[f"W{self.number}"]) + self.params[f"b{self.number}"]

    def backward(self, d: Array) -> Array:
        dx = np.dot(d, self.params[f"W{self.number}"].T)
        self.dW = np.dot(self.x.T, d)
        self.db = np.sum(d, axis=0)
        return dx


class _Relu:
    def forward(self, x: Array) -> Array:
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, d: Array) -> Array:
        d[self.mask] = 0
        return d


class _SoftmaxWithLoss:
    def forward(self, x: Array, t: Array) -> float:
        self.t = t
        x = x - np.max(x, axis=-1, keepdims=True)
        self.y = np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
        return -np.sum(np.log(self.y[np.arange(len(t)), t] + 1e-7)) / len(t)

    def backward(self) -> Array:
        dx = self.y.copy()
        dx[np.arange(len(self.t)), self.t] -= 1
        return dx / len(self.t)


def _companion(training: Training, batches: list[Array], name: str) -> Array:
    arrays = training.architecture.layout.arrays(training.start.x[0])
    params = {key: array.copy() for key, array in arrays.items()}
    layers: dict[str, _Affine | _Relu] = {}
    last = len(training.architecture.sizes) - 1
    for number in range(1, last + 1):
        layers[f"Affine{number}"] = _Affine(params, number)
        if number < last:
            layers[f"Relu{number}"] = _Relu()
    loss_layer = _SoftmaxWithLoss()
    memory = [{key: np.zeros_like(value) for key, value in params.items()} for _ in range(2)]
    losses = np.empty(len(batches))
    for t, rows in enumerate(batches):
        x = training.data.x[rows]
        for layer in layers.values():
            x = layer.forward(x)
        losses[t] = loss_layer.forward(x, training.data.y[rows])
        d = loss_layer.backward()
        for layer in reversed(layers.values()):
            d = layer.backward(d)
        grads = {}
        for layer in layers.values():
            if isinstance(layer, _Affine):
                grads[f"W{layer.number}"], grads[f"b{layer.number}"] = layer.dW, layer.db
        _update(params, grads, memory, t, name)
    return losses


def _update(
    params: dict[str, Array], grads: dict[str, Array], memory: list[dict[str, Array]], t: int, name: str
) -> None:
    m, v = memory
    for key in params:
        if name == "SGD":
            params[key] -= 0.01 * grads[key]
        elif name == "Momentum":
            v[key] = 0.9 * v[key] - 0.01 * grads[key]
            params[key] += v[key]
        else:
            lr = 0.001 * np.sqrt(1.0 - 0.999 ** (t + 1)) / (1.0 - 0.9 ** (t + 1))
            m[key] += (1 - 0.9) * (grads[key] - m[key])
            v[key] += (1 - 0.999) * (grads[key] ** 2 - v[key])
            params[key] -= lr * m[key] / (np.sqrt(v[key]) + 1e-7)
