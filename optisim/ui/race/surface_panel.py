"""The surface: catalogue, formula, domain, heights, and the start points."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optisim.core.base.problems import FormulaProblem, Problem
from optisim.core.race.scenario import Scenario
from optisim.core.surfaces import FAMILIES, SURFACES, Domain, Parameter, Point, own_surface
from optisim.language import explain, tr
from optisim.ui.parts.formula_view import FormulaView
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.number_box import NumberBox
from optisim.ui.parts.panel import Panel, caption, focus_by_tab
from optisim.ui.parts.plain import Label, plain_tip
from optisim.ui.race.noise_form import NoiseForm
from optisim.ui.race.parameter_form import ParameterForm
from optisim.ui.race.player import Player

FAR = 1e9
_FAMILY = Qt.ItemDataRole.UserRole + 1  # what a heading in the catalogue is the name of


class SurfacePanel(Panel):
    """Everything about the loss surface and where the balls start."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.catalogue = QComboBox()
        self._fill_catalogue()
        self.catalogue.setMaxVisibleItems(24)
        focus_by_tab(self.catalogue)
        self.catalogue.activated.connect(self._on_chosen)
        self.teaches = caption(lines=3)
        self.formula_view = FormulaView(lines=1)
        self.formula_caption = Label()
        self.formula = QLineEdit()
        self.formula.textEdited.connect(self._on_formula_typed)
        self.formula.editingFinished.connect(self._on_formula_left)
        self.error = Label()
        self.error.setWordWrap(True)
        self.error.setObjectName("error")
        self.error.hide()
        self.log = QCheckBox()
        focus_by_tab(self.log)
        self.log.toggled.connect(self._on_log)
        self.domain_caption = Label()
        self.to_labels = [Label(), Label()]
        self.domain = [NumberBox(-FAR, FAR) for _ in range(4)]
        for box in self.domain:
            box.committed.connect(self._on_domain)
        self.domain_error = Label()
        self.domain_error.setWordWrap(True)
        self.domain_error.setObjectName("error")
        self.domain_error.hide()
        self.parameters = ParameterForm()
        self.parameters.changed.connect(self._on_parameter)
        self.starts = _Starts(player)
        self.noise = NoiseForm(player)
        self._formula_problem: FormulaProblem | None = None
        self._domain_problem: Problem | None = None

        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.catalogue)
        column.addWidget(self.teaches)
        column.addWidget(self.formula_view)
        column.addWidget(self.formula_caption)
        column.addWidget(self.formula)
        column.addWidget(self.error)
        column.addWidget(self.parameters)
        column.addWidget(self.log)
        column.addSpacing(8)
        column.addWidget(self.domain_caption)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for line, (name, low, high) in enumerate((("x", 0, 1), ("y", 2, 3))):
            grid.addWidget(Label(name), line, 0)
            grid.addWidget(self.domain[low], line, 1)
            grid.addWidget(self.to_labels[line], line, 2)
            grid.addWidget(self.domain[high], line, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        column.addWidget(self.domain_error)
        column.addSpacing(8)
        column.addWidget(self.starts)
        column.addSpacing(8)
        column.addWidget(self.noise)
        column.addStretch(1)
        player.scenarioChanged.connect(self._on_scenario)
        self.retranslate()
        self._on_scenario(player.scenario)

    def retranslate(self) -> None:
        for index in range(self.catalogue.count()):
            slug, family = self.catalogue.itemData(index), self.catalogue.itemData(index, _FAMILY)
            if slug in SURFACES:
                self.catalogue.setItemText(index, tr(SURFACES[slug].name))
            elif family in FAMILIES:
                self.catalogue.setItemText(index, tr(FAMILIES[family][0]))
        self.catalogue.setItemText(self.catalogue.count() - 1, tr("Custom formula"))
        self.catalogue.setAccessibleName(tr("Surface"))
        self.catalogue.setToolTip(tr("The loss surface that the optimizers descend"))
        self._show_caption()
        self.formula.setToolTip(
            tr("Type your own, such as sin(x) + x^2 y^2 / 10; the contours follow as soon as it can be read")
        )
        self.formula.setAccessibleName(tr("Formula"))
        self.log.setText(tr("Logarithmic scale"))
        self.log.setToolTip(tr("Colours and contour lines on a logarithmic scale, for deep valleys"))
        self.domain_caption.setText(tr("Range shown"))
        for label in self.to_labels:
            label.setText(tr("to"))
        for box, name in zip(self.domain, (tr("x from"), tr("x to"), tr("y from"), tr("y to")), strict=True):
            box.setAccessibleName(name)
            box.setToolTip(plain_tip(name))
        self._show_error(self._formula_problem)
        self._show_domain_error(self._domain_problem)

    def _show_caption(self) -> None:
        table = self._player.scenario.surface.table
        self.formula_caption.setText(tr("Loss of one example =") if table else tr("Function f(x, y) ="))

    def _fill_catalogue(self) -> None:
        """Every surface under the name of its family, and at the end one's own formula."""
        for family in FAMILIES:
            self._add_heading(family)
            for slug, surface in SURFACES.items():
                if surface.family == family:
                    self.catalogue.addItem("", slug)
        self.catalogue.insertSeparator(self.catalogue.count())
        self.catalogue.addItem("", "")

    def _add_heading(self, family: str) -> None:
        self.catalogue.addItem("")
        self.catalogue.setItemData(self.catalogue.count() - 1, family, _FAMILY)
        items = cast(QStandardItemModel, self.catalogue.model())
        items.item(items.rowCount() - 1).setEnabled(False)
        font = self.catalogue.font()
        font.setBold(True)
        self.catalogue.setItemData(self.catalogue.count() - 1, font, Qt.ItemDataRole.FontRole)

    # ── From the scenario ────────────────────────────────────────────────────────────────────────────────

    def _on_scenario(self, scenario: Scenario) -> None:
        surface = scenario.surface
        index = self.catalogue.findData(surface.slug)
        self.catalogue.setCurrentIndex(index if index >= 0 else self.catalogue.findData(""))
        self.teaches.setVisible(bool(surface.teaches))
        self.teaches.setText(tr(surface.teaches) if surface.teaches else "")
        self.teaches.setToolTip(plain_tip(surface.source))
        self.parameters.show_parameters(surface.parameters)
        self._show_caption()
        first, *others = surface.parsed.latex_pieces
        self.formula_view.show_rows([("f(x, y) = " + first, *others)])
        if not (self.formula.hasFocus() and self.formula.isModified()):
            self.formula.setText(surface.formula)
            self._show_error(None)
        with QSignalBlocker(self.log):
            self.log.setChecked(surface.log)
        for box, value in zip(self.domain, surface.domain, strict=True):
            box.show_value(value)
        self._show_domain_error(None)

    # ── To the scenario ──────────────────────────────────────────────────────────────────────────────────

    def _on_chosen(self, index: int) -> None:
        slug = self.catalogue.itemData(index)
        scenario = self._player.scenario
        if slug:
            self.formula.setModified(False)
            self._player.set_scenario(scenario.with_surface(SURFACES[slug]))
            self._on_scenario(self._player.scenario)  # it may be the old one, beside a formula typed wrongly
        else:
            self.formula.setFocus()
            self.formula.selectAll()
            self.catalogue.setCurrentIndex(self.catalogue.findData(scenario.surface.slug))

    def _on_formula_typed(self, text: str) -> None:
        scenario = self._player.scenario
        if text.strip() == scenario.surface.formula:
            self._show_error(None)
            return
        try:
            surface = own_surface(text, scenario.surface.domain)
        except FormulaProblem as problem:
            self._show_error(problem)
            return
        self._show_error(None)
        surface = replace(surface, log=scenario.surface.log, start=scenario.starts[0], steps=scenario.steps)
        known = {parameter.name: parameter for parameter in scenario.surface.parameters}
        for parameter in surface.parameters:  # values that were set stay while the formula is being written
            with suppress(Problem):
                surface = surface.with_parameter(known.get(parameter.name, parameter))
        self._player.set_scenario(scenario.with_formula(surface))

    def _on_parameter(self, parameter: Parameter) -> None:
        scenario = self._player.scenario
        try:
            surface = scenario.surface.with_parameter(parameter)
        except FormulaProblem as problem:
            self._show_error(problem)
            self.parameters.show_parameters(scenario.surface.parameters)
            return
        self._show_error(None)
        self._player.set_scenario(scenario.with_formula(surface))

    def _on_formula_left(self) -> None:
        self.formula.setModified(False)

    def _show_error(self, problem: FormulaProblem | None) -> None:
        self._formula_problem = problem
        self.error.setVisible(problem is not None)
        self.formula.setProperty("wrong", problem is not None)
        self.formula.style().polish(self.formula)
        if problem is not None:
            self.error.setText(explain(problem) + " " + tr("The map still shows the last formula that was right."))

    def _on_log(self, log: bool) -> None:
        scenario = self._player.scenario
        self._player.set_scenario(replace(scenario, surface=replace(scenario.surface, log=log)))

    def _on_domain(self, _: float) -> None:
        scenario = self._player.scenario
        try:
            domain = Domain.checked(*(box.value() for box in self.domain))
        except Problem as problem:
            self._show_domain_error(problem)
            return
        self._show_domain_error(None)
        self._player.set_scenario(replace(scenario, surface=replace(scenario.surface, domain=domain)))

    def _show_domain_error(self, problem: Problem | None) -> None:
        self._domain_problem = problem
        self.domain_error.setVisible(problem is not None)
        if problem is not None:
            self.domain_error.setText(explain(problem))


class _Starts(Panel):
    """The start points as rows of two numbers."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._rows: list[_StartRow] = []  # as many as were ever needed; those too many are hidden
        self.caption = Label()
        self.add = QPushButton()
        set_icon(self.add, "add")
        focus_by_tab(self.add)
        self.add.clicked.connect(self._on_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column.addLayout(self._lines)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        player.scenarioChanged.connect(self._on_scenario)
        self._on_scenario(player.scenario)
        self.retranslate()

    def retranslate(self) -> None:
        self.caption.setText(tr("Start (x, y)"))
        self.caption.setToolTip(tr("Click the map or drag the ring to move a start"))
        self.add.setText(tr("Add a start"))
        self.add.setToolTip(tr("Every optimizer gets a ball at every start"))

    def _on_scenario(self, scenario: Scenario) -> None:
        count = len(scenario.starts)
        while len(self._rows) < count:
            self._add_row()
        for row, point in zip(self._rows, scenario.starts, strict=False):
            row.show_point(point, alone=count == 1)
        for number, row in enumerate(self._rows):
            row.setVisible(number < count)
        self.add.setEnabled(scenario.can_take_a_start)

    def _add_row(self) -> None:
        number = len(self._rows)
        row = _StartRow(number)
        row.typed.connect(lambda point: self._player.set_scenario(self._player.scenario.with_start(number, point)))
        row.removed.connect(lambda: self._player.set_scenario(self._player.scenario.without_start(number)))
        self._lines.addWidget(row)
        self._rows.append(row)

    def _on_add(self) -> None:
        self._player.set_scenario(self._player.scenario.with_another_start())


class _StartRow(Panel):
    """One start point: its number, x, y, and a button that removes it."""

    typed = Signal(object)
    removed = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = Label(str(number + 1))
        self.x_box, self.y_box, self.remove_button = NumberBox(-FAR, FAR), NumberBox(-FAR, FAR), QToolButton()
        set_icon(self.remove_button, "remove")
        focus_by_tab(self.remove_button)
        self.remove_button.setAutoRaise(True)
        for box in (self.x_box, self.y_box):
            box.committed.connect(lambda _: self.typed.emit((self.x_box.value(), self.y_box.value())))
        self.remove_button.clicked.connect(self.removed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.number)
        line.addWidget(self.x_box, 1)
        line.addWidget(self.y_box, 1)
        line.addWidget(self.remove_button)
        self.retranslate()

    def retranslate(self) -> None:
        self.x_box.setAccessibleName(tr("Start x"))
        self.y_box.setAccessibleName(tr("Start y"))
        self.remove_button.setToolTip(tr("Remove this start"))

    def show_point(self, point: Point, alone: bool) -> None:
        """Show a point without announcing it; the only start has no number and cannot be removed."""
        self.x_box.show_value(point[0])
        self.y_box.show_value(point[1])
        self.number.setVisible(not alone)
        self.remove_button.setVisible(not alone)
