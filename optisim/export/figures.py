"""Figures of the canvas: PNG, SVG and PDF.

The figure is a canvas of its own at the size asked for, painted by the same code as the window's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSize, QSizeF
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
    buffer = _buffer()
    image_of(canvas, size, scale).save(buffer, "PNG")  # type: ignore[call-overload]
    _store(buffer, path)


def save_svg(canvas: Canvas, path: Path, size: QSize, scale: float) -> None:
    """The canvas as vectors, in user units of one pixel; text stays text."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size * scale)
    generator.setViewBox(
        canvas.rect().adjusted(0, 0, size.width() - canvas.width(), size.height() - canvas.height())
    )
    generator.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))
    generator.setTitle(canvas.race.scenario.surface.formula)
    _paint(canvas, size, generator, vector=True)
    # other programs do not have OptiSim's font: name ones of nearly the same widths after it
    text = re.sub(rb'font-family="[^"]*"', f'font-family="{FALLBACK_FONTS}"'.encode(), buffer.data().data())
    # Qt gives millimetres with too few digits for whole pixels
    sides = f'width="{generator.size().width()}" height="{generator.size().height()}"'
    text = re.sub(rb'width="[\d.]+mm" height="[\d.]+mm"', sides.encode(), text, count=1)
    write_safely(path, lambda temporary: temporary.write_bytes(text))


def save_pdf(canvas: Canvas, path: Path, size: QSize, scale: float) -> None:
    """The canvas as vectors on a page of its own size, at 96 pixels to the inch."""
    from PySide6.QtGui import QPdfWriter

    buffer = _buffer()
    writer = QPdfWriter(buffer)
    inches = QSizeF(size.width(), size.height()) * (scale / PIXELS_PER_INCH)
    writer.setPageSize(QPageSize(inches, QPageSize.Unit.Inch))
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Inch)
    writer.setResolution(round(PIXELS_PER_INCH))
    writer.setTitle(canvas.race.scenario.surface.formula)
    writer.setCreator("OptiSim")
    _paint(canvas, size, writer, vector=True, scale=scale)
    _store(buffer, path)


def _buffer() -> QBuffer:
    """Memory to draw to. Qt does not say whether it could write all of a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _store(buffer: QBuffer, path: Path) -> None:
    write_safely(path, lambda temporary: temporary.write_bytes(buffer.data().data()))


def _paint(canvas: Canvas, size: QSize, device: QPaintDevice, vector: bool, scale: float = 1.0) -> None:
    figure = canvas.figure(size)
    painter = QPainter()
    try:
        if not painter.begin(device):
            raise Problem(N_("There is not enough memory for this image; choose a smaller one."))
        painter.scale(scale, scale)
        figure.render_with(painter, vector)
        painter.end()
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
