"""Undo of any kind of document: changes that follow each other merge, and none outlives the history."""

import gc
import time

import pytest
from PySide6.QtGui import QAction

from optisim.core.documents.changes import Change
from optisim.ui.parts.document_model import DocumentModel
from optisim.ui.shell import history
from optisim.ui.shell.history import LIMIT, History
from tests.core.documents.note_kind import NOTE, Note


@pytest.fixture
def model(qapp):
    return DocumentModel(Note())


@pytest.fixture
def undo(model):
    return History(model, NOTE, model)


@pytest.fixture
def clock(monkeypatch):
    """The time, in seconds, which stands still unless it is set."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def write(model, *texts):
    for text in texts:
        model.set(Note(text))


def alive():
    gc.collect()
    return sum(isinstance(thing, Change) for thing in gc.get_objects())


def test_what_is_typed_without_a_pause_is_one_change(model, undo, clock):
    write(model, "a", "ab", "abc")
    clock[0] = history.PAUSE + 0.1
    write(model, "abcd")
    undo.undo()
    assert model.value == Note("abc")
    undo.undo()
    assert model.value == Note()
    assert undo.undo_text == ""
    undo.redo()
    undo.redo()
    assert model.value == Note("abcd")
    assert undo.redo_text == ""


def test_a_slow_drag_is_one_change_as_long_as_it_does_not_rest(model, undo, clock):
    for place in range(50):
        clock[0] = place * 0.9 * history.PAUSE
        write(model, f"at {place}")
    undo.undo()
    assert model.value == Note()


def test_another_part_is_another_change(model, undo, clock):
    write(model, "a")
    model.set(Note("a", size=2.0))
    assert undo.undo_text == "look"
    undo.undo()
    assert (model.value, undo.undo_text, undo.redo_text) == (Note("a"), "text of a note", "look")


def test_what_comes_after_finish_or_undo_is_a_change_of_its_own(model, undo, clock):
    write(model, "a")
    undo.finish()
    write(model, "b", "c")
    undo.undo()
    write(model, "d")
    undo.undo()
    assert model.value == Note("a")
    undo.undo()
    assert model.value == Note()


def test_a_change_that_comes_to_nothing_is_none(model, undo, clock):
    write(model, "a", Note().text)
    assert undo.undo_text == ""


def test_who_hears_of_a_change_first_and_makes_another_confuses_nobody(qapp):
    model = DocumentModel(Note())
    model.changed.connect(lambda note: model.set(Note(note.text.strip(), note.title, note.size)))
    undo = History(model, NOTE, model)
    write(model, " a ")
    assert model.value == Note("a")
    undo.undo()
    assert (model.value, undo.undo_text) == (Note(), "")


def test_menu_entries_say_what_they_would_do_until_another_history_has_them(model, undo, clock):
    entries = QAction(), QAction()
    undo.show_in(*entries)
    assert [entry.isEnabled() for entry in entries] == [False, False]
    write(model, "a")
    undo.undo()
    assert [entry.text().replace("&", "") for entry in entries] == ["Undo", "Redo: text of a note"]
    undo.hide()
    undo.redo()
    assert entries[1].isEnabled()
    undo.show_in(*entries)
    assert [entry.text().replace("&", "") for entry in entries] == ["Undo: text of a note", "Redo"]


def test_no_more_than_the_limit_is_remembered(model, undo):
    for number in range(LIMIT + 50):
        undo.finish()
        write(model, str(number))
    taken_back = 0
    while undo.undo_text:
        undo.undo()
        taken_back += 1
    assert taken_back == LIMIT
    assert model.value == Note("49")


def test_ten_thousand_changes_leave_nothing_behind(model, undo):
    """Qt's own stack kept every merged change alive for ever."""
    before = alive()
    for number in range(10_000):
        if number % 100 == 0:
            undo.finish()
        write(model, str(number))
    assert alive() - before == 100
    undo.undo()
    undo.forget()
    assert alive() == before
    assert (undo.undo_text, undo.redo_text) == ("", "")
