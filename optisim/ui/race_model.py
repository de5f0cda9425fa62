"""What the table of results shows: for every run and start, what has become of its balls by the cursor's step."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from optisim.canvas.theme import mixed
from optisim.core.diagnostics import Diagnostics, Outcome, medians
from optisim.core.formula import Array
from optisim.core.groups import Group, groups
from optisim.core.problems import N_
from optisim.core.surfaces import Point
from optisim.language import tr
from optisim.ui.icons import marker_pixmap
from optisim.ui.player import Player

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

# the columns: their heads and what they are, to be translated; all but three are numbers
HEADS = (
    (N_("Optimizer"), ""),
    (N_("Status"), N_("What has become of the ball by this step")),
    (N_("Loss"), N_("The true loss, without noise")),
    (N_("Best loss"), N_("The lowest loss so far")),
    (N_("Steps"), N_("The first step within the tolerance")),
    ("‖∇f‖", N_("The length of the gradient that the optimizer saw")),
    ("x", ""),
    ("y", ""),
    (N_("Path"), N_("The length of the path so far")),
    (N_("Minimum"), N_("The known minimum that it has converged to")),
)
NAME, STATUS, STEPS, MINIMUM = 0, 1, 4, 9
TEXTS = (NAME, STATUS, MINIMUM)
OF_MANY = {Outcome.DIVERGED: N_("diverged"), Outcome.FAILED: N_("failed")}  # at steps that may differ


def steady(value: float) -> str:
    """A number in a form of constant width that does not jump while it changes."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    text = f"{value:.5f}" if size < 1e3 and (size >= 1e-4 or size == 0) else f"{value:.2e}"
    return text.replace("-", "−")


@dataclass(frozen=True)
class Row:
    """A row of the table: the texts of its three columns of text by column, and all numbers, NaN for texts."""

    group: Group
    texts: dict[int, str]
    numbers: Sequence[float]
    tip: str = ""


class RaceModel(QAbstractTableModel):
    """One row for every run and start at the cursor; of a fan of balls, the medians."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._rows: list[Row] = []
        self._step = 0
        self.tolerance = 1e-3
        self.missing = math.inf  # what numbers that there are not are sorted as

    def refresh(self) -> None:
        """Read the player again."""
        player = self._player
        self._step = int(player.cursor)
        rows: list[Row] = []
        for diagnostics, of_run in groupby(groups(player.racing, player.diagnostics), attrgetter("diagnostics")):
            rows += self._rows_of(diagnostics, of_run)
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))

    def _rows_of(self, diagnostics: Diagnostics, of_run: Iterable[Group]) -> list[Row]:
        """The rows of one run."""
        step = min(self._step, len(diagnostics.trajectory) - 1)
        outcomes = diagnostics.outcomes(step, self._player.racing.steps, self.tolerance)
        minima = diagnostics.nearest(step, self.tolerance)
        numbers, stopped = self._numbers(diagnostics, step), diagnostics.trajectory.stopped.tolist()
        rows = []
        for group in of_run:
            status = Counter(map(_status, outcomes[group.balls], stopped[group.balls]))
            if len(status) > 1:
                status = Counter(tr(OF_MANY.get(outcome, outcome.value)) for outcome in outcomes[group.balls])
            texts = {
                NAME: group.name,
                STATUS: _most(status, group.count),
                MINIMUM: _most(Counter(map(_place, minima[group.balls])), group.count),
            }
            values = numbers[:, group.balls]
            middle = values[:, 0] if group.count == 1 else medians(values)
            tip = "\n".join(f"{count} × {text}" for text, count in status.most_common()) if len(status) > 1 else ""
            rows.append(Row(group, texts, middle.tolist(), tip))
        return rows

    def _numbers(self, diagnostics: Diagnostics, step: int) -> Array:
        """The numbers of all balls of a run, (columns, N); a tolerance that was not reached, infinity."""
        x = diagnostics.trajectory.x[step]
        numbers = np.full((len(HEADS), len(x)), np.nan)
        reached = diagnostics.reached(step, self.tolerance)
        numbers[2:9] = (
            diagnostics.loss[step],
            diagnostics.best[step],
            np.where(reached >= 0, reached, np.inf),
            diagnostics.slope[step],
            *x.T,
            diagnostics.path[step],
        )
        return numbers

    def group(self, row: int) -> Group:
        """What a row is about."""
        return self._rows[row].group

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell, with numbers to the last digit, for files and other programs."""
        if column in TEXTS:
            return self._rows[row].texts[column]
        value = self._rows[row].numbers[column]
        if not math.isfinite(value):
            return ""
        return f"{value:g}" if column == STEPS else repr(value)

    # ── What Qt asks ─────────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        head, tip = HEADS[section]
        if role == Role.DisplayRole:
            return tr(head)
        if role == Role.ToolTipRole:
            return tr(tip) if tip else None
        return _alignment(section) if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Role.DisplayRole:
                return row.texts[column] if column in TEXTS else self._number_text(row, column)
            case Role.UserRole:  # what rows are sorted by
                value = row.numbers[column]
                return row.texts[column] if column in TEXTS else value if math.isfinite(value) else self.missing
            case Role.DecorationRole if column == NAME:
                return marker_pixmap(row.group.run.marker, row.group.run.color)
            case Role.TextAlignmentRole:
                return _alignment(column)
            case Role.BackgroundRole if row.group.place == self._player.selection:
                palette = QGuiApplication.palette()
                return mixed(
                    palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.Base), 0.2
                )
            case Role.ToolTipRole:
                return self._tip(row, column)
        return None

    def _number_text(self, row: Row, column: int) -> str:
        value = row.numbers[column]
        return f"{value:g}" if column == STEPS and math.isfinite(value) else steady(value)

    def _tip(self, row: Row, column: int) -> str | None:
        """A number to the last digit; of a fan, how far the middle half of its balls is apart."""
        if column in TEXTS:
            return row.tip or None
        if row.group.count == 1:
            value = row.numbers[column]
            return repr(value).replace("-", "−") if math.isfinite(value) else None
        diagnostics = row.group.diagnostics
        step = min(self._step, len(diagnostics.trajectory) - 1)
        values = np.sort(self._numbers(diagnostics, step)[column, row.group.balls])
        low, high = (values[round(share * (len(values) - 1))] for share in (0.25, 0.75))
        return tr(
            "The median of {count} balls; the middle half lies from {low} to {high}",
            count=row.group.count,
            low=steady(low),
            high=steady(high),
        )


def _status(outcome: Outcome, stop: int) -> str:
    return tr(outcome.value, step=stop)


def _place(minimum: Point | None) -> str:
    """A minimum as (−1, 0.5)."""
    if minimum is None:
        return "–"
    return "({}, {})".format(*(f"{value + 0.0:.4g}".replace("-", "−") for value in minimum))


def _most(texts: Counter[str], total: int) -> str:
    """What holds of most balls of a group."""
    text, count = texts.most_common(1)[0]
    return text if count == total else tr("{count} of {total}: {what}", count=count, total=total, what=text)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (NAME, STATUS, MINIMUM) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
