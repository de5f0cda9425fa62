"""How the methods are related to each other, first steps worked out by hand, and what line searches promise."""

import math
from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest

from optisim import (
    BFGS,
    LAMB,
    LBFGS,
    OPTIMIZERS,
    QHM,
    SGD,
    SURFACES,
    AdaBelief,
    Adam,
    AdamW,
    Adan,
    AggMo,
    AMSGrad,
    Backtracking,
    BarzilaiBorwein,
    ConjugateGradient,
    Lion,
    Lookahead,
    Momentum,
    Newton,
    NovoGrad,
    PolyakStep,
    QHAdam,
    RAdam,
    RMSProp,
    Rprop,
    SignSGD,
    Yogi,
    simulate,
)
from optisim.core.optimizers.adam import AdamStep
from optisim.core.race.noise import Exact
from optisim.core.race.scenario import make_scenario, suited
from optisim.core.race.simulate import advance, begin, race_to_end
from optisim.core.surfaces import own_surface

each_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
SOME = ["bowl", "rosenbrock", "ackley", "tiny-network"]  # a bowl, a valley, many dents, and data
on_some_surfaces = pytest.mark.parametrize("surface", SOME)
QUADRATICS = ["bowl", "kappa-bowl", "booth", "round-bowl", "tilted-bowl", "matyas"]
on_quadratics = pytest.mark.parametrize("surface", QUADRATICS)


def off_axis(surface):
    """A start from which both curvatures of a quadratic are felt."""
    (x, y) = surface.minima[0]
    return x - 3.5, y + 1.25


class Given:
    """A loss whose gradients are written down beforehand: the one for update t is `gradients[t]`."""

    def __init__(self, *gradients):
        self.gradients = [np.atleast_2d(np.array(gradient, dtype=float)) for gradient in gradients]

    def __call__(self, x, t):
        return np.zeros(len(x)), self.gradients[t].copy()


def steps_of(optimizer, gradients, x=(0.0, 0.0)):
    """The Steps for gradients written down beforehand, moved along by hand."""
    steps, x, last, objective = [], np.atleast_2d(np.array(x, dtype=float)), None, Given(*gradients)
    for t in range(len(gradients)):
        last = optimizer.step(t, x, objective, last)
        steps.append(last)
        x = x + last.update
    return steps


def moves(optimizer, gradients, x=(0.0, 0.0)):
    return np.array([step.update[0] for step in steps_of(optimizer, gradients, x)])


def raced(optimizer, surface, steps=60, **others):
    return simulate(surface, [optimizer], steps=steps, **others)[0]


# ── Relations ────────────────────────────────────────────────────────────────────────────────────────────
# To rounding, as the order of the operations differs; some of the paths are chaotic, so that they are short.

RELATIONS = {
    "QHM with ν = 1 is Momentum with the rate η (1 − β)": (
        QHM(lr=0.01, momentum=0.8, nu=1),
        Momentum(lr=0.01 * (1 - 0.8), momentum=0.8),
    ),
    "AggMo with one memory is Momentum": (
        AggMo(lr=0.001, beta1=0.8, beta2=0.8, beta3=0.8),
        Momentum(lr=0.001, momentum=0.8),
    ),
    "AggMo without memory is SGD": (AggMo(lr=0.001, beta1=0, beta2=0, beta3=0), SGD(lr=0.001)),
    "QHM without memory is SGD": (QHM(lr=0.001, momentum=0), SGD(lr=0.001)),
    "AdamW without decay is Adam": (AdamW(lr=0.05, weight_decay=0), Adam(lr=0.05)),
    "Lion without averages is signSGD": (Lion(lr=0.05, beta1=0, beta2=0), SignSGD(lr=0.05)),
    "Lookahead that keeps the whole way is the method inside": (
        Lookahead.over(Adam)(lr=0.05, sync_period=4, slow_step_size=1),
        Adam(lr=0.05),
    ),
    "Lookahead that goes back at once is SGD with a smaller rate": (
        Lookahead.over(SGD)(lr=0.004, sync_period=1, slow_step_size=0.25),
        SGD(lr=0.001),
    ),
}
EXACT_RELATIONS = {
    "QHM with ν = 0 is SGD": (QHM(lr=0.001, nu=0), SGD(lr=0.001)),
    "QHAdam with both ν = 1 is Adam": (QHAdam(lr=0.05, nu1=1, nu2=1), Adam(lr=0.05)),
    "SAM without a radius is the method inside": (OPTIMIZERS.read("sam-adam:radius=0"), Adam()),
    "Lookahead that does not go back yet is the method inside": (
        Lookahead.over(Adam)(lr=0.05, sync_period=100),
        Adam(lr=0.05),
    ),
}


@on_some_surfaces
@pytest.mark.parametrize("pair", RELATIONS.values(), ids=RELATIONS)
def test_methods_that_are_one_in_theory_go_one_way(surface, pair):
    one, other = simulate(surface, pair, steps=40)
    np.testing.assert_allclose(one.x, other.x, rtol=1e-11, atol=1e-13)
    assert np.abs(np.diff(other.x, axis=0)).max() > 1e-3, "and they do go"


@on_some_surfaces
@pytest.mark.parametrize("pair", EXACT_RELATIONS.values(), ids=EXACT_RELATIONS)
def test_methods_that_do_the_same_operations_get_the_same_numbers(surface, pair):
    one, other = simulate(surface, pair, steps=40)
    np.testing.assert_array_equal(one.x, other.x)
    assert np.abs(np.diff(other.x, axis=0)).max() > 1e-3


def test_adam_without_memory_is_signsgd():
    gradients = np.random.default_rng(1).normal(size=(20, 2))
    adam = Adam(lr=0.05, beta1=0, beta2=0, eps=1e-30)
    np.testing.assert_allclose(moves(adam, gradients), moves(SignSGD(lr=0.05), gradients), rtol=1e-14)


def test_qhm_is_the_mean_of_sgd_and_momentum_at_every_step():
    gradients = np.random.default_rng(1).normal(size=(20, 2))
    mixed = moves(QHM(lr=0.5, momentum=0.9, nu=0.3), gradients)
    parts = moves(SGD(lr=0.5), gradients), moves(QHM(lr=0.5, momentum=0.9, nu=1), gradients)
    np.testing.assert_allclose(mixed, 0.7 * parts[0] + 0.3 * parts[1], rtol=1e-13)


def test_aggmo_is_the_mean_of_three_momenta():
    gradients = np.random.default_rng(1).normal(size=(20, 2))
    three = [moves(Momentum(lr=0.5, momentum=beta), gradients) for beta in (0.0, 0.9, 0.99)]
    np.testing.assert_allclose(moves(AggMo(lr=0.5), gradients), np.mean(three, axis=0), rtol=1e-13)


# ── RAdam and AMSGrad ────────────────────────────────────────────────────────────────────────────────────


def test_radam_becomes_adam():
    """From equal averages, its update is r times Adam's, and r climbs to 1."""
    state = {"m": [[0.3, -0.2]], "v": [[0.5, 0.1]]}
    last = AdamStep(
        0,
        *map(np.array, ([[0.0, 0.0]], [0.0], [[0.0, 0.0]], [[0.0, 0.0]])),
        *map(np.array, state.values()),
        None,
        None,
    )
    ratios = []
    for t in (10, 100, 1000, 5000, 20_000, 100_000):
        updates = [
            kind(eps=1e-30)
            .step(t, np.zeros((1, 2)), lambda x, t: (np.zeros(1), np.array([[0.1, 0.4]])), last)
            .update
            for kind in (RAdam, Adam)
        ]
        ratio = updates[0] / updates[1]
        assert ratio[0, 0] == pytest.approx(ratio[0, 1], rel=1e-12)
        ratios.append(ratio[0, 0])
    assert ratios == sorted(ratios)
    assert ratios[0] < 0.1
    assert ratios[-2:] == pytest.approx([1, 1], abs=1e-6)


def test_radam_begins_as_momentum():
    # with β₂ = 0.999 the average is 5 steps long only at update 6 (Liu et al. 2020, §4.2, and torch)
    gradients = [(4.0, -1.0)] * 7
    optimizer = RAdam(lr=0.5, beta1=0.5)
    steps = steps_of(optimizer, gradients)
    np.testing.assert_allclose([step.update[0] for step in steps[:5]], [(-2.0, 0.5)] * 5, rtol=1e-13)
    assert [step.r[0] > 0 for step in steps] == [False] * 5 + [True] * 2
    # ρ for β₂ = 1/2 is at most 3: it stays momentum for ever
    np.testing.assert_allclose(moves(replace(optimizer, beta2=0.5), [(4.0, -1.0)] * 50), [(-2.0, 0.5)] * 50)
    # by hand: β₂ = 9/10 has ρ∞ = 19, and at t = 20, with p = 0.9²⁰, ρ = 19 − 40 p/(1 − p)
    p = 0.9**20
    rho = 19 - 40 * p / (1 - p)
    r = math.sqrt((rho - 4) * (rho - 2) * 19 / (15 * 17 * rho))
    update = moves(RAdam(lr=0.5, beta1=0.5, beta2=0.9, eps=1e-30), [(4.0, -1.0)] * 20)[-1]
    np.testing.assert_allclose(update, (-0.5 * r, 0.5 * r), rtol=1e-12)  # m̂ is g, and v̂ is g²


def test_amsgrads_largest_v_never_falls():
    for spec in ("rosenbrock", "ackley", "bowl"):
        columns = raced(AMSGrad(lr=0.05, beta2=0.9), spec, steps=100).columns
        assert (np.diff(columns["v_max"], axis=0) >= 0).all()
        assert (columns["v_max"] >= columns["v"]).all()
        assert (np.diff(columns["v"], axis=0) < 0).any(), "while Adam's own does"
        np.testing.assert_array_equal(columns["v_max"], np.maximum.accumulate(columns["v"]))


# ── First steps by hand ──────────────────────────────────────────────────────────────────────────────────

BY_HAND = {  # optimizer, gradients, start, the moves
    "AdaBelief": (
        AdaBelief(lr=0.5, beta1=0.5, beta2=0.75, eps=1.25),
        [(4.0, -4.0)],
        (0.0, 0.0),
        # m = 2, s = ¼ (4 − 2)² + 1.25 = 2.25;  m̂ = 4, ŝ = 2.25/¼ = 9:  −0.5 × 4/(3 + 1.25) = −8/17
        [(-8 / 17, 8 / 17)],
    ),
    "Yogi": (
        Yogi(lr=0.5, beta1=0.5, beta2=0.75, eps=1.0),
        [(4.0, 0.0)],
        (0.0, 0.0),
        # m = ½ 10⁻⁶ + 2, v = 10⁻⁶ + ¼ 16;  m̂ = 4 + 10⁻⁶, v̂ = 16 + 4 × 10⁻⁶
        # without a slope: m̂ = 10⁻⁶, v̂ = 4 × 10⁻⁶, whose root is 0.002
        [(-0.5 * (4 + 1e-6) / (math.sqrt(16 + 4e-6) + 1), -0.5 * 1e-6 / 1.002)],
    ),
    "Adan": (
        Adan(lr=0.5, beta1=0.5, beta2=0.75, beta3=0.5, eps=1.0),
        [(4.0, -1.0), (2.0, 0.0)],
        (0.0, 0.0),
        # first m̂ = g and n̂ = g²:  −0.5 × 4/(4 + 1) = −0.4, 0.5 × 1/(1 + 1) = 0.25
        # then the gradient has changed by (−2, 1), and looking ahead it is (2 − 1.5, 0 + 0.75)
        # m̂ = (1 + 1, −¼)/¾ = (8/3, −1/3);  d̂ = ¼ (−2, 1)/(1 − 9/16) = (−8/7, 4/7)
        # n = (4, ¼) + ½ (¼, 9/16) = (4.125, 0.53125), n̂ = (5.5, 17/24)
        [
            (-0.4, 0.25),
            (
                -0.5 * (8 / 3 - 0.75 * 8 / 7) / (math.sqrt(5.5) + 1),
                -0.5 * (-1 / 3 + 0.75 * 4 / 7) / (math.sqrt(17 / 24) + 1),
            ),
        ],
    ),
    "Adan with decay": (
        Adan(lr=0.5, eps=1.0, weight_decay=2.0),
        [(4.0, -2.0)],
        (1.0, 2.0),
        # (W − α g/(|g| + ε))/(1 + α λ) − W: (1 − 0.4)/2 − 1 = −0.7, (2 + 1/3)/2 − 2 = −5/6
        [(-0.7, -5 / 6)],
    ),
    "NovoGrad": (
        NovoGrad(lr=0.5, beta1=0.5, beta2=0.36, eps=1.0, weight_decay=0.5),
        [(3.0, 4.0), (0.0, 0.0)],
        (1.0, 2.0),
        # v = 25: m = (3, 4)/6 + (½, 1) = (1, 5/3);  then v = 0.36 × 25 and g/(3 + 1) = 0:
        # m = (½, 5/6) + ½ W, where W = (1, 2) − (½, 5/6) = (½, 7/6)
        [(-0.5, -5 / 6), (-0.5 * 0.75, -0.5 * (5 / 6 + 7 / 12))],
    ),
    "LAMB": (
        LAMB(lr=0.2, eps=1.0),
        [(4.0, -4.0)],
        (3.0, 4.0),
        # u = (0.8, −0.8), of length 0.8 √2; W has length 5:  −0.2 × 5/(0.8 √2) × 0.8 = −1/√2
        [(-1 / math.sqrt(2), 1 / math.sqrt(2))],
    ),
    "LAMB at 0": (LAMB(lr=0.2, eps=1.0), [(4.0, -1.0)], (0.0, 0.0), [(-0.16, 0.1)]),  # a trust ratio of 1
    "AdamW": (
        AdamW(lr=0.5, eps=1.0, weight_decay=0.25),
        [(4.0, 0.0)],
        (2.0, -8.0),
        # −0.5 × (4/(4 + 1) + ¼ × 2), −0.5 × ¼ × −8
        [(-0.65, 1.0)],
    ),
    "Lion": (
        Lion(lr=0.5, beta1=0.5, beta2=0.75, weight_decay=0.25),
        [(4.0, -1.0), (-2.0, 1.0)],
        (2.0, 0.0),
        # c = (2, −½): −0.5 × (1 + ½), 0.5;  m = (1, −¼), c = (½ − 1, −⅛ + ½): W is (1.25, 0.5)
        [(-0.75, 0.5), (-0.5 * (-1 + 0.3125), -0.5 * (1 + 0.125))],
    ),
    "Rprop over a turn of sign": (
        Rprop(lr=0.5, etaminus=0.5, etaplus=1.2),
        [(2.0, 1.0), (1.0, 1.0), (-1.0, 0.0), (-1.0, 1.0), (-2.0, 3.0)],
        (0.0, 0.0),
        # x: 0.5;  the sign stays: 0.6;  it turns: 0.3, and no move;  after that neither: 0.3;  it stays: 0.36
        # y: 0.5;  0.6;  no slope, no move;  after that neither: 0.6;  it stays: 0.72
        [(-0.5, -0.5), (-0.6, -0.6), (0.0, 0.0), (0.3, -0.6), (0.36, -0.72)],
    ),
    "Rprop at its bounds": (
        Rprop(lr=0.5, etaminus=0.5, etaplus=2.0, step_min=0.4, step_max=0.75),
        [(1.0, 1.0), (1.0, -1.0), (1.0, -1.0)],
        (0.0, 0.0),
        [(-0.5, -0.5), (-0.75, 0.0), (-0.75, 0.4)],
    ),
    "signSGD": (SignSGD(lr=0.25), [(4.0, -1e-9), (0.0, 3.0)], (0.0, 0.0), [(-0.25, 0.25), (0.0, -0.25)]),
}


@pytest.mark.parametrize(("optimizer", "gradients", "start", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_the_first_steps_are_those_worked_out_by_hand(optimizer, gradients, start, expected):
    np.testing.assert_allclose(moves(optimizer, gradients, start), expected, rtol=1e-13, atol=1e-16)


def test_centred_rmsprop_speeds_up_on_a_steady_slope():
    # h = (1 − ρᵗ) g² and m = (1 − ρᵗ) g, so that h − m² = ρᵗ (1 − ρᵗ) g²: the spread fades
    optimizer = RMSProp(lr=0.1, rho=0.75, eps=0.5, centered=True)
    spread = [math.sqrt(0.75**t * (1 - 0.75**t)) for t in range(1, 21)]
    expected = [(-0.1 * 4 / (4 * s + 0.5), 0.1 * 2 / (2 * s + 0.5)) for s in spread]
    np.testing.assert_allclose(moves(optimizer, [(4.0, -2.0)] * 20), expected, rtol=1e-9)
    # without rounding down to less than nothing, when all of it has faded
    assert np.isfinite(moves(optimizer, [(1e-3, 1e3)] * 400)).all()


def test_the_steps_of_signsgd_have_one_length():
    columns = raced(SignSGD(lr=0.125), "rosenbrock").columns
    np.testing.assert_array_equal(np.abs(columns["update"]), 0.125)
    np.testing.assert_array_equal(np.sign(columns["update"]), -np.sign(columns["grad"]))


# ── Lookahead and SAM ────────────────────────────────────────────────────────────────────────────────────


@on_some_surfaces
def test_lookahead_that_keeps_nothing_returns_to_the_start_again_and_again(surface):
    trajectory = raced(OPTIMIZERS.read("lookahead-sgd:lr=0.001,sync_period=4,slow_step_size=0"), surface, steps=20)
    np.testing.assert_allclose(trajectory.x[4::4], np.broadcast_to(trajectory.x[0], (5, 1, 2)), rtol=1e-13)
    sgd = raced(SGD(lr=0.001), surface, steps=3)
    for lap in range(5):
        np.testing.assert_allclose(trajectory.x[4 * lap : 4 * lap + 4], sgd.x, rtol=1e-10)
    assert (trajectory.x[3] != trajectory.x[0]).all()


def test_lookahead_by_hand():
    # fast: 8, 4, 2; slow: half of the way from 8 to 2 is 5; fast: 5, 2.5, 1.25; slow: half of the way, 3.125
    surface = own_surface("(x^2 + y^2)/2")
    trajectory = raced(Lookahead.over(SGD)(lr=0.5, sync_period=2), surface, steps=4, start=(8, -8))
    assert trajectory.x[:, 0, 0].tolist() == [8, 4, 5, 2.5, 3.125]
    assert trajectory.columns["slow"][:, 0, 1].tolist() == [-8, -5, -5, -3.125, -3.125]


@on_some_surfaces
@pytest.mark.parametrize("inner", ["sgd", "adam"])
def test_sam_with_a_tiny_radius_is_all_but_the_method_inside(surface, inner):
    plain = raced(OPTIMIZERS.read(f"{inner}:lr=0.001"), surface, steps=10)
    away = [
        np.abs(raced(OPTIMIZERS.read(f"sam-{inner}:lr=0.001,radius={radius}"), surface, steps=10).x - plain.x).max()
        for radius in (1e-2, 1e-4, 1e-6)
    ]
    # a hundredth of the radius, a hundredth of the difference
    assert away[0] > 1e-10
    assert away[1] / away[0] == pytest.approx(0.01, rel=0.3)
    assert away[2] / away[1] == pytest.approx(0.01, rel=0.3)


@pytest.mark.parametrize("spec", ["sam-sgd:lr=0.001,radius=0.3", "sam-adam:radius=0.3"])
def test_sam_sees_the_gradient_uphill(spec):
    surface = SURFACES["rosenbrock"]
    trajectory = raced(OPTIMIZERS.read(spec), surface, steps=30)
    e, x = trajectory.columns["e"], trajectory.x
    np.testing.assert_allclose(np.hypot(e[..., 0], e[..., 1]), 0.3, rtol=1e-14)
    here = surface.gradient(x)
    np.testing.assert_allclose(e, 0.3 * here / np.linalg.norm(here, axis=-1, keepdims=True), rtol=1e-12)
    np.testing.assert_allclose(trajectory.grad, surface.gradient(x + e), rtol=1e-12)
    np.testing.assert_array_equal(trajectory.loss, surface.value(x))


# ── Rates ────────────────────────────────────────────────────────────────────────────────────────────────

# on x² + y² at (3, 4): the loss is 25, the gradient (6, 8), its square 100
POLYAK = {
    "half the way": (PolyakStep(scaling=2), 0.125, (2.25, 3.0)),
    "the parabola's own divisor": (PolyakStep(scaling=0.5), 0.5, (0.0, 0.0)),
    "a known lowest loss": (PolyakStep(scaling=2, f_min=5), 0.1, (2.4, 3.2)),
    "a lowest loss far below": (PolyakStep(scaling=1, f_min=-25), 0.5, (0.0, 0.0)),
    "a largest rate": (PolyakStep(max_lr=0.05), 0.05, (2.7, 3.6)),
    "a lowest loss that is too high": (PolyakStep(scaling=2, f_min=45), -0.1, (3.6, 4.8)),
}


@pytest.mark.parametrize(("optimizer", "rate", "end"), POLYAK.values(), ids=POLYAK)
def test_polyaks_rate_by_hand(optimizer, rate, end):
    trajectory = raced(optimizer, "round-bowl", steps=1, start=(3, 4))
    assert trajectory.columns["a"][0, 0] == pytest.approx(rate, rel=1e-14)
    np.testing.assert_allclose(trajectory.x[1, 0], end, rtol=1e-14, atol=1e-15)


@on_quadratics
def test_barzilai_and_borweins_rate_lies_between_the_inverse_curvatures(surface):
    surface = SURFACES[surface]
    least, most = np.linalg.eigvalsh(surface.hessian(surface.start))
    columns = raced(BarzilaiBorwein(lr=0.5 / most, max_lr=1e6), surface, steps=40, start=off_axis(surface)).columns
    going = np.linalg.norm(columns["grad"], axis=-1) > 1e-4  # later, differences of gradients are but rounding
    rates = columns["a"][going][1:]
    assert len(rates) >= 2 or least == most  # where all curvatures are one, the second step arrives
    assert (1 / most * (1 - 1e-9) <= rates).all()
    assert (rates <= 1 / least * (1 + 1e-9)).all()
    assert columns["a"][0, 0] == 0.5 / most
    assert columns["loss"][-1, 0] < 1e-8 * columns["loss"][0, 0]


def test_barzilai_and_borweins_rate_by_hand():
    # on (x² + 4 y²)/2 from (4, 1) with 1/8: g = (4, 4), s = (−½, −½), y = (−½, −2):  s·s/s·y = ½/1.25 = 0.4
    trajectory = raced(BarzilaiBorwein(lr=0.125), "(x^2 + 4y^2)/2", steps=2, start=(4, 1))
    np.testing.assert_allclose(trajectory.columns["a"][:2, 0], [0.125, 0.4], rtol=1e-14)
    np.testing.assert_allclose(trajectory.x[2, 0], (3.5 - 0.4 * 3.5, 0.5 - 0.4 * 2), rtol=1e-14)
    # where the surface curves downwards, the first rate again
    down = raced(BarzilaiBorwein(lr=0.125), "-x^2 - y^2", steps=3, start=(1, 1))
    assert down.columns["a"][:, 0].tolist() == [0.125] * 4


def test_backtracking_by_hand():
    # on x² + y² from (3, 4): rates 4, 2 and 1 end higher or as high; ½ ends at the bottom
    trajectory = raced(Backtracking(lr=4, shrink=0.5), "round-bowl", steps=1, start=(3, 4))
    assert trajectory.columns["a"][0, 0] == 0.5
    assert trajectory.x[1, 0].tolist() == [0, 0]
    # asked for 0.6 of what the slope promises, ½ is too long: 25 > … 0.25 ends at a quarter of the loss
    picky = raced(Backtracking(lr=4, shrink=0.5, decrease=0.6), "round-bowl", steps=1, start=(3, 4))
    assert picky.columns["a"][0, 0] == 0.25
    assert picky.x[1, 0].tolist() == [1.5, 2]


# ── Newton, conjugate gradients, BFGS ────────────────────────────────────────────────────────────────────


@on_quadratics
def test_newton_solves_a_quadratic_in_one_step(surface):
    surface = SURFACES[surface]
    for start in (surface.start, (0.25, -3.5), (-2.0, 4.75)):
        trajectory = raced(Newton(), surface, steps=1, start=start)
        np.testing.assert_allclose(trajectory.x[1], surface.minima, rtol=0, atol=1e-13)
        assert trajectory.columns["a"][0, 0] == 1


def test_damping_shortens_newtons_steps():
    # on x² + y² the Hessian is 2 I: with μ = 2 half the way
    trajectory = raced(Newton(damping=2), "round-bowl", steps=3, start=(3, 4))
    np.testing.assert_allclose(trajectory.x[:, 0], [(3, 4), (1.5, 2), (0.75, 1), (0.375, 0.5)], rtol=1e-14)


def test_newton_turns_away_from_a_saddle():
    # |H| is 2 I: the step is (−x, +y), where the plain Newton step would go to the saddle itself
    trajectory = raced(Newton(), "saddle", steps=5, start=(0.5, 0.125))
    np.testing.assert_allclose(trajectory.x[0, 0], (0.5, 0.125))
    np.testing.assert_allclose(trajectory.x[1:, 0, 0], 0, atol=1e-15)
    np.testing.assert_allclose(trajectory.x[:, 0, 1], [0.125, 0.25, 0.5, 1, 2, 4], rtol=1e-14)
    assert (np.diff(trajectory.loss[:, 0]) < 0).all()
    # turned by 45°: |H| of x y is I, the step (−y, −x), which goes down along the one diagonal and off the other
    turned = raced(Newton(), "x y", steps=1, start=(0.5, 0.125))
    np.testing.assert_allclose(turned.columns["update"][0, 0], (-0.125, -0.5), rtol=1e-14)


@on_quadratics
def test_conjugate_gradients_solve_a_quadratic_in_two_steps(surface):
    surface = SURFACES[surface]
    x = raced(ConjugateGradient(gentler=1e-9), surface, steps=2, start=off_axis(surface)).x[:, 0]
    left = np.linalg.norm(x - surface.minima[0], axis=1)
    assert left[2] <= 1e-6 * left[0]
    # with one curvature, one is enough; else the first step leaves something
    assert (left[1] <= 1e-6 * left[0]) == (surface.slug == "round-bowl")


def test_the_directions_of_conjugate_gradients_are_conjugate():
    surface = SURFACES["tilted-bowl"]
    first, second = raced(ConjugateGradient(gentler=1e-9), surface, steps=2).columns["d"][:2, 0]
    across = first @ surface.hessian((0.0, 0.0)) @ second
    assert abs(across) < 1e-6 * np.linalg.norm(first) * np.linalg.norm(second)


@on_quadratics
def test_bfgs_learns_the_inverse_hessian_of_a_quadratic(surface):
    """With exact searches, after as many steps as there are dimensions: Nocedal and Wright 2006, theorem 6.4."""
    surface = SURFACES[surface]
    columns = raced(BFGS(gentler=1e-9), surface, steps=3, start=off_axis(surface)).columns
    if surface.slug == "round-bowl":  # it arrives at once, and what it has learnt is the one curvature met
        np.testing.assert_allclose(columns["H"][1, 0], np.eye(2) / 2, atol=1e-7)
        return
    np.testing.assert_allclose(
        columns["H"][2, 0], np.linalg.inv(surface.hessian(surface.start)), rtol=1e-4, atol=1e-6
    )


def test_bfgs_and_l_bfgs_with_a_long_memory_both_reach_rosenbrocks_minimum():
    # they are one method only with the same first matrix: BFGS takes its scale once, L-BFGS at every step
    for optimizer in (BFGS(), LBFGS(memory=60), LBFGS(memory=100)):
        trajectory = raced(optimizer, "rosenbrock", steps=60)
        np.testing.assert_allclose(trajectory.x[-1, 0], (1, 1), rtol=0, atol=1e-7)
    long, longer = (raced(LBFGS(memory=memory), "rosenbrock", steps=30) for memory in (30, 60))
    np.testing.assert_array_equal(long.x, longer.x)
    short = raced(LBFGS(memory=1), "rosenbrock", steps=30)
    assert (short.x[-1] != long.x[-1]).all(), "the memory matters"


def test_the_first_two_steps_of_bfgs_and_l_bfgs_are_the_same():
    """From one pair of vectors both make the same matrix: Nocedal and Wright 2006, 6.20 and 7.20."""
    bfgs, lbfgs = simulate("rosenbrock", [BFGS(), LBFGS(memory=5)], steps=2)
    np.testing.assert_allclose(bfgs.x, lbfgs.x, rtol=1e-12)


# ── Line searches ────────────────────────────────────────────────────────────────────────────────────────

SEARCHES = (Backtracking, ConjugateGradient, BFGS, LBFGS, Newton)
WOLFE = (ConjugateGradient, BFGS, LBFGS)
each_surface = pytest.mark.parametrize("slug", SURFACES)
each_search = pytest.mark.parametrize("kind", SEARCHES, ids=lambda kind: kind.slug())
each_wolfe = pytest.mark.parametrize("kind", WOLFE, ids=lambda kind: kind.slug())


@cache
def searched(kind, slug):
    """A method with line searches on a surface, from its start and two more, and what is known of its steps."""
    surface = SURFACES[slug]
    low, high = np.reshape(surface.domain, (2, 2)).T
    scattered = np.random.default_rng(3).uniform(low, high, size=(2, 2)).tolist()
    optimizer = suited(kind(), surface)
    (trajectory,) = race_to_end(
        make_scenario(surface, [optimizer], starts=(surface.start, *map(tuple, scattered)), steps=15)
    )
    columns = trajectory.columns
    d = columns.get("d", -trajectory.grad)
    with np.errstate(all="ignore"):
        slope = (trajectory.grad * d).sum(axis=-1)[:-1]
        new_slope = (trajectory.grad[1:] * d[:-1]).sum(axis=-1)
    rolling = (trajectory.stopped < 0) | (np.arange(15)[:, None] < trajectory.stopped)
    return optimizer, columns["a"][:-1], slope, new_slope, trajectory.loss[:-1], trajectory.loss[1:], rolling


@pytest.mark.slow(keep=41)
@each_surface
@each_search
def test_a_line_search_goes_downhill_and_lowers_the_loss_by_a_share_of_what_the_slope_promises(kind, slug):
    optimizer, a, slope, _, loss, new_loss, rolling = searched(kind, slug)
    assert rolling[0].all()
    assert (new_loss <= loss)[rolling].all()
    assert (new_loss < loss)[0].any()
    assert (new_loss <= loss + optimizer.decrease * a * slope)[rolling].all()
    assert (a >= 0)[rolling].all()
    assert (slope <= 0)[rolling].all(), "else Armijo's condition would let the loss grow"


@pytest.mark.slow(keep=33)
@pytest.mark.parametrize("slug", [slug for slug, surface in SURFACES.items() if surface.family != "kinks"])
@each_wolfe
def test_where_the_surface_is_smooth_the_slope_left_is_gentler(kind, slug):
    """The second of the strong Wolfe conditions, wherever the search ends before its longest length."""
    optimizer, a, slope, new_slope, loss, new_loss, rolling = searched(kind, slug)
    first = np.ones_like(a)
    if kind is ConjugateGradient:  # goes on from the length before
        first = np.vstack((np.full_like(a[:1], optimizer.lr), np.where(a[:-1] > 0, a[:-1], optimizer.lr)))
    # where the loss falls by less than it can tell, as at a minimum, the conditions are about rounding
    clear = rolling & (loss - new_loss > 1e-9 * (1 + np.abs(loss))) & (a < 1000 * first)
    assert (np.abs(new_slope) <= optimizer.gentler * np.abs(slope))[clear].all()
    assert clear[0].any() or (a >= 1000 * first)[0].all()


@each_search
def test_where_the_loss_falls_for_ever_a_search_ends(kind):
    for formula in ("x^2 - y^2", "x + y", "x^3", "x - exp(y)"):
        (trajectory,) = simulate(formula, [kind()], start=[(1.0, 0.5), (-3.0, 2.0)], steps=60)
        assert trajectory.failure is None
        assert np.isfinite(trajectory.x).all()
        assert (trajectory.loss[1] < trajectory.loss[0]).all()


@each_optimizer
def test_a_saddle_without_a_floor_is_no_exception(kind):
    (trajectory,) = simulate("saddle", [kind()], start=[(-1.6, 0.01), (1.0, -2.0), (0.0, 0.0)], steps=200)
    assert trajectory.failure is None
    assert len(trajectory) == 201
    assert np.isfinite(trajectory.x).all()
    assert trajectory.stopped[2] == -1, "on the saddle itself there is no slope"


# ── Gradients that are no numbers ────────────────────────────────────────────────────────────────────────

# at x = 1 the loss is y² but its slope is 0/0
NO_SLOPE = own_surface("(x - 1) asin(x) + y^2")
EVERY = [*OPTIMIZERS, *(f"lookahead-{slug}" for slug in OPTIMIZERS)]


def test_the_surface_without_a_slope_is_what_it_says():
    assert NO_SLOPE.value((1.0, 0.5)) == 0.25
    assert np.isnan(NO_SLOPE.gradient((1.0, 0.5))[0])


@pytest.mark.parametrize("spec", EVERY)
def test_a_ball_that_is_given_no_number_for_a_slope_stops_and_the_others_go_on(spec):
    """Without a word from NumPy, whose warnings would be errors here."""
    (both,) = simulate(NO_SLOPE, [spec], start=[(1.0, 0.5), (0.25, 0.5)], steps=10)
    assert both.failure is None
    assert both.stopped[0] == 0
    assert (both.x[:, 0] == (1.0, 0.5)).all()
    alone = simulate(NO_SLOPE, [spec], start=(0.25, 0.5), steps=10)[0]
    for name, column in both.columns.items():
        assert column[:, 1:].tobytes() == alone.columns[name].tobytes()
    assert (both.x[1, 1] != (0.25, 0.5)).any() or "lookahead" in spec


@each_optimizer
def test_a_slope_that_stops_being_a_number_on_the_way_stops_the_ball_there(kind):
    class Ending(Exact):
        """A bowl whose gradients are numbers for three updates only."""

        def __call__(self, x, t):
            loss, grad = super().__call__(x, t)
            return loss, grad if t < 3 else np.full_like(grad, math.nan)

    scenario = make_scenario(SURFACES["round-bowl"], [suited(kind(), SURFACES["round-bowl"])], steps=10)
    state = begin(scenario, scenario.runs[0])
    state.objective = Ending(scenario.surface)
    state, columns = advance(state, 11)
    assert state.failure is None
    assert state.stopped.tolist() == [3]
    assert np.isfinite(columns["x"]).all()
    assert (columns["x"][3:] == columns["x"][3]).all()
    assert {field.name for field in fields(state.last)} - {"t"} == set(columns)
