"""What only tests of the window need."""

from collections.abc import Callable

import pyqtgraph
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from optisim.core.base.problems import Problem
from optisim.language import explain
from optisim.ui.parts import messages


@pytest.fixture(autouse=True)
def every_mouse_move_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pyqtgraph take mouse moves that follow each other faster than a hand can."""
    monkeypatch.setitem(pyqtgraph.CONFIG_OPTIONS, "mouseRateLimit", 0)


@pytest.fixture(autouse=True)
def no_message_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test in which a message box comes up that it does not answer fail, where it would wait for ever."""

    def run(box: QMessageBox) -> int:
        raise AssertionError(f"nobody reads the message: {box.text()}")

    monkeypatch.setattr(messages, "_run", run)


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, str]]]:
    """Stands for the system's file dialog: call it with what is typed and the format that is chosen in the list.

    It returns a list that gets what was suggested, and the formats that were offered, each time the dialog opens.
    """
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(messages, "ask", lambda *_: messages.Button.Yes)  # replace what is there

    def answer(path: object, ending: str = "") -> list[tuple[str, str]]:
        def chosen(parent: object, title: str, suggestion: str, filters: str) -> tuple[str, str]:
            asked.append((suggestion, filters))
            listed = filters.split(";;")
            return str(path), next((text for text in listed if f"(*{ending})" in text), listed[0])

        monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
        return asked

    return answer


@pytest.fixture
def warnings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of the message boxes that were shown."""
    said: list[str] = []

    def warn(parent: object, what: Problem | str) -> None:
        said.append(explain(what) if isinstance(what, Problem) else what)

    monkeypatch.setattr(messages, "warn", warn)
    monkeypatch.setattr(QMessageBox, "warning", lambda parent, title, text: said.append(text))
    return said
