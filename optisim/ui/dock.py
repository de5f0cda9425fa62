"""A dock with a title bar in the program's own hand: Fusion's buttons cannot be seen in the dark."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from optisim.language import tr
from optisim.ui.icons import set_icon
from optisim.ui.panel import Panel, focus_by_tab


class _Title(Panel):
    def __init__(self, dock: QDockWidget, tools: QWidget | None) -> None:
        super().__init__(dock)
        self.text = QLabel()
        self.close_button = QToolButton()
        set_icon(self.close_button, "close")
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(dock.close)
        focus_by_tab(self.close_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 2)
        row.addWidget(self.text)
        row.addSpacing(8)
        row.addWidget(tools or QWidget(), 1)
        row.addWidget(self.close_button)
        font = self.text.font()
        font.setWeight(font.Weight.DemiBold)
        self.text.setFont(font)
        dock.windowTitleChanged.connect(self.text.setText)
        self.retranslate()

    def retranslate(self) -> None:
        self.close_button.setToolTip(tr("Close this panel; View → Panels brings it back"))


class Dock(QDockWidget):
    """A dock that is moved by its title, and closed by the button in it. A panel's tools stand beside the title."""

    def __init__(self, parent: QWidget | None = None, tools: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitleBarWidget(_Title(self, tools))
