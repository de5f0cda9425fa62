"""Layers: their gradients against differences, in training and outside of it, and what they do to statistics."""

import numpy as np
import pytest

from optisim import Problem
from optisim.network import Network
from optisim.network.layers import ACTIVATIONS, Affine, BatchNormalization, Dropout, SoftmaxCrossEntropy

RANDOM = np.random.default_rng(5)
X = RANDOM.standard_normal((7, 4))
LAYERS = {
    "affine": lambda: Affine(4, 3),
    "affine without bias": lambda: Affine(4, 3, bias=False),
    **ACTIVATIONS,
    "batch normalization": lambda: BatchNormalization(4),
    "dropout": lambda: Dropout(0.4),
}
each_layer = pytest.mark.parametrize("name", LAYERS)
both_modes = pytest.mark.parametrize("training", [True, False], ids=["training", "test"])


def made(name, training):
    """A layer with parameters that are not its first ones, and the arrays that its gradients go to."""
    layer = LAYERS[name]()
    layer.training = training
    parameters = {key: np.random.default_rng(1).standard_normal(shape) for key, shape in layer.shapes.items()}
    gradients = {key: np.full(shape, np.nan) for key, shape in layer.shapes.items()}
    layer.bind(parameters, gradients)
    if isinstance(layer, BatchNormalization):
        layer.running_mean, layer.running_variance = np.full(4, 0.3), np.full(4, 1.7)
    if isinstance(layer, Dropout):
        layer.mask = np.random.default_rng(2).random((7, 4)) > 0.4
    return layer


def differences(function, at, step=1e-6):
    """∂function/∂at by central differences; `at` is changed in place and put back."""
    found = np.empty_like(at)
    for place in np.ndindex(at.shape):
        was = at[place]
        at[place] = was + step
        above = function()
        at[place] = was - step
        found[place] = (above - function()) / (2 * step)
        at[place] = was
    return found


@each_layer
@both_modes
def test_every_layer_carries_gradients_back(name, training):
    layer, x = made(name, training), X.copy()
    d = np.random.default_rng(3).standard_normal(layer.forward(x.copy()).shape)

    def value():
        return float(np.vdot(layer.forward(x.copy()), d))  # layers may work in place

    expected = differences(value, x)
    of_parameters = {key: differences(value, layer.parameters[key]) for key in layer.shapes}
    layer.forward(x.copy())
    np.testing.assert_allclose(layer.backward(d.copy()), expected, rtol=1e-7, atol=1e-8)
    for key, gradient in of_parameters.items():
        np.testing.assert_allclose(layer.gradients[key], gradient, rtol=1e-7, atol=1e-8)


def test_the_loss_carries_gradients_back():
    scores, labels, loss = X.copy(), np.array([0, 3, 1, 1, 2, 0, 3]), SoftmaxCrossEntropy()
    expected = differences(lambda: loss.forward(scores, labels), scores)
    loss.forward(scores, labels)
    np.testing.assert_allclose(loss.backward(), expected, rtol=1e-7, atol=1e-9)


def test_the_loss_is_exact_for_scores_that_would_overflow():
    scores = np.array([[1000.0, 0.0], [0.0, 1000.0]])
    assert SoftmaxCrossEntropy().forward(scores, np.array([1, 1])) == 500.0
    assert SoftmaxCrossEntropy().forward(np.zeros((3, 4)), np.array([0, 1, 2])) == pytest.approx(
        np.log(4), rel=1e-15
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("batch_norm", [False, True], ids=["plain", "normalized"])
@both_modes
def test_a_whole_networks_gradients_are_those_of_its_loss(activation, batch_norm, training):
    net = Network((4, 6, 5, 3), activation, 0.7, batch_norm, dropout=0.3, weight_decay=0.2, seed=4)
    labels = np.array([0, 2, 1, 1, 2, 0, 2])
    gradients = net.gradients(X, labels, training=training)
    assert gradients.keys() == net.parameters.keys()
    for name, array in net.parameters.items():
        expected = differences(lambda: net.loss(X, labels, training=training), array)
        np.testing.assert_allclose(gradients[name], expected, rtol=1e-6, atol=1e-8, err_msg=name)


def test_gradients_by_activations_are_those_of_the_loss():
    net = Network((4, 6, 5, 3), "tanh", seed=4)
    labels = np.array([0, 2, 1, 1, 2, 0, 2])
    second = net.activation_gradients(X, labels)[1]

    def rest():
        scores = activations @ net.parameters["W3"] + net.parameters["b3"]
        return SoftmaxCrossEntropy().forward(scores, labels)

    activations = net.activations(X)[1]
    np.testing.assert_allclose(second, differences(rest, activations), rtol=1e-6, atol=1e-9)


# ── Statistics ───────────────────────────────────────────────────────────────────────────────────────────


def normalization():
    layer = BatchNormalization(3)
    layer.bind({"gamma": np.array([1.0, 2.0, 0.5]), "beta": np.array([0.0, 1.0, -1.0])}, {})
    return layer


def test_batch_normalization_gives_each_unit_the_mean_beta_and_the_deviation_gamma():
    x = np.random.default_rng(6).normal(5.0, 3.0, (200, 3))
    y = normalization().forward(x.copy())
    np.testing.assert_allclose(y.mean(axis=0), [0.0, 1.0, -1.0], atol=1e-12)
    np.testing.assert_allclose(y.std(axis=0), [1.0, 2.0, 0.5], rtol=1e-6)


def test_epsilon_stands_under_the_root():
    x = np.array([[0.0], [2e-3]])
    layer = BatchNormalization(1)
    layer.bind({"gamma": np.ones(1), "beta": np.zeros(1)}, {})
    np.testing.assert_allclose(layer.forward(x.copy()), [[-1e-3 / np.sqrt(2e-6)], [1e-3 / np.sqrt(2e-6)]])


def test_running_averages_have_a_memory_of_nine_tenths_and_are_used_outside_of_training():
    layer = normalization()
    for seed in range(200):
        layer.forward(np.random.default_rng(seed).normal(5.0, 3.0, (400, 3)))
        before = layer.running_mean, layer.running_variance
        layer.running_mean, layer.running_variance = layer.averaged()
        np.testing.assert_allclose(layer.running_mean, 0.9 * before[0] + 0.1 * layer.mean)
        np.testing.assert_allclose(layer.running_variance, 0.9 * before[1] + 0.1 * layer.variance)
    np.testing.assert_allclose(layer.running_mean, 5.0, atol=0.3)
    np.testing.assert_allclose(layer.running_variance, 9.0, rtol=0.1)
    layer.training = False
    x = np.random.default_rng(9).normal(5.0, 3.0, (2, 3))
    expected = (x - layer.running_mean) / np.sqrt(layer.running_variance + 1e-6) * [1.0, 2.0, 0.5] + [
        0.0,
        1.0,
        -1.0,
    ]
    np.testing.assert_allclose(layer.forward(x.copy()), expected, rtol=1e-12)


def test_dropout_leaves_out_its_ratio_in_training_and_scales_by_the_rest_after_it():
    layer = Dropout(0.25)
    layer.mask = np.array([[True, False], [False, True]])
    np.testing.assert_array_equal(layer.forward(np.full((2, 2), 3.0)), [[3.0, 0.0], [0.0, 3.0]])
    layer.training = False
    np.testing.assert_array_equal(layer.forward(np.full((2, 2), 4.0)), np.full((2, 2), 3.0))


# ── Networks ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("initial", "deviation"), [("he", 0.1), ("xavier", 0.5**0.5 / 10), (0.3, 0.3)])
def test_the_first_weights_are_normal_with_the_deviation_asked_for(initial, deviation):
    net = Network((200, 300, 10), initial=initial)
    assert net.parameters["W1"].std() == pytest.approx(deviation, rel=0.02)
    assert net.parameters["W1"].mean() == pytest.approx(0.0, abs=0.02 * deviation)
    assert not net.parameters["b1"].any()


def test_the_pattern_of_the_first_weights_depends_on_the_seed_alone():
    he, small = Network((20, 30, 10), seed=3), Network((20, 30, 10), initial=0.01, seed=3)
    np.testing.assert_allclose(small.parameters["W2"] * (2 / 30) ** 0.5, he.parameters["W2"] * 0.01, rtol=1e-12)
    assert (Network((20, 30, 10), seed=4).parameters["W1"] != he.parameters["W1"]).all()


def test_parameters_are_named_and_shaped_as_in_the_book():
    net = Network((4, 6, 5, 3), batch_norm=True)
    assert {name: array.shape for name, array in net.parameters.items()} == {
        **{"W1": (4, 6), "b1": (6,), "gamma1": (6,), "beta1": (6,)},
        **{"W2": (6, 5), "b2": (5,), "gamma2": (5,), "beta2": (5,)},
        **{"W3": (5, 3), "b3": (3,)},
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"sizes": (4,)},
        {"sizes": (4, 0, 3)},
        {"sizes": (4, 2.5, 3)},
        {"sizes": "4,3"},
        {"sizes": (100_000, 100_000, 3)},
        {"activation": "gelu"},
        {"initial": "orthogonal"},
        {"initial": -1.0},
        {"initial": float("nan")},
        {"dropout": 1.0},
        {"dropout": "much"},
        {"weight_decay": -0.1},
        {"weight_decay": float("inf")},
        {"seed": -1},
        {"seed": 0.5},
    ],
    ids=str,
)
def test_what_makes_no_network_is_refused_in_a_sentence(wrong):
    with pytest.raises(Problem, match=r"^[A-Zdsw].*\.$"):
        Network(**({"sizes": (4, 3)} | wrong))


def test_replaced_parameters_that_do_not_fit_are_refused():
    net = Network((4, 5, 3))
    for name, array in (("W1", np.zeros((5, 4))), ("b2", np.full(3, np.nan)), ("W9", np.zeros(3)), ("b1", "no")):
        was = net.parameters.copy()
        net.parameters[name] = array
        with pytest.raises(Problem, match=name):
            _ = net.vector
        net.parameters = was
    del net.parameters["b1"]
    with pytest.raises(Problem, match="missing"):
        net.predict(np.zeros((1, 4)))


def test_examples_that_do_not_fit_are_refused():
    net = Network((4, 5, 3))
    for x, y in ((np.zeros((2, 5)), [0, 1]), (np.zeros((2, 4)), [0]), (np.zeros((2, 4)), [0, 3]), (X, [0.5] * 7)):
        with pytest.raises(Problem):
            net.loss(x, y)
