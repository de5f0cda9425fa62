"""The results: where every ball is at the cursor, how low it is, and what has become of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optisim.canvas.theme import mixed
from optisim.core.diagnostics import Diagnostics, Outcome, medians
from optisim.core.formula import Array
from optisim.core.problems import N_
from optisim.core.surfaces import Point
from optisim.language import tr
from optisim.ui.groups import Group, groups
from optisim.ui.icons import marker_pixmap, set_icon
from optisim.ui.number_box import NumberBox
from optisim.ui.panel import Panel, Unhurried, focus_by_tab
from optisim.ui.player import Player
from optisim.ui.settings import Settings

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
SORT = Role.UserRole  # what a column is sorted by: a number, or a text

# the columns: their heads and what they are, to be translated; all but three are numbers
HEADS = (
    (N_("Optimizer"), ""),
    (N_("Status"), N_("What has become of the ball by this step")),
    (N_("Loss"), N_("The true loss, without noise")),
    (N_("Best loss"), N_("The lowest loss so far")),
    (N_("Steps"), N_("The first step within the tolerance")),
    ("‖∇f‖", N_("The length of the gradient that the optimizer saw")),
    ("x", ""),
    ("y", ""),
    (N_("Path"), N_("The length of the path so far")),
    (N_("Minimum"), N_("The known minimum that it has converged to")),
)
NAME, STATUS, STEPS, MINIMUM = 0, 1, 4, 9
TEXTS = (NAME, STATUS, MINIMUM)
OF_MANY = {Outcome.DIVERGED: N_("diverged"), Outcome.FAILED: N_("failed")}  # at steps that may differ


def steady(value: float) -> str:
    """A number in a form of constant width that does not jump while it changes."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    text = f"{value:.5f}" if size < 1e3 and (size >= 1e-4 or size == 0) else f"{value:.2e}"
    return text.replace("-", "−")


@dataclass(frozen=True)
class Row:
    """A row of the table: the texts of its three columns of text by column, and all numbers, NaN for texts."""

    group: Group
    texts: dict[int, str]
    numbers: Sequence[float]
    tip: str = ""


class RaceModel(QAbstractTableModel):
    """One row for every run and start at the cursor; of a fan of balls, the medians."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._rows: list[Row] = []
        self._step = 0
        self.tolerance = 1e-3
        self.missing = math.inf  # what numbers that there are not are sorted as

    def refresh(self) -> None:
        """Read the player again."""
        self._step = int(self._player.cursor)
        rows: list[Row] = []
        found = groups(self._player)
        for diagnostics in self._player.diagnostics:
            of_run = [group for group in found if group.diagnostics is diagnostics]
            if of_run:
                rows += self._rows_of(diagnostics, of_run)
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))

    def _rows_of(self, diagnostics: Diagnostics, of_run: list[Group]) -> list[Row]:
        """The rows of one run."""
        step = min(self._step, len(diagnostics.trajectory) - 1)
        outcomes = diagnostics.outcomes(step, self._player.racing.steps, self.tolerance)
        minima = diagnostics.nearest(step, self.tolerance)
        numbers = self._numbers(diagnostics, step)
        rows = []
        for group in of_run:
            stops = [self._stop(diagnostics, ball) for ball in range(group.balls.start, group.balls.stop)]
            status = Counter(map(_status, outcomes[group.balls], stops))
            if len(status) > 1:
                status = Counter(tr(OF_MANY.get(outcome, outcome.value)) for outcome in outcomes[group.balls])
            texts = {
                NAME: group.name,
                STATUS: _most(status, group.count),
                MINIMUM: _most(Counter(map(_place, minima[group.balls])), group.count),
            }
            values = numbers[:, group.balls]
            middle = values[:, 0] if group.count == 1 else medians(values)
            tip = "\n".join(f"{count} × {text}" for text, count in status.most_common()) if len(status) > 1 else ""
            rows.append(Row(group, texts, middle.tolist(), tip))
        return rows

    def _numbers(self, diagnostics: Diagnostics, step: int) -> Array:
        """The numbers of all balls of a run, (columns, N); a tolerance that was not reached, infinity."""
        x = diagnostics.trajectory.x[step]
        numbers = np.full((len(HEADS), len(x)), np.nan)
        reached = diagnostics.reached(step, self.tolerance)
        numbers[2:9] = (
            diagnostics.loss[step],
            diagnostics.best[step],
            np.where(reached >= 0, reached, np.inf),
            diagnostics.slope[step],
            *x.T,
            diagnostics.path[step],
        )
        return numbers

    @staticmethod
    def _stop(diagnostics: Diagnostics, ball: int) -> int:
        return int(diagnostics.trajectory.stopped[ball])

    def group(self, row: int) -> Group:
        """What a row is about."""
        return self._rows[row].group

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell, with numbers to the last digit, for files and other programs."""
        if column in TEXTS:
            return self._rows[row].texts[column]
        value = self._rows[row].numbers[column]
        if not math.isfinite(value):
            return ""
        return f"{value:g}" if column == STEPS else repr(value)

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
            case Role.UserRole:
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
                return self._tip(row, column)
        return None

    def _number_text(self, row: Row, column: int) -> str:
        value = row.numbers[column]
        return f"{value:g}" if column == STEPS and math.isfinite(value) else steady(value)

    def _tip(self, row: Row, column: int) -> str | None:
        """A number to the last digit; of a fan, how far the middle half of its balls is apart."""
        if column in TEXTS:
            return row.tip or None
        if row.group.count == 1:
            value = row.numbers[column]
            return repr(value).replace("-", "−") if math.isfinite(value) else None
        diagnostics = row.group.diagnostics
        step = min(self._step, len(diagnostics.trajectory) - 1)
        values = np.sort(self._numbers(diagnostics, step)[column, row.group.balls])
        low, high = (values[round(share * (len(values) - 1))] for share in (0.25, 0.75))
        return tr(
            "The median of {count} balls; the middle half lies from {low} to {high}",
            count=row.group.count,
            low=steady(low),
            high=steady(high),
        )


def _status(outcome: Outcome, stop: int) -> str:
    return tr(outcome.value, step=stop)


def _place(minimum: Point | None) -> str:
    """A minimum as (−1, 0.5)."""
    if minimum is None:
        return "–"
    return "({}, {})".format(*(f"{value + 0.0:.4g}".replace("-", "−") for value in minimum))


def _most(texts: Counter[str], total: int) -> str:
    """What holds of most balls of a group."""
    text, count = texts.most_common(1)[0]
    return text if count == total else tr("{count} of {total}: {what}", count=count, total=total, what=text)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (NAME, STATUS) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class SortedRows(QSortFilterProxyModel):
    """The rows by the column whose head was clicked; numbers that there are not come last either way."""

    def __init__(self, model: RaceModel) -> None:
        super().__init__(model)
        self._model = model
        self.setSortRole(SORT)
        self.setSourceModel(model)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._model.missing = math.inf if order == Qt.SortOrder.AscendingOrder else -math.inf
        super().sort(column, order)


class RaceTable(Panel):
    """The live table, refreshed ten times a second; a click on a row selects its run.

    Signals:
        exportAsked(): the table is to be written to a file.
    """

    exportAsked = Signal()

    def __init__(self, player: Player, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._settings = settings
        self._model = RaceModel(player, self)
        self._sorted = SortedRows(self._model)
        self.view = QTableView()
        self.view.setModel(self._sorted)
        self._set_up_view()
        self._make_tools()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._unhurried = Unhurried(self.catch_up, self)
        player.moved.connect(self._unhurried.ask)
        player.selected.connect(self._unhurried.ask)
        self._model.modelReset.connect(self._share_width)
        self._model.dataChanged.connect(self._share_width)
        self._set_tolerance(self.tolerance.value())
        self.retranslate()

    def _set_up_view(self) -> None:
        view = self.view
        view.setShowGrid(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(23)
        view.clicked.connect(self._select)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(24)
        header.setSortIndicatorClearable(True)  # a third click brings the list's order back
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)

    def _make_tools(self) -> None:
        self.tools = QWidget()
        self.tolerance = NumberBox(1e-300, 1e300)
        self.tolerance.setFixedWidth(84)
        self.tolerance.show_value(self._settings.tolerance)
        self.tolerance.committed.connect(self._set_tolerance)
        self.tolerance_title = QLabel()
        self.tolerance_title.setBuddy(self.tolerance)
        self.copy_action, self.export_action = QAction(self), QAction(self)
        set_icon(self.copy_action, "copy")
        self.copy_action.setShortcut(QKeySequence("Ctrl+C"))
        self.copy_action.triggered.connect(self.copy)
        set_icon(self.export_action, "csv")
        self.export_action.triggered.connect(self.exportAsked)
        self.view.addAction(self.copy_action)  # a hidden table leaves the key to others
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.tolerance_title)
        row.addWidget(self.tolerance)
        for action in (self.copy_action, self.export_action):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setIconSize(QSize(16, 16))
            focus_by_tab(button)
            row.addWidget(button)

    def retranslate(self) -> None:
        self.view.setAccessibleName(tr("Results at this step"))
        self.tolerance_title.setText(tr("Tolerance"))
        self.tolerance.setAccessibleName(tr("Tolerance"))
        self.tolerance.setToolTip(
            tr("Converged is a loss at most so far above the lowest; without a known minimum, a gradient so short")
        )
        self.copy_action.setText(tr("&Copy table"))
        self.copy_action.setToolTip(tr("Copy the table for a spreadsheet (Ctrl+C)"))
        self.export_action.setText(tr("&Export table…"))
        self.export_action.setToolTip(tr("Export the table as CSV"))
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADS) - 1)
        self._model.refresh()
        self._fit_columns()

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def step(self) -> int:
        """The step that the table is of."""
        return int(self._player.cursor)

    def cells(self) -> list[list[str]]:
        """The heads, and the rows as they are sorted, with numbers to the last digit."""
        self._model.refresh()
        rows = [self._source_row(row) for row in range(self._sorted.rowCount())]
        columns = range(len(HEADS))
        return [[tr(head) for head, _ in HEADS], *([self._model.cell(row, c) for c in columns] for row in rows)]

    def copy(self) -> None:
        """Put the table on the clipboard, with tabs between the columns."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in self.cells()) + "\n")

    def _source_row(self, row: int) -> int:
        return self._sorted.mapToSource(self._sorted.index(row, 0)).row()

    # ── What happens ─────────────────────────────────────────────────────────────────────────────────────

    def catch_up(self) -> None:
        if self.seen:
            self._model.refresh()

    def _set_tolerance(self, tolerance: float) -> None:
        self._settings.tolerance = self._model.tolerance = tolerance
        self._model.refresh()

    def _select(self, index: QModelIndex) -> None:
        self._player.select(self._model.group(self._source_row(index.row())).place)

    def _on_current(self, now: QModelIndex) -> None:
        if now.isValid() and self.view.hasFocus():
            self._select(now)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.copy_action, self.export_action])
        menu.popup(self.view.viewport().mapToGlobal(at))

    # ── Layout ───────────────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _fit_columns(self) -> None:
        """Give every column what its longest text may need, so that none jumps."""
        header, metrics = self.view.horizontalHeader(), self.view.fontMetrics()
        number = metrics.horizontalAdvance(steady(-1.23e-10))
        for column in range(len(HEADS)):
            head = metrics.horizontalAdvance(tr(HEADS[column][0])) + 22  # with the arrow of a sorted column
            header.resizeSection(column, max(head, 0 if column in (*TEXTS, STEPS) else number + 8))
        longest = max(metrics.horizontalAdvance(tr(outcome.value, step=99)) for outcome in Outcome)
        header.resizeSection(STATUS, longest + 8)
        self._share_width()

    def _share_width(self) -> None:
        """Give the names what they need, up to a third of the table, and the last column what is left."""
        header, room = self.view.horizontalHeader(), self.view.viewport().width()
        name = max(min(self.view.sizeHintForColumn(NAME) + 8, room // 3), 80)
        others = sum(header.sectionSize(column) for column in range(1, MINIMUM))
        last = max(self.view.sizeHintForColumn(MINIMUM) + 8, header.sectionSizeHint(MINIMUM), room - name - others)
        for column, width in ((NAME, name), (MINIMUM, last)):
            if width != header.sectionSize(column):
                header.resizeSection(column, width)
