"""A second, tiny kind of document, to see that nothing but its own kind knows a race."""

from dataclasses import dataclass

from optisim.core.documents.changes import Change
from optisim.core.documents.fields import Fields, differing
from optisim.core.documents.kinds import Kind

DEFAULTS = {"title": "", "size": 1.0}


@dataclass(frozen=True)
class Note:
    text: str = "Begin here"
    title: str = ""
    size: float = 1.0


def write(note):
    return differing({"text": note.text, "title": note.title, "size": note.size}, DEFAULTS)


def read(data, version):
    fields = Fields(data)
    if version < 2:  # which called it so
        fields = fields.or_else({"text": fields.get("words", str)})
    fields = fields.or_else(DEFAULTS)
    return Note(fields.get("text", str), fields.get("title", str), fields.get("size", float))


def change(before, after):
    if before.text != after.text:
        return Change(("text",), "text of {name}", (("name", after.title or "a note"),))
    return Change(("look",), "look")


NOTE = Kind(
    name="note",
    format="optisim-note",
    version=2,
    ending=".optisim-note.json",
    title="OptiSim note",
    document=Note,
    new=Note,
    write=write,
    read=read,
    change=change,
    describe=lambda note: note.title or note.text,
    summary=lambda note: f"A note: {note.text}",
    file_name=lambda note: note.title or "note",
)
