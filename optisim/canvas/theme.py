"""Light and dark: the colours of the window and of the canvas."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from optisim.core.base.problems import N_
from optisim.core.base.tables import Table


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance, as #RRGGBB: a row of THEMES. The title is to be translated."""

    name: str
    title: str
    window: str
    base: str  # fields, lists and the canvas
    raised: str  # buttons
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    error: str
    heat: float  # how much of the colour map shows through `base`

    def palette(self) -> QPalette:
        """The theme as a Qt palette for the Fusion style."""
        role, group = QPalette.ColorRole, QPalette.ColorGroup
        palette = QPalette()
        for name, color in (
            (role.Window, self.window),
            (role.WindowText, self.text),
            (role.Base, self.base),
            (role.AlternateBase, self.window),
            (role.Text, self.text),
            (role.PlaceholderText, self.muted),
            (role.Button, self.raised),
            (role.ButtonText, self.text),
            (role.BrightText, self.error),
            (role.ToolTipBase, self.raised),
            (role.ToolTipText, self.text),
            (role.Highlight, self.accent),
            (role.HighlightedText, self.on_accent),
            (role.Accent, self.accent),
            (role.Link, self.accent),
            (role.Light, self.raised),
            (role.Midlight, self.border),
            (role.Mid, self.border),
            (role.Dark, self.border),
            (role.Shadow, self.border),
        ):
            palette.setColor(role(name), QColor(color))
        for dimmed in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(group.Disabled, dimmed, mixed(self.muted, self.window, 0.65))
        palette.setColor(group.Disabled, role.Highlight, QColor(self.border))
        return palette


LIGHT = Theme(
    name="light",
    title=N_("Light"),
    window="#f2f3f5",
    base="#ffffff",
    raised="#fbfbfc",
    border="#c9cdd4",
    text="#1d222b",
    muted="#5d6675",
    accent="#1a66c2",
    on_accent="#ffffff",
    error="#b3261e",
    heat=0.46,
)
DARK = Theme(
    name="dark",
    title=N_("Dark"),
    window="#22252b",
    base="#17191d",
    raised="#2c3038",
    border="#454b56",
    text="#e6e9ee",
    muted="#a2abb9",
    accent="#4c9df0",
    on_accent="#0b1017",
    error="#ff8a80",
    heat=0.44,
)
THEMES = Table((LIGHT, DARK), unknown=N_("There is no theme “{name}”; choose one of {names}."))


def mixed(color: str | QColor, ground: str | QColor, share: float) -> QColor:
    """`share` of `color` over `ground`."""
    a, b = QColor(color), QColor(ground)
    return QColor(
        *(
            round(share * top + (1 - share) * below)
            for top, below in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )
