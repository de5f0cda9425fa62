"""A formula: text → checked syntax tree → SymEngine → compiled f, ∇f and Hessian, and LaTeX."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_, FormulaProblem
from optisim.core.formulas.functions import FUNCTIONS, Expression, root
from optisim.core.formulas.syntax import (
    CONSTANTS,
    VARIABLES,
    Call,
    Name,
    Node,
    Number,
    Parser,
    Power,
    Product,
    Sum,
    names_in,
    tokenized,
)
from optisim.core.formulas.typesetting import latex_of, latex_pieces

MAX_LENGTH = 1000  # characters
MAX_EXPONENT = 100  # 9^9^9 would fill the memory with digits
MAX_SIZE = 5000  # a bound on the digits and degree that powers of powers can unfold to


class _Build:
    """Tree → SymEngine expression, refusing whatever would hang it or not be a finite real number.

    Every method returns the expression and a bound on the digits and degree that it can unfold to, for
    SymEngine multiplies integer powers out at once, (((2x)^99)^99)^99 would never come back, and a function made
    of pieces holds its argument several times.
    """

    def __init__(self, parameters: dict[str, float], columns: tuple[str, ...]) -> None:
        import symengine

        self.se = symengine
        self.names = {name: symengine.Symbol(name) for name in (*VARIABLES, *columns)}
        self.names |= {"pi": symengine.pi, "e": symengine.E}
        self.names |= {name: self.constant(value) for name, value in parameters.items()}

    def build(self, node: Node) -> tuple[Expression, float]:
        expression, size = self._build(node)
        if not expression.free_symbols:
            try:
                finite = math.isfinite(float(expression.n(53, real=True)))
            except RuntimeError:  # SymEngine's word for "complex"
                finite = False
            if not finite:
                raise FormulaProblem(node.column, N_("This part is not a finite real number."))
        if size > MAX_SIZE:
            raise FormulaProblem(node.column, N_("This part grows too large; use smaller exponents or nest less."))
        return expression, size

    def _build(self, node: Node) -> tuple[Expression, float]:
        match node:
            case Number():
                return self.number(node), len(node.text)
            case Name(_, name):
                return self.names[name], 1
            case Sum(_, terms):
                built = [self.build(term) for _, term in terms]
                total = self.se.Add(*(sign * part for (sign, _), (part, _) in zip(terms, built, strict=True)))
                return total, sum(size for _, size in built)
            case Product(_, factors):
                return self.product(factors)
            case Call(_, function, arguments):
                built = [self.build(argument) for argument in arguments]
                called = FUNCTIONS[function]
                value = called.build(self.se, *(part for part, _ in built))
                return value, 1 + called.copies * sum(size for _, size in built)
            case Power(column, base, exponent):
                return self.power(column, self.build(base), self.build(exponent))

    def number(self, node: Number) -> Expression:
        value = float(node.text)
        if not math.isfinite(value):
            raise FormulaProblem(node.column, N_("This number is too large."))
        return self.constant(value)

    def constant(self, value: float) -> Expression:
        if value.is_integer() and abs(value) < 1e15:
            return self.se.Integer(int(value))  # exact, so that x^2/20 has the derivative x/10
        return self.se.RealDouble(value)

    def product(self, factors: tuple[tuple[int, Node], ...]) -> tuple[Expression, float]:
        result, total = self.se.Integer(1), 0.0
        for sign, factor in factors:
            part, size = self.build(factor)
            if sign < 0 and part == 0:
                raise FormulaProblem(factor.column, N_("This divides by zero."))
            result = result * part if sign > 0 else result / part
            total += size
        return result, total

    def power(
        self, column: int, base: tuple[Expression, float], exponent: tuple[Expression, float]
    ) -> tuple[Expression, float]:
        (expression, size), (power, _) = base, exponent
        times = 1.0
        if power.is_Number:
            times = abs(float(power))
            if times > MAX_EXPONENT:
                raise FormulaProblem(column, N_("Constant exponents go from −{most} to {most}."), most=MAX_EXPONENT)
            if expression == 0 and float(power) < 0:
                raise FormulaProblem(column, N_("This divides by zero."))
        size *= max(times, 1.0)
        if size > MAX_SIZE:
            raise FormulaProblem(column, N_("This part grows too large; use smaller exponents or nest less."))
        if 0 < times < 1 and float(power) > 0 and expression.free_symbols:
            return root(self.se, expression, power), 2 * size
        return expression**power, size


@dataclass(frozen=True)
class Formula:
    """A checked formula in x and y. Make one with `parse`.

    Attributes:
        text, tree: as it was written and read.
        expression: SymEngine's, with the parameters' values in it.
        parameters: the value of each parameter that stands in the text.
        columns: the columns of a table of data that it may mention; points then have as many further coordinates.
    """

    text: str
    tree: Node
    expression: Expression = field(repr=False, compare=False)
    parameters: tuple[tuple[str, float], ...] = ()
    columns: tuple[str, ...] = ()

    @cached_property
    def latex(self) -> str:
        """The formula as the user wrote it, in LaTeX."""
        return latex_of(self.tree)

    @cached_property
    def latex_pieces(self) -> tuple[str, ...]:
        """The same in pieces between which a line may break."""
        return tuple(latex_pieces(self.tree))

    @cached_property
    def _derivatives(self) -> tuple[Expression, Expression]:
        return self.expression.diff("x"), self.expression.diff("y")

    @cached_property
    def value(self) -> Compiled:
        """f: points (N, 2) → (N, 1)."""
        return self._compiled(self.expression)

    @cached_property
    def value_and_gradient(self) -> Compiled:
        """f and ∇f: points (N, 2) → (N, 3), columns f, ∂f/∂x, ∂f/∂y."""
        return self._compiled(self.expression, *self._derivatives)

    @cached_property
    def hessian(self) -> Compiled:
        """Second derivatives: points (N, 2) → (N, 3), columns ∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²."""
        along_x, along_y = self._derivatives
        return self._compiled(along_x.diff("x"), along_x.diff("y"), along_y.diff("y"))

    def _compiled(self, *expressions: Expression) -> Compiled:
        return Compiled((*VARIABLES, *self.columns), list(expressions))


class Compiled:
    """Expressions of x, y and perhaps more, compiled by LLVM to one function of points."""

    def __init__(self, names: Sequence[str], expressions: list[Expression]) -> None:
        import symengine

        self._count = len(expressions)
        self._many = symengine.Lambdify([*map(symengine.Symbol, names)], expressions, backend="llvm", cse=True)
        self._one = self._many.unsafe_real

    def __call__(self, points: Array) -> Array:
        """Points (N, names) → (N, number of expressions), float64; not finite where f is not defined."""
        out = np.empty((len(points), self._count))
        if len(points) == 1:
            # the plain call spends 4 µs on checks that hold here; one ball is what most races are
            self._one(np.ascontiguousarray(points[0]), out[0])
        elif len(points):
            self._many(np.ascontiguousarray(points), out=out)
        return out


@lru_cache(maxsize=256)
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
    tree = Parser(tokenized(text), columns).parse()
    given, names = dict(parameters), tuple(dict.fromkeys(names_in(tree)))
    used = {name: given.get(name, 1.0) for name in names if name not in (*VARIABLES, *CONSTANTS, *columns)}
    try:
        expression, _ = _Build(used, columns).build(tree)
    except (RuntimeError, OverflowError, ZeroDivisionError) as error:  # what SymEngine refuses by itself
        raise FormulaProblem(0, N_("This formula is not a finite real number.")) from error
    if not set(names) & set(VARIABLES):
        raise FormulaProblem(0, N_("The formula needs x or y in it."))
    formula = Formula(text, tree, expression, tuple(used.items()), columns)
    try:
        formula.value_and_gradient(np.zeros((1, 2 + len(columns))))
    except RuntimeError as error:  # a complex number that only shows once derived
        raise FormulaProblem(0, N_("This formula is not a finite real number.")) from error
    return formula
