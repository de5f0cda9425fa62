"""The surface about a point, and the learning rates that its curvature allows."""

import dataclasses
import math
import types

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optisim import OPTIMIZERS, QHM, SGD, SURFACES, Momentum, Nesterov
from optisim.core.optimizers import AggMo, Step
from optisim.core.race.simulate import simulate
from optisim.core.surfaces import Surface, own_surface
from optisim.core.surfaces.curvature import PLACES, curvature_at, effective_rates

# ── The local picture ────────────────────────────────────────────────────────────────────────────────────


def test_the_picture_of_a_quadratic_is_the_quadratic():
    """½ (p − c)·A (p − c) + 3, with numpy's own A and eigenvalues."""
    A, c = np.array([[2.0, 0.6], [0.6, 0.5]]), np.array([1.0, -2.0])
    surface = own_surface("(2 (x-1)^2 + 1.2 (x-1)(y+2) + 0.5 (y+2)^2)/2 + 3")
    at = np.array([2.5, 0.3])
    local = curvature_at(surface, at)
    assert local.value == pytest.approx((at - c) @ A @ (at - c) / 2 + 3)
    np.testing.assert_allclose(local.gradient, A @ (at - c))
    np.testing.assert_allclose(local.hessian, A, rtol=1e-7)
    np.testing.assert_allclose(local.curvatures, np.linalg.eigvalsh(A)[::-1], rtol=1e-7)
    for curvature, axis in zip(local.curvatures, local.axes, strict=True):
        np.testing.assert_allclose(A @ axis, curvature * axis, rtol=1e-6)
        assert np.hypot(*axis) == pytest.approx(1)
    assert local.condition == pytest.approx(np.linalg.cond(A), rel=1e-6)
    assert local.lowest == pytest.approx((1.0, -2.0), abs=1e-6)
    d = np.array([[[0.1, 0.2], [-3.0, 1.0]], [[0.0, 0.0], [5.0, 5.0]]])
    np.testing.assert_allclose(local.model(d), surface.value(at + d), rtol=1e-7)


@pytest.mark.parametrize("slug", SURFACES)
def test_curvatures_are_the_eigenvalues_of_the_exact_hessian(slug):
    surface = SURFACES[slug]
    domain = surface.domain
    inner = np.random.default_rng(1).uniform(0.1, 0.9, (20, 2))
    for point in inner * (domain.width, domain.height) + (domain.left, domain.bottom):
        exact = surface.hessian(point)
        if not np.isfinite(exact).all():
            continue
        local, scale = curvature_at(surface, point), np.abs(exact).max() + 1e-6
        np.testing.assert_allclose(local.curvatures, np.linalg.eigvalsh(exact)[::-1], atol=1e-5 * scale)


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("x^2 + 3y^2", "bowl"),
        ("x^2 - y^2", "saddle"),
        ("x y", "saddle"),
        ("-x^2 - 2y^2", "dome"),
        ("2x - 3y", "flat"),
        ("(x + y)^2", "trough"),
        ("-(x - 2y)^2", "ridge"),
    ],
)
def test_the_kind_of_place_follows_from_the_signs_of_the_curvatures(formula, place):
    local = curvature_at(own_surface(formula), (1.0, 0.7))
    assert local.place == place
    assert (local.lowest is not None) == (place == "bowl")
    assert math.isinf(local.condition) == (place in ("flat", "trough", "ridge")) or math.isnan(local.condition)
    assert place in PLACES.values()


def test_where_a_surface_is_not_defined_there_is_no_curvature():
    local = curvature_at(own_surface("log(x) + y^2"), (-1.0, 2.0))
    assert not local.defined
    assert (local.place, local.lowest) == ("", None)
    assert math.isnan(local.steepest)
    assert math.isnan(local.condition)


def test_the_model_touches_the_surface():
    """What it leaves out is of third order: an eighth for half the way."""
    surface = SURFACES["himmelblau"]
    local = curvature_at(surface, surface.start)
    d = np.array([0.3, -0.2])
    errors = [abs(float(local.model(d / n) - surface.value(np.array(surface.start) + d / n))) for n in (4, 8)]
    assert errors[0] / errors[1] == pytest.approx(8, rel=0.1)


def test_the_effective_rate_of_gradient_descent_is_its_learning_rate():
    trajectory = simulate("x^2/20 + y^2", SGD(lr=0.7), start=(-7, 0), steps=5)[0]
    update = trajectory.columns["update"][:, 0]
    rates = effective_rates(update, trajectory.grad[:, 0])
    np.testing.assert_allclose(rates[:, 0], 0.7)
    assert np.isnan(rates[:, 1]).all(), "there is no gradient along y"


def test_the_effective_rate_is_negative_where_the_ball_moves_uphill():
    assert effective_rates(np.array([1.0, -1.0]), np.array([2.0, 2.0])).tolist() == [-0.5, 0.5]


# ── The largest stable rate ──────────────────────────────────────────────────────────────────────────────

shares = st.floats(0.0, 0.99)
LIMITED = st.one_of(
    st.just(SGD()),
    st.builds(Momentum, momentum=shares),
    st.builds(Nesterov, momentum=shares),
    st.builds(QHM, momentum=shares, nu=st.floats(0.0, 1.0)),
    st.builds(AggMo, beta1=shares, beta2=shares, beta3=shares),
)
PLAIN = {field.name for field in dataclasses.fields(Step)}


def iteration_matrix(optimizer, curvature):
    """What a step multiplies position and memory by on ½ λ x², read off from its steps for unit vectors."""

    def objective(x, t):
        return curvature * x[:, 0] ** 2 / 2, curvature * x

    def moved(state):
        x, *memory = (np.array([[value, 0.0]]) for value in state)
        last = types.SimpleNamespace(x=x, **dict(zip(names, memory, strict=True)))
        step = optimizer.step(1, x, objective, last)
        return [(x + step.update)[0, 0], *(getattr(step, name)[0, 0] for name in names)]

    first = optimizer.step(0, np.ones((1, 2)), objective, None)
    names = [field.name for field in dataclasses.fields(first) if field.name not in PLAIN]
    return np.array([moved(unit) for unit in np.eye(1 + len(names))]).T


def spectral_radius(optimizer, curvature):
    return np.abs(np.linalg.eigvals(iteration_matrix(optimizer, curvature))).max()


@given(LIMITED, st.floats(1e-3, 1e3))
def test_up_to_the_limit_the_spectral_radius_is_below_one_and_beyond_it_above(optimizer, curvature):
    limit = optimizer.limit(curvature)
    for share in (1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999):
        assert spectral_radius(optimizer.with_value("lr", share * limit), curvature) < 1
    for share in (1.001, 1.5, 10.0):
        assert spectral_radius(optimizer.with_value("lr", share * limit), curvature) > 1


@given(LIMITED, st.floats(1e-3, 1e3))
def test_the_formula_beside_the_limit_computes_it(optimizer, curvature):
    names = {"lr": "η", "momentum": "β" if isinstance(optimizer, QHM) else "α", "nu": "ν"}
    names |= {f"beta{i}": f"β{sub}" for i, sub in enumerate("₁₂₃", start=1)}
    text = optimizer.limit_formula.replace("−", "-")
    values = {names[name]: value for name, value in optimizer.values.items()} | {"λ": curvature}
    for symbol in sorted(values, key=len, reverse=True):
        text = text.replace(symbol, f"*({values[symbol]!r})")
    text = text.replace("(*", "(").replace("+*", "+").replace("/*", "/").replace("2(", "2*(")
    assert eval(text) == pytest.approx(optimizer.limit(curvature))


@pytest.mark.slow(keep=4)
@pytest.mark.parametrize(
    "optimizer",
    [SGD(), Momentum(momentum=0.9), Nesterov(momentum=0.9), QHM(momentum=0.9, nu=0.7), AggMo()],
    ids=lambda optimizer: optimizer.slug(),
)
@pytest.mark.parametrize("formula", ["x^2/20 + y^2", "3x^2 + 2x y + y^2", "40x^2 + y^2/10"])
def test_on_a_valley_the_ball_settles_just_below_the_limit_and_escapes_just_above(optimizer, formula):
    surface = own_surface(formula)
    limit = optimizer.limit(float(np.linalg.eigvalsh(surface.hessian((0.0, 0.0))).max()))
    below, above = (
        simulate(surface, optimizer.with_value("lr", share * limit), start=(1.0, 1.0), steps=4000)[0].loss[:, 0]
        for share in (0.98, 1.02)
    )
    assert below[-1] < 1e-6 * below[0]
    assert above.max() > 1e6 * above[0]


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_method_has_a_limit_with_its_formula_or_neither(kind):
    optimizer = kind()
    assert (optimizer.limit(1.0) is not None) == bool(optimizer.limit_formula)
    for curvature in (0.0, -2.0, math.nan):
        assert optimizer.limit(curvature) is None
    if optimizer.limit_formula:
        assert optimizer.limit(5e-324) > 0


def test_wrappers_do_not_claim_the_limit_of_what_they_change():
    for slug in ("sam-sgd", "lookahead-sgd"):
        assert OPTIMIZERS.read(slug).limit(1.0) is None


def test_the_limit_is_that_of_the_steepest_direction():
    surface = Surface("", "7x^2 + x y + y^2/9")
    local = curvature_at(surface, (0.4, -3.0))
    assert SGD().limit(local.steepest) == pytest.approx(2 / np.linalg.norm([[14.0, 1.0], [1.0, 2 / 9]], 2))
