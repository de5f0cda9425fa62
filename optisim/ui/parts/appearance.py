"""Light, dark or as the system is; and what the style sheet adds to the palette."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from optisim.canvas.theme import DARK, LIGHT, THEMES, Theme
from optisim.language import resources
from optisim.ui.parts.text_size import scaled


def load_fonts() -> None:
    """Make the program's own fonts known to Qt."""
    for file in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def window_font() -> QFont:
    """The window's font, at the size the system asks for."""
    font = QApplication.font()
    font.setFamilies(["OptiSim Sans", "OptiSim Sans SC"])
    return font


def theme_named(name: str) -> Theme:
    """The theme `name`; "" is the system's light or dark."""
    if name in THEMES:
        return THEMES[name]
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def apply(theme: Theme) -> None:
    """Show the whole program in `theme`."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    app.setPalette(theme.palette())
    app.setStyleSheet(_STYLE.format(**vars(theme), check=_check(theme), mark=scaled(15)))


def _check(theme: Theme) -> str:
    """The tick of check boxes; a style sheet cannot colour it."""
    name = "check-white.svg" if QColor(theme.on_accent).lightness() > 127 else "check-black.svg"
    return (resources() / "icons" / name).as_posix()


_STYLE = """
QLabel#error {{ color: {error}; }}
QLineEdit, QAbstractSpinBox {{
    background: {base}; color: {text}; border: 1px solid {border}; border-radius: 4px; padding: 2px 5px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit:focus, QAbstractSpinBox:focus {{ border-color: {accent}; }}
QLineEdit[wrong="true"] {{ border-color: {error}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; }}
QCheckBox {{ spacing: 7px; }}
QCheckBox::indicator {{
    width: {mark}px; height: {mark}px; border: 1px solid {border}; border-radius: 3px; background: {base};
}}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url({check}); }}
QCheckBox::indicator:focus {{ border-color: {text}; }}
QLabel#caption {{ color: {muted}; }}
QMainWindow::separator {{ background: {border}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QStatusBar, QStatusBar QLabel {{ color: {muted}; }}
QStatusBar::item {{ border: none; }}
QToolTip {{ color: {text}; background: {raised}; border: 1px solid {border}; padding: 3px; }}
QHeaderView::section {{
    background: {window}; color: {muted}; border: none; border-bottom: 1px solid {border}; padding: 3px 6px;
}}
QHeaderView::up-arrow, QHeaderView::down-arrow {{ image: none; width: 0; height: 0; }}
QScrollArea {{ border: none; }}
QToolButton#headed {{ padding: 3px 18px 3px 6px; border: 1px solid transparent; border-radius: 4px; }}
QToolButton#headed[popupMode="0"] {{ padding-right: 8px; }}
QToolButton#headed:hover {{ background: {raised}; border-color: {border}; }}
QToolButton#headed::menu-indicator {{
    subcontrol-origin: padding; subcontrol-position: center right; width: 10px; right: 5px;
}}
QFrame#palette {{ background: {raised}; border: 1px solid {border}; border-radius: 8px; }}
QFrame#palette QListView {{ background: {raised}; }}
QComboBox {{ combobox-popup: 0; }}
"""
