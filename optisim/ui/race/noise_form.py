"""The noise on the gradients: its kind, its seed, and how many seeds run at once."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optisim.core.base.problems import Problem
from optisim.core.race.noise import MAX_SEED, NOISES
from optisim.core.race.scenario import MAX_SEEDS, Scenario
from optisim.language import explain, tr
from optisim.ui.parts.hyper_form import HyperForm
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.number_box import NumberBox
from optisim.ui.parts.panel import Panel, focus_by_tab
from optisim.ui.parts.plain import Label, plain_tip
from optisim.ui.race.player import Player


class NoiseForm(Panel):
    """Edits the scenario's noise."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._problem: Problem | None = None
        self.title = Label()
        self.choice = QComboBox()
        for slug in NOISES:
            self.choice.addItem("", slug)
        focus_by_tab(self.choice)
        self.choice.activated.connect(self._on_chosen)
        self.form = HyperForm()
        self.form.changed.connect(self._on_changed)
        self.seed_title, self.seeds_title = Label(), Label()
        self.seed = NumberBox(0, MAX_SEED, whole=True)
        self.seed.committed.connect(lambda value: self._set(seed=int(value)))
        self.seeds = NumberBox(1, MAX_SEEDS, whole=True)
        self.seeds.committed.connect(lambda value: self._set(seeds=int(value)))
        self.reroll = QPushButton()
        set_icon(self.reroll, "loop")
        focus_by_tab(self.reroll)
        self.reroll.clicked.connect(lambda: self._set(seed=random.randrange(10_000)))
        self.error = Label()
        self.error.setWordWrap(True)
        self.error.setObjectName("error")
        self.error.hide()

        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addWidget(self.choice, 1)
        self.details = QWidget()
        below = QVBoxLayout(self.details)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.form)
        for box in (self.seed, self.seeds):
            box.setMinimumWidth(40)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.seed_title)
        line.addWidget(self.seed, 1)
        line.addWidget(self.reroll)
        below.addLayout(line)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.seeds_title)
        line.addWidget(self.seeds, 1)
        below.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.details)
        column.addWidget(self.error)
        player.scenarioChanged.connect(self._on_scenario)
        self.retranslate()
        self._on_scenario(player.scenario)

    def retranslate(self) -> None:
        self.title.setText(tr("Noise"))
        self.choice.setAccessibleName(tr("Noise on the gradients"))
        self.choice.setToolTip(tr("What disturbs the gradients that the optimizers see"))
        for index, kind in enumerate(NOISES.values()):
            self.choice.setItemText(index, tr(kind.name))
            self.choice.setItemData(index, plain_tip(tr(kind.character)), Qt.ItemDataRole.ToolTipRole)
        self.seed_title.setText(tr("Seed"))
        self.seed.setToolTip(tr("The same seed gives the same noise again"))
        self.seed.setAccessibleName(tr("Seed"))
        self.reroll.setText(tr("Re-roll"))
        self.reroll.setToolTip(tr("Draw another seed"))
        self.seeds_title.setText(tr("Balls per start"))
        self.seeds.setToolTip(tr("So many balls leave every start, each with noise of its own: a fan of trails"))
        self.seeds.setAccessibleName(tr("Balls per start"))
        self._show_problem(self._problem)

    def _on_scenario(self, scenario: Scenario) -> None:
        self.choice.setCurrentIndex(self.choice.findData(scenario.noise.slug()))
        data, items = bool(scenario.surface.table), cast(QStandardItemModel, self.choice.model())
        for index, kind in enumerate(NOISES.values()):
            items.item(index).setEnabled(data or not kind.needs_data)
        self.details.setVisible(scenario.noisy)
        self.form.show_values(scenario.noise)
        self.seed.show_value(scenario.seed)
        self.seeds.show_value(scenario.seeds)
        self._show_problem(None)

    def _on_chosen(self, index: int) -> None:
        self._set(noise=NOISES[self.choice.itemData(index)]())

    def _on_changed(self, name: str, value: object) -> None:
        try:
            self._set(noise=self._player.scenario.noise.with_value(name, value))
        except Problem as problem:
            self._show_problem(problem)

    def _set(self, **fields: object) -> None:
        """Change the scenario, or say why that cannot be."""
        try:
            scenario = replace(self._player.scenario, **fields)  # type: ignore[arg-type]
        except Problem as problem:
            self._on_scenario(self._player.scenario)
            self._show_problem(problem)
            return
        self._show_problem(None)
        self._player.set_scenario(scenario)

    def _show_problem(self, problem: Problem | None) -> None:
        self._problem = problem
        self.error.setVisible(problem is not None)
        if problem is not None:
            self.error.setText(explain(problem))
