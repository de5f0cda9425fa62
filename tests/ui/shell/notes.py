"""A tiny lab for tests: its document is a line of text, and all that can be done to it is to shout."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from optisim.ui.parts.commands import Argument, Command
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.parts.lab import Lab, Menus, PanelRow, Place
from optisim.ui.parts.panel import Panel
from tests.core.documents.note_kind import NOTE, Note


class Echo(Panel):
    """Says what the note says."""

    def __init__(self, model):
        super().__init__()
        self.label = QLabel(model.value.text, self)
        model.changed.connect(lambda note: self.label.setText(note.text))


class NotesLab(Lab):
    """Shows a note in a field."""

    kind = NOTE
    name = NOTE.name
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
            Command("note.shout", "&Shout", self.shout, "Ctrl+E"),
            Command("note.write", "Write", self.write, arguments=(Argument("text", "Text"),)),
        )
        self.panels = (PanelRow("echo", "Echo", Place.SIDE, lambda: Echo(self.model)),)
        self.menus = Menus(edit=("note.shout",), own={"&Note": ("note.shout",)})
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
