"""The table of results, which can be sorted, copied and exported."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter, QPalette, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optisim.core.race.diagnostics import Outcome
from optisim.export.results import HEADS, MINIMUM, NAME, STATUS, STEPS, TEXTS, cells
from optisim.export.tables import TABLE_FORMATS
from optisim.language import tr
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.number_box import NumberBox
from optisim.ui.parts.panel import Panel, Throttle, focus_by_tab
from optisim.ui.parts.plain import Label
from optisim.ui.parts.settings import Settings
from optisim.ui.parts.text_size import scaled
from optisim.ui.race.player import Player
from optisim.ui.race.results_model import ResultsModel, steady

ROW, TOLERANCE = 23, 84  # pixels at the usual size of texts


class SortedRows(QSortFilterProxyModel):
    """The rows by the column whose head was clicked; numbers that there are not come last either way."""

    def __init__(self, model: ResultsModel) -> None:
        super().__init__(model)
        self._model = model
        self.setSortRole(Qt.ItemDataRole.UserRole)
        self.setSourceModel(model)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._model.missing = math.inf if order == Qt.SortOrder.AscendingOrder else -math.inf
        super().sort(column, order)


class SortHeader(QHeaderView):
    """Heads with the arrow of the sorted column above its text, where it covers nothing."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex != self.sortIndicatorSection():
            return
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        base, tip = (5.5, 1.5) if up else (1.5, 5.5)
        arrow = QPolygonF([QPointF(-4, base), QPointF(4, base), QPointF(0, tip)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawPolygon(arrow.translated(rect.center().x() + 0.5, rect.top()))


class ResultsPanel(Panel):
    """The live table, refreshed ten times a second; a click on a row selects its run.

    Signals:
        exportAsked(): the table is to be written to a file.
        copyAsked(ending): the table is to be copied as files with this ending have it.
    """

    exportAsked = Signal()
    copyAsked = Signal(str)

    def __init__(self, player: Player, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._settings = settings
        self._model = ResultsModel(player, self)
        self._sorted = SortedRows(self._model)
        self.view = QTableView()
        self.view.setModel(self._sorted)
        self._set_up_view()
        self._make_tools()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._throttle = Throttle(self.catch_up, self)
        player.moved.connect(self._throttle.ask)
        player.selected.connect(self._throttle.ask)
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
        view.setTabKeyNavigation(False)  # one tab stop, not one for each cell
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(scaled(ROW))
        view.clicked.connect(self._select)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        header = SortHeader(Qt.Orientation.Horizontal, view)
        view.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(24)
        header.setSortIndicatorClearable(True)  # a third click brings the list's order back
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)

    def _make_tools(self) -> None:
        self.tools = QWidget()
        self.tolerance = NumberBox(1e-300, 1e300)
        self.tolerance.setFixedWidth(scaled(TOLERANCE))
        self.tolerance.show_value(self._settings.tolerance)
        self.tolerance.committed.connect(self._set_tolerance)
        self.tolerance_title = Label()
        self.tolerance_title.setBuddy(self.tolerance)
        self.copy_action, self.export_action = QAction(self), QAction(self)
        self.copy_as_actions = {ending: QAction(self) for ending, form in TABLE_FORMATS.items() if form.copy}
        for ending, action in self.copy_as_actions.items():
            action.triggered.connect(partial(self.copyAsked.emit, ending))
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
        for ending, action in self.copy_as_actions.items():
            action.setText(tr(TABLE_FORMATS[ending].copy))
        self.export_action.setText(tr("&Export table…"))
        self.export_action.setToolTip(tr("Export the table to a file"))
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
        return cells(self._model.row(self._source_row(row)) for row in range(self._sorted.rowCount()))

    def copy(self) -> None:
        """Put the table on the clipboard, with tabs between the columns."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in self.cells()) + "\n")

    def _source_row(self, row: int) -> int:
        return self._sorted.mapToSource(self._sorted.index(row, 0)).row()

    # ── What happens ─────────────────────────────────────────────────────────────────────────────────────

    def wanted_height(self) -> int:
        rows = max(self._sorted.rowCount(), len(self._player.scenario.runs), 3)
        header = self.view.horizontalHeader().sizeHint().height()
        return header + rows * self.view.verticalHeader().defaultSectionSize() + 4

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
        menu.addActions([self.copy_action, *self.copy_as_actions.values(), self.export_action])
        menu.popup(self.view.viewport().mapToGlobal(at))

    # ── Layout ───────────────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        self.view.verticalHeader().setDefaultSectionSize(scaled(ROW))
        self.tolerance.setFixedWidth(scaled(TOLERANCE))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give every column what its longest text may need, so that none jumps."""
        header, metrics = self.view.horizontalHeader(), self.view.fontMetrics()
        number = metrics.horizontalAdvance(steady(-1.23e-10))
        for column in range(len(HEADS)):
            head = metrics.horizontalAdvance(tr(HEADS[column][0])) + 16
            header.resizeSection(column, max(head, 0 if column in (*TEXTS, STEPS) else number + 6))
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
