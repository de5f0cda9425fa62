"""What is not saved yet survives a crash: it is written while one works, and offered at the next start.

Each document of a window is written to a file of its own, which is locked as long as its process lives: a file
whose lock is free was left by a process that ended unexpectedly. What is being restored counts as tried until it is
on the screen, and what was tried is not offered again; so if showing it is what ends the program, it does so once.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from optisim.core.base.problems import Problem, shortened
from optisim.core.documents.kinds import MAX_FILE, Kind, from_json, kind_of, to_json
from optisim.export.files import write_safely
from optisim.export.sources import read_document
from optisim.language import tr
from optisim.ui.parts import messages
from optisim.ui.shell.document import Document

INTERVAL = 2000  # milliseconds from a change to its writing
SHOWN = 200  # milliseconds after which what was restored is on the screen, and has done no harm
MONTH = 30 * 24 * 3600  # seconds after which what nobody asked for is removed


class Position(NamedTuple):
    """Where in its document a lab stands, such as the step that is shown: how to ask, and how to go there."""

    position: Callable[[], float]
    go_to: Callable[[float], object]


@dataclass(frozen=True)
class Leftover:
    """What a process that ended unexpectedly would have lost. Ours as long as `lock` is held."""

    path: Path
    lock: QLockFile
    document: Any
    file: Path | None  # that the document belongs to
    position: float  # where the lab stood
    at: datetime

    @property
    def kind(self) -> Kind[Any]:
        return kind_of(self.document)

    @property
    def lost(self) -> bool:
        """Whether its file does not have it anyway."""
        if self.file is None:
            return True
        try:
            return bool(read_document(self.file) != self.document)
        except Problem:
            return True

    @property
    def name(self) -> str:
        """What people call it, as far as it fits into a question: its file, or what its kind calls it."""
        if self.file is not None:
            return shortened(self.file.name.removesuffix(self.kind.ending))
        return shortened(tr(self.kind.describe(self.document)))

    @property
    def when(self) -> str:
        """The time, and the day unless it is today."""
        return self.at.strftime("%H:%M" if self.at.date() == datetime.now().date() else "%Y-%m-%d, %H:%M")


class Recovery(QObject):
    """Keeps what a window would lose, and offers what earlier ones have lost.

    Args:
        kinds: names of the kinds that can be shown.
        bring_to_front: shows the lab of a kind, whose document is watched from then on at the latest.
        folder: where all is kept.
        parent: the window.

    Signals:
        told(str): what there is to say in passing, for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        kinds: Collection[str],
        bring_to_front: Callable[[Kind[Any]], object],
        folder: Path,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self._bring_to_front = bring_to_front
        self._folder = folder
        self._parent = parent
        self._complained = False
        self._process = f"{os.getpid()}-{time.time_ns():x}"
        self._keepers: dict[str, _Keeper] = {}

    def watch(self, document: Document[Any], place: Position) -> None:
        """Keep a document of this window from now on."""
        name = document.kind.name
        keeper = _Keeper(document, place, self._folder / f"{self._process}-{name}.json", self)
        keeper.failed.connect(self._complain)
        self._keepers[name] = keeper

    def close(self) -> None:
        """Leave nothing behind: all there is is saved, or the user does without it."""
        for keeper in self._keepers.values():
            keeper.close()

    def _complain(self) -> None:
        """Say once, in passing, that a crash would cost something: there is nothing that must be done now."""
        if not self._complained:
            self._complained = True
            self.told.emit(
                tr("Changes cannot be kept safe from a crash at present; save your work from time to time.")
            )

    # ── Restoring ────────────────────────────────────────────────────────────────────────────────────────

    def offer(self, process: str = "") -> None:
        """Ask whether to restore the newest of what was lost, then about what the same process has lost besides.

        What others have lost waits for the starts to come.
        """
        found = self._newest(process)
        if found is None:
            return
        question = tr(
            "OptiSim ended unexpectedly. Restore “{name}”, as it was at {time}?", name=found.name, time=found.when
        )
        box = messages.message_box(self._parent, messages.Icon.Question, question)
        restore = box.addButton(tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        later = box.addButton(tr("Ask later"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(restore)
        box.setEscapeButton(later)

        def answered() -> None:
            box.deleteLater()
            answer = box.clickedButton()
            if answer is restore:
                self._restore(found)
            elif answer is discard:
                _remove(found.path)
            if answer is not restore:
                found.lock.unlock()
            if answer is not later:
                self.offer(_process(found.path))

        box.finished.connect(answered)
        box.open()

    def _restore(self, found: Leftover) -> None:
        self._bring_to_front(found.kind)
        self._keepers[found.kind.name].restore(found)

    def _newest(self, process: str) -> Leftover | None:
        """The newest that dead processes, or just one of them, left. What has lost its worth is cleared away."""
        try:
            files = sorted(self._folder.iterdir(), key=_written, reverse=True)
        except OSError:  # usually there has not been anything to keep yet
            return None
        for path in files:
            old = _written(path) < time.time() - MONTH
            if path.suffix == ".lock":
                _clear(path)
            elif path.suffix == ".json" and not path.name.startswith("."):
                found = self._read(path, old) if not process or _process(path) == process else None
                if found is not None:
                    return found
            elif old:  # it was tried, or its process was killed while it wrote
                _remove(path)
        return None

    def _read(self, path: Path, old: bool) -> Leftover | None:
        """The leftover in a file. None if its process lives, or if there is nothing in it to restore."""
        lock = _claimed(path)
        if lock is None:
            return None
        try:
            if not path.is_file() or path.stat().st_size > 4 * MAX_FILE:
                raise ValueError
            at = datetime.fromtimestamp(_written(path))
            data = json.loads(path.read_bytes())
            if "scenario" in data:  # from before there were kinds
                data = {"document": data["scenario"], "file": data["file"], "position": data["step"]}
            document, file, position = from_json(data["document"]), data["file"], data["position"]
            if type(file) is not str or type(position) not in (int, float) or not math.isfinite(position):
                raise ValueError
            found = Leftover(path, lock, document, Path(file) if file else None, position, at)
            if found.kind.name not in self._kinds:
                raise ValueError
            if not old and found.lost:
                return found
            _remove(path)
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            # damaged, or of a method that is missing
            _put_aside(path)
        lock.unlock()
        return None


class _Keeper(QObject):
    """Keeps one document in a file of its own as long as there is something to lose.

    Signals:
        failed(): it cannot.
    """

    failed = Signal()

    def __init__(self, document: Document[Any], place: Position, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._place = place
        self._path = path
        self._lock: QLockFile | None = None
        self._restored: Leftover | None = None  # until we have written it ourselves
        self._timer = _timer(self, INTERVAL, self._keep)
        self._harmless = _timer(self, SHOWN, self._put_back)
        document.model.changed.connect(self._follow)
        document.fileChanged.connect(self._follow)
        self._follow()

    def _follow(self, *_: object) -> None:
        """Write soon what would be lost if the program ended, or remove at once what no longer would be."""
        if not self._document.at_risk:
            self.close()
        elif not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        """Write the document, the file it belongs to, and where its lab stands."""
        document = self._document
        data = {
            "document": to_json(document.model.value),
            "file": str(document.path or ""),
            "position": self._place.position(),
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = self._lock or _claimed(self._path)
            if self._lock is None:
                raise PermissionError
            write_safely(self._path, lambda temporary: temporary.write_text(json.dumps(data), encoding="utf-8"))
        except (OSError, Problem):
            self.failed.emit()
        else:
            self._forget_restored()  # for now it is kept anew

    def close(self) -> None:
        """Leave nothing behind."""
        self._timer.stop()
        self._forget_restored()
        if self._lock is not None:
            _remove(self._path)
            self._lock.unlock()
            self._lock = None

    def restore(self, found: Leftover) -> None:
        """Show what was left; its file stays until we have written one ourselves."""
        self._forget_restored()
        self._restored = found
        _put_aside(found.path)
        self._document.recover(found.document, found.file)
        self._place.go_to(found.position)
        self._harmless.start()

    def _put_back(self) -> None:
        """What was restored did not end the program when it was shown: if something else does, offer it again."""
        if self._restored is not None:
            with contextlib.suppress(OSError):
                _aside(self._restored.path).replace(self._restored.path)

    def _forget_restored(self) -> None:
        if self._restored is not None:
            _remove(_aside(self._restored.path))
            _remove(self._restored.path)
            self._restored.lock.unlock()
            self._restored = None


def _timer(parent: QObject, interval: int, then: Callable[[], None]) -> QTimer:
    """A timer that calls once after each start."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(then)
    return timer


def _process(path: Path) -> str:
    """What the files of one process have in common."""
    return "-".join(path.stem.split("-")[:2])


def _claimed(path: Path) -> QLockFile | None:
    """The lock of a file, if no living process has it."""
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # however long its process lives, it is not stale
    return lock if lock.tryLock(0) else None


def _clear(lock: Path) -> None:
    """Remove a lock that nothing belongs to."""
    if not lock.with_suffix(".json").exists():
        claimed = _claimed(lock)
        if claimed is not None:
            claimed.unlock()


def _written(path: Path) -> float:
    """When a file was written, in seconds; long ago if it has just gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _aside(path: Path) -> Path:
    return path.with_suffix(".tried")


def _put_aside(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.replace(_aside(path))


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
