"""Races as files: what is written is read back while nothing else is, and what files rely on stays as it is."""

import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optisim import (
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    SURFACES,
    Adam,
    Domain,
    Gaussian,
    Lookahead,
    Momentum,
    Optimizer,
    Parameter,
    Problem,
    chapter_scenario,
    own_surface,
)
from optisim.core.documents.kinds import KINDS, MAX_FILE, from_json, to_data, to_json
from optisim.core.documents.race_kind import RACE, VERSION
from optisim.core.race.scenario import MAX_RUNS, MAX_STEPS, PAIRS, make_scenario
from tests.core.documents.dense import dense, dense_json
from tests.core.strategies import any_optimizer, any_scenario, any_surface
from tests.golden import defaults

BOWL = SURFACES["bowl"]
THREE = make_scenario(BOWL, [SGD(lr=1), SGD(lr=2), SGD(lr=3)])
FROM_BEFORE = Path(__file__).parent / "version3"


# ── Only what differs ────────────────────────────────────────────────────────────────────────────────────


def test_a_file_says_only_what_is_not_as_usual():
    assert to_data(chapter_scenario()) == {
        "format": "optisim-scenario",
        "version": VERSION,
        "surface": {"slug": "bowl", "formula": "x^2/20 + y^2", "domain": [-8.0, 4.0, -3.0, 3.0]},
        "starts": [[-7.0, 2.0]],
        "runs": [{"optimizer": name} for name in ("sgd", "momentum", "adagrad", "rmsprop", "adam")],
    }


def test_everything_that_is_not_as_usual_is_said():
    surface = own_surface("a*x^2 + b*y^2", Domain(-1, 1, -1, 1)).with_parameter(Parameter("b", 3.0, 0.0, 10.0))
    runs = [Adam(beta2=0.99), Momentum(lr=0.2)]
    scenario = make_scenario(surface, runs, steps=31, noise=Gaussian(fading=1.0), seed=4, seeds=2, bookmarks=(7,))
    scenario = scenario.with_moved(1, 0).with_branch(1, 5)
    scenario = scenario.with_run(0, replace(scenario.runs[0], schedule=SCHEDULES.read("cosine:warmup=3")))
    said = to_data(scenario)
    look = PAIRS[1]
    assert said["surface"] == {
        "formula": "a*x^2 + b*y^2",
        "domain": [-1, 1, -1, 1],
        "parameters": {"b": [3.0, 0.0, 10.0]},
    }
    assert said["noise"] == {"kind": "gaussian", "hyperparameters": {"fading": 1.0}}
    assert (said["seed"], said["seeds"], said["steps"], said["bookmarks"]) == (4, 2, 31, [7])
    assert said["runs"][0] == {
        "optimizer": "momentum",
        "hyperparameters": {"lr": 0.2},
        "schedule": {"kind": "cosine", "hyperparameters": {"warmup": 3}},
        "stream": 1,
        "color": look.color,
        "marker": look.marker,
    }
    assert said["runs"][2]["past"] == [{"until": 5, "hyperparameters": {"beta2": 0.99}}]
    assert from_json(to_json(scenario)) == scenario


def test_of_a_surface_of_the_catalogue_only_what_was_changed_is_said():
    surface = SURFACES["kappa-bowl"]
    (kappa,) = surface.parameters
    changed = replace(surface, log=not surface.log).with_parameter(kappa._replace(value=7.0))
    said = to_data(make_scenario(changed, []))["surface"]
    assert said == {
        "slug": "kappa-bowl",
        "formula": surface.formula,
        "log": not surface.log,
        "parameters": {"kappa": [7.0, kappa.low, kappa.high]},
    }


def test_all_is_said_of_an_optimizer_that_does_not_come_with_the_program(monkeypatch):
    """Its author may change a default; files that rely on it would then mean something else."""
    kind = type("Mine", (Adam,), {"__module__": "mine", "spelling": "mine"})
    monkeypatch.setitem(OPTIMIZERS, "mine", kind)
    for optimizer in (kind(), Lookahead.over(kind)()):
        scenario = make_scenario(BOWL, [optimizer]).with_branch(0, 3)
        _, branch = to_data(scenario)["runs"]
        assert branch["hyperparameters"] == branch["past"][0]["hyperparameters"] == optimizer.values
        assert from_json(to_json(scenario)) == scenario
    assert issubclass(kind, Optimizer)


usual_scenarios = st.builds(
    make_scenario, any_surface, st.lists(any_optimizer, max_size=4), steps=st.sampled_from([30, 31])
)


@settings(max_examples=100, deadline=None)
@given(usual_scenarios | any_scenario)
def test_a_file_that_says_everything_says_the_same(scenario):
    sparse = from_json(to_json(scenario))
    assert sparse == scenario
    for version in (3, VERSION):
        assert from_json(dense_json(scenario, version)) == scenario
    assert to_json(from_json(dense_json(scenario))) == to_json(scenario)


# ── What files rely on ───────────────────────────────────────────────────────────────────────────────────


RECORD_THEM = "python -m tests.golden.defaults"


@pytest.mark.parametrize("format", KINDS)
def test_no_default_that_files_rely_on_has_changed(format):
    record, today = defaults.recorded(format), defaults.defaults(format)
    kind = KINDS[format]
    assert record["version"] == kind.version, (
        "Record the defaults of the new version: python -m tests.golden.defaults"
    )
    changed = {
        name: f"{value} is now {today.get(name)}"
        for name, value in record["defaults"].items()
        if today.get(name) != value
    }
    assert not changed, (
        f"Files of version {kind.version} leave these out and rely on their defaults: {changed}. Leave the defaults"
        f" as they are, or else begin version {kind.version + 1}: raise the kind's version, let its `read` give"
        f" files of older versions the old defaults, and run {RECORD_THEM}."
    )
    new = set(today) - set(record["defaults"])
    assert not new, f"Record these defaults, on which files rely from now on, with {RECORD_THEM}: {new}"


def test_there_are_as_many_looks_as_runs():
    """Else two runs of one file could have the same by default."""
    assert len(set(PAIRS)) == len(PAIRS) >= MAX_RUNS


def test_a_surface_that_is_no_longer_in_the_catalogue_is_the_users_own():
    data = to_data(make_scenario(SURFACES["himmelblau"], [SGD()]))
    data["surface"]["slug"] = "himmelblau-of-old"
    surface = from_json(json.dumps(data)).surface
    assert surface == own_surface(SURFACES["himmelblau"].formula)


# ── From before ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_version_3_wrote_opens():
    text = (FROM_BEFORE / "rich.optisim.json").read_text(encoding="utf-8")
    scenario = from_json(text)
    assert json.loads(text) == dense(scenario)
    assert [run.name for run in scenario.runs] == ["学习率 & “x”, t ≥ 12", "Lookahead (SAM (Adam))", "Adam"]
    assert len(to_json(scenario)) < 0.6 * len(text)
    assert from_json(to_json(scenario)) == scenario


@pytest.mark.parametrize("version", [1, 2, 3])
def test_older_files_said_everything_and_are_damaged_if_they_do_not(version):
    scenario = make_scenario(BOWL, [SGD(), Adam()]).with_branch(0, 5)
    data = dense(scenario, version)
    for missing in ("surface", "starts", "steps", "runs"):
        with pytest.raises(Problem, match=f"“{missing}” is missing"):
            from_json(json.dumps({name: value for name, value in data.items() if name != missing}))
    del data["runs"][1]["visible"]
    with pytest.raises(Problem, match=r"“runs\.1\.visible” is missing"):
        from_json(json.dumps(data))


# ── Written and read back ────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=80, deadline=None)
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
    data = to_data(THREE)
    data["surface"]["formula"] = "x^2 + y^2"
    surface = from_json(json.dumps(data)).surface
    assert (surface.slug, surface.formula, surface.minima) == ("", "x^2 + y^2", ())


TO_SAVE = make_scenario(BOWL, [SGD(), Adam()], starts=((-7.0, 2.0), (1.0, 1.0)), bookmarks=(3, 12)).with_branch(
    1, 7
)
SAVED = dense_json(TO_SAVE, VERSION)  # with everything in it that could be wrong


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


NEEDED = {
    *("version", "surface", "surface.formula", "starts", "runs", "noise.kind"),
    *("runs.0.optimizer", "runs.1.optimizer", "runs.2.optimizer", "runs.2.past.0.until"),
    *("runs.0.schedule.kind", "runs.1.schedule.kind", "runs.2.schedule.kind", "runs.2.past.0.schedule.kind"),
}


def test_a_missing_part_is_the_default_or_told():
    told = {}
    for path in places(json.loads(SAVED)):
        data = json.loads(SAVED)
        holder, key = inside(data, path)
        if isinstance(holder, dict):
            del holder[key]
            try:
                from_json(json.dumps(data))
            except Problem as problem:
                told[".".join(map(str, path))] = str(problem)
    assert told.pop("format") == "This is not a document of OptiSim."
    assert told == {name: f"This document is damaged: “{name}” is missing." for name in NEEDED}


def test_a_wrong_part_is_named():
    for path, value in (("surface domain 1", "x"), ("runs 2 past 0 until", "x"), ("starts 1", []), ("runs 1", 5)):
        data = json.loads(SAVED)
        holder, key = inside(data, [int(key) if key.isdigit() else key for key in path.split()])
        holder[key] = value
        with pytest.raises(Problem) as told:
            from_json(json.dumps(data))
        name = path.replace(" ", ".")
        assert str(told.value) == f"This document is damaged: “{name}” is not what it should be."


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


def test_a_file_that_is_cut_off_or_mistyped_is_damaged_at_a_line():
    lines = SAVED.splitlines()
    for line in (5, 40, len(lines) - 1):
        with pytest.raises(Problem, match=f"damaged at line {line}\\."):
            from_json("\n".join(lines[: line - 1]) + "\n ?")
    with pytest.raises(Problem, match=f"damaged at line {len(lines) - 1}"):
        from_json("\n".join(lines[:-1]))
    with pytest.raises(Problem, match="not a document of OptiSim"):
        from_json("{\n ?")


def test_a_document_of_a_kind_that_only_a_newer_program_knows_is_told():
    with pytest.raises(Problem, match="newer OptiSim"):
        from_json('{"format": "optisim-brain", "version": 1}')
    with pytest.raises(Problem, match="not a document of OptiSim"):
        from_json('{"format": "geogebra", "version": 1}')


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


@settings(max_examples=150, deadline=None)
@given(any_scenario, st.data())
def test_whatever_is_put_into_a_file_it_is_read_or_told(scenario, data):
    broken = dense(scenario, VERSION) if data.draw(st.booleans()) else to_data(scenario)
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


# ── What it is called ────────────────────────────────────────────────────────────────────────────────────


def test_a_race_is_called_by_its_surface_or_formula():
    own = make_scenario(own_surface("x^4 + y^2"), [SGD()])
    assert (RACE.describe(RACE.new()), RACE.file_name(RACE.new())) == ("Stretched bowl", "bowl")
    assert (RACE.describe(own), RACE.file_name(own)) == ("x^4 + y^2", "scenario")
    assert RACE.summary(RACE.new()) == "x^2/20 + y^2: SGD, Momentum, AdaGrad, RMSProp, Adam"
    assert RACE.summary(make_scenario(BOWL, [SGD()] * 7)) == "x^2/20 + y^2: SGD, SGD, SGD, SGD, SGD, SGD …"
    assert RACE.summary(make_scenario(BOWL, [])) == "x^2/20 + y^2"
