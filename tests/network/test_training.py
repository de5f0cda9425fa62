"""Training: pure, exact in both directions of time, for all methods that gradients are enough for."""

import threading

import numpy as np
import pytest

from optisim import OPTIMIZERS, Problem
from optisim.network import DATA_SETS, Network, TrainingRun, digits, train
from optisim.network.runs import training_of

DATA = digits()
SMALL = (64, 12, 10)


def small(**about):
    return Network(SMALL, **({"seed": 2} | about))


def same(a, b):
    """Whether two states have the same bits, with all that the rule remembers."""
    if a.last is not None and b.last is not None:
        names = [name for name in dir(a.last) if isinstance(getattr(a.last, name), np.ndarray)]
        assert all(np.array_equal(getattr(a.last, name), getattr(b.last, name)) for name in names)
    return a.t == b.t and np.array_equal(a.x, b.x) and np.array_equal(a.averages, b.averages)


# ── The public use ───────────────────────────────────────────────────────────────────────────────────────


def test_the_use_that_is_documented_works_word_for_word():
    data = digits()
    net = Network(
        (64, 100, 100, 10),
        activation="relu",
        initial="he",
        batch_norm=False,
        dropout=0.0,
        weight_decay=0.0,
        seed=0,
    )
    before = {name: array.copy() for name, array in net.parameters.items()}
    run = train(net, data, "adam:lr=0.001", batches=128, iterations=60, seed=1)
    assert run.loss.shape == (60,)
    assert run.loss[-5:].mean() < run.loss[:5].mean() / 2
    assert run.train_accuracy.shape == run.test_accuracy.shape == run.measured.shape
    assert run.measured[0] == 0
    assert run.measured[-1] == 60
    assert run.test_accuracy[-1] == pytest.approx(run.network.accuracy(data.x[data.test], data.y[data.test]))
    assert run.train_accuracy[0] < 0.3 < 0.8 < run.train_accuracy[-1]
    assert run.activations(2).shape == run.gradients(1).shape == (1000, 100)
    assert {name: array.shape for name, array in run.parameters.items()} == {k: v.shape for k, v in before.items()}
    assert all(np.array_equal(net.parameters[name], array) for name, array in before.items()), "net is not changed"
    indices = np.arange(30 * 16).reshape(30, 16)
    run = train(net, data, "sgd:lr=0.01", batches=indices)
    assert run.loss.shape == (30,)
    assert run.loss[0] == pytest.approx(net.loss(data.x[:16], data.y[:16], training=True), rel=1e-12)


def test_replaced_parameters_are_begun_with():
    net = small()
    net.parameters["W1"] = np.zeros((64, 12))
    net.parameters["b2"][:] = np.arange(10)
    run = train(net, DATA, "sgd:lr=0", iterations=2, batches=4)
    assert not run.parameters["W1"].any()
    np.testing.assert_array_equal(run.parameters["b2"], np.arange(10))


def test_weight_decay_is_in_the_loss_and_pulls_at_weights_only():
    net = small(weight_decay=0.3)
    net.parameters["b1"][:] = 1.0
    rows = np.arange(8).reshape(1, 8)
    weights = sum((net.parameters[name] ** 2).sum() for name in ("W1", "W2"))
    plain = Network(SMALL, seed=2)
    plain.parameters["b1"][:] = 1.0
    with_decay, without = (train(n, DATA, "sgd:lr=0.5", batches=rows) for n in (net, plain))
    assert with_decay.loss[0] - without.loss[0] == pytest.approx(0.15 * weights)
    pulled = without.parameters["W1"] - with_decay.parameters["W1"]
    np.testing.assert_allclose(pulled, 0.5 * 0.3 * net.parameters["W1"], atol=1e-12)
    np.testing.assert_allclose(with_decay.parameters["b1"], without.parameters["b1"], atol=1e-12)


# ── Every method ─────────────────────────────────────────────────────────────────────────────────────────

NEEDS_MORE = {"newton"}  # second derivatives


@pytest.mark.parametrize("slug", [slug for slug in OPTIMIZERS if slug not in NEEDS_MORE])
def test_every_method_that_gradients_are_enough_for_trains(slug):
    kind = OPTIMIZERS[slug]
    optimizer = kind().with_value("lr", 0.01) if kind.has_rate() else kind()
    if slug == "adadelta":
        optimizer = kind()
    net, data = small(batch_norm=True, dropout=0.1), DATA
    if slug == "bfgs":  # which keeps a matrix
        net, data = Network((2, 8, 2), "tanh", seed=2), DATA_SETS.read("xor").data()
    run = train(net, data, optimizer, batches=64, iterations=25, seed=3, measure_every=0)
    assert run.diverged is None
    assert np.isfinite(run.loss).all()
    assert run.loss[-5:].mean() < run.loss[:5].mean()
    again = TrainingRun(run.training)
    again.advance(12)
    assert same(again.state, run.state_at(12))
    again.advance(13)
    assert same(again.state, run.state)


@pytest.mark.parametrize("slug", sorted(NEEDS_MORE))
def test_a_method_that_needs_second_derivatives_is_refused_at_once(slug):
    with pytest.raises(Problem, match=r"second derivatives.*another method"):
        train(small(), DATA, slug)


def test_a_matrix_as_wide_as_the_network_is_refused_at_once():
    with pytest.raises(Problem, match=r"BFGS remembers a matrix of 17610 × 17610"):
        train(Network((64, 100, 100, 10)), DATA, "bfgs")


def test_schedules_and_warm_up_change_the_rate_as_in_a_race():
    warm = train(small(), DATA, "sgd:lr=0.5@cosine:warmup=3", batches=32, iterations=6, measure_every=0)
    run = warm.training.run
    factors = [run.schedule.factor(t, 6) for t in range(6)]
    assert len(set(factors)) == 6
    steps = [warm.state_at(t + 1).last for t in range(6)]
    for step, factor in zip(steps, factors, strict=True):
        np.testing.assert_allclose(step.update, -0.5 * factor * step.grad, rtol=1e-12)


def test_a_run_that_changes_on_the_way_keeps_what_it_remembers():
    run = train(small(), DATA, "momentum:lr=0.1/5/momentum:lr=0.01,momentum=0.5", iterations=8, measure_every=0)
    before, after = run.state_at(5).last, run.state_at(6).last
    np.testing.assert_allclose(after.v, 0.5 * before.v - 0.01 * after.grad, rtol=1e-12, atol=1e-15)


def test_a_line_search_sees_one_function_in_one_update():
    from optisim.network.objective import BatchObjective

    training = training_of(small(dropout=0.5, batch_norm=True), DATA, "sgd", 32, 10)
    start = training.start
    objective = BatchObjective(training.architecture, DATA, training.batch_rows, 0, start.averages)
    (first, gradient), (away, _) = objective(start.x, 4), objective(start.x + 0.1, 4)
    averages = objective.averages
    again, same_gradient = objective(start.x, 4)
    assert first == again != away
    np.testing.assert_array_equal(gradient, same_gradient)
    np.testing.assert_array_equal(averages, objective.averages)
    assert objective(start.x, 5)[0] != first
    shapes = [array.size for array in small(batch_norm=True).parameters.values()]
    assert [layer.stop - layer.start for layer in objective.layers] == shapes


# ── Pure ─────────────────────────────────────────────────────────────────────────────────────────────────


def described(**about):
    net = small(batch_norm=True, dropout=0.3)
    return training_of(net, DATA, "adam:lr=0.01@cosine:warmup=5", 48, 90, seed=5, **about)


def test_the_same_description_gives_the_same_bits_however_it_is_cut():
    whole, _ = described().advance(described().start, 90)
    state, pieces = described().start, described()
    for length in (1, 7, 2, 30, 13, 37):
        state, _ = pieces.advance(state, length)
    assert same(whole, state)


def test_a_state_is_left_as_it_was():
    training = described()
    state, _ = training.advance(training.start, 10)
    x, m, averages = state.x.copy(), state.last.m.copy(), state.averages.copy()
    training.advance(state, 20)
    np.testing.assert_array_equal(state.x, x)
    np.testing.assert_array_equal(state.last.m, m)
    np.testing.assert_array_equal(state.averages, averages)


def test_several_trainings_at_once_do_not_disturb_each_other():
    alone = [training_of(small(seed=k, dropout=0.2), DATA, "adam", 32, 60, seed=k) for k in range(4)]
    expected = [training.advance(training.start, 60)[0] for training in alone]
    shared = [training_of(small(seed=k, dropout=0.2), DATA, "adam", 32, 60, seed=k) for k in range(4)]
    found = {}

    def advanced(k):
        found[k] = shared[k % 4].advance(shared[k % 4].start, 60)[0]

    threads = [threading.Thread(target=advanced, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(same(found[k], expected[k % 4]) for k in range(8))


def test_time_runs_both_ways_bit_for_bit():
    run = TrainingRun(described(measure_every=20), interval=16)
    forward = [run.state]
    while not run.finished:
        run.advance(1)
        forward.append(run.state)
    for t in (90, 89, 88, 50, 49, 48, 47, 31, 77, 3, 2, 1, 0, 64):
        assert same(run.state_at(t), forward[t])
    np.testing.assert_array_equal(run.measured, [0, 20, 40, 60, 80, 90])
    with pytest.raises(Problem, match="90"):
        run.state_at(91)


def test_what_is_kept_to_go_back_to_is_bounded():
    run = TrainingRun(described(measure_every=0), interval=2, memory=600_000)
    run.advance(90)
    state, _ = run.training.advance(run.training.start, 77)
    assert same(run.state_at(77), state)
    assert run.checkpoint_bytes <= 600_000


def test_no_update_is_begun_after_the_deadline():
    training = described()
    state, records = training.advance(training.start, 50, deadline=0.0)
    assert state.t == 0
    assert not len(records.loss)


def test_a_training_that_is_watched_can_be_ended():
    seen = []

    def watch(run):
        seen.append(run.state.t)
        if run.state.t >= 64:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        train(small(), DATA, "sgd", batches=16, iterations=500, watch=watch)
    assert seen == [0, 32, 64]


# ── Batches ──────────────────────────────────────────────────────────────────────────────────────────────


def test_every_epoch_goes_through_all_examples_in_a_new_order():
    data = DATA.first(train=100)
    batches = training_of(small(), data, "sgd", 30, 20).batch_rows
    rows = np.concatenate([batches(t) for t in range(20)])
    epochs = rows[:600].reshape(6, 100)
    assert all(sorted(epoch) == sorted(data.train) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 6
    np.testing.assert_array_equal(batches(3), np.concatenate([epochs[0][90:], epochs[1][:20]]))


def test_the_batches_of_other_methods_are_the_same():
    a, b = (training_of(small(), DATA, spec, 64, 9, seed=4) for spec in ("sgd", "adam"))
    np.testing.assert_array_equal(a.batch_rows(7), b.batch_rows(7))
    assert (a.batch_rows(7) != training_of(small(), DATA, "sgd", 64, 9, seed=5).batch_rows(7)).any()


def test_dropout_leaves_out_its_ratio_of_units_another_each_update():
    from optisim.network.probes import dropout_masks

    training = training_of(Network((64, 100, 50, 10), dropout=0.3), DATA, "sgd", 100, 40)
    first, second = dropout_masks(training, 7)
    assert (first.shape, second.shape) == ((100, 100), (100, 50))
    assert first.mean() == pytest.approx(0.7, abs=0.02)
    assert (first != dropout_masks(training, 8)[0]).mean() == pytest.approx(2 * 0.3 * 0.7, abs=0.03)
    np.testing.assert_array_equal(first, dropout_masks(training, 7)[0])


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────


def test_a_training_that_diverges_stays_where_it_was_and_says_when():
    run = train(small(), DATA, "sgd:lr=1e200", iterations=20, batches=16)
    assert run.diverged is not None
    assert np.isnan(run.loss[run.diverged + 1 :]).all()
    assert np.isfinite(np.concatenate([a.ravel() for a in run.parameters.values()])).all()
    assert run.loss.shape == (20,)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"batches": 0}, "1 to 1437"),
        ({"batches": 1438}, "1 to 1437"),
        ({"batches": 1.5}, "number of examples"),
        ({"batches": [[0, 1], [2]]}, "number of examples"),
        ({"batches": np.array([[0, 1797]])}, "0 to 1796, not 1797"),
        ({"batches": np.array([[0, -1]])}, "not -1"),
        ({"batches": np.zeros((5, 2), int), "iterations": 6}, "5 iterations"),
        ({"iterations": 0}, "iterations"),
        ({"iterations": 10**9}, "iterations"),
        ({"seed": -3}, "seed"),
        ({"run": "adamn"}, "adamn"),
    ],
    ids=str,
)
def test_arguments_that_make_no_training_are_refused(about, told):
    with pytest.raises(Problem, match=told):
        train(**({"net": small(), "data": DATA, "run": "sgd"} | about))


def test_a_network_of_another_size_than_the_data_is_refused():
    with pytest.raises(Problem, match=r"60 inputs and 9 classes.*64 and 10"):
        train(Network((60, 9)), DATA, "sgd")


def test_a_layer_that_is_not_there_is_refused():
    run = TrainingRun(described())
    for k in (0, 2, -1):
        with pytest.raises(Problem, match="1 to 1"):
            run.activations(k)
