"""What a map keeps under one projection: the terrain, and the pictures of its still parts and of the trails."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from optisim.canvas.map.terrain import Terrain
from optisim.canvas.map.trails import Trails
from optisim.canvas.projection import Projection


@dataclass
class Layers:
    """Pictures under `projection`; what is None has still to be made.

    Attributes:
        trailing: what the trails were painted for.
    """

    projection: Projection
    terrain: Terrain | None = None
    still: QImage | None = None
    trails: Trails | None = None
    trailing: tuple[object, ...] = ()

    def show(self, painter: QPainter, projection: Projection) -> None:
        """Show the pictures, scaled and moved if `projection` is another one than theirs."""
        assert self.trails is not None
        pictures = (self.trails.ground, self.trails.ink)
        if projection == self.projection:
            for picture in pictures:
                painter.drawImage(QPointF(0, 0), picture)
            return
        # only the part that is seen: a painter loses its way with the coordinates of all of it
        old, new = self.projection, projection
        left, right = max(old.view.left, new.view.left), min(old.view.right, new.view.right)
        bottom, top = max(old.view.bottom, new.view.bottom), min(old.view.top, new.view.top)
        if left >= right or bottom >= top:
            return
        source, target = (_rectangle(p, left, right, bottom, top) for p in (old, new))
        ratio = self.trails.ground.devicePixelRatio()
        source = QRectF(source.topLeft() * ratio, source.size() * ratio)
        for picture in pictures:
            painter.drawImage(target, picture, source)


def _rectangle(projection: Projection, left: float, right: float, bottom: float, top: float) -> QRectF:
    """A rectangle of the plane in pixels."""
    view = projection.view
    across, up = projection.width / view.width, projection.height / view.height
    return QRectF((left - view.left) * across, (view.top - top) * up, (right - left) * across, (top - bottom) * up)
