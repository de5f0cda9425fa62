"""The map of the race as a graphics item of the view box."""

from __future__ import annotations

import math
import sys

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from optisim.canvas.cache import saved
from optisim.canvas.map.race_map import RaceMap
from optisim.canvas.map.snapshot import Display, Snapshot
from optisim.canvas.map.terrain import Terrain
from optisim.canvas.projection import Projection
from optisim.canvas.theme import Theme
from optisim.core.surfaces import Domain

MEMORY = 64 * 2**20  # bytes for pictures of long trails, that one may go back in them


class MapItem(pg.GraphicsObject):  # type: ignore[misc]
    """Paints a Snapshot in the pixels of the view box it lies in."""

    def __init__(self, snapshot: Snapshot, font: QFont) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)
        self._map = RaceMap(snapshot, font)
        self._map.memory = MEMORY
        self._rect = QRectF()

    @property
    def snapshot(self) -> Snapshot:
        return self._map.snapshot

    @property
    def display(self) -> Display:
        return self._map.display

    @property
    def theme(self) -> Theme:
        return self._map.theme

    @property
    def projection(self) -> Projection:
        return self._map.projection

    @property
    def terrain(self) -> Terrain:
        """The surface as it is seen now."""
        return self._map.terrain

    @property
    def lit_start(self) -> int | None:
        """The start under the mouse."""
        return self._map.lit_start

    @lit_start.setter
    def lit_start(self, number: int | None) -> None:
        self._map.lit_start = number
        self.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show another instant, race or scenario."""
        self._map.show_snapshot(snapshot)
        self.update()

    def show_display(self, display: Display, theme: Theme) -> None:
        """Change what is shown, or light and dark."""
        self._map.show_display(display, theme)
        self.update()

    def set_frame(self, rect: QRectF, view: Domain) -> None:
        """Lie in `rect` of the view box and show `view`, sharp at the next frame."""
        self._lie_in(rect)
        self._map.set_frame(rect.size(), view)

    def move_frame(self, rect: QRectF, view: Domain) -> None:
        """Lie in `rect` of the view box and show `view`: until `sharpen`, with the pictures there are."""
        self._lie_in(rect)
        self._map.move_frame(rect.size(), view)

    def _lie_in(self, rect: QRectF) -> None:
        if rect != self._rect:
            self.prepareGeometryChange()
        self._rect = QRectF(rect)
        self.update()

    @property
    def patience(self) -> float:
        """How long trails may take in a frame, in seconds."""
        return self._map.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._map.patience = seconds

    @property
    def sharp(self) -> bool:
        """Whether what is painted is no stand-in."""
        return self._map.sharp

    def sharpen(self, deadline: float = math.inf) -> bool:
        """Paint what others stand in for; whether that was done before the deadline, see `RaceMap.sharpen`."""
        done = self._map.sharpen(deadline)
        if done:
            self.update()
        return done

    def forget_terrain(self) -> None:
        """Paint everything anew at the next frame."""
        self._map.forget_terrain()

    def arrow_at(self, x: float, y: float) -> str:
        """The quantity whose arrow is under a pixel, by its Step field; "" if there is none."""
        return self._map.arrow_at(x, y)

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        try:
            with saved(painter):
                painter.translate(self._rect.topLeft())
                self._map.paint(painter)
        except Exception:  # of a part of somebody's own: were it to leave here, the next item would fail with it
            sys.excepthook(*sys.exc_info())
        if not self._map.complete:
            QTimer.singleShot(0, self, self.update)
