"""The scenario as a file."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from optisim.core.documents.kinds import MAX_FILE, from_json, to_json
from optisim.core.documents.race_kind import RACE
from optisim.core.race.scenario import chapter_scenario
from optisim.core.surfaces import SURFACES
from optisim.language import explain
from optisim.ui.parts import messages
from optisim.ui.shell.opening import MOST_RECENT
from tests.ui.driver import CTRL, SHIFT, Key, assert_true_to_scenario, click_map, entry, press, select, settle

OTHER = chapter_scenario(SURFACES["himmelblau"])
ENDING = RACE.ending


@pytest.fixture
def answers(monkeypatch):
    """What the user answers when asked for files or about changes; and what they are told."""

    class Answers:
        to_open = to_save = ""
        about_changes = QMessageBox.StandardButton.Cancel
        asked: list = []
        told: list = []

    given = Answers()
    given.asked, given.told = [], []

    def asked(*_):
        given.asked.append(1)
        return given.about_changes

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(given.to_open), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(given.to_save), ""))
    monkeypatch.setattr(messages, "ask", asked)
    monkeypatch.setattr(messages, "warn", lambda parent, problem: given.told.append(explain(problem)))
    return given


def written(folder, scenario=OTHER, name=f"mine{ENDING}"):
    path = folder / name
    path.write_text(to_json(scenario), encoding="utf-8")
    return path


def test_what_is_saved_is_read_back(window, qtbot, answers, tmp_path):
    click_map(window, (3.0, -2.0))
    answers.to_save = tmp_path / "mine"
    press(window, Key.Key_S, CTRL)
    path = tmp_path / f"mine{ENDING}"
    assert from_json(path.read_text(encoding="utf-8")) == window.lab.player.scenario
    assert [p.name for p in tmp_path.iterdir() if "mine" in p.name or "optisim-" in p.name] == [path.name]
    assert window.windowTitle() == f"{path.name}[*] – OptiSim"
    assert not window.isWindowModified()
    click_map(window, (-3.0, 1.5))
    assert window.isWindowModified()
    press(window, Key.Key_S, CTRL)
    assert not window.isWindowModified()
    assert from_json(path.read_text(encoding="utf-8")) == window.lab.player.scenario


def test_a_file_is_opened_and_its_race_shown(window, qtbot, answers, tmp_path):
    answers.to_open = written(tmp_path)
    press(window, Key.Key_O, CTRL)
    assert window.lab.player.scenario == OTHER
    assert window.windowTitle() == f"mine{ENDING}[*] – OptiSim"
    assert not window.commands.action("window.undo").isEnabled()
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_undo_takes_a_saved_file_out_of_what_is_saved_and_back(window, qtbot, answers, tmp_path):
    answers.to_save = tmp_path / "mine"
    press(window, Key.Key_S, CTRL)
    click_map(window, (3.0, -2.0))
    assert window.isWindowModified()
    press(window, Key.Key_Z, CTRL)
    assert not window.isWindowModified()


HOSTILE = {
    "no JSON": b"hello",
    "another format": json.dumps({"format": "x", "version": 1}).encode(),
    "a newer version": json.dumps({"format": "optisim-scenario", "version": 99}).encode(),
    "damaged": to_json(OTHER)[:-200].encode(),
    "no text": b"\xff\xfe\x00\x01" * 50,
    "huge": b"[" * (5 * MAX_FILE),
    "deep": b"[" * 100_000,
    "nothing": b"",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_gets_one_sentence_and_changes_nothing(window, answers, tmp_path, what):
    path = tmp_path / f"bad{ENDING}"
    path.write_bytes(HOSTILE[what])
    before = window.lab.player.scenario
    answers.to_open = path
    press(window, Key.Key_O, CTRL)
    assert len(answers.told) == 1
    assert answers.told[0].endswith((".", "。"))
    assert "\n" not in answers.told[0]
    assert window.lab.player.scenario == before
    assert window.document.path is None


def test_a_file_that_is_not_there_gets_one_sentence(window, answers, tmp_path):
    answers.to_open = tmp_path / f"gone{ENDING}"
    press(window, Key.Key_O, CTRL)
    assert "cannot be read" in answers.told[0]


def test_a_file_that_cannot_be_written_stays_as_it_was(window, answers, tmp_path, monkeypatch):
    path = written(tmp_path)
    answers.to_open = path
    press(window, Key.Key_O, CTRL)
    click_map(window, (1.0, 1.0))
    before = path.read_bytes()

    def full(*_, **__):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_text", full)
    press(window, Key.Key_S, CTRL)
    assert "disk is full" in answers.told[0]
    assert path.read_bytes() == before
    assert window.isWindowModified()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".optisim")] == []


@pytest.mark.parametrize(
    ("answer", "left", "kept"),
    [
        (QMessageBox.StandardButton.Cancel, False, True),
        (QMessageBox.StandardButton.Discard, True, True),
        (QMessageBox.StandardButton.Save, True, False),
    ],
)
def test_what_is_not_saved_is_asked_about(window, answers, tmp_path, answer, left, kept):
    path = written(tmp_path)
    answers.to_open = path
    press(window, Key.Key_O, CTRL)
    click_map(window, (1.0, 1.0))
    changed = window.lab.player.scenario
    answers.about_changes = answer
    press(window, Key.Key_N, CTRL)
    assert answers.asked == [1]
    assert window.lab.player.scenario == (chapter_scenario() if left else changed)
    assert (from_json(path.read_text(encoding="utf-8")) == OTHER) == kept
    answers.about_changes = QMessageBox.StandardButton.Discard  # when the window closes


def test_closing_asks_and_can_be_thought_better_of(window, answers, tmp_path):
    answers.to_open = written(tmp_path)
    press(window, Key.Key_O, CTRL)
    click_map(window, (1.0, 1.0))
    assert not window.close()
    assert window.isVisible()
    answers.about_changes = QMessageBox.StandardButton.Discard
    assert window.close()


def test_without_a_file_nothing_is_asked_and_new_can_be_undone(window, answers):
    click_map(window, (1.0, 1.0))
    changed = window.lab.player.scenario
    press(window, Key.Key_N, CTRL)
    assert answers.asked == []
    assert window.lab.player.scenario == chapter_scenario()
    press(window, Key.Key_Z, CTRL)
    assert window.lab.player.scenario == changed


def test_the_next_start_goes_on_with_the_file(window, open_window, settings, answers, tmp_path):
    answers.to_open = written(tmp_path)
    press(window, Key.Key_O, CTRL)
    click_map(window, (1.0, 1.0))
    answers.about_changes = QMessageBox.StandardButton.Discard
    window.close()
    again = open_window(settings)
    assert again.lab.player.scenario == OTHER
    assert again.document.path == answers.to_open
    assert not again.isWindowModified()
    again.close()
    answers.to_open.unlink()
    assert open_window(settings).document.path is None


def test_recent_files_are_listed_newest_first_and_opened(window, answers, tmp_path):
    paths = [written(tmp_path, OTHER, f"{n}{ENDING}") for n in range(MOST_RECENT + 2)]
    for path in [*paths, paths[3]]:
        answers.to_open = path
        press(window, Key.Key_O, CTRL)
    menu = window.opening.recent_menu
    menu.aboutToShow.emit()
    shown = [action.text() for action in menu.actions()]
    assert shown[:3] == [f"3{ENDING}", f"{MOST_RECENT + 1}{ENDING}", f"{MOST_RECENT}{ENDING}"]
    assert len(shown) == MOST_RECENT
    entry(menu, f"{MOST_RECENT}{ENDING}").trigger()
    assert window.document.path == paths[MOST_RECENT]


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(window.rect().center())
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), action, data, button, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(at, action, data, button, keys))


def test_a_file_dropped_on_the_window_is_opened(window, answers, tmp_path):
    drop(window, written(tmp_path))
    assert window.lab.player.scenario == OTHER
    assert not window.lab.map_view.acceptDrops()


def test_save_as_gives_another_file(window, answers, tmp_path):
    answers.to_open = first = written(tmp_path)
    press(window, Key.Key_O, CTRL)
    answers.to_save = tmp_path / f"other{ENDING}"
    press(window, Key.Key_S, CTRL | SHIFT)
    assert window.document.path == answers.to_save
    assert first.read_text(encoding="utf-8") == to_json(OTHER)
    answers.to_save = ""
    press(window, Key.Key_S, CTRL | SHIFT)  # thought better of
    assert window.document.path == tmp_path / f"other{ENDING}"


def test_what_was_just_saved_is_what_is_opened_again(window, answers, tmp_path):
    path = written(tmp_path)
    answers.to_open = path
    press(window, Key.Key_O, CTRL)
    click_map(window, (1.0, 1.0))
    changed = window.lab.player.scenario
    answers.about_changes = QMessageBox.StandardButton.Save
    press(window, Key.Key_O, CTRL)  # the same file
    assert from_json(path.read_text(encoding="utf-8")) == changed
    assert window.lab.player.scenario == changed
    assert not window.isWindowModified()


def test_a_window_without_changes_leaves_what_another_has_kept(open_window, settings):
    one, other = open_window(settings), open_window(settings)
    click_map(one, (3.0, -2.0))
    changed = one.lab.player.scenario
    one.close()
    other.close()
    assert from_json(settings.scenario) == changed


HTML = '<a href="http://x">update</a><img src="x">'


def test_names_that_look_like_html_are_shown_as_they_are(window, qtbot, answers, tmp_path):
    runs = tuple(replace(run, label=HTML) for run in OTHER.runs)
    answers.to_open = written(tmp_path, replace(OTHER, runs=runs))
    press(window, Key.Key_O, CTRL)
    settle(qtbot, window)
    select(window, 0)
    for name in window.workspace.pages:
        window.workspace.show_panel(name)
        QApplication.processEvents()
    quoting = [label for label in window.findChildren(QLabel) if "<a href" in label.text()]
    assert quoting
    assert {label.textFormat() for label in quoting} == {Qt.TextFormat.PlainText}
