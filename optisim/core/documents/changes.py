"""What undo calls a change: a text to be translated, and which part of the document it is to."""

from __future__ import annotations

from dataclasses import dataclass

Part = tuple[object, ...]


@dataclass(frozen=True)
class Change:
    """What was changed from one document to the next.

    Attributes:
        part: what of the document. Changes of the same part that follow each other without a pause are one change;
            a part with an `object()` in it is the same as no other.
        text: for people, to be translated, with `{name}` slots.
        values: what fills the slots. Those that are texts of the program are translated, too.
    """

    part: Part
    text: str
    values: tuple[tuple[str, str], ...] = ()
