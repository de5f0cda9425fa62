"""The transport: play, step either way, scrub, speed and number of steps."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QToolButton, QWidget

from optisim.core.race.scenario import MAX_STEPS, Scenario
from optisim.language import tr
from optisim.ui.parts.clock import SPEEDS
from optisim.ui.parts.icons import show_at_once
from optisim.ui.parts.panel import Panel, focus_by_tab
from optisim.ui.parts.plain import Label
from optisim.ui.race.player import Player
from optisim.ui.race.scrub_bar import ScrubBar

FINE = 100  # slider places a step, so that the handle glides with the balls
LONG = 2000  # from here a step is less than a pixel


class Transport(Panel):
    """Buttons of the given actions, the scrub bar, the step counter and the speed."""

    def __init__(self, player: Player, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 6)
        row.setSpacing(2)
        for action in actions:
            button = QToolButton()
            show_at_once(action)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setIconSize(QSize(20, 20))
            focus_by_tab(button)
            row.addWidget(button)
        self.scrub = ScrubBar()
        self.scrub.valueChanged.connect(self._on_scrubbed)
        self.scrub.bookmarkChosen.connect(self._on_bookmark)
        self.scrub.bookmarkRemoved.connect(lambda step: player.set_scenario(player.scenario.without_bookmark(step)))
        row.addSpacing(6)
        row.addWidget(self.scrub, 1)
        row.addSpacing(6)
        self.step_label = Label()
        self.step_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.step_label)
        self.steps = QSpinBox()
        self.steps.setRange(1, MAX_STEPS)
        self.steps.setKeyboardTracking(False)
        self.steps.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.steps.valueChanged.connect(self._on_steps)
        row.addWidget(self.steps)
        row.addSpacing(6)
        self.speed = QComboBox()
        for speed in SPEEDS:
            self.speed.addItem("", speed)
        self.speed.activated.connect(lambda index: player.clock.set_speed(SPEEDS[index]))
        focus_by_tab(self.speed)
        row.addWidget(self.speed)
        player.scenarioChanged.connect(self._on_scenario)
        player.moved.connect(self._on_moved)
        player.clock.speedChanged.connect(self._on_speed)
        self.retranslate()
        self._on_speed(player.clock.speed)

    def retranslate(self) -> None:
        self.scrub.setToolTip(tr("Drag to any step, forwards or back"))
        self.scrub.setAccessibleName(tr("Step"))
        self.steps.setToolTip(tr("How many updates are made in all"))
        self.steps.setAccessibleName(tr("Number of steps"))
        self.speed.setToolTip(tr("Speed: 1× makes 6 updates a second"))
        self.speed.setAccessibleName(tr("Speed"))
        for index, speed in enumerate(SPEEDS):
            self.speed.setItemText(index, tr("Max") if math.isinf(speed) else f"{speed:g}×")
        self.fit_text()

    @property
    def _places(self) -> int:
        """Slider places a step."""
        return FINE if self._player.scenario.steps <= LONG else 1

    def _on_scenario(self, scenario: Scenario) -> None:
        with QSignalBlocker(self.scrub), QSignalBlocker(self.steps):
            self.scrub.setRange(0, scenario.steps * self._places)
            self.scrub.setSingleStep(self._places)
            self.scrub.setPageStep(max(scenario.steps // 10, 1) * self._places)
            self.scrub.show_bookmarks(scenario.bookmarks, self._places)
            self.steps.setValue(scenario.steps)
        # room for the longest text, so that counting does not move what stands beside it
        widest = tr("Step {step} of", step=scenario.steps)
        self.step_label.setFixedWidth(self.step_label.fontMetrics().horizontalAdvance(widest) + 4)
        self._on_moved()

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        self.steps.setFixedWidth(self.fontMetrics().horizontalAdvance("100000") + 18)
        self._on_scenario(self._player.scenario)

    def _on_moved(self) -> None:
        cursor = self._player.cursor
        if not self.scrub.isSliderDown():
            with QSignalBlocker(self.scrub):
                self.scrub.setValue(round(cursor * self._places))
        self.step_label.setText(tr("Step {step} of", step=math.floor(cursor + 1e-9)))

    def _on_scrubbed(self, value: int) -> None:
        self._player.clock.pause()
        self._player.seek(round(value / self._places))

    def _on_bookmark(self, step: int) -> None:
        self._player.clock.pause()
        self._player.seek(step)

    def _on_steps(self, steps: int) -> None:
        self._player.set_scenario(replace(self._player.scenario, steps=steps))

    def _on_speed(self, speed: float) -> None:
        self.speed.setCurrentIndex(SPEEDS.index(speed))
