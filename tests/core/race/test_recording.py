"""What is recorded of a race, races of other things than surfaces, and races sent to another process and back."""

import itertools
import pickle
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from optisim import (
    OPTIMIZERS,
    SURFACES,
    Adam,
    Lookahead,
    Momentum,
    NoNoise,
    Parameter,
    PolyakStep,
    Problem,
    simulate,
)
from optisim.core.base.problems import FormulaProblem
from optisim.core.race.noise import Gaussian, MiniBatches
from optisim.core.race.scenario import Run, make_scenario, read_run
from optisim.core.race.simulate import ALL, LAST, Failure, State, Trajectory, advance, begin, race_to_end
from optisim.core.surfaces import own_surface
from tests.core.optimizers.losses import FAR, FIFTY, quadratic, walk

SCENARIO = make_scenario(SURFACES["rosenbrock"], [Adam(), PolyakStep()], starts=[(-1.2, 1.0), (1e6, 3.0)], steps=60)


def bits(columns):
    return {name: column.tobytes() for name, column in columns.items()}


# ── What is recorded ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("record", [2, 7, 60, 61, 1000])
def test_every_kth_step_is_the_same_bits_as_in_a_full_record(record):
    for whole, some in zip(race_to_end(SCENARIO), race_to_end(SCENARIO, record=record), strict=True):
        assert some.times.tolist() == list(range(0, 61, record))
        assert bits(some.columns) == bits({name: column[::record] for name, column in whole.columns.items()})
        assert some.state.x.tobytes() == whole.state.x.tobytes()
        assert (some.state.t, some.stopped.tolist()) == (61, whole.stopped.tolist())


def test_the_last_step_alone_is_the_same_bits_as_in_a_full_record():
    for whole, last in zip(race_to_end(SCENARIO), race_to_end(SCENARIO, record=LAST), strict=True):
        assert last.times.tolist() == [60]
        assert bits(last.columns) == bits({name: column[-1:] for name, column in whole.columns.items()})
        assert last.state.x.tobytes() == whole.state.x.tobytes()


@pytest.mark.parametrize("record", [ALL, LAST, 4, 9])
@pytest.mark.parametrize("rows", [1, 3, 16, 50])
def test_it_is_the_same_record_in_batches_of_any_size(record, rows):
    (run, _) = SCENARIO.runs
    whole, parts = (Trajectory(run, begin(SCENARIO, run), record) for _ in range(2))
    whole.append(*advance(whole.state, 50, record=record))
    while parts.state.t < 50:
        parts.append(*advance(parts.state, min(rows, 50 - parts.state.t), record=record))
    assert parts.times.tolist() == whole.times.tolist()
    assert bits(parts.columns) == bits(whole.columns)


def test_the_rates_of_a_sparse_record_are_those_of_its_steps():
    scenario = make_scenario(SURFACES["bowl"], [read_run("sgd@exponential:gamma=0.9")], steps=20)
    (whole,), (some,) = race_to_end(scenario), race_to_end(scenario, record=6)
    assert some.rates.tolist() == whole.rates[::6].tolist()


def test_watched_or_not_a_record_is_the_same(monkeypatch):
    ticks = SimpleNamespace(perf_counter=itertools.count(0.0, 0.02).__next__)  # time goes on when it is looked at
    monkeypatch.setattr("optisim.core.race.simulate.time", ticks)
    seen = []
    (watched, _) = race_to_end(replace(SCENARIO, steps=5000), lambda done, of: seen.append((done, of)), record=700)
    (plain, _) = race_to_end(replace(SCENARIO, steps=5000), record=700)
    assert len(seen) > 2
    assert seen == sorted(seen)
    assert {of for _, of in seen} == {2 * 5001}
    assert bits(watched.columns) == bits(plain.columns)


# ── Other things than surfaces ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("optimizer", [kind() for kind in OPTIMIZERS.values()], ids=OPTIMIZERS)
def test_any_objective_in_any_dimension_can_be_raced(optimizer):
    state, columns = advance(State(Run(optimizer), FIFTY, steps=9, x=np.stack((FAR, FAR / 2))), 10)
    assert state.failure is None
    steps = walk(optimizer, FIFTY, np.stack((FAR, FAR / 2)), 10)
    np.testing.assert_array_equal(columns["x"], [step.x for step in steps])
    assert columns["x"].shape == (10, 2, 50)
    assert state.stopped.tolist() == [-1, -1]


def test_a_ball_stops_at_the_bound_of_the_state_in_any_coordinate():
    loss = quadratic([1.0, 1.0, 1.0])
    starts = np.vstack((loss.c + np.eye(3)[2], loss.c))
    run = Run(OPTIMIZERS.read("sgd:lr=3"))  # the distance doubles at every step
    state, columns = advance(State(run, loss, steps=50, x=starts, bound=500.0), 50)
    assert (np.abs(columns["x"]) < 500).all()
    assert 8 <= state.stopped[0] <= 9
    assert state.stopped[1] == -1
    boundless, _ = advance(State(run, loss, steps=50, x=starts), 50)
    assert boundless.stopped.tolist() == [-1, -1]


# ── To another process and back ──────────────────────────────────────────────────────────────────────────

NESTED = Lookahead.over(OPTIMIZERS["sam-adam"])(lr=0.07, radius=0.2)


def there_and_back(thing):
    return pickle.loads(pickle.dumps(thing))


@pytest.mark.parametrize("spec", [*OPTIMIZERS, "lookahead-adam:lr=0.1", "sam-sgd:lr=0.3,radius=0.2"])
def test_an_optimizer_and_its_steps_can_be_pickled(spec):
    optimizer = OPTIMIZERS.read(spec)
    read = there_and_back(optimizer)
    assert read == optimizer
    assert type(read) is type(optimizer)
    (last,) = walk(optimizer, FIFTY, FAR[None], 1)
    read = there_and_back(last)
    assert type(read) is type(last)
    assert str(read) == str(last)


def test_wrappers_around_wrappers_can_be_pickled_at_the_rate_of_a_schedule():
    optimizer = NESTED.at_rate(0.01)
    read = there_and_back(optimizer)
    assert (read, type(read)) == (optimizer, type(optimizer))
    before, after = (walk(each, FIFTY, FAR[None], 6)[-1] for each in (optimizer, read))
    assert before.update.tobytes() == after.update.tobytes()
    assert type(there_and_back(after)) is type(before)


DATA = SURFACES["tiny-network"]
OWN = own_surface("a x^2 + sin(b y)").with_parameter(Parameter("b", 3.0, 0.0, 5.0))
PLACES = {
    "the catalogue": (SURFACES["eggholder"], NoNoise()),
    "a formula with parameters": (OWN, NoNoise()),
    "noise": (SURFACES["bowl"], Gaussian(sigma=0.3)),
    "batches": (DATA, MiniBatches(size=2)),
}


@pytest.mark.parametrize(("surface", "noise"), PLACES.values(), ids=PLACES)
def test_a_race_goes_on_where_it_was_pickled(surface, noise):
    scenario = make_scenario(surface, [NESTED, Momentum()], steps=30, noise=noise, seed=4)
    _ = surface.curvature, surface.parsed.hessian  # what is worked out once stays at home
    assert there_and_back(scenario) == scenario
    for run, whole in zip(scenario.runs, race_to_end(scenario), strict=True):
        trajectory = Trajectory(run, begin(scenario, run))
        trajectory.append(*advance(trajectory.state, 12))
        trajectory = there_and_back(trajectory)
        trajectory.append(*advance(trajectory.state, 19))
        assert bits(trajectory.columns) == bits(whole.columns)


def test_a_pickle_holds_no_room_and_nothing_compiled():
    trajectory = simulate("ackley", ["sgd"], steps=20)[0]
    trajectory.append(*advance(trajectory.state, 1))  # makes room for as much again
    assert len(pickle.dumps(trajectory)) < 10_000
    for surface in (SURFACES["ackley"], DATA):
        _ = surface.parsed.hessian
        pickled = pickle.dumps(surface.parsed)
        assert len(pickled) < 1000
        assert pickle.loads(pickled) == surface.parsed


def test_problems_can_be_pickled():
    for problem in (
        Problem("The name {name} is odd.", name="{a}"),
        FormulaProblem(3, "“{name}” is unknown.", name="{"),
        Failure(5, "{name} failed.", name="SGD"),
    ):
        read = there_and_back(problem)
        assert (type(read), str(read), vars(read)) == (type(problem), str(problem), vars(problem))


def test_a_run_of_a_fresh_process_gets_the_same_bits():
    scenario = make_scenario(OWN, [NESTED], steps=30)
    program = (
        "import pickle, sys\n"
        "from optisim.core.race.simulate import race_to_end\n"
        "sys.stdout.buffer.write(pickle.dumps(race_to_end(pickle.load(sys.stdin.buffer))))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(scenario), capture_output=True, check=True
    )
    (there,), (here,) = pickle.loads(ran.stdout), race_to_end(scenario)
    assert bits(there.columns) == bits(here.columns)
