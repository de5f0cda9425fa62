"""What a scenario is about: the strip above the map that says it, and the dialog in which it is written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optisim.core.base.problems import Problem
from optisim.core.race.scenario import MAX_TITLE, Scenario
from optisim.language import explain, tr
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.panel import Panel, focus_by_tab
from optisim.ui.parts.plain import Label
from optisim.ui.race.player import Player


class AboutStrip(Panel):
    """Title and sentence of the scenario, for as long as it is shown; at the first start, what to do first.

    Signals:
        examplesAsked(): the examples are to be shown.
    """

    examplesAsked = Signal()

    def __init__(self, player: Player, first_start: bool, parent: QWidget) -> None:
        super().__init__(parent)  # without a parent, showing it would open a window of its own
        self._player = player
        self._welcome = first_start
        self._closed: tuple[str, str] | None = None  # the texts that the user has read
        self.title, self.says = Label(), Label()
        font = self.title.font()
        font.setWeight(font.Weight.DemiBold)
        self.title.setFont(font)
        self.says.setWordWrap(True)
        self.says.setObjectName("caption")
        self.says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.examples = QPushButton()
        focus_by_tab(self.examples)
        self.examples.clicked.connect(self.examplesAsked)
        self.close_button = QToolButton()
        set_icon(self.close_button, "close")
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAutoRaise(True)
        focus_by_tab(self.close_button)
        self.close_button.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addWidget(self.says, 1)
        row.addWidget(self.examples)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        player.scenarioChanged.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        self.examples.setText(tr("Examples"))
        self.close_button.setToolTip(tr("Close this line"))
        self._show()

    def greet_no_more(self) -> None:
        """Something was opened: the user knows how to begin."""
        self._welcome = False
        self._show()

    def _close(self) -> None:
        self._welcome = False
        scenario = self._player.scenario
        self._closed = scenario.title, scenario.says
        self._show()

    def _show(self, *_: object) -> None:
        scenario = self._player.scenario
        title, says = tr(scenario.title), tr(scenario.says)
        self.examples.setVisible(self._welcome)
        if self._welcome:
            title = tr("Welcome to OptiSim")
            says = tr("Space plays the race, ← and → step through it. Drag the ring to start elsewhere.")
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.says.setText(says)
        read = self._closed == (scenario.title, scenario.says)
        self.setVisible(self._welcome or (bool(title or says) and not read))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title.setMaximumWidth(self.width() // 2)


class AboutDialog(QDialog):
    """Asks what a scenario is about; `scenario` is the one with the new texts once the dialog is accepted."""

    def __init__(self, scenario: Scenario, parent: QWidget) -> None:
        super().__init__(parent)
        self.scenario = scenario
        self.setWindowTitle(tr("Title and sentence"))
        self.title = QLineEdit(tr(scenario.title))
        self.title.setMaxLength(MAX_TITLE)
        self.says = QPlainTextEdit(tr(scenario.says))
        self.says.setTabChangesFocus(True)
        self.says.setMinimumSize(420, 90)
        form = QFormLayout()
        form.addRow(tr("Title"), self.title)
        form.addRow(tr("What to see"), self.says)
        self.problem = Label()
        self.problem.setObjectName("error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        buttons = QDialogButtonBox()
        buttons.addButton(tr("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Take the texts, unless they are too long."""
        title, says = self.title.text().strip(), " ".join(self.says.toPlainText().split())
        try:
            if (title, says) != (tr(self.scenario.title), tr(self.scenario.says)):
                self.scenario = replace(self.scenario, title=title, says=says)
        except Problem as problem:
            self.problem.setText(explain(problem))
            self.problem.show()
            return
        super().accept()
