"""Writing a film while the window stays usable: a thread that writes, a strip in the status bar that tells how far.

One film is written at a time. Cancelling it, or closing the window meanwhile, leaves no part of it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QThread, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QProgressBar, QToolButton

from optisim.core.base.problems import N_, Problem
from optisim.export.films import Cancelled, Film, Paint, check_format, save_film
from optisim.language import explain, tr
from optisim.ui.parts import icons
from optisim.ui.parts.panel import TEXT_INTERVAL, Panel, focus_by_tab

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

PaintFactory = Callable[[], Paint]


def start_film(
    window: MainWindow,
    paint_factory: PaintFactory,
    film: Film,
    path: Path,
    reserve: Sequence[str] = (),
    scenario_text: str = "",
) -> None:
    """Begin to write a film, and come back at once. What becomes of it is told in the status bar.

    Args:
        paint_factory: makes what paints the race, in the thread that writes. If that takes a while, it should look
            at `QThread.currentThread().isInterruptionRequested()` now and then, and give up by raising Cancelled.
        film, path, reserve, scenario_text: as for `save_film`.
    """
    strip = window.findChild(FilmStrip) or FilmStrip(window)
    if strip.busy:
        text = tr("A film is still being written. Wait for it, or stop it in the status bar, before the next one.")
        QMessageBox.information(window, "OptiSim", text)
        return
    try:
        check_format(path, film)
    except Problem as problem:
        QMessageBox.warning(window, "OptiSim", explain(problem))
        return
    strip.start(FilmJob(paint_factory, film, path, reserve, scenario_text, strip))


def may_close(window: MainWindow) -> bool:
    """Ask about a film that is still being written, and stop it. False if the user wants to wait for it."""
    strip = window.findChild(FilmStrip)
    if strip is None or not strip.busy:
        return True
    buttons = QMessageBox.StandardButton
    text = tr("A film is still being written. Stop it and close?")
    if QMessageBox.question(window, "OptiSim", text, buttons.Yes | buttons.No, buttons.No) != buttons.Yes:
        return False
    strip.stop()
    return True


class FilmJob(QThread):
    """A thread that writes one film.

    Signals:
        progressed(int, int): so many of so many frames are done; at most ten times a second, and at the end.
    """

    progressed = Signal(int, int)

    def __init__(
        self,
        paint_factory: PaintFactory,
        film: Film,
        path: Path,
        reserve: Sequence[str],
        scenario_text: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("optisim-film")
        self.path = path
        self.cancelled = False
        self.problem: Problem | None = Problem(N_("The film was not written, for a reason that was not foreseen."))
        self._paint_factory = paint_factory
        self._film = film
        self._reserve = tuple(reserve)
        self._scenario_text = scenario_text
        self._told = -math.inf

    def run(self) -> None:
        try:
            paint = self._paint_factory()
            save_film(paint, self.path, self._film, self._reserve, self._goes_on, self._scenario_text)
            self.problem = None
        except Cancelled:
            self.cancelled, self.problem = True, None
        except Problem as problem:
            self.problem = problem

    def _goes_on(self, done: int) -> bool:
        now = time.perf_counter()
        if now - self._told >= TEXT_INTERVAL / 1000 or done == self._film.frames:
            self._told = now
            self.progressed.emit(done, self._film.frames)
        return not self.isInterruptionRequested()


class FilmStrip(Panel):
    """What is being written, how far it is, how long it will take, and a button that stops it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._job: FilmJob | None = None
        self._left = _TimeLeft()
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(120, 10)
        self.left = QLabel()
        self.cancel = QToolButton()
        self.cancel.setAutoRaise(True)
        self.cancel.setIconSize(QSize(14, 14))
        self.cancel.setFixedSize(17, 17)  # no higher than the texts: the map is to keep its size
        self.cancel.clicked.connect(self._cancel)
        focus_by_tab(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        for part in (self.name, self.bar, self.left, self.cancel):
            row.addWidget(part)
        window.statusBar().insertPermanentWidget(1, self)  # between the hint and the step
        self.hide()
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.stop)

    def retranslate(self) -> None:
        self.cancel.setToolTip(tr("Stop writing this film"))
        # as wide as its longest text, so that nothing moves when it changes
        longest = max(map(self.fontMetrics().horizontalAdvance, (_about(55), _about(59 * 60))))
        self.left.setFixedWidth(longest + 4)

    @property
    def busy(self) -> bool:
        """Whether a film is being written."""
        return self._job is not None

    def start(self, job: FilmJob) -> None:
        """Run a job and tell about it. Only when not `busy`."""
        assert self._job is None
        self._job = job
        self._left = _TimeLeft()
        name = self.fontMetrics().elidedText(job.path.name, Qt.TextElideMode.ElideMiddle, 160)
        self.name.setText(name)
        self.name.setToolTip(str(job.path))
        self.left.clear()
        self.bar.setRange(0, 0)  # busy, until the first frame is there
        self.cancel.setEnabled(True)
        icons.set_icon(self.cancel, "close")
        self.retranslate()
        self.show()
        queued = Qt.ConnectionType.QueuedConnection
        job.progressed.connect(self._on_progressed, queued)
        job.finished.connect(self._on_finished, queued)
        job.start(QThread.Priority.LowPriority)  # the window goes first

    @Slot()
    def stop(self) -> None:
        """Stop writing; the thread is gone when this returns, and nothing is said."""
        job, self._job = self._job, None
        if job is not None:
            job.requestInterruption()
            job.wait()
            self.hide()

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._job.requestInterruption()

    @Slot(int, int)
    def _on_progressed(self, done: int, frames: int) -> None:
        if done and self._job is not None:
            self.bar.setRange(0, frames)
            self.bar.setValue(done)
            self.left.setText(self._left.text(done, frames, time.perf_counter()))

    @Slot()
    def _on_finished(self) -> None:
        job, self._job = self._job, None
        if job is None:  # stopped
            return
        job.wait()
        self.hide()
        if job.problem is not None:
            QMessageBox.warning(self._window, "OptiSim", explain(job.problem))
        elif job.cancelled:
            self._window.statusBar().showMessage(tr("The film was stopped; nothing was written"), 5000)
        else:
            self._window.statusBar().showMessage(tr("Saved {path}", path=job.path), 8000)
        job.deleteLater()


class _TimeLeft:
    """How long a job will still take, from how long it took so far; a text that does not jump about."""

    def __init__(self) -> None:
        self._first: tuple[int, float] | None = None
        self._said_at = -math.inf
        self._said = ""

    def text(self, done: int, of: int, now: float) -> str:
        """What to say when `done` is done at the time `now`, in seconds. It changes once a second at the most."""
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
