"""Kinds of documents: each is written, read, shared and told apart by what its files say."""

import json

import pytest

import optisim
from optisim import Problem, chapter_scenario
from optisim.core.documents.fields import Fields
from optisim.core.documents.kinds import KINDS, from_json, kind_of, register, to_data, to_json
from optisim.core.documents.race_kind import RACE
from tests.core.documents.note_kind import NOTE, Note

A_NOTE = Note("Watch the valley", size=2.5)


@pytest.fixture(autouse=True)
def registered():
    register(NOTE)
    yield
    del KINDS[NOTE.format]


def test_a_file_says_its_kind_its_version_and_what_is_not_as_usual():
    assert to_data(A_NOTE) == {"format": "optisim-note", "version": 2, "text": "Watch the valley", "size": 2.5}
    assert from_json(to_json(A_NOTE)) == A_NOTE
    assert from_json(to_json(chapter_scenario())) == chapter_scenario()


def test_a_document_is_of_the_kind_of_its_class():
    assert kind_of(A_NOTE) is NOTE
    assert kind_of(chapter_scenario()) is RACE
    with pytest.raises(TypeError, match="dict"):
        kind_of({})


def test_any_document_is_shared():
    text = optisim.to_share(A_NOTE)
    assert text.startswith("optisim:1")
    assert optisim.from_share(text) == A_NOTE


def test_each_kind_reads_its_own_older_versions():
    assert from_json('{"format": "optisim-note", "version": 1, "words": "from before"}') == Note("from before")
    with pytest.raises(Problem, match="newer OptiSim"):
        from_json('{"format": "optisim-note", "version": 3, "text": "x"}')
    with pytest.raises(Problem, match="“version” is not what it should be"):
        from_json('{"format": "optisim-note", "version": 0, "text": "x"}')


@pytest.mark.parametrize("name", ["text", "size"])
def test_what_is_wrong_is_named(name):
    data = to_data(A_NOTE)
    with pytest.raises(Problem, match=f"“{name}” is not what it should be"):
        from_json(json.dumps({**data, name: []}))
    del data["text"]
    with pytest.raises(Problem, match="“text” is missing"):
        from_json(json.dumps(data))


def test_numbers_are_no_texts_and_no_truth_values():
    fields = Fields({"a": 1, "b": True, "c": 10**400, "d": [1, 2.5], "e": [[1], {"f": "x"}]}, "here")
    assert (fields.get("a", int), fields.get("a", float), fields.numbers("d", 2)) == (1, 1.0, [1.0, 2.5])
    assert type(fields.get("a", float)) is float
    for name, kind in (("a", str), ("a", bool), ("b", int), ("b", float), ("c", float), ("d", dict)):
        with pytest.raises(Problem, match=f"“here.{name}” is not"):
            fields.get(name, kind)
    with pytest.raises(Problem, match=r"“here\.d” is not"):
        fields.numbers("d", 3)
    with pytest.raises(Problem, match=r"“here\.e\.0” is not"):
        fields.parts("e")
    with pytest.raises(Problem, match=r"“here\.x\.y” is missing"):
        fields.or_else({"x": {}}).part("x").require("y")
