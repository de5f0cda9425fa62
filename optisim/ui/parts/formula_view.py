"""A widget that shows a formula, wrapped between its terms to the width there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from optisim.canvas.text.mathtext import MathText, typeset
from optisim.ui.parts.text_size import factor

SPACE = 2.0  # pixels between terms
LEADING = 7.0  # pixels between lines
INDENT = 20.0
MARGIN = 6.0


class FormulaView(QWidget):
    """Rows of formulas; each row is a list of LaTeX pieces between which it may break.

    The first typesetting happens only once the window is on the screen, so that starting does not wait for it.
    """

    def __init__(self, size: float = 15.0, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._placed: list[tuple[QPointF, MathText]] = []
        self._scale = 1.0  # below 1 where the widest piece does not fit
        self._ready = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(lines * (size * factor() * 1.9 + LEADING) + 2 * MARGIN))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows of pieces."""
        new = tuple(tuple(row) for row in rows)
        if new != self._rows:
            self._rows = new
            self._lay_out()

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
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
        for at, text in self._placed:
            painter.save()
            painter.translate(at)
            painter.scale(self._scale, self._scale)
            painter.drawPath(text.path)
            painter.restore()

    def _lay_out(self) -> None:
        if not self._ready:
            return
        room = self.width() - 2 * MARGIN
        lines = [
            line for row in self._rows for line in _broken([typeset(p, self._size * factor()) for p in row], room)
        ]
        widest = max((_width(line) for line in lines), default=0.0)
        self._scale = min(1.0, room / widest) if widest > 0 else 1.0
        self._placed = []
        top = MARGIN
        for line in lines:
            baseline = top - self._scale * min(text.box.top() for _, text in line)
            for x, text in line:
                self._placed.append((QPointF(MARGIN + self._scale * (x - text.box.left()), baseline), text))
            top = baseline + self._scale * max(text.box.bottom() for _, text in line) + LEADING
        self.setFixedHeight(round(max(top - LEADING, 0.0) + MARGIN))
        self.update()


Line = list[tuple[float, MathText]]


def _broken(pieces: list[MathText], room: float) -> list[Line]:
    """Pieces side by side, in as many lines as it takes; lines after the first are indented."""
    lines: list[Line] = [[]]
    x = 0.0
    for text in pieces:
        if lines[-1] and x + text.box.width() > room:
            lines.append([])
            x = INDENT
        lines[-1].append((x, text))
        x += text.box.width() + SPACE
    return [line for line in lines if line]


def _width(line: Line) -> float:
    x, text = line[-1]
    return x + text.box.width()
