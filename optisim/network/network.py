"""A network: its architecture, and parameters that may be replaced."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.network.architecture import Architecture
from optisim.network.propagation import Labels, Propagation

ROWS = 256  # examples that go through a network at once outside of training; their numbers fit the cache


class Network:
    """A network of affine layers with an activation after all but the last, which softmax follows.

    Attributes:
        architecture: what it is made of.
        parameters: name → array, "W1" (inputs, units), "b1" (units,), with Batch Normalization "gamma1", "beta1"
            (units,), "W2" … They may be replaced, one or all.
        averages: Batch Normalization's running averages "mean1", "variance1" … (units,), used outside of training.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str = "relu",
        initial: str | float = "he",
        batch_norm: bool = False,
        dropout: float = 0.0,
        weight_decay: float = 0.0,
        seed: int = 0,
    ) -> None:
        """A network with its first parameters; see `Architecture` for the arguments and for what is refused."""
        sizes = tuple(sizes) if isinstance(sizes, Sequence) else sizes
        made = Architecture(sizes, activation, initial, batch_norm, dropout, weight_decay, seed)
        self._fill(made, made.first_parameters(), made.first_averages())

    @classmethod
    def of(cls, architecture: Architecture, vector: Array | None = None, averages: Array | None = None) -> Network:
        """A network of that architecture; parameters and averages, given as vectors, are copied.

        Args:
            architecture: what it is made of.
            vector: the parameters, (size,); the first ones if None.
            averages: Batch Normalization's; those before training if None.
        """
        network = cls.__new__(cls)
        network._fill(
            architecture,
            architecture.first_parameters() if vector is None else np.array(vector, dtype=np.float64).ravel(),
            architecture.first_averages() if averages is None else np.array(averages, dtype=np.float64),
        )
        return network

    def _fill(self, architecture: Architecture, vector: Array, averages: Array) -> None:
        self.architecture = architecture
        self.parameters = architecture.layout.arrays(vector)
        self.averages = architecture.averages_layout.arrays(averages)

    def __repr__(self) -> str:
        return f"Network.of({self.architecture!r})"

    @property
    def vector(self) -> Array:
        """All parameters in one new vector, as an optimizer moves them.

        Raises:
            Problem: if what they were replaced by does not fit the architecture.
        """
        return self.architecture.layout.vector(self.parameters)

    def propagation(self, *, gradients: bool = False) -> Propagation:
        """The network's layers with room for their numbers, bound to a copy of its parameters."""
        made = Propagation(self.architecture)
        vector = self.vector
        made.bind(vector, np.zeros_like(vector) if gradients else None)
        made.set_averages(self.architecture.averages_layout.vector(self.averages))
        return made

    # ── What it says of examples ─────────────────────────────────────────────────────────────────────────

    def scores(self, x: npt.ArrayLike) -> Array:
        """What goes into softmax, (examples, classes), for x (examples, inputs), outside of training."""
        return scores(self.propagation(), self.checked(x))

    def probabilities(self, x: npt.ArrayLike) -> Array:
        """The probability of each class, (examples, classes)."""
        raised = self.scores(x)
        raised -= raised.max(axis=1, keepdims=True)
        np.exp(raised, out=raised)
        raised /= raised.sum(axis=1, keepdims=True)
        return raised

    def predict(self, x: npt.ArrayLike) -> Labels:
        """The most probable class of each example, (examples,)."""
        found: Labels = self.scores(x).argmax(axis=1)
        return found

    def accuracy(self, x: npt.ArrayLike, y: npt.ArrayLike) -> float:
        """The share of examples whose most probable class is the right one."""
        x, labels = self.checked_examples(x, y)
        return float(np.mean(self.predict(x) == labels))

    def loss(self, x: npt.ArrayLike, y: npt.ArrayLike, *, training: bool = False) -> float:
        """The mean cross-entropy with the weight decay's term.

        Args:
            x, y: examples (examples, inputs) and their classes (examples,).
            training: normalize by these examples as a batch instead of by the running averages. Dropout leaves
                out nothing.
        """
        x, labels = self.checked_examples(x, y)
        return self.propagation().loss(x, labels, training=training)

    def gradients(self, x: npt.ArrayLike, y: npt.ArrayLike, *, training: bool = False) -> dict[str, Array]:
        """The gradient of `loss` by the parameters, named and shaped as they are."""
        x, labels = self.checked_examples(x, y)
        propagation = Propagation(self.architecture)
        vector = self.vector
        gradient = np.empty_like(vector)
        propagation.bind(vector, gradient)
        propagation.set_averages(self.architecture.averages_layout.vector(self.averages))
        propagation.loss_and_gradient(x, labels, training=training)
        return self.architecture.layout.arrays(gradient)

    def activations(self, x: npt.ArrayLike) -> list[Array]:
        """The output of every hidden layer, (examples, units) each, outside of training, before Dropout."""
        return self.propagation().activations(self.checked(x))

    def activation_gradients(self, x: npt.ArrayLike, y: npt.ArrayLike) -> list[Array]:
        """∂loss/∂(output) of every hidden layer, (examples, units) each, outside of training."""
        x, labels = self.checked_examples(x, y)
        return self.propagation(gradients=True).activation_gradients(x, labels)

    def checked(self, x: npt.ArrayLike) -> Array:
        """Examples as (examples, inputs); one alone may be (inputs,).

        Raises:
            Problem: if they do not fit the network's inputs.
        """
        array = np.atleast_2d(np.asarray(x, dtype=np.float64))
        if array.ndim != 2 or array.shape[1] != self.architecture.sizes[0]:
            raise Problem(
                N_("The network has {inputs} inputs; the data has the shape {shape}."),
                inputs=self.architecture.sizes[0],
                shape=array.shape,
            )
        return array

    def checked_examples(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Array, Labels]:
        """Examples as (examples, inputs) and their classes as (examples,).

        Raises:
            Problem: if they do not fit the network or each other.
        """
        array, labels, classes = self.checked(x), np.atleast_1d(np.asarray(y)), self.architecture.sizes[-1]
        if labels.shape != array.shape[:1] or not labels.size:
            raise Problem(
                N_("There are {labels} classes given for {examples} examples; each needs one."),
                labels=labels.size,
                examples=len(array),
            )
        if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= classes:
            raise Problem(N_("The classes must be whole numbers from 0 to {most}."), most=classes - 1)
        return array, labels.astype(np.int64)


def scores(propagation: Propagation, x: Array) -> Array:
    """What goes into softmax outside of training, a new array, computed in blocks that fit the cache."""
    found = np.empty((len(x), propagation.architecture.sizes[-1]))
    for start in range(0, len(x), ROWS):
        found[start : start + ROWS] = propagation.scores(x[start : start + ROWS])
    return found
