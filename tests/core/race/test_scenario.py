"""Scenarios: how they are changed, and that what is written is read back while nothing else is."""

import json
import math
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optisim import OPTIMIZERS, SGD, SURFACES, Adam, Domain, Momentum, Problem, Run, Scenario, chapter_scenario
from optisim.core.documents.scenario_file import MAX_FILE, VERSION, from_json, to_json
from optisim.core.race.scenario import LOOKS, MAX_RUNS, MAX_STARTS, MAX_STEPS, make_scenario, suited
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import own_surface
from tests.core.strategies import any_scenario
from tests.fast import examples

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
    assert scenario.surface is BOWL
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


# ── Written and read back ────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(80), deadline=None)
@given(any_scenario)
def test_a_scenario_survives_being_written(scenario):
    text = to_json(scenario)
    read = from_json(text)
    assert read == scenario
    assert to_json(read) == text
    assert len(text) < MAX_FILE
    json.loads(text, parse_constant=pytest.fail)  # neither NaN nor Infinity, which JSON does not know
    assert hash(read) == hash(scenario)


def test_a_formula_under_the_name_of_another_surface_is_the_users_own():
    data = json.loads(to_json(THREE))
    data["surface"]["formula"] = "x^2 + y^2"
    surface = from_json(json.dumps(data)).surface
    assert (surface.slug, surface.formula, surface.minima) == ("", "x^2 + y^2", ())


TO_SAVE = make_scenario(BOWL, [SGD(), Adam()], starts=((-7.0, 2.0), (1.0, 1.0)), bookmarks=(3, 12)).with_branch(
    1, 7
)
SAVED = to_json(TO_SAVE)


def places(node, path=()):
    """The paths of everything inside `node`."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def inside(data, path):
    """The list or dictionary that holds the value at `path`, and its key there."""
    *way, last = path
    for key in way:
        data = data[key]
    return data, last


DAMAGE = {
    "format": ("optisim", 1, None),
    "version": ("1", True, 1.0, math.nan, 1e400, None, VERSION + 1),
    "steps": (0, -1, 2.5, 30.0, True, "30", MAX_STEPS + 1, 10**30, math.nan, 1e400, None),
    "surface": ([], "bowl", None),
    "surface slug": (7, ["bowl"], None),
    "surface formula": ("", "x +", "9^9^9", "z", "(" * 5000, 5, None),
    "surface domain": ([0, 1, 0], [0, 1, 0, 1, 0], [0, 1, 1, 0], [0, 1, 0, "1"], [0, 1, 0, True], "0101", {"0": 1}),
    "surface domain 1": (math.nan, 1e400, 10**400, None, [1]),
    "surface log": (1, "true", None),
    "starts": ([], {}, [1, 2], ["12"], [["1", "2"]], [[1, 2, 3]], [[True, 1]], [{"0": 1, "1": 2}], [[0, 0]] * 101),
    "starts 1 0": (math.nan, 1e400, 1e12, 10**400, None),
    "runs": ({}, ["sgd"], [{}], [None], "sgd", None, 7),
    "runs 0 optimizer": ("tiger", "", 1, None),
    "runs 0 hyperparameters": ([], [["lr", 1]], {"foo": 1}, {"": 1}, "", None),
    "runs 0 hyperparameters lr": (-1, True, math.nan, 1e400, 10**400, "fast", [1], None),
    "runs 1 hyperparameters beta1": (1, 1.0, "1", -0.1),
    "runs 1 hyperparameters bias_correction": (2, "maybe", None),
    "runs 0 color": ("red", "#12345", "#12345G", "#123456\n", 123456, None),
    "runs 0 marker": ("blob", "", ["circle"], None),
    "runs 0 visible": (1, "yes", None),
    "runs 0 label": (1, ["SGD"], None),
    "runs 1 ghost": (0, "yes", None),
    "runs 2 past": ({}, ["sgd"], [{}], [None], None, 7),
    "runs 2 past 0 until": (-1, 0, 7.0, True, "7", MAX_STEPS + 1, 10**400, math.nan, None, [7]),
    "runs 2 past 0 hyperparameters": ([], {"momentum": 0.5}, None),  # that of another method
    "runs 2 past 0 hyperparameters lr": (-1, math.nan, "fast", None),
    "runs 2 past 0 schedule": ({}, "constant", {"kind": "tiger", "hyperparameters": {}}, None),
    "bookmarks": ({}, 3, "3", [-1], [2.0], [True], ["3"], [[3]], [MAX_STEPS + 1], [math.nan], None),
}


@pytest.mark.parametrize(("path", "values"), DAMAGE.items(), ids=DAMAGE)
def test_a_wrong_value_is_told(path, values):
    for value in values:
        data = json.loads(SAVED)
        holder, key = inside(data, [int(key) if key.isdigit() else key for key in path.split()])
        assert holder[key] != value or type(holder[key]) is not type(value)
        holder[key] = value
        with pytest.raises(Problem):
            from_json(json.dumps(data))


def test_a_missing_part_is_told():
    for path in places(json.loads(SAVED)):
        data = json.loads(SAVED)
        holder, key = inside(data, path)
        if isinstance(holder, dict) and "hyperparameters" not in path[:-1]:
            del holder[key]
            with pytest.raises(Problem):
                from_json(json.dumps(data))


def test_a_missing_hyperparameter_is_the_default():
    data = json.loads(SAVED)
    del data["runs"][1]["hyperparameters"]["beta2"]
    assert from_json(json.dumps(data)) == from_json(SAVED)


def test_a_newer_file_is_told_from_a_broken_one():
    data = json.loads(SAVED) | {"version": VERSION + 1, "surface": "something we cannot know yet"}
    with pytest.raises(Problem, match="newer"):
        from_json(json.dumps(data))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "optisim",
        "[]",
        "null",
        "3",
        "NaN",
        '"optisim-scenario"',
        '{"format": "optisim-scenario"}',
        "\ufeff" + SAVED,
        SAVED + "x",
        SAVED * 2,
        SAVED + " " * MAX_FILE,
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        SAVED.replace('"bowl"', "9" * 5000),
    ],
    ids=lambda text: f"{len(text)} {text[:12]!a}",
)
def test_other_text_is_told(text):
    with pytest.raises(Problem):
        from_json(text)


def test_brackets_of_any_depth_are_told():
    """There is a depth at which reading still works, and writing it into a message does not."""
    for depth in range(sys.getrecursionlimit() + 10):
        with pytest.raises(Problem):
            from_json(SAVED.replace('"lr": 0.95', f'"lr": {"[" * depth}1{"]" * depth}' if depth else '"lr": "?"'))


def test_a_file_cut_off_anywhere_is_told():
    for length in range(len(SAVED)):
        with pytest.raises(Problem):
            from_json(SAVED[:length])


JUNK = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2.5,
    1e-320,
    1e308,
    1e400,
    math.nan,
    10**30,
    10**400,
    "",
    "x",
    "bowl",
    "#000000",
)
JUNK += ("\ud800", "\0", "9" * 50, [], {}, [[]], [1, 2], [0, 1, 0, 1], [[0, 1]], {"lr": 1}, {"slug": "bowl"}, "lr")


@settings(max_examples=examples(150), deadline=None)
@given(any_scenario, st.data())
def test_whatever_is_put_into_a_file_it_is_read_or_told(scenario, data):
    broken = json.loads(to_json(scenario))
    holder, key = inside(broken, data.draw(st.sampled_from(list(places(broken)))))
    if data.draw(st.booleans()):
        holder[key] = data.draw(st.sampled_from(JUNK))
    else:
        del holder[key]
    try:
        read = from_json(json.dumps(broken))
    except Problem:
        return
    assert from_json(to_json(read)) == read
