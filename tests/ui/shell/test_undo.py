"""Undo and redo of every change."""

import random
from dataclasses import replace

import pytest

from optisim.core.race.scenario import chapter_scenario
from optisim.core.surfaces import SURFACES
from optisim.ui.shell import history
from tests.ui.driver import (
    ALT,
    CTRL,
    SHIFT,
    Key,
    assert_true_to_scenario,
    choose,
    click_map,
    drag,
    enter,
    leave_fields,
    pick,
    press,
    row_place,
    select,
    settle,
    spot,
)


def undo(window):
    press(window, Key.Key_Z, CTRL)


def redo(window):
    press(window, Key.Key_Z, CTRL | SHIFT)


def text_of(window, name):
    return window.commands.action(f"window.{name}").text().replace("&", "")


def typed_rate(window):
    enter(window.lab.runs_panel.form.boxes["lr"], "0.25")
    leave_fields(window)


def typed_formula(window):
    enter(window.lab.surface_panel.formula, "x^4 + y^2")
    leave_fields(window)


CHANGES = {
    "learning rate of SGD": typed_rate,
    "surface": typed_formula,
    "move a start": lambda window: click_map(window, (3.0, 2.0)),
    "add a start": lambda window: choose(window, "add_start"),
    "add Lion": lambda window: window.lab.runs_panel.add("lion"),
    "add SGD": lambda window: press(window, Key.Key_D, CTRL),
    "remove SGD": lambda window: window.lab.runs_panel.remove(),
    "order of the optimizers": lambda window: press(window, Key.Key_Down, ALT),
    "show or hide SGD": lambda window: press(window, Key.Key_H, CTRL),
    "number of steps": lambda window: (enter(window.lab.transport.steps, "77"), leave_fields(window)),
    "noise": lambda window: pick(window.lab.surface_panel.noise.choice, "Gaussian"),
    "logarithmic scale": lambda window: window.lab.surface_panel.log.click(),
    "range shown": lambda window: (enter(window.lab.surface_panel.domain[0], "-20"), leave_fields(window)),
    "schedule of SGD": lambda window: pick(window.lab.runs_panel.schedule.choice, "Cosine"),
    "bookmark": lambda window: press(window, Key.Key_M, CTRL),
    "branch SGD, t ≥ 5": lambda window: press(window, Key.Key_B, CTRL),
    "name of SGD": lambda window: (enter(window.lab.runs_panel.name, "mine"), leave_fields(window)),
}


@pytest.mark.slow(keep=2)
@pytest.mark.parametrize("what", CHANGES)
def test_each_change_is_named_undone_and_redone(window, qtbot, what):
    settle(qtbot, window)
    select(window, 0)
    window.lab.player.seek(5)
    settle(qtbot, window)
    before = window.lab.player.scenario
    assert not window.commands.action("window.undo").isEnabled()
    CHANGES[what](window)
    after = window.lab.player.scenario
    assert after != before
    assert text_of(window, "undo") == f"Undo: {what}"
    undo(window)
    assert window.lab.player.scenario == before
    assert not window.commands.action("window.undo").isEnabled()
    assert text_of(window, "redo") == f"Redo: {what}"
    redo(window)
    assert window.lab.player.scenario == after
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_what_is_dragged_is_one_change(window, qtbot):
    settle(qtbot, window)
    before = window.lab.player.scenario
    drag(window, spot(window, (-7.0, 2.0)), spot(window, (3.0, -2.0)))
    moved = window.lab.player.scenario
    assert moved.starts != before.starts
    slider = window.lab.runs_panel.form.sliders["lr"]
    for place in range(700, 760, 5):
        slider.setValue(place)
    assert window.lab.player.scenario.runs != moved.runs
    undo(window)
    assert window.lab.player.scenario == moved
    undo(window)
    assert window.lab.player.scenario == before
    assert not window.commands.action("window.undo").isEnabled()


def test_after_a_pause_the_same_kind_of_change_is_another_one(window, qtbot, monkeypatch):
    settle(qtbot, window)
    slider = window.lab.runs_panel.form.sliders["lr"]
    slider.setValue(700)
    first = window.lab.player.scenario
    monkeypatch.setattr(history, "PAUSE", -1.0)
    slider.setValue(720)
    undo(window)
    assert window.lab.player.scenario == first


def test_a_change_that_comes_to_nothing_leaves_nothing_to_undo(window, qtbot):
    settle(qtbot, window)
    click_map(window, (3.0, 2.0))
    window.lab.interactor.drag_start(0, (-7.0, 2.0))
    assert window.lab.player.scenario == chapter_scenario()
    assert not window.commands.action("window.undo").isEnabled()


def test_another_change_after_undo_forgets_what_was_undone(window, qtbot):
    settle(qtbot, window)
    window.lab.runs_panel.add("lion")
    undo(window)
    assert window.commands.action("window.redo").isEnabled()
    window.lab.runs_panel.add("adan")
    assert not window.commands.action("window.redo").isEnabled()
    assert [run.name for run in window.lab.player.scenario.runs][-1] == "Adan"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_many_changes_are_undone_and_redone_to_the_same_scenarios(window, qtbot, seed):
    settle(qtbot, window)
    chance = random.Random(seed)
    surfaces = list(SURFACES.values())
    deeds = (
        lambda: window.lab.runs_panel.add(chance.choice(["lion", "adan", "rprop"])),
        lambda: window.lab.runs_panel.remove(),
        lambda: window.lab.runs_panel.duplicate(),
        lambda: window.lab.player.set_scenario(window.lab.player.scenario.with_surface(chance.choice(surfaces))),
        lambda: window.lab.interactor.place_start((chance.uniform(-3, 3), chance.uniform(-3, 3))),
        lambda: window.lab.player.set_scenario(replace(window.lab.player.scenario, steps=chance.randrange(1, 90))),
        lambda: select(window, 0),
        lambda: press(window, Key.Key_B, CTRL),
    )
    seen = [window.lab.player.scenario]
    for _ in range(40):
        chance.choice(deeds)()
    final = window.lab.player.scenario
    while window.commands.action("window.undo").isEnabled():
        undo(window)
        seen.append(window.lab.player.scenario)
    assert window.lab.player.scenario == chapter_scenario() == seen[0]
    for expected in [*reversed(seen[1:-1]), final]:
        redo(window)
        assert window.lab.player.scenario == expected
    assert not window.commands.action("window.redo").isEnabled()
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_changes_are_named_in_chinese(window, qtbot):
    settle(qtbot, window)
    typed_rate(window)
    window.set_language("zh")
    qtbot.waitUntil(lambda: "SGD" in text_of(window, "undo") and "学习率" in text_of(window, "undo"))


def test_undo_in_a_field_is_the_fields_own(window, qtbot):
    settle(qtbot, window)
    before = window.lab.player.scenario
    window.lab.runs_panel.name.setFocus()
    press(window, Key.Key_Q)
    press(window, Key.Key_Z, CTRL)
    assert window.lab.runs_panel.name.text() == ""
    assert window.lab.player.scenario == before
    assert row_place(window, 0) is not None
