"""A pocket calculator for the LaTeX that the inspector shows, by way of Python's own arithmetic.

It shares nothing with the program's reading and evaluating of formulas.
"""

from __future__ import annotations

import math
import re

import numpy as np


class Vector:
    """Two numbers in brackets, or one below the other."""

    def __init__(self, x, y):
        self.parts = (x, y)

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.parts, other.parts, strict=True)))

    def __sub__(self, other):
        return Vector(*(a - b for a, b in zip(self.parts, other.parts, strict=True)))

    def __neg__(self):
        return Vector(*(-a for a in self.parts))

    def __mul__(self, other):
        if isinstance(other, Vector):
            return sum(a * b for a, b in zip(self.parts, other.parts, strict=True))
        return Vector(*(a * other for a in self.parts))

    def __rmul__(self, other):
        return Vector(*(other * a for a in self.parts))

    def flat(self):
        return list(self.parts)


class Matrix:
    def __init__(self, rows):
        self.rows = np.array(rows, dtype=float)

    def __neg__(self):
        return Matrix(-self.rows)

    def __add__(self, other):
        return Matrix(self.rows + other.rows)

    def __mul__(self, other):
        if isinstance(other, Vector):
            return Vector(*(self.rows @ other.parts))
        return Matrix(self.rows @ other.rows if isinstance(other, Matrix) else self.rows * other)

    def __rmul__(self, other):
        return Matrix(other * self.rows)

    def __pow__(self, power):
        return Matrix(np.linalg.matrix_power(self.rows, int(power)))

    def flat(self):
        return self.rows.ravel().tolist()


def _bracket(*parts):
    return parts[0] if len(parts) == 1 else Vector(*parts)


def _bars(value):
    if isinstance(value, Matrix):
        values, vectors = np.linalg.eigh(value.rows)
        return Matrix(vectors @ np.diag(np.abs(values)) @ vectors.T)
    return abs(value)


NAMES = {
    "bracket": _bracket,
    "bars": _bars,
    "length": lambda value: math.hypot(*value.parts),
    "root": lambda value: math.sqrt(max(value, 0.0)),
    "fraction": lambda above, below: above / below,
    "largest": max,
    "smallest": min,
    "sign": lambda value: float(np.sign(value)),
    "matrix": lambda *rows: Matrix(rows) if len(rows[0]) == 2 else Vector(*(row[0] for row in rows)),
}


def _group(text, at):
    """The text in the braces that open at `at`, and where they end."""
    depth = 0
    for end in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if not depth:
            return text[at + 1 : end], end + 1
    raise ValueError(text)


def python_of(latex):
    """The LaTeX of a term with numbers, as Python."""
    found = re.search(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", latex)
    if found:
        rows = [[python_of(entry) for entry in row.split("&")] for row in found[1].split(r"\\")]
        inner = "⸴".join("⟨" + "⸴".join(row) + "⸴⟩" for row in rows)
        return python_of(latex[: found.start()] + f"matrix⟨{inner}⟩" + latex[found.end() :])
    for command, name in ((r"\frac", "fraction"), (r"\sqrt", "root")):
        at = latex.rfind(command + "{")
        if at >= 0:
            parts, end = [], at + len(command)
            for _ in range(2 if name == "fraction" else 1):
                part, end = _group(latex, end)
                parts.append(python_of(part))
            return python_of(latex[:at] + f"{name}⟨{'⸴'.join(parts)}⟩" + latex[end:])
    text = latex.replace("⟨", "(").replace("⟩", ")").replace("⸴", ", ")
    text = text.replace(r"\operatorname{sgn}\,", "sign ")
    for before, after in (
        (r"\max\left(", "largest("),
        (r"\min\left(", "smallest("),
        (r"\left\|", "length("),
        (r"\right\|", ")"),
        (r"\left|", "bars("),
        (r"\right|", ")"),
        (r"\left(", "bracket("),
        (r"\right)", ")"),
        (r"\cdot", "*"),
        (r"\,", " "),
        (r"\ ", " "),
        (r"\bmod", "%"),
        ("{}", ""),
        ("^", "**"),
        ("{", "("),
        ("}", ")"),
    ):
        text = text.replace(before, after)
    text = re.sub(r"sign\s+(bracket)?", "sign", text)
    return re.sub(r"\)\s+(?=[a-z(])", ") * ", text).strip()  # brackets side by side


def calculate(latex):
    """The value of a term with numbers: a list of one, two or four of them."""
    value = eval(python_of(latex), dict(NAMES))
    return value.flat() if isinstance(value, Vector | Matrix) else [float(value)]
