"""Figures and data are written as they were asked for, or a sentence says why not."""

import csv
import errno
import os
import tempfile

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from optisim.export.figures import EXPORTERS
from tests.ui.hands import (
    CTRL,
    SHIFT,
    Key,
    assert_true_to_scenario,
    choose,
    click_button,
    click_map,
    enter,
    in_dialog,
    pick,
    picture,
    press,
    settle,
)


@pytest.fixture
def save_as(monkeypatch):
    """Stands for the system's file dialog: call it with the path that is to be chosen, "" for none."""
    asked = []

    def answer(path):
        def chosen(parent, title, suggestion, filters):
            asked.append(suggestion)
            return str(path), filters

        monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
        return asked

    return answer


@pytest.fixture
def warnings(monkeypatch):
    """The sentences of the message boxes that were shown."""
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda parent, title, text: said.append(text))
    return said


def export(window, use):
    """Open the export dialog with its key, and use it."""
    in_dialog(window, lambda: press(window, Key.Key_E, CTRL), use)


def filled(width, height, scale, ending=".png"):
    """What a user does who wants a figure of this size and format."""

    def use(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData(ending))
        enter(dialog.width_box, str(width), leave_with=Key.Key_Tab)
        enter(dialog.height_box, str(height), leave_with=Key.Key_Tab)
        enter(dialog.scale, str(scale), leave_with=Key.Key_Tab)
        click_button(dialog, "Save as")

    return use


# ── Images ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_png_has_the_size_and_scale_that_were_asked_for(window, qtbot, tmp_path, save_as, warnings):
    settle(qtbot, window)
    for width, height, scale in ((400, 300, 1.0), (640, 360, 2.0), (333, 217, 1.5)):
        save_as(tmp_path / "figure.png")
        export(window, filled(width, height, scale))
        image = QImage(str(tmp_path / "figure.png"))
        assert (image.width(), image.height()) == (int(width * scale + 0.5), int(height * scale + 0.5))
        assert str(tmp_path / "figure.png") in window.statusBar().currentMessage()
    assert warnings == []
    assert_true_to_scenario(window)


def test_the_figure_shows_what_the_window_shows_and_leaves_the_window_as_it_is(window, qtbot, tmp_path, save_as):
    press(window, Key.Key_End)
    settle(qtbot, window)
    before = picture(window)
    size = window.canvas.size()
    save_as(tmp_path / "figure.png")
    export(window, filled(size.width(), size.height(), 1))
    image = QImage(str(tmp_path / "figure.png")).convertToFormat(QImage.Format.Format_RGB888)
    assert image.size() == size
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    figure = rows[:, : 3 * image.width()].reshape(before.shape)
    assert (np.abs(figure.astype(int) - before).max(axis=-1) < 40).mean() > 0.95
    assert (picture(window) == before).all()


def test_every_format_is_written_and_begins_as_such_a_file_does(window, tmp_path, save_as, warnings):
    for ending, begin in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        assert ending in EXPORTERS
        save_as(tmp_path / f"figure{ending}")
        export(window, filled(500, 400, 1, ending))
        assert (tmp_path / f"figure{ending}").read_bytes().startswith(begin)
    assert warnings == []


def test_a_forgotten_ending_is_added_and_folder_and_size_are_remembered(window, tmp_path, save_as, settings):
    save_as(tmp_path / "figure.v2")
    export(window, filled(500, 400, 1))
    assert (tmp_path / "figure.v2.png").exists()
    asked = save_as("")
    seen = []

    def look(dialog):
        seen.append((dialog.size_chosen, dialog.scale.value()))
        click_button(dialog, "Save as")

    export(window, look)
    assert seen == [(QSize(500, 400), 1.0)]
    assert os.path.dirname(asked[-1]) == str(tmp_path)


def test_cancelling_writes_nothing(window, tmp_path, save_as, warnings):
    save_as(tmp_path / "figure.png")
    export(window, lambda dialog: click_button(dialog, "Cancel"))
    export(window, lambda dialog: press(dialog, Key.Key_Escape))
    save_as("")
    export(window, filled(500, 400, 1))
    press(window, Key.Key_E, CTRL | SHIFT)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".ini"] == []
    assert warnings == []
    assert window.isVisible()


def test_copying_puts_the_image_on_the_clipboard_at_twice_its_size(window, qtbot):
    settle(qtbot, window)
    QGuiApplication.clipboard().clear()
    press(window, Key.Key_C, CTRL | SHIFT)
    image = QGuiApplication.clipboard().image()
    assert image.size() == 2 * window.canvas.size()
    assert len({image.pixel(x, image.height() // 2) for x in range(0, image.width(), 7)}) > 50


# ── Data ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_has_a_row_for_every_ball_at_every_step_and_the_exact_numbers(
    window, qtbot, tmp_path, save_as, warnings
):
    choose(window, "add_start")
    settle(qtbot, window)
    save_as(tmp_path / "race.csv")
    press(window, Key.Key_E, CTRL | SHIFT)
    with (tmp_path / "race.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(line for line in file if not line.startswith("#"))
    assert header[:8] == ["run", "optimizer", "ball", "t", "x", "y", "loss", "grad_x"]
    assert len(rows) == 5 * 2 * 31
    for trajectory, begin in zip(window.player.trajectories, range(0, len(rows), 62), strict=True):
        x = [float(row[4]) for row in rows[begin : begin + 62]]
        assert x == trajectory.x[:31, :, 0].T.ravel().tolist()
    assert warnings == []


def test_data_of_a_race_without_runs_is_a_header_alone(window, tmp_path, save_as, warnings):
    for _ in range(5):
        choose(window, "remove")
    save_as(tmp_path / "race.csv")
    press(window, Key.Key_E, CTRL | SHIFT)
    lines = (tmp_path / "race.csv").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["run,optimizer,ball,t"]
    assert warnings == []


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────


def asks_for_both(window):
    export(window, filled(500, 400, 1))
    press(window, Key.Key_E, CTRL | SHIFT)


def test_a_missing_folder_gives_one_sentence_and_loses_nothing(window, qtbot, tmp_path, save_as, warnings):
    click_map(window, (3.0, 4.0))
    before = window.player.scenario
    save_as(tmp_path / "nowhere" / "file")
    asks_for_both(window)
    assert len(warnings) == 2
    assert all(str(tmp_path / "nowhere") in sentence for sentence in warnings)
    assert not (tmp_path / "nowhere").exists()
    assert window.player.scenario == before
    save_as(tmp_path / "file")
    asks_for_both(window)
    assert len(warnings) == 2
    assert (tmp_path / "file.png").exists()
    assert (tmp_path / "file.csv").exists()


def test_a_read_only_folder_gives_one_sentence_and_leaves_the_old_file(
    window, tmp_path, save_as, warnings, monkeypatch
):
    (tmp_path / "file.png").write_bytes(b"old")
    (tmp_path / "file.csv").write_bytes(b"old")

    def refused(*arguments, **options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkstemp", refused)  # root, who may run the tests, may write everywhere
    save_as(tmp_path / "file")
    asks_for_both(window)
    assert len(warnings) == 2
    assert all(str(tmp_path) in sentence and "\n" not in sentence for sentence in warnings)
    assert (tmp_path / "file.png").read_bytes() == (tmp_path / "file.csv").read_bytes() == b"old"


def test_a_folder_in_place_of_the_file_gives_one_sentence(window, tmp_path, save_as, warnings):
    (tmp_path / "file.png").mkdir()
    (tmp_path / "file.csv").mkdir()
    save_as(tmp_path / "file")
    asks_for_both(window)
    assert len(warnings) == 2


def test_an_image_that_is_too_large_gives_one_sentence(window, tmp_path, save_as, warnings):
    save_as(tmp_path / "file.png")
    export(window, filled(16000, 16000, 8))
    assert len(warnings) == 1
    assert not (tmp_path / "file.png").exists()


def test_the_dialog_says_how_large_the_file_gets(window):
    def look(dialog):
        enter(dialog.width_box, "600", leave_with=Key.Key_Tab)
        enter(dialog.height_box, "500", leave_with=Key.Key_Tab)
        enter(dialog.scale, "2", leave_with=Key.Key_Tab)
        assert "1200 × 1000" in dialog.result_label.text()
        pick(dialog.format, dialog.format.itemText(dialog.format.findData(".pdf")))
        assert "cm" in dialog.result_label.text()

    export(window, look)
