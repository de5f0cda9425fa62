"""OptiSim against torch, optax, scipy and the like, as recorded by `tests/golden/make.py`; none is needed here."""

import json
from pathlib import Path

import numpy as np
import pytest

from optisim import OPTIMIZERS, simulate
from optisim.core.race.schedules import SCHEDULES

GOLDEN = Path(__file__).parents[2] / "golden"

# what must have references; a method that is not here has none in these libraries
TORCH = (
    *("sgd", "momentum", "nesterov", "qhm", "aggmo"),
    *("adagrad", "rmsprop", "adadelta", "rprop"),
    *("adam", "amsgrad", "adamw", "adamax", "nadam", "radam", "qhadam", "adan"),
)
OPTAX = (
    *("signsgd", "lion", "adabelief", "yogi", "novograd", "lamb", "polyak"),
    *("sam-sgd", "sam-adam", "lookahead-sgd", "lookahead-momentum", "lookahead-adam"),
)
# why a method of the catalogue has no trajectory of another library beside its own
WITHOUT = {
    "bb": "neither torch nor optax has it; its rates are worked out by hand in test_methods",
    "backtracking": "optax goes on from the rate before, torch has none; worked out by hand in test_methods",
    "cg": "torch has none, jax only one for linear equations; it ends where scipy's searches do in test_dimensions",
    "bfgs": "their searches choose other lengths; it ends where scipy's does, see scipy.json",
    "lbfgs": "their searches choose other lengths; it ends where scipy's does, see scipy.json",
    "newton": "neither has it; quadratics tell of it in test_methods and test_dimensions",
}
TIMETABLES = ("step", "exponential", "polynomial", "cosine", "restarts", "one-cycle", "cyclic", "constant")


def read(name):
    return json.loads((GOLDEN / name).read_text(encoding="ascii"))


def slug_of(record):
    return record["spec"].partition(":")[0]


def positions(record, optimizer=None):
    """What OptiSim makes of a record's spec, or of another optimizer in its place."""
    runs, steps = [optimizer or record["spec"]], len(record["x"]) - 1
    return simulate(record["surface"], runs, start=record["start"], steps=steps)[0].x[:, 0]


def differing(records, each=lambda record: record["spec"]):
    """A test for every record, called as what tells them apart."""
    return pytest.mark.parametrize("record", records, ids=map(each, records))


TRAJECTORIES = read("torch.json") + read("optax.json")
RATES = read("schedules.json")
MINIMA = read("scipy.json")
each_trajectory = differing(TRAJECTORIES, lambda record: f"{record['surface']}-{record['spec']}")
each_method = pytest.mark.parametrize("slug", TORCH + OPTAX)


# ── The promise ──────────────────────────────────────────────────────────────────────────────────────────


@each_trajectory
def test_every_position_is_that_of_the_library(record):
    # where a coordinate passes 0, nothing relative can hold: balls 7 from the origin are rounded to 10⁻¹⁵ at
    # each of 60 updates, and 10⁻¹² leaves room for a gradient whose terms cancel
    np.testing.assert_allclose(positions(record), record["x"], rtol=1e-9, atol=1e-12)


@differing(RATES, lambda record: f"{record['spec']}-{record['steps']}")
def test_every_rate_is_that_of_torch(record):
    steps = record["steps"]
    schedule = SCHEDULES.read(record["spec"])
    rates = [schedule.factor(t, steps) for t in range(steps)]
    np.testing.assert_allclose(rates, record["rates"], rtol=1e-9, atol=0)


@pytest.mark.slow(keep=4)
@differing(MINIMA, lambda record: f"{record['method']}-{record['surface']}-{record['start']}")
def test_a_search_ends_where_scipys_does(record):
    run = simulate(record["surface"], [record["method"]], start=record["start"], steps=200)[0]
    np.testing.assert_allclose(run.x[-1, 0], record["x"], rtol=0, atol=1e-6)
    assert run.loss[-1, 0] == pytest.approx(record["loss"], abs=1e-10)


# ── What the references are worth ────────────────────────────────────────────────────────────────────────


def test_a_method_of_the_catalogue_has_references_or_a_reason_to_have_none():
    own = {slug for slug, kind in OPTIMIZERS.items() if kind.__module__.startswith("optisim.")}
    missing = own - {slug_of(record) for record in TRAJECTORIES} - set(WITHOUT)
    assert not missing, (
        f"{', '.join(sorted(missing))}: does torch or optax have it? Add it to TORCH or OPTAX and to CASES in "
        "tests/golden/make.py, run that, and name it in TORCH or OPTAX here; else give the reason in WITHOUT."
    )
    assert set(WITHOUT) <= own - {slug_of(record) for record in TRAJECTORIES}


def test_every_method_has_references():
    assert {slug_of(record) for record in read("torch.json")} == set(TORCH)
    assert {slug_of(record) for record in read("optax.json")} == set(OPTAX)
    assert {slug_of(record) for record in RATES} == set(TIMETABLES)
    assert {record["method"] for record in MINIMA} == {"lbfgs", "bfgs"}
    assert {slug_of(record) for record in read("fifty.json")} == set(TORCH + OPTAX)


@each_trajectory
def test_every_reference_is_long_and_moves(record):
    x = np.array(record["x"])
    assert len(x) > 60
    assert x[0].tolist() == record["start"]
    assert np.isfinite(x).all()
    assert (np.ptp(x, axis=0) > 0.02).all()
    assert (x[1:] != x[:-1]).any(axis=1).mean() > 0.5  # Rprop rests where a slope turns; none may arrive early


@each_method
def test_every_method_is_seen_on_three_surfaces(slug):
    assert len({record["surface"] for record in TRAJECTORIES if slug_of(record) == slug}) >= 3


@each_method
def test_the_references_are_not_about_the_defaults(slug):
    """Each record changes something, each hyperparameter is changed by some, and switches are seen both ways."""
    seen = [OPTIMIZERS.read(record["spec"]) for record in TRAJECTORIES if slug_of(record) == slug]
    assert all(optimizer != type(optimizer)() for optimizer in seen)
    for hyper in OPTIMIZERS.kind(slug).hypers():
        values = {optimizer.values[hyper.name] for optimizer in seen}
        assert values - {hyper.default}, hyper.name
        assert hyper.scale != "switch" or values == {False, True}, hyper.name


@pytest.mark.slow(keep=8)
@each_method
def test_a_slightly_wrong_hyperparameter_would_be_noticed(slug):
    for hyper in OPTIMIZERS.kind(slug).hypers():
        largest = 0.0
        for record in TRAJECTORIES:
            if slug_of(record) == slug:
                optimizer = OPTIMIZERS.read(record["spec"])
                other = nearby(hyper, optimizer.values[hyper.name])
                moved = positions(record, optimizer.with_value(hyper.name, other))
                largest = max(largest, np.abs(moved - positions(record)).max())
        assert largest > 1e-6, hyper.name


def nearby(hyper, value):
    """1 % less, which no decay or share refuses; the next count; a switch turned over."""
    if hyper.scale == "switch":
        return not value
    return value + 1 if hyper.scale == "count" else 0.99 * value


@pytest.mark.parametrize("slug", TIMETABLES)
def test_every_schedule_is_seen_with_two_sets_of_values_and_two_lengths(slug):
    records = [record for record in RATES if slug_of(record) == slug]
    assert len({record["spec"] for record in records}) >= 2
    assert len({record["steps"] for record in records}) >= 2
    for record in records:
        assert len(record["rates"]) == record["steps"]
        assert len(set(record["rates"])) > 2
