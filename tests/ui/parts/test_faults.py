"""What nobody catches: it is logged and told, and the window goes on; and `next` in what Qt calls."""

import ast
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

import optisim
from optisim.ui.parts.faults import Faults

SOURCE = Path(optisim.__file__).parent


class Broken(QWidget):
    """A widget with a mistake in an override, and one in a slot."""

    def paintEvent(self, event):
        raise ZeroDivisionError("in an override")

    def slot(self):
        raise LookupError("in a slot")


@pytest.fixture
def faults(tmp_path, qapp):
    """Faults that are caught as in the program, and not by pytest-qt."""
    faults = Faults(tmp_path / "settings")
    faults.install()
    yield faults
    faults.remove()


@pytest.fixture
def told(faults):
    said = []
    faults.told.connect(said.append)
    return said


def test_what_leaves_an_override_is_logged_and_told(faults, told, qtbot, capsys):
    widget = Broken()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(told))
    assert "in an override" in faults.file.read_text(encoding="utf-8")
    assert str(faults.file) in told[0]
    assert "in an override" in capsys.readouterr().err


def test_what_leaves_a_slot_is_logged_once_and_told_each_time(faults, told, qtbot):
    widget = Broken()
    qtbot.addWidget(widget)
    timer = QTimer()
    timer.timeout.connect(widget.slot)
    timer.start(1)
    qtbot.waitUntil(lambda: len(told) >= 3)
    timer.stop()
    assert faults.file.read_text(encoding="utf-8").count("LookupError: in a slot") == 1


def test_what_ends_a_thread_is_told_in_the_window_s_thread(faults, qtbot):
    class Ear(QObject):
        def hear(self, text):
            heard.append((text, threading.current_thread()))

    heard, ear = [], Ear()
    faults.told.connect(ear.hear)
    thread = threading.Thread(target=lambda: {}["key"])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][1] is threading.main_thread()
    assert "KeyError: 'key'" in faults.file.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_is_no_second_fault(tmp_path, qapp):
    (tmp_path / "file").write_text("in the way")
    faults, said = Faults(tmp_path / "file"), []
    faults.told.connect(said.append)
    faults.install()
    try:
        sys.excepthook(ValueError, ValueError("first"), None)
    finally:
        faults.remove()
    assert len(said) == 1


def test_the_keyboard_still_ends_the_program(faults, told, capsys):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_what_was_there_is_put_back(faults):
    assert sys.excepthook == faults._caught
    faults.remove()
    assert sys.excepthook != faults._caught
    assert threading.excepthook != faults._caught_in_thread


# ── next() ───────────────────────────────────────────────────────────────────────────────────────────────

ALWAYS_ONE = {
    # why one is always found
    "canvas/map/map_view.py": "ten decades are more than any finite number of pixels asks for",
}


def bare_nexts(text):
    """The lines with a `next` that has no default."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "next"
        and len(node.args) == 1
    ]


def test_a_bare_next_is_found():
    assert bare_nexts("next(a, None)\nb = [next(x) for x in y]\nnext(z)") == [3, 2]


def test_what_qt_calls_asks_for_the_next_one_with_a_default():
    """A StopIteration without a value that leaves an override ends the program: PySide looks for the value."""
    found = {
        path.relative_to(SOURCE).as_posix(): lines
        for part in ("ui", "canvas")
        for path in sorted((SOURCE / part).rglob("*.py"))
        if (lines := bare_nexts(path.read_text(encoding="utf-8")))
    }
    assert found.keys() <= ALWAYS_ONE.keys(), found
