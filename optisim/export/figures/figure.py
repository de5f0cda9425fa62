"""A figure: how large it is and what it shows. How that is laid out and painted is in figure_painter.py."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QSize, QSizeF

from optisim.canvas.map.snapshot import Display
from optisim.core.base.problems import N_, Problem
from optisim.core.surfaces import Domain

LARGEST = 16384  # pixels a side, beyond which images fail to allocate or to open elsewhere
PARTS = {
    "heat": N_("Heat map"),
    "colorbar": N_("Colour bar"),
    "contours": N_("Contour lines"),
    "labels": N_("Contour labels"),
    "trails": N_("Trails"),
    "balls": N_("Balls"),
    "minima": N_("Minima"),
    "starts": N_("Start points"),
    "arrows": N_("Arrows"),
    "local": N_("Local picture"),
    "legend": N_("Legend"),
}
"""Parts of the map that a figure may have, fields of Display → text, to be translated."""

LEAST = (140.0, 110.0)  # units: below that, axes and legend leave nothing of the map
POINTS = 72.0  # to the inch
LEGENDS = {"auto": N_("Where there is room"), "inside": N_("On the map"), "below": N_("Below the map")}
UNITS = {"mm": 25.4, "in": 1.0, "px": math.nan}  # how many to the inch; of pixels, as many as the resolution says
FONT_UNITS = 12.0  # the size of the text in units


@dataclass(frozen=True)
class Figure:
    """How a race is to be shown in a figure.

    Attributes:
        width, height: the size, in `unit`s.
        unit: "mm", "in" or "px".
        dpi: pixels to the inch, of images; with "px" also what says how large the text is.
        text: size of the text in points.
        theme: "light" or "dark".
        transparent: without a ground.
        display: the parts of the map.
        axes: ticks and numbers around the map.
        title: above everything; "" for none.
        caption: the experiment in words below, with all hyperparameters.
        panels: a map of each run by itself, rather than one of all.
        legend: where the runs are named: on the map ("inside"), below it ("below"), or on the map unless it would
            hide something there ("auto"). Whether they are is up to `display`.
        charts: quantities to chart, keys of QUANTITIES.
        beside: charts stand beside the map rather than below.
        view: the part of the plane that is seen; None for the surface's domain.
        equal: x and y have the same scale; more of the plane is seen if need be.
    """

    width: float = 1280.0
    height: float = 800.0
    unit: str = "px"
    dpi: float = 96.0
    text: float = 9.0
    theme: str = "light"
    transparent: bool = False
    display: Display = field(default_factory=lambda: Display(starts=False, arrows=False))
    axes: bool = True
    title: str = ""
    caption: bool = False
    panels: bool = False
    legend: str = "auto"
    charts: tuple[str, ...] = ()
    beside: bool = True
    view: Domain | None = None
    equal: bool = False

    @property
    def inches(self) -> QSizeF:
        """The size on paper."""
        per_inch = self.dpi if self.unit == "px" else UNITS[self.unit]
        return QSizeF(self.width / per_inch, self.height / per_inch)

    @property
    def pixels(self) -> QSize:
        """The size of an image."""
        if self.unit == "px":
            return QSize(round(self.width), round(self.height))
        return QSize(round(self.inches.width() * self.dpi), round(self.inches.height() * self.dpi))

    @property
    def units_per_inch(self) -> float:
        return POINTS * FONT_UNITS / self.text

    @property
    def size(self) -> QSizeF:
        """The size in units."""
        return self.inches * self.units_per_inch

    def check(self) -> None:
        """See that the figure can be made.

        Raises:
            Problem: if a number is out of range, or the figure too small for its text.
        """
        if not 10 <= self.dpi <= 4800:
            raise Problem(N_("The resolution must be a number from 10 to 4800 dots to the inch."))
        if not 2 <= self.text <= 200:
            raise Problem(N_("The size of the text must be a number from 2 to 200 points."))
        if not all(0 < side < 1e6 for side in (self.width, self.height)):
            raise Problem(N_("Width and height must be positive numbers."))
        if self.unit not in UNITS:
            raise Problem(N_("A size is in {units}."), units=", ".join(UNITS))
        pixels = self.pixels
        if max(pixels.width(), pixels.height()) > LARGEST:
            raise Problem(
                N_("{width} × {height} pixels are too many; a side can have {most} at the most."),
                width=pixels.width(),
                height=pixels.height(),
                most=LARGEST,
            )
        if self.size.width() < LEAST[0] or self.size.height() < LEAST[1]:
            raise Problem(N_("The figure is too small for its text; make it larger, or the text smaller."))


@dataclass(frozen=True)
class Preset:
    """A size that is often wanted; the title is to be translated."""

    title: str
    width: float
    height: float
    unit: str
    dpi: float
    text: float

    def apply(self, figure: Figure) -> Figure:
        """The figure in this size."""
        size = {name: getattr(self, name) for name in ("width", "height", "unit", "dpi", "text")}
        return replace(figure, **size)

    def fits(self, figure: Figure) -> bool:
        """Whether the figure has this size."""
        return self.apply(figure) == figure


PRESETS = {
    "screen": Preset(N_("Screen, 1280 × 800"), 1280.0, 800.0, "px", 96.0, 9.0),
    "column": Preset(N_("One column, 88 mm"), 88.0, 66.0, "mm", 600.0, 7.0),
    "page": Preset(N_("Two columns, 180 mm"), 180.0, 110.0, "mm", 600.0, 8.0),
    "slide": Preset(N_("Slide 16:9, 1920 × 1080"), 1920.0, 1080.0, "px", 144.0, 18.0),
    "square": Preset(N_("Square, 1080 × 1080"), 1080.0, 1080.0, "px", 96.0, 14.0),
}
