"""Processes of the program's own that work for it: for what would hold Python's lock and so the window.

Painting, and writing PNG, PDF and SVG, hold the lock for seconds. A helper process is started when there is work
for it, stays for the next piece, and ends when it has been idle for a while or when the program that it works for
has ended, however that was. It is killed when its work is no longer wanted: of a pool of `concurrent.futures`, a
single worker cannot be, nor can a long call into Qt be asked to stop.

What is to be done is a pure function, found by its name in a module, of values that can be pickled.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from optisim.core.base.problems import N_, Problem
from optisim.core.base.progress import Cancelled, Progress

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Work = Callable[[Progress], object]

INTERVAL = 0.05  # seconds between two messages that tell how far the work is
PATIENCE = 2.0  # seconds that an idle process has for its end
TOO_LARGE = N_("There is not enough memory for this; choose something smaller.")
KILLED = N_("The system has ended this work before it was done, perhaps for want of memory; try something smaller.")


class Helper:
    """A process that does one piece of work after the other. All but `kill` is for one thread at a time."""

    def __init__(self) -> None:
        from multiprocessing import get_context  # which takes as long as a frame

        context = get_context("spawn")
        self.last = ""  # what it was used for
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), name="optisim-helper", daemon=True)
        self._process.start()
        theirs.close()

    @property
    def number(self) -> int:
        """The number that the system has given the process."""
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def do(self, work: Work, language: str, progress: Progress) -> object:
        """Let the process do a piece of work, and wait for what comes of it.

        Args:
            work: a function of a module, or a `functools.partial` of one.
            language: the language of all texts.
            progress: is told how far it is.

        Raises:
            Problem: that of the work; or that the process was killed.
            Cancelled: if `progress` says so.
            RuntimeError: with what went wrong in a work that has a fault.
        """
        try:
            self._connection.send_bytes(pickle.dumps((work, language)))
            while True:
                kind, value = pickle.loads(self._connection.recv_bytes())
                if kind == "progress":
                    progress(*value)
                elif kind == "result":
                    return value
                elif kind == "problem":
                    raise value
                else:
                    raise RuntimeError(value)
        except (EOFError, OSError):
            self._process.join()
            raise Problem(KILLED) from None

    def kill(self) -> None:
        """End the process at once, whatever it does; from any thread."""
        self._process.kill()

    def bury(self) -> None:
        """Wait until the process is gone, having killed it."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def end(self) -> None:
        """End the process, which is idle; it is gone when this returns."""
        self._connection.close()
        self._process.join(PATIENCE)
        self.bury()


class Helpers:
    """The processes that are idle; those at work belong to their jobs. From any thread."""

    def __init__(self) -> None:
        self._idle: list[Helper] = []
        self._lock = threading.Lock()

    def take(self, use: str) -> Helper:
        """A process, rather one that was used for the same before: it may remember something."""
        with self._lock:
            known = sorted(self._idle, key=lambda helper: helper.last == use)
            while known:
                helper = known.pop()
                self._idle.remove(helper)
                if helper.alive:
                    break
                helper.bury()
            else:
                helper = None
        helper = helper or Helper()
        helper.last = use
        return helper

    def give_back(self, helper: Helper) -> None:
        """Keep a process, which is idle again, for the next work."""
        with self._lock:
            self._idle.append(helper)

    def end_idle(self) -> None:
        """End all that are idle; they are gone when this returns."""
        with self._lock:
            idle, self._idle = self._idle, []
        for helper in idle:
            helper.end()


# ── In the process ───────────────────────────────────────────────────────────────────────────────────────


class _Messages(Progress):
    """Progress as messages to the program that the work is for."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._told = -INTERVAL

    def __call__(self, done: int, of: int) -> None:
        now = time.perf_counter()
        if now - self._told >= INTERVAL or done == of:
            self._told = now
            self.say("progress", (done, of))

    def say(self, kind: str, value: object) -> None:
        self._connection.send_bytes(pickle.dumps((kind, value), pickle.HIGHEST_PROTOCOL))


def _serve(connection: Connection[Any, Any]) -> None:
    """Do what is asked for over the connection until it is closed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the program
    threading.Thread(target=_end_with_parent, name="optisim-parent", daemon=True).start()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if hasattr(os, "nice"):
        os.nice(5)  # the window goes first
    with contextlib.suppress(EOFError, OSError):  # the program has ended, or wants no more
        from optisim.language import language_in_use, use_language
        from optisim.ui.parts.application import make_application

        application = make_application(["optisim"])
        while True:
            message = connection.recv_bytes()
            messages = _Messages(connection)
            try:
                work, language = pickle.loads(message)
                if language != language_in_use():
                    use_language(language)
                kind, value = "result", work(messages)
            except Problem as problem:
                kind, value = "problem", problem
            except MemoryError:
                kind, value = "problem", Problem(TOO_LARGE)
            except Cancelled:
                kind, value = "fault", "cancelled by itself"
            except (EOFError, OSError):
                raise
            except Exception:
                import traceback

                kind, value = "fault", traceback.format_exc()
            application.processEvents()
            messages.say(kind, value)
            del work, value, message  # which may be large
    sys.stdout.flush()
    os._exit(0)  # nothing is left to be done, and Qt need not be taken apart


def _end_with_parent() -> None:
    """End this process as soon as the one that it works for has ended."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    from optisim.export.files import discard_unfinished

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    discard_unfinished()
    os._exit(1)
