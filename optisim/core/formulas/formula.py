"""A formula: text → checked syntax tree → SymEngine → compiled f, ∇f and Hessian, and LaTeX.

Parameters are inputs of what is compiled, so that moving one costs no compilation. More exactly, an input is each
*coefficient*, a part of the formula that is a number decided by parameters, as a and b/2 are in a x² + sin(b/2 y).
Substituted instead, and compiled for its value, is a coefficient whose value changes what the formula means: one
that is 0, for 0 · log x is 0 where log x is infinite or no number; a constant exponent; and the constant base of an
exponent that is not constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, FormulaProblem
from optisim.core.formulas.building import Build, coefficients
from optisim.core.formulas.functions import Expression
from optisim.core.formulas.syntax import CONSTANTS, VARIABLES, Node, Parser, names_in, tokenized
from optisim.core.formulas.typesetting import latex_of, latex_pieces
from optisim.core.formulas.work import Work, work_of

MAX_LENGTH = 1000  # characters
MOST_WORK = 10_000  # parts of second derivatives, see `work_of`: these are compiled in about a tenth of a second
MUCH_WORK = 1_200  # parts of first derivatives; more is compiled without optimizing, three times as fast


@dataclass(frozen=True)
class _Skeleton:
    """What a formula is whatever the values of its parameters.

    Attributes:
        tree: as it was read.
        varies: whether x or y stands in it.
        parameters: their names, in the order of the text.
        coefficients: one node of each kind of coefficient, and whether its value is special, see `coefficients`.
        places: by the id of a node, which coefficient it is.
        work: how much there is to be compiled.
    """

    tree: Node
    varies: bool
    parameters: tuple[str, ...]
    coefficients: tuple[tuple[Node, bool], ...]
    places: dict[int, int]
    work: Work


@dataclass(frozen=True)
class _Program:
    """Expressions of x, y, columns and coefficients, and what is compiled of them: shared by all values."""

    names: tuple[str, ...]
    expression: Expression
    optimized: bool = True

    @cached_property
    def _derivatives(self) -> tuple[Expression, Expression]:
        return self.expression.diff("x"), self.expression.diff("y")

    @cached_property
    def value(self) -> Compiled:
        return Compiled(self.names, [self.expression], self.optimized)

    @cached_property
    def value_and_gradient(self) -> Compiled:
        return Compiled(self.names, [self.expression, *self._derivatives], self.optimized)

    @cached_property
    def hessian(self) -> Compiled:
        along_x, along_y = self._derivatives
        second = [along_x.diff("x"), along_x.diff("y"), along_y.diff("y")]
        return Compiled(self.names, second, self.optimized)


@dataclass(frozen=True)
class Formula:
    """A checked formula in x and y. Make one with `parse`.

    Attributes:
        text, tree: as it was written and read.
        program: what is compiled, for these and other values of the parameters.
        inputs: the values of the coefficients that it takes.
        parameters: the value of each parameter that stands in the text.
        columns: the columns of a table of data that it may mention; points then have as many further coordinates.
    """

    text: str
    tree: Node
    program: _Program = field(repr=False, compare=False)
    inputs: tuple[float, ...] = field(default=(), repr=False, compare=False)
    parameters: tuple[tuple[str, float], ...] = ()
    columns: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        return parse, (self.text, self.parameters, self.columns)

    @cached_property
    def latex(self) -> str:
        """The formula as the user wrote it, in LaTeX."""
        return latex_of(self.tree)

    @cached_property
    def latex_pieces(self) -> tuple[str, ...]:
        """The same in pieces between which a line may break."""
        return tuple(latex_pieces(self.tree))

    @cached_property
    def value(self) -> Compiled:
        """f: points (N, 2) → (N, 1)."""
        return self.program.value.at(self.inputs)

    @cached_property
    def value_and_gradient(self) -> Compiled:
        """f and ∇f: points (N, 2) → (N, 3), columns f, ∂f/∂x, ∂f/∂y."""
        return self.program.value_and_gradient.at(self.inputs)

    @cached_property
    def hessian(self) -> Compiled:
        """Second derivatives: points (N, 2) → (N, 3), columns ∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²."""
        return self.program.hessian.at(self.inputs)


class Compiled:
    """Expressions of x, y and perhaps more, compiled by LLVM to one function of points."""

    def __init__(self, names: Sequence[str], expressions: list[Expression], optimized: bool = True) -> None:
        import symengine

        self._count = len(expressions)
        self._many = symengine.Lambdify(
            [*map(symengine.Symbol, names)], expressions, backend="llvm", cse=True, opt_level=3 if optimized else 0
        )
        self._one = self._many.unsafe_real
        self._inputs = np.empty(0)

    def at(self, inputs: tuple[float, ...]) -> Compiled:
        """The same function with fixed values for the last of its names."""
        if not inputs:
            return self
        fixed = copy(self)
        fixed._inputs = np.array(inputs)
        return fixed

    def __call__(self, points: Array) -> Array:
        """Points (N, names) → (N, number of expressions), float64; not finite where f is not defined."""
        if len(self._inputs):
            free = points.shape[1]
            both = np.empty((len(points), free + len(self._inputs)))
            both[:, :free], both[:, free:] = points, self._inputs
            points = both
        out = np.empty((len(points), self._count))
        if len(points) == 1:
            # the plain call spends 4 µs on checks that hold here; one ball is what most races are
            self._one(np.ascontiguousarray(points[0]), out[0])
        elif len(points):
            self._many(np.ascontiguousarray(points), out=out)
        return out


@lru_cache(maxsize=64)  # compiled code is large
def parse(text: str, parameters: tuple[tuple[str, float], ...] = (), columns: tuple[str, ...] = ()) -> Formula:
    """The formula written in `text`.

    Args:
        text: the formula.
        parameters: names and values; a parameter in the text that is not among them is 1.
        columns: names of the columns of a table of data that the formula may mention.

    Raises:
        FormulaProblem: with the column of the mistake and what is allowed there.
    """
    if not text.strip():
        raise FormulaProblem(0, N_("The formula is empty; write one in x and y, such as x^2/20 + y^2."))
    if len(text) > MAX_LENGTH:
        raise FormulaProblem(0, N_("The formula is longer than {most} characters."), most=MAX_LENGTH)
    skeleton = _skeleton(text, columns)
    given = dict(parameters)
    values = {name: given.get(name, 1.0) for name in skeleton.parameters}
    try:
        build = Build(columns, values)
        build.build(skeleton.tree)  # refuses what these values make no finite number of
        fixed, inputs = [], []
        for node, special in skeleton.coefficients:
            expression = build.built[id(node)]
            number = float(expression.n(53, real=True))
            fixed.append(expression if special or number == 0 else None)
            inputs += [] if fixed[-1] is not None else [number]
        program = _program(text, columns, tuple(fixed))
    except (RuntimeError, OverflowError, ZeroDivisionError) as error:  # what SymEngine refuses by itself
        raise FormulaProblem(0, N_("This formula is not a finite real number.")) from error
    if not skeleton.varies:
        raise FormulaProblem(0, N_("The formula needs x or y in it."))
    formula = Formula(text, skeleton.tree, program, tuple(inputs), tuple(values.items()), columns)
    try:
        formula.value_and_gradient(np.zeros((1, 2 + len(columns))))
    except RuntimeError as error:  # a complex number that only shows once derived
        raise FormulaProblem(0, N_("This formula is not a finite real number.")) from error
    return formula


@lru_cache(maxsize=256)
def _skeleton(text: str, columns: tuple[str, ...]) -> _Skeleton:
    tree = Parser(tokenized(text), columns).parse()
    work = work_of(tree, VARIABLES)
    if work.second > MOST_WORK:
        raise FormulaProblem(0, N_("The derivatives of this formula grow too large; multiply fewer factors."))
    names = tuple(dict.fromkeys(names_in(tree)))
    parameters = tuple(name for name in names if name not in (*VARIABLES, *CONSTANTS, *columns))
    kinds: dict[tuple[str, bool], int] = {}  # equal parts are one coefficient, so that equal terms are one term
    first, places = [], {}
    for node, special in coefficients(tree, columns):
        kind = latex_of(node), special
        if kind not in kinds:
            kinds[kind] = len(kinds)
            first.append((node, special))
        places[id(node)] = kinds[kind]
    return _Skeleton(tree, not set(names).isdisjoint(VARIABLES), parameters, tuple(first), places, work)


@lru_cache(maxsize=32)
def _program(text: str, columns: tuple[str, ...], fixed: tuple[Expression | None, ...]) -> _Program:
    """The program of a formula in which some coefficients have fixed values, and the others, None, are inputs."""
    import symengine

    skeleton = _skeleton(text, columns)
    names = [f"#{number}" for number in range(len(fixed))]  # no column is called so
    parts = [symengine.Symbol(name) if part is None else part for name, part in zip(names, fixed, strict=True)]
    build = Build(columns, given={place: parts[number] for place, number in skeleton.places.items()})
    expression, _ = build.build(skeleton.tree)
    inputs = (name for name, part in zip(names, fixed, strict=True) if part is None)
    return _Program((*VARIABLES, *columns, *inputs), expression, skeleton.work.first <= MUCH_WORK)
