"""The contour canvas: a pyqtgraph plot whose view box carries the map, with axes, colour bar and mouse."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPen, QPixmap

from optisim.canvas.map.colorbar import ColorBar
from optisim.canvas.map.map_item import MapItem
from optisim.canvas.map.race_map import RaceMap
from optisim.canvas.map.snapshot import Display, Snapshot
from optisim.canvas.text.fonts import canvas_font
from optisim.canvas.theme import LIGHT, Theme
from optisim.canvas.view import PictureFactory
from optisim.core.surfaces import Domain, Point

TICK_SPACING = 46.0  # pixels between labelled ticks, at the least
GRASP = 22.0  # pixels from a start's centre within which the mouse takes hold of it
FARTHEST = 1e9  # zooming out ends here, where float64 still tells points apart
REST = 12  # milliseconds without zoom or pan after which the map is painted sharp
PATIENCE = 0.002  # seconds that trails may take in a frame: what takes longer goes on in the next one
SLICE = 0.008  # seconds that it is painted without a look at what else there is to do
FINEST = 1e-11  # zooming in ends at this share of the coordinates, where it still tells pixels apart


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis with true minus signs, and ticks that are as far apart on both axes."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        rough = (high - low) * TICK_SPACING / max(size, 1.0)
        decade = 10.0 ** np.floor(np.log10(rough))
        nice, parts = next((n, p) for n, p in ((1, 5), (2, 4), (5, 5), (10, 5)) if n * decade >= rough * 0.999)
        return [(nice * decade, 0.0), (nice * decade / parts, 0.0)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [text.replace("-", "−") for text in super().tickStrings(values, scale, spacing)]


class _View(pg.ViewBox):  # type: ignore[misc]
    """A view box in which the start points can be dragged, and everything else pans."""

    def __init__(self, canvas: MapView) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self._canvas = canvas
        self._held: int | None = None

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        if event.button() == Qt.MouseButton.LeftButton and axis is None:
            if event.isStart():
                self._held = self._canvas.start_near(self.mapFromScene(event.buttonDownScenePos()))
            if self._held is not None:
                event.accept()
                self._canvas.startDragged.emit(self._held, self._canvas.point_at(event.scenePos()))
                if event.isFinish():
                    self._held = None
                return
        if event.button() == Qt.MouseButton.RightButton:
            event.ignore()  # the right button opens a menu
            return
        super().mouseDragEvent(event, axis)

    def scaleBy(self, s: Any = None, center: Any = None, x: float | None = None, y: float | None = None) -> None:
        factors = (x, y) if s is None else s
        for (low, high), factor in zip(self.viewRange(), factors, strict=True):
            finest = FINEST * max(abs(low), abs(high), 1e-3)
            if factor is not None and factor < 1 and (high - low) * factor < finest:
                return
        super().scaleBy(s, center, x, y)


class MapView(pg.PlotWidget):  # type: ignore[misc]
    """The View of a race from above. It knows no player: it says where the mouse set, dragged or asked something.

    Signals:
        startPlaced(point): the map was clicked.
        startDragged(number, point): start `number` was moved.
        hovered(point): the mouse is over the surface; None when it left.
        menuRequested(global position, point, number): the right button, with the start under it or None.
        pointed(field): the mouse is on the arrow of a quantity; "" when it has left.
    """

    startPlaced = Signal(object)
    startDragged = Signal(int, object)
    startsTakenBack = Signal(tuple)
    hovered = Signal(object)
    menuRequested = Signal(QPoint, object, object)
    pointed = Signal(str)

    def __init__(self, snapshot: Snapshot, parent: Any = None) -> None:
        self.font_used = canvas_font()
        self.view = _View(self)
        axes = {side: _Axis(side) for side in ("left", "bottom")}
        super().__init__(parent=parent, viewBox=self.view, enableMenu=False, axisItems=axes)
        self.setObjectName("canvas")
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.map_item = MapItem(snapshot, self.font_used)
        self.map_item.setParentItem(self.view)
        self.map_item.setZValue(-10)
        self.map_item.patience = PATIENCE
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.ctrlMenu.setParent(self, plot.ctrlMenu.windowFlags())  # never shown, but it would outlive the canvas
        plot.setContentsMargins(4, 10, 8, 2)
        self.colorbar = ColorBar(self.map_item, self.font_used)
        plot.layout.setColumnSpacing(2, 10)
        plot.layout.addItem(self.colorbar, 2, 3)
        plot.setLabel("bottom", "x")
        plot.setLabel("left", "y")
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setStyle(
                tickFont=self.font_used,
                tickTextOffset=4,
                tickLength=-5,
                maxTextLevel=0,
                hideOverlappingLabels=False,
            )
            axis.label.setFont(self.font_used)
            axis.enableAutoSIPrefix(False)
        plot.getAxis("left").setWidth(52)  # fixed, so that zooming does not move the map
        self.view.setLimits(xMin=-FARTHEST, xMax=FARTHEST, yMin=-FARTHEST, yMax=FARTHEST)
        self.view.sigRangeChanged.connect(self._frame)
        self.view.sigResized.connect(self._frame)
        scene_signals = self.scene()
        scene_signals.sigMouseMoved.connect(self._on_moved)
        scene_signals.sigMouseClicked.connect(self._on_clicked)
        self._before_click: tuple[Point, ...] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setTimerType(Qt.TimerType.PreciseTimer)
        self._rest.timeout.connect(self._on_rest)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.show_display(Display(), LIGHT)
        self.reset_view()

    # ── What is shown ────────────────────────────────────────────────────────────────────────────────────

    @property
    def picture(self) -> PictureFactory:
        """What makes pictures of what it shows."""
        return RaceMap

    @property
    def snapshot(self) -> Snapshot:
        return self.map_item.snapshot

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show another instant, race or scenario; a new surface resets the view."""
        before = self.snapshot.scenario.surface
        self.map_item.show_snapshot(snapshot)
        after = snapshot.scenario.surface
        if (before.formula, before.domain) != (after.formula, after.domain):
            self.reset_view()
        if before != after:
            self._refit()

    def show_display(self, display: Display, theme: Theme) -> None:
        """Change what is shown, or light and dark."""
        self.map_item.show_display(display, theme)
        self.setBackground(QColor(theme.base))
        plot = self.getPlotItem()
        # Not cosmetic, unlike pyqtgraph's own pens: those come out giant in some SVG viewers.
        pen = QPen(QColor(theme.muted), 1.0)
        pen.setCosmetic(False)
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setPen(pen)
            axis.setTextPen(QPen(QColor(theme.text)))
        self.colorbar.setVisible(display.shows("colorbar") and display.shows("heat"))
        if not self.colorbar.isVisible():
            self.colorbar.setFixedWidth(0)
        self._refit()

    def reset_view(self) -> None:
        """Show the surface's whole domain."""
        domain = self.snapshot.scenario.surface.domain
        self.view.setRange(
            xRange=(domain.left, domain.right), yRange=(domain.bottom, domain.top), padding=0, disableAutoRange=True
        )

    @property
    def seen(self) -> Domain:
        """The part of the plane that is seen."""
        (left, right), (bottom, top) = self.view.viewRange()
        return Domain(left, right, bottom, top)

    def zoom(self, factor: float) -> None:
        """Zoom about the middle of the view; factors above 1 zoom in."""
        self.view.scaleBy((1 / factor, 1 / factor))

    def set_equal_axes(self, equal: bool) -> None:
        """Give x and y the same scale, so that gradients stand at right angles to contour lines."""
        self.view.setAspectLocked(equal)
        if not equal:
            self.reset_view()

    def _frame(self, *_: object) -> None:
        seen = self.seen
        if seen.right > seen.left and seen.top > seen.bottom:
            self.map_item.move_frame(self.view.rect(), seen)
            if self.map_item.sharp:
                self._refit()
            else:
                self._rest.start(REST)

    @property
    def sharp(self) -> bool:
        """Whether the map is painted as it is to be seen, and not as an old picture that stands in for it."""
        return bool(self.map_item.sharp)

    def sharpen(self) -> None:
        """Paint the map sharp and complete now; after a zoom, a pan or a long way it else is so in a moment."""
        self._on_rest(math.inf)
        while not self.map_item.sharp:  # the colour bar's numbers took another width, which moved the map
            self._on_rest(math.inf)

    def _on_rest(self, seconds: float = SLICE) -> None:
        if not self.map_item.sharpen(time.perf_counter() + seconds):
            self._rest.start(0)
            return
        self._rest.stop()
        self._refit()

    def grab(self, *area: QRect) -> QPixmap:
        """Its picture, never one that stands in."""
        self.sharpen()
        self.map_item.patience = math.inf
        picture: QPixmap = super().grab(*area)
        self.map_item.patience = PATIENCE
        return picture

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.sharpen()
        self._refit()

    def _refit(self) -> None:
        if not self.isVisible():  # it has no size yet, and the terrain would be computed for nothing
            return
        self.colorbar.refit()
        self.colorbar.update()

    # ── Mouse ────────────────────────────────────────────────────────────────────────────────────────────

    def point_at(self, scene_position: QPointF) -> Point:
        """The surface point under a position of the graphics scene."""
        pixel = self.view.mapFromScene(scene_position)
        return self.map_item.projection.from_pixel(pixel.x(), pixel.y())

    def pixel_of(self, point: Point) -> QPoint:
        """The widget position of a surface point."""
        x, y = self.map_item.projection.to_pixels(np.array(point)).tolist()
        pixel: QPoint = self.mapFromScene(self.view.mapToScene(QPointF(x, y)))
        return pixel

    @property
    def pixel(self) -> tuple[float, float]:
        """How large a pixel is on the surface, in x and y."""
        rect, seen = self.view.rect(), self.seen
        return seen.width / max(rect.width(), 1.0), seen.height / max(rect.height(), 1.0)

    def start_near(self, pixel: QPointF) -> int | None:
        """The start point under a position of the view box, if any."""
        if not self.map_item.display.shows("starts"):
            return None
        starts = self.map_item.projection.to_pixels(np.array(self.snapshot.scenario.starts))
        distance = np.hypot(starts[:, 0] - pixel.x(), starts[:, 1] - pixel.y())
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= GRASP else None

    def _on_moved(self, position: QPointF) -> None:
        inside = self.view.sceneBoundingRect().contains(position)
        lit = self.start_near(self.view.mapFromScene(position)) if inside else None
        if lit != self.map_item.lit_start:
            self.map_item.lit_start = lit
            shape = Qt.CursorShape.OpenHandCursor if lit is not None else Qt.CursorShape.CrossCursor
            self.view.setCursor(shape)
        self.hovered.emit(self.point_at(position) if inside else None)
        place = self.view.mapFromScene(position)
        self.pointed.emit(self.map_item.arrow_at(place.x(), place.y()) if inside and lit is None else "")

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)
        self.pointed.emit("")

    def _on_clicked(self, event: Any) -> None:
        position = event.scenePos()
        if not self.view.sceneBoundingRect().contains(position):
            return
        point = self.point_at(position)
        start = self.start_near(self.view.mapFromScene(position))
        if event.button() == Qt.MouseButton.RightButton:
            self.menuRequested.emit(event.screenPos().toPoint(), point, start)
        elif event.button() == Qt.MouseButton.LeftButton and event.double():
            # the first click of the two has placed a start: take that back
            if self._before_click is not None:
                self.startsTakenBack.emit(self._before_click)
            self._before_click = None
            self.reset_view()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._before_click = self.snapshot.scenario.starts if start is None else None
            if start is None:
                self.startPlaced.emit(point)
