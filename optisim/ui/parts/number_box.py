"""Entering numbers: a box that takes any spelling of a float, and a slider on a scale."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPolygonF,
    QRegion,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QDoubleSpinBox, QSlider, QStyle, QStyleOptionSlider, QWidget

from optisim.core.base.hyperparameters import Hyper
from optisim.ui.parts.panel import focus_by_tab

SLIDER_STEPS = 1000
TICK = 4.0  # pixels: half the width of the mark at a slider's limit
ROOM_BELOW = 5  # pixels under a slider's handle, for the mark


class NumberBox(QDoubleSpinBox):
    """A spin box for floats of any size: 0.001, 1e-3 and 1E-3 are the same, and nothing is rounded away.

    It takes the value when Enter is pressed or the box is left, and steps by a tenth of the value's own size. A box
    for whole numbers takes no others, and steps by 1.
    """

    committed = Signal(float)

    def __init__(self, low: float, high: float, whole: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self.setDecimals(323)  # Qt rounds to as many, and allows no more
        self.setRange(low, high)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self.committed)

    def show_value(self, value: float) -> None:
        """Show a value without announcing it."""
        if value != self.value():
            with QSignalBlocker(self):
                self.setValue(value)

    def textFromValue(self, value: float) -> str:
        if self._whole:
            return f"{value:.0f}"
        short = f"{value:.6g}"
        return short if float(short) == value else repr(value)

    def valueFromText(self, text: str) -> float:
        try:
            return float(self._plain(text))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> object:
        plain = self._plain(text)
        try:
            value = float(plain)
        except ValueError:
            unfinished = all(letter in "0123456789.eE+-" for letter in plain)
            state = QValidator.State.Intermediate if unfinished else QValidator.State.Invalid
            return state, text, position
        good = math.isfinite(value) and self.minimum() <= value <= self.maximum()
        good = good and (not self._whole or value.is_integer())
        return QValidator.State.Acceptable if good else QValidator.State.Intermediate, text, position

    def fixup(self, text: str) -> str:
        return text  # Qt would take commas out as thousands separators

    def stepBy(self, steps: int) -> None:
        if self._whole:
            self.setValue(self.value() + steps)
            return
        size = abs(self.value()) or 1.0
        unit = 10.0 ** math.floor(math.log10(size * 1.0001)) / 10
        self.setValue(float(f"{self.value() + steps * unit:.12g}"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():  # scrolling the panel must not change what lies under the mouse
            super().wheelEvent(event)
        else:
            event.ignore()

    def _plain(self, text: str) -> str:
        return text.strip().removesuffix(self.suffix().strip()).strip().replace("−", "-").replace(",", ".")


class ScaleSlider(QSlider):
    """A slider along a hyperparameter's scale. A click jumps to the place; the wheel scrolls the panel."""

    moved = Signal(float)

    def __init__(self, hyper: Hyper, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._hyper = hyper
        self._limit: float | None = None
        self.setRange(0, SLIDER_STEPS)
        self.setPageStep(SLIDER_STEPS // 20)
        focus_by_tab(self)
        self.valueChanged.connect(lambda place: self.moved.emit(value_at(self._hyper, place / SLIDER_STEPS)))

    def set_scale(self, hyper: Hyper) -> None:
        """Move along another scale from now on."""
        self._hyper = hyper

    def show_value(self, value: float) -> None:
        """Go to a value without announcing it."""
        with QSignalBlocker(self):
            self.setValue(round(place_of(self._hyper, value) * SLIDER_STEPS))

    @property
    def limit(self) -> float | None:
        """The value beyond which the slider warns; None if it does not."""
        return self._limit

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(0, 2 * ROOM_BELOW)  # on both sides, for the groove is in the middle

    def show_limit(self, limit: float | None) -> None:
        """Mark `limit`, and tint what lies beyond it; at the edge if it lies outside the slider."""
        if limit != self._limit:
            self._limit = limit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._limit is None:
            return
        handle, groove = _handle_and_groove(self)
        left, room = groove.x() + handle.width() / 2, groove.width() - handle.width()
        x = left + place_of(self._hyper, self._limit) * room
        middle, bottom = groove.center().y() + 0.5, self.height() - 1.0
        ink = self.palette().color(QPalette.ColorRole.BrightText)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setClipRegion(QRegion(self.rect()) - QRegion(handle))
        painter.setBrush(_faint(ink))
        painter.drawRoundedRect(QRectF(x, middle - 2.5, groove.right() - x, 5), 2, 2)
        painter.setClipping(False)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF(_tick(x, bottom, self._hyper, self._limit)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        jump_to_click(self, event)
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _faint(ink: QColor) -> QColor:
    faint = QColor(ink)
    faint.setAlphaF(0.45)
    return faint


def _tick(x: float, bottom: float, hyper: Hyper, limit: float) -> list[QPointF]:
    """A triangle under a slider's groove: it points up at the limit, or to the side where that lies outside."""
    height = 1.6 * TICK
    if limit > hyper.high:
        return [
            QPointF(x - TICK, bottom - height),
            QPointF(x + TICK, bottom - height / 2),
            QPointF(x - TICK, bottom),
        ]
    if limit < hyper.low:
        return [
            QPointF(x + TICK, bottom - height),
            QPointF(x - TICK, bottom - height / 2),
            QPointF(x + TICK, bottom),
        ]
    return [QPointF(x - TICK, bottom), QPointF(x, bottom - height), QPointF(x + TICK, bottom)]


def _handle_and_groove(slider: QSlider) -> tuple[QRect, QRect]:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style, control = slider.style(), QStyle.ComplexControl.CC_Slider
    handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, slider)
    groove = style.subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, slider)
    return handle, groove


def jump_to_click(slider: QSlider, event: QMouseEvent) -> None:
    """Put the handle where the groove was clicked; pressing the handle itself leaves it."""
    if event.button() != Qt.MouseButton.LeftButton:
        return
    handle, groove = _handle_and_groove(slider)
    if handle.contains(event.position().toPoint()):
        return
    room = groove.width() - handle.width()
    at = round(event.position().x()) - groove.x() - handle.width() // 2
    slider.setValue(QStyle.sliderValueFromPosition(slider.minimum(), slider.maximum(), at, room))


# ── Scales ───────────────────────────────────────────────────────────────────────────────────────────────


def value_at(hyper: Hyper, place: float) -> float:
    """The value at `place` (0 to 1) of the hyperparameter's slider, in three significant digits."""
    match hyper.scale:
        case "log":
            value = hyper.low * (hyper.high / hyper.low) ** place
        case "decay":
            # 0 at the left, then 0.9, 0.99, 0.999 … at even distances: 1 − value is logarithmic
            left = (1 - hyper.high) ** place
            return float(f"{1 - float(f'{left:.3g}'):.10g}")
        case "count":
            return float(round(hyper.low + place * (hyper.high - hyper.low)))
        case _:
            value = hyper.low + place * (hyper.high - hyper.low)
    return float(f"{value:.3g}")


def place_of(hyper: Hyper, value: float) -> float:
    """The place (0 to 1) of a value on the hyperparameter's slider."""
    value = min(max(value, hyper.low), hyper.high)
    match hyper.scale:
        case "log":
            return math.log(value / hyper.low) / math.log(hyper.high / hyper.low)
        case "decay":
            return math.log(1 - value) / math.log(1 - hyper.high)
        case _:
            return (value - hyper.low) / (hyper.high - hyper.low)
