"""What is not saved survives a crash."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QMessageBox

from optisim.core.documents.kinds import MAX_FILE, from_json, to_json
from optisim.core.documents.race_kind import RACE
from optisim.core.race.scenario import chapter_scenario
from optisim.core.surfaces import SURFACES, own_surface
from optisim.export.files import write_safely
from optisim.ui.parts.settings import Settings
from optisim.ui.shell import recovery
from tests.ui.driver import (
    CTRL,
    Key,
    assert_true_to_scenario,
    choose,
    click_button,
    click_map,
    enter,
    leave_fields,
    press,
    settle,
)

PROJECT = Path(__file__).resolve().parents[3]
OTHER = chapter_scenario(SURFACES["himmelblau"])
ENDING = RACE.ending

# A session that its operating system ends: {then} says when. What it shows when it ends goes to standard output.
SESSION = """
import os, signal, sys, time
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from optisim.app import make_application, make_window
from optisim.core.documents.kinds import to_json
from optisim.ui.shell import recovery
from optisim.ui.parts.settings import Settings

def wait_until(so):
    while not so():
        QTest.qWait(5)

def end():
    print(to_json(window.lab.player.scenario), flush=True)
    settings.store.sync()
    os.kill(os.getpid(), signal.SIGKILL)

app = make_application(["optisim"])
folder = Path(sys.argv[1])
settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
settings.language, settings.theme = "en", "light"
recovery.INTERVAL = 20
window = make_window(settings)
window.show()
wait_until(lambda: window.recovery is not None)
kept = lambda: list((folder / "recovery").glob("[!.]*.json"))
if len(sys.argv) > 2:
    window.opening.open_file(Path(sys.argv[2]))
window.lab.player.seek(7)
window.lab.player.set_scenario(window.lab.player.scenario.with_start(0, (3.0, -2.0)))
wait_until(kept)
"""
KILLED = "end()"
KILLED_WHILE_SAVING = """
first = window.lab.player.scenario
print(to_json(first), flush=True)
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
window.lab.player.set_scenario(first.with_start(0, (1.0, 1.0)))
wait_until(lambda: False)
"""
CLOSED = """
print(to_json(window.lab.player.scenario), flush=True)
window.document.path = None
window.close()
"""


def session(settings, then, *arguments):
    """Let another process with the same settings make a change, and end. What it showed when that was written."""
    folder = settings.folder
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SESSION + then, str(folder), *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == (0 if then == CLOSED else -signal.SIGKILL), done.stderr
    settings.store.sync()
    return from_json(done.stdout)


def question(window):
    """The question that is asked, if any."""
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert len(boxes) <= 1
    return boxes[0] if boxes else None


def answer(qtbot, window, text):
    box = question(window)
    qtbot.waitActive(box)
    click_button(box, text)
    qtbot.waitUntil(lambda: question(window) is None)
    with qtbot.waitActive(window):
        window.activateWindow()  # which the desktop does when a dialog closes


@pytest.fixture
def folder(settings, monkeypatch):
    """Where it is kept, twenty milliseconds after a change."""
    monkeypatch.setattr(recovery, "INTERVAL", 20)
    return settings.folder / "recovery"


def kept(folder):
    return sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))


def left(folder, scenario=OTHER, name="left", file="", step=0, age=60.0):
    """A leftover as a process of a minute ago would have written it, without its lock."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"scenario": to_json(scenario), "file": str(file), "step": step}), encoding="utf-8")
    os.utime(path, (time.time() - age,) * 2)
    return path


# ── A process that is killed ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_what_a_killed_process_did_not_save_is_restored(open_window, settings, folder, qtbot):
    lost = session(settings, KILLED)
    assert lost != chapter_scenario()
    window = open_window(settings)
    assert window.lab.player.scenario == chapter_scenario()
    box = question(window)
    assert box.windowTitle() == "OptiSim"
    written = time.strftime("%H:%M", time.localtime(kept(folder)[0].stat().st_mtime))
    assert box.text() == f"OptiSim ended unexpectedly. Restore “Stretched bowl”, as it was at {written}?"
    answer(qtbot, window, "Restore")
    assert window.lab.player.scenario == lost
    assert window.lab.player.step == 7
    assert not window.commands.action("window.undo").isEnabled()
    settle(qtbot, window)
    assert_true_to_scenario(window)
    qtbot.waitUntil(lambda: len(kept(folder)) == 1)  # by now it is kept as this window's own
    qtbot.waitUntil(lambda: not list(folder.glob("*.tried")))
    window.close()
    assert list(folder.iterdir()) == []
    assert question(open_window(settings)) is None


@pytest.mark.slow
def test_it_belongs_to_its_file_again_which_does_not_have_it(open_window, settings, folder, qtbot, tmp_path):
    file = tmp_path / f"mine{ENDING}"
    file.write_text(to_json(OTHER), encoding="utf-8")
    lost = session(settings, KILLED, file)
    window = open_window(settings)
    assert window.document.path is None
    assert "Restore “mine”" in question(window).text()
    answer(qtbot, window, "Restore")
    assert window.lab.player.scenario == lost
    assert window.document.path == file
    assert window.isWindowModified()
    press(window, Key.Key_S, CTRL)
    assert from_json(file.read_text(encoding="utf-8")) == lost
    assert kept(folder) == []


@pytest.mark.slow
def test_a_process_that_is_killed_while_it_saves_leaves_what_it_saved_before(open_window, settings, folder, qtbot):
    lost = session(settings, KILLED_WHILE_SAVING)
    assert [path.name for path in folder.iterdir() if path.name.startswith(".optisim-")]
    window = open_window(settings)
    answer(qtbot, window, "Restore")
    assert window.lab.player.scenario == lost


def test_a_process_that_is_closed_leaves_nothing(open_window, settings, folder):
    shown = session(settings, CLOSED)
    assert list(folder.iterdir()) == []
    window = open_window(settings)
    assert question(window) is None
    assert window.lab.player.scenario == shown


def test_after_a_crash_no_file_is_said_to_have_what_another_had(open_window, settings, folder, qtbot, tmp_path):
    file = tmp_path / f"mine{ENDING}"
    file.write_text(to_json(OTHER), encoding="utf-8")
    session(settings, KILLED, file)
    assert settings.document == str(file)
    window = open_window(settings)
    answer(qtbot, window, "Discard")
    assert window.document.path is None
    assert window.lab.player.scenario == chapter_scenario()
    assert from_json(file.read_text(encoding="utf-8")) == OTHER


def test_it_is_stored_where_the_system_has_such_data_unless_the_settings_are_elsewhere(settings, tmp_path):
    assert settings.folder == tmp_path
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    assert Settings(QSettings("OptiSim", "OptiSim")).folder == Path(data)
    assert Path(data).name == "OptiSim"


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────


def test_only_what_would_be_lost_is_kept_and_no_longer_than_it_would_be(window, folder, qtbot, tmp_path, save_as):
    qtbot.wait(60)
    assert not folder.exists()
    press(window, Key.Key_Right)
    qtbot.wait(60)
    assert not folder.exists()
    click_map(window, (3.0, -2.0))
    qtbot.waitUntil(lambda: len(kept(folder)) == 1)
    press(window, Key.Key_Z, CTRL)
    assert list(folder.iterdir()) == []
    press(window, Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: len(kept(folder)) == 1)
    save_as(tmp_path / "mine")
    assert window.document.save()
    assert list(folder.iterdir()) == []


def test_changes_that_follow_each_other_are_written_once(window, folder, qtbot, monkeypatch):
    written = []
    monkeypatch.setattr(recovery, "write_safely", lambda path, write: written.append(write_safely(path, write)))
    enter(window.lab.runs_panel.form.boxes["lr"], "0.12345")
    for x in range(5):
        window.lab.player.set_scenario(window.lab.player.scenario.with_start(0, (float(x), 1.0)))
    qtbot.waitUntil(lambda: len(kept(folder)) == 1)
    qtbot.wait(60)
    assert len(written) == 1
    (path,) = kept(folder)
    assert from_json(json.loads(path.read_text(encoding="utf-8"))["document"]) == window.lab.player.scenario


def test_whoever_drags_without_end_is_not_waited_for(open_window, settings, folder, qtbot, monkeypatch):
    monkeypatch.setattr(recovery, "INTERVAL", 200)  # longer than from one change to the next
    window = open_window(settings)
    places = itertools.count()

    def drag_on():
        window.lab.player.set_scenario(window.lab.player.scenario.with_start(0, (next(places) / 1000, 1.0)))
        return bool(kept(folder))

    qtbot.waitUntil(drag_on)


def test_a_folder_that_cannot_be_written_is_told_of_once_and_stops_nobody(window, folder, qtbot):
    folder.write_text("not a folder", encoding="utf-8")
    click_map(window, (3.0, -2.0))
    qtbot.waitUntil(lambda: "safe from a crash" in window.status.currentMessage())
    window.status.clearMessage()
    click_map(window, (1.0, -2.0))
    qtbot.wait(60)
    assert "safe from a crash" not in window.status.currentMessage()
    assert window.lab.player.scenario.starts[0] == pytest.approx((1.0, -2.0), abs=0.1)
    assert window.close()


@pytest.mark.slow(keep=0)
def test_a_full_disk_is_told_of_once(window, folder, qtbot, monkeypatch):
    def full(*_, **__):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_text", full)
    click_map(window, (3.0, -2.0))
    qtbot.waitUntil(lambda: "safe from a crash" in window.status.currentMessage())
    assert kept(folder) == []
    monkeypatch.undo()
    monkeypatch.setattr(recovery, "INTERVAL", 20)
    click_map(window, (1.0, -2.0))
    qtbot.waitUntil(lambda: len(kept(folder)) == 1)


def test_windows_keep_apart_what_each_would_lose(window, open_window, settings, folder, qtbot):
    click_map(window, (3.0, -2.0))
    qtbot.waitUntil(lambda: len(kept(folder)) == 1)
    other = open_window(settings)
    assert question(other) is None
    click_map(other, (1.0, -2.0))
    qtbot.waitUntil(lambda: len(kept(folder)) == 2)
    other.close()
    (path,) = kept(folder)
    assert from_json(json.loads(path.read_text(encoding="utf-8"))["document"]) == window.lab.player.scenario


# ── Offering ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_newest_is_offered_and_the_older_wait(open_window, settings, folder, qtbot):
    left(folder, OTHER, "old", age=120)
    left(folder, chapter_scenario(SURFACES["rosenbrock"]), "new")
    window = open_window(settings)
    assert "Rosenbrock" in question(window).text()
    answer(qtbot, window, "Discard")
    assert window.lab.player.scenario == chapter_scenario()
    assert [path.name for path in folder.iterdir()] == ["old.json"]
    window.close()
    again = open_window(settings)
    assert "Himmelblau" in question(again).text()
    answer(qtbot, again, "Restore")
    assert again.lab.player.scenario == OTHER


def test_who_is_asked_at_a_bad_moment_is_asked_again(open_window, settings, folder, qtbot):
    left(folder)
    window = open_window(settings)
    qtbot.waitActive(question(window))
    press(question(window), Key.Key_Escape)
    assert question(window) is None
    assert [path.name for path in folder.iterdir()] == ["left.json"]
    window.close()
    assert question(open_window(settings)) is not None


def test_the_day_is_told_unless_it_is_today(open_window, settings, folder):
    path = left(folder, age=3 * 24 * 3600)
    written = time.strftime("%Y-%m-%d, %H:%M", time.localtime(path.stat().st_mtime))
    assert written in question(open_window(settings)).text()


@pytest.mark.parametrize(
    ("formula", "file", "name"),
    [
        ("x^4 + y^2", "", "x^4 + y^2"),
        ("x^4 + y^2", f"<b>mine{ENDING}", "<b>mine"),
        (" + ".join(["x^2"] * 30), "", f"{'x^2 + ' * 6}x^2 …"),
    ],
)
def test_it_is_called_by_what_people_know(open_window, settings, folder, tmp_path, formula, file, name):
    left(folder, chapter_scenario(own_surface(formula)), file=tmp_path / file if file else "")
    box = question(open_window(settings))
    assert f"Restore “{name}”, as" in box.text()
    assert box.textFormat() == Qt.TextFormat.PlainText


def test_what_a_living_process_keeps_is_not_offered(open_window, settings, folder):
    path = left(folder)
    lock = QLockFile(str(path.with_suffix(".lock")))
    assert lock.tryLock(0)
    assert question(open_window(settings)) is None
    lock.unlock()
    assert question(open_window(settings)) is not None


def test_what_two_windows_find_is_offered_by_one(open_window, settings, folder):
    left(folder)
    assert [question(open_window(settings)) is not None for _ in range(2)] == [True, False]


def test_what_its_file_has_anyway_is_not_offered(open_window, settings, folder, tmp_path):
    file = tmp_path / f"mine{ENDING}"
    file.write_text(to_json(OTHER), encoding="utf-8")
    left(folder, file=file)
    assert question(open_window(settings)) is None
    assert list(folder.iterdir()) == []


def test_a_file_that_is_gone_is_forgotten_but_not_what_it_lacked(open_window, settings, folder, qtbot, tmp_path):
    left(folder, file=tmp_path / f"gone{ENDING}", step=10**6)
    window = open_window(settings)
    answer(qtbot, window, "Restore")
    assert window.lab.player.scenario == OTHER
    assert window.lab.player.step == OTHER.steps
    assert window.document.path is None


def test_what_is_a_month_old_is_cleared_away(open_window, settings, folder):
    for name in ("a", "b"):
        left(folder, name=name, age=recovery.MONTH + 60)
    left(folder, name=".optisim-x", age=recovery.MONTH + 60)
    left(folder, name="c", age=recovery.MONTH + 60).rename(folder / "c.tried")
    assert question(open_window(settings)) is None
    assert list(folder.iterdir()) == []


def test_what_ends_the_program_when_it_is_restored_is_not_offered_again(open_window, settings, folder, qtbot):
    left(folder)
    window = open_window(settings)
    window.document.recover = lambda *_: (_ for _ in ()).throw(MemoryError)
    with qtbot.captureExceptions() as problems:
        answer(qtbot, window, "Restore")
    assert [kind for kind, *_ in problems] == [MemoryError]
    assert [path.suffix for path in folder.iterdir() if path.suffix != ".lock"] == [".tried"]
    window.close()
    assert question(open_window(settings)) is None


GOOD = {"scenario": to_json(OTHER), "file": "", "step": 3}
HOSTILE = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00\x01" * 50,
    "no JSON": b"hello",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "huge": b" " * (4 * MAX_FILE + 1),
    "a part missing": json.dumps({"scenario": GOOD["scenario"]}).encode(),
    "a damaged scenario": json.dumps({**GOOD, "scenario": to_json(OTHER)[:-200]}).encode(),
    "no scenario": json.dumps({**GOOD, "scenario": 5}).encode(),
    "no file name": json.dumps({**GOOD, "file": 5}).encode(),
    "an impossible file name": json.dumps({**GOOD, "file": "a\0b"}).encode(),
    "no step": json.dumps({**GOOD, "step": "x"}).encode(),
    "an endless step": json.dumps({**GOOD, "step": float("inf")}).encode(),
    "a step that no float holds": json.dumps({**GOOD, "step": 10**400}).encode(),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_damaged_or_hostile_leftover_is_passed_over(open_window, settings, folder, what):
    folder.mkdir()
    (folder / "bad.json").write_bytes(HOSTILE[what])
    left(folder, age=120)
    window = open_window(settings)
    assert "Himmelblau" in question(window).text()
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".lock", ".tried"]


def test_leaving_the_steps_field_keeps_the_last_value(window, folder, qtbot):
    enter(window.lab.transport.steps, "77")
    leave_fields(window)
    qtbot.waitUntil(lambda: len(kept(folder)) == 1)
    choose(window, "quit")
    assert list(folder.iterdir()) == []
    assert from_json(window.settings.scenario).steps == 77
