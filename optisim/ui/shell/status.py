"""The status bar: what can be done at the left, where the time of the lab in front stands at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar, QWidget

from optisim.ui.parts.plain import Label


class StatusLine(QStatusBar):
    """Says what it is told; a sentence for a time covers the hint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.hint = Label()
        self.hint.setContentsMargins(8, 0, 0, 0)
        self.hint.setMinimumWidth(1)  # the window need not be as wide as the hint beside the progress of jobs
        self.addWidget(self.hint, 1)
        self.progress = Label()
        self.progress.setContentsMargins(0, 0, 8, 0)
        self.addPermanentWidget(self.progress)

    def tell(self, text: str, milliseconds: int = 0) -> None:
        """Say a sentence, for a while or until the next one; "" takes it back."""
        if text:
            self.showMessage(text, milliseconds)
        else:
            self.clearMessage()
