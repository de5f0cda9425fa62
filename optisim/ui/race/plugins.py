"""Loading optimizers of the user's own: asking first, since that runs code, and remembering the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from optisim.core.base.problems import N_, Problem, shortened
from optisim.core.optimizers.plugins import load_optimizers
from optisim.language import tr
from optisim.ui.parts import messages
from optisim.ui.parts.commands import Command
from optisim.ui.parts.settings import Settings
from optisim.ui.race.player import Player
from optisim.ui.race.runs_panel import RunsPanel


class Plugins(QObject):
    """Loads files into the catalogue, and adds runs of what they bring.

    Signals:
        told(text, milliseconds): what was loaded.
        loaded(): the catalogue has other classes; what could be undone is of classes that are no more.
    """

    told = Signal(str, int)
    loaded = Signal()

    def __init__(self, player: Player, runs_panel: RunsPanel, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._player, self._runs_panel, self._settings, self._parent = player, runs_panel, settings, parent

    def commands(self) -> Iterator[Command]:
        """What this can do."""
        yield Command("race.load", N_("&Load optimizer…"), self.load_optimizer)

    def load_optimizer(self) -> None:
        """Ask for a Python file, and whether to run it; then add a run of each optimizer in it."""
        settings = self._settings
        path, _ = QFileDialog.getOpenFileName(
            self._parent, tr("Load optimizer"), settings.plugin_folder, tr("Python files (*.py)")
        )
        if not path:
            return
        settings.plugin_folder = str(Path(path).parent)
        question = tr(
            "“{file}” is a program that can do whatever you can. Load it only if you trust it.",
            file=shortened(Path(path).name),
        )
        box = messages.message_box(self._parent, messages.Icon.Warning, question, messages.Button.Cancel)
        load = box.addButton(tr("Load and run"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(messages.Button.Cancel)
        box.exec()
        if box.clickedButton() is load:
            self.load_file(Path(path))

    def load_file(self, path: Path) -> None:
        """Load a file that the user has agreed to run, and show what it brought."""
        try:
            content = _fingerprint(path)
            kinds = load_optimizers(path)
        except (Problem, OSError) as error:
            messages.warn(self._parent, error if isinstance(error, Problem) else str(error))
            return
        self._settings.plugins = json.dumps({**_remembered(self._settings), str(path): content})
        self._player.renew()
        self.loaded.emit()
        for kind in kinds:
            self._runs_panel.add(kind.slug())
        names = ", ".join(kind.name for kind in kinds)
        self.told.emit(tr("Loaded {names}", names=names), 8000)


def load_known(settings: Settings) -> list[Problem]:
    """Load the files that were agreed to and have not changed since, and return what was wrong."""
    problems = []
    known = _remembered(settings)
    for name, content in list(known.items()):
        path = Path(name)
        try:
            if _fingerprint(path) == content:
                load_optimizers(path)
            else:
                del known[name]  # it is another program now: ask again
        except OSError:
            del known[name]
        except Problem as problem:
            problems.append(problem)
    if known != _remembered(settings):
        settings.plugins = json.dumps(known)
    return problems


def _remembered(settings: Settings) -> dict[str, str]:
    try:
        known = json.loads(settings.plugins or "{}")
    except ValueError:
        return {}
    return {str(path): str(content) for path, content in known.items()} if isinstance(known, dict) else {}


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
