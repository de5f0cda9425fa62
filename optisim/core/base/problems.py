"""Bad input, told in one sentence that can be translated.

A `Problem` keeps its sentence as a template beside the values that fill it, so that the window can look the
template up in its own language while `str(problem)` stays plain English.
"""

from __future__ import annotations

from pathlib import PurePath

QUOTED = 40  # characters of what a sentence quotes
LONGEST = 1000  # characters of anything else in a sentence, such as a list of names or a path


def N_(text: str) -> str:
    """Mark `text` for translation and return it unchanged; whoever shows it translates it."""
    return text


def shortened(text: str, most: int = QUOTED) -> str:
    """What others wrote, fit to be shown: what one cannot see is spelled out, and what is too long is cut off."""
    seen = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[: most + 1])
    return seen if len(seen) <= most else f"{seen[:most]}…"


class Problem(ValueError):
    """What was wrong with an input and what is allowed instead.

    `template` is an English sentence with `{name}` slots, `values` what fills them. Texts are `shortened`, those
    between quotation marks “{name}”, which somebody else wrote, to QUOTED characters.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = {name: _shown(value, f"“{{{name}}}”" in template) for name, value in values.items()}
        super().__init__(template.format(**self.values))


def _shown(value: object, quoted: bool) -> object:
    """A value as a sentence shows it. A path is quoted, too, but all of it is needed."""
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 10**QUOTED):
        return value
    return shortened(str(value), QUOTED if quoted and not isinstance(value, PurePath) else LONGEST)


class FormulaProblem(Problem):
    """A formula that cannot be read. `column` counts from 1; it is 0 when the whole formula is meant."""

    def __init__(self, column: int, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.column = column
        if column:
            self.args = (f"Column {column}: {self}",)
