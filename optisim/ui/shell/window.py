"""The main window: it holds labs, and brings one of them to the front. What it does itself is in other modules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QStackedWidget, QWidget

from optisim.core.base.problems import Problem
from optisim.language import explain, use_language
from optisim.ui.parts import appearance, icons, text_size
from optisim.ui.parts.commands import Commands
from optisim.ui.parts.field_keys import FieldKeys
from optisim.ui.parts.job_strip import JobStrip
from optisim.ui.parts.jobs import Jobs
from optisim.ui.parts.lab import Lab, Services
from optisim.ui.parts.settings import Settings
from optisim.ui.shell.commands import panel_commands, window_commands
from optisim.ui.shell.document import Document, stored_document
from optisim.ui.shell.history import History
from optisim.ui.shell.menus import fill_menus
from optisim.ui.shell.opening import Opening
from optisim.ui.shell.rail import Rail
from optisim.ui.shell.status import StatusLine
from optisim.ui.shell.workspace import Workspace

if TYPE_CHECKING:
    from optisim.ui.shell.gallery import Pictures
    from optisim.ui.shell.palette import Palette
    from optisim.ui.shell.recovery import Recovery

SIZE = QSize(1280, 800)  # at the first start, on a screen that has room for it
SAID = 8000  # milliseconds that what was done is told
FRAME = QSize(16, 48)  # what the desktop's frame and panels take


@dataclass(frozen=True)
class Session:
    """A lab that is open in a window, with its place in it and its document."""

    lab: Lab
    workspace: Workspace
    document: Document[Any]


class MainWindow(QMainWindow):
    """A window with one or more labs, of which one is in front.

    Args:
        settings: what is remembered between two starts.
        labs: what it holds; each is made when it first comes to the front.
    """

    def __init__(self, settings: Settings, labs: Sequence[type[Lab]]) -> None:
        super().__init__()
        self.settings = settings
        self.theme = appearance.theme_named(settings.theme)
        self.commands = Commands(self)
        self.kinds = {lab.kind.name: lab for lab in labs}
        self._sessions: dict[str, Session] = {}
        self._front = ""
        self._gallery_pictures: Pictures = {}
        self._palette: Palette | None = None  # until it is asked for
        self.awake = False  # whether the first frame has been painted, and what can wait is there
        self.recovery: Recovery | None = None  # until then
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.jobs = Jobs(self)
        self.status.insertPermanentWidget(1, JobStrip(self.jobs))  # between the hint and the progress
        self.jobs.told.connect(self.status.tell)
        self._stack, self._headers = QStackedWidget(), QStackedWidget()
        self._headers.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.menuBar().setCornerWidget(self._headers)
        self.setCentralWidget(self._stack)
        problems = [problem for lab in labs for problem in lab.prepare(settings)]
        self.opening = Opening(_Documents(self), lambda kind: self.bring_to_front(kind.name), settings, self)
        self.opening.accept_drops(self)
        self.opening.told.connect(self._say)
        self.commands.add(*window_commands(self.opening, settings, self))
        self.rail = Rail(labs, self.bring_to_front)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.rail.setVisible(len(labs) > 1)
        if not self.restoreGeometry(settings.geometry):
            self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.bring_to_front(settings.lab if settings.lab in self.kinds else labs[0].kind.name)
        self._field_keys = FieldKeys(self)
        self._field_keys.left.connect(lambda: self.lab.view.setFocus())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        self._tell(problems)

    # ── Labs ─────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def session(self) -> Session:
        """The one in front."""
        return self._sessions[self._front]

    @property
    def lab(self) -> Lab:
        """The lab in front."""
        return self.session.lab

    @property
    def document(self) -> Document[Any]:
        """Which file the lab in front has its document in."""
        return self.session.document

    @property
    def history(self) -> History[Any]:
        """The changes to the document of the lab in front."""
        return self.document.history

    @property
    def workspace(self) -> Workspace:
        """View and panels of the lab in front."""
        return self.session.workspace

    def session_of(self, name: str) -> Session:
        """The session of a lab, which is made if there is none yet."""
        if name not in self._sessions:
            self._sessions[name] = self._new_session(name)
        return self._sessions[name]

    def open_sessions(self) -> list[Session]:
        """All there are so far."""
        return list(self._sessions.values())

    def bring_to_front(self, name: str) -> None:
        """Show a lab: its view, docks, menus and commands."""
        if name == self._front:
            return
        if self._front:
            self.lab.go_to_back()
            self.history.hide()
        session = self.session_of(name)
        self._front = self.settings.lab = name
        self.rail.check(name)
        self._stack.setCurrentWidget(session.workspace)
        self._headers.setCurrentIndex(self._stack.currentIndex())
        self.commands.bring_to_front(name)
        fill_menus(self.menuBar(), self.commands, session.lab, self.opening)
        self.history.show_in(self.commands.action("window.undo"), self.commands.action("window.redo"))
        self.retranslate()
        session.lab.come_to_front()
        session.lab.view.setFocus()

    def _new_session(self, name: str) -> Session:
        kind = self.kinds[name]
        lab = kind(
            stored_document(kind.kind, self.settings), Services(self.settings, self.commands, self, self.jobs), self
        )
        lab.show_theme(self.theme)
        workspace = Workspace(lab)
        workspace.fill(later=False)
        workspace.restore(self.settings.layout(name))
        workspace.changed.connect(self._refresh_panels)
        self.commands.add(*panel_commands(workspace))
        document = Document(lab.model, lab.kind, self.settings, self)
        session = Session(lab, workspace, document)
        self._stack.addWidget(workspace)
        self._headers.addWidget(lab.header if lab.header is not None else QWidget())
        lab.told.connect(lambda text, time: self._from(lab, lambda: self.status.tell(text, time)))
        lab.hinted.connect(lambda text: self._from(lab, lambda: self.status.hint.setText(text)))
        lab.progressed.connect(lambda text: self._from(lab, lambda: self.status.progress.setText(text)))
        lab.panelWanted.connect(workspace.show_panel)
        lab.outdated.connect(document.history.forget)
        workspace.painted.connect(lambda: self._after_first_frame(session))
        lab.model.changed.connect(self._show_title)
        document.told.connect(self._say)
        document.shown.connect(lab.document_shown)
        document.fileChanged.connect(self._show_title)
        self.opening.watch(document)
        self._watch(session)
        return session

    def _refresh_panels(self) -> None:
        """Tick the panels that are shown."""
        for session in self.open_sessions():
            for name in session.workspace.pages:
                self.commands.refresh(f"{session.lab.name}.panel.{name}")
            session.lab.set_bare(session.workspace.bare)
        self.commands.refresh("window.panels")

    def _from(self, lab: Lab, say: object) -> None:
        """What a lab in the back would say is not said."""
        if self._front and lab is self.lab:
            say()  # type: ignore[operator]

    def _after_first_frame(self, session: Session) -> None:
        """Make what can wait: later panels, icons in menus, recovery."""
        self._tell(session.lab.wake())
        session.workspace.fill(later=True)
        self._fit_text()
        icons.recolor(self)
        if self.recovery is None:
            self._begin_recovery()
        self.awake = True

    def _begin_recovery(self) -> None:
        """Keep what a crash would cost, and offer what one has cost."""
        from optisim.ui.shell.recovery import Recovery

        folder = self.settings.folder / "recovery"
        self.recovery = Recovery(self.kinds, lambda kind: self.bring_to_front(kind.name), folder, self)
        self.recovery.told.connect(self._say)
        for session in self.open_sessions():
            self._watch(session)
        self.recovery.offer()

    def _watch(self, session: Session) -> None:
        from optisim.ui.shell.recovery import Position

        if self.recovery is not None:
            self.recovery.watch(session.document, Position(lambda: session.lab.position, session.lab.go_to))

    def restore_layout(self) -> None:
        """Put all panels of the lab in front back to where they were at the first start."""
        self.workspace.restore("")

    # ── Looks and languages ──────────────────────────────────────────────────────────────────────────────

    def set_theme(self, name: str) -> None:
        """Show the window light, dark, or ("") as the system is."""
        self.settings.theme = name
        self.theme = appearance.theme_named(name)
        appearance.apply(self.theme)
        icons.recolor(self)
        for session in self.open_sessions():
            session.lab.show_theme(self.theme)

    def set_text_size(self, percent: int) -> None:
        """Write everything in the window smaller or larger."""
        before, self.settings.text_size = text_size.factor(), text_size.allowed(percent)
        text_size.use_text_size(percent)
        change = text_size.factor() / before
        if change == 1.0:
            return
        appearance.apply(self.theme)
        self._fit_text(change)
        self.retranslate()

    def _fit_text(self, change: float = 1.0) -> None:
        """Let all that has a size of its own take the size of text that is in use."""
        text_size.fit(self)
        self._headers.adjustSize()
        self.menuBar().setCornerWidget(self._headers)  # which takes its size anew
        for session in self.open_sessions():
            session.lab.fit_text()
            session.workspace.fit_to_text(change)

    def _on_system_theme(self) -> None:
        if not self.settings.theme:
            self.set_theme("")

    def set_language(self, code: str) -> None:
        """Show the window in another language, at once."""
        self.settings.language = code
        use_language(code)  # widgets hear of it by a LanguageChange event

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_front") and self._front:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts that are not in panels."""
        self.commands.retranslate()
        for session in self.open_sessions():
            session.document.history.retranslate()
            session.workspace.retranslate()
        self.rail.retranslate()
        self.lab.retranslate()
        self._show_title()

    def open_gallery(self) -> None:
        """Let the user choose something that comes with the program."""
        from optisim.ui.shell.gallery import Gallery

        entries = self.lab.gallery(self.opening.show)
        Gallery(entries, self._gallery_pictures, self.theme.name, self.jobs, self).open()

    def open_palette(self) -> None:
        """Let the user type what is to be done."""
        if self._palette is None:
            from optisim.ui.shell.palette import Palette

            self._palette = Palette(self.commands, self)
        self._palette.open()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_title(self) -> None:
        """Name the document of the lab in front; Qt marks it when the file does not have all of it."""
        self.setWindowTitle(self.document.title)
        self.setWindowModified(self.document.modified)

    def _say(self, text: str) -> None:
        self.status.tell(text, SAID)

    def _tell(self, problems: Sequence[Problem]) -> None:
        if problems:
            self.status.tell(explain(problems[0]))

    # ── Closing ──────────────────────────────────────────────────────────────────────────────────────────

    def closeEvent(self, event: QCloseEvent) -> None:
        sessions = self.open_sessions()
        if not (all(session.document.may_leave() for session in sessions) and self.jobs.may_close(self)):
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        for session in sessions:
            self.settings.set_layout(session.lab.name, session.workspace.state())
            session.document.keep()
        if self.recovery is not None:
            self.recovery.close()
        self.jobs.close()
        self.close_labs()
        super().closeEvent(event)

    def close_labs(self) -> None:
        """End what runs."""
        for session in self.open_sessions():
            session.lab.close()


class _Documents(Mapping[str, Document[Any]]):
    """The documents of a window by the name of their kind; asking for one opens its lab."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __getitem__(self, name: str) -> Document[Any]:
        if name not in self._window.kinds:
            raise KeyError(name)
        return self._window.session_of(name).document

    def __contains__(self, name: object) -> bool:
        return name in self._window.kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._window.kinds)

    def __len__(self) -> int:
        return len(self._window.kinds)
