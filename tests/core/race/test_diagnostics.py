"""Columns derived from trajectories, against plain NumPy; verdicts, on cases whose end is known beforehand."""

import warnings
from collections import Counter
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from optisim import OPTIMIZERS, SGD, SURFACES, Problem, simulate
from optisim.core.optimizers import Optimizer
from optisim.core.race.diagnostics import COLUMNS, HELD, LAST, Diagnostics, Outcome, medians
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import Trajectory, advance, begin
from optisim.core.surfaces import own_surface

TOLERANCE = 1e-3
COLUMN = {name: partial(Diagnostics.column, name=name) for name in COLUMNS}


def diagnosed(surface, runs, **how):
    """The diagnostics of every run of a simulation, and the number of its last step."""
    result = simulate(surface, runs, **how)
    return [Diagnostics(t, result.scenario.surface) for t in result]


def course(diagnostics, ball=0, tolerance=TOLERANCE):
    """The outcomes that one ball goes through, each with the first row of it."""
    steps = len(diagnostics.trajectory) - 1
    outcomes = [diagnostics.outcomes(row, steps, tolerance)[ball] for row in range(steps + 1)]
    return [(o, row) for row, o in enumerate(outcomes) if row == 0 or o is not outcomes[row - 1]]


def ends(diagnostics, tolerance=TOLERANCE):
    """What has become of the balls at the end."""
    steps = len(diagnostics.trajectory) - 1
    return diagnostics.outcomes(steps, steps, tolerance)


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────────────


def reference(trajectory, minima):
    """Every column, by the letter of its definition and in one go."""
    x, grad, update = trajectory.x, trajectory.grad, trajectory.columns["update"]
    slope, step = np.linalg.norm(grad, axis=2), np.linalg.norm(update, axis=2)
    moves = np.linalg.norm(np.diff(x, axis=0), axis=2)
    with np.errstate(all="ignore"):
        return {
            "loss": trajectory.loss,
            "distance": np.linalg.norm(x[:, :, None] - np.array(minima), axis=3).min(axis=2),
            "slope": slope,
            "step": step,
            "rate": step / np.where(slope > 0, slope, np.nan),
            "cosine": -(update * grad).sum(axis=2) / (step * slope),
            "best": np.array([trajectory.loss[: t + 1].min(axis=0) for t in range(len(x))]),
            "path": np.array([moves[:t].sum(axis=0) for t in range(len(x))]),
            "steepest": np.array([slope[: t + 1].max(axis=0) for t in range(len(x))]),
        }


@pytest.mark.parametrize("slug", ["double-well", "himmelblau", "diamond"])
def test_columns_are_what_their_definitions_say(slug):
    how = {"start": [(0.02, 1.6), (-1.3, 0.4), (1.0, 0.0)], "steps": 60, "noise": "gaussian:sigma=0.3"}
    for diagnostics in diagnosed(slug, ["sgd:lr=0.02", "momentum:lr=0.01", "adam:lr=0.1"], **how):
        wanted = reference(diagnostics.trajectory, SURFACES[slug].minima)
        assert wanted.keys() == COLUMNS.keys()
        for name, column in wanted.items():
            assert diagnostics.column(name).shape == (61, 3)
            np.testing.assert_allclose(diagnostics.column(name), column, rtol=1e-9, atol=1e-12, err_msg=name)


def test_columns_that_grow_with_their_trajectory_are_the_same_bits_as_at_once():
    scenario = make_scenario(
        SURFACES["himmelblau"], [OPTIMIZERS["adam"]()], starts=((0.0, 0.0), (1.0, -1.0)), steps=400
    )
    trajectory = Trajectory(scenario.runs[0], begin(scenario, scenario.runs[0]))
    growing = Diagnostics(trajectory, scenario.surface)
    for rows in (1, 1, 3, 95, 200, 101):
        trajectory.append(*advance(trajectory.state, rows))
        for name in COLUMNS:
            assert len(growing.column(name)) == len(trajectory)
            assert len(growing.median(COLUMN[name], slice(0, 2))) == len(trajectory)
    whole = Diagnostics(trajectory, scenario.surface)
    for name in COLUMNS:
        if name == "path":  # a sum continued from a row is rounded otherwise than one from the start
            np.testing.assert_allclose(growing.path, whole.path, rtol=1e-13)
        else:
            assert growing.column(name).tobytes() == whole.column(name).tobytes(), name
            assert (
                growing.median(COLUMN[name], slice(0, 2)).tobytes()
                == whole.median(COLUMN[name], slice(0, 2)).tobytes()
            ), name


def test_what_is_known_is_not_computed_again(monkeypatch):
    (diagnostics,) = diagnosed("bowl", ["adam"], steps=50)
    asked = []
    for name, rule in COLUMNS.items():
        monkeypatch.setitem(COLUMNS, name, lambda *a, rule=rule, name=name: (asked.append(name), rule(*a))[1])
    for _ in range(3):
        assert diagnostics.rate[50] == diagnostics.step[50] / diagnostics.slope[50]
    assert Counter(asked) == {"rate": 1, "step": 1, "slope": 1}


def test_where_there_is_no_gradient_or_no_move_rate_and_cosine_are_not_numbers():
    sgd, momentum = diagnosed("shelf", ["sgd:lr=0.02", "momentum:lr=0.01"], start=(0, 0), steps=3)
    for diagnostics in (sgd, momentum):
        assert np.isnan(diagnostics.rate).all()
        assert np.isnan(diagnostics.cosine).all()
        assert (diagnostics.step == 0).all()


def test_sgd_moves_against_the_gradient_at_its_rate_and_momentum_does_not():
    sgd, momentum = diagnosed("bowl", ["sgd:lr=0.3", "momentum:lr=0.1"], steps=20)
    np.testing.assert_allclose(sgd.cosine, 1.0, rtol=1e-14)
    np.testing.assert_allclose(sgd.rate, 0.3, rtol=1e-14)
    assert momentum.cosine.min() < 0.5
    assert (np.abs(momentum.cosine) <= 1.0).all()


def test_without_known_minima_there_is_no_distance():
    (diagnostics,) = diagnosed("saddle", ["sgd:lr=0.1"], steps=5)
    assert diagnostics.distance is None
    assert diagnostics.median(COLUMN["distance"], slice(0, 1)) is None


def test_a_diverging_ball_has_a_finite_path_and_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (diagnostics,) = diagnosed("rosenbrock", ["sgd:lr=5"], steps=40)
        for name in COLUMNS:
            assert diagnostics.column(name).shape == (41, 1)
        stop = diagnostics.trajectory.stopped[0]
        assert np.isfinite(diagnostics.path).all()
        assert (diagnostics.path[stop:] == diagnostics.path[stop]).all()


@given(arrays.arrays(np.float64, (4, 5), elements=st.floats(-1e300, 1e300) | st.just(np.nan)))
def test_medians_are_those_of_numpy_without_what_is_not_a_number(values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.testing.assert_allclose(medians(values), np.nanmedian(values, axis=1), rtol=1e-14)


def test_medians_of_infinite_and_huge_values_stay_what_they_are():
    huge = np.finfo(float).max
    values = np.array([[np.inf, np.inf, 1, np.inf], [huge, huge, huge, huge], [1, 2, 3, np.inf]])
    assert medians(values).tolist() == [np.inf, huge, 2.5]


# ── Verdicts ─────────────────────────────────────────────────────────────────────────────────────────────


def test_sgd_on_the_axis_of_a_saddle_is_stuck_there_and_off_it_is_not():
    (well,) = diagnosed("double-well", ["sgd:lr=0.1"], start=[(0, 1.6), (0.02, 1.6)], steps=100)
    assert ends(well) == [Outcome.SADDLE, Outcome.CONVERGED]
    assert well.trajectory.x[100, 0, 0] == 0.0
    assert well.nearest(100, TOLERANCE) == [None, (1.0, 0.0)]
    (open_saddle,) = diagnosed("saddle", ["sgd:lr=0.1"], start=[(-1.6, 0), (-1.6, 0.01)], steps=100)
    assert ends(open_saddle) == [Outcome.SADDLE, Outcome.END]


def test_a_ball_at_the_top_stays_there():
    (diagnostics,) = diagnosed("-x^2 - y^2", ["sgd:lr=0.1"], start=(0, 0), steps=20)
    assert course(diagnostics)[-1] == (Outcome.SUMMIT, HELD)


@pytest.mark.parametrize("share", [0.99, 0.5])
def test_below_two_over_the_largest_curvature_sgd_converges_when_the_closed_form_says_so(share):
    lr = share * 2 / 2.0  # the largest eigenvalue of the bowl's Hessian is 2
    (diagnostics,) = diagnosed("bowl", [f"sgd:lr={lr}"], start=(-7, 2), steps=300)
    t = np.arange(301)
    loss = (49 / 20) * (1 - lr / 10) ** (2 * t) + 4 * (1 - 2 * lr) ** (2 * t)
    first = int(np.argmax(loss <= TOLERANCE))
    assert diagnostics.reached(300, TOLERANCE).tolist() == [first]
    assert course(diagnostics) == [
        (Outcome.START, 0),
        (Outcome.RUNNING, 1),
        (Outcome.CONVERGED, first + HELD - 1),
    ]


def test_just_above_it_sgd_turns_back_for_ever_and_in_the_end_diverges():
    (diagnostics,) = diagnosed("bowl", ["sgd:lr=1.01"], start=(-7, 2), steps=1000)
    outcomes = course(diagnostics)
    assert [outcome for outcome, _ in outcomes] == [
        Outcome.START,
        Outcome.RUNNING,
        Outcome.OSCILLATING,
        Outcome.DIVERGED,
    ]
    assert outcomes[-1][1] == diagnostics.trajectory.stopped[0]
    assert diagnostics.reached(1000, TOLERANCE).tolist() == [-1]


def test_on_rastrigins_surface_sgd_ends_in_the_next_hollow():
    how = {"start": [(3.2, 2.1), (0.2, 0.1)], "steps": 300}
    (diagnostics,) = diagnosed("rastrigin", ["sgd:lr=0.002"], **how)
    assert ends(diagnostics) == [Outcome.LOCAL, Outcome.CONVERGED]
    assert diagnostics.nearest(300, TOLERANCE) == [None, (0.0, 0.0)]
    assert ends(diagnostics, tolerance=100.0) == [Outcome.CONVERGED] * 2, "within a hundred of the lowest"
    assert diagnostics.nearest(300, 100.0) == [None, (0.0, 0.0)], "but not there"


def test_signs_alone_end_in_oscillation_unless_that_is_within_the_tolerance():
    (diagnostics,) = diagnosed("bowl", ["signsgd:lr=0.15"], start=(-7, 2), steps=200)
    assert course(diagnostics)[-1][0] is Outcome.OSCILLATING
    assert course(diagnostics, tolerance=0.1)[-1][0] is Outcome.CONVERGED


def test_a_rate_far_too_large_for_rosenbrocks_valley_diverges():
    (diagnostics,) = diagnosed("rosenbrock", ["sgd:lr=5"], steps=40)
    stop = int(diagnostics.trajectory.stopped[0])
    assert course(diagnostics)[-1] == (Outcome.DIVERGED, stop)


def test_creeping_along_rosenbrocks_valley_is_running_until_it_is_done():
    (diagnostics,) = diagnosed("rosenbrock", ["sgd:lr=0.001"], start=(-1.2, 1), steps=7000)
    rows = [*range(1, 7000, 100), 7000]
    outcomes = [diagnostics.outcomes(row, 7000, TOLERANCE)[0] for row in rows]
    assert set(outcomes[:-1]) == {Outcome.RUNNING, Outcome.CONVERGED}
    assert outcomes[-1] is Outcome.CONVERGED
    assert diagnostics.nearest(7000, TOLERANCE) == [(1.0, 1.0)]


def test_noise_keeps_balls_turning_about_the_minimum():
    (diagnostics,) = diagnosed("bowl", ["sgd:lr=0.3"], steps=400, noise="gaussian:sigma=1", seeds=20)
    rows = [diagnostics.outcomes(row, 401, TOLERANCE) for row in range(200, 401, 10)]
    shares = Counter(outcome for row in rows for outcome in row)
    assert shares[Outcome.OSCILLATING] > 0.8 * shares.total()
    assert set(shares) <= {Outcome.OSCILLATING, Outcome.RUNNING}


def test_at_a_kink_sgd_oscillates_though_the_slope_never_falls():
    (diagnostics,) = diagnosed("diamond", ["sgd:lr=0.3"], steps=300)
    assert ends(diagnostics) == [Outcome.OSCILLATING]
    assert diagnostics.slope[-1, 0] >= 1.0


def test_a_shelf_is_a_plateau():
    sgd, momentum = diagnosed("shelf", ["sgd:lr=0.026", "momentum:lr=0.0027"], steps=180)
    assert ends(sgd) == [Outcome.PLATEAU]
    assert abs(sgd.trajectory.x[-1, 0, 0]) < 0.05
    assert ends(momentum) == [Outcome.CONVERGED]


def test_where_nothing_slopes_at_all_a_ball_is_on_a_plateau():
    (diagnostics,) = diagnosed("max(0, x + y)", ["sgd:lr=0.1"], start=(-2, -2), steps=20)
    assert ends(diagnostics) == [Outcome.PLATEAU]


def test_where_no_minimum_is_known_the_gradient_decides():
    surface = own_surface("(x - 1)^2 + 2(y + 1)^2 + 5")
    (diagnostics,) = diagnosed(surface, ["sgd:lr=0.1"], start=(3, 2), steps=200)
    t = np.arange(201)
    slope = np.hypot(4 * 0.8**t, 12 * 0.6**t)
    first = int(np.argmax(slope <= TOLERANCE))
    assert diagnostics.reached(200, TOLERANCE).tolist() == [first]
    assert course(diagnostics)[-1] == (Outcome.CONVERGED, first + HELD - 1)
    assert diagnostics.nearest(200, TOLERANCE) == [None]
    assert diagnostics.reached(first - 1, TOLERANCE).tolist() == [-1]


@dataclass(frozen=True)
class FailsAtSeven(Optimizer):
    """Goes downhill for seven steps."""

    name = "Failing"

    def step(self, t, x, objective, last):
        if t == 7:
            raise Problem("enough")
        return SGD(lr=0.1).step(t, x, objective, last)


def test_an_optimizer_that_fails_is_told_of_from_that_step_on():
    (diagnostics,) = diagnosed("bowl", [FailsAtSeven()], start=[(1, 1), (2, 2)], steps=20)
    assert diagnostics.trajectory.failure.at == 7
    assert diagnostics.outcomes(6, 20, TOLERANCE) == [Outcome.RUNNING] * 2
    assert diagnostics.outcomes(7, 20, TOLERANCE) == [Outcome.FAILED] * 2
    assert ends(diagnostics) == [Outcome.FAILED] * 2


def test_a_ball_that_had_diverged_before_the_failure_is_told_apart():
    how = {"start": [(1.0, 1.0), (1e8, 1e8)], "steps": 20}
    (diagnostics,) = diagnosed("-x^4 - y^4", [FailsAtSeven()], **how)
    assert ends(diagnostics)[1] is Outcome.DIVERGED
    assert diagnostics.trajectory.stopped[1] < 7


@pytest.mark.slow(keep=11)
@pytest.mark.parametrize("slug", SURFACES)
def test_every_surface_and_a_method_of_each_kind_get_a_verdict_without_a_warning(slug):
    surface = SURFACES[slug]
    runs = ["sgd:lr=0.01", "adam:lr=0.1", "newton"] if "newton" in OPTIMIZERS else ["sgd:lr=0.01", "adam:lr=0.1"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for diagnostics in diagnosed(surface, runs, steps=60):
            for row in (0, 1, LAST, 37, 60):
                (outcome,) = diagnostics.outcomes(row, 60, TOLERANCE)
                assert (outcome is Outcome.START) == (row == 0) or outcome is Outcome.DIVERGED
