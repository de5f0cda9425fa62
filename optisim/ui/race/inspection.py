"""What is looked at inside a step: one ball of one run at one instant, and how far its slow motion has come.

The player keeps time; the inspection looks at where it stands. Slow motion goes through one step line by line:
phase 0 shows the ball and its gradient, each further phase one more line of the rule, the last one the move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from optisim.canvas.map.arrow_sets import arrow_set_of, arrow_sets, kind_of
from optisim.canvas.map.arrows import ArrowSet
from optisim.canvas.text.symbols import plain_symbol
from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.optimizers import Optimizer, Step
from optisim.core.race.simulate import Trajectory
from optisim.core.rules.rule import Quantity, WorkedLine, quantities, rule_of, step_at, work
from optisim.language import tr
from optisim.ui.race.player import Player

BALL_HERE = N_("Here is the ball.")
GRADIENT_HERE = N_(
    "Here is the ball. The gradient points the steepest way up; only this slope is known to the method."
)


class Inspection(QObject):
    """What is looked at.

    Signals:
        changed(): another step, ball or phase is looked at.
        lit(str): another quantity is pointed at, by its Step field; "" for none.
    """

    changed = Signal()
    lit = Signal(str)

    def __init__(self, player: Player) -> None:
        super().__init__(player)
        self._player = player
        self._awake = False
        self._ball = 0
        self._phase: int | None = None
        self._phase_at = 0  # the step that the slow motion is in
        self._lit = ""
        self._key: tuple[object, ...] = ()
        self._seen: tuple[object, ...] = (None, None, None)
        self._worked: list[WorkedLine] = []
        player.moved.connect(self._on_moved)
        player.selected.connect(self._on_selected)

    @property
    def awake(self) -> bool:
        """Whether the window is there: until then nothing is looked at, for typesetting would delay it."""
        return self._awake

    def wake(self) -> None:
        """Begin to look."""
        self._awake = True
        self.changed.emit()

    # ── What is looked at ────────────────────────────────────────────────────────────────────────────────

    @property
    def trajectory(self) -> Trajectory | None:
        """The selected run's, or the first visible one's."""
        trajectories, row = self._player.trajectories, self._player.selection
        if not self._awake:
            return None
        if 0 <= row < len(trajectories):
            return trajectories[row] if len(trajectories[row]) else None
        return next((t for t in trajectories if t.run.visible and len(t)), None)

    @property
    def ball(self) -> int:
        """Which ball of the run, from 0 on."""
        trajectory = self.trajectory
        return min(self._ball, trajectory.x.shape[1] - 1) if trajectory is not None else 0

    @property
    def t(self) -> int:
        """The updates made before the step that is looked at."""
        trajectory = self.trajectory
        return min(int(self._player.cursor), len(trajectory) - 1) if trajectory is not None else 0

    def look_at(self, ball: int) -> None:
        """Look at another ball of the run."""
        if ball != self._ball:
            self._ball = ball
            self.changed.emit()

    @property
    def step(self) -> Step | None:
        """The step, with all balls of the run."""
        trajectory = self.trajectory
        return self._step(trajectory, self.t) if trajectory is not None else None

    def _step(self, trajectory: Trajectory, t: int) -> Step | None:
        last = trajectory.state.last
        return step_at(trajectory.columns, type(last), t) if last is not None else None

    @property
    def optimizer(self) -> Optimizer | None:
        """The run's optimizer with the values that it has at this step."""
        trajectory = self.trajectory
        return trajectory.run.optimizer_at(self.t, trajectory.state.steps) if trajectory is not None else None

    @property
    def stopped(self) -> bool:
        """Whether the ball has stopped by then, so that no step is made any more."""
        trajectory = self.trajectory
        return trajectory is not None and 0 <= int(trajectory.stopped[self.ball]) < self.t

    @property
    def worked(self) -> list[WorkedLine]:
        """The lines of the rule with the numbers of the ball; none where no step is made."""
        trajectory = self.trajectory
        if trajectory is None or self.stopped:
            return []
        key = (trajectory, trajectory.run, self.t, self.ball)
        if key != self._key:
            self._key, self._worked = key, self._work(trajectory)
        return self._worked

    def _work(self, trajectory: Trajectory) -> list[WorkedLine]:
        t, state = self.t, trajectory.state
        step = self._step(trajectory, t)
        if step is None:
            return []
        before = self._step(trajectory, t - 1) if t else None
        optimizer = trajectory.run.optimizer_at(t, state.steps)
        return work(optimizer, step, before, state.objective, self.ball)

    # ── Slow motion ──────────────────────────────────────────────────────────────────────────────────────

    @property
    def phase(self) -> int | None:
        """How many of the rule's lines are done in slow motion; None when all of the step is shown at once."""
        return self._phase

    @property
    def groups(self) -> list[list[int]]:
        """The lines of each phase from 1 on: those that apply at this step, cases together."""
        optimizer, worked = self.optimizer, self.worked
        if optimizer is None or not worked:
            return []
        groups = rule_of(optimizer).groups
        return [group for group in groups if any(any(worked[number].applies) for number in group)]

    @property
    def done(self) -> set[int] | None:
        """The numbers of the lines that have been worked; None for all."""
        if self._phase is None:
            return None
        return {number for group in self.groups[: self._phase] for number in group}

    @property
    def current(self) -> list[int]:
        """The numbers of the lines that are worked in this phase."""
        return self.groups[self._phase - 1] if self._phase and self._phase <= len(self.groups) else []

    def forward(self) -> None:
        """One phase on; after the move, the next step's first."""
        if self._phase is None:
            self._enter(self.t, 0)
        elif self._phase < len(self.groups):
            self._enter(self.t, self._phase + 1)
        elif self.t < self._player.scenario.steps:
            self._enter(self.t + 1, 0)

    def back(self) -> None:
        """One phase back; before the first one, the last of the step before."""
        if self._phase is None:
            self._enter(self.t, 0)
        elif self._phase > 0:
            self._enter(self.t, self._phase - 1)
        elif self.t > 0:
            self._enter(self.t - 1, 0)
            self.to_phase(len(self.groups))

    def to_phase(self, phase: int) -> None:
        """Show the step up to that phase."""
        self._enter(self.t, min(max(phase, 0), len(self.groups)))

    def to_line(self, number: int) -> None:
        """Show the step up to a line of the rule."""
        for phase, group in enumerate(self.groups, start=1):
            if number in group:
                self.to_phase(phase)

    def leave(self) -> None:
        """Show the whole step again."""
        if self._phase is not None:
            self._phase = None
            self.changed.emit()

    def _enter(self, t: int, phase: int) -> None:
        self._player.clock.pause()
        self._phase, self._phase_at = phase, t
        if self._player.cursor != t:
            self._player.seek(t)
        self.changed.emit()

    def _on_moved(self) -> None:
        player = self._player
        seen = (player.cursor, player.trajectories, player.selection)
        if self._awake and seen[0] == self._seen[0] and seen[1] is self._seen[1] and seen[2] == self._seen[2]:
            return  # more steps are known ahead, which changes nothing of what is looked at
        self._seen = seen
        if self._phase is not None and not self._player.waiting and self._player.cursor != self._phase_at:
            self._phase = None
        self.changed.emit()

    def _on_selected(self) -> None:
        self._phase = None
        if not self._player.waiting:  # else `moved` follows, when there is something to be seen of a new run
            self.changed.emit()

    @property
    def sentence(self) -> str:
        """What happens in this phase, in the language of the window."""
        worked = self.worked
        if self._phase is None:
            return ""
        if self._phase == 0:
            asks = any(line.line.equation.target == "grad" for line in worked)
            return tr(BALL_HERE) if asks else tr(GRADIENT_HERE)
        said = [(self._says(worked[number]), worked[number].applies) for number in self.current]
        said = [(text, applies) for text, applies in said if any(applies)]
        if len({text for text, _ in said}) == 1:
            return said[0][0]
        axes = {(True, False): "x: ", (False, True): "y: "}
        return "  ".join(axes.get(applies, "") + text for text, applies in said)

    def _says(self, worked: WorkedLine) -> str:
        line = worked.line
        if line.equation.says:
            return tr(line.equation.says)
        return tr("This line computes {symbol}.", symbol=plain_symbol(line.symbol) or line.symbol)

    # ── Pointing ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def pointed(self) -> str:
        """The Step field that is pointed at, in the formulas or on the map."""
        return self._lit

    def light(self, field: str) -> None:
        """Point at a quantity."""
        if field != self._lit:
            self._lit = field
            self.lit.emit(field)

    # ── Arrows ───────────────────────────────────────────────────────────────────────────────────────────

    def arrow_sets(self, every: bool, shown: Sequence[str]) -> tuple[ArrowSet, ...]:
        """The arrows to draw, in slow motion those that are worked so far."""
        chosen, t = self.trajectory, int(self._player.cursor)
        if chosen is None or not shown:
            return ()
        if self._phase is None:
            return arrow_sets(self._player.trajectories, (chosen, self.ball), t, shown, every)
        one = arrow_set_of(chosen, self.ball, t, shown, self._fields_done()) if chosen.run.visible else None
        return () if one is None else (replace(one, before=self._before(chosen, shown)),)

    def _before(self, trajectory: Trajectory, shown: Sequence[str]) -> tuple[tuple[Quantity, Array], ...]:
        """What is remembered until its line is done, and beside the new value in that phase."""
        t, columns, last = self.t, trajectory.columns, trajectory.state.last
        if t == 0 or last is None or "memory" not in shown:
            return ()
        worked = self.worked
        current = {worked[number].line.equation.target for number in self.current}
        assigned = {line.line.equation.target for line in worked if line.line.sign == r"\leftarrow"}
        remembered = (assigned - self._fields_done()) | (assigned & current)
        return tuple(
            (quantity, columns[quantity.field][t - 1, self.ball])
            for quantity in quantities(trajectory.run.optimizer, type(last))
            if quantity.field in remembered
            and columns[quantity.field].shape[2:] == (2,)
            and kind_of(quantity.field, quantity.kind) == "memory"
        )

    def _fields_done(self) -> set[str]:
        """The Step fields that are known in this phase."""
        worked, done = self.worked, self.done or set()
        targets = {worked[number].line.equation.target for number in done}
        if not any(line.line.equation.target == "grad" for line in worked):
            targets.add("grad")
        if self._phase == len(self.groups):
            targets.add("update")
        return targets
