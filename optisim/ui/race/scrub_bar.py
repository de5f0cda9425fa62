"""The time line: a slider with the bookmarks as small flags over it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QMenu, QSlider, QStyle, QStyleOptionSlider, QToolTip, QWidget

from optisim.language import tr
from optisim.ui.parts.number_box import jump_to_click
from optisim.ui.parts.panel import focus_by_tab
from optisim.ui.parts.plain import plain_tip

HEIGHT = 34  # pixels, so that there is room for flags over the groove
FLAG = QPolygonF([QPointF(*corner) for corner in ((-4.5, 1), (4.5, 1), (4.5, 6.5), (0, 11.5), (-4.5, 6.5))])
REACH = 7  # pixels to each side that a flag can be clicked in
DEPTH = 13  # pixels from the top; below, the mouse takes the handle or the groove


class ScrubBar(QSlider):
    """The time line. A click goes there at once; on a flag, to its step exactly.

    Signals:
        bookmarkChosen(step), bookmarkRemoved(step): what the mouse asked for.
    """

    bookmarkChosen = Signal(int)
    bookmarkRemoved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._bookmarks: tuple[int, ...] = ()
        self._places = 1  # slider places a step
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        focus_by_tab(self)

    def show_bookmarks(self, steps: Iterable[int], places: int) -> None:
        """Show flags at these steps, of `places` slider places each."""
        self._bookmarks, self._places = tuple(steps), places
        self.update()

    def flag_at(self, x: float, y: float) -> int | None:
        """The step of the bookmark whose flag is at a place of the widget, if there is one."""
        near = [(abs(self.across(step) - x), step) for step in self._bookmarks]
        distance, step = min(near, default=(float("inf"), 0))
        return step if y < DEPTH and distance <= REACH else None

    def across(self, step: int) -> float:
        """Where the middle of the handle is at a step, in pixels from the left."""
        groove, handle = (
            self._part(QStyle.SubControl.SC_SliderGroove),
            self._part(QStyle.SubControl.SC_SliderHandle),
        )
        room = groove.width() - handle.width()
        at = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), step * self._places, room)
        return groove.x() + at + handle.width() / 2

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._bookmarks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        role = QPalette.ColorRole
        painter.setPen(QPen(self.palette().color(role.Window), 1.0))  # keeps neighbours apart
        painter.setBrush(self.palette().color(role.Accent))
        for x in sorted({self.across(step) for step in self._bookmarks}):  # those on one pixel once
            painter.drawPolygon(FLAG.translated(x, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self.flag_at(event.position().x(), event.position().y())
        if step is None:
            jump_to_click(self, event)
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.bookmarkChosen.emit(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.flag_at(event.position().x(), event.position().y()) is not None and not self.isSliderDown()
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        step = self.flag_at(event.pos().x(), event.pos().y())
        if step is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go = menu.addAction(tr("Go to step {step}", step=step))
        go.triggered.connect(lambda: self.bookmarkChosen.emit(step))
        remove = menu.addAction(tr("Remove this bookmark"))
        remove.triggered.connect(lambda: self.bookmarkRemoved.emit(step))
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self.flag_at(event.pos().x(), event.pos().y())
            if step is not None:
                QToolTip.showText(event.globalPos(), plain_tip(tr("Bookmark at step {step}", step=step)), self)
                return True
        return super().event(event)
