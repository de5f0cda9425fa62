"""The documented schema of files: whatever is written follows it, and mistakes do not."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from optisim import NOISES, OPTIMIZERS, SCHEDULES, SGD, SURFACES, Adam, Gaussian, Problem
from optisim.core.documents.kinds import KINDS, from_json, to_data, to_json
from optisim.core.documents.race_kind import VERSION
from optisim.core.documents.sharing import from_share
from optisim.core.race.noise import MAX_SEED
from optisim.core.race.scenario import (
    MARKERS,
    MAX_BOOKMARKS,
    MAX_PAST,
    MAX_RUNS,
    MAX_SEEDS,
    MAX_STARTS,
    MAX_STEPS,
    chapter_scenario,
    make_scenario,
)
from tests.core.documents.dense import dense, dense_json
from tests.core.strategies import any_scenario
from tests.fast import examples

DOCS = Path(__file__).resolve().parents[3] / "docs"
SCHEMA = json.loads((DOCS / "scenario.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
NOISY = {"noise": Gaussian(), "seed": 3, "seeds": 4}
RICH = make_scenario(SURFACES["bowl"], [SGD(), Adam()], bookmarks=(3, 12), **NOISY).with_branch(1, 7)
SAVED = dense_json(RICH, VERSION)  # with everything in it that could be wrong
RACE = SCHEMA["$defs"]["race"]


def properties(schema, path="document"):
    """Every description of a property in the schema, by its path."""
    for name, part in schema.get("properties", {}).items():
        yield f"{path} {name}", part
        yield from properties(part, f"{path} {name}")
    for name, part in schema.get("$defs", {}).items():
        yield from properties(part, name)


def test_there_is_an_entry_for_each_kind_of_document():
    entries = [SCHEMA["$defs"][entry["$ref"].rpartition("/")[2]]["properties"] for entry in SCHEMA["oneOf"]]
    told = {entry["format"]["const"]: entry["version"]["const"] for entry in entries}
    assert told == {kind.format: kind.version for kind in KINDS.values()}


def test_the_schema_is_one_and_every_property_is_described_in_a_sentence():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    described = dict(properties(SCHEMA))
    assert len(described) > 25
    for path, part in described.items():
        target = SCHEMA["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        sentence = part.get("description") or target["description"]
        assert re.fullmatch(r"[A-Z].*\.", sentence), path


def test_the_documented_defaults_are_those_of_the_reader():
    bare = {**dense(RICH, VERSION), "surface": {"formula": "a*x^2"}, "runs": [{"optimizer": "adam"}]}
    of, run, past = RACE["properties"], SCHEMA["$defs"]["run"]["properties"], SCHEMA["$defs"]["past"]["properties"]
    for name in ("noise", "seed", "seeds", "steps", "bookmarks"):
        del bare[name]
    said = {**bare, **{name: of[name]["default"] for name in ("noise", "seed", "seeds", "steps", "bookmarks")}}
    said["surface"] = {"formula": "a*x^2", **defaults(of["surface"]["properties"])}
    said["runs"] = [{"optimizer": "adam", **defaults(run)}]
    assert from_json(json.dumps(said)) == from_json(json.dumps(bare))
    bare["runs"] = [{"optimizer": "adam", "past": [{"until": 3}]}]
    said["runs"] = [{"optimizer": "adam", "past": [{"until": 3, **defaults(past)}]}]
    assert from_json(json.dumps(said)) == from_json(json.dumps(bare))


def defaults(properties):
    return {name: part["default"] for name, part in properties.items() if "default" in part}


@settings(max_examples=examples(100), deadline=None)
@given(any_scenario)
def test_what_is_written_follows_the_schema(scenario):
    VALIDATOR.validate(to_data(scenario))
    VALIDATOR.validate(dense(scenario, VERSION))


def test_the_bounds_are_those_of_the_program():
    of, run = RACE["properties"], SCHEMA["$defs"]["run"]["properties"]
    assert of["version"]["const"] == VERSION
    assert of["steps"]["maximum"] == of["bookmarks"]["items"]["maximum"] == MAX_STEPS
    assert SCHEMA["$defs"]["past"]["properties"]["until"]["maximum"] == MAX_STEPS
    assert of["seed"]["maximum"] == run["stream"]["maximum"] == MAX_SEED
    assert of["seeds"]["maximum"] == MAX_SEEDS
    lists = (of["starts"], of["runs"], run["past"], of["bookmarks"])
    assert [part["maxItems"] for part in lists] == [MAX_STARTS, MAX_RUNS, MAX_PAST, MAX_BOOKMARKS]
    assert run["marker"]["enum"] == list(MARKERS)


def test_all_kinds_of_everything_follow_the_schema():
    for surface in SURFACES.values():
        VALIDATOR.validate(to_data(chapter_scenario(surface)))
    everything = dense(
        make_scenario(SURFACES["linear-regression"], [kind() for kind in OPTIMIZERS.values()]), VERSION
    )
    for kind in SCHEDULES.values():
        everything["runs"][0]["schedule"] = {"kind": kind.slug(), "hyperparameters": kind().values}
        VALIDATOR.validate(everything)
    for kind in NOISES.values():
        everything["noise"] = {"kind": kind.slug(), "hyperparameters": kind().values}
        VALIDATOR.validate(everything)


WRONG = {
    "format": ("optisim", 1, None),
    "version": (str(VERSION), VERSION - 1, VERSION + 1, None),
    "steps": (0, -1, 2.5, True, "30", MAX_STEPS + 1, None),
    "seed": (-1, MAX_SEED + 1, 0.5, "0", None),
    "seeds": (0, MAX_SEEDS + 1, 1.5, None),
    "noise": ("none", {}, {"hyperparameters": {}}, {"kind": "", "hyperparameters": {}}, None),
    "surface": ([], "bowl", {}, None),
    "surface slug": (7, None),
    "surface formula": ("", 5, "x" * 1001, None),
    "surface domain": ([0, 1, 0], [0, 1, 0, 1, 0], [0, 1, 0, "1"], [0, 1, 0, True], "0101", None),
    "surface log": (1, "true", None),
    "surface parameters": ([], {"a": 1}, {"a": [1, 0]}, {"a": [1, 0, 1e10]}, None),
    "starts": ([], {}, [1, 2], [["1", "2"]], [[1, 2, 3]], [[True, 1]], [[0, 0]] * 101, [[1e12, 0]]),
    "runs": ({}, ["sgd"], [{}], None, 7),
    "runs 0 optimizer": ("", 1, None),
    "runs 0 hyperparameters": ([], {"lr": "fast"}, {"lr": None}, None),
    "runs 0 color": ("red", "#12345", "#12345G", 123456, None),
    "runs 0 marker": ("blob", "", None),
    "runs 0 visible": (1, "yes", None),
    "runs 0 label": (1, "x" * 81, None),
    "runs 0 stream": (-1, 0.5, None),
    "runs 1 ghost": (0, "yes", None),
    "runs 2 past": ({}, ["sgd"], [{}], None),
    "runs 2 past 0 until": (0, -1, 7.5, True, "7", MAX_STEPS + 1, None),
    "runs 2 past 0 schedule": ({}, "constant", None),
    "bookmarks": ({}, 3, [-1], [2.5], [True], ["3"], [MAX_STEPS + 1], [3, 3], None),
}


@pytest.mark.parametrize(("path", "values"), WRONG.items(), ids=WRONG)
def test_a_wrong_value_breaks_the_schema(path, values):
    *way, last = (int(key) if key.isdigit() else key for key in path.split())
    for value in values:
        data = holder = json.loads(SAVED)
        for key in way:
            holder = holder[key]
        holder[last] = value
        assert not VALIDATOR.is_valid(data), value


def holders(node):
    """Every dictionary in `node` whose entries are laid down."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key not in ("hyperparameters", "parameters"):
                yield from holders(value)
    elif isinstance(node, list):
        for value in node:
            yield from holders(value)


def test_a_misspelt_property_breaks_the_schema():
    VALIDATOR.validate(json.loads(SAVED))
    tried = 0
    for number, holder in enumerate(holders(json.loads(SAVED))):
        for name in holder:
            data = json.loads(SAVED)
            changed = list(holders(data))[number]
            changed[name + "_"] = changed[name]
            assert not VALIDATOR.is_valid(data), name
            tried += 1
    assert tried > 40


def test_the_schema_and_the_reader_agree_on_what_may_be_left_out():
    left_out = 0
    for number, holder in enumerate(holders(json.loads(SAVED))):
        for name in holder:
            data = json.loads(SAVED)
            del list(holders(data))[number][name]
            try:
                from_json(json.dumps(data))
            except Problem:
                assert not VALIDATOR.is_valid(data), name
            else:
                assert VALIDATOR.is_valid(data), name
                left_out += 1
    assert left_out > 20


def test_what_the_schema_refuses_in_a_value_the_reader_refuses_too():
    """But for two things: the reader passes over bookmarks given twice, and cuts long labels."""
    for path, values in WRONG.items():
        *way, last = (int(key) if key.isdigit() else key for key in path.split())
        for value in values:
            if path == "version" and value == VERSION - 1:
                continue  # which had a schema of its own
            if value == [3, 3] or value == "x" * 81:
                continue
            data = holder = json.loads(SAVED)
            for key in way:
                holder = holder[key]
            holder[last] = value
            with pytest.raises(Problem):
                from_json(json.dumps(data))


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_documented_example_is_a_scenario_that_follows_the_schema():
    page = (DOCS / "scenario.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```jsonc\n(.*?)```", page, re.DOTALL)
    text = re.sub(r"\s+// .*", "", example)
    VALIDATOR.validate(json.loads(text))
    scenario = from_json(text)
    assert json.loads(to_json(scenario)) == json.loads(text), "something is not as OptiSim writes it"


def test_the_documented_share_string_is_the_chapters_race():
    page = (DOCS / "scenario.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^optisim:\S+$", page, re.MULTILINE)
    assert from_share(text) == chapter_scenario()
