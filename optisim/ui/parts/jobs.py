"""Work that takes longer than a tenth of a second, while the window goes on: in a thread or in a process.

A thread suits work that waits, or that is many short pieces of Python. What paints or compresses holds Python's
lock, and belongs into a process. What comes of a job is told in the window's thread.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from optisim.core.base.problems import N_, Problem
from optisim.core.base.progress import Cancelled, Progress
from optisim.language import language_in_use, tr
from optisim.ui.parts import messages
from optisim.ui.parts.panel import TEXT_INTERVAL
from optisim.ui.parts.processes import TOO_LARGE, Helper, Helpers, Work

IDLE = 60_000  # milliseconds after which processes that have nothing to do end


class Where(Enum):
    """Where a job's work is done."""

    THREAD = "thread"
    PROCESS = "process"


class Job(QThread):
    """A piece of work under way; `Jobs.start` makes it.

    Attributes:
        title: what is worked on, for people.
        path: the file that is written, if one is.
        quiet: not told of, and not worth a question when the window closes.
        done, of: how far it is; 0 of 0 as long as nobody can say.

    Signals:
        progressed(): `done` or `of` has changed; at most ten times a second, and at the end.
    """

    progressed = Signal()
    _told = Signal(int, int)

    def __init__(
        self, jobs: Jobs, title: str, work: Work, where: Where, exclusive: str, path: Path | None, quiet: bool
    ) -> None:
        super().__init__(jobs)
        self.setObjectName("optisim-job")
        self.title, self.path, self.exclusive, self.quiet = title, path, exclusive, quiet
        self.done = self.of = 0
        self.result: object = None
        self.problem: Problem | None = Problem(N_("This was not done, for a reason that was not foreseen."))
        self.cancelled = False
        self._work = work
        self._where = where
        self._helpers = jobs.helpers
        self._helper: Helper | None = None
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Want it no more. What it has begun is undone, and then it ends."""
        self.requestInterruption()
        helper = self._helper
        if helper is not None:
            helper.kill()

    # ── In the job's thread ──────────────────────────────────────────────────────────────────────────────

    def run(self) -> None:
        progress = _ThreadProgress(self)
        try:
            progress.look()
            done_in = self._do_in_process if self._where is Where.PROCESS else self._work
            self.result, self.problem = done_in(progress), None
        except Cancelled:
            self.cancelled, self.problem = True, None
        except MemoryError:
            self.problem = Problem(TOO_LARGE)
        except Problem as problem:
            self.problem = problem

    def _do_in_process(self, progress: _ThreadProgress) -> object:
        helper = self._helpers.take(self.exclusive or self.title)
        self._helper = helper
        try:
            progress.look()  # it may have been cancelled before there was somebody to kill
            result = helper.do(self._work, language_in_use(), progress)
        except BaseException as error:
            self._helper = None
            if isinstance(error, Problem) and helper.alive:
                self._helpers.give_back(helper)
                raise
            helper.bury()
            self._remove_unfinished()
            progress.look()  # who was killed because of that has no problem
            raise
        self._helper = None
        self._helpers.give_back(helper)
        return result

    def _remove_unfinished(self) -> None:
        """Remove what a process that was killed had begun to write."""
        from optisim.export.files import remove_strays

        if self.path is not None:
            remove_strays(self.path.resolve().parent)

    # ── In the window's thread ───────────────────────────────────────────────────────────────────────────

    @Slot(int, int)
    def _on_told(self, done: int, of: int) -> None:
        self.done, self.of = done, of
        self.progressed.emit()


class _ThreadProgress(Progress):
    """Tells a job's window how far it is, and the job that it is no longer wanted."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._said_at = -math.inf

    def look(self) -> None:
        """Raise Cancelled if the job is no longer wanted."""
        if self._job.isInterruptionRequested():
            raise Cancelled

    def __call__(self, done: int, of: int) -> None:
        self.look()
        now = time.perf_counter()
        if now - self._said_at >= TEXT_INTERVAL / 1000 or done == of:
            self._said_at = now
            self._job._told.emit(done, of)


class Jobs(QObject):
    """The jobs of a window.

    Signals:
        changed(): a job has begun or ended.
        told(str, int): a sentence for the status bar, and for how many milliseconds.
    """

    changed = Signal()
    told = Signal(str, int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.helpers = Helpers()
        self._window = window
        self._running: list[Job] = []
        self._endings: dict[Job, tuple[Callable[[object], object] | None, Callable[[Problem], object] | None]] = {}
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE)
        self._idle.timeout.connect(self.helpers.end_idle)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.close)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way, the oldest first, but for the quiet ones."""
        return tuple(job for job in self._running if not job.quiet)

    def tell(self, sentence: str, milliseconds: int = 8000) -> None:
        """Say something in the status bar."""
        self.told.emit(sentence, milliseconds)

    def start(
        self,
        title: str,
        work: Work,
        *,
        done: Callable[[object], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        where: Where = Where.THREAD,
        exclusive: str = "",
        path: Path | None = None,
        quiet: bool = False,
    ) -> Job | None:
        """Begin a piece of work, and come back at once.

        Args:
            title: what is worked on, for people.
            work: is called with a Progress; see `processes` for what a process can do.
            done: is called with what `work` returned, in the window's thread, as `failed` is.
            failed: is called with the Problem that it raised; if None, a message box tells it.
            where: in a thread or in a process.
            exclusive: what there can be one of at a time; another one is refused with a sentence.
            path: the file that is written, if one is.
            quiet: do not tell about it.

        Returns:
            The job; None if it was refused.
        """
        other = next((job for job in self._running if exclusive and job.exclusive == exclusive), None)
        if other is not None and not quiet:
            text = tr(
                "“{title}” is not done yet. Wait for it, or stop it in the status bar, before the next one.",
                title=other.title,
            )
            messages.inform(self._window, text)
            return None
        job = Job(self, title, work, where, exclusive, path, quiet)
        self._running.append(job)
        self._endings[job] = done, failed
        self._idle.stop()
        job.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        job.start(QThread.Priority.LowPriority)  # the window goes first
        self.changed.emit()
        return job

    @Slot()
    def _on_finished(self) -> None:
        while job := next((job for job in self._running if job.isFinished()), None):
            job.wait()
            done, failed = self._forget(job)
            self.changed.emit()
            if job.problem is not None and failed is not None:
                failed(job.problem)
            elif job.problem is not None:
                messages.warn(self._window, job.problem)
            elif job.cancelled and not job.quiet:
                self.tell(tr("“{title}” was stopped; nothing was changed", title=job.title), 5000)
            elif not job.cancelled and done is not None:
                done(job.result)
            job.deleteLater()
        if not self._running:
            self._idle.start()

    def _forget(self, job: Job) -> tuple[Callable[[object], object] | None, Callable[[Problem], object] | None]:
        self._running.remove(job)
        return self._endings.pop(job)

    # ── The end ──────────────────────────────────────────────────────────────────────────────────────────

    def may_close(self, parent: QWidget) -> bool:
        """Ask about jobs that are not done, and stop them. False if the user wants to wait for them."""
        running = self.running
        if not running:
            return True
        button = messages.Button
        if len(running) == 1:
            text = tr("“{title}” is not done yet. Stop it and close?", title=running[0].title)
        else:
            text = tr("{count} jobs are not done yet. Stop them and close?", count=len(running))
        if messages.ask(parent, text, button.Yes | button.No, button.No) != button.Yes:
            return False
        self.stop_all()
        return True

    def stop_all(self) -> None:
        """Stop all jobs; their threads are gone when this returns, and nothing is said."""
        jobs = tuple(self._running)
        for job in jobs:
            job.cancel()
        for job in jobs:
            job.wait()
            self._forget(job)
            job.deleteLater()
        if jobs:
            self.changed.emit()

    @Slot()
    def close(self) -> None:
        """Stop all jobs and end all processes; they are gone when this returns."""
        self.stop_all()
        self._idle.stop()
        self.helpers.end_idle()
