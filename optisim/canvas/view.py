"""What shows a race: a view in the window, and the pictures that figures and films are made of.

The map is one, a relief may be another. Who exports asks the view for its `picture`, and so need not know which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QPainter

from optisim.canvas.map.arrows import ArrowSet, Scales
from optisim.canvas.map.snapshot import Display, Snapshot
from optisim.canvas.theme import Theme
from optisim.core.base.arrays import Array
from optisim.core.surfaces import Domain, Point


class AxesRoom(NamedTuple):
    """The room that axes take around a picture, and between two side by side."""

    left: float
    right: float
    bottom: float
    between: float


class Picture(Protocol):
    """Paints a race at an instant in a rectangle, without a window and in any thread.

    Attributes:
        snapshot: what is painted.
        vector: paint vectors rather than cached pixels.
        opaque: fill what would be left free with the theme's ground.
        emphatic: the selected run stands out.
        scales: of the arrows; None if they are to fit those that are there.
        keyed: the scales of the arrows are told on the picture.
        avoid: points of the plane, (n, 2), that nothing written on the picture is to hide.
        marks: how large balls and lines are, beside what they are on the screen.
        detail: how fine the surface is, beside what a screen needs.
    """

    snapshot: Snapshot
    vector: bool
    opaque: bool
    emphatic: bool
    scales: Scales | None
    keyed: bool
    avoid: Array
    marks: float
    detail: float

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint another instant, race or scenario."""

    def show_display(self, display: Display, theme: Theme) -> None:
        """Change what is shown, or light and dark."""

    def set_frame(self, size: QSizeF, view: Domain) -> None:
        """Fill `size` with `view`."""

    def paint(self, painter: QPainter) -> None:
        """Paint the race in its rectangle, from (0, 0)."""

    def share(self, other: Picture) -> None:
        """Use what another picture of the same surface, size and part of the plane has computed of it."""

    def lasting_scales(self, arrow_sets: Sequence[ArrowSet]) -> Scales:
        """The scales for arrows that are compared with each other: of several pictures, or of all frames."""

    @property
    def legend_hides(self) -> bool:
        """Whether there is no place where the legend would hide none of the points to `avoid`."""

    @property
    def legend_fits(self) -> bool:
        """Whether the picture is large enough for the legend."""

    def axes_room(self, seen: Domain) -> AxesRoom:
        """The room for axes around the picture."""

    def paint_axes(self, painter: QPainter, area: QRectF, left: bool, bottom: bool) -> None:
        """Paint the axes of the picture, which is in `area`; numbers only where asked for."""

    def bar_width(self) -> float:
        """The room for a colour bar."""

    def paint_bar(self, painter: QPainter, height: float) -> None:
        """Paint the colour bar from (0, 0)."""


PictureFactory = Callable[[Snapshot, QFont], Picture]
"""Makes a picture. It can be pickled: figures are painted in other processes, too."""


class View(Protocol):
    """Shows a race in the window."""

    @property
    def picture(self) -> PictureFactory:
        """What makes pictures of what it shows."""

    @property
    def snapshot(self) -> Snapshot:
        """What is shown."""

    @property
    def seen(self) -> Domain:
        """The part of the plane that is seen."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show another instant, race or scenario."""

    def show_display(self, display: Display, theme: Theme) -> None:
        """Change what is shown, or light and dark."""

    def zoom(self, factor: float) -> None:
        """Zoom about the middle; factors above 1 zoom in."""

    def reset_view(self) -> None:
        """Show the surface's whole domain."""

    def point_at(self, scene_position: QPointF) -> Point:
        """The point of the plane under a position of the graphics scene."""

    def width(self) -> int:
        """Its width on the screen, in device-independent pixels."""

    def height(self) -> int:
        """Its height."""
