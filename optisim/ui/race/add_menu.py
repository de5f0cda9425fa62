"""The menu of optimizers: by family, and by what is typed into its first line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget, QWidgetAction

from optisim.core.optimizers import FAMILIES, OPTIMIZERS, Lookahead, Optimizer
from optisim.language import tr
from optisim.ui.parts.plain import plain_tip
from optisim.ui.parts.text_size import scaled

MOST_FOUND = 12


class AddMenu(QMenu):
    """Every optimizer there is, read from the catalogue each time it opens.

    Signals:
        chosen(slug): an optimizer was chosen.
        loadAsked(): one of the user's own is to be loaded.
    """

    chosen = Signal(str)
    loadAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(scaled(230))  # the menu's, which should not shrink to what is found
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self._line = QWidgetAction(self)
        self._line.setDefaultWidget(self.search)
        self.addAction(self._line)
        self._rest: list[QAction] = []  # everything below the line
        # kept, not made anew each time: one of them may be open or on its way
        self._submenus: dict[str, QMenu] = {}
        self._entries: dict[tuple[str, bool], QAction] = {}
        self._separator = QAction(self)
        self._separator.setSeparator(True)
        self._load, self._nothing = QAction(self), QAction(self)
        self._load.triggered.connect(self.loadAsked)
        self._nothing.setEnabled(False)
        self.aboutToShow.connect(self._on_show)
        self.found: list[str] = []  # the slugs that fit what is typed, in the order of the menu

    def retranslate(self) -> None:
        """Set all texts."""
        self.search.setPlaceholderText(tr("Search…"))
        self.search.setAccessibleName(tr("Search optimizers"))
        self._line.setText(tr("Search optimizers"))
        self._load.setText(tr("Load optimizer…"))
        self._nothing.setText(tr("No optimizer fits"))

    def _on_show(self) -> None:
        self.search.clear()
        self._fill()
        QTimer.singleShot(0, self, self.search.setFocus)

    def _fill(self) -> None:
        for action in self._rest:
            self.removeAction(action)
        words = self.search.text().casefold().split()
        self.found = [slug for slug, kind in _everything() if words and all(word in _text(kind) for word in words)]
        if not words:
            self._rest = [*self._families(), self._separator, self._load]
        else:
            self._rest = [self._entry(slug) for slug in self.found[:MOST_FOUND]] or [self._nothing]
        self.addActions(self._rest)

    def _families(self) -> Iterator[QAction]:
        for family, title in FAMILIES.items():
            slugs = [slug for slug, kind in OPTIMIZERS.items() if kind.family == family]
            if not slugs:
                continue
            menu = self._submenu(family, tr(title))
            for slug in slugs:
                menu.addAction(self._entry(slug))
            if family == Lookahead.family:
                over = self._submenu("lookahead", tr("Lookahead over"))
                over.menuAction().setToolTip(plain_tip(_about(Lookahead)))
                for slug in OPTIMIZERS:
                    over.addAction(self._entry(f"{Lookahead.spelling}-{slug}", OPTIMIZERS[slug].name))
                menu.addMenu(over)
            yield menu.menuAction()

    def _submenu(self, key: str, title: str) -> QMenu:
        if key not in self._submenus:
            self._submenus[key] = QMenu(self)
        menu = self._submenus[key]
        for action in menu.actions():
            menu.removeAction(action)
        menu.setToolTipsVisible(True)
        menu.setTitle(title)
        return menu

    def _entry(self, slug: str, short: str = "") -> QAction:
        """The entry of an optimizer, under its name or a shorter one."""
        key = (slug, bool(short))
        if key not in self._entries:
            action = self._entries[key] = QAction(self)
            action.setData(slug)
            action.triggered.connect(lambda: self.chosen.emit(slug))
        kind, action = OPTIMIZERS.kind(slug), self._entries[key]
        action.setText(short or kind.name)
        action.setToolTip(plain_tip(_about(kind)))
        return action

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """Enter takes the first that was found; the arrow down goes to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.found:
                    slug = self.found[0]
                    self.close()
                    self.chosen.emit(slug)
                return True
            if event.key() == Qt.Key.Key_Down and self._rest:
                self.setFocus()
                self.setActiveAction(self._rest[0])
                return True
        return super().eventFilter(target, event)


def _everything() -> Iterator[tuple[str, type[Optimizer]]]:
    yield from OPTIMIZERS.items()
    for slug, kind in OPTIMIZERS.items():
        yield f"{Lookahead.spelling}-{slug}", Lookahead.over(kind)


def _text(kind: type[Optimizer]) -> str:
    """What a search looks through."""
    return " ".join((kind.name, kind.slug(), tr(kind.character), kind.paper)).casefold()


def _about(kind: type[Optimizer]) -> str:
    """What is special about an optimizer, and where it comes from."""
    return "\n".join(filter(None, (tr(kind.character), kind.paper)))
