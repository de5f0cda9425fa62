"""Labs in a window: a second, tiny one beside the race, and what belongs to the one in front."""

import pytest
from PySide6.QtWidgets import QToolButton

from optisim.core.documents.kinds import KINDS, from_json, register, to_json
from optisim.core.race.scenario import chapter_scenario
from optisim.ui.parts import messages
from optisim.ui.race.lab import RaceLab
from tests.core.documents.note_kind import NOTE, Note
from tests.ui.driver import CTRL, Key, click, entries, plain, press, settle
from tests.ui.shell.notes import NotesLab


@pytest.fixture
def notes(monkeypatch):
    monkeypatch.setattr("optisim.core.documents.kinds.KINDS", dict(KINDS))
    register(NOTE)


@pytest.fixture
def window(notes, open_window, settings):
    """A window with two labs."""
    return open_window(settings, labs=(RaceLab, NotesLab))


def to_notes(window):
    click(rail(window)["Notes"])
    assert isinstance(window.lab, NotesLab)


def rail(window):
    return {button.text(): button for button in window.rail.findChildren(QToolButton) if button.text()}


def menus(window):
    return [plain(action.text()) for action in window.menuBar().actions()]


def texts(window):
    return [plain(action.text()) for action in entries(window.menuBar())]


def test_one_lab_needs_no_rail_two_have_one(open_window, settings):
    assert not open_window(settings).rail.isVisible()


def test_the_rail_switches_view_docks_and_menus_there_and_back(window, qtbot):
    settle(qtbot, window)
    assert list(rail(window)) == ["Race", "Notes"]
    assert "Run" in menus(window)
    race = window.lab
    to_notes(window)
    assert window.lab.view.isVisible()
    assert not race.view.isVisible()
    assert window.workspace.side.names == ["echo"]
    assert window.workspace.pages["echo"].isVisible()
    assert "Note" in menus(window)
    assert "Run" not in menus(window)
    assert "Heat map" not in texts(window)
    click(rail(window)["Race"])
    assert window.lab is race
    assert "Heat map" in texts(window)
    assert window.workspace.pages["runs"].isVisible()
    assert not window.session_of("note").workspace.pages["echo"].isVisible()


def test_shortcuts_and_commands_belong_to_the_lab_in_front(window, qtbot):
    settle(qtbot, window)
    to_notes(window)
    press(window, Key.Key_E, CTRL)  # in the race it exports the image
    assert window.lab.model.value.text == "BEGIN HERE"
    assert "race.play" not in {command.id for command in window.commands}
    assert "note.shout" in {command.id for command in window.commands}
    player = window.session_of("race").lab.player
    window.lab.view.setFocus()
    press(window, Key.Key_Space)
    assert not player.clock.playing


def test_a_race_stands_still_while_another_lab_is_in_front(window, qtbot):
    window.commands.run("race.play")
    assert window.lab.player.clock.playing
    to_notes(window)
    assert not window.session_of("race").lab.player.clock.playing


def test_undo_belongs_to_the_lab_in_front(window, qtbot):
    settle(qtbot, window)
    scenario = window.lab.model.value
    window.commands.run("race.duplicate") if window.lab.player.selection >= 0 else window.lab.runs_panel.add("sgd")
    changed = window.lab.model.value
    assert changed != scenario
    to_notes(window)
    window.commands.run("note.shout")
    assert "text of a note" in window.commands.action("window.undo").text()
    window.commands.run("window.undo")
    assert window.lab.model.value == Note()
    assert window.session_of("race").lab.model.value == changed
    assert not window.commands.action("window.undo").isEnabled()
    click(rail(window)["Race"])
    window.commands.run("window.undo")
    assert window.lab.model.value == scenario


def test_saving_writes_the_document_of_the_lab_in_front(window, qtbot, save_as, tmp_path):
    settle(qtbot, window)
    to_notes(window)
    window.commands.run("note.write", text="buy milk")
    save_as(tmp_path / "list.optisim-note.json")
    window.commands.run("window.save")
    assert from_json((tmp_path / "list.optisim-note.json").read_text()) == Note("buy milk")
    assert "list.optisim-note.json" in window.windowTitle()
    click(rail(window)["Race"])
    assert "list.optisim-note.json" not in window.windowTitle()


def test_a_file_opens_in_the_lab_of_its_kind(window, qtbot, tmp_path):
    settle(qtbot, window)
    (tmp_path / "a.optisim-note.json").write_text(to_json(Note("from a file")))
    window.opening.open_source(str(tmp_path / "a.optisim-note.json"))
    assert window.lab.model.value == Note("from a file")
    assert window.lab.field.text() == "from a file"
    assert window.lab.shown == 1
    (tmp_path / "b.optisim.json").write_text(to_json(chapter_scenario()))
    window.opening.open_source(str(tmp_path / "b.optisim.json"))
    assert isinstance(window.lab, RaceLab)


def test_a_share_string_opens_in_the_lab_of_its_kind(window, qtbot, qapp):
    settle(qtbot, window)
    to_notes(window)
    window.commands.run("note.write", text="shared")
    window.commands.run("window.copy_share")
    window.commands.run("note.write", text="other")
    click(rail(window)["Race"])
    window.commands.run("window.paste")
    assert window.lab.model.value == Note("shared")


def test_closing_asks_for_every_lab_whose_file_lacks_something(window, qtbot, save_as, tmp_path, monkeypatch):
    settle(qtbot, window)
    to_notes(window)
    save_as(tmp_path / "list.optisim-note.json")
    window.commands.run("window.save")
    window.commands.run("note.shout")
    click(rail(window)["Race"])
    asked = []

    def answer_with(button):
        monkeypatch.setattr(messages, "ask", lambda parent, text, *_: asked.append(text) or button)

    answer_with(messages.Button.Cancel)
    window.close()
    assert window.isVisible()
    assert "list.optisim-note.json" in asked[-1]
    answer_with(messages.Button.Discard)
    window.close()
    assert not window.isVisible()


def test_what_was_in_front_and_both_documents_come_back_at_the_next_start(notes, open_window, settings, qtbot):
    window = open_window(settings, labs=(RaceLab, NotesLab))
    settle(qtbot, window)
    window.lab.runs_panel.add("sgd")
    raced = window.lab.model.value
    window.bring_to_front("note")
    window.commands.run("note.write", text="remember me")
    window.close()
    again = open_window(settings, labs=(RaceLab, NotesLab))
    assert again.lab.model.value == Note("remember me")
    again.bring_to_front("race")
    assert again.lab.model.value == raced
