"""From a syntax tree to an expression of SymEngine, and which parts of it are numbers that parameters decide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from optisim.core.base.problems import N_, FormulaProblem
from optisim.core.formulas.functions import FUNCTIONS, Expression, root
from optisim.core.formulas.syntax import (
    CONSTANTS,
    VARIABLES,
    Call,
    Name,
    Node,
    Number,
    Power,
    Product,
    Sum,
    names_in,
)

MAX_EXPONENT = 100  # 9^9^9 would fill the memory with digits
MAX_SIZE = 5000  # a bound on the digits and degree that powers of powers can unfold to


class Build:
    """Tree → SymEngine expression, refusing whatever would hang it or not be a finite real number.

    Every method returns the expression and a bound on the digits and degree that it can unfold to, for
    SymEngine multiplies integer powers out at once, (((2x)^99)^99)^99 would never come back, and a function made
    of pieces holds its argument several times.

    Args:
        columns: the columns of a table that may be mentioned.
        parameters: the value of each parameter.
        given: by the id of a node, what to put in its place.

    Attributes:
        built: by the id of a node, the expression that was made of it.
    """

    def __init__(
        self,
        columns: tuple[str, ...],
        parameters: Mapping[str, float] | None = None,
        given: Mapping[int, Expression] | None = None,
    ) -> None:
        import symengine

        self.se = symengine
        self.given = given or {}
        self.built: dict[int, Expression] = {}
        self.names = {name: symengine.Symbol(name) for name in (*VARIABLES, *columns)}
        self.names |= {"pi": symengine.pi, "e": symengine.E}
        self.names |= {name: self.constant(value) for name, value in (parameters or {}).items()}

    def build(self, node: Node) -> tuple[Expression, float]:
        if id(node) in self.given:
            return self.given[id(node)], 1
        expression, size = self._build(node)
        self.built[id(node)] = expression
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


def coefficients(node: Node, columns: tuple[str, ...]) -> Iterator[tuple[Node, bool]]:
    """The largest parts of a tree that are numbers decided by parameters, from the left.

    With each of them, whether it is a constant exponent, or the constant base of an exponent that is none. What
    such a power means depends on its value: x² is there for every x, x^2.1 is not, and x^0.5 has a slope of its own
    at 0.
    """
    names = set(names_in(node))
    if names.isdisjoint((*VARIABLES, *columns)):
        if not names <= set(CONSTANTS):
            yield node, False
        return
    match node:
        case Call(_, _, parts):
            for part in parts:
                yield from coefficients(part, columns)
        case Sum(_, signed) | Product(_, signed):
            for _, part in signed:
                yield from coefficients(part, columns)
        case Power(_, base, exponent):
            for part in (base, exponent):
                yield from ((found, special or found is part) for found, special in coefficients(part, columns))
