"""The document of a lab as a file: which one it is in, what that does not have yet, saving, and what the next start
goes on with."""

from __future__ import annotations

from pathlib import Path
from typing import Generic

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from optisim.core.base.problems import Problem, shortened
from optisim.core.documents.kinds import D, Kind, from_json, to_json
from optisim.core.documents.sharing import to_share
from optisim.core.optimizers.plugins import load_installed
from optisim.export.files import write_safely
from optisim.export.sources import carries, read_document
from optisim.language import tr
from optisim.ui.parts import messages
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.parts.file_dialogs import ask_file
from optisim.ui.parts.settings import Settings
from optisim.ui.shell.history import History


def stored_document(kind: Kind[D], settings: Settings) -> D:
    """The document that the last start left, or a fresh one."""
    text = settings.of_documents(kind.name).content
    if not text:
        return kind.new()
    try:
        found = from_json(text)
    except Problem:
        load_installed()  # it may be an optimizer of a package that is missing
        try:
            found = from_json(text)
        except Problem:  # made by another version, or damaged
            found = None
    return found if isinstance(found, kind.document) else kind.new()


class Document(QObject, Generic[D]):
    """Which file the document of a lab is in.

    A document without a file is kept from one start to the next anyway; only what a file does not have yet can be
    lost, and is asked about.

    Attributes:
        path: the file, None if it is in none.
        history: what can be undone.

    Signals:
        fileChanged(): the document was saved or opened, or belongs to no file any more.
        shown(): another document has taken the place of what was there, rather than a change of it.
        told(str): what was done, for the status bar.
    """

    fileChanged = Signal()
    shown = Signal()
    told = Signal(str)

    def __init__(self, model: DocumentModel[D], kind: Kind[D], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = model
        self.kind = kind
        self.path: Path | None = None
        self.history = History(model, kind, self)
        self._settings = settings
        self._remembered = settings.of_documents(kind.name)
        self._parent = parent
        self._saved = model.value
        self._stored = self._remembered.content  # when this window opened
        self._resume()

    @property
    def modified(self) -> bool:
        """Whether there is something that the file does not have."""
        return self.path is not None and self.at_risk

    @property
    def at_risk(self) -> bool:
        """Whether there is something that neither a file has nor was there at the start."""
        return self.model.value != self._saved

    @property
    def title(self) -> str:
        """What the window is called, with `[*]` where Qt marks what is modified: its file, or what it is about."""
        name = self.path.name if self.path is not None else shortened(tr(self.kind.describe(self.model.value)))
        return tr("{file} – OptiSim", file=f"{name}[*]")

    def keep(self) -> None:
        """Store what the next start goes on with: what the file has, or, without a file, all that there is.

        A window in which nothing was changed leaves what another one has stored.
        """
        if self.at_risk or self.path is not None or self._remembered.content == self._stored:
            self._remembered.content = to_json(self._saved if self.path is not None else self.model.value)

    # ── Another document ─────────────────────────────────────────────────────────────────────────────────

    def new(self) -> None:
        """Begin anew."""
        self.show(self.kind.new())

    def show(self, document: D) -> bool:
        """Show a document that is in no file; what was there can be had back with undo. False if the user stays."""
        if not self.may_leave():
            return False
        self._belong_to(None)
        self.history.finish()
        self._take(document)
        return True

    def show_file(self, document: D, path: Path) -> bool:
        """Show what was read from a file, which it belongs to from now on, unless that is an image or film.

        False if the user wants to stay with what is there.
        """
        if carries(path):
            return self.show(document)
        if not self.may_leave():
            return False
        document = self._saved_in(path) or document  # once more, for what was just saved may be this file
        self._saved = document
        self._take(document)
        self._belong_to(path)
        self.history.forget()
        return True

    def recover(self, document: D, path: Path | None) -> None:
        """Show what was rescued; it belongs to its file again, which does not have all of it."""
        saved = self._saved_in(path) if path is not None else None
        if saved is not None:
            self._saved = saved
        else:  # the file is gone
            path = None
        self._take(document)
        self._belong_to(path)
        self.history.forget()

    def _take(self, document: D) -> None:
        self.model.set(document)
        self.shown.emit()

    def _saved_in(self, path: Path) -> D | None:
        """What is in a file, if it is a document of this kind."""
        try:
            document = read_document(path)
        except Problem:
            return None
        return document if isinstance(document, self.kind.document) else None

    # ── Save ─────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> bool:
        """Write the file, or ask for one first. False if nothing was written."""
        return self._write(self.path) if self.path is not None else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file, and write it. False if nothing was written."""
        kind = self.kind
        name = self.path.name if self.path is not None else kind.file_name(self.model.value)
        formats = {kind.ending: kind.title}
        path = ask_file(self._parent, self._settings, tr("Save as"), name.removesuffix(kind.ending), formats)
        return path is not None and self._write(path)

    def _write(self, path: Path) -> bool:
        document = self.model.value
        try:
            write_safely(path, lambda temporary: temporary.write_text(to_json(document) + "\n", encoding="utf-8"))
        except Problem as problem:
            messages.warn(self._parent, problem)
            return False
        self._saved = document
        self._belong_to(path)
        self.told.emit(tr("Saved {path}", path=path))
        return True

    def may_leave(self) -> bool:
        """Ask about what the file does not have yet. False if the user wants to stay."""
        if self.path is None or not self.modified:
            return True
        button = messages.Button
        answer = messages.ask(
            self._parent,
            tr("“{file}” has changes that are not saved. Save them?", file=shortened(self.path.name)),
            button.Save | button.Discard | button.Cancel,
            button.Save,
        )
        if answer == button.Save:
            return self.save()
        return answer == button.Discard

    def copy_share(self) -> None:
        """Put the document on the clipboard as a share string."""
        QGuiApplication.clipboard().setText(to_share(self.model.value))
        self.told.emit(tr("The share string is on the clipboard"))

    # ── File ─────────────────────────────────────────────────────────────────────────────────────────────

    def _belong_to(self, path: Path | None) -> None:
        self.path = path
        self._remembered.file = str(path) if path is not None else ""
        self.fileChanged.emit()

    def _resume(self) -> None:
        """Go on with the file of the last time, if it still has what is shown.

        It has not if something else changed it, or if the program ended before it noted what to go on with.
        """
        name = self._remembered.file
        if name and self._saved_in(Path(name)) == self._saved:
            self.path = Path(name)
        else:
            self._remembered.file = ""
