"""An optimizer and a surface that are registered are everywhere: nothing else in the tree knows their names."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import optisim
from optisim import OPTIMIZERS, SURFACES, Equation, Optimizer, Step, Surface, rate
from optisim.cli import main
from tests.ui.driver import assert_true_to_scenario, entries, picture, settle, shows_color

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Sleepwalker(Optimizer):
    """Steps downhill at every second update."""

    name = "Sleepwalker"
    character = "rests at every second update"
    paper = "made up"
    family = "sign"
    lr: float = rate(0.2)
    equations = (Equation("x", r"W \leftarrow W - \eta g"),)

    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        return Step(t, x, loss, grad, -self.lr * (t % 2) * grad)


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setitem(OPTIMIZERS, "sleepwalker", Sleepwalker)
    surface = Surface(
        "tray", "x^4 + y^2", minima=((0.0, 0.0),), name="Tray", teaches="Flat one way.", family="bowls"
    )
    monkeypatch.setitem(SURFACES, "tray", surface)


def test_the_command_line_lists_simulates_and_renders_them(registered, capsys, tmp_path):
    for what, name in (("optimizers", "sleepwalker"), ("surfaces", "tray")):
        assert main(["list", what]) == 0
        assert name in capsys.readouterr().out
    race = ["--surface", "tray", "--run", "sleepwalker:lr=0.01@cosine", "--run", "lookahead-sleepwalker"]
    for command, file in (("simulate", "paths.csv"), ("render", "figure.svg")):
        assert main([command, *race, "-o", str(tmp_path / file)]) == 0
    with (tmp_path / "paths.csv").open(encoding="utf-8") as table:
        rows = csv.DictReader(line for line in table if line[0] != "#")
        assert {row["optimizer"].partition(":")[0] for row in rows} == {
            "sleepwalker",
            "lookahead-sleepwalker",
        }
    assert (tmp_path / "figure.svg").stat().st_size > 10_000


def test_the_window_offers_races_and_draws_them(registered, open_window, settings, qtbot):
    window = open_window(settings)
    menu = window.lab.runs_panel.add_menu
    menu.aboutToShow.emit()
    (entry,) = (action for action in entries(menu) if action.data() == "sleepwalker")
    assert entry.text() == "Sleepwalker"
    entry.trigger()
    assert list(window.lab.runs_panel.form.boxes) == ["lr"]
    catalogue = window.lab.surface_panel.catalogue
    assert catalogue.findData("tray") >= 0
    catalogue.activated.emit(catalogue.findData("tray"))
    assert window.lab.player.scenario.surface.slug == "tray"
    assert window.lab.surface_panel.teaches.text() == "Flat one way."
    window.lab.player.to_end()
    settle(qtbot, window)
    assert_true_to_scenario(window)
    qtbot.waitUntil(lambda: shows_color(picture(window), window.lab.player.scenario.runs[-1].color))


def test_no_other_file_names_an_optimizer_or_a_surface():
    """But for the chapter's experiment, the words that shorten share strings, and examples called after them."""
    homes = ("core/optimizers/", "core/surfaces/", "core/race/scenario.py", "core/documents/")
    slugs = [*OPTIMIZERS, *(slug for slug in SURFACES if slug != "saddle")]
    named = re.compile(rf"[\"']({'|'.join(map(re.escape, slugs))})[\"']")
    for path in (ROOT / "optisim").rglob("*.py"):
        place = path.relative_to(ROOT / "optisim").as_posix()
        if place.startswith(homes):
            continue
        code = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if "example=" not in line)
        found = [match for match in named.findall(code) if (place, match) not in KNOWN]
        assert not found, place


KNOWN = {  # drawn if nothing is asked for; examples; shapes
    ("__init__.py", "sgd"),
    ("core/race/simulate.py", "sgd"),
    ("canvas/markers.py", "diamond"),
    ("core/surfaces/curvature.py", "bowl"),
}


def test_the_public_names_are_there():
    for name in optisim.__all__:
        assert hasattr(optisim, name)
