"""The chart as a widget that is clicked, dragged and read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from optisim.canvas.charts.charts import ChartPicture, Plot
from optisim.canvas.theme import Theme


class Chart(QWidget):
    """Shows a ChartPicture.

    Signals:
        sought(int): a step was clicked, or dragged to.
    """

    sought = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = ChartPicture()
        self._hovered: QPointF | None = None
        self.setMouseTracking(True)
        self._fit()

    @property
    def plot(self) -> Plot:
        return self.picture.plot

    def show_plot(self, plot: Plot) -> None:
        """Show these curves."""
        self.picture.show_plot(plot)
        self.setAccessibleName(plot.title)
        self.update()

    def show_cursor(self, cursor: float) -> None:
        """Move the cursor to a step; it glides between whole ones."""
        if cursor != self.picture.now:
            self.picture.now = cursor
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.picture.show_theme(theme)
        self.update()

    def _fit(self) -> None:
        self.picture.fit(QSizeF(self.size()), self.font())
        self.update()

    # ── What happens ─────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.picture.paint(painter, self._hovered)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.plot.message:
            self.sought.emit(self.picture.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton and not self.plot.message:
            self.sought.emit(self.picture.step_at(event.position().x()))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def resizeEvent(self, event: QEvent) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)
