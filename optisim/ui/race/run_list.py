"""The list of runs, which is the map's legend: shape and colour, name, rate, the loss at the cursor.

Each row has buttons that hide and remove its run. Rows are reordered by dragging.
"""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDropEvent, QFont, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from optisim.canvas.map.trails import FAINT
from optisim.canvas.text.symbols import run_text, short_text
from optisim.core.race.scenario import Run
from optisim.language import tr
from optisim.ui.parts.icons import icon_pixmap, marker_pixmap
from optisim.ui.parts.plain import plain_tip
from optisim.ui.parts.text_size import scaled
from optisim.ui.race.standings import Mark, Standing

ROW, MARKER = 28, 18  # pixels at the usual size of texts
SIDE = 16
MARK = 14
LEAST_ROWS = 3
MARKS = {Mark.FIRST: "first", Mark.LEFT: "diverged", Mark.FAILED: "warning"}  # icons
Index = QModelIndex | QPersistentModelIndex


class RunModel(QAbstractListModel):
    """The runs of a scenario as rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[Run, ...] = ()
        self.standings: list[Standing] = []

    def show_runs(self, runs: tuple[Run, ...]) -> None:
        """Show these runs."""
        if len(runs) == len(self.runs):
            self.runs = runs
            if runs:
                self.dataChanged.emit(self.index(0), self.index(len(runs) - 1))
            return
        self.beginResetModel()
        self.runs = runs
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            run = self.runs[index.row()]
            text = f"{run.name}  {run_text(run)}".strip()
            return tr("{run} (faint)", run=text) if run.ghost else text
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            standing = self.standing(index.row())
            return " ".join(filter(None, (standing.loss, tr(standing.mark.value) if standing.mark.value else "")))
        return None

    def standing(self, row: int) -> Standing:
        """How a run stands."""
        return self.standings[row] if row < len(self.standings) else Standing()

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction  # without it, Qt refuses to drop a row on its own list


class _RunDelegate(QStyledItemDelegate):
    """Paints a run, and knows where its two buttons are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(120), scaled(ROW))

    @staticmethod
    def eye(row: QRect) -> QRect:
        """Where a row shows whether the run is visible."""
        return _square(row, row.right() - 2 * (scaled(SIDE) + 8), scaled(SIDE))

    @staticmethod
    def cross(row: QRect) -> QRect:
        """Where a row removes its run."""
        return _square(row, row.right() - scaled(SIDE) - 6, scaled(SIDE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        run = index.model().runs[index.row()]  # type: ignore[attr-defined]
        palette, row = option.palette, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        painter.save()
        if selected:
            painter.fillRect(row, palette.color(role.Highlight))
        ink = palette.color(role.HighlightedText if selected else role.Text)
        faint = ink if selected else palette.color(role.PlaceholderText)
        if not run.visible:
            painter.setOpacity(0.5)
        elif run.ghost:
            painter.setOpacity(FAINT)
            ink = faint
        ball, side, mark = scaled(MARKER), scaled(SIDE), scaled(MARK)
        painter.drawPixmap(_square(row, row.left() + 6, ball).topLeft(), marker_pixmap(run.marker, run.color, ball))
        if run.visible:
            painter.setOpacity(1.0)
        ratio = painter.device().devicePixelRatioF()
        standing = index.model().standing(index.row())  # type: ignore[attr-defined]
        text = row.adjusted(14 + ball, 0, -2 * (side + 8) - 8, 0)
        metrics = painter.fontMetrics()
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        middle = Qt.AlignmentFlag.AlignVCenter
        losses = metrics.horizontalAdvance("0.00e−00")
        painter.setPen(ink)
        if standing.mark in MARKS:
            icon = icon_pixmap(MARKS[standing.mark], ink.name(), mark, ratio)
            painter.drawPixmap(_square(row, text.right() - mark + 1, mark).topLeft(), icon)
        plain = painter.font()
        if standing.mark is Mark.FIRST:
            bold = QFont(plain)
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
        painter.drawText(text.adjusted(0, 0, -mark - 4, 0), middle | right, standing.loss)
        painter.setFont(plain)
        text.setRight(text.right() - mark - losses - 12)
        # of a branch, the step where it begins is the end of the name
        elided = Qt.TextElideMode.ElideMiddle if run.past else Qt.TextElideMode.ElideRight
        rate = short_text(run)
        rate_width = metrics.horizontalAdvance(rate)
        name = metrics.elidedText(run.name, elided, text.width() - rate_width - 8)
        painter.drawText(text, middle | left, name)
        painter.setPen(faint)
        painter.drawText(text, middle | right, rate)
        painter.setOpacity(1.0)
        eye = "eye" if run.visible else "eye-off"
        painter.drawPixmap(self.eye(row), icon_pixmap(eye, faint.name(), side, ratio))
        painter.drawPixmap(self.cross(row), icon_pixmap("close", faint.name(), side, ratio))
        painter.restore()


def _square(row: QRect, left: int, side: int) -> QRect:
    """A square in the middle of a row."""
    return QRect(left, row.center().y() - side // 2, side, side)


class RunList(QListView):
    """The list.

    Signals:
        selected(row): another run is selected; −1 for none.
        visibilityToggled(row), removed(row), moved(row, to), activatedRow(row): what the mouse asked for.
    """

    selected = Signal(int)
    visibilityToggled = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RunModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_RunDelegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().currentChanged.connect(lambda now, _: self.selected.emit(now.row()))

    def show_standings(self, standings: list[Standing]) -> None:
        """Show how the runs stand, in the order of the list."""
        if standings != self._model.standings:
            before, self._model.standings = self._model.standings, standings
            for row, (old, new) in enumerate(zip_longest(before, standings)):
                if old != new:
                    self.update(self._model.index(row))

    def show_runs(self, runs: tuple[Run, ...]) -> None:
        """Show these runs, keeping the selected row where there still is one."""
        row = self.current_row
        self._model.show_runs(runs)
        if runs and not self.currentIndex().isValid():
            self.select(min(max(row, 0), len(runs) - 1))

    @property
    def current_row(self) -> int:
        """The selected run; −1 for none."""
        return self.currentIndex().row()

    def select(self, row: int) -> None:
        """Select a run."""
        self.setCurrentIndex(self._model.index(row))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            row, at = self.visualRect(index), event.position().toPoint()
            if _RunDelegate.eye(row).adjusted(-4, -6, 4, 6).contains(at):
                self.visibilityToggled.emit(index.row())
                return
            if _RunDelegate.cross(row).adjusted(-4, -6, 4, 6).contains(at):
                self.removed.emit(index.row())
                return
        super().mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            at = event.pos()  # type: ignore[attr-defined]
            index = self.indexAt(at)
            text = ""
            if index.isValid():
                row = self.visualRect(index)
                if _RunDelegate.eye(row).contains(at):
                    text = tr("Show or hide")
                elif _RunDelegate.cross(row).contains(at):
                    text = tr("Remove")
                else:
                    mark = self._model.standing(index.row()).mark.value
                    text = "\n".join(filter(None, (self._model.runs[index.row()].spec, mark and tr(mark))))
            QToolTip.showText(event.globalPos(), plain_tip(text), self)  # type: ignore[attr-defined]
            return True
        return super().viewportEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        # the scenario is the model: say what was asked, and show what it becomes
        source = self.current_row
        if event.source() is not self or source < 0:
            event.ignore()
            return
        at = event.position().toPoint()
        index = self.indexAt(at)
        to = len(self._model.runs) - 1
        if index.isValid():
            below = at.y() > self.visualRect(index).center().y()
            to = index.row() + int(below) - int(index.row() + int(below) > source)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if to != source:
            self.moved.emit(source, to)

    def fit(self, most: int) -> None:
        """Be as high as the rows, but no higher than so many of them."""
        self.setFixedHeight(min(max(len(self._model.runs), LEAST_ROWS), most) * scaled(ROW) + 4)

    def sizeHint(self) -> QSize:
        return QSize(scaled(220), LEAST_ROWS * scaled(ROW) + 4)
