"""The rail at the left, which switches labs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QToolBar

from optisim.language import tr
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.lab import Lab


class Rail(QToolBar):
    """A button for each lab; that of the one in front is down."""

    def __init__(self, labs: Sequence[type[Lab]], bring_to_front: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setMovable(False)
        self.setFloatable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(22, 22))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._titles: dict[str, tuple[QAction, str]] = {}
        group = QActionGroup(self)
        for lab in labs:
            action = group.addAction("")
            action.setCheckable(True)
            set_icon(action, lab.icon)
            action.triggered.connect(lambda _, name=lab.kind.name: bring_to_front(name))
            self.addAction(action)
            self._titles[lab.kind.name] = action, lab.title
        self.retranslate()

    def check(self, name: str) -> None:
        """Show which lab is in front."""
        self._titles[name][0].setChecked(True)

    def retranslate(self) -> None:
        """Set all texts."""
        for action, title in self._titles.values():
            action.setText(tr(title))
