"""Figures: what is taken away looks like what is seen."""

import itertools
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import ziafont
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage

from optisim.canvas.map.arrows import arrows
from optisim.canvas.map.snapshot import Display
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.base.problems import Problem
from optisim.core.documents.kinds import from_json
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import chapter_scenario, make_scenario
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import SURFACES, Domain, own_surface
from optisim.export.figures import formats as figures
from optisim.export.figures.figure import LARGEST, PRESETS, Figure
from optisim.export.figures.formats import FIGURE_FORMATS, at_scale, image_of, painter_of, save_figure, thumbnail
from optisim.export.sources import document_in
from optisim.language import resources, use_language
from tests.canvas.pictures import count, difference, rgb, rgb_of_file
from tests.core.strategies import any_scenario
from tests.export import svg
from tests.fast import examples

SIZE = QSize(480, 320)
FIGURE = Figure(480, 320)


def diverging():
    runs = [OPTIMIZERS.read(text) for text in ("sgd:lr=1.6", "momentum:lr=3", "adam", "rmsprop")]
    return make_scenario(SURFACES["bowl"], runs, steps=60, starts=((-7.0, 2.0), (1e11, -3e10)))


WHOLE_BOWL = replace(chapter_scenario(), surface=SURFACES["bowl"])  # many contour lines, and room for the legend
SCENES = {
    # scenario, view, theme
    "chapter": (chapter_scenario(), None, LIGHT),
    "whole bowl": (WHOLE_BOWL, None, LIGHT),
    "dark eggholder": (chapter_scenario(SURFACES["eggholder"]), None, DARK),
    "zoomed in, all balls and trails far outside": (chapter_scenario(), (1.0, 1.001, -0.5, -0.499), LIGHT),
    "zoomed out": (chapter_scenario(), (-1e6, 1e6, -1e6, 1e6), LIGHT),
    "diverged": (diverging(), None, LIGHT),
    "undefined on the left": (make_scenario(own_surface("log(x) + y^2"), [OPTIMIZERS.read("sgd")]), None, LIGHT),
    "nothing to run": (make_scenario(SURFACES["saddle"], []), None, LIGHT),
}
each_scene = pytest.mark.parametrize("scene", SCENES)


@pytest.fixture
def painter_for(qapp):
    """Makes what paints one of SCENES at its end."""

    def make(name, figure=FIGURE):
        scenario, view, theme = SCENES[name]
        return painter_of(replace(figure, theme=theme.name, view=Domain(*view) if view else None), scenario)

    return make


@pytest.fixture
def painter(painter_for):
    return painter_for("chapter")


def saved(painter, path):
    """The figure as a file, which carries the chapter's scenario."""
    save_figure(painter, chapter_scenario(), path)
    return path


def words(root):
    """The texts of an SVG, as they are selected and searched."""
    return ["".join(element.itertext()).strip() for element in root.iter() if svg.local(element) == "text"]


def test_the_scenes_have_balls_that_diverged_and_balls_far_outside():
    stopped = [trajectory.stopped for trajectory in race_to_end(diverging())]
    assert max(at.max() for at in stopped) > 0
    assert min(at.min() for at in stopped) == -1
    assert max(np.abs(trajectory.x).max() for trajectory in race_to_end(diverging())) > 1e10


# ── PNG ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 3.1])
def test_a_png_has_the_size_and_the_resolution_asked_for(painter_for, tmp_path, scale):
    image = QImage(str(saved(painter_for("chapter", at_scale(FIGURE, scale)), tmp_path / "figure.png")))
    assert image.size() == SIZE * scale
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == round(96 / 0.0254)


@pytest.mark.parametrize(
    ("figure", "pixels"),
    [
        (Figure(88, 66, "mm", 600, 7), (2079, 1559)),
        (Figure(25.4, 25.4, "mm", 300, 3), (300, 300)),
        (Figure(4, 3, "in", 150, 8), (600, 450)),
        (Figure(640, 480, "px", 300, 3), (640, 480)),
    ],
)
def test_a_size_on_paper_and_a_resolution_give_pixels(painter_for, tmp_path, figure, pixels):
    image = QImage(str(saved(painter_for("chapter", figure), tmp_path / "figure.png")))
    assert image.size().toTuple() == pixels
    assert image.dotsPerMeterX() == pytest.approx(figure.dpi / 0.0254, abs=0.5)


def test_scale_enlarges_everything_alike(painter_for):
    """A figure of twice the scale, halved, is the figure; lines that stayed thin would show."""
    plain = rgb(image_of(painter_for("chapter")))
    doubled = rgb(image_of(painter_for("chapter", at_scale(FIGURE, 2.0))))
    halved = doubled.reshape(320, 2, 480, 2, 3).mean(axis=(1, 3))
    assert np.abs(plain - halved).mean() < 6  # 3.9 here, which are edges; a larger figure differs by 17
    larger = rgb(image_of(painter_for("chapter", Figure(960, 640)))).reshape(320, 2, 480, 2, 3).mean(axis=(1, 3))
    assert np.abs(plain - larger).mean() > 12


def test_the_resolution_changes_nothing_but_the_fineness(painter_for):
    """What is on a paper of one size is the same at any resolution."""
    coarse, fine = (rgb(image_of(painter_for("chapter", Figure(5, 4, "in", dpi, 9)))) for dpi in (96, 192))
    assert np.abs(coarse - fine.reshape(384, 2, 480, 2, 3).mean(axis=(1, 3))).mean() < 6


def test_the_same_figure_twice_has_the_same_bytes(painter_for, tmp_path):
    for ending in ("png", "svg"):
        one, two = (saved(painter_for("chapter"), tmp_path / f"{name}.{ending}") for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_a_figure_of_too_many_pixels_or_of_too_large_a_text_is_refused(painter_for):
    for figure in (Figure(LARGEST + 1, 300), Figure(300, LARGEST + 1), Figure(1000, 1000, "mm", 4800, 9)):
        with pytest.raises(Problem, match=str(LARGEST)):
            painter_for("chapter", figure)
    for figure in (Figure(88, 66, "mm", 300, 40), Figure(100, 100), Figure(20, 20, "mm", 300, 8)):
        with pytest.raises(Problem, match="text"):
            painter_for("chapter", figure)
    for bad in ({"dpi": 1.0}, {"dpi": float("nan")}, {"text": 0.0}, {"width": -3.0}, {"width": float("nan")}):
        with pytest.raises(Problem):
            painter_for("chapter", replace(FIGURE, **bad))
    with pytest.raises(Problem, match="mm, in, px"):
        painter_for("chapter", replace(FIGURE, unit="furlong"))


def test_an_unknown_ending_is_refused_and_the_known_ones_are_named(painter, tmp_path):
    for name in ("figure", "figure.gif", ".png"):
        with pytest.raises(Problem) as caught:
            saved(painter, tmp_path / name)
        assert all(ending in str(caught.value) for ending in FIGURE_FORMATS)
    assert not list(tmp_path.iterdir())


def test_an_image_that_does_not_fit_in_memory_is_refused(painter, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "QImage", type("Empty", (), {**vars(NoImage), "Format": QImage.Format}))
    with pytest.raises(Problem, match="memory"):
        saved(painter, tmp_path / "figure.png")
    assert not list(tmp_path.iterdir())


class NoImage:
    def __init__(self, size, form):
        pass

    def isNull(self):
        return True


# ── SVG ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=2)
@each_scene
def test_an_svg_has_its_texts_as_words_and_draws_within_its_page(painter_for, tmp_path, scene):
    root = svg.parse(saved(painter_for(scene, at_scale(FIGURE, 1.5)), tmp_path / "figure.svg"))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("720", "480", "0 0 480 320")
    shapes = svg.drawn(root)
    names = [svg.local(element) for element, _, _ in shapes]
    assert names.count("image") <= 1, "only the heat map may be pixels"
    assert {"x", "y", *(run.name for run in SCENES[scene][0].runs)} <= {
        word for text in words(root) for word in (text, text.split("  ")[0])
    }
    for element, attributes, matrix in shapes:
        points = svg.on_page(element, matrix)
        assert np.isfinite(points).all()
        assert (points >= -3).all(), svg.local(element)
        assert (points <= np.array([480, 320]) + 3).all(), svg.local(element)
        # some viewers draw such lines giant
        if element.get("vector-effect") == "non-scaling-stroke":
            assert attributes.get("stroke", "none") == "none"


def test_each_line_of_text_is_one_text_as_wide_as_its_outlines(painter_for, tmp_path):
    figure = replace(FIGURE, width=960, caption=True)
    shapes = svg.drawn(svg.parse(saved(painter_for("chapter", figure), tmp_path / "figure.svg")))
    lines = {"".join(element.itertext()): element for element, _, _ in shapes if svg.local(element) == "text"}
    (line,) = (text for text in lines if "SGD: η = 0.95. Momentum: η = 0.1, α = 0.9. AdaGrad" in text)
    size, left, baseline = (float(lines[line].get(name)) for name in ("font-size", "x", "y"))
    outlines = np.concatenate(
        [
            svg.on_page(element, matrix)
            for element, _, matrix in shapes
            if element.get("id", "").startswith("glyph") and matrix[0, 0] == pytest.approx(size / 1000)
        ]
    )
    outlines = outlines[np.abs(outlines[:, 1] - baseline) < 0.2 * size]
    assert outlines[:, 0].min() == pytest.approx(left, abs=0.2 * size)
    assert np.ptp(outlines[:, 0]) == pytest.approx(float(lines[line].get("textLength")), abs=0.4 * size)


def test_words_are_there_but_not_seen(painter, tmp_path):
    texts = [
        (element, attributes)
        for element, attributes, _ in svg.drawn(svg.parse(saved(painter, tmp_path / "figure.svg")))
        if svg.local(element) == "text"
    ]
    assert len(texts) > 20
    for element, attributes in texts:
        assert element.get("opacity") == "0"
        assert attributes["stroke"] == "none"
        assert attributes["font-family"].split(", ")[-1] == "sans-serif"


def test_texts_with_signs_of_markup_are_still_xml(qapp, tmp_path):
    scenario = chapter_scenario()
    text = '<b> & "η" ]]> 学习'
    scenario = scenario.with_run(0, replace(scenario.runs[0], label=text))
    save_figure(painter_of(replace(FIGURE, title=text, caption=True), scenario), scenario, tmp_path / "figure.svg")
    root = svg.parse(tmp_path / "figure.svg")
    assert "".join(root.itertext()).replace("\n", "").count(text) >= 3
    assert document_in(tmp_path / "figure.svg") == scenario


# ── Other programs' view of it ───────────────────────────────────────────────────────────────────────────


def squares(picture, side=16):
    """The picture cut into squares of 16 pixels, in which antialiasing hardly counts."""
    height, width, _ = picture.shape
    return picture.reshape(height // side, side, width // side, side, 3)


def is_like(one, other):
    """Whether two pictures show the same.

    Over all scenes, layouts and both programs, single pixels differed by 5.0 of 255 on average; the mean colours of
    squares by 2.3 on average and by 20 at the most; and how much goes on in a square by 2.7 on average. The limits
    leave some room beyond that.
    """
    a, b = squares(one), squares(other)
    mean = np.abs(a.mean(axis=(1, 3)) - b.mean(axis=(1, 3)))
    stir = np.abs(a.mean(axis=-1).std(axis=(1, 3)) - b.mean(axis=-1).std(axis=(1, 3)))
    return bool(difference(one, other).mean() < 8 and mean.mean() < 3 and mean.max() < 30 and stir.mean() < 3)


def svg_seen(path, **environment):
    """A picture of an SVG by librsvg."""
    command = ["rsvg-convert", path, "-o", path.with_suffix(".png")]
    subprocess.run(command, check=True, capture_output=True, timeout=60, env=os.environ | environment)
    return rgb_of_file(path.with_suffix(".png"))


needs_rsvg = pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is not installed")


@pytest.mark.slow(keep=2)
@needs_rsvg
@each_scene
def test_an_svg_looks_like_the_png_elsewhere(painter_for, tmp_path, scene):
    painter = painter_for(scene)
    assert is_like(svg_seen(saved(painter, tmp_path / "figure.svg")), rgb(image_of(painter)))


@pytest.fixture(params=["en", "zh"])
def language(request):
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.mark.slow(keep=1)
@needs_rsvg
def test_text_of_an_svg_looks_the_same_whatever_fonts_there_are(qapp, tmp_path, language):
    """The same pixels on a machine that has no font but DejaVu Sans, and on one that has OptiSim's."""
    path = saved(laid_out("words"), tmp_path / "figure.svg")
    seen = []
    for name, folder in (("other", Path(ziafont.__file__).parent), ("own", resources() / "fonts")):
        config = tmp_path / f"{name}.conf"
        config.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path / name}</cachedir></fontconfig>")
        seen.append(svg_seen(path, FONTCONFIG_FILE=str(config)))
    assert (seen[0] == seen[1]).all()
    assert is_like(seen[0], rgb(image_of(laid_out("words"))))


@needs_rsvg
def test_nothing_of_a_map_is_painted_outside_it(painter_for, tmp_path):
    """Start, trails, balls and arrows at the edge are cut off there."""
    display = Display().with_parts(heat=False, contours=False, labels=False, legend=False, colorbar=False)
    figure = replace(FIGURE, display=display, view=Domain(-7, -5.5, -1.8, 2))
    painter = painter_of(figure, chapter_scenario(), 2)
    picture = svg_seen(saved(painter, tmp_path / "figure.svg"))
    (cell,) = painter.cells
    left, top, right, bottom = (round(side) for side in cell.area.getCoords())
    outside = np.ones(picture.shape[:2], bool)
    outside[top - 1 : bottom + 1, left - 1 : right + 1] = False
    saturation = np.ptp(picture, axis=-1)  # text and axes are nearly grey
    assert (saturation[~outside] > 60).sum() > 500
    assert not (saturation[outside] > 60).any()


def pdf_seen(path):
    subprocess.run(
        ["pdftoppm", "-r", "96", "-png", "-singlefile", path, path.with_suffix("")], check=True, timeout=60
    )
    return rgb_of_file(path.with_suffix(".png"))


@pytest.mark.slow(keep=2)
@needs_poppler
@each_scene
def test_a_pdf_looks_like_the_png_elsewhere(painter_for, tmp_path, scene):
    painter = painter_for(scene)
    assert is_like(pdf_seen(saved(painter, tmp_path / "figure.pdf")), rgb(image_of(painter)))


def test_such_a_comparison_notices_what_is_missing(painter_for):
    whole = rgb(image_of(painter_for("whole bowl")))
    assert is_like(whole, whole)
    for missing in ("heat", "contours", "trails", "legend", "colorbar"):
        less = replace(FIGURE, display=FIGURE.display.with_parts(**{missing: False}))
        assert not is_like(rgb(image_of(painter_for("whole bowl", less))), whole), missing


@needs_poppler
def test_a_scaled_pdf_has_a_larger_page_and_everything_on_it_larger(painter_for, tmp_path):
    painter = painter_for("chapter", at_scale(FIGURE, 1.5))
    seen = pdf_seen(saved(painter, tmp_path / "figure.pdf"))
    assert seen.shape == (480, 720, 3)
    assert is_like(seen, rgb(image_of(painter)))


@needs_poppler
def test_a_pdf_has_the_scenario_as_an_attachment(painter, tmp_path):
    path = saved(painter, tmp_path / "figure.pdf")
    command = ["pdfdetach", "-save", "1", "-o", tmp_path / "attached.json", path]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert from_json((tmp_path / "attached.json").read_text(encoding="utf-8")) == chapter_scenario()


@needs_poppler
def test_a_pdf_keeps_text_as_text(painter, tmp_path):
    command = ["pdftotext", saved(painter, tmp_path / "figure.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    assert all(run.name in text for run in chapter_scenario().runs)


# ── Sizes and layouts ────────────────────────────────────────────────────────────────────────────────────

LAYOUTS = {
    "maps apart": {"panels": True},
    "charts beside": {"charts": ("loss", "distance")},
    "charts below": {"charts": ("loss", "rate", "cosine"), "beside": False},
    "words": {"title": "Five methods", "caption": True},
    "all of it": {"panels": True, "charts": ("loss",), "title": "Five methods", "caption": True},
    "equal axes": {"equal": True},
    "no axes": {"axes": False},
    "everything on the map": {"display": Display().with_parts(local=True)},
}
each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def laid_out(layout, width=960, height=640):
    return painter_of(replace(Figure(width, height), **LAYOUTS[layout]), chapter_scenario(), 20)


@pytest.mark.slow(keep=2)
@needs_rsvg
@each_layout
def test_every_layout_is_the_same_in_vectors_by_librsvg(qapp, tmp_path, layout):
    painter = laid_out(layout)
    assert is_like(svg_seen(saved(painter, tmp_path / "figure.svg")), rgb(image_of(painter)))


@pytest.mark.slow(keep=2)
@needs_poppler
@each_layout
def test_every_layout_is_the_same_in_vectors_by_poppler(qapp, tmp_path, layout):
    painter = laid_out(layout)
    assert is_like(pdf_seen(saved(painter, tmp_path / "figure.pdf")), rgb(image_of(painter)))


@needs_poppler
def test_of_several_maps_a_document_has_the_heat_map_once(qapp, tmp_path):
    painter = laid_out("maps apart")
    root = svg.parse(saved(painter, tmp_path / "figure.svg"))
    (image,) = (element for element in root.iter() if svg.local(element) == "image")
    assert sum(element.get(svg.HREF) == f"#{image.get('id')}" for element in root.iter()) == 4
    command = ["pdfimages", "-list", saved(painter, tmp_path / "figure.pdf")]
    listed = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode().splitlines()[2:]
    assert len(listed) == 5
    assert len({line.split()[10] for line in listed}) == 1, "one object"
    assert {line.split()[8] for line in listed} == {"image"}, "and no JPEG"


def test_each_map_of_several_has_its_run_alone_and_its_name(qapp, tmp_path):
    painter = laid_out("maps apart")
    root = svg.parse(saved(painter, tmp_path / "figure.svg"))
    texts = words(root)
    for run in chapter_scenario().runs:
        assert sum(text.startswith(run.name) for text in texts) == 1
    assert [len(cell.map.snapshot.trajectories) for cell in painter.cells] == [1] * 5
    whole = rgb(image_of(painter))
    for cell, run in zip(painter.cells, chapter_scenario().runs, strict=True):
        left, top, right, bottom = (round(v) for v in cell.area.getCoords())
        own = count(whole[top:bottom, left:right], run.color, 12)
        others = [count(whole[top:bottom, left:right], other.color, 12) for other in chapter_scenario().runs]
        assert own == max(others)
        assert own > 20


def test_the_caption_has_every_hyperparameter(qapp, tmp_path):
    root = svg.parse(saved(laid_out("words"), tmp_path / "figure.svg"))
    text = " ".join("".join(root.itertext()).split())
    for part in ("x²/20 + y²", "(−7, 2)", "30 updates", "η = 0.95", "α = 0.9", "ρ = 0.9", "β₂ = 0.999", "ε = 10⁻⁸"):
        assert part in text, part


def test_a_transparent_figure_has_no_ground_where_nothing_is(qapp, tmp_path):
    bare = Display().with_parts(heat=False, starts=False, arrows=False)
    figure = Figure(480, 320, transparent=True, display=bare, charts=("loss",))
    save_figure(painter_of(figure, chapter_scenario()), chapter_scenario(), tmp_path / "figure.png")
    image = QImage(str(tmp_path / "figure.png"))
    alpha = np.array([[image.pixelColor(x, y).alpha() for x in range(0, 480, 3)] for y in range(0, 320, 3)])
    assert (alpha[[0, -1]] == 0).all()
    assert (alpha == 0).mean() > 0.5
    assert (alpha == 255).sum() > 100


def test_equal_axes_have_one_scale_and_show_all_that_was_asked_for(qapp):
    (cell,) = laid_out("equal axes").cells
    view, domain = cell.map.projection.view, chapter_scenario().surface.domain
    assert view.width / cell.area.width() == pytest.approx(view.height / cell.area.height())
    assert view.left <= domain.left < domain.right <= view.right
    assert view.bottom <= domain.bottom < domain.top <= view.top


@pytest.mark.parametrize("preset", PRESETS)
def test_in_every_preset_text_is_large_enough_and_leaves_room_for_the_map(qapp, preset):
    figure = PRESETS[preset].apply(Figure())
    painter = painter_of(figure, WHOLE_BOWL)
    (cell,) = painter.cells
    share = cell.area.width() * cell.area.height() / (figure.size.width() * figure.size.height())
    assert share > 0.55
    assert 7 <= figure.text <= 18


# ── Room ─────────────────────────────────────────────────────────────────────────────────────────────────


def drawn_at(painter):
    """Where the trails, the balls at the end and the minima are on the only map, in units, (n, 2)."""
    (cell,) = painter.cells
    surface = cell.map.snapshot.scenario.surface
    points = np.concatenate([t.x.reshape(-1, 2) for t in painter.trajectories] + [np.array(surface.minima)])
    return cell.map.projection.to_pixels(points)


@pytest.mark.parametrize("slug", ["bowl", "himmelblau", "rosenbrock", "beale", "rastrigin", "ackley"])
@pytest.mark.parametrize("size", [(428, 321), (765, 468), (1280, 800), (300, 300)])
def test_the_legend_hides_no_trail_ball_or_minimum(qapp, slug, size):
    painter = painter_of(Figure(*size), chapter_scenario(SURFACES[slug]))
    (cell,) = painter.cells
    if cell.map.display.shows("legend"):
        box = cell.map.legend_box()
        assert not [p for p in drawn_at(painter).tolist() if box.contains(*p)]
    else:
        assert len(painter.strip) == 5
        assert all(corner.y() > cell.area.bottom() for corner, _ in painter.strip)


def test_a_legend_stands_where_it_is_asked_to_stand(qapp):
    scenario = chapter_scenario(SURFACES["himmelblau"])
    inside, below = (painter_of(Figure(428, 321, legend=where), scenario) for where in ("inside", "below"))
    assert inside.cells[0].map.display.shows("legend")
    assert not inside.strip
    assert not below.cells[0].map.display.shows("legend")
    assert len(below.strip) == 5


@pytest.mark.parametrize("count", range(1, 9))
def test_several_maps_are_of_one_size_apart_and_as_large_as_they_can_be(qapp, count):
    runs = [OPTIMIZERS.read("sgd:lr=0.1")] * count
    painter = painter_of(Figure(1280, 800, panels=True), make_scenario(SURFACES["bowl"], runs))
    areas = [cell.area for cell in painter.cells]
    assert len(areas) == count
    assert len({(round(a.width(), 6), round(a.height(), 6)) for a in areas}) == 1
    assert not any(a.intersects(b) for a, b in itertools.combinations(areas, 2))
    page = QRectF(0, 0, 1280, 800)
    assert all(page.contains(area) for area in areas)
    rows, columns = len({a.top() for a in areas}), len({a.left() for a in areas})
    assert (rows - 1) * columns < count <= rows * columns
    assert columns >= rows


def test_what_there_is_no_room_for_is_refused(qapp):
    scenario = chapter_scenario()
    for fields, what in (
        ({"panels": True, "charts": ("loss", "distance")}, "maps"),
        ({"charts": ("loss", "distance", "slope", "step", "rate", "cosine")}, "charts"),
        ({"caption": True, "title": "A title " * 30, "charts": ("loss",), "beside": False}, "map"),
    ):
        with pytest.raises(Problem, match=what):
            painter_of(Figure(88, 50, "mm", 300, 7, **fields), scenario)


def test_charts_below_each_other_have_each_step_at_one_place(qapp):
    painter = painter_of(Figure(1280, 800, charts=("loss", "cosine", "rate")), chapter_scenario())
    assert len({round(box.left() + chart.area().left(), 6) for chart, box in painter.charts}) == 1


def test_a_legend_is_never_cut_off(qapp):
    scenario = chapter_scenario()
    for height in range(40, 90, 5):
        figure = Figure(
            88, height, "mm", 300, 7, title="Five methods", caption=True, charts=("loss",), beside=False
        )
        try:
            painter = painter_of(figure, scenario)
        except Problem:
            continue
        (cell,) = painter.cells
        assert painter.strip or cell.map.legend_fits
    assert painter.strip or cell.map.legend_fits


def test_frames_of_maps_and_charts_begin_and_end_at_one_height(qapp):
    painter = laid_out("charts beside")
    (cell,), charts = painter.cells, painter.charts
    first, last = charts[0], charts[-1]
    assert first[1].top() + first[0].area().top() == pytest.approx(cell.area.top(), abs=0.5)
    assert last[1].top() + last[0].area().bottom() == pytest.approx(cell.area.bottom(), abs=0.5)


def test_arrows_of_several_maps_have_one_scale_told_once(qapp):
    figure = Figure(1280, 800, panels=True, display=Display())
    painter = painter_of(figure, chapter_scenario(), 3)
    assert len({cell.map.scales for cell in painter.cells}) == 1
    assert painter.cells[0].map.scales is not None
    assert len(painter.strip) > 3


def test_in_a_film_a_longer_arrow_always_means_more(qapp):
    figure = Figure(1280, 800, display=Display())
    painter = painter_of(figure, chapter_scenario())
    painter.film(0, 30)
    (cell,) = painter.cells
    lengths = []
    for step in range(30):
        painter.show(float(step))
        drawn = arrows(cell.map.snapshot.arrow_sets, cell.map.projection, LIGHT, cell.map.scales)
        lengths.append(max((arrow.length for arrow in drawn if arrow.field == "grad"), default=0.0))
    order = np.argsort([abs(painter.trajectories[0].grad[step, 0, 1]) for step in range(30)])
    assert (np.diff(np.array(lengths)[order]) >= -1e-9).all()
    assert max(lengths) > 3 * lengths[-1]


@pytest.mark.slow
def test_a_figure_of_another_instant_is_a_new_figure_of_that_instant(qapp):
    for layout in LAYOUTS:
        moved = laid_out(layout)
        image_of(moved)  # so that there is something kept
        moved.show(7.5)
        anew = painter_of(moved.figure, chapter_scenario(), 7.5)
        assert image_of(moved) == image_of(anew), layout


def test_a_thumbnail_has_the_size_of_the_screen_s_pixels(qapp):
    image = thumbnail(chapter_scenario(), "dark", 200, 130, 1.5)
    assert image.size() == QSize(300, 195)
    assert image.devicePixelRatio() == 1.5


# ── What images carry ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", [".png", ".svg"])
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scenario=any_scenario)
def test_an_image_gives_back_the_scenario_that_it_carries(painter, tmp_path, ending, scenario):
    save_figure(painter, scenario, tmp_path / f"figure{ending}")
    assert document_in(tmp_path / f"figure{ending}") == scenario


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.png", b""),
        ("a.svg", b"<svg></svg>"),
        ("a.svg", b'<svg><metadata id="optisim">\xff\xfe</metadata></svg>'),
        ("a.svg", b'<svg><metadata id="optisim">{"format": 3}</metadata></svg>'),
        ("a.svg", b'<svg><metadata id="optisim">' + b"[" * 9_000_000 + b"</metadata></svg>"),
    ],
)
def test_an_image_without_a_scenario_gets_one_sentence(qapp, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Problem) as caught:
        document_in(tmp_path / name)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_an_image_that_other_programs_made_carries_none(qapp, tmp_path):
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(tmp_path / "plain.png"))
    with pytest.raises(Problem, match=r"plain\.png.*carries no document"):
        document_in(tmp_path / "plain.png")
    with pytest.raises(Problem):
        document_in(tmp_path / "missing.png")
    with pytest.raises(Problem):
        document_in(tmp_path / "missing.svg")
