"""Scenarios that images carry: in a text chunk of a PNG, in the metadata of an SVG."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from PySide6.QtGui import QImageReader

from optisim.core.problems import N_, Problem
from optisim.core.scenario import Scenario
from optisim.core.scenario_file import MAX_FILE, from_json, to_json

PNG_KEY = "OptiSim"
MAX_IMAGE = 200_000_000  # bytes
_BEGIN, _END = b'<metadata id="optisim">', b"</metadata>"
IMAGES = (".png", ".svg")


def svg_with_scenario(svg: bytes, scenario: Scenario) -> bytes:
    """An SVG with the scenario as its metadata."""
    metadata = _BEGIN + escape(to_json(scenario)).encode() + _END + b"\n"
    end = svg.rindex(b"</svg>")
    return svg[:end] + metadata + svg[end:]


def scenario_in(path: Path) -> Scenario:
    """The scenario that an exported image carries.

    Raises:
        Problem: if the file cannot be read, or carries none.
    """
    text = _from_svg(path) if path.suffix.lower() == ".svg" else _from_png(path)
    if not text:
        raise Problem(N_("“{name}” carries no scenario; open an image that OptiSim has exported."), name=path.name)
    return from_json(text)


def _from_png(path: Path) -> str:
    reader = QImageReader(str(path), b"png")  # which reads no more than the texts
    return reader.text(PNG_KEY) if reader.canRead() else ""


def _from_svg(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_IMAGE:
            return ""
        data = path.read_bytes()
    except OSError as error:
        raise Problem(
            N_("“{path}” cannot be read: {reason}."), path=path, reason=error.strerror or error
        ) from error
    found = re.search(re.escape(_BEGIN) + rb"([^<]*)" + re.escape(_END), data)
    if found is None or len(found[1]) > 8 * MAX_FILE:
        return ""
    try:
        return unescape(found[1].decode())
    except UnicodeDecodeError:
        return ""
