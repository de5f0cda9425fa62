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

    def __reduce__(self) -> tuple[object, ...]:
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(kind: type[Problem], args: tuple[object, ...], attributes: dict[str, object]) -> Problem:
    """A problem of any kind as it was: what its own `__init__` is told is no longer known."""
    problem = kind.__new__(kind)
    problem.args = args
    problem.__dict__.update(attributes)
    return problem


class FormulaProblem(Problem):
    """A formula that cannot be read. `column` counts from 1; it is 0 when the whole formula is meant."""

    def __init__(self, column: int, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.column = column
        if column:
            self.args = (f"Column {column}: {self}",)
