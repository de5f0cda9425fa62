"""The still layer: heights and their shades, contour lines, labels, heat map."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPolygonF, QTransform

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map import terrain as terrain_module
from optisim.canvas.map.terrain import SHADES, Terrain, format_height, heat_image, shades
from optisim.canvas.projection import Projection
from optisim.canvas.text.fonts import canvas_font
from optisim.canvas.theme import DARK, LIGHT, THEMES
from optisim.core.surfaces import SURFACES, Domain, own_surface
from optisim.core.surfaces.contours import Heights, HeightScale, heights
from tests.canvas.pictures import rgb
from tests.fast import examples

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
UNIT = Domain(0.0, 1.0, 0.0, 1.0)


def ramp(low, high, log):
    """Heights that go from `low` to `high`, with the scale that the program gives them."""
    surface = own_surface(f"({low!r})*(1 - x) + ({high!r})*x")
    return heights(over_unit(surface, log), UNIT, 201, 3)


def over_unit(surface, log):
    from dataclasses import replace

    return replace(surface, domain=UNIT, log=log)


# ── Scale ────────────────────────────────────────────────────────────────────────────────────────────────

sizes = st.floats(1e-200, 1e200) | st.floats(1e-3, 1e4)
signed = sizes | sizes.map(lambda size: -size) | st.just(0.0)


@given(signed, signed, st.booleans())
@example(0.0, 0.0, True)
@example(-3.0, -3.0, True)
@example(5.0, 5.0, False)
@example(1e300, -1e300, False)
@example(1e307, -1e308, True)
@example(0.0, 5e-324, False)
@example(0.0, 1e-310, True)
@example(1.0, 1.0 + 2**-52, False)
@example(-39.16616570377142, 250.0, True)
@example(1e-200, -1.5, False)
@example(1.0, -3.750000000000001e16, False)
@settings(max_examples=examples(100), deadline=None)
def test_shades_rise_with_height_and_levels_are_round_and_between(a, b, log):
    ground = ramp(min(a, b), max(a, b), log)
    scale = ground.scale
    z = np.sort(ground.z[np.isfinite(ground.z)])
    shade = scale.shade(z)
    assert ((shade >= 0) & (shade <= 1)).all()
    assert (np.diff(shade) >= 0).all()
    levels = scale.levels()
    if scale.high > scale.low:
        assert scale.shade(scale.low) == 0.0
        assert scale.shade(scale.high) == 1.0
        assert 3 <= len(levels) <= 14
        assert levels[0] > scale.low
        assert levels[-1] < scale.high
        assert (np.diff(levels) > 0).all()
        assert (np.diff(scale.shade(levels)) > 0).all()
    else:
        assert not len(levels)
        assert (shade == 0.5).all()


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
@settings(max_examples=examples(100), deadline=None)
def test_levels_of_a_linear_scale_are_multiples_of_a_round_step(low, extent):
    assume(extent > 1e-4 * abs(low))
    levels = HeightScale(low, low + extent, log=False).levels()
    steps = np.diff(levels)
    step = float(np.median(steps))
    assert np.allclose(steps, step, rtol=1e-6)
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - nice) for nice in (1.0, 2.0, 2.5, 5.0, 10.0)) < 1e-6
    assert np.allclose(levels / step, np.round(levels / step), atol=1e-6)


@given(st.floats(1e-9, 1.0), st.floats(1e2, 1e12))
@settings(max_examples=examples(100), deadline=None)
def test_levels_of_a_logarithmic_scale_are_a_round_digit_and_zeros(guard, high):
    levels = HeightScale(0.0, high, log=True, guard=guard).levels()
    digits = levels / 10 ** np.floor(np.log10(levels) + 1e-9)
    assert all(min(abs(digit - nice) for nice in (1, 2, 3, 5)) < 1e-6 for digit in digits)
    assert levels[-1] * 10 >= high
    assert levels[0] <= guard * 10


def test_a_height_that_is_no_number_has_no_shade():
    for log in (False, True):
        shade = HeightScale(0.0, 9.0, log).shade(np.array([np.nan, 4.0]))
        assert np.isnan(shade).tolist() == [True, False]
        assert np.isnan(HeightScale(1.0, 1.0, log).shade(np.nan))


def test_a_logarithmic_scale_counts_from_a_lowest_height_below_zero():
    surface = SURFACES["styblinski-tang"]
    ground = heights(over_unit(surface, log=True), surface.domain, 101, 101)
    low, high = ground.scale.low, ground.scale.high
    assert low < -78
    assert ground.scale.shade(low + 0.1 * (high - low)) > 0.4
    assert len(ground.scale.levels()) >= 4
    assert (ground.scale.levels() < 0).any()


@pytest.mark.slow(keep=15)
@each_surface
@pytest.mark.parametrize("share", [1.0, 1e-1, 1e-2, 1e-3])
def test_zoomed_in_there_are_still_contour_lines(surface, share):
    d, (x, y) = surface.domain, surface.start
    view = Domain(
        x - share * d.width / 2, x + share * d.width / 2, y - share * d.height / 2, y + share * d.height / 2
    )
    assert len(heights(surface, view, 100, 80).scale.levels()) >= 4


def test_where_nothing_is_defined_there_is_nothing_to_see():
    ground = heights(own_surface("log(-1 - x^2)"), UNIT, 20, 10)
    assert not ground.any_defined
    assert np.isnan(ground.z).all()
    assert not len(ground.scale.levels())
    assert np.isnan(ground.scale.shade(ground.z)).all()
    assert ground.lines(ground.scale.levels()) == []


@pytest.mark.parametrize("formula", ["1e308 x", "3e307 x", "exp(700 x) 1e5", "1/x", "1/x^100", "exp(exp(9 x))"])
@pytest.mark.parametrize("log", [False, True])
def test_heights_beyond_all_bounds_are_left_out(formula, log):
    ground = heights(over_unit(own_surface(formula), log), Domain(-1.0, 1.0, -1.0, 1.0), 101, 51)
    assert ground.any_defined
    assert 0 <= ground.scale.high - ground.scale.low < 2.1e300
    shade = ground.scale.shade(ground.z)
    assert (np.isnan(shade) == np.isnan(ground.z)).all()
    ground.lines(ground.scale.levels())


# ── Contour lines ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=11)
@each_surface
def test_contour_lines_lie_on_their_level(surface):
    ground = heights(surface, surface.domain, 321, 241)
    levels = ground.scale.levels()
    errors, slack = [], []
    for level, lines in zip(levels, ground.lines(levels), strict=True):
        assert lines, f"level {level} has no line"
        for line in lines:
            value = surface.value(line)
            # along an edge of the grid, linear interpolation cannot be off by more than the edge rises
            column = np.clip(np.searchsorted(ground.x, line[:, 0]) - 1, 0, len(ground.x) - 2)
            row = np.clip(np.searchsorted(ground.y, line[:, 1]) - 1, 0, len(ground.y) - 2)
            cell = np.stack([ground.z[row + j, column + i] for i, j in itertools.product((0, 1), repeat=2)])
            errors.append(np.abs(value - level))
            slack.append(np.ptp(cell, axis=0))
    errors, slack = np.concatenate(errors), np.concatenate(slack)
    assert (errors <= slack).mean() > 0.999  # kinks are the exception
    assert np.median(errors / slack) < 0.02
    assert np.median(errors) < 1e-3 * (ground.scale.high - ground.scale.low)


def test_contour_lines_end_where_nothing_is_defined():
    surface = own_surface("sqrt(x - 0.5) + y")
    ground = heights(surface, UNIT, 101, 101)
    lines = [line for lines in ground.lines(np.array([0.4, 0.8, 1.2])) for line in lines]
    assert lines
    assert all((line[:, 0] >= 0.49).all() for line in lines)


def test_every_other_point_gives_nearly_the_same_lines():
    ground = heights(SURFACES["bowl"], SURFACES["bowl"].domain, 401, 401)
    for every in (1, 2, 4):
        (line,) = ground.lines(np.array([2.0]), every=every)[0]
        assert np.abs(SURFACES["bowl"].value(line) - 2.0).max() < 0.02 * every


# ── Labels ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def labels_of(qapp, monkeypatch):
    """The labels that a terrain paints, and their corners on the map."""
    placed = []
    place = terrain_module._place_labels

    def noted(level, line, labels, *rest):
        placed[:] = [labels]
        return place(level, line, labels, *rest)

    monkeypatch.setattr(terrain_module, "_place_labels", noted)
    metrics = QFontMetricsF(canvas_font())

    def labels(surface, width, height, view):
        placed.clear()
        image = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        terrain = Terrain(surface, Projection(view, width, height))
        terrain.paint_contours(painter, canvas_font(), LIGHT, labelled=True, heat=True)
        painter.end()
        boxes = []
        for label in placed[0] if placed else []:
            half = QPointF(metrics.horizontalAdvance(label.text) / 2, metrics.capHeight() / 2)
            turn = QTransform().translate(label.x, label.y).rotate(label.angle)
            corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
            boxes.append(QPolygonF([turn.map(QPointF(sx * half.x(), sy * half.y())) for sx, sy in corners]))
        return placed[0] if placed else [], boxes, terrain.levels

    return labels


@pytest.mark.slow(keep=15)
@each_surface
@pytest.mark.parametrize(("width", "height"), [(1170, 740), (420, 260)])
@pytest.mark.parametrize("share", [1.0, 0.1])
def test_labels_are_readable_inside_the_map_and_apart(labels_of, surface, width, height, share):
    d = surface.domain
    x, y = surface.start if share < 1 else (d.left + d.width / 2, d.bottom + d.height / 2)
    view = Domain(
        x - share * d.width / 2, x + share * d.width / 2, y - share * d.height / 2, y + share * d.height / 2
    )
    labels, boxes, levels = labels_of(surface, width, height, view)
    texts = [format_height(level) for level in levels]
    assert len(set(texts)) == len(texts), "two levels read the same"
    assert labels
    assert {label.text for label in labels} <= set(texts)
    for label, box in zip(labels, boxes, strict=True):
        assert -90 <= label.angle <= 90, "it stands on its head"
        around = box.boundingRect()
        assert around.left() >= 0
        assert around.top() >= 0
        assert around.right() <= width
        assert around.bottom() <= height
    for (one, box), (other, box_2) in itertools.combinations(zip(labels, boxes, strict=True), 2):
        assert not box.intersects(box_2), f"{one.text} covers {other.text}"


def number_in(text):
    """The number that a person reads: −2.5·10⁻⁶."""
    plain = text.translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789"))
    found = re.fullmatch(r"(-?)(?:([\d.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text.replace("−", "-"))
    if found is None:
        return float(plain)
    power = found[3].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(f"{found[1]}{found[2] or 1}e{power}")


def test_a_height_reads_as_what_it_is():
    for value, text in {
        0.0: "0", 1.0: "1", -2.5: "−2.5", 0.001: "0.001", 12500.0: "12500", 99999.0: "99999", 3 * 0.1: "0.3",
        250000.0: "2.5·10⁵", 1e5: "10⁵", -1.25e7: "−1.25·10⁷", -1e6: "−10⁶", 1e-4: "10⁻⁴", 2.5e-12: "2.5·10⁻¹²",
    }.items():  # fmt: skip
        assert format_height(value) == text
    assert format_height(-0.0) == "0"


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12))
@settings(max_examples=examples(150), deadline=None)
def test_no_two_levels_of_a_scale_read_the_same(low, extent):
    assume(extent > 1e-3 * abs(low))
    levels = HeightScale(low, low + extent, log=False).levels()
    texts = [format_height(level) for level in levels.tolist()]
    assert len(set(texts)) == len(texts)
    read = [number_in(text) for text in texts]
    assert np.allclose(read, levels, rtol=1e-5, atol=1e-6 * extent)


# ── Heat map ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_heat_map_stands_upright_and_has_the_colours_of_the_scale(qapp):
    surface = own_surface("y + 0 x")
    for theme in THEMES.values():
        for colormap in COLORMAPS:
            picture = rgb(heat_image(heights(surface, UNIT, 21, 2001), colormap, theme))
            assert picture.shape == (2000, 20, 3)
            table = shades(colormap, theme)
            assert (picture[0] == table[-1]).all(), "the highest is at the top"
            assert (picture[-1] == table[0]).all()
            assert len(np.unique(table, axis=0)) > 100
            assert len(table) == SHADES
    assert not np.array_equal(shades("viridis", LIGHT), shades("viridis", DARK))


def test_the_heat_map_is_transparent_where_nothing_is_defined(qapp):
    image = heat_image(heights(own_surface("sqrt(x - 0.5) + y"), UNIT, 102, 12), "viridis", LIGHT)
    alpha = [image.pixelColor(column, 5).alpha() for column in range(101)]
    assert alpha == [0] * 51 + [255] * 50


def test_a_level_ground_has_one_shade(qapp):
    for log in (False, True):
        for formula in ("0 x", "5 + 0 x", "-5 + 0 y", "sin(x)^2 + cos(x)^2"):
            picture = rgb(heat_image(heights(over_unit(own_surface(formula), log), UNIT, 64, 64), "viridis", LIGHT))
            assert len(np.unique(picture.reshape(-1, 3), axis=0)) == 1


def test_heights_keep_the_shape_of_their_grid():
    ground = heights(SURFACES["beale"], Domain(0.0, 1.0, 2.0, 5.0), 7, 4)
    assert isinstance(ground, Heights)
    assert (ground.x.shape, ground.y.shape, ground.z.shape) == ((7,), (4,), (4, 7))
    assert ground.z[3, 6] == SURFACES["beale"].value((1.0, 5.0))
    assert ground.z[0, 6] == SURFACES["beale"].value((1.0, 2.0))
