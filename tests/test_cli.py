"""The command line, as people and scripts use it."""

import contextlib
import csv
import io
import itertools
import json
import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

import optisim
from optisim import cli, screen
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.base.problems import Problem
from optisim.core.documents.examples import EXAMPLES
from optisim.core.documents.kinds import KINDS, from_json, to_json
from optisim.core.documents.sharing import from_share, to_share
from optisim.core.race.scenario import chapter_scenario, make_scenario
from optisim.core.surfaces import SURFACES
from optisim.export.embedding import PNG_KEY, svg_with_document
from optisim.export.films import FILM_FORMATS
from optisim.export.results import cells, results_at_end
from optisim.export.script import script_of
from optisim.export.tables import as_latex, as_markdown
from optisim.language import LANGUAGES, use_language
from tests.canvas.pictures import colors, count, difference, rgb_of_color, rgb_of_file
from tests.core.documents.note_kind import NOTE, Note
from tests.fast import examples

PROJECT = Path(__file__).resolve().parents[1]
COMMANDS = ("open", "render", "simulate", "share", "list")


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    monkeypatch.setattr(cli, "system_language", lambda: "en")
    yield
    use_language("en")


@pytest.fixture
def say(capsys, qapp, tmp_path, monkeypatch):
    """Gives the command line some arguments, in an empty folder, and returns what it answers."""
    monkeypatch.chdir(tmp_path)

    def said(*arguments):
        capsys.readouterr()
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        return Answer(code, *capsys.readouterr())

    return said


def call(*arguments, folder, stdout=subprocess.PIPE, **environment):
    """`python -m optisim` as its own process, on a machine without a screen."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONIOENCODING", "PYTHONUNBUFFERED")
    }
    clean |= {"PYTHONPATH": str(PROJECT), "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "error", **environment}
    return subprocess.run(
        [sys.executable, "-m", "optisim", *map(str, arguments)],
        cwd=folder,
        env=clean,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )


def the_sentence(err):
    """What `err` says, which must be one sentence on one line."""
    assert "Traceback" not in err
    assert err.endswith("\n")
    assert len(err.splitlines()) == 1, err
    assert err.startswith("optisim: ")
    sentence = err.removeprefix("optisim: ").strip()
    assert sentence
    return sentence


# ── render ───────────────────────────────────────────────────────────────────────────────────────────────


def test_render_alone_draws_the_chapters_bowl(say, tmp_path):
    assert say("render") == (0, "optisim.png\n", "")
    picture = rgb_of_file(tmp_path / "optisim.png")
    assert picture.shape == (800, 1280, 3)
    spelled = ["render", "-o", "spelled.png", "--surface", "x^2/20 + y^2", "--domain=-8,4,-3,3", "--log"]
    spelled += ["--start=-7,2", "--steps=30", "--step=30", "--scale=1", "--size=1280x800", "--theme=light"]
    for run in ("sgd:lr=0.95", "momentum:lr=0.1,momentum=0.9", "adagrad:lr=1.5", "rmsprop", "adam:lr=0.3"):
        spelled += ["--run", run]
    assert say(*spelled).code == 0
    # a formula of one's own has no known minimum, so only the star there is missing
    differing = np.argwhere(difference(picture, rgb_of_file(tmp_path / "spelled.png")) > 0)
    assert 20 < len(differing) < 200
    assert np.ptp(differing, axis=0).max() <= 16


@pytest.mark.slow(keep=2)
@pytest.mark.parametrize("slug", SURFACES)
def test_every_surface_makes_a_picture_of_its_own(say, tmp_path, slug):
    assert say("render", "--surface", slug, "--size", "480x320", "-o", "drawn.png") == (0, "drawn.png\n", "")
    picture = rgb_of_file(tmp_path / "drawn.png")
    assert picture.shape == (320, 480, 3)
    assert colors(picture) > 500
    grey = picture.mean(axis=-1)
    assert grey.std() > 10
    assert (np.ptp(grey[20:280, 60:400], axis=0) > 15).all(), "nothing is drawn in some column of the map"
    for run in chapter_scenario(SURFACES[slug]).runs:
        assert count(picture, run.color, 24) > 25, f"{run.name} is missing"
    assert say("render", "--surface", slug, "--size", "480x320", "-o", "still.png", "--step", 0).code == 0
    moved = difference(picture, rgb_of_file(tmp_path / "still.png"))
    assert (moved > 40).sum() > 100, "no ball has left a trail"


def test_size_and_scale_set_pixels_and_resolution(say, tmp_path):
    for size, scale, pixels in (
        ("300x200", "1", (300, 200)),
        ("300X200", "2.5", (750, 500)),
        ("320×240", ".5", (160, 120)),
    ):
        assert say("render", "--size", size, "--scale", scale).code == 0
        image = QImage(str(tmp_path / "optisim.png"))
        assert (image.width(), image.height()) == pixels
        assert image.dotsPerMeterX() == image.dotsPerMeterY() == round(96 / 0.0254)


def test_the_picture_of_a_step_is_that_of_a_race_which_ends_there(say, tmp_path):
    race = ["render", "--size=320x240", "--run=sgd:lr=0.95", "--run=adam:lr=0.3"]
    race.append("--hide=labels,legend")  # which keep away from the whole race, not only from what is seen of it
    for name, steps in (("at", ["--steps=30", "--step=7"]), ("end", ["--steps=7"]), ("last", ["--steps=30"])):
        assert say(*race, *steps, "-o", f"{name}.png").code == 0
    at, end, last = (rgb_of_file(tmp_path / f"{name}.png") for name in ("at", "end", "last"))
    assert np.array_equal(at, end)
    assert not np.array_equal(at, last)


def test_each_theme_has_its_own_ground(say, tmp_path):
    for theme in (LIGHT, DARK):
        assert say("render", "--size=320x240", "--theme", theme.name).code == 0
        assert (rgb_of_file(tmp_path / "optisim.png")[0, 0] == rgb_of_color(theme.base)).all()


@pytest.mark.parametrize(("ending", "begins"), [(".svg", b"<?xml"), (".pdf", b"%PDF-"), (".PNG", b"\x89PNG")])
def test_the_ending_chooses_the_format(say, tmp_path, ending, begins):
    assert say("render", "--size=320x240", "-o", "figure" + ending) == (0, f"figure{ending}\n", "")
    assert (tmp_path / ("figure" + ending)).read_bytes().startswith(begins)
    assert [file.name for file in tmp_path.iterdir()] == ["figure" + ending]


@pytest.fixture
def drawn(monkeypatch):
    """Notes what paints the figure that would be saved, instead of saving it."""
    from optisim.export.figures import formats as figures

    noted = []
    monkeypatch.setattr(figures, "save_figure", lambda painter, scenario, path: noted.append(painter))
    return noted


def snapshot_of(painter):
    """The snapshot on the only map that is painted."""
    (cell,) = painter.cells
    return cell.map.snapshot


def test_domain_sets_what_is_seen(say, drawn):
    for given_as in (["--domain=-3,1.5,-2e-1,4"], ["--domain", "-3, 1.5, -0.2, 4"]):
        assert say("render", *given_as).code == 0
        (cell,) = drawn.pop().cells
        assert cell.map.projection.view == (-3, 1.5, -0.2, 4)


def test_log_and_linear_overrule_the_surface(say, drawn):
    for surface, own in (("bowl", True), ("saddle", False)):
        for option, log in (([], own), (["--log"], True), (["--linear"], False)):
            assert say("render", "--surface", surface, *option).code == 0
            (cell,) = drawn.pop().cells
            assert cell.map.terrain.heights.scale.log is log


def test_starts_and_runs_may_be_repeated(say, drawn):
    starts = ["--start", "-7,2", "--start=-1.5,-2", "--start", "3, -4e-1", "--start", "-.5,1"]
    runs = ["--run", "sgd:lr=0.2", "--run=adam", "--run", "sgd:lr=0.4"]
    assert say("render", *starts, *runs, "--steps", 12).code == 0
    race = snapshot_of(drawn.pop())
    assert race.scenario.starts == ((-7.0, 2.0), (-1.5, -2.0), (3.0, -0.4), (-0.5, 1.0))
    assert [run.optimizer.spec for run in race.scenario.runs] == ["sgd:lr=0.2", "adam", "sgd:lr=0.4"]
    assert len({(run.color, run.marker) for run in race.scenario.runs}) == 3
    assert (race.scenario.steps, race.cursor) == (12, 12.0)
    assert [trajectory.x.shape for trajectory in race.trajectories] == [(13, 4, 2)] * 3


def test_a_formula_may_begin_with_a_minus(say, drawn):
    for given_as in (["--surface", "-x^2 - y^2"], ["--surface=-x^2 - y^2"], ["--surface", "-(x^2) - y^2"]):
        assert say("render", *given_as).code == 0
        assert snapshot_of(drawn.pop()).scenario.surface.value((3.0, 1.0)) == -10.0


def test_every_option_of_a_figure_is_a_field_of_it(say, drawn):
    from optisim.export.figures.figure import PRESETS, Figure

    plain = Figure()
    shown = {"display": plain.display.with_parts(arrows=True, local=True, heat=False, labels=False)}
    for options, fields in (
        ([], {}),
        (["--size", "88x66mm"], {"width": 88, "height": 66, "unit": "mm", "dpi": 300, "text": 8}),
        (
            ["--size", "3.5x2.5 in", "--dpi=600", "--text=7"],
            {"width": 3.5, "height": 2.5, "unit": "in", "dpi": 600, "text": 7},
        ),
        (["--size=640x480", "--scale=2"], {"width": 1280, "height": 960, "text": 18}),
        (["--transparent", "--equal", "--theme=dark"], {"transparent": True, "equal": True, "theme": "dark"}),
        (["--title", "A & B", "--caption", "--panels"], {"title": "A & B", "caption": True, "panels": True}),
        (["--charts", "loss, rate,loss", "--below"], {"charts": ("loss", "rate"), "beside": False}),
        (["--show=arrows,local", "--hide=heat,labels,axes"], {**shown, "axes": False}),
        (["--colormap=magma"], {"display": replace(plain.display, colormap="magma")}),
    ):
        assert say("render", *options) == (0, "optisim.png\n", "")
        assert drawn.pop().figure == replace(plain, **fields), options
    for name, preset in PRESETS.items():
        assert say("render", "--preset", name).code == 0
        assert drawn.pop().figure == preset.apply(plain)


# ── Films ────────────────────────────────────────────────────────────────────────────────────────────────

SHORT = ["--size=160x120", "--text=5", "--speed=10", "--to=4", "--fps=5", "--hold=0.4"]


@pytest.mark.parametrize("ending", FILM_FORMATS)
def test_a_film_is_written_in_every_format_and_says_nothing_in_a_pipe(say, tmp_path, ending):
    import av

    assert say("render", *SHORT, "-o", f"film{ending}") == (0, f"film{ending}\n", "")
    with av.open(tmp_path / f"film{ending}") as container:
        frames = list(container.decode(video=0))
    assert (frames[0].width, frames[0].height) == (160, 120)
    assert len(frames) == (4 if ending in (".mp4", ".webm") else 3)


@pytest.mark.parametrize("ending", FILM_FORMATS)
def test_a_film_carries_its_scenario(say, ending):
    """Many starts of many digits, so that the text is long."""
    race = [f"--start={math.sin(k)!r},{math.cos(k)!r}" for k in range(20)]
    assert say("render", *SHORT, *race, "--hide=legend", "-o", f"film{ending}").code == 0
    carried, meant = say("share", f"film{ending}"), say("share", *race)
    assert carried == meant
    assert len(carried.out) > 300


@pytest.mark.parametrize("ending", FILM_FORMATS)
def test_a_film_that_is_none_or_carries_nothing_gets_one_sentence(say, tmp_path, ending):
    for content in (b"", b"film", b"\x89PNG\r\n\x1a\n" + bytes(400), os.urandom(2000)):
        (tmp_path / f"film{ending}").write_bytes(content)
        done = say("share", f"film{ending}")
        assert (done.code, done.out) == (2, "")
        assert f"film{ending}" in the_sentence(done.err)
    assert "missing" in the_sentence(say("share", f"missing{ending}").err)


def test_a_film_of_any_colour_and_name_is_read_again(say, tmp_path):
    """The bytes of one colour are those with which a GIF's pictures begin; other names look like addresses."""
    green = replace(GIVEN, runs=(replace(GIVEN.runs[0], color="#21F904"),))
    (tmp_path / "green.json").write_text(to_json(green), encoding="utf-8-sig")
    for name in ("green.gif", "file:a.mp4", "a\udcff.webm"):
        assert say("render", "green.json", *SHORT, "-o", name).code == 0
        assert say("share", name) == say("share", "green.json")


def test_the_same_film_twice_has_the_same_bytes(say, tmp_path):
    for ending in FILM_FORMATS:
        for name in ("one", "two"):
            assert say("render", *SHORT, "-o", f"same{ending}").code == 0
            (tmp_path / f"same{ending}").rename(tmp_path / name)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes(), ending


def test_a_title_with_what_xml_cannot_have_still_makes_an_svg(say, tmp_path):
    assert say("render", "--title", "a\x01b\ufffe", "-o", "odd.svg").code == 0
    ElementTree.parse(tmp_path / "odd.svg")


@pytest.mark.parametrize("shape", ["(len(x),)", "(len(x), 3)", "(len(x), 2, 3)", "(len(x), 0)"])
@pytest.mark.parametrize("name", ["run", "y", "K", "lr", "seed", "w"])
def test_what_an_own_rule_keeps_in_any_shape_is_in_the_table(say, tmp_path, catalogue_again, name, shape):
    (tmp_path / "odd.py").write_text(
        f"""
from dataclasses import dataclass
import numpy as np
import optisim

@dataclass(slots=True)
class OddStep(optisim.Step):
    {name}: np.ndarray

@dataclass(frozen=True)
class Odd(optisim.Optimizer):
    name = "Odd"
    character = "keeps odd things"
    paper = "none"
    equations = (optisim.Equation("x", r"W \\leftarrow W - g / 10"),)
    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        return OddStep(t, x, loss, grad, -0.1 * grad, np.full({shape}, 7.0))
""",
        encoding="utf-8",
    )
    done = say("simulate", "--plugin", "odd.py", "--run", "odd", "--steps", "2")
    assert (done.code, done.err) == (0, "")
    header, *rows = csv.reader(line for line in io.StringIO(done.out) if not line.startswith("#"))
    assert len(set(header)) == len(header)
    assert all(len(row) == len(header) for row in rows)
    odd = [cell for row in rows for head, cell in zip(header, row, strict=True) if head not in PLAIN_HEADS]
    assert set(odd) <= {"7.0"}
    assert len(odd) == 3 * {"(len(x),)": 1, "(len(x), 3)": 3, "(len(x), 2, 3)": 6, "(len(x), 0)": 0}[shape]


PLAIN_HEADS = {"run", "optimizer", "ball", "t", "x", "y", "loss", "grad_x", "grad_y", "update_x", "update_y"}


@pytest.fixture
def catalogue_again():
    before = dict(optisim.OPTIMIZERS)
    yield
    optisim.OPTIMIZERS.clear()
    optisim.OPTIMIZERS.update(before)


def test_a_film_takes_as_long_as_asked_for_and_goes_from_step_to_step(say, tmp_path):
    import av

    for options, seconds in ((["--seconds=3"], 3.0), (["--from=10", "--to=20", "--speed=5", "--hold=1"], 3.0)):
        assert say("render", "--size=160x120", "--text=5", "--fps=10", *options, "-o", "film.mp4").code == 0
        with av.open(tmp_path / "film.mp4") as container:
            assert float(container.duration / av.time_base) == pytest.approx(seconds, abs=0.05)


@pytest.mark.slow
def test_a_terminal_is_told_how_far_the_film_is(tmp_path):
    """With a real terminal at standard error, the name of the file and the number of frames are told there."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "optisim", "render", *SHORT, "-o", "film.mp4"]
    environment = {**clean, "PYTHONPATH": str(PROJECT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs, timeout=60)
    said = os.read(ours, 100_000).decode()
    for end in (ours, theirs):
        os.close(end)
    assert (done.returncode, done.stdout) == (0, b"film.mp4\n")
    assert "film.mp4" in said
    assert "/4" in said


@pytest.mark.slow
def test_render_needs_no_screen(tmp_path):
    done = call("render", "--size", "320x240", "-o", "figure.png", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "figure.png\n", "")
    assert rgb_of_file(tmp_path / "figure.png").shape == (240, 320, 3)


# ── simulate ─────────────────────────────────────────────────────────────────────────────────────────────


def assert_same_bits(table, result):
    """The table has every number of the result, to the last bit."""
    rows = list(csv.DictReader(line for line in io.StringIO(table) if not line.startswith("#")))
    for number, trajectory in enumerate(result, start=1):
        own = [row for row in rows if row["run"] == f"{number} {trajectory.run.name}"]
        steps, balls = trajectory.loss.shape
        assert [(int(row["ball"]), int(row["t"])) for row in own] == [
            (ball + 1, t) for ball in range(balls) for t in range(steps)
        ]
        assert {row["optimizer"] for row in own} == {trajectory.run.optimizer.spec}
        for name, column in trajectory.columns.items():
            keys = ("x", "y") if name == "x" else (f"{name}_x", f"{name}_y") if column.ndim == 3 else (name,)
            read = np.array([[float(row[key]) for key in keys] for row in own])
            wanted = column.swapaxes(0, 1).reshape(steps * balls, -1)
            assert read.tobytes() == wanted.tobytes(), f"{trajectory.run.name}: {name}"
    assert len(rows) == sum(trajectory.loss.size for trajectory in result)


def test_simulate_writes_the_very_bits_of_the_library(say, tmp_path):
    runs = ["sgd:lr=0.95", "momentum", "nesterov:lr=0.05", "adagrad", "rmsprop", "adam:lr=0.3,beta1=0.8"]
    starts = [(-7.0, 2.0), (0.1, -1e-3)]
    options = ["--surface=rosenbrock", "--steps", 40, *(f"--run={run}" for run in runs)]
    options += [f"--start={x},{y}" for x, y in starts]
    to_screen = say("simulate", *options)
    assert (to_screen.code, to_screen.err) == (0, "")
    assert_same_bits(to_screen.out, optisim.simulate("rosenbrock", runs, starts, steps=40))
    assert say("simulate", *options, "-o", "-").out == to_screen.out
    assert say("simulate", *options, "-o", "paths.csv") == (0, "paths.csv\n", "")
    assert (tmp_path / "paths.csv").read_text(encoding="utf-8") == to_screen.out


def test_simulate_alone_runs_the_chapters_race(say):
    runs = [run.optimizer for run in chapter_scenario().runs]
    assert_same_bits(say("simulate").out, optisim.simulate("bowl", runs, (-7, 2), steps=30))


def test_simulate_works_as_a_process(tmp_path):
    done = call("simulate", "--surface", "x^4 - y", "--steps", 5, "--run", "adam", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert_same_bits(done.stdout, optisim.simulate("x^4 - y", "adam", steps=5))
    assert not list(tmp_path.iterdir())


# ── Sources ──────────────────────────────────────────────────────────────────────────────────────────────

GIVEN = replace(
    make_scenario(
        SURFACES["himmelblau"], [optisim.SGD(lr=0.01), optisim.Adam(lr=0.2)], starts=((1.0, 2.0),), steps=9
    ),
    noise=optisim.Gaussian(sigma=0.25),
    seed=5,
    seeds=2,
)


@pytest.fixture
def sources(tmp_path, qapp):
    """One scenario in every form that there is."""
    from PySide6.QtGui import QImage

    (tmp_path / "given.optisim.json").write_text(to_json(GIVEN), encoding="utf-8")
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    image.setText(PNG_KEY, to_json(GIVEN))
    assert image.save(str(tmp_path / "given.png"))
    (tmp_path / "given.svg").write_bytes(svg_with_document(b"<svg>\n</svg>\n", GIVEN))
    return ["given.optisim.json", "given.png", "given.svg", to_share(GIVEN), f" <{to_share(GIVEN)}>\n"]


def test_a_scenario_is_raced_whatever_form_it_is_in(say, sources):
    for source in sources:
        done = say("simulate", source)
        assert (done.code, done.err) == (0, "")
        assert_same_bits(done.out, optisim.simulate(GIVEN))


def test_an_example_is_raced_by_its_name(say):
    for name, example in list(EXAMPLES.items())[:3]:
        done = say("simulate", f"example:{name}", "--steps", 3)
        assert (done.code, done.err) == (0, "")
        assert_same_bits(done.out, optisim.simulate(replace(example.scenario(), steps=3)))


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ([], GIVEN),
        (["--steps=4"], replace(GIVEN, steps=4)),
        (["--start=3,4", "--start", "-1,2"], replace(GIVEN, starts=((3.0, 4.0), (-1.0, 2.0)))),
        (["--noise=none"], replace(GIVEN, noise=optisim.NoNoise())),
        (["--seed=8", "--seeds", "3"], replace(GIVEN, seed=8, seeds=3)),
        (["--linear"], replace(GIVEN, surface=replace(GIVEN.surface, log=False))),
        (["--log"], replace(GIVEN, surface=replace(GIVEN.surface, log=True))),
        (
            ["--domain=-1,2,-3,4"],
            replace(GIVEN, surface=replace(GIVEN.surface, domain=optisim.Domain(-1, 2, -3, 4))),
        ),
        (["--surface=rosenbrock"], GIVEN.with_surface(SURFACES["rosenbrock"])),
        (
            ["--run=momentum:lr=0.001", "--run=sgd"],
            replace(GIVEN, runs=make_scenario(GIVEN.surface, [optisim.Momentum(lr=0.001), optisim.SGD()]).runs),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_change_what_a_source_says_and_nothing_else(say, sources, options, changed):
    for source in sources[:1]:
        done = say("share", source, *options)
        assert (done.code, done.err) == (0, "")
        assert from_share(done.out) == from_json(to_json(changed))
        assert say("share", *options, source) == done


def test_share_alone_prints_the_chapters_race(say):
    done = say("share")
    assert from_share(done.out) == chapter_scenario()
    assert (done.code, done.err, len(done.out.splitlines())) == (0, "", 1)


def test_what_simulate_writes_is_chosen_by_the_ending(say, sources, tmp_path):
    result = optisim.simulate(GIVEN)
    for ending in (".csv", ".json", ".npz", ".py", ".md", ".tex", ".optisim.json", ".OPTISIM.JSON", ".CSV"):
        done = say("simulate", sources[3], "-o", f"made{ending}")
        assert done == (0, f"made{ending}\n", ""), ending
    assert_same_bits((tmp_path / "made.csv").read_text(encoding="utf-8"), result)
    data = json.loads((tmp_path / "made.json").read_text(encoding="utf-8"))
    assert data["runs"][1]["columns"]["x"] == result[1].x.tolist()
    with np.load(tmp_path / "made.npz") as arrays:
        assert arrays["run1_x"].tobytes() == result[0].x.tobytes()
    assert (tmp_path / "made.py").read_text(encoding="utf-8") == script_of(GIVEN)
    table = cells(results_at_end(GIVEN, list(result)))
    assert (tmp_path / "made.md").read_text(encoding="utf-8") == as_markdown(table)
    assert (tmp_path / "made.tex").read_text(encoding="utf-8") == as_latex(table)
    assert from_json((tmp_path / "made.optisim.json").read_text(encoding="utf-8")) == GIVEN
    assert from_json((tmp_path / "made.OPTISIM.JSON").read_text(encoding="utf-8")) == GIVEN


@pytest.fixture
def opened(monkeypatch):
    """Notes what the window would open, instead of opening it."""
    noted = []
    monkeypatch.setattr("optisim.app.run", lambda *given: noted.append(given) or 0)
    return noted


def test_a_source_alone_opens_the_window_with_it(say, sources, opened):
    for source in [*sources, "example:zigzag"]:
        for arguments in ([source], ["open", source], ["--lang", "zh", source], ["--lang=zh", "open", source]):
            assert say(*arguments) == (0, "", "")
            language, got = opened.pop()
            assert got == source
            assert (language == "zh") == arguments[0].startswith("--lang")
    assert say() == (0, "", "")
    assert opened.pop() == (None, None)


def test_a_file_with_the_name_of_a_command_is_opened_by_open(say, opened, tmp_path):
    (tmp_path / "list").write_text(to_json(GIVEN), encoding="utf-8")
    assert "surfaces" in the_sentence(say("list").err)
    assert say("open", "list") == (0, "", "")
    assert opened == [(None, "list")]


@pytest.mark.slow(keep=1)
@pytest.mark.parametrize("source", ["nowhere.optisim.json", "example:tiger", "optisim:1broken"])
def test_a_source_that_cannot_be_opened_is_told_before_there_is_a_window(tmp_path, source):
    done = call(source, folder=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout) == (2, "")
    the_sentence(done.stderr)


# ── list, --help, --version ──────────────────────────────────────────────────────────────────────────────


def test_lists_have_a_line_for_everything(say):
    surfaces, optimizers = (say("list", what).out.splitlines() for what in ("surfaces", "optimizers"))
    assert [line.split(maxsplit=1) for line in surfaces] == [[s.slug, s.formula] for s in SURFACES.values()]
    assert [line.split()[0] for line in optimizers] == [*optisim.OPTIMIZERS, "lookahead-…"]
    for line, kind in zip(optimizers, optisim.OPTIMIZERS.values(), strict=False):
        rest = line.partition(kind.name)[2].strip()
        assert optisim.OPTIMIZERS.read(f"{kind.slug()}:{rest}") == kind()


def test_lists_in_json_tell_all(say):
    surfaces = json.loads(say("list", "surfaces", "--json").out)
    for entry, surface in zip(surfaces, SURFACES.values(), strict=True):
        names = ("slug", "family", "name", "formula", "domain", "minima", "start", "steps", "teaches", "source")
        known: dict[str, object] = {name: getattr(surface, name) for name in names}
        known["parameters"] = {parameter.name: parameter.value for parameter in surface.parameters}
        assert entry == json.loads(json.dumps(known))
    optimizers = json.loads(say("list", "optimizers", "--json").out)
    for entry, kind in zip(optimizers, optisim.OPTIMIZERS.values(), strict=True):
        for name in ("name", "paper", "family", "character"):
            assert entry[name] == getattr(kind, name)
        assert entry["slug"] == kind.slug()
        assert entry["hyperparameters"] == kind().values
        assert entry["equations"] == [equation.latex for equation in kind().equations]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)], ids=("optisim", *COMMANDS))
def test_help_tells_every_option(say, command, language):
    done = say("--lang", language, *command, "--help")
    assert (done.code, done.err) == (0, "")
    race = ["--surface", "--param", "--run", "--start", "--steps", "--domain", "--log", "--linear", "--output"]
    race += ["--noise", "--seed", "--seeds", "--plugin"]
    own = {
        "open": ["SOURCE", "example:"],
        "share": race[:8],
        "render": [*race, "--size", "--scale", "--step", "--theme", "--preset", "--panels", "--fps", ".mp4"],
        "simulate": race,
        "list": ["surfaces|optimizers|schedules|noises|examples", "--json", "--plugin"],
    }
    for word in own[command[0]] if command else ["--version", "--lang", *COMMANDS]:
        assert word in done.out
    assert say("--lang", language, *command, "-h").out == done.out
    assert ("用法" in done.out) is (language == "zh")


def test_examples_are_listed_with_what_they_say(say):
    lines = say("list", "examples").out.splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [[name, e.title] for name, e in EXAMPLES.items()]
    entries = json.loads(say("list", "examples", "--json").out)
    assert entries == [{"name": name, "title": e.title, "says": e.says} for name, e in EXAMPLES.items()]


def test_version_is_told(say):
    assert say("--version") == (0, f"OptiSim {optisim.__version__}\n", "")


# ── Bad input ────────────────────────────────────────────────────────────────────────────────────────────

BAD = [
    # (arguments, what the sentence must name); {out} is a file that stands there already
    (["frobnicate"], "frobnicate"),
    (["--frobnicate"], "--frobnicate"),
    (["--lang", "tlh"], "tlh"),
    (["--lang"], "--lang"),
    (["--lang", "tlh", "render", "-o", "{out}.png"], "tlh"),
    (["list"], "surfaces"),
    (["list", "balls"], "balls"),
    (["list", "surfaces", "optimizers"], "optimizers"),
    *(
        ([command, "-o", "{out}" + ending, *options], named)
        for command, ending in (("render", ".png"), ("simulate", ".csv"))
        for options, named in (
            (["stray"], "stray"),
            (["--colour", "red"], "--colour"),
            (["--steps"], "--steps"),
            (["--log", "--linear"], "--linear"),
            (["--surface", ""], "x"),
            (["--surface", "a*x^2 + y^2", "--param", "b=2"], "“b”"),
            (["--surface", "a*x^2 + y^2", "--param", "x=2"], "“x”"),
            (["--surface", "a*x^2 + y^2", "--param", "a"], "“a”"),
            (["--surface", "a*x^2 + y^2", "--param", "a=nan"], "a needs finite numbers"),
            (["--surface", "x^2/a + y^2", "--param", "a=0"], "divides by zero"),
            (["--run", "sgd:lr=nan"], "lr"),
            (["--run", "sgd@"], "schedule"),
            (["--run", "sgd@cosine:end=2"], "end"),
            (["--run", "sgd@step:every=1.5"], "whole number"),
            (["--run", "bfgs@cosine"], "BFGS"),
            (["--noise", "pink"], "“pink”"),
            (["--noise", "gaussian:sigma=-1"], "sigma"),
            (["--noise", "batches"], "data"),
            (["--surface", "linear-regression", "--noise", "batches:size=41"], "40"),
            (["--noise", "gaussian", "--seed", "-1"], "seed"),
            (["--seed", "1.5"], "--seed"),
            (["--noise", "gaussian", "--seeds", "0"], "seeds"),
            (["--plugin", "nowhere.py"], "nowhere.py"),
            (["--surface", "rosenbrok"], "rosenbrock"),
            (["--surface", "x +"], "Column 4"),
            (["--surface", "x^2 + import(y)"], "import"),
            (["--surface", "x^9^9^9"], "Column"),
            (["--surface", "x" + "+x" * 5000], "1000"),
            (["--surface", "(" * 99 + "x" + ")" * 99], "40"),
            (["--surface", "x²\x07"], "Column 3"),
            (["--run", ""], "sgd"),
            (["--run", "sdg"], "sdg"),
            (["--run", "sgd:lr"], "lr"),
            (["--run", "sgd:lr="], "lr"),
            (["--run", "sgd:lr=fast"], "fast"),
            (["--run", "sgd:lr=-1"], "-1"),
            (["--run", "sgd:lr=nan"], "nan"),
            (["--run", "sgd:lr=1e999"], "1e999"),
            (["--run", "sgd:momentum=0.9"], "momentum"),
            (["--run", "sgd:lr=1,lr=2"], "twice"),
            (["--run", "adam:beta1=1"], "beta1"),
            (["--run", "sgd"] * 51, "50"),
            (["--start", "1"], "--start"),
            (["--start", "1,2,3"], "--start"),
            (["--start", "a,b"], "--start"),
            (["--start", "-1;2"], "--start"),
            (["--start", "nan,0"], "finite"),
            (["--start", "0,1e400"], "finite"),
            (["--start", "1e13,0"], "finite"),
            (["--start", "1,1"] * 101, "100"),
            (["--steps", "0"], "100000"),
            (["--steps", "-3"], "100000"),
            (["--steps", "100001"], "100000"),
            (["--steps", "9" * 5000], "--steps"),
            (["--steps", "1.5"], "1.5"),
            (["--steps", "ten"], "ten"),
            (["--steps", "٣"], "٣"),
            (["--steps", "1\n2"], r"1\n2"),
            (["--domain", "1,2,3"], "--domain"),
            (["--domain", "0,1,0,one"], "--domain"),
            (["--domain", "1,0,0,1"], "1"),
            (["--domain", "0,0,0,1"], "0"),
            (["--domain", "0,1,0,inf"], "finite"),
            (["--domain", "1,1.0000000000000002,0,1"], "thin"),
            (["--domain", "-1e300,1e300,0,1"], "wide"),
        )
    ),
    *(
        (["render", "-o", "{out}.png", *options], named)
        for options, named in (
            (["--size", "big"], "--size"),
            (["--size", "0x0"], "positive"),
            (["--size", "63x800"], "too small"),
            (["--size", "-100x100"], "--size"),
            (["--size", "100"], "--size"),
            (["--size", "9999999x800"], "--size"),
            (["--size", "999999x800"], "16384"),
            (["--scale", "0"], "0.1"),
            (["--scale", "nan"], "0.1"),
            (["--scale", "inf"], "16"),
            (["--scale", "-2"], "0.1"),
            (["--scale", "two"], "two"),
            (["--size", "88x66cm"], "--size"),
            (["--size", "88.5x66"], "--size"),
            (["--size", "88x66mm", "--dpi", "0"], "resolution"),
            (["--size", "88x66mm", "--text", "60"], "text"),
            (["--text", "nan"], "text"),
            (["--dpi", "x"], "--dpi"),
            (["--preset", "poster"], "column"),
            (["--show", "hat"], "--show"),
            (["--hide", "heat,hat"], "--hide"),
            (["--charts", "profit"], "distance"),
            (["--colormap", "jet"], "magma"),
            (["--fps", "30"], "--fps"),
            (["--once", "--seconds", "3"], "--once"),
            (["--size", "2000x2000", "--scale", "16"], "16384"),
            (["--step", "31"], "30"),
            (["--step", "-1"], "30"),
            (["--step", "1e3"], "1e3"),
            (["--theme", "blue"], "dark"),
            (["--theme", ""], "dark"),
        )
    ),
    (["render", "-o", "{out}"], ".svg"),
    *(
        (["render", "-o", "{out}.gif", *options], named)
        for options, named in (
            (["--step", "3"], "--from"),
            (["--transparent"], "--transparent"),
            (["--speed", "3", "--seconds", "3"], "--seconds"),
            (["--from", "31"], "--from"),
            (["--from", "20", "--to", "10"], "begins"),
            (["--to", "-1"], "--to"),
            (["--fps", "60"], "GIF"),
            (["--fps", "0"], "60"),
            (["--fps", "1.5"], "--fps"),
            (["--speed", "0"], "steps a second"),
            (["--speed", "nan"], "steps a second"),
            (["--seconds", "0.1"], "longer"),
            (["--seconds", "inf"], "longer"),
            (["--hold", "-1"], "last frame"),
            (["--speed", "0.01", "--fps", "50"], "frames"),
            (["--size", "5000x300"], "4096"),
        )
    ),
    (["render", "-o", "{out}.bmp"], ".mp4"),
    (["render", "-o", "{out}.png.exe"], ".svg"),
    (["render", "-o", "folder.png"], "folder.png"),
    (["render", "-o", "nowhere/figure.png"], "nowhere"),
    (["render", "-o", "{out}.png/figure.png"], "{out}.png"),
    (["render", "-o", "long" * 100 + ".png"], "longlong"),
    (["render", "-o"], "--output"),
    (["simulate", "-o", "{out}.txt"], ".csv, .json, .npz, .md, .tex, .py"),
    (["simulate", "-o", "{out}"], ".optisim.json"),
    (["simulate", "-o", "folder.py"], "folder.py"),
    (["share", "-o", "{out}.csv"], "-o"),
    (["open"], "SOURCE"),
    (["open", "one", "two"], "two"),
    (["example:bowl", "stray"], "stray"),
    *(
        ([*command, source], named)
        for command in (["simulate", "-o", "{out}.csv"], ["render", "-o", "{out}.png"], ["share"], ["open"], [])
        for source, named in (
            ("nowhere.optisim.json", "nowhere.optisim.json"),
            ("nowhere.png", "nowhere.png"),
            ("nowhere.svg", "nowhere.svg"),
            ("example:", "zigzag"),
            ("example:tiger", "“tiger”"),
            ("optisim:1", "share string"),
            ("optisim:1ePnupYscG60", "damaged"),
            ("optisim:9ePnupYscG60", "newer"),
            ("{out}.json", "not a document of OptiSim"),
            ("folder.json", "folder.json"),
        )
    ),
    (["simulate", "-o", "folder.csv"], "folder.csv"),
    (["simulate", "-o", "nowhere/paths.csv"], "nowhere"),
    (["simulate", "-o", "long" * 100 + ".csv"], "longlong"),
    (["simulate", "--size", "100x100"], "--size"),
]


@pytest.mark.slow(keep=61)
@pytest.mark.parametrize(("arguments", "named"), BAD, ids=[ascii(" ".join(words)[:60]) for words, _ in BAD])
def test_bad_input_gets_one_sentence_and_harms_no_file(say, tmp_path, arguments, named):
    endings = ("", ".png", ".csv", ".json", ".gif", ".txt", ".png.exe")
    kept = {f"kept{ending}": b"\xff" + os.urandom(40) for ending in endings}
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    for folder in ("folder.png", "folder.csv", "folder.json", "folder.py"):
        (tmp_path / folder).mkdir()
    done = say(*(argument.replace("{out}", "kept") for argument in arguments))
    assert (done.code, done.out) == (2, "")
    assert named.replace("{out}", "kept") in the_sentence(done.err)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == kept
    assert not list(tmp_path.glob("folder.*/*"))


def test_bad_input_is_explained_in_the_language_asked_for(say):
    sentence = the_sentence(say("--lang", "zh", "render", "--scale=99").err)
    assert "0.1" in sentence
    assert re.search("[\u4e00-\u9fff]", sentence)


def test_bad_input_makes_a_process_fail_without_a_traceback(tmp_path):
    done = call("simulate", "--surface", "x + foo(y)", "-o", "paths.csv", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "foo" in the_sentence(done.stderr)
    assert not list(tmp_path.iterdir())


JUNK = [
    "9**9**9", "__import__('os').system('true')", "nan", "-nan", "inf", "-inf", "1e400", "-1e400", "", " ", "\n",
    "0", "-1", "1", "7", "-7,2", "1,2,3", "0,1,0,1", "-1,1,-1,1", "x", "x^2 + y^2", "-x", "1/0", "x^x^x", "((((",
    "😀", "−1", "٣,٤", "\udcff", "%s%n{0}{x}", "--", "-", "=", ":", ",", ",,,", "sgd", "sgd:lr=1e400",
    "sgd:lr=0.1,", "adam:beta1=nan", "bowl", "BOWL", "a.csv", "a.png", "x" * 100_000, "1," * 50_000, "(" * 50_000,
    "9" * 50_000, "100x100", "1x", "dark", "surfaces", "optimizers", "en", "zh",
]  # fmt: skip
OPTIONS = [
    "--surface", "--run", "--start", "--steps", "--step", "--domain", "--log", "--linear", "--size", "--scale",
    "--theme", "-o", "--output", "--json", "--lang", "--help", "-h", "--version", "--s", "--ste",
]  # fmt: skip
values = st.sampled_from(JUNK) | st.text(
    st.characters(exclude_characters="\0/", exclude_categories=()), max_size=12
)
words = st.one_of(
    st.sampled_from([*COMMANDS, *OPTIONS]).map(lambda word: [word]),
    st.tuples(st.sampled_from(OPTIONS), values).map(list),
    st.tuples(st.sampled_from(OPTIONS), values).map(lambda pair: ["=".join(pair)]),
    values.map(lambda word: [word]),
)
some_arguments = st.tuples(
    st.sampled_from([[], *([command] for command in COMMANDS)]), st.lists(words, max_size=4)
).map(lambda parts: [*parts[0], *itertools.chain(*parts[1])])


@given(some_arguments)
@settings(max_examples=examples(60), deadline=None)
def test_no_arguments_whatever_raise_an_error(qapp, tmp_path_factory, arguments):
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("junk"))
        patch.setattr("optisim.export.figures.formats.save_figure", lambda *_: None)
        patch.setattr("optisim.app.run", lambda *_: 0)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = cli.main(arguments)
            except SystemExit as end:
                code = end.code
    if code == 2:
        the_sentence(err.getvalue())
    else:
        assert (code, err.getvalue()) == (0, "")


# ── Standard output that fails ───────────────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=1)
@pytest.mark.parametrize("arguments", [["list", "surfaces"], ["simulate", "--steps=2000"]], ids=" ".join)
def test_a_reader_that_leaves_early_is_no_error(tmp_path, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "wb") as pipe:
        done = call(*arguments, folder=tmp_path, stdout=pipe)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow(keep=1)
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["list", "--help"], ["simulate", "--steps=2000"]], ids=" ".join)
def test_a_full_disk_behind_standard_output_is_told_in_one_sentence(tmp_path, arguments):
    with open("/dev/full", "wb") as full:
        done = call("--lang=en", *arguments, folder=tmp_path, stdout=full)
    assert done.returncode == 2
    assert "disk is full" in the_sentence(done.stderr)


@pytest.mark.slow
def test_an_output_without_chinese_or_accents_gets_them_spelled_out(tmp_path):
    done = call("--lang", "zh", "list", "--help", folder=tmp_path, PYTHONIOENCODING="ascii:strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u" in done.stdout
    done = call("list", "surfaces", "--json", folder=tmp_path, PYTHONIOENCODING="ascii:strict")
    assert [entry["source"] for entry in json.loads(done.stdout)] == [s.source for s in SURFACES.values()]


# ── No screen, no library ────────────────────────────────────────────────────────────────────────────────


def test_without_a_screen_the_window_is_refused_in_one_sentence(tmp_path):
    for arguments in ([], ["--lang", "en"]):
        done = call(*arguments, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "render -o figure.png" in the_sentence(done.stderr)


def test_a_display_that_does_not_answer_is_refused_in_one_sentence(tmp_path):
    done = call(folder=tmp_path, DISPLAY=":6543")
    assert (done.returncode, done.stdout) == (2, "")
    the_sentence(done.stderr)


GONE = "{}: cannot open shared object file: No such file or directory"


@pytest.fixture
def on_linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")


@pytest.fixture
def absent(monkeypatch):
    """Libraries that the system lacks, to be filled by the test; all others are there."""
    names = []

    def load(name):
        if name in names:
            raise OSError(GONE.format(name))
        if names and name.endswith("libqxcb.so"):  # the plugin that needs them
            raise OSError(GONE.format(names[0]))

    monkeypatch.setattr(screen.ctypes, "CDLL", load)
    return names


@pytest.mark.parametrize(
    ("libraries", "packages"),
    [
        (["libEGL.so.1"], "libegl1"),
        (["libxkbcommon.so.0", "libEGL.so.1"], "libegl1 libxkbcommon0"),
        (["libodd-3.so.7"], "libodd-3"),
    ],
)
@pytest.mark.parametrize("command", [["render", "-o", "figure.png"], []], ids=["render", "window"])
def test_libraries_that_qt_misses_are_named_with_their_packages(
    say, monkeypatch, on_linux, absent, tmp_path, libraries, packages, command
):
    real = __import__

    def without(name, *rest):
        if name == "PySide6.QtGui":
            raise ImportError(GONE.format(libraries[0]))
        return real(name, *rest)

    absent += libraries
    with monkeypatch.context() as patch:
        patch.setattr("builtins.__import__", without)
        done = say(*command)
    assert (done.code, done.out) == (2, "")
    sentence = the_sentence(done.err)
    assert libraries[0] in sentence
    assert sentence.endswith(f"apt install {packages}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("libraries", "packages"),
    [
        (["libxcb-cursor.so.0"], "libxcb-cursor0"),
        (["libxcb-icccm.so.4", "libxcb-cursor.so.0"], "libxcb-cursor0 libxcb-icccm4"),
    ],
)
def test_libraries_that_the_window_misses_are_named_with_their_packages(say, on_linux, absent, libraries, packages):
    absent += libraries
    done = say()
    assert (done.code, done.out) == (2, "")
    sentence = the_sentence(done.err)
    assert libraries[0] in sentence
    assert sentence.endswith(f"apt install {packages}")


def test_an_odd_reason_why_qt_does_not_load_is_passed_on(monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtSvg", None)
    with pytest.raises(Problem, match=r"PySide6\.QtSvg"):
        screen.check_libraries()


def test_a_chosen_platform_needs_no_display(monkeypatch, on_linux):
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(Problem, match="no screen"):
        screen.check_screen()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    screen.check_screen()


def test_a_source_with_a_document_of_another_kind_is_told(say, tmp_path, monkeypatch):
    monkeypatch.setitem(KINDS, NOTE.format, NOTE)
    (tmp_path / "note.json").write_text(to_json(Note("x")), encoding="utf-8")
    answer = say("simulate", "note.json")
    assert answer.code == 2
    assert "“note.json” holds no race" in answer.err
