"""The learning-rate schedule of a run: which one, its hyperparameters, and its course."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from optisim.canvas.text.symbols import rate_symbol
from optisim.core.base.arrays import Array
from optisim.core.race.scenario import Run
from optisim.core.race.schedules import SCHEDULES, Constant
from optisim.language import tr
from optisim.ui.parts.hyper_form import HyperForm
from optisim.ui.parts.panel import Panel, focus_by_tab
from optisim.ui.parts.plain import Label, plain_tip
from optisim.ui.parts.text_size import scaled

MOST_POINTS = 2000  # of the curve; more would be finer than the screen


class ScheduleForm(Panel):
    """Edits the schedule of the run that is shown.

    Signals:
        chosen(slug): another schedule was chosen.
        changed(name, value): a hyperparameter of the schedule was given another value.
    """

    chosen = Signal(str)
    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label()
        self.choice = QComboBox()
        for slug in SCHEDULES:
            self.choice.addItem("", slug)
        focus_by_tab(self.choice)
        self.choice.activated.connect(lambda index: self.chosen.emit(self.choice.itemData(index)))
        self.form = HyperForm()
        self.form.changed.connect(self.changed)
        self.plot = RatePlot()
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addWidget(self.choice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.plot)
        column.addWidget(self.form)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(tr("Schedule"))
        self.choice.setAccessibleName(tr("Learning-rate schedule"))
        for index, kind in enumerate(SCHEDULES.values()):
            self.choice.setItemText(index, tr(kind.name))
            self.choice.setItemData(index, plain_tip(tr(kind.character)), Qt.ItemDataRole.ToolTipRole)
        self.choice.setToolTip(tr("How the learning rate changes on the way"))
        self.plot.setToolTip(tr("The learning rate at every update"))

    def show_run(self, run: Run, steps: int) -> None:
        """Show the schedule of `run` for `steps` updates; nothing if the method finds its rate itself."""
        self.setVisible(run.optimizer.has_rate())
        if not run.optimizer.has_rate():
            return
        self.choice.setCurrentIndex(self.choice.findData(run.schedule.slug()))
        plain = run.schedule == Constant()
        self.form.setVisible(not plain)
        self.plot.setVisible(run.scheduled)
        if not plain:
            self.form.show_values(run.schedule)
        if run.scheduled:
            self.plot.show_run(run, steps)

    def show_cursor(self, cursor: float) -> None:
        """Mark the instant that is shown on the map."""
        self.plot.show_cursor(cursor)


class RatePlot(QWidget):
    """The learning rate over the updates, with the present one marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fit_text()
        self._run: Run | None = None
        self._steps = 1
        self._times: Array = np.zeros(1)
        self._rates: Array = np.zeros(1)
        self._cursor = 0.0

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        self.setFixedHeight(scaled(92))

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def show_run(self, run: Run, steps: int) -> None:
        """Show the rates of `run`."""
        self._run, self._steps = run, steps
        self._times = np.unique(np.linspace(0, steps - 1, min(steps, MOST_POINTS)).astype(int))
        self._rates = np.array([run.rate(t, steps) for t in self._times.tolist()])
        for past in run.past:  # a branch changes the rate at once, not on the way from one update to the next
            if 0 < past.until < steps:
                at = int(np.searchsorted(self._times, past.until))
                self._times = np.insert(self._times, at, past.until)
                self._rates = np.insert(self._rates, at, run.rate(past.until - 1, steps))
        self.update()

    def show_cursor(self, cursor: float) -> None:
        """Mark an instant."""
        if cursor != self._cursor:
            self._cursor = cursor
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._run is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        palette, metrics = self.palette(), self.fontMetrics()
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        lr = self._run.optimizer.values["lr"]
        top = max(float(self._rates.max()), float(lr)) or 1.0
        box = QRectF(self.rect()).adjusted(2, metrics.height() + 3, -6, -metrics.height() - 3)
        symbol = rate_symbol(self._run.optimizer)
        now = min(int(self._cursor), self._steps - 1)
        rate = self._run.rate(now, self._steps)
        painter.setPen(faint)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        below = box.adjusted(0, 3, 0, metrics.height() + 3)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        down = Qt.AlignmentFlag.AlignBottom
        painter.drawText(below, left | down, "0")
        painter.drawText(below, right | down, f"t = {self._steps}")
        above = QRectF(box.left(), 0, box.width(), metrics.height())
        painter.drawText(above, right, tr("max {rate}", rate=f"{top:.3g}"))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(above, left, f"{symbol}({now}) = {rate:.3g}")

        def place(t: float, rate: float) -> QPointF:
            across = t / max(self._steps - 1, 1)
            return QPointF(box.left() + across * box.width(), box.bottom() - rate / top * box.height())

        points = [place(t, r) for t, r in zip(self._times.tolist(), self._rates.tolist(), strict=True)]
        painter.setPen(QPen(QColor(self._run.color), 2.0))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(self._run.color))
        painter.drawEllipse(place(now, rate), 4.0, 4.0)
