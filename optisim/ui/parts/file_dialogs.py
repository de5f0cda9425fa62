"""Asking where to write a file."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from optisim.core.base.problems import shortened
from optisim.language import tr
from optisim.ui.parts import messages
from optisim.ui.parts.settings import Settings


def _may_replace(parent: QWidget, path: Path) -> bool:
    button = messages.Button
    text = tr("“{name}” exists already. Replace it?", name=shortened(path.name))
    return messages.ask(parent, text, button.Yes | button.No, button.No) == button.Yes


def ask_file(parent: QWidget, settings: Settings, title: str, name: str, formats: dict[str, str]) -> Path | None:
    """Ask where to write a file in one of several formats; the folder is remembered.

    Args:
        parent: whose dialog it is.
        settings: where the folder is kept.
        title: the dialog's.
        name: what is suggested, without an ending.
        formats: ending → what it is, marked for translation; the first is suggested.

    Returns:
        The path, whose ending is one of the formats: the one typed, or else the one chosen in the list. None if the
        user changed their mind.
    """
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = settings.export_folder or documents
    filters = {f"{tr(text)} (*{ending})": ending for ending, text in formats.items()}
    usual, *_ = formats
    suggestion = str(Path(folder) / (name + usual))
    chosen, chosen_filter = QFileDialog.getSaveFileName(parent, title, suggestion, ";;".join(filters))
    if not chosen:
        return None
    path = Path(chosen)
    if not path.name.lower().endswith(tuple(formats)):
        path = path.with_name(path.name + filters.get(chosen_filter, usual))
        if os.path.lexists(path) and not _may_replace(parent, path):  # the dialog has asked about another name
            return None
    settings.export_folder = str(path.parent)
    return path
