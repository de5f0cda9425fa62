"""Faults: exceptions that nobody has caught. One place logs them and tells of them; the window goes on.

PySide hands what leaves a slot or an override of Qt's to `sys.excepthook`, in whatever thread it was raised.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from optisim.language import tr

FILE = "faults.log"
LARGEST, KEPT = 200_000, 2  # bytes of the log before a new one is begun, and how many older ones are kept
MOST_KNOWN = 100  # places of faults that are remembered, so that one at every frame is written down once


class Faults(QObject):
    """Catches what nobody else has caught, from `install` to `remove`.

    Args:
        folder: where the log is written.
        parent: the window.

    Signals:
        told(str): a sentence for the status bar.
    """

    told = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = folder / FILE
        self._known: set[str] = set()
        self._before: Callable[..., object] | None = None
        self._threads_before: Callable[..., object] | None = None

    def install(self) -> None:
        """Catch faults from now on."""
        self._before, self._threads_before = sys.excepthook, threading.excepthook
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Leave faults to whoever had them before."""
        if self._before is not None and self._threads_before is not None:
            sys.excepthook, threading.excepthook = self._before, self._threads_before
            self._before = self._threads_before = None

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, /) -> None:
        if not issubclass(kind, Exception):  # Ctrl+C in the console, and what ends the program
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        where = "".join(traceback.format_tb(trace)[-1:]) + kind.__name__
        if where not in self._known and len(self._known) < MOST_KNOWN:
            self._known.add(where)
            self._log(text)
        self.told.emit(
            tr(
                "Something went wrong, and OptiSim goes on. What happened is written in {file}.",
                file=str(self.file),
            )
        )

    def _caught_in_thread(self, args: threading.ExceptHookArgs, /) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _log(self, text: str) -> None:
        """Write it down, and on the console; a fault while doing so must not be a fault of its own."""
        import logging  # only now: a start is the faster for it
        from logging.handlers import RotatingFileHandler

        try:
            if sys.stderr is not None:  # a program without a console has none
                sys.stderr.write(text)
            self.file.parent.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(self.file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
        except OSError:
            return
        handler.setFormatter(logging.Formatter("%(asctime)s\n%(message)s"))
        handler.handleError = lambda record: None  # type: ignore[method-assign]
        handler.emit(logging.LogRecord("optisim", logging.ERROR, "", 0, text, None, None))
        handler.close()
