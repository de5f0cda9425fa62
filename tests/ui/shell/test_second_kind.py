"""A second kind of document is opened, saved, undone, shared and recovered like the first."""

import json
import os
import time
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from optisim import chapter_scenario
from optisim.core.documents.kinds import KINDS, from_json, register, to_json
from optisim.core.documents.race_kind import RACE
from optisim.core.documents.sharing import from_share, to_share
from optisim.core.surfaces import SURFACES
from optisim.export.embedding import svg_with_document
from optisim.ui.parts import messages
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.shell import recovery
from optisim.ui.shell.document import Document, stored_document
from optisim.ui.shell.opening import Opening
from optisim.ui.shell.recovery import Position, Recovery
from tests.core.documents.note_kind import NOTE, Note
from tests.ui.driver import click_button, in_dialog

OTHER_RACE = chapter_scenario(SURFACES["himmelblau"])


@pytest.fixture(autouse=True)
def registered():
    register(NOTE)
    yield
    del KINDS[NOTE.format]


@pytest.fixture
def desk(settings, qtbot, monkeypatch):
    """Makes what a window with two labs consists of, as far as documents go."""
    monkeypatch.setattr(recovery, "INTERVAL", 20)
    made = []

    def make():
        window = QWidget()
        documents, places = {}, {}
        at = dict.fromkeys(("note", "race"), 0.0)
        for kind in (RACE, NOTE):
            model = DocumentModel(stored_document(kind, settings), window)
            documents[kind.name] = Document(model, kind, settings, window)
            places[kind.name] = Position(
                lambda name=kind.name: at[name], lambda place, name=kind.name: at.update({name: place})
            )
        front, told = [], []
        opening = Opening(documents, lambda kind: front.append(kind.name), settings, window)
        opening.accept_drops(window)
        opening.told.connect(told.append)
        for document in documents.values():
            document.told.connect(told.append)
            opening.watch(document)
        window.resize(300, 200)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        keeper = Recovery(documents, lambda kind: front.append(kind.name), settings.folder / "recovery", window)
        for name, document in documents.items():
            keeper.watch(document, places[name])
        keeper.offer()
        made.append(SimpleNamespace(window=window, recovery=keeper))
        return SimpleNamespace(
            **documents,
            window=window,
            opening=opening,
            recovery=keeper,
            at=at,
            front=front,
            told=told,
        )

    yield make
    for one in made:
        one.recovery.close()
        one.window.close()
        one.window.deleteLater()


@pytest.fixture
def chosen(monkeypatch):
    """What the user answers when asked for files or about changes."""
    answers = SimpleNamespace(file="", changes=messages.Button.Cancel, asked=[])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(answers.file), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(answers.file), ""))
    monkeypatch.setattr(messages, "ask", lambda *rest: answers.asked.append(rest[1]) or answers.changes)
    return answers


def kept(settings):
    return sorted(path.name for path in (settings.folder / "recovery").glob("[!.]*.json"))


def question(desk):
    boxes = [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]
    assert len(boxes) <= 1
    return boxes[0] if boxes else None


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_saved_and_opened_beside_the_other(desk, chosen, tmp_path):
    here = desk()
    here.note.model.set(Note("mine", title="Watch"))
    chosen.file = tmp_path / "mine"
    assert here.note.save()
    path = tmp_path / f"mine{NOTE.ending}"
    assert from_json(path.read_text(encoding="utf-8")) == Note("mine", title="Watch")
    assert (here.note.path, here.note.modified) == (path, False)
    assert here.note.title == f"mine{NOTE.ending}[*] – OptiSim"
    assert here.told == [f"Saved {path}"]
    here.note.model.set(Note("other"))
    assert here.note.modified
    assert (here.race.path, here.race.at_risk) == (None, False)
    chosen.changes = messages.Button.Discard
    chosen.file = path
    here.opening.open()
    assert len(chosen.asked) == 1
    assert here.note.model.value == Note("mine", title="Watch")
    assert here.note.history.undo_text == ""
    assert here.race.model.value == chapter_scenario()
    assert here.front == ["note"]


def test_each_file_goes_to_the_lab_of_its_kind(desk, tmp_path):
    here = desk()
    note, race = tmp_path / "a.json", tmp_path / "b.json"
    note.write_text(to_json(Note("a")), encoding="utf-8")
    race.write_text(to_json(OTHER_RACE), encoding="utf-8")
    shown = []
    here.note.shown.connect(lambda: shown.append("note"))
    here.race.shown.connect(lambda: shown.append("race"))
    for path in (note, race, note):
        here.opening.open_file(path)
    assert here.front == shown == ["note", "race", "note"]
    assert (here.note.path, here.race.path) == (note, race)
    assert (here.note.model.value, here.race.model.value) == (Note("a"), OTHER_RACE)
    here.opening.recent_menu.aboutToShow.emit()
    assert [entry.text() for entry in here.opening.recent_menu.actions()] == ["a.json", "b.json"]


def test_a_file_that_now_holds_another_kind_is_not_its_file_any_more(desk, tmp_path):
    here = desk()
    path = tmp_path / "a.json"
    path.write_text(to_json(OTHER_RACE), encoding="utf-8")
    here.note.recover(Note("rescued"), path)
    assert here.note.path is None
    assert here.note.model.value == Note("rescued")


def test_an_image_that_carries_it_is_no_file_to_save_into(desk, tmp_path):
    here = desk()
    path = tmp_path / "a.svg"
    path.write_bytes(svg_with_document(b"<svg>\n</svg>\n", Note("seen")))
    here.opening.open_file(path)
    assert (here.note.model.value, here.note.path) == (Note("seen"), None)
    here.note.history.undo()
    assert here.note.model.value == Note()


def test_a_file_that_is_dropped_is_opened(desk, tmp_path):
    here = desk()
    path = tmp_path / "a.json"
    path.write_text(to_json(Note("dropped")), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(here.window.rect().center())
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(at.toPoint(), *rest)
    QApplication.sendEvent(here.window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(here.window, QDropEvent(at, *rest))
    assert here.note.model.value == Note("dropped")


def test_a_file_that_cannot_be_opened_changes_nothing(desk, tmp_path, warnings):
    here = desk()
    path = tmp_path / "a.json"
    path.write_text('{"format": "optisim-note", "version": 2}', encoding="utf-8")
    here.opening.open_file(path)
    assert warnings == ["This document is damaged: “text” is missing."]
    assert (here.note.model.value, here.front) == (Note(), [])


# ── Undo, new, the next start ────────────────────────────────────────────────────────────────────────────


def test_each_has_an_undo_of_its_own(desk):
    here = desk()
    here.note.model.set(Note("x"))
    here.race.model.set(OTHER_RACE)
    assert here.note.history.undo_text == "text of a note"
    here.note.history.undo()
    assert (here.note.model.value, here.race.model.value) == (Note(), OTHER_RACE)
    here.note.model.set(Note("y"))
    here.note.new()
    here.note.history.undo()
    assert here.note.model.value == Note("y")


def test_the_next_start_goes_on_with_each(desk, settings):
    here = desk()
    here.note.model.set(Note("not in a file"))
    for document in (here.note, here.race):
        document.keep()
    again = desk()
    assert again.note.model.value == Note("not in a file")
    assert again.race.model.value == chapter_scenario()
    assert from_json(settings.scenario) == chapter_scenario()  # where it always was


@pytest.mark.parametrize("text", ["", "no JSON", to_json(chapter_scenario())])
def test_what_was_left_for_the_next_start_may_be_damaged_or_of_another_kind(desk, settings, text):
    settings.of_documents("note").content = text
    assert desk().note.model.value == Note()


# ── Share strings ────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_shared_and_pasted(desk):
    here = desk()
    here.note.model.set(Note("for you"))
    here.note.copy_share()
    assert from_share(QGuiApplication.clipboard().text()) == Note("for you")
    here.note.model.set(Note("something else"))
    here.opening.paste_share()
    assert (here.note.model.value, here.front) == (Note("for you"), ["note"])
    QGuiApplication.clipboard().setText("optisim:1AAAA")
    here.opening.paste_share()
    QGuiApplication.clipboard().setText("something")
    here.opening.paste_share()
    assert ["on the clipboard" in text or "damaged" in text for text in here.told] == [True] * 3
    assert here.note.model.value == Note("for you")


def test_the_dialog_says_what_is_in_a_share_string_in_plain_text(desk):
    here = desk()
    hostile = Note('<a href="http://x">update</a>\n<img src="/etc/x.png">')
    QGuiApplication.clipboard().setText(to_share(hostile))

    def use(dialog):
        assert dialog.says.textFormat() == Qt.TextFormat.PlainText
        assert dialog.says.text() == f"A note: {hostile.text}".replace("\n", "\\n")
        click_button(dialog, "Open")

    in_dialog(here.window, here.opening.open_share, use)
    assert here.note.model.value == hostile


# ── Recovery ─────────────────────────────────────────────────────────────────────────────────────────────


def leave(settings, document, name, **said):
    """What a process of a minute ago left."""
    folder = settings.folder / "recovery"
    folder.mkdir(exist_ok=True)
    data = {"document": to_json(document), "file": "", "position": 2.5, **said}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    os.utime(path, (time.time() - 60,) * 2)


def answer(qtbot, desk, text):
    box = question(desk)
    qtbot.waitActive(box)
    click_button(box, text)


def test_what_each_would_lose_is_kept_and_no_longer_than_it_would_be(desk, settings, qtbot):
    here = desk()
    here.at["note"] = 7.0
    here.note.model.set(Note("x"))
    here.race.model.set(OTHER_RACE)
    qtbot.waitUntil(lambda: len(kept(settings)) == 2)
    note, race = kept(settings)
    assert note.endswith("-note.json")
    said = json.loads((settings.folder / "recovery" / note).read_text(encoding="utf-8"))
    assert (from_json(said["document"]), said["file"], said["position"]) == (Note("x"), "", 7.0)
    here.note.history.undo()
    assert kept(settings) == [race]


def test_all_that_a_process_left_is_offered_and_restored(desk, settings, qtbot):
    leave(settings, Note("x", title="<b>Mine</b>"), "77-ab-note")
    leave(settings, OTHER_RACE, "77-ab-race", position=4.0)
    leave(settings, Note("of another process"), "66-ab-note")
    os.utime(settings.folder / "recovery" / "66-ab-note.json", (time.time() - 120,) * 2)
    here = desk()
    seen = []
    for _ in range(2):
        seen.append(question(here).text().partition("”")[0])
        assert question(here).textFormat() == Qt.TextFormat.PlainText
        box = question(here)
        answer(qtbot, here, "Restore")
        qtbot.waitUntil(lambda box=box: question(here) is not box)
    assert question(here) is None
    start = "OptiSim ended unexpectedly. Restore “"
    assert sorted(seen) == [f"{start}<b>Mine</b>", f"{start}Himmelblau"]
    assert (here.note.model.value, here.race.model.value) == (Note("x", title="<b>Mine</b>"), OTHER_RACE)
    assert here.at == {"note": 2.5, "race": 4.0}
    assert sorted(here.front) == ["note", "race"]
    assert "66-ab-note.json" in kept(settings)


def test_what_is_restored_is_offered_again_if_something_else_ends_the_program_soon(
    desk, settings, qtbot, monkeypatch
):
    monkeypatch.setattr(recovery, "SHOWN", 20)
    monkeypatch.setattr(recovery, "INTERVAL", 60_000)
    leave(settings, Note("x"), "77-ab-note")
    here = desk()
    answer(qtbot, here, "Restore")
    assert [path.suffix for path in (settings.folder / "recovery").glob("77*[!k]")] == [".tried"]
    qtbot.waitUntil(lambda: kept(settings) == ["77-ab-note.json"])
    other = desk()
    assert question(other) is None  # while the first lives, it is the first one's
    other.recovery.close()
    here.recovery.close()  # all is well
    assert kept(settings) == []


def test_what_a_program_before_there_were_kinds_left_is_restored(desk, settings, qtbot):
    folder = settings.folder / "recovery"
    folder.mkdir()
    data = {"scenario": to_json(OTHER_RACE), "file": "", "step": 3}
    (folder / "77-ab.json").write_text(json.dumps(data), encoding="utf-8")
    here = desk()
    answer(qtbot, here, "Restore")
    assert (here.race.model.value, here.at["race"]) == (OTHER_RACE, 3)
