"""Bad input, told in one sentence that can be translated.

A `Problem` keeps its sentence as a template beside the values that fill it, so that the window can look the
template up in its own language while `str(problem)` stays plain English.
"""

from __future__ import annotations


def N_(text: str) -> str:
    """Mark `text` for translation and return it unchanged; whoever shows it translates it."""
    return text


class Problem(ValueError):
    """What was wrong with an input and what is allowed instead.

    `template` is an English sentence with `{name}` slots, `values` what fills them.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class FormulaProblem(Problem):
    """A formula that cannot be read. `column` counts from 1; it is 0 when the whole formula is meant."""

    def __init__(self, column: int, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.column = column
        if column:
            self.args = (f"Column {column}: {self}",)
