"""The examples as a gallery: their pictures, and what the chosen one teaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from optisim.core.documents.examples import EXAMPLES, Example
from optisim.language import tr

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

PICTURE = QSize(206, 130)
ROUND = 6.0  # the radius of a card's corners
GAP = 8  # between a card's edge, its picture and its title
COLUMNS, ROWS = 4, 2.6  # so that one sees that there are more
LINES = 3  # of text below the cards


class Gallery(QDialog):
    """Shows the examples; opening one shows its scenario in `window`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("examples")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Examples"))
        self.cards = QListWidget()
        self.cards.setViewMode(QListWidget.ViewMode.IconMode)
        self.cards.setMovement(QListWidget.Movement.Static)
        self.cards.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.cards.setUniformItemSizes(True)
        self.cards.setMouseTracking(True)  # a card under the mouse is outlined
        self.cards.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.cards.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.cards.setFrameShape(QFrame.Shape.NoFrame)
        self.cards.setSpacing(GAP // 2)
        self.cards.setItemDelegate(_Card(self.cards))
        self.cards.setAccessibleName(tr("Examples"))
        for example in EXAMPLES.values():
            item = QListWidgetItem(tr(example.title), self.cards)
            item.setData(Qt.ItemDataRole.UserRole, example.name)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tr(example.says))
        self.title, self.says = QLabel(), QLabel()
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        self.says.setWordWrap(True)
        self.says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.says.setFixedHeight(LINES * self.fontMetrics().lineSpacing() + 2)
        self.says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        buttons = QDialogButtonBox()
        self.open_button = buttons.addButton(tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        below = QHBoxLayout()
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self.title)
        text.addWidget(self.says)
        below.addLayout(text, 1)
        below.addWidget(buttons, 0, Qt.AlignmentFlag.AlignBottom)
        below.setContentsMargins(16, 0, 16, 0)
        below.setSpacing(24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(12)
        column.addWidget(self.cards, 1)
        column.addLayout(below)
        self.cards.currentRowChanged.connect(self._show_text)
        self.cards.itemDoubleClicked.connect(self.accept)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.cards.setCurrentRow(0)
        self._set_size()
        self._waiting = list(enumerate(EXAMPLES.values()))
        self._painting = QTimer(self)  # one picture at a time, so that the gallery opens at once and stays awake
        self._painting.timeout.connect(self._paint_next)
        self._painting.start(0)

    @property
    def chosen(self) -> Example:
        """The example that is chosen."""
        return EXAMPLES[self.cards.currentItem().data(Qt.ItemDataRole.UserRole)]

    def accept(self) -> None:
        """Show the chosen example in the window."""
        example = self.chosen
        super().accept()
        self._window.opening.show(example.scenario())

    def done(self, result: int) -> None:
        """Close; pictures that are still missing are not painted any more."""
        self._painting.stop()
        super().done(result)

    def _show_text(self) -> None:
        self.title.setText(tr(self.chosen.title))
        self.says.setText(tr(self.chosen.says))

    def _set_size(self) -> None:
        """As large as the cards want it, if the screen is."""
        card = self.cards.sizeHintForIndex(self.cards.model().index(0, 0))
        width = COLUMNS * (card.width() + self.cards.spacing()) + 3 * self.cards.spacing()
        width += self.cards.verticalScrollBar().sizeHint().width() + 2
        height = round(ROWS * (card.height() + self.cards.spacing()))
        rest = self.sizeHint().height() - self.cards.sizeHint().height()
        screen = self._window.screen().availableSize()
        self.resize(min(width, screen.width() - 40), min(height + rest, screen.height() - 60))

    def _paint_next(self) -> None:
        from optisim.export.figures.formats import thumbnail

        row, example = self._waiting.pop(0)
        if not self._waiting:
            self._painting.stop()
        picture = thumbnail(
            example.scenario(), self._window.theme.name, PICTURE.width(), PICTURE.height(), self.devicePixelRatioF()
        )
        self.cards.item(row).setData(Qt.ItemDataRole.DecorationRole, picture)


class _Card(QStyledItemDelegate):
    """Paints an example: its picture, and its title below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return PICTURE + QSize(2 * GAP, 3 * GAP + line)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card: QRect = option.rect
        state = option.state
        palette: QPalette = option.palette
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.highlight())
            painter.drawRoundedRect(card, ROUND, ROUND)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(palette.mid(), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0, 0, -1, -1), ROUND, ROUND)
        place = QRect(card.topLeft(), PICTURE).translated(GAP, GAP)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QImage):
            painter.drawImage(place, picture)
        else:
            painter.fillRect(place, palette.window())
        painter.setPen(QPen(palette.mid(), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
        line = QRect(
            place.left(), place.bottom() + GAP, place.width(), card.bottom() - place.bottom() - 2 * GAP + 1
        )
        metrics = option.fontMetrics
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter, text)
        painter.restore()
