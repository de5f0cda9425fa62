"""Figures as files: PNG, SVG and PDF, painted by one FigurePainter. PNG and SVG carry their scenario."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPageLayout, QPageSize, QPaintDevice, QPainter

from optisim.canvas.map.snapshot import Snapshot
from optisim.canvas.theme import THEMES
from optisim.core.base.problems import N_, Problem
from optisim.core.base.tables import Table
from optisim.core.documents.kinds import to_json
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import race_to_end
from optisim.export.embedding import PNG, PNG_KEY, SVG, svg_with_document
from optisim.export.figures.figure import Figure, display_of_figures
from optisim.export.figures.painter import FigurePainter
from optisim.export.figures.svg_text import with_outlines
from optisim.export.files import NO_FORMAT, Format, by_ending, write_safely
from optisim.language import tr

FINE = 1200  # dots to the inch by which PDF's coordinates are rounded
METERS_PER_INCH = 0.0254
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def painter_of(
    figure: Figure,
    scenario: Scenario,
    step: float | None = None,
    looked_at: tuple[int, int] = (0, 0),
    progress: Callable[[int, int], object] | None = None,
) -> FigurePainter:
    """What paints `scenario`, raced to its end, at a step; at the last one if None.

    Args:
        figure, looked_at: as for FigurePainter.
        scenario: what is raced.
        step: the instant.
        progress: as for `race_to_end`.

    Raises:
        Problem: if the figure cannot be made.
    """
    figure.check()
    cursor = float(scenario.steps if step is None else step)
    snapshot = Snapshot(scenario, tuple(race_to_end(scenario, progress)), cursor, looked_at[0])
    painter = FigurePainter(figure, snapshot, looked_at)
    painter.show(cursor)
    return painter


def image_of(painter: FigurePainter, pixels: QSize | None = None) -> QImage:
    """The figure as an image of the size that it asks for, or of another one, such as a preview's.

    Raises:
        Problem: if the image does not fit in memory.
    """
    figure = painter.figure
    size = figure.pixels if pixels is None else pixels
    form = QImage.Format.Format_ARGB32_Premultiplied if figure.transparent else QImage.Format.Format_RGB32
    image = QImage(size, form)
    if image.isNull():
        raise Problem(N_("There is not enough memory for this image; choose a smaller one."))
    # all of it, for its last row or column may be more than the figure has
    image.fill(QColor(THEMES[figure.theme].base) if not figure.transparent else Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(size.width() / figure.size.width())  # so that what is kept is kept in its pixels
    _paint(painter, image, vector=False)
    image.setDevicePixelRatio(1.0)
    image.setDotsPerMeterX(round(figure.dpi / METERS_PER_INCH))
    image.setDotsPerMeterY(round(figure.dpi / METERS_PER_INCH))
    return image


def thumbnail(scenario: Scenario, theme: str, width: int, height: int, ratio: float = 1.0) -> QImage:
    """A small picture of a race at its end.

    Args:
        scenario: what is raced.
        theme: a name of THEMES.
        width, height: in device-independent pixels.
        ratio: pixels of the image to each of those.
    """
    display = display_of_figures().with_parts(labels=False, legend=False, colorbar=False)
    figure = Figure(width, height, dpi=96.0, text=6.0, theme=theme, display=display, axes=False)
    image = image_of(painter_of(figure, scenario), QSize(round(width * ratio), round(height * ratio)))
    image.setDevicePixelRatio(ratio)
    return image


# ── Formats ──────────────────────────────────────────────────────────────────────────────────────────────


def png_bytes(painter: FigurePainter, scenario: Scenario) -> bytes:
    """The figure as pixels."""
    image = image_of(painter)
    image.setText(PNG_KEY, to_json(scenario))
    buffer = _buffer()
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise Problem(N_("There is not enough memory for this image; choose a smaller one."))
    return bytes(buffer.data().data())


def svg_bytes(painter: FigurePainter, scenario: Scenario) -> bytes:
    """The figure as vectors; text is outlines and words, see `svg_text`, and the heat map is there once."""
    from PySide6.QtSvg import QSvgGenerator

    figure = painter.figure
    buffer = _buffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # Tiny 1.2 cannot clip
    generator.setOutputDevice(buffer)
    generator.setSize(figure.size.toSize())
    generator.setViewBox(QRectF(0, 0, figure.size.width(), figure.size.height()))
    generator.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))
    generator.setTitle(_title(figure, scenario))
    _paint(painter, generator, vector=True)
    text = bytes(buffer.data().data())
    # Qt gives whole millimetres of the screen
    unit = "" if figure.unit == "px" else figure.unit
    sides = f'width="{figure.width:g}{unit}" height="{figure.height:g}{unit}"'
    text = re.sub(rb'width="[\d.]+mm" height="[\d.]+mm"', sides.encode(), text, count=1)
    xml = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text.decode("utf-8", "replace"))
    return svg_with_document(_with_images_once(with_outlines(xml).encode()), scenario)


def _with_images_once(svg: bytes) -> bytes:
    """An SVG in which a picture that occurs again refers to where it was first."""
    seen: dict[bytes, bytes] = {}

    def once(found: re.Match[bytes]) -> bytes:
        name = seen.get(found[2])
        if name is None:
            seen[found[2]] = name = b"picture%d" % len(seen)
            return found[0].replace(b"<image ", b'<image id="%s" ' % name, 1)
        return b'<use xlink:href="#%s" />' % name

    return re.sub(rb'<image ([^>]*?)xlink:href="(data:[^"]*)"[^>]*/>', once, svg)


def pdf_bytes(painter: FigurePainter, scenario: Scenario) -> bytes:
    """The figure as vectors on a page of its own size."""
    from PySide6.QtGui import QPdfWriter

    figure = painter.figure
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(figure.inches, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Inch)
    writer.setResolution(FINE)
    writer.setTitle(_title(figure, scenario))
    writer.setCreator("OptiSim")
    writer.addFileAttachment("scenario.optisim.json", to_json(scenario).encode(), "application/json")
    _paint(painter, writer, vector=True, scale=FINE / figure.units_per_inch)
    return bytes(buffer.data().data())


def _title(figure: Figure, scenario: Scenario) -> str:
    """What the document is called."""
    surface = scenario.surface
    return figure.title or (tr(surface.name) if surface.name else surface.formula)


def _buffer() -> QBuffer:
    """Memory to draw to. Qt does not say whether it could write all of a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _paint(figure: FigurePainter, device: QPaintDevice, vector: bool, scale: float = 1.0) -> None:
    painter = QPainter()
    if not painter.begin(device):
        raise Problem(N_("There is not enough memory for this image; choose a smaller one."))
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering, True)  # else PDF makes a JPEG of the heat map
    painter.scale(scale, scale)
    figure.paint(painter, vector)
    painter.end()


@dataclass(frozen=True)
class FigureFormat(Format[Callable[[FigurePainter, Scenario], bytes]]):
    """A format of figures. `write` gives the bytes of the file, which carries the scenario if it can.

    Attributes:
        vector: it has no pixels; only its size on paper matters.
    """

    vector: bool = False


FIGURE_FORMATS = Table(
    (
        FigureFormat(".png", N_("PNG, pixels for screens and slides"), png_bytes, PNG),
        FigureFormat(".svg", N_("SVG, vectors for the web and for editing"), svg_bytes, SVG, vector=True),
        FigureFormat(".pdf", N_("PDF, vectors for print and LaTeX"), pdf_bytes, vector=True),
    ),
    unknown=NO_FORMAT,
)


def save_figure(painter: FigurePainter, scenario: Scenario, path: Path) -> None:
    """Write a figure to `path`, in the format its ending names; `scenario` is what it carries.

    Raises:
        Problem: if the format is unknown or the file cannot be written.
    """
    data = by_ending(path, FIGURE_FORMATS).write(painter, scenario)
    write_safely(path, lambda temporary: temporary.write_bytes(data))


def at_scale(figure: Figure, scale: float) -> Figure:
    """The figure with everything, lines and text too, enlarged."""
    return replace(figure, width=figure.width * scale, height=figure.height * scale, text=figure.text * scale)


def reserved_colors(figure: Figure, scenario: Scenario) -> list[str]:
    """The colours that even a film of few colours must have: those of the runs, of text and ground."""
    theme = THEMES[figure.theme]
    return [*(run.color for run in scenario.runs), theme.text, theme.base, "#ffffff"]
