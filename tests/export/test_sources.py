"""Where scenarios come from: files, images, share strings, examples."""

import os

import pytest
from PySide6.QtGui import QImage

from optisim import Problem, chapter_scenario
from optisim.core.documents.examples import EXAMPLES
from optisim.core.documents.kinds import MAX_FILE, to_json
from optisim.core.documents.sharing import to_share
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import SURFACES
from optisim.export.embedding import PNG_KEY, svg_with_document
from optisim.export.sources import is_file, is_source, read_document, read_source
from optisim.export.trajectories import save_data

OTHER = chapter_scenario(SURFACES["himmelblau"])


@pytest.fixture
def files(tmp_path, qapp):
    """The scenario as a file, and in both kinds of images."""
    (tmp_path / "race.optisim.json").write_text(to_json(OTHER), encoding="utf-8")
    (tmp_path / "race").write_text(to_json(OTHER), encoding="utf-8")
    (tmp_path / "race.SVG").write_bytes(svg_with_document(b"<svg>\n</svg>\n", OTHER))
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    image.setText(PNG_KEY, to_json(OTHER))
    assert image.save(str(tmp_path / "race.png"))
    return sorted(tmp_path.glob("race*"))


def test_every_form_of_a_scenario_is_read(files):
    assert len(files) == 4
    for file in files:
        assert read_document(file) == read_source(str(file)) == OTHER
        assert is_source(str(file))
        assert is_file(str(file))
    for text in (to_share(OTHER), f"<{to_share(OTHER)}>\n"):
        assert read_source(text) == OTHER
        assert is_source(text)
        assert not is_file(text)


def test_every_example_is_read_by_its_name():
    for name, example in EXAMPLES.items():
        assert read_source(f"example:{name}") == example.scenario()
    with pytest.raises(Problem, match=r"“tiger”; choose one of .*zigzag"):
        read_source("example:tiger")


def test_a_share_string_is_one_even_if_a_file_has_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = to_share(OTHER)
    (tmp_path / text).write_text(to_json(chapter_scenario()), encoding="utf-8")
    assert read_source(text) == OTHER
    assert read_source(f"./{text}") == chapter_scenario()


NO_SCENARIO = {
    "no.json": b"hello",
    "binary.json": b"\xff\xfe\x00\x01" * 50,
    "huge.json": b"[" * (5 * MAX_FILE),
    "none.json": b"",
    "no.png": b"\x89PNG\r\n\x1a\n broken",
    "none.png": b"",
    "no.svg": b"<svg></svg>",
    "damaged.svg": svg_with_document(b"<svg></svg>", OTHER).replace(b"himmelblau", b"\xff"),
    "short.svg": svg_with_document(b"<svg></svg>", OTHER)[:400],
}


@pytest.mark.parametrize("name", NO_SCENARIO)
def test_a_file_without_a_scenario_gets_one_sentence(tmp_path, qapp, name):
    (tmp_path / name).write_bytes(NO_SCENARIO[name])
    with pytest.raises(Problem) as told:
        read_source(str(tmp_path / name))
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["gone.optisim.json", "gone.png", "gone.svg", "gone", "long" * 100, ".", ""])
def test_what_is_no_file_gets_one_sentence(tmp_path, monkeypatch, qapp, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Problem, match="cannot be read"):
        read_source(name)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read")
def test_a_file_that_must_not_be_read_gets_one_sentence(files):
    for file in files:
        file.chmod(0)
        with pytest.raises(Problem, match="cannot be read"):
            read_document(file)


def test_other_words_do_not_look_like_a_source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for text in ("frobnicate", "", "x^2 + y^2", "sgd:lr=0.1", "optisim", "list"):
        assert not is_source(text)
    for text in ("gone.json", "gone.PNG", "example:", "optisim:1", "."):
        assert is_source(text)


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_exported_numbers_are_told_from_documents(tmp_path, ending):
    scenario = chapter_scenario()
    path = tmp_path / f"paths{ending}"
    save_data(scenario, race_to_end(scenario), path)
    with pytest.raises(Problem, match="the numbers of a race"):
        read_source(str(path))
