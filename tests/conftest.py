"""What all tests share: a window to use, and guards that nothing is left behind.

Qt draws offscreen unless QT_QPA_PLATFORM says otherwise, and whatever is stored goes to a scratch folder.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import fast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from optisim.ui.parts.lab import Lab
    from optisim.ui.parts.settings import Settings
    from optisim.ui.shell.window import MainWindow

# what the offscreen platform cannot do
HARMLESS = [r"^This plugin does not support (propagateSizeHints\(\)|raise\(\)|grabbing the keyboard)$"]


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "for each change: of what takes long, and of what is tried in very many cases, only a part"
    parser.addoption("--fast", action="store_true", help=told)


def pytest_configure(config: pytest.Config) -> None:
    fast.wanted = config.getoption("fast")
    scratch = tempfile.mkdtemp(prefix="optisim-tests-")
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)  # pytest's own cleanup is too late in some workers
    os.environ["XDG_CONFIG_HOME"] = scratch
    # ziamath reads its font so up to Python 3.12, and some tests import it; the program itself keeps that quiet
    config.addinivalue_line("filterwarnings", "ignore:path is deprecated:DeprecationWarning:ziamath")
    for pattern in HARMLESS:
        config.addinivalue_line("qt_log_ignore", pattern)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if fast.wanted:
        kept = fast.selected(items)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]


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


@pytest.fixture(autouse=True)
def garbage_is_collected() -> Iterator[None]:
    """The command line leaves that to the window, or to the end of the process; tests go on."""
    import gc

    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_widget_left() -> Iterator[None]:
    """No window, dialog or menu outlives its test: a style sheet set later would style all of them once more."""
    import gc
    import sys

    yield
    widgets = sys.modules.get("PySide6.QtWidgets")  # a test of the core has none
    if widgets is None or widgets.QApplication.instance() is None or not widgets.QApplication.topLevelWidgets():
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [type(widget).__name__ for widget in widgets.QApplication.topLevelWidgets()]
    assert not left


TO_DO = "to do"  # what a change still lacks, such as a translation: it stops nobody but in CI, where CI=true is set


@pytest.fixture
def to_do(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Call it with what is left to do: it stands at the end of what the tests print, or fails the test in CI."""

    def noted(text: str) -> None:
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        record_property(TO_DO, text)

    return noted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = terminalreporter.getreports("passed")
    left = {str(text) for report in passed for name, text in report.user_properties if name == TO_DO}
    if left:
        terminalreporter.section("to do before this is merged")
        terminalreporter.write_line("\n".join(sorted(left)))


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
def open_window(qapp: "QApplication", qtbot) -> "Iterator[Callable[..., MainWindow]]":
    """Opens a main window as the program does; it is closed at the end."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from optisim.app import make_window

    windows = []

    def opened(settings: "Settings", labs: "Sequence[type[Lab]] | None" = None) -> "MainWindow":
        window = make_window(settings, labs)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.awake)  # what follows the first frame
        QCoreApplication.processEvents()  # and lets everything find its place
        return window

    yield opened
    for window in windows:
        for session in window.open_sessions():
            session.document.path = None  # nobody is there to be asked about changes
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window, settings: "Settings") -> "MainWindow":
    """The main window at its first start."""
    return open_window(settings)
