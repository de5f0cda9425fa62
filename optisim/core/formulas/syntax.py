"""Reading a formula: text → syntax tree.

The text is read by a small recursive-descent parser of its own rather than by Python's `ast`: it understands what
people write on paper (`2x(x+1)`, `x²`, `−`, `·`), never rewrites the text before reading it, and so can name the
exact column of a mistake. Only the names and functions listed here exist; nothing is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from optisim.core.base.problems import N_, FormulaProblem
from optisim.core.formulas.functions import FUNCTIONS

VARIABLES = ("x", "y")
CONSTANTS = ("pi", "e")
GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "θ": "theta"},
    **{"κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ρ": "rho", "σ": "sigma", "τ": "tau"},
    **{"φ": "phi", "ψ": "psi", "ω": "omega"},
}
MAX_DEPTH = 40  # brackets, signs and powers inside each other

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>π|[αβγδεηθκλμνρστφψω]\d*|[A-Za-z_]+\d*)"  # 2πx is 2 π x
    r"|(?P<superscript>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<operator>\*\*|[-+*/^(),−–·×÷])",
    re.ASCII,
)
_SAME = {"**": "^", "−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "π": "pi"}
_PARAMETER = re.compile(rf"(?:[A-Za-z]|{'|'.join(GREEK.values())})\d*", re.ASCII)


def is_parameter(name: str) -> bool:
    """Whether `name` can be a parameter: a letter or the name of a Greek one, perhaps with a number."""
    letter = name[:1] + name[1:].rstrip("0123456789")
    return letter not in (*VARIABLES, "e") and _PARAMETER.fullmatch(name) is not None


# ── Syntax tree ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Number:
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    column: int
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    column: int
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Power:
    column: int
    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """Signed terms: (+1, first), (−1, second), … A lone (−1, term) is a negation."""

    column: int
    terms: tuple[tuple[int, Node], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors with +1 for "times" and −1 for "divided by", read from the left."""

    column: int
    factors: tuple[tuple[int, Node], ...]


Node = Number | Name | Call | Power | Sum | Product


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Token:
    column: int
    kind: str  # number, name, superscript, operator, end
    text: str


def tokenized(text: str) -> list[_Token]:
    tokens = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaProblem(
                at + 1,
                N_("“{character}” has no meaning here; use numbers, x, y, + − * / ^ and brackets."),
                character=text[at],
            )
        kind, word = match.lastgroup or "", match.group()
        if word[0] in GREEK:
            word = GREEK[word[0]] + word[1:]
        tokens.append(_Token(at + 1, kind, _SAME.get(word, word)))
        at = match.end()
    tokens.append(_Token(len(text) + 1, "end", ""))
    return tokens


@dataclass
class Parser:
    """Recursive descent: sum → product → factor → power → atom.

    `columns` are further names that are known: the columns of a table of data.
    """

    tokens: list[_Token]
    columns: tuple[str, ...] = ()
    at: int = 0
    depth: int = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *operators: str) -> _Token | None:
        """The token here, stepped over, if it is one of `operators`."""
        token = self.here
        if token.kind == "operator" and token.text in operators:
            self.at += 1
            return token
        return None

    def parse(self) -> Node:
        node = self.sum()
        if self.here.kind != "end":
            self.unexpected()
        return node

    def sum(self) -> Node:
        column = self.here.column
        sign = self.take("+", "-")
        terms = [(-1 if sign and sign.text == "-" else 1, self.product())]
        while sign := self.take("+", "-"):
            terms.append((-1 if sign.text == "-" else 1, self.product()))
        return terms[0][1] if len(terms) == 1 and terms[0][0] > 0 else Sum(column, tuple(terms))

    def product(self) -> Node:
        column = self.here.column
        factors = [(1, self.factor())]
        while True:
            if sign := self.take("*", "/"):
                factors.append((-1 if sign.text == "/" else 1, self.factor()))
            elif self.here.kind in ("number", "name") or self.here.text == "(":
                factors.append((1, self.factor()))  # 2x, x y, 3(x + 1)
            else:
                break
        return factors[0][1] if len(factors) == 1 else Product(column, tuple(factors))

    def factor(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaProblem(
                self.here.column, N_("Brackets and powers go at most {most} deep."), most=MAX_DEPTH
            )
        if sign := self.take("+", "-"):
            inner = self.factor()
            node = Sum(sign.column, ((-1, inner),)) if sign.text == "-" else inner
        else:
            node = self.power()
        self.depth -= 1
        return node

    def power(self) -> Node:
        base = self.atom()
        token = self.here
        if token.kind == "superscript":
            self.at += 1
            digits = token.text.translate(_SUPERSCRIPTS)
            exponent: Node = Number(token.column, digits.lstrip("-"))
            if digits.startswith("-"):
                exponent = Sum(token.column, ((-1, exponent),))
            return Power(token.column, base, exponent)
        if self.take("^"):
            return Power(token.column, base, self.factor())  # 2^3^2 = 2^(3^2), as in mathematics
        return base

    def atom(self) -> Node:
        token = self.here
        if token.kind == "number":
            self.at += 1
            return Number(token.column, token.text)
        if token.kind == "name":
            self.at += 1
            return self.name(token)
        if self.take("("):
            node = self.sum()
            self.close(token)
            return node
        self.unexpected()

    def name(self, token: _Token) -> Node:
        word = token.text
        if word in FUNCTIONS:
            opening = self.take("(")
            if opening is None:
                raise FormulaProblem(token.column, N_("“{name}” needs brackets: {name}(x)."), name=word)
            arguments = [self.sum()]
            while self.take(","):
                arguments.append(self.sum())
            self.close(opening)
            wanted = FUNCTIONS[word].arity
            if len(arguments) != wanted:
                raise FormulaProblem(
                    token.column,
                    N_("“{name}” takes {wanted} value(s) in its brackets, not {given}."),
                    name=word,
                    wanted=wanted,
                    given=len(arguments),
                )
            return Call(token.column, word, tuple(arguments))
        if word in VARIABLES or word in CONSTANTS or word in self.columns or is_parameter(word):
            return Name(token.column, word)
        if all(letter in VARIABLES for letter in word) or (len(word) == 2 and set(word) & set(VARIABLES)):
            raise FormulaProblem(
                token.column,
                N_("“{name}” is not a name; write {product} for the product."),
                name=word,
                product="*".join(word),
            )
        raise FormulaProblem(
            token.column,
            N_("“{name}” is unknown; there are x, y, pi, e, parameters like a, and the functions {functions}."),
            name=word,
            functions=", ".join(FUNCTIONS),
        )

    def close(self, opening: _Token) -> None:
        if not self.take(")"):
            if self.here.kind == "end":
                raise FormulaProblem(opening.column, N_("This bracket is never closed."))
            self.unexpected()

    def unexpected(self) -> NoReturn:
        token = self.here
        if token.kind == "end":
            raise FormulaProblem(token.column, N_("The formula ends where a number, x, y or “(” should follow."))
        if token.text == ")":
            raise FormulaProblem(token.column, N_("This “)” has no opening bracket, or nothing stands before it."))
        raise FormulaProblem(
            token.column, N_("“{found}” cannot stand here; a number, x, y or “(” should."), found=token.text
        )


def names_in(node: Node) -> Iterator[str]:
    """The names in a tree, in the order of the text, each as often as it stands there."""
    match node:
        case Name(_, name):
            yield name
        case Call(_, _, arguments):
            for argument in arguments:
                yield from names_in(argument)
        case Sum(_, parts) | Product(_, parts):
            for _, part in parts:
                yield from names_in(part)
        case Power(_, base, exponent):
            yield from names_in(base)
            yield from names_in(exponent)
