"""The inspector: the equations of the step that is looked at, with its numbers; slow motion; the source."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontDatabase,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optisim.canvas.map.arrows import quantity_color
from optisim.canvas.text.numerals import numeral
from optisim.canvas.theme import LIGHT, Theme
from optisim.core.rules.rule import quantities, rule_of, step_at
from optisim.core.rules.tracing import Source, trace
from optisim.language import tr
from optisim.ui.parts.icons import marker_pixmap, set_icon
from optisim.ui.parts.panel import Panel, ScrolledPanel, Throttle, caption, focus_by_tab
from optisim.ui.parts.plain import Label
from optisim.ui.parts.text_size import scaled
from optisim.ui.race.inspection import Inspection
from optisim.ui.race.player import Player
from optisim.ui.race.step_view import StepView

WIDE = 640  # pixels from which there is room to say what the letters stand for


class Inspector(Panel):
    """Shows what the inspection looks at. While the race plays, numbers follow ten times a second."""

    def __init__(self, player: Player, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player, self._inspection = player, inspection
        self._theme: Theme = LIGHT
        self._key: tuple[object, ...] = ()
        self._make_tools()
        self.sentence = caption(lines=2)  # from phase to phase, the formulas stay where they are
        self.sentence.setContentsMargins(10, 2, 10, 2)
        self.sentence.setFixedHeight(self.sentence.minimumHeight() + 4)
        self.names = caption()
        self.names.setWordWrap(False)
        self.names.setContentsMargins(0, 2, 12, 2)
        self.names.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.view = StepView()
        self.view.naturalHeightChanged.connect(self.wantedHeightChanged)
        self.view.pointed.connect(inspection.light)
        self.view.clicked.connect(inspection.to_line)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.view)
        inner.addStretch(1)
        self.scroll_area = ScrolledPanel(holder)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack.setMinimumHeight(60)
        self._stack.addWidget(self.scroll_area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = QHBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.sentence, 1)
        said.addWidget(self.names)
        column.addLayout(said)
        column.addWidget(self._stack, 1)
        throttle = Throttle(self.refresh, self)
        inspection.changed.connect(
            lambda: throttle.ask() if player.clock.playing or player.waiting else self.refresh()
        )
        inspection.lit.connect(self.view.light)
        player.scenarioChanged.connect(lambda _: throttle.ask())
        player.clock.playingChanged.connect(lambda _: throttle.ask())
        self.retranslate()

    def _make_tools(self) -> None:
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._marker, self.run_name = Label(), Label()
        self.run_name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.balls = QComboBox()
        self.balls.hide()  # until there are several
        focus_by_tab(self.balls)
        self.balls.activated.connect(self._inspection.look_at)
        self.back, self.forward, self.code = QAction(self), QAction(self), QAction(self)
        for action, icon, slot in (
            (self.back, "phase-back", self._inspection.back),
            (self.forward, "phase-forward", self._inspection.forward),
        ):
            set_icon(action, icon)
            action.triggered.connect(slot)
        set_icon(self.code, "code")
        self.code.setCheckable(True)
        self.code.toggled.connect(self._show_code)
        row.addWidget(self._marker)
        row.addWidget(self.run_name, 1)
        row.addWidget(self.balls)
        self.slow = caption()
        self.slow.setWordWrap(False)
        row.addSpacing(6)
        row.addWidget(self.slow)
        for action in (self.back, self.forward, self.code):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setIconSize(QSize(18, 18))
            focus_by_tab(button)
            row.addWidget(button)

    def retranslate(self) -> None:
        self.slow.setText(tr("Slow motion"))
        self.back.setText(tr("Slow motion: back"))
        self.back.setToolTip(tr("One line of the rule back (Shift+←)"))
        self.forward.setText(tr("Slow motion: forward"))
        self.forward.setToolTip(tr("One line of the rule on (Shift+→)"))
        self.code.setText(tr("Show code"))
        self.code.setToolTip(tr("The rule as it is programmed, with the values of this step"))
        self.balls.setToolTip(tr("Whose numbers are shown"))
        self.balls.setAccessibleName(tr("Ball"))
        self.view.setAccessibleName(tr("The equations of the step, with its numbers"))
        self.sentence.setToolTip(
            tr("W is (x, y), L is f, g is ∂L/∂W, t counts the updates; ′ marks the step before.")
        )
        self._key = ()
        self.refresh()

    def show_theme(self, theme: Theme) -> None:
        """Show the quantities in the colours of `theme`."""
        self._theme = theme
        if self._stack.count() > 1:
            self.source.show_theme(theme)
        self.refresh()

    def refresh(self) -> None:
        """Show what is looked at now."""
        inspection = self._inspection
        if not self.seen or not inspection.awake:
            return
        trajectory = inspection.trajectory
        if trajectory is None:
            self.view.show_step(None, [], {}, None, ())
            self.sentence.setText(tr("Add an optimizer to look inside its steps."))
            return
        self._show_run()
        optimizer, last = inspection.optimizer, trajectory.state.last
        assert optimizer is not None
        names = [quantity.field for quantity in quantities(optimizer, type(last))] if last is not None else []
        colors = {name: quantity_color(names, name, self._theme) for name in names if name != "update"}
        worked = inspection.worked
        rule = rule_of(optimizer) if worked else None
        self.view.show_step(rule, worked, colors, inspection.done, inspection.current)
        if inspection.phase is not None:
            self._scroll_to(inspection.current)
        self.sentence.setText(self._sentence(bool(worked)))
        letters = f"W = (x, y)    L = f    g = ∂L/∂W    t = {inspection.t + 1}"
        self.names.setText(letters if self.width() > scaled(WIDE) else "")
        if self.code.isChecked():
            self._show_source()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.show_at_height(self.height() - self.sentence.height() - 4)

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        self.sentence.setMinimumHeight(self.sentence.fontMetrics().lineSpacing() + 6)
        self.refresh()

    def catch_up(self) -> None:
        self.refresh()

    def wanted_height(self) -> int:
        return self.sentence.height() + self.view.natural_height + 16

    def _scroll_to(self, lines: list[int]) -> None:
        """Show these lines, with the ones above them; always the same place, whichever way one comes."""
        bottom = max((self.view.line_box(number).bottom() for number in lines), default=0.0)
        self.scroll_area.verticalScrollBar().setValue(round(bottom - self.scroll_area.viewport().height()))

    def _sentence(self, rolling: bool) -> str:
        inspection = self._inspection
        if not rolling:
            return tr("The ball has stopped; no step is made any more.")
        if inspection.phase is None:
            t = inspection.t
            return tr("Step {step} → {next}. Shift+→ goes through it line by line.", step=t, next=t + 1)
        return f"{inspection.phase}/{len(inspection.groups)}  {inspection.sentence}"

    def _show_run(self) -> None:
        trajectory, scenario = self._inspection.trajectory, self._player.racing
        assert trajectory is not None
        run, balls = trajectory.run, trajectory.x.shape[1]
        key = (run.color, run.marker, run.name, balls, len(scenario.starts), self._inspection.ball)
        if key == self._key:
            return
        self._key = key
        self._marker.setPixmap(marker_pixmap(run.marker, run.color))
        self.run_name.setText(run.name)
        self.balls.setVisible(balls > 1)
        with QSignalBlocker(self.balls):
            self.balls.clear()
            fan = max(balls // len(scenario.starts), 1)
            for ball in range(balls):
                start = tr("Start {number}", number=ball // fan + 1)
                seed = tr("seed {seed}", seed=trajectory.seeds[ball]) if fan > 1 and trajectory.seeds else ""
                self.balls.addItem(f"{start}, {seed}" if seed else start)
            self.balls.setCurrentIndex(self._inspection.ball)

    # ── Source ───────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def source(self) -> SourceView:
        """Where the source is shown; made when it is first asked for."""
        view = SourceView()
        view.show_theme(self._theme)
        self._stack.addWidget(view)
        return view

    def _show_code(self, on: bool) -> None:
        _ = self.source
        self._stack.setCurrentIndex(int(on))
        self.refresh()

    def _show_source(self) -> None:
        inspection, trajectory = self._inspection, self._inspection.trajectory
        step = inspection.step
        if trajectory is None or step is None or inspection.stopped:
            self.source.show_sources([])
            return
        optimizer, t = inspection.optimizer, inspection.t
        before = step_at(trajectory.columns, type(step), t - 1) if t else None
        assert optimizer is not None
        try:
            self.source.show_sources(trace(optimizer, step, before, trajectory.state.objective, inspection.ball))
        except (OSError, TypeError):
            self.source.setPlainText(tr("The source of this method is not at hand."))


class _Dimmer(QSyntaxHighlighter):
    """Colours what stands after the code: the values."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.format_used = QTextCharFormat()

    def highlightBlock(self, text: str) -> None:
        at = text.find(SourceView.SIGN)
        if at >= 0:
            self.setFormat(at, len(text) - at, self.format_used)


class SourceView(QPlainTextEdit):
    """Source with the values of its lines beside it."""

    SIGN = "⟵ "

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setFamilies([font.family(), "DejaVu Sans Mono", "Noto Sans Mono", "OptiSim Sans", "OptiSim Sans SC"])
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)
        self._dimmer = _Dimmer(self.document())

    def show_theme(self, theme: Theme) -> None:
        """Show values in the accent colour of `theme`."""
        self._dimmer.format_used.setForeground(QColor(theme.accent))
        self._dimmer.rehighlight()

    def show_sources(self, sources: list[Source]) -> None:
        """Show these methods; the place that is looked at stays."""
        text = "\n\n".join(_with_values(source) for source in sources)
        if text == self.toPlainText():
            return
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        places = [bar.value() for bar in bars]
        # one tab stop behind the longest line: the values stand below each other in any font
        metrics, code = self.fontMetrics(), [line.partition("\t")[0] for line in text.splitlines() if "\t" in line]
        self.setTabStopDistance(max((metrics.horizontalAdvance(line) for line in code), default=0) + 24.0)
        self.setPlainText(text)
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)


def _with_values(source: Source) -> str:
    """The source, and to the right of each line what it has computed."""
    lines = [f"# {source.title}"]
    for line, values in zip(source.lines, source.values, strict=True):
        told = ",  ".join(f"{name} = {_told(value)}" for name, value in values.items())
        lines.append(f"{line}\t{SourceView.SIGN}{told}" if told else line)
    return "\n".join(lines)


def _told(value: Any) -> str:
    """A number, vector or matrix as text."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if np.ndim(value) == 0:
        number = numeral(float(value))
        return number.mantissa if number.exponent is None else f"{number.mantissa}e{number.exponent}"
    return "(" + ", ".join(_told(part) for part in value) + ")"
