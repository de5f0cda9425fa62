"""The chapter's experiments tell the chapter's story: measured numbers with margins, over three seeds.

On the 8 × 8 digits; with real MNIST images as well if OPTISIM_MNIST names a folder of IDX files.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from optisim import Problem
from optisim.network import digits, read_idx_folder
from optisim.network.experiments import (
    BatchNormalizationGrid,
    InitialValues,
    Optimizers,
    Regularization,
    train_all,
)
from optisim.network.search import Search, good_ranges, search_with

MNIST = os.environ.get("OPTISIM_MNIST", "")
SEEDS = (0, 1, 2)


def images(name):
    """The digits, or 8,000 + 2,000 images of MNIST."""
    if name == "digits":
        return digits()
    data = read_idx_folder(MNIST)
    return data.first(train=8000, test=2000)


no_folder = pytest.mark.skipif(not MNIST, reason="OPTISIM_MNIST names no folder")
on_both = pytest.mark.parametrize("name", [pytest.param("mnist", marks=no_folder), "digits"])
each_seed = pytest.mark.parametrize("seed", SEEDS)


def runs(cases):
    """The trained cases by label. Accuracy is measured only before and after, which is sooner done."""
    cases = [
        replace(case, training=replace(case.training, measure_every=case.training.iterations)) for case in cases
    ]
    return {case.label: run for case, run in zip(cases, train_all(cases), strict=True)}


# the least and the most of the loss about update 100, and in the mean of updates 900 to 1000. Adam at times leaps
# on MNIST after it has come down
OPTIMIZERS = {
    "digits": {
        "sgd": ((1.2, 1.8), (0.09, 0.16)),
        "momentum": ((0.1, 0.25), (0.0, 0.008)),
        "adagrad": ((0.02, 0.06), (0.0, 0.003)),
        "rmsprop": ((0.01, 0.12), (0.0, 0.004)),
        "adam": ((0.04, 0.14), (0.0, 0.002)),
    },
    "mnist": {
        "sgd": ((1.1, 1.8), (0.17, 0.3)),
        "momentum": ((0.22, 0.45), (0.0, 0.05)),
        "adagrad": ((0.07, 0.34), (0.0, 0.03)),
        "rmsprop": ((0.05, 0.34), (0.0, 0.08)),
        "adam": ((0.12, 0.34), (0.0, 0.08)),
    },
}


@pytest.mark.slow(keep=0)
@on_both
@each_seed
def test_optimizers_come_down_in_the_chapters_order(name, seed):
    found = runs(Optimizers(iterations=1000, seed=seed).cases(images(name)))
    late = {}
    for label, run in found.items():
        slug = label.partition(":")[0]
        (least, most), (least_late, most_late) = OPTIMIZERS[name][slug]
        late[slug] = run.loss[900:].mean()
        assert least < run.loss[90:110].mean() < most, slug
        assert least_late <= late[slug] < most_late, slug
    assert late["sgd"] > 5 * late["momentum"] > 5 * late["adagrad"]
    firsts = {run.loss[0] for run in found.values()}
    assert len(firsts) == 1, "the same weights and the same batch"


INITIAL = {
    "digits": {"xavier": ((0.7, 1.8), (0.2, 0.5)), "he": ((0.2, 0.4), (0.08, 0.2))},
    "mnist": {"xavier": ((0.7, 1.3), (0.3, 0.55)), "he": ((0.28, 0.45), (0.15, 0.32))},
}


@pytest.mark.slow(keep=0)
@on_both
@each_seed
def test_small_weights_learn_nothing_he_more_than_xavier(name, seed):
    found = runs(InitialValues(iterations=1020, seed=seed).cases(images(name)))
    small = found.pop("initial=0.01")
    assert np.abs(small.loss - np.log(10)).max() < 0.06, "a guess among ten, throughout"
    for label, run in found.items():
        (low, high), (low_late, high_late) = INITIAL[name][label.removeprefix("initial=")]
        assert 2.1 < run.loss[0] < 3.5
        assert low < run.loss[480:520].mean() < high, label
        assert low_late < run.loss[980:1020].mean() < high_late, label
    assert found["initial=he"].loss[500:].mean() < found["initial=xavier"].loss[500:].mean()


# standard deviation → the least with Batch Normalization, the least and the most without
NORMALIZED = {
    "digits": {1.0: (0.5, 0.0, 0.3), 0.16: (0.85, 0.75, 1.0), 0.046: (0.95, 0.0, 0.3), 0.0001: (0.25, 0.0, 0.3)},
    "mnist": {1.0: (0.25, 0.0, 0.3), 0.16: (0.65, 0.7, 1.0), 0.046: (0.9, 0.0, 0.3), 0.0001: (0.25, 0.0, 0.3)},
}


@pytest.mark.slow(keep=0)
@on_both
@each_seed
def test_with_batch_normalization_networks_learn_from_nearly_all_deviations(name, seed):
    expected = NORMALIZED[name]
    found = runs(BatchNormalizationGrid(initials=tuple(expected), seed=seed).cases(images(name)))
    for initial, (least, least_without, most_without) in expected.items():
        with_it, without = (found[f"sgd:lr=0.01 initial={initial} batch_norm={on}"] for on in ("true", "false"))
        assert with_it.train_accuracy[-1] > least, initial
        assert least_without <= without.train_accuracy[-1] <= most_without, initial


# after 201 epochs with nothing and with weight decay, after 301 with Dropout: training and test accuracy
REGULAR = {
    "digits": {
        "weight_decay=0.0 dropout=0.0": ((0.99, 1.0), (0.88, 0.97)),
        "weight_decay=0.1 dropout=0.0": ((0.7, 0.96), (0.7, 0.92)),
        "weight_decay=0.0 dropout=0.2": ((0.3, 0.9), (0.25, 0.85)),
    },
    "mnist": {
        "weight_decay=0.0 dropout=0.0": ((0.99, 1.0), (0.7, 0.86)),
        "weight_decay=0.1 dropout=0.0": ((0.75, 0.98), (0.6, 0.88)),
        "weight_decay=0.0 dropout=0.2": ((0.3, 0.85), (0.25, 0.75)),
    },
}


@pytest.mark.slow(keep=0)
@on_both
@each_seed
def test_decay_and_dropout_close_the_gap_and_cost_accuracy(name, seed):
    data, gaps = images(name), {}
    shorter = Regularization(dropout=0.0, epochs=201, seed=seed).cases(data)
    longer = [
        case for case in Regularization(weight_decay=0.0, seed=seed).cases(data) if "dropout=0.2" in case.label
    ]
    for label, run in runs([*shorter, *longer]).items():
        train, test = run.train_accuracy[-1], run.test_accuracy[-1]
        (low, high), (low_test, high_test) = REGULAR[name][label]
        assert low <= train <= high, label
        assert low_test <= test <= high_test, label
        gaps[label] = train - test
    nothing = gaps.pop("weight_decay=0.0 dropout=0.0")
    assert len(gaps) == 2
    assert sum(gaps.values()) / 2 < nothing + 0.06


@pytest.mark.slow(keep=0)
@on_both
def test_in_the_search_only_the_learning_rate_matters(name):
    search = Search(trials=16, grid=True)
    with ThreadPoolExecutor(2) as threads:
        found = search_with(threads, search, images(name))
    accuracies = np.array([each.accuracy for each in found]).reshape(4, 4)  # weight decay by learning rate
    assert accuracies[:, -1].min() > 0.25, "the largest rate is good with any decay"
    assert accuracies[:, :-1].max() < accuracies[:, -1].min()
    assert np.ptp(accuracies[:, -1]) < 0.1
    assert good_ranges(search, found)["lr"].low == pytest.approx(10**-2.5)


# ── Descriptions ─────────────────────────────────────────────────────────────────────────────────────────


def test_experiments_have_the_books_sizes():
    data = digits()
    for experiment, count, sizes, updates in (
        (Optimizers(), 5, (64, *[100] * 4, 10), 2000),
        (InitialValues(), 3, (64, *[100] * 4, 10), 2000),
        (BatchNormalizationGrid(), 32, (64, *[100] * 5, 10), 200),
        (Regularization(), 4, (64, *[100] * 6, 10), 903),
    ):
        cases = experiment.cases(data)
        assert len({case.label for case in cases}) == len(cases) == count
        assert {case.training.architecture.sizes for case in cases} == {sizes}
        assert {case.training.iterations for case in cases} == {updates}
        first = [case.training.batch_rows(5).tolist() for case in cases]
        assert all(rows == first[0] for rows in first), "the same batches for all"
    assert {case.training.measure_every for case in BatchNormalizationGrid().cases(data)} == {10}, "every epoch"
    assert len(Regularization().cases(data)[0].training.data.train) == 300


def test_training_all_can_be_watched_and_ended():
    shares = []

    def watch(share):
        shares.append(share)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        train_all(Optimizers(hidden=(4,)).cases(digits()), watch)
    assert len(shares) == 1


def test_an_optimizer_that_fails_ends_the_experiment_with_its_sentence():
    with pytest.raises(Problem, match="second derivatives"):
        Optimizers(runs=("sgd", "newton"), hidden=(4,)).cases(digits())
