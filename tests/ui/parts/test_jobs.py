"""Jobs go on while the window is used: they tell how far they are, can be stopped, and never outlive the window."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QThread

from optisim.export.files import write_safely
from optisim.language import use_language
from optisim.ui.parts import messages
from optisim.ui.parts.job_strip import JobStrip, TimeLeft
from optisim.ui.parts.jobs import Jobs, Where
from tests.ui.driver import Key, choose, click, enter, leave_fields, press, settle
from tests.ui.parts import work

PROJECT = Path(__file__).resolve().parents[3]
BOTH = pytest.mark.parametrize("where", Where, ids=lambda where: where.value)


@pytest.fixture
def said(warnings, monkeypatch):
    """The sentences of the message boxes that were shown."""
    monkeypatch.setattr(messages, "inform", lambda parent, text: warnings.append(text))
    return warnings


@pytest.fixture
def answers(monkeypatch):
    """What is answered to questions, one after the other; the questions are in `asked`."""

    class Answers(list):
        asked: list

    answers = Answers()
    answers.asked = []

    def ask(parent, text, *buttons):
        answers.asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(messages, "ask", ask)
    return answers


@pytest.fixture
def go(tmp_path):
    """The file for which the work waits."""
    return tmp_path / "go"


def strip(window):
    (found,) = window.findChildren(JobStrip)
    return found


def wait_for_the_end(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=30_000)


def begun(qtbot, go):
    """Wait until the work is under way; its process."""
    note = go.with_suffix(".pid")
    qtbot.waitUntil(lambda: note.exists() and bool(note.read_text()), timeout=30_000)
    return int(note.read_text())


def threads(window):
    return sorted(thread.objectName() for thread in window.findChildren(QThread) if thread.isRunning())


def runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def written(folder):
    """The names of all files in a folder but the settings and what the tests note down."""
    return sorted(file.name for file in folder.iterdir() if file.suffix not in (".ini", ".pid", ""))


# ── What comes of it ─────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_a_job_is_told_of_while_it_runs_and_its_result_comes_back_in_the_windows_thread(
    window, qtbot, go, said, where
):
    height, got = window.lab.map_view.height(), []
    window.jobs.start(
        "race.mp4",
        partial(work.until, go),
        done=lambda result: got.append((result, threading.current_thread())),
        where=where,
    )
    assert strip(window).isVisible()
    assert strip(window).name.text() == "race.mp4"
    assert (strip(window).bar.minimum(), strip(window).bar.maximum()) == (0, 0)  # nothing is known yet
    assert window.lab.map_view.height() == height, "the map keeps its size"
    begun(qtbot, go)
    go.touch()
    wait_for_the_end(qtbot, window)
    (((process, result), thread),) = got
    assert (process == os.getpid()) is (where is Where.THREAD)
    assert result == "the result"
    assert thread is threading.main_thread()
    assert not strip(window).isVisible()
    assert threads(window) == ["optisim-worker"]
    assert said == []


@BOTH
def test_progress_rises_to_the_end_and_is_not_told_too_often(window, qtbot, go, where):
    seen, told = [], []
    strip(window).bar.valueChanged.connect(seen.append)
    job = window.jobs.start("race.mp4", partial(work.until, go), where=where)
    job.progressed.connect(lambda: told.append(time.perf_counter()))
    begun(qtbot, go)
    qtbot.waitUntil(lambda: len(told) > 2)
    go.touch()
    wait_for_the_end(qtbot, window)
    rising = [value for value in seen if value > 0]
    assert rising == sorted(rising)
    assert rising[-1] == strip(window).bar.maximum() == 10_000
    assert len(told) < 1000, "though the work told it at each of its steps"


@BOTH
def test_the_window_is_used_as_ever_meanwhile(window, qtbot, go, said, where):
    settle(qtbot, window)
    window.jobs.start("race.mp4", partial(work.until, go), where=where)
    begun(qtbot, go)
    leave_fields(window)
    press(window, Key.Key_Right)
    press(window, Key.Key_Right)
    assert window.lab.player.cursor == 2
    choose(window, "add_start")
    settle(qtbot, window)
    assert len(window.lab.player.trajectories[0].x[0]) == 2
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: window.lab.player.cursor > 3)
    enter(window.lab.transport.steps, "60")
    assert window.jobs.running
    go.touch()
    wait_for_the_end(qtbot, window)
    assert said == []


def test_a_process_does_one_job_after_the_other_and_ends_when_it_is_not_needed(window, qtbot):
    got = []
    for _ in range(2):
        window.jobs.start("race.mp4", work.process, done=got.append, where=Where.PROCESS)
        wait_for_the_end(qtbot, window)
    first, second = got
    assert first == second != os.getpid()
    assert runs(first)
    window.jobs.helpers.end_idle()
    assert not runs(first)
    window.jobs.start("race.mp4", work.process, done=got.append, where=Where.PROCESS)
    wait_for_the_end(qtbot, window)
    assert got[-1] not in (first, os.getpid())
    window.close()
    assert not runs(got[-1])


def test_jobs_that_run_at_once_have_a_process_each(window, qtbot, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for go in (first, second):
        window.jobs.start(go.name, partial(work.until, go), where=Where.PROCESS)
    assert begun(qtbot, first) != begun(qtbot, second)
    first.touch()
    second.touch()
    wait_for_the_end(qtbot, window)


# ── Stopping ─────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
@pytest.mark.parametrize("old", [True, False], ids=["a file is there", "no file is there"])
def test_the_button_stops_a_job_and_leaves_what_was_there(window, qtbot, tmp_path, go, said, where, old):
    path, got = tmp_path / "race.csv", []
    if old:
        path.write_bytes(b"old")
    window.jobs.start("race.csv", partial(work.write, path, go), done=got.append, where=where, path=path)
    process = begun(qtbot, go)
    click(strip(window).cancel)
    wait_for_the_end(qtbot, window)
    assert not strip(window).isVisible()
    assert "stopped" in window.statusBar().currentMessage()
    assert threads(window) == ["optisim-worker"]
    assert (process == os.getpid()) or not runs(process)
    assert written(tmp_path) == ([path.name] if old else [])
    assert not old or path.read_bytes() == b"old"
    assert got == said == []
    go.touch()
    window.jobs.start("race.csv", partial(work.write, path, go), done=got.append, where=where, path=path)
    assert strip(window).cancel.isEnabled()
    wait_for_the_end(qtbot, window)
    assert path.read_bytes() == b"all of it"
    assert got == [None]


def test_work_that_looks_at_nothing_can_be_stopped_in_a_process(window, qtbot, tmp_path):
    path, note = tmp_path / "race.csv", tmp_path / "begun.pid"
    window.jobs.start("race.csv", partial(work.hang, note, path), where=Where.PROCESS, path=path)
    qtbot.waitUntil(lambda: note.exists() and bool(note.read_text()), timeout=30_000)
    click(strip(window).cancel)
    wait_for_the_end(qtbot, window)
    assert not runs(int(note.read_text()))
    assert written(tmp_path) == []


def test_a_job_that_is_stopped_before_it_has_begun_never_does(window, qtbot, tmp_path, go):
    for where in Where:
        job = window.jobs.start("race.csv", partial(work.write, tmp_path / "race.csv", go), where=where)
        job.cancel()
    go.touch()
    wait_for_the_end(qtbot, window)
    assert written(tmp_path) == []


@BOTH
def test_of_what_excludes_each_other_there_is_one_at_a_time(window, qtbot, go, said, where):
    first = window.jobs.start("first.mp4", partial(work.until, go), where=where, exclusive="film")
    assert first is not None
    assert window.jobs.start("second.mp4", partial(work.until, go), where=where, exclusive="film") is None
    assert window.jobs.running == (first,)
    assert len(said) == 1
    assert "first.mp4" in said[0]
    go.touch()
    wait_for_the_end(qtbot, window)
    assert window.jobs.start("second.mp4", partial(work.until, go), where=where, exclusive="film") is not None
    wait_for_the_end(qtbot, window)
    assert len(said) == 1


def test_several_jobs_are_listed_above_the_strip_and_each_can_be_stopped(window, qtbot, tmp_path):
    names = ("first", "second", "third")
    for name in names:
        window.jobs.start(name, partial(work.until, tmp_path / name))
    assert strip(window).name.text() == "first"
    assert "2" in strip(window).more.text()
    click(strip(window).more)
    assert strip(window).others.isVisible()
    shown = [row for row in strip(window).rows if row.isVisible()]
    assert [row.name.text() for row in shown] == ["second", "third"]
    shown[0].cancel.click()
    qtbot.waitUntil(lambda: [job.title for job in window.jobs.running] == ["first", "third"])
    assert [row.name.text() for row in strip(window).rows if row.isVisible()] == ["third"]
    (tmp_path / "first").touch()
    qtbot.waitUntil(lambda: strip(window).name.text() == "third")
    assert not strip(window).more.isVisible()
    assert not strip(window).others.isVisible()
    (tmp_path / "third").touch()
    wait_for_the_end(qtbot, window)


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_a_problem_is_told_in_its_own_sentence_and_in_the_windows_language(window, qtbot, said, where):
    window.jobs.start("race.csv", work.refuse, where=where)
    wait_for_the_end(qtbot, window)
    window.set_language("zh")
    try:
        window.jobs.start("race.csv", work.refuse, where=where)
        wait_for_the_end(qtbot, window)
    finally:
        use_language("en")
    assert said[0] == "The folder “nowhere” does not exist; choose another one."
    assert "nowhere" in said[1]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said[1])


@BOTH
def test_who_asks_for_problems_gets_them_in_place_of_the_message_box(window, qtbot, said, where):
    problems = []
    window.jobs.start("race.csv", work.refuse, failed=problems.append, where=where)
    wait_for_the_end(qtbot, window)
    assert [problem.values for problem in problems] == [{"folder": "nowhere"}]
    assert said == []


@BOTH
def test_a_fault_is_told_and_the_next_job_is_done(window, qtbot, said, where):
    with qtbot.captureExceptions() as faults:
        window.jobs.start("race.csv", work.fault, where=where)
        wait_for_the_end(qtbot, window)
    assert len(faults) == 1
    assert "the fault" in str(faults[0][1])  # for whoever reads the console
    assert len(said) == 1
    assert "not foreseen" in said[0]
    got = []
    window.jobs.start("race.csv", work.process, done=got.append, where=where)
    wait_for_the_end(qtbot, window)
    assert len(got) == 1


@BOTH
def test_want_of_memory_is_told_in_one_sentence(window, qtbot, said, where):
    window.jobs.start("race.csv", work.be_greedy, where=where)
    wait_for_the_end(qtbot, window)
    assert len(said) == 1
    assert "not enough memory" in said[0]


def test_a_process_that_the_system_kills_is_told_in_one_sentence_and_the_next_job_is_done(window, qtbot, said):
    window.jobs.start("race.csv", work.be_killed, where=Where.PROCESS)
    wait_for_the_end(qtbot, window)
    assert len(said) == 1
    assert "memory" in said[0]
    got = []
    window.jobs.start("race.csv", work.process, done=got.append, where=Where.PROCESS)
    wait_for_the_end(qtbot, window)
    assert len(got) == 1


ORPHANED = """
import sys
from functools import partial
from pathlib import Path
from PySide6.QtWidgets import QWidget
from optisim.app import make_application
from optisim.ui.parts.jobs import Jobs, Where
from tests.ui.parts import work

if __name__ == "__main__":
    app = make_application(["optisim"])
    folder = Path(sys.argv[1])
    window = QWidget()
    Jobs(window).start("race", partial(work.hang, folder / "begun.pid", folder / "race.csv"), where=Where.PROCESS)
    app.exec()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_process_ends_with_the_program_however_that_ends_and_leaves_nothing(qtbot, tmp_path):
    script, note = tmp_path / "script.py", tmp_path / "begun.pid"
    script.write_text(ORPHANED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen([sys.executable, str(script), str(tmp_path)], env=environment)
    try:
        qtbot.waitUntil(lambda: note.exists() and bool(note.read_text()), timeout=60_000)
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
    helper = int(note.read_text())
    qtbot.waitUntil(lambda: not runs(helper) or _is_zombie(helper), timeout=20_000)
    assert [name for name in os.listdir(tmp_path) if name.startswith(".optisim-")] == []


def _is_zombie(process):
    """Whether a process has ended, but nobody has asked how: where no init process does so for orphans."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


# ── Closing ──────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_closing_asks_and_the_job_goes_on_if_told_so(window, qtbot, tmp_path, go, answers, where):
    path = tmp_path / "race.csv"
    window.jobs.start("race.csv", partial(work.write, path, go), where=where, path=path)
    answers[:] = [messages.Button.No]
    window.close()
    assert len(answers.asked) == 1
    assert "race.csv" in answers.asked[0]
    assert window.isVisible()
    go.touch()
    wait_for_the_end(qtbot, window)
    assert path.read_bytes() == b"all of it"
    window.close()
    assert not window.isVisible()
    assert len(answers.asked) == 1, "there is nothing to ask any more"


@BOTH
def test_closing_stops_all_jobs_and_their_threads_and_processes(window, qtbot, tmp_path, go, answers, said, where):
    path = tmp_path / "race.csv"
    path.write_bytes(b"old")
    window.jobs.start("race.csv", partial(work.write, path, go), where=where, path=path)
    window.jobs.start("second", partial(work.until, tmp_path / "second"), where=where)
    processes = {begun(qtbot, go), begun(qtbot, tmp_path / "second")} - {os.getpid()}
    answers[:] = [messages.Button.Yes]
    window.close()
    assert "2 jobs" in answers.asked[0]
    assert not window.isVisible()
    assert threads(window) == []
    assert not any(map(runs, processes))
    assert written(tmp_path) == ["race.csv"]
    assert path.read_bytes() == b"old"
    qtbot.wait(50)
    assert said == []


def test_a_job_that_is_done_while_it_is_asked_about_is_kept(window, qtbot, tmp_path, go, monkeypatch):
    def ask(*arguments):
        go.touch()
        wait_for_the_end(qtbot, window)
        return messages.Button.Yes

    monkeypatch.setattr(messages, "ask", ask)
    path = tmp_path / "race.csv"
    window.jobs.start("race.csv", partial(work.write, path, go), path=path)
    assert window.jobs.may_close(window)
    assert path.read_bytes() == b"all of it"


@BOTH
def test_a_quiet_job_is_neither_shown_nor_asked_about_and_ends_with_the_window(window, qtbot, go, answers, where):
    window.jobs.start("preview", partial(work.until, go), where=where, quiet=True)
    process = begun(qtbot, go)
    assert not strip(window).isVisible()
    assert window.jobs.running == ()
    window.close()
    assert answers.asked == []
    assert threads(window) == []
    assert process == os.getpid() or not runs(process)


@BOTH
def test_the_end_of_the_program_stops_jobs(window, qtbot, tmp_path, go, qapp, where):
    path = tmp_path / "race.csv"
    window.jobs.start("race.csv", partial(work.write, path, go), where=where, path=path)
    begun(qtbot, go)
    qapp.aboutToQuit.emit()
    assert "optisim-job" not in threads(window)
    assert written(tmp_path) == []


def test_nothing_of_jobs_but_their_code_is_there_until_one_is_started(qapp, qtbot):
    from PySide6.QtWidgets import QWidget

    before = threading.active_count()
    widget = QWidget()
    qtbot.addWidget(widget)
    jobs = Jobs(widget)
    assert jobs.running == ()
    assert threading.active_count() == before
    jobs.close()


def test_start_up_does_not_wait_for_pools():
    code = "import sys, optisim.app, optisim.ui.shell.window; print('concurrent.futures' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# ── Strip ────────────────────────────────────────────────────────────────────────────────────────────────


def texts(paces, of):
    """What is said from piece to piece, each of which takes some seconds."""
    left, now, said = TimeLeft(), 100.0, []
    for done in range(1, of + 1):
        said.append(left.text(done, of, now))
        now += next(paces)
    return said


def test_the_time_left_falls_evenly_and_is_not_guessed_too_early():
    said = texts(itertools.cycle([0.05, 0.15]), 300)  # a tenth of a second a piece
    assert said[0] == said[8] == ""
    seconds = [int(text.split()[1]) for text in said if text]
    assert seconds[0] == 30
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[-1] == 1
    assert len(set(seconds)) <= 16, "the more roughly, the longer it takes"
    assert texts(itertools.repeat(2.0), 300)[10].endswith("min left")


def test_the_strip_speaks_the_language_of_the_window(window, qtbot, go):
    window.jobs.start("race.mp4", partial(work.until, go))
    before = strip(window).cancel.toolTip()
    window.set_language("zh")
    try:
        assert before == "Stop this"
        assert strip(window).bar.isVisible()
    finally:
        use_language("en")
    go.touch()
    wait_for_the_end(qtbot, window)


def test_what_another_process_is_still_writing_stays(tmp_path, qtbot, window, go):
    window.jobs.start("race.csv", partial(work.write, tmp_path / "race.csv", go), where=Where.PROCESS)
    begun(qtbot, go)
    write_safely(tmp_path / "other.csv", lambda temporary: temporary.write_bytes(b"other"))
    go.touch()
    wait_for_the_end(qtbot, window)
    assert written(tmp_path) == ["other.csv", "race.csv"]
