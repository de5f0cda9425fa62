"""Kinds of documents, and documents as JSON.

A document is a frozen value: a race's is a `Scenario`. Its kind knows how to write and read it, what to call it and
what to call its changes; files, share strings, undo and recovery are the same for all kinds.

A file says its kind and version, and what differs from the defaults; what it does not say has its default. A new
field of a document therefore changes no file. When a default itself changes, or what a field means, there is a new
version, and the kind's `read` gives older files what they relied on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from optisim.core.base.problems import N_, Problem
from optisim.core.documents.changes import Change
from optisim.core.documents.fields import Fields

D = TypeVar("D")
MAX_FILE = 1_000_000  # characters


@dataclass(frozen=True)
class Kind(Generic[D]):
    """A kind of document.

    Attributes:
        name: in the program, such as "race".
        format: what its files say of themselves, such as "optisim-scenario".
        version: of what is written; all versions up to it are read.
        ending: of its files' names.
        title: for people, to be translated.
        document: the class of its documents, which are frozen and compared by value.
        new: makes the document that one begins with.
        write: what a file says of a document, without format and version, as JSON has it.
        read: the document that a file of a version up to `version` says. Raises a Problem if it says none.
        change: names what was changed from one document to the next.
        describe: what people call a document, in a word or two, to be translated.
        summary: what is in a document, in a line.
        file_name: what its file is called unless the user says otherwise, without the ending.
    """

    name: str
    format: str
    version: int
    ending: str
    title: str
    document: type[D]
    new: Callable[[], D]
    write: Callable[[D], dict[str, Any]]
    read: Callable[[dict[str, Any], int], D]
    change: Callable[[D, D], Change]
    describe: Callable[[D], str]
    summary: Callable[[D], str]
    file_name: Callable[[D], str]


NUMBERS = "optisim-trajectories"
"""The format of exported trajectories, which are no document."""

KINDS: dict[str, Kind[Any]] = {}
"""Format → kind. `optisim/__init__.py` registers all that the program has."""


def register(kind: Kind[Any]) -> None:
    """Let documents of this kind be written and read."""
    KINDS[kind.format] = kind


def kind_of(document: object) -> Kind[Any]:
    """The kind of a document.

    Raises:
        TypeError: if it is of no kind.
    """
    for kind in KINDS.values():
        if type(document) is kind.document:
            return kind
    raise TypeError(f"a {type(document).__name__} is no document")


def to_data(document: object) -> dict[str, Any]:
    """A document as what JSON has: dictionaries, lists, texts, numbers and truth values."""
    kind = kind_of(document)
    return {"format": kind.format, "version": kind.version, **kind.write(document)}


def to_json(document: object) -> str:
    """A document as JSON text, one value a line."""
    return json.dumps(to_data(document), indent=1)


def from_json(text: str) -> Any:
    """The document in JSON `text`, of whichever kind.

    Raises:
        Problem: if there is none, it is damaged, or of a kind or version that this program does not know.
    """
    if len(text) > MAX_FILE:
        raise Problem(N_("This is too large to be a document of OptiSim."))
    fields = _parsed(text)
    kind, version = _kind_in(fields), fields.get("version", int)
    if version > kind.version:
        raise _newer()
    if version < 1:
        raise fields.wrong("version")
    try:
        return kind.read(fields.data, version)
    except Problem:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise Problem(N_("This document is damaged: a part is missing or not what it should be.")) from None


def _foreign() -> Problem:
    return Problem(N_("This is not a document of OptiSim."))


def _numbers() -> Problem:
    return Problem(
        N_("This file has the numbers of a race. Open the scenario or the image that they were made from.")
    )


def _newer() -> Problem:
    return Problem(N_("This was made by a newer OptiSim; update to open it."))


def _parsed(text: str) -> Fields:
    """What the text says, if it is JSON."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        if re.match(r"#.*\n# scenario: ", text):  # the head of our own CSV
            raise _numbers() from None
        if re.search(r'"format"\s*:\s*"optisim-', text):
            raise Problem(N_("This document is damaged at line {line}."), line=error.lineno) from None
        raise _foreign() from None
    except (ValueError, RecursionError):  # a number or brackets beyond all bounds
        raise _foreign() from None
    if type(data) is not dict or type(data.get("format")) is not str:
        raise _foreign()
    return Fields(data)


def _kind_in(fields: Fields) -> Kind[Any]:
    """The kind that a file says it is of."""
    format = fields.get("format", str)
    kind = KINDS.get(format)
    if format == NUMBERS:
        raise _numbers()
    if kind is None:
        raise _newer() if re.fullmatch("optisim-[a-z-]+", format) else _foreign()
    return kind
