"""LaTeX as QPainterPaths, by way of ziamath: formulas that stay sharp at any size and follow the theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainterPath

_PATH_TOKEN = re.compile(r"[MLQCZ]|-?\d*\.?\d+(?:[eE][-+]?\d+)?")
_MARK = re.compile(r"#0000([0-9a-f]{2})")
_OPERANDS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


@dataclass(frozen=True)
class MathText:
    """A typeset formula with its baseline at y = 0.

    Attributes:
        path: the glyphs, but for those of marked parts.
        box: the room it takes, from above the baseline to below it.
        parts: the glyphs of what was marked, by number.
    """

    path: QPainterPath
    box: QRectF
    parts: Mapping[int, QPainterPath] = field(default_factory=dict)


def marked(number: int, latex: str) -> str:
    """`latex` as a part of its own in what is typeset; numbers are from 1 to 255."""
    return rf"{{\color{{#0000{number:02x}}}{{{latex}}}}}"


@lru_cache(maxsize=512)
def typeset(latex: str, size: float) -> MathText:
    """`latex` at `size` pixels.

    Imports ziamath at the first call, which takes a fraction of a second: not before the first paint.
    """
    import warnings
    import xml.etree.ElementTree as ElementTree

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of how it finds its font
            import ziamath

            ziamath.config.svg2 = False  # plain paths, no <symbol> and <use>
            root = ElementTree.fromstring(ziamath.Latex(latex, size=size).svg())
    except Exception:  # what a plug-in has for an equation may be no LaTeX at all
        return _plain(latex, size)
    path = QPainterPath()
    parts: dict[int, QPainterPath] = {}
    for element in root.iter():
        mark = _MARK.fullmatch(element.get("fill", ""))
        into = parts.setdefault(int(mark[1], 16), QPainterPath()) if mark else path
        match element.tag.rpartition("}")[2]:
            case "path":
                into.addPath(_from_svg(element.get("d", "")))
            case "rect":
                into.addRect(QRectF(*(float(element.get(side, 0)) for side in ("x", "y", "width", "height"))))
    left, top, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    return MathText(path, QRectF(left, top, width, height), parts)


def _plain(text: str, size: float) -> MathText:
    """The text as it is."""
    font = QFont("OptiSim Sans")
    font.setPixelSize(round(size))
    path = QPainterPath()
    path.addText(0.0, 0.0, font, text)
    return MathText(path, path.boundingRect().adjusted(0, -2, 0, 2))


def _from_svg(data: str) -> QPainterPath:
    path = QPainterPath()
    tokens = iter(_PATH_TOKEN.findall(data))
    for command in tokens:
        numbers = [float(token) for token in islice(tokens, _OPERANDS[command])]
        match command:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "Q":
                path.quadTo(*numbers)
            case "C":
                path.cubicTo(*numbers)
            case "Z":
                path.closeSubpath()
    return path
