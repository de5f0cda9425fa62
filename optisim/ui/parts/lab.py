"""What a laboratory is to the window: a view, panels, commands, a document of a kind, and exports of its own.

The shell knows labs by this only, and labs do not know the shell: whatever they need of the window comes in a
`Services`, and what the window is to say or show they tell by signals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from optisim.canvas.theme import Theme
from optisim.core.base.problems import Problem
from optisim.core.documents.kinds import Kind
from optisim.ui.parts.commands import Commands, Item
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.parts.gallery_entry import GalleryEntry
from optisim.ui.parts.jobs import Jobs
from optisim.ui.parts.panel import Panel
from optisim.ui.parts.settings import Settings


class Place(Enum):
    """Where a panel stands."""

    SIDE = "side"  # at the right of the view
    DRAWER = "drawer"  # below it


@dataclass(frozen=True)
class PanelRow:
    """A panel of a lab: adding one is a row, and its widget.

    Attributes:
        name: in saved layouts, and of the command that shows or hides it.
        title: marked for translation.
        place: where it is at first, behind a tab.
        make: makes it.
        scrolled: it is scrolled where it is higher than its place.
        later: it is made after the first frame, which need not wait for it.
    """

    name: str
    title: str
    place: Place
    make: Callable[[], Panel]
    scrolled: bool = False
    later: bool = False


@dataclass(frozen=True)
class Services:
    """What a window gives its labs.

    Attributes:
        settings: what is remembered between two starts.
        commands: where they declare what they can do.
        window: the parent of dialogs.
        jobs: where what takes long is done.
    """

    settings: Settings
    commands: Commands
    window: QWidget
    jobs: Jobs


@dataclass(frozen=True)
class Menus:
    """What a lab puts into the menus, as items of `Commands.fill`.

    Attributes:
        file, edit, copy, view: what stands in the window's own menus File, Edit, Edit → Copy as, View.
        own: menus of its own, between View and Help: text, marked for translation → items.
    """

    file: Sequence[Item] = ()
    edit: Sequence[Item] = ()
    copy: Sequence[Item] = ()
    view: Sequence[Item] = ()
    own: Mapping[str, Sequence[Item]] | None = None


class Lab(QObject):
    """A laboratory.

    Signals:
        told(text, milliseconds): a sentence for the status bar; "" takes it back.
        hinted(text): what can be done here; stands in the status bar when nothing else does.
        progressed(text): where its time stands, at the right of the status bar.
        panelWanted(name): a panel is to be seen.
        outdated(): what could be undone makes no sense any more.
    """

    told = Signal(str, int)
    hinted = Signal(str)
    progressed = Signal(str)
    panelWanted = Signal(str)
    outdated = Signal()

    name: ClassVar[str]  # the scope of its commands, and its key in settings
    title: ClassVar[str]  # marked for translation
    icon: ClassVar[str]

    kind: ClassVar[Kind[Any]]
    model: DocumentModel[Any]
    view: QWidget
    header: QWidget | None = None  # stands beside the menus
    panels: Sequence[PanelRow]
    menus: Menus

    def __init__(self, document: Any, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)

    @classmethod
    def prepare(cls, settings: Settings) -> list[Problem]:
        """What must be there before stored documents can be read; returns what was wrong."""
        return []

    def wake(self) -> list[Problem]:
        """Do what can wait until the first frame is on the screen; returns what was wrong."""
        return []

    def document_shown(self) -> None:
        """Another document was opened: show it from its beginning, all of it."""

    def gallery(self, open_document: Callable[[Any], object]) -> Sequence[GalleryEntry]:
        """What comes with the program; opening an entry hands its document to `open_document`."""
        return ()

    @property
    def position(self) -> float:
        """Where in its time the document is shown."""
        return 0.0

    def go_to(self, position: float) -> None:
        """Show the document at another instant."""

    def show_theme(self, theme: Theme) -> None:
        """Paint light or dark."""

    def retranslate(self) -> None:
        """Set the texts that are not in widgets: those hear of another language by themselves."""

    def fit_text(self) -> None:
        """Take the size of text that is in use, where that is not heard of by widgets themselves."""

    def set_bare(self, bare: bool) -> None:
        """The panels are put away (or back): the view has to say what they said."""

    def come_to_front(self) -> None:
        """Another lab was in front until now; `view` is on the screen."""

    def go_to_back(self) -> None:
        """Another lab comes to the front: let time stand still."""

    def close(self) -> None:
        """End what runs."""
