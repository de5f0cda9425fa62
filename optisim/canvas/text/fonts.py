"""The font of maps and charts."""

from __future__ import annotations

from PySide6.QtGui import QFont

CANVAS_TEXT = 12  # pixels


def canvas_font(pixels: int = CANVAS_TEXT) -> QFont:
    """The font of axes, labels and legend: the program's own, so that figures look the same everywhere."""
    font = QFont()
    font.setFamilies(["OptiSim Sans", "OptiSim Sans SC"])
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
