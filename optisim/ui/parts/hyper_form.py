"""The hyperparameters of an optimizer, schedule or noise: a slider and an exact box for each of its fields."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from optisim.canvas.text.symbols import plain_symbol
from optisim.core.base.hyperparameters import Hyper, Tunable, Value
from optisim.language import tr
from optisim.ui.parts.number_box import NumberBox, ScaleSlider
from optisim.ui.parts.panel import Panel, focus_by_tab
from optisim.ui.parts.plain import Label, plain_tip

LARGEST = 1e9


class HyperForm(Panel):
    """Edits the hyperparameters of one thing at a time.

    Signals:
        changed(name, value): a hyperparameter was given another value.
    """

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: dict[type[Tunable], _Sheet] = {}
        self._sheet: _Sheet | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_values(self, tunable: Tunable) -> None:
        """Show these values, on the sheet of their kind."""
        kind = type(tunable)
        # sheets are kept: building one takes longer than showing it, and deleting widgets is seldom worth its risks
        if kind not in self._sheets:
            self._sheets[kind] = _Sheet(kind)
            self._sheets[kind].changed.connect(self.changed)
            self._column.addWidget(self._sheets[kind])
        for other, sheet in self._sheets.items():
            sheet.setVisible(other is kind)
        self._sheet = self._sheets[kind]
        self._sheet.show_values(tunable)

    @property
    def boxes(self) -> dict[str, NumberBox]:
        """The exact boxes that are shown, by hyperparameter."""
        return self._sheet.boxes if self._sheet else {}

    @property
    def sliders(self) -> dict[str, ScaleSlider]:
        """The sliders that are shown, by hyperparameter."""
        return self._sheet.sliders if self._sheet else {}

    @property
    def switches(self) -> dict[str, QCheckBox]:
        """The check boxes that are shown, by hyperparameter."""
        return self._sheet.switches if self._sheet else {}


class _Sheet(Panel):
    """The form of one kind of thing."""

    changed = Signal(str, object)

    def __init__(self, kind: type[Tunable]) -> None:
        super().__init__()
        self._show: dict[str, Callable[[Value], None]] = {}
        self._titles: list[tuple[Hyper, QLabel | QCheckBox]] = []
        self.boxes: dict[str, NumberBox] = {}
        self.sliders: dict[str, ScaleSlider] = {}
        self.switches: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        for hyper in kind.hypers():
            if hyper.scale == "switch":
                self._add_switch(hyper)
            else:
                self._add_number(hyper)
        self.retranslate()

    def show_values(self, tunable: Tunable) -> None:
        """Show these values without announcing them."""
        for name, value in tunable.values.items():
            self._show[name](value)

    def _add_number(self, hyper: Hyper) -> None:
        title = Label()
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never widens the dock
        least, most = max(hyper.least, -LARGEST), min(hyper.most, LARGEST)
        # a decay may come as near to 1 as a float can, but not reach it
        box = NumberBox(least, math.nextafter(most, 0) if hyper.scale == "decay" else most, hyper.scale == "count")
        box.setFixedWidth(_box_width(box))
        slider = ScaleSlider(hyper)
        slider.moved.connect(lambda value: self._announce(hyper.name, value))
        box.committed.connect(lambda value: self._announce(hyper.name, value))
        row = self._grid.rowCount()
        self._grid.addWidget(title, row, 0, 1, 2)
        self._grid.addWidget(slider, row + 1, 0)
        self._grid.addWidget(box, row + 1, 1)
        self._grid.setRowMinimumHeight(row + 2, 5)
        self._titles.append((hyper, title))
        self.boxes[hyper.name], self.sliders[hyper.name] = box, slider

        def show(value: Value) -> None:
            box.show_value(float(value))
            slider.show_value(float(value))

        self._show[hyper.name] = show

    def _add_switch(self, hyper: Hyper) -> None:
        check = QCheckBox()
        focus_by_tab(check)
        check.toggled.connect(lambda on: self.changed.emit(hyper.name, on))
        row = self._grid.rowCount()
        self._grid.addWidget(check, row, 0, 1, 2)
        self._grid.setRowMinimumHeight(row + 1, 8)
        self._titles.append((hyper, check))
        self.switches[hyper.name] = check

        def show(value: Value) -> None:
            with QSignalBlocker(check):
                check.setChecked(bool(value))

        self._show[hyper.name] = show

    def _announce(self, name: str, value: float) -> None:
        self._show[name](value)  # slider and box agree at once, whoever was moved
        self.changed.emit(name, value)

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        for box in self.boxes.values():
            box.setFixedWidth(_box_width(box))

    def retranslate(self) -> None:
        for hyper, widget in self._titles:
            title = tr(hyper.title)
            symbol = plain_symbol(hyper.symbol)
            widget.setText(f"{symbol}  {title}" if symbol else title)
            widget.setToolTip(plain_tip(f"{title} ({hyper.name})"))
            if hyper.name in self.boxes:
                self.boxes[hyper.name].setAccessibleName(title)
                self.sliders[hyper.name].setAccessibleName(title)


def _box_width(box: NumberBox) -> int:
    return box.fontMetrics().horizontalAdvance("0.000000") + 26
