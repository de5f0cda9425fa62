"""Where documents come from: files, images and films that carry one, share strings, examples."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optisim.core.base.problems import N_, Problem
from optisim.core.documents.kinds import MAX_FILE, from_json
from optisim.core.documents.sharing import from_share, is_share
from optisim.export.embedding import text_in

if TYPE_CHECKING:
    from optisim.export.embedding import Carrier
    from optisim.export.files import Format

EXAMPLE = "example:"


def read_source(text: str) -> Any:
    """The document that `text` names: a share string, `example:NAME`, or else the path of a file.

    Raises:
        Problem: if there is none, or it cannot be read.
    """
    if is_file(text):
        return read_document(Path(text))
    return from_share(text) if is_share(text) else _example(text.removeprefix(EXAMPLE).strip())


def is_file(text: str) -> bool:
    """Whether `text` can only be the path of a file."""
    return not is_share(text) and not text.startswith(EXAMPLE)


def is_source(text: str) -> bool:
    """Whether `text` looks like something that `read_source` reads; it may still be wrong."""
    known = not is_file(text) or text.lower().endswith(".json") or os.path.exists(text)
    return known or carries(Path(text))


def carriers() -> dict[str, Carrier]:
    """How files of the formats of figures and films carry a document, by ending, where they do."""
    from optisim.export.figures.formats import FIGURE_FORMATS  # which are not needed to open a window
    from optisim.export.films import FILM_FORMATS

    rows: list[Format[Any]] = [*FIGURE_FORMATS.values(), *FILM_FORMATS.values()]
    return {row.ending: row.carrier for row in rows if row.carrier is not None}


def carries(path: Path) -> bool:
    """Whether a file is an image or film that carries a document; it cannot be saved there again."""
    ending = path.suffix.lower()
    return ending not in ("", ".json") and ending in carriers()


def read_document(path: Path) -> Any:
    """The document in a file, or in an image or film that was exported.

    Raises:
        Problem: if the file cannot be read, or has no document.
    """
    if carries(path):
        return document_in(path)
    try:
        with path.open("rb") as file:
            data = file.read(4 * MAX_FILE + 1)  # a character has four bytes at the most
        return from_json(data.decode("utf-8-sig"))
    except OSError as error:
        raise _unreadable(path, error) from error
    except UnicodeDecodeError:
        raise Problem(N_("This is not a document of OptiSim.")) from None


def document_in(path: Path) -> Any:
    """The document that an exported image or film carries, whatever its name says that it is.

    Raises:
        Problem: if the file cannot be read, or carries none.
    """
    try:
        with path.open("rb") as file:
            text = text_in(file, carriers().values())
    except OSError as error:
        raise _unreadable(path, error) from error
    if not text:
        raise Problem(
            N_("“{name}” carries no document; open an image or a film that OptiSim has exported."), name=path.name
        )
    return from_share(text) if is_share(text) else from_json(text)


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error)


def _example(name: str) -> Any:
    from optisim.core.documents.examples import EXAMPLES

    if name not in EXAMPLES:
        raise Problem(
            N_("There is no example “{name}”; choose one of {names}."), name=name, names=", ".join(EXAMPLES)
        )
    return EXAMPLES[name].scenario()
