"""Texts of others are shown as they are: in labels, boxes and tool tips."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Gui
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

import optisim
from optisim.ui.parts.plain import Label, plain_tip

SOURCE = Path(optisim.__file__).parent / "ui"
HOSTILE = '<a href="http://example.org">update</a><img src="/etc/x.png"><b>bold</b>'

HTML_OF_OUR_OWN = {
    # where a label may have HTML, and why nobody else's text is in it
    "parts/plain.py": "the label that is plain",
    "race/side_view.py": "symbols with an index, which are fixed",
    "shell/help.py": "tables of keys, whose cells are escaped, and the program's name",
}


def calls(path, *names):
    """The calls of these functions or methods in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name in names:
                yield node


def is_ours(text):
    """Whether a text can only be one of the program's own: fixed, translated, or made plain."""
    match text:
        case ast.Constant():
            return True
        case ast.IfExp(body=one, orelse=other):
            return is_ours(one) and is_ours(other)
        case ast.Call(func=ast.Name(id="plain_tip")):
            return True
        case ast.Call(func=ast.Name(id="tr"), args=[ast.Constant()], keywords=[]):
            return True
        case ast.Call(func=ast.Attribute(attr="explained")):  # of a Limit, which escapes
            return True
    return False


def test_only_some_labels_and_boxes_may_have_html():
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for _ in calls(path, "QLabel", "QMessageBox", "setTextFormat")
    }
    assert found <= HTML_OF_OUR_OWN.keys() | {"parts/messages.py"}


def test_tool_tips_are_the_program_s_own_or_made_plain():
    tips = [(path, call.args[0]) for path in SOURCE.rglob("*.py") for call in calls(path, "setToolTip")]
    tips += [(path, call.args[1]) for path in SOURCE.rglob("*.py") for call in calls(path, "showText")]
    assert len(tips) > 40
    assert [f"{path.name}:{text.lineno}" for path, text in tips if not is_ours(text)] == []


def test_a_label_shows_what_stands_there(qtbot):
    label, shown = Label(HOSTILE), Label("<b>")
    qtbot.addWidget(label)
    qtbot.addWidget(shown)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert shown.sizeHint().width() >= shown.fontMetrics().horizontalAdvance("<b>")


@pytest.mark.parametrize("text", [HOSTILE, "a < b > c", "plain", "two\nlines", "<p>"])
def test_a_tool_tip_reads_as_what_stands_there(text):
    tip, document = plain_tip(text), QTextDocument()
    if Gui.mightBeRichText(tip):
        document.setHtml(tip)
        assert document.toPlainText().replace("\u2028", "\n") == text
    else:
        assert tip == text


def test_names_of_others_are_plain_all_over_the_window(window, qtbot):
    player = window.lab.player
    runs = tuple(replace(run, label=HOSTILE) for run in player.scenario.runs)
    player.set_scenario(replace(player.scenario, runs=runs))
    player.select(0)
    for name in window.workspace.pages:
        window.workspace.show_panel(name)
        QApplication.processEvents()
    labels = [label for label in window.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]
    assert not [label.text() for label in labels if "href" in label.text()]
    assert any(HOSTILE[:20] in label.text() for label in window.findChildren(Label))
    tips = [widget.toolTip() for widget in (*window.findChildren(QWidget), *window.findChildren(QAbstractButton))]
    assert not [tip for tip in tips if "<a " in tip or "<img" in tip]
