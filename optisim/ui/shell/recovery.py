"""What is not saved yet survives a crash: it is written while one works, and offered at the next start.

Each window writes to a file of its own, which is locked as long as its process lives: a file whose lock is free was
left by a process that ended unexpectedly. What is being restored counts as tried and is not offered again; so if
showing it is what ends the program, it does so once.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from optisim.core.base.problems import Problem
from optisim.core.documents.kinds import MAX_FILE, from_json, to_json
from optisim.core.race.scenario import Scenario
from optisim.export.files import write_safely
from optisim.export.sources import read_scenario
from optisim.language import tr
from optisim.ui.shell.document import ENDING

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

INTERVAL = 2000  # milliseconds from a change to its writing
LONGEST = 40  # letters of a name
MONTH = 30 * 24 * 3600  # seconds after which what nobody asked for is removed


@dataclass(frozen=True)
class Leftover:
    """What a process that ended unexpectedly would have lost. Ours as long as `lock` is held."""

    path: Path
    lock: QLockFile
    scenario: Scenario
    file: Path | None  # that the scenario belongs to
    step: float  # where the cursor stood
    at: datetime

    @property
    def lost(self) -> bool:
        """Whether its file does not have it anyway."""
        if self.file is None:
            return True
        try:
            return read_scenario(self.file) != self.scenario
        except Problem:
            return True

    @property
    def name(self) -> str:
        """What people call it: its file, its surface or its formula, as far as it fits into a question."""
        surface = self.scenario.surface
        name = tr(surface.name) if surface.slug else surface.formula
        if self.file is not None:
            name = self.file.name.removesuffix(ENDING)
        return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"

    @property
    def when(self) -> str:
        """The time, and the day unless it is today."""
        return self.at.strftime("%H:%M" if self.at.date() == datetime.now().date() else "%Y-%m-%d, %H:%M")


class Recovery(QObject):
    """Keeps what a window would lose, and offers what earlier ones have lost."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._folder = window.settings.folder / "recovery"
        self._path = self._folder / f"{os.getpid()}-{time.time_ns():x}.json"
        self._lock: QLockFile | None = None
        self._restored: Leftover | None = None  # until we have written it ourselves
        self._complained = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.keep)
        window.player.scenarioChanged.connect(self._follow)
        window.document.fileChanged.connect(self._follow)
        self._follow()
        self.offer()

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────

    def _follow(self, *_: object) -> None:
        """Write soon what would be lost if the program ended, or remove at once what no longer would be."""
        if not self._window.document.at_risk:
            self.close()
        elif not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Write the scenario, the file it belongs to, and where the cursor stands."""
        document, player = self._window.document, self._window.player
        data = {"scenario": to_json(player.scenario), "file": str(document.path or ""), "step": player.step}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._lock or _claimed(self._path)
            if self._lock is None:
                raise PermissionError
            write_safely(self._path, lambda temporary: temporary.write_text(json.dumps(data), encoding="utf-8"))
        except (OSError, Problem):
            self._complain()
        else:
            self._forget_restored()  # for now it is kept anew

    def close(self) -> None:
        """Leave nothing behind: all there is is saved, or the user does without it."""
        self._timer.stop()
        self._forget_restored()
        if self._lock is not None:
            _remove(self._path)
            self._lock.unlock()
            self._lock = None

    def _complain(self) -> None:
        """Say once, in passing, that a crash would cost something: there is nothing that must be done now."""
        if not self._complained:
            self._complained = True
            sentence = tr("Changes cannot be kept safe from a crash at present; save your work from time to time.")
            self._window.statusBar().showMessage(sentence, 8000)

    # ── Restoring ────────────────────────────────────────────────────────────────────────────────────────

    def offer(self) -> None:
        """Ask whether to restore the newest of what was lost. The others wait for the starts to come."""
        found = self._newest()
        if found is None:
            return
        question = tr(
            "OptiSim ended unexpectedly. Restore “{name}”, as it was at {time}?", name=found.name, time=found.when
        )
        no_button = QMessageBox.StandardButton.NoButton
        box = QMessageBox(QMessageBox.Icon.Question, "OptiSim", question, no_button, self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        restore = box.addButton(tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        later = box.addButton(tr("Ask later"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(restore)
        box.setEscapeButton(later)

        def answered() -> None:
            if box.clickedButton() is restore:
                self._restore(found)
            elif box.clickedButton() is discard:
                _remove(found.path)
            if self._restored is not found:
                found.lock.unlock()
            box.deleteLater()

        box.finished.connect(answered)
        box.open()

    def _restore(self, found: Leftover) -> None:
        self._restored = found
        _put_aside(found.path)
        self._window.document.recover(found.scenario, found.file)
        self._window.player.seek(found.step)

    def _forget_restored(self) -> None:
        if self._restored is not None:
            _remove(_aside(self._restored.path))
            self._restored.lock.unlock()
            self._restored = None

    def _newest(self) -> Leftover | None:
        """The newest that dead processes left. What has lost its worth is cleared away on the way."""
        try:
            files = sorted(self._folder.iterdir(), key=_written, reverse=True)
        except OSError:  # usually there has not been anything to keep yet
            return None
        for path in files:
            old = _written(path) < time.time() - MONTH
            if path.suffix == ".lock":
                _clear(path)
            elif path.suffix == ".json" and not path.name.startswith("."):
                found = _read(path, old)
                if found is not None:
                    return found
            elif old:  # it was tried, or its process was killed while it wrote
                _remove(path)
        return None


def _read(path: Path, old: bool) -> Leftover | None:
    """The leftover in a file. None if its process lives, or if there is nothing in it to restore."""
    lock = _claimed(path)
    if lock is None:
        return None
    try:
        if not path.is_file() or path.stat().st_size > 4 * MAX_FILE:
            raise ValueError
        at = datetime.fromtimestamp(_written(path))
        data = json.loads(path.read_bytes())
        scenario, file, step = from_json(data["scenario"]), data["file"], data["step"]
        if type(file) is not str or type(step) not in (int, float) or not math.isfinite(step):
            raise ValueError
        found = Leftover(path, lock, scenario, Path(file) if file else None, step, at)
        if not old and found.lost:
            return found
        _remove(path)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        # damaged, or of a method that is missing
        _put_aside(path)
    lock.unlock()
    return None


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
