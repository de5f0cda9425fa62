"""The formulas of update rules: LaTeX read into trees, evaluated, and written again.

The LaTeX is what a textbook needs for update rules: sums, products, fractions, roots, lengths, max, min, sgn, and
what the loss says of a place: L(W), ∇L(W), ∇²L(W). Numbers, vectors and matrices are told apart by their values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array

# ── Trees ────────────────────────────────────────────────────────────────────────────────────────────────


class Unreadable(ValueError):
    """An equation that is no more than a picture to us."""


@dataclass(frozen=True)
class Number:
    text: str


@dataclass(frozen=True)
class Symbol:
    name: str  # LaTeX without spaces and needless braces


@dataclass(frozen=True)
class Sum:
    terms: tuple[tuple[str, Node], ...]  # each with its sign, "" for a first one without


@dataclass(frozen=True)
class Product:
    factors: tuple[tuple[str, Node], ...]  # each with the sign before it: "", r"\cdot" or r"\odot"


@dataclass(frozen=True)
class Fraction:
    above: Node
    below: Node


@dataclass(frozen=True)
class Power:
    base: Node
    exponent: Node


@dataclass(frozen=True)
class Bracket:
    kind: str  # "(", "|" or "‖", or "√"
    inner: Node


@dataclass(frozen=True)
class Apply:
    """max, min or sgn of something."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Evaluation:
    """What the objective says of a place: L(…), ∇L(…) or ∇²L(…)."""

    what: str
    place: Node


Node = Number | Symbol | Sum | Product | Fraction | Power | Bracket | Apply | Evaluation
Leaf = Symbol | Evaluation
GRADIENT = r"\frac{\partial L}{\partial W}"

RELATIONS = {
    r"\le": np.less_equal,
    r"\ge": np.greater_equal,
    "<": np.less,
    ">": np.greater,
    "=": np.equal,
    r"\ne": np.not_equal,
}


@dataclass(frozen=True)
class Relation:
    """A comparison of two terms, as in a condition."""

    left: Node
    sign: str
    right: Node


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+\.?\d*|\S")
_SPACES = {r"\,", r"\ ", r"\;", r"\!", r"\quad"}
_GRADIENT_TOKENS = [r"\frac", "{", r"\partial", "L", "}", "{", r"\partial", "W", "}"]
_LETTERS = re.compile(r"[A-Za-z]$|\\(?!max$|min$|frac$|sqrt$|left$|right$|odot$|cdot$|le$|ge$|ne$)[A-Za-z]+$")


def canonical(latex: str) -> str:
    """A symbol without spaces and without braces around an index of one sign: one name for one symbol."""
    return re.sub(r"([_^])\{(\\?[A-Za-z0-9])\}", r"\1\2", "".join(latex.split()))


class Reader:
    """Reads one line by recursive descent."""

    def __init__(self, latex: str, names: Collection[str]) -> None:
        self.tokens = [token for token in _TOKEN.findall(latex) if token not in _SPACES]
        self.at = 0
        self.names = names

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.next
        if not token or (wanted and token != wanted):
            raise Unreadable
        self.at += 1
        return token

    def sum(self) -> Node:
        terms = [(self.take() if self.next in ("+", "-") else "", self.product())]
        while self.next in ("+", "-"):
            terms.append((self.take(), self.product()))
        return terms[0][1] if len(terms) == 1 and not terms[0][0] else Sum(tuple(terms))

    def product(self) -> Node:
        factors = [("", self.power())]
        while self.next and self.next not in ("+", "-", ")", "}", ",", r"\right", "]", *RELATIONS):
            sign = self.take() if self.next in (r"\cdot", r"\odot", r"\bmod") else ""
            if not sign and self.next in ("|", r"\|") and self._closes():
                break
            factor = self.power()
            if (
                sign == r"\cdot"
            ):  # binds what stands on its two sides: in c g · d, the dot product is that of g and d
                before = factors.pop()
                factors.append((before[0], Product((("", before[1]), (sign, factor)))))
            else:
                factors.append((sign, factor))
        return factors[0][1] if len(factors) == 1 else Product(tuple(factors))

    def _closes(self) -> bool:
        """Whether the bar that comes next ends what one before it began."""
        return self.tokens[: self.at].count(self.next) % 2 == 1

    def power(self) -> Node:
        base = self.atom()
        while self.next == "^":
            self.take()
            base = Power(base, self.group())
        return base

    def group(self) -> Node:
        """What stands in braces, or the one sign that needs none."""
        if self.next != "{":
            return self.atom()
        self.take()
        inner = self.sum()
        self.take("}")
        return inner

    def atom(self) -> Node:
        token = self.next
        if self.tokens[self.at : self.at + len(_GRADIENT_TOKENS)] == _GRADIENT_TOKENS:
            self.at += len(_GRADIENT_TOKENS)
            return Symbol(GRADIENT)
        if token[:1].isdigit():
            return Number(self.take())
        match token:
            case r"\frac":
                self.take()
                return Fraction(self.group(), self.group())
            case r"\sqrt":
                self.take()
                return Bracket("√", self.group())
            case r"\left":
                self.take()
                return self._bracketed(r"\right")
            case "(" | "|" | r"\|":
                return self._bracketed("")
            case r"\max" | r"\min":
                return self._extreme()
            case r"\operatorname":
                return self._sign()
            case r"\nabla":
                return self._slope()
            case "L" if self.tokens[self.at + 1 : self.at + 2] == ["("]:
                self.take()
                return Evaluation("L", self._place())
        return self._symbol()

    def _bracketed(self, closing: str) -> Node:
        opening = self.take()
        kind = {"(": "(", "|": "|", r"\|": "‖"}.get(opening)
        if kind is None:
            raise Unreadable
        inner = self.sum()
        if closing:
            self.take(closing)
        self.take({"(": ")"}.get(opening, opening))
        return Bracket(kind, inner)

    def _extreme(self) -> Node:
        function = self.take()
        if self.next == r"\left":
            self.take()
        self.take("(")
        arguments = [self.sum()]
        while self.next == ",":
            self.take()
            arguments.append(self.sum())
        if self.next == r"\right":
            self.take()
        self.take(")")
        return Apply(function, tuple(arguments))

    def _sign(self) -> Node:
        self.take()
        if [self.take() for _ in range(5)] != ["{", "s", "g", "n", "}"]:
            raise Unreadable
        return Apply(r"\operatorname{sgn}", (self.atom(),))

    def _slope(self) -> Node:
        self.take()
        what = r"\nabla L"
        if self.next == "^":
            self.take()
            self.take("2")
            what = r"\nabla^2 L"
        self.take("L")
        return Evaluation(what, self._place())

    def _place(self) -> Node:
        self.take("(")
        place = self.sum()
        self.take(")")
        return place

    def _symbol(self) -> Node:
        """The longest known symbol that begins here: v, v_1, v_{t+1}, η^-, m̂, g'."""
        if not _LETTERS.match(self.next):
            raise Unreadable
        start, best = self.at, 0
        for end in range(start + 1, min(start + 12, len(self.tokens)) + 1):
            if canonical("".join(self.tokens[start:end])) in self.names:
                best = end
        if not best:
            raise Unreadable
        self.at = best
        return Symbol(canonical("".join(self.tokens[start:best])))


def read_relations(latex: str, names: Collection[str]) -> tuple[Relation, ...]:
    """Comparisons with commas between them."""
    reader = Reader(latex, names)
    found = []
    while True:
        left = reader.sum()
        if reader.next not in RELATIONS:
            raise Unreadable
        found.append(Relation(left, reader.take(), reader.sum()))
        if not reader.next:
            return tuple(found)
        reader.take(",")


# ── Evaluating ───────────────────────────────────────────────────────────────────────────────────────────

Value = Any  # a float, a vector (2,), a matrix (2, 2), or a row that a vector has been turned into
Names = dict[str, Value]
Oracle = Callable[[str, Value], Value]  # what the objective says of a place


@dataclass(frozen=True)
class Row:
    """A vector lying down."""

    vector: Array


def evaluate(node: Node, names: Mapping[str, Value], ask: Oracle) -> Value:
    """The value of a term; infinite or NaN where it overflows or is not defined, without a warning.

    Raises:
        KeyError: if a symbol stands for nothing.
        Unreadable: if the term makes no sense for values of this kind.
    """
    with np.errstate(all="ignore"):
        return _value(node, names, ask)


def _value(node: Node, names: Mapping[str, Value], ask: Oracle) -> Value:
    match node:
        case Number(text):
            return float(text)
        case Symbol(name):
            return names[name]
        case Sum(terms):
            total: Value = 0.0
            for sign, term in terms:
                value = _value(term, names, ask)
                total = total - value if sign == "-" else total + value
            return total
        case Product(factors):
            product: Value = 1.0
            for sign, factor in factors:
                product = _times(product, sign, _value(factor, names, ask))
            return product
        case Fraction(above, below):
            return np.divide(_value(above, names, ask), _value(below, names, ask))
        case Power(base, exponent):
            return _power(_value(base, names, ask), exponent, names, ask)
        case Bracket(kind, inner):
            return _bracket(kind, _value(inner, names, ask))
        case Apply(function, arguments):
            values = [_value(argument, names, ask) for argument in arguments]
            if function == r"\operatorname{sgn}":
                return np.sign(values[0])
            extreme = np.maximum if function == r"\max" else np.minimum
            result = values[0]
            for value in values[1:]:
                result = extreme(result, value)
            return result
        case Evaluation(what, place):
            return ask(what, _value(place, names, ask))


def _times(a: Value, sign: str, b: Value) -> Value:
    if isinstance(b, Row):
        if isinstance(a, float):  # the row waits for what stands left of it
            return Row(a * b.vector)
        return np.outer(a, b.vector)
    if isinstance(a, Row):
        raise Unreadable
    if np.ndim(a) == 2 and np.ndim(b) >= 1:
        return a @ b
    if sign == r"\bmod":
        return a % b
    if sign == r"\cdot" and np.ndim(a) == 1 and np.ndim(b) == 1:
        return float(a @ b)
    return a * b


def _power(base: Value, exponent: Node, names: Mapping[str, Value], ask: Oracle) -> Value:
    if exponent == Symbol("T"):
        return Row(base)
    power = _value(exponent, names, ask)
    if np.ndim(base) == 2:
        if power != -1:
            raise Unreadable
        try:
            return np.linalg.inv(base)
        except np.linalg.LinAlgError:
            raise Unreadable from None
    return base**power


def _bracket(kind: str, inner: Value) -> Value:
    match kind:
        case "‖":
            return float(np.sqrt(np.sum(np.square(inner))))
        case "|" if np.ndim(inner) == 2:
            values, vectors = np.linalg.eigh(inner)
            return (vectors * np.abs(values)) @ vectors.T
        case "|":
            return np.abs(inner)
        case "√":
            return np.sqrt(np.maximum(inner, 0.0))  # rounding may leave less than nothing
    return inner


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────

BY_AXIS = {r"\odot": r"\cdot"}  # what a sign between vectors is between numbers


def leaves(node: Node) -> Iterator[Leaf]:
    """The symbols and questions of a term, from left to right, as `written` writes them."""
    match node:
        case Symbol() | Evaluation():
            yield node
        case Sum(parts) | Product(parts):
            for _, part in parts:
                yield from leaves(part)
        case Fraction(first, second) | Power(first, second):
            yield from leaves(first)
            yield from leaves(second)
        case Bracket(_, inner):
            yield from leaves(inner)
        case Apply(_, arguments):
            for argument in arguments:
                yield from leaves(argument)


def written(node: Node, leaf: Callable[[Leaf], str], numbers: bool = False) -> str:
    """The LaTeX of a term.

    Args:
        node: the term.
        leaf: what to write for each symbol and question.
        numbers: whether leaves are numbers, which need a sign between them.
    """

    def write(part: Node) -> str:
        return written(part, leaf, numbers)

    match node:
        case Symbol() | Evaluation():
            return leaf(node)
        case Number(text):
            return text
        case Sum(terms):
            return " ".join(f"{sign} {write(term)}" for sign, term in terms).strip()
        case Product(factors):
            return _written_product(factors, write, numbers)
        case Fraction(above, below):
            return rf"\frac{{{write(above)}}}{{{write(below)}}}"
        case Power(base, exponent):
            return rf"{{{write(base)}}}^{{{write(exponent)}}}"
        case Bracket("√", inner):
            return rf"\sqrt{{{write(inner)}}}"
        case Bracket(kind, inner):
            opening, closing = {"(": "()", "|": "||", "‖": (r"\|", r"\|")}[kind]
            return rf"\left{opening}{write(inner)}\right{closing}"
        case Apply(r"\operatorname{sgn}", (argument,)):
            of = write(argument)
            return rf"\operatorname{{sgn}}\,{of}"
        case Apply(function, arguments):
            listed = r",\ ".join(map(write, arguments))
            return rf"{function}\left({listed}\right)"


def _written_product(factors: tuple[tuple[str, Node], ...], write: Callable[[Node], str], numbers: bool) -> str:
    text = ""
    before: Node | None = None
    for sign, factor in factors:
        part: str = write(factor)
        if before is None:
            text = part
        elif sign:
            text += f" {BY_AXIS.get(sign, sign) if numbers else sign} {part}"
        elif numbers and not (isinstance(before, Bracket) and isinstance(factor, Bracket)):
            text += rf" \cdot {part}"
        else:
            text += rf"\,{part}"
        before = factor
    return text


def parts_of(node: Node) -> Iterator[Node]:
    """The terms that a term is made of."""
    match node:
        case Sum(parts) | Product(parts):
            yield from (part for _, part in parts)
        case Fraction(first, second) | Power(first, second):
            yield from (first, second)
        case Bracket(_, inner):
            yield inner
        case Apply(_, arguments):
            yield from arguments
