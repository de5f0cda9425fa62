"""Asking for a share string."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from optisim.core.base.problems import Problem
from optisim.core.documents.sharing import PREFIX, from_share, is_share
from optisim.core.race.scenario import Scenario
from optisim.language import explain, tr

MOST_NAMES = 6


class ShareDialog(QDialog):
    """A field for the string, and below it what is in it, or what is wrong with it; `scenario` is what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scenario: Scenario | None = None
        self.setWindowTitle(tr("Open share string"))
        self.field = QPlainTextEdit()
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.field.setPlaceholderText(PREFIX + "1…")
        self.field.setAccessibleName(tr("Share string"))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumSize(420, 110)
        self.says = QLabel()
        self.says.setWordWrap(True)
        self.says.setMinimumHeight(3 * self.says.fontMetrics().lineSpacing())  # so that nothing jumps
        buttons = QDialogButtonBox()
        self.open_button = buttons.addButton(tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.field, 1)
        column.addWidget(self.says)
        column.addWidget(buttons)
        self.field.textChanged.connect(self._check)
        text = QGuiApplication.clipboard().text()
        if is_share(text):
            self.field.setPlainText(text.strip())
            self.field.selectAll()
        self._check()

    def _check(self) -> None:
        text = self.field.toPlainText()
        try:
            self.scenario = from_share(text)
        except Problem as problem:
            self.scenario = None
            said = explain(problem) if text.strip() else tr("Paste a line of text that begins with “optisim:”.")
        else:
            said = _about(self.scenario)
        self.says.setText(said)
        self.open_button.setEnabled(self.scenario is not None)


def _about(scenario: Scenario) -> str:
    """What is in a scenario, in a line."""
    names = [run.name for run in scenario.runs]
    shown = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    formula = scenario.surface.formula
    formula = formula if len(formula) <= 80 else formula[:80] + "…"
    return f"{formula}: {shown}" if names else formula
