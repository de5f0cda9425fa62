"""How much work a formula's derivatives are, before any is done.

A product of n factors has n terms of n factors in its first derivative and about n² in its second: those of
(x + 1) … (x + 60) have 216,000 factors, and finding what they have in common takes seconds. Counted is what is to
be gone through, not what is different in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from optisim.core.formulas.functions import FUNCTIONS
from optisim.core.formulas.syntax import Call, Name, Node, Number, Power, Product, Sum
from optisim.core.formulas.typesetting import latex_of

CALL = 15  # parts of the derivative of a function of one piece


@dataclass(frozen=True, slots=True)
class Work:
    """The number of parts of a term, of its first and of its second derivatives."""

    value: int
    first: int = 0
    second: int = 0

    @property
    def varies(self) -> bool:
        """Whether the term depends on what it is differentiated by."""
        return self.first > 0

    def __add__(self, other: Work) -> Work:
        return Work(self.value + other.value, self.first + other.first, self.second + other.second)


def work_of(node: Node, variables: Collection[str]) -> Work:
    """The work of a term and its derivatives by `variables`."""
    match node:
        case Number():
            return Work(1)
        case Name(_, name):
            return Work(1, int(name in variables))
        case Sum(_, signed):
            return _total([work_of(term, variables) for _, term in signed])
        case Product(_, signed):
            different = {latex_of(factor): factor for _, factor in signed}  # equal ones become a power
            return _product([work_of(factor, variables) for factor in different.values()])
        case Call(_, function, arguments):
            inner = _total([work_of(argument, variables) for argument in arguments])
            return _outer(inner, CALL * FUNCTIONS[function].copies ** 2)
        case Power(_, base, exponent):
            return _outer(work_of(base, variables) + work_of(exponent, variables), CALL)


def _total(parts: list[Work]) -> Work:
    return sum(parts, Work(0))


def _product(factors: list[Work]) -> Work:
    """(f g)' = f' g + f g', for any number of factors: each term has all of them."""
    total, count = _total(factors), len(factors)
    varying = sum(factor.varies for factor in factors)
    first = total.first + varying * count
    return Work(total.value, first, total.second + varying**2 * count)


def _outer(inner: Work, parts: int) -> Work:
    """The chain rule: what is inside stands in the derivatives once, however often it is mentioned."""
    if not inner.varies:
        return Work(inner.value + 1)
    return Work(inner.value + 1, inner.first + parts, inner.second + parts)
