"""Figures of the canvas: PNG, SVG and PDF.

The figure is a canvas of its own at the size asked for, painted by the same code as the window's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPaintDevice, QPainter

from optisim.canvas.canvas import Canvas
from optisim.core.problems import N_, Problem
from optisim.export.files import write_safely

LARGEST = 16384  # pixels a side, beyond which images fail to allocate or to open elsewhere
FALLBACK_FONTS = "OptiSim Sans, Noto Sans, Noto Sans SC, Open Sans, DejaVu Sans, Arial, sans-serif"
PIXELS_PER_INCH = 96.0


def image_of(canvas: Canvas, size: QSize, scale: float = 1.0) -> QImage:
    """The canvas as an image of `size` × `scale` pixels; `scale` enlarges lines and text alike.

    Raises:
        Problem: if a side would be longer than LARGEST, or the image does not fit in memory.
    """
    pixels = size * scale
    if max(pixels.width(), pixels.height()) > LARGEST:
        raise Problem(
            N_("{width} × {height} pixels are too many; a side can have {most} at the most."),
            width=pixels.width(),
            height=pixels.height(),
            most=LARGEST,
        )
    image = QImage(pixels, QImage.Format.Format_RGB32)
    if image.isNull():
        raise Problem(N_("There is not enough memory for this image; choose a smaller one."))
    image.setDevicePixelRatio(scale)
    _paint(canvas, size, image, vector=False)
    image.setDevicePixelRatio(1.0)
    image.setDotsPerMeterX(round(PIXELS_PER_INCH * scale / 0.0254))
    image.setDotsPerMeterY(round(PIXELS_PER_INCH * scale / 0.0254))
    return image


def save_png(canvas: Canvas, path: Path, size: QSize, scale: float) -> None:
    """The canvas as pixels."""
    image = image_of(canvas, size, scale)

    def write(temporary: Path) -> None:
        if not image.save(str(temporary), "PNG"):  # type: ignore[call-overload]
            raise OSError(28, "the image could not be stored")  # Qt does not say why; it is the disk

    write_safely(path, write)


def save_svg(canvas: Canvas, path: Path, size: QSize, scale: float) -> None:
    """The canvas as vectors, in user units of one pixel; text stays text."""
    from PySide6.QtSvg import QSvgGenerator

    def write(temporary: Path) -> None:
        generator = QSvgGenerator()
        generator.setFileName(str(temporary))
        generator.setSize(size * scale)
        generator.setViewBox(
            canvas.rect().adjusted(0, 0, size.width() - canvas.width(), size.height() - canvas.height())
        )
        generator.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))
        generator.setTitle(canvas.race.scenario.surface.formula)
        _paint(canvas, size, generator, vector=True)
        text = temporary.read_text(encoding="utf-8")
        # other programs do not have OptiSim's font: name ones of nearly the same widths after it
        text = re.sub(r'font-family="[^"]*"', f'font-family="{FALLBACK_FONTS}"', text)
        temporary.write_text(text, encoding="utf-8")

    write_safely(path, write)


def save_pdf(canvas: Canvas, path: Path, size: QSize, scale: float) -> None:
    """The canvas as vectors on a page of its own size, at 96 pixels to the inch."""
    from PySide6.QtGui import QPdfWriter

    def write(temporary: Path) -> None:
        writer = QPdfWriter(str(temporary))
        inches = QSizeF(size.width(), size.height()) * (scale / PIXELS_PER_INCH)
        writer.setPageSize(QPageSize(inches, QPageSize.Unit.Inch))
        writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Inch)
        writer.setResolution(round(PIXELS_PER_INCH))
        writer.setTitle(canvas.race.scenario.surface.formula)
        writer.setCreator("OptiSim")
        _paint(canvas, size, writer, vector=True, scale=scale)

    write_safely(path, write)


def _paint(canvas: Canvas, size: QSize, device: QPaintDevice, vector: bool, scale: float = 1.0) -> None:
    figure = canvas.figure(size)
    painter = QPainter()
    try:
        if not painter.begin(device):
            raise OSError(28, "the figure could not be begun")
        painter.scale(scale, scale)
        figure.render_with(painter, vector)
        if not painter.end():
            raise OSError(28, "the figure could not be finished")
    finally:
        figure.close()
        figure.deleteLater()


Exporter = Callable[[Canvas, Path, QSize, float], None]
EXPORTERS: dict[str, Exporter] = {".png": save_png, ".svg": save_svg, ".pdf": save_pdf}
"""File ending → function. Adding a format is one function and its line here."""


def save_figure(canvas: Canvas, path: Path, size: QSize, scale: float = 1.0) -> None:
    """Write what the canvas shows to `path`, in the format its ending names.

    Raises:
        Problem: if the format is unknown or the file cannot be written.
    """
    exporter = EXPORTERS.get(path.suffix.lower())
    if exporter is None:
        raise Problem(
            N_("“{name}” has no known ending; choose one of {endings}."),
            name=path.name,
            endings=", ".join(EXPORTERS),
        )
    exporter(canvas, path, size, scale)
