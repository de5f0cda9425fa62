"""What all tests share: a window to use, and guards that nothing is left behind.

Qt draws offscreen unless QT_QPA_PLATFORM says otherwise, and whatever is stored goes to a scratch folder.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from optisim.ui.parts.settings import Settings
    from optisim.ui.shell.window import MainWindow

# what the offscreen platform cannot do
HARMLESS = [r"^This plugin does not support (propagateSizeHints\(\)|raise\(\)|grabbing the keyboard)$"]


def pytest_configure(config: pytest.Config) -> None:
    scratch = tempfile.TemporaryDirectory(prefix="optisim-tests-")
    config.add_cleanup(scratch.cleanup)
    os.environ["XDG_CONFIG_HOME"] = scratch.name
    # ziamath reads its font so up to Python 3.12
    config.addinivalue_line("filterwarnings", "ignore:path is deprecated:DeprecationWarning:ziamath")
    for pattern in HARMLESS:
        config.addinivalue_line("qt_log_ignore", pattern)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Let warnings of Qt fail tests while windows close, too; pytest-qt listens only until then."""
    import re

    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    told = []
    bad = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    before = qInstallMessageHandler(lambda kind, _, text: told.append(text) if kind in bad else None)
    try:
        return (yield)
    finally:
        qInstallMessageHandler(before)
        left = [text for text in told if not any(re.search(pattern, text) for pattern in HARMLESS)]
        assert not left, f"Qt warned at the end: {left}"


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    """Every process that a test started for a job has ended when the test has."""
    yield
    from multiprocessing import active_children

    assert active_children() == []


@pytest.fixture(autouse=True)
def no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every thread that a test started has ended when the test has."""
    from PySide6.QtCore import QThread
    from shiboken6 import isValid

    started: list[QThread] = []
    start = QThread.start

    def noted(thread: QThread, *arguments: object) -> None:
        started.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", noted)
    yield
    running = [thread.objectName() for thread in started if isValid(thread) and thread.isRunning()]
    assert not running


@pytest.fixture(scope="session")
def qapp() -> "QApplication":
    """The program's own QApplication, whose settings are kept from the user's."""
    from PySide6.QtCore import QSettings

    from optisim.app import make_application

    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, os.environ["XDG_CONFIG_HOME"])
    return make_application(["optisim"])


@pytest.fixture
def settings(qapp: "QApplication", tmp_path: Path) -> "Settings":
    """The settings of a user who reads English on a light screen, and has not used OptiSim before."""
    from PySide6.QtCore import QSettings

    from optisim.ui.parts.settings import Settings

    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.language, settings.theme = "en", "light"
    return settings


@pytest.fixture
def open_window(qapp: "QApplication", qtbot) -> "Iterator[Callable[[Settings], MainWindow]]":
    """Opens a main window as the program does; it is closed at the end."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from optisim.app import make_window

    windows = []

    def opened(settings: "Settings") -> "MainWindow":
        window = make_window(settings)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.panels is not None)  # what follows the first frame
        return window

    yield opened
    for window in windows:
        window.document.path = None  # nobody is there to be asked about changes
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window, settings: "Settings") -> "MainWindow":
    """The main window at its first start."""
    return open_window(settings)
