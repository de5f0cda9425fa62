"""A figure as it will be, in as much room as there is. A job paints it; until it has, the last one stays."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from optisim.canvas.pixels import Pixels
from optisim.core.base.problems import Problem
from optisim.export import tasks
from optisim.export.figures.figure import Figure
from optisim.export.films import Film
from optisim.export.tasks import Shot
from optisim.language import explain
from optisim.ui.parts.jobs import Job, Jobs, Where

EDGE = 12  # pixels around the figure
SQUARE = 8  # pixels of the checks behind what is transparent
PAUSE = 30  # milliseconds without a change after which the figure is painted
PATIENCE = 1.0  # seconds; a picture that has taken longer is given up when the dialog closes
SLOW = 400  # milliseconds after which it is told how far the picture is


class Preview(QWidget):
    """Shows a figure, or a sentence that says why there is nothing.

    Signals:
        shown(): what was asked for last is on the screen, as a picture or as a sentence.
        failed(): the figure cannot be made; the sentence says why.
    """

    shown = Signal()
    failed = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        self._jobs = jobs
        self._wanted: tuple[Shot, Film | None] | None = None
        self._image: QImage | None = None
        self._figure: Figure | None = None  # that of the image
        self._job: Job | None = None
        self._begun = 0.0
        self._stale = False  # something else is wanted than the job paints
        self._over = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 240)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.hide()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._paint)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW)
        self._slow.timeout.connect(self._show_bar)

    @property
    def busy(self) -> bool:
        """Whether another picture than the one that is shown is on its way."""
        return self._job is not None or self._later.isActive()

    def show_shot(self, shot: Shot, film: Film | None = None, at_once: bool = False) -> None:
        """Show this figure, or this frame of a film, soon."""
        self._wanted = shot, film
        self._later.start(0 if at_once else PAUSE)

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence in place of a figure."""
        self._wanted = None
        self._later.stop()
        self._stale = True
        self._say(sentence)

    def finish(self) -> None:
        """Paint no more: the dialog closes."""
        self._over = True
        self._later.stop()
        self._slow.stop()
        if self._job is not None and time.perf_counter() - self._begun > PATIENCE:
            self._job.cancel()

    # ── The job ──────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _paint(self) -> None:
        if self._wanted is None or self._over:
            return
        if self._job is not None:
            self._stale = True  # and painted when that job is done: the race that it may still compute is the same
            return
        shot, film = self._wanted
        place, ratio = self._place(shot.figure), self.devicePixelRatioF()
        size = round(place.width() * ratio), round(place.height() * ratio)
        self._stale, self._begun = False, time.perf_counter()
        job = self._jobs.start(
            "preview",  # which is quiet, and so never told
            partial(tasks.preview, shot, film, size),
            done=partial(self._on_painted, shot.figure, ratio),
            failed=self._on_failed,
            where=Where.PROCESS,
            exclusive="preview",
            quiet=True,
        )
        assert job is not None
        self._job = job
        job.progressed.connect(self._on_progressed)
        if not self._slow.isActive() and self.bar.isHidden():
            self._slow.start()

    def _on_painted(self, figure: Figure, ratio: float, pixels: object) -> None:
        assert isinstance(pixels, Pixels)
        if self._ended():
            return
        self._image, self._figure = pixels.image(), figure
        self._image.setDevicePixelRatio(ratio)
        self.sentence = ""
        self.update()
        self._go_on()

    def _on_failed(self, problem: Problem) -> None:
        if self._ended():
            return
        if not self._stale:
            self._say(explain(problem))
            self.failed.emit()
        self._go_on()

    def _ended(self) -> bool:
        """Note the end of a job; True if nobody waits for what came of it."""
        if self._over:
            return True
        self._job = None
        self._slow.stop()
        self.bar.hide()
        return self._wanted is None

    def _go_on(self) -> None:
        """Paint what has been asked for meanwhile."""
        if self._stale:
            self._later.start(0)
        elif not self._later.isActive():
            self.shown.emit()

    def _say(self, sentence: str) -> None:
        self.sentence, self._image = sentence, None
        self.bar.hide()
        self.update()

    @Slot()
    def _show_bar(self) -> None:
        self.bar.setRange(0, 0)
        self.bar.show()

    @Slot()
    def _on_progressed(self) -> None:
        if self._job is not None and not self._over:
            self.bar.setRange(0, self._job.of)
            self.bar.setValue(self._job.done)

    # ── The picture ──────────────────────────────────────────────────────────────────────────────────────

    def _place(self, figure: Figure) -> QRectF:
        """Where the figure is: in the middle, as large as it fits."""
        room = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        size = figure.size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = max(round(size.width()), 1), max(round(size.height()), 1)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        return QRectF(left, top, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Mid))
        if self._image is None or self._figure is None:
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self.sentence)
            return
        place = self._place(self._figure)
        if self._figure.transparent:
            _paint_checks(painter, place)
        if place.size() == self._image.deviceIndependentSize():
            painter.drawImage(place.topLeft(), self._image)
        else:  # of another size, until one of this size is there
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Shadow), 1.0))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.setGeometry(EDGE, self.height() - EDGE + 4, max(self.width() - 2 * EDGE, 1), 4)
        if self._wanted is not None:
            self._later.start(PAUSE)


def _paint_checks(painter: QPainter, place: QRectF) -> None:
    painter.save()
    painter.setClipRect(place)
    painter.fillRect(place, QColor("#ffffff"))
    for row in range(int(place.height() / SQUARE) + 1):
        for column in range(row % 2, int(place.width() / SQUARE) + 1, 2):
            corner = place.topLeft() + QPointF(column * SQUARE, row * SQUARE)
            painter.fillRect(QRectF(corner.x(), corner.y(), SQUARE, SQUARE), QColor("#d9dce1"))
    painter.restore()
