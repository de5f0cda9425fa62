"""The search for hyperparameters: pure trials, any executor, failures, and going on from what is on disk."""

import json
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest

from optisim import Problem
from optisim.network import digits
from optisim.network import search as module
from optisim.network.search import Search, Trial, best, good_ranges, search_with, trial

DATA = digits()
QUICK = Search(lr=(1e-4, 1.0), trials=8, hidden=(8,), samples=120, batch=24, epochs=3, seed=1)


class Now:
    """An executor that does everything at once, here, and counts."""

    def __init__(self):
        self.done = []

    def submit(self, function, *arguments):
        future = Future()
        self.done.append(arguments[-1])
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


def test_points_are_drawn_uniformly_in_their_logarithm():
    points = Search(trials=400).points
    lr, decay = np.log10(points).T
    assert lr.min() > -6
    assert lr.max() < -2
    np.testing.assert_allclose(np.histogram(lr, 4, (-6, -2))[0] / 400, 0.25, atol=0.06)
    np.testing.assert_allclose(np.histogram(decay, 4, (-8, -4))[0] / 400, 0.25, atol=0.06)
    assert abs(np.corrcoef(lr, decay)[0, 1]) < 0.15
    np.testing.assert_array_equal(Search(trials=10).points, points[:10])


def test_a_grid_has_equal_ratios():
    points = Search(trials=17, grid=True).points
    assert points.shape == (16, 2)
    rates = np.unique(np.round(np.log10(points[:, 0]), 9))
    np.testing.assert_allclose(np.diff(rates), 1.0)


def test_trials_are_judged_by_examples_that_are_neither_trained_with_nor_tested_by():
    training = QUICK.training(DATA, 0.1, 1e-5)
    train, judged = set(training.data.train), set(training.data.test)
    assert (len(train), len(judged)) == (96, 24)
    assert not train & judged
    assert not (train | judged) & set(DATA.test)
    assert training.architecture.weight_decay == 1e-5
    assert training.run.spec == "sgd:lr=0.1"
    assert training.iterations == 3 * 4


def test_a_trial_does_not_depend_on_where_it_runs():
    here = search_with(Now(), QUICK, DATA)
    with ThreadPoolExecutor(3) as threads:
        assert search_with(threads, QUICK, DATA) == here
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert search_with(processes, replace(QUICK, trials=2), DATA) == here[:2]
    assert here[3] == trial(QUICK, DATA, 3), "nor on which rows of the data travelled with it"
    assert [each.number for each in here] == list(range(8))
    assert len(here[0].validation) == len(here[0].measured) == 4


def test_a_trial_that_fails_is_shown_and_the_rest_go_on(monkeypatch, tmp_path):
    whole = trial

    def failing(search, data, number):
        if number == 2:
            raise MemoryError("no room")
        return whole(search, data, number)

    monkeypatch.setattr(module, "trial", failing)
    found = search_with(Now(), QUICK, DATA, tmp_path / "found.jsonl")
    assert [each.number for each in found if each.failure] == [2]
    assert found[2].failure == "no room"
    assert found[2].lr == QUICK.points[2, 0]
    assert all(each.accuracy > 0 for each in found if each.number != 2)
    assert 2 not in [each.number for each in best(found)]
    monkeypatch.undo()
    again = Now()
    assert not any(each.failure for each in search_with(again, QUICK, DATA, tmp_path / "found.jsonl"))
    assert again.done == [2], "what failed is tried again"


def test_an_interrupted_search_goes_on_from_what_is_on_disk(tmp_path):
    path, seen = tmp_path / "found.jsonl", []

    def stop(each):
        seen.append(each.number)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as one, pytest.raises(KeyboardInterrupt):
        search_with(one, QUICK, DATA, path, stop)
    path.write_text(path.read_text(encoding="utf-8") + '{"number": 7, "lr"', encoding="utf-8")  # cut short
    rest, told = Now(), []
    found = search_with(rest, QUICK, DATA, path, told.append)
    assert sorted(rest.done + seen) == list(range(8))
    assert sorted(each.number for each in told) == list(range(8)), "those on disk are told as well"
    assert found == search_with(Now(), QUICK, DATA)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 9
    assert json.loads(lines[0])["format"] == "optisim-search"


def test_the_file_of_another_search_is_not_touched(tmp_path):
    path = tmp_path / "found.jsonl"
    search_with(Now(), replace(QUICK, trials=1), DATA, path)
    before = path.read_bytes()
    for other, data in ((replace(QUICK, trials=1, seed=2), DATA), (replace(QUICK, trials=1), digits(seed=9))):
        with pytest.raises(Problem, match="another search, or other data"):
            search_with(Now(), other, data, path)
    assert path.read_bytes() == before
    with pytest.raises(Problem, match="was not written"):
        search_with(Now(), QUICK, DATA, tmp_path / "nowhere" / "found.jsonl")


def test_the_good_range_is_where_the_best_lie():
    rates = np.geomspace(1e-6, 1e-2, 60)
    trials = [Trial(k, lr, 10 ** (-8 + 4 * (k % 7) / 6), accuracy=lr) for k, lr in enumerate(rates)]
    found = good_ranges(Search(), trials)
    assert found["lr"].low == pytest.approx(rates[-6])
    assert found["lr"].high == pytest.approx(1e-2)
    assert found["lr"].share < 0.1
    assert found["weight_decay"].share > 0.6
    narrowed = Search().narrowed(found["lr"][:2], found["weight_decay"][:2])
    assert (narrowed.points[:, 0] >= rates[-6]).all()
    with pytest.raises(Problem, match="No trial"):
        good_ranges(Search(), [Trial(0, 1e-3, 1e-5, failure="no")])


@pytest.mark.parametrize(
    "about",
    [
        {"lr": (0.0, 1.0)},
        {"lr": (1.0, 0.1)},
        {"weight_decay": (1e-5, float("inf"))},
        {"trials": 0},
        {"validation": 1},
    ],
    ids=str,
)
def test_what_is_no_search_is_refused(about):
    with pytest.raises(Problem):
        Search(**about)
