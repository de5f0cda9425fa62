"""Lines over a surface, and paths rolled out along them."""

from itertools import pairwise

import numpy as np
import pytest

from optisim import SGD, SURFACES, Adam, Momentum
from optisim.core.race.cross_section import SectionLine, UnrolledPath, along_axis, downhill, landing_of
from optisim.core.race.simulate import simulate
from optisim.core.surfaces import own_surface

BOWL = SURFACES["bowl"]


def test_points_of_a_line_and_distances_along_it_are_inverse():
    line = SectionLine(np.array([1.0, -2.0]), np.array([0.6, 0.8]), 5.0)
    np.testing.assert_allclose(line.points(np.array([5.0, 15.0])), [[1.0, -2.0], [7.0, 6.0]])
    assert line.distance(np.array([7.0, 6.0])) == pytest.approx(15.0)
    assert line.distance(np.array([1.0 - 0.8, -2.0 + 0.6])) == pytest.approx(5.0), (
        "beside the line, seen from the side"
    )


def test_a_swinging_ball_comes_back_along_its_line():
    """On y² with rate 0.95, y is multiplied by −0.9: the valley's bottom stays 2 from the start."""
    trajectory = simulate("0 x + y^2", SGD(lr=0.95), start=(3, 2), steps=20)[0]
    unrolled = UnrolledPath(trajectory)
    places = np.array([unrolled.line(row).at for row in range(21)])
    np.testing.assert_allclose(np.abs(places - places[0]), np.abs(2 - 2 * (-0.9) ** np.arange(21)), atol=1e-12)
    for row in range(21):
        bottom = unrolled.line(row).distance(np.array([3.0, 0.0]))
        assert abs(bottom) == pytest.approx(2.0)
        assert np.sign(bottom) == np.sign(places[1])


@pytest.mark.parametrize("optimizer", [SGD(lr=0.95), Momentum(lr=0.1), Adam(lr=0.3)], ids=lambda o: o.slug())
def test_each_line_ends_where_the_next_begins_and_turns_by_less_than_a_right_angle(optimizer):
    trajectory = simulate(BOWL, optimizer, steps=30)[0]
    unrolled = UnrolledPath(trajectory)
    lines = [unrolled.line(row) for row in range(31)]
    for row, (line, following) in enumerate(pairwise(lines)):
        assert line.distance(trajectory.x[row + 1, 0]) == pytest.approx(following.at, abs=1e-9)
        np.testing.assert_allclose(line.points(np.array([following.at]))[0], trajectory.x[row + 1, 0], atol=1e-9)
        assert line.direction @ following.direction >= 0
    assert lines[0].direction[0] > 0
    assert lines[-1].distance(landing_of(trajectory, 30)) != lines[-1].at


def test_a_ball_at_rest_keeps_its_last_direction():
    trajectory = simulate("x + y^2", SGD(lr=0.5), start=(0, 2), steps=3)[0]
    resting = simulate("max(x, 0) + y^2", SGD(lr=0.5), start=(0.4, 2), steps=5)[0]
    assert not resting.columns["update"][-1].any()
    unrolled = UnrolledPath(resting)
    assert np.array_equal(unrolled.line(5).direction, unrolled.line(1).direction)
    assert unrolled.line(5).at == unrolled.line(2).at
    assert UnrolledPath(trajectory).reaches(trajectory, 0, 3)
    assert not UnrolledPath(trajectory).reaches(trajectory, 0, 4)
    assert not UnrolledPath(trajectory).reaches(resting, 0, 1)
    never = simulate("0 x + 0 y^2", SGD(), steps=2)[0]
    assert np.array_equal(UnrolledPath(never).line(1).direction, [1.0, 0.0])


def test_downhill_is_against_the_gradient_and_stays_so_where_there_is_none():
    trajectory = simulate("max(x, 0) + 0 y", SGD(lr=0.5), start=(0.4, 2), steps=5)[0]
    surface = own_surface("max(x, 0) + 0 y")
    for row in (0, 3):
        assert np.array_equal(downhill(surface, trajectory.x[row, 0], trajectory, row).direction, [-1.0, 0.0])
    line = downhill(BOWL, np.array([-7.0, 2.0]), trajectory, 0)
    np.testing.assert_allclose(line.direction, np.array([0.7, -4.0]) / np.hypot(0.7, 4.0))
    assert line.at == 0
    undefined = simulate("log(x)", SGD(), start=(-1, 1), steps=2)[0]
    assert np.isfinite(downhill(own_surface("log(x)"), np.array([-1.0, 1.0]), undefined, 1).direction).all()


def test_along_an_axis_the_coordinate_is_the_distance():
    for axis in (0, 1):
        line = along_axis(axis, np.array([3.0, -4.0]))
        assert line.at == (3.0, -4.0)[axis]
        assert line.distance(np.array([7.0, 8.0])) == (7.0, 8.0)[axis]


def test_a_ball_that_diverges_at_the_end_lands_where_it_is():
    trajectory = simulate("exp(x^2)", SGD(lr=1.0), start=(20, 0), steps=1)[0]
    for row in range(2):
        assert np.array_equal(landing_of(trajectory, row), trajectory.x[0, 0])
    assert np.isfinite(UnrolledPath(trajectory).line(1).at)
