"""The layers of a network: each knows how to go forward, and how to carry a gradient back.

A layer keeps what its way back needs and writes into arrays of its own that it makes once for a number of
examples, so a training allocates next to nothing on its way through the layers. Activations, and Dropout in
training, work in place: Affine and Batch Normalization do not need their own output to go back, and an activation
does not need that of units whose gradient a mask has set to 0. `backward` may overwrite what it is given.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array

EPS = 1e-6  # of Batch Normalization, added to the variance under the root
MEMORY = 0.9  # of Batch Normalization's running averages


class Layer:
    """A layer for a batch of examples, one a row.

    Attributes:
        shapes: its parameters, name → shape.
        parameters, gradients: where those are read from and their gradients written to, set by `bind`.
        training: whether the network is being trained; Batch Normalization and Dropout then do something else.
    """

    def __init__(self) -> None:
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.parameters: dict[str, Array] = {}
        self.gradients: dict[str, Array] = {}
        self.training = True

    def bind(self, parameters: dict[str, Array], gradients: dict[str, Array]) -> None:
        """Let the layer read these parameters and write these gradients."""
        self.parameters, self.gradients = parameters, gradients

    def forward(self, x: Array) -> Array:
        """The layer's output for x, (examples, inputs)."""
        raise NotImplementedError

    def backward(self, d: Array) -> Array:
        """∂L/∂x for d = ∂L/∂output, which may be overwritten; the parameters' gradients are written."""
        raise NotImplementedError


def _room(before: Array | None, rows: int, columns: int) -> Array:
    """An array of that shape: the one there was before, if it fits."""
    if before is not None and before.shape == (rows, columns):
        return before
    return np.empty((rows, columns))


class Affine(Layer):
    """x W + b. `bias=False` leaves b away."""

    def __init__(self, inputs: int, outputs: int, *, bias: bool = True) -> None:
        super().__init__()
        self.shapes = {"W": (inputs, outputs)} | ({"b": (outputs,)} if bias else {})
        self.first = False  # nothing stands before it, so the gradient for x is not asked for
        self._output: Array | None = None
        self._back: Array | None = None

    def forward(self, x: Array) -> Array:
        W = self.parameters["W"]
        self._x = x
        self._output = output = _room(self._output, len(x), W.shape[1])
        np.matmul(x, W, out=output)
        if "b" in self.shapes:
            output += self.parameters["b"]
        return output

    def backward(self, d: Array) -> Array:
        np.matmul(self._x.T, d, out=self.gradients["W"])
        if "b" in self.shapes:
            np.add.reduce(d, axis=0, out=self.gradients["b"])
        if self.first:
            return d
        W = self.parameters["W"]
        self._back = back = _room(self._back, *self._x.shape)
        return np.matmul(d, W.T, out=back)


# ── Activations ──────────────────────────────────────────────────────────────────────────────────────────


class Activation(Layer):
    """A function of each number by itself, in place. `slug` is its name in files and on the command line."""

    slug: ClassVar[str]


class ReLU(Activation):
    """max(x, 0). At 0 its slope is taken to be 0."""

    slug = "relu"

    def forward(self, x: Array) -> Array:
        self._y = np.maximum(x, 0.0, out=x)
        return x

    def backward(self, d: Array) -> Array:
        d *= self._y > 0.0
        return d


class Sigmoid(Activation):
    """1 / (1 + e⁻ˣ), by way of tanh, which does not overflow."""

    slug = "sigmoid"

    def forward(self, x: Array) -> Array:
        x *= 0.5
        np.tanh(x, out=x)
        x += 1.0
        x *= 0.5
        self._y = x
        return x

    def backward(self, d: Array) -> Array:
        d *= self._y
        d *= 1.0 - self._y
        return d


class Tanh(Activation):
    """tanh x."""

    slug = "tanh"

    def forward(self, x: Array) -> Array:
        self._y = np.tanh(x, out=x)
        return x

    def backward(self, d: Array) -> Array:
        d *= 1.0 - self._y * self._y
        return d


ACTIVATIONS: dict[str, type[Activation]] = {kind.slug: kind for kind in (ReLU, Sigmoid, Tanh)}
"""Slug → class, in the order of the menu."""


# ── Normalization and regularization ─────────────────────────────────────────────────────────────────────


class BatchNormalization(Layer):
    """γ (x − μ) / √(σ² + ε) + β, with mean and variance of each unit over the batch. Ioffe and Szegedy 2015.

    Outside of training, μ and σ² are `running_mean` and `running_variance`, which the training has averaged with a
    memory of 0.9. The averages begin at 0 and 1, so that a network that has seen nothing yet leaves x as it is; σ²
    is that of the batch (divided by n) here as there.

    Attributes:
        mean, variance: those of the last batch in training, (units,).
    """

    def __init__(self, units: int) -> None:
        super().__init__()
        self.shapes = {"gamma": (units,), "beta": (units,)}
        self.running_mean, self.running_variance = np.zeros(units), np.ones(units)
        self.mean, self.variance = self.running_mean, self.running_variance
        self._output: Array | None = None

    def forward(self, x: Array) -> Array:
        if self.training:
            self.mean = np.add.reduce(x, axis=0) / len(x)
            x -= self.mean
            self.variance = np.einsum("ij,ij->j", x, x) / len(x)
            variance = self.variance
        else:
            x -= self.running_mean
            variance = self.running_variance
        self._scale = 1.0 / np.sqrt(variance + EPS)
        x *= self._scale
        self._normalized = x
        self._output = output = _room(self._output, *x.shape)
        np.multiply(x, self.parameters["gamma"], out=output)
        output += self.parameters["beta"]
        return output

    def averaged(self) -> tuple[Array, Array]:
        """The running mean and variance with the last batch taken in; they themselves stay as they are."""
        mean = MEMORY * self.running_mean + (1 - MEMORY) * self.mean
        return mean, MEMORY * self.running_variance + (1 - MEMORY) * self.variance

    def backward(self, d: Array) -> Array:
        beta, gamma = self.gradients["beta"], self.gradients["gamma"]
        np.add.reduce(d, axis=0, out=beta)
        np.einsum("ij,ij->j", d, self._normalized, out=gamma)
        if self.training:  # mean and variance depend on x, too
            d -= beta / len(d)
            d -= self._normalized * (gamma / len(d))
        d *= self.parameters["gamma"] * self._scale
        return d


class Dropout(Layer):
    """Leaves out each unit with probability `ratio` in training; else multiplies by 1 − ratio. Srivastava 2014.

    Attributes:
        mask: (examples, units), true for the units that stay; to be set before every batch in training.
    """

    def __init__(self, ratio: float) -> None:
        super().__init__()
        self.ratio = ratio
        self.mask: npt.NDArray[np.bool_] | None = None
        self._output: Array | None = None

    def forward(self, x: Array) -> Array:
        if not self.training:  # the activation before needs its own output to go back
            self._output = output = _room(self._output, *x.shape)
            return np.multiply(x, 1.0 - self.ratio, out=output)
        if self.mask is not None:
            x *= self.mask
        return x

    def backward(self, d: Array) -> Array:
        if not self.training:
            d *= 1.0 - self.ratio
        elif self.mask is not None:
            d *= self.mask
        return d


# ── Loss ─────────────────────────────────────────────────────────────────────────────────────────────────


class SoftmaxCrossEntropy:
    """−log of the probability that softmax gives the right class, in the mean over the examples.

    By way of log-softmax, x − max − log Σ exp(x − max), so that nothing is added to keep a logarithm from 0.
    """

    def __init__(self) -> None:
        self._probabilities: Array | None = None

    def forward(self, scores: Array, labels: npt.NDArray[np.int64]) -> float:
        """The loss for scores (examples, classes) and labels (examples,); scores are left as they are."""
        self._probabilities = p = _room(self._probabilities, *scores.shape)
        self._labels, self._rows = labels, np.arange(len(scores))
        np.subtract(scores, np.maximum.reduce(scores, axis=1, keepdims=True), out=p)
        of_labels = p[self._rows, labels]
        np.exp(p, out=p)
        total = np.add.reduce(p, axis=1, keepdims=True)
        p /= total
        return float(np.mean(np.log(total[:, 0]) - of_labels))

    def backward(self) -> Array:
        """∂L/∂scores: (softmax − one for the right class) / examples. To be called once after `forward`."""
        d = self._probabilities
        assert d is not None, "forward comes first"
        d[self._rows, self._labels] -= 1.0
        d /= len(d)
        return d
