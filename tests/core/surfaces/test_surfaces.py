"""Every surface of the catalogue, surfaces of one's own, and domains."""

import math

import numpy as np
import pytest

from optisim.core.base.problems import FormulaProblem, Problem
from optisim.core.surfaces import SURFACES, USUAL_DOMAIN, Domain, own_surface, surface_named
from tests.core.rules.typesetting import can_be_drawn

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)


def scattered(surface, count=400):
    """Points all over the surface's domain, none exactly on a kink."""
    low, high = np.reshape(surface.domain, (2, 2)).T
    return np.random.default_rng(7).uniform(low, high, size=(count, 2))


def grid(domain, steps=401):
    """All crossings of a grid that reaches the domain's edges, (steps, steps, 2)."""
    x, y = np.linspace(*domain[:2], steps), np.linspace(*domain[2:], steps)
    return np.stack(np.meshgrid(x, y), axis=-1)


def slopes(function, points, h):
    """Central differences of `function` along x and y, the fourth-order formula: shape (…, 2)."""
    columns = []
    for along in np.eye(2) * h:
        near = function(points + along) - function(points - along)
        far = function(points + 2 * along) - function(points - 2 * along)
        columns.append((8 * near - far) / 12 / np.max(along))
    return np.stack(columns, axis=-1)


@each_surface
def test_the_derivatives_agree_with_finite_differences(surface):
    points = scattered(surface)
    h = 1e-4 * min(surface.domain.width, surface.domain.height)
    for function, derivative in ((surface.value, surface.gradient), (surface.gradient, surface.hessian)):
        exact, measured = derivative(points), slopes(function, points, h)
        size = np.abs(exact).max(axis=tuple(range(1, exact.ndim)), keepdims=True) + np.abs(exact).mean()
        assert (np.abs(measured - exact) <= 1e-4 * size).all()  # planes have no curvature at all
    matrices = surface.hessian(points)
    np.testing.assert_array_equal(matrices, matrices.swapaxes(1, 2))


@each_surface
def test_at_its_minima_a_surface_is_flat_or_falls_only_outwards(surface):
    left, right, bottom, top = surface.domain
    for x, y in surface.minima:
        slope_x, slope_y = surface.gradient((x, y))
        scale = np.abs(surface.gradient(scattered(surface))).mean()
        for at, low, high, slope in ((x, left, right, slope_x), (y, bottom, top, slope_y)):
            assert low <= at <= high
            assert at == low or slope < 1e-8 * scale, "it falls towards smaller values"
            assert at == high or slope > -1e-8 * scale, "it falls towards greater values"


@each_surface
def test_nothing_in_the_domain_is_lower_than_the_minima(surface):
    heights = surface.value(grid(surface.domain))
    assert np.isfinite(heights).all()
    if not surface.minima:
        # then the lowest place is on the edge, and there is no minimum to be known
        assert heights[1:-1, 1:-1].min() > heights.min()
        return
    minima = surface.value(surface.minima)
    assert np.ptp(minima) <= 1e-9 * max(1.0, *np.abs(minima)), "they are equally low"
    assert heights.min() >= minima.min() - 1e-9 * np.ptp(heights)
    assert len(set(surface.minima)) == len(surface.minima)


@pytest.mark.slow(keep=11)
@pytest.mark.parametrize("slug", [slug for slug, surface in SURFACES.items() if surface.minima])
def test_the_lowest_places_of_the_domain_are_the_minima(slug):
    """Go downhill from the lowest crossings of a grid: all that get as low arrive at a minimum, at each of them."""
    surface = SURFACES[slug]
    size = np.array([surface.domain.width, surface.domain.height])
    crossings = grid(surface.domain).reshape(-1, 2)
    points = crossings[np.argsort(surface.value(crossings))[:200]]
    for step in 0.8 ** np.arange(60):  # a pattern search, which needs no slope and stays within the domain
        around = points[:, None] + step * size / 400 * [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1]]
        around = np.clip(around, *np.reshape(surface.domain, (2, 2)).T)
        points = around[np.arange(len(points)), surface.value(around).argmin(axis=1)]
    least = surface.value(surface.minima).min()
    lowest = points[surface.value(points) <= least + 1e-6]
    away = np.abs((lowest[:, None] - surface.minima) / size).max(axis=2)  # (places, minima)
    assert (away.min(axis=1) < 1e-2).all()
    assert (away.min(axis=0) < 1e-2).all()


@pytest.mark.slow(keep=15)
@each_surface
def test_every_entry_is_ready_to_be_shown(surface):
    assert surface is SURFACES[surface.slug]
    assert Domain.checked(*surface.domain) == surface.domain
    x, y = surface.start
    assert surface.domain.left < x < surface.domain.right
    assert surface.domain.bottom < y < surface.domain.top
    assert np.hypot(*surface.gradient(surface.start)) > 0, "the start has something to show"
    assert surface.name
    assert surface.source
    assert can_be_drawn(surface.latex)


def test_values_come_in_the_shape_of_the_points():
    surface = SURFACES["bowl"]
    for shape in ((), (5,), (2, 3), (0,), (4, 0)):
        points = np.ones((*shape, 2))
        assert surface.value(points).shape == shape
        assert surface.gradient(points).shape == (*shape, 2)
        assert surface.hessian(points).shape == (*shape, 2, 2)
    assert surface.value((2, 3)) == pytest.approx(0.2 + 9)
    np.testing.assert_allclose(surface.gradient([[2, 3]]), [[0.2, 6]])
    np.testing.assert_allclose(surface.hessian([2, 3]), [[0.1, 0], [0, 2]])
    points = np.arange(12.0).reshape(3, 2, 2)
    np.testing.assert_allclose(surface.value(points), points[..., 0] ** 2 / 20 + points[..., 1] ** 2)


# ── By name or formula ───────────────────────────────────────────────────────────────────────────────────


@each_surface
def test_a_surface_is_found_by_its_slug(surface):
    assert surface_named(surface.slug) is surface
    assert surface_named(f"  {surface.slug.upper()} \n") is surface


@pytest.mark.parametrize("text", ["x^2 + y^2", " x ", "x*y-1", "sin(x)", "x", "x-y"])
def test_other_text_is_a_formula(text):
    surface = surface_named(text)
    assert surface.formula == text.strip()
    assert surface.slug == ""
    assert surface.domain == USUAL_DOMAIN


@pytest.mark.parametrize("text", ["rosenbrok", "my-surface", "no_such_thing", "ras3", " bowls "])
def test_a_misspelt_name_is_answered_with_the_names(text):
    with pytest.raises(Problem, match=text.strip()) as caught:
        surface_named(text)
    assert all(slug in str(caught.value) for slug in SURFACES)


@pytest.mark.parametrize("text", ["", "  ", "x +", "zz^2 + y^2", "7"])
def test_a_broken_formula_is_told_as_one(text):
    with pytest.raises(FormulaProblem):
        surface_named(text)


@pytest.mark.parametrize("domain", [USUAL_DOMAIN, Domain(0.0, 1e-6, 1e6, 1e6 + 3), Domain(-9e11, 9e10, -1.0, 0.0)])
def test_a_surface_of_ones_own_starts_within_its_domain(domain):
    surface = own_surface("x y", domain)
    assert surface.domain == domain
    assert domain.left < surface.start[0] < domain.right
    assert domain.bottom < surface.start[1] < domain.top


# ── Domains ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sides", [(-1, 1, -2, 2), (0, 1e-6, 0, 1e11), (1e6, 1e6 + 1, -3, -2)])
def test_a_sound_domain_is_kept(sides):
    domain = Domain.checked(*sides)
    assert domain == sides
    assert all(type(side) is float for side in domain)
    assert (domain.width, domain.height) == (sides[1] - sides[0], sides[3] - sides[2])


@pytest.mark.parametrize(
    ("low", "high", "mentions"),
    [
        (1, 1, "below"),
        (2, 1, "below"),
        (math.nan, 1, "finite"),
        (0, math.nan, "finite"),
        (-math.inf, 1, "finite"),
        (0, math.inf, "finite"),
        (1e6, 1e6 + 1e-9, "thin"),
        (0, 1e-320, "thin"),
        (0, 1e12, "wide"),
        (-1e308, 1.7e308, "wide"),
    ],
)
def test_a_domain_that_cannot_be_drawn_is_refused(low, high, mentions):
    for sides in ((low, high, 0, 1), (0, 1, low, high)):
        with pytest.raises(Problem, match=mentions):
            Domain.checked(*sides)
