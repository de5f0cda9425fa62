"""A widget that shows a formula, wrapped between its terms to the width there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from optisim.canvas.mathtext import MathText, typeset

SPACE = 4.0  # pixels between terms
LEADING = 7.0  # pixels between lines
MARGIN = 6.0


class FormulaView(QWidget):
    """Rows of formulas; each row is a list of LaTeX pieces between which it may break.

    The first typesetting happens only once the window is on the screen, so that starting does not wait for it.
    """

    def __init__(self, size: float = 15.0, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._placed: list[tuple[QPointF, float, MathText]] = []
        self._ready = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(lines * (size * 1.9 + LEADING) + 2 * MARGIN))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows of pieces."""
        new = tuple(tuple(row) for row in rows)
        if new != self._rows:
            self._rows = new
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._ready:
            self._ready = True
            QTimer.singleShot(0, self, self._lay_out)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().windowText())
        for at, scale, text in self._placed:
            painter.save()
            painter.translate(at)
            painter.scale(scale, scale)
            painter.drawPath(text.path)
            painter.restore()

    def _lay_out(self) -> None:
        if not self._ready:
            return
        room = self.width() - 2 * MARGIN
        self._placed = []
        top = MARGIN
        for row in self._rows:
            line: list[tuple[float, MathText, float]] = []
            x = 0.0
            for piece in row:
                text = typeset(piece, self._size)
                width = text.box.width()
                if line and x + width > room:
                    top = self._place(line, top)
                    # a broken row goes on indented
                    line, x = [], 2 * SPACE + self._size
                scale = min(1.0, max(room - x, 40.0) / width) if width > 0 else 1.0
                line.append((x, text, scale))
                x += width * scale + SPACE
            top = self._place(line, top)
        height = round(max(top - LEADING, 0) + MARGIN)
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    def _place(self, line: list[tuple[float, MathText, float]], top: float) -> float:
        """Put one line below `top`; returns where the next one begins."""
        if not line:
            return top
        ascent = max(-text.box.top() * scale for _, text, scale in line)
        descent = max(text.box.bottom() * scale for _, text, scale in line)
        baseline = top + ascent
        for x, text, scale in line:
            self._placed.append((QPointF(MARGIN + x - text.box.left() * scale, baseline), scale, text))
        return baseline + descent + LEADING
