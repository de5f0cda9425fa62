"""A dock with a title bar in the program's own hand: Fusion's buttons cannot be seen in the dark."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from optisim.language import tr
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.panel import Panel, ScrolledPanel, focus_by_tab


class _Title(Panel):
    def __init__(self, dock: QDockWidget) -> None:
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
        row.addStretch(1)
        row.addWidget(self.close_button)
        self._row = row
        font = self.text.font()
        font.setWeight(font.Weight.DemiBold)
        self.text.setFont(font)
        dock.windowTitleChanged.connect(self.text.setText)
        self.retranslate()

    def show_tools(self, tools: QWidget) -> None:
        """Put a panel's tools between the title and the button, instead of the empty room there."""
        self._row.takeAt(2)
        self._row.insertWidget(2, tools, 1)

    def retranslate(self) -> None:
        self.close_button.setToolTip(tr("Close this panel; View → Panels brings it back"))


class Dock(QDockWidget):
    """A dock that is moved by its title, and closed by the button in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = _Title(self)
        self.setTitleBarWidget(self._title)

    def show_panel(self, panel: Panel, tools: QWidget | None = None, scrolled: bool = False) -> None:
        """Hold a panel, which is told when it may have come into sight, with its tools beside the title."""
        old = self.widget()
        self.setWidget(ScrolledPanel(panel) if scrolled else panel)
        if old is not None:
            old.deleteLater()
        if tools is not None:
            self._title.show_tools(tools)
        self.visibilityChanged.connect(panel.catch_up)
