"""A formula: text → checked syntax tree → SymEngine → compiled f, ∇f and Hessian, and LaTeX.

The text is read by a small recursive-descent parser of its own rather than by Python's `ast`: it understands
what people write on paper (`2x(x+1)`, `x²`, `−`, `·`), never rewrites the text before reading it, and so can
name the exact column of a mistake. Only the names and functions listed here exist; nothing is evaluated.
The tree is walked twice: `_Build` makes the SymEngine expression, `_latex` the typeset form, term for term
as the user wrote it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from optisim.core.problems import N_, FormulaProblem

Array = npt.NDArray[np.float64]
Expression = Any  # symengine.Expr, which ships no types and is imported only when a formula is read

VARIABLES = ("x", "y")
CONSTANTS = ("pi", "e")
MAX_LENGTH = 1000  # characters
MAX_DEPTH = 40  # brackets, signs and powers inside each other
MAX_EXPONENT = 100  # 9^9^9 would fill the memory with digits
MAX_SIZE = 5000  # a bound on the digits and degree that powers of powers can unfold to

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>π|[A-Za-z_]+\d*)"  # 2πx is 2 π x
    r"|(?P<superscript>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<operator>\*\*|[-+*/^(),−–·×÷])",
    re.ASCII,
)
_SAME = {"**": "^", "−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "π": "pi"}


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


def _tokens(text: str) -> list[_Token]:
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
        tokens.append(_Token(at + 1, kind, _SAME.get(word, word)))
        at = match.end()
    tokens.append(_Token(len(text) + 1, "end", ""))
    return tokens


@dataclass
class _Parser:
    """Recursive descent: sum → product → factor → power → atom."""

    tokens: list[_Token]
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
        if word in VARIABLES or word in CONSTANTS:
            return Name(token.column, word)
        if all(letter in VARIABLES for letter in word):
            raise FormulaProblem(
                token.column,
                N_("“{name}” is not a name; write {product} for the product."),
                name=word,
                product="*".join(word),
            )
        raise FormulaProblem(
            token.column,
            N_("“{name}” is unknown; there are x, y, pi, e and the functions {functions}."),
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


# ── SymEngine ────────────────────────────────────────────────────────────────────────────────────────────


class _Build:
    """Tree → SymEngine expression, refusing whatever would hang it or not be a finite real number.

    Every method returns the expression and a bound on the digits and degree that it can unfold to, for
    SymEngine multiplies integer powers out at once, (((2x)^99)^99)^99 would never come back, and a function made
    of pieces holds its argument several times.
    """

    def __init__(self) -> None:
        import symengine

        self.se = symengine
        self.names = {name: symengine.Symbol(name) for name in VARIABLES}
        self.names |= {"pi": symengine.pi, "e": symengine.E}

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
        if value.is_integer() and value < 1e15:
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
            return _root(self.se, expression, power), 2 * size
        return expression**power, size


@dataclass(frozen=True, slots=True)
class Function:
    """A function formulas may call: how SymEngine writes it, how LaTeX does, and how many values it takes."""

    build: Callable[..., Expression]
    latex: str  # with {0}, {1} for the arguments
    arity: int = 1
    copies: int = 1  # how often each value stands in what SymEngine gets


def _abs(se: Any, u: Expression) -> Expression:
    # SymEngine cannot differentiate abs, sign, min and max; pieces it can. At the kink the slope is 0,
    # the subgradient in the middle, so that a ball that starts there has a finite gradient.
    return se.Piecewise((-u, u < 0), (u, u > 0), (0, True))


def _sign(se: Any, u: Expression) -> Expression:
    return se.Piecewise((-1, u < 0), (1, u > 0), (0, True))


def _max(se: Any, a: Expression, b: Expression) -> Expression:
    return se.Piecewise((a, a > b), (b, True))


def _min(se: Any, a: Expression, b: Expression) -> Expression:
    return se.Piecewise((a, a < b), (b, True))


def _root(se: Any, u: Expression, power: Expression) -> Expression:
    # A root has an infinite slope at 0, and sqrt(x² + y²) a slope of 0/0: take the subgradient 0 there too.
    return se.Piecewise((0, se.Eq(u, 0)), (u**power, True))


def _sqrt(se: Any, u: Expression) -> Expression:
    return _root(se, u, se.Integer(1) / 2) if u.free_symbols else se.sqrt(u)


def _sigmoid(se: Any, u: Expression) -> Expression:
    # Each piece where its exp cannot overflow: the slope of 1/(1 + e^(-u)) is inf/inf below −709.
    return se.Piecewise((se.exp(u) / (1 + se.exp(u)), u < 0), (1 / (1 + se.exp(-u)), True))


def _plain(name: str, latex: str) -> Function:
    return Function(lambda se, u: getattr(se, name)(u), latex + r"\left({0}\right)")


FUNCTIONS: dict[str, Function] = {
    **{name: _plain(name, rf"\{name}") for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "asin": _plain("asin", r"\arcsin"),
    "acos": _plain("acos", r"\arccos"),
    "atan": _plain("atan", r"\arctan"),
    "exp": Function(lambda se, u: se.exp(u), r"e^{{{0}}}"),
    "log": _plain("log", r"\ln"),
    "ln": _plain("log", r"\ln"),
    "log10": Function(lambda se, u: se.log(u) / se.log(10), r"\log_{{10}}\left({0}\right)"),
    "sqrt": Function(_sqrt, r"\sqrt{{{0}}}", copies=2),
    "abs": Function(_abs, r"\left|{0}\right|", copies=3),
    "sign": Function(_sign, r"\operatorname{{sgn}}\left({0}\right)", copies=2),
    "sigmoid": Function(_sigmoid, r"\sigma\left({0}\right)", copies=3),
    "min": Function(_min, r"\min\left({0},\,{1}\right)", arity=2, copies=2),
    "max": Function(_max, r"\max\left({0},\,{1}\right)", arity=2, copies=2),
}


# ── LaTeX ────────────────────────────────────────────────────────────────────────────────────────────────


def _latex(node: Node) -> str:
    match node:
        case Number(_, text):
            mantissa, _, exponent = text.lower().partition("e")
            return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa
        case Name(_, name):
            return r"\pi" if name == "pi" else name
        case Sum(_, terms):
            first, *rest = (("-" if sign < 0 else "+", _in_sum(term)) for sign, term in terms)
            return ("-" if first[0] == "-" else "") + first[1] + "".join(f" {s} {t}" for s, t in rest)
        case Product(_, factors):
            return _latex_product(factors)
        case Call(_, function, arguments):
            return FUNCTIONS[function].latex.format(*map(_latex, arguments))
        case Power(_, base, exponent):
            simple = isinstance(base, Name) or (isinstance(base, Number) and "e" not in base.text.lower())
            return f"{_latex(base) if simple else _bracket(base)}^{{{_latex(exponent)}}}"


def _in_sum(term: Node) -> str:
    return _bracket(term) if isinstance(term, Sum) else _latex(term)


def _latex_product(factors: tuple[tuple[int, Node], ...]) -> str:
    """Factors side by side; whatever is divided becomes one fraction with all that stands left of it."""
    done = ""
    pending: list[Node] = []
    for sign, factor in factors:
        if sign > 0:
            pending.append(factor)
            continue
        # a single factor needs no brackets above the line
        above = _latex(pending[0]) if not done and len(pending) == 1 else _join(done, pending)
        done, pending = rf"\frac{{{above or 1}}}{{{_latex(factor)}}}", []
    return _join(done, pending)


def _join(done: str, factors: list[Node]) -> str:
    for factor in factors:
        part = _bracket(factor) if isinstance(factor, Sum | Product) else _latex(factor)
        if done:
            done += r" \cdot " if _needs_dot(part) else r"\," if part.startswith(("\\", "e^")) else " "
        done += part
    return done


def _needs_dot(factor: str) -> bool:
    """Whether `factor` would read as part of a number that stands before it."""
    return factor[0] in "0123456789." or factor.startswith(r"\frac")


UNBROKEN = 44  # characters of LaTeX that still stand on one line


def _pieces(node: Node) -> list[str]:
    """LaTeX in pieces: the terms of sums, the factors of long products, and those of long brackets in them."""
    match node:
        case Sum(_, terms):
            pieces = []
            for sign, term in terms:
                first, *others = _factor_pieces(term) if isinstance(term, Sum) else _pieces(term)
                # an empty group before a sign makes it stand between two terms rather than before one
                pieces += [("{}-" if sign < 0 else "{}+") + first, *others]
            return [pieces[0].removeprefix("{}").removeprefix("+"), *pieces[1:]]
        case Product(_, factors) if len(_latex(node)) > UNBROKEN and all(sign > 0 for sign, _ in factors):
            first, *others = [piece for _, factor in factors for piece in _factor_pieces(factor)]
            return [first, *((r"{}\cdot " if _needs_dot(piece) else "") + piece for piece in others)]
    return [_latex(node)]


def _factor_pieces(factor: Node) -> list[str]:
    if isinstance(factor, Sum) and len(_latex(factor)) > UNBROKEN:
        pieces = _pieces(factor)
        pieces[0] = r"\bigl(" + pieces[0]
        pieces[-1] += r"\bigr)"
        return pieces
    return [_join("", [factor])]


def _bracket(node: Node) -> str:
    return rf"\left({_latex(node)}\right)"


# ── Formula ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Formula:
    """A checked formula in x and y. Make one with `parse`."""

    text: str
    tree: Node
    expression: Expression = field(repr=False, compare=False)

    @cached_property
    def latex(self) -> str:
        """The formula as the user wrote it, in LaTeX."""
        return _latex(self.tree)

    @cached_property
    def latex_pieces(self) -> tuple[str, ...]:
        """The same in pieces between which a line may break."""
        return tuple(_pieces(self.tree))

    @cached_property
    def _derivatives(self) -> tuple[Expression, Expression]:
        return self.expression.diff("x"), self.expression.diff("y")

    @cached_property
    def value(self) -> Compiled:
        """f: points (N, 2) → (N, 1)."""
        return Compiled([self.expression])

    @cached_property
    def value_and_gradient(self) -> Compiled:
        """f and ∇f: points (N, 2) → (N, 3), columns f, ∂f/∂x, ∂f/∂y."""
        return Compiled([self.expression, *self._derivatives])

    @cached_property
    def hessian(self) -> Compiled:
        """Second derivatives: points (N, 2) → (N, 3), columns ∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²."""
        along_x, along_y = self._derivatives
        return Compiled([along_x.diff("x"), along_x.diff("y"), along_y.diff("y")])


class Compiled:
    """Expressions of x and y compiled by LLVM to one function of points."""

    def __init__(self, expressions: list[Expression]) -> None:
        import symengine

        self._count = len(expressions)
        self._many = symengine.Lambdify(symengine.symbols("x y"), expressions, backend="llvm", cse=True)
        self._one = self._many.unsafe_real

    def __call__(self, points: Array) -> Array:
        """Points (N, 2) → (N, number of expressions), float64; not finite where f is not defined."""
        out = np.empty((len(points), self._count))
        if len(points) == 1:
            # the plain call spends 4 µs on checks that hold here; one ball is what most races are
            self._one(np.ascontiguousarray(points[0]), out[0])
        elif len(points):
            self._many(np.ascontiguousarray(points), out=out)
        return out


@lru_cache(maxsize=256)
def parse(text: str) -> Formula:
    """The formula written in `text`.

    Raises:
        FormulaProblem: with the column of the mistake and what is allowed there.
    """
    if not text.strip():
        raise FormulaProblem(0, N_("The formula is empty; write one in x and y, such as x^2/20 + y^2."))
    if len(text) > MAX_LENGTH:
        raise FormulaProblem(0, N_("The formula is longer than {most} characters."), most=MAX_LENGTH)
    tree = _Parser(_tokens(text)).parse()
    try:
        expression, _ = _Build().build(tree)
    except (RuntimeError, OverflowError, ZeroDivisionError) as error:  # what SymEngine refuses by itself
        raise FormulaProblem(0, N_("This formula is not a finite real number.")) from error
    if not expression.free_symbols and not _mentions_variable(tree):
        raise FormulaProblem(0, N_("The formula needs x or y in it."))
    formula = Formula(text, tree, expression)
    try:
        formula.value_and_gradient(np.zeros((1, 2)))
    except RuntimeError as error:  # a complex number that only shows once derived
        raise FormulaProblem(0, N_("This formula is not a finite real number.")) from error
    return formula


def _mentions_variable(node: Node) -> bool:
    match node:
        case Name(_, name):
            return name in VARIABLES
        case Number():
            return False
        case Call(_, _, arguments):
            return any(map(_mentions_variable, arguments))
        case Sum(_, parts) | Product(_, parts):
            return any(_mentions_variable(part) for _, part in parts)
        case Power(_, base, exponent):
            return _mentions_variable(base) or _mentions_variable(exponent)
