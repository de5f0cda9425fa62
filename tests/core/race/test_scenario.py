"""Scenarios: how they are changed."""

import math
from dataclasses import replace

import numpy as np
import pytest

from optisim import OPTIMIZERS, SGD, SURFACES, Adam, Domain, Momentum, Problem, Run, Scenario, chapter_scenario
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.race.scenario import LOOKS, MAX_RUNS, MAX_STARTS, MAX_STEPS, make_scenario, suited
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import own_surface

BOWL = SURFACES["bowl"]
A, B, C, D = SGD(lr=1), SGD(lr=2), SGD(lr=3), SGD(lr=4)
THREE = make_scenario(BOWL, [A, B, C])


def optimizers(scenario):
    return [run.optimizer for run in scenario.runs]


# ── Runs ─────────────────────────────────────────────────────────────────────────────────────────────────

RUN_CHANGES = {
    "added": (lambda s: s.with_added(D), [A, B, C, D]),
    "duplicate": (lambda s: s.with_duplicate(1), [A, B, B, C]),
    "duplicate of the last": (lambda s: s.with_duplicate(2), [A, B, C, C]),
    "without": (lambda s: s.without(1), [A, C]),
    "without the first": (lambda s: s.without(0), [B, C]),
    "another run": (lambda s: s.with_run(1, Run(D)), [A, D, C]),
    "moved down": (lambda s: s.with_moved(0, 1), [B, A, C]),
    "moved to the end": (lambda s: s.with_moved(0, 2), [B, C, A]),
    "moved up": (lambda s: s.with_moved(2, 0), [C, A, B]),
    "not moved": (lambda s: s.with_moved(1, 1), [A, B, C]),
}


@pytest.mark.parametrize(("change", "expected"), RUN_CHANGES.values(), ids=RUN_CHANGES)
def test_runs_are_changed_in_a_copy(change, expected):
    before = THREE.runs
    changed = change(THREE)
    assert optimizers(changed) == expected
    assert THREE.runs is before
    assert (changed.surface, changed.starts, changed.steps) == (THREE.surface, THREE.starts, THREE.steps)
    # whoever was there keeps the look by which people know it
    looks = {run.optimizer: (run.color, run.marker) for run in reversed(changed.runs)}
    for run in before:
        assert run.optimizer not in looks or looks[run.optimizer] == (run.color, run.marker)


def test_every_run_gets_a_look_of_its_own():
    scenario = make_scenario(BOWL, [A] * MAX_RUNS)
    looks = [(run.color, run.marker) for run in scenario.runs]
    assert looks[: len(LOOKS)] == list(LOOKS)
    assert len(set(looks)) == MAX_RUNS
    # the one that was freed is the next
    assert scenario.without(3).next_look() == LOOKS[3]
    copy = make_scenario(BOWL, [A, B]).with_duplicate(0).runs[1]
    assert (copy.color, copy.marker) == LOOKS[2]
    assert len({look.color for look in LOOKS}) == len({look.marker for look in LOOKS}) == len(LOOKS)


def test_a_run_is_called_by_its_label_or_else_by_its_optimizer():
    assert Run(Adam()).name == "Adam"
    assert Run(Adam(), label="mine").name == "mine"


# ── Starts and surface ───────────────────────────────────────────────────────────────────────────────────

TWO = replace(THREE, starts=((-7.0, 2.0), (5.0, 5.0)))
START_CHANGES = {
    "the first": (lambda s: s.with_start(0, (1, 2)), ((1, 2), (5, 5))),
    "the last": (lambda s: s.with_start(1, (1, 2)), ((-7, 2), (1, 2))),
    "the nearest": (lambda s: s.with_nearest_start((2, 2)), ((-7, 2), (2, 2))),
    "another": (lambda s: s.with_another_start((1, 2)), ((-7, 2), (5, 5), (1, 2))),
    "one less": (lambda s: s.without_start(0), ((5, 5),)),
    "an array": (lambda s: s.with_start(0, np.array([1, 2])), ((1, 2), (5, 5))),
}


@pytest.mark.parametrize(("change", "expected"), START_CHANGES.values(), ids=START_CHANGES)
def test_starts_are_changed_in_a_copy(change, expected):
    changed = change(TWO)
    assert changed.starts == expected
    assert all(type(c) is float for point in changed.starts for c in point)
    assert TWO.starts == ((-7, 2), (5, 5))
    assert changed.runs == TWO.runs


def test_the_nearest_start_is_the_one_that_looks_nearest():
    wide = replace(TWO, surface=replace(BOWL, domain=Domain(-1000, 1000, -1, 1)), starts=((0, 0.9), (300, 0)))
    assert wide.with_nearest_start((10, 0)).starts == ((0, 0.9), (10, 0))


def test_further_starts_find_a_place_of_their_own_in_the_domain():
    scenario = THREE
    for _ in range(20):
        scenario = scenario.with_another_start()
        left, right, bottom, top = scenario.surface.domain
        x, y = scenario.starts[-1]
        assert left < x < right
        assert bottom < y < top
    assert len(set(scenario.starts)) == 21


@pytest.mark.parametrize(
    "fields",
    [
        {"steps": 0},
        {"steps": -1},
        {"steps": MAX_STEPS + 1},
        {"steps": 2.5},
        {"steps": 2.0},
        {"steps": math.nan},
        {"starts": ()},
        {"starts": ((0.0, 0.0),) * (MAX_STARTS + 1)},
        {"starts": ((0.0, math.nan),)},
        {"starts": ((0.0, 0.0), (math.inf, 0.0))},
        {"starts": ((0.0, 1e12),)},
        {"starts": ((0.0,),)},
        {"starts": ((0.0, 0.0, 0.0),)},
        {"runs": (Run(A),) * (MAX_RUNS + 1)},
    ],
    ids=lambda fields: str(fields)[:40],
)
def test_a_scenario_without_sense_cannot_be_made(fields):
    with pytest.raises(Problem):
        replace(THREE, **fields)


def test_the_limits_themselves_are_allowed():
    scenario = Scenario(BOWL, ((0.0, 1e11),) * MAX_STARTS, (Run(A),) * MAX_RUNS, MAX_STEPS)
    assert from_json(to_json(scenario)) == scenario
    assert make_scenario(BOWL, []).runs == ()
    with pytest.raises(Problem):
        scenario.with_added(A)
    with pytest.raises(Problem):
        scenario.with_another_start()
    with pytest.raises(Problem):
        THREE.without_start(0)


def test_the_chapters_scenario():
    scenario = chapter_scenario()
    assert scenario.surface == replace(BOWL, domain=Domain(-8, 4, -3, 3))
    assert scenario.starts == ((-7, 2),)
    assert scenario.steps == 30
    rates = {run.name: run.optimizer.values["lr"] for run in scenario.runs}
    assert rates == {"SGD": 0.95, "Momentum": 0.1, "AdaGrad": 1.5, "RMSProp": 0.3, "Adam": 0.3}


# ── Rates that suit the surface ──────────────────────────────────────────────────────────────────────────


def test_with_another_surface_what_was_set_by_hand_stays_and_the_rest_follows():
    valley = SURFACES["rosenbrock"]
    scenario = make_scenario(BOWL, [SGD(), SGD(lr=0.123), Momentum(momentum=0.5)])
    there = scenario.with_surface(valley)
    assert there.surface is valley
    assert there.starts == (valley.start,)
    assert there.steps == valley.steps
    assert optimizers(there) == [suited(SGD(), valley), SGD(lr=0.123), suited(Momentum(momentum=0.5), valley)]
    assert there.with_surface(BOWL) == scenario
    assert replace(scenario, steps=77).with_surface(valley).steps == 77


@pytest.mark.slow(keep=61)
@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_suited_rate_goes_downhill(surface, kind):
    optimizer = suited(kind(), surface)
    assert suited(optimizer, surface) == optimizer
    assert suited(kind(), BOWL) == kind()
    (trajectory,) = race_to_end(make_scenario(surface, [optimizer]))
    assert trajectory.loss.min() < trajectory.loss[0, 0]
    if surface.minima:  # else down is where there is no end
        assert trajectory.stopped == -1


@pytest.mark.parametrize(
    "formula",
    [
        "1e-310x^2",
        "1e-320x^2",
        "1e308x^2 + y",
        "1e200x^4",
        "log(x)",
        "x",
        "0x",
        "1/x",
        "exp(x^4)",
        "abs(x)",
        "x^-99",
    ],
)
def test_on_the_strangest_surface_a_rate_is_still_a_rate(formula):
    scenario = chapter_scenario().with_surface(own_surface(formula))
    for run in scenario.runs:
        assert 0 < run.optimizer.values["lr"] < math.inf
    for trajectory in race_to_end(scenario):
        assert np.isfinite(trajectory.x).all()


def test_rates_follow_from_a_part_of_a_surface_that_is_in_view():
    chapter = chapter_scenario()
    assert chapter.surface.domain != SURFACES["bowl"].domain
    moved = chapter.with_surface(SURFACES["rosenbrock"])
    for run in moved.runs[2:]:
        assert run.optimizer == suited(run.optimizer, moved.surface)
    assert suited(Adam(), chapter.surface) == Adam()
