"""Figures: what is taken away looks like what is seen."""

import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from optisim.canvas.canvas import Canvas
from optisim.canvas.scene import Display, Scene
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.problems import Problem
from optisim.core.scenario import chapter_scenario, race
from optisim.core.simulate import race_to_end
from optisim.core.surfaces import SURFACES, own_surface
from optisim.export import figures
from optisim.export.figures import EXPORTERS, LARGEST, image_of, save_figure
from tests.canvas.pictures import difference, rgb, rgb_of_file
from tests.export import svg

SIZE = QSize(480, 320)


def diverging():
    runs = [OPTIMIZERS.read(text) for text in ("sgd:lr=1.6", "momentum:lr=3", "adam", "rmsprop")]
    return race(SURFACES["bowl"], runs, steps=60, starts=((-7.0, 2.0), (1e11, -3e10)))


SCENES = {
    # scenario, view, theme
    "chapter": (chapter_scenario(), None, LIGHT),
    "dark eggholder": (chapter_scenario(SURFACES["eggholder"]), None, DARK),
    "zoomed in, all balls and trails far outside": (chapter_scenario(), (1.0, 1.001, -0.5, -0.499), LIGHT),
    "zoomed out": (chapter_scenario(), (-1e6, 1e6, -1e6, 1e6), LIGHT),
    "diverged": (diverging(), None, LIGHT),
    "undefined on the left": (race(own_surface("log(x) + y^2"), [OPTIMIZERS.read("sgd")]), None, LIGHT),
    "nothing to run": (race(SURFACES["saddle"], []), None, LIGHT),
}
each_scene = pytest.mark.parametrize("scene", SCENES)


@pytest.fixture
def canvas_of(qapp):
    """Makes a canvas that shows one of SCENES at its end."""
    made = []

    def make(name):
        scenario, view, theme = SCENES[name]
        canvas = Canvas(Scene(scenario, tuple(race_to_end(scenario)), float(scenario.steps)))
        made.append(canvas)
        canvas.show_display(Display(starts=False), theme)
        if view:
            canvas.view.setRange(xRange=view[:2], yRange=view[2:], padding=0)
        return canvas

    yield make
    for canvas in made:
        canvas.close()
        canvas.deleteLater()


@pytest.fixture
def canvas(canvas_of):
    return canvas_of("chapter")


def test_the_scenes_have_balls_that_diverged_and_balls_far_outside():
    stopped = [trajectory.stopped for trajectory in race_to_end(diverging())]
    assert max(at.max() for at in stopped) > 0
    assert min(at.min() for at in stopped) == -1
    assert max(np.abs(trajectory.x).max() for trajectory in race_to_end(diverging())) > 1e10


# ── PNG ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 3.1])
def test_a_png_has_the_size_and_the_resolution_asked_for(canvas, tmp_path, scale):
    save_figure(canvas, tmp_path / "figure.png", SIZE, scale)
    image = QImage(str(tmp_path / "figure.png"))
    assert image.size() == SIZE * scale
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == round(96 * scale / 0.0254)


def test_scale_enlarges_everything_alike(canvas):
    """A figure of twice the scale, halved, is the figure; lines that stayed thin would show."""
    plain = rgb(image_of(canvas, SIZE, 1.0))
    halved = rgb(image_of(canvas, SIZE, 2.0)).reshape(320, 2, 480, 2, 3).mean(axis=(1, 3))
    assert np.abs(plain - halved).mean() < 6  # 3.9 here, which are edges; a larger canvas differs by 17
    larger = rgb(image_of(canvas, SIZE * 2, 1.0)).reshape(320, 2, 480, 2, 3).mean(axis=(1, 3))
    assert np.abs(plain - larger).mean() > 12


def test_the_same_figure_twice_has_the_same_bytes(canvas, tmp_path):
    for name in ("one.png", "two.png", "one.svg", "two.svg"):
        save_figure(canvas, tmp_path / name, SIZE)
    for ending in ("png", "svg"):
        assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


def test_saving_leaves_the_canvas_as_it_was(canvas, tmp_path):
    canvas.resize(300, 200)
    canvas.view.setRange(xRange=(-3, 2), yRange=(-1, 2), padding=0)
    before = canvas.view.viewRange(), canvas.size(), canvas.race, canvas.stage.vector
    for ending in EXPORTERS:
        save_figure(canvas, tmp_path / f"figure{ending}", SIZE)
    assert (canvas.view.viewRange(), canvas.size(), canvas.race, canvas.stage.vector) == before


def test_a_figure_of_too_many_pixels_is_refused(canvas, tmp_path):
    for size, scale in ((QSize(LARGEST + 1, 64), 1.0), (QSize(64, LARGEST), 1.01)):
        with pytest.raises(Problem, match=str(LARGEST)):
            save_figure(canvas, tmp_path / "figure.png", size, scale)
    assert not list(tmp_path.iterdir())


def test_an_unknown_ending_is_refused_and_the_known_ones_are_named(canvas, tmp_path):
    for name in ("figure", "figure.gif", ".png"):
        with pytest.raises(Problem) as caught:
            save_figure(canvas, tmp_path / name, SIZE)
        assert all(ending in str(caught.value) for ending in EXPORTERS)
    assert not list(tmp_path.iterdir())


def test_an_image_that_does_not_fit_in_memory_is_refused(canvas, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "QImage", type("Empty", (), {**vars(NoImage), "Format": QImage.Format}))
    with pytest.raises(Problem, match="memory"):
        save_figure(canvas, tmp_path / "figure.png", SIZE)
    assert not list(tmp_path.iterdir())


class NoImage:
    def __init__(self, size, form):
        pass

    def isNull(self):
        return True


# ── SVG ──────────────────────────────────────────────────────────────────────────────────────────────────


@each_scene
def test_an_svg_keeps_text_as_text_and_draws_within_its_page(canvas_of, tmp_path, scene):
    canvas = canvas_of(scene)
    save_figure(canvas, tmp_path / "figure.svg", SIZE, 1.5)
    root = svg.parse(tmp_path / "figure.svg")
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("720", "480", "0 0 480 320")
    shapes = svg.drawn(root)
    names = [svg.local(element) for element, _, _ in shapes]
    assert names.count("image") <= 1, "only the heat map may be pixels"
    texts = ["".join(element.itertext()).strip() for element, _, _ in shapes if svg.local(element) == "text"]
    assert {"x", "y", *(run.name for run in canvas.race.scenario.runs)} <= {
        word for text in texts for word in (text, text.split("  ")[0])
    }
    for element, attributes, matrix in shapes:
        points = svg.on_page(element, matrix)
        assert np.isfinite(points).all()
        assert (points >= -3).all(), svg.local(element)
        assert (points <= np.array([480, 320]) + 3).all(), svg.local(element)
        # some viewers draw such lines giant
        if element.get("vector-effect") == "non-scaling-stroke":
            assert attributes.get("stroke", "none") == "none"


def test_an_svg_names_fonts_that_other_programs_have(canvas, tmp_path):
    save_figure(canvas, tmp_path / "figure.svg", SIZE)
    for element, attributes, _ in svg.drawn(svg.parse(tmp_path / "figure.svg")):
        if svg.local(element) == "text":
            assert attributes["font-family"].split(", ")[-1] == "sans-serif"
            assert len(attributes["font-family"].split(", ")) > 3


def test_a_title_with_signs_of_markup_is_still_xml(canvas_of, tmp_path):
    canvas = canvas_of("chapter")
    run = replace(canvas.race.scenario.runs[0], label='<b> & "η" ]]> 学习')
    canvas.show_scene(Scene(canvas.race.scenario.with_run(0, run), canvas.race.trajectories, 30.0))
    save_figure(canvas, tmp_path / "figure.svg", SIZE)
    root = svg.parse(tmp_path / "figure.svg")
    assert run.label in "".join(root.itertext()).replace("\n", "")


# ── Other programs' view of it ───────────────────────────────────────────────────────────────────────────


def squares(picture, side=16):
    """The picture cut into squares of 16 pixels, in which antialiasing and other fonts hardly count."""
    height, width, _ = picture.shape
    return picture.reshape(height // side, side, width // side, side, 3)


def is_like(one, other):
    """Whether two pictures show the same.

    Over all scenes and both programs, single pixels differed by 5.4 of 255 on average; the mean colours of squares
    by 1.9 on average and by 23 at the most, which are axis numbers in another font; and how much goes on in a
    square by 2.0 on average. The limits are half as much again.
    """
    a, b = squares(one), squares(other)
    mean = np.abs(a.mean(axis=(1, 3)) - b.mean(axis=(1, 3)))
    stir = np.abs(a.mean(axis=-1).std(axis=(1, 3)) - b.mean(axis=-1).std(axis=(1, 3)))
    return bool(difference(one, other).mean() < 8 and mean.mean() < 3 and mean.max() < 35 and stir.mean() < 3)


def converted(command):
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return rgb_of_file(command[-1])


needs_rsvg = pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is not installed")


@needs_rsvg
@each_scene
def test_an_svg_looks_like_the_png_elsewhere(canvas_of, tmp_path, scene):
    canvas = canvas_of(scene)
    save_figure(canvas, tmp_path / "figure.svg", SIZE)
    seen = converted(["rsvg-convert", tmp_path / "figure.svg", "-o", tmp_path / "seen.png"])
    assert is_like(seen, rgb(image_of(canvas, SIZE)))


def pdf_seen(path):
    subprocess.run(
        ["pdftoppm", "-r", "96", "-png", "-singlefile", path, path.with_suffix("")], check=True, timeout=60
    )
    return rgb_of_file(path.with_suffix(".png"))


@needs_poppler
@each_scene
def test_a_pdf_looks_like_the_png_elsewhere(canvas_of, tmp_path, scene):
    canvas = canvas_of(scene)
    save_figure(canvas, tmp_path / "figure.pdf", SIZE)
    assert is_like(pdf_seen(tmp_path / "figure.pdf"), rgb(image_of(canvas, SIZE)))


def test_such_a_comparison_notices_what_is_missing(canvas):
    whole = rgb(image_of(canvas, SIZE))
    assert is_like(whole, whole)
    for missing in ("heat", "contours", "trails", "legend", "colorbar"):
        canvas.show_display(replace(Display(starts=False), **{missing: False}), LIGHT)
        assert not is_like(rgb(image_of(canvas, SIZE)), whole), missing


@needs_poppler
def test_a_scaled_pdf_has_a_larger_page_and_everything_on_it_larger(canvas, tmp_path):
    save_figure(canvas, tmp_path / "figure.pdf", SIZE, 1.5)
    seen = pdf_seen(tmp_path / "figure.pdf")
    assert seen.shape == (480, 720, 3)
    assert is_like(seen, rgb(image_of(canvas, SIZE, 1.5)))


@needs_poppler
def test_a_pdf_keeps_text_as_text(canvas, tmp_path):
    save_figure(canvas, tmp_path / "figure.pdf", SIZE)
    command = ["pdftotext", tmp_path / "figure.pdf", "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    assert all(run.name in text for run in canvas.race.scenario.runs)
