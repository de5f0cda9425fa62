"""Starting the desktop program."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer

from optisim.core.base.problems import Problem
from optisim.language import system_language, use_language
from optisim.ui.parts import appearance
from optisim.ui.parts.application import make_application as make_application
from optisim.ui.parts.text_size import use_text_size

if TYPE_CHECKING:  # what draws without a window starts the faster without them
    from collections.abc import Sequence

    from optisim.ui.parts.lab import Lab
    from optisim.ui.parts.settings import Settings
    from optisim.ui.shell.window import MainWindow

SETTLED = 1000  # milliseconds after which all is there that start-up makes


def make_window(settings: Settings, labs: Sequence[type[Lab]] | None = None) -> MainWindow:
    """The main window in the user's language and appearance, with all labs or just some."""
    from optisim.ui.parts import icons
    from optisim.ui.race.lab import RaceLab
    from optisim.ui.shell.window import MainWindow

    use_language(settings.language or system_language())
    use_text_size(settings.text_size)
    appearance.apply(appearance.theme_named(settings.theme))
    window = MainWindow(settings, labs or [RaceLab])
    window.setWindowIcon(icons.app_icon())
    return window


def run(language: str | None = None, source: str | None = None) -> int:
    """Show the window, and return its exit code.

    Args:
        language: the window's from now on; as before if None.
        source: a file, a share string or an example to open.

    Raises:
        Problem: if there is no scenario in the source.
    """
    from optisim.ui.parts.faults import Faults
    from optisim.ui.parts.settings import Settings

    gc.disable()  # nothing that is made until the window is up goes away again
    app = make_application(sys.argv[:1])
    settings = Settings()
    if language:
        settings.language = language
    window = make_window(settings)
    faults = Faults(settings.folder)
    faults.told.connect(window.status.tell)
    faults.install()
    app.aboutToQuit.connect(window.close_labs)
    if source is not None:
        try:
            window.opening.open_source(source)
        except Problem:
            window.close_labs()
            faults.remove()
            shiboken6.delete(window)  # in a program that goes on, it would be styled anew with each window after it
            raise
    window.show()
    gc.freeze()  # looking through all of it would delay the first frame
    QTimer.singleShot(SETTLED, _settle_memory)
    try:
        return app.exec()
    finally:
        faults.remove()


def _settle_memory() -> None:
    """Take what start-up has made out of garbage collection, which then costs a frame 9 ms at most, not 45."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
