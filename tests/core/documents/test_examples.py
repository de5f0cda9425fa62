"""The examples: each is a good file, and what it claims is so."""

from dataclasses import replace

import numpy as np
import pytest

from optisim.core.base.resources import resources
from optisim.core.documents.examples import EXAMPLES
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.documents.race_kind import VERSION
from optisim.core.race.scenario import chapter_scenario
from optisim.core.race.simulate import race_to_end

each_example = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)


def raced(name, **changes):
    """The trajectories of an example, in the order of its list."""
    return race_to_end(replace(EXAMPLES[name].scenario(), **changes))


def signs_change(values):
    return int((np.sign(values[1:]) != np.sign(values[:-1])).sum())


def steps_of(trajectory, ball=0):
    """The lengths of all steps of a ball."""
    return np.hypot(*np.diff(trajectory.x[:, ball], axis=0).T)


def first_below(trajectory, loss):
    """The step at which a loss is first reached."""
    return int(np.argmax(trajectory.loss[:, 0] < loss)) or len(trajectory)


# ── The files ────────────────────────────────────────────────────────────────────────────────────────────


@each_example
def test_a_file_is_what_its_scenario_is_written_as(example):
    text = example.path.read_text(encoding="utf-8")
    assert to_json(from_json(text)) + "\n" == text
    assert f'"version": {VERSION}' in text
    assert example.scenario() == replace(from_json(text), title=example.title, says=example.says)


def test_every_file_is_an_example():
    files = {path.name for path in (resources() / "scenarios").iterdir()}
    assert files == {example.path.name for example in EXAMPLES.values()}


def test_titles_are_short_and_tell_examples_apart():
    titles = [example.title for example in EXAMPLES.values()]
    assert len(titles) >= 14
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 36


@each_example
def test_an_example_says_something_in_a_few_sentences(example):
    assert example.says.endswith(".")
    assert 60 <= len(example.says) <= 240


@each_example
def test_no_ball_is_lost_or_higher_at_the_end_unless_it_is_said(example):
    for trajectory in race_to_end(example.scenario()):
        assert (trajectory.stopped == -1).all()
        grown = (trajectory.loss[-1] > trajectory.loss[0]).any()
        assert grown == (example.name == "zigzag" and trajectory.run.label == "η = 1.02")


# ── What they say ────────────────────────────────────────────────────────────────────────────────────────


def test_bowl():
    sgd, momentum, adagrad, rmsprop, _ = raced("bowl")
    assert replace(EXAMPLES["bowl"].scenario(), title="", says="") == chapter_scenario()
    assert signs_change(sgd.x[:, 0, 1]) == 30
    assert momentum.x[:, 0, 0].max() > 0.5
    for straight in (adagrad, rmsprop):
        assert signs_change(straight.x[:, 0, 0]) == 0
        assert np.abs(straight.x[10:, 0, 1]).max() < 0.1


def test_zigzag():
    gone, fading, forever, growing = (trajectory.x[:, 0, 1] for trajectory in raced("zigzag"))
    assert (gone[1:] == 0).all()
    for swinging, factor in ((fading, -0.8), (forever, -1.0), (growing, -1.04)):
        assert swinging[1:] == pytest.approx(factor * swinging[:-1], rel=1e-9)


def test_condition():
    sgd, momentum = raced("condition")
    assert EXAMPLES["condition"].scenario().surface.parameters[0].value == 50
    sgd_pace, momentum_pace = (np.log(t.loss[20, 0] / t.loss[60, 0]) for t in (sgd, momentum))
    assert momentum_pace > 4 * sgd_pace


def test_friction():
    creeping, arriving, rolling = raced("friction")
    assert signs_change(creeping.x[:, 0, 0]) == 0
    assert arriving.loss[-1, 0] < min(creeping.loss[-1, 0], rolling.loss[-1, 0]) / 100
    assert np.abs(rolling.x[-30:, 0, 0]).max() > 3


def test_nesterov():
    momentum, nesterov = raced("nesterov")
    assert (momentum.run.optimizer.lr, momentum.run.optimizer.momentum) == (
        nesterov.run.optimizer.lr,
        nesterov.run.optimizer.momentum,
    )
    assert np.abs(nesterov.x[30:, 0, 1]).max() < np.abs(momentum.x[30:, 0, 1]).max() / 5
    assert nesterov.loss[-1, 0] < momentum.loss[-1, 0]


def test_dying_rate():
    adagrad, rmsprop = raced("dying-rate")
    (bookmark,) = EXAMPLES["dying-rate"].scenario().bookmarks
    steps = np.diff(adagrad.x[:20, 0, 0])
    assert steps == pytest.approx(adagrad.run.optimizer.lr / np.sqrt(np.arange(1, 20)), rel=0.01)
    assert np.diff(rmsprop.x[20:35, 0, 0]) == pytest.approx(rmsprop.run.optimizer.lr, rel=0.1)
    behind = rmsprop.loss[:, 0] > adagrad.loss[:, 0]
    assert behind[bookmark - 1]
    assert not behind[bookmark:].any()


def test_turn():
    adagrad, rmsprop = raced("turn")
    assert steps_of(adagrad)[0] == pytest.approx(steps_of(rmsprop)[0], rel=0.02)
    assert adagrad.loss[-1, 0] > 100 * rmsprop.loss[-1, 0]


def test_bias_correction():
    corrected, plain = raced("bias-correction")
    assert steps_of(plain)[0] == pytest.approx(np.sqrt(10) * steps_of(corrected)[0], rel=1e-6)
    assert plain.x[:, 0, 0].max() > 3 > corrected.x[:, 0, 0].max()


def test_rosenbrock():
    sgd, momentum, adam, lbfgs = raced("rosenbrock")
    assert 20 < first_below(lbfgs, 1e-6) <= 35
    assert sgd.loss[-1, 0] > 10 * max(momentum.loss[-1, 0], adam.loss[-1, 0])


def test_saddle():
    scenario = EXAMPLES["saddle"].scenario()
    assert scenario.starts[0][0] == 0.001
    sgd, momentum, rmsprop, adam = raced("saddle")
    for drawn in (sgd, momentum):
        assert np.hypot(*drawn.x[:, 0].T).min() < 0.2
    for free in (rmsprop, adam):
        assert np.hypot(*free.x[:, 0].T).min() > 0.8
    (bookmark,) = scenario.bookmarks
    assert max(abs(t.x[bookmark, 0, 0]) for t in (sgd, momentum)) < 0.1
    assert min(abs(t.x[bookmark, 0, 0]) for t in (rmsprop, adam)) > 0.8


def test_himmelblau():
    minima = np.array(EXAMPLES["himmelblau"].scenario().surface.minima)
    distances = [np.hypot(*(t.x[-1, 0] - minima).T) for t in raced("himmelblau")]
    assert max(map(min, distances)) < 0.3
    assert len({int(np.argmin(d)) for d in distances}) == 3


def test_plateau():
    sgd, *walking = raced("plateau")
    assert sgd.x[-1, 0, 0] > 3
    assert steps_of(sgd)[-10:].max() < 0.01
    assert all(t.x[-1, 0, 0] < 0 for t in walking)


def test_cliff():
    sgd, adam = raced("cliff")
    assert steps_of(sgd).max() > 4
    assert steps_of(adam).max() < 2 * adam.run.optimizer.lr


def test_kink():
    constant, falling, rprop = raced("kink")
    hops = [np.abs(np.diff(t.x[-10:, 0, 1])) for t in (constant, falling, rprop)]
    assert hops[0] == pytest.approx(0.9)
    assert hops[1].max() < 0.2
    assert hops[2].max() < 1e-3


def test_curvature():
    newton, cg, lbfgs, adam, _ = raced("curvature")
    assert newton.loss[1, 0] < 1e-20
    assert max(first_below(t, 1e-3) for t in (cg, lbfgs)) <= 6
    assert adam.loss[-1, 0] > 1


def test_signs():
    sgd, sign, lion, rprop = raced("signs")
    assert steps_of(sgd)[-1] < steps_of(sgd)[0] / 50
    assert steps_of(sign) == pytest.approx(np.sqrt(2) * sign.run.optimizer.lr)
    assert lion.x[:, 0, 0].max() > 1
    assert rprop.loss[-1, 0] < 1e-12


def test_weight_decay():
    ends = [trajectory.x[-1, 0] for trajectory in raced("weight-decay")]
    losses = [trajectory.loss[-1, 0] for trajectory in raced("weight-decay")]
    from_origin = [float(np.hypot(*end)) for end in ends]
    assert from_origin == sorted(from_origin, reverse=True)
    assert losses == sorted(losses)
    assert losses[0] < 0.01 < 1 < losses[1]


def test_schedules():
    """For whatever noise; the seed that is shown is nothing special."""
    falling, cosine, constant = (t.loss[-1].mean() for t in raced("schedules", seeds=100))
    assert max(falling, cosine) < constant / 5
    *resting, wandering = raced("schedules")
    assert max(steps_of(t)[-3:].max() for t in resting) < steps_of(wandering)[-3:].min() / 3


def test_mini_batches():
    falling, constant = (trajectory.x[-1] for trajectory in raced("mini-batches"))
    assert len(falling) == 8
    assert constant.std(axis=0).min() > 3 * falling.std(axis=0).max()


def test_lookahead():
    sgd, steadied, momentum, steadied_momentum = (trajectory.x[:, 0, 1] for trajectory in raced("lookahead"))
    assert np.abs(sgd) == pytest.approx(2.0)
    assert np.abs(steadied[6:]).max() < 1e-9
    assert np.abs(steadied_momentum[20:]).max() < np.abs(momentum[20:]).max() / 5


def test_branch():
    trunk, branch = raced("branch")
    assert trunk.run.ghost
    assert branch.x[:13].tobytes() == trunk.x[:13].tobytes()
    assert EXAMPLES["branch"].scenario().bookmarks == (12,)
    assert (branch.x[13:, 0, 1] == 0).all()
    pace = [1 - t.x[20, 0, 0] / t.x[19, 0, 0] for t in (trunk, branch)]
    assert pace[1] / pace[0] == pytest.approx(0.5, abs=0.05)
