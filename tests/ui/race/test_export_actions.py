"""Figures and data are written as they were asked for, or a sentence says why not."""

import csv
import errno
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from optisim.cli import main
from optisim.core.documents.kinds import to_json
from optisim.export.figures.figure import Figure
from optisim.export.figures.formats import FIGURE_FORMATS, image_of, painter_of
from optisim.ui.parts import messages
from optisim.ui.parts.job_strip import JobStrip
from optisim.ui.race.figure_form import from_text
from tests.canvas.pictures import rgb
from tests.ui.driver import (
    CTRL,
    SHIFT,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    click_button,
    click_map,
    enter,
    finish_jobs,
    in_dialog,
    pick,
    picture,
    press,
    settle,
    show_preview,
    wait_until,
)

PROJECT = Path(__file__).resolve().parents[3]


def export(window, use):
    """Open the export dialog with its key, and use it."""
    in_dialog(window, lambda: press(window, Key.Key_E, CTRL), use)
    finish_jobs(window)


def export_data(window):
    """Press the keys that export the trajectories."""
    press(window, Key.Key_E, CTRL | SHIFT)
    finish_jobs(window)


def filled(width, height, ending=".png", unit="px"):
    """What a user does who wants a figure of this size and format."""

    def use(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData(ending))
        pick(dialog.form.unit, dialog.form.unit.itemText(dialog.form.unit.findData(unit)))
        enter(dialog.form.width_box, str(width), leave_with=Key.Key_Tab)
        enter(dialog.form.height_box, str(height), leave_with=Key.Key_Tab)
        click_button(dialog, "Save as")

    return use


def shown(dialog):
    """What the preview shows, (height, width, 3)."""
    show_preview(dialog)
    return rgb(dialog.preview.grab().toImage())


# ── Images ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_png_has_the_size_that_was_asked_for(window, qtbot, tmp_path, save_as, warnings):
    settle(qtbot, window)
    for width, height, unit, pixels in (
        (400, 300, "px", (400, 300)),
        (333, 217, "px", (333, 217)),
        (150, 100, "mm", (567, 378)),
        (5, 4, "in", (480, 384)),
    ):
        save_as(tmp_path / "figure.png")
        export(window, filled(width, height, unit=unit))
        assert QImage(str(tmp_path / "figure.png")).size().toTuple() == pixels
        assert str(tmp_path / "figure.png") in window.statusBar().currentMessage()
    assert warnings == []
    assert_true_to_scenario(window)


def test_exporting_leaves_the_window_as_it_is(window, qtbot, tmp_path, save_as):
    press(window, Key.Key_End)
    settle(qtbot, window)
    before = picture(window)
    save_as(tmp_path / "figure.png")
    export(window, filled(800, 500))
    assert (picture(window) == before).all()


@pytest.mark.slow(keep=1)
@pytest.mark.parametrize("step", [0, 12, 30])
def test_the_command_line_makes_the_same_pixels(window, qtbot, tmp_path, save_as, capsys, step):
    """What is written by the window is what `render` writes of the image that carries its scenario."""
    click_map(window, (3.0, -2.0))
    window.lab.player.seek(step)
    settle(qtbot, window)
    for part in ("starts", "arrows"):  # which `render` does not draw unless asked to
        window.lab.display.show_part(part, False)
    save_as(tmp_path / "one.png")
    export(window, filled(640, 400))
    other = tmp_path / "two.png"
    assert (
        main(["render", str(tmp_path / "one.png"), "--size", "640x400", "--step", str(step), "-o", str(other)]) == 0
    )
    assert QImage(str(tmp_path / "one.png")) == QImage(str(other))
    assert QImage(str(other)).text("OptiSim") == to_json(window.lab.player.scenario)


@pytest.mark.slow
def test_every_format_is_written_and_begins_as_such_a_file_does(window, tmp_path, save_as, warnings):
    for ending, begin in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        assert ending in FIGURE_FORMATS
        save_as(tmp_path / f"figure{ending}")
        export(window, filled(500, 400, ending))
        assert (tmp_path / f"figure{ending}").read_bytes().startswith(begin)
    assert warnings == []


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_an_exported_image_is_opened_and_restores_its_scenario(
    window, qtbot, tmp_path, save_as, monkeypatch, ending
):
    click_map(window, (3.0, -2.0))
    exported = window.lab.player.scenario
    save_as(tmp_path / f"figure{ending}")
    export(window, filled(500, 400, ending))
    choose(window, "new")
    assert window.lab.player.scenario != exported
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / f"figure{ending}"), ""))
    press(window, Key.Key_O, CTRL)
    assert window.lab.player.scenario == exported
    assert window.document.path is None, "a picture is not what Save writes to"
    settle(qtbot, window)
    assert_true_to_scenario(window)


# ── The dialog ───────────────────────────────────────────────────────────────────────────────────────────


def test_every_change_of_the_form_shows_in_the_preview(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)

    def use(dialog):
        form = dialog.form
        before = shown(dialog)

        def differs(what):
            nonlocal before
            after = shown(dialog)
            assert after.shape != before.shape or (after != before).any(), what
            before = after

        for name in ("heat", "contours", "trails", "balls", "minima", "starts", "arrows", "local", "legend"):
            click(form.parts[name], QPoint(8, 8))
            assert dialog.figure.display.shows(name) is form.parts[name].isChecked()
            differs(name)
        for name, box in (("axes", form.axes), ("caption", form.caption), ("equal", form.equal)):
            click(box, QPoint(8, 8))
            assert getattr(dialog.figure, name) is box.isChecked()
            differs(name)
        click(form.titled, QPoint(8, 8))
        differs("title")
        enter(form.title_text, "Another title", leave_with=Key.Key_Tab)
        assert dialog.figure.title == "Another title"
        differs("text of the title")
        click(form.charts["loss"], QPoint(8, 8))
        differs("chart")
        pick(form.side, "Below the map")
        differs("side")
        pick(form.maps, "A map for each optimizer")
        assert dialog.figure.panels
        differs("maps")
        pick(form.theme, "Dark")
        differs("theme")
        click(form.transparent, QPoint(8, 8))
        differs("transparent")
        enter(form.text_size, "12", leave_with=Key.Key_Tab)
        differs("size of the text")
        enter(dialog.step, "7", leave_with=Key.Key_Tab)
        differs("step")

    export(window, use)


def test_a_preset_sets_the_size_and_a_change_of_it_is_a_size_of_ones_own(window):
    def use(dialog):
        form = dialog.form
        pick(form.preset, "One column, 88 mm")
        assert (dialog.figure.width, dialog.figure.unit, dialog.figure.text) == (88, "mm", 7)
        assert (form.width_box.value(), form.dpi.value()) == (88, 600)
        assert "8.8 × 6.6 cm" in dialog.file_label.text()
        enter(form.width_box, "90", leave_with=Key.Key_Tab)
        assert form.preset.currentText() == "Own size"
        pick(form.unit, "inch")
        assert dialog.figure.width == pytest.approx(90 / 25.4, abs=1e-3)
        pick(form.unit, "pixels")
        assert dialog.figure.pixels.width() == pytest.approx(90 / 25.4 * 600, abs=1)

    export(window, use)


def test_what_cannot_be_made_is_said_in_place_of_the_preview_and_not_saved(window):
    def use(dialog):
        enter(dialog.form.width_box, "60000", leave_with=Key.Key_Tab)
        assert "too many" in dialog.preview.sentence
        assert not dialog.save_button.isEnabled()
        enter(dialog.form.width_box, "90", leave_with=Key.Key_Tab)
        assert "too small for its text" in dialog.preview.sentence
        enter(dialog.form.width_box, "900", leave_with=Key.Key_Tab)
        show_preview(dialog)
        assert dialog.preview.sentence == ""
        assert dialog.save_button.isEnabled()

    export(window, use)


def test_the_dialog_copies_the_figure_in_its_own_size(window):
    def use(dialog):
        enter(dialog.form.width_box, "700", leave_with=Key.Key_Tab)
        click_button(dialog, "Copy")
        finish_jobs(window)
        assert "clipboard" in dialog.file_label.text()

    QGuiApplication.clipboard().clear()
    export(window, use)
    assert QGuiApplication.clipboard().image().size().toTuple() == (700, 800)


def test_a_forgotten_ending_is_added_and_folder_size_and_layout_are_remembered(window, tmp_path, save_as, settings):
    def use(dialog):
        click(dialog.form.caption, QPoint(8, 8))
        filled(500, 400, ".svg")(dialog)

    save_as(tmp_path / "figure.v2")
    export(window, use)
    assert (tmp_path / "figure.v2.svg").exists()
    asked = save_as("")
    seen = []

    def look(dialog):
        seen.append((dialog.figure.pixels, dialog.figure.caption, dialog.format.currentData()))
        click_button(dialog, "Save as")

    export(window, look)
    assert seen == [(QSize(500, 400), True, ".svg")]
    assert os.path.dirname(asked[-1][0]) == str(tmp_path)


@pytest.mark.parametrize("stored", ["", "{", "[]", '{"width": "x"}', '{"width": 1e999}', '{"theme": "pink"}'])
def test_a_damaged_memory_of_the_last_figure_is_no_matter(window, settings, stored):
    settings.figure = stored
    export(window, lambda dialog: None)
    assert from_text(stored) == Figure()


def test_a_file_that_the_ending_leads_to_is_replaced_only_when_asked(window, tmp_path, save_as, monkeypatch):
    (tmp_path / "figure.png").write_bytes(b"old")
    save_as(tmp_path / "figure")
    asked = []
    monkeypatch.setattr(messages, "ask", lambda *rest: asked.append(rest[1]) or rest[3])  # the default, No
    export(window, filled(500, 400))
    assert (tmp_path / "figure.png").read_bytes() == b"old"
    assert "figure.png" in asked[0]
    monkeypatch.setattr(messages, "ask", lambda *_: messages.Button.Yes)
    export(window, filled(500, 400))
    assert (tmp_path / "figure.png").read_bytes() != b"old"


def test_cancelling_writes_nothing(window, tmp_path, save_as, warnings):
    save_as(tmp_path / "figure.png")
    export(window, lambda dialog: click_button(dialog, "Cancel"))
    export(window, lambda dialog: press(dialog, Key.Key_Escape))
    save_as("")
    export(window, filled(500, 400))
    export_data(window)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".ini"] == []
    assert warnings == []
    assert window.isVisible()


def test_copying_puts_the_image_on_the_clipboard_at_twice_its_size(window, qtbot):
    settle(qtbot, window)
    QGuiApplication.clipboard().clear()
    press(window, Key.Key_C, CTRL | SHIFT)
    finish_jobs(window)
    assert "clipboard" in window.statusBar().currentMessage()
    image = QGuiApplication.clipboard().image()
    assert image.size() == 2 * window.lab.map_view.size()
    assert len({image.pixel(x, image.height() // 2) for x in range(0, image.width(), 7)}) > 30


COPYING = """
import sys
from PySide6.QtCore import QSettings
from optisim.app import make_application, make_window
from optisim.ui.parts.settings import Settings
from tests.ui.driver import finish_jobs

if __name__ == "__main__":
    app = make_application(["optisim"])
    window = make_window(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
    window.show()
    window.lab.figure_exports.copy_image()
    finish_jobs(window)
    print(app.clipboard().mimeData().formats())
    if sys.argv[2]:
        app.clipboard().setText(sys.argv[2])
    window.close()
"""


@pytest.mark.slow(keep=1)
@pytest.mark.parametrize("later", ["", "a text"], ids=["and nothing else", "and a text after it"])
def test_a_program_that_has_copied_an_image_ends_in_order(tmp_path, later):
    script = tmp_path / "script.py"
    script.write_text(COPYING, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, str(script), str(tmp_path / "settings.ini"), later]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert "image/svg+xml" in done.stdout
    assert done.returncode == 0


def test_in_slow_motion_the_arrows_are_those_that_are_worked_so_far(window, qtbot):
    press(window, Key.Key_Right)
    press(window, Key.Key_Right, SHIFT)  # which opens the drawer, so that the map has its lasting size
    press(window, Key.Key_Escape)
    settle(qtbot, window)

    def copied():
        press(window, Key.Key_C, CTRL | SHIFT)
        finish_jobs(window)
        return rgb(QGuiApplication.clipboard().image())

    whole = copied()
    press(window, Key.Key_Right, SHIFT)
    first = copied()
    assert (first != whole).any()
    assert len(window.lab.map_view.snapshot.arrow_sets[-1].quantities) == 1
    press(window, Key.Key_Escape)
    assert (copied() == whole).all()


def test_arrows_that_the_window_does_not_show_can_be_had_in_the_figure(window, qtbot):
    window.lab.display.show_part("arrows", False)
    press(window, Key.Key_Right)
    settle(qtbot, window)

    def use(dialog):
        before = shown(dialog)
        click(dialog.form.parts["arrows"], QPoint(8, 8))
        assert (shown(dialog) != before).any()

    export(window, use)


# ── Films ────────────────────────────────────────────────────────────────────────────────────────────────


def film(window, use):
    """Open the dialog of films with its keys, and use it."""
    in_dialog(window, lambda: press(window, Key.Key_F, CTRL | SHIFT), use)


def filmed(ending):
    """What a user does who wants a short, small film in this format."""

    def use(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData(ending))
        for box, text in (
            (dialog.form.width_box, "320"),
            (dialog.form.height_box, "240"),
            (dialog.film_form.last, "10"),
            (dialog.film_form.speed, "20"),
            (dialog.film_form.fps, "10"),
            (dialog.film_form.hold, "0.3"),
        ):
            enter(box, text, leave_with=Key.Key_Tab)
        click_button(dialog, "Save as")

    return use


@pytest.mark.slow(keep=1)
@pytest.mark.parametrize("ending", [".mp4", ".webm", ".gif", ".apng"])
def test_a_film_is_what_was_asked_for_and_shows_the_race(window, qtbot, tmp_path, save_as, warnings, ending):
    import av

    save_as(tmp_path / f"film{ending}")
    window.lab.display.show_part("arrows", False)  # which have one scale all through a film
    film(window, filmed(ending))
    qtbot.waitUntil(lambda: (tmp_path / f"film{ending}").exists(), timeout=30_000)
    qtbot.waitUntil(lambda: "film" in window.statusBar().currentMessage(), timeout=10_000)
    with av.open(tmp_path / f"film{ending}") as container:
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]
    assert frames[0].shape == (240, 320, 3)
    assert len(frames) == (8 if ending in (".mp4", ".webm") else 6)
    display = window.lab.display.value.with_parts(legend=True)
    figure = Figure(320, 240, display=display, view=window.lab.map_view.seen)
    for number, step in ((0, 0), (-1, 10)):
        still = rgb(image_of(painter_of(figure, window.lab.player.scenario, step)))
        assert np.abs(frames[number] - still).mean() < 6, number
    assert np.abs(frames[0] - frames[-1]).mean() > 1
    assert warnings == []


def test_the_preview_of_a_film_plays_it_and_speed_and_length_go_together(window, qtbot):
    def use(dialog):
        form = dialog.film_form
        assert form.seconds.value() == pytest.approx(30 / 6 + 1)
        enter(form.seconds, "11", leave_with=Key.Key_Tab)
        assert form.speed.value() == pytest.approx(3)
        enter(form.speed, "30", leave_with=Key.Key_Tab)
        assert form.seconds.value() == pytest.approx(2)
        assert "2.0 seconds" in dialog.file_label.text()
        seen = {shown(dialog).tobytes()}
        qtbot.waitUntil(lambda: bool(seen.add(shown(dialog).tobytes()) or len(seen) > 3))

    film(window, use)


def test_a_film_that_cannot_be_made_is_said_in_place_of_the_preview(window):
    def use(dialog):
        enter(dialog.form.width_box, "5000", leave_with=Key.Key_Tab)
        assert "do not make a film" in dialog.preview.sentence
        assert not dialog.save_button.isEnabled()
        enter(dialog.form.width_box, "500", leave_with=Key.Key_Tab)
        enter(dialog.film_form.speed, "0.01", leave_with=Key.Key_Tab)
        assert "frames" in dialog.preview.sentence
        enter(dialog.film_form.speed, "10", leave_with=Key.Key_Tab)
        dialog.format.setCurrentIndex(dialog.format.findData(".gif"))
        enter(dialog.film_form.fps, "60", leave_with=Key.Key_Tab)
        assert "GIF" in dialog.preview.sentence

    film(window, use)


def test_a_film_of_a_long_race_can_be_stopped_while_it_is_computed(window, qtbot, tmp_path, save_as, warnings):
    window.lab.player.set_scenario(replace(window.lab.player.scenario, steps=100_000))
    save_as(tmp_path / "film.mp4")

    def use(dialog):
        enter(dialog.film_form.speed, "1e5", leave_with=Key.Key_Tab)
        click_button(dialog, "Save as")

    film(window, use)
    (strip,) = window.statusBar().findChildren(JobStrip)
    assert strip.name.text() == "film.mp4"
    click(strip.cancel)
    finish_jobs(window)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".ini" and path.is_file()] == []
    assert warnings == []


@pytest.mark.parametrize("old", [True, False], ids=["a file is there", "no file is there"])
def test_a_film_that_is_stopped_leaves_what_was_there_and_there_is_one_at_a_time(
    window, tmp_path, save_as, warnings, monkeypatch, old
):
    path, told = tmp_path / "film.mp4", []
    monkeypatch.setattr(messages, "inform", lambda parent, text: told.append(text))
    if old:
        path.write_bytes(b"old")
    save_as(path)

    def use(dialog):
        enter(dialog.film_form.speed, "0.1", leave_with=Key.Key_Tab)
        click_button(dialog, "Save as")

    film(window, use)
    film(window, use)
    assert len(told) == 1
    assert "film.mp4" in told[0]
    (job,) = window.jobs.running
    wait_until(lambda: job.done > 0)
    (strip,) = window.findChildren(JobStrip)
    click(strip.cancel)
    finish_jobs(window)
    assert [file.name for file in tmp_path.iterdir() if file.suffix != ".ini"] == (["film.mp4"] if old else [])
    assert not old or path.read_bytes() == b"old"
    assert warnings == []


# ── Data ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_has_a_row_for_every_ball_at_every_step_and_the_exact_numbers(
    window, qtbot, tmp_path, save_as, warnings
):
    choose(window, "add_start")
    settle(qtbot, window)
    save_as(tmp_path / "race.csv")
    export_data(window)
    with (tmp_path / "race.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(line for line in file if not line.startswith("#"))
    assert header[:8] == ["run", "optimizer", "ball", "t", "x", "y", "loss", "grad_x"]
    assert len(rows) == 5 * 2 * 31
    for trajectory, begin in zip(window.lab.player.trajectories, range(0, len(rows), 62), strict=True):
        x = [float(row[4]) for row in rows[begin : begin + 62]]
        assert x == trajectory.x[:31, :, 0].T.ravel().tolist()
    assert warnings == []


def test_data_of_a_race_without_runs_is_a_header_alone(window, tmp_path, save_as, warnings):
    for _ in range(5):
        choose(window, "remove")
    save_as(tmp_path / "race.csv")
    export_data(window)
    lines = (tmp_path / "race.csv").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["run,optimizer,ball,t"]
    assert warnings == []


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────


def asks_for_both(window):
    export(window, filled(500, 400))
    export_data(window)


def test_a_missing_folder_gives_one_sentence_and_loses_nothing(window, qtbot, tmp_path, save_as, warnings):
    click_map(window, (3.0, 4.0))
    before = window.lab.player.scenario
    save_as(tmp_path / "nowhere" / "file")
    asks_for_both(window)
    assert len(warnings) == 2
    assert all(str(tmp_path / "nowhere") in sentence for sentence in warnings)
    assert not (tmp_path / "nowhere").exists()
    assert window.lab.player.scenario == before
    save_as(tmp_path / "file")
    asks_for_both(window)
    assert len(warnings) == 2
    assert (tmp_path / "file.png").exists()
    assert (tmp_path / "file.csv").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_gives_one_sentence_and_leaves_the_old_file(window, tmp_path, save_as, warnings):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "file.png").write_bytes(b"old")
    (folder / "file.csv").write_bytes(b"old")
    folder.chmod(0o555)
    save_as(folder / "file")
    try:
        asks_for_both(window)
    finally:
        folder.chmod(0o755)
    assert len(warnings) == 2
    assert all(str(folder) in sentence and "\n" not in sentence for sentence in warnings)
    assert (folder / "file.png").read_bytes() == (folder / "file.csv").read_bytes() == b"old"


def test_a_table_that_may_not_be_written_gives_one_sentence_and_leaves_the_old_file(
    window, tmp_path, save_as, warnings, monkeypatch
):
    (tmp_path / "file.csv").write_bytes(b"old")

    def refused(*arguments, **options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkstemp", refused)  # root, who may run the tests, may write everywhere
    save_as(tmp_path / "file.csv")
    window.lab.results.export_action.trigger()
    finish_jobs(window)
    assert len(warnings) == 1
    assert str(tmp_path) in warnings[0]
    assert (tmp_path / "file.csv").read_bytes() == b"old"


def test_a_folder_in_place_of_the_file_gives_one_sentence(window, tmp_path, save_as, warnings):
    (tmp_path / "file.png").mkdir()
    (tmp_path / "file.csv").mkdir()
    save_as(tmp_path / "file")
    asks_for_both(window)
    assert len(warnings) == 2
