"""The application object with the program's fonts and style: for windows, commands and helper processes."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from optisim.ui.parts import appearance


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication with the program's fonts and style. Used by the command line and the tests, too."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(arguments)
    app.setOrganizationName("OptiSim")
    app.setApplicationName("OptiSim")
    app.setApplicationDisplayName("OptiSim")
    app.setStyle("Fusion")
    # numbers are written as in formulas, whatever the country
    numbers = QLocale.c()
    numbers.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    QLocale.setDefault(numbers)
    appearance.load_fonts()
    app.setFont(appearance.window_font())
    return app
