"""The runs: which optimizers race, and the hyperparameters of the selected one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QColorDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optisim.core.base.problems import N_
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import MAX_PAST, MAX_RUNS, Run, Scenario, suited
from optisim.core.race.schedules import SCHEDULES
from optisim.language import explain, tr
from optisim.ui.parts.commands import Command, Commands
from optisim.ui.parts.hyper_form import HyperForm
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.panel import Panel, Throttle, caption, focus_by_tab
from optisim.ui.parts.plain import Label, plain_tip
from optisim.ui.race.add_menu import AddMenu
from optisim.ui.race.player import Player
from optisim.ui.race.run_list import ROW, RunList
from optisim.ui.race.schedule_form import ScheduleForm
from optisim.ui.race.stability import limit_of
from optisim.ui.race.standings import standings

EDITOR = 330  # pixels kept for what is below the list
LEAST_ROWS = 5
OF_RUN = ("duplicate", "branch", "up", "down", "toggle", "faint", "remove")
"""The commands that act on the selected run."""


class RunsPanel(Panel):
    """The list of runs above, the selected run below."""

    def __init__(self, player: Player, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        about = N_("Go another way from this step on; the old one stays faint")
        commands.add(
            Command("race.duplicate", N_("Duplicate"), self.duplicate, "Ctrl+D", "duplicate"),
            Command("race.branch", N_("Branch here"), self.branch, "Ctrl+B", "branch", about),
            Command("race.up", N_("Move up"), lambda: self._move(-1), "Alt+Up", "up"),
            Command("race.down", N_("Move down"), lambda: self._move(+1), "Alt+Down", "down"),
            Command("race.toggle", N_("Show or hide"), self._toggle_current, "Ctrl+H", "eye"),
            Command("race.faint", N_("Faint"), self._toggle_faint, checked=lambda: self._is_faint),
            Command("race.remove", N_("Remove"), self.remove, "Delete", "bin"),
        )
        self.actions_of_run: dict[str, QAction] = {name: commands.action(f"race.{name}") for name in OF_RUN}
        self.add_menu = AddMenu(self)
        self.add_menu.chosen.connect(self.add)

        self.list = RunList()
        self.list.selected.connect(self._on_selected)
        player.selected.connect(self.list.select)
        self.list.visibilityToggled.connect(self._toggle)
        self.list.removed.connect(self._remove_row)
        self.list.moved.connect(self._move_row)
        # Delete acts on the list only while the list has the focus: elsewhere it would be an accident
        self.actions_of_run["remove"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.addAction(self.actions_of_run["remove"])
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.add_button = QPushButton()
        set_icon(self.add_button, "add")
        focus_by_tab(self.add_button)
        self.add_button.setMenu(self.add_menu)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addWidget(self.add_button)
        tools.addStretch(1)
        for name in ("duplicate", "branch", "up", "down"):  # every row has a cross to remove it
            button = QToolButton()
            button.setDefaultAction(self.actions_of_run[name])
            focus_by_tab(button)
            button.setAutoRaise(True)
            button.setIconSize(QSize(18, 18))
            tools.addWidget(button)

        self.empty = Label()
        self.empty.setWordWrap(True)
        self.color = QToolButton()
        self.color.setAutoRaise(True)
        focus_by_tab(self.color)
        self.color.clicked.connect(self._choose_color)
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.textEdited.connect(self._on_named)
        heading = QHBoxLayout()
        heading.addWidget(self.color)
        heading.addWidget(self.name, 1)
        self.since = caption()
        self.form = HyperForm()
        self.form.changed.connect(self._on_hyper)
        self.schedule = ScheduleForm()
        self.schedule.chosen.connect(self._on_schedule_chosen)
        self.schedule.changed.connect(self._on_schedule)
        self.character = caption(lines=2)
        self.failure = Label()
        self.failure.setObjectName("error")
        self.failure.setWordWrap(True)
        self.editor = QWidget()
        self.editor.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        below = QVBoxLayout(self.editor)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addLayout(heading)
        below.addWidget(self.character)
        below.addWidget(self.failure)
        below.addWidget(self.since)
        below.addWidget(self.form)
        below.addWidget(self.schedule)

        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(tools)
        column.addWidget(self.list)
        column.addSpacing(4)
        column.addWidget(self.empty)
        column.addWidget(self.editor)
        column.addStretch(1)
        player.scenarioChanged.connect(self._on_scenario)
        throttle = Throttle(self._on_moved, self)
        player.moved.connect(lambda: throttle.ask() if player.clock.playing or player.waiting else self._on_moved())
        self.retranslate()
        self._on_scenario(player.scenario)

    def retranslate(self) -> None:
        self.add_button.setText(tr("Add optimizer"))
        self.add_button.setToolTip(tr("Add a method, as often as you like, to compare its rates"))
        self.add_menu.setTitle(tr("Add optimizer"))
        self.add_menu.retranslate()
        self.empty.setText(tr("There is no optimizer yet. Add one to begin."))
        self.color.setToolTip(tr("Colour on the map"))
        self.name.setToolTip(tr("Your own name for this optimizer"))
        self.list.setAccessibleName(tr("Optimizers"))
        self._show_selected()

    # ── From the scenario ────────────────────────────────────────────────────────────────────────────────

    def _on_scenario(self, scenario: Scenario) -> None:
        self.list.show_runs(scenario.runs)
        self._fit_list()
        self.add_button.setEnabled(len(scenario.runs) < MAX_RUNS)
        self.add_menu.setEnabled(len(scenario.runs) < MAX_RUNS)
        self._show_selected()

    def _fit_list(self) -> None:
        """Let the list be as high as its rows, if the values of the selected run have room below it."""
        self.list.fit(max((self.height() - EDITOR) // ROW, LEAST_ROWS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    def _on_selected(self, row: int) -> None:
        self._player.select(row)
        self._show_selected()

    @property
    def selected(self) -> Run | None:
        """The run that is edited below the list."""
        row = self.list.current_row
        runs = self._player.scenario.runs
        return runs[row] if 0 <= row < len(runs) else None

    def _show_selected(self) -> None:
        run, row = self.selected, self.list.current_row
        last = len(self._player.scenario.runs) - 1
        for name, action in self.actions_of_run.items():
            action.setEnabled(run is not None)
            if name == "up":
                action.setEnabled(row > 0)
            elif name == "down":
                action.setEnabled(0 <= row < last)
            elif name == "duplicate":
                action.setEnabled(run is not None and last + 1 < MAX_RUNS)
            elif name == "branch":
                action.setEnabled(run is not None and last + 1 < MAX_RUNS and len(run.past) < MAX_PAST)
        self.actions_of_run["faint"].setChecked(self._is_faint)
        self.editor.setVisible(run is not None)
        self.empty.setVisible(run is None)
        if run is None:
            return
        swatch = QPixmap(18, 18)
        swatch.fill(QColor(run.color))
        self.color.setIcon(swatch)
        self.name.setPlaceholderText(run.optimizer.name)
        if self.name.text().strip() != run.label:
            self.name.setText(run.label)
        about = tr(run.optimizer.character)
        self.character.setText(about[:1].upper() + about[1:])
        self.character.setToolTip(plain_tip(run.optimizer.paper))
        self.since.setVisible(bool(run.past))
        if run.past:
            self.since.setText(tr("From step {step} on:", step=run.past[-1].until))
        self.form.show_values(run.optimizer)
        self.schedule.show_run(run, self._player.scenario.steps)
        self._on_moved()

    def _on_moved(self) -> None:
        """Mark the present rate and its limit, show who is ahead, and say if the selected optimizer has failed."""
        self.schedule.show_cursor(self._player.shown)
        if not self._player.held:  # else the mark would come and go while a slider is dragged
            self._show_limit()
            self.list.show_standings(standings(self._player.diagnostics, int(self._player.cursor)))
        raced = self._raced
        failure = self._player.trajectories[raced].failure if raced >= 0 else None
        self.failure.setVisible(failure is not None)
        if failure is not None:
            self.failure.setText(explain(failure))

    @property
    def _raced(self) -> int:
        """The place of the selected run's trajectory; −1 until the worker has taken up a run of its method."""
        row, run, trajectories = self.list.current_row, self.selected, self._player.trajectories
        if run is None or not row < len(trajectories):
            return -1
        return row if type(trajectories[row].run.optimizer) is type(run.optimizer) else -1

    def _show_limit(self) -> None:
        """Mark the largest stable learning rate on its slider."""
        slider = self.form.sliders.get("lr")
        if slider is not None:
            limit = limit_of(self._player, self._raced)
            slider.show_limit(limit.mark if limit else None)
            slider.setToolTip(limit.explained() if limit else "")

    # ── To the scenario ──────────────────────────────────────────────────────────────────────────────────

    def add(self, slug: str) -> None:
        """Add the optimizer `slug` with a rate that suits the surface, and select it."""
        scenario = self._player.scenario
        self._player.set_scenario(scenario.with_added(suited(OPTIMIZERS.kind(slug)(), scenario.surface)))
        self.list.select(len(self._player.scenario.runs) - 1)

    def duplicate(self) -> None:
        """Add the selected run once more, below itself."""
        row = self.list.current_row
        if self.selected is not None:
            self._player.set_scenario(self._player.scenario.with_duplicate(row))
            self.list.select(row + 1)

    def branch(self) -> None:
        """Let the selected run go another way from this step on, and keep the old way faint."""
        row = self.list.current_row
        if self.selected is not None:
            self._player.set_scenario(self._player.scenario.with_branch(row, self._player.step))
            self.list.select(row + 1)

    def remove(self) -> None:
        """Remove the selected run."""
        if self.selected is not None:
            self._remove_row(self.list.current_row)

    def _remove_row(self, row: int) -> None:
        selected = self.list.current_row
        self._player.set_scenario(self._player.scenario.without(row))
        if row < selected:
            self.list.select(selected - 1)  # the same run, one place up

    def _toggle_current(self) -> None:
        if self.selected is not None:
            self._toggle(self.list.current_row)

    def _toggle(self, row: int) -> None:
        run = self._player.scenario.runs[row]
        self._change(row, replace(run, visible=not run.visible))

    @property
    def _is_faint(self) -> bool:
        return self.selected is not None and self.selected.ghost

    def _toggle_faint(self, on: bool) -> None:
        run = self.selected
        if run is not None:
            self._change(self.list.current_row, replace(run, ghost=on))

    def _move(self, by: int) -> None:
        row = self.list.current_row
        if 0 <= row + by < len(self._player.scenario.runs):
            self._move_row(row, row + by)

    def _move_row(self, row: int, to: int) -> None:
        self._player.set_scenario(self._player.scenario.with_moved(row, to))
        self.list.select(to)

    def value_titles(self) -> dict[str, str]:
        """The values of the selected run, or else of the first: name → what it is called."""
        run = self.selected or next(iter(self._player.scenario.runs), None)
        return {hyper.name: hyper.title for hyper in type(run.optimizer).hypers()} if run is not None else {}

    def set_value(self, name: str, value: object) -> None:
        """Give the selected run, or else the first, another value of a hyperparameter.

        Raises:
            Problem: if it cannot have that value.
        """
        row = max(self.list.current_row, 0)
        if row < len(self._player.scenario.runs):
            run = self._player.scenario.runs[row]
            self._change(row, replace(run, optimizer=run.optimizer.with_value(name, value)))

    def _on_hyper(self, name: str, value: object) -> None:
        run = self.selected
        if run is not None:
            self._change(self.list.current_row, replace(run, optimizer=run.optimizer.with_value(name, value)))

    def _on_schedule_chosen(self, slug: str) -> None:
        run = self.selected
        if run is not None:
            self._change(self.list.current_row, replace(run, schedule=SCHEDULES[slug]()))

    def _on_schedule(self, name: str, value: object) -> None:
        run = self.selected
        if run is not None:
            self._change(self.list.current_row, replace(run, schedule=run.schedule.with_value(name, value)))

    def _on_named(self, text: str) -> None:
        run = self.selected
        if run is not None:
            self._change(self.list.current_row, replace(run, label=text.strip()))

    def _choose_color(self) -> None:
        run, row = self.selected, self.list.current_row
        if run is None:
            return
        color = QColorDialog.getColor(QColor(run.color), self, tr("Colour on the map"))
        if color.isValid():
            self._change(row, replace(run, color=color.name()))

    def _change(self, row: int, run: Run) -> None:
        self._player.set_scenario(self._player.scenario.with_run(row, run))

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self.actions_of_run.values()))
        menu.popup(self.list.viewport().mapToGlobal(at))
