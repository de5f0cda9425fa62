"""Looking into networks: histograms, the signal before training, statistics over time, decisions."""

import numpy as np
import pytest

from optisim import Problem
from optisim.core.surfaces import Domain
from optisim.network import DATA_SETS, Network, digits, train
from optisim.network.probes import (
    Signal,
    decision_regions,
    histogram,
    misclassified,
    passed,
    spread,
    statistics,
)

# ── Histograms ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_histogram_is_numpys_and_counts_what_lies_outside():
    values = np.random.default_rng(0).normal(0.5, 0.4, (500, 40))
    values[0, :4] = 0.0, 1.0, np.nan, np.inf
    found = histogram(values)
    inside = values[np.isfinite(values)]
    np.testing.assert_array_equal(found.counts, np.histogram(inside, 30, (0, 1))[0])
    np.testing.assert_allclose(found.edges, np.linspace(0, 1, 31))
    assert found.below == (inside < 0).sum() + 1
    assert found.above == (inside > 1).sum() + 1
    assert found.counts.sum() + found.below + found.above == values.size


def test_a_histogram_without_width_is_refused():
    with pytest.raises(Problem, match="lower end 1 must be below its upper end 1"):
        histogram(np.zeros(3), 1.0, 1.0)


# ── What the chapter shows ───────────────────────────────────────────────────────────────────────────────


def shares(activation, initial, low, high):
    """For each layer, the share of activations from low to high."""
    return [((a >= low) & (a <= high)).mean() for a in passed(Signal(activation, initial)).activations]


def test_deviation_1_piles_sigmoids_at_0_and_1():
    ends = [1 - share for share in shares("sigmoid", 1.0, 0.1, 0.9)]
    assert min(ends) > 0.6


def test_a_small_deviation_piles_sigmoids_at_one_half():
    assert min(shares("sigmoid", 0.01, 0.4, 0.6)) > 0.99


def test_xavier_spreads_sigmoids():
    assert max(shares("sigmoid", "xavier", 0.4, 0.6)) < 0.75
    assert max(1 - share for share in shares("sigmoid", "xavier", 0.05, 0.95)) < 0.05


def test_with_relu_he_keeps_the_spread_through_all_layers():
    deviations = {
        initial: [spread(a).deviation for a in passed(Signal("relu", initial)).activations]
        for initial in (0.01, "xavier", "he")
    }
    assert 0.75 < deviations["he"][-1] / deviations["he"][0] < 1.25
    assert deviations["xavier"][-1] / deviations["xavier"][0] < 0.4
    assert deviations[0.01][-1] / deviations[0.01][0] < 1e-3


def test_gradients_vanish_and_explode_on_their_way_back():
    def first(activation, initial):
        gradients = passed(Signal(activation, initial)).gradients
        assert gradients[-1].std() == pytest.approx(1.0, rel=0.02)
        return gradients[0].std()

    assert first("sigmoid", 0.01) < 1e-5
    assert first("relu", 1.0) > 1000
    assert 0.8 < first("relu", "he") < 1.2


def test_gradients_are_those_of_the_activations():
    signal = Signal("tanh", 0.8, samples=3, units=4, layers=3, seed=1)
    activations, gradients = passed(signal)
    from optisim.network.random import INITIAL, generator

    W = 0.8 * generator(1, INITIAL, 3).standard_normal((4, 4))
    np.testing.assert_allclose(activations[2], np.tanh(activations[1] @ W))
    np.testing.assert_allclose(gradients[1], (gradients[2] * (1 - activations[2] ** 2)) @ W.T)


def test_the_pattern_does_not_change_with_the_slider():
    half, whole = passed(Signal("tanh", 1e-6)).activations[0], passed(Signal("tanh", 2e-6)).activations[0]
    np.testing.assert_allclose(2 * half, whole, rtol=1e-6)


# ── While training ───────────────────────────────────────────────────────────────────────────────────────


def test_statistics_over_time_are_those_of_the_layers():
    net = Network((64, 30, 20, 10), "tanh", batch_norm=True, seed=1)
    run = train(net, digits(), "sgd:lr=0.1", batches=100, iterations=80, measure_every=0)
    found = statistics(run, [0, 40, 80])
    assert found.mean.shape == found.running_deviation.shape == (3, 2)
    x = run.training.data.x[run.probe]
    z = x @ run.parameters["W1"] + run.parameters["b1"]
    assert found.mean[2, 0] == pytest.approx(z.mean())
    assert found.deviation[2, 0] == pytest.approx(z.std(axis=0).mean())
    np.testing.assert_allclose(found.running_deviation[0], 1.0)
    np.testing.assert_allclose(found.running_deviation[2], found.deviation[2], rtol=0.1)
    without = train(Network((64, 30, 10)), digits(), "sgd", iterations=2, measure_every=0)
    assert np.isnan(statistics(without, [0, 2]).running_mean).all()


# ── What a network says ──────────────────────────────────────────────────────────────────────────────────


def test_decision_regions_learn_the_quadrants():
    data = DATA_SETS.read("xor").data()
    run = train(Network((2, 16, 2), "tanh", seed=3), data, "adam:lr=0.05", batches=64, iterations=300)
    regions = decision_regions(run.network, Domain(-1, 1, -1, 1), 5)
    assert regions.shape == (5, 5, 2)
    np.testing.assert_allclose(regions.sum(axis=2), 1.0)
    predicted = regions.argmax(axis=2)
    assert (predicted[0, 0], predicted[0, -1], predicted[-1, 0], predicted[-1, -1]) == (0, 1, 1, 0)


def test_the_misclassified_are_those_of_the_accuracy():
    data = digits()
    run = train(Network((64, 20, 10)), data, "adam:lr=0.01", iterations=60)
    rows, taken_for = misclassified(run.network, data, data.test)
    assert 0 < len(rows) < 60
    assert 1 - len(rows) / len(data.test) == pytest.approx(run.test_accuracy[-1])
    assert (data.y[rows] != taken_for).all()
    assert set(rows) <= set(data.test)


@pytest.mark.parametrize(
    "about", [{"activation": "no"}, {"initial": "no"}, {"samples": 0}, {"layers": 0}, {"units": 0}], ids=str
)
def test_what_is_no_signal_is_refused(about):
    with pytest.raises(Problem):
        Signal(**about)
