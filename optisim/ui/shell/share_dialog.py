"""Asking for a share string."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from optisim.core.base.problems import LONGEST, Problem, shortened
from optisim.core.documents.kinds import kind_of
from optisim.core.documents.sharing import PREFIX, from_share, is_share
from optisim.language import explain, tr
from optisim.ui.parts.plain import Label


class ShareDialog(QDialog):
    """A field for the string, and below it what is in it, or what is wrong with it; `document` is what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: Any = None
        self.setWindowTitle(tr("Open share string"))
        self.field = QPlainTextEdit()
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.field.setPlaceholderText(PREFIX + "1…")
        self.field.setAccessibleName(tr("Share string"))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumSize(420, 110)
        self.says = Label()
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
            self.document = from_share(text)
        except Problem as problem:
            self.document = None
            said = explain(problem) if text.strip() else tr("Paste a line of text that begins with “optisim:”.")
        else:
            said = shortened(tr(kind_of(self.document).summary(self.document)), LONGEST)
        self.says.setText(said)
        self.open_button.setEnabled(self.document is not None)
