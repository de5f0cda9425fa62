"""The menus: every action once, with its text, keys and icon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from optisim.language import tr
from optisim.ui.parts.icons import set_icon_later


@dataclass(frozen=True)
class Entry:
    """A menu entry. `text` is marked for translation with N_."""

    name: str
    text: str
    slot: Callable[..., object]
    keys: str = ""
    icon: str = ""
    checked: bool | None = None  # None: cannot be checked


class Actions:
    """The actions of a window by name, and the menus that show them."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._texts: list[tuple[QAction | QMenu, str]] = []
        self._actions: dict[str, QAction] = {}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def menu(self, text: str, parent: QMenu | None = None) -> QMenu:
        """A new menu in the menu bar, or in another menu."""
        menu = QMenu(parent or self._window)
        (parent.addMenu(menu) if parent else self._window.menuBar().addMenu(menu))
        self._texts.append((menu, text))
        return menu

    def take(self, parent: QMenu, menu: QMenu, text: str) -> None:
        """Put a menu that somebody else fills into another one."""
        parent.addMenu(menu)
        self._texts.append((menu, text))

    def add(self, menu: QMenu, *entries: Entry | None) -> None:
        """Put entries into a menu; None is a line."""
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            action = QAction(self._window)
            if entry.icon:
                set_icon_later(action, entry.icon)
            if entry.keys:
                action.setShortcuts([QKeySequence(keys) for keys in entry.keys.split("|")])
            if entry.checked is not None:
                action.setCheckable(True)
                action.setChecked(entry.checked)
                action.toggled.connect(entry.slot)
            else:
                action.triggered.connect(entry.slot)
            menu.addAction(action)
            self._texts.append((action, entry.text))
            self._actions[entry.name] = action

    def choice(
        self,
        menu: QMenu,
        options: dict[str, str],
        current: str,
        choose: Callable[[str], object],
        translate: bool = True,
    ) -> None:
        """Put a group of options of which one is chosen into a menu. `options`: key → text."""
        group = QActionGroup(menu)
        for key, text in options.items():
            action = QAction(text, self._window)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(lambda _, key=key: choose(key))
            group.addAction(action)
            menu.addAction(action)
            if translate:
                self._texts.append((action, text))

    def retranslate(self) -> None:
        """Set all texts, and tool tips that name the keys."""
        for target, text in self._texts:
            if isinstance(target, QMenu):
                target.setTitle(tr(text))
                continue
            target.setText(tr(text))
            keys = target.shortcut().toString(target.shortcut().SequenceFormat.NativeText)
            plain = tr(text).replace("&", "").rstrip("….")
            target.setToolTip(f"{plain} ({keys})" if keys else plain)
