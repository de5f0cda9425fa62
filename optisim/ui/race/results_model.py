"""The table of results as Qt asks for it: its rows at the cursor's step, as texts, tips and colours."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from optisim.canvas.theme import mixed
from optisim.core.race.groups import Group
from optisim.export.results import (
    HEADS,
    MINIMUM,
    NAME,
    STATUS,
    STEPS,
    TEXTS,
    TOLERANCE,
    ResultRow,
    numbers_of,
    results,
)
from optisim.language import tr
from optisim.ui.parts.icons import marker_pixmap
from optisim.ui.parts.plain import plain_tip
from optisim.ui.race.player import Player

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


def steady(value: float) -> str:
    """A number in a form of constant width that does not jump while it changes."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    text = f"{value:.5f}" if size < 1e3 and (size >= 1e-4 or size == 0) else f"{value:.2e}"
    return text.replace("-", "−")


class ResultsModel(QAbstractTableModel):
    """One row for every run and start at the cursor; of a fan of balls, the medians."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._rows: list[ResultRow] = []
        self._step = 0
        self.tolerance = TOLERANCE
        self.missing = math.inf  # what numbers that there are not are sorted as

    def refresh(self) -> None:
        """Read the player again."""
        player = self._player
        self._step = int(player.cursor)
        rows = results(player.racing, player.diagnostics, self._step, self.tolerance)
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))

    def group(self, row: int) -> Group:
        """What a row is about."""
        return self._rows[row].group

    def row(self, number: int) -> ResultRow:
        """All that a row says."""
        return self._rows[number]

    # ── What Qt asks ─────────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        head, tip = HEADS[section]
        if role == Role.DisplayRole:
            return tr(head)
        if role == Role.ToolTipRole:
            return tr(tip) if tip else None
        return _alignment(section) if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Role.DisplayRole:
                return row.texts[column] if column in TEXTS else self._number_text(row, column)
            case Role.UserRole:  # what rows are sorted by
                value = row.numbers[column]
                return row.texts[column] if column in TEXTS else value if math.isfinite(value) else self.missing
            case Role.DecorationRole if column == NAME:
                return marker_pixmap(row.group.run.marker, row.group.run.color)
            case Role.TextAlignmentRole:
                return _alignment(column)
            case Role.BackgroundRole if row.group.place == self._player.selection:
                palette = QGuiApplication.palette()
                return mixed(
                    palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.Base), 0.2
                )
            case Role.ToolTipRole:
                return plain_tip(self._tip(row, column) or "") or None
        return None

    def _number_text(self, row: ResultRow, column: int) -> str:
        value = row.numbers[column]
        return f"{value:g}" if column == STEPS and math.isfinite(value) else steady(value)

    def _tip(self, row: ResultRow, column: int) -> str | None:
        """A number to the last digit; of a fan, how far the middle half of its balls is apart."""
        if column in TEXTS:
            return row.tip or None
        if row.group.count == 1:
            value = row.numbers[column]
            return repr(value).replace("-", "−") if math.isfinite(value) else None
        diagnostics = row.group.diagnostics
        step = min(self._step, len(diagnostics.trajectory) - 1)
        values = np.sort(numbers_of(diagnostics, step, self.tolerance)[column, row.group.balls])
        low, high = (values[round(share * (len(values) - 1))] for share in (0.25, 0.75))
        return tr(
            "The median of {count} balls; the middle half lies from {low} to {high}",
            count=row.group.count,
            low=steady(low),
            high=steady(high),
        )


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (NAME, STATUS, MINIMUM) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
