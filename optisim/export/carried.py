"""Scenarios that figures and films carry: in a text of a PNG, the metadata of an SVG, the comment of a film."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from PySide6.QtGui import QImageReader

from optisim.core.problems import N_, Problem
from optisim.core.scenario import Scenario
from optisim.core.scenario_file import MAX_FILE, from_json, to_json
from optisim.core.sharing import from_share, is_share

PNG_KEY = "OptiSim"
MAX_IMAGE = 200_000_000  # bytes
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
    reader = QImageReader(str(path), b"png")  # which reads no more than the texts
    return reader.text(PNG_KEY) if reader.canRead() else ""


def _from_film(path: Path) -> str:
    import av

    try:
        with av.open(path) as container:
            told = {name.lower(): text for name, text in container.metadata.items()}
    except (av.FFmpegError, ValueError):
        _read(path)  # which says why, if it is the file
        return ""
    text = told.get("comment", "")
    return text if is_share(text) else ""


def _from_apng(path: Path) -> str:
    """The comment after the pictures, where Qt does not look for one."""
    found = re.search(rb"iTXtComment\0\0\0\0\0(optisim:[\w-]+)", _read(path))
    return found[1].decode() if found is not None else ""


def _read(path: Path) -> bytes:
    """What is in a file; nothing if it is too large to have been exported."""
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_IMAGE else b""
    except OSError as error:
        raise Problem(
            N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error
        ) from error


def _from_svg(path: Path) -> str:
    data = _read(path)
    found = re.search(re.escape(_BEGIN) + rb"([^<]*)" + re.escape(_END), data)
    if found is None or len(found[1]) > 8 * MAX_FILE:
        return ""
    try:
        return unescape(found[1].decode())
    except UnicodeDecodeError:
        return ""
