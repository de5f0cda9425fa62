"""The legend: every visible run with its line, its ball and its learning rate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from optisim.canvas.map.trails import FAINT
from optisim.canvas.markers import paint_marker
from optisim.canvas.text.symbols import run_text
from optisim.canvas.theme import Theme
from optisim.core.race.scenario import Run

APART = 2 * "\N{NO-BREAK SPACE}"  # between name and rate; of two plain spaces, SVG viewers show one


def legend_text(run: Run) -> str:
    """A run's name, and its learning rate, by which two of the same method are told apart."""
    return run.name if run.label else f"{run.name}{APART}{run_text(run)}".rstrip(APART)


def legend_size(runs: Sequence[Run], font: QFont) -> QRectF:
    """The room that the legend takes, from (0, 0)."""
    metrics = QFontMetricsF(font)
    widest = max(metrics.horizontalAdvance(legend_text(run)) for run in runs)
    return QRectF(0, 0, round(widest) + 40, round(len(runs) * metrics.height() * 1.25) + 10)


def paint_frame(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """The frame of a box that lies on a map, with a ground through which one sees a little of the map."""
    ground = QColor(theme.base)
    ground.setAlphaF(0.82)
    painter.setPen(QPen(QColor(theme.border), 1.0))
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)


def paint_legend(
    painter: QPainter, runs: Sequence[Run], box: QRectF, font: QFont, theme: Theme, framed: bool = True
) -> None:
    """The legend, in a box of its size from (0, 0), in a frame where it lies on a map."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if framed:
        paint_frame(painter, box, theme)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    line = metrics.height() * 1.25
    for number, run in enumerate(runs):
        middle = 5 + (number + 0.5) * line
        painter.setOpacity(FAINT if run.ghost else 1.0)
        painter.setPen(QPen(QColor(run.color), 2.0))
        painter.drawLine(QPointF(7, middle), QPointF(27, middle))
        painter.save()
        painter.translate(17, middle)
        paint_marker(painter, run.marker, run.color, 4.6)
        painter.restore()
        painter.setOpacity(1.0)
        painter.setPen(QColor(theme.muted if run.ghost else theme.text))
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(33, baseline), legend_text(run))
