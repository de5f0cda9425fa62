"""Schedules: rates worked out by hand, warm-ups before each of them, and runs whose rate changes on the way."""

import dataclasses
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optisim import BFGS, OPTIMIZERS, SCHEDULES, SGD, SURFACES, Adam, Problem, Run, read_run
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.race.scenario import make_scenario
from optisim.core.race.schedules import Constant, Cosine, InverseTime, LinearWarmUp, StepDecay
from optisim.core.race.simulate import race_to_end
from tests.core.strategies import any_optimizer, any_schedule
from tests.fast import examples

each_schedule = pytest.mark.parametrize("kind", SCHEDULES.values(), ids=SCHEDULES)
SEARCHING = [kind for kind in OPTIMIZERS.values() if kind.searches]


def scheduled(optimizer, schedule, surface="bowl", steps=23):
    """A race of one run from a few starts, and its trajectory."""
    surface = SURFACES[surface]
    starts = (surface.start, (0.5, -0.25), (-1.0, 1.5))
    scenario = make_scenario(surface, [Run(optimizer, schedule=schedule)], starts=starts, steps=steps)
    return scenario, race_to_end(scenario)[0]


# ── Worked out by hand ───────────────────────────────────────────────────────────────────────────────────

BY_HAND = {  # schedule, number of updates: the share of the first update, and of the last
    "constant": (7, 1.0, 1.0),
    "warm-up:warmup=4,warmup_start=0.2": (4, 0.2, 0.2 + 0.8 * 3 / 4),
    "step:every=10,gamma=0.5": (25, 1.0, 0.25),  # update 24 comes after two drops
    "exponential:gamma=0.5": (5, 1.0, 1 / 16),
    "inverse-time:gamma=0.1": (11, 1.0, 0.5),  # 1/(1 + 0.1 × 10)
    "polynomial:power=2,end=0.2": (4, 1.0, 0.25),  # 0.2 + 0.8 × (1/4)²
    "cosine:end=0.2": (3, 1.0, 0.4),  # 0.2 + 0.8 × (1 + cos 120°)/2
    "restarts:period=2,growth=2,end=0.2": (5, 1.0, 0.6),  # half way down the second wave, which has 4 updates
    "one-cycle:rise=0.5,start_div=10,end_div=5": (10, 0.1, 0.02),  # 1/10, and that over 5
    "cyclic:low=0.2,half_period=4": (7, 0.2, 0.6),  # up for 4 updates, then half the way down
}


@pytest.mark.parametrize("spec", BY_HAND)
def test_the_first_and_the_last_rate_are_those_worked_out_by_hand(spec):
    steps, first, last = BY_HAND[spec]
    factors = SCHEDULES.read(spec).factors(steps)
    assert len(factors) == steps
    assert factors[0] == pytest.approx(first, rel=1e-14)
    assert factors[-1] == pytest.approx(last, rel=1e-14)


def test_every_schedule_is_worked_out_by_hand():
    assert {spec.partition(":")[0] for spec in BY_HAND} == set(SCHEDULES)


def test_inverse_time_is_the_harmonic_series():
    np.testing.assert_allclose(InverseTime(gamma=1).factors(6), [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6], rtol=1e-15)
    np.testing.assert_allclose(InverseTime(gamma=0.5).factors(4), [1, 2 / 3, 1 / 2, 2 / 5], rtol=1e-15)
    assert (InverseTime(gamma=0).factors(5) == 1).all()


def test_a_cycle_reaches_the_full_rate_and_a_restart_returns_to_it():
    assert SCHEDULES.read("one-cycle:rise=0.5").factor(4, 10) == 1
    assert SCHEDULES.read("cyclic:half_period=4").factors(17)[[4, 12]].tolist() == [1, 1]
    assert SCHEDULES.read("restarts:period=2,growth=3").factors(27)[[0, 2, 8, 26]].tolist() == [1, 1, 1, 1]
    assert SCHEDULES.read("restarts:period=3,growth=1").factors(10)[[0, 3, 6, 9]].tolist() == [1, 1, 1, 1]


# ── What every schedule keeps to ─────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(300), deadline=None)
@given(any_schedule, st.integers(1, 100_000), st.floats(0, 1))
def test_a_share_is_a_share_whatever_the_hyperparameters(schedule, steps, place):
    # a trajectory's last row says what the next update would be: that is update `steps`, one after the last
    for t in {0, 1, int(place * steps), steps - 1, steps}:
        factor = schedule.factor(t, steps)
        assert type(factor) is float
        assert 0 <= factor <= 1 + 1e-12


@each_schedule
def test_a_schedule_takes_what_its_sliders_reach(kind):
    for hyper in kind.hypers():
        for value in (hyper.low, hyper.high, hyper.least):
            factors = kind(**{hyper.name: value}).factors(30)
            assert np.isfinite(factors).all()
            assert (factors >= 0).all()


@settings(max_examples=examples(200), deadline=None)
@given(any_schedule, st.integers(1, 60), st.integers(0, 59), st.floats(0, 1))
def test_after_a_warm_up_the_schedule_begins_anew_with_the_updates_that_are_left(schedule, steps, warmup, start):
    warmup = min(warmup, steps - 1)
    factors = replace(schedule, warmup=warmup, warmup_start=start).factors(steps)
    climb = [start + (1 - start) * t / warmup for t in range(warmup)]
    np.testing.assert_allclose(factors[:warmup], climb, rtol=1e-14)
    np.testing.assert_array_equal(factors[warmup:], replace(schedule, warmup=0).factors(steps - warmup))


@each_schedule
def test_a_warm_up_longer_than_the_run_is_all_there_is(kind):
    factors = kind(warmup=20, warmup_start=0.5).factors(6)
    np.testing.assert_allclose(factors, [0.5, 0.525, 0.55, 0.575, 0.6, 0.625], rtol=1e-14)
    assert kind(warmup=6, warmup_start=0.5).factor(6, 6) == kind(warmup=0).factor(0, 1)  # what would come next


@each_schedule
def test_every_schedule_introduces_itself(kind):
    assert kind.name
    assert kind.character
    assert kind.__doc__
    assert SCHEDULES[kind.slug()] is kind
    assert kind().spec == kind.slug()
    assert {hyper.name for hyper in kind.hypers()} == {field.name for field in dataclasses.fields(kind)}
    assert [hyper.name for hyper in kind.hypers()][-2:] == ["warmup", "warmup_start"]


# ── Read and written ─────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(150), deadline=None)
@given(any_schedule, any_optimizer)
def test_what_is_written_is_read_back(schedule, optimizer):
    assert SCHEDULES.read(schedule.spec) == schedule
    assert SCHEDULES.make(schedule.slug(), schedule.values) == schedule
    run = Run(optimizer, schedule=schedule if optimizer.has_rate() else Constant())
    assert read_run(run.spec) == run
    scenario = make_scenario(SURFACES["bowl"], [run])
    assert from_json(to_json(scenario)) == scenario


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("sgd", Run(SGD())),
        ("sgd@constant", Run(SGD())),
        (" SGD : lr = .5 @ Cosine : end = .1 ", Run(SGD(lr=0.5), schedule=Cosine(end=0.1))),
        ("adam@step:every=3,warmup=5", Run(Adam(), schedule=StepDecay(every=3, warmup=5))),
        ("adam@warm-up", Run(Adam(), schedule=LinearWarmUp(warmup=10))),
    ],
)
def test_a_run_is_read_from_text(text, run):
    assert read_run(text) == run


def test_only_what_differs_from_the_defaults_is_written():
    assert Run(SGD(), schedule=Constant()).spec == "sgd"
    assert Run(SGD(lr=0.5), schedule=Cosine(warmup=5)).spec == "sgd:lr=0.5@cosine:warmup=5"


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("sgd@", "constant, warm-up, step"),
        ("sgd@nosuch", "“nosuch”"),
        ("sgd@:end=0.1", "constant, warm-up, step"),
        ("sgd@cosine:end=2", "end must be between 0 and 1, not 2"),
        ("sgd@cosine:end=nan", "end must be"),
        ("sgd@cosine:end", "“end”"),
        ("sgd@cosine:end=0,end=1", "twice"),
        ("sgd@cosine:period=3", "Cosine has no “period”; it has end, warmup"),
        ("sgd@cosine:warmup=-1", "warmup must be a whole number"),
        ("sgd@cosine@step", "“cosine@step”"),
        ("sgd@step:every=2.5", "every must be a whole number"),
        ("sgd@step:every=0", "every must be a whole number from 1"),
        ("sgd@exponential:gamma=1", "gamma must be at least 0 and below 1"),
        ("sgd@one-cycle:start_div=0.5", "start_div must be"),
        ("@cosine", "sgd, momentum"),
        ("nosuch@cosine", "“nosuch”"),
        ("sgd@{0}", "{0}"),
    ],
)
def test_a_mistake_in_the_text_is_told(text, mentions):
    with pytest.raises(Problem) as caught:
        read_run(text)
    assert mentions in str(caught.value)


# ── Runs with a schedule ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("schedule", ["cosine:warmup=4", "step:every=5,gamma=0.3", "one-cycle", "inverse-time"])
@pytest.mark.parametrize("spec", ["sgd:lr=0.4", "adam", "lookahead-adam:sync_period=3", "sam-sgd:radius=0.2"])
def test_a_scheduled_run_is_one_whose_optimizer_is_made_anew_for_every_update(spec, schedule):
    optimizer, schedule = OPTIMIZERS.read(spec), SCHEDULES.read(schedule)
    plain = scheduled(optimizer, Constant())[1]  # first, for what a method around another keeps at hand
    scenario, trajectory = scheduled(optimizer, schedule)
    x, last = np.array(scenario.starts), None
    assert len(trajectory) == 24
    for t in range(24):
        rate = optimizer.lr * schedule.factor(t, 23)
        last = optimizer.with_value("lr", rate).step(t, x, trajectory.state.objective, last)
        for name, column in trajectory.columns.items():
            assert column[t].tobytes() == getattr(last, name).tobytes(), (name, t)
        assert trajectory.rates[t] == rate
        x = x + last.update
    assert (plain.x[-1] != trajectory.x[-1]).all(), "the schedule matters"


def test_sgd_by_hand_with_halving_rates():
    # on x² + y² a rate of 1/4 halves both coordinates, one of 1/8 leaves three quarters
    _, trajectory = scheduled(SGD(lr=0.25), StepDecay(every=1, gamma=0.5), surface="round-bowl", steps=2)
    np.testing.assert_allclose(trajectory.x[:, 0], [(-4, 3), (-2, 1.5), (-1.5, 1.125)], rtol=1e-15)
    assert trajectory.rates.tolist() == [0.25, 0.125, 0.0625]


@pytest.mark.parametrize("kind", SEARCHING, ids=lambda kind: kind.slug())
def test_a_schedule_leaves_alone_what_finds_its_own_rate(kind):
    run = Run(kind(), schedule=Cosine(warmup=3))
    assert not run.scheduled
    assert run.optimizer_at(7, 23) is run.optimizer
    with_schedule, plain = scheduled(kind(), Cosine(warmup=3))[1], scheduled(kind(), Constant())[1]
    assert with_schedule.rates is None
    assert with_schedule.x.tobytes() == plain.x.tobytes()


@pytest.mark.parametrize("slug", [kind.slug() for kind in OPTIMIZERS.values() if not kind.has_rate()])
def test_a_schedule_for_what_has_no_rate_is_refused_in_one_sentence(slug):
    with pytest.raises(Problem) as caught:
        read_run(f"{slug}@cosine")
    told = str(caught.value)
    assert OPTIMIZERS[slug].name in told
    assert "@cosine" in told
    assert told.endswith(".")
    assert not re.search(r"[.!?]\s", told)


def test_what_finds_its_own_rate_has_none():
    assert {kind.slug() for kind in SEARCHING} == {
        *("rprop", "polyak", "bb", "backtracking", "cg", "bfgs", "lbfgs", "newton")
    }
    assert not BFGS.has_rate()
    assert SGD.has_rate()


@pytest.mark.parametrize("spec", ["sgd", "sgd@constant", "bfgs"])
def test_the_number_of_steps_is_no_matter_to_runs_without_a_schedule(spec):
    scenario = make_scenario(SURFACES["rosenbrock"], [read_run(spec)], steps=30)
    longer = replace(scenario, steps=40)
    assert scenario.cause(scenario.runs[0]) == longer.cause(longer.runs[0])
    (short,), (long,) = race_to_end(scenario), race_to_end(longer)
    assert short.x.tobytes() == long.x[:31].tobytes(), "which is what the same cause promises"


@pytest.mark.parametrize("spec", ["sgd@cosine", "adam@polynomial", "lookahead-adam@one-cycle"])
def test_the_number_of_steps_matters_to_runs_with_a_schedule(spec):
    scenario = make_scenario(SURFACES["round-bowl"], [read_run(spec)], steps=30)
    longer = replace(scenario, steps=40)
    assert scenario.cause(scenario.runs[0]) != longer.cause(longer.runs[0])
    (short,), (long,) = race_to_end(scenario), race_to_end(longer)
    assert (short.x[-1] != long.x[30]).any()


def test_a_schedule_that_says_nothing_does_not_change_the_cause():
    run = Run(BFGS())
    scenario = make_scenario(SURFACES["bowl"], [run])
    assert scenario.cause(replace(run, schedule=Cosine())) == scenario.cause(run)


def test_another_schedule_is_another_cause():
    run = Run(SGD(), schedule=Cosine())
    scenario = make_scenario(SURFACES["bowl"], [run])
    causes = {scenario.cause(replace(run, schedule=kind())) for kind in SCHEDULES.values()}
    assert len(causes) == len(SCHEDULES)
