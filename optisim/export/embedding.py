"""Documents that figures and films carry: in a text of a PNG, the metadata of an SVG, the comment of a film."""

from __future__ import annotations

import html
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from optisim.core.base.problems import N_, Problem
from optisim.core.documents.kinds import MAX_FILE, from_json, to_json
from optisim.core.documents.sharing import from_share, is_share

PNG_KEY, APNG_KEY = "OptiSim", "Comment"  # JSON, and a share string
MOST_READ = 64_000_000  # bytes of a file
MOST_TEXT = 8 * MAX_FILE
MOST_CHUNKS = 100_000  # of a PNG
_BEGIN, _END = b'<metadata id="optisim">', b"</metadata>"


def svg_with_document(svg: bytes, document: object) -> bytes:
    """An SVG with the document as its metadata."""
    metadata = _BEGIN + html.escape(to_json(document), quote=False).encode() + _END + b"\n"
    end = svg.rindex(b"</svg>")
    return svg[:end] + metadata + svg[end:]


def document_in(path: Path) -> Any:
    """The document that an exported image or film carries.

    What it is, its first bytes tell. At most MOST_READ bytes are read.

    Raises:
        Problem: if the file cannot be read, or carries none.
    """
    try:
        with path.open("rb") as file:
            text = _text_in(file)
    except OSError as error:
        raise Problem(
            N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error
        ) from error
    if not text:
        raise Problem(
            N_("“{name}” carries no document; open an image or a film that OptiSim has exported."), name=path.name
        )
    return from_share(text) if is_share(text) else from_json(text)


class _Limited:
    """A file of which no more than MOST_READ bytes are read; then it seems to be at its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._left = file, MOST_READ
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = MOST_READ) -> bytes:
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data


def _text_in(file: BinaryIO) -> str:
    """The text that a file carries, "" if there is none."""
    head = file.read(12)
    file.seek(0)
    fitting = (reader for signature, at, reader in _READERS if head[at:].startswith(signature))
    return next(fitting, _from_svg)(_Limited(file))


# ── PNG ──────────────────────────────────────────────────────────────────────────────────────────────────

_PNG = b"\x89PNG\r\n\x1a\n"


def _from_png(file: _Limited) -> str:
    """A text of a PNG, wherever it is kept; Qt reads only those before the picture, and writes to the console."""
    file.seek(len(_PNG))
    for _ in range(MOST_CHUNKS):
        head = file.read(8)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if len(kind) < 4 or not kind.isalpha() or kind == b"IEND":
            return ""
        if kind in (b"tEXt", b"zTXt", b"iTXt") and length <= MOST_TEXT:
            name, _, rest = file.read(length).partition(b"\0")
            if name in (PNG_KEY.encode(), APNG_KEY.encode()):
                text = _unpacked(kind, rest)
                if name == PNG_KEY.encode() or is_share(text):
                    return text
        else:
            file.seek(length, os.SEEK_CUR)
        file.seek(4, os.SEEK_CUR)  # the check sum
    return ""


def _unpacked(kind: bytes, rest: bytes) -> str:
    """The text in what follows the name in a chunk of a PNG; "" if it is damaged."""
    packed, encoding = kind == b"zTXt", "latin-1"
    if kind == b"iTXt":
        packed, encoding = rest[:1] == b"\1", "utf-8"
        _, _, rest = rest[2:].partition(b"\0")  # without language
        _, _, rest = rest.partition(b"\0")  # and translated name
    elif kind == b"zTXt":
        rest = rest[1:]  # there is but one method
    try:
        return (zlib.decompressobj().decompress(rest, MOST_TEXT) if packed else rest).decode(encoding)
    except (ValueError, zlib.error):
        return ""


# ── Films ────────────────────────────────────────────────────────────────────────────────────────────────


def _from_film(format: str) -> Callable[[_Limited], str]:
    def read(file: _Limited) -> str:
        import av

        try:
            # The format is named and the file handed over open: of a text that begins like something else, or that
            # names other places, FFmpeg would open what it says, network ports among them.
            container = av.open(file, "r", format=format, options={"protocol_whitelist": "file"})
            with container:
                told = {name.lower(): text for name, text in container.metadata.items()}
        except (av.FFmpegError, ValueError):
            return ""
        text = told.get("comment", "")
        return text if is_share(text) else ""

    return read


# ── SVG ──────────────────────────────────────────────────────────────────────────────────────────────────


def _from_svg(file: _Limited) -> str:
    """The metadata of an SVG, which stand at its end."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - MOST_READ, 0))
    found = re.search(re.escape(_BEGIN) + rb"([^<]*)" + re.escape(_END), file.read())
    if found is None or len(found[1]) > MOST_TEXT:
        return ""
    try:
        return html.unescape(found[1].decode())
    except UnicodeDecodeError:
        return ""


_READERS: tuple[tuple[bytes, int, Callable[[_Limited], str]], ...] = (
    (_PNG, 0, _from_png),
    (b"GIF8", 0, _from_film("gif")),
    (b"\x1aE\xdf\xa3", 0, _from_film("matroska")),
    (b"ftyp", 4, _from_film("mp4")),
)
"""The first bytes of a file, where they stand, and what reads it."""
