"""Documents that figures and films carry: in a text of a PNG, the metadata of an SVG, the comment of a film."""

from __future__ import annotations

import html
import os
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from optisim.core.documents.kinds import MAX_FILE, to_json
from optisim.core.documents.sharing import is_share

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


@dataclass(frozen=True)
class Carrier:
    """How files of a kind carry a document. What kind it is, a file's first bytes tell, not its name.

    Attributes:
        signature: the first bytes; none where such files begin in many ways.
        at: where they stand.
        read: the text in such a file, JSON or a share string; "" if there is none.
    """

    signature: bytes
    at: int
    read: Callable[[LimitedFile], str]


def text_in(file: BinaryIO, carriers: Iterable[Carrier]) -> str:
    """The text that a file carries in one of these ways, "" if there is none. At most MOST_READ bytes are read."""
    head = file.read(12)
    file.seek(0)
    fitting = [carrier for carrier in carriers if head[carrier.at :].startswith(carrier.signature)]
    closest = max(fitting, key=lambda carrier: len(carrier.signature), default=None)
    return closest.read(LimitedFile(file)) if closest is not None else ""


class LimitedFile:
    """A file of which no more than MOST_READ bytes are read; then it seems to be at its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._left = file, MOST_READ
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = MOST_READ) -> bytes:
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data


# ── PNG ──────────────────────────────────────────────────────────────────────────────────────────────────

_PNG = b"\x89PNG\r\n\x1a\n"


def _from_png(file: LimitedFile) -> str:
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


def _from_film(format: str) -> Callable[[LimitedFile], str]:
    def read(file: LimitedFile) -> str:
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


def _from_svg(file: LimitedFile) -> str:
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


PNG = Carrier(_PNG, 0, _from_png)
SVG = Carrier(b"", 0, _from_svg)
GIF = Carrier(b"GIF8", 0, _from_film("gif"))
WEBM = Carrier(b"\x1aE\xdf\xa3", 0, _from_film("matroska"))
MP4 = Carrier(b"ftyp", 4, _from_film("mp4"))
