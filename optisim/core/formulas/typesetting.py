"""A syntax tree as LaTeX, term for term as the user wrote it."""

from __future__ import annotations

from optisim.core.formulas.functions import FUNCTIONS
from optisim.core.formulas.syntax import GREEK, Call, Name, Node, Number, Power, Product, Sum


def latex_of(node: Node) -> str:
    """The LaTeX of a tree."""
    match node:
        case Number(_, text):
            mantissa, _, exponent = text.lower().partition("e")
            return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa
        case Name(_, name):
            return symbol(name)
        case Sum(_, terms):
            first, *rest = (("-" if sign < 0 else "+", _in_sum(term)) for sign, term in terms)
            return ("-" if first[0] == "-" else "") + first[1] + "".join(f" {s} {t}" for s, t in rest)
        case Product(_, factors):
            return _product(factors)
        case Call(_, function, arguments):
            return FUNCTIONS[function].latex.format(*map(latex_of, arguments))
        case Power(_, base, exponent):
            simple = isinstance(base, Name) or (isinstance(base, Number) and "e" not in base.text.lower())
            return f"{latex_of(base) if simple else _bracket(base)}^{{{latex_of(exponent)}}}"


def symbol(name: str) -> str:
    """The LaTeX of a name: a, a₁, α."""
    letter = name.rstrip("0123456789")
    index = name[len(letter) :]
    greek = letter == "pi" or letter in GREEK.values()
    return (rf"\{letter}" if greek else letter) + (f"_{{{index}}}" if index else "")


def _in_sum(term: Node) -> str:
    return _bracket(term) if isinstance(term, Sum) else latex_of(term)


def _product(factors: tuple[tuple[int, Node], ...]) -> str:
    """Factors side by side; whatever is divided becomes one fraction with all that stands left of it."""
    done = ""
    pending: list[Node] = []
    for sign, factor in factors:
        if sign > 0:
            pending.append(factor)
            continue
        # a single factor needs no brackets above the line
        above = latex_of(pending[0]) if not done and len(pending) == 1 else _join(done, pending)
        done, pending = rf"\frac{{{above or 1}}}{{{latex_of(factor)}}}", []
    return _join(done, pending)


def _join(done: str, factors: list[Node]) -> str:
    for factor in factors:
        part = _bracket(factor) if isinstance(factor, Sum | Product) else latex_of(factor)
        if done:
            done += r" \cdot " if _needs_dot(part) else r"\," if part.startswith(("\\", "e^")) else " "
        done += part
    return done


def _needs_dot(factor: str) -> bool:
    """Whether `factor` would read as part of a number that stands before it."""
    return factor[0] in "0123456789." or factor.startswith(r"\frac")


UNBROKEN = 44  # characters of LaTeX that still stand on one line


def latex_pieces(node: Node) -> list[str]:
    """LaTeX in pieces: the terms of sums, the factors of long products, and those of long brackets in them."""
    match node:
        case Sum(_, terms):
            pieces = []
            for sign, term in terms:
                first, *others = _factor_pieces(term) if isinstance(term, Sum) else latex_pieces(term)
                # an empty group before a sign makes it stand between two terms rather than before one
                pieces += [("{}-" if sign < 0 else "{}+") + first, *others]
            return [pieces[0].removeprefix("{}").removeprefix("+"), *pieces[1:]]
        case Product(_, factors) if len(latex_of(node)) > UNBROKEN and all(sign > 0 for sign, _ in factors):
            first, *others = [piece for _, factor in factors for piece in _factor_pieces(factor)]
            return [first, *((r"{}\cdot " if _needs_dot(piece) else "") + piece for piece in others)]
    return [latex_of(node)]


def _factor_pieces(factor: Node) -> list[str]:
    if isinstance(factor, Sum) and len(latex_of(factor)) > UNBROKEN:
        pieces = latex_pieces(factor)
        pieces[0] = r"\bigl(" + pieces[0]
        pieces[-1] += r"\bigr)"
        return pieces
    return [_join("", [factor])]


def _bracket(node: Node) -> str:
    return rf"\left({latex_of(node)}\right)"
