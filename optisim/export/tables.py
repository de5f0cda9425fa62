"""Tables: as CSV with every digit, and with four digits for reading, as Markdown for notes, as LaTeX for papers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from optisim.core.base.problems import N_
from optisim.core.base.tables import Table
from optisim.export.files import NO_FORMAT, Format, by_ending, write_safely
from optisim.export.results import TEXTS

DIGITS = 4
_NAMES = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta"},
    **{"θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho"},
    **{"σ": "sigma", "τ": "tau", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "Delta", "∇": "nabla"},
    **{"∞": "infty", "√": "surd", "×": "times", "·": "cdot", "≥": "geq", "≤": "leq", "±": "pm", "‖": "|"},
}
# what TeX takes for an order, or has no letter for
_IN_TEX = {
    **{letter: f"\\{letter}" for letter in "{}%&#_$"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "…": r"\ldots{}"},
    **{"–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'"},
    **{letter: f"${letter}$" for letter in "<>|"},
    **{letter: f"$\\{name}$" for letter, name in _NAMES.items()},
    **{"−": "$-$", "²": "$^2$", "³": "$^3$"},
    **{letter: f"$_{n}$" for n, letter in enumerate("₀₁₂₃₄₅₆₇₈₉")},
}

Rows = Sequence[Sequence[str]]


def as_csv(rows: Rows) -> str:
    """A table as CSV, numbers to the last digit."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def as_markdown(rows: Rows, texts: Collection[int] = TEXTS) -> str:
    """A table as Markdown.

    Args:
        rows: the heads, then the rows, numbers as `repr` writes them.
        texts: the columns that are no numbers; the others are rounded, and stand at the right.
    """
    head, *body = [[_in_markdown(cell) for cell in row] for row in _rounded(rows, texts, _plain)]
    rule = ["---" if column in texts else "---:" for column in range(len(head))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *body))


def as_latex(rows: Rows, texts: Collection[int] = TEXTS) -> str:
    """A table as a LaTeX `tabular`, which needs no package; for the arguments see `as_markdown`."""
    head, *body = _rounded(rows, texts, _in_tex_number, _in_tex)
    columns = "".join("l" if column in texts else "r" for column in range(len(head)))
    lines = [
        rf"\begin{{tabular}}{{{columns}}}",
        r"\hline",
        " & ".join(f"${name}$" if re.fullmatch("[a-z]", name) else name for name in head) + r" \\",
        r"\hline",
        *(_unbound(" & ".join(row)) + r" \\" for row in body),
        r"\hline",
        r"\end{tabular}",
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class TableFormat(Format[Callable[[Rows], str]]):
    """A format of tables. `write` gives the text of the file from the heads and rows of a table.

    Attributes:
        copy: the entry of a table's own menu that puts it on the clipboard in this format, to be translated; ""
            if it is not offered there.
        results: the same in the menus of the window, where it is not plain what is copied.
    """

    copy: str = ""
    results: str = ""


TABLE_FORMATS = Table(
    (
        TableFormat(".csv", N_("CSV, a table for spreadsheets and everything else"), as_csv),
        TableFormat(
            ".md",
            N_("Markdown, for notes"),
            as_markdown,
            copy=N_("Copy as &Markdown"),
            results=N_("Results as &Markdown"),
        ),
        TableFormat(
            ".tex",
            N_("LaTeX, for papers"),
            as_latex,
            copy=N_("Copy as &LaTeX"),
            results=N_("Results as &LaTeX"),
        ),
    ),
    unknown=NO_FORMAT,
)


def save_table(rows: Rows, path: Path) -> None:
    """Write the table of results to `path`, whose ending chooses the format.

    Raises:
        Problem: if the ending is unknown, or the file cannot be written.
    """
    text = by_ending(path, TABLE_FORMATS).write(rows).encode("utf-8", "backslashreplace")
    write_safely(path, lambda temporary: temporary.write_bytes(text))


def _rounded(
    rows: Rows, texts: Collection[int], number: Callable[[str], str], text: Callable[[str], str] = str
) -> list[list[str]]:
    """The rows with numbers and texts as a kind of table writes them."""
    head, *body = rows
    written = [
        [text(cell) if at in texts or not cell else number(cell) for at, cell in enumerate(row)] for row in body
    ]
    return [[text(cell) for cell in head], *written]


def _plain(cell: str) -> str:
    """A number with four digits, as −1.234e−05."""
    return f"{float(cell):.{DIGITS}g}".replace("-", "−")


def _unbound(row: str) -> str:
    """A row that the line break before it does not take for its argument."""
    return f"{{}}{row}" if row.startswith(("[", "*")) else row


def _in_tex_number(cell: str) -> str:
    """A number with four digits, as −1.234 · 10⁻⁵ in formulas."""
    digits, _, power = f"{float(cell):.{DIGITS}g}".partition("e")
    return rf"${digits} \times 10^{{{int(power)}}}$" if power else f"${digits}$"


def _in_tex(text: str) -> str:
    text = text.replace("\0", "").replace("‖∇f‖", "\0")  # one formula, not five
    return "".join(_IN_TEX.get(letter, letter) for letter in _one_line(text)).replace("\0", r"$\|\nabla f\|$")


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~&$])", r"\\\1", _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
