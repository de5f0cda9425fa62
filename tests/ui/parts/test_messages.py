"""Message boxes: what they quote is never taken for HTML."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from optisim import Problem
from optisim.ui.parts import messages
from optisim.ui.parts.messages import Button

HTML = '<a href="http://x">update</a><img src="/etc/x.png">'


@pytest.fixture
def no_message_is_waited_for():
    """Here they are."""


@pytest.fixture
def answer(qapp):
    """Presses a button of the box that comes up, and tells what the box said."""
    seen = []

    def answer(button):
        def look():
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            seen.append((box.text(), box.textFormat()))
            box.button(button).click()

        QTimer.singleShot(0, look)
        return seen

    return answer


def test_a_warning_is_plain_text(answer):
    seen = answer(Button.Ok)
    messages.warn(None, Problem("There is no “{name}”.", name=HTML[:30]))
    answer(Button.Ok)
    messages.warn(None, HTML)
    answer(Button.Ok)
    messages.inform(None, HTML)
    assert [text for text, _ in seen] == [f"There is no “{HTML[:30]}”.", HTML, HTML]
    assert {kind for _, kind in seen} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("button", [Button.Save, Button.Discard, Button.Cancel])
def test_the_answer_is_the_button_that_was_pressed(answer, button):
    seen = answer(button)
    assert messages.ask(None, HTML, Button.Save | Button.Discard | Button.Cancel, Button.Save) == button
    assert seen == [(HTML, Qt.TextFormat.PlainText)]


def test_no_box_is_left_behind(answer, qtbot):
    answer(Button.Ok)
    messages.inform(None, "Done.")
    qtbot.waitUntil(lambda: not [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)])
