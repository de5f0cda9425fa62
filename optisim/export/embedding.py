"""Scenarios that figures and films carry: in a text of a PNG, the metadata of an SVG, the comment of a film."""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from optisim.core.base.problems import N_, Problem
from optisim.core.documents.kinds import MAX_FILE, from_json, to_json
from optisim.core.documents.sharing import from_share, is_share
from optisim.core.race.scenario import Scenario

PNG_KEY = "OptiSim"
MAX_IMAGE = 200_000_000  # bytes
MOST_TEXT = 8 * MAX_FILE
_BEGIN, _END = b'<metadata id="optisim">', b"</metadata>"


def svg_with_scenario(svg: bytes, scenario: Scenario) -> bytes:
    """An SVG with the scenario as its metadata."""
    metadata = _BEGIN + escape(to_json(scenario)).encode() + _END + b"\n"
    end = svg.rindex(b"</svg>")
    return svg[:end] + metadata + svg[end:]


def scenario_in(path: Path) -> Scenario:
    """The scenario that an exported image or film carries.

    Raises:
        Problem: if the file cannot be read, or carries none.
    """
    reader = {".svg": _from_svg, ".png": _from_png, ".apng": _from_apng}.get(path.suffix.lower(), _from_film)
    text = reader(path)
    if not text:
        raise Problem(
            N_("“{name}” carries no scenario; open an image or a film that OptiSim has exported."), name=path.name
        )
    return from_share(text) if is_share(text) else from_json(text)


def _from_png(path: Path) -> str:
    return _text_of_png(path, PNG_KEY)


def _from_apng(path: Path) -> str:
    return _text_of_png(path, "Comment")


def _text_of_png(path: Path, key: str) -> str:
    """A text of a PNG, wherever it is kept; Qt reads only those before the picture, and writes to the console."""
    try:
        with path.open("rb") as file:
            file.seek(len(b"\x89PNG\r\n\x1a\n"))
            while len(head := file.read(8)) == 8:
                length, kind = int.from_bytes(head[:4], "big"), head[4:]
                if kind in (b"tEXt", b"zTXt", b"iTXt") and length <= MOST_TEXT:
                    name, _, rest = file.read(length).partition(b"\0")
                    if name == key.encode():
                        return _unpacked(kind, rest)
                else:
                    file.seek(length, os.SEEK_CUR)
                file.seek(4, os.SEEK_CUR)  # the check sum
    except OSError as error:
        raise Problem(
            N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error
        ) from error
    except (ValueError, OverflowError, zlib.error):
        pass
    return ""


def _unpacked(kind: bytes, rest: bytes) -> str:
    """The text in what follows the name in a chunk of a PNG."""
    packed, encoding = kind == b"zTXt", "latin-1"
    if kind == b"iTXt":
        packed, encoding = rest[:1] == b"\1", "utf-8"
        rest = b"\0" + rest[2:].split(b"\0", 2)[2]  # without language and translated name
    elif kind == b"tEXt":
        rest = b"\0" + rest
    text = zlib.decompressobj().decompress(rest[1:], MOST_TEXT) if packed else rest[1:]
    return text.decode(encoding)


def _from_film(path: Path) -> str:
    import av

    try:
        # a file, not a name, which may look like an address
        with path.open("rb") as file, av.open(file) as container:
            told = {name.lower(): text for name, text in container.metadata.items()}
    except (av.FFmpegError, ValueError, OSError):
        _read(path)  # which says why, if it is the file
        return ""
    text = told.get("comment", "")
    return text if is_share(text) else ""


def _read(path: Path) -> bytes:
    """What is in a file; nothing if it is too large to have been exported."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_IMAGE + 1)
        return data if len(data) <= MAX_IMAGE else b""
    except OSError as error:
        raise Problem(
            N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error
        ) from error


def _from_svg(path: Path) -> str:
    data = _read(path)
    found = re.search(re.escape(_BEGIN) + rb"([^<]*)" + re.escape(_END), data)
    if found is None or len(found[1]) > MOST_TEXT:
        return ""
    try:
        return unescape(found[1].decode())
    except UnicodeDecodeError:
        return ""
