"""The palette: everything that can be done, found in either language and done by keys."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.driver import CTRL, Key, press, settle


def ask(window, typed, *keys):
    """Open the palette by its keys, put a text into it, as an input method does, and press further keys."""
    press(window, Key.Key_K, CTRL)
    palette = window._palette
    assert palette.isVisible()
    assert QApplication.focusWidget() is palette.field
    palette.field.setText(typed)
    for key in keys:
        press(window, key)
    return palette


@pytest.mark.parametrize("name", ["charts", "results"])
def test_a_panel_is_shown_by_its_name_however_often(window, qtbot, name):
    settle(qtbot, window)
    page = window.workspace.pages[name]
    for _ in range(2):
        palette = ask(window, name, Key.Key_Return)
        assert not palette.isVisible()
        assert window.workspace.is_shown(name)
        assert page.isVisible()
    window.workspace.hide_panel(name)
    ask(window, name, Key.Key_Return)
    assert page.isVisible()


def test_a_surface_is_chosen(window, qtbot):
    settle(qtbot, window)
    ask(window, "rosenb", Key.Key_Return)
    assert window.lab.player.scenario.surface.slug == "rosenbrock"


def test_what_is_found_says_so_in_both_languages(window, qtbot):
    settle(qtbot, window)
    english = ask(window, "undo")._model.entries
    press(window, Key.Key_Escape)
    chinese = ask(window, "播放")._model.entries
    press(window, Key.Key_Escape)
    assert all("undo" in entry.words for entry in english)
    assert "race.play" in {entry.command.id for entry in chinese}


@pytest.mark.parametrize(("typed", "code"), [("chinese", "zh"), ("中文", "zh"), ("英语", "en")])
def test_a_language_is_found_by_its_name_in_the_other(window, qtbot, typed, code):
    settle(qtbot, window)
    (entry,) = ask(window, typed)._model.entries
    assert entry.given == {"code": code}


def test_it_is_as_high_as_what_is_found(window, qtbot):
    settle(qtbot, window)
    palette = ask(window, "")
    full = palette.height()
    palette.field.setText("rosenb")
    few = palette.height()
    assert few < full
    palette.field.setText("")
    assert palette.height() == full


def test_nothing_found_is_said_and_escape_gives_the_keys_back(window, qtbot):
    settle(qtbot, window)
    window.lab.map_view.setFocus()
    scenario = window.lab.player.scenario
    palette = ask(window, "qqqq", Key.Key_Return)
    qtbot.wait(50)
    assert palette.isVisible()
    assert palette.says.text() == "Nothing fits"
    press(window, Key.Key_Escape)
    assert not palette.isVisible()
    assert window.lab.map_view.hasFocus()
    assert window.lab.player.scenario == scenario


def test_what_a_command_needs_is_asked_and_a_mistake_leaves_the_palette_open(window, qtbot):
    settle(qtbot, window)
    entry = next(entry for entry in ask(window, "")._model.entries if entry.asked is not None and not entry.given)
    press(window, Key.Key_Escape)
    palette = ask(window, entry.text, Key.Key_Return)
    qtbot.wait(50)
    assert palette.isVisible()
    assert palette.field.text() == ""
    assert QApplication.focusWidget() is palette.field
    press(window, Key.Key_Escape)
    assert not palette.isVisible()
