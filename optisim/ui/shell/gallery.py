"""A gallery: pictures of what can be opened, and what the chosen one teaches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from optisim.canvas.pixels import Pixels
from optisim.core.base.problems import Problem
from optisim.language import tr
from optisim.ui.parts.gallery_entry import GalleryEntry
from optisim.ui.parts.jobs import Jobs, Where
from optisim.ui.parts.plain import Label

PICTURE = QSize(206, 130)
ROUND = 6.0  # the radius of a card's corners
GAP = 8  # between a card's edge, its picture and its title
COLUMNS, ROWS = 4, 2.6  # so that one sees that there are more
LINES = 3  # of text below the cards


Pictures = dict[tuple[str, str, float], QImage]  # by name, theme and ratio


class Gallery(QDialog):
    """Shows entries, and opens the chosen one.

    Args:
        entries: what there is.
        pictures: those that were painted before; it gets those that are painted now.
        theme: "light" or "dark".
        jobs: paint them, as they come into view.
    """

    def __init__(
        self, entries: Sequence[GalleryEntry], pictures: Pictures, theme: str, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._entries, self._pictures, self._theme, self._jobs = tuple(entries), pictures, theme, jobs
        self._closed = False
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
        for entry in self._entries:
            item = QListWidgetItem(entry.title, self.cards)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, entry.says)
            if (known := pictures.get(self._key(entry))) is not None:
                item.setData(Qt.ItemDataRole.DecorationRole, known)
        self.title, self.says = Label(), Label()
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
        self._paint_next()

    @property
    def chosen(self) -> GalleryEntry:
        """The entry that is chosen."""
        return self._entries[self.cards.currentRow()]

    @property
    def complete(self) -> bool:
        """Whether all pictures are painted."""
        return all(self._key(entry) in self._pictures for entry in self._entries)

    def accept(self) -> None:
        """Open the chosen entry."""
        entry = self.chosen
        super().accept()
        entry.open()

    def done(self, result: int) -> None:
        """Close; pictures that are still missing are not painted any more."""
        self._closed = True
        super().done(result)

    def _show_text(self) -> None:
        self.title.setText(self.chosen.title)
        self.says.setText(self.chosen.says)

    def _set_size(self) -> None:
        """As large as the cards want it, if the screen is."""
        card = self.cards.sizeHintForIndex(self.cards.model().index(0, 0))
        width = COLUMNS * (card.width() + self.cards.spacing()) + 3 * self.cards.spacing()
        width += self.cards.verticalScrollBar().sizeHint().width() + 2
        height = round(ROWS * (card.height() + self.cards.spacing()))
        rest = self.sizeHint().height() - self.cards.sizeHint().height()
        screen = self.screen().availableSize()
        self.resize(min(width, screen.width() - 40), min(height + rest, screen.height() - 60))

    # ── Pictures ─────────────────────────────────────────────────────────────────────────────────────────

    def _key(self, entry: GalleryEntry) -> tuple[str, str, float]:
        return entry.name, self._theme, self.devicePixelRatioF()

    def _paint_next(self) -> None:
        """Let the next picture be painted: the first that is missing in view, or else the first of all."""
        missing = [row for row, entry in enumerate(self._entries) if self._key(entry) not in self._pictures]
        if not missing:
            return
        view = self.cards.viewport().rect()
        row = min(missing, key=lambda row: not view.intersects(self.cards.visualItemRect(self.cards.item(row))))
        entry = self._entries[row]
        self._jobs.start(
            entry.title,
            partial(entry.paint, self._theme, PICTURE.width(), PICTURE.height(), self.devicePixelRatioF()),
            done=partial(self._on_painted, row, self._key(entry)),
            failed=self._on_failed,
            where=Where.PROCESS,
            exclusive="gallery",
            quiet=True,
        )

    def _on_painted(self, row: int, key: tuple[str, str, float], pixels: object) -> None:
        assert isinstance(pixels, Pixels)
        self._pictures[key] = pixels.image()
        if not self._closed:
            self.cards.item(row).setData(Qt.ItemDataRole.DecorationRole, self._pictures[key])
            self._paint_next()

    def _on_failed(self, problem: Problem) -> None:
        """Do without pictures: the gallery can be used all the same."""


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
