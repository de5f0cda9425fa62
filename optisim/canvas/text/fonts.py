"""The font of maps and charts."""

from __future__ import annotations

from PySide6.QtGui import QFont


def canvas_font() -> QFont:
    """The font of axes, labels and legend: the program's own, so that figures look the same everywhere."""
    font = QFont()
    font.setFamilies(["OptiSim Sans", "OptiSim Sans SC"])
    font.setPixelSize(12)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
