"""A film is written while the window is used: it tells how far it is, can be stopped, never outlives the window."""

import threading

import av
import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QMessageBox

from optisim.core.base.problems import N_, Problem
from optisim.export.films import Cancelled, Film
from optisim.ui.parts.jobs import FilmStrip, _TimeLeft, may_close, start_film
from tests.ui.driver import Key, choose, click, enter, leave_fields, press, settle

FILM = Film(25, 10.0, 0.0, 40.0, hold=0.4)


class Studio:
    """Frames to film: a ball on a plain. They wait while the studio holds, so that films take as long as needed."""

    def __init__(self):
        self.painted = []
        self.threads = set()
        self._go = threading.Event()
        self._go.set()

    def factory(self):
        self.threads.add(QThread.currentThread().objectName())
        return self.paint

    def paint(self, step):
        self.painted.append(step)
        while not self._go.wait(0.01):
            if QThread.currentThread().isInterruptionRequested():
                break
        image = QImage(160, 120, QImage.Format.Format_RGB32)
        image.fill(QColor("#8fd0c0"))
        painter = QPainter(image)
        painter.fillRect(round(3 * step), 50, 20, 20, QColor("#d55e00"))
        painter.end()
        return image

    def hold(self):
        self._go.clear()

    def go_on(self):
        self._go.set()


@pytest.fixture
def studio(window):
    yield Studio()
    for left in window.findChildren(FilmStrip):  # by a test that failed
        left.stop()


@pytest.fixture
def said(monkeypatch):
    """The sentences of the message boxes that were shown."""
    said = []
    for kind in ("warning", "information"):
        monkeypatch.setattr(QMessageBox, kind, lambda parent, title, text: said.append(text))
    return said


@pytest.fixture
def answers(monkeypatch):
    """What is answered to questions, one after the other; the questions are in `asked`."""

    class Answers(list):
        asked: list

    answers = Answers()
    answers.asked = []

    def question(parent, title, text, *buttons):
        answers.asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "question", question)
    return answers


def strip(window):
    (found,) = window.findChildren(FilmStrip)
    return found


def film(window, studio, path, film=FILM):
    start_film(window, studio.factory, film, path, ["#d55e00"], "optisim:abc")


def wait_for_the_end(qtbot, window):
    qtbot.waitUntil(lambda: not strip(window).busy, timeout=20_000)


def running(window):
    return [thread.objectName() for thread in window.findChildren(QThread) if thread.isRunning()]


def written(folder):
    """The names of all files in a folder but the settings."""
    return sorted(file.name for file in folder.iterdir() if file.suffix != ".ini")


@pytest.mark.parametrize("ending", [".mp4", ".webm", ".gif", ".apng"])
def test_a_film_is_written_by_a_thread_of_its_own_and_reported(window, qtbot, tmp_path, studio, said, ending):
    path = tmp_path / f"race{ending}"
    height = window.lab.map_view.height()
    studio.hold()
    film(window, studio, path)
    assert strip(window).isVisible()
    assert strip(window).name.text() == path.name
    assert window.lab.map_view.height() == height, "the map keeps its size"
    qtbot.waitUntil(lambda: bool(studio.painted))
    studio.go_on()
    wait_for_the_end(qtbot, window)
    assert not strip(window).isVisible()
    assert str(path) in window.statusBar().currentMessage()
    assert studio.threads == {"optisim-film"}
    assert running(window) == ["optisim-worker"]
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(video=0)) >= FILM.moving
    assert written(tmp_path) == [path.name]
    assert said == []


def test_progress_rises_to_the_end_and_is_not_told_too_often(window, qtbot, tmp_path, studio):
    slow = Film(25, 1000.0, 0.0, 40.0, hold=0.0)
    film(window, studio, tmp_path / "first.mp4", slow)  # after which there is a strip to listen to
    wait_for_the_end(qtbot, window)
    seen = []
    strip(window).bar.valueChanged.connect(seen.append)
    film(window, studio, tmp_path / "race.mp4")
    assert (strip(window).bar.minimum(), strip(window).bar.maximum()) == (0, 0)  # nothing is known yet
    wait_for_the_end(qtbot, window)
    rising = [value for value in seen if value > 0]
    assert rising == sorted(rising)
    assert rising[-1] == strip(window).bar.maximum() == FILM.frames
    assert len(rising) < FILM.frames


def test_the_window_is_used_as_ever_while_a_film_is_written(window, qtbot, tmp_path, studio, said):
    settle(qtbot, window)
    studio.hold()
    film(window, studio, tmp_path / "race.mp4")
    qtbot.waitUntil(lambda: bool(studio.painted))
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
    assert strip(window).busy
    studio.go_on()
    wait_for_the_end(qtbot, window)
    assert written(tmp_path) == ["race.mp4"]
    assert said == []


def test_a_film_is_of_the_race_as_it_was_when_it_began_so_changes_do_not_reach_it(window, qtbot, tmp_path, studio):
    studio.hold()
    film(window, studio, tmp_path / "race.gif")
    window.lab.player.set_scenario(window.lab.player.scenario.without(0))
    studio.go_on()
    wait_for_the_end(qtbot, window)
    assert {FILM.cursor_at(frame) for frame in range(FILM.frames)} <= set(studio.painted)


# ── Stopping ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("old", [True, False], ids=["a file is there", "no file is there"])
@pytest.mark.parametrize("ending", [".mp4", ".gif"])
def test_the_button_stops_the_film_and_leaves_what_was_there(window, qtbot, tmp_path, studio, said, ending, old):
    path = tmp_path / f"race{ending}"
    if old:
        path.write_bytes(b"old")
    studio.hold()
    film(window, studio, path)
    qtbot.waitUntil(lambda: bool(studio.painted))
    click(strip(window).cancel)
    wait_for_the_end(qtbot, window)
    assert not strip(window).isVisible()
    assert "stopped" in window.statusBar().currentMessage()
    assert running(window) == ["optisim-worker"]
    assert written(tmp_path) == ([path.name] if old else [])
    assert not old or path.read_bytes() == b"old"
    assert said == []
    studio.go_on()
    film(window, studio, path)  # and the next one begins as if nothing had been
    assert strip(window).cancel.isEnabled()
    wait_for_the_end(qtbot, window)
    assert path.read_bytes() != b"old"


def test_a_painter_that_is_still_being_made_can_be_stopped(window, qtbot, tmp_path, said):
    begun = threading.Event()

    def factory():
        begun.set()
        while not QThread.currentThread().isInterruptionRequested():
            QThread.msleep(1)
        raise Cancelled

    start_film(window, factory, FILM, tmp_path / "race.mp4")
    qtbot.waitUntil(begun.is_set)
    click(strip(window).cancel)
    wait_for_the_end(qtbot, window)
    assert "stopped" in window.statusBar().currentMessage()
    assert written(tmp_path) == []


def test_there_is_one_film_at_a_time(window, qtbot, tmp_path, studio, said):
    studio.hold()
    film(window, studio, tmp_path / "first.mp4")
    film(window, studio, tmp_path / "second.mp4")
    assert len(said) == 1
    assert "still being written" in said[0]
    studio.go_on()
    wait_for_the_end(qtbot, window)
    assert written(tmp_path) == ["first.mp4"]
    film(window, studio, tmp_path / "second.mp4")
    wait_for_the_end(qtbot, window)
    assert written(tmp_path) == ["first.mp4", "second.mp4"]
    assert len(window.findChildren(FilmStrip)) == 1
    assert len(said) == 1


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────


def test_what_cannot_be_written_is_told_in_one_sentence(window, qtbot, tmp_path, studio, said):
    for path, wanted in (
        (tmp_path / "nowhere" / "race.mp4", "does not exist"),
        (tmp_path / "race.avi", "no known ending"),
        (tmp_path, "ending"),
    ):
        film(window, studio, path)
        wait_for_the_end(qtbot, window)
        assert wanted in said[-1]
        assert not strip(window).isVisible()
    assert len(said) == 3
    assert written(tmp_path) == []


def test_a_painter_that_cannot_be_made_is_told_in_its_own_sentence(window, qtbot, tmp_path, said):
    def factory():
        raise Problem(N_("There is not enough memory for this image; choose a smaller one."))

    start_film(window, factory, FILM, tmp_path / "race.mp4")
    wait_for_the_end(qtbot, window)
    assert said == ["There is not enough memory for this image; choose a smaller one."]


def test_a_fault_of_the_painter_is_told_and_leaves_the_older_film(window, qtbot, tmp_path, said):
    (tmp_path / "race.mp4").write_bytes(b"old")

    def paint(step):
        raise ZeroDivisionError("the fault")

    with qtbot.captureExceptions() as faults:
        start_film(window, lambda: paint, FILM, tmp_path / "race.mp4")
        wait_for_the_end(qtbot, window)
    assert [str(fault[1]) for fault in faults] == ["the fault"]  # for whoever reads the console
    assert len(said) == 1
    assert "was not written" in said[0]
    assert (tmp_path / "race.mp4").read_bytes() == b"old"
    assert written(tmp_path) == ["race.mp4"]


# ── Closing ──────────────────────────────────────────────────────────────────────────────────────────────


def test_closing_asks_and_goes_on_writing_if_told_so(window, qtbot, tmp_path, studio, answers, said):
    studio.hold()
    film(window, studio, tmp_path / "race.mp4")
    answers[:] = [QMessageBox.StandardButton.No]
    window.close()
    assert answers.asked == ["A film is still being written. Stop it and close?"]
    assert window.isVisible()
    studio.go_on()
    wait_for_the_end(qtbot, window)
    assert written(tmp_path) == ["race.mp4"]
    window.close()
    assert not window.isVisible()
    assert len(answers.asked) == 1, "there is nothing to ask any more"


def test_closing_stops_the_film_and_its_thread(window, qtbot, tmp_path, studio, answers, said):
    (tmp_path / "race.mp4").write_bytes(b"old")
    studio.hold()
    film(window, studio, tmp_path / "race.mp4")
    qtbot.waitUntil(lambda: bool(studio.painted))
    answers[:] = [QMessageBox.StandardButton.Yes]
    window.close()
    assert not window.isVisible()
    assert running(window) == []
    assert written(tmp_path) == ["race.mp4"]
    assert (tmp_path / "race.mp4").read_bytes() == b"old"
    qtbot.wait(50)
    assert said == []


def test_a_film_that_is_done_while_it_is_asked_about_is_kept(window, qtbot, tmp_path, studio, monkeypatch):
    def question(*arguments):
        studio.go_on()
        wait_for_the_end(qtbot, window)
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", question)
    studio.hold()
    film(window, studio, tmp_path / "race.mp4")
    assert may_close(window)
    assert written(tmp_path) == ["race.mp4"]


def test_the_end_of_the_program_stops_the_film(window, qtbot, tmp_path, studio, qapp):
    studio.hold()
    film(window, studio, tmp_path / "race.mp4")
    qtbot.waitUntil(lambda: bool(studio.painted))
    qapp.aboutToQuit.emit()
    assert "optisim-film" not in running(window)
    assert written(tmp_path) == []


# ── Time left ────────────────────────────────────────────────────────────────────────────────────────────


def texts(paces, of):
    """What is said from frame to frame, each of which takes some seconds."""
    left, now, said = _TimeLeft(), 100.0, []
    for done in range(1, of + 1):
        said.append(left.text(done, of, now))
        now += next(paces)
    return said


def test_the_time_left_falls_evenly_and_is_not_guessed_too_early():
    import itertools

    said = texts(itertools.cycle([0.05, 0.15]), 300)  # a tenth of a second a frame
    assert said[0] == said[8] == ""
    seconds = [int(text.split()[1]) for text in said if text]
    assert seconds[0] == 30
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[-1] == 1
    assert len(set(seconds)) <= 16, "the more roughly, the longer it takes"
    assert texts(itertools.repeat(2.0), 300)[10].endswith("min left")


def test_the_strip_speaks_the_language_of_the_window(window, qtbot, tmp_path, studio):
    studio.hold()
    film(window, studio, tmp_path / "race.mp4")
    before = strip(window).cancel.toolTip()
    window.set_language("zh")
    QTimer.singleShot(0, studio.go_on)
    wait_for_the_end(qtbot, window)
    assert before == "Stop writing this film"
    assert str(tmp_path / "race.mp4") in window.statusBar().currentMessage()
