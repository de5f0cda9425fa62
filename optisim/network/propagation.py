"""Forward and back through a whole network, for parameters in one vector."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.network.architecture import Architecture
from optisim.network.layers import (
    ACTIVATIONS,
    Activation,
    Affine,
    BatchNormalization,
    Dropout,
    Layer,
    SoftmaxCrossEntropy,
)

Labels = npt.NDArray[np.int64]


class Propagation:
    """The layers of a network with room for their numbers.

    One belongs to one thread at a time: the arrays that its methods return are overwritten by the next call, unless
    said otherwise.
    """

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        sizes, last = architecture.sizes, len(architecture.sizes) - 1
        self._groups: list[list[Layer]] = []  # what has the parameters W1, b1, …, what has W2, b2, …
        for number, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
            layers: list[Layer] = [Affine(inputs, outputs)]
            if number < last:
                if architecture.batch_norm:
                    layers.append(BatchNormalization(outputs))
                layers.append(ACTIVATIONS[architecture.activation]())
                if architecture.dropout:
                    layers.append(Dropout(architecture.dropout))
            self._groups.append(layers)
        first = self._groups[0][0]
        assert isinstance(first, Affine)
        first.first = True
        self._layers = [layer for layers in self._groups for layer in layers]
        self._norms = [layer for layer in self._layers if isinstance(layer, BatchNormalization)]
        self._dropouts = [layer for layer in self._layers if isinstance(layer, Dropout)]
        self._slots = list(self._named_slots())
        self._loss = SoftmaxCrossEntropy()
        self._affines = [layer for layer in self._layers if isinstance(layer, Affine)]

    def _named_slots(self) -> Iterator[tuple[Layer, list[tuple[str, slice, tuple[int, ...]]]]]:
        """For each layer with parameters: their names in it, and where they stand in the vector."""
        slices = self.architecture.layout.slices
        for number, layers in enumerate(self._groups, start=1):
            for layer in layers:
                if layer.shapes:
                    yield layer, [(name, slices[f"{name}{number}"], shape) for name, shape in layer.shapes.items()]

    def bind(self, vector: Array, gradient: Array | None = None) -> None:
        """Let the layers read their parameters from a vector, and write gradients into another; both (size,)."""
        for layer, slots in self._slots:
            parameters = {name: vector[place].reshape(shape) for name, place, shape in slots}
            gradients = {}
            if gradient is not None:
                gradients = {name: gradient[place].reshape(shape) for name, place, shape in slots}
            layer.bind(parameters, gradients)

    # ── Batch Normalization's averages and Dropout's masks ───────────────────────────────────────────────

    def set_averages(self, averages: Array) -> None:
        """Let Batch Normalization use these running averages, laid out as `averages_layout`."""
        arrays = list(self.architecture.averages_layout.arrays(averages).values())
        for norm, mean, variance in zip(self._norms, arrays[::2], arrays[1::2], strict=True):
            norm.running_mean, norm.running_variance = mean, variance

    def averages(self) -> Array:
        """The running averages with the last batch in training taken in, as a new vector."""
        pairs = [array for norm in self._norms for array in norm.averaged()]
        return np.concatenate(pairs) if pairs else np.empty(0)

    def batch_statistics(self) -> Array:
        """Mean and variance of the last batch in training, in the order of the averages, as a new vector."""
        pairs = [array for norm in self._norms for array in (norm.mean, norm.variance)]
        return np.concatenate(pairs) if pairs else np.empty(0)

    def set_masks(self, masks: list[npt.NDArray[np.bool_]]) -> None:
        """Let Dropout leave out the units for which a mask says False, one mask (examples, units) a layer."""
        for dropout, mask in zip(self._dropouts, masks, strict=True):
            dropout.mask = mask

    # ── Forward and back ─────────────────────────────────────────────────────────────────────────────────

    def scores(self, x: Array, *, training: bool = False) -> Array:
        """What goes into softmax for x (examples, inputs): (examples, classes)."""
        for layer in self._layers:
            layer.training = training
            x = layer.forward(x)
        return x

    def activations(self, x: Array, *, training: bool = False) -> list[Array]:
        """The output of every hidden layer, before Dropout; copies, (examples, units) each."""
        found = []
        for layer in self._layers:
            layer.training = training
            x = layer.forward(x)
            if isinstance(layer, Activation):
                found.append(x.copy())
        return found

    def activation_gradients(self, x: Array, labels: Labels) -> list[Array]:
        """∂L/∂(output) of every hidden layer, for the loss outside of training; copies, (examples, units) each.

        The parameters must have been bound with room for gradients, which are written as well.
        """
        self._loss.forward(self.scores(x), labels)
        d, found = self._loss.backward(), []
        for layer in reversed(self._layers):
            if isinstance(layer, Activation):
                found.append(d.copy())
            d = layer.backward(d)
        return found[::-1]

    def loss(self, x: Array, labels: Labels, *, training: bool = False) -> float:
        """Cross-entropy in the mean over the examples and the weight decay's term."""
        return self._loss.forward(self.scores(x, training=training), labels) + self._decay()

    def loss_and_gradient(self, x: Array, labels: Labels, *, training: bool = True) -> float:
        """The loss; the gradient goes where `bind` said."""
        loss = self.loss(x, labels, training=training)
        d = self._loss.backward()
        for layer in reversed(self._layers):
            d = layer.backward(d)
        self._add_decay_to_gradients()
        return loss

    def _decay(self) -> float:
        """½ λ Σ W²."""
        decay = self.architecture.weight_decay
        if not decay:
            return 0.0
        return 0.5 * decay * sum(float(np.vdot(a.parameters["W"], a.parameters["W"])) for a in self._affines)

    def _add_decay_to_gradients(self) -> None:
        decay = self.architecture.weight_decay
        if decay:
            for affine in self._affines:
                affine.gradients["W"] += decay * affine.parameters["W"]
