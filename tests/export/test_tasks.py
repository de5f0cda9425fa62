"""What is handed to another process comes back as if it had been done here; and figures of any view are figures."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from optisim.canvas.map.race_map import RaceMap
from optisim.canvas.pixels import Pixels
from optisim.core.base.problems import Problem
from optisim.core.base.progress import Cancelled, Progress
from optisim.core.documents.examples import EXAMPLES
from optisim.core.race.scenario import chapter_scenario
from optisim.core.race.simulate import race_to_end
from optisim.export import tasks
from optisim.export.figures.figure import Figure
from optisim.export.figures.formats import image_of, painter_of
from optisim.export.films import Film
from optisim.export.sources import document_in
from optisim.export.tasks import PackedScenario, Shot
from tests.canvas.pictures import rgb

FIGURE = Figure(400, 300)
SCENARIO = chapter_scenario()


class Poster(RaceMap):
    """Another way to show a race: all in one colour, without axes' room of its own."""

    def paint(self, painter):
        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), QColor("#123456"))
        painter.fillRect(QRectF(0, 0, 2 * self.snapshot.cursor, 9), QColor("#ffffff"))


class Told(Progress):
    """Notes what it is told, and has enough at some time."""

    def __init__(self, enough=10**9):
        self.told, self.enough = [], enough

    def __call__(self, done, of):
        self.told.append((done, of))
        if len(self.told) >= self.enough:
            raise Cancelled


def sent(value):
    """As it arrives in another process."""
    return pickle.loads(pickle.dumps(value))


def shot(scenario=SCENARIO, step=12.0, **changes):
    return sent(replace(Shot(FIGURE, PackedScenario.of(scenario), step), **changes))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_race_arrives_as_it_was_sent(name):
    scenario = EXAMPLES[name].scenario()
    assert sent(PackedScenario.of(scenario)).unpacked() == scenario


@pytest.mark.parametrize("form", [QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied])
def test_an_image_arrives_as_it_was_sent(qapp, form):
    image = QImage(37, 11, form)
    image.fill(QColor(10, 20, 30, 128))
    image.setDevicePixelRatio(1.5)
    image.setDotsPerMeterX(5000)
    image.setDotsPerMeterY(5000)
    arrived = sent(Pixels.of(image)).image()
    assert arrived == image
    assert (arrived.devicePixelRatio(), arrived.dotsPerMeterX()) == (1.5, 5000)


def test_a_shot_is_the_figure_that_the_command_line_draws(qapp, tmp_path):
    wanted = image_of(painter_of(FIGURE, SCENARIO, 12.0))
    tasks.export_image(shot(selected=0), tmp_path / "figure.png", Told())
    assert rgb(QImage(str(tmp_path / "figure.png"))).tobytes() == rgb(wanted).tobytes()
    assert document_in(tmp_path / "figure.png") == SCENARIO
    copy = sent(tasks.copy_image(shot(selected=0), Told()))
    assert rgb(copy.pixels.image()).tobytes() == rgb(wanted).tobytes()
    assert rgb(QImage.fromData(copy.png)).tobytes() == rgb(wanted).tobytes()
    assert copy.svg.startswith(b"<?xml")
    assert sent(tasks.preview(shot(selected=0), None, (400, 300), Told())).image() == wanted


def test_the_svg_on_the_clipboard_is_left_out_where_trails_are_long(qapp):
    long = replace(SCENARIO, steps=tasks.LARGEST_SVG)
    assert tasks.copy_image(shot(long), Told()).svg == b""


def test_frames_of_a_film_are_previewed_as_they_will_be_written(qapp):
    film = Film(20, 6.0, 0.0, 30.0)
    painter = painter_of(FIGURE, SCENARIO)
    painter.film(0.0, 30.0)
    for step in (0.0, 7.3, 30.0):
        painter.show(step)
        frame = tasks.preview(shot(step=step, selected=0), film, (400, 300), Told()).image()
        assert rgb(frame).tobytes() == rgb(image_of(painter)).tobytes()


def test_a_figure_shows_the_picture_of_the_view_that_it_comes_from(qapp):
    pixels = rgb(tasks.preview(shot(picture=Poster), None, (400, 300), Told()).image())
    blue = (pixels == (0x12, 0x34, 0x56)).all(axis=2)
    assert blue.sum() > 0.4 * blue.size, "the map is another picture now"
    later = rgb(tasks.preview(shot(picture=Poster, step=24.0), None, (400, 300), Told()).image())
    assert (later == 255).all(axis=2).sum() > (pixels == 255).all(axis=2).sum()


def test_the_view_in_the_window_offers_the_picture_that_it_shows(window, qtbot):
    made = window.lab.map_view.picture(window.lab.map_view.snapshot, window.lab.map_view.font_used)
    assert isinstance(made, RaceMap)
    assert pickle.loads(pickle.dumps(window.lab.map_view.picture)) is window.lab.map_view.picture


def test_progress_of_data_rises_from_the_race_to_the_last_row(tmp_path):
    for ending in (".csv", ".json", ".npz"):
        told = Told()
        tasks.export_data(sent(PackedScenario.of(replace(SCENARIO, steps=3000))), tmp_path / f"race{ending}", told)
        shares = [done / of for done, of in told.told if of]
        assert shares == sorted(shares)
        assert 0.0 <= shares[0] < 0.5
        assert max(shares) <= 1.0
        assert ending == ".npz" or max(shares) > 0.5


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_data_that_are_not_wanted_any_more_leave_what_was_there(tmp_path, ending):
    path = tmp_path / f"race{ending}"
    path.write_bytes(b"old")
    for enough in (1, 6, 8):
        with pytest.raises(Cancelled):
            tasks.export_data(PackedScenario.of(replace(SCENARIO, steps=9000)), path, Told(enough))
        assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(path.name, b"old")]


def test_a_race_is_computed_once_for_several_pictures_of_it(qapp, monkeypatch):
    raced = []
    monkeypatch.setattr(tasks, "race_to_end", lambda *rest: raced.append(1) or race_to_end(*rest))
    monkeypatch.setattr(tasks, "_last_race", None)
    for step in (3.0, 4.0):
        tasks.preview(shot(step=step), None, (200, 150), Told())
    assert len(raced) == 1
    other = replace(SCENARIO, steps=31)
    assert tasks.preview(shot(other, step=31.0), None, (200, 150), Told()).width == 200
    assert len(raced) == 2


def test_what_cannot_be_painted_is_a_problem_and_the_next_is_painted(qapp):
    with pytest.raises(Problem):
        tasks.preview(shot(figure=replace(FIGURE, dpi=1.0)), None, (200, 150), Told())
    image = tasks.preview(shot(), None, (200, 150), Told()).image()
    assert len(np.unique(rgb(image).reshape(-1, 3), axis=0)) > 30


def test_a_small_picture_is_painted_in_its_theme_at_the_screens_ratio(qapp):
    packed = PackedScenario.of(SCENARIO)
    light = tasks.picture(packed, "light", 200, 130, 2.0, Told()).image()
    assert light.size().toTuple() == (400, 260)
    assert light.devicePixelRatio() == 2.0
    assert light != tasks.picture(packed, "dark", 200, 130, 2.0, Told()).image()
