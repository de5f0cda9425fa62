"""The side view's picture: what window it has, and what is painted in it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from optisim.canvas.charts.profile import ProfileStyle, calm_scale, calm_window, paint_axes, paint_profile, profile
from optisim.canvas.text.fonts import canvas_font
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.race.cross_section import along_axis
from optisim.core.surfaces import own_surface
from optisim.core.surfaces.curvature import curvature_at
from tests.canvas.pictures import count, rgb

COLOR = "#E69F00"
far = st.floats(-1e6, 1e6)


# ── Windows ──────────────────────────────────────────────────────────────────────────────────────────────


@given(far, far, st.floats(1e-6, 1e6), st.none() | st.tuples(far, st.floats(1e-3, 1e6)))
def test_a_window_shows_both_ends_of_a_step_and_is_not_much_too_wide(one, other, least, before):
    low, high = sorted((one, other))
    old = before and (before[0], before[0] + before[1])
    left, right = calm_window(old, low, high, high - low, least)
    assert left <= low <= high <= right
    assert right - left <= max(20 * (high - low), 5 * least) or (left, right) == old


def test_a_window_is_kept_as_long_as_it_serves():
    window = calm_window(None, -4.0, 0.0, 4.0, 0.1)
    assert calm_window(window, -3.7, -0.4, 3.3, 0.1) == window
    assert calm_window(window, -2.0, -1.0, 1.0, 0.1) == window
    assert calm_window(window, -2.0, -2.0, 0.0, 0.1) == window, "a ball at rest stays as it was seen last"
    assert calm_window(window, -2.0, -1.9, 0.1, 0.1) != window
    assert calm_window(window, 3.0, 30.0, 27.0, 0.1) != window


def test_few_windows_suffice_for_a_ball_that_swings_ever_less():
    windows, place = [None], 0.0
    for t in range(40):
        goal = place + 4 * (-0.9) ** t
        windows.append(calm_window(windows[-1], *sorted((place, goal)), abs(goal - place), 0.1))
        place = goal
    assert sum(a != b for a, b in pairwise(windows)) <= 4


@given(st.lists(st.floats(-1e250, 1e250), min_size=1, max_size=30), st.booleans())
def test_a_scale_holds_all_heights(heights, log):
    heights = np.array([*heights, np.nan, np.inf])
    scale = calm_scale(None, heights, log)
    assert scale.low <= np.min(heights[:-2])
    assert scale.high >= np.max(heights[:-2])
    assert scale.high > scale.low
    assert calm_scale(scale, heights, log).high <= scale.high


@pytest.mark.parametrize("heights", [[5.0, 5.0], [0.0, 0.0], [0.0, 5e-324], [1e9, 1e9 + 1e-7], [-3.0, -3.0]])
def test_a_plain_is_seen_half_way_up(heights):
    for log in (False, True):
        scale = calm_scale(None, np.array(heights), log)
        assert 0.2 < float(scale.place(heights[0])) < 0.8


def test_a_scale_is_kept_until_heights_leave_it_or_hardly_fill_it():
    scale = calm_scale(None, np.linspace(0, 10, 50), False)
    assert calm_scale(scale, np.linspace(0.5, 6, 50), False) == scale
    assert calm_scale(scale, np.linspace(0, 0.3, 50), False) != scale
    assert calm_scale(scale, np.linspace(0, 20, 50), False) != scale
    assert calm_scale(scale, np.full(3, np.nan), False) == scale


# ── Pictures ─────────────────────────────────────────────────────────────────────────────────────────────


def cut(formula, point=(1.0, 0.0), landing=(-0.6, 0.0), whole=(-2.0, 2.0)):
    surface, point = own_surface(formula), np.array(point)
    return profile(surface, along_axis(0, point), curvature_at(surface, point), np.array(landing), 1.6, None, whole)


def picture(shown, theme=LIGHT, width=420, height=240):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    style, room = ProfileStyle("circle", COLOR, theme, canvas_font(), ""), QRectF(0, 0, width, height)
    paint_axes(painter, shown, room, style)
    paint_profile(painter, shown, room, style)
    painter.end()
    return rgb(image)


def where(image, color, within=12):
    rows, columns = np.nonzero(
        (np.abs(image - np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])) <= within).all(-1)
    )
    return columns, rows


def test_the_profile_has_the_heights_and_slope_of_the_surface():
    shown = cut("x^2 + 3y^2 + 1")
    np.testing.assert_allclose(shown.heights, shown.distances**2 + 1)
    assert shown.window == (-2.0, 2.0)
    assert (shown.distances[0], shown.distances[-1]) == (-2.0, 2.0)
    assert shown.slope == pytest.approx(2.0)
    assert (shown.ball, shown.local.value) == (1.0, pytest.approx(2.0))
    assert shown.landing_height == pytest.approx(1.36)
    np.testing.assert_allclose(shown.model(shown.distances), shown.distances**2 + 1, rtol=1e-6)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_ball_hill_and_tangent_are_painted_where_they_are(theme):
    shown = cut("x^2")
    image = picture(shown, theme)
    x, y = where(image, COLOR)
    left, right = 50, 410  # the margins of the picture
    assert x.mean() == pytest.approx(left + 0.75 * (right - left), abs=3)
    ground = 240 - 19 - float(shown.scale.place(1.0)) * (240 - 19 - 8)
    assert y.mean() == pytest.approx(ground - 6.5, abs=3), "it stands on the slope"
    x, y = where(image, theme.error)
    assert len(x) > 20
    slope = np.polyfit(x, y, 1)[0]
    per_height = (240 - 19 - 8) / (shown.scale.high - shown.scale.low)
    assert slope == pytest.approx(-2 * per_height / (360 / 4), rel=0.05)
    under, above = image[215, 60], image[215, 230 + 40]
    assert np.abs(under - above).max() < 40
    assert np.abs(image[20, 230] - image[215, 60]).max() > 12, "above the valley there is air, below the slope hill"


def test_the_shade_of_the_landing_ball_is_fainter_than_the_ball():
    near = picture(cut("x^2", landing=(1.0, 0.0)))
    both = picture(cut("x^2", landing=(-1.0, 0.0)))
    left = 50 + 0.25 * 360
    part = slice(int(left - 6), int(left + 7))
    changed = np.abs(both - near).max(axis=-1)[:, part]
    assert (changed > 20).sum() > 40
    assert count(both[:, part], COLOR, 12) == 0


@pytest.mark.parametrize(
    "formula", ["log(x)", "1/x", "sqrt(-1 - x^2)", "0 x + 5", "1e307 x", "exp(700 x)", "x^100"]
)
@pytest.mark.parametrize("point", [(1.0, 0.0), (-1.0, 0.0)])
def test_holes_cliffs_and_plains_can_be_painted(formula, point):
    shown = cut(formula, point)
    image = picture(shown)
    assert (count(image, COLOR, 12) > 0) == (abs(shown.local.value) < 1e300)
