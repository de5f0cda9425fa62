"""Noise: the same at the same instant, whatever was asked before; mini-batches and losses over data."""

import dataclasses
import json
import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optisim import (
    NOISES,
    OPTIMIZERS,
    SGD,
    SURFACES,
    Adam,
    Gaussian,
    MiniBatches,
    NoNoise,
    Problem,
    Run,
    Surface,
    simulate,
)
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.race.noise import BLOCK, MAX_SEED
from optisim.core.race.scenario import MAX_BALLS, make_scenario
from optisim.core.race.simulate import Trajectory, advance, begin, race_to_end
from optisim.core.surfaces import own_surface
from optisim.core.surfaces.data_formula import DataTable
from tests.core.documents.dense import dense
from tests.core.strategies import values_of
from tests.fast import examples

FLAT = own_surface("0x")  # all gradient there is, is noise
VALLEY = SURFACES["rosenbrock"]
LINE, CLOUDS, CURVE = (SURFACES[slug] for slug in ("linear-regression", "logistic-regression", "tiny-network"))
each_data = pytest.mark.parametrize("surface", [LINE, CLOUDS, CURVE], ids=lambda surface: surface.slug)
any_noise = st.sampled_from(list(NOISES.values())).flatmap(
    lambda kind: st.builds(
        lambda values: kind(**values),
        st.fixed_dictionaries({}, optional={hyper.name: values_of(hyper) for hyper in kind.hypers()}),
    )
)
NOISY = {  # noises with surfaces to have them on
    "gaussian": (VALLEY, Gaussian(sigma=0.3, fading=0.4)),
    "batches": (CURVE, MiniBatches(size=7)),
}
each_noise = pytest.mark.parametrize(("surface", "noise"), NOISY.values(), ids=NOISY)

# Example i is worth 2ⁱ: the sum over a batch tells which examples are in it.
TELLTALE = Surface("", "x u_i", table=DataTable(("u_i",), tuple((2.0**i,) for i in range(10))))


def bits(columns, index=...):
    return {name: column[index].tobytes() for name, column in columns.items()}


def drawn(t, seed=0, stream=0, noise=Gaussian(sigma=1)):  # noqa: B008 (a frozen value)
    """The noise of one instant on a flat surface."""
    return noise.objective(FLAT, (seed,), stream)(np.zeros((1, 2)), t)[1][0]


def examples_of(batches, size, seed=0, stream=0, first=0):
    """The sets of examples in successive batches."""
    objective = MiniBatches(size=size).objective(TELLTALE, (seed,), stream)
    sets = []
    for t in range(first, first + batches):
        left = 10 % size if (t + 1) % math.ceil(10 / size) == 0 else 0
        total = objective(np.zeros((1, 2)), t)[1][0, 0] * (left or size)
        assert total == pytest.approx(round(total), abs=1e-9)
        sets.append({i for i in range(10) if round(total) >> i & 1})
    return sets


# ── The same noise again ─────────────────────────────────────────────────────────────────────────────────


@each_noise
def test_the_noise_of_an_instant_is_the_same_whatever_was_asked_before(surface, noise):
    x = np.array([[0.3, -0.2], [1.1, 0.9]])
    instants = [*range(0, 45 * BLOCK, 97), 0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 1]

    def seen(order):
        objective = noise.objective(surface, (3, 4), 1)
        return {t: objective(x, t)[1].tobytes() for t in order}

    forward = seen(instants)
    # more blocks and epochs than are kept at hand have gone by in between
    assert seen(reversed(instants)) == forward
    assert seen(np.random.default_rng(1).permutation(instants).tolist()) == forward
    assert all(seen([t])[t] == forward[t] for t in instants[::-7])


@pytest.mark.slow(keep=3)
@each_noise
@pytest.mark.parametrize("spec", ["sgd:lr=0.001", "adam", "sam-sgd:lr=0.001", "lookahead-adam", "bfgs", "rprop"])
def test_a_noisy_race_is_the_same_bits_however_it_is_run(surface, noise, spec):
    starts = (surface.start, (0.5, 0.5), surface.start)
    scenario = make_scenario(
        surface, [OPTIMIZERS.read(spec)], starts=starts, steps=40, noise=noise, seed=5, seeds=2
    )
    (whole,) = race_to_end(scenario)
    # in batches
    trajectory = Trajectory(scenario.runs[0], begin(scenario, scenario.runs[0]))
    for rows in (1, 16, 3, 16, 5):
        trajectory.append(*advance(trajectory.state, rows))
    assert bits(trajectory.columns) == bits(whole.columns)
    # back in time: from the state at row 20 once more
    early = advance(begin(scenario, scenario.runs[0]), 20)[0]
    assert bits(advance(early, 21)[1]) == bits(whole.columns, np.s_[20:])
    # one ball at a time
    for ball, (start, seed) in enumerate(scenario.balls):
        (alone,) = race_to_end(replace(scenario, starts=(start,), seed=seed, seeds=1))
        assert bits(alone.columns) == bits(whole.columns, np.s_[:, ball : ball + 1])
    assert [seed for _, seed in scenario.balls] == [5, 6] * 3


def test_several_seeds_are_as_many_runs_with_a_seed_each():
    together = simulate("bowl", ["sgd:lr=0.5", "adam"], noise="gaussian:sigma=0.5", seeds=3)
    for seed in range(3):
        alone = simulate("bowl", ["sgd:lr=0.5", "adam"], noise="gaussian:sigma=0.5", seed=seed)
        for one, all_of_them in zip(alone, together, strict=True):
            assert bits(one.columns) == bits(all_of_them.columns, np.s_[:, seed : seed + 1])


@each_noise
def test_all_starts_meet_the_same_noise(surface, noise):
    starts = ((0.3, -0.4), (1.0, 0.5), (0.3, -0.4))
    (trajectory,) = race_to_end(
        make_scenario(surface, [SGD(lr=0.001)], starts=starts, steps=30, noise=noise, seeds=2)
    )
    twins = trajectory.x[:, :2], trajectory.x[:, 4:]
    assert twins[0].tobytes() == twins[1].tobytes()
    assert (twins[0][-1, 0] != twins[0][-1, 1]).all(), "the seeds of a start go apart"
    (flat,) = race_to_end(make_scenario(FLAT, [SGD()], starts=starts, steps=30, noise=Gaussian(), seeds=2))
    assert flat.grad[:, :2].tobytes() == flat.grad[:, 2:4].tobytes() == flat.grad[:, 4:].tobytes()


def test_asked_twice_at_one_instant_the_noise_is_the_same():
    """So a method that looks uphill first, or searches a line, sees one surface all the while."""
    objective = Gaussian().objective(VALLEY, (0,), 0)
    here, there = np.array([[0.5, 0.5]]), np.array([[-1.0, 2.0]])
    noise_here, noise_there = (objective(x, 5)[1] - VALLEY.gradient(x) for x in (here, there))
    np.testing.assert_allclose(noise_here, noise_there, rtol=0, atol=1e-12)


# ── Other noise ──────────────────────────────────────────────────────────────────────────────────────────


def test_seeds_streams_and_instants_have_noise_of_their_own():
    places = [(t, seed, stream) for t in range(3 * BLOCK) for seed in (0, 1, 2, MAX_SEED) for stream in range(3)]
    numbers = np.array([drawn(*place) for place in places])
    assert len(np.unique(numbers)) == numbers.size


def test_swapping_seed_and_stream_is_not_the_same():
    assert (drawn(0, seed=1, stream=0) != drawn(0, seed=0, stream=1)).all()
    assert examples_of(5, 2, seed=1, stream=0) != examples_of(5, 2, seed=0, stream=1)


def test_other_runs_do_not_change_the_noise_of_a_run():
    scenario = make_scenario(VALLEY, [SGD(lr=0.001), Adam(), SGD(lr=0.001)], steps=40, noise=Gaussian())
    first, adam, third = race_to_end(scenario)
    assert (first.x[-1] != third.x[-1]).all(), "the same method twice meets different noise"
    # in another order
    moved = race_to_end(scenario.with_moved(0, 2))
    assert [bits(t.columns) for t in moved] == [bits(t.columns) for t in (adam, third, first)]
    # with one less, and with one more between them
    assert bits(race_to_end(scenario.without(0))[1].columns) == bits(third.columns)
    copied = race_to_end(scenario.with_duplicate(0))
    assert [bits(copied[i].columns) for i in (0, 2, 3)] == [bits(t.columns) for t in (first, adam, third)]
    assert (copied[1].x[-1] != copied[0].x[-1]).all()
    assert (copied[1].x[-1] != copied[3].x[-1]).all()


def test_the_seed_matters_only_if_there_is_noise():
    scenario = make_scenario(VALLEY, [SGD(lr=0.001)], noise=Gaussian(), seeds=3)
    (run,) = scenario.runs
    assert scenario.noisy
    assert scenario.cause(run) != replace(scenario, seed=1).cause(run)
    assert scenario.cause(run) != replace(scenario, seeds=2).cause(run)
    assert scenario.cause(run) != replace(scenario, noise=Gaussian(sigma=0.4)).cause(run)
    assert scenario.cause(run) != scenario.cause(replace(run, stream=1))
    quiet = replace(scenario, noise=NoNoise())
    assert not quiet.noisy
    assert len(quiet.balls) == 1
    assert quiet.cause(run) == replace(quiet, seed=1, seeds=2).cause(replace(run, stream=1))


def test_a_race_without_noise_knows_no_seeds():
    plain = simulate(VALLEY, ["adam"])[0]
    assert bits(simulate(VALLEY, ["adam"], seed=7, seeds=9)[0].columns) == bits(plain.columns)
    np.testing.assert_array_equal(simulate(VALLEY, ["adam"], noise="gaussian:sigma=0")[0].x, plain.x)


# ── Gaussian noise ───────────────────────────────────────────────────────────────────────────────────────


def test_gaussian_noise_has_mean_0_the_deviation_it_says_and_no_memory():
    (trajectory,) = race_to_end(
        make_scenario(FLAT, [SGD(lr=0)], steps=399, noise=Gaussian(sigma=2), seed=12, seeds=100)
    )
    noise = trajectory.grad / 2  # (400, 100, 2)
    n = noise.size // 2
    for part in (noise[..., 0], noise[..., 1]):
        assert abs(part.mean()) < 5 / math.sqrt(n)  # five standard errors: once in two million seeds
        assert abs(part.std() - 1) < 5 / math.sqrt(2 * n)
        assert abs((part**4).mean() - 3) < 5 * math.sqrt(96 / n)  # the fourth moment of a normal number is 3
    for one, other in (
        (noise[..., 0], noise[..., 1]),  # the parts of a gradient
        (noise[:-1], noise[1:]),  # successive updates
        (noise[:, :-1], noise[:, 1:]),  # neighbouring seeds
    ):
        assert abs((one * other).mean()) < 5 / math.sqrt(one.size)


def test_gaussian_noise_is_added_to_the_gradient_and_not_to_the_loss():
    x = np.array([[0.5, -0.5], [2.0, 1.0]])
    loss, grad = Gaussian(sigma=1).objective(VALLEY, (3, 4), 0)(x, 9)
    np.testing.assert_array_equal(loss, VALLEY.value(x))
    np.testing.assert_allclose(grad - VALLEY.gradient(x), [drawn(9, seed=3), drawn(9, seed=4)], atol=1e-12)


def test_fading_noise_fades_as_a_power_of_time():
    assert [Gaussian(sigma=2, fading=0.5).deviation(t) for t in (0, 3, 15)] == [2.0, 1.0, 0.5]
    assert [Gaussian(sigma=2).deviation(t) for t in (0, 3, 15)] == [2.0, 2.0, 2.0]
    for t in (0, 1, 3, 99, 5000):
        faded = drawn(t, noise=Gaussian(sigma=3, fading=1.5))
        np.testing.assert_allclose(faded, drawn(t) * 3 / (1 + t) ** 1.5, rtol=1e-14)


# ── Mini-batches ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 9, 10])
def test_an_epoch_goes_through_every_example_once(size):
    batches = math.ceil(10 / size)
    for epoch in range(12):
        sets = examples_of(batches, size, first=epoch * batches)
        assert [len(chosen) for chosen in sets[:-1]] == [size] * (batches - 1)
        assert len(sets[-1]) == 10 - size * (batches - 1), "what is left over makes a smaller batch"
        assert set.union(*sets) == set(range(10))


def test_every_epoch_seed_and_stream_has_an_order_of_its_own():
    orders = [
        [min(chosen) for chosen in examples_of(10, 1, seed=seed, stream=stream, first=10 * epoch)]
        for epoch in range(20)
        for seed in range(3)
        for stream in range(2)
    ]
    assert len({tuple(order) for order in orders}) == 120
    # every example comes at every place: 120 orders leave a place out once in 30 000 times
    assert all(len({order[place] for order in orders}) == 10 for place in range(10))


@each_data
def test_a_batch_of_all_examples_has_the_full_gradient(surface):
    x = np.random.default_rng(2).uniform(-2, 2, size=(6, 2))
    objective = MiniBatches(size=40).objective(surface, tuple(range(6)), 0)
    for t in range(3):
        np.testing.assert_allclose(objective(x, t)[1], surface.gradient(x), rtol=1e-12, atol=1e-13)


@each_data
@pytest.mark.parametrize("size", [1, 4, 8, 20])
def test_the_batches_of_an_epoch_average_to_the_full_gradient(surface, size):
    x = np.random.default_rng(2).uniform(-2, 2, size=(3, 2))
    objective = MiniBatches(size=size).objective(surface, (0, 1, 2), 0)
    for epoch in range(2):
        batches = [objective(x, epoch * 40 // size + k)[1] for k in range(40 // size)]
        np.testing.assert_allclose(np.mean(batches, axis=0), surface.gradient(x), rtol=1e-12, atol=1e-13)
        assert np.ptp(batches, axis=0).min() > 0.01, "each sees something else"


@each_data
def test_the_smaller_batch_at_the_end_counts_its_own_examples(surface):
    x = np.array([[0.5, 0.7]])
    objective = MiniBatches(size=7).objective(surface, (0,), 0)
    batches = [objective(x, t)[1] for t in range(6)]  # five of 7 and one of 5
    total = np.average(batches, axis=0, weights=[7, 7, 7, 7, 7, 5])
    np.testing.assert_allclose(total, surface.gradient(x), rtol=1e-12)


@each_data
def test_the_loss_is_that_over_all_examples(surface):
    (trajectory,) = simulate(surface, ["sgd:lr=0.05"], steps=30, noise="batches:size=3")
    np.testing.assert_array_equal(trajectory.loss, surface.value(trajectory.x))
    assert (trajectory.grad != surface.gradient(trajectory.x)).all()


# ── Losses over data ─────────────────────────────────────────────────────────────────────────────────────


def rows(surface):
    """The columns of a surface's table."""
    return np.array(surface.table.rows).T


def squares(w, surface):
    u, v = rows(surface)
    error = w[0] * u + w[1] - v
    return (error**2).mean(), np.array([(2 * error * u).mean(), (2 * error).mean()])


def logistic(w, surface):
    u, v, s = rows(surface)
    margin = s * (w[0] * u + w[1] * v)
    pull = -s / (1 + np.exp(margin))
    return np.log1p(np.exp(-margin)).mean(), np.array([(pull * u).mean(), (pull * v).mean()])


def network(w, surface):
    u, v = rows(surface)
    hidden = np.tanh(w[0] * u)
    error = w[1] * hidden - v
    return (error**2).mean(), np.array(
        [(2 * error * w[1] * (1 - hidden**2) * u).mean(), (2 * error * hidden).mean()]
    )


WITH_NUMPY = {LINE.slug: squares, CLOUDS.slug: logistic, CURVE.slug: network}


@each_data
def test_loss_gradient_and_hessian_are_those_of_plain_numpy(surface):
    function = WITH_NUMPY[surface.slug]
    points = np.random.default_rng(4).uniform(-2.5, 2.5, size=(50, 2))
    for w in points:
        loss, gradient = function(w, surface)
        assert surface.value(w) == pytest.approx(loss, rel=1e-12)
        np.testing.assert_allclose(surface.gradient(w), gradient, rtol=1e-10, atol=1e-12)
        h = 1e-5 * np.eye(2)
        curvature = [(function(w + d, surface)[1] - function(w - d, surface)[1]) / 2e-5 for d in h]
        np.testing.assert_allclose(surface.hessian(w), curvature, rtol=1e-6, atol=1e-8)
        slope = [(surface.value(w + d) - surface.value(w - d)) / 2e-5 for d in h]
        np.testing.assert_allclose(surface.gradient(w), slope, rtol=1e-6, atol=1e-8)


@each_data
@pytest.mark.parametrize("function", ["value", "gradient", "hessian"])
def test_many_points_at_once_are_the_same_bits_as_one_by_one(surface, function):
    """As `Mean._mean` says; what is shown of a ball must not depend on how many others there are."""
    points = np.random.default_rng(4).uniform(-2.5, 2.5, size=(50, 2))
    together = getattr(surface, function)(points)
    for point, expected in zip(points, together, strict=True):
        assert getattr(surface, function)(point).tobytes() == expected.tobytes()


def test_the_line_is_the_one_of_least_squares():
    u, v = rows(LINE)
    (slope, height), *_ = np.linalg.lstsq(np.stack((u, np.ones_like(u)), axis=1), v)
    np.testing.assert_allclose(LINE.minima, [(slope, height)], rtol=1e-12)
    np.testing.assert_allclose(simulate(LINE, ["newton"], steps=2)[0].x[-1, 0], (slope, height), rtol=1e-12)


@pytest.mark.parametrize("surface", [CLOUDS, CURVE], ids=lambda surface: surface.slug)
def test_at_its_minima_a_loss_over_data_is_flat_and_curves_upwards(surface):
    function = WITH_NUMPY[surface.slug]
    for minimum in np.array(surface.minima):
        assert np.abs(function(minimum, surface)[1]).max() < 1e-12
        around = [function(minimum + 0.01 * np.array(d), surface)[0] for d in ((1, 0), (-1, 0), (0, 1), (0, -1))]
        assert min(around) > function(minimum, surface)[0]


@each_data
def test_a_data_surface_tells_its_mean_and_its_columns(surface):
    assert len(surface.table) == 40
    assert surface.latex.startswith(r"\frac{1}{40} \sum_i ")
    assert "u_i" in surface.formula
    assert surface.parsed.parameters == ()


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────

REFUSED = {
    "a batch larger than the data": ({"noise": "batches:size=41"}, "41 is larger than the data; there are 40"),
    "batches without data": ({"surface": "bowl", "noise": "batches"}, "surface made of data"),
    "batches of a formula": ({"surface": "x^2 + y^2", "noise": "batches:size=1"}, "surface made of data"),
    "no batch": ({"noise": "batches:size=0"}, "size must be a whole number from 1"),
    "half a batch": ({"noise": "batches:size=2.5"}, "size must be a whole number"),
    "an unknown noise": ({"noise": "loud"}, "none, gaussian, batches"),
    "no noise at all": ({"noise": ""}, "none, gaussian, batches"),
    "negative noise": ({"noise": "gaussian:sigma=-1"}, "sigma must be"),
    "infinite noise": ({"noise": "gaussian:sigma=inf"}, "sigma must be"),
    "growing noise": ({"noise": "gaussian:fading=-1"}, "fading must be"),
    "a parameter of another noise": ({"noise": "gaussian:size=4"}, "Gaussian has no “size”; it has sigma, fading"),
    "a parameter of no noise": ({"noise": "none:sigma=1"}, "None has no “sigma”."),
    "a negative seed": ({"seed": -1}, "seed must be a whole number from 0 to 4294967295"),
    "a seed too large": ({"seed": MAX_SEED + 1}, "seed must be a whole number"),
    "half a seed": ({"seed": 0.5}, "seed must be a whole number"),
    "a seed that is true": ({"seed": True}, "seed must be a whole number"),
    "no seeds": ({"seeds": 0}, "seeds must be a whole number from 1 to 100"),
    "too many seeds": ({"seeds": 101}, "seeds must be a whole number"),
    "too many balls": (
        {"noise": "gaussian", "start": np.zeros((11, 2)), "seeds": 100},
        "11 starts with 100 seeds each are more than 1000 balls",
    ),
}


@pytest.mark.parametrize(("arguments", "mentions"), REFUSED.values(), ids=REFUSED)
def test_noise_without_sense_is_refused_and_told(arguments, mentions):
    plain = {"surface": LINE.slug, "runs": ["sgd"], "steps": 2}
    with pytest.raises(Problem) as caught:
        simulate(**plain | arguments)
    assert mentions in str(caught.value)


def test_the_limits_themselves_are_allowed():
    starts = [(x, 0.0) for x in range(10)]
    (most,) = simulate("bowl", ["sgd"], start=starts, steps=1, noise="gaussian", seed=MAX_SEED, seeds=100)
    assert most.x.shape == (2, MAX_BALLS, 2)
    # after the last seed comes the first one
    assert (
        most.grad[:, 1].tobytes()
        == simulate("bowl", ["sgd"], start=starts[0], steps=1, noise="gaussian")[0].grad.tobytes()
    )
    assert simulate("bowl", ["sgd"], start=np.zeros((11, 2)), steps=1, seeds=100)[0].x.shape == (2, 11, 2)
    assert simulate(LINE, ["sgd"], steps=1, noise="batches:size=40")[0].x.shape == (2, 1, 2)


def test_mini_batches_are_dropped_where_there_is_no_data():
    scenario = make_scenario(LINE, [SGD()], noise=MiniBatches(size=5), seed=3, seeds=4)
    there = scenario.with_surface(SURFACES["bowl"])
    assert there.noise == NoNoise()
    assert (there.seed, there.seeds) == (3, 4)
    assert scenario.with_surface(CLOUDS).noise == MiniBatches(size=5)
    assert scenario.with_surface(TELLTALE).noise == MiniBatches(size=5)
    assert replace(scenario, noise=MiniBatches(size=11)).with_surface(TELLTALE).noise == NoNoise()
    assert make_scenario(LINE, [SGD()], noise=Gaussian()).with_surface(SURFACES["bowl"]).noise == Gaussian()
    assert scenario.noise == MiniBatches(size=5), "it is left as it was"


# ── Read and written ─────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(60), deadline=None)
@given(any_noise, st.integers(0, MAX_SEED), st.integers(1, 100), st.integers(0, MAX_SEED))
def test_noise_is_read_back_as_it_was_written(noise, seed, seeds, stream):
    assert NOISES.read(noise.spec) == noise
    if noise.needs_data:
        noise = MiniBatches(size=min(noise.size, 40))
    scenario = make_scenario(LINE, [], noise=noise, seed=seed, seeds=seeds)
    scenario = replace(scenario, runs=(Run(SGD(), stream=stream),))
    read = from_json(to_json(scenario))
    assert read == scenario
    assert hash(read) == hash(scenario)


def test_every_noise_introduces_itself():
    for kind in NOISES.values():
        assert kind.name
        assert kind.character
        assert kind().spec == kind.slug()
        assert [hyper.name for hyper in kind.hypers()] == [field.name for field in dataclasses.fields(kind)]


DAMAGE = {
    "noise": ([], "gaussian", None),
    "noise kind": ("loud", "", 1, None),
    "noise hyperparameters": ([], {"size": 4}, {"sigma": -1}, {"sigma": "much"}, None),
    "seed": (-1, 2**32, 0.0, True, "0", None),
    "seeds": (0, 101, 1.0, True, "1", None),
    "runs 0 stream": (-1, 2**32, 0.0, True, "0", None),
    "runs 0 schedule": ([], "cosine", None),
    "runs 0 schedule kind": ("tide", "", 1, None),
    "runs 0 schedule hyperparameters": ([], {"period": 4}, {"end": 2}, {"warmup": 0.5}, None),
}


@pytest.mark.parametrize(("path", "values"), DAMAGE.items(), ids=DAMAGE)
def test_a_wrong_value_in_a_file_is_told(path, values):
    scenario = make_scenario(VALLEY, [Adam()], noise=Gaussian())
    for value in values:
        data = dense(scenario)
        *way, last = [int(key) if key.isdigit() else key for key in path.split()]
        holder = data
        for key in way:
            holder = holder[key]
        holder[last] = value
        with pytest.raises(Problem):
            from_json(json.dumps(data))
        del holder[last]
        with pytest.raises(Problem):
            from_json(json.dumps(data))


def test_balls_that_share_their_start_are_told_apart_by_their_seeds():
    (trajectory,) = simulate("bowl", ["adam"], steps=10, noise="gaussian", seed=MAX_SEED, seeds=3)
    assert trajectory.seeds == (MAX_SEED, 0, 1)
    assert all((one != other).all() for one, other in pairwise(trajectory.x[-1]))
    assert simulate("bowl", ["adam"], steps=10)[0].seeds == ()
