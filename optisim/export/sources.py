"""Where documents come from: files, images and films that carry one, share strings, examples."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from optisim.core.base.problems import N_, Problem
from optisim.core.documents.kinds import MAX_FILE, from_json
from optisim.core.documents.sharing import from_share, is_share
from optisim.export.embedding import document_in

EXAMPLE = "example:"
EMBEDDING_ENDINGS = (".png", ".svg", ".mp4", ".webm", ".gif", ".apng")  # what is exported, and carries a document


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
    ending = Path(text).suffix.lower()
    return not is_file(text) or ending in (".json", *EMBEDDING_ENDINGS) or os.path.exists(text)


def carries(path: Path) -> bool:
    """Whether a file is an image or film that carries a document; it cannot be saved there again."""
    return path.suffix.lower() in EMBEDDING_ENDINGS


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
        raise Problem(
            N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error
        ) from error
    except UnicodeDecodeError:
        raise Problem(N_("This is not a document of OptiSim.")) from None


def _example(name: str) -> Any:
    from optisim.core.documents.examples import EXAMPLES

    if name not in EXAMPLES:
        raise Problem(
            N_("There is no example “{name}”; choose one of {names}."), name=name, names=", ".join(EXAMPLES)
        )
    return EXAMPLES[name].scenario()
