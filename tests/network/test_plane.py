"""Planes through the space of parameters: the interpolant, directions, projections, and what is refused."""

import numpy as np
import pytest

from optisim import Problem
from optisim.core.surfaces import Domain
from optisim.network import Architecture, Network, digits
from optisim.network.interpolation import Bicubic
from optisim.network.plane import (
    Path,
    Plane,
    Probe,
    domain_around,
    on_plane,
    path_of,
    path_plane,
    random_plane,
    sample,
)
from optisim.network.runs import training_of

RANDOM = np.random.default_rng(8)
X, Y = np.linspace(-2.0, 1.0, 9), np.linspace(0.0, 5.0, 12)

# ── The interpolant ──────────────────────────────────────────────────────────────────────────────────────


def grid(function):
    return Bicubic(X, Y, function(*np.meshgrid(X, Y)))


def test_the_interpolant_goes_through_the_grid():
    values = RANDOM.standard_normal((12, 9))
    found = Bicubic(X, Y, values).at(np.stack(np.meshgrid(X, Y), axis=-1).reshape(-1, 2))
    np.testing.assert_allclose(found.value, values.ravel(), atol=1e-12)


def test_a_cubic_is_met_exactly_with_its_derivatives():
    surface = grid(lambda x, y: x**3 * y**3 - 2 * x**2 * y + 3 * y - 1)
    points = RANDOM.uniform((-2.0, 0.0), (1.0, 5.0), (50, 2))
    x, y = points.T
    found = surface.at(points)
    np.testing.assert_allclose(found.value, x**3 * y**3 - 2 * x**2 * y + 3 * y - 1, rtol=1e-9, atol=1e-9)
    gradient = np.stack((3 * x**2 * y**3 - 4 * x * y, 3 * x**3 * y**2 - 2 * x**2 + 3), axis=1)
    np.testing.assert_allclose(found.gradient, gradient, rtol=1e-8, atol=1e-8)
    mixed = 9 * x**2 * y**2 - 4 * x
    hessian = np.stack((6 * x * y**3 - 4 * y, mixed, mixed, 6 * x**3 * y), axis=1).reshape(-1, 2, 2)
    np.testing.assert_allclose(found.hessian, hessian, rtol=1e-7, atol=1e-7)


def test_gradient_and_hessian_are_those_of_the_interpolant_also_across_cells():
    surface, h = Bicubic(X, Y, RANDOM.standard_normal((12, 9))), 1e-5
    inside = RANDOM.uniform((-1.9, 0.1), (0.9, 4.9), (40, 2))
    points = np.concatenate((inside, np.stack(np.meshgrid(X[1:-1], Y[1:-1]), axis=-1).reshape(-1, 2)))
    found = surface.at(points)
    for axis in range(2):
        step = h * np.eye(2)[axis]
        above, below = surface.at(points + step), surface.at(points - step)
        np.testing.assert_allclose(found.gradient[:, axis], (above.value - below.value) / (2 * h), atol=1e-6)
        change = (above.gradient - below.gradient) / (2 * h)
        np.testing.assert_allclose(found.hessian[:, axis], change, atol=5e-3)


def test_nothing_is_known_outside_of_the_grid():
    found = grid(lambda x, y: x + y).at([(-2.01, 1.0), (0.0, 5.01), (np.nan, 1.0), (1.0, 5.0)])
    assert np.isnan(found.value).tolist() == [True, True, True, False]
    assert np.isnan(found.hessian[:3]).all()


@pytest.mark.parametrize(
    ("x", "values", "told"),
    [
        (X, np.full((12, 9), np.nan), "108 of 108 values"),
        (X, np.zeros((9, 12)), "points"),
        (X[::-1], np.zeros((12, 9)), "equal steps"),
        (X**3, np.zeros((12, 9)), "equal steps"),
        (X[:3], np.zeros((12, 3)), "4 to"),
    ],
    ids=["nan", "shape", "falling", "uneven", "few"],
)
def test_a_grid_that_cannot_be_interpolated_is_refused(x, values, told):
    with pytest.raises(Problem, match=told):
        Bicubic(x, Y, values)


# ── Directions ───────────────────────────────────────────────────────────────────────────────────────────

ARCHITECTURE = Architecture((64, 12, 10), batch_norm=True, seed=3)


def test_random_directions_have_filters_as_long_as_the_networks():
    vector = ARCHITECTURE.first_parameters()
    plane = random_plane(ARCHITECTURE, vector, seed=1)
    weights = ARCHITECTURE.layout.arrays(vector)
    for direction in (plane.u, plane.v):
        for name, array in ARCHITECTURE.layout.arrays(direction).items():
            if name.startswith("W"):
                lengths = np.linalg.norm(weights[name], axis=0)
                np.testing.assert_allclose(np.linalg.norm(array, axis=0), lengths)
            else:
                assert not array.any()
    np.testing.assert_array_equal(plane.u, random_plane(ARCHITECTURE, vector, seed=1).u)
    assert (plane.u != random_plane(ARCHITECTURE, vector, seed=2).u).any()


def test_a_zero_filter_is_told():
    vector = ARCHITECTURE.first_parameters()
    ARCHITECTURE.layout.arrays(vector)["W2"][:, 4] = 0.0
    with pytest.raises(Problem, match="All weights of W2 into unit 5 are 0"):
        random_plane(ARCHITECTURE, vector)


def test_principal_directions_and_their_share_are_those_of_numpys_svd():
    positions = RANDOM.standard_normal((30, 200)) * np.geomspace(5.0, 0.1, 200)
    plane = path_plane([Path(np.arange(20), positions[:20]), Path(np.arange(10), positions[20:])])
    _, singular, vectors = np.linalg.svd(positions - positions.mean(axis=0), full_matrices=False)
    for found, expected in ((plane.u, vectors[0]), (plane.v, vectors[1])):
        assert abs(found @ expected) == pytest.approx(1.0, abs=1e-10)
    share = (singular[:2] ** 2).sum() / (singular**2).sum()
    assert plane.share_of_variance(positions) == pytest.approx(share, rel=1e-10)


def test_projecting_finds_the_nearest_point():
    plane = Plane(RANDOM.standard_normal(9), RANDOM.standard_normal(9), RANDOM.standard_normal(9))
    points = RANDOM.standard_normal((5, 2))
    np.testing.assert_allclose(plane.project(plane.at(points)), points, atol=1e-12)
    away = RANDOM.standard_normal((1, 9))
    rest = away - plane.at(plane.project(away))
    np.testing.assert_allclose(rest @ np.stack((plane.u, plane.v)).T, 0.0, atol=1e-12)
    assert plane.share_of_variance(plane.at(points)) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("positions", "told"),
    [
        (np.zeros((5, 9)), "fewer than two"),
        (np.outer(np.arange(5.0), np.ones(9)), "fewer than two"),
        (np.full((5, 9), np.nan), "not finite"),
        (np.zeros((0, 9)), "fewer than two"),
    ],
    ids=["still", "a line", "nan", "none"],
)
def test_paths_that_span_no_plane_are_refused(positions, told):
    with pytest.raises(Problem, match=told):
        path_plane([Path(np.arange(len(positions)), positions)])


# ── Losses ───────────────────────────────────────────────────────────────────────────────────────────────


class Quadratic:
    """½ xᵀ A x + b·x in place of a network's loss."""

    A = RANDOM.standard_normal((9, 9))
    b = RANDOM.standard_normal(9)

    def losses(self, positions):
        return 0.5 * np.einsum("pi,ij,pj->p", positions, self.A @ self.A.T, positions) + positions @ self.b


def test_the_plane_of_a_quadratic_is_its_formula():
    loss, plane = Quadratic(), Plane(*RANDOM.standard_normal((3, 9)))
    surface = sample(plane, loss, Domain(-1.0, 2.0, -2.0, 1.0), points=11).surface
    points = RANDOM.uniform((-1.0, -2.0), (2.0, 1.0), (30, 2))
    basis, H = np.stack((plane.u, plane.v)), loss.A @ loss.A.T
    found = surface.at(points)
    np.testing.assert_allclose(found.value, loss.losses(plane.at(points)), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.gradient, (plane.at(points) @ H + loss.b) @ basis.T, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(found.hessian, np.broadcast_to(basis @ H @ basis.T, (30, 2, 2)), rtol=1e-7)


@pytest.fixture(scope="module")
def trained():
    net = Network((64, 12, 10), batch_norm=True, dropout=0.1, weight_decay=0.01, seed=1)
    return training_of(net, digits(), "momentum:lr=0.05", 64, 60, measure_every=0)


def test_a_path_is_seen_on_its_plane_with_both_losses(trained):
    path = path_of(trained, 7)
    np.testing.assert_array_equal(path.times, [0, 7, 14, 21, 28, 35, 42, 49, 56, 60])
    state, _ = trained.advance(trained.start, 21)
    np.testing.assert_array_equal(path.positions[3], state.x[0])
    plane, probe = path_plane([path]), Probe(trained.architecture, trained.data, 200)
    found = on_plane(path, plane, probe)
    assert found.points.shape == (10, 2)
    assert 0.8 < found.share_of_variance < 1.0
    network = Network.of(trained.architecture, path.positions[3])
    rows = trained.data.train[:200]
    expected = network.loss(trained.data.x[rows], trained.data.y[rows], training=True)
    assert found.loss[3] == pytest.approx(expected, rel=1e-12)
    assert (np.abs(found.loss - found.loss_on_plane) > 1e-3).any(), "one is not the other"
    whole = sample(plane, probe, domain_around(found.points), 21, [path])
    np.testing.assert_allclose(whole.surface.at(found.points).value, found.loss_on_plane, rtol=0.05)
    seen = []
    again = sample(plane, probe, domain_around(found.points), 21, [path], seen.append)
    np.testing.assert_array_equal(again.surface.values, whole.surface.values)
    assert seen == pytest.approx(np.arange(1, 22) / 21)


def test_a_plane_far_too_wide_is_told(trained):
    path = path_of(trained, 20)
    plane, probe = path_plane([path]), Probe(trained.architecture, trained.data, 20)
    with pytest.raises(Problem, match=r"far too wide: every path fits between two points"):
        sample(plane, probe, Domain(-1e6, 1e6, -1e6, 1e6), 5, [path])
    plane = random_plane(trained.architecture, trained.start.x)
    with pytest.raises(Problem, match=r"far too wide: at its edge weights are \d+ times"):
        sample(plane, probe, Domain(-1e5, 1e5, -1e5, 1e5), 5)


def test_a_loss_that_is_not_finite_is_told():
    class Cliff:
        def losses(self, positions):
            return np.where(positions[:, 0] > 0, np.inf, 0.0)

    with pytest.raises(Problem, match=r"not finite at 10 of 25 points.*smaller part"):
        sample(Plane(np.zeros(3), *np.eye(3)[:2]), Cliff(), Domain(-1, 1, -1, 1), 5, [Path(*[np.eye(3)] * 2)])


def test_sampling_can_be_ended(trained):
    def watch(share):
        raise InterruptedError

    plane = random_plane(trained.architecture, trained.start.x)
    with pytest.raises(InterruptedError):
        sample(plane, Probe(trained.architecture, trained.data, 20), Domain(-1, 1, -1, 1), 5, watch=watch)
