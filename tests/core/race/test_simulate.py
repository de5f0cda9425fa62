"""Races: how they are asked for, run in batches, and what becomes of a ball that flies away."""

import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

import optisim
from optisim import OPTIMIZERS, SGD, SURFACES, Adam, Domain, Momentum, Nesterov, Problem, simulate
from optisim.core.race.scenario import MAX_STARTS, MAX_STEPS, chapter_scenario, make_scenario
from optisim.core.race.simulate import BOUND, CHUNK, Trajectory, advance, begin, race_to_end
from optisim.core.surfaces import own_surface

VALLEY = SURFACES["rosenbrock"]


def same_bits(one, other):
    return one.keys() == other.keys() and all(one[name].tobytes() == other[name].tobytes() for name in one)


# ── Asking for a race ────────────────────────────────────────────────────────────────────────────────────


def test_the_readmes_example():
    runs = ["sgd:lr=0.95", optisim.Momentum(lr=0.1)]
    result = simulate("x^2/20 + y^2", runs, start=(-7, 2), steps=30)
    assert result["sgd"].x.shape == (31, 1, 2)
    assert result[1].loss.shape == (31, 1)
    assert list(result[1].columns) == ["x", "loss", "grad", "update", "v"]
    np.testing.assert_allclose(result["sgd"].x[30, 0], (-0.350393, 0.084782), atol=1e-6)
    np.testing.assert_allclose(result["sgd"].loss[0], 49 / 20 + 4)
    np.testing.assert_allclose(result["sgd"].grad[0, 0], (-0.7, 4))


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_the_columns_are_the_fields_of_the_optimizers_step(kind):
    (trajectory,) = simulate("bowl", [kind()], start=[(-7, 2), (1, 1), (0, 3)], steps=4)
    step = trajectory.state.last
    assert set(trajectory.columns) == {field.name for field in fields(step)} - {"t"}
    for name, column in trajectory.columns.items():
        assert column.dtype == np.float64
        assert column.shape[:2] == (5, 3)
        assert name not in ("x", "grad", "update") or column.shape == (5, 3, 2)
        np.testing.assert_array_equal(column[-1], getattr(step, name))
    assert (len(trajectory), step.t, trajectory.state.t) == (5, 4, 5)
    bowl = SURFACES["bowl"]
    np.testing.assert_allclose(trajectory.loss, bowl.value(trajectory.x), rtol=1e-14)
    uphill = trajectory.columns.get("e", 0.0)  # where SAM takes its gradient
    np.testing.assert_allclose(trajectory.grad, bowl.gradient(trajectory.x + uphill), rtol=1e-13)


SECTIONS = {
    "a surface": {"surface": SURFACES["bowl"]},
    "capitals and blanks": {"surface": " Bowl ", "runs": [" SGD "]},
    "its formula": {"surface": "x^2/20 + y^2"},
    "an optimizer": {"runs": [SGD()]},
    "an optimizer alone": {"runs": SGD()},
    "text alone": {"runs": "sgd"},
    "a set": {"runs": {"sgd:lr=0.95"}},
    "no start": {"start": None},
    "a list": {"start": [-7.0, 2.0]},
    "a list of points": {"start": [(-7, 2)]},
    "an array": {"start": np.array([[-7, 2]])},
    "a NumPy number of steps": {"steps": np.int64(30)},
    "as many steps as usual": {"steps": None},
}


@pytest.mark.parametrize("way", SECTIONS.values(), ids=SECTIONS)
def test_there_are_many_ways_to_ask_for_the_same_race(way):
    plain = {"surface": "bowl", "runs": ["sgd"], "start": (-7, 2), "steps": 30}
    assert same_bits(simulate(**(plain | way))[0].columns, simulate(**plain)[0].columns)


REFUSED = {
    "unknown surface": ({"surface": "bowel"}, "bowl"),
    "broken formula": ({"surface": "x +"}, "Column 4"),
    "no surface": ({"surface": ""}, "empty"),
    "no runs": ({"runs": []}, "at least one"),
    "unknown optimizer": ({"runs": ["tiger"]}, "“tiger”"),
    "unknown hyperparameter": ({"runs": ["sgd:rate=1"]}, "“rate”; it has lr"),
    "bad value": ({"runs": ["sgd:lr=-1"]}, "lr must be"),
    "bad spec": ({"runs": ["sgd", "adam:0.3"]}, "“0.3”"),
    "too many runs": ({"runs": ["sgd"] * 51}, "at most"),
    "one coordinate": ({"start": (1,)}, "point"),
    "three coordinates": ({"start": (1, 2, 3)}, "point"),
    "three coordinates in a list": ({"start": [(1, 2, 3)]}, "point"),
    "ragged": ({"start": [(1, 2), (3,)]}, "point"),
    "too deep": ({"start": [[(1, 2)]]}, "point"),
    "a number": ({"start": 7}, "point"),
    "text": ({"start": "-7, 2"}, "point"),
    "words": ({"start": ("left", "top")}, "point"),
    "a huge number": ({"start": (10**400, 0)}, "point"),
    "a dictionary": ({"start": {"x": 1, "y": 2}}, "point"),
    "no point": ({"start": []}, "point"),
    "no points": ({"start": np.empty((0, 2))}, "start points"),
    "too many points": ({"start": np.zeros((MAX_STARTS + 1, 2))}, "start points"),
    "NaN": ({"start": (np.nan, 0)}, "finite"),
    "far away": ({"start": (0, 1e12)}, "finite"),
    "steps 0": ({"steps": 0}, f"from 1 to {MAX_STEPS}"),
    "steps -1": ({"steps": -1}, f"from 1 to {MAX_STEPS}"),
    "steps too many": ({"steps": 10**9}, f"from 1 to {MAX_STEPS}"),
    "steps True": ({"steps": True}, "whole number"),
    "steps 2.5": ({"steps": 2.5}, "whole number"),
    "steps 1e9": ({"steps": 1e9}, "whole number"),
    "steps text": ({"steps": "30"}, "whole number"),
    "no runs at all": ({"runs": None}, "at least one"),
}


@pytest.mark.parametrize(("argument", "mentions"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_with_an_argument_is_told(argument, mentions):
    with pytest.raises(Problem) as caught:
        simulate(**({"surface": "bowl", "runs": ["sgd"]} | argument))
    assert mentions in str(caught.value)


def test_a_scenario_is_raced_as_it_is():
    scenario = replace(chapter_scenario(), steps=12, starts=((1.0, 2.0), (-3.0, 1.0)))
    result = simulate(scenario)
    assert result.scenario is scenario
    for trajectory, wanted in zip(result, race_to_end(scenario), strict=True):
        assert same_bits(trajectory.columns, wanted.columns)
    for more in ({"runs": ["sgd"]}, {"start": (1, 2)}, {"steps": 30}, {"noise": "none"}, {"seed": 0}, {"seeds": 1}):
        with pytest.raises(Problem, match="everything itself"):
            simulate(scenario, **more)


def test_a_result_is_a_sequence_with_names():
    result = simulate("bowl", ["sgd:lr=0.5", "momentum", "sgd:lr=0.25"], steps=2)
    assert len(result) == 3
    assert [trajectory.run.optimizer for trajectory in result] == [SGD(lr=0.5), Momentum(), SGD(lr=0.25)]
    assert result[-1] is result[2] is result["sgd:lr=0.25"]
    assert result["momentum"] is result["Momentum"] is result[1]
    assert result[1:] == [result[1], result[2]]
    with pytest.raises(IndexError):
        result[3]
    for key, mentions in (("sgd", "2 runs"), ("SGD", "2 runs"), ("adam", "0 runs"), ("", "0 runs")):
        with pytest.raises(KeyError, match=mentions) as caught:
            result[key]
        assert "sgd:lr=0.5, momentum, sgd:lr=0.25" in str(caught.value)


# ── Batches ──────────────────────────────────────────────────────────────────────────────────────────────


def test_advancing_leaves_the_state_as_it_was():
    scenario = make_scenario(VALLEY, [Adam()], starts=((-1.2, 1.0), (0.0, 0.0)))
    before = begin(scenario, scenario.runs[0])
    first, columns = advance(before, 10)
    assert (before.t, before.last, before.x.tolist()) == (0, None, [[-1.2, 1.0], [0.0, 0.0]])
    kept = {name: column.copy() for name, column in columns.items()}
    one, more = advance(first, 10)
    other, again = advance(first, 10)
    assert same_bits(more, again)
    assert one.x.tobytes() == other.x.tobytes()
    assert same_bits(columns, kept), "the rows handed out first are not written again"
    assert first.t == 10


def test_a_batch_ends_when_the_time_is_up():
    scenario = make_scenario(VALLEY, [Adam()])
    state = begin(scenario, scenario.runs[0])
    late, columns = advance(state, 1000, deadline=time.perf_counter() - 1)
    assert (late.t, columns) == (0, {})
    soon, columns = advance(state, 90_000, deadline=time.perf_counter() + 0.02)
    assert soon.t == len(columns.get("x", ())), "none, on a machine that was busy all the while"
    assert soon.t % CHUNK == 0 or soon.t == 90_000
    assert same_bits(columns, advance(state, soon.t)[1])
    assert advance(state, 0)[1] == {}


def test_a_trajectory_grows_without_touching_what_was_read_from_it():
    scenario = make_scenario(VALLEY, [Adam()], steps=200)
    (whole,) = race_to_end(scenario)
    trajectory = Trajectory(scenario.runs[0], begin(scenario, scenario.runs[0]))
    trajectory.append(trajectory.state, {})
    assert len(trajectory) == 0
    read = []
    for rows in (1, 2, 3, 10, 50, 1, 133, 1):
        trajectory.append(*advance(trajectory.state, rows))
        read.append((trajectory.x, trajectory.x.copy()))
    assert len(trajectory) == 201
    assert same_bits(trajectory.columns, whole.columns)
    for view, copy in read:
        np.testing.assert_array_equal(view, copy)


# ── Balls that fly away ──────────────────────────────────────────────────────────────────────────────────

# On Rosenbrock's valley a rate of 0.0015 is too large where the walls are steep, and small enough near the minimum.
FAR, NEAR = (-2.0, -1.0), (0.9, 0.8)


@pytest.mark.parametrize("optimizer", [SGD(lr=0.0015), Momentum(lr=0.0015, momentum=0.5), Nesterov(lr=0.0015)])
def test_a_ball_that_flies_away_stops_and_the_other_goes_on(optimizer):
    scenario = make_scenario(VALLEY, [optimizer], starts=(FAR, NEAR), steps=60)
    (both,) = race_to_end(scenario)
    (far,) = race_to_end(replace(scenario, starts=(FAR,)))
    (near,) = race_to_end(replace(scenario, starts=(NEAR,)))
    # the step at which it leaves, by walking there
    x, last, t = np.array([FAR]), None, 0
    while True:
        with np.errstate(all="ignore"):
            last = optimizer.step(t, x, both.state.objective, last)
            after = x + last.update
        if not np.abs(after).max() < BOUND * 4:
            break
        x, t = after, t + 1
    assert 1 < t < 50
    assert both.stopped.tolist() == [t, -1]
    assert far.stopped.tolist() == [t]
    assert near.stopped.tolist() == [-1]
    assert both.x[t, 0].tolist() == x[0].tolist()
    # it stays there, with all that was known of it, and does not move any more
    for name, column in both.columns.items():
        kept = column[t:, 0]
        expected = np.broadcast_to(column[t, 0], kept.shape).copy()
        if name == "update":
            expected[1:] = 0
        np.testing.assert_array_equal(kept, expected)
        assert column[:, 0].tobytes() == far.columns[name][:, 0].tobytes()
        assert column[:, 1].tobytes() == near.columns[name][:, 0].tobytes()
    assert np.isfinite(both.x).all()
    assert (both.x[31:, 1] != both.x[30:-1, 1]).any(), "the other one still moves"
    # the same in batches that end before, at and after that step
    for size in (1, t, t + 1, t + 2, 7):
        trajectory = Trajectory(scenario.runs[0], begin(scenario, scenario.runs[0]))
        while len(trajectory) < len(both):
            trajectory.append(*advance(trajectory.state, min(size, len(both) - len(trajectory))))
        assert same_bits(trajectory.columns, both.columns)
        assert trajectory.stopped.tolist() == [t, -1]
        assert trajectory.state.x[0].tolist() == x[0].tolist()
    state = begin(scenario, scenario.runs[0])
    advance(state, t + 5)
    assert state.stopped.tolist() == [-1, -1], "it is left as it was"


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_ball_that_starts_where_there_is_no_slope_stays_there(kind):
    (trajectory,) = simulate("sqrt(x) + y^2", [kind()], start=[(-1, 1), (1, 1)], steps=5)
    assert trajectory.stopped[0] == 0
    assert (trajectory.x[:, 0] == (-1, 1)).all()
    assert (trajectory.x[1, 1] != (1, 1)).all()


@pytest.mark.parametrize(
    ("optimizer", "start"), [(SGD(lr=1e300), (1, 1)), (SGD(lr=1e308), (1e11, 1e11)), (Momentum(lr=1e7), (1, 1))]
)
def test_no_rate_is_too_large_to_be_raced(optimizer, start):
    (trajectory,) = simulate("x^2 + y^2", [optimizer], start=start, steps=20)
    assert trajectory.stopped.tolist() == [0]
    assert (trajectory.x == start).all()


def test_a_domain_far_from_the_origin_is_no_reason_to_stop():
    surface = own_surface("(x - 1000000000)^2 + y^2", Domain(1e9 - 5, 1e9 + 5, -5, 5))
    (trajectory,) = simulate(surface, [SGD(lr=0.25)], steps=40)
    assert trajectory.stopped.tolist() == [-1]
    np.testing.assert_allclose(trajectory.x[-1, 0], (1e9, 0), atol=1e-6)


# ── Layers ───────────────────────────────────────────────────────────────────────────────────────────────

WITHOUT_QT = """
import sys, optisim
result = optisim.simulate("rosenbrock", ["sgd:lr=0.001", optisim.Adam()], steps=5)
assert len(result["adam"]) == 6
print([name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph")])
"""


def test_the_core_runs_without_qt():
    root = Path(optisim.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_QT], cwd=root, capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
