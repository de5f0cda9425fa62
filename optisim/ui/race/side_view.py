"""The side view: the ball on the slope, and what the surface is like where it is."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from optisim.canvas.cache import CachedPicture
from optisim.canvas.charts.profile import Profile, ProfileStyle, Window, paint_axes, paint_profile, profile
from optisim.canvas.text.fonts import canvas_font
from optisim.canvas.text.symbols import rate_symbol, three_digits
from optisim.canvas.theme import LIGHT, Theme
from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.race.cross_section import SECTIONS, SectionLine, UnrolledPath, along_axis, downhill, landing_of
from optisim.core.race.scenario import Run
from optisim.core.race.simulate import Trajectory
from optisim.core.surfaces.curvature import curvature_at, effective_rates
from optisim.language import tr
from optisim.ui.parts.icons import marker_pixmap
from optisim.ui.parts.panel import Panel, Throttle, caption, focus_by_tab
from optisim.ui.parts.plain import Label, plain_tip
from optisim.ui.parts.settings import Settings
from optisim.ui.parts.text_size import canvas_pixels, scaled
from optisim.ui.race.player import Player
from optisim.ui.race.results_model import steady
from optisim.ui.race.stability import limit_of, position

AXES = {"x": 0, "y": 1}
TITLES = {
    "update": N_("distance rolled"),
    "gradient": N_("distance downhill"),
    "x": "x",
    "y": "y",
}


class SideView(Panel):
    """Facts at the ball at the left, the profile at the right; `tools` choose where the line leads."""

    def __init__(self, player: Player, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._settings = settings
        self.plot = ProfilePlot(player)
        self.facts = Facts(player)
        self.tools = QWidget()
        self.marker, self.name = Label(), Label()
        self.section = QComboBox()
        for section in SECTIONS:
            self.section.addItem("", section)
        self.section.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        focus_by_tab(self.section)
        self.section.setCurrentIndex(max(self.section.findData(settings.side_view), 0))
        self.section.currentIndexChanged.connect(self._on_section)
        self.plot.show_section(self.section.currentData())
        line = QHBoxLayout(self.tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.marker)
        line.addWidget(self.name)
        line.addStretch(1)
        line.addWidget(self.section)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 2)
        row.setSpacing(8)
        row.addWidget(self.facts)
        row.addWidget(self.plot, 1)
        self._throttle = Throttle(self._show_run, self)
        player.moved.connect(self._follow)
        player.selected.connect(self._follow)
        player.scenarioChanged.connect(self._follow)
        self.retranslate()

    def show_theme(self, theme: Theme) -> None:
        """Paint the profile light or dark."""
        self.plot.show_theme(theme)

    def retranslate(self) -> None:
        self.section.setToolTip(tr("Where the line through the ball leads"))
        self.section.setAccessibleName(tr("Where the line through the ball leads"))
        for index, text in enumerate(SECTIONS.values()):
            self.section.setItemText(index, tr(text))
        self.plot.setToolTip(
            tr(
                "The surface cut along a line through the ball. Red is the tangent, dashed the parabola that "
                "touches the surface at the ball; the faint ball is where the step leads."
            )
        )
        self.plot.update()
        self._show_run()

    def _on_section(self) -> None:
        self._settings.side_view = self.section.currentData()
        self.plot.show_section(self.section.currentData())

    def _follow(self, *_: object) -> None:
        if self.seen:
            self.plot.update()
            self._throttle.ask()

    def wanted_height(self) -> int:
        return scaled(190)

    def catch_up(self) -> None:
        self._follow()

    def _show_run(self) -> None:
        """Say which run is seen, and what the surface is like at its ball."""
        row = followed(self._player)
        self.name.setVisible(row >= 0)
        self.marker.setVisible(row >= 0)
        if row >= 0:
            run = self._player.trajectories[row].run
            self.name.setText(run.name)
            self.marker.setPixmap(marker_pixmap(run.marker, run.color))
        self.facts.refresh()


def followed(player: Player) -> int:
    """The run that is seen from the side: the selected one, or else the first that is visible; −1 for none."""
    if 0 <= player.selection < len(player.trajectories):
        return player.selection
    return next((row for row, trajectory in enumerate(player.trajectories) if trajectory.run.visible), -1)


class ProfilePlot(QWidget):
    """The profile through the first ball of the run that is followed. It computes only what is painted."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._section = "update"
        self._theme: Theme = LIGHT
        self._font = canvas_font(canvas_pixels())
        self._axes = CachedPicture()
        self._unrolled: UnrolledPath | None = None
        self._run: Run | None = None
        self.shown: Profile | None = None
        self._shown_for: object = None  # with another surface, run or section, windows are chosen anew
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 90)

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        self._font = canvas_font(canvas_pixels())
        self._axes = CachedPicture()
        self.update()

    def show_section(self, section: str) -> None:
        """Show another section, a key of SECTIONS."""
        self._section = section
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Paint light or dark."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._see()
        painter, room = QPainter(self), QRectF(self.rect())
        if self.shown is None or self._run is None:
            painter.fillRect(room, QColor(self._theme.base))
            return
        shown, run = self.shown, self._run
        style = ProfileStyle(run.marker, run.color, self._theme, self._font, tr(TITLES[self._section]))
        key = (shown.window, shown.scale, self._theme)
        self._axes.show(painter, QPointF(), room.size(), key, lambda p: paint_axes(p, shown, room, style))
        paint_profile(painter, shown, room, style)

    def _see(self) -> None:
        """Cut the surface at the ball."""
        player, row = self._player, followed(self._player)
        if row < 0:
            self.shown = None
            return
        surface, trajectory = player.racing.surface, player.trajectories[row]
        if not len(trajectory):
            return  # its first step is being computed, and meanwhile the old picture stays
        step = min(int(player.cursor), len(trajectory) - 1)
        start, point, landing = trajectory.x[step, 0], position(player, row), landing_of(trajectory, step)
        self._run = trajectory.run
        key = (surface.formula, surface.domain, surface.log, row, self._section)
        before, self._shown_for = self.shown if key == self._shown_for else None, key
        whole: Window | None = None
        if self._section in AXES:
            whole = surface.domain[2 * AXES[self._section]], surface.domain[2 * AXES[self._section] + 1]
        line, length = self._line(trajectory, step, point), math.dist(start.tolist(), landing.tolist())
        self.shown = profile(surface, line, curvature_at(surface, point), landing, length, before, whole)

    def _line(self, trajectory: Trajectory, step: int, point: Array) -> SectionLine:
        if self._section in AXES:
            return along_axis(AXES[self._section], point)
        if self._section == "gradient":
            return downhill(self._player.racing.surface, point, trajectory, step)
        if self._unrolled is None or not self._unrolled.reaches(trajectory, 0, step):
            self._unrolled = UnrolledPath(trajectory)
        return self._unrolled.line(step)


class Facts(Panel):
    """Numbers at the ball, and whether its learning rate is a stable one there."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.values: dict[str, QLabel] = {}
        self._symbols: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        for place, name in enumerate(("f", "slope", "rate_x", "rate_y", "first", "second", "condition", "place")):
            symbol, value = QLabel(), Label()  # with an index below the line, which is HTML of our own
            symbol.setObjectName("caption")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(symbol, place % 4, 3 * (place // 4))
            grid.addWidget(value, place % 4, 3 * (place // 4) + 1)
            self._symbols[name], self.values[name] = symbol, value
        grid.setColumnMinimumWidth(2, 4)
        self.verdict, self.warning = caption(), caption()
        self.warning.setObjectName("error")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(grid)
        column.addWidget(self.verdict)
        column.addWidget(self.warning)
        column.addStretch(1)
        self.retranslate()
        self.fit_text()

    def fit_text(self) -> None:
        """Take the size of text that is in use, and a width that is the same whatever the sentence below says."""
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(text) + 4 for text in ("−999.99999", "−1.00e−10")]
        for place, value in enumerate(self.values.values()):
            value.setFixedWidth(widths[place // 4])
        for sentence in (self.verdict, self.warning):
            sentence.clear()
        self.setMinimumWidth(0)
        self.setMaximumWidth(16777215)
        column = self.layout()
        assert column is not None
        column.invalidate()
        column.activate()
        self.setFixedWidth(self.sizeHint().width())
        self.refresh()

    def retranslate(self) -> None:
        texts = {
            "f": ("f", tr("Height of the surface at the ball")),
            "slope": ("‖∇f‖", tr("Slope at the ball: the length of the true gradient")),
            "rate_x": (
                "η<sub>x</sub>",
                tr("Effective rate along x: the update over the gradient that the rule saw"),
            ),
            "rate_y": (
                "η<sub>y</sub>",
                tr("Effective rate along y: the update over the gradient that the rule saw"),
            ),
            "first": ("λ₁", tr("Largest curvature at the ball: an eigenvalue of the Hessian")),
            "second": ("λ₂", tr("Smallest curvature at the ball: an eigenvalue of the Hessian")),
            "condition": ("κ", tr("Condition number: the larger absolute curvature over the smaller")),
            "place": (tr("Place"), tr("What the surface is like at the ball, by the signs of its curvatures")),
        }
        for name, (symbol, explanation) in texts.items():
            self._symbols[name].setText(symbol)
            for label in (self._symbols[name], self.values[name]):
                label.setToolTip(plain_tip(explanation))
        self.refresh()

    def refresh(self) -> None:
        """Read the player again, if anybody sees it."""
        if not self.isVisible():
            return
        row = followed(self._player)
        if row < 0:
            for label in (*self.values.values(), self.verdict, self.warning):
                label.clear()
            return
        player, trajectory = self._player, self._player.trajectories[row]
        if not len(trajectory):
            return  # its first step is being computed, and meanwhile the old numbers stay
        local = curvature_at(player.racing.surface, position(player, row))
        step = min(int(player.cursor), len(trajectory) - 1)
        update, grad = trajectory.columns["update"][step, 0], trajectory.grad[step, 0]
        rate_x, rate_y = effective_rates(update, grad).tolist()
        first, second = local.curvatures.tolist()
        texts = {
            "f": steady(local.value),
            "slope": steady(math.hypot(*local.gradient.tolist())),
            "rate_x": steady(rate_x),
            "rate_y": steady(rate_y),
            "first": three_digits(first),
            "second": three_digits(second),
            "condition": three_digits(local.condition),
            "place": tr(local.place) if local.place else "–",
        }
        for name, text in texts.items():
            self.values[name].setText(text)
        self._judge(row)

    def _judge(self, row: int) -> None:
        """Say whether the present rate is a stable one on a bowl that curves as the surface does here."""
        limit = limit_of(self._player, row)
        optimizer = self._player.trajectories[row].run.optimizer
        verdict = warning = ""
        if limit is None:
            if optimizer.limit_formula:
                verdict = tr("The surface curves upwards in no direction here, so there is no limit to the rate.")
        else:
            values = {
                "symbol": rate_symbol(limit.optimizer),
                "rate": three_digits(limit.present),
                "formula": limit.optimizer.limit_formula,
                "limit": three_digits(limit.rate),
            }
            if limit.exceeded:
                warning = tr(
                    "{symbol} = {rate} is above {formula} = {limit}: the ball swings ever higher.", **values
                )
            else:
                verdict = tr(
                    "{symbol} = {rate} is below {formula} = {limit}: stable on a bowl like this.", **values
                )
        for label, text in ((self.verdict, verdict), (self.warning, warning)):
            label.setText(text)
            label.setVisible(bool(text))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
