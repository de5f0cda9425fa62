"""The head of the race lab, beside the menus: which surface it is, the examples, and what can be taken away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from optisim.core.race.scenario import Scenario
from optisim.core.surfaces import FAMILIES
from optisim.language import tr
from optisim.ui.parts.commands import Commands, Item
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.panel import Panel, focus_by_tab
from optisim.ui.race.player import Player

LONGEST = 30  # letters of a formula
EXPORTS: tuple[Item, ...] = (
    "race.export",
    "race.film",
    "race.csv",
    None,
    "race.copy",
    "window.copy_share",
    "race.copy_script",
)


class Header(Panel):
    """Three buttons, each with a menu or a dialog."""

    def __init__(self, player: Player, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player, self._commands = player, commands
        self.surface, self.examples, self.export = QToolButton(), QToolButton(), QToolButton()
        for button, icon in ((self.surface, "surface"), (self.examples, "gallery"), (self.export, "export-image")):
            set_icon(button, icon)
            button.setObjectName("headed")
            button.setIconSize(QSize(16, 16))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            focus_by_tab(button)
        self._surfaces, self._exports = QMenu(self), QMenu(self)
        for button, menu, fill in (
            (self.surface, self._surfaces, self._fill_surfaces),
            (self.export, self._exports, self._fill_exports),
        ):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            menu.aboutToShow.connect(fill)
        self.examples.clicked.connect(lambda: commands.run("window.examples"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(4)
        for button in (self.surface, self.examples, self.export):
            row.addWidget(button)
        player.scenarioChanged.connect(self._show_surface)
        self.retranslate()

    def retranslate(self) -> None:
        self.surface.setToolTip(tr("The loss surface; its formula is in the panel Surface"))
        self.examples.setText(tr("Examples"))
        self.examples.setToolTip(tr("Experiments that come with OptiSim, each with one thing to see"))
        self.export.setText(tr("Export"))
        self.export.setToolTip(tr("Take away a figure, a film, numbers or the experiment itself"))
        self._show_surface(self._player.scenario)

    def _show_surface(self, scenario: Scenario) -> None:
        surface = scenario.surface
        text = tr(surface.name) if surface.slug else f"f = {surface.formula}"
        text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        self.surface.setText(text.replace("&", "&&"))

    def _fill_surfaces(self) -> None:
        self._surfaces.clear()
        for old in self._surfaces.findChildren(QMenu):  # which `clear` leaves
            old.deleteLater()
        current = self._player.scenario.surface.slug
        for title, surfaces in FAMILIES.values():
            menu = self._surfaces.addMenu(tr(title).replace("&", "&&"))
            for surface in surfaces:
                action = menu.addAction(tr(surface.name).replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(surface.slug == current)
                action.triggered.connect(lambda _, slug=surface.slug: self._commands.run("race.surface", slug=slug))
        self._surfaces.addSeparator()
        own = self._surfaces.addAction(tr("Type a formula…"))
        own.triggered.connect(lambda: self._commands.run("race.formula"))

    def _fill_exports(self) -> None:
        if self._exports.isEmpty():
            self._commands.fill(self._exports, EXPORTS)
