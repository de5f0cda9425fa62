"""The jobs of a window in its status bar: what is worked on, how far it is, how long it takes, a stop button."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from optisim.language import tr
from optisim.ui.parts import icons
from optisim.ui.parts.jobs import Job, Jobs
from optisim.ui.parts.panel import Panel, focus_by_tab
from optisim.ui.parts.plain import Label, plain_tip

NAME_WIDTH = 160  # pixels


class JobRow(Panel):
    """One job."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._left = TimeLeft()
        self.name = Label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(120, 10)
        self.left = Label()
        self.cancel = QToolButton()
        self.cancel.setAutoRaise(True)
        self.cancel.setIconSize(QSize(14, 14))
        self.cancel.setFixedSize(17, 17)  # no higher than the texts: the map is to keep its size
        self.cancel.clicked.connect(self._cancel)
        focus_by_tab(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.name, self.bar, self.left, self.cancel):
            row.addWidget(part)

    def retranslate(self) -> None:
        self.cancel.setToolTip(tr("Stop this"))
        # as wide as its longest text, so that nothing moves when it changes
        longest = max(map(self.fontMetrics().horizontalAdvance, (_about(55), _about(59 * 60))))
        self.left.setFixedWidth(longest + 4)

    def show_job(self, job: Job | None) -> None:
        """Follow this job from now on."""
        if job is self.job:
            return
        if self.job is not None:
            self.job.progressed.disconnect(self._on_progressed)
        self.job = job
        if job is None:
            return
        self._left = TimeLeft()
        self.name.setText(self.fontMetrics().elidedText(job.title, Qt.TextElideMode.ElideMiddle, NAME_WIDTH))
        self.name.setToolTip(plain_tip(str(job.path or job.title)))
        self.left.clear()
        self.bar.setRange(0, 0)  # busy, until something is known
        self.cancel.setEnabled(not job.isInterruptionRequested())
        icons.set_icon(self.cancel, "close")
        self.retranslate()
        job.progressed.connect(self._on_progressed)
        self._on_progressed()

    @Slot()
    def _on_progressed(self) -> None:
        assert self.job is not None
        done, of = self.job.done, self.job.of
        self.bar.setRange(0, of if done else 0)
        self.bar.setValue(done)
        self.left.setText(self._left.text(done, of, time.perf_counter()))

    @Slot()
    def _cancel(self) -> None:
        if self.job is not None:
            self.cancel.setEnabled(False)
            self.job.cancel()


class JobStrip(JobRow):
    """The oldest job and, in a window above, the others; hidden while there is none."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.more = QToolButton()
        self.more.setAutoRaise(True)
        self.more.setFixedHeight(17)
        self.more.clicked.connect(self._open)
        focus_by_tab(self.more)
        self.others = QFrame(self, Qt.WindowType.Popup)
        self.others.setFrameShape(QFrame.Shape.StyledPanel)
        self.rows: list[JobRow] = []
        self._column = QVBoxLayout(self.others)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(6)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self.more)
        jobs.changed.connect(self._on_changed)
        self._on_changed()

    def retranslate(self) -> None:
        super().retranslate()
        self.more.setText(tr("+{count} more", count=len(self._jobs.running) - 1))

    @Slot()
    def _on_changed(self) -> None:
        running = self._jobs.running
        self.show_job(running[0] if running else None)
        self.setVisible(bool(running))
        self._show_others(running[1:])
        self.retranslate()

    def _show_others(self, jobs: tuple[Job, ...]) -> None:
        while len(self.rows) < len(jobs):
            row = JobRow()
            row.name.setFixedWidth(NAME_WIDTH)
            self.rows.append(row)
            self._column.addWidget(row)
        for number, row in enumerate(self.rows):
            row.show_job(jobs[number] if number < len(jobs) else None)
            row.setVisible(number < len(jobs))
        self.more.setVisible(bool(jobs))
        if not jobs:
            self.others.hide()
        self.others.adjustSize()

    @Slot()
    def _open(self) -> None:
        self.others.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width(), 0))
        self.others.move(corner - QPoint(self.others.width(), self.others.height() + 4))
        self.others.show()


class TimeLeft:
    """How long a job will still take, from how long it took so far; a text that does not jump about."""

    def __init__(self) -> None:
        self._first: tuple[int, float] | None = None
        self._said_at = -math.inf
        self._said = ""

    def text(self, done: int, of: int, now: float) -> str:
        """What to say when `done` is done at the time `now`, in seconds. It changes once a second at the most."""
        if not done:
            return ""
        if self._first is None:
            self._first = done, now
        before, begun = self._first
        if now - begun >= 1.0 and now - self._said_at >= 1.0 and done > before:
            self._said_at = now
            self._said = _about((of - done) * (now - begun) / (done - before))
        return self._said


def _about(seconds: float) -> str:
    """A duration, the more roughly the longer it is."""
    if seconds > 90:
        return tr("about {minutes} min left", minutes=math.ceil(seconds / 60))
    grain = 5 if seconds > 10 else 1
    return tr("about {seconds} s left", seconds=max(grain * math.ceil(seconds / grain), 1))
