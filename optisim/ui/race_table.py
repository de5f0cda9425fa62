"""The table: where every ball is, and how low."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from optisim.core.scenario import Run
from optisim.core.simulate import Failure, Trajectory
from optisim.language import tr
from optisim.ui.icons import marker_pixmap
from optisim.ui.panel import Panel, Unhurried
from optisim.ui.player import Player

Index = QModelIndex | QPersistentModelIndex
COLUMNS = 6


def steady(value: float) -> str:
    """A number in a form of constant width that does not jump while it changes."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    text = f"{value:.5f}" if size < 1e3 and (size >= 1e-4 or size == 0) else f"{value:.3e}"
    return text.replace("-", "−")


class RaceModel(QAbstractTableModel):
    """One row for every run and start: loss, x, y, slope, state at the cursor; of a fan of balls, the medians."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._rows: list[tuple[Trajectory, slice]] = []  # the balls of a row leave one start
        self._several = False
        self._step = 0

    def refresh(self) -> None:
        """Read the player again."""
        self._step = int(self._player.cursor)  # once, not for every cell
        racing = self._player.racing
        fan = len(racing.balls) // len(racing.starts)
        rows = [
            (trajectory, slice(first, first + fan))
            for trajectory in self._player.trajectories
            if len(trajectory)
            for first in range(0, trajectory.x.shape[1], fan)
        ]
        self._several = len(racing.starts) > 1
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, COLUMNS - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Optimizer"), tr("Loss"), "x", "y", "‖∇f‖", tr("State"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        trajectory, balls = self._rows[index.row()]
        run = trajectory.run
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return marker_pixmap(run.marker, run.color)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and balls.stop - balls.start > 1:
            return tr("The medians of {count} balls", count=balls.stop - balls.start)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = min(self._step, len(trajectory) - 1)
        match index.column():
            case 0:
                return self._name(run, balls)
            case 1:
                return steady(float(np.median(trajectory.loss[row, balls])))
            case 2 | 3:
                return steady(float(np.median(trajectory.x[row, balls, index.column() - 2])))
            case 4:
                return steady(float(np.median(np.hypot(*trajectory.grad[row, balls].T))))
            case _:
                return self._state(row, trajectory.stopped[balls].tolist(), trajectory.failure)

    def _name(self, run: Run, balls: slice) -> str:
        count = balls.stop - balls.start
        name = f"{run.name} · {balls.start // count + 1}" if self._several else run.name
        return f"{name} ×{count}" if count > 1 else name

    def _state(self, row: int, stopped: list[int], failure: Failure | None) -> str:
        """What has become of the balls of a row."""
        if failure is not None and failure.at <= row:
            return tr("failed at step {step}", step=failure.at)
        gone = [step for step in stopped if 0 <= step <= row]
        if gone and len(stopped) == 1:
            return tr("diverged at step {step}", step=gone[0])
        if gone:
            return tr("{count} diverged", count=len(gone))
        if row == 0:
            return tr("at the start")
        return tr("rolling") if row < self._player.racing.steps else tr("at the end")


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (0, COLUMNS - 1) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class RaceTable(Panel):
    """The live table, refreshed ten times a second."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RaceModel(player, self)
        self.view = QTableView()
        self.view.setModel(self._model)
        self.view.setShowGrid(False)
        self.view.setFrameShape(QTableView.Shape.NoFrame)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(23)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(COLUMNS - 1, QHeaderView.ResizeMode.Stretch)
        widest = self.view.fontMetrics().horizontalAdvance(steady(-1.234e-10)) + 12
        for number_column in range(1, COLUMNS - 1):
            header.resizeSection(number_column, widest)
        self._model.modelReset.connect(self._share_width)
        self._model.dataChanged.connect(self._share_width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        unhurried = Unhurried(self._model.refresh, self)
        player.moved.connect(unhurried.ask)
        self._model.refresh()
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give the names what they need, but leave room for what has become of the balls."""
        header = self.view.horizontalHeader()
        numbers = sum(header.sectionSize(column) for column in range(1, COLUMNS - 1))
        room = self.view.viewport().width() - numbers - self.view.sizeHintForColumn(COLUMNS - 1) - 8
        width = max(min(self.view.sizeHintForColumn(0) + 8, room), 80)
        if width != header.sectionSize(0):
            header.resizeSection(0, width)

    def retranslate(self) -> None:
        self.view.setAccessibleName(tr("Where the balls are"))
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        self._model.refresh()
