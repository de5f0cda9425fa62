"""Entering numbers: a box that takes any spelling of a float, and a slider on a scale."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
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
SNAP = 2.5  # pixels from its limit within which a slider that is dragged goes to it
FINE = 10  # with Shift, a slider moves so much less
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
    """A slider along a hyperparameter's scale.

    Dragged, it gives the roundest value that its pixel can mean, and snaps at its limit; with Shift it moves a
    tenth as far, and snaps nowhere. Once it has been clicked, arrow keys and the wheel go on in steps of the second
    digit, with Shift of the third; until then the wheel scrolls the panel.
    """

    moved = Signal(float)

    def __init__(self, hyper: Hyper, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._hyper = hyper
        self._limit: float | None = None
        self._exact = hyper.low  # the value; the slider's own knows only whole places
        self._place = 0.0  # of the handle while it is dragged, from 0 to 1
        self._last_x = 0.0
        self._grip = 0.0  # how far from the middle of the handle it was taken hold of, in pixels
        self.setRange(0, SLIDER_STEPS)
        self.setPageStep(SLIDER_STEPS // 20)
        focus_by_tab(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda place: self._announce(value_at(self._hyper, place / SLIDER_STEPS)))

    @property
    def scale(self) -> Hyper:
        """The hyperparameter along whose scale it moves."""
        return self._hyper

    def set_scale(self, hyper: Hyper) -> None:
        """Move along another scale from now on."""
        self._hyper = hyper

    def show_value(self, value: float) -> None:
        """Go to a value without announcing it."""
        self._exact = value
        with QSignalBlocker(self):
            self.setValue(round(place_of(self._hyper, value) * SLIDER_STEPS))

    def _announce(self, value: float) -> None:
        """Go to a value that the user chose."""
        self.show_value(min(max(value, self._hyper.low), self._hyper.high))
        self.moved.emit(self._exact)

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

    # ── Dragging ─────────────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        handle, _ = _handle_and_groove(self)
        x = event.position().x()
        held = handle.contains(event.position().toPoint())
        self._grip = x - handle.center().x() if held else 0.0
        self._place, self._last_x = place_of(self._hyper, self._exact), x
        self.setSliderDown(True)
        if not held:
            self._drag_to(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.isSliderDown():
            return
        x = event.position().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._place = min(max(self._place + (x - self._last_x) / self._room() / FINE, 0.0), 1.0)
            self._announce(value_at(self._hyper, self._place))
        elif x != self._last_x:
            self._drag_to(x)
        self._last_x = x

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _room(self) -> float:
        """The pixels between the ends."""
        handle, groove = _handle_and_groove(self)
        return max(groove.width() - handle.width(), 1)

    def _drag_to(self, x: float) -> None:
        handle, groove = _handle_and_groove(self)
        room = self._room()
        self._place = min(max((x - self._grip - groove.x() - handle.width() / 2) / room, 0.0), 1.0)
        limit = self._limit
        inside = limit is not None and self._hyper.low <= limit <= self._hyper.high
        if limit is not None and inside and abs(place_of(self._hyper, limit) - self._place) * room <= SNAP:
            self._announce(float(f"{limit:.6g}"))
            return
        ends = (min(max(self._place + by / room, 0.0), 1.0) for by in (-0.5, 0.5))
        low, high = sorted(value_at(self._hyper, end) for end in ends)
        self._announce(roundest(value_at(self._hyper, self._place), low, high))

    # ── Steps ────────────────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _KEYS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self._step(by, event.modifiers())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():  # scrolling the panel must not change what lies under the mouse
            event.ignore()
            return
        turned = event.angleDelta().y() or event.angleDelta().x()  # with some keys, the wheel turns sideways
        self._step((turned > 0) - (turned < 0), event.modifiers())
        event.accept()

    def _step(self, by: int, modifiers: Qt.KeyboardModifier) -> None:
        fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        self._announce(stepped(self._hyper, self._exact, by, FINE if fine else 1))


_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


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


def roundest(value: float, low: float, high: float) -> float:
    """The number from `low` to `high` with the fewest digits, and of those the nearest to `value`."""
    for digits in range(1, 17):
        short = float(f"{value:.{digits}g}")
        if low <= short <= high:
            return short
    return value


def stepped(hyper: Hyper, value: float, by: int, fine: int = 1) -> float:
    """A value some steps of its second digit further, or of a `fine`th of that; a decay's of what it lacks of 1."""
    if hyper.scale == "count":
        return round(value) + by
    size = 1 - value if hyper.scale == "decay" else abs(value)
    size = size or hyper.high - hyper.low
    if (by < 0 and hyper.scale != "decay") or (by > 0 and hyper.scale == "decay"):
        size *= 1 - 1e-9  # from 1.0 downwards, steps are of 0.01
    unit = 10.0 ** math.floor(math.log10(size * (1 + 1e-12))) / (10 * fine)
    return float(f"{value + by * unit:.12g}")
