"""Loading optimizers of the user's own: asking first, since that runs code, and remembering the answer."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from optisim.core.base.problems import Problem, shortened
from optisim.core.optimizers.plugins import load_optimizers
from optisim.language import tr
from optisim.ui.parts import messages
from optisim.ui.parts.settings import Settings

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow


def load_optimizer(window: MainWindow) -> None:
    """Ask for a Python file, and whether to run it; then add a run of each optimizer in it."""
    settings = window.settings
    path, _ = QFileDialog.getOpenFileName(
        window, tr("Load optimizer"), settings.plugin_folder, tr("Python files (*.py)")
    )
    if not path:
        return
    settings.plugin_folder = str(Path(path).parent)
    question = tr(
        "“{file}” is a program that can do whatever you can. Load it only if you trust it.",
        file=shortened(Path(path).name),
    )
    box = messages.message_box(window, messages.Icon.Warning, question, messages.Button.Cancel)
    load = box.addButton(tr("Load and run"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(messages.Button.Cancel)
    box.exec()
    if box.clickedButton() is load:
        load_file(window, Path(path))


def load_file(window: MainWindow, path: Path) -> None:
    """Load a file that the user has agreed to run, and show what it brought."""
    try:
        content = _fingerprint(path)
        kinds = load_optimizers(path)
    except (Problem, OSError) as error:
        messages.warn(window, error if isinstance(error, Problem) else str(error))
        return
    window.settings.plugins = json.dumps({**_remembered(window.settings), str(path): content})
    window.player.renew()
    window.history.forget()  # what could be undone is of classes that are no more
    for kind in kinds:
        window.runs_panel.add(kind.slug())
    names = ", ".join(kind.name for kind in kinds)
    window.statusBar().showMessage(tr("Loaded {names}", names=names), 8000)


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
