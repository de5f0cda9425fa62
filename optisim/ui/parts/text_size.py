"""The size of all texts in the window, in percent of what the system asks for, and of what goes with them.

Whoever has a size of its own in pixels multiplies it by `scaled` and has a method `fit_text`, which is called when
the size has changed. What is exported stays as it is.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolBar, QWidget

from optisim.canvas.text.fonts import CANVAS_TEXT
from optisim.core.base.problems import N_

TEXT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)
USUAL = 100
TITLE = N_("Text size")
_ICONS = "optisim_icon_size"  # the dynamic property that remembers the size of a button's icon at 100 %

_percent = USUAL


def scaled(pixels: float) -> int:
    """A length in pixels that goes with the texts."""
    return round(pixels * _percent / 100)


def factor() -> float:
    """By how much texts are larger than usual."""
    return _percent / 100


def allowed(percent: int) -> int:
    """The size to choose that is nearest."""
    return min(TEXT_SIZES, key=lambda size: abs(size - percent))


def neighbour(percent: int, by: int) -> int:
    """The next larger (by 1) or smaller (by −1) size, or the same at the end."""
    at = TEXT_SIZES.index(allowed(percent)) + by
    return TEXT_SIZES[min(max(at, 0), len(TEXT_SIZES) - 1)]


def use_text_size(percent: int) -> None:
    """Write everything in this size from now on; widgets that are there hear of it by `fit`."""
    global _percent
    percent = allowed(percent)
    if percent == _percent:
        return
    font = QApplication.font()
    change = percent / _percent
    if font.pixelSize() > 0:
        font.setPixelSize(max(round(font.pixelSize() * change), 1))
    else:
        font.setPointSizeF(font.pointSizeF() * change)
    _percent = percent
    QApplication.setFont(font)


def fit(root: QWidget) -> None:
    """Let a widget and all in it take the size of text that is in use."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, QAbstractButton | QToolBar):
            usual = widget.property(_ICONS)
            if not isinstance(usual, QSize):
                usual = widget.iconSize()
                widget.setProperty(_ICONS, usual)
            widget.setIconSize(usual * factor())
        own = getattr(widget, "fit_text", None)
        if own is not None:
            own()


def canvas_pixels() -> int:
    """The size of the texts on the screen's map and profile."""
    return scaled(CANVAS_TEXT)
