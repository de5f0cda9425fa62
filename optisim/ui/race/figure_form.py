"""The form in which a figure is described: size, appearance, what it includes, how it is laid out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from optisim.canvas.charts.quantities import CHART_QUANTITIES
from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.parts import MAP_PARTS
from optisim.canvas.map.snapshot import Display
from optisim.canvas.theme import THEMES
from optisim.core.base.tables import Table
from optisim.core.surfaces import Domain
from optisim.export.figures.figure import LEGENDS, PRESETS, UNITS, Figure
from optisim.language import tr
from optisim.ui.parts.number_box import NumberBox
from optisim.ui.parts.plain import Label

REMEMBERED = (
    "width",
    "height",
    "unit",
    "dpi",
    "text",
    "theme",
    "transparent",
    "axes",
    "caption",
    "panels",
    "legend",
)
REMEMBERED_LISTS = ("charts", "beside")


def to_text(figure: Figure) -> str:
    """What is remembered of a figure from one export to the next: all but what is seen in the window."""
    return json.dumps({name: getattr(figure, name) for name in (*REMEMBERED, *REMEMBERED_LISTS)})


def from_text(text: str) -> Figure:
    """The figure that is remembered; a new one if the text says nothing that can be."""
    plain = Figure()
    try:
        data = json.loads(text)
        kinds = {field.name: type(getattr(plain, field.name)) for field in dataclasses.fields(Figure)}
        values = {name: kinds[name](data[name]) for name in REMEMBERED}
        charts = tuple(name for name in data["charts"] if name in CHART_QUANTITIES)
        figure = replace(plain, **values, charts=charts, beside=bool(data["beside"]))
        figure.check()
    except (ValueError, KeyError, TypeError):  # a Problem is a ValueError
        return plain
    return figure


class FigureForm(QWidget):
    """Describes a figure.

    Signals:
        changed(): the figure is another one.
    """

    changed = Signal()

    def __init__(self, figure: Figure, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = figure
        self.forms: list[QFormLayout] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._make_size()
        self._make_appearance()
        self._make_parts(title)
        self._make_layout()
        self.show_figure(figure)

    # ── What is described ────────────────────────────────────────────────────────────────────────────────

    @property
    def figure(self) -> Figure:
        """The figure as the form describes it."""
        return self._figure

    def show_figure(self, figure: Figure) -> None:
        """Describe this figure."""
        self._figure = figure
        blocked = [QSignalBlocker(widget) for widget in self.findChildren(QWidget)]
        preset = next((name for name, preset in PRESETS.items() if preset.fits(figure)), "")
        self.preset.setCurrentIndex(self.preset.findData(preset))
        self.width_box.show_value(float(f"{figure.width:.6g}"))
        self.height_box.show_value(float(f"{figure.height:.6g}"))
        self.unit.setCurrentIndex(self.unit.findData(figure.unit))
        self.dpi.show_value(figure.dpi)
        self.text_size.show_value(figure.text)
        self.theme.setCurrentIndex(self.theme.findData(figure.theme))
        self.transparent.setChecked(figure.transparent)
        self.equal.setChecked(figure.equal)
        for name, box in self.parts.items():
            box.setChecked(figure.display.shows(name))
        self.colormap.setCurrentIndex(self.colormap.findData(figure.display.colormap))
        self.legend.setCurrentIndex(self.legend.findData(figure.legend))
        self.axes.setChecked(figure.axes)
        self.caption.setChecked(figure.caption)
        self.titled.setChecked(bool(figure.title))
        self.maps.setCurrentIndex(int(figure.panels))
        for name, box in self.charts.items():
            box.setChecked(name in figure.charts)
        self.side.setCurrentIndex(0 if figure.beside else 1)
        del blocked
        self._show_what_depends()

    def _show_what_depends(self) -> None:
        figure = self._figure
        for name, box in self.parts.items():
            needed = MAP_PARTS[name].needs
            box.setEnabled(not needed or figure.display.shows(needed))
        self.parts["legend"].setEnabled(not figure.panels)
        self.legend.setEnabled(figure.display.shows("legend") and not figure.panels)
        self.colormap.setEnabled(figure.display.shows("heat"))
        self.title_text.setEnabled(self.titled.isChecked())
        self.side.setEnabled(bool(figure.charts))

    def _change(self, **fields: object) -> None:
        self._figure = replace(self._figure, **fields)  # type: ignore[arg-type]
        preset = next((name for name, preset in PRESETS.items() if preset.fits(self._figure)), "")
        with QSignalBlocker(self.preset):
            self.preset.setCurrentIndex(self.preset.findData(preset))
        self._show_what_depends()
        self.changed.emit()

    # ── Size ─────────────────────────────────────────────────────────────────────────────────────────────

    def _make_size(self) -> None:
        form = self._form(tr("Size"))
        self.preset = _choice({"": tr("Own size")} | _titles(PRESETS))
        self.preset.activated.connect(self._on_preset)
        form.addRow(tr("Preset"), self.preset)
        self.width_box, self.height_box = NumberBox(0.1, 1e6), NumberBox(0.1, 1e6)
        self.unit = _choice(_titles(UNITS))
        self.unit.activated.connect(self._on_unit)
        sides = QHBoxLayout()
        for widget in (self.width_box, Label("×"), self.height_box, self.unit):
            sides.addWidget(widget, int(isinstance(widget, NumberBox)))
        self.width_box.setAccessibleName(tr("Width"))
        self.height_box.setAccessibleName(tr("Height"))
        self.unit.setAccessibleName(tr("Unit"))
        for box, name in ((self.width_box, "width"), (self.height_box, "height")):
            box.committed.connect(lambda value, name=name: self._change(**{name: value}))
        form.addRow(tr("Width × height"), sides)
        self.dpi, self.text_size = NumberBox(10, 4800), NumberBox(2, 200)
        self.dpi.setSuffix(tr(" dpi"))
        self.text_size.setSuffix(tr(" pt"))
        self.dpi.committed.connect(lambda value: self._change(dpi=value))
        self.text_size.committed.connect(lambda value: self._change(text=value))
        self.text_size.setToolTip(tr("Lines, balls and gaps go with the size of the text"))
        row = QHBoxLayout()
        row.addWidget(self.dpi, 1)
        row.addWidget(Label(tr("Text")))
        row.addWidget(self.text_size, 1)
        form.addRow(tr("Resolution"), row)

    def _on_preset(self) -> None:
        preset = PRESETS.get(self.preset.currentData())
        if preset is not None:
            self.show_figure(preset.apply(self._figure))
            self.changed.emit()

    def _on_unit(self) -> None:
        """Say the same size in another unit."""
        unit, inches = self.unit.currentData(), self._figure.inches
        per_inch, digits = replace(self._figure, unit=unit).per_inch, UNITS[unit].digits
        width, height = (round(side * per_inch, digits) for side in (inches.width(), inches.height()))
        self.width_box.show_value(width)
        self.height_box.show_value(height)
        self._change(unit=unit, width=float(width), height=float(height))

    # ── Appearance ───────────────────────────────────────────────────────────────────────────────────────

    def _make_appearance(self) -> None:
        form = self._form(tr("Appearance"))
        self.theme = _choice(_titles(THEMES))
        self.theme.activated.connect(lambda: self._change(theme=self.theme.currentData()))
        self.transparent = self._box(tr("Transparent"), lambda on: self._change(transparent=on))
        row = QHBoxLayout()
        row.addWidget(self.theme, 1)
        row.addWidget(self.transparent)
        form.addRow(tr("Background"), row)
        self.colormap = _choice(_titles(COLORMAPS))
        self.colormap.activated.connect(self._on_colormap)
        form.addRow(tr("Colour map"), self.colormap)

    # ── What it includes ─────────────────────────────────────────────────────────────────────────────────

    def _make_parts(self, title: str) -> None:
        form = self._form(tr("Include"))
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        self.parts = {
            name: self._box(tr(part.title), partial(self._on_part, name))
            for name, part in MAP_PARTS.items()
            if part.in_figures is not None
        }
        self.axes = self._box(tr("Axes"), lambda on: self._change(axes=on))
        self.caption = self._box(tr("Caption"), lambda on: self._change(caption=on))
        self.caption.setToolTip(tr("The experiment in words, with all hyperparameters"))
        self.equal = self._box(tr("Equal axes"), lambda on: self._change(equal=on))
        boxes = [*self.parts.values(), self.axes, self.equal, self.caption]
        for number, box in enumerate(boxes):
            grid.addWidget(box, number // 2, number % 2)
        form.addRow(grid)
        self.titled = self._box(tr("Title"), self._on_title)
        self.title_text = QLineEdit(title)
        self.title_text.setAccessibleName(tr("Title"))
        self.title_text.setMaxLength(300)
        self.title_text.textEdited.connect(self._on_title)
        row = QHBoxLayout()
        row.addWidget(self.titled)
        row.addWidget(self.title_text, 1)
        form.addRow(row)

    def _on_colormap(self) -> None:
        self._change(display=replace(self._figure.display, colormap=self.colormap.currentData()))

    def _on_part(self, name: str, on: bool) -> None:
        self._change(display=self._figure.display.with_parts(**{name: on}))

    def _on_title(self, *_: object) -> None:
        self._change(title=self.title_text.text() if self.titled.isChecked() else "")

    # ── Layout ───────────────────────────────────────────────────────────────────────────────────────────

    def _make_layout(self) -> None:
        form = self._form(tr("Layout"))
        self.maps = _choice({False: tr("All optimizers on one map"), True: tr("A map for each optimizer")})
        self.maps.activated.connect(lambda: self._change(panels=bool(self.maps.currentData())))
        form.addRow(tr("Maps"), self.maps)
        self.legend = _choice(_titles(LEGENDS))
        self.legend.activated.connect(lambda: self._change(legend=self.legend.currentData()))
        form.addRow(tr("Legend"), self.legend)
        self.side = _choice({True: tr("Beside the map"), False: tr("Below the map")})
        self.side.activated.connect(lambda: self._change(beside=bool(self.side.currentData())))
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        self.charts = {name: self._box(tr(what.short), self._on_charts) for name, what in CHART_QUANTITIES.items()}
        for number, box in enumerate(self.charts.values()):
            grid.addWidget(box, number // 2, number % 2)
        form.addRow(tr("Charts"), self.side)
        form.addRow(grid)

    def _on_charts(self, *_: object) -> None:
        self._change(charts=tuple(name for name, box in self.charts.items() if box.isChecked()))

    # ── Parts of the form ────────────────────────────────────────────────────────────────────────────────

    def _form(self, heading: str) -> QFormLayout:
        label = Label(heading)
        font = label.font()
        font.setWeight(font.Weight.DemiBold)
        label.setFont(font)
        if self._column.count():
            self._column.addSpacing(8)
        self._column.addWidget(label)
        form = QFormLayout()
        self.forms.append(form)
        form.setVerticalSpacing(4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(form)
        return form

    def _box(self, text: str, changed: Callable[[bool], None]) -> QCheckBox:
        box = QCheckBox(text)
        box.toggled.connect(changed)
        return box


def _choice(options: dict[str, str] | dict[bool, str]) -> QComboBox:
    """A combo box of these texts; each entry's data is its key."""
    combo = QComboBox()
    for key, text in options.items():
        combo.addItem(text, key)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo


def _titles(table: Table[Any]) -> dict[str, str]:
    """The rows' titles in the user's language, by name."""
    return {name: tr(title) for name, title in table.titles.items()}


def figure_of(display: Display, view: Domain | None, equal: bool, remembered: str) -> Figure:
    """The remembered figure with what the window shows now."""
    return replace(from_text(remembered), display=display, view=view, equal=equal)


def align(forms: Iterable[QFormLayout]) -> None:
    """Let the fields of several forms, one below the other, begin at one place."""
    labels = [label for form in forms for label in _labels(form)]
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)


def _labels(form: QFormLayout) -> Iterator[QWidget]:
    for row in range(form.rowCount()):
        item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        label = item.widget() if item is not None else None
        if label is not None:
            yield label
