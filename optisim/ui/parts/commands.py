"""Commands: all that can be done, by id and named arguments.

A menu entry, a shortcut, a choice in a menu, a line of the palette, a step of a lesson or a test: each names a
command. Who does a thing declares its command beside it; menus only arrange ids. Commands of a lab have its name
for their scope, and are offered while that lab is in front.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from optisim.language import tr
from optisim.ui.parts.icons import set_icon_later
from optisim.ui.parts.plain import plain_tip


@dataclass(frozen=True)
class Argument:
    """A named argument of a command.

    Attributes:
        name: as `Commands.run` takes it.
        title: what is asked for, marked for translation.
        choices: value → text, marked for translation; None if it is typed.
        read: from what is typed to the value; raises Problem with what is allowed.
        current: the value in force, to be marked among the choices.
        also: further words by which the palette finds a choice.
    """

    name: str
    title: str
    choices: Callable[[], Mapping[Any, str]] | None = None
    read: Callable[[str], Any] = str
    current: Callable[[], Any] | None = None
    also: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Command:
    """Something that can be done.

    Attributes:
        id: what it is called by programs, such as "race.play"; what stands before the dot is its scope, and
            "window" is always in front.
        text: what it is called in menus, marked for translation.
        run: does it, with its arguments by name; a toggle takes `on`.
        keys: shortcuts, with | between them.
        icon: name of an icon.
        about: a second line of its tool tip, marked for translation.
        arguments: what it needs to know; those with choices come first.
        checked: of a toggle, whether it is on.
        in_palette: whether the palette offers it.
    """

    id: str
    text: str
    run: Callable[..., object]
    keys: str = ""
    icon: str = ""
    about: str = ""
    arguments: tuple[Argument, ...] = ()
    checked: Callable[[], bool] | None = None
    in_palette: bool = True

    @property
    def scope(self) -> str:
        return self.id.partition(".")[0]


WINDOW = "window"
"""The scope of commands that are offered whichever lab is in front."""


class Commands(QObject):
    """The commands of a window, and the actions and menus that offer them.

    Signals:
        changed(): commands were added or removed, or another lab is in front.
    """

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._menus: list[tuple[QMenu, str]] = []
        self._choices: list[tuple[QMenu, Command]] = []
        self._front = ""

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────

    def __getitem__(self, id_: str) -> Command:
        return self._commands[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self._commands

    def __iter__(self) -> Iterator[Command]:
        """Those that are offered now: the window's, and those of the lab in front."""
        return (command for command in self._commands.values() if command.scope in (WINDOW, self._front))

    @property
    def front(self) -> str:
        """The scope of the lab in front."""
        return self._front

    def bring_to_front(self, scope: str) -> None:
        """Offer the commands of this scope from now on, each toggle as it is."""
        self._front = scope
        for command in self:
            self.refresh(command.id)
        self.changed.emit()

    # ── Adding and running ───────────────────────────────────────────────────────────────────────────────

    def add(self, *commands: Command) -> None:
        """Make commands known."""
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"There is a command {command.id} already.")
            self._commands[command.id] = command
            if not command.arguments:
                self._actions[command.id] = self._action(command)
        self.changed.emit()

    def run(self, id_: str, **arguments: object) -> object:
        """Do what a command says.

        Raises:
            KeyError: if there is no such command.
            TypeError: if an argument is missing, or not one of the command's.
        """
        command = self._commands[id_]
        if command.checked is not None and not arguments:
            arguments = {"on": not command.checked()}
        done = command.run(**arguments)
        self.refresh(id_)
        return done

    def action(self, id_: str) -> QAction:
        """The action of a command without arguments, for buttons and menus."""
        return self._actions[id_]

    def _action(self, command: Command) -> QAction:
        action = QAction(self._window)
        action.setObjectName(command.id)
        if command.icon:
            set_icon_later(action, command.icon)
        if command.keys:
            action.setShortcuts([QKeySequence(keys) for keys in command.keys.split("|")])
        if command.checked is not None:
            action.setCheckable(True)
            action.triggered.connect(lambda on: self.run(command.id, on=on))
        else:
            action.triggered.connect(lambda _=False: self.run(command.id))
        self._name(action, command)
        return action

    # ── Menus ────────────────────────────────────────────────────────────────────────────────────────────

    def fill(self, menu: QMenu, items: Iterable[Item]) -> None:
        """Put items into a menu: ids of commands, `Submenu`s, menus that somebody else fills, None for a line."""
        for item in items:
            if item is None:
                menu.addSeparator()
            elif isinstance(item, Submenu):
                self.fill(self.menu(item.text, menu), item.items)
            elif isinstance(item, QMenu):
                menu.addMenu(item)
            elif item in self._actions:
                menu.addAction(self._actions[item])
            else:
                self._fill_with_choices(self.menu(self._commands[item].text, menu), self._commands[item])

    def menu(self, text: str, parent: QMenu | None = None) -> QMenu:
        """A new menu, in another one if that is given; `text` is marked for translation."""
        menu = QMenu(parent if parent is not None else self._window)
        if parent is not None:
            parent.addMenu(menu)
        menu.setTitle(tr(text))
        self._menus.append((menu, text))
        menu.destroyed.connect(lambda: self._forget(menu))
        return menu

    def _forget(self, menu: QMenu) -> None:
        self._menus = [pair for pair in self._menus if pair[0] is not menu]
        self._choices = [pair for pair in self._choices if pair[0] is not menu]

    def _fill_with_choices(self, menu: QMenu, command: Command) -> None:
        self._choices.append((menu, command))
        menu.aboutToShow.connect(lambda: self._show_choices(menu, command))
        self._show_choices(menu, command)

    def _show_choices(self, menu: QMenu, command: Command) -> None:
        """A group of options of which one is chosen, as they are now."""
        (argument,) = command.arguments
        assert argument.choices is not None
        for old in menu.actions():
            menu.removeAction(old)
            old.deleteLater()
        group = QActionGroup(menu)
        for value, text in argument.choices().items():
            action = group.addAction(tr(text).replace("&", "&&"))
            action.setCheckable(argument.current is not None)
            action.setChecked(argument.current is not None and value == argument.current())
            action.triggered.connect(lambda _, value=value: self.run(command.id, **{argument.name: value}))
            menu.addAction(action)

    # ── Texts ────────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self, id_: str) -> None:
        """Show whether a toggle is on."""
        command, action = self._commands[id_], self._actions.get(id_)
        if action is not None and command.checked is not None:
            action.setChecked(command.checked())

    def retranslate(self) -> None:
        """Set all texts, and tool tips that name the keys."""
        for menu, text in self._menus:
            menu.setTitle(tr(text))
        for menu, command in self._choices:
            self._show_choices(menu, command)
        for id_, action in self._actions.items():
            self._name(action, self._commands[id_])

    def _name(self, action: QAction, command: Command) -> None:
        action.setText(tr(command.text))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = plain(tr(command.text))
        tip = f"{tip} ({keys})" if keys else tip
        action.setToolTip(plain_tip(f"{tip}\n{tr(command.about)}" if command.about else tip))


@dataclass(frozen=True)
class Submenu:
    """A menu in a menu: its text, marked for translation, and its items, as `Commands.fill` takes them."""

    text: str
    items: tuple[Item, ...]


Item = str | Submenu | QMenu | None


def plain(text: str) -> str:
    """A menu text without the marks of its mnemonic and of a dialog that follows."""
    return re.sub(r"\s*[(（]&.[)）]|&(?=.)", "", text).rstrip("….").strip()
