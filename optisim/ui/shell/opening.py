"""Opening documents of all kinds: from files, recent ones, files dropped on the window, and share strings.

Whatever is opened goes to the `Document` of its kind, whose lab then comes to the front.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from optisim.core.base.problems import Problem
from optisim.core.documents.kinds import KINDS, Kind, kind_of
from optisim.core.documents.sharing import from_share, is_share
from optisim.core.optimizers.plugins import load_installed
from optisim.export.sources import carriers, is_file, read_document, read_source
from optisim.language import explain, tr
from optisim.ui.parts import messages
from optisim.ui.parts.plain import plain_tip
from optisim.ui.parts.settings import Settings
from optisim.ui.shell.document import Document

MOST_RECENT = 8


class Opening(QObject):
    """Opens what the user chooses, drops or pastes, or says why not and changes nothing.

    Args:
        documents: name of the kind → the document of the lab that shows it, which may be made only now.
        bring_to_front: shows the lab of a kind.
        settings: where the recent files are kept.
        parent: the window.

    Signals:
        told(str): what there is to say in passing, for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        documents: Mapping[str, Document[Any]],
        bring_to_front: Callable[[Kind[Any]], object],
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._bring_to_front = bring_to_front
        self._settings = settings
        self._parent = parent
        self.recent_menu = QMenu(parent)
        self.recent_menu.aboutToShow.connect(self._list_recent)

    def watch(self, document: Document[Any]) -> None:
        """Remember the files of a document among the recent ones."""
        document.fileChanged.connect(partial(self._remember, document))

    # ── What is opened ───────────────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        """Ask for a file, and show it."""
        shown = (kind.ending for kind in KINDS.values() if kind.name in self._documents)
        endings = dict.fromkeys([*shown, ".json", *carriers()])
        chosen, _ = QFileDialog.getOpenFileName(
            self._parent,
            tr("Open"),
            self._folder,
            tr("OptiSim files ({endings})", endings=" ".join(f"*{ending}" for ending in endings)),
        )
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Show the document in a file."""
        try:
            document = read_document(path)
        except Problem as problem:
            messages.warn(self._parent, problem)
        else:
            self._show_file(document, path)

    def open_source(self, text: str) -> None:
        """Show the document of a file, a share string or an example, as the command line names it.

        Raises:
            Problem: if it cannot be read.
        """
        try:
            document = read_source(text)
        except Problem:
            load_installed()  # it may be an optimizer of a package that is missing
            document = read_source(text)
        if is_file(text):
            self._show_file(document, Path(text))
        else:
            self.show(document)

    def open_share(self) -> None:
        """Ask for a share string, and show its document."""
        from optisim.ui.shell.share_dialog import ShareDialog

        dialog = ShareDialog(self._parent)
        if dialog.exec() and dialog.document is not None:
            self.show(dialog.document)

    def paste_share(self) -> None:
        """Show the document of the share string on the clipboard, or say in passing that there is none."""
        text = QGuiApplication.clipboard().text()
        if not is_share(text):
            self.told.emit(tr("There is no share string on the clipboard"))
            return
        try:
            document = from_share(text)
        except Problem as problem:
            self.told.emit(explain(problem))
        else:
            self.show(document)

    def show(self, document: object) -> None:
        """Show a document that is in no file."""
        kind = kind_of(document)
        if self._documents[kind.name].show(document):
            self._bring_to_front(kind)

    def _show_file(self, document: object, path: Path) -> None:
        kind = kind_of(document)
        if self._documents[kind.name].show_file(document, path):
            self._bring_to_front(kind)

    @property
    def _folder(self) -> str:
        """Where the last file is."""
        return str(Path(self._recent[0]).parent) if self._recent else self._settings.export_folder

    # ── Recent files ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def _recent(self) -> list[str]:
        try:
            names = json.loads(self._settings.recent or "[]")
        except ValueError:
            return []
        return [str(name) for name in names] if isinstance(names, list) else []

    def _remember(self, document: Document[Any]) -> None:
        if document.path is not None:
            listed = [str(document.path), *(name for name in self._recent if name != str(document.path))]
            self._settings.recent = json.dumps(listed[:MOST_RECENT])

    def _list_recent(self) -> None:
        self.recent_menu.clear()
        for name in self._recent:
            action = self.recent_menu.addAction(Path(name).name.replace("&", "&&"))
            action.setToolTip(plain_tip(name))
            action.triggered.connect(lambda _, name=name: self.open_file(Path(name)))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(tr("None yet")).setEnabled(False)

    # ── Drag and drop ────────────────────────────────────────────────────────────────────────────────────

    def accept_drops(self, widget: QWidget) -> None:
        """Open files that are dropped on a widget."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _file_in(event) is not None:
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            path = _file_in(event)
            if path is not None:
                event.acceptProposedAction()
                self.open_file(path)
                return True
        return False


def _file_in(event: QDropEvent) -> Path | None:
    """The one file that is being dragged."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
