"""Images that go from one process to another."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QImage


class Pixels(NamedTuple):
    """An image for another process."""

    width: int
    height: int
    format: int
    bytes_per_line: int
    data: bytes
    dots_per_meter: int
    ratio: float

    @classmethod
    def of(cls, image: QImage) -> Pixels:
        return cls(
            image.width(),
            image.height(),
            image.format().value,
            image.bytesPerLine(),
            bytes(image.constBits()),
            image.dotsPerMeterX(),
            image.devicePixelRatio(),
        )

    def image(self) -> QImage:
        """The image, with memory of its own."""
        form = QImage.Format(self.format)
        image = QImage(self.data, self.width, self.height, self.bytes_per_line, form).copy()
        image.setDotsPerMeterX(self.dots_per_meter)
        image.setDotsPerMeterY(self.dots_per_meter)
        image.setDevicePixelRatio(self.ratio)
        return image
