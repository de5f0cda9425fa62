"""What a network is: its sizes and kinds of layers, and where its parameters stand in one long vector."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, Problem
from optisim.network.layers import ACTIVATIONS
from optisim.network.random import INITIAL, MAX_SEED, generator

MAX_UNITS = 100_000  # of one layer
MAX_LAYERS = 100
MAX_PARAMETERS = 20_000_000  # 160 MB, and a rule remembers some such vectors
INITIALS = {"he": 2.0, "xavier": 1.0}
"""Name → the variance of a weight times the inputs of its layer (He et al. 2015, Glorot and Bengio 2010)."""


@dataclass(frozen=True)
class Layout:
    """Arrays one after the other in one vector."""

    shapes: Mapping[str, tuple[int, ...]]

    @cached_property
    def slices(self) -> dict[str, slice]:
        """Where each array stands in the vector."""
        ends = np.cumsum([0, *(math.prod(shape) for shape in self.shapes.values())]).tolist()
        return {name: slice(*ends[i : i + 2]) for i, name in enumerate(self.shapes)}

    @cached_property
    def size(self) -> int:
        """The length of the vector."""
        return sum(math.prod(shape) for shape in self.shapes.values())

    def arrays(self, vector: Array) -> dict[str, Array]:
        """The arrays as views of a vector (size,)."""
        return {name: vector[self.slices[name]].reshape(shape) for name, shape in self.shapes.items()}

    def vector(self, arrays: Mapping[str, Array]) -> Array:
        """The vector of arrays, (size,).

        Raises:
            Problem: if an array is missing, is not known, has another shape, or is not made of finite numbers.
        """
        vector = np.empty(self.size)
        for name in arrays:
            if name not in self.shapes:
                raise Problem(
                    N_("The network has no parameters “{name}”; it has {names}."),
                    name=name,
                    names=", ".join(self.shapes),
                )
        for name, shape in self.shapes.items():
            if name not in arrays:
                raise Problem(N_("The parameters “{name}” of the network are missing."), name=name)
            try:
                array = np.asarray(arrays[name], dtype=np.float64)
            except (TypeError, ValueError):
                array = np.full(shape, np.nan)
            if array.shape != shape:
                raise Problem(
                    N_("The parameters “{name}” have the shape {shape}; the network needs {wanted}."),
                    name=name,
                    shape=array.shape,
                    wanted=shape,
                )
            if not np.isfinite(array).all():
                raise Problem(N_("The parameters “{name}” must be finite numbers."), name=name)
            vector[self.slices[name]] = array.ravel()
        return vector


@dataclass(frozen=True)
class Architecture:
    """All that defines a network before it is trained.

    Attributes:
        sizes: inputs, units of each hidden layer, classes.
        activation: of all hidden layers, a key of `ACTIVATIONS`.
        initial: standard deviation of the first weights, or "he" for √(2/n), "xavier" for √(1/n), n being the
            inputs of the layer. Biases begin at 0.
        batch_norm: whether Batch Normalization stands before every activation.
        dropout: the ratio of units that Dropout leaves out after every hidden activation.
        weight_decay: λ of ½ λ Σ W², which is added to the loss; W are the weights only.
        seed: what the first weights are drawn from; their pattern does not change with `initial`.

    Raises:
        Problem: when made with what makes no network.
    """

    sizes: tuple[int, ...]
    activation: str = "relu"
    initial: str | float = "he"
    batch_norm: bool = False
    dropout: float = 0.0
    weight_decay: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "sizes", _sizes(self.sizes))
        object.__setattr__(self, "initial", _initial(self.initial))
        if self.activation not in ACTIVATIONS:
            raise Problem(
                N_("There is no activation “{name}”; choose one of {names}."),
                name=self.activation,
                names=", ".join(ACTIVATIONS),
            )
        object.__setattr__(self, "dropout", _number(self.dropout, "dropout", 1.0))
        object.__setattr__(self, "weight_decay", _number(self.weight_decay, "weight_decay", math.inf))
        object.__setattr__(self, "batch_norm", bool(self.batch_norm))
        object.__setattr__(self, "seed", checked_seed(self.seed))
        if self.layout.size > MAX_PARAMETERS:
            raise Problem(
                N_("The network has {count:,} parameters; take smaller layers, {most:,} are the most."),
                count=self.layout.size,
                most=MAX_PARAMETERS,
            )

    @property
    def hidden(self) -> tuple[int, ...]:
        """The units of the hidden layers."""
        return self.sizes[1:-1]

    @property
    def layout(self) -> Layout:
        """Where the parameters W1, b1, (gamma1, beta1,) W2, … stand in the vector that an optimizer moves."""
        return _layout(self.sizes, self.batch_norm)

    @property
    def averages_layout(self) -> Layout:
        """Where Batch Normalization's running mean1, variance1, mean2, … stand in a vector of their own."""
        return _averages_layout(self.hidden if self.batch_norm else ())

    def deviation(self, inputs: int) -> float:
        """The standard deviation of the first weights of a layer with so many inputs."""
        return deviation(self.initial, inputs)

    def first_parameters(self) -> Array:
        """The parameters before training, as one vector."""
        vector = np.zeros(self.layout.size)
        arrays = self.layout.arrays(vector)
        for number, (inputs, outputs) in enumerate(pairwise(self.sizes), start=1):
            normals = generator(self.seed, INITIAL, number).standard_normal((inputs, outputs))
            np.multiply(normals, self.deviation(inputs), out=arrays[f"W{number}"])
            if f"gamma{number}" in arrays:
                arrays[f"gamma{number}"][:] = 1.0
        return vector

    def first_averages(self) -> Array:
        """The running averages before training, as one vector; empty without Batch Normalization."""
        vector = np.zeros(self.averages_layout.size)
        for name, array in self.averages_layout.arrays(vector).items():
            array[:] = float(name.startswith("variance"))
        return vector


def deviation(initial: str | float, inputs: int) -> float:
    """The standard deviation of weights "he", "xavier" or a number, in a layer with so many inputs."""
    return math.sqrt(INITIALS[initial] / inputs) if isinstance(initial, str) else initial


def checked_seed(seed: object) -> int:
    """A seed as a whole number.

    Raises:
        Problem: if it is none, negative or too large.
    """
    try:
        number = operator.index(seed)  # type: ignore[arg-type]
    except TypeError:
        number = -1
    if not 0 <= number <= MAX_SEED:
        raise Problem(N_("The seed must be a whole number from 0 to {most}."), most=MAX_SEED)
    return number


@lru_cache(maxsize=256)
def _layout(sizes: tuple[int, ...], batch_norm: bool) -> Layout:
    shapes: dict[str, tuple[int, ...]] = {}
    last = len(sizes) - 1
    for number, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        shapes |= {f"W{number}": (inputs, outputs), f"b{number}": (outputs,)}
        if batch_norm and number < last:
            shapes |= {f"gamma{number}": (outputs,), f"beta{number}": (outputs,)}
    return Layout(shapes)


@lru_cache(maxsize=256)
def _averages_layout(hidden: tuple[int, ...]) -> Layout:
    names = [(number, units) for number, units in enumerate(hidden, start=1)]
    return Layout({f"{what}{number}": (units,) for number, units in names for what in ("mean", "variance")})


def _sizes(sizes: object) -> tuple[int, ...]:
    try:
        whole = tuple(operator.index(size) for size in sizes) if isinstance(sizes, Iterable) else ()
    except TypeError:
        whole = ()
    if not 2 <= len(whole) <= MAX_LAYERS or not all(1 <= size <= MAX_UNITS for size in whole):
        raise Problem(
            N_(
                "The sizes of a network are 2 to {layers} whole numbers from 1 to {units}: inputs, hidden layers, "
                "classes, such as {example}."
            ),
            layers=MAX_LAYERS,
            units=MAX_UNITS,
            example="64, 100, 100, 10",
        )
    return whole


def _initial(initial: object) -> str | float:
    if isinstance(initial, str) and initial.strip().lower() in INITIALS:
        return initial.strip().lower()
    try:
        number = float(initial)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(initial, bool) or not 0 <= number <= 1e6:
        raise Problem(
            N_("The initial weights are {names} or a standard deviation from 0 to 1000000, not “{value}”."),
            names=", ".join(INITIALS),
            value=initial,
        )
    return number


def _number(value: object, name: str, below: float) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = math.nan
    if 0 <= number < below:
        return number
    if math.isinf(below):
        said = N_("{name} must be a finite number of at least {least:g}, not {value}.")
    else:
        said = N_("{name} must be at least {least:g} and below {most:g}, not {value}.")
    raise Problem(said, name=name, value=value, least=0.0, most=below)
