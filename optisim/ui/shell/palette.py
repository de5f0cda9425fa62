"""The command palette: type a few letters of what is to be done, in any of the program's languages, and Enter.

A command whose argument is chosen from a list has an entry for each choice; what is typed is asked for afterwards,
in the same field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from optisim.core.base.problems import Problem
from optisim.language import explain, tr, translations
from optisim.ui.parts.commands import Argument, Command, Commands, plain
from optisim.ui.parts.field_keys import OWN_KEYS
from optisim.ui.parts.plain import Label
from optisim.ui.parts.text_size import scaled

WIDTH = 560  # pixels, where the window is wide enough
ROWS = 12
MARGIN = 10
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """A line of the palette.

    Attributes:
        command: what it does.
        text: what it says.
        keys: the command's shortcut.
        given: the arguments that are chosen with it.
        asked: the argument that has to be typed, if there is one.
        words: what can be typed to find it: the text in all languages, and the id.
        ticked: of a toggle or a choice, whether it is in force.
    """

    command: Command
    text: str
    keys: str
    given: dict[str, Any] = field(default_factory=dict)
    asked: Argument | None = None
    words: str = ""
    ticked: bool = False


def entries_of(commands: Commands) -> list[Entry]:
    """All lines that the palette can show now."""
    return [entry for command in commands if command.in_palette for entry in _entries(commands, command)]


def _entries(commands: Commands, command: Command) -> Iterator[Entry]:
    keys = ""
    ticked = command.checked is not None and command.checked()
    if not command.arguments:
        action = commands.action(command.id)
        if not action.isEnabled():
            return
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    asked = next((argument for argument in command.arguments if argument.choices is None), None)
    chosen = next((argument for argument in command.arguments if argument.choices is not None), None)
    titles = [plain(text) for text in translations(command.text)]
    if chosen is None:
        yield Entry(command, plain(tr(command.text)), keys, {}, asked, _words(command, titles), ticked)
        return
    assert chosen.choices is not None
    current = chosen.current() if chosen.current is not None else None
    for value, text in chosen.choices().items():
        ticked = chosen.current is not None and value == current
        words = _words(command, [*titles, *translations(text), str(value), chosen.also.get(value, "")])
        line = f"{plain(tr(command.text))}: {tr(text)}"
        yield Entry(command, line, "", {chosen.name: value}, asked, words, ticked)


def _words(command: Command, texts: list[str]) -> str:
    return " ".join([*texts, command.id.replace(".", " ").replace("_", " ")]).casefold()


def found(entries: list[Entry], typed: str) -> list[Entry]:
    """The entries in which every typed word occurs; those in whose text a word begins so come first."""
    words = typed.casefold().split()

    def rank(entry: Entry) -> tuple[int, int]:
        text = entry.text.casefold()
        begins = sum(f" {text}".find(f" {word}") >= 0 for word in words)
        return (-begins, len(entry.text)) if words else (0, 0)

    return sorted((entry for entry in entries if all(word in entry.words for word in words)), key=rank)


class _Lines(QAbstractListModel):
    """The entries that fit what is typed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.text
            case Qt.ItemDataRole.UserRole:
                return entry
        return None


class _Line(QStyledItemDelegate):
    """Paints a line: a tick if it is in force, its text, and its keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, option.fontMetrics.lineSpacing() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        palette: QPalette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        if selected:
            painter.fillRect(rect, palette.highlight())
        ink = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        painter.setPen(ink)
        middle = Qt.AlignmentFlag.AlignVCenter
        if entry.ticked:
            painter.drawText(rect.adjusted(MARGIN, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, "✓")
        room = rect.adjusted(MARGIN + 18, 0, -MARGIN, 0)
        keys = option.fontMetrics.horizontalAdvance(entry.keys)
        words = room.adjusted(0, 0, -(keys + MARGIN if keys else 0), 0)
        text = option.fontMetrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, text)
        if not selected:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, entry.keys)
        painter.restore()


class Palette(QFrame):
    """Floats over the top of a window while one chooses."""

    def __init__(self, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._commands = commands
        self._before: QWidget | None = None  # had the focus when the palette opened
        self._asked: Entry | None = None  # its argument is being typed
        self._entries: list[Entry] = []
        self.setObjectName("palette")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.field = QLineEdit()
        self.field.setMaxLength(200)
        self.field.setProperty(OWN_KEYS, True)
        self.lines = QListView()
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setUniformItemSizes(True)
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Lines(self)
        self.lines.setModel(self._model)
        self.lines.setItemDelegate(_Line(self.lines))
        self.says = Label()
        self.says.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.lines, 1)
        column.addWidget(self.says)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.lines.clicked.connect(lambda index: self._choose(index.row()))
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show all there is to do, and take the keys."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._asked = None
        self._entries = entries_of(self._commands)
        self.field.setPlaceholderText(tr("What is to be done? Type a few letters"))
        self.field.setAccessibleName(tr("Command"))
        self.field.clear()
        self._on_typed("")
        self.lines.show()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_(self) -> None:
        """Go away, and give the keys back."""
        if self.isVisible():
            self.hide()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus()

    def _place(self) -> None:
        window = self.window()
        width = min(scaled(WIDTH), window.width() - 40)
        self.setFixedWidth(width)
        self._fit()
        self.move((window.width() - width) // 2, 44)

    def _fit(self) -> None:
        """Be as high as the lines that are found, up to a limit."""
        row = self.lines.sizeHintForRow(0) if self._model.entries else 0
        most = min(ROWS, max((self.window().height() - 160) // max(row, 1), 3))
        self.lines.setFixedHeight(min(len(self._model.entries), most) * row + 2)
        self.adjustSize()

    # ── What is typed ────────────────────────────────────────────────────────────────────────────────────

    def _on_typed(self, text: str) -> None:
        self.says.hide()
        if self._asked is not None:
            return
        self._model.show_entries(found(self._entries, text))
        self._fit()
        if self._model.entries:
            self.lines.setCurrentIndex(self._model.index(0, 0))
        else:
            self._say(tr("Nothing fits"))

    def _say(self, sentence: str) -> None:
        self.says.setText(sentence)
        self.says.show()
        self.adjustSize()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.entries):
            entry = self._model.entries[row]
            if entry.asked is None:
                self._run(entry, {})
                return
            self._asked = entry
            self.lines.hide()
            self.field.clear()
            self.field.setPlaceholderText(f"{entry.text}  {tr(entry.asked.title)}")
            self.adjustSize()

    def _take(self) -> None:
        """Enter: choose the line, or take what was typed for the argument."""
        if self._asked is None:
            self._choose(self.lines.currentIndex().row())
            return
        argument = self._asked.asked
        assert argument is not None
        try:
            self._run(self._asked, {argument.name: argument.read(self.field.text().strip())})
        except Problem as problem:
            self._say(explain(problem))

    def _run(self, entry: Entry, typed: dict[str, Any]) -> None:
        if typed:
            self._commands.run(entry.command.id, **entry.given, **typed)  # a Problem leaves the palette open
            self.close_()
        else:
            self.close_()
            self._commands.run(entry.command.id, **entry.given)

    # ── Keys ─────────────────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate) and self.isVisible():
                self.close_()
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.close_()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _OWN_KEYS:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event.key())
        return False

    def _on_key(self, key: int) -> bool:
        by = _STEPS.get(Qt.Key(key))
        if key == Qt.Key.Key_Escape:
            self.close_()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif by is not None:
            last = len(self._model.entries) - 1
            row = min(max(self.lines.currentIndex().row() + by, 0), last)
            self.lines.setCurrentIndex(self._model.index(row, 0))
        else:
            return False
        return True


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}
_OWN_KEYS = (*_STEPS, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
