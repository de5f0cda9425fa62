"""Text of an SVG as outlines, so that it looks the same in every program.

Other programs do not have OptiSim's fonts. They take what they have, whose letters are wider, so that words overlap
and leave the page, or which has no Chinese. An embedded font and `textLength` would help in browsers, but librsvg
and Inkscape know no embedded fonts, and librsvg no `textLength`. So each line of text is there twice: as outlines
of its glyphs, each of which is defined once, and as a text that is not painted, but can be selected, searched and
read aloud.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import QFont, QPainterPath, QRawFont, QTextLayout

from optisim.canvas.text.fonts import canvas_font

FALLBACK_FONTS = "OptiSim Sans, Noto Sans, Noto Sans SC, Open Sans, DejaVu Sans, Arial, sans-serif"
EM = 1000  # units of the outlines: as many to the font's size
APART = 1.5  # as far apart as Qt may round pieces of one line

# Browsers show what is selected of a text without ink, but not of one without opacity; others, LibreOffice for one,
# paint text even if its ink has no opacity.
STYLE = "<style>@media all { .words { opacity: 1; fill-opacity: 0 } }</style>"

_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_LINE = re.compile(rf"(?:{_TEXT.pattern.replace('(', '(?:')}\s*)+")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')


def with_outlines(svg: str) -> str:
    """An SVG as QSvgGenerator writes it, with its texts as outlines that are seen and as words that are not."""
    glyphs = _Glyphs()
    svg = _LINE.sub(lambda found: "".join(_both(line, glyphs) for line in _lines(found[0])), svg)
    head, end, rest = svg.partition("</defs>")
    return "".join((head, *glyphs.definitions, end, "\n", STYLE, rest))


@dataclass(frozen=True)
class _Piece:
    """As much of a line as Qt writes at once: (x, y) is where it begins, on the line that letters stand on."""

    attributes: dict[str, str]
    text: str

    @property
    def x(self) -> float:
        return float(self.attributes["x"])

    @property
    def style(self) -> dict[str, str]:
        """What it has in common with the other pieces of its line."""
        return {name: value for name, value in self.attributes.items() if name != "x"}

    def layout(self) -> QTextLayout:
        family = self.attributes["font-family"]
        font = QFont(canvas_font())
        if family not in font.families():
            font.setFamilies([family, *font.families()])
        font.setPixelSize(round(float(self.attributes["font-size"])))
        font.setWeight(QFont.Weight(int(self.attributes["font-weight"])))
        layout = QTextLayout(self.text, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        return layout


def _lines(texts: str) -> Iterator[list[tuple[_Piece, QTextLayout]]]:
    """Texts that follow each other in a file, those together that continue a line."""
    line: list[tuple[_Piece, QTextLayout]] = []
    for attributes, text in _TEXT.findall(texts):
        piece = _Piece(dict(_ATTRIBUTE.findall(attributes)), html.unescape(text))
        if line and (line[-1][0].style != piece.style or abs(_end(*line[-1]) - piece.x) > APART):
            yield line
            line = []
        line.append((piece, piece.layout()))
    yield line


def _end(piece: _Piece, layout: QTextLayout) -> float:
    return piece.x + layout.lineAt(0).horizontalAdvance()


def _both(line: list[tuple[_Piece, QTextLayout]], glyphs: _Glyphs) -> str:
    """A line as outlines and as words."""
    first = line[0][0]
    ink = {name: first.attributes[name] for name in ("fill", "fill-opacity", "stroke")}
    size = float(first.attributes["font-size"]) / EM
    place = f"matrix({size:g},0,0,{size:g},{first.attributes['x']},{first.attributes['y']})"
    uses = []
    for piece, layout in line:
        ascent = layout.lineAt(0).ascent()
        for run in layout.glyphRuns():
            for index, position in zip(run.glyphIndexes(), run.positions(), strict=True):
                if name := glyphs.name(run.rawFont(), index):
                    x, y = (piece.x - first.x + position.x()) / size, (position.y() - ascent) / size
                    uses.append(f'<use xlink:href="#{name}" x="{x:.0f}" y="{y:.0f}"/>')
    font = {name: first.attributes[name] for name in ("x", "y", "font-size", "font-weight")}
    words = {
        **{"class": "words", "opacity": "0", **font, "font-family": FALLBACK_FONTS, "xml:space": "preserve"},
        **{"textLength": f"{_end(*line[-1]) - first.x:g}", "lengthAdjust": "spacingAndGlyphs"},
    }
    outlines = f'<g aria-hidden="true" {_written(ink)} transform="{place}">{"".join(uses)}</g>\n'
    text = "".join(piece.text for piece, _ in line).replace("\N{NO-BREAK SPACE}", " ")  # Qt's, for two spaces
    return f"{outlines}<text {_written(ink | words)}>{html.escape(text, quote=False)}</text>\n"


def _written(attributes: dict[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in attributes.items())


@dataclass
class _Glyphs:
    """The glyphs of a file, each defined once."""

    definitions: list[str] = field(default_factory=list)
    _names: dict[tuple[str, str, int, int], str] = field(default_factory=dict)

    def name(self, font: QRawFont, index: int) -> str:
        """What a glyph is called in the file; nothing if there is nothing to see of it."""
        key = (font.familyName(), font.styleName(), font.weight(), index)
        if key not in self._names:
            large = QRawFont(font)
            large.setPixelSize(EM)
            path = _path_data(large.pathForGlyph(index))
            self._names[key] = f"glyph{len(self.definitions)}" if path else ""
            if path:
                self.definitions.append(f'<path id="{self._names[key]}" fill-rule="nonzero" d="{path}"/>\n')
        return self._names[key]


def _path_data(path: QPainterPath) -> str:
    """The contours of a glyph, in whole units."""
    data: list[str] = []
    for i in range(path.elementCount()):
        element = path.elementAt(i)
        match element.type:
            case QPainterPath.ElementType.MoveToElement:
                data.append("M" if not data else "zM")
            case QPainterPath.ElementType.LineToElement:
                data.append("L")
            case QPainterPath.ElementType.CurveToElement:
                data.append("C")
            case _:
                data.append(" ")
        data.append(f"{element.x:.0f},{element.y:.0f}")
    return "".join(data) + ("z" if data else "")
