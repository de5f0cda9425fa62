"""The parameters of the surface's formula: for each a slider, its value, and the ends of the slider."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from optisim.canvas.text.symbols import plain_symbol
from optisim.core.base.hyperparameters import Hyper
from optisim.core.base.problems import Problem
from optisim.core.formulas.typesetting import symbol
from optisim.core.surfaces import Parameter
from optisim.core.surfaces.surface import FAR
from optisim.language import explain, tr
from optisim.ui.parts.number_box import NumberBox, ScaleSlider
from optisim.ui.parts.panel import Panel
from optisim.ui.parts.plain import Label, plain_tip

WIDE = 50.0  # a range whose ends are so many times apart is moved along by factors


class ParameterForm(Panel):
    """Edits parameters.

    Signals:
        changed(Parameter): a parameter was given another value or range.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []  # as many as were ever needed; those too many are hidden
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_parameters(self, parameters: tuple[Parameter, ...]) -> None:
        """Show these parameters without announcing them."""
        while len(self.rows) < len(parameters):
            row = _Row()
            row.changed.connect(self.changed)
            self._column.addWidget(row)
            self.rows.append(row)
        for row, parameter in zip(self.rows, parameters, strict=False):
            row.show_parameter(parameter)
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(parameters))
        self.setVisible(bool(parameters))


class _Row(Panel):
    """One parameter: name and value above, the slider between its ends below."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.parameter = Parameter("a")
        self.name = Label()
        self.value, self.low, self.high = (NumberBox(-FAR, FAR) for _ in range(3))
        self.slider = ScaleSlider(_scale(self.parameter))
        self.error = Label()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.value.committed.connect(lambda value: self._change(value=value))
        self.low.committed.connect(lambda low: self._change(low=low))
        self.high.committed.connect(lambda high: self._change(high=high))
        self.slider.moved.connect(lambda value: self._change(value=value))
        for box in (self.low, self.high):
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.value, 0, 1, 1, 2)
        grid.addWidget(self.low, 1, 0)
        grid.addWidget(self.slider, 1, 1)
        grid.addWidget(self.high, 1, 2)
        grid.addWidget(self.error, 2, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.fit_text()
        self.retranslate()

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        for box in (self.low, self.high):
            box.setFixedWidth(box.fontMetrics().horizontalAdvance("0000") + 14)

    def retranslate(self) -> None:
        name = self.parameter.name
        self.value.setAccessibleName(tr("Value of {name}", name=name))
        self.slider.setAccessibleName(tr("Value of {name}", name=name))
        self.value.setToolTip(plain_tip(tr("Value of {name}", name=name)))
        for box, text in ((self.low, tr("Left end of the slider")), (self.high, tr("Right end of the slider"))):
            box.setAccessibleName(text)
            box.setToolTip(plain_tip(text))

    def show_parameter(self, parameter: Parameter) -> None:
        """Show a parameter without announcing it."""
        self.parameter = parameter
        self.name.setText(f"{plain_symbol(symbol(parameter.name))} =")
        self.value.show_value(parameter.value)
        self.low.show_value(parameter.low)
        self.high.show_value(parameter.high)
        self.slider.set_scale(_scale(parameter))
        self.slider.show_value(parameter.value)
        self.error.hide()
        self.retranslate()

    def _change(self, value: float | None = None, low: float | None = None, high: float | None = None) -> None:
        old = self.parameter
        given = (old.value if value is None else value, old.low if low is None else low)
        try:
            self.changed.emit(Parameter.checked(old.name, *given, old.high if high is None else high))
        except Problem as problem:
            self.show_parameter(self.parameter)
            self.error.setText(explain(problem))
            self.error.show()


def _scale(parameter: Parameter) -> Hyper:
    """How a slider moves along the parameter's range: by factors where that spans decades."""
    name, value, low, high = parameter
    scale = "log" if low > 0 and high > WIDE * low else "linear"
    return Hyper(name, name, name, value, scale, low, high, -FAR, FAR)
