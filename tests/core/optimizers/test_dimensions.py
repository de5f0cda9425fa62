"""Every rule in any dimension: one method in 1, 2, 3 or 50 of them, and layer by layer where there are layers."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from optisim import BFGS, LAMB, LBFGS, OPTIMIZERS, SGD, Backtracking, ConjugateGradient, Lookahead, Newton, NovoGrad
from optisim.core.optimizers.shapes import dot, layer_dot
from tests.core.optimizers.losses import FAR, FIFTY, LAYERS, Chain, Quadratic, positions, quadratic, walk

GOLDEN = Path(__file__).parents[2] / "golden"
KINDS = {**OPTIMIZERS, "lookahead-adam": Lookahead.over(OPTIMIZERS["adam"])}
each_optimizer = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
each_dimension = pytest.mark.parametrize("dimensions", [1, 2, 3, 7, 8, 50])


def calm(kind):
    """The optimizer with a rate at which it goes, but not wild, on losses that curve by at most 1."""
    rates = {hyper.name: min(hyper.default, 0.05) for hyper in kind.hypers() if hyper.name == "lr"}
    return kind() if kind.searches else kind(**rates)


def same_but_for_rounding(one, other, tolerance=1e-9):
    np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)


# ── Many at once ─────────────────────────────────────────────────────────────────────────────────────────


@each_dimension
@pytest.mark.parametrize("balls", [2, 5, 40])
def test_a_product_over_coordinates_is_the_same_bits_for_many_balls_as_for_one(dimensions, balls):
    a, b = np.random.default_rng(1).normal(size=(2, balls, dimensions))
    together = dot(a, b)
    alone = np.concatenate([dot(a[ball : ball + 1], b[ball : ball + 1]) for ball in range(balls)])
    assert together.tobytes() == alone.tobytes()
    # however they lie in memory
    assert dot(np.asfortranarray(a), np.asfortranarray(b)).tobytes() == together.tobytes()
    strided = np.zeros((balls, dimensions + 1))
    strided[:, 1:] = a
    assert dot(strided[:, 1:], b).tobytes() == together.tobytes()
    np.testing.assert_allclose(together, np.einsum("nd,nd->n", a, b), rtol=1e-12, atol=1e-13)


@each_dimension
@each_optimizer
def test_many_balls_at_once_are_the_same_bits_as_one_by_one(kind, dimensions):
    loss = quadratic(np.geomspace(0.1, 1, dimensions))
    starts = np.random.default_rng(2).normal(size=(5, dimensions))
    together = walk(kind(), loss, starts, 12)
    for ball in range(5):
        for one, all_ in zip(walk(kind(), loss, starts[ball : ball + 1], 12), together, strict=True):
            for field in fields(one):
                if field.name != "t":
                    alone, among = getattr(one, field.name), getattr(all_, field.name)[ball : ball + 1]
                    assert alone.tobytes() == among.tobytes(), (field.name, one.t)


# ── What does not depend on coordinates ──────────────────────────────────────────────────────────────────


@each_optimizer
def test_coordinates_in_another_order_change_nothing_else(kind):
    order = np.random.default_rng(3).permutation(50)
    loss = quadratic(np.geomspace(0.1, 1, 50))
    permuted = Quadratic(loss.A[np.ix_(order, order)], loss.c[order])
    start = np.random.default_rng(4).normal(size=50)
    one, other = positions(calm(kind), loss, start, 10), positions(calm(kind), permuted, start[order], 10)
    same_but_for_rounding(one[..., order], other)
    assert np.abs(np.diff(one, axis=0)).max() > 1e-4


@each_optimizer
def test_a_problem_of_the_plane_is_the_same_among_coordinates_without_a_slope(kind):
    plane = quadratic([0.2, 1.0])
    place, size = [3, 17], 20
    wide = Quadratic(np.zeros((size, size)), np.zeros(size))
    wide.A[np.ix_(place, place)], wide.c[place] = plane.A, plane.c
    start = np.zeros(size)
    start[place] = (2.0, -1.0)
    # damping, for a Hessian without an inverse says nothing of directions
    damped = {"damping": 0.5} if kind is Newton else {}
    optimizer = kind(**damped) if damped else calm(kind)
    narrow, among = positions(optimizer, plane, start[place], 15), positions(optimizer, wide, start, 15)
    same_but_for_rounding(among[..., place], narrow)
    others = np.delete(among, place, axis=2)
    # Yogi's averages begin at 10⁻⁶ rather than 0, and take it a little on its way
    assert np.abs(others).max() <= (0.05 if kind.name == "Yogi" else 0)


# ── What theory says of quadratics ───────────────────────────────────────────────────────────────────────

several_dimensions = pytest.mark.parametrize("dimensions", [1, 2, 3, 5, 10])


@pytest.mark.parametrize("dimensions", [1, 2, 3, 10, 50])
def test_newton_solves_a_quadratic_in_one_step(dimensions):
    loss = quadratic(np.geomspace(0.01, 10, dimensions))
    x = positions(Newton(), loss, np.full(dimensions, 3.0), 1)
    np.testing.assert_allclose(x[1, 0], loss.c, rtol=0, atol=1e-10)


@pytest.mark.parametrize("dimensions", [3, 10])
def test_newton_turns_away_from_saddles_along_every_downward_axis(dimensions):
    signs = np.where(np.arange(dimensions) % 2, -1.0, 1.0)
    loss = quadratic(signs * np.geomspace(0.5, 2, dimensions))
    start = loss.c + np.random.default_rng(5).normal(size=dimensions)
    curvatures, axes = np.linalg.eigh(loss.A)
    before, after = (axes.T @ (x - loss.c) for x in positions(Newton(), loss, start, 1)[:, 0])
    # to the minimum where the loss curves upwards, twice as far from the saddle where it curves downwards
    np.testing.assert_allclose(after, np.where(curvatures > 0, 0, 2 * before), atol=1e-12)


def test_newton_goes_along_the_gradient_where_the_hessian_tells_nothing():
    flat = Quadratic(np.diag([1.0, 1.0, 0.0]), np.zeros(3))
    step = Newton().step(0, np.array([[3.0, 4.0, 5.0]]), flat, None)
    np.testing.assert_array_equal(step.d, [[-3.0, -4.0, 0.0]])

    class NoNumber(Quadratic):
        def hessian(self, x):
            return np.full((len(x), 3, 3), np.nan)

    step = Newton().step(0, np.array([[3.0, 4.0, 5.0]]), NoNumber(flat.A, flat.c), None)
    np.testing.assert_array_equal(step.d, [[-3.0, -4.0, 0.0]])


@several_dimensions
def test_conjugate_gradients_solve_a_quadratic_in_as_many_steps_as_there_are_dimensions(dimensions):
    """With all but exact searches; Nocedal and Wright 2006, theorem 5.1."""
    loss = quadratic(np.geomspace(0.1, 1, dimensions))
    start = loss.c + np.random.default_rng(6).normal(size=dimensions)
    x = positions(ConjugateGradient(gentler=1e-11), loss, start, dimensions)
    left = np.linalg.norm(x[:, 0] - loss.c, axis=1)
    assert left[-1] < 1e-6 * left[0]
    assert dimensions == 1 or left[-2] > 1e-6 * left[0]


@several_dimensions
def test_bfgs_learns_the_inverse_hessian_in_as_many_steps_as_there_are_dimensions(dimensions):
    """With all but exact searches; Nocedal and Wright 2006, theorem 6.4."""
    loss = quadratic(np.geomspace(0.1, 1, dimensions))
    start = loss.c + np.random.default_rng(6).normal(size=dimensions)
    steps = walk(BFGS(gentler=1e-11), loss, start[None], dimensions + 1)
    last = steps[-1]
    inverse = np.linalg.inv(loss.A)
    np.testing.assert_allclose(last.H[0], inverse, rtol=0, atol=1e-3 * np.abs(inverse).max())
    np.testing.assert_allclose(last.x[0], loss.c, rtol=0, atol=1e-6)


@several_dimensions
def test_conjugate_gradients_bfgs_and_l_bfgs_are_one_method_on_quadratics(dimensions):
    """With exact searches and from the same first direction; Nocedal and Wright 2006, 6.4 and 7.2."""
    loss = quadratic(np.geomspace(0.2, 1, dimensions))
    start = loss.c + np.random.default_rng(7).normal(size=dimensions)
    kinds = (ConjugateGradient, BFGS, LBFGS)
    one, *others = (positions(kind(gentler=1e-11), loss, start, min(dimensions, 4)) for kind in kinds)
    for other in others:
        np.testing.assert_allclose(other, one, rtol=0, atol=1e-5)


@pytest.mark.parametrize("dimensions", [1, 3, 50])
def test_gradient_descent_shrinks_each_axis_by_its_own_factor(dimensions):
    curvatures = np.geomspace(0.1, 1, dimensions)
    loss = quadratic(curvatures)
    start = loss.c + np.random.default_rng(8).normal(size=dimensions)
    values, axes = np.linalg.eigh(loss.A)
    x = positions(SGD(lr=0.7), loss, start, 20)[:, 0]
    expected = (start - loss.c) @ axes * (1 - 0.7 * values) ** np.arange(21)[:, None]
    np.testing.assert_allclose((x - loss.c) @ axes, expected, rtol=0, atol=1e-12)


def test_l_bfgs_writes_its_matrix_down_in_few_dimensions_only():
    few, many = (walk(LBFGS(), quadratic(np.ones(size)), np.ones((3, size)), 2)[-1].H for size in (10, 11))
    assert few.shape == (3, 10, 10)
    assert many.shape == (3, 0, 0)


# ── torch, optax and scipy ───────────────────────────────────────────────────────────────────────────────


def read(name):
    return json.loads((GOLDEN / name).read_text(encoding="ascii"))


@pytest.mark.parametrize("record", read("fifty.json"), ids=lambda r: r["spec"] + "-layers" * bool(r["layers"]))
def test_fifty_coordinates_go_where_the_library_takes_them(record):
    loss = Chain(FIFTY.curvatures, LAYERS if record["layers"] else ())
    assert [layer.stop - layer.start for layer in loss.layers] == record["layers"]
    x = positions(OPTIMIZERS.read(record["spec"]), loss, FAR, record["at"][-1])
    for t, expected in zip(record["at"], record["x"], strict=True):
        np.testing.assert_allclose(x[t, 0], expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "kind", [BFGS, LBFGS, ConjugateGradient, Newton, Backtracking], ids=lambda kind: kind.slug()
)
def test_fifty_coordinates_end_where_scipy_and_torch_find_the_minimum(kind):
    last = walk(kind(), FIFTY, FAR[None], 400 if kind is Backtracking else 100)[-1]
    for record in read("fifty_minimum.json"):
        np.testing.assert_allclose(last.x[0], record["x"], rtol=0, atol=1e-6)
        assert last.loss[0] == pytest.approx(record["loss"], abs=1e-10)


def test_the_derivatives_of_the_chain_are_those_of_its_loss():
    x, h = np.random.default_rng(9).normal(size=50), 1e-5
    steps = h * np.eye(50)
    difference = (FIFTY(x + steps, 0)[0] - FIFTY(x - steps, 0)[0]) / (2 * h)
    np.testing.assert_allclose(FIFTY(x[None], 0)[1][0], difference, atol=1e-8)
    difference = (FIFTY(x + steps, 0)[1] - FIFTY(x - steps, 0)[1]) / (2 * h)
    np.testing.assert_allclose(FIFTY.hessian(x[None])[0], difference, atol=1e-8)


# ── Layers ───────────────────────────────────────────────────────────────────────────────────────────────

LAYERWISE = (LAMB(lr=0.05, weight_decay=0.1), NovoGrad(lr=0.05, weight_decay=0.1))
each_layerwise = pytest.mark.parametrize("optimizer", LAYERWISE, ids=lambda optimizer: optimizer.slug())


def test_products_are_taken_layer_by_layer():
    a, b = np.random.default_rng(10).normal(size=(2, 3, 50))
    np.testing.assert_array_equal(layer_dot(a, b, ()), dot(a, b))
    each = layer_dot(a, b, LAYERS)
    assert each.shape == (3, 3)
    for number, layer in enumerate(LAYERS):
        np.testing.assert_allclose(each[:, number], (a[:, layer] * b[:, layer]).sum(axis=1), rtol=1e-12)


@each_layerwise
def test_layers_that_do_not_touch_each_other_move_as_if_alone(optimizer):
    parts = [quadratic(np.geomspace(0.1, 1, layer.stop - layer.start), seed) for seed, layer in enumerate(LAYERS)]
    whole = Quadratic(np.zeros((50, 50)), np.zeros(50), LAYERS)
    for part, layer in zip(parts, LAYERS, strict=True):
        whole.A[layer, layer], whole.c[layer] = part.A, part.c
    start = np.random.default_rng(11).normal(size=(2, 50))
    together = positions(optimizer, whole, start, 20)
    for part, layer in zip(parts, LAYERS, strict=True):
        same_but_for_rounding(together[..., layer], positions(optimizer, part, start[:, layer], 20))
    as_one = positions(optimizer, Quadratic(whole.A, whole.c), start, 20)
    assert np.abs(together - as_one).max() > 1e-3, "and it matters that they are layers"


@each_layerwise
def test_one_layer_is_the_whole_ball(optimizer):
    loss = quadratic(np.geomspace(0.1, 1, 50))
    start = np.random.default_rng(12).normal(size=(3, 50))
    plain = positions(optimizer, loss, start, 20)
    layered = positions(optimizer, Quadratic(loss.A, loss.c, (slice(0, 50),)), start, 20)
    assert plain.tobytes() == layered.tobytes()


@pytest.mark.parametrize("inner", ["lamb", "novograd"])
def test_a_method_around_another_one_passes_the_layers_on(inner):
    outer = OPTIMIZERS.make(f"lookahead-{inner}", {"sync_period": 100}), KINDS["sam-sgd"].over(OPTIMIZERS[inner])
    loss, start = Chain(FIFTY.curvatures, LAYERS), FAR[None]
    alone = positions(OPTIMIZERS[inner](), loss, start, 5)
    np.testing.assert_array_equal(positions(outer[0], loss, start, 5), alone)
    np.testing.assert_array_equal(positions(outer[1](radius=0.0), loss, start, 5), alone)


def test_what_is_learnt_of_each_layer_has_a_number_for_each():
    whole, layered = (
        walk(NovoGrad(), Chain(FIFTY.curvatures, layers), FAR[None], 3)[-1] for layers in ((), LAYERS)
    )
    assert whole.v.shape == (1,)
    assert layered.v.shape == (1, 3)
