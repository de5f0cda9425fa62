"""From surface coordinates to pixels, and lines cut to the view."""

from fractions import Fraction

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from optisim.canvas.projection import Projection, clip_segments, thinned
from optisim.core.surfaces import Domain
from tests.fast import examples

WIDTH, HEIGHT, MARGIN = 640.0, 480.0, 8.0
BOX = ((-MARGIN, WIDTH + MARGIN), (-MARGIN, HEIGHT + MARGIN))

# ── Projection ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_corners_of_the_view_are_the_corners_of_the_picture():
    projection = Projection(Domain(-2.0, 6.0, 1.0, 3.0), WIDTH, HEIGHT)
    corners = np.array([[-2.0, 3.0], [6.0, 3.0], [-2.0, 1.0], [6.0, 1.0], [2.0, 2.0]])
    wanted = [[0, 0], [WIDTH, 0], [0, HEIGHT], [WIDTH, HEIGHT], [WIDTH / 2, HEIGHT / 2]]
    assert projection.to_pixels(corners).tolist() == wanted
    assert projection.to_pixels(corners.reshape(5, 1, 2)).shape == (5, 1, 2)


sides = st.floats(-1e6, 1e6)
lengths = st.floats(1e-3, 1e6)


@given(sides, lengths, sides, lengths, st.floats(1, 1e4), st.floats(1, 1e4), st.floats(-3, 4), st.floats(-3, 4))
@settings(max_examples=examples(150), deadline=None)
def test_there_and_back_is_the_same_point(left, width, bottom, height, pixels_x, pixels_y, u, v):
    projection = Projection(Domain(left, left + width, bottom, bottom + height), pixels_x, pixels_y)
    point = np.array([left + u * width, bottom + v * height])
    back = projection.from_pixel(*projection.to_pixels(point).tolist())
    assert np.abs(np.array(back) - point).max() <= 1e-14 * (
        np.abs(point).max() + abs(left) + abs(bottom) + 10 * (width + height)
    )


# ── Clipping ─────────────────────────────────────────────────────────────────────────────────────────────

near = st.floats(-2000, 2000) | st.sampled_from([0.0, -MARGIN, WIDTH, WIDTH + MARGIN, HEIGHT, HEIGHT + MARGIN])
far = near | st.floats(-1e300, 1e300) | st.floats(-1e12, 1e12)


def segments(coordinates):
    moving = st.tuples(coordinates, coordinates, coordinates, coordinates)
    still = st.tuples(coordinates, coordinates).map(lambda point: point * 2)
    return st.lists(moving | still, min_size=1, max_size=8).map(lambda rows: np.array(rows, dtype=np.float64))


def clipped(lines):
    """The result as {number of the segment: its part}."""
    parts, numbers = clip_segments(lines, WIDTH, HEIGHT, MARGIN)
    assert parts.shape == (len(numbers), 4)
    assert len(set(numbers.tolist())) == len(numbers)
    assert sorted(numbers.tolist()) == numbers.tolist(), "trails are joined in the order of time"
    return dict(zip(numbers.tolist(), parts, strict=True))


def outside_by(points):
    """How far points (…, 2) lie outside the box, negative inside."""
    points = np.asarray(points)
    return np.maximum(-MARGIN - points, points - (WIDTH + MARGIN, HEIGHT + MARGIN)).max(axis=-1)


@given(segments(near))
@example(np.array([[-2000.0, 240.0, 2000.0, 240.0], [10, 10, 10, 10], [-50, -50, -50, -50], [300, -900, 300, 900]]))
@example(np.array([[-MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN], [-60.0, 0, 0, -60.0], [-8, 0, -8, 100]]))
@settings(max_examples=examples(150), deadline=None)
def test_what_is_kept_are_the_points_that_lie_in_the_rectangle(lines):
    """Against brute force: a thousand points along each segment."""
    kept = clipped(lines)
    share = np.linspace(0, 1, 1001)[:, None]
    for number, (x0, y0, x1, y1) in enumerate(lines):
        start, end = np.array([x0, y0]), np.array([x1, y1])
        samples = start + share * (end - start)
        inside = samples[outside_by(samples) < -1e-9]
        if number not in kept:
            assert not len(inside)
            continue
        a, b = kept[number].reshape(2, 2)
        assert outside_by([a, b]).max() <= 1e-9
        along = (end - start) / max(np.hypot(*(end - start)), 1e-300)
        for point in (a, b):  # on the segment, and in its direction
            assert abs(np.cross([*along, 0], [*(point - start), 0])[2]) < 1e-9
        assert np.dot(b - a, along) >= -1e-9
        if len(inside):
            reach = np.dot(inside - a, along), np.dot(inside - b, along)
            assert reach[0].min() >= -1e-9
            assert reach[1].max() <= 1e-9


def exact_part(line):
    """The part of a segment in the box as exact numbers, or None."""
    x0, y0, x1, y1 = map(Fraction, line.tolist())
    enter, leave = Fraction(0), Fraction(1)
    for start, delta, (low, high) in ((x0, x1 - x0, BOX[0]), (y0, y1 - y0, BOX[1])):
        low, high = Fraction(low), Fraction(high)
        if delta == 0:
            if not low <= start <= high:
                return None
            continue
        near_end, far_end = sorted(((low - start) / delta, (high - start) / delta))
        enter, leave = max(enter, near_end), min(leave, far_end)
    if enter > leave:
        return None
    return [x0 + enter * (x1 - x0), y0 + enter * (y1 - y0), x0 + leave * (x1 - x0), y0 + leave * (y1 - y0)]


@given(segments(far))
@example(np.array([[1e300, 50.0, -1e300, 50.0], [1e17, -1e17, -1e17, 1e17], [3e16, 1.0, -5e16, 470.0]]))
@settings(max_examples=examples(200), deadline=None)
def test_coordinates_however_large_give_parts_within_the_rectangle(lines):
    kept = clipped(lines)
    for number, line in enumerate(lines):
        wanted = exact_part(line)
        rounding = 8 * np.finfo(float).eps * np.abs(line).max()
        if number in kept:
            assert outside_by(kept[number].reshape(2, 2)).max() <= 0
            if wanted is not None:
                assert np.abs(kept[number] - [float(c) for c in wanted]).max() <= rounding + 1e-9
            else:  # it passes the rectangle so closely that rounding decides
                assert rounding > 1e-9 or outside_by(kept[number].reshape(2, 2)).max() > -1e-9
        elif wanted is not None:
            length = max(abs(float(wanted[2] - wanted[0])), abs(float(wanted[3] - wanted[1])))
            assert length <= rounding + 1e-9 or rounding > 1, "a part that can be seen is missing"


@given(segments(near), st.lists(st.sampled_from([np.nan, np.inf, -np.inf]), min_size=4, max_size=4), st.data())
@settings(max_examples=examples(60), deadline=None)
def test_segments_that_are_no_numbers_are_dropped_and_harm_no_other(lines, odd, data):
    spoiled = lines.copy()
    number = data.draw(st.integers(0, len(lines) - 1))
    places = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True))
    spoiled[number, places] = [odd[place] for place in places]
    before, after = clipped(lines), clipped(spoiled)
    before.pop(number, None)
    assert after.keys() == before.keys()
    assert all(np.abs(after[n] - before[n]).max() < 1e-9 for n in before)


def test_nothing_to_clip_is_nothing():
    parts, numbers = clip_segments(np.empty((0, 4)), WIDTH, HEIGHT)
    assert (parts.shape, numbers.shape) == ((0, 4), (0,))


# ── Thinning ─────────────────────────────────────────────────────────────────────────────────────────────

steps = st.floats(-3, 3) | st.floats(-0.1, 0.1) | st.floats(-1e9, 1e9) | st.just(0.0)
paths = st.lists(st.tuples(steps, steps), min_size=1, max_size=60).map(lambda moves: np.cumsum(moves, axis=0))


@given(paths, st.sampled_from([0.5, 2.0]))
@example(np.array([[3e6, 9e6], [9e6, 3e6], [5.0, 5.0], [5.1, 5.1], [100.0, 5.0]]), 0.5)
@settings(max_examples=examples(200), deadline=None)
def test_thinning_keeps_the_ends_and_moves_no_point_out_of_its_cell(path, apart):
    kept = thinned(path, apart).tolist()
    assert kept[0] == 0
    assert kept[-1] == len(path) - 1
    assert sorted(set(kept)) == kept
    for number in set(range(len(path))) - set(kept):
        before = max(k for k in kept if k < number)
        # what is left out lies in the same square as the point kept before it, so the line stays where it was
        assert np.abs(path[number] - path[before]).max() <= apart * (1 + 1e-9)


def test_thousands_of_steps_on_one_spot_become_a_handful():
    spot = 100.0 + np.random.default_rng(0).uniform(-0.1, 0.1, size=(10_000, 2))
    assert len(thinned(spot)) == 2
    spiral = np.exp(np.linspace(0, -9, 10_000))[:, None] * 200 * np.array([1.0, 0.3])
    assert 2 < len(thinned(spiral)) < 1000


@given(paths)
@settings(max_examples=examples(50), deadline=None)
def test_points_that_are_far_apart_all_stay(path):
    path = path[:20]
    assume((np.abs(np.diff(path, axis=0)).max(axis=1) > 1.0).all())
    assert thinned(path).tolist() == list(range(len(path)))
