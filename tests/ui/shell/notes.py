"""A tiny lab for tests: its document is a line of text, and all that can be done to it is to shout."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from optisim.core.documents.changes import Change
from optisim.core.documents.kinds import Kind
from optisim.ui.parts.commands import Argument, Command
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.parts.lab import Area, DockRow, Lab, Menus
from optisim.ui.parts.panel import Panel


@dataclass(frozen=True)
class Note:
    """A line of text."""

    text: str = "hello"


NOTES = Kind(
    name="notes",
    format="optisim-note",
    version=1,
    ending=".note.json",
    title="OptiSim note",
    document=Note,
    new=Note,
    write=lambda note: {"text": note.text} if note != Note() else {},
    read=lambda data, version: Note(**{k: v for k, v in data.items() if k == "text"}),
    change=lambda before, after: Change(("text", object()), "text of the note"),
    describe=lambda note: "Note",
    summary=lambda note: note.text,
    file_name=lambda note: "note",
)


class Echo(Panel):
    """Says what the note says."""

    def __init__(self, model):
        super().__init__()
        self.label = QLabel(model.value.text, self)
        model.changed.connect(lambda note: self.label.setText(note.text))


class NotesLab(Lab):
    """Shows a note in a field."""

    kind = NOTES
    name = NOTES.name
    title = "Notes"
    icon = "table"

    def __init__(self, document, services, parent=None):
        super().__init__(document, services, parent)
        self.model = DocumentModel(document, self)
        self.field = QLineEdit(document.text)
        self.view = QWidget()
        QVBoxLayout(self.view).addWidget(self.field)
        self.view.setFocusProxy(self.field)
        self.field.textEdited.connect(self.write)
        self.model.changed.connect(lambda note: self.field.setText(note.text))
        services.commands.add(
            Command("notes.shout", "&Shout", self.shout, "Ctrl+E"),
            Command("notes.write", "Write", self.write, arguments=(Argument("text", "Text"),)),
        )
        self.docks = (DockRow("echo", "Echo", Area.RightDockWidgetArea, lambda: Echo(self.model)),)
        self.menus = Menus(edit=("notes.shout",), own={"&Note": ("notes.shout",)})
        self.shown = 0
        self.backs = 0

    def shout(self):
        self.model.set(replace(self.model.value, text=self.model.value.text.upper()))

    def write(self, text):
        self.model.set(Note(text))

    def document_shown(self):
        self.shown += 1

    def go_to_back(self):
        self.backs += 1
