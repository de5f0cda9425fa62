"""A figure: how large it is and what it shows. How that is laid out and painted is in painter.py."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QSize, QSizeF

from optisim.canvas.charts.quantities import CHART_QUANTITIES
from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.parts import MAP_PARTS
from optisim.canvas.map.snapshot import Display
from optisim.canvas.theme import THEMES
from optisim.core.base.problems import N_, Problem
from optisim.core.base.tables import Choice, Table
from optisim.core.surfaces import Domain

LARGEST = 16384  # pixels a side, beyond which images fail to allocate or to open elsewhere
LEAST = (140.0, 110.0)  # units: below that, axes and legend leave nothing of the map
POINTS = 72.0  # to the inch
FONT_UNITS = 12.0  # the size of the text in units

LEGENDS = Table(
    (
        Choice("auto", N_("Where there is room")),
        Choice("inside", N_("On the map")),
        Choice("below", N_("Below the map")),
    ),
    unknown=N_("There is no place “{name}” for a legend; choose one of {names}."),
)
"""Where the runs are named. The first is the one that is taken unless another one is chosen."""


@dataclass(frozen=True)
class Unit:
    """In what sizes are measured: a row of UNITS.

    Attributes:
        name: in files and on the command line.
        title: in forms, to be translated.
        per_inch: how many there are to the inch; NaN for as many as the resolution says.
        digits: after the point, that matter.
    """

    name: str
    title: str
    per_inch: float
    digits: int


UNITS = Table(
    (Unit("mm", "mm", 25.4, 1), Unit("in", N_("inch"), 1.0, 3), Unit("px", N_("pixels"), math.nan, 0)),
    unknown=N_("There is no unit “{name}”; choose one of {names}."),
)


def display_of_figures() -> Display:
    """What figures show of the map unless told otherwise."""
    return Display().with_parts(
        **{name: part.in_figures for name, part in MAP_PARTS.items() if part.in_figures is not None}
    )


@dataclass(frozen=True)
class Figure:
    """How a race is to be shown in a figure.

    Attributes:
        width, height: the size, in `unit`s.
        unit: a name of UNITS.
        dpi: pixels to the inch, of images; with "px" also what says how large the text is.
        text: size of the text in points.
        theme: a name of THEMES.
        transparent: without a ground.
        display: the parts of the map.
        axes: ticks and numbers around the map.
        title: above everything; "" for none.
        caption: the experiment in words below, with all hyperparameters.
        panels: a map of each run by itself, rather than one of all.
        legend: where the runs are named: on the map ("inside"), below it ("below"), or on the map unless it would
            hide something there ("auto"). Whether they are is up to `display`.
        charts: quantities to chart, names of CHART_QUANTITIES.
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
    display: Display = field(default_factory=display_of_figures)
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
    def per_inch(self) -> float:
        """How many of its units there are to the inch."""
        per_inch = UNITS[self.unit].per_inch
        return self.dpi if math.isnan(per_inch) else per_inch

    @property
    def inches(self) -> QSizeF:
        """The size on paper."""
        return QSizeF(self.width / self.per_inch, self.height / self.per_inch)

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
            Problem: if a name is unknown, a number out of range, or the figure too small for its text.
        """
        for table, names in (
            (UNITS, (self.unit,)),
            (THEMES, (self.theme,)),
            (COLORMAPS, (self.display.colormap,)),
            (LEGENDS, (self.legend,)),
            (CHART_QUANTITIES, self.charts),
        ):
            for name in names:
                table[name]
        if not 10 <= self.dpi <= 4800:
            raise Problem(N_("The resolution must be a number from 10 to 4800 dots to the inch."))
        if not 2 <= self.text <= 200:
            raise Problem(N_("The size of the text must be a number from 2 to 200 points."))
        if not all(0 < side < 1e6 for side in (self.width, self.height)):
            raise Problem(N_("Width and height must be positive numbers."))
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
    """A size that is often wanted: a row of PRESETS. The title is to be translated."""

    name: str
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


PRESETS = Table(
    (
        Preset("screen", N_("Screen, 1280 × 800"), 1280.0, 800.0, "px", 96.0, 9.0),
        Preset("column", N_("One column, 88 mm"), 88.0, 66.0, "mm", 600.0, 7.0),
        Preset("page", N_("Two columns, 180 mm"), 180.0, 110.0, "mm", 600.0, 8.0),
        Preset("slide", N_("Slide 16:9, 1920 × 1080"), 1920.0, 1080.0, "px", 144.0, 18.0),
        Preset("square", N_("Square, 1080 × 1080"), 1080.0, 1080.0, "px", 96.0, 14.0),
    ),
    unknown=N_("There is no size “{name}”; choose one of {names}."),
)
"""The first is the one that is taken unless another one is chosen."""
