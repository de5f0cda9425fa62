"""Optimizers of the user's own in the window: loading asks first, and a mistake stops only its own run."""

import json

import pytest
from PySide6.QtWidgets import QFileDialog

from optisim.core.documents.kinds import to_json
from optisim.core.optimizers import OPTIMIZERS, plugins
from optisim.core.race.scenario import read_run
from tests.ui.driver import (
    CTRL,
    SHIFT,
    Key,
    assert_true_to_scenario,
    choose,
    click_button,
    entries,
    finish_jobs,
    in_dialog,
    press,
    settle,
)

GOOD = """
from dataclasses import dataclass
import numpy as np
import optisim

@dataclass(frozen=True)
class Cautious(optisim.Optimizer):
    name = "Cautious"
    character = "never takes a step longer than its limit"
    paper = "made up"
    lr: float = optisim.rate(0.5)
    limit: float = 0.25
    equations = (optisim.Equation("x", r"W \\leftarrow W - \\min(\\eta g, l)"),)

    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        return optisim.Step(t, x, loss, grad, np.clip(-self.lr * grad, -self.limit, self.limit))
"""
BROKEN = GOOD.replace("        loss, grad", "        1 / (3 - t)\n        loss, grad").replace(
    "Cautious", "Careless"
)


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a plug-in that the file dialog then gives; at the end, no plug-in is left in the catalogue."""
    built_in = dict(OPTIMIZERS)
    monkeypatch.setattr(plugins, "_sources", {})

    def written(text):
        path = tmp_path / "mine.py"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        return path

    yield written
    OPTIMIZERS.clear()
    OPTIMIZERS.update(built_in)


def load(window, button="Load and run"):
    in_dialog(window, lambda: choose(window, "load"), lambda dialog: click_button(dialog, button))


def test_loading_asks_first_and_adds_a_run_with_form_equations_and_menu_entry(window, qtbot, write):
    path = write(GOOD)
    load(window, "Cancel")
    assert "cautious" not in OPTIMIZERS
    load(window)
    run = window.lab.player.scenario.runs[-1]
    assert run.optimizer.slug() == "cautious"
    assert set(window.lab.runs_panel.form.boxes) == {"lr", "limit"}
    assert window.lab.runs_panel.character.text().startswith("Never takes")
    window.lab.runs_panel.add_menu.aboutToShow.emit()
    assert "cautious" in [action.data() for action in entries(window.lab.runs_panel.add_menu)]
    settle(qtbot, window)
    assert_true_to_scenario(window)
    assert str(path) in json.loads(window.settings.plugins)


def test_what_was_agreed_to_is_loaded_again_at_the_next_start_unless_it_has_changed(
    window, open_window, settings, write
):
    path = write(GOOD)
    load(window)
    text = to_json(window.lab.player.scenario)
    window.close()
    del OPTIMIZERS["cautious"]
    again = open_window(settings)
    assert to_json(again.lab.player.scenario) == text
    again.close()
    del OPTIMIZERS["cautious"]
    path.write_text(GOOD + "\n# another program now\n", encoding="utf-8")
    last = open_window(settings)
    assert "cautious" not in OPTIMIZERS
    assert "cautious" not in to_json(last.lab.player.scenario)


def test_a_file_that_is_no_plug_in_gets_one_sentence(window, write, warnings):
    told = warnings
    runs = window.lab.player.scenario.runs
    for text, mentions in (("x = 1", "defines no optimizer"), ("x = (", "line 1"), ("1 / 0", "ZeroDivisionError")):
        write(text)
        load(window)
        assert mentions in told[-1]
    assert len(told) == 3
    assert window.lab.player.scenario.runs == runs


def test_a_mistake_is_shown_with_its_line_and_stops_only_that_run(window, qtbot, write):
    write(BROKEN)
    load(window)
    settle(qtbot, window)
    assert_true_to_scenario(window)
    qtbot.waitUntil(window.lab.runs_panel.failure.isVisible)
    line = BROKEN.splitlines().index("        1 / (3 - t)") + 1
    for word in ("Careless", "step 3", f"line {line}", "mine.py", "ZeroDivisionError"):
        assert word in window.lab.runs_panel.failure.text()
    trajectory = window.lab.player.trajectories[-1]
    assert trajectory.stopped.tolist() == [3]
    assert (trajectory.x[3:] == trajectory.x[3]).all()
    window.lab.runs_panel.list.select(0)
    assert not window.lab.runs_panel.failure.isVisible()
    assert all(t.failure is None for t in window.lab.player.trajectories[:-1])


def test_loading_a_mended_file_races_its_runs_anew(window, qtbot, write):
    write(BROKEN)
    load(window)
    settle(qtbot, window)
    write(BROKEN.replace("1 / (3 - t)", "pass"))
    load(window)
    settle(qtbot, window)
    assert len(window.lab.player.trajectories) == 7
    assert all(trajectory.failure is None for trajectory in window.lab.player.trajectories)


def test_what_the_user_agreed_to_run_is_exported_even_if_the_file_is_another_by_now(
    window, qtbot, write, tmp_path, save_as, warnings
):
    path = write(GOOD)
    load(window)
    choose(window, "duplicate")
    lookahead = read_run("lookahead-cautious")
    window.lab.player.set_scenario(window.lab.player.scenario.with_added(lookahead))
    settle(qtbot, window)
    path.write_text("raise SystemExit", encoding="utf-8")
    save_as(tmp_path / "race.json")
    press(window, Key.Key_E, CTRL | SHIFT)
    finish_jobs(window)
    assert warnings == []
    runs = json.loads((tmp_path / "race.json").read_text(encoding="utf-8"))["runs"]
    assert [run["optimizer"] for run in runs] == [run.spec for run in window.lab.player.scenario.runs]
    for run, trajectory in zip(runs, window.lab.player.trajectories, strict=True):
        assert run["columns"]["x"] == trajectory.x[:31].tolist()
